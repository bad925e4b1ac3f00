//! Gives every changed piece of a redline to a change.

use std::ops::Range;

use crate::compare::{Line, Move, Node, Outline, RowPair, Seg, Status, TablePair, Texts};
use crate::document::draft::{DraftFormat, Para};

/// A change that was found and is yet to be described.
#[derive(Debug)]
pub(super) struct Found {
    /// What it is.
    pub(crate) what: What,
    /// Pieces of the old draft that it concerns: paragraph and bytes.
    pub(crate) old: Vec<(usize, Range<usize>)>,
    /// Pieces of the new draft.
    pub(crate) new: Vec<(usize, Range<usize>)>,
    /// For a move, its words that stand at both ends, that are gone, and that have come; numbers of
    /// clauses apart. 0 for anything else.
    pub(crate) words: [usize; 3],
    /// For a move, what was edited on the way: the paragraphs, the bytes that are gone, those that have come.
    pub(crate) edits: Vec<Edit>,
}

/// An edit inside of a moved paragraph: both paragraphs, the bytes that are gone, those that have come.
pub(super) type Edit = ((usize, usize), Vec<Range<usize>>, Vec<Range<usize>>);

/// What a found change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A stretch of words inside a paragraph.
    Words,
    /// The number of a clause.
    Number,
    /// Whole paragraphs, rows or cells.
    Whole(Status),
    /// A move: its index.
    Move(usize),
    /// A paragraph that became several, or several that became one. Where paragraphs are guesses (in a
    /// PDF), it is noise.
    Split { noise: bool },
    /// Likewise.
    Merged { noise: bool },
    /// The look.
    Formatting,
}

/// Walks through a redline and collects its changes.
pub(super) struct Numberer<'a> {
    old: &'a Texts<'a>,
    new: &'a Texts<'a>,
    outlines: &'a (Outline<'a>, Outline<'a>),
    moves: &'a [Vec<(usize, usize)>],
    found: Vec<Found>,
    /// The change of each move, once met.
    move_changes: Vec<Option<usize>>,
    /// The change that whole paragraphs are being added to: its status, its index, and the depth of the
    /// clause that it began with.
    open: Option<(Status, usize, Option<u8>)>,
    soft: bool,
    styled: bool,
}

impl<'a> Numberer<'a> {
    pub(crate) fn new(
        old: &'a Texts<'a>,
        new: &'a Texts<'a>,
        outlines: &'a (Outline<'a>, Outline<'a>),
        moves: &'a [Vec<(usize, usize)>],
    ) -> Self {
        let formats = [old.draft.format, new.draft.format];
        Self {
            old,
            new,
            outlines,
            moves,
            found: Vec::new(),
            move_changes: vec![None; moves.len()],
            open: None,
            soft: formats.contains(&DraftFormat::Pdf),
            styled: formats == [DraftFormat::Docx; 2],
        }
    }

    /// Returns the changes, and the moves.
    pub(crate) fn finish(self) -> (Vec<Found>, Vec<Move>) {
        let mut moves = Vec::with_capacity(self.moves.len());
        for (id, section) in self.moves.iter().enumerate() {
            let change = self.move_changes[id].unwrap_or(0);
            let words = self.found.get(change).map_or(0, |found| found.words[0]);
            let count = |texts: &Texts<'_>, para: usize| super::describe::words(texts.paras[para].body());
            let total: usize = section.iter().map(|(a, b)| count(self.old, *a) + count(self.new, *b)).sum();
            let span = |ordinals: &mut dyn Iterator<Item = usize>| {
                let (low, high) = ordinals.fold((usize::MAX, 0), |(low, high), at| (low.min(at), high.max(at)));
                low..high + 1
            };
            moves.push(Move {
                pairs: section.clone(),
                old: span(&mut section.iter().map(|pair| pair.0)),
                new: span(&mut section.iter().map(|pair| pair.1)),
                words,
                similarity: if total == 0 { 1.0 } else { (2.0 * words as f64 / total as f64).min(1.0) },
                change,
            });
        }
        (self.found, moves)
    }

    fn add(&mut self, what: What) -> usize {
        self.found.push(Found { what, old: Vec::new(), new: Vec::new(), words: [0; 3], edits: Vec::new() });
        self.found.len() - 1
    }

    /// Gives every changed piece of these nodes to a change.
    pub(crate) fn nodes(&mut self, nodes: &mut [Node]) {
        self.open = None;
        self.go_on(nodes);
        self.open = None;
    }

    fn go_on(&mut self, nodes: &mut [Node]) {
        for node in nodes {
            match node {
                Node::Line(line) => self.line(line),
                Node::Table(table) => self.table(table),
            }
        }
    }

    fn line(&mut self, line: &mut Line) {
        if let Some(id) = line.moved {
            self.open = None;
            self.moved(line, id);
        } else if let (Some(a), Some(b)) = (line.old, line.new) {
            self.open = None;
            self.pair(line, a, b);
        } else {
            self.whole(line);
        }
    }

    fn moved(&mut self, line: &mut Line, id: usize) {
        let change = match self.move_changes[id] {
            Some(change) => change,
            None => {
                let change = self.add(What::Move(id));
                self.move_changes[id] = Some(change);
                change
            }
        };
        line.change = Some(change);
        for seg in &mut line.segs {
            seg.change = Some(change);
            let (kind, para, range) = match (seg.status, line.old, line.new) {
                (Status::MovedTo, _, Some(b)) => (0, self.new.paras[b], &seg.new),
                (Status::Deleted, Some(a), _) => (1, self.old.paras[a], &seg.old),
                (Status::Inserted, _, Some(b)) => (2, self.new.paras[b], &seg.new),
                _ => continue,
            };
            let body = range.start.max(para.label_end())..range.end;
            let text = para.text.get(body.clone()).unwrap_or("");
            self.found[change].words[kind] += super::describe::words(text);
            let pair = self.moves[id].iter().find(|pair| line.old == Some(pair.0) || line.new == Some(pair.1));
            if let (Some(pair), false) = (pair, kind == 0 || text.is_empty()) {
                let edits = &mut self.found[change].edits;
                let at = edits.iter().position(|edit| edit.0 == *pair).unwrap_or(edits.len());
                if at == edits.len() {
                    edits.push((*pair, Vec::new(), Vec::new()));
                }
                if kind == 1 { edits[at].1.push(body) } else { edits[at].2.push(body) }
            }
        }
        self.concern(change, line);
    }

    /// Adds a line's own pieces to a change.
    fn concern(&mut self, change: usize, line: &Line) {
        let found = &mut self.found[change];
        if let (Some(a), None) = (line.old, line.new) {
            found.old.push((a, 0..self.old.paras[a].text.len()));
        }
        if let (None, Some(b)) = (line.old, line.new) {
            found.new.push((b, 0..self.new.paras[b].text.len()));
        }
    }

    fn whole(&mut self, line: &mut Line) {
        let status = line.mark;
        let (texts, outline, ordinal) = match (line.old, line.new) {
            (Some(a), _) => (self.old, &self.outlines.0, a),
            (None, Some(b)) => (self.new, &self.outlines.1, b),
            (None, None) => return,
        };
        let para = texts.paras[ordinal];
        let depth = outline.opens(ordinal).map(|clause| small(outline.clauses()[clause].depth));
        // A clause belongs to the change before it only if it stands inside of what that one began with.
        let inside = |first: Option<u8>| match (depth, first) {
            (Some(depth), Some(first)) => depth > first,
            (Some(_), None) => false,
            (None, _) => true,
        };
        let change = match self.open {
            Some((same, change, first)) if same == status && (inside(first) || para.text.trim().is_empty()) => change,
            _ => {
                let change = self.add(What::Whole(status));
                self.open = Some((status, change, depth));
                change
            }
        };
        self.give(line, change);
    }

    fn give(&mut self, line: &mut Line, change: usize) {
        line.change = Some(change);
        for seg in &mut line.segs {
            seg.change = Some(change);
        }
        self.concern(change, line);
    }

    fn pair(&mut self, line: &mut Line, a: usize, b: usize) {
        let (old, new) = (self.old.paras[a], self.new.paras[b]);
        match line.mark {
            Status::Inserted | Status::Deleted => {
                let noise = self.soft;
                let what = if line.mark == Status::Inserted { What::Split { noise } } else { What::Merged { noise } };
                // The parts of one paragraph are one change.
                let same = self.found.last().is_some_and(|last| {
                    last.what == what
                        && (last.old.last().is_some_and(|p| p.0 == a) || last.new.last().is_some_and(|p| p.0 == b))
                });
                let change = if same { self.found.len() - 1 } else { self.add(what) };
                self.found[change].old.push((a, end(&line.segs, |seg| &seg.old)));
                self.found[change].new.push((b, end(&line.segs, |seg| &seg.new)));
                line.change = Some(change);
            }
            _ => {
                if let (Some(first), Some(second)) = (&old.label, &new.label)
                    && first.typed.is_none()
                    && second.typed.is_none()
                    && first.text != second.text
                {
                    let change = self.add(What::Number);
                    self.found[change].old.push((a, 0..0));
                    self.found[change].new.push((b, 0..0));
                    line.change = Some(change);
                }
                if self.styled && is_restyled(old, new, &line.segs) {
                    let change = self.add(What::Formatting);
                    self.found[change].old.push((a, 0..old.text.len()));
                    self.found[change].new.push((b, 0..new.text.len()));
                    line.change = line.change.or(Some(change));
                }
            }
        }
        let mut current: Option<(usize, bool)> = None;
        for seg in &mut line.segs {
            if seg.status == Status::Same {
                current = None;
                continue;
            }
            let of_number = seg.old.end <= old.label_end()
                && seg.new.end <= new.label_end()
                && old.label_end() + new.label_end() > 0;
            let change = match current {
                Some((change, same)) if same == of_number => change,
                _ => {
                    let change = self.add(if of_number { What::Number } else { What::Words });
                    current = Some((change, of_number));
                    change
                }
            };
            seg.change = Some(change);
            let found = &mut self.found[change];
            match seg.status {
                Status::Deleted => found.old.push((a, seg.old.clone())),
                _ => found.new.push((b, seg.new.clone())),
            }
            // The other side is known too: where it would stand.
            if found.old.is_empty() {
                found.old.push((a, seg.old.clone()));
            }
            if found.new.is_empty() {
                found.new.push((b, seg.new.clone()));
            }
        }
    }

    fn table(&mut self, table: &mut TablePair) {
        let status = match (table.old, table.new) {
            (Some(_), Some(_)) => return self.rows(table),
            (Some(_), None) => Status::Deleted,
            _ => Status::Inserted,
        };
        let change = match self.open {
            Some((same, change, _)) if same == status => change,
            _ => {
                let change = self.add(What::Whole(status));
                self.open = Some((status, change, None));
                change
            }
        };
        table.change = Some(change);
        for row in &mut table.rows {
            row.change = Some(change);
            self.give_cells(row, change);
        }
    }

    fn give_cells(&mut self, row: &mut RowPair, change: usize) {
        for cell in &mut row.cells {
            self.give_nodes(&mut cell.nodes, change);
        }
    }

    fn give_nodes(&mut self, nodes: &mut [Node], change: usize) {
        for node in nodes {
            match node {
                Node::Line(line) => self.give(line, change),
                Node::Table(table) => {
                    table.change = Some(change);
                    for row in &mut table.rows {
                        row.change = Some(change);
                        self.give_cells(row, change);
                    }
                }
            }
        }
    }

    fn rows(&mut self, table: &mut TablePair) {
        self.open = None;
        let mut run: Option<(Status, usize)> = None;
        // A column that is new or gone is one change, however many rows it has.
        let mut columns: Vec<(Status, usize, usize)> = Vec::new();
        for row in &mut table.rows {
            if row.status != Status::Same {
                let change = match run {
                    Some((status, change)) if status == row.status => change,
                    _ => self.add(What::Whole(row.status)),
                };
                run = Some((row.status, change));
                row.change = Some(change);
                self.give_cells(row, change);
                continue;
            }
            run = None;
            for cell in &mut row.cells {
                if cell.status == Status::Same {
                    self.go_on(&mut cell.nodes);
                    self.open = None;
                    continue;
                }
                let index = cell.old.or(cell.new).unwrap_or(0);
                let known = columns.iter().find(|known| known.0 == cell.status && known.1 == index);
                let change = match known {
                    Some((_, _, change)) => *change,
                    None => {
                        let change = self.add(What::Whole(cell.status));
                        columns.push((cell.status, index, change));
                        change
                    }
                };
                self.give_nodes(&mut cell.nodes, change);
            }
        }
    }
}

fn end(segs: &[Seg], side: impl Fn(&Seg) -> &Range<usize>) -> Range<usize> {
    let at = segs.last().map_or(0, |seg| side(seg).end);
    at..at
}

fn small(depth: usize) -> u8 {
    u8::try_from(depth).unwrap_or(u8::MAX)
}

/// Whether the paragraph or what it has kept looks otherwise.
fn is_restyled(old: &Para, new: &Para, segs: &[Seg]) -> bool {
    if old.shape != new.shape {
        return true;
    }
    if old.runs == new.runs {
        return false;
    }
    let mut cursors = (0, 0);
    for seg in segs.iter().filter(|seg| seg.status == Status::Same) {
        let (mut a, mut b) = (seg.old.start, seg.new.start);
        while a < seg.old.end {
            let run = |para: &Para, cursor: &mut usize, at: usize| {
                while para.runs.get(*cursor).is_some_and(|run| run.end <= at) {
                    *cursor += 1;
                }
                para.runs.get(*cursor).map_or((usize::MAX, 0), |run| (run.end, run.look))
            };
            let (first, second) = (run(old, &mut cursors.0, a), run(new, &mut cursors.1, b));
            let step = (first.0 - a).min(second.0 - b).min(seg.old.end - a);
            // Blanks look alike in any dress.
            if first.1 != second.1 && !old.text.get(a..a + step).is_some_and(|text| text.trim().is_empty()) {
                return true;
            }
            (a, b) = (a + step.max(1), b + step.max(1));
        }
    }
    false
}
