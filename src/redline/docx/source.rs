//! A paragraph taken apart, in the order of its file.

use std::sync::Arc;

use super::side::{ParaAt, Side};
use super::units::Units;
use crate::ooxml::{Kind, NodeId, PieceKind, Pieces, Tag, Tape};

/// A step through a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// What wraps runs begins: a hyperlink, a content control.
    Open(NodeId),
    /// It ends.
    Close(NodeId),
    /// A piece, by index.
    Piece(usize),
}

/// A paragraph taken apart.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// Its ordinal.
    pub(super) ordinal: usize,
    /// Its place.
    pub(super) at: ParaAt<'a>,
    /// Its part.
    pub(super) tape: Arc<Tape>,
    /// Its text and pieces.
    pub(super) pieces: Pieces,
    /// Its fields.
    pub(super) units: Units,
    /// Steps through it.
    pub(super) items: Vec<Item>,
    /// The hyperlink that each piece is in; empty if there is none.
    links: Vec<Option<NodeId>>,
    /// The next step.
    pub(super) next: usize,
    /// How much of its text is written, in bytes.
    pub(super) position: usize,
    /// Wrappers that go on in the next paragraph that is made of it.
    pub(super) reopen: Vec<NodeId>,
}

impl<'a> Source<'a> {
    /// Takes a paragraph apart.
    pub(super) fn new(side: &Side<'a>, ordinal: usize) -> Option<Self> {
        let at = side.para(ordinal)?;
        let tape = side.tape(at.part);
        let mut pieces = Pieces::default();
        side.pieces(&at, &tape, &mut pieces);
        let units = Units::find(&pieces.list);
        let mut items = Vec::with_capacity(pieces.list.len() + 4);
        let mut next = 0;
        for node in at.nodes {
            walk(&tape, *node, &pieces, &mut next, &mut items);
        }
        let links = links(&tape, &items, pieces.list.len());
        Some(Self { ordinal, at, tape, pieces, units, items, links, next: 0, position: 0, reopen: Vec::new() })
    }

    /// Returns the properties of a run as written; empty if it has none.
    pub(super) fn look(&self, run: NodeId) -> &str {
        self.tape.child(run, Tag::RPr).map_or("", |node| self.tape.outer(node))
    }

    /// Returns the digest of the look that the text has at a place, in bytes.
    pub(super) fn digest(&self, at: usize) -> Option<u64> {
        let runs = &self.at.para.runs;
        runs.get(runs.partition_point(|run| run.end <= at)).map(|run| run.look)
    }

    /// Returns where the text of each run begins but the first, in bytes.
    pub(super) fn run_starts(&self) -> Vec<usize> {
        let shown = self.pieces.list.iter().filter(|piece| piece.end > piece.start);
        let runs: Vec<_> = shown.map(|piece| (piece.run, piece.start as usize)).collect();
        runs.windows(2).filter(|two| two[0].0 != two[1].0).map(|two| two[1].1).collect()
    }

    /// Returns the hyperlink that a piece is in.
    pub(super) fn link(&self, piece: usize) -> Option<NodeId> {
        self.links.get(piece).copied().flatten()
    }

    /// Returns the run of the first text from a piece on, or of the last one before it.
    pub(super) fn near_run(&self, piece: usize) -> Option<NodeId> {
        let text = |at: &usize| self.pieces.list.get(*at).filter(|p| p.kind == PieceKind::Text && p.end > p.start)?.run;
        let length = self.pieces.list.len();
        (0..piece.min(length)).rev().find_map(|at| text(&at)).or_else(|| (piece..length).find_map(|at| text(&at)))
    }
}

fn links(tape: &Tape, items: &[Item], pieces: usize) -> Vec<Option<NodeId>> {
    let is_link = |node: &NodeId| tape.tag(*node) == Tag::Hyperlink;
    if !items.iter().any(|item| matches!(item, Item::Open(node) if is_link(node))) {
        return Vec::new();
    }
    let mut links = vec![None; pieces];
    let mut open: Vec<NodeId> = Vec::new();
    for item in items {
        match item {
            Item::Open(node) => open.push(*node),
            Item::Close(_) => {
                open.pop();
            }
            Item::Piece(at) => {
                if let Some(link) = links.get_mut(*at) {
                    *link = open.iter().rev().copied().find(is_link);
                }
            }
        }
    }
    links
}

fn walk(tape: &Tape, paragraph: NodeId, pieces: &Pieces, next: &mut usize, items: &mut Vec<Item>) {
    let mut node = paragraph + 1;
    let end = tape.close(paragraph);
    while node < end {
        let tag = tape.tag(node);
        if tape.kind(node) == Kind::End {
            // The end of a simple field is its piece once more.
            let simple = pieces.list.get(*next).filter(|_| tag == Tag::FldSimple);
            if simple.is_some_and(|piece| tape.close(piece.node) == node) {
                items.push(Item::Piece(*next));
                *next += 1;
            } else if wraps(tag)
                && let Some(Item::Open(open)) = items
                    .iter()
                    .rev()
                    .find(|item| matches!(item, Item::Open(open) if tape.close(*open) == node))
                    .copied()
            {
                items.push(Item::Close(open));
            }
            node += 1;
            continue;
        }
        if matches!(tag, Tag::PPr | Tag::SdtPr | Tag::RPr) {
            node = tape.after(node);
            continue;
        }
        if pieces.list.get(*next).is_some_and(|piece| piece.node == node) {
            items.push(Item::Piece(*next));
            *next += 1;
            if tag == Tag::FldSimple {
                if tape.kind(node) == Kind::Empty && pieces.list.get(*next).is_some_and(|piece| piece.node == node) {
                    items.push(Item::Piece(*next));
                    *next += 1;
                }
                node += 1;
            } else {
                node = tape.after(node);
            }
            continue;
        }
        if wraps(tag) && tape.kind(node) == Kind::Start {
            items.push(Item::Open(node));
        }
        node += 1;
    }
}

/// Returns whether an element is kept around the runs in it.
fn wraps(tag: Tag) -> bool {
    matches!(tag, Tag::Hyperlink | Tag::SmartTag | Tag::CustomXml | Tag::Dir | Tag::Bdo | Tag::Sdt)
}
