//! Russian, in the nominative: "сто сорок восемь тысяч триста пятьдесят".

use super::{Gender, Noun, groups, word};

const UNITS: &[&str] = &[
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: &[&str] =
    &["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];
const HUNDREDS: &[&str] =
    &["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];
/// The scales in the forms of a counted noun; the thousand is feminine.
const SCALES: &[[&str; 3]] = &[
    ["", "", ""],
    ["тысяча", "тысячи", "тысяч"],
    ["миллион", "миллиона", "миллионов"],
    ["миллиард", "миллиарда", "миллиардов"],
    ["триллион", "триллиона", "триллионов"],
    ["квадриллион", "квадриллиона", "квадриллионов"],
];

/// Returns the number for a noun of the gender.
pub(super) fn cardinal(n: u64, gender: Gender) -> String {
    if n == 0 {
        return word(UNITS, 0).to_owned();
    }
    let mut parts = Vec::new();
    for (scale, group) in groups(n).rev() {
        let gender = match scale {
            0 => gender,
            1 => Gender::Feminine,
            _ => Gender::Masculine,
        };
        below_thousand(group, gender, &mut parts);
        if let Some(forms) = SCALES.get(scale).filter(|_| scale > 0) {
            parts.extend(forms.get(form(group)));
        }
    }
    parts.join(" ")
}

/// Returns the number with the noun it counts.
pub(super) fn counted(n: u64, noun: &Noun) -> String {
    format!("{} {}", cardinal(n, noun.gender), noun.form(form(n)))
}

/// Returns the form of the noun: 0 after 1 and 21, 1 after 2 to 4 and 22 to 24, else 2.
fn form(n: u64) -> usize {
    match (n % 100, n % 10) {
        (11..=14, _) => 2,
        (_, 1) => 0,
        (_, 2..=4) => 1,
        _ => 2,
    }
}

fn below_thousand(n: u64, gender: Gender, parts: &mut Vec<&'static str>) {
    let (hundreds, rest) = (n / 100, n % 100);
    if hundreds > 0 {
        parts.push(word(HUNDREDS, hundreds));
    }
    let small = if rest < 20 { rest } else { rest % 10 };
    if rest >= 20 {
        parts.push(word(TENS, rest / 10));
    }
    match (small, gender) {
        (0, _) => {}
        (1, Gender::Feminine) => parts.push("одна"),
        (1, Gender::Neuter) => parts.push("одно"),
        (2, Gender::Feminine) => parts.push("две"),
        _ => parts.push(word(UNITS, small)),
    }
}
