//! Russian official names in the genitive and the prepositional, by rule.
//!
//! Adjectives and the noun that says what the State is are declined, all after it stays: "Исламская
//! Республика Мавритания", "Исламской Республики Мавритания". Names of another make are not touched.

/// What a State or a part of one is: nominative, genitive, prepositional.
const HEADS: &[[&str; 3]] = &[
    ["республика", "республики", "республике"],
    ["федерация", "федерации", "федерации"],
    ["конфедерация", "конфедерации", "конфедерации"],
    ["провинция", "провинции", "провинции"],
    ["область", "области", "области"],
    ["джамахирия", "джамахирии", "джамахирии"],
    ["община", "общины", "общине"],
    ["королевство", "королевства", "королевстве"],
    ["содружество", "содружества", "содружестве"],
    ["государство", "государства", "государстве"],
    ["княжество", "княжества", "княжестве"],
    ["герцогство", "герцогства", "герцогстве"],
    ["союз", "союза", "союзе"],
    ["султанат", "султаната", "султанате"],
    ["эмират", "эмирата", "эмирате"],
    ["штат", "штата", "штате"],
    ["округ", "округа", "округе"],
    ["департамент", "департамента", "департаменте"],
    ["район", "района", "районе"],
    ["край", "края", "крае"],
    ["штаты", "штатов", "штатах"],
    ["эмираты", "эмиратов", "эмиратах"],
    ["острова", "островов", "островах"],
];

/// Endings of adjectives: nominative, genitive, prepositional. The first that fits is taken.
const ADJECTIVES: &[[&str; 3]] = &[
    ["ая", "ой", "ой"],
    ["яя", "ей", "ей"],
    ["ое", "ого", "ом"],
    ["ее", "его", "ем"],
    ["ый", "ого", "ом"],
    ["ой", "ого", "ом"],
    ["кий", "кого", "ком"],
    ["гий", "гого", "гом"],
    ["хий", "хого", "хом"],
    ["ий", "его", "ем"],
    ["ые", "ых", "ых"],
    ["ие", "их", "их"],
];

/// Returns the genitive; `None` for a name that the rules do not fit.
pub(super) fn genitive(name: &str) -> Option<String> {
    decline(name, 1).map(|(name, _)| name)
}

/// Returns the prepositional with its preposition; `None` for a name that the rules do not fit.
pub(super) fn locative(name: &str) -> Option<String> {
    let (name, head) = decline(name, 2)?;
    let mut start = name.chars();
    let cluster = matches!(start.next(), Some('В' | 'Ф')) && start.next().is_some_and(|c| !is_vowel(c));
    Some(match (head, cluster) {
        ("острова", _) => format!("на {name}"),
        (_, true) => format!("во {name}"),
        (_, false) => format!("в {name}"),
    })
}

/// Puts a name in a case, 1 or 2 of the tables; returns its noun in the nominative too.
fn decline(name: &str, case: usize) -> Option<(String, &'static str)> {
    let words: Vec<&str> = name.split(' ').collect();
    let is_head = |word: &str| HEADS.iter().find(|[nominative, ..]| *nominative == word.to_lowercase());
    let (at, head) = words.iter().enumerate().find_map(|(at, word)| is_head(word).map(|head| (at, head)))?;
    let mut declined = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        declined.push(match index.cmp(&at) {
            std::cmp::Ordering::Less => adjective(word, case)?,
            std::cmp::Ordering::Equal => with_case_of(word, head.get(case)?),
            std::cmp::Ordering::Greater => (*word).to_owned(),
        });
    }
    Some((declined.join(" "), head[0]))
}

fn adjective(word: &str, case: usize) -> Option<String> {
    ADJECTIVES.iter().find_map(|endings| {
        let stem = word.strip_suffix(endings[0])?;
        (stem.chars().count() > 1).then(|| format!("{stem}{}", endings.get(case).copied().unwrap_or_default()))
    })
}

/// Returns a word in small letters with the first letter of another.
fn with_case_of(model: &str, word: &str) -> String {
    match model.chars().next() {
        Some(first) if first.is_uppercase() => {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
        _ => word.to_owned(),
    }
}

fn is_vowel(c: char) -> bool {
    "аеёиоуыэюя".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::super::Lang;
    use super::super::{in_official_name, of_official_name};

    #[track_caller]
    fn check(name: &str, of: &str, within: &str) {
        let actual = (of_official_name(name, Lang::Ru), in_official_name(name, Lang::Ru));
        assert_eq!(actual, (of.to_owned(), within.to_owned()));
    }

    #[test]
    fn republics_and_others() {
        check("Кыргызская Республика", "Кыргызской Республики", "в Кыргызской Республике");
        check("Республика Казахстан", "Республики Казахстан", "в Республике Казахстан");
        check(
            "Исламская Республика Мавритания",
            "Исламской Республики Мавритания",
            "в Исламской Республике Мавритания",
        );
        check("Королевство Марокко", "Королевства Марокко", "в Королевстве Марокко");
        check("Провинция Неукен", "Провинции Неукен", "в Провинции Неукен");
        check("Содружество Багамских Островов", "Содружества Багамских Островов", "в Содружестве Багамских Островов");
        check("Французская Республика", "Французской Республики", "во Французской Республике");
        check("Восточная Республика Уругвай", "Восточной Республики Уругвай", "в Восточной Республике Уругвай");
        check(
            "Лаосская Народно-Демократическая Республика",
            "Лаосской Народно-Демократической Республики",
            "в Лаосской Народно-Демократической Республике",
        );
        check(
            "Многонациональное Государство Боливия",
            "Многонационального Государства Боливия",
            "в Многонациональном Государстве Боливия",
        );
        check("Российская Федерация", "Российской Федерации", "в Российской Федерации");
        check("Союз Коморских Островов", "Союза Коморских Островов", "в Союзе Коморских Островов");
        check("Мексиканские Соединённые Штаты", "Мексиканских Соединённых Штатов", "в Мексиканских Соединённых Штатах");
        check("Ошская область", "Ошской области", "в Ошской области");
        check("Пермский край", "Пермского края", "в Пермском крае");
        check("Соломоновы Острова", "Соломоновых Островов", "на Соломоновых Островах");
    }

    #[test]
    fn other_names() {
        check("Монголия", "Монголии", "в Монголии");
        check("Туркменистан", "Туркменистана", "в Туркменистане");
        check("Земля Франца", "государства Земля Франца", "в государстве Земля Франца");
        check("Страна Королевство", "государства Страна Королевство", "в государстве Страна Королевство");
    }
}
