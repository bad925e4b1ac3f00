//! The words of two paragraphs aligned.
//!
//! What is wanted is not the longest common subsequence but a readable one that is nearly as long: a lone
//! “of” that stands in both of two rewritten stretches is not worth two changes instead of one. So the
//! alignment is the best by a score: each common token gains by its class, and each stretch of change
//! costs something to begin (an alignment with affine gaps, Gotoh 1982, with one state for deletions and
//! insertions together). Paragraphs too long for the table are parted at rare words first.

mod anchors;
pub(in crate::compare) mod brackets;
mod islands;
mod slide;

use crate::compare::tokens::{Class, Token};

/// What may still be spent on comparisons, in cells of tables.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    /// Whether it ran out, so that a result is coarser than it could be.
    pub(crate) spent: bool,
}

impl Budget {
    pub(crate) fn new(cells: u64) -> Self {
        Self { left: cells, spent: false }
    }

    /// Spends at most so many cells on something that can be left alone; `None` if they were not enough.
    pub(crate) fn within<T>(&mut self, cells: u64, spend: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let mut own = Self::new(cells.min(self.left / 2));
        let granted = own.left;
        let found = spend(&mut own);
        self.left -= granted - own.left;
        (!own.spent).then_some(found)
    }

    /// Takes what a table of that size costs; `false` if too little is left.
    pub(crate) fn take(&mut self, old: usize, new: usize) -> bool {
        let cells = (old as u64).saturating_mul(new as u64);
        if cells > self.left {
            self.spent = true;
            return false;
        }
        self.left -= cells;
        true
    }
}

/// Cells of the largest table that is made at once, a byte each.
const TABLE: usize = 4_000_000;

/// What a stretch of change costs to begin, on the scale of [`gain`]: more than a lone small word or mark brings.
const OPEN: i32 = 18;

/// The same in a text of which much was edited: more than any lone word brings. There the changes are long, and
/// a word that stayed between two of them does not shorten them so that a reader would notice.
const OPEN_EDITED: i32 = 20;

/// Share of common tokens, in percent, below which much of a text was edited.
const EDITED: usize = 86;

/// What a common token is worth.
fn gain(class: Class) -> i32 {
    match class {
        // An amount that stayed is never shown as changed, however lone it is.
        Class::Number | Class::Object => 40,
        Class::Word => 20,
        Class::Small => 16,
        Class::Mark => 10,
    }
}

/// What a common word is worth that stands beside a number in both texts: more than a change costs to begin, so
/// that an amount and a date near it are changed one by one.
const BESIDE_NUMBER: i32 = 24;

/// Returns the tokens that belong together: indices in `old` and `new`, both growing.
pub(super) fn align(old: &[Token], new: &[Token], budget: &mut Budget) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(old.len().min(new.len()));
    align_part(old, new, (0, 0), OPEN, budget, &mut pairs);
    if 200 * pairs.len() < EDITED * (old.len() + new.len()) {
        pairs.clear();
        align_part(old, new, (0, 0), OPEN_EDITED, budget, &mut pairs);
    }
    islands::flood(old, new, &mut pairs);
    slide::settle(old, new, &mut pairs);
    pairs
}

fn align_part(
    old: &[Token],
    new: &[Token],
    (from_old, from_new): (usize, usize),
    open: i32,
    budget: &mut Budget,
    pairs: &mut Vec<(usize, usize)>,
) {
    let same = |a: &Token, b: &Token| a.loose == b.loose;
    let head = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    pairs.extend((0..head).map(|k| (from_old + k, from_new + k)));
    let (rest_old, rest_new) = (&old[head..], &new[head..]);
    let tail = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (mid_old, mid_new) = (&rest_old[..rest_old.len() - tail], &rest_new[..rest_new.len() - tail]);
    let at = (from_old + head, from_new + head);
    if !mid_old.is_empty() && !mid_new.is_empty() {
        align_middle(mid_old, mid_new, at, open, budget, pairs);
    }
    let at = (at.0 + mid_old.len(), at.1 + mid_new.len());
    pairs.extend((0..tail).map(|k| (at.0 + k, at.1 + k)));
}

fn align_middle(
    old: &[Token],
    new: &[Token],
    (from_old, from_new): (usize, usize),
    open: i32,
    budget: &mut Budget,
    pairs: &mut Vec<(usize, usize)>,
) {
    if old.len().saturating_mul(new.len()) <= TABLE && budget.take(old.len(), new.len()) {
        let found = table(old, new, open);
        pairs.extend(found.into_iter().map(|(a, b)| (from_old + a, from_new + b)));
        return;
    }
    let Some(anchors) = anchors::find(old, new) else {
        budget.spent = true;
        return;
    };
    let (mut old_at, mut new_at) = (0, 0);
    for (a, b, length) in anchors.into_iter().chain([(old.len(), new.len(), 0)]) {
        let (part_old, part_new) = (&old[old_at..a], &new[new_at..b]);
        if !part_old.is_empty() && !part_new.is_empty() {
            align_part(part_old, part_new, (from_old + old_at, from_new + new_at), open, budget, pairs);
        }
        pairs.extend((0..length).map(|k| (from_old + a + k, from_new + b + k)));
        (old_at, new_at) = (a + length, b + length);
    }
}

/// For each token, whether the one before or the one after it is a number.
fn beside_numbers(tokens: &[Token]) -> Vec<bool> {
    let is_number = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.class == Class::Number);
    (0..tokens.len()).map(|at| is_number(at.checked_sub(1)) || is_number(Some(at + 1))).collect()
}

/// Whether the step into a cell came from a match, and what the best way to a gap was.
const MATCH_FROM_GAP: u8 = 1;
const GAP_OPENS: u8 = 2;
const GAP_FROM_OLD: u8 = 4;
const MATCHES: u8 = 8;

/// The best alignment of two short sequences that begin and end unlike.
fn table(old: &[Token], new: &[Token], open: i32) -> Vec<(usize, usize)> {
    let (beside_old, beside_new) = (beside_numbers(old), beside_numbers(new));
    let width = new.len() + 1;
    let mut steps = vec![0_u8; (old.len() + 1) * width];
    // Scores of the row above: the best alignment that ends in a match there, and in a gap.
    let never = i32::MIN / 2;
    let mut matched = vec![never; width];
    let mut gapped = vec![-open; width];
    matched[0] = 0;
    // What goes before is common (or nothing): the first change has to be begun like any other.
    steps[0] |= GAP_OPENS;
    let worth = |i: usize, j: usize, class: Class| {
        if class != Class::Mark && beside_old[i] && beside_new[j] {
            gain(class).max(BESIDE_NUMBER)
        } else {
            gain(class)
        }
    };
    for (i, a) in old.iter().enumerate() {
        let row = (i + 1) * width;
        let mut diagonal = (matched[0], gapped[0]);
        matched[0] = never;
        steps[row] |= GAP_FROM_OLD;
        for (j, b) in new.iter().enumerate() {
            let above = (matched[j + 1], gapped[j + 1]);
            let mut step = 0;
            let here = if a.loose == b.loose {
                step |= MATCHES;
                if diagonal.1 > diagonal.0 {
                    step |= MATCH_FROM_GAP;
                }
                // Exact equality breaks ties between equals but for case and the like.
                diagonal.0.max(diagonal.1) + worth(i, j, a.class) - i32::from(a.exact != b.exact)
            } else {
                never
            };
            let left = gapped[j];
            let mut gap = above.1;
            step |= GAP_FROM_OLD;
            if left > gap {
                gap = left;
                step &= !GAP_FROM_OLD;
            }
            if here - open > gap {
                gap = here - open;
                step |= GAP_OPENS;
            }
            diagonal = above;
            matched[j + 1] = here;
            gapped[j + 1] = gap;
            steps[row + j + 1] = step;
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (old.len(), new.len());
    let mut in_match = matched[j] > gapped[j];
    while i > 0 && j > 0 {
        let step = steps[i * width + j];
        if in_match {
            debug_assert!(step & MATCHES != 0, "a match was scored here");
            (i, j) = (i - 1, j - 1);
            pairs.push((i, j));
            in_match = step & MATCH_FROM_GAP == 0;
        } else if step & GAP_OPENS != 0 {
            in_match = true;
        } else if step & GAP_FROM_OLD != 0 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}
