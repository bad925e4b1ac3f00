//! Word files (`.docx`) to drafts.
//!
//! What a reader of the document sees is read, in the order in which it is seen: the body, headers and
//! footers, notes, text boxes; paragraphs with the numbers that Word would show, tables cell by cell, fields
//! with their results. What is not text becomes an object with a digest. Where the file has tracked changes,
//! one of its two texts is read.
//!
//! [`read_package`] also says where in the file each paragraph, table, row and cell is ([`Places`]), for the
//! writer of redlines.

mod block;
mod comments;
mod format;
mod numbering;
mod object;
mod para;
mod sections;
mod story;
mod styles;

use std::collections::BTreeSet;

use crate::document::draft::{Draft, DraftFormat};
use crate::document::label;
use crate::ooxml::{Package, PackageError, Places, View};

/// What is to become of tracked changes that are in the file already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Tracked {
    /// The text as if all were accepted.
    #[default]
    Accepted,
    /// The text as if all were rejected.
    Rejected,
    /// The file is not read if it has any.
    Refuse,
}

/// Why a Word file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// The file is no package, or a part of it cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// There is no text in it.
    #[error("the Word document has no body")]
    NoBody,
    /// There is more in it than in any real document.
    #[error("the Word document has more {0} than any real document; it was not read further")]
    Large(&'static str),
    /// It has tracked changes, and was to have none.
    #[error("the file has {} by {}; accept or reject them in Word, or say `--tracked accepted` or \
        `--tracked rejected`", changes(*.count), names(.authors))]
    Tracked {
        /// How many.
        count: usize,
        /// Who made them, in alphabetical order.
        authors: BTreeSet<String>,
    },
}

/// Returns the number of tracked changes in words.
fn changes(count: usize) -> String {
    if count == 1 { "a tracked change".to_owned() } else { format!("{count} tracked changes") }
}

/// Returns names in a row: a few, and how many more.
fn names(names: &BTreeSet<String>) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len().saturating_sub(SHOWN) {
        _ if names.is_empty() => "somebody who is not named".to_owned(),
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Reads a Word file.
///
/// # Errors
///
/// Fails if it is no Word file, is damaged, protected or larger than any real document, and, for
/// [`Tracked::Refuse`], if it has tracked changes.
pub fn read(bytes: &[u8], tracked: Tracked) -> Result<Draft, DocxError> {
    let package = Package::open(bytes)?;
    read_package(&package, tracked).map(|(draft, _)| draft)
}

/// Reads a Word file that was opened, and says where everything is in it.
///
/// # Errors
///
/// Fails as [`read`] does.
pub fn read_package(package: &Package, tracked: Tracked) -> Result<(Draft, Places), DocxError> {
    let view = if tracked == Tracked::Rejected { View::Rejected } else { View::Accepted };
    let read = story::read(package, view)?;
    if tracked == Tracked::Refuse && read.changes > 0 {
        return Err(DocxError::Tracked { count: read.changes, authors: read.authors });
    }
    let mut draft = Draft {
        format: DraftFormat::Docx,
        lang: None,
        stories: read.stories,
        comments: read.comments,
        caveats: read.caveats,
    };
    label::settle(&mut draft);
    Ok((draft, read.places))
}

#[cfg(test)]
mod tests;
