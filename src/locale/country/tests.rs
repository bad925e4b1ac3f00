//! Tests of the names of countries.

use super::*;

#[test]
fn the_table_is_complete() {
    let mut last = "";
    for line in rows() {
        let columns: Vec<_> = line.split('\t').collect();
        assert_eq!(columns.len(), 15, "{line}");
        assert!(columns[0] > last && columns[0].len() == 3, "{line}");
        assert_eq!(columns[1].len(), 2, "{line}");
        assert!(matches!(columns[3], "" | "the"), "{line}");
        assert!(matches!(columns[5], "" | "le" | "la" | "l’" | "les"), "{line}");
        assert!(matches!(columns[8], "" | "el" | "la" | "los" | "las"), "{line}");
        assert!(matches!(columns[10], "" | "o" | "a" | "os" | "as"), "{line}");
        for name in [2, 4, 7, 9, 11, 12, 13, 14] {
            assert!(!columns[name].is_empty() && columns[name] == columns[name].trim());
            assert!(!columns[name].contains(['\'', '&', '(']), "{line}");
        }
        assert_eq!(columns[5] == "l’", !matches!(columns[5], "" | "les") && starts_with_vowel(columns[4]), "{line}");
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

#[track_caller]
fn forms(lang: Lang, code: &str, with_article: &str, of: &str, within: &str) {
    let actual =
        (country_with_article(code, lang).unwrap(), of_country(code, lang).unwrap(), in_country(code, lang).unwrap());
    assert_eq!(actual, (with_article.into(), of.into(), within.into()));
}

#[test]
fn spanish_articles() {
    forms(Lang::Es, "GIN", "Guinea", "de Guinea", "en Guinea");
    forms(Lang::Es, "PER", "el Perú", "del Perú", "en el Perú");
    forms(Lang::Es, "IND", "la India", "de la India", "en la India");
    forms(Lang::Es, "COM", "las Comoras", "de las Comoras", "en las Comoras");
    forms(
        Lang::Es,
        "USA",
        "los Estados Unidos de América",
        "de los Estados Unidos de América",
        "en los Estados Unidos de América",
    );
    forms(Lang::Es, "SLV", "El Salvador", "de El Salvador", "en El Salvador");
    forms(Lang::Es, "ARG", "Argentina", "de Argentina", "en Argentina");
}

#[test]
fn portuguese_articles() {
    forms(Lang::Pt, "GIN", "a Guiné", "da Guiné", "na Guiné");
    forms(Lang::Pt, "BRA", "o Brasil", "do Brasil", "no Brasil");
    forms(Lang::Pt, "CMR", "os Camarões", "dos Camarões", "nos Camarões");
    forms(Lang::Pt, "COM", "as Comores", "das Comores", "nas Comores");
    for (code, name) in [("MOZ", "Moçambique"), ("AGO", "Angola"), ("CPV", "Cabo Verde"), ("TLS", "Timor-Leste")] {
        forms(Lang::Pt, code, name, &format!("de {name}"), &format!("em {name}"));
    }
}

#[test]
fn russian_cases() {
    forms(Lang::Ru, "GIN", "Гвинея", "Гвинеи", "в Гвинее");
    forms(Lang::Ru, "VNM", "Вьетнам", "Вьетнама", "во Вьетнаме");
    forms(Lang::Ru, "FRA", "Франция", "Франции", "во Франции");
    forms(Lang::Ru, "MDG", "Мадагаскар", "Мадагаскара", "на Мадагаскаре");
    forms(Lang::Ru, "EGY", "Египет", "Египта", "в Египте");
    forms(Lang::Ru, "KGZ", "Кыргызстан", "Кыргызстана", "в Кыргызстане");
    forms(Lang::Ru, "MLI", "Мали", "Мали", "в Мали");
    forms(Lang::Ru, "PHL", "Филиппины", "Филиппин", "на Филиппинах");
}

#[test]
fn arabic_forms() {
    forms(Lang::Ar, "MRT", "موريتانيا", "موريتانيا", "في موريتانيا");
    forms(Lang::Ar, "SDN", "السودان", "السودان", "في السودان");
}

/// Checks every row against what the endings of the names say.
#[test]
fn forms_follow_the_endings() {
    for code in country_codes() {
        let it = find(code).unwrap();
        let (of, within) = (it.ru_of, it.ru_in);
        let (preposition, locative) = within.split_once(' ').unwrap();
        assert!(matches!(preposition, "в" | "во" | "на"), "{within}");
        // "во" stands before в and ф with another consonant.
        let second = locative.chars().nth(1).unwrap();
        let is_cluster = locative.starts_with(['В', 'Ф']) && "рьл".contains(second);
        assert!(preposition == "на" || (preposition == "во") == is_cluster, "{within}");
        if let (false, Some(stem)) = (it.ru.contains(' '), it.ru.strip_suffix("ия")) {
            assert_eq!((of, locative), (format!("{stem}ии").as_str(), format!("{stem}ии").as_str()));
        }
        if !it.ru.contains([' ', '-']) && it.ru.ends_with(|c| "бвгджзклмнпрстфх".contains(c)) && code != "BGD"
        {
            assert!(of.ends_with('а') && locative.ends_with('е'), "{of} {locative}");
        }
        assert_eq!(it.ru.split(' ').count(), of.split(' ').count(), "{of}");
        assert_eq!(it.ru.split(' ').count(), locative.split(' ').count(), "{locative}");
        for (name, article, of, islands) in [
            (it.es, it.es_article, of_country(code, Lang::Es).unwrap(), "Islas "),
            (it.pt, it.pt_article, of_country(code, Lang::Pt).unwrap(), "Ilhas "),
        ] {
            assert!(of.ends_with(name) && !of.contains("de el ") && !of.contains("  "), "{of}");
            assert!(!name.starts_with("República ") || matches!(article, "la" | "a"), "{of}");
            assert!(!name.starts_with(islands) || matches!(article, "las" | "as"), "{of}");
        }
        assert!(in_country(code, Lang::Ar).unwrap().starts_with("في "), "{code}");
    }
}
