//! Plural categories (CLDR) and ordinals in figures.

use icu_plurals::PluralCategory as Icu;

use super::formatters;
use super::{Lang, Locale};

/// The form of a noun that a number asks for, by CLDR's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PluralCategory {
    /// Arabic 0.
    Zero,
    /// The singular; in Russian also 21, 31.
    One,
    /// The dual: Arabic 2.
    Two,
    /// Russian 2 to 4, Arabic 3 to 10.
    Few,
    /// Russian 5 to 20, Arabic 11 to 99, Romance languages for a million.
    Many,
    /// Everything else.
    Other,
}

impl PluralCategory {
    /// Returns CLDR's name of the category, in lower case.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl Locale {
    /// Returns the form that a count of things asks for.
    #[must_use]
    pub fn plural_category(self, count: u64) -> PluralCategory {
        match formatters::with(self, |set| set.cardinal.category_for(count)) {
            Icu::Zero => PluralCategory::Zero,
            Icu::One => PluralCategory::One,
            Icu::Two => PluralCategory::Two,
            Icu::Few => PluralCategory::Few,
            Icu::Many => PluralCategory::Many,
            Icu::Other => PluralCategory::Other,
        }
    }

    /// Returns the ordinal in figures, masculine: "1st", "1er", "2e", "1.º", "1-й".
    ///
    /// Arabic has no short form; there the number stands alone.
    #[must_use]
    pub fn ordinal(self, n: u64) -> String {
        let digits = self.digits(n);
        let suffix = match self.lang {
            Lang::En => match formatters::with(self, |set| set.ordinal.category_for(n)) {
                Icu::One => "st",
                Icu::Two => "nd",
                Icu::Few => "rd",
                Icu::Zero | Icu::Many | Icu::Other => "th",
            },
            Lang::Fr if n == 1 => "er",
            Lang::Fr => "e",
            Lang::Es | Lang::Pt => ".º",
            Lang::Ru => "-й",
            Lang::Ar => "",
        };
        digits + suffix
    }

    /// Returns the ordinal in figures, feminine: "1re", "1.ª", "1-я"; in English and Arabic as
    /// [`Locale::ordinal`].
    #[must_use]
    pub fn ordinal_feminine(self, n: u64) -> String {
        let suffix = match self.lang {
            Lang::En | Lang::Ar => return self.ordinal(n),
            Lang::Fr if n == 1 => "re",
            Lang::Fr => "e",
            Lang::Es | Lang::Pt => ".ª",
            Lang::Ru => "-я",
        };
        self.digits(n) + suffix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        let en = Locale::from(Lang::En);
        for (n, expected) in [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (12, "12th"),
            (13, "13th"),
            (21, "21st"),
            (112, "112th"),
            (1003, "1003rd"),
        ] {
            assert_eq!(en.ordinal(n), expected);
        }
        let fr = Locale::from(Lang::Fr);
        assert_eq!((fr.ordinal(1), fr.ordinal(2)), ("1er".into(), "2e".into()));
        assert_eq!(fr.ordinal_feminine(1), "1re");
        assert_eq!(fr.ordinal_feminine(21), "21e");
        assert_eq!(Locale::from(Lang::Es).ordinal(3), "3.º");
        assert_eq!(Locale::from(Lang::Pt).ordinal_feminine(3), "3.ª");
        assert_eq!(Locale::from(Lang::Ru).ordinal(3), "3-й");
        assert_eq!("ar-EG".parse::<Locale>().unwrap().ordinal(3), "٣");
    }

    #[test]
    fn plurals() {
        use PluralCategory::{Few, Many, One, Other, Two, Zero};
        let of = |lang: Lang, n| Locale::from(lang).plural_category(n);
        assert_eq!([0, 1, 2].map(|n| of(Lang::En, n)), [Other, One, Other]);
        assert_eq!([0, 1, 2].map(|n| of(Lang::Fr, n)), [One, One, Other]);
        assert_eq!(of(Lang::Fr, 1_000_000), Many);
        assert_eq!([1, 2, 5, 11, 21, 22].map(|n| of(Lang::Ru, n)), [One, Few, Many, Many, One, Few]);
        assert_eq!([0, 1, 2, 3, 11, 100].map(|n| of(Lang::Ar, n)), [Zero, One, Two, Few, Many, Other]);
        assert_eq!(Few.key(), "few");
    }
}
