//! The bricks of WordprocessingML: escaped text, paragraph properties, run properties, fields.
//!
//! The order of elements is that of the schema (ECMA-376, part 1, annex A); Word refuses any other.

/// Appends formatted XML to a string.
macro_rules! put {
    ($out:expr, $($format:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _ = write!($out, $($format)*);
    }};
}
pub(super) use put;

/// Returns text escaped for element content and attributes, without the characters that XML 1.0 forbids.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            // Word has the direction from the run; it does not know isolates, and embeddings could escape it.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => escaped.push(sign),
        }
    }
    escaped
}

/// Returns text that names something: escaped, at most `limit` characters.
pub(super) fn label(text: &str, limit: usize) -> String {
    escape(&text.chars().take(limit).collect::<String>())
}

/// Returns tenths of a millimetre in twentieths of a point.
pub(super) const fn mm10(tenths: u32) -> u32 {
    tenths * 567 / 100
}

/// Properties of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Style; empty for `Normal`.
    pub(super) style: &'static str,
    /// Whether it stays on the page of the next paragraph.
    pub(super) keep_next: bool,
    /// Whether it stays on one page.
    pub(super) keep_lines: bool,
    /// Frame that it is set in, as attributes.
    pub(super) frame: String,
    /// Numbering: number of the list and level; the list 0 takes a number of the style away.
    pub(super) number: Option<(u32, usize)>,
    /// Borders, as elements.
    pub(super) borders: String,
    /// Colour of the ground.
    pub(super) shade: &'static str,
    /// Tabulators: kind, leader, place.
    pub(super) tabs: Vec<(&'static str, &'static str, u32)>,
    /// Whether it runs from right to left.
    pub(super) rtl: bool,
    /// Space above.
    pub(super) before: Option<u32>,
    /// Space below.
    pub(super) after: Option<u32>,
    /// Height of its lines, exactly.
    pub(super) line: Option<u32>,
    /// Indent at the start, and how far the first line hangs out.
    pub(super) indent: Option<(u32, u32)>,
    /// Alignment.
    pub(super) align: &'static str,
}

impl Paragraph {
    /// Returns properties with a style.
    pub(super) fn styled(style: &'static str, rtl: bool) -> Self {
        Self { style, rtl, ..Self::default() }
    }

    /// Returns the whole paragraph around its runs.
    pub(super) fn around(&self, runs: &str) -> String {
        format!("<w:p>{}{runs}</w:p>", self.xml())
    }

    /// Returns the properties element; nothing where there is nothing to say.
    fn xml(&self) -> String {
        let mut inner = String::new();
        if !self.style.is_empty() {
            put!(inner, "<w:pStyle w:val=\"{}\"/>", self.style);
        }
        if self.keep_next {
            inner.push_str("<w:keepNext/>");
        }
        if self.keep_lines {
            inner.push_str("<w:keepLines/>");
        }
        if !self.frame.is_empty() {
            put!(inner, "<w:framePr {}/>", self.frame);
        }
        if let Some((number, level)) = self.number {
            put!(inner, "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        }
        if !self.borders.is_empty() {
            put!(inner, "<w:pBdr>{}</w:pBdr>", self.borders);
        }
        if !self.shade.is_empty() {
            put!(inner, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", self.shade);
        }
        if !self.tabs.is_empty() {
            inner.push_str("<w:tabs>");
            for (kind, leader, at) in &self.tabs {
                put!(inner, "<w:tab w:val=\"{kind}\" w:leader=\"{leader}\" w:pos=\"{at}\"/>");
            }
            inner.push_str("</w:tabs>");
        }
        if self.rtl {
            inner.push_str("<w:bidi/>");
        }
        if self.before.is_some() || self.after.is_some() || self.line.is_some() {
            inner.push_str("<w:spacing");
            if let Some(before) = self.before {
                put!(inner, " w:before=\"{before}\"");
            }
            if let Some(after) = self.after {
                put!(inner, " w:after=\"{after}\"");
            }
            if let Some(line) = self.line {
                put!(inner, " w:line=\"{line}\" w:lineRule=\"exact\"");
            }
            inner.push_str("/>");
        }
        if let Some((left, hanging)) = self.indent {
            // In a paragraph from right to left Word takes "left" as the side where lines start.
            put!(inner, "<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/>");
        }
        if !self.align.is_empty() {
            put!(inner, "<w:jc w:val=\"{}\"/>", self.align);
        }
        if self.rtl {
            // The number of a paragraph is set like its mark.
            inner.push_str("<w:rPr><w:rtl/></w:rPr>");
        }
        if inner.is_empty() { inner } else { format!("<w:pPr>{inner}</w:pPr>") }
    }
}

/// Properties of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Run {
    /// Character style; empty for none.
    pub(super) style: &'static str,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it is italic.
    pub(super) italic: bool,
    /// Whether it is set in capitals.
    pub(super) caps: bool,
    /// Colour; empty for that of the paragraph.
    pub(super) colour: &'static str,
    /// Size in half points; 0 for that of the paragraph.
    pub(super) size: u32,
    /// Language tag, where it is another than that of the document; empty for none.
    pub(super) lang: &'static str,
    /// Whether its words are no words of a language.
    pub(super) machine: bool,
}

impl Run {
    /// Returns a run with a character style.
    pub(super) fn styled(style: &'static str) -> Self {
        Self { style, ..Self::default() }
    }

    /// Returns the properties element; `bidi` is the language tag of a run from right to left.
    pub(super) fn xml(&self, bidi: Option<&str>) -> String {
        let mut inner = String::new();
        if !self.style.is_empty() {
            put!(inner, "<w:rStyle w:val=\"{}\"/>", self.style);
        }
        if self.bold {
            inner.push_str("<w:b/><w:bCs/>");
        }
        if self.italic {
            // Arabic letters have no italics.
            inner.push_str("<w:i/>");
        }
        if self.caps {
            inner.push_str("<w:caps/>");
        }
        if self.machine {
            inner.push_str("<w:noProof/>");
        }
        if !self.colour.is_empty() {
            put!(inner, "<w:color w:val=\"{}\"/>", self.colour);
        }
        if self.size > 0 {
            put!(inner, "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", self.size);
        }
        match bidi {
            Some(tag) => put!(inner, "<w:rtl/><w:lang w:bidi=\"{tag}\"/>"),
            None if !self.lang.is_empty() => put!(inner, "<w:lang w:val=\"{}\"/>", self.lang),
            None => {}
        }
        if inner.is_empty() { inner } else { format!("<w:rPr>{inner}</w:rPr>") }
    }
}

/// Returns the runs before the result of a field; the instruction must be our own words.
pub(super) fn field_start(instruction: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
        escape(instruction)
    )
}

/// The run after the result of a field.
pub(super) const FIELD_END: &str = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";

/// Returns one border: its side, thickness in eighths of a point, distance in points, colour.
pub(super) fn border(side: &str, size: u32, space: u32, colour: &str) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"{space}\" w:color=\"{colour}\"/>")
}

/// Returns a paragraph of no more height than given, which parts two tables.
pub(super) fn spacer(height: u32, keep_next: bool) -> String {
    Paragraph { style: "Spacer", keep_next, line: Some(height), ..Paragraph::default() }.around("")
}
