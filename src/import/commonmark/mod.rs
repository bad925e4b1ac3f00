//! CommonMark with tables and footnotes to blocks: files that people wrote, and those that the program wrote.
//!
//! Templates have a reader of their own ([`super::markdown`]), since data is carried over in them. Here nothing is
//! changed but what the syntax asks for. What is left out is told. In [`Dialect::Written`], lists of dashes are
//! clauses and headings begin with their numbers; see [`crate::export::markdown`].
//!
//! Source: CommonMark 0.31.2; GitHub Flavored Markdown for tables, footnotes and task lists.

mod html;
mod inline;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use self::html::Tag as HtmlTag;
use self::inline::Run;
use super::fence;
use super::markdown::{Dialect, Reading};
use crate::diagnostic::Code;
use crate::document::{Align, Block, Inline, Parallel, Role};
use crate::locale::Locale;

/// Deepest nesting of blocks and inline content; what is deeper is taken as plain text. A hostile text must not
/// exhaust the stack.
const MAX_NESTING: usize = 40;
/// Most text that footnotes cited more than once may add, in bytes.
const MAX_COPIED: usize = 1 << 20;
/// Most remarks on what is left out.
const MAX_FAULTS: usize = 100;

/// Reads a text as blocks; `base` is its place in the source.
pub(super) fn blocks(reading: &mut Reading<'_>, text: &str, base: usize) -> Vec<Block> {
    if reading.depth >= MAX_NESTING {
        let content = vec![Inline::Text(text.trim().to_owned())];
        return vec![Block::Para { content, role: Role::Body }];
    }
    reading.depth += 1;
    let blocks = Reader::new(reading, text, base).blocks(None);
    reading.depth -= 1;
    blocks
}

/// Reads a text as inline content: what stands in one paragraph.
pub(super) fn inline(reading: &mut Reading<'_>, text: &str, base: usize) -> Vec<Inline> {
    joined(blocks(reading, text, base))
}

/// Takes the text of blocks as one paragraph.
fn joined(blocks: Vec<Block>) -> Vec<Inline> {
    let mut content: Vec<Inline> = Vec::new();
    for block in blocks {
        let more = match block {
            Block::Para { content, .. } | Block::Heading { content, .. } => content,
            Block::Quote(inner) | Block::Note(inner) | Block::Clause { blocks: inner, .. } => joined(inner),
            Block::List { items, .. } => joined(items.into_iter().flatten().collect()),
            Block::Code(text) => vec![Inline::Code(text)],
            _ => continue,
        };
        if !content.is_empty() && !more.is_empty() {
            content.push(Inline::Break);
        }
        content.extend(more);
    }
    content
}

/// A footnote's definition.
struct Note {
    /// First event within it, and the first after it.
    events: Range<usize>,
    /// What it was read as, once it was.
    content: Option<Vec<Inline>>,
    /// Whether it is being read.
    open: bool,
}

struct Reader<'r, 's, 't> {
    reading: &'r mut Reading<'s>,
    text: &'t str,
    base: usize,
    events: Vec<(Event<'t>, Range<usize>)>,
    at: usize,
    /// How deep blocks and inline content are nested here.
    depth: usize,
    /// How many clauses are around.
    clauses: u8,
    notes: BTreeMap<String, Note>,
    /// How much text footnotes that were cited again have added.
    copied: usize,
}

/// A block, or a paragraph with the attributes that stand after it.
enum Piece {
    Block(Block),
    Text { run: Run, role: Role },
}

impl<'r, 's, 't> Reader<'r, 's, 't> {
    fn new(reading: &'r mut Reading<'s>, text: &'t str, base: usize) -> Self {
        let common = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_FOOTNOTES;
        let options = match reading.dialect {
            Dialect::Written | Dialect::Template => common | Options::ENABLE_WIKILINKS,
            Dialect::Free => common | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM,
        };
        let events: Vec<_> = Parser::new_ext(text, options).into_offset_iter().collect();
        let mut notes = BTreeMap::new();
        let mut open = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => open.push((label.to_string(), at + 1)),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, start)) = open.pop() {
                        notes.entry(label).or_insert(Note { events: start..at + 1, content: None, open: false });
                    }
                }
                _ => {}
            }
        }
        let depth = reading.depth;
        Self { reading, text, base, events, at: 0, depth, clauses: 0, notes, copied: 0 }
    }

    fn written(&self) -> bool {
        self.reading.dialect == Dialect::Written
    }

    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let next = self.events.get(self.at).cloned();
        self.at += 1;
        next
    }

    /// Tells what is left out.
    fn leave_out(&mut self, range: &Range<usize>, message: String, hint: &str) {
        if self.reading.faults.len() < MAX_FAULTS {
            let place = self.base + range.start..self.base + range.end;
            self.reading.fault(Code::MarkdownUnsupported, place, message, hint);
        }
    }

    fn leave_html_out(&mut self, html: &str, range: &Range<usize>) {
        let html: String = html.trim().chars().take(80).collect();
        if !html.is_empty() {
            self.leave_out(range, format!("HTML is left out: `{html}`"), "write it in Markdown");
        }
    }

    /// Reads blocks up to the end tag.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Block> {
        let pieces = self.pieces(end, false);
        settled(pieces)
    }

    /// Reads blocks up to the end tag, or within a `<div>` up to its end.
    fn pieces(&mut self, end: Option<TagEnd>, in_div: bool) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.depth >= MAX_NESTING {
            pieces.push(Piece::Block(Block::Para { content: self.flat(end), role: Role::Body }));
            return pieces;
        }
        self.depth += 1;
        while let Some((event, range)) = self.next() {
            match event {
                Event::End(tag) if Some(tag) == end => {
                    // The end of what is around a `<div>` ends that as well.
                    self.at -= usize::from(in_div);
                    break;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let html = self.html_block();
                    match html::read(&html) {
                        Some(HtmlTag::Comment) => {}
                        Some(HtmlTag::Close(name)) if name == "div" && in_div => break,
                        Some(HtmlTag::Parallel(locales)) => {
                            let parallel = self.parallel(end, locales);
                            pieces.push(Piece::Block(parallel));
                        }
                        // A side that stands alone is text.
                        Some(HtmlTag::Side) => pieces.extend(self.pieces(end, true)),
                        _ => self.leave_html_out(&html, &range),
                    }
                }
                Event::Start(Tag::FootnoteDefinition(_)) => self.pass_definition(),
                Event::Start(tag) if !inline::is_inline(&tag) => self.block(tag, &range, &mut pieces),
                Event::Rule => pieces.push(Piece::Block(Block::Rule)),
                Event::End(_) => {}
                // Items of tight lists hold text without a paragraph around it.
                _ => {
                    let at = self.at;
                    self.at -= 1;
                    let (run, role) = self.run();
                    // What is not read as text either is passed over.
                    self.at = self.at.max(at);
                    pieces.extend((!run.content.is_empty()).then_some(Piece::Text { run, role }));
                }
            }
        }
        self.depth -= 1;
        pieces
    }

    /// Passes over the definition of a footnote, which is read where it is cited.
    fn pass_definition(&mut self) {
        let mut open = 1;
        while open > 0 {
            match self.next() {
                Some((Event::Start(Tag::FootnoteDefinition(_)), _)) => open += 1,
                Some((Event::End(TagEnd::FootnoteDefinition), _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
    }

    fn block(&mut self, tag: Tag<'t>, range: &Range<usize>, pieces: &mut Vec<Piece>) {
        match tag {
            Tag::Paragraph => {
                let (run, role) = self.run();
                pieces.extend((!run.content.is_empty()).then_some(Piece::Text { run, role }));
            }
            Tag::Heading { level, id, attrs, .. } => {
                let (run, _) = self.run();
                let written = attrs.iter().find(|(key, _)| key.as_ref() == "level");
                let written = written.and_then(|(_, value)| value.as_ref()?.parse().ok());
                let depth = u8::try_from(level as usize).unwrap_or(6);
                let level = if self.written() { written.unwrap_or(depth.max(2) - 1) } else { depth };
                let id = run.own.or(id.map(CowStr::into_string));
                let (number, content) = match self.written() && !run.guarded {
                    true => inline::numbered(run.content),
                    false => (None, run.content),
                };
                pieces.push(Piece::Block(Block::Heading { level, number, id, content }));
            }
            Tag::List(start) => {
                let dashes = self.text[range.start..].starts_with('-');
                self.list(start, self.written() && start.is_none() && dashes, pieces);
            }
            Tag::BlockQuote(kind) => {
                let inner = self.blocks(Some(TagEnd::BlockQuote(kind)));
                pieces.push(Piece::Block(match kind {
                    Some(BlockQuoteKind::Note | BlockQuoteKind::Tip | BlockQuoteKind::Important) => Block::Note(inner),
                    Some(BlockQuoteKind::Warning | BlockQuoteKind::Caution) => Block::Note(inner),
                    None => Block::Quote(inner),
                }));
            }
            Tag::Table(align) => {
                let table = self.table(&align);
                pieces.push(Piece::Block(table));
            }
            Tag::CodeBlock(kind) => {
                let (mut body, bytes) = self.code();
                let bytes = bytes.unwrap_or(range.clone());
                let whole = self.base + range.start..self.base + range.end;
                match &kind {
                    CodeBlockKind::Fenced(name) if self.is_fence(name.trim()) => {
                        let bytes = self.base + bytes.start..self.base + bytes.end;
                        let depth = std::mem::replace(&mut self.reading.depth, self.depth);
                        let block = fence::read(self.reading, name.trim(), &body, bytes, whole);
                        self.reading.depth = depth;
                        pieces.extend(block.map(Piece::Block));
                    }
                    _ => {
                        if body.ends_with('\n') {
                            body.pop();
                        }
                        pieces.push(Piece::Block(Block::Code(body)));
                    }
                }
            }
            other => {
                let inner = self.pieces(Some(other.to_end()), false);
                pieces.extend(inner);
            }
        }
    }

    /// Whether a fenced block is one of the document's, not a listing.
    fn is_fence(&self, name: &str) -> bool {
        fence::NAMES.contains(&name)
    }

    fn list(&mut self, start: Option<u64>, dashes: bool, pieces: &mut Vec<Piece>) {
        self.clauses += u8::from(dashes && self.clauses < u8::MAX);
        let level = self.clauses;
        let mut items = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.pieces(Some(TagEnd::Item), false)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        self.clauses -= u8::from(dashes && self.clauses > 0);
        if dashes && items.first().and_then(|item| item.first()).is_some_and(starts_strong) {
            pieces.extend(items.into_iter().map(|item| Piece::Block(clause(item, level))));
            return;
        }
        let items: Vec<_> = items.into_iter().map(settled).collect();
        let paragraphs = |item: &Vec<Block>| item.iter().filter(|block| matches!(block, Block::Para { .. })).count();
        let tight = items.iter().all(|item| paragraphs(item) <= 1);
        pieces.push(Piece::Block(Block::List { start, tight, items }));
    }

    fn table(&mut self, align: &[Alignment]) -> Block {
        let align: Vec<Align> = align
            .iter()
            .map(|align| match align {
                Alignment::None | Alignment::Left => Align::Start,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::End,
            })
            .collect();
        let mut lines: Vec<Vec<Vec<Inline>>> = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => lines.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let (run, _) = self.run();
                    if let Some(line) = lines.last_mut() {
                        line.push(run.content);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let mut lines = lines.into_iter();
        let header = lines.next().unwrap_or_default();
        let rows: Vec<_> = lines.collect();
        let total = rows.last().and_then(|row| row.first()).is_some_and(|cell| matches!(cell[..], [Inline::Strong(_)]));
        Block::Table { align, header, rows, total }
    }

    /// Reads two languages side by side, up to the end of their `<div>`.
    fn parallel(&mut self, end: Option<TagEnd>, locales: [Locale; 2]) -> Block {
        let mut sides: Vec<Vec<Block>> = Vec::new();
        while let Some((event, range)) = self.next() {
            match event {
                Event::End(tag) if Some(tag) == end => {
                    self.at -= 1;
                    break;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let html = self.html_block();
                    match html::read(&html) {
                        Some(HtmlTag::Side) => sides.push(settled(self.pieces(end, true))),
                        Some(HtmlTag::Close(_)) => break,
                        Some(HtmlTag::Comment) => {}
                        _ => self.leave_html_out(&html, &range),
                    }
                }
                Event::Start(Tag::FootnoteDefinition(_)) => self.pass_definition(),
                Event::Start(tag) if !inline::is_inline(&tag) => {
                    // Text between the sides belongs to the one before.
                    let mut pieces = Vec::new();
                    self.depth += 1;
                    self.block(tag, &range, &mut pieces);
                    self.depth -= 1;
                    match sides.last_mut() {
                        Some(side) => side.extend(settled(pieces)),
                        None => sides.push(settled(pieces)),
                    }
                }
                _ => {}
            }
        }
        let mut sides = sides.into_iter();
        let rows = std::iter::from_fn(|| Some([sides.next()?, sides.next().unwrap_or_default()])).collect();
        Block::Parallel(Parallel { locales, rows })
    }

    /// Takes a block of HTML.
    fn html_block(&mut self) -> String {
        let mut html = String::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Html(part) | Event::Text(part) => html.push_str(&part),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        html
    }

    /// Takes the text of a listing and its place.
    fn code(&mut self) -> (String, Option<Range<usize>>) {
        let mut body = String::new();
        let mut place: Option<Range<usize>> = None;
        while let Some((event, range)) = self.next() {
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

    /// Takes the plain text of what is nested too deep, up to the end tag.
    fn flat(&mut self, end: Option<TagEnd>) -> Vec<Inline> {
        let mut text = String::new();
        let mut open = 0;
        while let Some((event, _)) = self.next() {
            match event {
                Event::End(tag) if Some(tag) == end && open == 0 => break,
                Event::Start(tag) if Some(tag.to_end()) == end => open += 1,
                Event::End(tag) if Some(tag) == end => open -= 1,
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
                _ => {}
            }
        }
        let text = text.trim().to_owned();
        if text.is_empty() { Vec::new() } else { vec![Inline::Text(text)] }
    }

    /// Returns the content of a footnote, or its label in brackets where there is none to be had.
    fn note(&mut self, label: &str) -> Inline {
        let none = Inline::Text(format!("[^{label}]"));
        let Some(note) = self.notes.get_mut(label).filter(|note| !note.open) else { return none };
        if let Some(content) = &note.content {
            self.copied += crate::document::walk::plain(content).len() + 1;
            return if self.copied > MAX_COPIED { none } else { Inline::Note(content.clone()) };
        }
        if self.depth >= MAX_NESTING {
            return none;
        }
        note.open = true;
        let back = std::mem::replace(&mut self.at, note.events.start);
        let content = joined(self.blocks(Some(TagEnd::FootnoteDefinition)));
        self.at = back;
        if let Some(note) = self.notes.get_mut(label) {
            note.open = false;
            note.content = Some(content.clone());
        }
        Inline::Note(content)
    }
}

/// Turns pieces into blocks; identifiers after paragraphs become targets.
fn settled(pieces: Vec<Piece>) -> Vec<Block> {
    let block = |piece| match piece {
        Piece::Block(block) => block,
        Piece::Text { mut run, role } => {
            run.content.extend(run.id.map(Inline::Anchor));
            Block::Para { content: run.content, role }
        }
    };
    pieces.into_iter().map(block).collect()
}

fn starts_strong(piece: &Piece) -> bool {
    matches!(piece, Piece::Text { run, role: Role::Body } if matches!(run.content.first(), Some(Inline::Strong(_))))
}

/// Makes a clause of an item: `**3.1** Text { #id }`.
fn clause(item: Vec<Piece>, usual: u8) -> Block {
    let mut pieces = item.into_iter().peekable();
    let (mut number, mut level, mut id) = (String::new(), usual, None);
    let mut blocks = Vec::new();
    if let Some(Piece::Text { mut run, role }) = pieces.next_if(starts_strong) {
        if let Inline::Strong(content) = run.content.remove(0) {
            number = crate::document::walk::plain(&content);
        }
        inline::drop_blank(&mut run.content);
        level = run.level.unwrap_or(usual);
        id = run.own.or(run.id);
        if !run.content.is_empty() {
            blocks.push(Block::Para { content: run.content, role });
        }
    }
    blocks.extend(settled(pieces.collect()));
    Block::Clause { number, level, id, blocks }
}
