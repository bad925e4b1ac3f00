//! Dates and numbers read back from text, to compare what two language versions of a paper say.
//!
//! What [`Locale`](super::Locale) writes is found again; of what people type, the usual forms are. Text
//! that could be a reference (GIN-001, 3.1.2, 12/2026) is left out rather than guessed at.

mod dates;
mod numbers;

pub use self::dates::find_dates;
pub use self::numbers::find_numbers;

/// Returns the value of a digit: Latin, Arabic-Indic, or its eastern variant.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '٠'..='٩' => Some(u32::from(c) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(c) - u32::from('۰')),
        _ => None,
    }
}

/// Returns whether a character is one of the marks that set directions and have no width.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Returns whether a letter is one of the Arabic particles written together with what follows (and, by,
/// for, so, like), or the stroke that may lengthen them.
fn is_particle(c: char) -> bool {
    matches!(c, 'و' | 'ب' | 'ل' | 'ف' | 'ك' | 'ـ')
}
