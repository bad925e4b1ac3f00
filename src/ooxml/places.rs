//! Where the paragraphs, tables and stories of a draft are in its file.

use super::pieces::{Fields, Hidden};
use super::tape::NodeId;
use super::view::View;

/// Where everything is that a reader counted: the ordinals are those of `source` in a
/// [`Draft`](crate::document::draft::Draft).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The view that was read.
    pub view: View,
    /// Names of the parts that were read, the main document first.
    pub parts: Vec<String>,
    /// Styles whose text is not shown.
    pub hidden: Hidden,
    /// Paragraphs.
    pub paras: Vec<ParaPlace>,
    /// The `w:p` elements of all paragraphs, one after the other.
    pub nodes: Vec<NodeId>,
    /// Tables (`w:tbl`), rows (`w:tr`) and cells (`w:tc`), with their part.
    pub tables: Vec<(u16, NodeId)>,
    /// Rows.
    pub rows: Vec<(u16, NodeId)>,
    /// Cells.
    pub cells: Vec<(u16, NodeId)>,
    /// Stories, in the order of the draft.
    pub stories: Vec<StoryPlace>,
}

/// Where a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParaPlace {
    /// Its part: index in [`Places::parts`].
    pub part: u16,
    /// How many `w:p` make it up: more than one, where the mark between two is not part of the view. None
    /// stands for a paragraph that is not in the file (the content of an empty cell), or for one that only
    /// stands for a part that was not read.
    pub count: u16,
    /// The first of them in [`Places::nodes`].
    pub first: u32,
    /// Fields that are open where it begins.
    pub fields: Fields,
}

/// Where a story is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryPlace {
    /// Its part: index in [`Places::parts`].
    pub part: u16,
    /// The elements that hold its paragraphs: `w:body`, `w:hdr`, `w:ftr`, a `w:footnote`, or each
    /// `w:txbxContent` of one drawing.
    pub containers: Vec<NodeId>,
}

impl Places {
    /// Returns the `w:p` elements of a paragraph and its part.
    pub fn para(&self, source: u32) -> Option<(&ParaPlace, &[NodeId])> {
        let place = self.paras.get(source as usize)?;
        let first = place.first as usize;
        Some((place, self.nodes.get(first..first + usize::from(place.count))?))
    }
}
