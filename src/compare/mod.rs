//! Two drafts compared: what was inserted, deleted, moved, renumbered, and what that touches.
//!
//! [`compare`] takes two [`Draft`]s, whatever they were read from, and returns a [`Comparison`]: plain
//! data, which every writer of a redline shows in its own way. Its heart is the *redline*, the merged
//! text of both drafts: [`Line`]s of [`Seg`]ments in the order of reading, each with a [`Status`].
//! Taking what is same, inserted or moved here gives the new draft; taking what is same, deleted or
//! moved away gives the old one (every redline is held to that before it is returned).
//!
//! Paragraphs are named by their ordinal over all stories of a draft ([`Texts`]), positions in a text
//! are bytes.

pub mod checks;
pub mod model;
pub mod outline;
pub mod place;
pub mod references;
pub mod sensitive;
pub mod terms;
pub mod texts;
pub mod topics;

mod align;
mod changes;
mod lexis;
mod lines;
mod redline;
mod sound;
mod spine;
mod stories;
mod tables;
mod tokens;
mod vocabulary;
mod words;

pub use model::*;
pub use outline::{Clause, Outline};
pub use place::{Place, Step};
pub use texts::Texts;

use crate::document::draft::Draft;

/// How two drafts are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// What may be spent, in pairs of words that are looked at; where it runs out, the rest is compared
    /// more coarsely, and [`Comparison::coarse`] says so. It is a count and not a time, so that the same
    /// drafts always give the same result.
    pub budget: u64,
    /// Whether it is found out what the changes touch and are about, and the new draft is checked. What
    /// shows only the text needs none of it.
    pub analyse: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { budget: 1_500_000_000, analyse: true }
    }
}

/// Compares two drafts.
///
/// Takes time and memory near linear in the size of the drafts and of what changed between them.
#[must_use]
pub fn compare(old: &Draft, new: &Draft, options: &Options) -> Comparison {
    let (old_texts, new_texts) = (Texts::new(old), Texts::new(new));
    let mut vocabulary = tokens::Vocabulary::default();
    let (old_tokens, new_tokens) = (vocabulary.tokens(&old_texts), vocabulary.tokens(&new_texts));
    drop(vocabulary);
    let sides = align::Sides { old: &old_texts, new: &new_texts, old_tokens: &old_tokens, new_tokens: &new_tokens };
    let mut builder = redline::Builder::new(sides, words::Budget::new(options.budget));
    let mut stories = stories::pairs(&mut builder);
    let mut coarse = Vec::new();
    if builder.is_coarse() {
        coarse.push(
            "The drafts are so large or so unlike that parts of them were compared more coarsely: whole \
             paragraphs stand there as replaced."
                .to_owned(),
        );
    }
    let fallbacks = sound::mend(&mut stories, &old_texts, &new_texts);
    let moves = std::mem::take(&mut builder.moves);
    let mut comparison = Comparison { stories, coarse, ..Comparison::default() };
    comparison.tally.fallbacks = fallbacks;
    changes::find(&mut comparison, moves, &old_texts, &new_texts, options.analyse);
    comparison
}

#[cfg(test)]
mod tests;
