//! Forms of numbers in lists (ECMA-376 part 1, 17.18.59).

use std::fmt::Write as _;

use crate::document::number::roman;
use crate::locale::{Lang, Locale};

/// Largest number that letters, Roman numerals and words are made for; beyond it come figures.
const LARGEST: u32 = 32_767;

/// Form of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Decimal,
    /// With zeros in front, up to so many figures.
    Padded(u8),
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    Ordinal,
    CardinalText,
    OrdinalText,
    Hex,
    Chicago,
    Dashes,
    UpperRussian,
    LowerRussian,
    ArabicAlpha,
    ArabicAbjad,
    ArabicFigures,
    Circled,
    Bullet,
    None,
    /// Any other: shown as figures.
    Unknown,
}

impl Format {
    /// Returns the form of a name; `custom` is the pattern of the form `custom`, as `001, 002, 003, ...`.
    pub(super) fn new(name: &str, custom: Option<&str>) -> Self {
        match name {
            "decimal" | "decimalHalfWidth" | "decimalFullWidth" => Self::Decimal,
            "decimalZero" => Self::Padded(2),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "cardinalText" => Self::CardinalText,
            "ordinalText" => Self::OrdinalText,
            "hex" => Self::Hex,
            "chicago" => Self::Chicago,
            "numberInDash" => Self::Dashes,
            "russianUpper" => Self::UpperRussian,
            "russianLower" => Self::LowerRussian,
            "arabicAlpha" => Self::ArabicAlpha,
            "arabicAbjad" => Self::ArabicAbjad,
            "hindiNumbers" => Self::ArabicFigures,
            "decimalEnclosedCircle" => Self::Circled,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "custom" => {
                let first = custom.unwrap_or("").split(',').next().unwrap_or("").trim();
                match first.len() {
                    width @ 2..=9 if first.bytes().all(|b| b.is_ascii_digit()) => {
                        Self::Padded(u8::try_from(width).unwrap_or(2))
                    }
                    _ => Self::Unknown,
                }
            }
            _ => Self::Unknown,
        }
    }

    /// Appends a number in this form, in a language where that matters.
    pub(super) fn push(self, value: u32, locale: Locale, out: &mut String) {
        let small = value.min(LARGEST + 1);
        let fits = (1..=LARGEST).contains(&value);
        let made = match self {
            Self::None => Some(String::new()),
            Self::Bullet => Some("•".to_owned()),
            Self::Padded(width) => Some(format!("{value:0width$}", width = usize::from(width))),
            Self::Hex => Some(format!("{value:X}")),
            Self::Dashes => Some(format!("- {value} -")),
            Self::ArabicFigures => Some(figures(value)),
            Self::UpperRoman if fits => Some(roman(small as usize).to_uppercase()),
            Self::LowerRoman if fits => Some(roman(small as usize).to_lowercase()),
            Self::UpperLetter => repeated("ABCDEFGHIJKLMNOPQRSTUVWXYZ", value),
            Self::LowerLetter => repeated("abcdefghijklmnopqrstuvwxyz", value),
            Self::UpperRussian => repeated("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", value),
            Self::LowerRussian => repeated("абвгдежзиклмнопрстуфхцчшщыэюя", value),
            Self::ArabicAlpha => repeated("أبتثجحخدذرزسشصضطظعغفقكلمنهوي", value),
            Self::ArabicAbjad => repeated("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", value),
            Self::Chicago => repeated("*†‡§", value),
            Self::Circled => {
                (1..=20).contains(&value).then(|| char::from_u32(0x245F + value)).flatten().map(String::from)
            }
            Self::Ordinal if fits => Some(locale.ordinal(u64::from(value))),
            Self::CardinalText if fits => locale.integer_in_words(u64::from(value)).map(|words| capital(&words)),
            Self::OrdinalText if fits => ordinal_words(value, locale),
            _ => None,
        };
        match made {
            Some(made) => out.push_str(&made),
            // Writing to a string cannot fail.
            None => drop(write!(out, "{value}")),
        }
    }
}

/// Returns the letter of a number, doubled after the last, trebled after that: a … z, aa, bb.
fn repeated(letters: &str, value: u32) -> Option<String> {
    let count = u32::try_from(letters.chars().count()).ok()?;
    let index = value.checked_sub(1)?;
    let times = index / count + 1;
    if times > 30 {
        return None;
    }
    let letter = letters.chars().nth((index % count) as usize)?;
    Some(std::iter::repeat_n(letter, times as usize).collect())
}

/// Returns a number in Arabic-Indic figures.
fn figures(value: u32) -> String {
    let figure = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c);
    value.to_string().chars().map(figure).collect()
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns an ordinal number in words, as far as that is known.
fn ordinal_words(value: u32, locale: Locale) -> Option<String> {
    const SPANISH: &str = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo \
        duodécimo decimotercero decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno \
        vigésimo";
    const PORTUGUESE: &str = "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo";
    let listed = |words: &str| words.split_whitespace().nth(value.checked_sub(1)? as usize).map(capital);
    match locale.lang {
        Lang::En => {
            let words = locale.integer_in_words(u64::from(value))?;
            let cut = words.rfind([' ', '-']).map_or(0, |at| at + 1);
            let (lead, last) = words.split_at(cut);
            let last = match last {
                "one" => "first".to_owned(),
                "two" => "second".to_owned(),
                "three" => "third".to_owned(),
                "five" => "fifth".to_owned(),
                "eight" => "eighth".to_owned(),
                "nine" => "ninth".to_owned(),
                "twelve" => "twelfth".to_owned(),
                tens if tens.ends_with('y') => format!("{}ieth", tens.trim_end_matches('y')),
                other => format!("{other}th"),
            };
            Some(capital(&format!("{lead}{last}")))
        }
        Lang::Fr if value == 1 => Some("Premier".to_owned()),
        Lang::Fr => {
            let words = locale.integer_in_words(u64::from(value))?;
            let stem = match words.as_str() {
                cinq if cinq.ends_with("cinq") => format!("{cinq}u"),
                neuf if neuf.ends_with("neuf") => format!("{}v", neuf.trim_end_matches('f')),
                other => other.trim_end_matches('s').trim_end_matches('e').to_owned(),
            };
            let stem = if words.ends_with("trois") { words.as_str() } else { stem.as_str() };
            Some(capital(&format!("{stem}ième")))
        }
        Lang::Es => listed(SPANISH),
        Lang::Pt => listed(PORTUGUESE),
        Lang::Ru | Lang::Ar => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(format: Format, value: u32, locale: &str) -> String {
        let mut out = String::new();
        format.push(value, locale.parse().unwrap(), &mut out);
        out
    }

    #[test]
    fn forms_of_word() {
        for (name, value, wanted) in [
            ("decimal", 7, "7"),
            ("decimalZero", 7, "07"),
            ("upperRoman", 14, "XIV"),
            ("lowerLetter", 27, "aa"),
            ("lowerLetter", 54, "bbb"),
            ("upperLetter", 26, "Z"),
            ("lowerLetter", 0, "0"),
            ("ordinal", 3, "3rd"),
            ("cardinalText", 21, "Twenty-one"),
            ("ordinalText", 32, "Thirty-second"),
            ("ordinalText", 20, "Twentieth"),
            ("chicago", 6, "††"),
            ("numberInDash", 2, "- 2 -"),
            ("russianLower", 10, "к"),
            ("hindiNumbers", 12, "١٢"),
            ("none", 5, ""),
            ("lowerLetter", 4_000_000_000, "4000000000"),
            ("upperRoman", 4_000_000_000, "4000000000"),
            ("thaiCounting", 5, "5"),
        ] {
            assert_eq!(made(Format::new(name, None), value, "en"), wanted, "{name} {value}");
        }
        assert_eq!(made(Format::new("custom", Some("001, 002, 003, ...")), 12, "en"), "012");
    }

    #[test]
    fn ordinals_in_other_languages() {
        let all = |locale| (1..=10).map(|n| made(Format::OrdinalText, n, locale)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            all("fr"),
            "Premier Deuxième Troisième Quatrième Cinquième Sixième Septième Huitième Neuvième Dixième"
        );
        assert!(all("es").starts_with("Primero Segundo Tercero"));
        assert!(all("pt").ends_with("Nono Décimo"));
        assert_eq!(made(Format::OrdinalText, 3, "ru"), "3");
    }
}
