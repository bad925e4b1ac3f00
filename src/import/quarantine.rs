//! Keeps data apart from markup while it travels through Markdown and YAML.
//!
//! A case value that a template prints must never take effect as Markdown, YAML or anything else.
//! Escaping by rule differs from place to place; instead every ASCII character that could mean
//! something is carried over into the private-use plane (U+F0000 plus its code), where no parser
//! gives it a meaning, and is brought back when the text is taken into the document. Case files that
//! hold such characters themselves are refused when they are read (`forbidden-character`).

use crate::document::Inline;
use crate::locale::Lang;

/// Where the carried-over ASCII characters begin.
const BASE: u32 = 0xF_0000;
/// Opens the path of a missing value.
const BLANK_OPEN: char = '\u{F1000}';
/// Closes the path of a missing value.
const BLANK_CLOSE: char = '\u{F1001}';
/// Opens text in another language than the document's: this, and the place of the language in `Lang::ALL`.
const LANG_OPEN: u32 = 0xF_1010;
/// Closes text in another language.
const LANG_CLOSE: char = '\u{F1003}';

/// Carries over everything that could be markup.
pub fn carry(text: &str) -> String {
    let text = text.trim_matches(' ');
    if text == "null" {
        // The one word that YAML would take for nothing.
        return char::from_u32(BASE + u32::from('n')).into_iter().chain("ull".chars()).collect();
    }
    text.chars().map(carry_char).collect()
}

fn carry_char(character: char) -> char {
    match character {
        c if c.is_ascii_alphanumeric() || c == ' ' => c,
        c if c.is_ascii() => char::from_u32(BASE + u32::from(c)).expect("the private-use plane has room for ASCII"),
        // What was carried over before stays so: values pass through filters more than once.
        c => c,
    }
}

/// Makes the mark of a missing value.
pub fn blank(path: &str) -> String {
    format!("{BLANK_OPEN}{}{BLANK_CLOSE}", carry(path))
}

/// Marks text that is carried over already as being in another language than the document's.
pub fn in_language(lang: Lang, carried: &str) -> String {
    let at = Lang::ALL.iter().position(|known| *known == lang).unwrap_or_default();
    let open = u32::try_from(at).ok().and_then(|at| char::from_u32(LANG_OPEN + at));
    open.into_iter().chain(carried.chars()).chain([LANG_CLOSE]).collect()
}

/// Returns the language that a character opens text in.
fn opened(character: char) -> Option<Lang> {
    let at = u32::from(character).checked_sub(LANG_OPEN)?;
    Lang::ALL.get(usize::try_from(at).ok()?).copied()
}

/// Returns whether a character marks the language of text, which is no part of the text.
pub fn is_language_mark(character: char) -> bool {
    character == LANG_CLOSE || opened(character).is_some()
}

/// Returns the path, if a text is the mark of a missing value.
pub fn as_blank(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix(BLANK_OPEN)?.strip_suffix(BLANK_CLOSE)?;
    (!inner.contains(BLANK_OPEN)).then(|| release(inner))
}

/// Returns whether a text holds the mark of a missing value.
pub fn has_blank(text: &str) -> bool {
    text.contains(BLANK_OPEN)
}

/// Brings carried-over characters back; line breaks inside data become blanks, marks of missing
/// values their path in brackets, marks of languages disappear.
pub fn release(text: &str) -> String {
    text.chars()
        .filter(|character| !is_language_mark(*character))
        .map(|character| match character {
            BLANK_OPEN => '[',
            BLANK_CLOSE => ']',
            c => release_char(c),
        })
        .collect()
}

fn release_char(character: char) -> char {
    let code = u32::from(character);
    if !(BASE..BASE + 128).contains(&code) {
        return character;
    }
    match char::from_u32(code - BASE).unwrap_or('\u{FFFD}') {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

/// Walks through the paths of the missing values in a text.
pub fn blanks(text: &str) -> impl Iterator<Item = String> {
    text.split(BLANK_OPEN).skip(1).filter_map(|rest| rest.split(BLANK_CLOSE).next().map(release))
}

/// Brings text back as document content, with missing values as blanks of their own and text in other
/// languages under its language.
pub fn release_inlines(text: &str, content: &mut Vec<Inline>) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == BLANK_OPEN || is_language_mark(c)) {
        push_text(&rest[..at], content);
        let mark = rest[at..].chars().next().unwrap_or(LANG_CLOSE);
        let after = &rest[at + mark.len_utf8()..];
        rest = match (mark, opened(mark)) {
            (BLANK_OPEN, _) => {
                let (path, after) = after.split_once(BLANK_CLOSE).unwrap_or((after, ""));
                content.push(Inline::Blank(release(path)));
                after
            }
            (_, Some(lang)) => {
                let (inner, after) = after.split_once(LANG_CLOSE).unwrap_or((after, ""));
                let mut within = Vec::new();
                release_inlines(inner, &mut within);
                if !within.is_empty() {
                    content.push(Inline::Lang { lang, content: within });
                }
                after
            }
            // A mark that closes nothing: its partner stood in another run of text.
            (_, None) => after,
        };
    }
    push_text(rest, content);
}

fn push_text(text: &str, content: &mut Vec<Inline>) {
    if text.is_empty() {
        return;
    }
    let text = release(text);
    match content.last_mut() {
        Some(Inline::Text(before)) => before.push_str(&text),
        _ => content.push(Inline::Text(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_over_comes_back() {
        let text = "a *b* `c` {{ d }} <e> & #f | g: \"h\" \\ [i](j) – ç";
        let carried = carry(text);
        assert!(carried.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || !c.is_ascii()), "{carried:?}");
        assert_eq!(release(&carried), text);
    }

    #[test]
    fn a_blank_is_found_between_text() {
        let mut content = Vec::new();
        release_inlines(&format!("ref. {} of", blank("request.reference")), &mut content);
        assert_eq!(
            content,
            [Inline::Text("ref. ".into()), Inline::Blank("request.reference".into()), Inline::Text(" of".into())]
        );
        assert_eq!(as_blank(&blank("a.b")), Some("a.b".into()));
        assert_eq!(as_blank("a.b"), None);
    }

    #[test]
    fn text_in_another_language_keeps_its_language() {
        let mut content = Vec::new();
        let text = format!("the project {}, in", in_language(Lang::Es, &carry("Salar (Luna)")));
        release_inlines(&text, &mut content);
        let inner = vec![Inline::Text("Salar (Luna)".into())];
        assert_eq!(content[1], Inline::Lang { lang: Lang::Es, content: inner });
        assert_eq!(release(&text), "the project Salar (Luna), in");
        assert_eq!(carry(&text).matches(LANG_CLOSE).count(), 1);
    }

    #[test]
    fn carrying_twice_changes_nothing() {
        let once = carry("a*b") + &blank("x.y");
        assert_eq!(carry(&once), once);
    }
}
