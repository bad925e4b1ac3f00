//! Country codes, and the names by which people look for them.
//!
//! A case names its country by code: ISO 3166-1 alpha-3, and `XKX` for Kosovo, which is user-assigned.
//! A name is never taken for a code, since names are ambiguous ("Congo", "Korea") and change;
//! what is not a code comes back with suggestions, found without regard to case, accents and punctuation,
//! in English, French, Spanish, Portuguese, Russian, Arabic and German.
//! The table is `data/countries.tsv`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text, in bytes, that is compared with names; official names stay below 100.
const LONGEST_NAME: usize = 200;

/// The most suggestions that an [`UnknownCountry`] carries.
const MOST_SUGGESTIONS: usize = 5;

/// The shortest name looked for inside a longer text ("Oman" is the shortest country name there is).
const SHORTEST_CONTAINED: usize = 4;

/// The code of a country or territory: ISO 3166-1 alpha-3, or `XKX` for Kosovo.
///
/// Ordered by the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(&'static str);

/// One row of the table of countries.
struct Country {
    iso2: &'static str,
    name: &'static str,
    aliases: Vec<&'static str>,
}

impl CountryCode {
    /// Returns the code that `text` is, letter by letter.
    ///
    /// # Errors
    /// When `text` is no such code: a name, a two-letter code, a code in lower case, a misspelling.
    /// The error carries suggestions; it is for a person to choose.
    pub fn parse(text: &str) -> Result<CountryCode, UnknownCountry> {
        match countries().get_key_value(text) {
            Some((code, _)) => Ok(CountryCode(code)),
            None => Err(UnknownCountry { given: text.to_owned(), suggestions: suggest(text) }),
        }
    }

    /// Returns every code, in order: the 249 of ISO 3166-1, and `XKX`.
    pub fn all() -> impl Iterator<Item = CountryCode> {
        countries().keys().map(|code| CountryCode(code))
    }

    /// Returns the three letters.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns the ISO 3166-1 alpha-2 code; `XK` for Kosovo.
    pub fn iso2(self) -> &'static str {
        self.row().iso2
    }

    /// Returns a short English name, for messages and tables.
    ///
    /// A document takes the names from the case, since the naming of some places is sensitive.
    pub fn english_name(self) -> &'static str {
        self.row().name
    }

    /// Returns whether ISO 3166-1 assigns the code; it does not assign `XKX`.
    pub fn is_iso(self) -> bool {
        self.0 != "XKX"
    }

    fn row(self) -> &'static Country {
        countries().get(self.0).expect("a code is only made from a row of the table")
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl FromStr for CountryCode {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<CountryCode, UnknownCountry> {
        CountryCode::parse(text)
    }
}

/// What was given where a country code belongs, and which codes may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCountry {
    /// The text as given.
    pub given: String,
    /// The codes that may have been meant with their English names, the likeliest first; at most five, often none.
    pub suggestions: Vec<(CountryCode, &'static str)>,
}

impl fmt::Display for UnknownCountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a three-letter country code (ISO 3166-1 alpha-3)", self.given)?;
        for (i, (code, name)) in self.suggestions.iter().enumerate() {
            let lead = if i == 0 { "; did you mean" } else { " or" };
            write!(f, "{lead} `{code}` ({name})")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownCountry {}

/// Returns the table of countries by code, parsed once.
fn countries() -> &'static BTreeMap<&'static str, Country> {
    static TABLE: OnceLock<BTreeMap<&'static str, Country>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("data/countries.tsv")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .skip(1)
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (code, iso2, name) = (fields.next()?, fields.next()?, fields.next()?);
                let aliases = fields.next().unwrap_or_default();
                let aliases = aliases.split('|').filter(|it| !it.is_empty()).collect();
                Some((code, Country { iso2, name, aliases }))
            })
            .collect()
    })
}

/// Returns every code, two-letter code, name and alias, folded, with the country it belongs to; made once.
fn folded_names() -> &'static [(CountryCode, String)] {
    static NAMES: OnceLock<Vec<(CountryCode, String)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let each = |(code, country): (&&'static str, &'static Country)| {
            let code = *code;
            [code, country.iso2, country.name]
                .into_iter()
                .chain(country.aliases.iter().copied())
                .map(move |name| (CountryCode(code), fold(name)))
        };
        countries().iter().flat_map(each).collect()
    })
}

/// Returns the codes that `text` may mean, the likeliest first.
///
/// Three searches, each only if the one before found nothing: a name or code that is the same but for case,
/// accents and punctuation; names inside a longer text ("République de Guinée"), the longest only;
/// the nearest by edit distance.
fn suggest(text: &str) -> Vec<(CountryCode, &'static str)> {
    if text.len() > LONGEST_NAME {
        return Vec::new();
    }
    let wanted = fold(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let keys = folded_names();
    let mut found: Vec<CountryCode> = keys.iter().filter(|(_, key)| *key == wanted).map(|(code, _)| *code).collect();
    if found.is_empty() {
        found = contained(&wanted, keys);
    }
    if found.is_empty() {
        found = nearest(&wanted, keys);
    }
    let mut out: Vec<(CountryCode, &'static str)> = Vec::new();
    for code in found {
        if out.len() < MOST_SUGGESTIONS && out.iter().all(|(it, _)| *it != code) {
            out.push((code, code.english_name()));
        }
    }
    out
}

/// Returns the countries whose name stands in `wanted` as whole words, leaving out names inside a longer one found
/// ("Guinea" in "Guinea-Bissau").
fn contained(wanted: &str, keys: &[(CountryCode, String)]) -> Vec<CountryCode> {
    let padded = format!(" {wanted} ");
    let hits: Vec<&(CountryCode, String)> = keys
        .iter()
        .filter(|(_, key)| key.chars().count() >= SHORTEST_CONTAINED && padded.contains(&format!(" {key} ")))
        .collect();
    hits.iter()
        .filter(|(_, key)| {
            !hits.iter().any(|(_, other)| other.len() > key.len() && format!(" {other} ").contains(&format!(" {key} ")))
        })
        .map(|(code, _)| *code)
        .collect()
}

/// Returns the countries with a name or code near to `wanted`, the nearest first.
///
/// Near means one slip in three or four letters, and one more for each four letters; a slip is a letter more, less
/// or other, or two neighbours swapped.
fn nearest(wanted: &str, keys: &[(CountryCode, String)]) -> Vec<CountryCode> {
    let length = wanted.chars().count();
    if length < 3 {
        return Vec::new();
    }
    let most = (length / 4).max(1);
    let mut near: Vec<(usize, CountryCode)> = keys
        .iter()
        // Against two-letter codes everything short is near.
        .filter(|(_, key)| key.chars().count() > 2)
        .map(|(code, key)| (strsim::osa_distance(wanted, key), *code))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort();
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().filter(|(distance, _)| *distance == best).map(|(_, code)| code).collect()
}

/// Returns `text` without case, accents, points and punctuation, its words parted by one space, "st" written out.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| {
            if c.is_alphanumeric() {
                c
            } else if c == '&' {
                '&'
            } else {
                ' '
            }
        })
        .collect::<String>()
        .replace('&', " and ");
    let words: Vec<&str> = plain.split_whitespace().map(|word| if word == "st" { "saint" } else { word }).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_known_both_ways() {
        assert_eq!(CountryCode::all().count(), 250);
        assert_eq!(CountryCode::all().filter(|code| code.is_iso()).count(), 249);
        let mut iso2: Vec<&str> = CountryCode::all().map(CountryCode::iso2).collect();
        iso2.sort_unstable();
        iso2.dedup();
        assert_eq!(iso2.len(), 250);
        let mut names: Vec<&str> = CountryCode::all().map(CountryCode::english_name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 250);
        for code in CountryCode::all() {
            assert!(code.as_str().len() == 3 && code.as_str().bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert!(code.iso2().len() == 2 && code.iso2().bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert_eq!(CountryCode::parse(code.as_str()), Ok(code));
            for other in [code.iso2(), code.english_name()] {
                let unknown = CountryCode::parse(other).unwrap_err();
                assert!(unknown.suggestions.iter().any(|(it, _)| *it == code), "{other}: {unknown}");
            }
        }
        let kosovo = CountryCode::parse("XKX").unwrap();
        assert_eq!((kosovo.iso2(), kosovo.english_name(), kosovo.is_iso()), ("XK", "Kosovo", false));
    }

    #[test]
    fn a_name_is_suggested_never_taken() {
        let suggested = |given: &str| -> Vec<&str> {
            CountryCode::parse(given).unwrap_err().suggestions.iter().map(|(code, _)| code.as_str()).collect()
        };
        for (given, expected) in [
            ("Ivory Coast", "CIV"),
            ("Cote d'Ivoire", "CIV"),
            ("Côte d’Ivoire", "CIV"),
            ("Côte d'Ivoire", "CIV"),
            ("COTE D IVOIRE", "CIV"),
            ("Costa do Marfim", "CIV"),
            ("Кот-д'Ивуар", "CIV"),
            ("ساحل العاج", "CIV"),
            ("Swaziland", "SWZ"),
            ("Turkey", "TUR"),
            ("Türkiye", "TUR"),
            ("Turkiye", "TUR"),
            ("Guinee", "GIN"),
            ("Guinée", "GIN"),
            ("République de Guinée", "GIN"),
            ("République de Guinée-Bissau", "GNB"),
            ("Guinée équatoriale", "GNQ"),
            ("gin", "GIN"),
            ("Gin", "GIN"),
            (" GIN ", "GIN"),
            ("GN", "GIN"),
            ("Burma", "MMR"),
            ("Cape Verde", "CPV"),
            ("Cabo Verde", "CPV"),
            ("Zaire", "COD"),
            ("Zaïre", "COD"),
            ("Democratic Republic of the Congo", "COD"),
            ("Киргизия", "KGZ"),
            ("Кыргызская Республика", "KGZ"),
            ("Kyrgyz Republic", "KGZ"),
            ("Kyrgystan", "KGZ"),
            ("Moçambique", "MOZ"),
            ("Mozambik", "MOZ"),
            ("موريتانيا", "MRT"),
            ("الأردن", "JOR"),
            ("الاردن", "JOR"),
            ("West Bank and Gaza Strip", "PSE"),
            ("UK", "GBR"),
            ("XK", "XKX"),
            ("KSV", "XKX"),
            ("St. Lucia", "LCA"),
            ("GNI", "GIN"),
        ] {
            let found = suggested(given);
            assert_eq!(found.first(), Some(&expected), "{given}: {found:?}");
            if given != "GNI" {
                assert_eq!(found.len(), 1, "{given}: {found:?}");
            }
        }
        assert_eq!(suggested("Congo"), ["COD", "COG"]);
        assert_eq!(suggested("Korea"), ["KOR", "PRK"]);
        for given in ["", "  ", "-", "Atlantis and Beyond", "7"] {
            assert!(suggested(given).is_empty(), "{given}: {:?}", suggested(given));
        }
        assert_eq!(
            CountryCode::parse("Congo").unwrap_err().to_string(),
            "`Congo` is not a three-letter country code (ISO 3166-1 alpha-3); \
         did you mean `COD` (Democratic Republic of the Congo) or `COG` (Congo)"
        );
    }
}
