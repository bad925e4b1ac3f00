//! Paragraphs, lists and tables of a PDF that says what they are.
//!
//! Source: ISO 32000-1 §14.8.4, standard structure types.

use super::super::lines::Hyphens;
use super::backend::{Element, Kind};
use super::line::{Line, lines};
use super::{Page, Span, para};
use crate::document::draft::{Block, Cell, Para, Row, Table};

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
    /// Lines, page by page.
    lines: Vec<Line>,
    spans: Vec<Span>,
    page: usize,
}

/// Makes blocks of pages.
pub(super) fn blocks(pages: Vec<Page>) -> Vec<Block> {
    let mut groups: Vec<Group> = Vec::new();
    for (page, content) in pages.into_iter().enumerate() {
        for span in content.spans {
            let holder = holder(&span);
            let id = holder.map(|element| element.id);
            let item = span.path.iter().rev().find(|element| element.kind == Kind::Item).map(|element| element.id);
            let label = holder.is_some_and(|element| element.kind == Kind::Label);
            let same = groups.last().is_some_and(|group| {
                // The number of an item goes with the first paragraph of its text.
                group.id == id || (group.label && item.is_some() && group.item == item && !label)
            });
            match groups.last_mut() {
                Some(group) if same => {
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
                _ if span.text.trim().is_empty() => {}
                _ => {
                    let heading = holder.and_then(|element| match element.kind {
                        Kind::Heading(depth) => Some(depth.max(1)),
                        _ => None,
                    });
                    let place = place(&span);
                    groups.push(Group { id, item, label, heading, place, lines: Vec::new(), spans: vec![span], page });
                }
            }
        }
    }
    for group in &mut groups {
        group.settle();
    }
    let hyphens = Hyphens::new(groups.iter().flat_map(|group| &group.lines).map(|line| line.text.as_str()), true);
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
    blocks
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
