//! Texts that were read and positions in them.
//!
//! A [`Source`] is a named text (a case file, a template, a generated Typst file). A [`Span`] is a
//! half-open range of bytes in one source. Lines and columns are 1-based; columns count characters.
//! Nothing here does I/O.

use std::ops::Range;
use std::sync::Arc;

/// A named text. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    text: String,
    /// Byte offset of the start of each line.
    lines: Vec<usize>,
}

impl Source {
    /// Wraps a text under the name that messages show, usually its path.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self(Arc::new(Inner { name: name.into(), text, lines }))
    }

    /// Returns the name that messages show.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns the place of a byte offset; offsets past the end give the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = floor_boundary(self.text(), offset);
        let line = self.0.lines.partition_point(|&start| start <= offset) - 1;
        let start = self.0.lines[line];
        let column = self.text()[start..offset].chars().count() + 1;
        Place { line: line + 1, column }
    }

    /// Returns the byte offset of a 1-based line and 1-based column in characters, clamped to the text.
    pub fn offset(&self, place: Place) -> usize {
        let Some(&start) = self.0.lines.get(place.line.saturating_sub(1)) else {
            return self.text().len();
        };
        let rest = &self.text()[start..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        start + line.char_indices().nth(place.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.text() == other.text()
    }
}

/// A 1-based line and column; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A half-open range of bytes in one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The text that the range is in.
    pub source: Source,
    /// Start and end in bytes; clamped to the text when shown.
    pub bytes: Range<usize>,
}

impl Span {
    /// Makes a span; the range is clamped to the text and to character boundaries.
    pub fn new(source: &Source, bytes: Range<usize>) -> Self {
        let start = floor_boundary(source.text(), bytes.start);
        let end = floor_boundary(source.text(), bytes.end.max(bytes.start));
        Self { source: source.clone(), bytes: start..end }
    }

    /// Returns the place where the span starts.
    pub fn start(&self) -> Place {
        self.source.place(self.bytes.start)
    }
}

/// Rounds a byte offset down to a character boundary within the text.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        let source = Source::new("x", "aé\nçb\n");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place(3), Place { line: 1, column: 3 });
        assert_eq!(source.place(6), Place { line: 2, column: 2 });
        assert_eq!(source.place(999), Place { line: 3, column: 1 });
        assert_eq!(source.offset(Place { line: 2, column: 2 }), 6);
        assert_eq!(source.offset(Place { line: 9, column: 1 }), source.text().len());
    }

    #[test]
    fn spans_keep_to_character_boundaries() {
        let source = Source::new("x", "é");
        assert_eq!(Span::new(&source, 1..99).bytes, 0..2);
    }
}
