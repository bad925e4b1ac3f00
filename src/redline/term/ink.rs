//! Styled text on lines of a given width.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::compare::Status;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink {
    /// Where it belongs.
    pub(super) paint: Paint,
    /// Whether it is bold.
    pub(super) strong: bool,
    /// Whether it is of less weight than the text: numbers in the margin, remarks. What is painted and
    /// faint has no signs.
    pub(super) faint: bool,
}

/// What a piece of text is painted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Paint {
    /// Not at all.
    #[default]
    None,
    /// As text of one status.
    Status(Status),
    /// As text that looks otherwise now.
    Looks,
}

impl Ink {
    /// Bold text.
    pub(super) const STRONG: Self = Self { paint: Paint::None, strong: true, faint: false };
    /// A remark.
    pub(super) const FAINT: Self = Self { paint: Paint::None, strong: false, faint: true };
    /// Text of a status.
    pub(super) const fn of(status: Status) -> Self {
        Self { paint: Paint::Status(status), strong: false, faint: false }
    }

    /// Parameters of `SGR` (ECMA-48, 8.3.117) for it; empty for plain text.
    fn codes(self) -> &'static str {
        match (self.paint, self.strong, self.faint) {
            (Paint::Status(Status::Inserted), ..) => "4;32",
            (Paint::Status(Status::Deleted), ..) => "9;31",
            (Paint::Status(Status::MovedTo), ..) => "4;36",
            (Paint::Status(Status::MovedFrom), ..) => "9;36",
            (Paint::Looks, ..) => "33",
            (_, true, _) => "1",
            (_, _, true) => "2",
            _ => "",
        }
    }

    /// The signs around it where there are no colours.
    fn signs(self) -> (&'static str, &'static str) {
        match self.paint {
            _ if self.faint => ("", ""),
            Paint::Status(Status::Inserted) => ("{+", "+}"),
            Paint::Status(Status::Deleted) => ("[-", "-]"),
            Paint::Status(Status::MovedTo) => ("{>", ">}"),
            Paint::Status(Status::MovedFrom) => ("[<", "<]"),
            Paint::Looks => ("{~", "~}"),
            Paint::None | Paint::Status(Status::Same) => ("", ""),
        }
    }
}

impl Ink {
    /// Columns that its signs take.
    pub(super) fn signs_width(self) -> usize {
        self.signs().0.len() + self.signs().1.len()
    }
}

/// A run of text with its look.
pub(super) type Span = (String, Ink);

/// Lines that are drawn one after the other.
pub(super) struct Page {
    coloured: bool,
    columns: Option<usize>,
    out: String,
}

/// Fewest columns that text is given beside its margin.
const NARROWEST: usize = 20;

impl Page {
    pub(super) fn new(coloured: bool, columns: Option<usize>) -> Self {
        Self { coloured, columns, out: String::new() }
    }

    /// Returns what was drawn.
    pub(super) fn done(self) -> String {
        self.out
    }

    /// Returns the columns of a line, where they are limited.
    pub(super) fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// Returns whether there are colours.
    pub(super) fn is_coloured(&self) -> bool {
        self.coloured
    }

    /// Leaves a line empty.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// Draws spans on one line or, where they do not fit, on several, the others indented by `hang`
    /// columns.
    pub(super) fn line(&mut self, spans: &[Span], hang: usize) {
        let signed;
        let spans = if self.coloured {
            spans
        } else {
            signed = with_signs(spans);
            &signed
        };
        let limit = self.columns.map_or(usize::MAX, |columns| columns.max(hang + NARROWEST));
        let mut pen = Pen { page: self, used: 0, ink: Ink::default(), blank: false, hang, limit };
        let mut word: Vec<(&str, Ink)> = Vec::new();
        let mut width = 0;
        for (text, ink) in spans {
            let mut rest = text.as_str();
            while let Some(at) = rest.find([' ', '\n']) {
                let (part, more) = rest.split_at(at);
                word.push((part, *ink));
                width += part.width();
                pen.word(&word, width);
                word.clear();
                width = 0;
                match more.as_bytes()[0] {
                    b'\n' => pen.wrap(),
                    _ => pen.space(*ink),
                }
                rest = &more[1..];
            }
            word.push((rest, *ink));
            width += rest.width();
        }
        pen.word(&word, width);
        pen.end();
    }
}

/// Draws words on lines.
struct Pen<'p> {
    page: &'p mut Page,
    used: usize,
    /// Look of what was drawn last.
    ink: Ink,
    /// Whether something but blanks stands on the line beyond the margin.
    blank: bool,
    hang: usize,
    limit: usize,
}

impl Pen<'_> {
    fn word(&mut self, word: &[(&str, Ink)], width: usize) {
        if width == 0 && word.iter().all(|(text, _)| text.is_empty()) {
            return;
        }
        if self.used + width > self.limit && self.blank {
            self.wrap();
        }
        for (text, ink) in word.iter().filter(|(text, _)| !text.is_empty()) {
            self.switch(*ink);
            self.page.out.push_str(text);
        }
        self.used += width;
        self.blank |= self.used > self.hang;
    }

    fn space(&mut self, ink: Ink) {
        if self.used + 1 > self.limit {
            return;
        }
        self.switch(ink);
        self.page.out.push(' ');
        self.used += 1;
    }

    fn switch(&mut self, ink: Ink) {
        if self.page.coloured && ink.codes() != self.ink.codes() {
            if !self.ink.codes().is_empty() {
                self.page.out.push_str("\x1b[0m");
            }
            if !ink.codes().is_empty() {
                // Writing to a text cannot fail.
                let _ = write!(self.page.out, "\x1b[{}m", ink.codes());
            }
        }
        self.ink = ink;
    }

    fn wrap(&mut self) {
        self.end();
        self.page.out.extend(std::iter::repeat_n(' ', self.hang));
        self.used = self.hang;
    }

    /// Ends the line; a pager shows each line with its own colours.
    fn end(&mut self) {
        let kept = self.page.out.trim_end_matches(' ').len();
        self.page.out.truncate(kept);
        self.switch(Ink::default());
        self.page.out.push('\n');
        self.blank = false;
    }
}

/// Puts signs where there are no colours: one pair around neighbours that are painted alike.
fn with_signs(spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len() * 2);
    let mut open = Ink::default();
    for (text, ink) in spans.iter().filter(|(text, _)| !text.is_empty()) {
        if ink.signs() != open.signs() {
            out.push((open.signs().1.to_owned(), Ink::default()));
            out.push((ink.signs().0.to_owned(), Ink::default()));
            open = *ink;
        }
        out.push((text.clone(), Ink::default()));
    }
    out.push((open.signs().1.to_owned(), Ink::default()));
    out
}

/// Returns a text that has no effect on a terminal but to be read: control characters and overrides of
/// direction spelled out, a tab as two blanks.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push_str("  "),
            '\u{202A}'..='\u{202E}' => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(out, "<U+{:04X}>", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns as much of a text as fits into so many columns, with `…` where it was cut.
pub(super) fn cropped(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Fills a text up with blanks to a width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}
