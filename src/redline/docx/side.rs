//! One of the two files, with what was read from it and where that stands.

use std::collections::HashMap;
use std::sync::Arc;

use super::WriteError;
use crate::compare::Texts;
use crate::document::draft::{Draft, Para};
use crate::ooxml::{Hidden, NodeId, Package, ParaPlace, Pieces, Places, Tape};

/// A file.
#[derive(Debug)]
pub(super) struct Side<'a> {
    /// The package.
    pub(super) package: &'a Package,
    /// What was read from it.
    pub(super) draft: &'a Draft,
    /// Its paragraphs and tables by ordinal.
    pub(super) texts: Texts<'a>,
    /// Where they are.
    pub(super) places: &'a Places,
    /// The parts that were read, in the order of [`Places::parts`].
    pub(super) tapes: Vec<Arc<Tape>>,
    /// Stories by part and container.
    pub(super) boxes: HashMap<(u16, NodeId), usize>,
}

/// A paragraph of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct ParaAt<'a> {
    /// What was read.
    pub(super) para: &'a Para,
    /// Its part: index in [`Places::parts`].
    pub(super) part: u16,
    /// The last `w:p` that makes it up; `None` if it is not in the file.
    pub(super) node: Option<NodeId>,
    /// All of them.
    pub(super) nodes: &'a [NodeId],
    place: &'a ParaPlace,
}

impl ParaAt<'_> {
    /// Returns whether it begins in the midst of a field.
    pub(super) fn in_field(&self) -> bool {
        self.place.fields.depth() > 0
    }
}

impl<'a> Side<'a> {
    /// Puts together what is known of a file.
    ///
    /// # Errors
    ///
    /// Fails if a part that was read cannot be read again.
    pub(super) fn new(package: &'a Package, draft: &'a Draft, places: &'a Places) -> Result<Self, WriteError> {
        let tapes = places.parts.iter().map(|name| package.tape(name)).collect::<Result<Vec<_>, _>>()?;
        let boxes = places
            .stories
            .iter()
            .enumerate()
            .flat_map(|(story, place)| place.containers.iter().map(move |node| ((place.part, *node), story)))
            .collect();
        Ok(Self { package, draft, texts: Texts::new(draft), places, tapes, boxes })
    }

    /// Returns a paragraph by its ordinal.
    pub(super) fn para(&self, ordinal: usize) -> Option<ParaAt<'a>> {
        let para = *self.texts.paras.get(ordinal)?;
        let (place, nodes) = self.places.para(para.source)?;
        Some(ParaAt { para, part: place.part, node: nodes.last().copied(), nodes, place })
    }

    /// Returns the tape of a part.
    ///
    /// # Panics
    ///
    /// Never: every part that a place names was read.
    pub(super) fn tape(&self, part: u16) -> Arc<Tape> {
        Arc::clone(&self.tapes[usize::from(part).min(self.tapes.len() - 1)])
    }

    /// Returns the name of a part.
    pub(super) fn part_name(&self, part: u16) -> &'a str {
        self.places.parts.get(usize::from(part)).map_or("", String::as_str)
    }

    /// Returns the styles that hide text.
    pub(super) fn hidden(&self) -> &'a Hidden {
        &self.places.hidden
    }

    /// Takes a paragraph apart.
    pub(super) fn pieces(&self, at: &ParaAt<'_>, tape: &Tape, pieces: &mut Pieces) {
        pieces.take(tape, at.nodes, self.places.view, self.hidden(), at.place.fields);
    }
}
