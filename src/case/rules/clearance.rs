//! Rule 5: an expert works only after a signed declaration and the unit's clearance.

use super::{Facts, Report, called, items};
use crate::case::model::{Case, CaseDate, ClearanceDecision, Expert};
use crate::diagnostic::Code;

/// A place where the case lets an expert work.
pub(super) struct Work {
    /// Path of the mention.
    pub(super) path: String,
    /// What the expert does, as `is in the mission's team`.
    what: String,
    /// First day, where it is known.
    pub(super) from: Option<CaseDate>,
}

/// Lists where an expert works: team of the mission, activities, the day of mobilisation.
pub(super) fn work_of(case: &Case, key: &str, expert: &Expert) -> Vec<Work> {
    let mut work = Vec::new();
    if let Some(scoping) = &case.scoping {
        for (at, _) in items(&scoping.team)
            .iter()
            .enumerate()
            .filter(|(_, member)| member.expert.as_ref().is_some_and(|named| named.0 == key))
        {
            work.push(Work {
                path: format!("scoping.team[{at}].expert"),
                what: "is in the mission's team".into(),
                from: scoping.from.get().copied(),
            });
        }
    }
    for (name, activity) in case.activities.iter() {
        for (at, _) in activity.experts.iter().enumerate().filter(|(_, named)| named.0 == key) {
            work.push(Work {
                path: format!("activities.{name}.experts[{at}]"),
                what: format!("takes part in `{name}`"),
                from: activity.from.get().copied(),
            });
        }
    }
    if let Some(day) = expert.mobilised_on {
        work.push(Work { path: format!("experts.{key}.mobilised_on"), what: "is mobilised".into(), from: Some(day) });
    }
    work
}

/// Reports experts who work without clearance or before it.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    for (key, expert) in case.experts.iter() {
        let work = work_of(case, key, expert);
        let Some(first) = work.iter().min_by_key(|work| (work.from.is_none(), work.from)) else { continue };
        let name = called(key, expert);
        let signed = expert.declaration.as_ref().and_then(|declaration| declaration.signed_on);
        if signed.is_none() {
            let message = format!("{name} {} but has not signed the declaration under the Code of Conduct", first.what);
            report.fault(
                Code::ExpertNotCleared,
                &first.path,
                message,
                format!("write `experts.{key}.declaration` with `signed_on`, or take the expert out"),
            );
            report.see(&format!("experts.{key}"), "the expert");
            continue;
        }
        let Some(clearance) = &expert.clearance else {
            let message = format!("{name} {} but the unit has not cleared the declaration", first.what);
            report.fault(
                Code::ExpertNotCleared,
                &first.path,
                message,
                format!("write `experts.{key}.clearance`, or take the expert out"),
            );
            report.see(&format!("experts.{key}"), "the expert");
            continue;
        };
        if clearance.decision.get() == Some(&ClearanceDecision::Rejected) {
            for place in &work {
                let hint = "take the expert out; the one who takes the place is named in `replaced_by`";
                report.fault(
                    Code::ExpertNotCleared,
                    &place.path,
                    format!("{name} {} but the declaration was rejected", place.what),
                    hint,
                );
                report.see(&format!("experts.{key}.clearance.decision"), "the decision");
            }
            continue;
        }
        if let (Some(cleared), Some(from)) = (clearance.date.get(), first.from)
            && from < *cleared
        {
            let message = format!("{name} {} ({from}) but was cleared only on {cleared}", first.what);
            report.fault(
                Code::ExpertNotCleared,
                &first.path,
                message,
                format!("let the work begin on {cleared} or later"),
            );
            report.see(&format!("experts.{key}.clearance.date"), "the clearance");
        }
    }
}
