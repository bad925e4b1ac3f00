//! Whether a redline gives back both drafts.
//!
//! Held to it are the lines themselves, not the way in which they were found: every paragraph of a draft
//! has to come exactly once, in order (but for what was moved), covered from its first byte to its last,
//! with its mark; and what counts as common has to be the same characters on both sides.

use super::{Line, Node, Seg, Status, StoryPair, TablePair, Texts, lines};
use crate::document::draft::Block;

/// Replaces what is not sound by something coarser that is, and returns how many stories or tables that
/// took.
pub(super) fn mend(stories: &mut [StoryPair], old: &Texts<'_>, new: &Texts<'_>) -> usize {
    let mut mended = 0;
    for story in stories {
        if is_sound(story, old, new) {
            continue;
        }
        mended += 1;
        let mut nodes = Vec::new();
        if let Some(a) = story.old {
            one_sided(&old.draft.stories[a].blocks, old.starts[a], Status::Deleted, &mut nodes);
        }
        if let Some(b) = story.new {
            one_sided(&new.draft.stories[b].blocks, new.starts[b], Status::Inserted, &mut nodes);
        }
        story.nodes = nodes;
    }
    mended
}

/// Returns whether a story's redline gives back both drafts.
pub(super) fn is_sound(story: &StoryPair, old: &Texts<'_>, new: &Texts<'_>) -> bool {
    let side = |index: Option<usize>, texts: &Texts<'_>, is_old: bool| {
        let (blocks, start): (&[Block], _) = match index {
            Some(index) => (&texts.draft.stories[index].blocks, texts.starts[index]),
            None => (&[], (0, 0)),
        };
        let mut walk = Walk { texts, is_old, para: start.0, table: start.1, at: None };
        walk.nodes(&story.nodes, blocks.len()) && walk.at.is_none()
    };
    side(story.old, old, true) && side(story.new, new, false) && same_is_same(&story.nodes, old, new)
}

/// A walk through a redline next to one of its drafts.
struct Walk<'a> {
    texts: &'a Texts<'a>,
    is_old: bool,
    /// Ordinal of the paragraph that comes next, or goes on.
    para: usize,
    /// Ordinal of the table that comes next.
    table: usize,
    /// Byte that the paragraph goes on at, if it was begun.
    at: Option<usize>,
}

impl Walk<'_> {
    fn belongs(&self, status: Status) -> bool {
        if self.is_old { status.in_old() } else { status.in_new() }
    }

    /// Whether nodes give the next so many blocks.
    fn nodes(&mut self, nodes: &[Node], mut blocks: usize) -> bool {
        for node in nodes {
            match node {
                Node::Line(line) => match self.line(line) {
                    None => return false,
                    Some(ended) => {
                        let Some(left) = blocks.checked_sub(usize::from(ended)) else { return false };
                        blocks = left;
                    }
                },
                Node::Table(table) => {
                    let ordinal = if self.is_old { table.old } else { table.new };
                    if ordinal.is_some() {
                        let Some(left) = blocks.checked_sub(1) else { return false };
                        blocks = left;
                        if ordinal != Some(self.table) || self.at.is_some() || !self.table(table) {
                            return false;
                        }
                    }
                }
            }
        }
        blocks == 0
    }

    /// Takes a line's part of the draft; `None` if it does not fit, else whether a paragraph ended.
    fn line(&mut self, line: &Line) -> Option<bool> {
        let ordinal = if self.is_old { line.old } else { line.new };
        let own: Vec<&Seg> = line.segs.iter().filter(|seg| self.belongs(seg.status)).collect();
        if own.is_empty() && !self.belongs(line.mark) {
            return Some(false);
        }
        let ordinal = ordinal?;
        let text = &self.texts.paras.get(ordinal)?.text;
        if ordinal != self.para {
            return None;
        }
        let mut at = self.at.unwrap_or(0);
        for seg in own {
            let range = if self.is_old { &seg.old } else { &seg.new };
            if range.start != at || range.end < range.start || !text.is_char_boundary(range.end) {
                return None;
            }
            at = range.end;
        }
        if self.belongs(line.mark) {
            (self.at, self.para) = (None, self.para + 1);
            return (at == text.len()).then_some(true);
        }
        self.at = Some(at);
        Some(false)
    }

    fn table(&mut self, redline: &TablePair) -> bool {
        let Some(table) = self.texts.tables.get(self.table) else { return false };
        self.table += 1;
        let mut next_row = 0;
        for row in &redline.rows {
            if !self.belongs(row.status) {
                continue;
            }
            if (if self.is_old { row.old } else { row.new }) != Some(next_row) {
                return false;
            }
            let Some(cells) = table.rows.get(next_row).map(|row| &row.cells) else { return false };
            next_row += 1;
            let mut next_cell = 0;
            for cell in &row.cells {
                if !self.belongs(cell.status) {
                    continue;
                }
                if (if self.is_old { cell.old } else { cell.new }) != Some(next_cell) {
                    return false;
                }
                let Some(content) = cells.get(next_cell) else { return false };
                next_cell += 1;
                if !self.nodes(&cell.nodes, content.blocks.len()) || self.at.is_some() {
                    return false;
                }
            }
            if next_cell != cells.len() {
                return false;
            }
        }
        next_row == table.rows.len()
    }
}

/// Whether what counts as common is the same characters, and the same objects, on both sides.
fn same_is_same(nodes: &[Node], old: &Texts<'_>, new: &Texts<'_>) -> bool {
    nodes.iter().all(|node| match node {
        Node::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).all(|cell| same_is_same(&cell.nodes, old, new))
        }
        Node::Line(line) => {
            let first = line.old.and_then(|at| old.paras.get(at));
            let second = line.new.and_then(|at| new.paras.get(at));
            line.segs.iter().filter(|seg| seg.status == Status::Same).all(|seg| {
                let (Some(first), Some(second)) = (first, second) else { return false };
                let same = first.text.get(seg.old.clone());
                same.is_some() && same == second.text.get(seg.new.clone())
            })
        }
    })
}

fn one_sided(blocks: &[Block], (mut para, mut table): (usize, usize), status: Status, nodes: &mut Vec<Node>) {
    whole(blocks, &mut para, &mut table, status, nodes);
}

fn whole(blocks: &[Block], para: &mut usize, table: &mut usize, status: Status, nodes: &mut Vec<Node>) {
    for block in blocks {
        match block {
            Block::Para(content) => {
                nodes.push(Node::Line(lines::single(content, *para, status)));
                *para += 1;
            }
            Block::Table(content) => {
                let ordinal = *table;
                *table += 1;
                let mut rows = Vec::with_capacity(content.rows.len());
                for (r, row) in content.rows.iter().enumerate() {
                    let mut cells = Vec::with_capacity(row.cells.len());
                    for (c, cell) in row.cells.iter().enumerate() {
                        let mut inner = Vec::new();
                        whole(&cell.blocks, para, table, status, &mut inner);
                        let at = |own: bool| own.then_some(c);
                        cells.push(super::CellPair {
                            status,
                            old: at(status.in_old()),
                            new: at(status.in_new()),
                            nodes: inner,
                        });
                    }
                    let at = |own: bool| own.then_some(r);
                    rows.push(super::RowPair {
                        status,
                        old: at(status.in_old()),
                        new: at(status.in_new()),
                        cells,
                        change: None,
                    });
                }
                let at = |own: bool| own.then_some(ordinal);
                nodes.push(Node::Table(TablePair {
                    old: at(status.in_old()),
                    new: at(status.in_new()),
                    rows,
                    change: None,
                }));
            }
        }
    }
}
