//! Spanish, by the *Diccionario panhispánico de dudas* (articles "cardinales", "uno", "millón").

use super::{Gender, Noun, word};

const UNITS: &[&str] = &[
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: &[&str] = &["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: &[&str] = &[
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// The form of "uno", which depends on what follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum One {
    /// Nothing follows: "veintiuno".
    Alone,
    /// A masculine noun or "mil" follows: "veintiún".
    Short,
    /// A feminine noun follows: "veintiuna".
    Feminine,
}

/// Returns the number; before a noun of the gender, or alone.
pub(super) fn cardinal(n: u64, before: Option<Gender>) -> String {
    if n == 0 {
        return word(UNITS, 0).to_owned();
    }
    let one = match before {
        None => One::Alone,
        Some(Gender::Feminine) => One::Feminine,
        Some(Gender::Masculine | Gender::Neuter) => One::Short,
    };
    let mut parts = Vec::new();
    // A thousand millions have no name in the long scale of Spanish: "mil millones".
    for (count, singular, plural) in
        [(n / 1_000_000_000_000, "un billón", "billones"), (n / 1_000_000 % 1_000_000, "un millón", "millones")]
    {
        match count {
            0 => {}
            1 => parts.push(singular.to_owned()),
            _ => parts.push(format!("{} {plural}", below_million(count, One::Short))),
        }
    }
    if !n.is_multiple_of(1_000_000) {
        parts.push(below_million(n % 1_000_000, one));
    }
    parts.join(" ")
}

/// Returns the number with the noun it counts: "un millón de euros".
pub(super) fn counted(n: u64, noun: &Noun) -> String {
    let number = cardinal(n, Some(noun.gender));
    let of = if n > 0 && n.is_multiple_of(1_000_000) { "de " } else { "" };
    format!("{number} {of}{}", noun.form(usize::from(n != 1)))
}

fn below_million(n: u64, one: One) -> String {
    let feminine = one == One::Feminine;
    let units = below_thousand(n % 1000, one, feminine);
    // Before "mil" the hundreds agree with the noun, and "un" does not change.
    let thousands = match n / 1000 {
        0 => return units,
        1 => "mil".to_owned(),
        thousands => format!("{} mil", below_thousand(thousands, One::Short, feminine)),
    };
    if units.is_empty() { thousands } else { format!("{thousands} {units}") }
}

/// Returns a number of up to three digits; nothing for zero.
fn below_thousand(n: u64, one: One, feminine: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let small = below_hundred(rest, one);
    let hundreds = match (hundreds, rest) {
        (0, _) => return small,
        (1, 0) => "cien".to_owned(),
        (hundreds, _) if feminine => word(HUNDREDS, hundreds).replace("tos", "tas"),
        (hundreds, _) => word(HUNDREDS, hundreds).to_owned(),
    };
    if small.is_empty() { hundreds } else { format!("{hundreds} {small}") }
}

fn below_hundred(n: u64, one: One) -> String {
    let (short, long) = match one {
        One::Alone => ("uno", "veintiuno"),
        One::Short => ("un", "veintiún"),
        One::Feminine => ("una", "veintiuna"),
    };
    match n {
        0 => String::new(),
        1 => short.to_owned(),
        21 => long.to_owned(),
        2..30 => word(UNITS, n).to_owned(),
        _ => match (word(TENS, n / 10), n % 10) {
            (tens, 0) => tens.to_owned(),
            (tens, 1) => format!("{tens} y {short}"),
            (tens, unit) => format!("{tens} y {}", word(UNITS, unit)),
        },
    }
}
