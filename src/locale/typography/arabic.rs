//! Arabic: its comma, semicolon and question mark among Arabic words, never in Latin ones or in figures.

use super::{ends_entity, quotes};

pub(super) fn arabic(text: &str) -> String {
    quotes::set(text, quotes::ROMANCE, |out, c, rest| {
        let sign = match c {
            ',' if separates(out, rest) => '،',
            ';' if separates(out, rest) && !ends_entity(out) => '؛',
            '?' if last(out).is_some_and(is_arabic) => '؟',
            _ => return false,
        };
        out.push(sign);
        true
    })
}

/// Returns whether a sign stands in Arabic: after Arabic, or after a figure and before Arabic.
fn separates(out: &str, rest: &str) -> bool {
    let next = rest.chars().find(|c| !c.is_whitespace() && !"«“([".contains(*c));
    match (last(out), next) {
        (_, Some(next)) if next.is_alphabetic() && !is_arabic(next) => false,
        (Some(before), _) if is_arabic(before) => true,
        (Some(before), Some(next)) => before.is_numeric() && is_arabic(next),
        _ => false,
    }
}

/// Returns the last character before a sign that is no space and no closing mark.
fn last(out: &str) -> Option<char> {
    out.chars().rev().find(|c| !c.is_whitespace() && !"»”)]".contains(*c))
}

/// Returns whether a character is an Arabic letter or a vowel sign.
fn is_arabic(c: char) -> bool {
    let is_block =
        matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    is_block && c.is_alphabetic()
}
