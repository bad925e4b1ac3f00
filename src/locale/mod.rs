//! Languages, and how each writes dates, numbers, money, lists, countries and punctuation.
//!
//! This module is the only door to the `icu_*` crates (Unicode CLDR data compiled in) and holds
//! the corrections that official correspondence needs on top of CLDR. Everything here is a pure
//! function of its arguments: no clock, no environment, no floating point.
//!
//! Not here: the fixed words of the templates.

mod country;
mod currency;
mod date;
mod find;
mod formatters;
mod hijri;
mod list;
mod money;
mod number;
mod official;
mod plural;
mod typography;
mod words;

use std::fmt;
use std::str::FromStr;

pub use self::country::{country, country_codes, country_with_article, in_country, is_country, of_country};
pub use self::currency::{currency_codes, minor_units};
pub use self::find::{find_dates, find_numbers};
pub use self::official::{in_official_name, of_official_name};
pub use self::plural::PluralCategory;
pub use self::typography::{french_spacing, typographic};

/// A language that documents can be written in.
///
/// Exhaustive on purpose: a new language must be answered for wherever languages are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English; British usage unless the region says otherwise.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Portuguese; European usage unless the region is Brazil.
    Pt,
    /// Russian.
    Ru,
    /// Arabic.
    Ar,
}

impl Lang {
    /// Every language, in the order in which they are listed to people.
    pub const ALL: [Self; 6] = [Self::En, Self::Fr, Self::Es, Self::Pt, Self::Ru, Self::Ar];

    /// Returns the ISO 639-1 code, in lower case.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Pt => "pt",
            Self::Ru => "ru",
            Self::Ar => "ar",
        }
    }

    /// Returns the language of an ISO 639-1 code, in either case; `None` for one not supported.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(code))
    }

    /// Returns the name of the language in the language itself.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "français",
            Self::Es => "español",
            Self::Pt => "português",
            Self::Ru => "русский",
            Self::Ar => "العربية",
        }
    }

    /// Returns the name of the language in English, for messages.
    #[must_use]
    pub const fn english_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "French",
            Self::Es => "Spanish",
            Self::Pt => "Portuguese",
            Self::Ru => "Russian",
            Self::Ar => "Arabic",
        }
    }

    /// Returns whether the language is written from right to left.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ar)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Lang {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_code(text).ok_or_else(|| LocaleError::UnknownLanguage(text.to_owned()))
    }
}

/// An ISO 3166-1 alpha-2 region, in capitals.
///
/// Only the form is checked, not that such a country exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 2]);

impl Region {
    /// Returns the region of a two-letter code, in either case; `None` for any other text.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// Returns the two letters, in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // ASCII letters by construction, so the default never comes.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The digits that Arabic numbers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Digits {
    /// 0123456789, as in the Maghreb.
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩, as in the Mashriq.
    ArabicIndic,
}

impl Digits {
    /// Returns the BCP 47 name of the numbering system.
    const fn code(self) -> &'static str {
        match self {
            Self::Latin => "latn",
            Self::ArabicIndic => "arab",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Latin, Self::ArabicIndic].into_iter().find(|it| it.code().eq_ignore_ascii_case(code))
    }
}

/// A language as one region writes it.
///
/// ```
/// use engross::locale::Locale;
///
/// let locale: Locale = "es-PE".parse()?;
/// assert_eq!(locale.number("1234567.89")?, "1,234,567.89");
/// # Ok::<(), engross::locale::LocaleError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    /// The language.
    pub lang: Lang,
    /// The region; `None` for the usage named at each [`Lang`].
    pub region: Option<Region>,
    /// The digits of Arabic; `None` for those that the region uses. Other languages have Latin ones only.
    pub digits: Option<Digits>,
}

impl Locale {
    /// Returns the locale of a language and a region, with the digits of the region.
    #[must_use]
    pub const fn new(lang: Lang, region: Option<Region>) -> Self {
        Self { lang, region, digits: None }
    }

    /// Returns the locale with digits of one's choice, or with those of the region if `None`.
    ///
    /// Only Arabic has a choice; a locale of another language stays as it is.
    #[must_use]
    pub const fn with_digits(self, digits: Option<Digits>) -> Self {
        match self.lang {
            Lang::Ar => Self { digits, ..self },
            Lang::En | Lang::Fr | Lang::Es | Lang::Pt | Lang::Ru => self,
        }
    }

    /// Returns the ten digits in order, where they are not 0 to 9.
    #[must_use]
    pub fn digit_chars(self) -> Option<&'static str> {
        (self.digits(0) != "0").then_some("٠١٢٣٤٥٦٧٨٩")
    }

    /// Returns whether the region is one of the given ISO 3166-1 alpha-2 codes, in capitals.
    fn region_in(self, codes: &[&str]) -> bool {
        self.region.is_some_and(|region| codes.contains(&region.as_str()))
    }
}

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        Self::new(lang, None)
    }
}

impl fmt::Display for Locale {
    /// Writes a BCP 47 tag: `fr`, `es-PE`, `ar-EG-u-nu-latn`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tag = self.lang.code().to_owned();
        if let Some(region) = self.region {
            tag.push('-');
            tag.push_str(region.as_str());
        }
        if let (Lang::Ar, Some(digits)) = (self.lang, self.digits) {
            tag.push_str(DIGITS_KEY);
            tag.push_str(digits.code());
        }
        f.pad(&tag)
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    /// Reads a tag such as `fr`, `es-PE` or `pt-MZ` (BCP 47 language and region, in any case); in
    /// Arabic the digits may follow: `ar-EG-u-nu-latn`, `ar-u-nu-arab`.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let invalid = || LocaleError::InvalidTag(tag.to_owned());
        let lower = tag.to_ascii_lowercase();
        let (place, digits) = match lower.split_once(DIGITS_KEY) {
            Some((place, digits)) => (place, Some(Digits::from_code(digits).ok_or_else(invalid)?)),
            None => (lower.as_str(), None),
        };
        // A language that is not known is named as it was written.
        let language = |len: usize| tag.get(..len).unwrap_or(tag).parse::<Lang>();
        let locale = match place.split_once('-') {
            Some((lang, region)) => {
                let region = Region::new(region).ok_or_else(invalid)?;
                Self::new(language(lang.len())?, Some(region))
            }
            None => Self::from(language(place.len())?),
        };
        let chosen = locale.with_digits(digits);
        if chosen.digits == digits { Ok(chosen) } else { Err(invalid()) }
    }
}

/// What stands before the digits in a tag (BCP 47 Unicode extension, key `nu`).
const DIGITS_KEY: &str = "-u-nu-";

/// What cannot be read or written in a locale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LocaleError {
    /// The language code is none of [`Lang::ALL`].
    #[error("unknown language `{0}` (known: en, fr, es, pt, ru, ar)")]
    UnknownLanguage(String),
    /// The tag is not a language, or a language, a hyphen and a region of two letters.
    #[error("`{0}` is not a language tag such as `fr` or `es-PE`")]
    InvalidTag(String),
    /// The text is not a plain decimal number.
    #[error("`{0}` is not a decimal number such as `1850000.50`")]
    InvalidNumber(String),
    /// The code is not that of a currency in use.
    #[error("unknown currency `{0}` (an ISO 4217 code such as `USD` is expected)")]
    UnknownCurrency(String),
    /// The amount is too large for words.
    #[error("`{0}` is more than 10^15, which is not written in words")]
    NotInWords(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_round_trip() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse(), Ok(lang));
            assert_eq!(lang.to_string(), lang.code());
        }
        assert_eq!(Lang::from_code("FR"), Some(Lang::Fr));
        assert_eq!(Lang::from_code("de"), None);
        assert!(Lang::Ar.is_rtl() && !Lang::Ru.is_rtl());
    }

    #[test]
    fn tags_are_read_and_written() {
        for tag in ["fr", "es-PE", "pt-MZ", "en-GB"] {
            assert_eq!(tag.parse::<Locale>().map(|it| it.to_string()), Ok(tag.to_owned()));
        }
        assert_eq!("PT-mz".parse::<Locale>().map(|it| it.to_string()), Ok("pt-MZ".to_owned()));
        for tag in ["ar", "ar-EG", "ar-EG-u-nu-latn", "ar-TN-u-nu-arab", "ar-u-nu-arab"] {
            assert_eq!(tag.parse::<Locale>().map(|it| it.to_string()), Ok(tag.to_owned()));
        }
    }

    #[test]
    fn digits_by_choice() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 7, 9).unwrap();
        let written = |tag: &str| {
            let locale: Locale = tag.parse().unwrap();
            let numbers = (locale.number("1234567.89").unwrap(), locale.ordinal(3), locale.percent("12.5").unwrap());
            (numbers, locale.long_date(date), locale.money("1500", "USD").unwrap())
        };
        assert_eq!(
            written("ar-EG-u-nu-latn"),
            (
                ("1,234,567.89".into(), "3".into(), "12.5\u{200e}%\u{200e}".into()),
                "9 يوليو 2026".into(),
                "1,500.00\u{a0}USD".into()
            )
        );
        assert_eq!(
            written("ar-TN-u-nu-arab"),
            (
                ("١٬٢٣٤٬٥٦٧٫٨٩".into(), "٣".into(), "١٢٫٥٪\u{61c}".into()),
                "٩ جويلية ٢٠٢٦".into(),
                "١٬٥٠٠٫٠٠\u{a0}USD".into()
            )
        );
        let egypt: Locale = "ar-EG".parse().unwrap();
        assert_eq!(egypt.digit_chars(), Some("٠١٢٣٤٥٦٧٨٩"));
        assert_eq!(egypt.with_digits(Some(Digits::Latin)).digit_chars(), None);
        assert_eq!(egypt.with_digits(Some(Digits::Latin)).with_digits(None), egypt);
        let french = Locale::from(Lang::Fr);
        assert_eq!(french.with_digits(Some(Digits::ArabicIndic)), french);
        assert_eq!(french.digit_chars(), None);
    }

    #[test]
    fn bad_tags_are_refused() {
        for tag in ["es-", "es-419", "es-P", "fr-FR-x", "fr-é", "ar-u-nu-deva", "fr-u-nu-latn"] {
            assert_eq!(tag.parse::<Locale>(), Err(LocaleError::InvalidTag(tag.to_owned())));
        }
        for tag in ["", "de", "french", "de-DE", "es_PE"] {
            assert!(matches!(tag.parse::<Locale>(), Err(LocaleError::UnknownLanguage(_))));
        }
    }
}
