//! Weaving threads: which clause of a draft is which of the drafts before it.

use std::collections::{BTreeMap, BTreeSet};

use super::Loom;
use crate::compare::ChangeKind;
use crate::track::text::{self, likeness};

/// Least likeness of two clauses of which one is the other, come back.
const ALIKE: f64 = 0.75;
/// Least likeness where the headings are the same.
const ALIKE_UNDER_HEADING: f64 = 0.4;
/// Most pairs of clauses that are held against each other for likeness.
const MAX_PAIRS: usize = 200_000;

impl Loom<'_> {
    /// Joins the clauses of a draft to the threads.
    pub(super) fn weave(&mut self, round: usize) {
        let sheets = self.sheets;
        let sheet = &sheets[round];
        if let (Some(base), Some(comparison)) = (self.bases[round], self.comparison(round)) {
            let old = &sheets[base];
            let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
            for link in &comparison.clauses {
                let unit = link.new.as_ref().and_then(|after| sheet.opened(after.para));
                if let (Some(moved), Some(unit)) = (link.moved, unit) {
                    let depth = sheet.units[unit].state.depth;
                    depths.entry(moved).and_modify(|least| *least = depth.min(*least)).or_insert(depth);
                }
            }
            // Joined at the end: the comparison is borrowed until then.
            let mut joined: Vec<(usize, usize, bool, bool)> = Vec::new();
            for link in &comparison.clauses {
                let (Some(before), Some(after)) = (&link.old, &link.new) else { continue };
                if let (Some(before), Some(after)) = (old.opened(before.para), sheet.opened(after.para)) {
                    // A moved section counts once: what stands in it came along.
                    let outer = link.moved.and_then(|moved| depths.get(&moved));
                    let is_moved = outer.is_some_and(|outer| *outer == sheet.units[after].state.depth);
                    joined.push((before, after, link.edited, is_moved));
                }
            }
            if let (Some(before), Some(after)) = (old.outside(), sheet.outside()) {
                joined.push((before, after, false, false));
            }
            for pair in &comparison.stories {
                let before = pair.old.and_then(|story| old.story(story));
                let after = pair.new.and_then(|story| sheet.story(story));
                if let (Some(before), Some(after)) = (before, after) {
                    joined.push((before, after, false, false));
                }
            }
            let follower: BTreeMap<usize, usize> = joined.iter().map(|(before, after, ..)| (*before, *after)).collect();
            let touched: BTreeSet<usize> = comparison
                .changes
                .iter()
                .filter(|change| change.noise.is_none())
                .filter(|change| {
                    matches!(change.kind, ChangeKind::Inserted | ChangeKind::Deleted | ChangeKind::Replaced)
                })
                .flat_map(|change| {
                    let after = change.new.as_ref().and_then(|place| sheet.unit(place.para));
                    let before = change.old.as_ref().and_then(|place| old.unit(place.para));
                    [after, before.and_then(|before| follower.get(&before).copied())]
                })
                .flatten()
                .collect();
            for (before, after, edited, moved) in joined {
                let thread = self.thread_of[base][before];
                if thread == usize::MAX || self.thread_of[round][after] != usize::MAX {
                    continue;
                }
                if self.threads[thread][round].is_some() {
                    continue;
                }
                self.join(thread, round, after);
                let same_words = old.units[before].tokens == sheet.units[after].tokens;
                if (edited || touched.contains(&after)) && !same_words {
                    self.edited.insert((thread, round));
                }
                if moved {
                    self.moved.insert((thread, round));
                }
            }
        }
        self.bring_back(round);
        self.replace(round);
        for unit in 0..sheet.units.len() {
            if self.thread_of[round][unit] == usize::MAX {
                self.threads.push(vec![None; self.sheets.len()]);
                self.join(self.threads.len() - 1, round, unit);
            }
        }
    }

    fn join(&mut self, thread: usize, round: usize, unit: usize) {
        self.threads[thread][round] = Some(unit);
        self.thread_of[round][unit] = thread;
    }

    /// Finds clauses of earlier drafts among those that are new against the base.
    fn bring_back(&mut self, round: usize) {
        if round == 0 {
            return;
        }
        let mut order = self.ancestors(round);
        let others: Vec<usize> = (0..round).rev().filter(|other| !order.contains(other)).collect();
        order.extend(others);
        let new: Vec<usize> = (0..self.sheets[round].units.len())
            .filter(|unit| {
                self.thread_of[round][*unit] == usize::MAX && !self.sheets[round].units[*unit].tokens.is_empty()
            })
            .collect();
        // Threads that wait, each with the newest draft that has it.
        let gone: Vec<(usize, usize)> = (0..self.threads.len())
            .filter(|thread| self.threads[*thread][round].is_none())
            .filter(|thread| self.bases[round].is_none_or(|base| self.threads[*thread][base].is_none()))
            .filter_map(|thread| {
                order.iter().find(|other| self.threads[thread][**other].is_some()).map(|other| (thread, *other))
            })
            .collect();
        if new.is_empty() || gone.is_empty() {
            return;
        }
        let is_small = new.len().saturating_mul(gone.len()) <= MAX_PAIRS;
        let mut found: Vec<(f64, usize, usize, usize, bool)> = Vec::new();
        for &unit in &new {
            for &(thread, had) in &gone {
                let now = &self.sheets[round].units[unit];
                let Some(then) = self.unit(thread, had) else { continue };
                if then.state.part != now.state.part {
                    continue;
                }
                let same = then.tokens == now.tokens;
                if !same && !is_small {
                    continue;
                }
                let like = if same { 1.0 } else { likeness(&then.tokens, &now.tokens) };
                let one_heading = now.state.is_heading
                    && then.state.is_heading
                    && text::tokens(&then.state.heading) == text::tokens(&now.state.heading);
                if like >= ALIKE || (one_heading && like >= ALIKE_UNDER_HEADING) {
                    found.push((like, unit, thread, had, same));
                }
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (_, unit, thread, had, same) in found {
            if self.thread_of[round][unit] == usize::MAX && self.threads[thread][round].is_none() {
                self.join(thread, round, unit);
                self.back.insert((thread, round), (had, same));
            }
        }
    }

    /// Joins what is left under the same number in the same clause: another text in its place.
    fn replace(&mut self, round: usize) {
        let Some(base) = self.bases[round] else { return };
        let sheets = self.sheets;
        let mut gone: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (at, unit) in sheets[base].units.iter().enumerate() {
            let thread = self.thread_of[base][at];
            let parent = unit.parent.map(|parent| self.thread_of[base][parent]);
            let (Some(parent), Some(label)) = (parent, &unit.own) else { continue };
            if self.threads[thread][round].is_none() {
                gone.entry((parent, label.as_str())).or_insert(thread);
            }
        }
        for (at, unit) in sheets[round].units.iter().enumerate() {
            let parent = unit.parent.map(|parent| self.thread_of[round][parent]);
            let (Some(parent), Some(label)) = (parent, &unit.own) else { continue };
            // The number of the clause around it may be another one.
            let is_new = self.thread_of[round][at] == usize::MAX;
            if let Some(thread) = gone.remove(&(parent, label.as_str())).filter(|_| is_new) {
                self.join(thread, round, at);
                self.replaced.insert((thread, round));
            }
        }
    }

    /// Sorts the threads by the last draft; those that are not in it stand behind what they stood behind.
    pub(super) fn put_in_order(&mut self) {
        const HEAD: usize = usize::MAX;
        let mut next: BTreeMap<usize, usize> = BTreeMap::new();
        let mut placed = vec![false; self.threads.len()];
        for round in (0..self.sheets.len()).rev() {
            let mut before = HEAD;
            for unit in 0..self.sheets[round].units.len() {
                let thread = self.thread_of[round][unit];
                if !placed[thread] {
                    placed[thread] = true;
                    let after = next.insert(before, thread);
                    if let Some(after) = after {
                        next.insert(thread, after);
                    }
                }
                before = thread;
            }
        }
        let mut order = Vec::with_capacity(self.threads.len());
        let mut at = HEAD;
        while let Some(thread) = next.get(&at) {
            order.push(*thread);
            at = *thread;
        }
        // Other stories come after the text, whatever the drafts' own order.
        let part = |thread: &usize| {
            let unit =
                self.threads[*thread].iter().enumerate().rev().find_map(|(round, unit)| unit.map(|unit| (round, unit)));
            unit.is_some_and(|(round, unit)| self.sheets[round].units[unit].story.is_some())
        };
        order.sort_by_key(|thread| part(thread));
        let mut place = vec![0; self.threads.len()];
        for (at, thread) in order.iter().enumerate() {
            place[*thread] = at;
        }
        self.threads = order.iter().map(|thread| std::mem::take(&mut self.threads[*thread])).collect();
        self.thread_of.iter_mut().flatten().for_each(|thread| *thread = place[*thread]);
        let moved =
            |set: &BTreeSet<(usize, usize)>| set.iter().map(|(thread, round)| (place[*thread], *round)).collect();
        self.edited = moved(&self.edited);
        self.moved = moved(&self.moved);
        self.replaced = moved(&self.replaced);
        self.back = self.back.iter().map(|((thread, round), back)| ((place[*thread], *round), *back)).collect();
    }
}
