//! Numbers in running text.

use std::ops::Range;

use super::super::{Digits, Locale};
use super::{digit, is_mark, is_particle};

/// How a locale sets its numbers.
#[derive(Clone, Copy)]
struct Style {
    group: char,
    decimal: char,
}

/// The style of numbers in Arabic-Indic digits, wherever they stand.
const ARABIC_INDIC: Style = Style { group: '٬', decimal: '٫' };

/// Returns the numbers that stand in a text, in their order, each with the bytes it takes and as a plain
/// decimal: "1234567.89".
///
/// Groups and decimals are read as the locale writes them; groups may be set off by no-break and thin
/// spaces in any locale, and by common spaces where it groups by spaces. Decimals stay as they
/// are, leading zeros go. Digits that are part of a word, a reference, a time or a date in figures
/// (`GIN-001`, `3.1.2`, `10:30`, `1er`) or of a telephone number are no number; the figures of a date in words are, so leave out
/// what [`find_dates`](super::find_dates) finds.
///
/// ```
/// use engross::locale::{Lang, find_numbers};
///
/// let found = find_numbers("soit 1 234,50 EUR (GIN-001)", Lang::Fr.into());
/// assert_eq!(found, [(5..13, "1234.50".to_owned())]);
/// ```
#[must_use]
pub fn find_numbers(text: &str, locale: Locale) -> Vec<(Range<usize>, String)> {
    let latin = style(locale.with_digits(Some(Digits::Latin)));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)).map(|it| at + it) {
        let start = start + particle(text.get(start..).unwrap_or_default());
        let token = token(text, start);
        at = start + token.len();
        let is_arabic = token.starts_with(|c: char| digit(c).is_some() && !c.is_ascii_digit());
        let style = if is_arabic { ARABIC_INDIC } else { latin };
        if text[..start].ends_with('+') && token.starts_with(|c: char| digit(c).is_some()) {
            // A telephone number.
            let rest = text.get(at..).unwrap_or_default();
            at += rest.len()
                - rest.trim_start_matches(|c: char| digit(c).is_some() || c.is_whitespace() || c == '-').len();
            continue;
        }
        let Some(mut number) = read(without_ordinal(token), style).or_else(|| version(token)) else { continue };
        // A number whose groups are set off by spaces is several tokens.
        let mut open = token.chars().count() <= 3 && !token.starts_with(['0', '٠', '۰']) && is_digits(token);
        let breaks = latin.group.is_whitespace();
        while open && let Some((size, digits, is_last)) = next_group(text, at, style, breaks, is_arabic) {
            at += size;
            number.push_str(&digits);
            open = !is_last;
        }
        let (sign, from) = minus(text, start);
        let digits = number.trim_start_matches('0');
        let zero = if digits.is_empty() || digits.starts_with('.') { "0" } else { "" };
        found.push((from..at, format!("{sign}{zero}{digits}")));
    }
    found
}

fn style(locale: Locale) -> Style {
    let sample = locale.number("1234567.89").unwrap_or_default();
    let mut signs = sample.chars().filter(|c| !c.is_numeric());
    let group = signs.next().unwrap_or(',');
    Style { group, decimal: signs.next_back().unwrap_or('.') }
}

/// Returns the length of the Arabic particle that is written together with a number ("و50").
fn particle(text: &str) -> usize {
    let rest = text.trim_start_matches(is_particle);
    if rest.starts_with(|c| digit(c).is_some()) { text.len() - rest.len() } else { 0 }
}

/// Returns the run of letters and figures that begins at a place, with the signs that join them.
fn token(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
        } else if !joins(c) || !next.is_some_and(char::is_alphanumeric) {
            break;
        }
    }
    rest.get(..end).unwrap_or_default()
}

fn joins(c: char) -> bool {
    matches!(c, '.' | ',' | '/' | ':' | '-' | '_' | '٬' | '٫' | '\'' | '’' | '@' | '\u{2011}' | '&' | '+' | '\\')
}

/// Reads a token as a number: digits, perhaps in groups, and decimals.
fn read(token: &str, style: Style) -> Option<String> {
    let (whole, decimals) = match token.split_once(style.decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (token, None),
    };
    let mut groups = whole.split(style.group);
    let first = groups.next().filter(|first| is_digits(first))?;
    let mut number = plain(first);
    for (index, group) in groups.enumerate() {
        let fits = group.chars().count() == 3 && is_digits(group) && (index > 0 || first.chars().count() <= 3);
        fits.then(|| number.push_str(&plain(group)))?;
    }
    if let Some(decimals) = decimals {
        is_digits(decimals).then_some(())?;
        number.push('.');
        number.push_str(&plain(decimals));
    }
    Some(number)
}

/// Takes the sign of an ordinal off a number: "31.ª", "2º".
fn without_ordinal(token: &str) -> &str {
    token.strip_suffix(['ª', 'º']).map_or(token, |number| number.trim_end_matches('.'))
}

/// Reads one or two digits on either side of a point, as in "version 1.0": no language groups so, and many write
/// versions and sections with a point that is not their decimal sign.
fn version(token: &str) -> Option<String> {
    let (whole, rest) = token.split_once('.')?;
    let short = |part: &str| is_digits(part) && part.len() <= 2;
    (short(whole) && short(rest)).then(|| format!("{whole}.{rest}"))
}

/// Returns the group of three digits that follows a space at a place: the bytes of both, the digits, and
/// whether decimals are among them.
fn next_group(text: &str, at: usize, style: Style, breaks: bool, arabic: bool) -> Option<(usize, String, bool)> {
    let space = text.get(at..)?.chars().next()?;
    let is_group_space = matches!(space, '\u{a0}' | '\u{202f}' | '\u{2009}') || (breaks && space == ' ');
    let token = token(text, at + space.len_utf8());
    let (whole, decimals) = match token.split_once(style.decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (token, None),
    };
    let same_digits = whole.starts_with(|c: char| c.is_ascii_digit()) != arabic;
    let is_group = is_group_space && is_digits(whole) && whole.chars().count() == 3 && same_digits;
    let mut digits = plain(whole);
    if let Some(decimals) = decimals {
        is_digits(decimals).then_some(())?;
        digits.push('.');
        digits.push_str(&plain(decimals));
    }
    is_group.then_some((space.len_utf8() + token.len(), digits, decimals.is_some()))
}

/// Returns the minus sign before a place, if it is one, and where the number begins.
fn minus(text: &str, start: usize) -> (&'static str, usize) {
    let before = text.get(..start).unwrap_or_default();
    match before.strip_suffix(['-', '−']) {
        Some(earlier)
            if earlier.chars().next_back().is_none_or(|c| c.is_whitespace() || "([".contains(c) || is_mark(c)) =>
        {
            ("-", earlier.len())
        }
        _ => ("", start),
    }
}

fn is_digits(text: &str) -> bool {
    let mut digits = text.chars();
    let Some(first) = digits.next().filter(|c| digit(*c).is_some()) else {
        return false;
    };
    digits.all(|c| digit(c).is_some() && c.is_ascii() == first.is_ascii())
}

/// Returns the digits of a text as Latin ones.
fn plain(text: &str) -> String {
    text.chars().filter_map(|c| char::from_digit(digit(c)?, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, text: &str, expected: &[(&str, &str)]) {
        let found = find_numbers(text, tag.parse().unwrap());
        let found: Vec<_> = found.iter().map(|(range, it)| (text.get(range.clone()).unwrap(), it.as_str())).collect();
        assert_eq!(found, expected, "{tag}: {text}");
    }

    #[test]
    fn groups_and_decimals_by_locale() {
        check("en", "USD 1,850,000.50, of which 12.5%", &[("1,850,000.50", "1850000.50"), ("12.5", "12.5")]);
        check("fr", "148\u{202f}350,00\u{a0}EUR", &[("148\u{202f}350,00", "148350.00")]);
        check("fr", "148 350 EUR, 12 %", &[("148 350", "148350"), ("12", "12")]);
        check("es", "1.234.567,89 EUR y 1234,5", &[("1.234.567,89", "1234567.89"), ("1234,5", "1234.5")]);
        check("es-PE", "1,234.5", &[("1,234.5", "1234.5")]);
        check("pt-MZ", "1\u{a0}500,00\u{a0}MZN", &[("1\u{a0}500,00", "1500.00")]);
        check("ru", "1\u{a0}234\u{a0}567,89", &[("1\u{a0}234\u{a0}567,89", "1234567.89")]);
        check("ar-EG", "١٬٢٣٤٬٥٦٧٫٨٩ USD", &[("١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89")]);
        check("ar-EG", "1,234.5 و١٢ بـ50", &[("1,234.5", "1234.5"), ("١٢", "12"), ("50", "50")]);
        check("ar-TN", "1.234,5", &[("1.234,5", "1234.5")]);
        check("en", "١٢٫٥", &[("١٢٫٥", "12.5")]);
    }

    #[test]
    fn signs_zeros_and_neighbours() {
        check("en", "-5, −5, (-5)", &[("-5", "-5"), ("−5", "-5"), ("-5", "-5")]);
        check("en", "9–13, 007, 0.50, 0", &[("9", "9"), ("13", "13"), ("007", "7"), ("0.50", "0.50"), ("0", "0")]);
        check("fr", "en 2026 150 agents", &[("2026", "2026"), ("150", "150")]);
        check("en", "12 350", &[("12", "12"), ("350", "350")]);
        check("fr", "12 35 000", &[("12", "12"), ("35 000", "35000")]);
        check("fr", "n° 12.", &[("12", "12")]);
        check("pt", "Cláusula 31.ª, 2º", &[("31.ª", "31"), ("2º", "2")]);
        check("fr", "version 1.0, tél. +224 900 00 31, 12", &[("1.0", "1.0"), ("12", "12")]);
    }

    #[test]
    fn what_is_no_number() {
        for tag in ["en", "fr", "es", "pt", "ru", "ar"] {
            for text in [
                "GIN-001",
                "أ1",
                "3.1.2",
                "10:30",
                "12/2026",
                "2026-03-01",
                "1er",
                "A4",
                "x2",
                "4x4",
                "3-й",
                "a@b3.org",
                "2025-2026",
                "CO2",
                "12,34,56",
                "",
            ] {
                check(tag, text, &[]);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_found(
            number in "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?",
            region in "[A-Z]{2}",
            lang in 0usize..6,
            latin in proptest::option::of(proptest::bool::ANY),
        ) {
            use super::super::super::{Lang, Region};
            let digits = latin.map(|latin| if latin { Digits::Latin } else { Digits::ArabicIndic });
            let locale = Locale::new(Lang::ALL[lang], Region::new(&region)).with_digits(digits);
            let written = locale.number(&number).unwrap();
            let found: Vec<_> = find_numbers(&written, locale).into_iter().map(|(_, number)| number).collect();
            proptest::prop_assert_eq!(found, vec![number.clone()], "{} {}", locale, written);
            let money = locale.money(number.trim_start_matches('-'), "USD").unwrap();
            proptest::prop_assert_eq!(find_numbers(&format!("({money})"), locale).len(), 1, "{}", money);
        }
    }
}
