//! The changes of a redline, as a lawyer would count them: one for each stretch of changed words, one for
//! a clause that is new or gone with all that is in it, one for a section that moved.

mod clauses;
mod describe;
mod followed;
mod meaning;
mod number;

use super::{Comparison, Outline, Texts};

/// Finds the changes of a comparison whose redline is made, and all that follows from them.
pub(super) fn find(
    comparison: &mut Comparison,
    moves: Vec<Vec<(usize, usize)>>,
    old: &Texts<'_>,
    new: &Texts<'_>,
    analyse: bool,
) {
    let outlines = (Outline::new(old), Outline::new(new));
    let links = clauses::Links::new(comparison, &moves, old, new);
    let numbers = clauses::Numbers::new(&links, &outlines.0, &outlines.1);
    let mut stories = std::mem::take(&mut comparison.stories);
    let mut numberer = number::Numberer::new(old, new, &outlines, &moves);
    for story in &mut stories {
        numberer.nodes(&mut story.nodes);
    }
    let (mut drafts, found_moves) = numberer.finish();
    followed::part(&mut drafts, &mut stories, &numbers, old, new);
    comparison.stories = stories;
    comparison.moves = found_moves;
    comparison.changes = describe::changes(&drafts, old, new, &outlines, &numbers);
    comparison.clauses = clauses::links(comparison, &links, &outlines.0, &outlines.1, (old, new), &numbers);
    if analyse {
        meaning::add(comparison, &drafts, links.partners(), old, new, &outlines);
    }
    describe::tally(comparison, old, new);
}
