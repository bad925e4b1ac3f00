//! From a comparison to the rows of its redline.

use std::collections::HashMap;

use super::cut::cut;
use super::{
    Clause, Content, LineRow, Muted, Number, Passage, Piece, Row, StoryRow, TableCell, TableRow, TableView, View,
};
use crate::compare::{CellPair, ChangeKind, Line, Node, Noise, RowPair, Status, StoryPair, TablePair, Texts};
use crate::document::draft::{Draft, Para, StoryKind};
use crate::redline::Report;

/// Makes the rows of a redline.
pub fn view<'a>(report: &Report<'a>, muted: Muted) -> View<'a> {
    let moves = &report.comparison.moves;
    let mut builder = Builder {
        report,
        drop_muted: muted == Muted::AsNew,
        met: vec![false; report.comparison.changes.len()],
        moves_met: vec![[false; 2]; moves.len()],
        sources: sources(report),
        origins: moves.iter().flat_map(|moved| &moved.pairs).map(|(old, new)| (*new, *old)).collect(),
        outline: Vec::new(),
        open: Vec::new(),
        last: (None, None),
        carried: None,
    };
    let mut rows = Vec::new();
    for (index, pair) in report.comparison.stories.iter().enumerate() {
        builder.open.clear();
        builder.last = (None, None);
        rows.push(Row::Story(story(report, index, pair)));
        builder.nodes(&pair.nodes, &mut rows);
    }
    View { rows, outline: builder.outline }
}

fn story(report: &Report<'_>, pair_index: usize, pair: &StoryPair) -> StoryRow {
    let name = |draft: &Draft, index: Option<usize>| index.and_then(|at| draft.stories.get(at)).map(|s| s.name.clone());
    let name = name(report.new.draft, pair.new).or_else(|| name(report.old.draft, pair.old)).unwrap_or_default();
    let status = match (pair.old, pair.new) {
        (None, Some(_)) => Status::Inserted,
        (Some(_), None) => Status::Deleted,
        _ => Status::Same,
    };
    StoryRow { pair: pair_index, kind: pair.kind, title: title(pair.kind, &name), status }
}

/// Returns what a reader calls a story.
fn title(kind: StoryKind, name: &str) -> String {
    let running = |what: &str| {
        let (section, place) = name.split_once(' ').unwrap_or((name, ""));
        let section = if section.is_empty() { String::new() } else { format!(" of section {section}") };
        match place {
            "" | "default" => format!("{what}{section}"),
            "first" => format!("{what}{section}, first page"),
            "even" => format!("{what}{section}, even pages"),
            other => format!("{what}{section}, {other}"),
        }
    };
    match kind {
        StoryKind::Body => "Text".to_owned(),
        StoryKind::Header => running("Header"),
        StoryKind::Footer => running("Footer"),
        StoryKind::Footnote => format!("Footnote {name}"),
        StoryKind::Endnote => format!("Endnote {name}"),
        StoryKind::TextBox => format!("Text box {name}"),
    }
    .trim_end()
    .to_owned()
}

/// The lines that moved paragraphs came from, by the old ordinal.
fn sources<'a>(report: &Report<'a>) -> HashMap<usize, &'a Line> {
    fn gather<'a>(nodes: &'a [Node], lines: &mut HashMap<usize, &'a Line>) {
        for node in nodes {
            match node {
                Node::Line(line) => {
                    if let (Some(_), Some(old), None) = (line.moved, line.old, line.new) {
                        lines.entry(old).or_insert(line);
                    }
                }
                Node::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| gather(&cell.nodes, lines));
                }
            }
        }
    }
    let mut lines = HashMap::new();
    if !report.comparison.moves.is_empty() {
        report.comparison.stories.iter().for_each(|story| gather(&story.nodes, &mut lines));
    }
    lines
}

struct Builder<'r, 'a> {
    report: &'r Report<'a>,
    drop_muted: bool,
    /// Changes that were met.
    met: Vec<bool>,
    /// For each move, whether a line of it was met at the old and at the new place.
    moves_met: Vec<[bool; 2]>,
    /// The lines that moved paragraphs came from, by the old ordinal.
    sources: HashMap<usize, &'a Line>,
    /// The old ordinals of moved paragraphs, by the new one.
    origins: HashMap<usize, usize>,
    outline: Vec<Clause<'a>>,
    /// Clauses around the current place, the outermost first.
    open: Vec<usize>,
    /// Ordinals of the paragraphs that were met last: a line that goes on with one does not show its number
    /// again.
    last: (Option<usize>, Option<usize>),
    /// A line whose muted, deleted mark is left out: its pieces begin the next line.
    carried: Option<LineRow<'a>>,
}

impl<'a> Builder<'_, 'a> {
    fn nodes(&mut self, nodes: &'a [Node], rows: &mut Vec<Row<'a>>) {
        rows.reserve(nodes.len());
        for node in nodes {
            match node {
                Node::Line(line) => {
                    if let Some(row) = self.line(line) {
                        rows.push(Row::Line(row));
                    }
                }
                Node::Table(table) => {
                    rows.extend(self.carried.take().map(Row::Line));
                    if let Some(table) = self.table(table) {
                        rows.push(Row::Table(table));
                    }
                }
            }
        }
        rows.extend(self.carried.take().map(Row::Line));
    }

    /// Marks a change as met; returns whether it is shown and was not met before.
    fn meet(&mut self, change: Option<usize>, starts: &mut Vec<usize>) {
        let Some(index) = change.filter(|at| !self.met.get(*at).copied().unwrap_or(true)) else { return };
        if self.drop_muted && self.report.is_muted(index) {
            return;
        }
        self.met[index] = true;
        starts.push(index);
    }

    fn is_muted(&self, change: Option<usize>) -> bool {
        change.is_some_and(|index| self.report.is_muted(index))
    }

    /// Settles a status and a change: what is muted and not kept becomes as in the new draft; `None` where
    /// nothing is left.
    fn settle(&self, status: Status, change: Option<usize>) -> Option<(Status, Option<usize>, bool)> {
        match (self.is_muted(change), self.drop_muted) {
            (true, true) => status.in_new().then_some((Status::Same, None, false)),
            (muted, _) => Some((status, change, muted)),
        }
    }

    fn line(&mut self, line: &'a Line) -> Option<LineRow<'a>> {
        let report = self.report;
        let (old, new) = (para(&report.old.texts, line.old), para(&report.new.texts, line.new));
        let first_old = line.old.is_some() && self.last.0 != line.old;
        let first_new = line.new.is_some() && self.last.1 != line.new;
        self.last = (line.old.or(self.last.0), line.new.or(self.last.1));

        let whole = whole(line);
        let label = self.label(line, old.filter(|_| first_old), new.filter(|_| first_new));
        let mut starts = Vec::new();
        if let Some(number) = label {
            self.meet(number.change, &mut starts);
        }
        let mut pieces = self.pieces(line, old, new);
        let passage = line.moved.and_then(|index| self.passage(index, line));
        let there = passage.filter(|passage| !passage.away).and_then(|passage| passage.counterpart);
        if let Some(source) = there.and_then(|at| self.sources.get(&at).copied()) {
            pieces = self.with_ghosts(pieces, source);
        }
        let of_label = label.and_then(|number| number.change);
        let (mark, change, muted) = match self.settle(line.mark, line.change) {
            Some(settled) => settled,
            // The mark is gone, and so is the line where nothing else stands in it.
            None if pieces.is_empty() => return None,
            None => {
                let row = self.row(line, whole, label, pieces, starts, passage);
                self.carry(row);
                return None;
            }
        };
        self.meet(change, &mut starts);
        for piece in &pieces {
            self.meet(piece.change, &mut starts);
        }
        let mut row = self.row(line, whole, label, pieces, starts, passage);
        if whole != Status::Same && mark == Status::Same {
            row.status = Status::Same;
        }
        (row.change, row.muted) = (change, muted);
        row.mark = Some(mark).filter(|mark| *mark != row.status);
        row.changed = !muted
            && (change.is_some() && change != of_label || row.status != Status::Same || row.mark.is_some())
            || row.pieces.iter().any(Piece::is_painted)
            || label.is_some_and(|number| number.change.is_some() && !number.muted);
        if let Some(carried) = self.carried.take() {
            row = joined(carried, row);
        }
        if row.level.or(row.heading).is_some() && (row.label.is_some() || row.heading.is_some()) {
            self.open(&mut row, old, new);
        }
        row.clause = self.open.last().copied();
        Some(row)
    }

    fn row(
        &self,
        line: &Line,
        status: Status,
        label: Option<Number<'a>>,
        pieces: Vec<Piece<'a>>,
        starts: Vec<usize>,
        passage: Option<Passage<'a>>,
    ) -> LineRow<'a> {
        let shown = para(&self.report.new.texts, line.new).or_else(|| para(&self.report.old.texts, line.old));
        let clause_begins = label.is_some();
        LineRow {
            status,
            old: line.old,
            new: line.new,
            starts,
            change: None,
            muted: false,
            label,
            heading: shown.and_then(|para| para.heading),
            level: shown.and_then(|para| para.level).filter(|_| clause_begins),
            clause: None,
            opens: false,
            pieces,
            passage,
            mark: None,
            changed: false,
        }
    }

    /// Keeps a line whose mark is not shown for the next line.
    fn carry(&mut self, mut row: LineRow<'a>) {
        row.changed = row.pieces.iter().any(Piece::is_painted);
        for piece in &row.pieces {
            let mut starts = Vec::new();
            self.meet(piece.change, &mut starts);
            row.starts.extend(starts);
        }
        self.carried = Some(match self.carried.take() {
            Some(before) => joined(before, row),
            None => row,
        });
    }

    /// Opens a clause.
    fn open(&mut self, row: &mut LineRow<'a>, old: Option<&'a Para>, new: Option<&'a Para>) {
        let depth = row.level.or(row.heading).unwrap_or(1);
        while self.open.last().is_some_and(|at| self.outline[*at].depth >= depth) {
            self.open.pop();
        }
        let heading = new.or(old).filter(|para| para.heading.is_some()).map_or("", |para| para.body().trim());
        self.outline.push(Clause {
            old: row.label.and_then(|number| number.old),
            new: row.label.and_then(|number| number.new),
            heading,
            depth,
            parent: self.open.last().copied(),
        });
        self.open.push(self.outline.len() - 1);
        row.opens = true;
    }

    /// The number of a line, where it begins a paragraph of the old draft, the new one or both.
    fn label(&self, line: &Line, old: Option<&'a Para>, new: Option<&'a Para>) -> Option<Number<'a>> {
        let text = |para: Option<&'a Para>| para.and_then(|para| para.label.as_ref()).map(|label| label.text.as_str());
        let (old_label, new_label) = (text(old), text(new));
        if old_label.is_none() && new_label.is_none() {
            return None;
        }
        let ends = (old.map_or(0, Para::label_end), new.map_or(0, Para::label_end));
        let within = |seg: &&crate::compare::Seg| {
            seg.status != Status::Same
                && ((seg.status.in_old() && seg.old.start < ends.0) || (seg.status.in_new() && seg.new.start < ends.1))
        };
        let of_kind = |change: usize| {
            self.report.comparison.changes.get(change).is_some_and(|change| change.kind == ChangeKind::Renumbered)
        };
        let typed = line.segs.iter().find(within).and_then(|seg| seg.change);
        let change = if old_label == new_label { typed } else { typed.or(line.change.filter(|at| of_kind(*at))) };
        let muted = match change {
            Some(change) => self.report.is_muted(change),
            None => !self.report.shown.noise.contains(&Noise::Numbering),
        };
        let change = change.filter(|_| !(muted && self.drop_muted));
        Some(Number { old: old_label, new: new_label, change, muted })
    }

    /// The text of a line in pieces.
    fn pieces(&self, line: &Line, old: Option<&'a Para>, new: Option<&'a Para>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::with_capacity(line.segs.len());
        for seg in &line.segs {
            let Some((status, change, muted)) = self.settle(seg.status, seg.change) else { continue };
            let (para, range) = if seg.status.in_new() { (new, &seg.new) } else { (old, &seg.old) };
            let Some(para) = para else { continue };
            let sample =
                Piece { status, content: Content::Text(""), change, muted, ghost: false, strong: false, emph: false };
            cut(para, range, sample, &mut pieces);
        }
        pieces
    }

    fn passage(&mut self, index: usize, line: &Line) -> Option<Passage<'a>> {
        let moved = self.report.comparison.moves.get(index)?;
        let change = self.report.comparison.changes.get(moved.change);
        let away = line.new.is_none();
        let counterpart = if away {
            let own = line.old?;
            moved.pairs.binary_search_by_key(&own, |pair| pair.0).ok().map(|at| moved.pairs[at].1)
        } else {
            self.origins.get(&line.new?).copied()
        };
        let met = &mut self.moves_met[index][usize::from(!away)];
        let first = !std::mem::replace(met, true);
        let there = change.and_then(|change| if away { change.new.as_ref() } else { change.old.as_ref() });
        Some(Passage { index, change: moved.change, away, first, there, counterpart, similarity: moved.similarity })
    }

    /// Puts the words that were deleted on the way of a move among the pieces at its new place.
    fn with_ghosts(&self, pieces: Vec<Piece<'a>>, source: &'a Line) -> Vec<Piece<'a>> {
        let Some(para) = para(&self.report.old.texts, source.old) else { return pieces };
        let mut deleted: Vec<(usize, Vec<Piece<'a>>)> = Vec::new();
        let mut moved = 0;
        for seg in &source.segs {
            match seg.status {
                Status::MovedFrom => {
                    moved += seg.old.len().saturating_sub(para.label_end().saturating_sub(seg.old.start))
                }
                Status::Deleted => {
                    let Some((status, change, muted)) = self.settle(seg.status, seg.change) else { continue };
                    let mut ghost = Vec::new();
                    let content = Content::Text("");
                    let sample = Piece { status, content, change, muted, ghost: true, strong: false, emph: false };
                    cut(para, &seg.old, sample, &mut ghost);
                    if !ghost.is_empty() {
                        deleted.push((moved, ghost));
                    }
                }
                Status::Same | Status::Inserted | Status::MovedTo => {}
            }
        }
        let length = |piece: &Piece<'_>| match (piece.status, piece.content) {
            (Status::MovedTo, Content::Text(text)) => text.len(),
            (Status::MovedTo, Content::Object(_)) => crate::document::draft::OBJECT.len_utf8(),
            _ => 0,
        };
        if deleted.is_empty() || pieces.iter().map(length).sum::<usize>() != moved {
            return pieces;
        }
        let mut out = Vec::with_capacity(pieces.len() + deleted.len() * 2);
        let mut deleted = deleted.into_iter().peekable();
        let mut at = 0;
        for mut piece in pieces {
            while let Some((place, _)) = deleted.peek() {
                let inside = place.saturating_sub(at);
                match piece.content {
                    Content::Text(text) if inside > 0 && inside < length(&piece) && text.is_char_boundary(inside) => {
                        let (before, after) = text.split_at(inside);
                        out.push(Piece { content: Content::Text(before), ..piece });
                        piece.content = Content::Text(after);
                        at += inside;
                    }
                    _ if inside > 0 => break,
                    _ => {}
                }
                out.extend(deleted.next().into_iter().flat_map(|(_, ghost)| ghost));
            }
            at += length(&piece);
            out.push(piece);
        }
        out.extend(deleted.flat_map(|(_, ghost)| ghost));
        out
    }

    fn table(&mut self, pair: &'a TablePair) -> Option<TableView<'a>> {
        let status = sided(pair.old, pair.new);
        let (status, change, _) = self.settle(status, pair.change)?;
        let mut starts = Vec::new();
        self.meet(change, &mut starts);
        let clause = self.open.last().copied();
        let rows: Vec<_> = pair.rows.iter().filter_map(|row| self.table_row(row, pair)).collect();
        let changed = status != Status::Same || rows.iter().any(|row| row.changed);
        Some(TableView { status, change, starts, clause, rows, changed })
    }

    fn table_row(&mut self, pair: &'a RowPair, table: &TablePair) -> Option<TableRow<'a>> {
        let (status, change, muted) = self.settle(pair.status, pair.change)?;
        let mut starts = Vec::new();
        self.meet(change, &mut starts);
        let mut cells = Vec::with_capacity(pair.cells.len());
        for cell in &pair.cells {
            cells.extend(self.cell(cell, pair, table));
        }
        let within = cells.iter().any(|cell| cell.status != Status::Same || cell.rows.iter().any(Row::is_changed));
        let changed = !muted && status != Status::Same || within;
        Some(TableRow { status, change, muted, starts, cells, changed, skipped: false })
    }

    fn cell(&mut self, pair: &'a CellPair, row: &RowPair, table: &TablePair) -> Option<TableCell<'a>> {
        let (status, _, _) = self.settle(pair.status, row.change)?;
        let find = |texts: &Texts<'a>, table: Option<usize>, row: Option<usize>, cell: Option<usize>| {
            texts.tables.get(table?)?.rows.get(row?)?.cells.get(cell?)
        };
        let cell = find(&self.report.new.texts, table.new, row.new, pair.new)
            .or_else(|| find(&self.report.old.texts, table.old, row.old, pair.old));
        let open = self.open.clone();
        self.last = (None, None);
        let mut rows = Vec::new();
        self.nodes(&pair.nodes, &mut rows);
        self.open = open;
        let (columns, joined) = cell.map_or((1, false), |cell| (cell.columns, cell.joined));
        Some(TableCell { status, columns, joined, rows })
    }
}

fn para<'a>(texts: &Texts<'a>, ordinal: Option<usize>) -> Option<&'a Para> {
    ordinal.and_then(|at| texts.paras.get(at).copied())
}

fn sided(old: Option<usize>, new: Option<usize>) -> Status {
    match (old, new) {
        (None, Some(_)) => Status::Inserted,
        (Some(_), None) => Status::Deleted,
        _ => Status::Same,
    }
}

/// Returns where a line belongs as a whole.
fn whole(line: &Line) -> Status {
    let mut statuses = line.segs.iter().map(|seg| seg.status).chain([line.mark]);
    let old = statuses.clone().any(Status::in_old);
    let new = statuses.any(Status::in_new);
    match (old, new, line.moved.is_some()) {
        (true, true, _) | (false, false, _) => Status::Same,
        (true, false, true) => Status::MovedFrom,
        (true, false, false) => Status::Deleted,
        (false, true, true) => Status::MovedTo,
        (false, true, false) => Status::Inserted,
    }
}

/// Joins a line whose mark is not shown with the one after it.
fn joined<'a>(mut before: LineRow<'a>, after: LineRow<'a>) -> LineRow<'a> {
    before.pieces.extend(after.pieces);
    before.starts.extend(after.starts);
    LineRow {
        pieces: before.pieces,
        starts: before.starts,
        label: before.label.or(after.label),
        old: before.old.or(after.old),
        changed: before.changed || after.changed,
        ..after
    }
}
