//! How much two texts have in common.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::{Sides, Unit};
use crate::compare::tokens::{Fold, Token, Tokens};
use crate::compare::words::Budget;

/// How alike two texts must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::compare) enum Likeness {
    /// At least this share of their words is common, in order.
    Share(f64),
    /// So alike that a reader would see one in the other.
    Weak,
}

/// Share of common words from which two texts are compared word by word.
const WEAK: f64 = 0.28;
/// Share of the shorter text that the longer one holds, from which it counts as part of it.
const PART: f64 = 0.7;
/// Words that a part must have.
const PART_WORDS: usize = 5;

/// The words of both texts, ready to be weighed against each other.
pub(in crate::compare) struct Weighed<'a> {
    pub(crate) old: Vec<Words<'a>>,
    pub(crate) new: Vec<Words<'a>>,
}

/// The words of one unit.
pub(in crate::compare) struct Words<'a> {
    pub(crate) unit: &'a Unit,
    tokens: &'a Tokens,
    /// Loose numbers of its words, in order; made when first asked for.
    words: Option<Vec<u32>>,
    /// The same, sorted.
    sorted: Option<Vec<u32>>,
}

impl Words<'_> {
    /// Returns its tokens.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.tokens.bodies(self.unit.paras.clone())
    }

    /// Returns how many tokens it has.
    pub(crate) fn count(&self) -> usize {
        self.unit.paras.clone().map(|para| self.tokens.body(para).len()).sum()
    }

    fn prepare(&mut self) {
        if self.words.is_none() {
            let words: Vec<u32> =
                self.tokens().filter(|token| token.class.is_word()).map(|token| token.loose).collect();
            let mut sorted = words.clone();
            sorted.sort_unstable();
            (self.words, self.sorted) = (Some(words), Some(sorted));
        }
    }

    fn words(&self) -> &[u32] {
        self.words.as_deref().unwrap_or(&[])
    }

    fn sorted(&self) -> &[u32] {
        self.sorted.as_deref().unwrap_or(&[])
    }
}

impl<'a> Weighed<'a> {
    pub(crate) fn new(old: &'a [Unit], new: &'a [Unit], sides: &Sides<'a>) -> Self {
        let words = |units: &'a [Unit], tokens: &'a Tokens| {
            units.iter().map(|unit| Words { unit, tokens, words: None, sorted: None }).collect()
        };
        Self { old: words(old, sides.old_tokens), new: words(new, sides.new_tokens) }
    }

    /// Returns the pairs among these units that are alike enough, with a weight: the words in common,
    /// more for pairs that have little else.
    pub(crate) fn candidates(
        &mut self,
        old: &[usize],
        new: &[usize],
        likeness: Likeness,
        budget: &mut Budget,
    ) -> Vec<(usize, usize, u64)> {
        for unit in old {
            self.old[*unit].prepare();
        }
        for unit in new {
            self.new[*unit].prepare();
        }
        let mut found = Vec::new();
        for (a, b) in self.worth_a_look(old, new) {
            if let Some(weight) = self.weigh(a, b, likeness, budget) {
                found.push((a, b, weight));
            }
        }
        found
    }

    /// Lists the pairs that can be alike: all of them where they are few, else those that share rare words.
    fn worth_a_look(&self, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
        const FEW: usize = 2_500;
        /// Units that may have a word which still counts as rare.
        const RARE: usize = 24;
        /// Pairs that are looked at for each unit.
        const BEST: usize = 6;
        if old.len().saturating_mul(new.len()) <= FEW {
            return old.iter().flat_map(|a| new.iter().map(move |b| (*a, *b))).collect();
        }
        let mut holders: HashMap<u32, Vec<u32>, BuildHasherDefault<Fold>> = HashMap::default();
        for (at, unit) in (0_u32..).zip(new) {
            let mut last = None;
            for word in self.new[*unit].sorted() {
                if last != Some(word) {
                    holders.entry(*word).or_default().push(at);
                }
                last = Some(word);
            }
        }
        let mut pairs = Vec::new();
        let mut shared = vec![0_u32; new.len()];
        for unit in old {
            let mut met: Vec<u32> = Vec::new();
            let mut last = None;
            for word in self.old[*unit].sorted() {
                if last == Some(word) {
                    continue;
                }
                last = Some(word);
                let Some(at) = holders.get(word).filter(|at| at.len() <= RARE) else { continue };
                for k in at {
                    if shared[*k as usize] == 0 {
                        met.push(*k);
                    }
                    shared[*k as usize] += 1;
                }
            }
            // Most shared words first; among equals, in the order of the text.
            met.sort_unstable_by_key(|k| (std::cmp::Reverse(shared[*k as usize]), *k));
            pairs.extend(met.iter().take(BEST).map(|k| (*unit, new[*k as usize])));
            for k in met {
                shared[k as usize] = 0;
            }
        }
        pairs
    }

    fn weigh(&self, a: usize, b: usize, likeness: Likeness, budget: &mut Budget) -> Option<u64> {
        let (old, new) = (&self.old[a], &self.new[b]);
        if old.unit.table.is_some() != new.unit.table.is_some() {
            return None;
        }
        let (long, short) = (old.words().len().max(new.words().len()), old.words().len().min(new.words().len()));
        if short == 0 {
            return None;
        }
        let share = |common: usize| 2.0 * common as f64 / (long + short) as f64;
        let enough = |common: usize| match likeness {
            Likeness::Share(least) => share(common) >= least,
            Likeness::Weak => {
                share(common) >= if old.unit.table.is_some() { 0.15 } else { WEAK }
                    || short >= PART_WORDS && common as f64 >= PART * short as f64
            }
        };
        // The words in common in any order are the most that can be common in order.
        let bag = common_sorted(old.sorted(), new.sorted());
        if !enough(bag) {
            return None;
        }
        let tabled = old.unit.table.is_some() || !budget.take(long / 64 + 1, short);
        let common = if tabled { bag } else { common_in_order(old.words(), new.words()) };
        // Three decimals of the share are enough to tell candidates apart.
        enough(common).then(|| (common as u64) * (1000.0 * share(common)) as u64 + 1)
    }
}

/// Counts what two sorted lists have in common.
fn common_sorted(old: &[u32], new: &[u32]) -> usize {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while a < old.len() && b < new.len() {
        match old[a].cmp(&new[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
        }
    }
    common
}

/// Returns the length of the longest common subsequence, 64 words at a time (Hyyrö 2004).
pub(in crate::compare) fn common_in_order(old: &[u32], new: &[u32]) -> usize {
    let (long, short) = if old.len() >= new.len() { (old, new) } else { (new, old) };
    let blocks = short.len().div_ceil(64);
    let mut places: HashMap<u32, Vec<u64>, BuildHasherDefault<Fold>> = HashMap::default();
    for (at, word) in short.iter().enumerate() {
        places.entry(*word).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; blocks];
    for word in long {
        let Some(mask) = places.get(word) else { continue };
        let mut carry = false;
        for (cell, mask) in row.iter_mut().zip(mask) {
            let hit = *cell & mask;
            let (sum, over) = cell.overflowing_add(hit);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over || over_again;
            *cell = sum | (*cell & !mask);
        }
    }
    let rest = short.len() % 64;
    row.iter()
        .enumerate()
        .map(|(block, cell)| {
            let cell = if block + 1 == blocks && rest > 0 { cell | u64::MAX << rest } else { *cell };
            cell.count_zeros() as usize
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut diagonal = 0;
            for (j, b) in new.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if a == b { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    proptest::proptest! {
        #[test]
        fn the_quick_count_is_the_plain_one(
            old in proptest::collection::vec(0_u32..9, 0..150),
            new in proptest::collection::vec(0_u32..9, 0..150),
        ) {
            proptest::prop_assert_eq!(common_in_order(&old, &new), plain(&old, &new));
        }
    }
}
