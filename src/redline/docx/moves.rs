//! Ranges of moves.
//!
//! What was moved stands between the start and the end of a range at either place, and both ranges have the
//! same name (ECMA-376 part 1, 17.13.5.21 to 17.13.5.28). A moved section is one range at each place, as far as
//! nothing stands in its midst that stays.

use std::collections::HashMap;

use super::carried::is_carried;
use crate::compare::{Comparison, Line, Node, Status};

/// What begins and ends at a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ends {
    /// The range of a move from here that begins with it.
    pub(super) from_start: Option<u32>,
    /// The one that ends with it.
    pub(super) from_end: Option<u32>,
    /// The range of a move to here that begins with it.
    pub(super) to_start: Option<u32>,
    /// The one that ends with it.
    pub(super) to_end: Option<u32>,
}

/// The ranges of all moves. A line is known by its address.
#[derive(Debug, Default)]
pub(super) struct Moves(HashMap<usize, Ends>);

/// A line that has moved text.
struct Moved {
    line: usize,
    /// Place among all lines; a table and the end of a container take a place of their own.
    at: usize,
}

/// All lines in the order of the redline.
#[derive(Default)]
struct Walk {
    at: usize,
    /// Places of what stays: no range goes over them.
    stays: Vec<usize>,
    from: HashMap<usize, Vec<Moved>>,
    to: HashMap<usize, Vec<Moved>>,
}

fn address(line: &Line) -> usize {
    std::ptr::from_ref(line).addr()
}

impl Walk {
    /// Takes a container.
    fn nodes(&mut self, nodes: &[Node]) {
        self.lines(nodes);
        self.at += 1;
        self.stays.push(self.at);
    }

    fn lines(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.at += 1;
            match node {
                Node::Line(line) => {
                    let has = |status| line.mark == status || line.segs.iter().any(|seg| seg.status == status);
                    let (from, to) = (has(Status::MovedFrom), has(Status::MovedTo));
                    let moved = || Moved { line: address(line), at: self.at };
                    if let (true, Some(old)) = (from, line.old) {
                        self.from.entry(old).or_default().push(moved());
                    }
                    if let (true, Some(new)) = (to, line.new) {
                        self.to.entry(new).or_default().push(moved());
                    }
                    // A range from here does not go over one to here, either.
                    if from || to || line.mark == Status::Same {
                        self.stays.push(self.at);
                    }
                }
                Node::Table(table) => {
                    // A range goes over a table that goes along with its section.
                    let carried = is_carried(table);
                    if !carried {
                        self.stays.push(self.at);
                    }
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        if carried {
                            self.lines(&cell.nodes);
                            continue;
                        }
                        self.nodes(&cell.nodes);
                        self.at += 1;
                        self.stays.push(self.at);
                    }
                }
            }
        }
    }

    /// Returns whether nothing stays between two places.
    fn is_clear(&self, from: usize, to: usize) -> bool {
        let next = self.stays.partition_point(|at| *at <= from);
        from < to && self.stays.get(next).is_none_or(|at| *at >= to)
    }
}

impl Moves {
    /// Finds the ranges of a comparison.
    pub(super) fn new(comparison: &Comparison) -> Self {
        let mut moves = Self::default();
        if comparison.moves.is_empty() {
            return moves;
        }
        let mut walk = Walk::default();
        for story in &comparison.stories {
            walk.nodes(&story.nodes);
        }
        let mut range = 0;
        for moved in &comparison.moves {
            // The first and the last line at both places, as far as the range goes.
            let mut open: Option<[(usize, usize); 4]> = None;
            for (old, new) in &moved.pairs {
                let (Some(from), Some(to)) = (walk.from.get(old), walk.to.get(new)) else { continue };
                let Some(own) = ends(from).zip(ends(to)).map(|((a, b), (c, d))| [a, b, c, d]) else { continue };
                // Several lines of one paragraph with something between them that stays make no range.
                let whole = |lines: &[Moved]| lines.windows(2).all(|two| walk.is_clear(two[0].at, two[1].at));
                if !whole(from) || !whole(to) {
                    continue;
                }
                open = Some(match open {
                    Some([a, b, c, d]) if walk.is_clear(b.1, own[0].1) && walk.is_clear(d.1, own[2].1) => {
                        [a, own[1], c, own[3]]
                    }
                    Some(done) => {
                        moves.add(done, &mut range);
                        own
                    }
                    None => own,
                });
            }
            if let Some(done) = open {
                moves.add(done, &mut range);
            }
        }
        moves
    }

    fn add(&mut self, [a, b, c, d]: [(usize, usize); 4], range: &mut u32) {
        *range += 1;
        self.0.entry(a.0).or_default().from_start = Some(*range);
        self.0.entry(b.0).or_default().from_end = Some(*range);
        self.0.entry(c.0).or_default().to_start = Some(*range);
        self.0.entry(d.0).or_default().to_end = Some(*range);
    }

    /// Returns what begins and ends at a line.
    pub(super) fn at(&self, line: &Line) -> Ends {
        self.0.get(&address(line)).copied().unwrap_or_default()
    }
}

/// Returns the first and the last of some lines, each with its place.
fn ends(lines: &[Moved]) -> Option<((usize, usize), (usize, usize))> {
    let (first, last) = (lines.first()?, lines.last()?);
    Some(((first.line, first.at), (last.line, last.at)))
}
