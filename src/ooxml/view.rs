//! Tracked changes in a file: which of two texts is meant.

use super::tag::Tag;
use super::tape::{NodeId, Tape};

/// Which text of a file with tracked changes is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// The text as if every change had been accepted.
    Accepted,
    /// The text as if every change had been rejected.
    Rejected,
}

/// The tracked changes that something is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Revision {
    /// Inserted, or moved here.
    pub added: bool,
    /// Deleted, or moved away.
    pub removed: bool,
    /// Whether the innermost is one half of a move.
    pub moved: bool,
}

impl Revision {
    /// Returns whether there is no change.
    pub fn is_none(self) -> bool {
        !self.added && !self.removed
    }

    /// Returns whether it is part of the text that is meant.
    pub fn seen(self, view: View) -> bool {
        match view {
            View::Accepted => !self.removed,
            View::Rejected => !self.added,
        }
    }

    /// Returns what is part of this change, and of the one that an element of `tag` stands for
    /// (`w:ins`, `w:del`, `w:moveFrom`, `w:moveTo`, `w:cellIns`, `w:cellDel`); any other changes nothing.
    #[must_use]
    pub fn within(self, tag: Tag) -> Self {
        match tag {
            Tag::Ins | Tag::CellIns => Self { added: true, moved: false, ..self },
            Tag::Del | Tag::CellDel => Self { removed: true, moved: false, ..self },
            Tag::MoveFrom => Self { removed: true, moved: true, ..self },
            Tag::MoveTo => Self { added: true, moved: true, ..self },
            _ => self,
        }
    }

    fn of_children(tape: &Tape, node: NodeId) -> Self {
        tape.children(node).fold(Self::default(), |revision, child| revision.within(tape.tag(child)))
    }

    /// Returns the change of the paragraph mark of a `w:p`.
    pub fn of_mark(tape: &Tape, paragraph: NodeId) -> Self {
        let mark = tape.at(paragraph, &[Tag::PPr, Tag::RPr]);
        mark.map_or_else(Self::default, |node| Self::of_children(tape, node))
    }

    /// Returns the change of a row, a `w:tr`.
    pub fn of_row(tape: &Tape, row: NodeId) -> Self {
        tape.child(row, Tag::TrPr).map_or_else(Self::default, |node| Self::of_children(tape, node))
    }

    /// Returns the change of a cell, a `w:tc`.
    pub fn of_cell(tape: &Tape, cell: NodeId) -> Self {
        tape.child(cell, Tag::TcPr).map_or_else(Self::default, |node| Self::of_children(tape, node))
    }
}

/// Returns the properties that hold in a view: those in `w:pPrChange`, `w:rPrChange`, `w:tcPrChange` and
/// their like, if changes are rejected and there is one; else those given.
pub fn properties(tape: &Tape, node: NodeId, view: View) -> NodeId {
    let change = match tape.tag(node) {
        _ if view == View::Accepted => return node,
        Tag::PPr => Tag::PPrChange,
        Tag::RPr => Tag::RPrChange,
        Tag::TcPr => Tag::TcPrChange,
        Tag::TrPr => Tag::TrPrChange,
        Tag::TblPr => Tag::TblPrChange,
        Tag::SectPr => Tag::SectPrChange,
        _ => return node,
    };
    tape.child(node, change).and_then(|change| tape.child(change, tape.tag(node))).unwrap_or(node)
}

/// Returns the first child of a node that switches on or off a property, if it is there and on.
pub fn is_on(tape: &Tape, properties: NodeId, tag: Tag) -> bool {
    tape.child(properties, tag).is_some_and(|node| tape.is_on(node))
}
