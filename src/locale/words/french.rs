//! French, in the classical spelling: hyphens below a hundred where there is no "et".

use super::{Gender, Noun, groups, word};

const UNITS: &[&str] = &[
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];
const TENS: &[&str] = &["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
/// The long scale; all are nouns, which "mille" is not.
const SCALES: &[&str] = &["", "", "million", "milliard", "billion", "billiard"];

/// Returns the number; only its "un" has a gender.
pub(super) fn cardinal(n: u64, gender: Gender) -> String {
    if n == 0 {
        return word(UNITS, 0).to_owned();
    }
    let mut parts = Vec::new();
    for (scale, group) in groups(n).rev() {
        match (scale, group) {
            (0, _) => parts.push(below_thousand(group, gender, true)),
            (1, 1) => parts.push("mille".to_owned()),
            // "mille" is no noun: "quatre-vingt mille", "deux cent mille".
            (1, _) => parts.push(format!("{} mille", below_thousand(group, Gender::Masculine, false))),
            _ => {
                let plural = if group > 1 { "s" } else { "" };
                let count = below_thousand(group, Gender::Masculine, true);
                parts.push(format!("{count} {}{plural}", word(SCALES, scale as u64)));
            }
        }
    }
    parts.join(" ")
}

/// Returns the number with the noun it counts: "deux millions d’euros".
pub(super) fn counted(n: u64, noun: &Noun) -> String {
    let name = noun.form(usize::from(n > 1));
    let number = cardinal(n, noun.gender);
    if n == 0 || !n.is_multiple_of(1_000_000) {
        format!("{number} {name}")
    } else if name.starts_with(['a', 'e', 'é', 'i', 'o', 'u']) {
        format!("{number} d’{name}")
    } else {
        format!("{number} de {name}")
    }
}

/// Returns a number of up to three digits; `last` if nothing but a noun follows, when "cents" and
/// "quatre-vingts" take their s.
fn below_thousand(n: u64, gender: Gender, last: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let small = below_hundred(rest, gender, last);
    let cents = if last && rest == 0 { "cents" } else { "cent" };
    match (hundreds, rest) {
        (0, _) => small,
        (1, 0) => "cent".to_owned(),
        (1, _) => format!("cent {small}"),
        (_, 0) => format!("{} {cents}", word(UNITS, hundreds)),
        _ => format!("{} cent {small}", word(UNITS, hundreds)),
    }
}

fn below_hundred(n: u64, gender: Gender, last: bool) -> String {
    let one = if gender == Gender::Feminine { "une" } else { "un" };
    match n {
        1 => one.to_owned(),
        0..20 => word(UNITS, n).to_owned(),
        71 => "soixante et onze".to_owned(),
        60..80 => match n - 60 {
            0 => "soixante".to_owned(),
            1 => format!("soixante et {one}"),
            rest => format!("soixante-{}", word(UNITS, rest)),
        },
        80 if last => "quatre-vingts".to_owned(),
        80 => "quatre-vingt".to_owned(),
        81 => format!("quatre-vingt-{one}"),
        82..100 => format!("quatre-vingt-{}", word(UNITS, n - 80)),
        _ => match (word(TENS, n / 10), n % 10) {
            (tens, 0) => tens.to_owned(),
            (tens, 1) => format!("{tens} et {one}"),
            (tens, unit) => format!("{tens}-{}", word(UNITS, unit)),
        },
    }
}
