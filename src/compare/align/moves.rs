//! What stands elsewhere.

use super::{Links, Unit, Weighed};
use crate::compare::align::likeness::Likeness;
use crate::compare::spine;
use crate::compare::words::Budget;

/// Words that a paragraph must have to be called moved alone; in a moved section any will do.
const LONE_WORDS: usize = 5;
/// Words that a paragraph must have to be called moved and edited alone.
const EDITED_WORDS: usize = 8;

/// Pairs what is left over, equal, and stands once on each side.
pub(super) fn equal(moved: &mut Vec<(usize, usize)>, links: &mut Links, old: &[Unit], new: &[Unit]) {
    let (free_old, free_new) = (links.free_old(0..old.len()), links.free_new(0..new.len()));
    let hashes = |units: &[usize], all: &[Unit]| units.iter().map(|unit| all[*unit].hash).collect::<Vec<_>>();
    for (a, b) in spine::unique_pairs(&hashes(&free_old, old), &hashes(&free_new, new)) {
        let (a, b) = (free_old[a], free_new[b]);
        if old[a].words >= LONE_WORDS && old[a].table.is_none() && old[a].hash == new[b].hash {
            links.link(a, b, true);
            moved.push((a, b));
        }
    }
}

/// Pairs what is left over and alike enough, the most alike first.
pub(super) fn alike(
    moved: &mut Vec<(usize, usize)>,
    links: &mut Links,
    weighed: &mut Weighed<'_>,
    least: f64,
    budget: &mut Budget,
) {
    let fit = |unit: &Unit| unit.words >= EDITED_WORDS && unit.table.is_none();
    let mut free_old = links.free_old(0..weighed.old.len());
    let mut free_new = links.free_new(0..weighed.new.len());
    free_old.retain(|unit| fit(weighed.old[*unit].unit));
    free_new.retain(|unit| fit(weighed.new[*unit].unit));
    let mut candidates = weighed.candidates(&free_old, &free_new, Likeness::Share(least), budget);
    candidates.sort_unstable_by_key(|(a, b, weight)| (std::cmp::Reverse(*weight), *a, *b));
    for (a, b, _) in candidates {
        if links.new_of[a].is_none() && links.old_of[b].is_none() {
            links.link(a, b, true);
            moved.push((a, b));
        }
    }
}

/// Joins moved paragraphs that follow each other in both drafts into sections, and takes in the short
/// ones beside them that no longer have another counterpart.
pub(super) fn sections(
    mut moved: Vec<(usize, usize)>,
    links: &mut Links,
    old: &[Unit],
    new: &[Unit],
) -> Vec<Vec<(usize, usize)>> {
    moved.sort_unstable();
    let mut sections: Vec<Vec<(usize, usize)>> = Vec::new();
    for pair in moved {
        match sections.last_mut() {
            Some(section) if follows(section[section.len() - 1], pair, links) => {
                let last = section[section.len() - 1];
                // What lies between is taken in where it is equal: headings, short lines.
                for (a, b) in (last.0 + 1..pair.0).zip(last.1 + 1..pair.1) {
                    if old[a].table.is_none() && links.joins(a, b, old, new) {
                        links.link(a, b, true);
                        section.push((a, b));
                    }
                }
                section.push(pair);
            }
            _ => sections.push(vec![pair]),
        }
    }
    // Tables are not moved: word processors know no such change.
    let joins = |links: &Links, a: usize, b: usize| old[a].table.is_none() && links.joins(a, b, old, new);
    for section in &mut sections {
        let (mut a, mut b) = section[0];
        while a > 0 && b > 0 && joins(links, a - 1, b - 1) {
            (a, b) = (a - 1, b - 1);
            links.link(a, b, true);
            section.insert(0, (a, b));
        }
        let (mut a, mut b) = section[section.len() - 1];
        while a + 1 < old.len() && b + 1 < new.len() && joins(links, a + 1, b + 1) {
            (a, b) = (a + 1, b + 1);
            links.link(a, b, true);
            section.push((a, b));
        }
    }
    in_place_after_all(&mut sections, links);
    sections
}

/// Whether a moved paragraph belongs to the section that ends with another: both follow shortly, with
/// nothing in between that stayed.
fn follows(last: (usize, usize), next: (usize, usize), links: &Links) -> bool {
    /// Units that may lie between, deleted or inserted on the way.
    const BETWEEN: usize = 3;
    next.1 > last.1
        && next.0 - last.0 <= BETWEEN
        && next.1 - last.1 <= BETWEEN
        && links.free_old(last.0 + 1..next.0).len() == next.0 - last.0 - 1
        && links.free_new(last.1 + 1..next.1).len() == next.1 - last.1 - 1
}

/// A section that crosses nothing that stayed was not moved: it is put back in place.
fn in_place_after_all(sections: &mut Vec<Vec<(usize, usize)>>, links: &mut Links) {
    sections.retain(|section| {
        let (first, last) = (section[0], section[section.len() - 1]);
        let before = links.in_place().take_while(|(a, _)| *a < first.0).last();
        let after = links.in_place().find(|(a, _)| *a > last.0);
        let fits = before.is_none_or(|(_, b)| b < first.1) && after.is_none_or(|(_, b)| b > last.1);
        if fits {
            for (a, b) in section {
                links.unlink(*a, *b);
                links.link(*a, *b, false);
            }
        }
        !fits
    });
}
