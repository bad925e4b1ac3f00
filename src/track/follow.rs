//! Following clauses from draft to draft.
//!
//! Each draft is compared with the one that it was made from; the links between clauses that the
//! comparison finds are joined into threads, one for each clause. A clause that is new against its base
//! is held against those that an earlier draft had and the base has not: it may be one that comes back.

mod weave;

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    Conflict, Event, History, Net, NetKind, Return, Round, SharedIssue, Step, Track, TrackedChange, What,
};
use super::redline::{self, Difference, difference};
use super::sheet::{Sheet, Unit};
use super::text::{self, Follow};
use crate::case::model::{CaseDate, DraftAuthor};
use crate::compare::{self, CheckKind, Comparison, Options};
use crate::document::draft::Draft;
use crate::locale::Lang;

/// A draft, with what is known of it.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// Short name, as `v1`.
    pub id: String,
    /// File, as the case names it.
    pub file: String,
    /// Date of the draft.
    pub date: Option<CaseDate>,
    /// Whose draft it is.
    pub from: Option<DraftAuthor>,
    /// The draft that it was made from, an earlier one: index in the list of drafts.
    pub base: Option<usize>,
    /// Where it was negotiated.
    pub place: Option<String>,
    /// SHA-256 digest of the file, in hexadecimal digits.
    pub sha256: String,
    /// The draft itself.
    pub draft: &'a Draft,
}

/// Follows the clauses of all drafts, given in the order of their exchange. A base that is not an earlier draft
/// counts as none.
///
/// The issues matrix is empty: [`super::matrix::fill`] makes it.
pub fn follow(title: &str, case: Option<&str>, lang: Lang, given: &[Given<'_>]) -> Track {
    let sheets: Vec<Sheet<'_>> = given.iter().map(|given| Sheet::new(given.draft)).collect();
    let bases: Vec<Option<usize>> = (0..given.len()).map(|at| given[at].base.filter(|base| *base < at)).collect();
    let mut remarks = Vec::new();
    for given in given {
        for caveat in &given.draft.caveats {
            let times = if caveat.count > 1 { format!(" ({} times)", caveat.count) } else { String::new() };
            remarks.push(format!("{}: {}{times}", given.id, caveat.text));
        }
    }
    let mut compared: Vec<(usize, usize, Comparison)> = Vec::new();
    for (new, base) in bases.iter().enumerate() {
        let Some(old) = *base else { continue };
        compared.push((old, new, compare::compare(given[old].draft, given[new].draft, &Options::default())));
    }
    let last = given.len().saturating_sub(1);
    let direct = (last > 0).then(|| {
        let done = compared.iter().find(|(old, new, _)| (*old, *new) == (0, last)).map(|(.., done)| done.clone());
        done.unwrap_or_else(|| compare::compare(given[0].draft, given[last].draft, &Options::default()))
    });
    for (old, new, comparison) in &compared {
        let names = (given[*old].id.as_str(), given[*new].id.as_str());
        remarks.extend(comparison.coarse.iter().map(|coarse| format!("{} → {}: {coarse}", names.0, names.1)));
    }
    let mut loom = Loom {
        given,
        sheets: &sheets,
        bases: &bases,
        compared: &compared,
        threads: Vec::new(),
        thread_of: sheets.iter().map(|sheet| vec![usize::MAX; sheet.units.len()]).collect(),
        edited: BTreeSet::new(),
        replaced: BTreeSet::new(),
        moved: BTreeSet::new(),
        back: BTreeMap::new(),
        follows: BTreeMap::new(),
    };
    for round in 0..given.len() {
        loom.weave(round);
    }
    loom.put_in_order();
    let mut events = loom.events();
    let returns = loom.returns(&events);
    for (at, back) in returns.iter().enumerate() {
        if let Some(event) = events.get_mut(back.after).and_then(|events| events.get_mut(back.back)) {
            event.returns.push(at);
        }
    }
    let mut steps: Vec<Step> =
        compared.iter().map(|(old, new, comparison)| loom.step(*old, *new, comparison)).collect();
    let net = direct.map(|comparison| loom.step(0, last, &comparison));
    steps.iter_mut().for_each(|step| step.changes.shrink_to_fit());
    let conflicts = loom.conflicts();
    let clauses = loom.histories(events, &steps);
    let rounds = given.iter().zip(&sheets).zip(&bases).map(|((given, sheet), base)| Round {
        id: given.id.clone(),
        file: given.file.clone(),
        date: given.date,
        from: given.from,
        base: *base,
        place: given.place.clone(),
        sha256: given.sha256.clone(),
        words: given.draft.words(),
        clauses: sheet.units.iter().filter(|unit| unit.state.part == super::model::Part::Clause).count(),
    });
    Track {
        title: title.to_owned(),
        case: case.map(str::to_owned),
        lang,
        text_lang: given.last().and_then(|given| given.draft.lang),
        rounds: rounds.collect(),
        steps,
        net,
        clauses,
        returns,
        conflicts,
        issues: Vec::<SharedIssue>::new(),
        remarks,
    }
}

/// A clause through all drafts: its unit in each.
type Thread = Vec<Option<usize>>;

/// What threads are woven of.
struct Loom<'a> {
    given: &'a [Given<'a>],
    sheets: &'a [Sheet<'a>],
    bases: &'a [Option<usize>],
    compared: &'a [(usize, usize, Comparison)],
    threads: Vec<Thread>,
    /// For each draft and unit, its thread.
    thread_of: Vec<Vec<usize>>,
    /// Thread and draft: the words are other than in the base.
    edited: BTreeSet<(usize, usize)>,
    /// Thread and draft: another text in its place.
    replaced: BTreeSet<(usize, usize)>,
    /// Thread and draft: it stands elsewhere than in the base.
    moved: BTreeSet<(usize, usize)>,
    /// Thread and draft: it comes back, and whether word for word.
    back: BTreeMap<(usize, usize), (usize, bool)>,
    /// What follows from one draft to another.
    follows: BTreeMap<(usize, usize), Follow>,
}

impl Loom<'_> {
    fn unit(&self, thread: usize, round: usize) -> Option<&Unit> {
        let unit = (*self.threads.get(thread)?.get(round)?)?;
        self.sheets.get(round)?.units.get(unit)
    }

    /// Returns the drafts that a draft goes back to, the newest first.
    fn ancestors(&self, round: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut next = self.bases[round];
        while let Some(base) = next {
            out.push(base);
            next = self.bases[base];
        }
        out
    }

    fn comparison(&self, round: usize) -> Option<&Comparison> {
        self.compared.iter().find(|(_, new, _)| *new == round).map(|(.., comparison)| comparison)
    }

    /// Returns what follows from one draft to a later one: numbers of clauses, renamed terms on the way.
    fn follow(&mut self, earlier: usize, later: usize) -> &Follow {
        if !self.follows.contains_key(&(earlier, later)) {
            let mut follow = Follow::default();
            for thread in 0..self.threads.len() {
                let label = |round| self.unit(thread, round).and_then(|unit| unit.label.clone());
                if let (Some(before), Some(after)) = (label(earlier), label(later))
                    && before != after
                {
                    follow.numbers.insert((before, after));
                }
            }
            let mut next = Some(later);
            while let Some(round) = next.filter(|round| *round > earlier) {
                for check in self.comparison(round).into_iter().flat_map(|comparison| &comparison.checks) {
                    if let (CheckKind::RenamedTerm, Some(before)) = (check.kind, &check.before) {
                        follow.rename(before, &check.subject);
                    }
                }
                next = self.bases[round];
            }
            self.follows.insert((earlier, later), follow);
        }
        &self.follows[&(earlier, later)]
    }

    fn is_same(&mut self, thread: usize, earlier: usize, later: usize) -> bool {
        let (Some(one), Some(other)) = (self.unit(thread, earlier), self.unit(thread, later)) else { return false };
        if one.tokens == other.tokens {
            return true;
        }
        let (one, other) = (one.tokens.clone(), other.tokens.clone());
        self.follow(earlier, later).same(&one, &other)
    }

    fn difference(&self, thread: usize, earlier: usize, later: usize) -> Difference {
        let lang = self.given[later].draft.lang;
        difference(self.unit(thread, earlier), self.unit(thread, later), lang)
    }

    /// Returns what happened to each thread in each draft.
    fn events(&mut self) -> Vec<Vec<Event>> {
        (0..self.threads.len())
            .map(|thread| (0..self.sheets.len()).map(|round| self.event(thread, round)).collect())
            .collect()
    }

    fn event(&mut self, thread: usize, round: usize) -> Event {
        let mut event = Event::default();
        let base = self.bases[round];
        let was = base.is_some_and(|base| self.threads[thread][base].is_some());
        let is = self.threads[thread][round].is_some();
        match (was, is) {
            (false, false) => {}
            (true, false) => {
                let Difference { deleted, redline, .. } = self.difference(thread, base.unwrap_or(round), round);
                event = Event { what: vec![What::Deleted], deleted, redline, ..event };
            }
            (false, true) => {
                let back = self.back.get(&(thread, round)).copied();
                event.what.push(match back {
                    Some((from, same)) => What::BroughtBack { from, same },
                    None if base.is_none() => What::First,
                    None => What::Inserted,
                });
                match back {
                    Some((from, _)) => {
                        let found = self.difference(thread, from, round);
                        (event.inserted, event.deleted, event.redline) = (found.inserted, found.deleted, found.redline);
                    }
                    None if base.is_some() => {
                        if let Some(unit) = self.unit(thread, round) {
                            event.inserted = unit.state.words;
                            event.redline = redline::whole(&unit.blocks, super::model::Mark::Inserted);
                        }
                    }
                    None => {}
                }
            }
            (true, true) => {
                let base = base.unwrap_or(round);
                let is_replaced = self.replaced.contains(&(thread, round));
                if is_replaced || self.edited.contains(&(thread, round)) {
                    let earlier = self.ancestors(round).into_iter().filter(|other| *other != base);
                    let to = earlier.into_iter().find(|other| self.is_same(thread, *other, round));
                    let other = match is_replaced {
                        true => What::Replaced,
                        false if self.is_same(thread, base, round) => What::Renamed,
                        false => What::Edited,
                    };
                    event.what.push(to.map_or(other, |to| What::Reverted { to }));
                    let found = self.difference(thread, base, round);
                    (event.inserted, event.deleted, event.redline) = (found.inserted, found.deleted, found.redline);
                }
                if self.moved.contains(&(thread, round)) {
                    event.what.push(What::Moved);
                }
                let number = |round| self.unit(thread, round).map(|unit| unit.state.number.as_str());
                if number(base) != number(round) {
                    event.what.push(What::Renumbered);
                }
            }
        }
        event
    }

    /// Finds sentences that the base has not and an earlier draft had.
    fn returns(&mut self, events: &[Vec<Event>]) -> Vec<Return> {
        let mut out = Vec::new();
        let all: Vec<BTreeMap<String, usize>> = self
            .sheets
            .iter()
            .map(|sheet| {
                let mut found = BTreeMap::new();
                for (at, unit) in sheet.units.iter().enumerate() {
                    for sentence in text::sentences(&unit.state.text) {
                        found.entry(folded(sentence)).or_insert(at);
                    }
                }
                found
            })
            .collect();
        for (round, sheet) in self.sheets.iter().enumerate() {
            let ancestors = self.ancestors(round);
            let [base, earlier @ ..] = ancestors.as_slice() else { continue };
            for (at, unit) in sheet.units.iter().enumerate() {
                let thread = self.thread_of[round][at];
                let what = &events[thread][round].what;
                let whole =
                    |what: &What| matches!(what, What::Reverted { .. } | What::BroughtBack { .. } | What::First);
                if what.iter().any(whole) {
                    continue;
                }
                for sentence in text::sentences(&unit.state.text) {
                    let key = folded(sentence);
                    if all[*base].contains_key(&key) {
                        continue;
                    }
                    let Some(found) = earlier.iter().position(|had| all[*had].contains_key(&key)) else { continue };
                    let had = earlier[found];
                    let before = self.thread_of[had][all[had][&key]];
                    let deleted = if found == 0 { *base } else { earlier[found - 1] };
                    out.push(Return { text: sentence.to_owned(), had, deleted, back: round, before, after: thread });
                }
            }
        }
        out
    }

    fn step(&self, old: usize, new: usize, comparison: &Comparison) -> Step {
        let clause = |round: usize, para: usize| {
            let unit = self.sheets[round].unit(para)?;
            self.thread_of[round].get(unit).copied()
        };
        let changes = comparison.changes.iter().filter(|change| change.noise.is_none()).map(|change| {
            let after = change.new.as_ref().and_then(|place| clause(new, place.para));
            let before = change.old.as_ref().and_then(|place| clause(old, place.para));
            TrackedChange { change: change.clone(), clause: after.or(before) }
        });
        Step {
            old,
            new,
            changes: changes.collect(),
            tally: comparison.tally.clone(),
            checks: comparison.checks.clone(),
        }
    }

    /// Finds clauses that the last drafts of two lines both changed.
    fn conflicts(&mut self) -> Vec<Conflict> {
        let count = self.sheets.len();
        let leaves: Vec<usize> = (0..count).filter(|round| !self.bases.contains(&Some(*round))).collect();
        let mut out = Vec::new();
        for (at, &other) in leaves.iter().enumerate() {
            for &one in &leaves[..at] {
                let line = self.ancestors(other);
                let Some(origin) = self.ancestors(one).into_iter().find(|round| line.contains(round)) else { continue };
                for thread in 0..self.threads.len() {
                    if self.threads[thread][origin].is_none() {
                        continue;
                    }
                    if self.is_same(thread, origin, one) || self.is_same(thread, origin, other) {
                        continue;
                    }
                    let both_gone = self.threads[thread][one].is_none() && self.threads[thread][other].is_none();
                    let same = both_gone || self.is_same(thread, one, other);
                    out.push(Conflict {
                        clause: thread,
                        origin,
                        one,
                        other,
                        same,
                        one_redline: self.difference(thread, origin, one).redline,
                        other_redline: self.difference(thread, origin, other).redline,
                    });
                }
            }
        }
        out
    }

    fn histories(&mut self, events: Vec<Vec<Event>>, steps: &[Step]) -> Vec<History> {
        let mut topics: Vec<BTreeMap<&'static str, usize>> = vec![BTreeMap::new(); self.threads.len()];
        for tracked in steps.iter().flat_map(|step| &step.changes) {
            let Some(counts) = tracked.clause.and_then(|clause| topics.get_mut(clause)) else { continue };
            for (at, topic) in tracked.change.topics.iter().enumerate() {
                *counts.entry(topic).or_default() += if at == 0 { 2 } else { 1 };
            }
        }
        let last = self.sheets.len().saturating_sub(1);
        let mut ids: BTreeMap<String, usize> = BTreeMap::new();
        let mut histories = Vec::with_capacity(events.len());
        for (thread, (events, topics)) in events.into_iter().zip(topics).enumerate() {
            let states: Vec<_> =
                (0..=last).map(|round| self.unit(thread, round).map(|unit| unit.state.clone())).collect();
            let mut topics: Vec<_> = topics.into_iter().collect();
            topics.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
            let net = self.net(thread, last, &events);
            let id = self.id(thread, &mut ids);
            let topics = topics.into_iter().map(|(topic, _)| topic).collect();
            histories.push(History { id, states, events, net, topics });
        }
        histories
    }

    fn net(&mut self, thread: usize, last: usize, events: &[Event]) -> Net {
        let (first, now) = (self.threads[thread][0].is_some(), self.threads[thread][last].is_some());
        let quiet = Net { kind: NetKind::Unchanged, inserted: 0, deleted: 0, redline: Vec::new() };
        let was_edited = events.iter().flat_map(|event| &event.what).any(|what| {
            matches!(
                what,
                What::Edited | What::Replaced | What::Reverted { .. } | What::Deleted | What::BroughtBack { .. }
            )
        });
        let kind = match (first, now) {
            (false, false) => NetKind::CameAndWent,
            (false, true) => NetKind::Inserted,
            (true, false) => NetKind::Deleted,
            (true, true) if !was_edited => NetKind::Unchanged,
            (true, true) if self.is_same(thread, 0, last) => NetKind::ThereAndBack,
            (true, true) => NetKind::Edited,
        };
        if matches!(kind, NetKind::CameAndWent | NetKind::Unchanged | NetKind::ThereAndBack) {
            return Net { kind, ..quiet };
        }
        let Difference { inserted, deleted, redline } = self.difference(thread, 0, last);
        Net { kind, inserted, deleted, redline }
    }

    /// Returns the name of a thread: its first draft and its number there.
    fn id(&self, thread: usize, taken: &mut BTreeMap<String, usize>) -> String {
        let first = (0..self.sheets.len()).find(|round| self.threads[thread][*round].is_some()).unwrap_or_default();
        let number = self.unit(thread, first).map_or("", |unit| match unit.state.part {
            _ if !unit.state.number.is_empty() => unit.state.number.as_str(),
            super::model::Part::Outside => "text",
            _ if !unit.state.heading.is_empty() => unit.state.heading.as_str(),
            _ => "text",
        });
        let id = format!("{}:{number}", self.given[first].id);
        let count = taken.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}#{count}") }
    }
}

/// Returns a sentence as it is looked for.
fn folded(sentence: &str) -> String {
    text::tokens(sentence).join(" ")
}

#[cfg(test)]
mod tests;
