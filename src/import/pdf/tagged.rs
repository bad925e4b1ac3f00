//! Paragraphs, lists and tables of a PDF that says what they are.
//!
//! Source: ISO 32000-1 §14.8.4, standard structure types.

use super::super::lines::Hyphens;
use super::backend::{Element, Kind};
use super::line::{Line, lines};
use super::{Page, Span, para};
use crate::document::draft::{Block, Cell, Para, Row, Table};

/// How far back a paragraph that goes on is looked for.
const BACK: usize = 4;

/// Whether nearly all text of a file belongs to paragraphs, headings, items or cells that are marked as such.
pub(super) fn is_tagged(pages: &[Page]) -> bool {
    let (mut marked, mut all, mut elements) = (0usize, 0usize, 0usize);
    let mut last = None;
    for span in pages.iter().flat_map(|page| &page.spans) {
        let letters = span.text.trim().len();
        all += letters;
        if let Some(element) = holder(span) {
            marked += letters;
            elements += usize::from(last != Some(element.id));
            last = Some(element.id);
        }
    }
    // A file whose whole text is one paragraph says nothing.
    marked * 100 >= all * 95 && elements * 4000 > all
}

/// Returns the element that makes a paragraph of its own: the innermost that is one.
fn holder(span: &Span) -> Option<Element> {
    let makes = |element: &&Element| {
        matches!(element.kind, Kind::Paragraph | Kind::Heading(_) | Kind::Label | Kind::Body | Kind::Cell | Kind::Note)
    };
    span.path.iter().rev().find(makes).copied()
}

/// A paragraph in the making.
struct Group {
    /// Element that it is, with the item that a number stands for.
    id: Option<(u32, u16)>,
    item: Option<(u32, u16)>,
    /// Whether only the number of an item was seen.
    label: bool,
    heading: Option<u8>,
    /// Table, row and cell.
    place: Option<[(u32, u16); 3]>,
    /// Note that it is part of.
    note: Option<(u32, u16)>,
    /// Lines, page by page.
    lines: Vec<Line>,
    spans: Vec<Span>,
    page: usize,
}

/// Makes blocks of pages, those of the notes at the end. Returns them, and how many notes there are.
pub(super) fn blocks(pages: Vec<Page>) -> (Vec<Block>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    for (page, content) in pages.into_iter().enumerate() {
        for span in content.spans {
            if refers(&span) {
                continue;
            }
            let holder = holder(&span);
            let id = holder.map(|element| element.id);
            let item = span.path.iter().rev().find(|element| element.kind == Kind::Item).map(|element| element.id);
            let label = holder.is_some_and(|element| element.kind == Kind::Label);
            // A paragraph goes on after a note that stands in its midst.
            let near = groups.iter().rev().take(BACK).position(|group| id.is_some() && group.id == id);
            let same = near.map(|back| groups.len() - 1 - back).or_else(|| {
                // The number of an item goes with the first paragraph of its text.
                let last = groups.last()?;
                let number = last.label && last.note.is_none() && item.is_some() && last.item == item && !label;
                (number || (id.is_none() && last.id.is_none())).then(|| groups.len() - 1)
            });
            match same.and_then(|at| groups.get_mut(at)) {
                Some(group) => {
                    if group.page != page {
                        group.settle();
                        group.page = page;
                    }
                    if group.label && !label {
                        group.id = id;
                        group.label = false;
                    }
                    group.spans.push(span);
                }
                // Blanks between elements belong to none.
                None if span.text.trim().is_empty() => {}
                None => {
                    let heading = holder.and_then(|element| match element.kind {
                        Kind::Heading(depth) => Some(depth.max(1)),
                        _ => None,
                    });
                    let place = place(&span);
                    let note = span.path.iter().find(|element| element.kind == Kind::Note).map(|element| element.id);
                    groups.push(Group {
                        id,
                        item,
                        label,
                        heading,
                        place,
                        note,
                        lines: Vec::new(),
                        spans: vec![span],
                        page,
                    });
                }
            }
        }
    }
    for group in &mut groups {
        group.settle();
    }
    let hyphens = Hyphens::new(groups.iter().flat_map(|group| &group.lines).map(|line| line.text.as_str()), true);
    let (noted, groups): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|group| group.note.is_some());
    let count = noted.chunk_by(|a, b| a.note == b.note).count();
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        match group.place {
            None => {
                blocks.extend(group.para(&hyphens).map(Block::Para));
                at += 1;
            }
            Some([table, ..]) => {
                let rest = &groups[at..];
                let count = rest.iter().take_while(|group| group.place.is_some_and(|place| place[0] == table)).count();
                blocks.push(Block::Table(rows(&rest[..count], &hyphens)));
                at += count;
            }
        }
    }
    let notes = noted.chunk_by(|a, b| a.note == b.note);
    blocks.extend(notes.flat_map(|groups| note(groups, &hyphens)));
    (blocks, count)
}

/// Makes paragraphs of a note; the first begins with the mark of the note.
fn note(groups: &[Group], hyphens: &Hyphens) -> Vec<Block> {
    let (mark, text) = match groups.split_first() {
        Some((first, rest)) if first.label => (first.para(hyphens), rest),
        _ => (None, groups),
    };
    let mut paras: Vec<Para> = text.iter().filter_map(|group| group.para(hyphens)).collect();
    match (mark, paras.first_mut()) {
        (Some(mark), Some(first)) => first.text = format!("{} {}", mark.text.trim(), first.text),
        (Some(mark), None) => paras.push(mark),
        (None, _) => {}
    }
    paras.into_iter().map(Block::Para).collect()
}

/// Returns whether a piece of text refers to a note: a mark in the midst of a paragraph. A number that an item
/// or a heading begins with stands before its text, or in the heading.
fn refers(span: &Span) -> bool {
    let mut kinds = span.path.iter().rev().map(|element| element.kind).skip_while(|kind| *kind == Kind::Other);
    let label = kinds.next() == Some(Kind::Label);
    let within = kinds.find(|kind| *kind != Kind::Other);
    label && matches!(within, Some(Kind::Paragraph | Kind::Body | Kind::Cell)) && span.text.trim().chars().count() < 5
}

/// Returns the outermost table of a piece of text, with its row and cell.
fn place(span: &Span) -> Option<[(u32, u16); 3]> {
    let after = |from: usize, kind: Kind| {
        let at = span.path.iter().skip(from).position(|element| element.kind == kind)? + from;
        Some((at, span.path[at].id))
    };
    let (table_at, table) = after(0, Kind::Table)?;
    let (row_at, row) = after(table_at, Kind::Row)?;
    let (_, cell) = after(row_at, Kind::Cell)?;
    Some([table, row, cell])
}

fn rows(groups: &[Group], hyphens: &Hyphens) -> Table {
    let mut table = Table::default();
    let mut last: Option<[(u32, u16); 3]> = None;
    for group in groups {
        let Some(here) = group.place else { continue };
        let Some(para) = group.para(hyphens) else { continue };
        let same = |at: usize| last.is_some_and(|last| last[at] == here[at]);
        if !same(1) {
            let source = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
            table.rows.push(Row { cells: Vec::new(), source });
        }
        let Some(row) = table.rows.last_mut() else { continue };
        match row.cells.last_mut() {
            Some(cell) if same(1) && same(2) => cell.blocks.push(Block::Para(para)),
            _ => {
                let source = u32::try_from(row.cells.len()).unwrap_or(u32::MAX);
                row.cells.push(Cell { blocks: vec![Block::Para(para)], columns: 1, joined: false, source });
            }
        }
        last = Some(here);
    }
    table
}

impl Group {
    /// Makes lines of the pieces of one page.
    fn settle(&mut self) {
        self.lines.extend(lines(&self.spans));
        self.spans.clear();
    }

    fn para(&self, hyphens: &Hyphens) -> Option<Para> {
        let mut text = String::new();
        for line in &self.lines {
            if text.is_empty() {
                text.push_str(&line.text);
            } else {
                hyphens.join(&mut text, &line.text);
            }
        }
        (!text.is_empty()).then(|| para(text, self.heading))
    }
}
