//! Text that runs from left to right within a document that runs from right to left.
//!
//! The Unicode bidirectional algorithm (UAX #9) tears a reference such as `0093/MEP/CAB/2026` apart in an Arabic
//! paragraph, and puts the last dot of `S.A.` on the wrong side. Isolates keep such runs whole: U+2066 before,
//! U+2069 after. They show nothing and belong to no word.

use std::borrow::Cow;

use super::{Document, Inline, walk};

/// Opens text that runs from left to right whatever stands around it.
pub const ISOLATE: char = '\u{2066}';
/// Closes it.
pub const POP: char = '\u{2069}';

/// Isolates every run of Latin letters and figures in a document from right to left; others stay as they are.
pub fn settle(document: &mut Document) {
    if !document.meta.locale.lang.is_rtl() {
        return;
    }
    let titles = std::iter::once(&mut document.meta.title).chain(&mut document.meta.subtitle);
    titles.for_each(|title| *title = isolated(title).into_owned());
    if let Some(letter) = &mut document.meta.letter {
        let lines = letter.head.contact.iter_mut().chain(&mut letter.return_line);
        lines.for_each(|line| *line = isolated(line).into_owned());
    }
    walk::inlines(document, &mut |content| within(content));
}

fn within(content: &mut Vec<Inline>) {
    for inline in content {
        match inline {
            Inline::Text(text) => {
                if let Cow::Owned(changed) = isolated(text) {
                    *text = changed;
                }
            }
            Inline::Strong(content) | Inline::Emph(content) | Inline::Note(content) | Inline::Link { content, .. } => {
                within(content)
            }
            // Text in another language has a direction of its own.
            Inline::Lang { .. }
            | Inline::Code(_)
            | Inline::Ref { .. }
            | Inline::Anchor(_)
            | Inline::Break
            | Inline::Blank(_) => {}
        }
    }
}

/// Returns a text without the marks of isolation, as people write and search it.
#[must_use]
pub fn without_isolates(text: &str) -> Cow<'_, str> {
    if text.contains([ISOLATE, POP]) { Cow::Owned(text.replace([ISOLATE, POP], "")) } else { Cow::Borrowed(text) }
}

/// Isolates the runs of a text.
fn isolated(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        at = run.end.max(at + 1);
        if wants_isolation(&text[run.clone()]) && !text[..run.start].ends_with(ISOLATE) {
            out.push_str(&text[copied..run.start]);
            out.push(ISOLATE);
            out.push_str(&text[run.clone()]);
            out.push(POP);
            copied = run.end;
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Returns the next run of letters and figures from left to right, with the signs between them.
fn next_run(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let strong = |c: char| is_left_to_right(c) || c.is_ascii_digit();
    let start = from + text[from..].find(|c: char| strong(c) || c == '+')?;
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if strong(c) || matches!(c, '₀'..='₉' | '⁰'..='⁹' | '²' | '³' | '%' | '°') {
            end = start + at + c.len_utf8();
        } else if !(c.is_whitespace() && c != '\n' || "./-–—‑&'’@+(),:_#\u{a0}".contains(c)) {
            break;
        }
    }
    // The dot of an abbreviation such as S.A. belongs to it.
    let abbreviated = text[start..end].chars().rev().take(2).collect::<Vec<_>>();
    if text[end..].starts_with('.') && matches!(abbreviated[..], [last, '.'] if last.is_uppercase()) {
        end += 1;
    }
    let open = text[start..end].matches('(').count();
    if open > text[start..end].matches(')').count() && text[end..].starts_with(')') {
        end += 1;
    }
    Some(start..end)
}

/// Whether a run would be torn apart: it has letters or a leading plus, and signs or blanks.
fn wants_isolation(run: &str) -> bool {
    if is_amount(run) {
        return false;
    }
    let letters = run.chars().any(is_left_to_right);
    let parts = run.chars().any(|c| !c.is_alphanumeric());
    parts && (letters || run.starts_with('+'))
}

/// Whether a run is a number and a currency code, which Arabic reads number first, as any number with its unit.
fn is_amount(run: &str) -> bool {
    let Some(at) = run.len().checked_sub(3).filter(|&at| at > 0 && run.is_char_boundary(at)) else { return false };
    let (number, code) = run.split_at(at);
    let figures = |c: char| c.is_ascii_digit() || ".,\u{a0} ".contains(c);
    number.chars().all(figures) && code.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_left_to_right(c: char) -> bool {
    c.is_alphabetic() && matches!(u32::from(c), 0x41..=0x58F | 0x10A0..=0x1FFF | 0x2C00..=0x2DFF | 0xA640..=0xABFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let once = isolated(text).replace(ISOLATE, "[").replace(POP, "]");
        assert_eq!(once, expected);
        assert_eq!(without_isolates(&isolated(text)), text);
    }

    #[test]
    fn runs_are_isolated() {
        check("المرجع 0093/MEP/CAB/2026 بتاريخ", "المرجع [0093/MEP/CAB/2026] بتاريخ");
        check("شركة Aurora-H₂ S.A. في", "شركة [Aurora-H₂ S.A.] في");
        check("الهاتف +222 45 25 00 00، ثم", "الهاتف [+222 45 25 00 00]، ثم");
        check("20457 Hamburg", "[20457 Hamburg]");
        check("x 1é", "[x 1é]");
    }

    #[test]
    fn single_words_and_figures_need_none() {
        for text in
            ["مبلغ 1,850,000.00\u{a0}USD فقط", "شركة Aurora في 12 مارس", "من 9 إلى 13", "3.1", "١٢٫٥٪", "", "كلمة"]
        {
            check(text, text);
        }
    }
}
