//! Dates in running text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::super::{Digits, Lang, Locale, Region};
use super::{digit, is_mark, is_particle};

/// Regions whose names of months differ from those of their language.
const REGIONS: &[(Lang, &[&str])] = &[
    (Lang::Es, &["PE", "UY"]),
    (Lang::Pt, &["BR"]),
    (Lang::Ar, &["EG", "DZ", "TN", "MA", "MR", "IQ", "LB", "SY", "JO", "PS", "SA", "LY", "SD"]),
];

/// Returns the dates that stand in a text, in their order, each with the bytes it takes.
///
/// Found are dates as [`Locale::long_date`] writes them (any spaces, any digits, "1er", "1st", "March 1,
/// 2026"), in figures with a year of four digits (`01.03.2026`, `1/3/2026`; the day first, in English the
/// month where it cannot be otherwise), and in ISO 8601. Of a period whose dates share a month or
/// year, the end is found. A date that does not exist is none.
///
/// ```
/// use engross::locale::{Lang, find_dates};
///
/// let found = find_dates("du 9 au 13 mars 2026", Lang::Fr);
/// assert_eq!(found[0].0, 8..20);
/// assert_eq!(found[0].1.to_string(), "2026-03-13");
/// ```
#[must_use]
pub fn find_dates(text: &str, lang: Lang) -> Vec<(Range<usize>, NaiveDate)> {
    let mut found = Vec::new();
    let mut end = 0;
    let mut before: [Option<char>; 2] = [None, None];
    for (start, c) in text.char_indices() {
        if start >= end && !before[1].is_some_and(|c| c.is_alphanumeric() && !is_particle(c)) {
            let reader = Reader { text, at: start };
            let date = match (digit(c).is_some(), lang) {
                (true, _) => reader.day_first(lang).or_else(|| reader.figures(before, lang)),
                (false, Lang::En) => reader.american(),
                (false, _) => None,
            };
            if let Some((date, after)) = date {
                found.push((start..after, date));
                end = after;
            }
        }
        before = [before[1], Some(c)];
    }
    found
}

/// A place in a text, from which a date may be read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads "1 March 2026" and the like.
    fn day_first(mut self, lang: Lang) -> Option<(NaiveDate, usize)> {
        let day = self.number(1..=2)?;
        let suffixes: &[&str] = match lang {
            Lang::En => &["st", "nd", "rd", "th"],
            Lang::Fr => &["er", "ᵉʳ"],
            Lang::Es | Lang::Pt => &[".º", "º", ".°", "°"],
            Lang::Ru | Lang::Ar => &[],
        };
        let _ = suffixes.iter().any(|suffix| self.word(suffix));
        let links: &[&str] = match lang {
            Lang::Es => &["de", "del"],
            Lang::Pt => &["de"],
            Lang::En | Lang::Fr | Lang::Ru | Lang::Ar => &[],
        };
        self.link(links)?;
        let month = self.month(lang)?;
        let _ = lang == Lang::En && self.word(",");
        self.link(links)?;
        let year = self.number(4..=4)?;
        let end = self.at;
        let is_year = self.link(&[]).is_some() || lang == Lang::Ru;
        if lang == Lang::Ru && is_year && (self.word("года") || self.word("г.")) {
            return Some((NaiveDate::from_ymd_opt(year.cast_signed(), month, day)?, self.at));
        }
        self.at = end;
        self.date(year, month, day)
    }

    /// Reads "March 1, 2026".
    fn american(mut self) -> Option<(NaiveDate, usize)> {
        let month = self.month(Lang::En)?;
        self.link(&[])?;
        let day = self.number(1..=2)?;
        let _ = self.word(",");
        self.link(&[])?;
        let year = self.number(4..=4)?;
        self.date(year, month, day)
    }

    /// Reads a date in figures, if the two characters before do not make it part of something else.
    fn figures(self, before: [Option<char>; 2], lang: Lang) -> Option<(NaiveDate, usize)> {
        let joins = before[1].is_some_and(|c| matches!(c, '-' | '/' | '.' | '_' | ','));
        if joins && before[0].is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.iso().or_else(|| self.short(lang))
    }

    fn iso(mut self) -> Option<(NaiveDate, usize)> {
        let year = self.number(4..=4)?;
        self.word("-").then_some(())?;
        let month = self.number(2..=2)?;
        self.word("-").then_some(())?;
        let day = self.number(2..=2)?;
        self.date(year, month, day)
    }

    fn short(mut self, lang: Lang) -> Option<(NaiveDate, usize)> {
        let first = self.number(1..=2)?;
        self.marks();
        let separator = ["/", ".", "-"].into_iter().find(|it| self.word(it))?;
        self.marks();
        let second = self.number(1..=2)?;
        self.marks();
        self.word(separator).then_some(())?;
        self.marks();
        let year = self.number(4..=4)?;
        // Where the second cannot be a month, an American has written.
        self.date(year, second, first).or_else(|| match lang {
            Lang::En => self.date(year, first, second),
            Lang::Fr | Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => None,
        })
    }

    /// Returns the date, if the text does not go on as one word with it.
    fn date(self, year: u32, month: u32, day: u32) -> Option<(NaiveDate, usize)> {
        let mut next = self.rest().chars();
        let goes_on = match (next.next(), next.next()) {
            (Some(c), _) if c.is_alphanumeric() => true,
            (Some('-' | '/' | '.' | '_'), Some(c)) => c.is_alphanumeric(),
            _ => false,
        };
        let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day)?;
        (!goes_on).then_some((date, self.at))
    }

    /// Reads a number of so many digits, and no more.
    fn number(&mut self, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let mut value = 0;
        let mut count = 0;
        let mut size = 0;
        for (c, n) in self.rest().chars().map_while(|c| digit(c).map(|n| (c, n))) {
            count += 1;
            if count > *length.end() {
                return None;
            }
            value = value * 10 + n;
            size += c.len_utf8();
        }
        self.at += size;
        length.contains(&count).then_some(value)
    }

    /// Reads white space, and then one of the words and white space again if there are any.
    fn link(&mut self, words: &[&str]) -> Option<()> {
        self.space()?;
        if words.is_empty() {
            return Some(());
        }
        // A longer word is not cut: after the word, too, there is white space.
        let place = self.at;
        words.iter().find_map(|word| {
            self.at = place;
            self.word(word).then_some(())?;
            self.space()
        })
    }

    fn space(&mut self) -> Option<()> {
        let rest = self.rest();
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
        self.at += rest.len() - after.len();
        (after.len() < rest.len()).then_some(())
    }

    fn marks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_mark).len();
    }

    /// Reads a word, in capitals or not.
    fn word(&mut self, word: &str) -> bool {
        let mut size = 0;
        let mut letters = self.rest().chars();
        for expected in word.chars() {
            match letters.next() {
                Some(c) if is_same_letter(c, expected) => size += c.len_utf8(),
                _ => return false,
            }
        }
        self.at += size;
        true
    }

    fn month(&mut self, lang: Lang) -> Option<u32> {
        let names = months().get(&lang)?;
        names.iter().find_map(|(name, month)| {
            let mut ahead = *self;
            let fits = ahead.word(name) && !ahead.rest().chars().next().is_some_and(char::is_alphabetic);
            fits.then(|| {
                *self = ahead;
                *month
            })
        })
    }
}

/// Returns whether two characters are one letter, in capitals or not. Every word of a text is held against every
/// month, so letters of English are not looked up in tables.
fn is_same_letter(one: char, other: char) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(&other),
        false => one == other || one.to_lowercase().eq(other.to_lowercase()),
    }
}

/// Returns the names of the months as long dates have them, longer ones first.
fn months() -> &'static BTreeMap<Lang, Vec<(String, u32)>> {
    static MONTHS: OnceLock<BTreeMap<Lang, Vec<(String, u32)>>> = OnceLock::new();
    MONTHS.get_or_init(|| {
        let mut months = BTreeMap::new();
        for lang in Lang::ALL {
            let regions = REGIONS.iter().filter(|(its, _)| *its == lang).flat_map(|(_, regions)| *regions);
            let locales = regions.map(|code| Locale::new(lang, Region::new(code))).chain([Locale::from(lang)]);
            let mut names = Vec::new();
            for locale in locales {
                let locale = locale.with_digits(Some(Digits::Latin));
                for month in 1..=12 {
                    let Some(date) = NaiveDate::from_ymd_opt(2026, month, 15) else { continue };
                    let written = locale.long_date(date);
                    let is_name = |word: &&str| !matches!(*word, "15" | "2026" | "de" | "г.");
                    let name: Vec<&str> = written.split_whitespace().filter(is_name).collect();
                    names.push((name.join(" "), month));
                }
            }
            names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
            months.insert(lang, names);
        }
        months
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: Lang, text: &str, expected: &[(&str, &str)]) {
        let found = find_dates(text, lang);
        let found: Vec<_> =
            found.iter().map(|(range, date)| (text.get(range.clone()).unwrap(), date.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(part, date)| (*part, (*date).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn long_dates() {
        check(Lang::En, "On 1 March 2026, and", &[("1 March 2026", "2026-03-01")]);
        check(Lang::En, "on March 1, 2026.", &[("March 1, 2026", "2026-03-01")]);
        check(Lang::En, "the 1st March 2026", &[("1st March 2026", "2026-03-01")]);
        check(
            Lang::Fr,
            "le 1er mars 2026 ; le 2\u{a0}mars 2026",
            &[("1er mars 2026", "2026-03-01"), ("2\u{a0}mars 2026", "2026-03-02")],
        );
        check(Lang::Es, "El 1 de marzo de 2026", &[("1 de marzo de 2026", "2026-03-01")]);
        check(Lang::Es, "9 de setiembre del 2026", &[("9 de setiembre del 2026", "2026-09-09")]);
        check(Lang::Pt, "aos 1 de Março de 2026", &[("1 de Março de 2026", "2026-03-01")]);
        check(Lang::Ru, "от 1 марта 2026\u{a0}г. № 5", &[("1 марта 2026\u{a0}г.", "2026-03-01")]);
        check(Lang::Ru, "1 марта 2026 года", &[("1 марта 2026 года", "2026-03-01")]);
        check(Lang::Ru, "1 марта 2026, и", &[("1 марта 2026", "2026-03-01")]);
        check(Lang::Ar, "في ١ كانون الثاني ٢٠٢٦، و", &[("١ كانون الثاني ٢٠٢٦", "2026-01-01")]);
        check(Lang::Ar, "و١ مارس ٢٠٢٦", &[("١ مارس ٢٠٢٦", "2026-03-01")]);
        check(Lang::Ar, "في 9 جويلية 2026", &[("9 جويلية 2026", "2026-07-09")]);
    }

    #[test]
    fn figures() {
        for lang in Lang::ALL {
            check(lang, "(2026-03-01)", &[("2026-03-01", "2026-03-01")]);
            check(lang, "01.03.2026.", &[("01.03.2026", "2026-03-01")]);
            check(lang, "1/3/2026", &[("1/3/2026", "2026-03-01")]);
        }
        check(Lang::En, "3/25/2026", &[("3/25/2026", "2026-03-25")]);
        check(Lang::Ar, "١\u{200f}/٣\u{200f}/٢٠٢٦", &[("١\u{200f}/٣\u{200f}/٢٠٢٦", "2026-03-01")]);
    }

    #[test]
    fn what_is_no_date() {
        for lang in Lang::ALL {
            for text in [
                "GIN-2026-03-01",
                "2026-03-01-002",
                "1.2.3.2026",
                "12/2026",
                "30.02.2026",
                "12026-03-01",
                "31 2026",
                "v01.03.2026",
                "№ 5/01.03.2026",
            ] {
                check(lang, text, &[]);
            }
        }
        check(Lang::Fr, "31 février 2026", &[]);
        check(Lang::Fr, "1 marsouin 2026", &[]);
        check(Lang::En, "March 2026", &[]);
        check(Lang::En, "1 march2026", &[]);
    }

    #[test]
    fn periods_give_their_end() {
        check(Lang::En, "9–13 March 2026", &[("13 March 2026", "2026-03-13")]);
        check(
            Lang::Ru,
            "со 2 ноября 2026\u{a0}г. по 1 февраля 2027\u{a0}г.",
            &[("2 ноября 2026\u{a0}г.", "2026-11-02"), ("1 февраля 2027\u{a0}г.", "2027-02-01")],
        );
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_found(days in 365_300i32..3_652_000, region in "[A-Z]{2}", lang in 0usize..6) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            let locale = Locale::new(Lang::ALL[lang], Region::new(&region));
            let text = locale.long_date(date);
            proptest::prop_assert_eq!(find_dates(&text, locale.lang), vec![(0..text.len(), date)]);
        }
    }
}
