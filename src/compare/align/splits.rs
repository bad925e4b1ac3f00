//! Paragraphs that became several, and several that became one.

use std::ops::Range;

use super::likeness::common_in_order;
use super::{Links, Weighed};
use crate::compare::align::likeness::Words;
use crate::compare::words::Budget;

/// Share of a neighbour's words that must come from the paragraph for it to be a part of it.
const PART: f64 = 0.6;
/// Words that a part must bring.
const WORDS: usize = 3;
/// Paragraphs that one may fall into.
const PARTS: usize = 40;

/// Returns what belongs together in place, splits and merges joined.
pub(super) fn groups(
    links: &Links,
    weighed: &mut Weighed<'_>,
    budget: &mut Budget,
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut groups: Vec<(Range<usize>, Range<usize>)> = links.in_place().map(|(a, b)| (a..a + 1, b..b + 1)).collect();
    for k in 0..groups.len() {
        let (a, b) = (groups[k].0.start, groups[k].1.start);
        if weighed.old[a].unit.table.is_some() || weighed.old[a].unit.hash == weighed.new[b].unit.hash {
            continue;
        }
        let low = k.checked_sub(1).map_or((0, 0), |before| (groups[before].0.end, groups[before].1.end));
        let high =
            groups.get(k + 1).map_or((links.new_of.len(), links.old_of.len()), |next| (next.0.start, next.1.start));
        let whole = words(&weighed.old[a]);
        let parts = grow(&whole, b, low.1..high.1, |unit| links.old_of[unit].is_none(), &weighed.new, budget);
        if parts.len() > 1 {
            groups[k].1 = parts;
            continue;
        }
        let whole = words(&weighed.new[b]);
        groups[k].0 = grow(&whole, a, low.0..high.0, |unit| links.new_of[unit].is_none(), &weighed.old, budget);
    }
    groups
}

/// Takes in the neighbours of `unit`, within bounds, whose words come from the whole.
fn grow(
    whole: &[u32],
    unit: usize,
    bounds: Range<usize>,
    free: impl Fn(usize) -> bool,
    others: &[Words<'_>],
    budget: &mut Budget,
) -> Range<usize> {
    let mut range = unit..unit + 1;
    let mut joined = words(&others[unit]);
    let fits = |next: usize| free(next) && others[next].unit.table.is_none() && others[next].unit.words > 0;
    if !budget.take(whole.len() / 64 + 1, joined.len()) {
        return range;
    }
    let mut common = common_in_order(whole, &joined);
    loop {
        let mut grown = false;
        for after in [true, false] {
            let next = if after { range.end } else { range.start.wrapping_sub(1) };
            if !bounds.contains(&next) || !fits(next) || range.len() >= PARTS {
                continue;
            }
            let more = words(&others[next]);
            let tried = if after { [&joined[..], &more].concat() } else { [&more[..], &joined].concat() };
            if !budget.take(whole.len() / 64 + 1, tried.len()) {
                return range;
            }
            let reached = common_in_order(whole, &tried);
            let gained = reached.saturating_sub(common);
            if gained >= WORDS.min(more.len()).max(2) && gained as f64 >= PART * more.len() as f64 {
                range = range.start.min(next)..range.end.max(next + 1);
                (joined, common, grown) = (tried, reached, true);
            }
        }
        if !grown {
            return range;
        }
    }
}

fn words(unit: &Words<'_>) -> Vec<u32> {
    unit.tokens().filter(|token| token.class.is_word()).map(|token| token.loose).collect()
}
