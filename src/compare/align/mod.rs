//! Which paragraphs and tables of two texts belong together.
//!
//! From sure to doubtful: texts that stand once in each draft are the backbone, of which the heaviest
//! choice without crossings stays in place; what lies next to it and is equal follows; then, gap by gap,
//! what stands once in the gap, and what is alike. In between, what is left over on both sides is looked
//! through for moves, so that a moved clause is not given away to a poor neighbour. Numbers of clauses
//! play no part in any of it: the text decides.

mod gaps;
mod likeness;
mod moves;
mod weave;

use std::ops::Range;

use crate::compare::Texts;
use crate::compare::spine;
use crate::compare::tokens::Tokens;
use crate::compare::words::Budget;
use crate::document::draft::Block;

pub(super) use likeness::{Likeness, Weighed};

/// A paragraph or a table, as a whole.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Ordinals of its paragraphs.
    pub(crate) paras: Range<usize>,
    /// Ordinal of the table, if it is one.
    pub(crate) table: Option<usize>,
    /// Digest of its words, noise and number apart.
    pub(crate) hash: u64,
    /// Its words.
    pub(crate) words: usize,
    /// Depth of the heading, if it is one.
    pub(crate) heading: Option<u8>,
}

/// What belongs together in a text: groups in order, and moves.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Units that belong together, in place: one with one, one with several (split), several with one
    /// (merged). In the order of both.
    pub(crate) groups: Vec<(Range<usize>, Range<usize>)>,
    /// Sections that stand elsewhere: pairs of units, in the order of the old text.
    pub(crate) moves: Vec<Vec<(usize, usize)>>,
}

/// Both drafts as the alignment sees them.
pub(super) struct Sides<'a> {
    pub(crate) old: &'a Texts<'a>,
    pub(crate) new: &'a Texts<'a>,
    pub(crate) old_tokens: &'a Tokens,
    pub(crate) new_tokens: &'a Tokens,
}

/// Lists the units of blocks that begin with a paragraph and a table of these ordinals.
pub(super) fn units(blocks: &[Block], texts: &Texts<'_>, tokens: &Tokens, first: (usize, usize)) -> Vec<Unit> {
    let (mut para, mut table) = first;
    let mut units = Vec::with_capacity(blocks.len());
    for block in blocks {
        let from = (para, table);
        advance(block, &mut para, &mut table);
        let mut hash = 0_u64;
        let mut words = 0;
        for token in tokens.bodies(from.0..para) {
            hash = (hash.rotate_left(7) ^ u64::from(token.loose + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            words += usize::from(token.class.is_word());
        }
        let (is_table, heading) = match block {
            Block::Table(_) => (Some(from.1), None),
            Block::Para(_) => (None, texts.paras[from.0].heading),
        };
        // A table is never the same as a paragraph.
        let hash = if is_table.is_some() { !hash } else { hash };
        units.push(Unit { paras: from.0..para, table: is_table, hash, words, heading });
    }
    units
}

/// Counts on past a block.
pub(super) fn advance(block: &Block, para: &mut usize, table: &mut usize) {
    match block {
        Block::Para(_) => *para += 1,
        Block::Table(inner) => {
            *table += 1;
            for block in inner.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks) {
                advance(block, para, table);
            }
        }
    }
}

/// Words that a text must have to hold its place by itself.
const ANCHOR_WORDS: usize = 4;

/// Finds out what belongs together. Moves are looked for where `with_moves` says so.
pub(super) fn plan(old: &[Unit], new: &[Unit], sides: &Sides<'_>, with_moves: bool, budget: &mut Budget) -> Plan {
    if old.len() == new.len()
        && old.iter().zip(new).all(|(a, b)| a.hash == b.hash && a.table.is_some() == b.table.is_some())
    {
        return Plan { groups: (0..old.len()).map(|at| (at..at + 1, at..at + 1)).collect(), moves: Vec::new() };
    }
    let mut links = Links { new_of: vec![None; old.len()], old_of: vec![None; new.len()] };
    links.backbone(old, new);
    links.extend(old, new);
    let mut weighed = Weighed::new(old, new, sides);
    gaps::equal(&mut links, &mut weighed, old, new, budget);
    let mut moved = Vec::new();
    if with_moves {
        moves::equal(&mut moved, &mut links, old, new);
    }
    for (near, far) in [(0.8, 0.8), (0.6, 0.62)] {
        gaps::alike(&mut links, &mut weighed, Likeness::Share(near), budget);
        if with_moves {
            moves::alike(&mut moved, &mut links, &mut weighed, far, budget);
        }
    }
    gaps::alike(&mut links, &mut weighed, Likeness::Weak, budget);
    let moves = moves::sections(moved, &mut links, old, new);
    gaps::lone(&mut links, old, new);
    let groups = weave::groups(&links, &weighed, budget);
    Plan { groups, moves }
}

/// Links between units; moved units are linked to one another, with [`Link::moved`].
#[derive(Debug)]
pub(super) struct Links {
    new_of: Vec<Option<Link>>,
    old_of: Vec<Option<Link>>,
}

/// A link to a unit of the other draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    unit: usize,
    moved: bool,
}

impl Links {
    fn link(&mut self, old: usize, new: usize, moved: bool) {
        self.new_of[old] = Some(Link { unit: new, moved });
        self.old_of[new] = Some(Link { unit: old, moved });
    }

    fn unlink(&mut self, old: usize, new: usize) {
        self.new_of[old] = None;
        self.old_of[new] = None;
    }

    /// Returns the links in place, in order.
    fn in_place(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.new_of
            .iter()
            .enumerate()
            .filter_map(|(old, link)| link.filter(|link| !link.moved).map(|link| (old, link.unit)))
    }

    /// Returns the stretches between links in place, old and new; either may be empty, not both. Moved
    /// units may be among them.
    fn gaps(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut gaps = Vec::new();
        let (mut old_at, mut new_at) = (0, 0);
        for (old, new) in self.in_place().chain([(self.new_of.len(), self.old_of.len())]) {
            if old > old_at || new > new_at {
                gaps.push((old_at..old, new_at..new));
            }
            (old_at, new_at) = (old + 1, new + 1);
        }
        gaps
    }

    fn free_old(&self, range: Range<usize>) -> Vec<usize> {
        range.filter(|unit| self.new_of[*unit].is_none()).collect()
    }

    fn free_new(&self, range: Range<usize>) -> Vec<usize> {
        range.filter(|unit| self.old_of[*unit].is_none()).collect()
    }

    fn backbone(&mut self, old: &[Unit], new: &[Unit]) {
        let hashes = |units: &[Unit]| units.iter().map(|unit| unit.hash).collect::<Vec<_>>();
        let candidates: Vec<_> = spine::unique_pairs(&hashes(old), &hashes(new))
            .into_iter()
            .filter(|(at, _)| old[*at].words >= ANCHOR_WORDS)
            .map(|(at, there)| (at, there, old[at].words as u64))
            .collect();
        for (at, there) in spine::heaviest(&candidates) {
            self.link(at, there, false);
        }
    }

    /// Links equal neighbours of what is linked in place, on both sides of it.
    fn extend(&mut self, old: &[Unit], new: &[Unit]) {
        for (gap_old, gap_new) in self.gaps() {
            let (mut a, mut b) = (gap_old.start, gap_new.start);
            while a < gap_old.end && b < gap_new.end && self.joins(a, b, old, new) {
                self.link(a, b, false);
                (a, b) = (a + 1, b + 1);
            }
            let (mut c, mut d) = (gap_old.end, gap_new.end);
            while c > a && d > b && self.joins(c - 1, d - 1, old, new) {
                (c, d) = (c - 1, d - 1);
                self.link(c, d, false);
            }
        }
    }

    fn joins(&self, a: usize, b: usize, old: &[Unit], new: &[Unit]) -> bool {
        self.new_of[a].is_none() && self.old_of[b].is_none() && old[a].hash == new[b].hash
    }
}
