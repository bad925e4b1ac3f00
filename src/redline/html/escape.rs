//! Text into HTML: the only way for what a draft holds into a page.

/// Appends text as HTML, fit for content and for an attribute in quotes. Blanks, tabs and line breaks stay as
/// they are; characters that HTML does not know are replaced by U+FFFD (HTML Standard, 13.2.3.5).
pub(super) fn push(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' => continue,
            ' '..='\u{7e}' => continue,
            c if is_forbidden(c) => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(replacement);
        copied = at + c.len_utf8();
    }
    out.push_str(&text[copied..]);
}

/// Returns text as HTML, fit for content and for an attribute in quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(&mut out, text);
    out
}

/// Returns whether HTML forbids a character: controls and noncharacters.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns whether the first letter of a text is written from right to left; `None` where it has no letter
/// (Unicode Standard Annex #9, rule P2, by the blocks of the scripts).
pub(super) fn is_rtl(text: &str) -> Option<bool> {
    text.chars()
        .find(|c| c.is_alphabetic())
        .map(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// Returns the start of a text, on one line, of at most `most` characters, cut at a word where that can be;
/// what was left out is told by an ellipsis.
pub(super) fn snippet(text: &str, most: usize) -> String {
    let mut out = String::new();
    let (mut count, mut blank) = (0, None);
    for c in text.trim().chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && out.ends_with(' ') {
            continue;
        }
        if count == most {
            // A text without blanks is cut where it stands.
            out.truncate(blank.filter(|at| *at > out.len() / 2).unwrap_or(out.len()));
            out.push('…');
            return out;
        }
        if c == ' ' {
            blank = Some(out.len());
        }
        out.push(c);
        count += 1;
    }
    out
}
