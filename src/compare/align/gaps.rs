//! What belongs together between two paragraphs that do.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Likeness, Links, Unit, Weighed};
use crate::compare::spine;
use crate::compare::words::Budget;

/// Units of a gap that are compared one by one even where they repeat.
const REPEATED: usize = 3_000;

/// Links what is equal in each gap: first what stands once in it, then what repeats.
pub(super) fn equal(links: &mut Links, weighed: &mut Weighed<'_>, old: &[Unit], new: &[Unit], budget: &mut Budget) {
    let mut gaps = links.gaps();
    while let Some((gap_old, gap_new)) = gaps.pop() {
        if gap_old.is_empty() || gap_new.is_empty() {
            continue;
        }
        let hashes = |units: &[Unit]| units.iter().map(|unit| unit.hash).collect::<Vec<_>>();
        let (in_old, in_new) = (hashes(&old[gap_old.clone()]), hashes(&new[gap_new.clone()]));
        let candidates: Vec<_> = spine::unique_pairs(&in_old, &in_new)
            .into_iter()
            .map(|(a, b)| (gap_old.start + a, gap_new.start + b))
            .filter(|(a, _)| old[*a].words > 0)
            .map(|(a, b)| (a, b, old[a].words as u64))
            .collect();
        if candidates.is_empty() {
            let found = among_equals(links, weighed, (&gap_old, &in_old), (&gap_new, &in_new), budget);
            if found.is_empty() {
                repeated(links, (&gap_old, &in_old), (&gap_new, &in_new), old);
                continue;
            }
            let (mut a, mut b) = (gap_old.start, gap_new.start);
            for (at, there) in found {
                gaps.push((a..at, b..there));
                (a, b) = (at + 1, there + 1);
            }
            gaps.push((a..gap_old.end, b..gap_new.end));
            continue;
        }
        let (mut a, mut b) = (gap_old.start, gap_new.start);
        for (at, there) in spine::heaviest(&candidates) {
            links.link(at, there, false);
            gaps.push((a..at, b..there));
            (a, b) = (at + 1, there + 1);
        }
        gaps.push((a..gap_old.end, b..gap_new.end));
    }
    links.extend(old, new);
}

/// Links equal units of a small gap that stand there several times together with those that are nearly the same:
/// where one of several equal paragraphs was edited, it is its place that tells which. Returns
/// what was linked.
fn among_equals(
    links: &mut Links,
    weighed: &mut Weighed<'_>,
    (gap_old, in_old): (&Range<usize>, &[u64]),
    (gap_new, in_new): (&Range<usize>, &[u64]),
    budget: &mut Budget,
) -> Vec<(usize, usize)> {
    /// Pairs that are weighed.
    const FEW: usize = 2_500;
    /// Words of a unit that is told from others by its text.
    const WORDS: usize = 8;
    if in_old.len().saturating_mul(in_new.len()) > FEW {
        return Vec::new();
    }
    let telling = |units: &[usize], all: &[super::likeness::Words<'_>]| {
        units.iter().copied().filter(|unit| all[*unit].unit.words >= WORDS).collect::<Vec<_>>()
    };
    let free_old = telling(&links.free_old(gap_old.clone()), &weighed.old);
    let free_new = telling(&links.free_new(gap_new.clone()), &weighed.new);
    let repeats = free_old.iter().any(|unit| {
        let hash = weighed.old[*unit].unit.hash;
        in_new.contains(&hash) && in_old.iter().filter(|other| **other == hash).count() > 1
    });
    if !repeats {
        return Vec::new();
    }
    let candidates = weighed.candidates(&free_old, &free_new, Likeness::Share(0.8), budget);
    let found = spine::heaviest(&candidates);
    for (a, b) in &found {
        links.link(*a, *b, false);
    }
    found
}

/// Links equal units of a gap that stand there several times, by their order.
fn repeated(
    links: &mut Links,
    (gap_old, in_old): (&Range<usize>, &[u64]),
    (gap_new, in_new): (&Range<usize>, &[u64]),
    old: &[Unit],
) {
    let mut sorted = (in_old.to_vec(), in_new.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    let shared = |hashes: &[u64], others: &[u64]| {
        (0..hashes.len()).filter(|at| others.binary_search(&hashes[*at]).is_ok()).collect::<Vec<_>>()
    };
    let (at_old, at_new) = (shared(in_old, &sorted.1), shared(in_new, &sorted.0));
    if at_old.is_empty() || at_old.len().max(at_new.len()) > REPEATED {
        return;
    }
    let pick = |hashes: &[u64], at: &[usize]| at.iter().map(|at| hashes[*at]).collect::<Vec<_>>();
    let (picked_old, picked_new) = (pick(in_old, &at_old), pick(in_new, &at_new));
    for op in capture_diff_slices(Algorithm::Myers, &picked_old, &picked_new) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for k in 0..len {
                let (a, b) = (gap_old.start + at_old[old_index + k], gap_new.start + at_new[new_index + k]);
                if old[a].words > 0 {
                    links.link(a, b, false);
                }
            }
        }
    }
}

/// Links what is alike in each gap.
pub(super) fn alike(links: &mut Links, weighed: &mut Weighed<'_>, likeness: Likeness, budget: &mut Budget) {
    for (gap_old, gap_new) in links.gaps() {
        let (free_old, free_new) = (links.free_old(gap_old), links.free_new(gap_new));
        if free_old.is_empty() || free_new.is_empty() {
            continue;
        }
        let candidates = weighed.candidates(&free_old, &free_new, likeness, budget);
        for (a, b) in spine::heaviest(&candidates) {
            links.link(a, b, false);
        }
    }
}

/// Links what is left over where it can only belong together: a heading in place of a heading, a single
/// short text in place of a single one, an empty paragraph in place of an empty one.
pub(super) fn lone(links: &mut Links, old: &[Unit], new: &[Unit]) {
    /// Words of a text that says too little to be told from another.
    const SHORT: usize = 8;
    for (gap_old, gap_new) in links.gaps() {
        let (free_old, free_new) = (links.free_old(gap_old), links.free_new(gap_new));
        let full = |units: &[usize], all: &[Unit]| {
            units.iter().copied().filter(|unit| all[*unit].words > 0).collect::<Vec<_>>()
        };
        if let ([a], [b]) = (&full(&free_old, old)[..], &full(&free_new, new)[..]) {
            let (first, second) = (&old[*a], &new[*b]);
            let short = first.words <= SHORT && second.words <= SHORT;
            let both_headings = first.heading.is_some() && first.heading == second.heading;
            let neither = first.heading.is_none() && second.heading.is_none();
            if first.table.is_some() == second.table.is_some() && (both_headings || neither && short) {
                links.link(*a, *b, false);
            }
        }
    }
    for (gap_old, gap_new) in links.gaps() {
        let empty = |units: Vec<usize>, all: &[Unit]| {
            units.into_iter().filter(|unit| all[*unit].words == 0 && all[*unit].table.is_none()).collect::<Vec<_>>()
        };
        let (free_old, free_new) = (empty(links.free_old(gap_old), old), empty(links.free_new(gap_new), new));
        for (a, b) in free_old.into_iter().zip(free_new) {
            links.link(a, b, false);
        }
    }
}
