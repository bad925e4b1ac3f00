//! Lone common words between rewritten stretches are given up.
//!
//! The alignment keeps whatever shortens the changes. A “the” or a comma that stands by chance in both of
//! two rewritten stretches shortens them too, but makes two changes of one that nobody can read.

use crate::compare::tokens::{Class, Token};

/// Tokens that a change on each side of an island has, both drafts taken together, for it to count as
/// rewritten.
const REWRITTEN: usize = 4;

/// Undoes the matches of small words and marks that stand alone between two rewritten stretches.
pub(super) fn flood(old: &[Token], new: &[Token], pairs: &mut Vec<(usize, usize)>) {
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    let mut k = 0;
    while k < pairs.len() {
        let from = k;
        while k + 1 < pairs.len() && pairs[k + 1].0 == pairs[k].0 + 1 && pairs[k + 1].1 == pairs[k].1 + 1 {
            k += 1;
        }
        let island = &pairs[from..=k];
        k += 1;
        let (first, last) = (island[0], island[island.len() - 1]);
        let before = kept.last().map_or((0, 0), |(a, b)| (a + 1, b + 1));
        let after = pairs.get(k).copied().unwrap_or((old.len(), new.len()));
        let rewritten = |from: (usize, usize), to: (usize, usize)| {
            let (gone, come) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
            gone > 0 && come > 0 && gone + come >= REWRITTEN
        };
        let small = island.len() <= 2
            && island.iter().all(|(a, _)| matches!(old[*a].class, Class::Small | Class::Mark))
            && island.iter().filter(|(a, _)| old[*a].class == Class::Small).count() <= 1;
        if !(small && rewritten(before, first) && rewritten((last.0 + 1, last.1 + 1), after)) {
            kept.extend_from_slice(island);
        }
    }
    *pairs = kept;
}
