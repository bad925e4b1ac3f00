//! Lines of text from pieces of text.

use unicode_normalization::UnicodeNormalization;

use super::Span;
use super::rtl::{Unit, is_rtl_text, logical};

/// How far baselines of one line lie apart, in parts of the size: raised numbers of notes belong to their line.
const SAME_LINE: f32 = 0.45;
/// Gap that is a blank, in parts of the size.
pub(super) const BLANK: f32 = 0.15;
/// Gap that is a tab, in parts of the size.
const TAB: f32 = 2.0;

/// A line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    /// Its text in the order of reading.
    pub text: String,
    /// Left end.
    pub x: f32,
    /// Right end.
    pub end_x: f32,
    /// Baseline.
    pub y: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// Whether it is bold throughout.
    pub strong: bool,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// Width of its first word, about.
    pub word: f32,
}

impl Line {
    /// Makes a line of the pieces that stand on it; `None` where there is nothing to see.
    fn new(spans: &mut [&Span]) -> Option<Self> {
        let rtl = is_rtl_text(spans.iter().map(|span| span.text.as_str()));
        if rtl {
            spans.sort_by(|a, b| a.x.total_cmp(&b.x));
        }
        let text = if rtl { right_to_left(spans) } else { left_to_right(spans) };
        let text = tidy(&text);
        if text.is_empty() {
            return None;
        }
        let seen = || spans.iter().filter(|span| !span.text.trim().is_empty());
        // Letters decide, raised numbers do not.
        let size = seen().max_by_key(|span| span.text.len()).map_or(1.0, |span| span.size);
        let y = seen().max_by_key(|span| span.text.len()).map_or(0.0, |span| span.y);
        let x = seen().map(|span| span.x).fold(f32::INFINITY, f32::min);
        let end_x = seen().map(|span| span.end_x).fold(f32::NEG_INFINITY, f32::max);
        let strong = seen().all(|span| span.strong || !span.text.contains(char::is_alphabetic));
        let letters = text.chars().count().max(1);
        let first = text.split_whitespace().next().map_or(0, |word| word.chars().count());
        #[expect(clippy::cast_precision_loss, reason = "counts of the letters of a line")]
        let word = (end_x - x) * first as f32 / letters as f32;
        Some(Self { text, x, end_x, y, size, strong, rtl, word })
    }
}

/// Cuts pieces of text, in the order of the file, into lines.
pub(super) fn lines(spans: &[Span]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut current: Vec<&Span> = Vec::new();
    let mut right = f32::NEG_INFINITY;
    for span in spans.iter().filter(|span| span.x.is_finite() && span.y.is_finite() && span.end_x.is_finite()) {
        if let Some(last) = current.iter().rev().find(|span| !span.text.trim().is_empty()).or(current.last()) {
            let size = last.size.max(span.size);
            let level = (last.y - span.y).abs() <= SAME_LINE * size;
            // Text from right to left comes in either order.
            let backwards =
                span.end_x < right - 1.5 * size && !is_rtl_text([last.text.as_str(), span.text.as_str()].into_iter());
            if !level || backwards {
                lines.extend(Line::new(&mut current));
                current.clear();
                right = f32::NEG_INFINITY;
            }
        }
        right = right.max(span.end_x);
        current.push(span);
    }
    lines.extend(Line::new(&mut current));
    lines
}

fn left_to_right(spans: &[&Span]) -> String {
    let mut text = String::new();
    let mut end: Option<f32> = None;
    for span in spans {
        if let Some(end) = end {
            gap(&mut text, span.x - end, span.size, &span.text);
        }
        text.push_str(&span.text);
        end = Some(span.end_x);
    }
    text
}

/// Adds the blank or the tab that a gap is.
fn gap(text: &mut String, gap: f32, size: f32, next: &str) {
    if gap > TAB * size {
        text.truncate(text.trim_end().len());
        text.push('\t');
    } else if gap > BLANK * size && !text.ends_with(char::is_whitespace) && !next.starts_with(char::is_whitespace) {
        text.push(' ');
    }
}

fn right_to_left(spans: &[&Span]) -> String {
    let mut units: Vec<Unit<'_>> = Vec::new();
    let mut end: Option<f32> = None;
    for span in spans {
        if let Some(end) = end
            && span.x - end > BLANK * span.size
        {
            units.push(Unit { text: " " });
        }
        if span.logical {
            units.push(Unit { text: &span.text });
        } else {
            glyphs(span, &mut units);
        }
        end = Some(span.end_x);
    }
    logical(&units)
}

/// Cuts a piece of text into what single glyphs show: characters at one place belong together.
fn glyphs<'a>(span: &'a Span, units: &mut Vec<Unit<'a>>) {
    let mut start = 0;
    let mut places = span.places.iter();
    let mut last = places.next();
    for (at, _) in span.text.char_indices().skip(1) {
        let place = places.next();
        let same = place.is_some() && place == last;
        if !same {
            units.push(Unit { text: &span.text[start..at] });
            start = at;
        }
        last = place;
    }
    if start < span.text.len() {
        units.push(Unit { text: &span.text[start..] });
    }
}

/// Brings runs of blanks to one, shapes of letters to the letters, and leaves out what is not seen.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<char> = None;
    for c in text.chars() {
        match c {
            '\t' => pending = Some('\t'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => {
                if let Some(blank) = pending.take().filter(|_| !out.is_empty()) {
                    out.push(blank);
                }
                out.push(c);
            }
            c if c.is_whitespace() => {
                pending.get_or_insert(' ');
            }
            '\0' | '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            c if c.is_control() => {}
            c => {
                if let Some(blank) = pending.take().filter(|_| !out.is_empty()) {
                    out.push(blank);
                }
                match c {
                    // Ligatures and shapes of Arabic letters.
                    '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                        out.extend(std::iter::once(c).nfkc());
                    }
                    c => out.push(c),
                }
            }
        }
    }
    out
}
