//! Paragraphs that were cut at other places, and rewritten ones that still belong together.
//!
//! Between two paragraphs that stayed as they were, the words of all paragraphs are aligned as one text, across
//! the marks that part them. Where a paragraph shares enough with one of the other draft, in that alignment,
//! both belong together; and one that shares enough with two neighbours was split or merged there.

use std::ops::Range;

use super::{Links, Weighed};
use crate::compare::tokens::{Class, Token};
use crate::compare::words::{self, Budget};

/// Cells that may be spent on one stretch of paragraphs.
const STRETCH: u64 = 24_000_000;
/// Paragraphs that may be in one group, both drafts taken together.
const MANY: usize = 40;

/// Share of the words of two paragraphs that are common, from which they belong together. It may be low, since
/// the alignment leaves out what is common by chance.
const SHARE: f64 = 0.15;
/// Tokens that two paragraphs have in common as they stand, from which they belong together whatever else differs.
const RUN: f64 = 5.0;
/// Share of the shorter paragraph that the longer one holds, from which it is a part of it.
const PART: f64 = 0.6;
/// Words that a part must have if it is not held as it stands.
const PART_WORDS: usize = 5;
/// Tokens that a part must have if it is.
const PART_TOKENS: f64 = 3.0;

/// What two paragraphs share.
#[derive(Debug, Clone, Copy)]
struct Shared {
    old: usize,
    new: usize,
    /// Common words, marks apart.
    words: usize,
    /// Tokens of the longest stretch that is common as it stands.
    run: usize,
}

/// Units that belong together, in place.
type Group = (Range<usize>, Range<usize>);

/// Returns what belongs together in place.
pub(super) fn groups(links: &Links, weighed: &Weighed<'_>, budget: &mut Budget) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut linked: Vec<(usize, usize)> = Vec::new();
    // Where the stretch of paragraphs that is being walked through begins.
    let mut from = (0, 0);
    let mut last = (0, 0);
    let ends = (links.new_of.len(), links.old_of.len());
    for pair in links.in_place().chain([ends]) {
        let barred = (last.0..pair.0).any(|unit| is_bar(weighed.old[unit].unit.table, links.new_of[unit]))
            || (last.1..pair.1).any(|unit| is_bar(weighed.new[unit].unit.table, links.old_of[unit]));
        if barred {
            stretch(from.0..last.0, from.1..last.1, &linked, weighed, budget, &mut groups);
            linked.clear();
            from = pair;
        }
        let solid = pair == ends || {
            let (a, b) = (weighed.old[pair.0].unit, weighed.new[pair.1].unit);
            a.table.is_some() || a.hash == b.hash
        };
        if solid {
            stretch(from.0..pair.0, from.1..pair.1, &linked, weighed, budget, &mut groups);
            linked.clear();
            from = (pair.0 + 1, pair.1 + 1);
            if pair != ends {
                groups.push((pair.0..pair.0 + 1, pair.1..pair.1 + 1));
            }
        } else {
            linked.push(pair);
        }
        last = (pair.0 + 1, pair.1 + 1);
    }
    groups
}

/// Whether nothing can be woven across a unit: a table, or what was moved.
fn is_bar(table: Option<usize>, link: Option<super::Link>) -> bool {
    table.is_some() || link.is_some_and(|link| link.moved)
}

/// Groups the units of one stretch.
fn stretch(
    old: Range<usize>,
    new: Range<usize>,
    linked: &[(usize, usize)],
    weighed: &Weighed<'_>,
    budget: &mut Budget,
    groups: &mut Vec<Group>,
) {
    let woven = if old.len() + new.len() > 2 && !old.is_empty() && !new.is_empty() {
        weave(old, new, weighed, budget)
    } else {
        Vec::new()
    };
    // Links that the weaving neither took up nor stands against are kept.
    let mut at = 0;
    for (a, b) in linked.iter().copied().chain([(usize::MAX, usize::MAX)]) {
        while woven.get(at).is_some_and(|group| group.0.start <= a && group.1.start <= b) {
            groups.push(woven[at].clone());
            at += 1;
        }
        let before = groups.last().is_none_or(|group| group.0.end <= a && group.1.end <= b);
        let after = woven.get(at).is_none_or(|group| a < group.0.start && b < group.1.start);
        if before && after && a != usize::MAX {
            groups.push((a..a + 1, b..b + 1));
        }
    }
}

fn weave(old: Range<usize>, new: Range<usize>, weighed: &Weighed<'_>, budget: &mut Budget) -> Vec<Group> {
    let gather = |units: Range<usize>, of: &[super::likeness::Words<'_>]| {
        let (mut all, mut owners): (Vec<Token>, Vec<usize>) = (Vec::new(), Vec::new());
        for unit in units {
            all.extend(of[unit].tokens().copied());
            owners.resize(all.len(), unit);
        }
        (all, owners)
    };
    let (old_tokens, old_owners) = gather(old, &weighed.old);
    let (new_tokens, new_owners) = gather(new, &weighed.new);
    let Some(pairs) = budget.within(STRETCH, |budget| words::align(&old_tokens, &new_tokens, budget)) else {
        return Vec::new();
    };
    let mut shared: Vec<Shared> = Vec::new();
    let mut run = 0;
    for (k, (i, j)) in pairs.iter().enumerate() {
        let (a, b) = (old_owners[*i], new_owners[*j]);
        if shared.last().is_none_or(|last| (last.old, last.new) != (a, b)) {
            shared.push(Shared { old: a, new: b, words: 0, run: 0 });
            run = 0;
        }
        let follows = k > 0 && (pairs[k - 1].0 + 1, pairs[k - 1].1 + 1) == (*i, *j);
        run = if follows { run + 1 } else { 1 };
        if let Some(last) = shared.last_mut() {
            last.words += usize::from(old_tokens[*i].class != Class::Mark);
            last.run = last.run.max(run);
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for cell in shared.iter().filter(|cell| belongs(cell, weighed)) {
        match groups.last_mut() {
            Some((a, b)) if cell.old < a.end || cell.new < b.end => {
                if cell.old + 1 - a.start + cell.new + 1 - b.start <= MANY {
                    (a.end, b.end) = (a.end.max(cell.old + 1), b.end.max(cell.new + 1));
                }
            }
            _ => groups.push((cell.old..cell.old + 1, cell.new..cell.new + 1)),
        }
    }
    groups
}

/// Whether two paragraphs share so much that a reader sees one in the other.
fn belongs(shared: &Shared, weighed: &Weighed<'_>) -> bool {
    let (old, new) = (&weighed.old[shared.old], &weighed.new[shared.new]);
    let (a, b) = (old.unit.words, new.unit.words);
    if shared.words == 0 {
        return false;
    }
    let short = old.count().min(new.count()) as f64;
    let run = shared.run as f64;
    2.0 * shared.words as f64 >= SHARE * (a + b) as f64
        || run >= RUN
        || run >= PART_TOKENS && run >= PART * short
        || a.min(b) >= PART_WORDS && shared.words as f64 >= PART * a.min(b) as f64
}
