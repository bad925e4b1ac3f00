//! Whole numbers and amounts of money in words, as contracts and minutes write them after the figures.
//!
//! The rules are code, a file a language; the names of the currencies are data, in
//! `currency_words.tsv`. ICU4X has no numbers in words, and the crates that do cover English and
//! French at most.

mod arabic;
mod english;
mod french;
mod portuguese;
mod russian;
mod spanish;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Lang, Locale, LocaleError, minor_units, number};

/// The largest number written in words, 10^15.
const MAX: u64 = 1_000_000_000_000_000;

/// A line for each language and currency, tab-separated, comments at the head, then the columns.
const TABLE: &str = include_str!("currency_words.tsv");

/// The gender of a noun that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Masculine,
    Feminine,
    Neuter,
}

/// A noun that is counted, in the forms that the numbers of its language ask for.
#[derive(Debug)]
struct Noun {
    gender: Gender,
    /// Two forms in English, French, Spanish and Portuguese, three in Russian, five in Arabic.
    forms: Vec<&'static str>,
}

impl Noun {
    fn form(&self, index: usize) -> &'static str {
        self.forms.get(index).or(self.forms.last()).copied().unwrap_or_default()
    }
}

/// The names of a currency in one language.
#[derive(Debug)]
struct Currency {
    major: Noun,
    /// `None` where the hundredths have no name of their own, or one that nobody uses.
    minor: Option<Noun>,
}

impl Locale {
    /// Returns a whole number in words, as it is counted: "twenty-one", "vingt et un", "veintiuno",
    /// "двадцать один", "واحد وعشرون".
    ///
    /// British and European usage, American English in the United States, Brazilian Portuguese in
    /// Brazil, classical French spelling. `None` beyond 10^15.
    ///
    /// ```
    /// use engross::locale::Locale;
    ///
    /// let locale: Locale = "en".parse()?;
    /// assert_eq!(locale.integer_in_words(1_350).as_deref(), Some("one thousand three hundred and fifty"));
    /// # Ok::<(), engross::locale::LocaleError>(())
    /// ```
    #[must_use]
    pub fn integer_in_words(self, n: u64) -> Option<String> {
        if n > MAX {
            return None;
        }
        let gender = Gender::Masculine;
        Some(match self.lang {
            Lang::En => english::cardinal(n, self.is_american()),
            Lang::Fr => french::cardinal(n, gender),
            Lang::Es => spanish::cardinal(n, None),
            Lang::Pt => portuguese::cardinal(n, gender, self.is_brazil()),
            Lang::Ru => russian::cardinal(n, gender),
            Lang::Ar => arabic::cardinal(n, gender),
        })
    }

    /// Returns an amount in words: "one hundred and twenty euros and fifty cents", "deux millions
    /// d’euros", "doscientas libras esterlinas", "две тысячи долларов США".
    ///
    /// The minor unit is said when it is not nothing. A fraction that it cannot express, or whose
    /// unit has no name in use, stands as one: "and 40/100". A currency whose name the table lacks
    /// is given by its code: "twelve XYZ". Arabic comes in the nominative, without "لا غير".
    ///
    /// # Errors
    /// [`LocaleError::InvalidNumber`] and [`LocaleError::UnknownCurrency`] as for
    /// [`Locale::money`]; [`LocaleError::NotInWords`] for an amount beyond 10^15.
    pub fn money_in_words(self, amount: &str, currency: &str) -> Result<String, LocaleError> {
        let Some(minor) = minor_units(currency) else {
            return Err(LocaleError::UnknownCurrency(currency.to_owned()));
        };
        if !number::is_plain_decimal(amount) {
            return Err(LocaleError::InvalidNumber(amount.to_owned()));
        }
        let unsigned = amount.trim_start_matches('-');
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let decimals = decimals.trim_end_matches('0');
        let whole = whole.trim_start_matches('0');
        let n = match whole.parse::<u64>() {
            Ok(n) if n <= MAX => n,
            Err(_) if whole.is_empty() => 0,
            _ => return Err(LocaleError::NotInWords(amount.to_owned())),
        };
        let names = currencies().get(&(self.lang.code(), currency));
        let mut text = String::new();
        if amount.starts_with('-') && (n > 0 || !decimals.is_empty()) {
            text.push_str(self.minus());
        }
        match names {
            Some(names) => text.push_str(&self.counted(n, &names.major)),
            None => text.push_str(&self.integer_in_words(n).unwrap_or_default()),
        }
        if !decimals.is_empty() {
            text.push_str(self.with());
            text.push_str(&self.fraction(decimals, usize::from(minor), names.and_then(|names| names.minor.as_ref())));
        }
        if names.is_none() {
            text.push('\u{a0}');
            text.push_str(currency);
        }
        Ok(text)
    }

    /// Returns the decimals, which are some and not all zero, as minor units or as a fraction.
    fn fraction(self, decimals: &str, minor: usize, noun: Option<&Noun>) -> String {
        match (noun, format!("{decimals:0<minor$}").parse::<u64>()) {
            (Some(noun), Ok(n)) if decimals.len() <= minor => self.counted(n, noun),
            _ => {
                let places = decimals.len().max(minor).max(2);
                let unit = "0".repeat(places);
                let fraction = format!("{decimals:0<places$}/1{unit}");
                match self.digit_chars() {
                    Some(digits) => fraction.chars().map(|c| in_digits(c, digits)).collect(),
                    None => fraction,
                }
            }
        }
    }

    fn counted(self, n: u64, noun: &Noun) -> String {
        match self.lang {
            Lang::En => english::counted(n, noun, self.is_american()),
            Lang::Fr => french::counted(n, noun),
            Lang::Es => spanish::counted(n, noun),
            Lang::Pt => {
                let text = portuguese::counted(n, noun, self.is_brazil());
                // The table is European; cents of any currency are "centavos" in Brazil.
                if self.is_brazil() { text.replace("cêntimo", "centavo") } else { text }
            }
            Lang::Ru => russian::counted(n, noun),
            Lang::Ar => arabic::counted(n, noun),
        }
    }

    /// Returns what joins the minor units to the major ones.
    const fn with(self) -> &'static str {
        match self.lang {
            Lang::En => " and ",
            Lang::Fr => " et ",
            Lang::Es => " con ",
            Lang::Pt => " e ",
            Lang::Ru => " ",
            Lang::Ar => " و",
        }
    }

    const fn minus(self) -> &'static str {
        match self.lang {
            Lang::En => "minus ",
            Lang::Fr => "moins ",
            Lang::Es | Lang::Pt => "menos ",
            Lang::Ru => "минус ",
            Lang::Ar => "ناقص ",
        }
    }

    fn is_brazil(self) -> bool {
        self.region_in(&["BR"])
    }
}

fn in_digits(c: char, digits: &str) -> char {
    c.to_digit(10).and_then(|value| digits.chars().nth(value as usize)).unwrap_or(c)
}

/// Returns the groups of three digits, from the units up: at index 0 the units, at 1 the thousands.
fn groups(n: u64) -> impl DoubleEndedIterator<Item = (usize, u64)> {
    (0..6u32).map(move |index| (index as usize, n / 1000u64.pow(index) % 1000)).filter(|(_, value)| *value > 0)
}

/// Returns a word of a table; tables answer for every index that the rules ask for.
fn word(table: &[&'static str], index: u64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| table.get(index)).copied().unwrap_or_default()
}

fn currencies() -> &'static BTreeMap<(&'static str, &'static str), Currency> {
    static CURRENCIES: OnceLock<BTreeMap<(&'static str, &'static str), Currency>> = OnceLock::new();
    CURRENCIES.get_or_init(|| {
        let mut currencies = BTreeMap::new();
        for line in rows() {
            let columns: Vec<&'static str> = line.split('\t').collect();
            let &[lang, code, gender, major, minor_gender, minor] = columns.as_slice() else {
                unreachable!("the embedded table has six columns, which a test checks");
            };
            let minor = (!minor.is_empty()).then(|| noun(minor_gender, minor));
            currencies.insert((lang, code), Currency { major: noun(gender, major), minor });
        }
        currencies
    })
}

fn noun(gender: &str, forms: &'static str) -> Noun {
    let gender = match gender {
        "f" => Gender::Feminine,
        "n" => Gender::Neuter,
        _ => Gender::Masculine,
    };
    Noun { gender, forms: forms.split('|').collect() }
}

/// Returns the lines of data, without the head.
fn rows() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#') && !line.starts_with("lang\t"))
}

#[cfg(test)]
mod tests;
