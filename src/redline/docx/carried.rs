//! Tables that go along with a moved section.
//!
//! Word has no moved table: its rows go and come. But what stands in their cells can be marked as moved, as Word
//! does it itself (`w:moveFrom` in every cell), so that a table which goes along with its section is no new text to
//! a reader.

use std::collections::HashMap;

use crate::compare::{Comparison, Line, Node, Status, TablePair, Texts};

/// One part in so many of the text of a table must be the same for it to go along.
const SHARE: usize = 2;

/// Where a table stands: the story, the node in it, and the move of the lines beside it.
#[derive(Debug, Clone, Copy)]
struct Found {
    story: usize,
    node: usize,
    moved: usize,
}

/// Returns the redline with the tables of moved sections moved; `None` if there are none.
pub(super) fn carry(comparison: &Comparison, old: &Texts<'_>, new: &Texts<'_>) -> Option<Comparison> {
    if comparison.moves.is_empty() {
        return None;
    }
    // Tables that go, by the new paragraph that their neighbour becomes, and whether that stands before them.
    let mut gone: HashMap<(usize, bool), Found> = HashMap::new();
    let partner = |line: &Line, id: usize| {
        let pairs = &comparison.moves.get(id)?.pairs;
        pairs.iter().find(|pair| Some(pair.0) == line.old).map(|pair| pair.1)
    };
    each_table(comparison, Status::MovedFrom, |beside, before, found| {
        if let Some(to) = partner(beside, found.moved) {
            gone.entry((to, before)).or_insert(found);
        }
    });
    let mut pairs: Vec<(Found, Found)> = Vec::new();
    each_table(comparison, Status::MovedTo, |beside, before, found| {
        let taken = pairs.last().is_some_and(|(_, last)| (last.story, last.node) == (found.story, found.node));
        if let Some(from) = beside.new.filter(|_| !taken).and_then(|to| gone.get(&(to, before))).copied()
            && from.moved == found.moved
            && !pairs.iter().any(|(known, _)| (known.story, known.node) == (from.story, from.node))
        {
            pairs.push((from, found));
        }
    });
    let mut out: Option<Comparison> = None;
    for (from, to) in pairs {
        let (Some(a), Some(b)) = (table(comparison, from), table(comparison, to)) else { continue };
        let Some((all, same)) = same_lines(a, b, old, new) else { continue };
        let made = out.get_or_insert_with(|| comparison.clone());
        for (place, pick) in [(from, 0), (to, 1)] {
            let Some(Node::Table(own)) =
                made.stories.get_mut(place.story).and_then(|story| story.nodes.get_mut(place.node))
            else {
                continue;
            };
            let wanted: Vec<usize> = same.iter().map(|pair| if pick == 0 { pair.0 } else { pair.1 }).collect();
            turn(own, &wanted, from.moved);
        }
        if let Some(section) = made.moves.get_mut(from.moved) {
            section.pairs.extend(all);
            section.pairs.sort_unstable();
        }
    }
    out
}

fn table(comparison: &Comparison, at: Found) -> Option<&TablePair> {
    match comparison.stories.get(at.story)?.nodes.get(at.node)? {
        Node::Table(table) => Some(table),
        Node::Line(_) => None,
    }
}

/// Calls `visit` for each table of one draft only that stands beside a line of a moved section: with that line,
/// whether it stands before the table, and where the table is.
fn each_table<'c>(comparison: &'c Comparison, status: Status, mut visit: impl FnMut(&'c Line, bool, Found)) {
    for (story, pair) in comparison.stories.iter().enumerate() {
        for (node, own) in pair.nodes.iter().enumerate() {
            let Node::Table(table) = own else { continue };
            let lone = if status.in_old() { table.new.is_none() } else { table.old.is_none() };
            let beside = [
                node.checked_sub(1).and_then(|at| pair.nodes.get(at)).map(|node| (node, true)),
                pair.nodes.get(node + 1).map(|node| (node, false)),
            ];
            for (beside, before) in beside.into_iter().flatten().filter(|_| lone) {
                if let Node::Line(line) = beside
                    && line.mark == status
                    && let Some(moved) = line.moved
                {
                    visit(line, before, Found { story, node, moved });
                }
            }
        }
    }
}

/// Returns the lines in the cells of a table.
fn cell_lines(table: &TablePair) -> impl Iterator<Item = Option<&Line>> {
    table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.nodes).map(|node| match node {
        Node::Line(line) => Some(line),
        Node::Table(_) => None,
    })
}

/// Paragraphs of both drafts that belong together.
type Pairs = Vec<(usize, usize)>;

/// Returns the paragraphs of two tables of the same form, and those of them that are the same, if they are most.
fn same_lines(a: &TablePair, b: &TablePair, old: &Texts<'_>, new: &Texts<'_>) -> Option<(Pairs, Pairs)> {
    let form = |table: &TablePair| -> Vec<Vec<usize>> {
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.nodes.len()).collect()).collect()
    };
    if form(a) != form(b) {
        return None;
    }
    let (mut pairs, mut same, mut alike, mut all) = (Vec::new(), Vec::new(), 0, 0);
    for (from, to) in cell_lines(a).zip(cell_lines(b)) {
        // A table in a table stays out of it.
        let (from, to) = (from?.old?, to?.new?);
        let (one, other) = (*old.paras.get(from)?, *new.paras.get(to)?);
        let objects = one.objects.is_empty() && other.objects.is_empty();
        pairs.push((from, to));
        all += one.text.len().max(other.text.len());
        if one.text == other.text && objects {
            alike += one.text.len();
            same.push((from, to));
        }
    }
    (alike * SHARE > all).then_some((pairs, same))
}

/// Marks lines in the cells of a table as moved.
fn turn(table: &mut TablePair, wanted: &[usize], moved: usize) {
    let turned = |status: Status| match status {
        Status::Deleted => Status::MovedFrom,
        Status::Inserted => Status::MovedTo,
        other => other,
    };
    for node in table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.nodes) {
        let Node::Line(line) = node else { continue };
        // An edited cell is gone and come within the move.
        line.mark = turned(line.mark);
        line.moved = Some(moved);
        if line.old.or(line.new).is_some_and(|own| wanted.contains(&own)) {
            for seg in &mut line.segs {
                seg.status = turned(seg.status);
            }
        }
    }
}

/// Returns whether everything in a table is part of a move.
pub(super) fn is_carried(table: &TablePair) -> bool {
    let mut lines = cell_lines(table).peekable();
    let moved = |line: Option<&Line>| line.is_some_and(|line| matches!(line.mark, Status::MovedFrom | Status::MovedTo));
    lines.peek().is_some() && lines.all(moved)
}
