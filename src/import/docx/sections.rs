//! Sections of a document, for their headers and footers (ECMA-376 part 1, 17.10).

use std::collections::BTreeSet;

use crate::document::draft::StoryKind;
use crate::ooxml::{NodeId, Relations, Tag, Tape, View, is_on, properties};

/// A header or a footer that a reader sees.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Margin {
    pub(super) kind: StoryKind,
    /// Section, from 1, and place: `1 first`.
    pub(super) name: String,
    /// Its part.
    pub(super) part: String,
}

/// Returns the headers and footers of the sections, headers first. A section that names none has those of
/// the section before; a part that was named before is not named again. `even` is whether even pages have
/// their own.
pub(super) fn margins(tape: &Tape, relations: &Relations, sections: &[NodeId], view: View, even: bool) -> Vec<Margin> {
    let mut found: Vec<Margin> = Vec::new();
    let mut taken = BTreeSet::new();
    for (reference, kind) in [(Tag::HeaderReference, StoryKind::Header), (Tag::FooterReference, StoryKind::Footer)] {
        // What the last section before had of each place, whether it was shown or not.
        let mut named: [Option<&str>; 3] = [None; 3];
        for (index, &section) in sections.iter().enumerate() {
            let first = is_on(tape, properties(tape, section, view), Tag::TitlePg);
            for node in tape.elements(section).filter(|&node| tape.tag(node) == reference) {
                let slot = match tape.raw_attr(node, "w:type") {
                    Some("first") => 0,
                    Some("even") => 2,
                    _ => 1,
                };
                let relation = tape.attr(node, "r:id").and_then(|id| relations.by_id(&id));
                if let Some(relation) = relation.filter(|relation| !relation.external) {
                    named[slot] = Some(&relation.target);
                }
            }
            for (slot, (place, shown)) in [("first", first), ("default", true), ("even", even)].into_iter().enumerate()
            {
                let Some(part) = named[slot].filter(|_| shown) else { continue };
                if taken.insert((kind, part)) {
                    let name = format!("{} {place}", index + 1);
                    found.push(Margin { kind, name, part: part.to_owned() });
                }
            }
        }
    }
    found
}
