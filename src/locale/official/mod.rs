//! Official names of countries in running text: “de la République de Guinée”, “Кыргызской Республики”.
//!
//! Official names come from the case, so that no table tells their grammar; their first word does, and
//! in Russian the words up to the noun that says what the State is. A name that is one of
//! `country_names.tsv` takes its forms from there (in Spanish, Portuguese and Russian).

mod russian;

use super::{Lang, country};

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

/// Spanish first words, by the article that they want.
const SPANISH: &[(&str, &[&str])] = &[
    (
        "el",
        &[
            "Estado",
            "Reino",
            "Principado",
            "Sultanato",
            "Emirato",
            "Gran",
            "Ducado",
            "Territorio",
            "Departamento",
            "Municipio",
            "Distrito",
            "Cantón",
        ],
    ),
    (
        "la",
        &[
            "República",
            "Mancomunidad",
            "Commonwealth",
            "Comunidad",
            "Federación",
            "Confederación",
            "Unión",
            "Provincia",
            "Región",
            "Ciudad",
            "Gobernación",
        ],
    ),
    ("los", &["Estados", "Emiratos", "Países", "Territorios"]),
    ("las", &["Islas"]),
];
/// Portuguese first words, by the article that they want.
const PORTUGUESE: &[(&str, &[&str])] = &[
    (
        "o",
        &[
            "Estado",
            "Reino",
            "Principado",
            "Sultanato",
            "Emirado",
            "Grão-Ducado",
            "Território",
            "Departamento",
            "Município",
            "Distrito",
            "Cantão",
        ],
    ),
    (
        "a",
        &[
            "República",
            "Comunidade",
            "Commonwealth",
            "Federação",
            "Confederação",
            "União",
            "Província",
            "Região",
            "Cidade",
        ],
    ),
    ("os", &["Estados", "Emirados", "Países", "Territórios"]),
    ("as", &["Ilhas"]),
];

/// Returns “of” an official name: “de la République de Guinée”, “del Estado Plurinacional de Bolivia”, “da
/// República de Moçambique”, “Кыргызской Республики”; in Arabic the name itself.
///
/// A Russian name of which the rules make nothing stays as it is after “государства” (of the State).
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
        Lang::Es => known(name, lang, country::of_country).unwrap_or_else(|| match article(name, SPANISH) {
            // An article in a name is its own, and only a small letter contracts.
            None => name.strip_prefix("el ").map_or_else(|| format!("de {name}"), |rest| format!("del {rest}")),
            Some("el") => format!("del {name}"),
            Some(article) => format!("de {article} {name}"),
        }),
        Lang::Pt => known(name, lang, country::of_country).unwrap_or_else(|| match article(name, PORTUGUESE) {
            None => format!("de {name}"),
            Some(article) => format!("d{article} {name}"),
        }),
        Lang::Ru => known(name, lang, country::of_country)
            .or_else(|| russian::genitive(name))
            .unwrap_or_else(|| format!("государства {name}")),
        Lang::Ar => name.to_owned(),
    }
}

/// Returns “in” an official name: “en el Reino de Marruecos”, “na República de Moçambique”, “в Кыргызской
/// Республике”, “في جمهورية السودان”.
///
/// What Russian does not recognise follows “в государстве”.
#[must_use]
pub fn in_official_name(name: &str, lang: Lang) -> String {
    match lang {
        // “En République de Guinée”, “au Royaume du Maroc”; but a province is one among several.
        Lang::Fr => match (first_in(name, FEMININE), first_in(name, MASCULINE), vowel(name)) {
            (true, ..) if first_in(name, &["Province", "Communauté"]) => format!("dans la {name}"),
            (_, true, true) => format!("dans l’{name}"),
            (_, true, false) => format!("au {name}"),
            (..) => format!("en {name}"),
        },
        Lang::En => format!("in {}", english(name)),
        Lang::Es => known(name, lang, country::in_country).unwrap_or_else(|| match article(name, SPANISH) {
            None => format!("en {name}"),
            Some(article) => format!("en {article} {name}"),
        }),
        Lang::Pt => known(name, lang, country::in_country).unwrap_or_else(|| match article(name, PORTUGUESE) {
            None => format!("em {name}"),
            Some(article) => format!("n{article} {name}"),
        }),
        Lang::Ru => known(name, lang, country::in_country)
            .or_else(|| russian::locative(name))
            .unwrap_or_else(|| format!("в государстве {name}")),
        Lang::Ar => format!("في {name}"),
    }
}

/// Returns a form from the table of countries, if the name is there.
fn known(name: &str, lang: Lang, form: fn(&str, Lang) -> Option<String>) -> Option<String> {
    form(country::code_of(name, lang)?, lang)
}

/// Returns the article that the first word of a name asks for.
fn article(name: &str, articles: &[(&'static str, &[&str])]) -> Option<&'static str> {
    articles.iter().find(|(_, words)| first_in(name, words)).map(|(article, _)| *article)
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
        assert_eq!(in_official_name("République de Guinée", Lang::Fr), "en République de Guinée");
        assert_eq!(in_official_name("Royaume du Maroc", Lang::Fr), "au Royaume du Maroc");
        assert_eq!(of_official_name("Republic of Guinea", Lang::En), "of the Republic of Guinea");
        assert_eq!(of_official_name("Gabonese Republic", Lang::En), "of the Gabonese Republic");
        assert_eq!(in_official_name("Mongolia", Lang::En), "in Mongolia");
    }
    #[track_caller]
    fn check(lang: Lang, name: &str, of: &str, within: &str) {
        assert_eq!((of_official_name(name, lang).as_str(), in_official_name(name, lang).as_str()), (of, within));
    }

    #[test]
    fn spanish() {
        let spanish = |name, of, within| check(Lang::Es, name, of, within);
        spanish("República Argentina", "de la República Argentina", "en la República Argentina");
        spanish(
            "Estado Plurinacional de Bolivia",
            "del Estado Plurinacional de Bolivia",
            "en el Estado Plurinacional de Bolivia",
        );
        spanish("Provincia de Salta", "de la Provincia de Salta", "en la Provincia de Salta");
        spanish("Reino de Marruecos", "del Reino de Marruecos", "en el Reino de Marruecos");
        spanish(
            "Mancomunidad de las Bahamas",
            "de la Mancomunidad de las Bahamas",
            "en la Mancomunidad de las Bahamas",
        );
        spanish("Estados Unidos Mexicanos", "de los Estados Unidos Mexicanos", "en los Estados Unidos Mexicanos");
        spanish("Mongolia", "de Mongolia", "en Mongolia");
        spanish("Perú", "del Perú", "en el Perú");
        spanish("El Salvador", "de El Salvador", "en El Salvador");
        spanish("el Chaco", "del Chaco", "en el Chaco");
    }

    #[test]
    fn portuguese() {
        let portuguese = |name, of, within| check(Lang::Pt, name, of, within);
        portuguese("República de Moçambique", "da República de Moçambique", "na República de Moçambique");
        portuguese("Reino de Marrocos", "do Reino de Marrocos", "no Reino de Marrocos");
        portuguese(
            "Estado Plurinacional da Bolívia",
            "do Estado Plurinacional da Bolívia",
            "no Estado Plurinacional da Bolívia",
        );
        portuguese("Província de Cabo Delgado", "da Província de Cabo Delgado", "na Província de Cabo Delgado");
        portuguese("Emirados Árabes Unidos", "dos Emirados Árabes Unidos", "nos Emirados Árabes Unidos");
        portuguese("Mongólia", "da Mongólia", "na Mongólia");
        portuguese("Angola", "de Angola", "em Angola");
    }

    #[test]
    fn arabic() {
        check(Lang::Ar, "جمهورية السودان", "جمهورية السودان", "في جمهورية السودان");
    }
}
