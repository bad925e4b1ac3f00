//! Numbers and percentages, from decimal text.
//!
//! Text in, text out: amounts never pass through a float, and decimals stay as they were written.
//! Grouping, decimal sign and digits follow the locale: U+202F in French, U+00A0 in Portuguese
//! and Russian, commas in Peru and Mexico, Arabic-Indic digits where the country uses them.

use icu_decimal::input::Decimal;

use super::formatters;
use super::{Lang, Locale, LocaleError};

/// The longest number taken, in characters; no amount of a contract comes near it.
const MAX_LENGTH: usize = 60;

/// Regions that write the percent sign without a space although Spanish has one.
///
/// CLDR 47, percent patterns: `es-419` and its descendants.
const SPANISH_AMERICA: &[&str] = &[
    "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY", "SV",
    "US", "UY", "VE",
];

impl Locale {
    /// Returns a number as the locale writes it in running text, all decimals kept.
    ///
    /// Spain and Portugal leave four digits ungrouped ("1234,5"), as CLDR and their academies do.
    ///
    /// # Errors
    /// [`LocaleError::InvalidNumber`] unless the text is digits, with a minus sign before and a
    /// point and decimals after if need be: no exponent, no grouping, no plus sign.
    pub fn number(self, decimal: &str) -> Result<String, LocaleError> {
        let value = parse(decimal)?;
        Ok(formatters::with(self, |set| set.number.format(&value).to_string()))
    }

    /// Returns a whole number as the locale writes it in running text.
    #[must_use]
    pub fn integer(self, value: i64) -> String {
        formatters::with(self, |set| set.number.format(&Decimal::from(value)).to_string())
    }

    /// Returns a percentage: "12.5%", "12,5 %" with a no-break space, "١٢٫٥٪". The text is the
    /// percentage itself, not a fraction of one.
    ///
    /// # Errors
    /// As [`Locale::number`].
    pub fn percent(self, decimal: &str) -> Result<String, LocaleError> {
        let number = self.number(decimal)?;
        Ok(match self.lang {
            Lang::En | Lang::Pt => format!("{number}%"),
            Lang::Fr if self.region_in(&["CH"]) => format!("{number}%"),
            Lang::Es if self.is_spanish_america() => format!("{number}%"),
            Lang::Fr | Lang::Es | Lang::Ru => format!("{number}\u{a0}%"),
            // With the directional marks that CLDR gives the two signs.
            Lang::Ar if self.digits(0) == "0" => format!("{number}\u{200e}%\u{200e}"),
            Lang::Ar => format!("{number}٪\u{61c}"),
        })
    }

    /// Returns a number in the digits of the locale, never grouped.
    pub(super) fn digits(self, value: u64) -> String {
        formatters::with(self, |set| set.digits.format(&Decimal::from(value)).to_string())
    }

    /// Returns whether the locale is Spanish as written in the Americas.
    pub(super) fn is_spanish_america(self) -> bool {
        self.lang == Lang::Es && self.region_in(SPANISH_AMERICA)
    }
}

/// Reads a plain decimal number.
fn parse(text: &str) -> Result<Decimal, LocaleError> {
    let invalid = || LocaleError::InvalidNumber(text.to_owned());
    if !is_plain_decimal(text) {
        return Err(invalid());
    }
    let mut value = Decimal::try_from_str(text).map_err(|_| invalid())?;
    value.absolute.trim_start();
    Ok(value)
}

/// Returns whether the text is `-?[0-9]+(\.[0-9]+)?` and of a sane length.
pub(super) fn is_plain_decimal(text: &str) -> bool {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    text.len() <= MAX_LENGTH
        && match unsigned.split_once('.') {
            Some((whole, decimals)) => is_digits(whole) && is_digits(decimals),
            None => is_digits(unsigned),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().unwrap()
    }

    #[track_caller]
    fn check(tag: &str, expected: &str) {
        let actual = locale(tag).number("1234567.89").unwrap();
        assert_eq!(actual, expected, "{tag}");
    }

    #[test]
    fn grouping_by_locale() {
        for tag in ["en", "en-GB", "en-IN", "en-ZA", "es-PE", "es-MX", "ar"] {
            check(tag, "1,234,567.89");
        }
        for tag in ["fr", "fr-FR", "fr-GN", "fr-MG"] {
            check(tag, "1\u{202f}234\u{202f}567,89");
        }
        for tag in ["es", "es-ES", "es-AR", "es-CO", "pt-BR"] {
            check(tag, "1.234.567,89");
        }
        for tag in ["pt", "pt-PT", "pt-MZ", "pt-AO", "ru", "ru-KZ"] {
            check(tag, "1\u{a0}234\u{a0}567,89");
        }
        for tag in
            ["ar-EG", "ar-SA", "ar-IQ", "ar-SD", "ar-MR", "ar-YE", "ar-LB", "ar-SY", "ar-TD", "ar-DJ", "ar-KM", "ar-SO"]
        {
            check(tag, "١٬٢٣٤٬٥٦٧٫٨٩");
        }
        for tag in ["ar-DZ", "ar-MA", "ar-TN", "ar-LY"] {
            check(tag, "1.234.567,89");
        }
    }

    #[test]
    fn decimals_stay_as_written() {
        let en = locale("en");
        assert_eq!(en.number("0.10").unwrap(), "0.10");
        assert_eq!(en.number("12").unwrap(), "12");
        assert_eq!(en.number("0012").unwrap(), "12");
        assert_eq!(en.number("0").unwrap(), "0");
        assert_eq!(en.number("-12.000").unwrap(), "-12.000");
        assert_eq!(
            en.number("12345678901234567890123456789.123456789012345678").unwrap(),
            "12,345,678,901,234,567,890,123,456,789.123456789012345678"
        );
    }

    #[test]
    fn integers() {
        assert_eq!(locale("fr").integer(12_500), "12\u{202f}500");
        assert_eq!(locale("es").integer(1500), "1500");
        assert_eq!(locale("es-PE").integer(1500), "1,500");
        assert_eq!(locale("en").integer(i64::MIN), "-9,223,372,036,854,775,808");
    }

    #[test]
    fn percentages() {
        let percent = |tag| locale(tag).percent("12.5").unwrap();
        assert_eq!(percent("en"), "12.5%");
        assert_eq!(percent("fr"), "12,5\u{a0}%");
        assert_eq!(percent("es"), "12,5\u{a0}%");
        assert_eq!(percent("es-PE"), "12.5%");
        assert_eq!(percent("pt-MZ"), "12,5%");
        assert_eq!(percent("ru"), "12,5\u{a0}%");
        assert_eq!(percent("ar-EG"), "١٢٫٥٪\u{61c}");
        assert_eq!(percent("ar-TN"), "12,5\u{200e}%\u{200e}");
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1e5", "+1", "1,000", "1 000", "٣", "NaN", "--1", "1.2.3", " 1", "0x1"]
        {
            assert_eq!(locale("en").number(text), Err(LocaleError::InvalidNumber(text.to_owned())));
        }
        assert!(locale("en").number(&"9".repeat(61)).is_err());
    }
}
