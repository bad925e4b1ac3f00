//! Characters that have no place in a case file: control characters, those that reverse the direction
//! of text, those that this program keeps for itself. Invisible ones get a warning.
//!
//! A double-quoted scalar may also name a character by an escape (YAML 1.2.2 §5.7); what it then holds
//! is looked at like what is written.

use std::ops::Range;

use super::{MAX_SYNTAX_ERRORS, Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// Looks through a text as it is written.
pub(super) fn written(source: &Source) -> Vec<Diagnostic> {
    let odd = source.text().char_indices().filter_map(|(at, character)| Some((at, character, odd(character)?)));
    odd.take(MAX_SYNTAX_ERRORS)
        .map(|(at, character, (code, what))| {
            let message = format!("the file holds {what} (U+{:04X})", u32::from(character));
            Diagnostic::new(code, message).at(Span::new(source, at..at + character.len_utf8())).hint("delete it")
        })
        .collect()
}

/// Looks through the keys and values of a tree for characters that are written as escapes.
pub(super) fn escaped(node: &Node, source: &Source, faults: &mut Vec<Diagnostic>) {
    match &node.kind {
        NodeKind::Scalar { text, .. } => look(text, &node.bytes, source, faults),
        NodeKind::Map(entries) => {
            for (key, node) in entries {
                look(&key.text, &key.bytes, source, faults);
                escaped(node, source, faults);
            }
        }
        NodeKind::List(items) => items.iter().for_each(|item| escaped(item, source, faults)),
        NodeKind::Null => {}
    }
}

/// Reports the first odd character of a scalar, unless it was reported as written.
fn look(text: &str, bytes: &Range<usize>, source: &Source, faults: &mut Vec<Diagnostic>) {
    let found = text.chars().find_map(|character| Some((character, odd(character)?)));
    let Some((character, (code, what))) = found.filter(|_| faults.len() < MAX_SYNTAX_ERRORS) else { return };
    let span = Span::new(source, bytes.clone());
    if !source.text()[span.bytes.clone()].contains(character) {
        let message = format!("an escape stands for {what} (U+{:04X})", u32::from(character));
        faults.push(Diagnostic::new(code, message).at(span).hint("delete it"));
    }
}

/// Returns what is wrong with a character, if anything is.
fn odd(character: char) -> Option<(Code, &'static str)> {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => None,
        '\0' => Some((Code::ForbiddenCharacter, "a NUL character")),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some((Code::ForbiddenCharacter, "a character that reverses the direction of text"))
        }
        '\u{F0000}'..='\u{F1FFF}' | '\u{FFFE}' | '\u{FFFF}' => {
            Some((Code::ForbiddenCharacter, "a character reserved for this program"))
        }
        c if c.is_control() => Some((Code::ForbiddenCharacter, "a control character")),
        '\u{200B}'..='\u{200F}' | '\u{061C}' | '\u{2060}' | '\u{FEFF}' => {
            Some((Code::InvisibleCharacter, "an invisible character"))
        }
        _ => None,
    }
}
