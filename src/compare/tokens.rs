//! The words of two drafts, as numbers.
//!
//! Both drafts are cut into tokens once: words, numbers, single marks of punctuation, objects; blanks are
//! not tokens, they are what lies between. Each token gets two numbers from one table for both drafts:
//! tokens with the same `exact` number have the same characters, tokens with the same `loose` number are
//! the same but for case and the form of quotation marks, dashes and blanks.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use unicode_normalization::char::is_combining_mark;

use crate::compare::Texts;
use crate::document::draft::{OBJECT, ObjectKind, Para};

/// A word, a number, a mark or an object of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// First byte in the paragraph's text.
    pub(crate) start: u32,
    /// Byte after the last.
    pub(crate) end: u32,
    /// Number of its characters.
    pub(crate) exact: u32,
    /// Number of its characters, noise apart.
    pub(crate) loose: u32,
    /// What it is.
    pub(crate) class: Class,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A word of content.
    Word,
    /// A short word, which says little alone.
    Small,
    /// A number.
    Number,
    /// A mark.
    Mark,
    /// An object.
    Object,
}

impl Class {
    /// Returns whether it counts as a word.
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Small | Self::Number)
    }
}

/// The tokens of one draft.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// All tokens, in the order of the paragraphs.
    pub(crate) all: Vec<Token>,
    /// For each paragraph, its first token; one more at the end.
    starts: Vec<u32>,
    /// For each paragraph, its first token behind a typed number.
    bodies: Vec<u32>,
}

impl Tokens {
    /// Returns the tokens of a paragraph, a typed number apart.
    pub(crate) fn body(&self, para: usize) -> &[Token] {
        &self.all[self.bodies[para] as usize..self.starts[para + 1] as usize]
    }

    /// Returns the tokens of a paragraph, those of a typed number among them.
    pub(crate) fn whole(&self, para: usize) -> &[Token] {
        &self.all[self.starts[para] as usize..self.starts[para + 1] as usize]
    }

    /// Returns the tokens of paragraphs that follow each other, typed numbers apart.
    pub(crate) fn bodies(&self, paras: std::ops::Range<usize>) -> impl Iterator<Item = &Token> {
        paras.flat_map(|para| self.body(para))
    }
}

/// The table of both drafts' tokens.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    exact: HashMap<Box<str>, (u32, u32), BuildHasherDefault<Fold>>,
    loose: HashMap<Box<str>, u32, BuildHasherDefault<Fold>>,
}

/// A quick hash for short strings. The table is never walked, so its order cannot show; a text made to
/// collide costs time within the bounds on the size of inputs, and nothing else.
#[derive(Default)]
pub(super) struct Fold(u64);

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

impl Vocabulary {
    /// Cuts a draft into tokens.
    pub(crate) fn tokens(&mut self, texts: &Texts<'_>) -> Tokens {
        let mut tokens = Tokens::default();
        for para in &texts.paras {
            tokens.starts.push(count(&tokens.all));
            let label = para.label_end();
            self.cut(para, 0..label, &mut tokens.all);
            tokens.bodies.push(count(&tokens.all));
            self.cut(para, label..para.text.len(), &mut tokens.all);
        }
        tokens.starts.push(count(&tokens.all));
        tokens
    }

    fn cut(&mut self, para: &Para, range: std::ops::Range<usize>, out: &mut Vec<Token>) {
        let text = &para.text[..range.end];
        let mut at = range.start;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() || is_invisible(first) {
                at += first.len_utf8();
                continue;
            }
            let (end, class) = scan(text, at, first);
            let (exact, loose) =
                if class == Class::Object { self.object(para, at) } else { self.number(&text[at..end]) };
            out.push(Token { start: small(at), end: small(end), exact, loose, class });
            at = end;
        }
    }

    fn number(&mut self, text: &str) -> (u32, u32) {
        if let Some(found) = self.exact.get(text) {
            return *found;
        }
        let next = small(self.loose.len());
        let loose = *self.loose.entry(loosened(text).into_boxed_str()).or_insert(next);
        let found = (small(self.exact.len()), loose);
        self.exact.insert(text.into(), found);
        found
    }

    /// The number of an object: that of its kind and content. Notes and text boxes are all alike, since
    /// their content is compared as a story of its own.
    fn object(&mut self, para: &Para, at: usize) -> (u32, u32) {
        let name = match para.objects.iter().find(|object| object.at == at) {
            None => String::from(OBJECT),
            Some(object) => match object.kind {
                ObjectKind::Note(_) => format!("{OBJECT}note"),
                ObjectKind::TextBox(_) => format!("{OBJECT}box"),
                ObjectKind::Image => format!("{OBJECT}image {}", object.digest),
                ObjectKind::Equation => format!("{OBJECT}equation {}", object.digest),
                ObjectKind::Other => format!("{OBJECT}other {}", object.digest),
            },
        };
        self.number(&name)
    }
}

fn count(tokens: &[Token]) -> u32 {
    small(tokens.len())
}

/// Sizes of drafts are bounded by the readers, far below 4 GiB.
fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Whether a character takes no room on the page: soft hyphens, joiners, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Finds the end and the class of the token that begins at `at`.
fn scan(text: &str, at: usize, first: char) -> (usize, Class) {
    if first == OBJECT {
        return (at + first.len_utf8(), Class::Object);
    }
    if first.is_numeric() {
        let end = number_end(text, at);
        // A number that runs on into letters is a word: 5th, 10bis.
        return match word_end(text, end) {
            same if same == end => (end, Class::Number),
            later => (later, Class::Word),
        };
    }
    if is_word_char(first) {
        let end = word_end(text, at);
        let class = if text[at..end].chars().nth(3).is_some() { Class::Word } else { Class::Small };
        return (end, class);
    }
    // Dots that follow each other are one mark: an ellipsis, the leader of a blank.
    let run = |c: char| text[at..].chars().take_while(|other| *other == c).map(char::len_utf8).sum::<usize>();
    match first {
        '.' | '_' | '…' => (at + run(first), Class::Mark),
        _ => (at + first.len_utf8(), Class::Mark),
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(|c: char| !is_word_char(c)).map_or(text.len(), |found| at + found)
}

/// The end of a number: digits, and what groups them or parts the decimals (`1,500,000.50`, `1 500 000`).
fn number_end(text: &str, at: usize) -> usize {
    let digits = |from: usize| text[from..].find(|c: char| !c.is_numeric()).map_or(text.len(), |found| from + found);
    let mut end = digits(at);
    let mut group = end - at;
    loop {
        let mut rest = text[end..].chars();
        let (Some(mark), Some(next)) = (rest.next(), rest.next()) else { return end };
        if !next.is_numeric() {
            return end;
        }
        let after = digits(end + mark.len_utf8());
        let width = after - end - mark.len_utf8();
        let joins = match mark {
            '.' | ',' | '\'' | '’' | '٫' | '٬' => true,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                group <= 3 && width == 3 && !text[after..].starts_with(is_word_char)
            }
            _ => false,
        };
        if !joins {
            return end;
        }
        group = width;
        end = after;
    }
}

/// Returns a token's characters without what is noise: case, the form of quotation marks, dashes and
/// blanks.
fn loosened(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | '‹' | '›' => plain.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => plain.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            '⁄' => plain.push('/'),
            _ if c.is_whitespace() => plain.push(' '),
            _ if is_invisible(c) => {}
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// Returns whether two texts are the same but for noise, and which.
pub(super) fn noise_between(old: &str, new: &str) -> Option<super::Noise> {
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect::<String>();
    let (old, new) = (dense(old), dense(new));
    if old == new {
        return Some(super::Noise::Space);
    }
    let marks = |text: &str| {
        text.chars().map(|c| loosened(c.encode_utf8(&mut [0; 4]))).zip(text.chars()).fold(
            String::new(),
            |mut plain, (loose, c)| {
                if c.is_alphabetic() {
                    plain.push(c)
                } else {
                    plain.push_str(&loose)
                }
                plain
            },
        )
    };
    let (old, new) = (marks(&old), marks(&new));
    if old == new {
        return Some(super::Noise::Punctuation);
    }
    (old.to_lowercase() == new.to_lowercase()).then_some(super::Noise::Case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Noise;

    fn cut(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        Vocabulary::default().cut(&Para::plain(text), 0..text.len(), &mut out);
        out.iter().map(|token| &text[token.start as usize..token.end as usize]).collect()
    }

    #[test]
    fn amounts_stay_whole() {
        assert_eq!(cut("USD 1,500,000.50 or 5.5%."), ["USD", "1,500,000.50", "or", "5.5", "%", "."]);
        assert_eq!(cut("1 500 000 dólares"), ["1 500 000", "dólares"]);
        assert_eq!(cut("in 2026 500 people"), ["in", "2026", "500", "people"]);
        assert_eq!(cut("l’article 5bis"), ["l", "’", "article", "5bis"]);
        assert_eq!(cut("المادة ٥"), ["المادة", "٥"]);
    }

    #[test]
    fn noise_has_classes() {
        assert_eq!(noise_between("a  b", "a b"), Some(Noise::Space));
        assert_eq!(noise_between("“a” – b", "\"a\" - b"), Some(Noise::Punctuation));
        assert_eq!(noise_between("The “Company”", "the \"company\""), Some(Noise::Case));
        assert_eq!(noise_between("shall", "may"), None);
        assert_eq!(noise_between("l’État", "l'État"), Some(Noise::Punctuation));
    }
}
