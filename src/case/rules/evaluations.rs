//! Rule 13: an evaluation follows the end of its activity, and none is forgotten.
//!
//! The clock is not read: what is late is judged by the latest date that the case records.

use super::{Facts, Report, days_after};
use crate::case::model::{Case, CaseDate};
use crate::diagnostic::Code;

/// Compares evaluations with activities.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        let Some((key, activity)) = evaluation.activity.get().and_then(|key| Some((key, case.activities.get(key)?)))
        else {
            continue;
        };
        match (activity.to, evaluation.date.get()) {
            (None, _) => {
                report.fault(
                    Code::EvaluationPremature,
                    &format!("evaluations[{at}].activity"),
                    format!("the activity `{key}` is evaluated but has no last day"),
                    format!("write `activities.{key}.to`"),
                );
                report.see(&format!("activities.{key}"), "the activity");
            }
            (Some(to), Some(date)) if *date < to => {
                let message = format!("the evaluation of `{key}` goes out on {date} but the activity ends on {to}");
                report.fault(
                    Code::EvaluationPremature,
                    &format!("evaluations[{at}].date"),
                    message,
                    format!("write {to} or a later day"),
                );
                report.see(&format!("activities.{key}.to"), "the last day");
            }
            _ => {}
        }
    }
    let (Some(&days), Some((latest, latest_path))) = (facts.unit.value.evaluation_days.get(), latest(case)) else {
        return;
    };
    for (key, activity) in case.activities.iter() {
        let evaluated =
            case.evaluations.iter().any(|evaluation| evaluation.activity.get().is_some_and(|named| named == key));
        let Some(to) = activity.to.filter(|_| !evaluated) else { continue };
        if days_after(to, days).is_some_and(|due| latest > due) {
            let message =
                format!("the activity `{key}` ended on {to} and has no evaluation, {days} days later and more");
            report.fault(
                Code::EvaluationMissing,
                &format!("activities.{key}"),
                message,
                format!("add an entry with `activity: {key}` to `evaluations`"),
            );
            report.see(&latest_path, format!("the case has gone on until {latest}"));
            report.see_unit("evaluation_days", "the unit's term");
        }
    }
}

/// Returns the latest day on which something happened, with its place. Plans do not count.
fn latest(case: &Case) -> Option<(CaseDate, String)> {
    let mut days: Vec<(Option<CaseDate>, String)> = Vec::new();
    if let Some(approval) = &case.approval {
        days.push((approval.date.get().copied(), "approval.date".into()));
    }
    if let Some(scoping) = &case.scoping {
        days.push((scoping.date.get().copied(), "scoping.date".into()));
    }
    for (key, expert) in case.experts.iter() {
        days.push((expert.mobilised_on, format!("experts.{key}.mobilised_on")));
        days.push((
            expert.clearance.as_ref().and_then(|clearance| clearance.date.get().copied()),
            format!("experts.{key}.clearance.date"),
        ));
    }
    for (key, activity) in case.activities.iter() {
        // Without a report or an acceptance the last day may be a plan.
        let over = activity.report_on.is_some() || activity.accepted_on.is_some();
        days.push((activity.to.filter(|_| over), format!("activities.{key}.to")));
        days.push((activity.report_on, format!("activities.{key}.report_on")));
        days.push((activity.accepted_on, format!("activities.{key}.accepted_on")));
    }
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        days.push((evaluation.date.get().copied(), format!("evaluations[{at}].date")));
        days.push((evaluation.received_on, format!("evaluations[{at}].received_on")));
    }
    days.extend(
        case.rounds.iter().enumerate().map(|(at, round)| (round.date.get().copied(), format!("rounds[{at}].date"))),
    );
    days.into_iter().filter_map(|(day, path)| Some((day?, path))).max_by_key(|(day, _)| *day)
}
