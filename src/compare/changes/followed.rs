//! References in moved clauses that only follow a renumbering: changes of their own, not edits of the move.

use std::collections::HashMap;
use std::ops::Range;

use super::clauses::Numbers;
use super::describe::{is_cited, words};
use super::number::{Found, What};
use crate::compare::{Node, Seg, StoryPair, Texts};

/// Parts the references that follow from the edits of each move.
pub(super) fn part(
    found: &mut Vec<Found>,
    stories: &mut [StoryPair],
    numbers: &Numbers,
    old: &Texts<'_>,
    new: &Texts<'_>,
) {
    // For the end of a piece of the old draft or the new one, the change that it is given to.
    let mut given: HashMap<(bool, usize, usize), usize> = HashMap::new();
    for index in 0..found.len() {
        if !matches!(found[index].what, What::Move(_)) {
            continue;
        }
        let mut edits = std::mem::take(&mut found[index].edits);
        for (pair, gone, come) in &mut edits {
            let mut from = 0;
            gone.retain(|range| {
                let before = &old.paras[pair.0].text[range.clone()];
                let follows = |there: &Range<usize>| numbers.follows(before, &new.paras[pair.1].text[there.clone()]);
                let Some(at) = come[from..].iter().position(follows).map(|at| from + at) else { return true };
                if !is_cited(pair.0, range, old) {
                    return true;
                }
                let there = come.remove(at);
                from = at;
                found[index].words[1] -= words(before).min(found[index].words[1]);
                let count = words(&new.paras[pair.1].text[there.clone()]);
                found[index].words[2] -= count.min(found[index].words[2]);
                let change = found.len();
                given.insert((true, pair.0, range.end), change);
                given.insert((false, pair.1, there.end), change);
                found.push(Found {
                    what: What::Words,
                    old: vec![(pair.0, range.clone())],
                    new: vec![(pair.1, there)],
                    words: [0; 3],
                    edits: Vec::new(),
                });
                false
            });
        }
        edits.retain(|(_, gone, come)| !gone.is_empty() || !come.is_empty());
        found[index].edits = edits;
    }
    if given.is_empty() {
        return;
    }
    for node in stories.iter_mut().flat_map(|story| &mut story.nodes) {
        let Node::Line(line) = node else { continue };
        if line.moved.is_none() {
            continue;
        }
        let of = |seg: &Seg| match (line.old, line.new) {
            (Some(a), _) => given.get(&(true, a, seg.old.end)),
            (None, Some(b)) => given.get(&(false, b, seg.new.end)),
            (None, None) => None,
        };
        for seg in line.segs.iter_mut().filter(|seg| seg.status != crate::compare::Status::MovedFrom) {
            if seg.status != crate::compare::Status::MovedTo
                && let Some(change) = of(seg)
            {
                seg.change = Some(*change);
            }
        }
    }
}
