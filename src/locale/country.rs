//! Names of countries in running text, with the articles, cases and prepositions of each language.
//!
//! The data are in `country_names.tsv` (Unicode CLDR, corrected; its head says how). Names of
//! Georgia, Kosovo, Palestine and others are sensitive: a case may always override them, and then
//! nothing here applies.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Lang;

/// One line a country, tab-separated, comments at the head, then the names of the columns.
const TABLE: &str = include_str!("country_names.tsv");

/// A line of the table.
struct Country {
    en: &'static str,
    en_article: &'static str,
    fr: &'static str,
    fr_article: &'static str,
    fr_in: &'static str,
    es: &'static str,
    es_article: &'static str,
    pt: &'static str,
    pt_article: &'static str,
    ru: &'static str,
    ru_of: &'static str,
    ru_in: &'static str,
    ar: &'static str,
}

/// The table, by ISO 3166-1 alpha-3 and alpha-2 codes.
struct Countries {
    by_alpha3: BTreeMap<&'static str, Country>,
    alpha3_of: BTreeMap<&'static str, &'static str>,
}

/// Returns the name of a country, without article, in the nominative: "Gambia", "Guinée".
///
/// The code is ISO 3166-1 alpha-3 or alpha-2, in capitals, with `XKX` or `XK` for Kosovo. `None`
/// for a code not in the table. Portuguese names are the European ones, for Brazil too.
#[must_use]
pub fn country(code: &str, lang: Lang) -> Option<&'static str> {
    let it = find(code)?;
    Some(match lang {
        Lang::En => it.en,
        Lang::Fr => it.fr,
        Lang::Es => it.es,
        Lang::Pt => it.pt,
        Lang::Ru => it.ru,
        Lang::Ar => it.ar,
    })
}

/// Returns whether a code is in the table.
#[must_use]
pub fn is_country(code: &str) -> bool {
    find(code).is_some()
}

/// Returns the alpha-3 codes of the table, sorted.
pub fn country_codes() -> impl Iterator<Item = &'static str> {
    countries().by_alpha3.keys().copied()
}

/// Returns the name with its article: "the Gambia", "Kenya"; "la Guinée", "l’Argentine",
/// "Madagascar"; "el Perú", "Bolivia"; "a Guiné", "Angola".
///
/// Spanish has the article only where official prose usually does, Portuguese as in Portugal; in
/// Russian, which has none, and in Arabic, where it is part of the name, this is the name. `None`
/// for an unknown code.
#[must_use]
pub fn country_with_article(code: &str, lang: Lang) -> Option<String> {
    let it = find(code)?;
    match lang {
        Lang::En => Some(it.english()),
        Lang::Fr => Some(match it.fr_article {
            "" => it.fr.to_owned(),
            "l’" => format!("l’{}", it.fr),
            article => format!("{article} {}", it.fr),
        }),
        Lang::Es => Some(after(it.es_article, it.es)),
        Lang::Pt => Some(after(it.pt_article, it.pt)),
        Lang::Ru => Some(it.ru.to_owned()),
        Lang::Ar => Some(it.ar.to_owned()),
    }
}

/// Returns "of" the country: "of the Gambia"; "de la Guinée", "du Sénégal", "des Comores",
/// "de l’Argentine", "de Madagascar", "d’Haïti"; "del Perú", "de Bolivia"; "da Guiné", "dos
/// Camarões", "de Angola"; "Гвинеи" (the genitive); "غينيا" (the name, which follows its noun).
///
/// `None` as for [`country_with_article`]. This is the full form ("le Gouvernement du Sénégal");
/// names of States such as "République de Guinée" drop the article and are the case's to give.
#[must_use]
pub fn of_country(code: &str, lang: Lang) -> Option<String> {
    let it = find(code)?;
    match lang {
        Lang::En => Some(format!("of {}", it.english())),
        Lang::Fr => Some(match it.fr_article {
            "le" => format!("du {}", it.fr),
            "les" => format!("des {}", it.fr),
            "la" => format!("de la {}", it.fr),
            "l’" => format!("de l’{}", it.fr),
            _ if elides(it.fr) => format!("d’{}", it.fr),
            _ => format!("de {}", it.fr),
        }),
        Lang::Es => Some(match it.es_article {
            // A name that begins with the article does not contract: "de El Salvador".
            "el" => format!("del {}", it.es),
            article => format!("de {}", after(article, it.es)),
        }),
        Lang::Pt => Some(match it.pt_article {
            "" => format!("de {}", it.pt),
            article => format!("d{article} {}", it.pt),
        }),
        Lang::Ru => Some(it.ru_of.to_owned()),
        Lang::Ar => Some(it.ar.to_owned()),
    }
}

/// Returns "in" the country: "in the Gambia"; "en Guinée", "au Sénégal", "aux Comores",
/// "à Madagascar", "en Haïti"; "en el Perú"; "na Guiné", "em Angola"; "в Гвинее", "во Вьетнаме", "на
/// Мадагаскаре"; "في غينيا".
///
/// `None` as for [`country_with_article`].
#[must_use]
pub fn in_country(code: &str, lang: Lang) -> Option<String> {
    let it = find(code)?;
    match lang {
        Lang::En => Some(format!("in {}", it.english())),
        Lang::Fr => {
            let preposition = match (it.fr_in, it.fr_article) {
                ("", "le") => "au",
                ("", "les") => "aux",
                ("", "") => "à",
                ("", _) => "en",
                (exception, _) => exception,
            };
            let space = if preposition.ends_with('’') { "" } else { " " };
            Some(format!("{preposition}{space}{}", it.fr))
        }
        Lang::Es => Some(format!("en {}", after(it.es_article, it.es))),
        Lang::Pt => Some(match it.pt_article {
            "" => format!("em {}", it.pt),
            article => format!("n{article} {}", it.pt),
        }),
        Lang::Ru => Some(it.ru_in.to_owned()),
        Lang::Ar => Some(format!("في {}", it.ar)),
    }
}

impl Country {
    fn english(&self) -> String {
        after(self.en_article, self.en)
    }
}

/// Returns a name after its article, if it has one.
fn after(article: &str, name: &str) -> String {
    if article.is_empty() { name.to_owned() } else { format!("{article} {name}") }
}

/// Returns whether "de" loses its vowel before a name that has no article.
fn elides(name: &str) -> bool {
    // Of the names that begin with an H and have no article, only this one has a mute H.
    name == "Haïti" || name.starts_with(['A', 'E', 'É', 'I', 'Î', 'O', 'U'])
}

/// Returns the alpha-3 code of the country that has this very name in the language.
pub(super) fn code_of(name: &str, lang: Lang) -> Option<&'static str> {
    country_codes().find(|code| country(code, lang) == Some(name))
}

fn find(code: &str) -> Option<&'static Country> {
    let countries = countries();
    let code = countries.alpha3_of.get(code).copied().unwrap_or(code);
    countries.by_alpha3.get(code)
}

fn countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let mut by_alpha3 = BTreeMap::new();
        let mut alpha3_of = BTreeMap::new();
        for line in rows() {
            let columns: Vec<&'static str> = line.split('\t').collect();
            let &[alpha3, alpha2, en, en_article, fr, fr_article, fr_in, ref others @ ..] = columns.as_slice() else {
                unreachable!("the embedded table has fifteen columns, which a test checks");
            };
            let &[es, es_article, pt, pt_article, ru, ru_of, ru_in, ar] = others else {
                unreachable!("the embedded table has fifteen columns, which a test checks");
            };
            let country =
                Country { en, en_article, fr, fr_article, fr_in, es, es_article, pt, pt_article, ru, ru_of, ru_in, ar };
            by_alpha3.insert(alpha3, country);
            alpha3_of.insert(alpha2, alpha3);
        }
        Countries { by_alpha3, alpha3_of }
    })
}

/// Returns the lines of data, without the head.
fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.starts_with("iso3\t"))
}

#[cfg(test)]
mod tests;
