//! The redline as a Word file: the old file with native tracked changes.
//!
//! Accepting all of them gives the new text, rejecting all of them the old one. What did not change is copied
//! from the old file byte for byte; what changed keeps the look that it had in its own draft. A draft that is
//! no Word file is set on paper of our own (`plain`).
//!
//! Before a file is returned it is read again, in both views, and held against both drafts (`check`): a
//! paragraph that does not come out right is written coarser, and said aloud; a file that is still wrong is
//! an error.
//!
//! Standard: ECMA-376 part 1, 17.13.5 (revisions).

mod carried;
mod catalogue;
mod check;
mod comments;
mod earlier;
mod file;
mod fresh;
mod inline;
mod look;
mod markup;
mod moves;
mod object;
mod outgoing;
mod pins;
mod plain;
mod plan;
mod resolve;
mod side;
mod source;
mod spans;
mod story;
mod table;
#[cfg(test)]
mod tests;
mod units;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use self::catalogue::Catalogue;
pub use self::earlier::Kept;
use self::earlier::{Element, Ledger};
use self::file::File;
use self::markup::{Sign, Stamp};
use self::moves::Moves;
use self::object::NewNote;
use self::outgoing::Outgoing;
use self::pins::Pins;
use self::side::Side;
use self::source::Source;
use self::spans::Spans;
use crate::compare::{Change, ChangeKind, Comparison, Noise, StoryPair};
use crate::document::draft::{Caveat, Draft};
use crate::import::docx::DocxError;
use crate::ooxml::{Package, PackageError, Places, View};

/// One of the two drafts.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What was read.
    pub draft: &'a Draft,
    /// The Word file that it was read from, if it was one.
    pub package: Option<&'a Package>,
    /// Where everything is in that file, as `import::docx::read_package` says; without it the file is read
    /// once more.
    pub places: Option<&'a Places>,
    /// The view of its own tracked changes that was read.
    pub view: View,
}

/// How a redline is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Author of the changes.
    pub author: String,
    /// When they were made, as `2026-11-21T00:00:00Z`; empty for no date.
    pub date: String,
    /// Whether changes of the look are tracked, too.
    pub formatting: bool,
    /// Whether changes that the new file tracks already stand under the names of their authors.
    pub keep_tracked: bool,
}

/// A redline that was written and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What could not be brought over, in words.
    pub caveats: Vec<Caveat>,
    /// Paragraphs that were written coarser than the comparison has them, since they did not come out right.
    pub coarser: usize,
    /// What became of the tracked changes of the new file, if they were to be kept.
    pub earlier: Kept,
}

/// Why a redline cannot be written as a Word file.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A part of a file cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A file cannot be read again.
    #[error(transparent)]
    Read(#[from] DocxError),
    /// A file does not hold the text that was compared.
    #[error("the text of the {0} file is not the text that was compared; read both files again")]
    Other(&'static str),
    /// The redline does not give back the drafts.
    #[error("the redline would not give back the {draft} text ({place}); write it as HTML or PDF instead (`-f html`)")]
    Unsound {
        /// `old` or `new`.
        draft: &'static str,
        /// Where, in words.
        place: String,
    },
    /// The archive cannot be written.
    #[error("the Word file cannot be put together: it would be larger than an archive can be")]
    Archive,
}

/// How often paragraphs are written coarser before a story is, and then the whole.
const ATTEMPTS: usize = 4;

/// Writes a redline.
///
/// # Errors
///
/// Fails if a part of a file cannot be read, and if the redline would not give back both texts.
pub fn write(
    old: &Input<'_>,
    new: &Input<'_>,
    comparison: &Comparison,
    options: &Options,
) -> Result<Written, WriteError> {
    let old_file = File::new(old, "old")?;
    let new_file = File::new(new, "new")?;
    let old_side = old_file.side()?;
    let new_side = new_file.side()?;
    let carried = carried::carry(comparison, &old_side.texts, &new_side.texts);
    let comparison = carried.as_ref().unwrap_or(comparison);
    let fitted = if options.keep_tracked { Ledger::read(new, &old_side, &new_side, comparison)? } else { None };
    let (ledger, mut coarse) = fitted.unzip();
    let mut coarser = 0;
    for attempt in 0..=ATTEMPTS {
        let comparison = coarse.as_ref().unwrap_or(comparison);
        let writer = Writer::new(old_file.side()?, new_file.side()?, new.package.is_none(), comparison, options)?;
        let (bytes, caveats, kept) = writer.keeping(ledger.as_ref()).write()?;
        let faults = check::check(&bytes, comparison, &old_side, &new_side)?;
        let Some(fault) = faults.first() else {
            let earlier = ledger.as_ref().map_or_else(Kept::default, |ledger| ledger.count(&kept));
            return Ok(Written { bytes, caveats, coarser, earlier });
        };
        if attempt == ATTEMPTS {
            return Err(WriteError::Unsound { draft: fault.draft(), place: fault.place(&old_side, &new_side) });
        }
        let mut next = comparison.clone();
        coarser += check::coarsen(&mut next, &faults, (&old_side, &new_side), attempt + 2 >= ATTEMPTS);
        coarse = Some(next);
    }
    Err(WriteError::Archive)
}

/// What is known while a redline is written.
struct Writer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// Whether the new draft is no Word file: what comes takes the look of what is beside it.
    new_is_plain: bool,
    changes: &'a [Change],
    stories: &'a [StoryPair],
    moves: Moves,
    /// Ranges of moves that are open, from here and to here, by their identifiers.
    open_moves: [Option<u32>; 2],
    stamp: Stamp,
    catalogue: Catalogue,
    outgoing: Outgoing<'a>,
    /// Ordinal of the old paragraph that comes next.
    near: usize,
    /// Look of text of a plain draft.
    plain_look: String,
    /// The part that is written, and the prefixes that it declares.
    target: String,
    declared: BTreeMap<String, String>,
    /// Text boxes of the old file that are changed, with their stories' pairs.
    edited_boxes: HashMap<usize, usize>,
    /// Stories of both drafts that belong together.
    pairs: HashSet<(usize, usize)>,
    new_notes: Vec<NewNote>,
    next_note: [i64; 2],
    /// Paragraphs whose fields go or come whole, though they reach over several.
    spans: Spans,
    /// What is set in the text beside its pieces.
    pins: Pins,
    /// Names of bookmarks in the old file.
    bookmarks: HashSet<String>,
    /// Bookmarks of the new file that are open: their identifiers there and here.
    open_bookmarks: Vec<(String, u32)>,
    caveats: BTreeMap<&'static str, usize>,
    /// The paragraph of the new draft that was taken apart last.
    spare: Option<Source<'a>>,
    /// Whether the sections of the old file stay.
    keeps_sections: bool,
    formatting: bool,
    /// Who changed what in the new file before, and which of those changes were written.
    ledger: Option<&'a Ledger>,
    kept: BTreeSet<Element>,
}

impl Writer<'_> {
    /// Returns who signs a change of our own. Noise is signed apart so that Word can hide it.
    fn sign(&self, change: Option<usize>) -> Sign {
        let noise = change.and_then(|change| self.changes.get(change)).and_then(|change| change.noise);
        match noise {
            Some(Noise::Space | Noise::Punctuation | Noise::Case) => Sign::Noise,
            _ => Sign::Own,
        }
    }

    /// Returns whether a change is one of the look that is tracked.
    fn is_formatting(&self, change: usize) -> bool {
        self.formatting && self.changes.get(change).is_some_and(|change| change.kind == ChangeKind::Formatting)
    }

    /// Takes note of something that could not be brought over.
    fn caveat(&mut self, what: &'static str) {
        *self.caveats.entry(what).or_default() += 1;
    }
}
