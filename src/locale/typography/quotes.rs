//! Quotation marks that nest: «outer» and, inside, “inner” or „inner“.

use super::words;

/// The marks of a language.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub(super) outer: (char, char),
    pub(super) inner: (char, char),
}

/// «…» and “…”, as in Spanish, Portuguese and Arabic.
pub(super) const ROMANCE: Marks = Marks { outer: ('«', '»'), inner: ('“', '”') };
/// «…» and „…“.
pub(super) const RUSSIAN: Marks = Marks { outer: ('«', '»'), inner: ('„', '“') };

/// Copies a text with straight quotation marks set, addresses left alone. Every other character goes
/// to `special` first, with what is written before it and what comes after; it returns whether it has
/// written something.
pub(super) fn set(text: &str, marks: Marks, special: impl Fn(&mut String, char, &str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    // The quotations that are open, each with whether it is an inner one.
    let mut open: Vec<bool> = Vec::new();
    let mut at = 0;
    for (word, is_address) in words(text) {
        if is_address {
            out.push_str(word);
            at += word.len();
            continue;
        }
        for c in word.chars() {
            at += c.len_utf8();
            let rest = text.get(at..).unwrap_or_default();
            let c = if c == '"' { marks.mark(&out, rest, &open) } else { c };
            marks.follow(c, &mut open);
            if !special(&mut out, c, rest) {
                out.push(c);
            }
        }
    }
    out
}

impl Marks {
    /// Returns the mark that a straight one stands for; itself where it means inches.
    fn mark(self, out: &str, rest: &str, open: &[bool]) -> char {
        match (self.opens(out, rest), open.last()) {
            (true, None) => self.outer.0,
            (true, Some(_)) => self.inner.0,
            (false, Some(true)) => self.inner.1,
            (false, Some(false)) => self.outer.1,
            (false, None) if out.ends_with(|c: char| c.is_ascii_digit()) => '"',
            (false, None) => self.outer.1,
        }
    }

    /// Returns whether a mark between `out` and `rest` opens a quotation. A run of text may begin or end
    /// inside one.
    fn opens(self, out: &str, rest: &str) -> bool {
        let is_opening = |c: char| "([{—–/".contains(c) || c == self.outer.0 || c == self.inner.0;
        match (out.chars().next_back(), rest.chars().next()) {
            (_, Some(c)) if c.is_whitespace() => false,
            (None, next) => next.is_some_and(|c| c.is_alphanumeric() || c == '"' || is_opening(c)),
            (Some(c), None) => c.is_whitespace() || "([{—–/".contains(c),
            (Some(c), Some(_)) => c.is_whitespace() || is_opening(c),
        }
    }

    fn follow(self, c: char, open: &mut Vec<bool>) {
        let closes = |inner| open.last() == Some(&inner);
        if c == self.outer.0 {
            open.push(false);
        } else if c == self.inner.0 {
            open.push(true);
        } else if (c == self.outer.1 && closes(false)) || (c == self.inner.1 && closes(true)) {
            open.pop();
        }
    }
}
