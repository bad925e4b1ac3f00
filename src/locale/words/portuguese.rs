//! Portuguese, European with the long scale ("mil milhões") or of Brazil with the short one ("um bilhão").
//!
//! "e" joins hundreds, tens and units; between a thousand or million and the rest it stands only
//! where the rest is one group of up to a hundred, or of whole hundreds: "mil e cem", "mil duzentos e
//! trinta" (Cunha and Cintra, *Nova gramática do português contemporâneo*).

use super::{Gender, Noun, groups, word};

const UNITS: &[&str] = &[
    "zero",
    "um",
    "dois",
    "três",
    "quatro",
    "cinco",
    "seis",
    "sete",
    "oito",
    "nove",
    "dez",
    "onze",
    "doze",
    "treze",
    "catorze",
    "quinze",
    "dezasseis",
    "dezassete",
    "dezoito",
    "dezanove",
];
const TENS: &[&str] =
    &["", "", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"];
const HUNDREDS: &[&str] = &[
    "",
    "cento",
    "duzentos",
    "trezentos",
    "quatrocentos",
    "quinhentos",
    "seiscentos",
    "setecentos",
    "oitocentos",
    "novecentos",
];
/// A scale of Brazil: its place, singular and plural.
const BRAZIL: &[(u64, &str, &str)] = &[
    (1_000_000_000_000_000, "um quatrilhão", "quatrilhões"),
    (1_000_000_000_000, "um trilhão", "trilhões"),
    (1_000_000_000, "um bilhão", "bilhões"),
    (1_000_000, "um milhão", "milhões"),
];
/// A scale of Portugal; the count before it may have six digits.
const EUROPE: &[(u64, &str, &str)] =
    &[(1_000_000_000_000, "um bilião", "biliões"), (1_000_000, "um milhão", "milhões")];

/// Returns the number for a noun of the gender.
pub(super) fn cardinal(n: u64, gender: Gender, brazil: bool) -> String {
    let text = european(n, gender, if brazil { BRAZIL } else { EUROPE });
    if brazil {
        text.replace("dezasseis", "dezesseis").replace("dezassete", "dezessete").replace("dezanove", "dezenove")
    } else {
        text
    }
}

/// Returns the number with the noun it counts: "um milhão de euros".
pub(super) fn counted(n: u64, noun: &Noun, brazil: bool) -> String {
    let number = cardinal(n, noun.gender, brazil);
    let of = if n > 0 && n.is_multiple_of(1_000_000) { "de " } else { "" };
    format!("{number} {of}{}", noun.form(usize::from(n != 1)))
}

/// Returns the number in the European spelling, by a scale.
fn european(n: u64, gender: Gender, scale: &[(u64, &str, &str)]) -> String {
    if n == 0 {
        return word(UNITS, 0).to_owned();
    }
    let mut text = String::new();
    let mut rest = n;
    for (place, singular, plural) in scale {
        let count = rest / place;
        if count == 0 {
            continue;
        }
        join(&mut text, rest);
        rest %= place;
        // The scales are masculine nouns, whatever they count.
        match count {
            1 => text.push_str(singular),
            _ => text.push_str(&format!("{} {plural}", below_million(count, Gender::Masculine))),
        }
    }
    if rest > 0 {
        join(&mut text, rest);
        text.push_str(&below_million(rest, gender));
    }
    text
}

/// Appends what stands before the rest of a number.
fn join(text: &mut String, rest: u64) {
    let mut members = groups(rest);
    let is_round = |group: u64| group <= 100 || group.is_multiple_of(100);
    let is_last = members.next().is_some_and(|(_, group)| is_round(group)) && members.next().is_none();
    match (text.is_empty(), is_last) {
        (true, _) => {}
        (false, true) => text.push_str(" e "),
        (false, false) => text.push(' '),
    }
}

fn below_million(n: u64, gender: Gender) -> String {
    let mut text = match n / 1000 {
        0 => String::new(),
        1 => "mil".to_owned(),
        thousands => format!("{} mil", below_thousand(thousands, gender)),
    };
    if !n.is_multiple_of(1000) {
        join(&mut text, n % 1000);
        text.push_str(&below_thousand(n % 1000, gender));
    }
    text
}

fn below_thousand(n: u64, gender: Gender) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let small = below_hundred(rest, gender);
    let hundreds = match (hundreds, rest) {
        (0, _) => return small,
        (1, 0) => "cem".to_owned(),
        (hundreds, _) if gender == Gender::Feminine => word(HUNDREDS, hundreds).replace("tos", "tas"),
        (hundreds, _) => word(HUNDREDS, hundreds).to_owned(),
    };
    if rest == 0 { hundreds } else { format!("{hundreds} e {small}") }
}

fn below_hundred(n: u64, gender: Gender) -> String {
    let unit = |unit: u64| match (unit, gender) {
        (1, Gender::Feminine) => "uma",
        (2, Gender::Feminine) => "duas",
        _ => word(UNITS, unit),
    };
    match (n / 10, n % 10) {
        (0 | 1, _) => unit(n).to_owned(),
        (tens, 0) => word(TENS, tens).to_owned(),
        (tens, rest) => format!("{} e {}", word(TENS, tens), unit(rest)),
    }
}
