//! The redline of two texts, built from what belongs together.

use std::ops::Range;

use super::align::{self, Plan, Sides, Unit};
use super::tables::{self, Grid};
use super::words::Budget;
use super::{Line, Node, Status, lines};
use crate::document::draft::{Block, Object, ObjectKind};

/// Builds redlines, and remembers what was moved.
pub(super) struct Builder<'a> {
    sides: Sides<'a>,
    budget: Budget,
    /// Sections that were moved: pairs of paragraphs, old and new, in the order of the old draft.
    pub(crate) moves: Vec<Vec<(usize, usize)>>,
    /// Stories whose references belong together, old and new.
    pub(crate) stories: Vec<(usize, usize)>,
}

/// Blocks, with the ordinals of the first paragraph and the first table among them.
type Blocks<'b> = (&'b [Block], (usize, usize));

impl<'a> Builder<'a> {
    pub(crate) fn new(sides: Sides<'a>, budget: Budget) -> Self {
        Self { sides, budget, moves: Vec::new(), stories: Vec::new() }
    }

    pub(crate) fn sides(&self) -> &Sides<'a> {
        &self.sides
    }

    /// Whether something was compared more coarsely, since the budget ran out.
    pub(crate) fn is_coarse(&self) -> bool {
        self.budget.spent
    }

    /// Takes a number of steps from the budget.
    pub(crate) fn spend(&mut self, steps: usize) -> bool {
        self.budget.take(steps, 1)
    }

    /// Returns the redline of what both drafts have.
    pub(crate) fn nodes(&mut self, old: Blocks<'_>, new: Blocks<'_>, with_moves: bool) -> Vec<Node> {
        let old_units = align::units(old.0, self.sides.old, self.sides.old_tokens, old.1);
        let new_units = align::units(new.0, self.sides.new, self.sides.new_tokens, new.1);
        let plan = align::plan(&old_units, &new_units, &self.sides, with_moves, &mut self.budget);
        self.merge(&old_units, &new_units, plan)
    }

    /// Returns the redline of what only one draft has.
    pub(crate) fn one_sided(&mut self, blocks: &[Block], first: (usize, usize), status: Status) -> Vec<Node> {
        let (texts, tokens) = if status.in_old() {
            (self.sides.old, self.sides.old_tokens)
        } else {
            (self.sides.new, self.sides.new_tokens)
        };
        let units = align::units(blocks, texts, tokens, first);
        units.iter().map(|unit| self.unit(unit, status)).collect()
    }

    fn unit(&mut self, unit: &Unit, status: Status) -> Node {
        let (texts, tokens) = if status.in_old() {
            (self.sides.old, self.sides.old_tokens)
        } else {
            (self.sides.new, self.sides.new_tokens)
        };
        match unit.table {
            None => Node::Line(lines::single(texts.paras[unit.paras.start], unit.paras.start, status)),
            Some(table) => {
                let grid = Grid::new(texts, tokens, table, unit.paras.start);
                Node::Table(tables::whole(&grid, status, self))
            }
        }
    }

    /// Puts groups, moves and what is left over into the order of the redline.
    fn merge(&mut self, old: &[Unit], new: &[Unit], plan: Plan) -> Vec<Node> {
        let mut away: Vec<Option<(Line, usize)>> = old.iter().map(|_| None).collect();
        let mut here: Vec<Option<(Line, usize)>> = new.iter().map(|_| None).collect();
        for section in plan.moves {
            let id = self.moves.len();
            let mut paras = Vec::with_capacity(section.len());
            for (a, b) in section {
                let pair = (old[a].paras.start, new[b].paras.start);
                let line = lines::pair(pair.0, pair.1, &self.sides, &mut self.budget);
                self.note_references(&line);
                let (from, to) = lines::ends(line);
                (away[a], here[b]) = (Some((from, id)), Some((to, id)));
                paras.push(pair);
            }
            self.moves.push(paras);
        }
        let mut nodes = Vec::with_capacity(old.len().max(new.len()));
        let (mut a, mut b) = (0, 0);
        let ends = (old.len()..old.len(), new.len()..new.len());
        for (group_old, group_new) in plan.groups.into_iter().chain([ends]) {
            for unit in a..group_old.start {
                nodes.push(self.left_over(&old[unit], away[unit].take(), Status::Deleted));
            }
            for unit in b..group_new.start {
                nodes.push(self.left_over(&new[unit], here[unit].take(), Status::Inserted));
            }
            (a, b) = (group_old.end, group_new.end);
            if !group_old.is_empty() {
                self.group(&old[group_old], &new[group_new], &mut nodes);
            }
        }
        nodes
    }

    fn left_over(&mut self, unit: &Unit, moved: Option<(Line, usize)>, status: Status) -> Node {
        match moved {
            Some((line, id)) => Node::Line(Line { moved: Some(id), ..line }),
            None => self.unit(unit, status),
        }
    }

    fn group(&mut self, old: &[Unit], new: &[Unit], nodes: &mut Vec<Node>) {
        if let (Some(a), Some(b)) = (old[0].table, new[0].table) {
            let grid_old = Grid::new(self.sides.old, self.sides.old_tokens, a, old[0].paras.start);
            let grid_new = Grid::new(self.sides.new, self.sides.new_tokens, b, new[0].paras.start);
            let table = tables::pair(&grid_old, &grid_new, self);
            nodes.push(Node::Table(table));
            return;
        }
        let paras = |units: &[Unit]| -> Range<usize> { units[0].paras.start..units[units.len() - 1].paras.end };
        let lines = lines::group(paras(old), paras(new), &self.sides, &mut self.budget);
        for line in lines {
            self.note_references(&line);
            nodes.push(Node::Line(line));
        }
    }

    /// Remembers which notes and text boxes belong together, since their references do.
    fn note_references(&mut self, line: &Line) {
        let (Some(a), Some(b)) = (line.old, line.new) else { return };
        let (old, new) = (&self.sides.old.paras[a].objects, &self.sides.new.paras[b].objects);
        if old.is_empty() || new.is_empty() {
            return;
        }
        for seg in line.segs.iter().filter(|seg| seg.status == Status::Same) {
            for object in old.iter().filter(|object| seg.old.contains(&object.at)) {
                let there = object.at - seg.old.start + seg.new.start;
                let partner = new.iter().find(|other| other.at == there);
                if let (Some(first), Some(second)) = (story(object), partner.and_then(story)) {
                    self.stories.push((first, second));
                }
            }
        }
    }
}

/// The story that an object refers to.
fn story(object: &Object) -> Option<usize> {
    match object.kind {
        ObjectKind::Note(story) | ObjectKind::TextBox(story) => Some(story),
        _ => None,
    }
}
