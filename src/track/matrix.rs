//! The issues matrix: what is under negotiation, what each side has put on the table, where it stands.
//!
//! The rows are the issues of the case, with what the case does not say filled in from the drafts, and
//! then a proposal for each topic whose clauses were changed and which no issue is about.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Part, Position, SharedIssue, Track};
use super::say::Say;
use super::text::{self, shorten};
use crate::case::model::{Case, DraftAuthor, Issue, Local};
use crate::locale::Lang;

/// Longest words of a draft in a row, in characters.
const LONGEST: usize = 400;

/// Fills the issues matrix with what both sides may see.
///
/// Issues that are internal altogether are left out; so is every field of the others that is internal.
pub fn fill(track: &mut Track, case: Option<&Case>) {
    track.issues = match case {
        Some(case) => rows(track, case, |issue| issue.internal != Some(true)),
        None => proposals(track, &[], &BTreeSet::new(), &BTreeSet::new()),
    };
}

/// Returns the rows of those issues of a case that are wanted, in their order, and then the proposals. A topic of
/// an issue that is not wanted is proposed like any other: that it is one must not be seen.
pub(super) fn rows(track: &Track, case: &Case, wanted: impl Fn(&Issue) -> bool) -> Vec<SharedIssue> {
    let fallback = case.language.get().copied().unwrap_or(track.lang);
    let mut rows = Vec::new();
    let (mut topics, mut clauses) = (BTreeSet::new(), BTreeSet::new());
    for issue in case.issues.iter().filter(|issue| wanted(issue)) {
        let row = row(track, case, issue, fallback);
        topics.extend(row.topic.clone());
        clauses.extend(row.clauses.iter().copied());
        rows.push(row);
    }
    let proposed = proposals(track, &rows, &topics, &clauses);
    rows.extend(proposed);
    rows
}

fn row(track: &Track, case: &Case, issue: &Issue, fallback: Lang) -> SharedIssue {
    let say = |text: &Option<Local>| text.as_ref().and_then(|text| text.resolve(track.lang, fallback)).cloned();
    let clauses = clauses_of(track, issue);
    let stated = |text: Option<String>, drafted: Position| text.map_or(drafted, Position::Stated);
    let own = say(&issue.clause);
    SharedIssue {
        id: issue.id.get().cloned().unwrap_or_else(|| "?".to_owned()),
        is_proposal: false,
        clause: own.unwrap_or_else(|| names(track, &clauses)),
        topic: issue.topic.clone(),
        text: issue.text.get().and_then(|text| text.resolve(track.lang, fallback)).cloned().unwrap_or_default(),
        government: stated(
            say(&issue.government_position),
            drafted(track, &clauses, |from| from == Some(DraftAuthor::Government)),
        ),
        company: stated(
            say(&issue.investor_position),
            drafted(track, &clauses, |from| from == Some(DraftAuthor::Investor)),
        ),
        last_offer: stated(say(&issue.last_offer), drafted(track, &clauses, |_| true)),
        status: issue.status.get().copied(),
        owner: issue
            .owner
            .as_ref()
            .map(|key| case.people.get(&key.0).and_then(|it| it.name()).unwrap_or(key.0.clone())),
        changes: counts(track, &clauses),
        clauses,
    }
}

/// Returns the clauses that an issue names by their number in the last draft, with all that stands in them; where it
/// names none, those on its topic.
fn clauses_of(track: &Track, issue: &Issue) -> Vec<usize> {
    let mut said: Vec<Vec<String>> = Vec::new();
    if let Some(clause) = &issue.clause {
        let all = clause.plain.iter().chain(clause.by_lang.iter().map(|(_, text)| text));
        // What stands in brackets are former numbers and remarks.
        said.extend(all.map(|text| text::tokens(&without_brackets(text))));
    }
    let mut found = BTreeSet::new();
    for (at, clause) in track.clauses.iter().enumerate() {
        let Some(state) = clause.states.last().and_then(Option::as_ref) else { continue };
        let label = text::tokens(&state.number);
        // A bare number is named by a word before it, which each language has for itself.
        if state.part != Part::Clause || label.is_empty() {
            continue;
        }
        if said.iter().any(|said| said.windows(label.len()).any(|part| part == label)) && is_named(&label, state.depth)
        {
            found.extend(at..after(track, at));
        }
    }
    if found.is_empty() {
        let on_topic =
            |at: &usize| issue.topic.as_deref().is_some_and(|topic| track.clauses[*at].topics.first() == Some(&topic));
        found.extend((0..track.clauses.len()).filter(on_topic));
    }
    found.into_iter().collect()
}

/// Returns whether a label is one that a text can name: it has a word, or is a decimal number of two parts.
fn is_named(label: &[String], depth: usize) -> bool {
    let has_word = label.iter().any(|token| token.chars().filter(|c| c.is_alphabetic()).count() > 2);
    has_word || label.iter().any(|token| token.contains('.')) || (depth == 0 && label.len() == 1)
}

/// Returns the index behind the last clause that stands in a clause.
fn after(track: &Track, at: usize) -> usize {
    let depth = |at: usize| {
        track
            .clauses
            .get(at)
            .and_then(|clause| clause.latest())
            .filter(|state| state.part == Part::Clause)
            .map(|it| it.depth)
    };
    let own = depth(at).unwrap_or_default();
    let mut end = at + 1;
    while depth(end).is_some_and(|depth| depth > own) {
        end += 1;
    }
    end
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Returns number and heading of the outermost of some clauses; those under one heading together.
fn names(track: &Track, clauses: &[usize]) -> String {
    let mut names: Vec<(Vec<&str>, &str)> = Vec::new();
    let mut until = 0;
    for &at in clauses.iter().filter(|at| **at < track.clauses.len()) {
        if at < until {
            continue;
        }
        until = after(track, at);
        let Some(state) = track.clauses[at].latest() else { continue };
        match names.last_mut() {
            Some((numbers, heading))
                if *heading == state.heading && !numbers.is_empty() && !state.number.is_empty() =>
            {
                numbers.push(&state.number);
            }
            _ => names
                .push((Some(state.number.as_str()).into_iter().filter(|it| !it.is_empty()).collect(), &state.heading)),
        }
    }
    let more = names.len().saturating_sub(4);
    names.truncate(4);
    let said = names.iter().map(|(numbers, heading)| format!("{} {heading}", numbers.join(", ")).trim().to_owned());
    let mut out = said.collect::<Vec<_>>().join("; ");
    if more > 0 {
        out.push_str(&format!("; +{more}"));
    }
    out
}

/// Returns how many changes each draft makes in some clauses.
fn counts(track: &Track, clauses: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; track.rounds.len()];
    for step in &track.steps {
        let in_clauses = |clause: Option<usize>| clause.is_some_and(|clause| clauses.binary_search(&clause).is_ok());
        counts[step.new] += step.changes.iter().filter(|tracked| in_clauses(tracked.clause)).count();
    }
    counts
}

/// Returns what the last draft of a side that changed one of the clauses says there: in the first of those that it
/// changed much, tables only where there is no text.
fn drafted(track: &Track, clauses: &[usize], side: impl Fn(Option<DraftAuthor>) -> bool) -> Position {
    for (round, of) in track.rounds.iter().enumerate().rev().filter(|(_, round)| side(round.from)) {
        let state =
            |at: usize| track.clauses.get(at).and_then(|clause| clause.states.get(round)).and_then(Option::as_ref);
        // The first draft of all changes nothing: it is what it says.
        let weight = |at: usize| match of.base {
            None => state(at).map_or(0, |state| if state.is_heading { 0 } else { state.words }),
            Some(_) => track.clauses[at].events.get(round).map_or(0, |event| event.inserted + event.deleted),
        };
        let changed: Vec<usize> = clauses.iter().copied().filter(|at| weight(*at) > 0).collect();
        let is_table = |at: &usize| state(*at).is_some_and(|state| state.text.contains(" | "));
        let (tables, mut texts): (Vec<usize>, Vec<usize>) = changed.iter().partition(|at| is_table(at));
        if texts.is_empty() {
            texts = tables;
        }
        let most = texts.iter().map(|at| weight(*at)).max().unwrap_or_default();
        let Some(at) = texts.iter().copied().find(|at| 3 * weight(*at) >= most) else { continue };
        let more = changed.len() - 1;
        let (number, text) = match state(at) {
            Some(state) => (state.number.clone(), shorten(&state.text, LONGEST)),
            None => (track.clauses[at].latest().map(|state| state.number.clone()).unwrap_or_default(), String::new()),
        };
        return Position::Drafted { round, number, text, more };
    }
    Position::Unknown
}

/// Proposes an issue for each topic whose clauses were changed and which no issue is about; changes without a topic
/// are gathered under the outermost clause.
fn proposals(
    track: &Track,
    rows: &[SharedIssue],
    taken: &BTreeSet<String>,
    covered: &BTreeSet<usize>,
) -> Vec<SharedIssue> {
    let mut by_topic: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut by_clause: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for tracked in track.steps.iter().flat_map(|step| &step.changes) {
        let Some(clause) = tracked.clause.filter(|clause| !covered.contains(clause)) else { continue };
        if track.clauses[clause].latest().is_none_or(|state| state.part != Part::Clause) {
            continue;
        }
        match tracked.change.topics.first() {
            Some(topic) if taken.contains(*topic) => {}
            Some(topic) => {
                by_topic.entry(topic).or_default().insert(clause);
            }
            None => {
                by_clause.entry(outermost(track, clause)).or_default().insert(clause);
            }
        }
    }
    let groups = by_topic.into_iter().map(|(topic, clauses)| (Some(topic), clauses));
    let groups = groups.chain(by_clause.into_values().map(|clauses| (None, clauses)));
    let mut found: Vec<SharedIssue> = groups.map(|(topic, clauses)| proposal(track, topic, clauses)).collect();
    found.sort_by_key(|row| (std::cmp::Reverse(row.changes.iter().sum::<usize>()), row.clauses.clone()));
    let mut next = 0;
    for row in &mut found {
        next += 1;
        while rows.iter().any(|row| row.id == format!("P{next}")) {
            next += 1;
        }
        row.id = format!("P{next}");
    }
    found
}

fn proposal(track: &Track, topic: Option<&str>, clauses: BTreeSet<usize>) -> SharedIssue {
    let clauses: Vec<usize> = clauses.into_iter().collect();
    let text = match topic {
        Some(topic) => Say::new(track).topic(topic).to_owned(),
        None => {
            clauses.first().and_then(|at| track.clauses[*at].latest()).map(|it| it.heading.clone()).unwrap_or_default()
        }
    };
    SharedIssue {
        id: String::new(),
        is_proposal: true,
        clause: names(track, &clauses),
        topic: topic.map(str::to_owned),
        text,
        government: drafted(track, &clauses, |from| from == Some(DraftAuthor::Government)),
        company: drafted(track, &clauses, |from| from == Some(DraftAuthor::Investor)),
        last_offer: drafted(track, &clauses, |_| true),
        status: None,
        owner: None,
        changes: counts(track, &clauses),
        clauses,
    }
}

/// Returns the outermost clause around a clause.
fn outermost(track: &Track, clause: usize) -> usize {
    let depth = |at: usize| track.clauses[at].latest().map_or(0, |state| state.depth);
    (0..=clause).rev().find(|at| depth(*at) == 0).unwrap_or(clause)
}
