//! Markdown to blocks: the one door to `pulldown-cmark`.
//!
//! Source: CommonMark 0.31 with tables and heading identifiers, and the fenced blocks of
//! [`fence`]. `##` is the first level of headings, since the title stands in the front
//! matter. HTML is never taken over.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{fence, quarantine};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Align, Block, Inline, Role};
use crate::source::{Source, Span};

/// Deepest nesting of quotes, lists and emphasis; what is deeper is taken as plain text. Real texts
/// stay below 6; a hostile one must not exhaust the stack.
const MAX_NESTING: usize = 16;

/// Whose Markdown a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A rendered template's, in which data is carried over.
    Template,
    /// What [`crate::export::markdown`] wrote: numbers stand in the text.
    Written,
    /// Anybody's.
    Free,
}

/// How a text is read.
pub struct Reading<'a> {
    /// The whole text, for places.
    pub source: &'a Source,
    /// Mends the typography of template text, never of data.
    pub typography: fn(&str) -> Cow<'_, str>,
    /// Whether the text comes from a case file, where fences and headings are plain text.
    pub rich_text: bool,
    /// Whose text it is; decides how values of fenced blocks are read.
    pub dialect: Dialect,
    /// How deep fenced blocks are nested here.
    pub depth: usize,
    /// Faults found so far.
    pub faults: Vec<Diagnostic>,
    /// Paths of missing values that became plain text.
    pub blanks: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Starts reading; typography is left as it is.
    pub fn new(source: &'a Source) -> Self {
        Self {
            source,
            typography: |text| Cow::Borrowed(text),
            rich_text: false,
            dialect: Dialect::Template,
            depth: 0,
            faults: Vec::new(),
            blanks: Vec::new(),
        }
    }

    /// Reports a fault at a place of the text.
    pub fn fault(&mut self, code: Code, bytes: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Diagnostic::new(code, message).at(Span::new(self.source, bytes)).hint(hint));
    }
}

/// Reads a part of the source as Markdown blocks.
pub fn blocks(reading: &mut Reading<'_>, range: Range<usize>) -> Vec<Block> {
    let source = reading.source.clone();
    let text = &source.text()[range.clone()];
    parse(reading, text, range.start)
}

/// Reads a text as inline Markdown: what stands in one paragraph.
pub fn inline(reading: &mut Reading<'_>, text: &str, at: usize) -> Vec<Inline> {
    // A leading number or sign would start a list; a single value is never one.
    let blocks = parse(reading, text.trim_start_matches(['#', '-', '+', '>', '=', ' ']), at);
    let mut content = Vec::new();
    for block in blocks {
        match block {
            Block::Para { content: more, .. } | Block::Heading { content: more, .. } => {
                if !content.is_empty() {
                    content.push(Inline::Break);
                }
                content.extend(more);
            }
            _ => {
                let mut content = Vec::new();
                quarantine::release_inlines(text, &mut content);
                return content;
            }
        }
    }
    content
}

fn parse(reading: &mut Reading<'_>, text: &str, base: usize) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut events = Parser::new_ext(text, options).into_offset_iter();
    let mut builder = Builder { reading, base, depth: 0 };
    builder.blocks(&mut events, None)
}

struct Builder<'r, 's> {
    reading: &'r mut Reading<'s>,
    base: usize,
    /// How deep quotes, lists and emphasis are nested here.
    depth: usize,
}

/// Events of the parser with their places.
type Events<'e, 'i> = &'e mut dyn Iterator<Item = (Event<'i>, Range<usize>)>;

impl Builder<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    /// Takes the plain text of what is nested too deep, up to the end tag.
    fn flatten(&mut self, events: Events<'_, '_>, end: TagEnd) -> Vec<Inline> {
        let mut text = String::new();
        let mut open = 0;
        for (event, _) in events {
            match event {
                Event::End(tag) if tag == end && open == 0 => break,
                Event::Start(tag) if tag.to_end() == end => open += 1,
                Event::End(tag) if tag == end => open -= 1,
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
                _ => {}
            }
        }
        let mut content = vec![Inline::Text(text)];
        self.tidy(&mut content);
        content
    }

    /// Reads blocks up to the end tag.
    fn blocks(&mut self, events: Events<'_, '_>, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(end) = end.filter(|_| self.depth >= MAX_NESTING) {
            blocks.push(Block::Para { content: self.flatten(events, end), role: Role::Body });
            return blocks;
        }
        self.depth += 1;
        // Items of tight lists hold text without a paragraph around it.
        let mut loose: Vec<Inline> = Vec::new();
        let flush = |loose: &mut Vec<Inline>, blocks: &mut Vec<Block>| {
            if !loose.is_empty() {
                blocks.push(Block::Para { content: std::mem::take(loose), role: Role::Body });
            }
        };
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) if is_inline(&tag) => self.inline_tag(tag, events, &mut loose),
                Event::Start(tag) => {
                    self.tidy(&mut loose);
                    flush(&mut loose, &mut blocks);
                    self.block(tag, &range, events, &mut blocks);
                }
                Event::Rule => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(Block::Rule);
                }
                Event::Html(html) | Event::InlineHtml(html) => self.html(&html, &range),
                Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => {
                    self.inline_event(event, &mut loose)
                }
                _ => {}
            }
        }
        self.tidy(&mut loose);
        flush(&mut loose, &mut blocks);
        self.depth -= 1;
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, range: &Range<usize>, events: Events<'_, '_>, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                let content = self.inlines(events, TagEnd::Paragraph);
                let (role, content) = take_role(content);
                if !content.is_empty() {
                    blocks.push(Block::Para { content, role });
                }
            }
            Tag::Heading { level, id, .. } => {
                let content = self.inlines(events, TagEnd::Heading(level));
                if self.reading.rich_text {
                    blocks.push(Block::Para { content: vec![Inline::Strong(content)], role: Role::Body });
                    return;
                }
                if level == HeadingLevel::H1 {
                    let place = self.place(range);
                    self.reading.fault(
                        Code::BlockInvalid,
                        place,
                        "a heading with one `#` stands in the text",
                        "start with `##`: the title comes from the front matter",
                    );
                }
                let level = u8::try_from((level as usize).max(2) - 1).unwrap_or(1);
                blocks.push(Block::Heading { level, number: None, id: id.map(|id| quarantine::release(&id)), content });
            }
            Tag::List(start) => {
                let mut items = Vec::new();
                let mut tight = true;
                while let Some((event, _)) = events.next() {
                    match event {
                        Event::Start(Tag::Item) => {
                            let item = self.blocks(events, Some(TagEnd::Item));
                            tight &= item.iter().filter(|block| matches!(block, Block::Para { .. })).count() <= 1;
                            items.push(item);
                        }
                        Event::End(TagEnd::List(_)) => break,
                        _ => {}
                    }
                }
                blocks.push(Block::List { start, tight, items });
            }
            Tag::BlockQuote(kind) => {
                let inner = self.blocks(events, Some(TagEnd::BlockQuote(kind)));
                blocks.push(Block::Quote(inner));
            }
            Tag::Table(align) => blocks.push(self.table(&align, events)),
            Tag::CodeBlock(kind) => {
                let (body, bytes) = code(events);
                let bytes = bytes.map_or_else(|| self.place(range), |bytes| self.place(&bytes));
                if self.reading.rich_text {
                    let content = vec![Inline::Text(body.split_whitespace().collect::<Vec<_>>().join(" "))];
                    blocks.push(Block::Para { content, role: Role::Body });
                    return;
                }
                let name = match &kind {
                    CodeBlockKind::Fenced(name) => name.trim().to_owned(),
                    CodeBlockKind::Indented => {
                        self.reading.fault(
                            Code::BlockInvalid,
                            bytes,
                            "a line is indented by four blanks or more",
                            "start paragraphs in the first column",
                        );
                        return;
                    }
                };
                let fence_line = self.place(range);
                blocks.extend(fence::read(self.reading, &name, &body, bytes, fence_line));
            }
            Tag::HtmlBlock => {
                for (event, range) in &mut *events {
                    match event {
                        Event::End(TagEnd::HtmlBlock) => break,
                        Event::Html(html) => self.html(&html, &range),
                        _ => {}
                    }
                }
            }
            other => {
                let end = other.to_end();
                let inner = self.blocks(events, Some(end));
                blocks.extend(inner);
            }
        }
    }

    /// HTML comments are remarks to the template's author; anything else is refused aloud.
    fn html(&mut self, html: &str, range: &Range<usize>) {
        let text = html.trim();
        if !text.is_empty() && !text.starts_with("<!--") && !text.ends_with("-->") {
            let place = self.place(range);
            self.reading.fault(
                Code::MarkdownUnsupported,
                place,
                format!("HTML is left out: `{}`", quarantine::release(text)),
                "use Markdown or a fenced block",
            );
        }
    }

    fn table(&mut self, align: &[Alignment], events: Events<'_, '_>) -> Block {
        let align: Vec<Align> = align
            .iter()
            .map(|align| match align {
                Alignment::None | Alignment::Left => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::End,
            })
            .collect();
        let mut header = Vec::new();
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut in_head = false;
        while let Some((event, _)) = events.next() {
            match event {
                Event::Start(Tag::TableHead) => in_head = true,
                Event::End(TagEnd::TableHead) => in_head = false,
                Event::Start(Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(events, TagEnd::TableCell);
                    match rows.last_mut() {
                        Some(row) if !in_head => row.push(cell),
                        _ => header.push(cell),
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let total = rows.last().and_then(|row| row.first()).is_some_and(|cell| matches!(cell[..], [Inline::Strong(_)]));
        Block::Table { align, header, rows, total }
    }

    /// Reads inline content up to the end tag.
    fn inlines(&mut self, events: Events<'_, '_>, end: TagEnd) -> Vec<Inline> {
        if self.depth >= MAX_NESTING {
            return self.flatten(events, end);
        }
        self.depth += 1;
        let mut content = Vec::new();
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(tag) => self.inline_tag(tag, events, &mut content),
                Event::InlineHtml(html) | Event::Html(html) => self.html(&html, &range),
                event => self.inline_event(event, &mut content),
            }
        }
        self.tidy(&mut content);
        self.depth -= 1;
        content
    }

    fn inline_tag(&mut self, tag: Tag<'_>, events: Events<'_, '_>, content: &mut Vec<Inline>) {
        let end = tag.to_end();
        match tag {
            Tag::Strong => {
                let inner = self.inlines(events, end);
                content.push(Inline::Strong(inner));
            }
            Tag::Emphasis => {
                let inner = self.inlines(events, end);
                content.push(Inline::Emph(inner));
            }
            Tag::Link { dest_url, .. } => {
                let inner = self.inlines(events, end);
                let url = quarantine::release(&dest_url);
                match url.strip_prefix('#') {
                    Some(id) => {
                        content.push(Inline::Ref { id: id.to_owned(), text: crate::document::walk::plain(&inner) })
                    }
                    None => content.push(Inline::Link { url, content: inner }),
                }
            }
            // Images and the like keep their text.
            _ => {
                let inner = self.inlines(events, end);
                content.extend(inner);
            }
        }
    }

    fn inline_event(&mut self, event: Event<'_>, content: &mut Vec<Inline>) {
        match event {
            // Texts stay carried over until the whole run is known; see `tidy`.
            Event::Text(text) | Event::Code(text) => match content.last_mut() {
                Some(Inline::Text(before)) => before.push_str(&text),
                _ => content.push(Inline::Text(text.into_string())),
            },
            Event::SoftBreak => match content.last_mut() {
                Some(Inline::Text(before)) => before.push('\n'),
                _ => content.push(Inline::Text("\n".into())),
            },
            Event::HardBreak => content.push(Inline::Break),
            _ => {}
        }
    }

    /// Mends the typography of template text, then brings data back.
    fn tidy(&mut self, content: &mut Vec<Inline>) {
        let mut tidied = Vec::with_capacity(content.len());
        for inline in std::mem::take(content) {
            match inline {
                Inline::Text(text) => {
                    // Both marks are looked for while data is still carried over, so that data cannot set them.
                    let (role, text) = if self.reading.rich_text { (None, text.as_str()) } else { split_role(&text) };
                    if let Some(role) = role {
                        tidied.push(Inline::Text(format!("{ROLE}{role}{ROLE}")));
                    }
                    let (text, id) = if self.reading.rich_text { (text, None) } else { split_id(text) };
                    let text = text.replace('\n', " ");
                    quarantine::release_inlines(&(self.reading.typography)(&text), &mut tidied);
                    tidied.extend(id.map(|id| Inline::Anchor(id.to_owned())));
                }
                other => tidied.push(other),
            }
        }
        *content = tidied;
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough)
}

/// Takes the text of a code block and its place.
fn code(events: Events<'_, '_>) -> (String, Option<Range<usize>>) {
    let mut body = String::new();
    let mut place: Option<Range<usize>> = None;
    for (event, range) in events {
        match event {
            Event::Text(text) => {
                body.push_str(&text);
                place = Some(place.map_or(range.clone(), |place| place.start..range.end));
            }
            Event::End(TagEnd::CodeBlock) => break,
            _ => {}
        }
    }
    (body, place)
}

/// Stands around a paragraph's role between reading its line and taking it off the paragraph; private use, so
/// that no text can hold it.
const ROLE: char = '\u{F1002}';

/// Splits the line `{.role}` off a paragraph.
fn split_role(text: &str) -> (Option<&str>, &str) {
    match text.split_once('\n') {
        Some((first, rest)) => match first.trim().strip_prefix("{.").and_then(|first| first.strip_suffix('}')) {
            Some(role) => (Some(role), rest),
            None => (None, text),
        },
        None => (None, text),
    }
}

/// Splits a trailing `{ #id }` off a text. (Tera reads `{#` as the start of a comment.)
fn split_id(text: &str) -> (&str, Option<&str>) {
    let found = text.trim_end().strip_suffix('}').and_then(|text| text.rsplit_once('{'));
    match found.and_then(|(before, id)| Some((before.trim_end(), id.trim().strip_prefix('#')?))) {
        Some((before, id)) => (before, Some(id)),
        None => (text, None),
    }
}

/// Takes the role's mark off a paragraph.
fn take_role(mut content: Vec<Inline>) -> (Role, Vec<Inline>) {
    let Some(Inline::Text(text)) = content.first_mut() else { return (Role::Body, content) };
    let Some((name, rest)) = text.strip_prefix(ROLE).and_then(|text| text.split_once(ROLE)) else {
        return (Role::Body, content);
    };
    let role = Role::from_name(name).unwrap_or(Role::Body);
    *text = rest.trim_start().to_owned();
    if text.is_empty() {
        content.remove(0);
    }
    (role, content)
}

#[cfg(test)]
mod tests;
