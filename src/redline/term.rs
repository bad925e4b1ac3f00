//! A redline for the terminal, or for a pipe.
//!
//! In colour, insertions are green and underlined, deletions red and struck out, what was moved is cyan.
//! Without colour the text carries signs in the manner of `wdiff`: `{+inserted+}`, `[-deleted-]`,
//! `[<moved away<]`, `{>moved here>}`. What a draft holds cannot take effect on a terminal: control
//! characters and overrides of direction are spelled out.

mod head;
mod ink;
mod lines;

use super::Report;
use super::summary::summary;
use super::view::{Muted, view};
use ink::Page;

/// How the redline is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to use colours; signs stand for them otherwise.
    pub coloured: bool,
    /// Columns of the terminal; `None` for lines as long as they are.
    pub columns: Option<usize>,
    /// Whether to give the summary only, with a line for each clause.
    pub stat: bool,
}

/// Draws a redline, the summary first.
pub fn write(report: &Report<'_>, options: Options) -> String {
    let mut page = Page::new(options.coloured, options.columns);
    head::write(report, &summary(report), options.stat, &mut page);
    if !options.stat && (report.count() > 0 || !report.shown.changes_only) {
        let mut rows = view(report, Muted::AsNew);
        if report.shown.changes_only {
            rows = rows.condense(report.shown.context);
        }
        lines::write(report, &rows, &mut page);
    }
    page.done()
}

#[cfg(test)]
mod tests;
