//! Numbers of clauses that were typed: found at the start of a paragraph, told from dates and amounts.
//!
//! [`find`] looks at one paragraph and says what number its text may open with, and whether that is sure by
//! itself. [`settle()`] looks at a whole draft: it takes what is sure, and what is doubtful where it continues a
//! sequence, and gives every clause its depth.
//!
//! A label is taken with the marks that belong to it: `1.`, `(a)`, `3.1)`, `Article 5 bis`, `Cláusula 1.ª`,
//! `PRIMERA.-`. A dash that stands apart (`Article 5 – Definitions`) belongs to the text after the label.

mod cited;
mod lexer;
mod number;
mod settle;
mod words;

pub use self::lexer::{find, whole};
pub use self::settle::settle;

/// Longest label, in bytes.
pub const MAX_LABEL: usize = 60;

/// A number at the start of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it begins in the text, after blanks.
    pub start: usize,
    /// Where it ends, the marks that belong to it included.
    pub end: usize,
    /// Where the text after it begins, after blanks.
    pub len: usize,
    /// How it is written.
    pub shape: Shape,
    /// Its value, step by step: `3.1` is 3, 1; `(c)` is 3.
    pub values: Vec<u32>,
    /// The other way to read it: `(i)` is the first numeral or the ninth letter, `(c)` the third letter or the
    /// numeral 100.
    pub other: Option<(Shape, u32)>,
    /// Whether it is a number whatever stands around the paragraph.
    pub sure: bool,
}

impl Found {
    /// Returns the number as a reader sees it, without blanks around it; `text` is the paragraph's.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// How a number is written. Clauses of the same depth have the same shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// Its signs.
    pub class: Class,
    /// How many steps it has: 2 for `3.1`.
    pub depth: u8,
    /// Whether it opens with a parenthesis.
    pub open: bool,
    /// What ends it.
    pub close: Close,
}

/// Signs of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A word before it: `Article 5`.
    Keyword(Keyword),
    /// Digits, European or Arabic-Indic.
    Digits,
    /// Small Latin letter.
    Lower,
    /// Capital Latin letter.
    Upper,
    /// A small Latin letter twice: `(aa)`.
    Double,
    /// Roman numeral in small letters.
    RomanLower,
    /// Roman numeral in capitals.
    RomanUpper,
    /// Small Cyrillic letter.
    CyrillicLower,
    /// Capital Cyrillic letter.
    CyrillicUpper,
    /// Arabic letter in the order of the abjad.
    Arabic,
    /// An ordinal in words: `PRIMERA.-`, `أولاً`.
    Ordinal,
    /// A bullet, which counts nothing.
    Bullet,
    /// Anything else that a writer numbers by itself.
    Other,
}

/// Word before a number, whatever its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    /// Annex, schedule, appendix, exhibit.
    Annex,
    /// Part.
    Part,
    /// Title, as in `Título II`.
    Title,
    /// Chapter.
    Chapter,
    /// Section.
    Section,
    /// Article.
    Article,
    /// Clause.
    Clause,
    /// Paragraph, subparagraph, `§`.
    Paragraph,
    /// Recital.
    Recital,
}

/// What ends a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Close {
    /// Nothing.
    None,
    /// A full stop.
    Dot,
    /// A parenthesis.
    Paren,
    /// A dash, or a full stop and a dash.
    Dash,
    /// A colon.
    Colon,
    /// The raised letter of an ordinal, `º`.
    Degree,
}

/// Whether a character stands between a number and the text after it.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
}

#[cfg(test)]
mod tests;
