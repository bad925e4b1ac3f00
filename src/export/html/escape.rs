//! Text into HTML and CSS: the only way for what a document holds into a page.

use crate::document::direction::{ISOLATE, POP};

/// Returns text as HTML, fit for content and for an attribute in quotes. Characters that HTML does not know
/// are replaced by U+FFFD; the marks of isolation are left out, for HTML has elements and attributes for them.
pub(super) fn attr(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            '\r' | ISOLATE | POP => {}
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Returns whether HTML forbids a character: controls and noncharacters.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns text as a string of CSS, quotes and all. Nothing but letters, digits and spaces stands for itself.
pub(super) fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || c == ' ' => out.push(c),
            c if c.is_whitespace() && c.is_control() => out.push(' '),
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push_str(&format!("\\{:x} ", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Returns an identifier that can stand in an address without any escape.
pub(super) fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}

/// Returns the address of a link that may be followed: a web page, a mail address or a telephone number. Browsers
/// drop blanks and controls in addresses, so one that has any is none.
pub(super) fn address(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    let known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let whole = !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || is_forbidden(c) || c == '\\');
    (known && whole).then_some(url)
}

/// Returns whether a text has a letter that is written from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_alphabetic() && matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
    })
}

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    /// Words.
    Plain(&'a str),
    /// What is read as one: a reference, a mail or web address, a telephone number.
    Whole(&'a str),
}

/// Cuts text around what is read as one.
pub(super) fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let (mut plain, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let end = telephone(rest).unwrap_or_else(|| rest.find(is_outside).unwrap_or(rest.len()));
        let core = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        if !core.is_empty() && is_whole(core) {
            if plain < at {
                found.push(Stretch::Plain(&text[plain..at]));
            }
            found.push(Stretch::Whole(core));
            at += core.len();
            plain = at;
        } else {
            at += end;
        }
        // Up to where the next may begin.
        at += text[at..].find(|c| !is_outside(c)).unwrap_or(text.len() - at);
    }
    if plain < text.len() {
        found.push(Stretch::Plain(&text[plain..]));
    }
    found
}

/// Returns whether a character cannot be part of a reference or an address.
fn is_outside(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | ',' | ';' | '«' | '»' | '“' | '”' | '"' | '،' | '؛')
}

/// Returns the length of the telephone number that a text begins with: a plus, digits and blanks between.
fn telephone(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('+')?;
    let inside = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '(' | ')');
    let end = digits.find(|c| !inside(c)).unwrap_or(digits.len());
    let number = digits[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
    (number.bytes().filter(u8::is_ascii_digit).count() >= 6).then_some(number.len() + 1)
}

/// Returns whether a run is read as one.
fn is_whole(run: &str) -> bool {
    if run.starts_with('+') || run.contains("://") || run.starts_with("www.") {
        return true;
    }
    if let Some((before, after)) = run.split_once('@') {
        return !before.is_empty() && after.contains('.');
    }
    let mut parts = run.split(['/', '-', '–']);
    let sound = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '.');
    run.contains(['/', '-', '–']) && parts.all(sound)
}
