//! Rule 11: letters are signed by those who may sign them, while they are in office.

use super::{Facts, Report, items};
use crate::case::model::{CaseDate, Person, PersonKey};
use crate::diagnostic::Code;

/// Checks the unit's signatories against its list, and everybody's time in office.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    if let Some(approval) = &case.approval {
        let day = approval.signed_on.or(approval.date.get().copied());
        listed(facts, report, "approval.signatory", "the approval", approval.signatory.get());
        of_unit(facts, report, "approval.signatory", "the approval", approval.signatory.get(), day);
    }
    if let Some(decline) = &case.decline {
        let day = decline.signed_on.or(decline.date.get().copied());
        listed(facts, report, "decline.signatory", "the decline", decline.signatory.get());
        of_unit(facts, report, "decline.signatory", "the decline", decline.signatory.get(), day);
    }
    if let Some(request) = &case.request {
        let day = request.signed_on.get().or(request.date.get()).copied();
        of_authority(facts, report, "request.signatory", "the request", request.signatory.get(), day);
    }
    if let Some(scoping) = &case.scoping {
        let day = scoping.date.get().copied();
        of_unit(facts, report, "scoping.signatory", "the terms of reference", scoping.signatory.get(), day);
        of_authority(
            facts,
            report,
            "scoping.authority_signatory",
            "the terms of reference",
            scoping.authority_signatory.get(),
            day,
        );
    }
}

fn listed(facts: &Facts<'_>, report: &mut Report<'_>, path: &str, what: &str, key: Option<&PersonKey>) {
    let allowed = items(&facts.unit.value.signatories);
    let Some(key) = key
        .filter(|key| !allowed.is_empty() && !allowed.contains(key) && facts.unit.value.people.get(&key.0).is_some())
    else {
        return;
    };
    let names: Vec<_> = allowed.iter().map(|key| format!("`{}`", key.0)).collect();
    let message = format!("`{}` signs {what} but is not on the unit's list of signatories", key.0);
    report.fault(
        Code::SignatoryNotAuthorised,
        path,
        message,
        format!("write one of {}, or add the person to `signatories` in the unit's profile", names.join(", ")),
    );
    report.see_unit("signatories", "the unit's list");
}

fn of_unit(
    facts: &Facts<'_>,
    report: &mut Report<'_>,
    path: &str,
    what: &str,
    key: Option<&PersonKey>,
    day: Option<CaseDate>,
) {
    let Some(key) = key else { return };
    if let Some(left) = gone(facts.unit.value.people.get(&key.0), day) {
        out_of_office(report, path, what, key, left, day);
        report.see_unit(&format!("people.{}.left_office", key.0), "left office");
    }
}

fn of_authority(
    facts: &Facts<'_>,
    report: &mut Report<'_>,
    path: &str,
    what: &str,
    key: Option<&PersonKey>,
    day: Option<CaseDate>,
) {
    let Some(key) = key else { return };
    if let Some(left) = gone(facts.case.value.people.get(&key.0), day) {
        out_of_office(report, path, what, key, left, day);
        report.see(&format!("people.{}.left_office", key.0), "left office");
    }
}

/// Returns the day on which a person left office, if it lies before the given day.
fn gone(person: Option<&Person>, day: Option<CaseDate>) -> Option<CaseDate> {
    person?.left_office.filter(|left| day.is_some_and(|day| *left < day))
}

fn out_of_office(
    report: &mut Report<'_>,
    path: &str,
    what: &str,
    key: &PersonKey,
    left: CaseDate,
    day: Option<CaseDate>,
) {
    let day = day.map_or_else(String::new, |day| format!(" on {day}"));
    let message = format!("`{}` signs {what}{day} but left office on {left}", key.0);
    report.fault(Code::SignatoryNotAuthorised, path, message, "name the person who was in office on that day");
}
