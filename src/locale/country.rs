//! Names of countries in running text, with the articles and prepositions of English and French.
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
    pt: &'static str,
    ru: &'static str,
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
/// "Madagascar".
///
/// `None` for an unknown code, and for Spanish, Portuguese, Russian and Arabic, whose grammar the
/// table does not hold: write their templates so that the bare name fits.
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
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => None,
    }
}

/// Returns "of" the country: "of the Gambia"; "de la Guinée", "du Sénégal", "des Comores",
/// "de l’Argentine", "de Madagascar", "d’Haïti".
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
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => None,
    }
}

/// Returns "in" the country: "in the Gambia"; "en Guinée", "au Sénégal", "aux Comores",
/// "à Madagascar", "en Haïti".
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
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => None,
    }
}

impl Country {
    fn english(&self) -> String {
        match self.en_article {
            "" => self.en.to_owned(),
            article => format!("{article} {}", self.en),
        }
    }
}

/// Returns whether "de" loses its vowel before a name that has no article.
fn elides(name: &str) -> bool {
    // Of the names that begin with an H and have no article, only this one has a mute H.
    name == "Haïti" || name.starts_with(['A', 'E', 'É', 'I', 'Î', 'O', 'U'])
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
            let &[alpha3, alpha2, en, en_article, fr, fr_article, fr_in, es, pt, ru, ar] = columns.as_slice() else {
                unreachable!("the embedded table has eleven columns, which a test checks");
            };
            let country = Country { en, en_article, fr, fr_article, fr_in, es, pt, ru, ar };
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
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete() {
        let mut last = "";
        for line in rows() {
            let columns: Vec<_> = line.split('\t').collect();
            assert_eq!(columns.len(), 11, "{line}");
            assert!(columns[0] > last && columns[0].len() == 3, "{line}");
            assert_eq!(columns[1].len(), 2, "{line}");
            assert!(matches!(columns[3], "" | "the"), "{line}");
            assert!(matches!(columns[5], "" | "le" | "la" | "l’" | "les"), "{line}");
            for name in [2, 4, 7, 8, 9, 10] {
                assert!(!columns[name].is_empty() && columns[name] == columns[name].trim());
                assert!(!columns[name].contains(['\'', '&', '(']), "{line}");
            }
            assert_eq!(
                columns[5] == "l’",
                !matches!(columns[5], "" | "les") && starts_with_vowel(columns[4]),
                "{line}"
            );
            last = columns[0];
        }
        assert!(country_codes().count() > 200);
    }

    fn starts_with_vowel(name: &str) -> bool {
        name.to_lowercase().starts_with(['a', 'e', 'é', 'i', 'î', 'o', 'u'])
    }

    #[test]
    fn codes_that_cases_use_are_known() {
        // Recipients of aid, economies in transition, and countries of companies and experts.
        let codes = "AFG AGO ALB ARE ARG ARM AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BIH BLR \
                     BLZ BOL BRA BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV \
                     CRI CUB DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP ETH FJI FRA FSM GAB GBR \
                     GEO GHA GIN GMB GNB GNQ GRD GTM GUY HND HRV HTI IDN IND IRL IRN IRQ ISR \
                     ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KWT LAO LBN LBR LBY LCA LKA LSO LUX \
                     MAR MDA MDG MDV MEX MHL MKD MLI MMR MNE MNG MOZ MRT MSR MUS MWI MYS NAM \
                     NER NGA NIC NIU NLD NOR NPL NRU OMN PAK PAN PER PHL PLW PNG POL PRK PRT \
                     PRY PSE QAT ROU RUS RWA SAU SDN SEN SGP SHN SLB SLE SLV SOM SRB SSD STP \
                     SUR SWE SWZ SYC SYR TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TZA \
                     UGA UKR URY USA UZB VCT VEN VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE";
        for code in codes.split(' ') {
            for lang in Lang::ALL {
                assert!(country(code, lang).is_some(), "{code}");
            }
        }
        assert_eq!(country("GN", Lang::En), Some("Guinea"));
        assert_eq!(country("XK", Lang::Fr), Some("Kosovo"));
        assert!(!is_country("ZZZ") && !is_country("gin") && !is_country(""));
        assert_eq!(of_country("ZZZ", Lang::Fr), None);
    }

    #[test]
    fn names_that_are_not_translated() {
        for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Pt] {
            assert_eq!(country("CIV", lang), Some("Côte d’Ivoire"));
            assert_eq!(country("CPV", lang), Some("Cabo Verde"));
            assert_eq!(country("TLS", lang), Some("Timor-Leste"));
        }
        assert_eq!(country("KGZ", Lang::Ru), Some("Кыргызстан"));
        assert_eq!(country("KGZ", Lang::Fr), Some("Kirghizistan"));
        assert_eq!(country("MDA", Lang::Ru), Some("Молдова"));
        assert_eq!(country("MMR", Lang::En), Some("Myanmar"));
        assert_eq!(country("COD", Lang::En), Some("Democratic Republic of the Congo"));
        assert_eq!(country("MOZ", Lang::Pt), Some("Moçambique"));
        assert_eq!(country("KEN", Lang::Pt), Some("Quénia"));
        assert_eq!(country("MRT", Lang::Ar), Some("موريتانيا"));
    }

    #[track_caller]
    fn french(code: &str, with_article: &str, of: &str, within: &str) {
        let actual = (
            country_with_article(code, Lang::Fr).unwrap(),
            of_country(code, Lang::Fr).unwrap(),
            in_country(code, Lang::Fr).unwrap(),
        );
        assert_eq!(actual, (with_article.into(), of.into(), within.into()));
    }

    #[test]
    fn french_articles() {
        french("GIN", "la Guinée", "de la Guinée", "en Guinée");
        french("SEN", "le Sénégal", "du Sénégal", "au Sénégal");
        french("COM", "les Comores", "des Comores", "aux Comores");
        french("MDG", "Madagascar", "de Madagascar", "à Madagascar");
        french("HTI", "Haïti", "d’Haïti", "en Haïti");
        french("ARG", "l’Argentine", "de l’Argentine", "en Argentine");
        french("IRN", "l’Iran", "de l’Iran", "en Iran");
        french("DJI", "Djibouti", "de Djibouti", "à Djibouti");
        french("OMN", "Oman", "d’Oman", "à Oman");
        french("ISR", "Israël", "d’Israël", "en Israël");
        french("YEM", "le Yémen", "du Yémen", "au Yémen");
        french("HND", "le Honduras", "du Honduras", "au Honduras");
        french("HUN", "la Hongrie", "de la Hongrie", "en Hongrie");
        french("HKG", "Hong Kong", "de Hong Kong", "à Hong Kong");
        french("GRD", "la Grenade", "de la Grenade", "à la Grenade");
        french("TLS", "le Timor-Leste", "du Timor-Leste", "au Timor-Leste");
        french("CPV", "Cabo Verde", "de Cabo Verde", "à Cabo Verde");
        french("CIV", "la Côte d’Ivoire", "de la Côte d’Ivoire", "en Côte d’Ivoire");
        french(
            "COD",
            "la République démocratique du Congo",
            "de la République démocratique du Congo",
            "en République démocratique du Congo",
        );
        french("ARE", "les Émirats arabes unis", "des Émirats arabes unis", "aux Émirats arabes unis");
        french("IMN", "l’île de Man", "de l’île de Man", "à l’île de Man");
        french("KGZ", "le Kirghizistan", "du Kirghizistan", "au Kirghizistan");
    }

    #[test]
    fn english_articles() {
        let all = |code| {
            [
                country_with_article(code, Lang::En).unwrap(),
                of_country(code, Lang::En).unwrap(),
                in_country(code, Lang::En).unwrap(),
            ]
        };
        assert_eq!(all("GMB"), ["the Gambia", "of the Gambia", "in the Gambia"]);
        assert_eq!(all("KEN"), ["Kenya", "of Kenya", "in Kenya"]);
        assert_eq!(country("GMB", Lang::En), Some("Gambia"));
        for (code, expected) in [
            ("PHL", "the Philippines"),
            ("COM", "the Comoros"),
            ("NLD", "the Netherlands"),
            ("GBR", "the United Kingdom"),
            ("CAF", "the Central African Republic"),
            ("SDN", "Sudan"),
        ] {
            assert_eq!(country_with_article(code, Lang::En).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_languages_have_names_only() {
        for lang in [Lang::Es, Lang::Pt, Lang::Ru, Lang::Ar] {
            assert_eq!(country_with_article("GIN", lang), None);
            assert_eq!(of_country("GIN", lang), None);
            assert_eq!(in_country("GIN", lang), None);
        }
    }
}
