//! English: "one hundred and forty-eight thousand three hundred and fifty".

use super::{Noun, groups, word};

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// The short scale, which official Britain has used since 1974.
const SCALES: &[&str] = &["", " thousand", " million", " billion", " trillion", " quadrillion"];

/// Returns the number; without "and" in American usage.
pub(super) fn cardinal(n: u64, american: bool) -> String {
    if n == 0 {
        return word(UNITS, 0).to_owned();
    }
    let mut text = String::new();
    for (scale, group) in groups(n).rev() {
        let and = scale == 0 && group < 100 && !american;
        match (text.is_empty(), and) {
            (true, _) => {}
            (false, true) => text.push_str(" and "),
            (false, false) => text.push(' '),
        }
        text.push_str(&below_thousand(group, american));
        text.push_str(word(SCALES, scale as u64));
    }
    text
}

/// Returns the number with the noun it counts.
pub(super) fn counted(n: u64, noun: &Noun, american: bool) -> String {
    format!("{} {}", cardinal(n, american), noun.form(usize::from(n != 1)))
}

fn below_thousand(n: u64, american: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let small = match (rest / 10, rest % 10) {
        (0 | 1, _) => word(UNITS, rest).to_owned(),
        (tens, 0) => word(TENS, tens).to_owned(),
        (tens, unit) => format!("{}-{}", word(TENS, tens), word(UNITS, unit)),
    };
    match (hundreds, rest) {
        (0, _) => small,
        (_, 0) => format!("{} hundred", word(UNITS, hundreds)),
        _ if american => format!("{} hundred {small}", word(UNITS, hundreds)),
        _ => format!("{} hundred and {small}", word(UNITS, hundreds)),
    }
}
