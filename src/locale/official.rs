//! Official names of countries in running text: “de la République de Guinée”, “of the Republic of Guinea”.
//!
//! Official names come from the case, so that no table tells their grammar; their first word does.

use super::Lang;

/// French first words of the feminine gender.
const FEMININE: &[&str] =
    &["République", "Union", "Fédération", "Principauté", "Confédération", "Province", "Communauté"];
/// French first words of the masculine gender.
const MASCULINE: &[&str] =
    &["Royaume", "Sultanat", "État", "Emirat", "Émirat", "Grand-Duché", "Commonwealth", "Territoire", "Département"];
/// English first words that want the article.
const WITH_THE: &[&str] = &[
    "Republic",
    "Kingdom",
    "Union",
    "State",
    "Federal",
    "Federative",
    "Democratic",
    "Islamic",
    "United",
    "Plurinational",
    "Bolivarian",
    "Arab",
    "People’s",
    "Gabonese",
    "Togolese",
    "Kyrgyz",
    "Argentine",
    "Syrian",
    "Lao",
    "Province",
    "Commonwealth",
    "Oriental",
];

/// Returns “of” an official name.
#[must_use]
pub fn of_official_name(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => match (first_in(name, FEMININE), first_in(name, MASCULINE), vowel(name)) {
            (true, _, true) | (_, true, true) => format!("de l’{name}"),
            (true, _, false) => format!("de la {name}"),
            (_, true, false) => format!("du {name}"),
            (false, false, true) => format!("d’{name}"),
            (false, false, false) => format!("de {name}"),
        },
        Lang::En => format!("of {}", english(name)),
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => name.to_owned(),
    }
}

/// Returns “in” an official name.
#[must_use]
pub fn in_official_name(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => match (first_in(name, FEMININE), first_in(name, MASCULINE), vowel(name)) {
            (true, _, false) => format!("dans la {name}"),
            (true, _, true) | (_, true, true) => format!("dans l’{name}"),
            (_, true, false) => format!("dans le {name}"),
            (false, false, _) => format!("en {name}"),
        },
        Lang::En => format!("in {}", english(name)),
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => name.to_owned(),
    }
}

fn english(name: &str) -> String {
    if first_in(name, WITH_THE) || name.contains(" Republic") { format!("the {name}") } else { name.to_owned() }
}

fn first_in(name: &str, words: &[&str]) -> bool {
    name.split(' ').next().is_some_and(|first| words.contains(&first))
}

fn vowel(name: &str) -> bool {
    name.chars().next().is_some_and(|first| "AEIOUÉÈÊÎÔaeioué".contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_names_take_their_article() {
        assert_eq!(of_official_name("République de Guinée", Lang::Fr), "de la République de Guinée");
        assert_eq!(of_official_name("Union des Comores", Lang::Fr), "de l’Union des Comores");
        assert_eq!(of_official_name("Royaume du Maroc", Lang::Fr), "du Royaume du Maroc");
        assert_eq!(in_official_name("République de Guinée", Lang::Fr), "dans la République de Guinée");
        assert_eq!(of_official_name("Republic of Guinea", Lang::En), "of the Republic of Guinea");
        assert_eq!(of_official_name("Gabonese Republic", Lang::En), "of the Gabonese Republic");
        assert_eq!(in_official_name("Mongolia", Lang::En), "in Mongolia");
    }
}
