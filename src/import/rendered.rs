//! Markdown as a reader sees it: a draft of any Markdown file.
//!
//! The events of the parser are written as HTML, and that is read ([`super::html`]): so what is HTML in the file
//! means what it means on a page, and lists, tables and notes are numbered and laid out in one place. Nothing is
//! changed that Markdown does not change. Front matter is not shown, and left out aloud.
//!
//! Source: CommonMark 0.31.2; GitHub Flavored Markdown for tables, footnotes, task lists and strikethrough.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::docx::Tracked;
use super::html::{self, HtmlError};
use crate::document::draft::{Caveat, Draft, DraftFormat};

/// Reads a Markdown text.
///
/// # Errors
///
/// As [`html::read`].
pub fn read(text: &str, tracked: Tracked) -> Result<Draft, HtmlError> {
    let (page, front) = page(text);
    let mut draft = html::read(&page, tracked)?;
    draft.format = DraftFormat::Markdown;
    if front {
        let text = "the front matter of the Markdown file was left out".to_owned();
        draft.caveats.push(Caveat { text, count: 1 });
    }
    Ok(draft)
}

/// Writes a Markdown text as HTML; says whether it has front matter.
fn page(text: &str) -> (String, bool) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = Writer { out: String::with_capacity(text.len() + text.len() / 4), ..Writer::default() };
    for event in Parser::new_ext(text, options) {
        writer.event(event);
    }
    let mut out = writer.out;
    out.push_str(&writer.notes);
    (out, writer.front)
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Notes, which come after the text.
    notes: String,
    /// What was begun before a note.
    held: Vec<String>,
    /// Numbers of the notes by their names.
    numbers: BTreeMap<String, usize>,
    /// Whether the text is that of a picture, with its address.
    pictures: Vec<(String, String)>,
    /// Whether the cells are those of a header.
    head: bool,
    /// Whether the text is front matter.
    skipping: bool,
    front: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        if self.skipping && !matches!(event, Event::End(TagEnd::MetadataBlock(_))) {
            return;
        }
        if let Some((_, alt)) = self.pictures.last_mut() {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::Start(Tag::Image { dest_url, .. }) => self.pictures.push((dest_url.to_string(), String::new())),
                Event::End(TagEnd::Image) => self.picture(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) => {
                // The blanks of code stay as they are (CommonMark §6.1).
                self.out.push_str("<code style=\"white-space:pre\">");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.out.push_str(&html),
            Event::FootnoteReference(name) => {
                let number = self.number(&name);
                let _ = write!(self.out, "<a id=\"md-ref-{number}\" href=\"#md-note-{number}\">{number}</a>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::TaskListMarker(done) => {
                self.out.push_str(if done { "<input type=checkbox checked> " } else { "<input type=checkbox> " });
            }
        }
    }

    fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    fn picture(&mut self) {
        let Some((address, alt)) = self.pictures.pop() else { return };
        if let Some((_, outer)) = self.pictures.last_mut() {
            outer.push_str(&alt);
            return;
        }
        self.out.push_str("<img src=\"");
        self.text(&address);
        self.out.push_str("\" alt=\"");
        self.text(&alt);
        self.out.push_str("\">");
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                let _ = write!(self.out, "<{level}>");
            }
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            Tag::List(Some(first)) => {
                let _ = write!(self.out, "<ol start=\"{first}\">");
            }
            Tag::FootnoteDefinition(name) => {
                let number = self.number(&name);
                self.held.push(std::mem::take(&mut self.out));
                let _ = write!(self.out, "<div id=\"md-note-{number}\"><a href=\"#md-ref-{number}\"></a>");
            }
            Tag::TableHead => {
                self.head = true;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.out.push_str(if self.head { "<th>" } else { "<td>" }),
            Tag::Image { dest_url, .. } => self.pictures.push((dest_url.to_string(), String::new())),
            Tag::MetadataBlock(_) => {
                self.skipping = true;
                self.front = true;
            }
            tag => {
                if let Some(name) = name(tag.to_end()) {
                    let _ = write!(self.out, "<{name}>");
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let _ = write!(self.out, "</{level}>");
            }
            TagEnd::CodeBlock => self.out.push_str("</code></pre>"),
            TagEnd::FootnoteDefinition => {
                let text = std::mem::replace(&mut self.out, self.held.pop().unwrap_or_default());
                self.notes.push_str(&text);
                self.notes.push_str("</div>");
            }
            TagEnd::TableHead => {
                self.head = false;
                self.out.push_str("</tr>");
            }
            TagEnd::TableCell => self.out.push_str(if self.head { "</th>" } else { "</td>" }),
            TagEnd::MetadataBlock(_) => self.skipping = false,
            tag => {
                if let Some(name) = name(tag) {
                    let _ = write!(self.out, "</{name}>");
                }
            }
        }
    }
}

/// Returns the element of a tag that is written as it is.
fn name(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableRow => "tr",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "s",
        TagEnd::Superscript => "sup",
        TagEnd::Subscript => "sub",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
