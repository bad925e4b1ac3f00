//! Pairs that do not cross: the backbone of an alignment.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::compare::tokens::Fold;

/// Returns the pairs of positions whose values stand exactly once in each of two sequences, in the order
/// of the old one. Takes time and memory in the sum of the lengths.
pub(super) fn unique_pairs(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    const OFTEN: u32 = u32::MAX;
    const NEVER: u32 = u32::MAX - 1;
    let mut seen: HashMap<u64, (u32, u32), BuildHasherDefault<Fold>> = HashMap::default();
    for (at, value) in (0_u32..).zip(old) {
        seen.entry(*value).and_modify(|found| found.0 = OFTEN).or_insert((at, NEVER));
    }
    for (at, value) in (0_u32..).zip(new) {
        if let Some(found) = seen.get_mut(value) {
            found.1 = if found.1 == NEVER { at } else { OFTEN };
        }
    }
    old.iter()
        .enumerate()
        .filter_map(|(at, value)| match seen.get(value) {
            Some((a, b)) if *a != OFTEN && *b < NEVER => Some((at, *b as usize)),
            _ => None,
        })
        .collect()
}

/// Returns the heaviest choice of candidates in which both positions grow: each position is taken at most
/// once, no two pairs cross.
///
/// Candidates are old position, new position, weight. Takes `O(n log n)` for `n` candidates (a Fenwick
/// tree of maxima over the new positions).
pub(super) fn heaviest(candidates: &[(usize, usize, u64)]) -> Vec<(usize, usize)> {
    let width = candidates.iter().map(|candidate| candidate.1 + 1).max().unwrap_or(0);
    // For prefixes of the new positions: the best weight, and the candidate that it ends with.
    let mut tree: Vec<(u64, u32)> = vec![(0, u32::MAX); width + 1];
    let mut order: Vec<u32> = (0..u32::try_from(candidates.len()).unwrap_or(u32::MAX)).collect();
    // Within one old position, the later new positions first: so none can follow another of its own.
    order.sort_unstable_by_key(|k| {
        let (old, new, _) = candidates[*k as usize];
        (old, std::cmp::Reverse(new))
    });
    let mut before = vec![u32::MAX; candidates.len()];
    let mut best = (0, u32::MAX);
    for k in order {
        let (_, new, weight) = candidates[k as usize];
        let mut reached = (0, u32::MAX);
        let mut at = new;
        while at > 0 {
            if tree[at].0 > reached.0 {
                reached = tree[at];
            }
            at &= at - 1;
        }
        before[k as usize] = reached.1;
        let total = reached.0 + weight;
        if total > best.0 {
            best = (total, k);
        }
        at = new + 1;
        while at <= width {
            if total > tree[at].0 {
                tree[at] = (total, k);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut chosen = Vec::new();
    let mut at = best.1;
    while at != u32::MAX {
        chosen.push((candidates[at as usize].0, candidates[at as usize].1));
        at = before[at as usize];
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lighter_of_two_swapped_gives_way() {
        assert_eq!(heaviest(&[(0, 1, 5), (1, 0, 9), (2, 2, 1)]), [(1, 0), (2, 2)]);
        assert_eq!(heaviest(&[(0, 0, 1), (0, 1, 1), (1, 1, 1)]), [(0, 0), (1, 1)]);
        assert!(heaviest(&[]).is_empty());
    }

    #[test]
    fn only_what_stands_once_is_paired() {
        assert_eq!(unique_pairs(&[1, 2, 3, 2], &[3, 1, 2]), [(0, 1), (2, 0)]);
    }
}
