//! Redlines: a [`Comparison`] written for people and for programs.
//!
//! Every writer takes a [`Report`]: both drafts, what the comparison says of them, and what of it is to be
//! shown. What a reader sees is settled once, in [`view`] (the rows of the redline) and [`summary`] (what
//! stands before it), so that all formats number the same changes and leave out the same noise.

pub mod docx;
pub mod frame;
pub mod html;
pub mod json;
pub mod markdown;
#[cfg(test)]
mod sample;
pub mod summary;
pub mod term;
pub mod view;

use std::collections::BTreeSet;

use crate::compare::{Change, Comparison, Noise, Texts};
use crate::document::draft::Draft;

/// What a writer of redlines needs.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The old draft.
    pub old: Side<'a>,
    /// The new draft.
    pub new: Side<'a>,
    /// What was found.
    pub comparison: &'a Comparison,
    /// What of it is shown.
    pub shown: Shown,
    /// Classes of noise that do not count as differences, and are not spoken of.
    pub ignored: BTreeSet<Noise>,
    /// Title of the report, where the user gave one.
    pub title: Option<String>,
    /// Options that bear on the result, each as a short sentence for the reader.
    pub options: Vec<String>,
    /// Name and version of the program.
    pub program: String,
    /// For each change its number, from 1; `None` where it is not shown.
    numbers: Vec<Option<usize>>,
}

/// One of the two drafts.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// Name of its file, without folders.
    pub name: String,
    /// SHA-256 of its bytes, as 64 lower-case hex digits.
    pub sha256: String,
    /// Its content.
    pub draft: &'a Draft,
    /// Its paragraphs and tables by ordinal.
    pub texts: Texts<'a>,
    /// Whose draft it is and of which date, where that is known.
    pub note: Option<String>,
}

/// What of a comparison is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Classes of noise that are shown and numbered like any change; the others are counted only.
    pub noise: BTreeSet<Noise>,
    /// Whether what did not change is left out.
    pub changes_only: bool,
    /// Unchanged paragraphs that are kept before and after each change, where the rest is left out.
    pub context: usize,
}

/// Name and version of the program, as reports print it.
pub const PROGRAM: &str = concat!("engross ", env!("CARGO_PKG_VERSION"));

impl<'a> Side<'a> {
    /// Returns a side without a note.
    pub fn new(name: impl Into<String>, sha256: impl Into<String>, draft: &'a Draft) -> Self {
        Self { name: name.into(), sha256: sha256.into(), draft, texts: Texts::new(draft), note: None }
    }
}

impl<'a> Report<'a> {
    /// Numbers the changes that are shown.
    pub fn new(old: Side<'a>, new: Side<'a>, comparison: &'a Comparison, shown: Shown) -> Self {
        let numbers = comparison.numbers(|change| shown.shows(change));
        let program = PROGRAM.to_owned();
        Self {
            old,
            new,
            comparison,
            shown,
            ignored: BTreeSet::new(),
            title: None,
            options: Vec::new(),
            program,
            numbers,
        }
    }

    /// Returns the number of a change, from 1; `None` where it is not shown. `change` is its index in
    /// [`Comparison::changes`].
    pub fn number(&self, change: usize) -> Option<usize> {
        self.numbers.get(change).copied().flatten()
    }

    /// Returns whether a change is noise that is not shown. `change` is its index in
    /// [`Comparison::changes`].
    pub fn is_muted(&self, change: usize) -> bool {
        self.number(change).is_none()
    }

    /// Returns the changes that are shown, with their indices and numbers.
    pub fn changes(&self) -> impl Iterator<Item = (usize, usize, &'a Change)> + '_ {
        let changes = self.comparison.changes.iter().enumerate();
        changes.filter_map(|(index, change)| self.number(index).map(|number| (index, number, change)))
    }

    /// Returns how many changes are shown.
    pub fn count(&self) -> usize {
        self.numbers.iter().flatten().count()
    }
}

impl Shown {
    /// Returns whether a change is shown: it is not noise, or noise of a class that is asked for.
    pub fn shows(&self, change: &Change) -> bool {
        change.noise.is_none_or(|noise| self.noise.contains(&noise))
    }
}
