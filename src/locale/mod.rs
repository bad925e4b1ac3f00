//! Languages, and how each writes dates, numbers, money, lists, countries and punctuation.
//!
//! This module is the only door to the `icu_*` crates (Unicode CLDR data compiled in) and holds
//! the corrections that official correspondence needs on top of CLDR. Everything here is a pure
//! function of its arguments: no clock, no environment, no floating point.
//!
//! Not here: the fixed words of the templates, and amounts in words.

mod country;
mod currency;
mod date;
mod formatters;
mod list;
mod money;
mod number;
mod official;
mod plural;
mod typography;

use std::fmt;
use std::str::FromStr;

pub use self::country::{country, country_codes, country_with_article, in_country, is_country, of_country};
pub use self::currency::{currency_codes, minor_units};
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
}

impl Locale {
    /// Returns the locale of a language and a region.
    #[must_use]
    pub const fn new(lang: Lang, region: Option<Region>) -> Self {
        Self { lang, region }
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.region {
            Some(region) => f.pad(&format!("{}-{region}", self.lang)),
            None => f.pad(self.lang.code()),
        }
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    /// Reads a tag such as `fr`, `es-PE` or `pt-MZ` (BCP 47 language and region, in any case).
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let Some((lang, region)) = tag.split_once('-') else {
            return Ok(Self::from(tag.parse::<Lang>()?));
        };
        let region = Region::new(region).ok_or_else(|| LocaleError::InvalidTag(tag.to_owned()))?;
        Ok(Self::new(lang.parse()?, Some(region)))
    }
}

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
    }

    #[test]
    fn bad_tags_are_refused() {
        for tag in ["es-", "es-419", "es-P", "fr-FR-x", "fr-é"] {
            assert_eq!(tag.parse::<Locale>(), Err(LocaleError::InvalidTag(tag.to_owned())));
        }
        for tag in ["", "de", "french", "de-DE", "es_PE"] {
            assert!(matches!(tag.parse::<Locale>(), Err(LocaleError::UnknownLanguage(_))));
        }
    }
}
