//! Lines of a given width, in columns of a terminal (UAX #11).
//!
//! Lines end at blanks only: what stands between no-break spaces stays together, and an address on the web is
//! never torn apart, even where it is longer than the line.

use unicode_width::UnicodeWidthStr;

/// Returns the width of a text in columns.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text into lines; a line break in it stays one. An empty text gives one empty line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in part.split(' ').filter(|word| !word.is_empty()) {
            let wide = width(word);
            if used > 0 && used + 1 + wide > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            // A word of no width still takes its place.
            used += wide.max(1);
        }
        lines.push(line);
    }
    lines
}

/// Puts a sign before the first line and as many blanks before the others.
pub(super) fn hung(sign: &str, columns: usize, lines: Vec<String>) -> Vec<String> {
    // A sign takes one line, whatever stands in it.
    let sign = sign.replace(char::is_control, " ");
    let first = padded(&sign, columns);
    let rest = " ".repeat(columns);
    let mut out: Vec<String> = Vec::with_capacity(lines.len().max(1));
    for (at, line) in lines.into_iter().enumerate() {
        let whole = if at == 0 { format!("{first}{line}") } else { format!("{rest}{line}") };
        out.push(whole.trim_end_matches(' ').to_owned());
    }
    if out.is_empty() {
        out.push(sign.trim_end_matches(' ').to_owned());
    }
    out
}

/// Fills a text up with blanks to a width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_blanks_only() {
        assert_eq!(wrap("aa bb\u{a0}cc dd", 5), ["aa", "bb\u{a0}cc", "dd"]);
        let url = "https://example.org/a/very/long/address-that-is-longer-than-a-line";
        assert_eq!(wrap(&format!("see {url} now"), 20), ["see", url, "now"]);
        assert_eq!(wrap("a  b\nc", 20), ["a b", "c"]);
        assert_eq!(wrap("", 20), [""]);
    }

    #[test]
    fn marks_of_direction_and_combining_marks_take_no_room() {
        assert_eq!(width("\u{2066}ab\u{2069}e\u{301}"), 3);
        assert_eq!(wrap("\u{2066}ab\u{2069} cd", 5).len(), 1);
    }

    #[test]
    fn signs_hang() {
        assert_eq!(hung("(a)", 5, wrap("one two", 4)), ["(a)  one", "     two"]);
        assert_eq!(hung("(a)", 5, Vec::new()), ["(a)"]);
    }
}
