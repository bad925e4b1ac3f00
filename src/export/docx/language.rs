//! Language tags as Word knows them.

use crate::locale::{Lang, Locale};

/// The tags that Word has spelling and hyphenation for, by language; the first one stands for all other regions.
const TAGS: [(Lang, &[&str]); 6] = [
    (Lang::En, &["en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA"]),
    (Lang::Fr, &["fr-FR", "fr-BE", "fr-CA", "fr-CH", "fr-CI", "fr-CM", "fr-LU", "fr-MA", "fr-ML", "fr-SN"]),
    (
        Lang::Es,
        &[
            "es-ES", "es-AR", "es-BO", "es-CL", "es-CO", "es-CR", "es-DO", "es-EC", "es-GT", "es-HN", "es-MX", "es-NI",
            "es-PA", "es-PE", "es-PY", "es-SV", "es-UY", "es-VE",
        ],
    ),
    (Lang::Pt, &["pt-PT", "pt-BR"]),
    (Lang::Ru, &["ru-RU"]),
    (
        Lang::Ar,
        &[
            "ar-EG", "ar-AE", "ar-BH", "ar-DZ", "ar-IQ", "ar-JO", "ar-KW", "ar-LB", "ar-LY", "ar-MA", "ar-OM", "ar-QA",
            "ar-SA", "ar-SY", "ar-TN", "ar-YE",
        ],
    ),
];

/// Returns the tag of a language in a region; a region that Word has no tag for has the tag of the language.
pub(super) fn tag(locale: Locale) -> &'static str {
    let tags = TAGS.iter().find(|(lang, _)| *lang == locale.lang).map_or(&["en-GB"] as &[&str], |(_, tags)| tags);
    let own = locale.region.and_then(|region| tags.iter().find(|tag| tag.ends_with(region.as_str())));
    own.unwrap_or(&tags[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_region_has_the_tag_of_its_language() -> Result<(), Box<dyn std::error::Error>> {
        let of = |text: &str| text.parse::<Locale>().map(tag);
        assert_eq!([of("fr-GN")?, of("pt-MZ")?, of("pt-BR")?, of("es-CL")?], ["fr-FR", "pt-PT", "pt-BR", "es-CL"]);
        Ok(())
    }
}
