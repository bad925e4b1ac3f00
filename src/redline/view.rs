//! The rows of a redline, ready to be shown.
//!
//! [`view`] walks the redline of a [`Report`](super::Report) once and settles what all writers have in common: the number
//! of a clause is taken out of its text, text is cut where its status, its look or an object changes, noise
//! that is not shown is given as the new draft has it ([`Muted::AsNew`]) or marked as muted
//! ([`Muted::Kept`]), and what was deleted on the way of a move is shown at its new place as well.
//! [`condense`](View::condense) leaves out what did not change.

mod build;
mod cut;

use crate::compare::{Place, Status};
use crate::document::draft::{Object, ObjectKind, StoryKind};

pub use build::view;

/// What happens to noise that is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Muted {
    /// It stands as in the new draft, unpainted, and what only the old draft has is gone.
    AsNew,
    /// It stays, with [`Piece::muted`] and its like set.
    Kept,
}

/// A redline ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct View<'a> {
    /// Its rows, story by story, each story led by a [`Row::Story`].
    pub rows: Vec<Row<'a>>,
    /// The clauses that rows stand in.
    pub outline: Vec<Clause<'a>>,
}

/// A row of the redline.
#[derive(Debug, Clone, PartialEq)]
pub enum Row<'a> {
    /// A story begins.
    Story(StoryRow),
    /// A paragraph, or a part of one that ends with a mark of its own.
    Line(LineRow<'a>),
    /// A table.
    Table(TableView<'a>),
    /// So many unchanged paragraphs are left out here.
    Skipped(usize),
}

/// The beginning of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryRow {
    /// Index in [`Comparison::stories`](crate::compare::Comparison::stories).
    pub pair: usize,
    /// What it is.
    pub kind: StoryKind,
    /// What a reader calls it: `Footnote 3`, `Header of section 1`. The body's is `Text`.
    pub title: String,
    /// Whether both drafts have it.
    pub status: Status,
}

/// A clause: a heading, or a numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause<'a> {
    /// Its number in the old draft.
    pub old: Option<&'a str>,
    /// Its number in the new draft.
    pub new: Option<&'a str>,
    /// Its heading, as the new draft has it, else the old one; empty for a clause that has none.
    pub heading: &'a str,
    /// Its depth, from 1.
    pub depth: u8,
    /// Clause around it: index in [`View::outline`].
    pub parent: Option<usize>,
}

/// A paragraph of the redline.
#[derive(Debug, Clone, PartialEq)]
pub struct LineRow<'a> {
    /// Where it belongs as a whole; [`Status::Same`] where both drafts have a part of it.
    pub status: Status,
    /// Ordinal of the old paragraph.
    pub old: Option<usize>,
    /// Ordinal of the new paragraph.
    pub new: Option<usize>,
    /// Changes that are met here for the first time: indices in
    /// [`Comparison::changes`](crate::compare::Comparison::changes), in the order of the text.
    pub starts: Vec<usize>,
    /// The change that concerns it as a whole: likewise an index.
    pub change: Option<usize>,
    /// Whether that change is noise that is not shown.
    pub muted: bool,
    /// Its number.
    pub label: Option<Number<'a>>,
    /// Depth of the heading that it is, from 1.
    pub heading: Option<u8>,
    /// Depth of the clause that it opens, from 1.
    pub level: Option<u8>,
    /// The clause that it stands in, itself where it opens one: index in [`View::outline`].
    pub clause: Option<usize>,
    /// Whether it opens that clause.
    pub opens: bool,
    /// Its text, without the number.
    pub pieces: Vec<Piece<'a>>,
    /// The move that it is part of.
    pub passage: Option<Passage<'a>>,
    /// Status of the mark at its end, where that is another one than the line's: an inserted mark splits a
    /// paragraph, a deleted one merges it with the next line.
    pub mark: Option<Status>,
    /// Whether anything of it is painted (muted noise is not).
    pub changed: bool,
}

/// The number of a clause in both drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    /// In the old draft.
    pub old: Option<&'a str>,
    /// In the new draft.
    pub new: Option<&'a str>,
    /// The change that the other number is: index in
    /// [`Comparison::changes`](crate::compare::Comparison::changes).
    pub change: Option<usize>,
    /// Whether the difference is noise that is not shown.
    pub muted: bool,
}

impl<'a> Number<'a> {
    /// Returns whether a clause of both drafts has another number now.
    pub fn is_renumbered(&self) -> bool {
        self.old.is_some() && self.new.is_some() && self.old != self.new
    }

    /// Returns the number in the new draft, else in the old one.
    pub fn current(&self) -> &'a str {
        self.new.or(self.old).unwrap_or_default()
    }
}

/// A piece of a line: text of one status, look and change, or one object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece<'a> {
    /// Where it belongs.
    pub status: Status,
    /// What it is.
    pub content: Content<'a>,
    /// The change that it is part of: index in
    /// [`Comparison::changes`](crate::compare::Comparison::changes).
    pub change: Option<usize>,
    /// Whether that change is noise that is not shown.
    pub muted: bool,
    /// Whether it was deleted on the way of a move, and is shown at the new place for the reader only: the
    /// redline has it at the old place.
    pub ghost: bool,
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is italic.
    pub emph: bool,
}

impl Piece<'_> {
    /// Returns whether it is to be painted: it is not the same in both drafts, or looks otherwise, and is
    /// no noise that is not shown.
    pub fn is_painted(&self) -> bool {
        !self.muted && (self.status != Status::Same || self.change.is_some())
    }
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content<'a> {
    /// Text; a line break is `\n`, a tab `\t`.
    Text(&'a str),
    /// Something that is not text.
    Object(&'a Object),
}

/// A line's part in a move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage<'a> {
    /// Index in [`Comparison::moves`](crate::compare::Comparison::moves).
    pub index: usize,
    /// Its change: index in [`Comparison::changes`](crate::compare::Comparison::changes).
    pub change: usize,
    /// Whether this is the old place.
    pub away: bool,
    /// Whether this is the first line of the move at this place.
    pub first: bool,
    /// The other place.
    pub there: Option<&'a Place>,
    /// Ordinal of the paragraph at the other place that belongs to this one, in the other draft.
    pub counterpart: Option<usize>,
    /// Share of the words that are the same, from 0 to 1.
    pub similarity: f64,
}

impl Passage<'_> {
    /// Returns what a reader is told: `moved to 6.2`, `moved from 3.2, edited`.
    pub fn words(&self) -> String {
        let there = self.there.map(|place| {
            let number = place.number();
            if number.is_empty() { place.heading().to_owned() } else { number }
        });
        let there = there.filter(|there| !there.is_empty());
        let edited = if self.similarity < 1.0 { ", edited" } else { "" };
        match (self.away, there) {
            (true, Some(there)) => format!("moved to {there}{edited}"),
            (false, Some(there)) => format!("moved from {there}{edited}"),
            (true, None) => format!("moved away{edited}"),
            (false, None) => format!("moved here{edited}"),
        }
    }
}

/// A table of the redline.
#[derive(Debug, Clone, PartialEq)]
pub struct TableView<'a> {
    /// Where it belongs.
    pub status: Status,
    /// The change that concerns it as a whole: an index.
    pub change: Option<usize>,
    /// Changes that are met here for the first time, rows and cells left out: indices.
    pub starts: Vec<usize>,
    /// The clause that it stands in: index in [`View::outline`].
    pub clause: Option<usize>,
    /// Rows.
    pub rows: Vec<TableRow<'a>>,
    /// Whether anything of it is painted.
    pub changed: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow<'a> {
    /// Where it belongs: same, inserted or deleted.
    pub status: Status,
    /// The change that concerns it as a whole: an index.
    pub change: Option<usize>,
    /// Whether that change is noise that is not shown.
    pub muted: bool,
    /// Changes that are met here for the first time, cells left out: indices.
    pub starts: Vec<usize>,
    /// Cells.
    pub cells: Vec<TableCell<'a>>,
    /// Whether anything of it is painted.
    pub changed: bool,
    /// Whether it is left out, as so much around it is the same.
    pub skipped: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell<'a> {
    /// Where it belongs: same, inserted or deleted.
    pub status: Status,
    /// Columns that it takes in the new draft, else in the old one.
    pub columns: u16,
    /// Whether it carries on the cell above it.
    pub joined: bool,
    /// Content: lines and tables.
    pub rows: Vec<Row<'a>>,
}

/// Returns what stands for an object in plain text: `[image: logo]`, `[note 3]`.
pub fn spelled(object: &Object) -> String {
    let what = match object.kind {
        ObjectKind::Note(_) => return format!("[note {}]", object.name),
        ObjectKind::TextBox(_) => "text box",
        ObjectKind::Image => "image",
        ObjectKind::Equation => "equation",
        ObjectKind::Other => "object",
    };
    if object.name.is_empty() { format!("[{what}]") } else { format!("[{what}: {}]", object.name) }
}

impl Row<'_> {
    /// Returns whether anything of it is painted.
    pub fn is_changed(&self) -> bool {
        match self {
            Self::Story(story) => story.status != Status::Same,
            Self::Line(line) => line.changed,
            Self::Table(table) => table.changed,
            Self::Skipped(_) => false,
        }
    }

    fn clause(&self) -> Option<usize> {
        match self {
            Self::Line(line) => line.clause,
            Self::Table(table) => table.clause,
            Self::Story(_) | Self::Skipped(_) => None,
        }
    }
}

impl<'a> View<'a> {
    /// Returns the clauses that a row stands in, the outermost first.
    pub fn path(&self, clause: Option<usize>) -> Vec<&Clause<'a>> {
        let mut path: Vec<_> =
            std::iter::successors(clause, |at| self.outline[*at].parent).map(|at| &self.outline[at]).collect();
        path.reverse();
        path
    }

    /// Leaves out what did not change: all rows but those that changed, `context` rows before and after
    /// each, and the headings above them. Stories without a change go as a whole. In tables the first row
    /// stays, and of the others those that changed with one before and after.
    #[must_use]
    pub fn condense(self, context: usize) -> Self {
        let Self { rows, outline } = self;
        let mut keep = vec![false; rows.len()];
        let mut wanted = vec![false; outline.len()];
        let mut from = 0;
        while from < rows.len() {
            let next = rows[from + 1..].iter().position(|row| matches!(row, Row::Story(_)));
            let to = next.map_or(rows.len(), |at| from + 1 + at);
            mark_story(&rows[from..to], context, &mut keep[from..to], &mut wanted, &outline);
            from = to;
        }
        let mut out = Vec::new();
        let mut skipped = 0;
        let mut shown = false;
        for (mut row, keep) in rows.into_iter().zip(keep) {
            let heading = matches!(&row, Row::Line(line) if line.opens && line.clause.is_some_and(|at| wanted[at]));
            if matches!(row, Row::Story(_)) {
                if skipped > 0 && shown {
                    out.push(Row::Skipped(skipped));
                }
                (skipped, shown) = (0, keep);
            }
            if keep || (heading && shown) {
                if skipped > 0 {
                    out.push(Row::Skipped(std::mem::take(&mut skipped)));
                }
                if let Row::Table(table) = &mut row {
                    table.condense();
                }
                out.push(row);
            } else {
                skipped += match row {
                    Row::Line(_) => 1,
                    Row::Table(table) => table.paragraphs(),
                    Row::Story(_) => 0,
                    Row::Skipped(count) => count,
                };
            }
        }
        if skipped > 0 && shown {
            out.push(Row::Skipped(skipped));
        }
        Self { rows: out, outline }
    }
}

/// Marks the rows of one story that stay, and the clauses whose headings stay.
fn mark_story(rows: &[Row<'_>], context: usize, keep: &mut [bool], wanted: &mut [bool], outline: &[Clause<'_>]) {
    let mut reach = 0;
    for (at, row) in rows.iter().enumerate() {
        if !row.is_changed() {
            continue;
        }
        let from = at.saturating_sub(context).max(reach);
        reach = at.saturating_add(context).saturating_add(1).min(rows.len());
        if from < reach {
            keep[from..reach].fill(true);
        }
        keep[0] = true;
        let mut clause = row.clause();
        while let Some(at) = clause.filter(|at| !wanted[*at]) {
            wanted[at] = true;
            clause = outline[at].parent;
        }
    }
}

impl TableRow<'_> {
    /// Returns the changes that are met in it for the first time, cells included.
    pub fn all_starts(&self) -> Vec<usize> {
        fn gather(rows: &[Row<'_>], all: &mut Vec<usize>) {
            for row in rows {
                match row {
                    Row::Line(line) => all.extend(&line.starts),
                    Row::Table(table) => {
                        all.extend(&table.starts);
                        table.rows.iter().for_each(|row| all.extend(row.all_starts()));
                    }
                    Row::Story(_) | Row::Skipped(_) => {}
                }
            }
        }
        let mut all = self.starts.clone();
        self.cells.iter().for_each(|cell| gather(&cell.rows, &mut all));
        all
    }
}

impl TableView<'_> {
    fn condense(&mut self) {
        let changed: Vec<bool> = self.rows.iter().map(|row| row.changed).collect();
        for (at, row) in self.rows.iter_mut().enumerate() {
            let near = at.saturating_sub(1)..(at + 2).min(changed.len());
            row.skipped = at > 0 && !changed[near].contains(&true);
        }
    }

    /// Returns how many paragraphs it has, those of tables in it included.
    pub fn paragraphs(&self) -> usize {
        let rows = self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.rows);
        rows.map(|row| match row {
            Row::Line(_) => 1,
            Row::Table(table) => table.paragraphs(),
            Row::Story(_) | Row::Skipped(_) => 0,
        })
        .sum()
    }
}

#[cfg(test)]
mod tests;
