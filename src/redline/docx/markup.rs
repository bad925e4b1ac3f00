//! The bricks of tracked changes: escaped text, and the elements that say who changed what and when.

use crate::compare::Status;

/// Appends formatted XML to a string.
macro_rules! put {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _ = write!($out, $($format)*);
    }};
}
pub(super) use put;

/// Appends text escaped for element content and attributes, without the characters that XML 1.0 forbids.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let name = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            0..=0x1f => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(name);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Returns escaped text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&mut out, text);
    out
}

/// Returns the name of the element that a status is written as, without prefix; `None` for what is same.
pub(super) fn element(status: Status) -> Option<&'static str> {
    match status {
        Status::Same => None,
        Status::Inserted => Some("ins"),
        Status::Deleted => Some("del"),
        Status::MovedFrom => Some("moveFrom"),
        Status::MovedTo => Some("moveTo"),
    }
}

/// Who signs a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The author of the redline.
    Own,
    /// The same, for what is noise.
    Noise,
    /// An earlier author: index among the signatures that were read.
    Earlier(usize),
}

/// Who changed it and when, and the numbers of the changes.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// Attributes of author and date: first those of true changes, then those of noise.
    signed: [String; 2],
    /// Those of earlier authors.
    earlier: Vec<String>,
    /// Number that the next change gets.
    next: u32,
}

impl Stamp {
    /// Makes a stamp. `date` is as `2026-11-21T00:00:00Z`, or empty for none; `first` is above every identifier in the file.
    pub(super) fn new(author: &str, noise: &str, date: &str, first: u32) -> Self {
        Self { signed: [signature(author, date), signature(noise, date)], earlier: Vec::new(), next: first }
    }

    /// Lets earlier authors sign, each with the date of the change; empty for no date.
    pub(super) fn with_earlier<'s>(mut self, signatures: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        self.earlier.extend(signatures.into_iter().map(|(author, date)| signature(author, date)));
        self
    }

    /// Returns the attributes of author and date.
    pub(super) fn signature(&self, sign: Sign) -> &str {
        match sign {
            Sign::Own => &self.signed[0],
            Sign::Noise => &self.signed[1],
            Sign::Earlier(index) => self.earlier.get(index).unwrap_or(&self.signed[0]),
        }
    }

    /// Returns a number that was not used before.
    pub(super) fn id(&mut self) -> u32 {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        id
    }

    /// Appends the attributes of a change.
    pub(super) fn attributes(&mut self, out: &mut String, sign: Sign) {
        let id = self.id();
        put!(out, " w:id=\"{id}\" {}", self.signature(sign));
    }

    /// Appends an empty element that marks a paragraph, a row or a cell.
    pub(super) fn mark(&mut self, out: &mut String, name: &str, sign: Sign) {
        put!(out, "<w:{name}");
        self.attributes(out, sign);
        out.push_str("/>");
    }

    /// Appends the start tag of an element that holds what was changed.
    pub(super) fn open(&mut self, out: &mut String, name: &str, sign: Sign) {
        put!(out, "<w:{name}");
        self.attributes(out, sign);
        out.push('>');
    }
}

/// Returns the attributes of author and date. The date may be left out (ECMA-376 part 1, 17.13.5.18).
fn signature(author: &str, date: &str) -> String {
    let date = if date.is_empty() { String::new() } else { format!(" w:date=\"{}\"", escaped(date)) };
    format!("w:author=\"{}\"{date}", escaped(author))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup_nor_break_a_file() {
        assert_eq!(escaped("a<b>&\"c\"\u{1}d\t"), "a&lt;b&gt;&amp;&quot;c&quot;d&#9;");
        let mut stamp = Stamp::new("A \"B\" <C>", "n", "2026-11-21T00:00:00Z", 7);
        let mut out = String::new();
        stamp.mark(&mut out, "ins", Sign::Own);
        assert_eq!(out, "<w:ins w:id=\"7\" w:author=\"A &quot;B&quot; &lt;C&gt;\" w:date=\"2026-11-21T00:00:00Z\"/>");
    }
}
