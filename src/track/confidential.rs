//! What only the team may know: limits, aims, priorities, remarks.
//!
//! A writer shows it only if it is handed a [`Confidential`], and there is one way to make that:
//! [`Confidential::open`], which nothing but `track --internal` calls.

use super::matrix;
use super::model::{SharedIssue, Track};
use crate::case::model::{Case, CaseDate, Issue, Local, Priority};
use crate::locale::Lang;

/// What only the team may know of a track.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidential {
    /// The issues of the case, those that are internal altogether included, then the proposals.
    pub issues: Vec<(SharedIssue, Option<Inside>)>,
    /// Remarks on the drafts, in their order.
    pub notes: Vec<Option<String>>,
}

/// The inside of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inside {
    /// Whether nobody but the team may know that it is an issue.
    pub is_hidden: bool,
    /// The government's best outcome.
    pub ideal: Option<String>,
    /// The government's target.
    pub target: Option<String>,
    /// The government's limit.
    pub walk_away: Option<String>,
    /// How much it matters.
    pub priority: Option<Priority>,
    /// Model, law or precedent that supports the position.
    pub evidence: Vec<String>,
    /// Issues that it is traded against, by identifier.
    pub linked_to: Vec<String>,
    /// What happens next.
    pub next_step: Option<String>,
    /// By when.
    pub due: Option<CaseDate>,
}

impl Confidential {
    /// Takes what is internal out of a case. Whoever holds the result may show it to the team only.
    pub fn open(track: &Track, case: &Case) -> Self {
        let fallback = case.language.get().copied().unwrap_or(track.lang);
        let say = |text: &Option<Local>| text.as_ref().and_then(|text| text.resolve(track.lang, fallback)).cloned();
        let rows = matrix::rows(track, case, |_| true);
        let mut inside = case.issues.iter().map(|issue| self::inside(issue, track.lang, fallback));
        let issues = rows
            .into_iter()
            .map(|row| {
                let inside = if row.is_proposal { None } else { inside.next() };
                (row, inside)
            })
            .collect();
        let note = |id: &str| {
            let round = case.rounds.iter().find(|round| round.id.get().is_some_and(|own| own == id))?;
            say(&round.note)
        };
        Self { issues, notes: track.rounds.iter().map(|round| note(&round.id)).collect() }
    }
}

fn inside(issue: &Issue, lang: Lang, fallback: Lang) -> Inside {
    let say = |text: &Option<Local>| text.as_ref().and_then(|text| text.resolve(lang, fallback)).cloned();
    Inside {
        is_hidden: issue.internal == Some(true),
        ideal: say(&issue.ideal),
        target: say(&issue.target),
        walk_away: say(&issue.walk_away),
        priority: issue.priority.get().copied(),
        evidence: issue.evidence.iter().filter_map(|text| text.resolve(lang, fallback).cloned()).collect(),
        linked_to: issue.linked_to.clone(),
        next_step: say(&issue.next_step),
        due: issue.due,
    }
}
