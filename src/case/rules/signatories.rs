//! Rule 11: letters are signed by those who may sign them, while they are in office.

use super::{Facts, Report, items};
use crate::case::model::{CaseDate, PersonKey};
use crate::diagnostic::Code;

/// A signature: where it stands, what is signed, by whom, when.
struct Signature<'a> {
    path: &'static str,
    what: &'static str,
    key: Option<&'a PersonKey>,
    day: Option<CaseDate>,
}

/// Whose signature it is.
#[derive(Clone, Copy)]
enum Side {
    Unit,
    Authority,
}

/// Checks the unit's signatories against its list, and everybody's time in office.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    if let Some(approval) = &case.approval {
        let day = approval.signed_on.or(approval.date.get().copied());
        let signature =
            Signature { path: "approval.signatory", what: "the approval", key: approval.signatory.get(), day };
        listed(facts, report, &signature);
        in_office(facts, report, Side::Unit, &signature);
    }
    if let Some(decline) = &case.decline {
        let day = decline.signed_on.or(decline.date.get().copied());
        let signature = Signature { path: "decline.signatory", what: "the decline", key: decline.signatory.get(), day };
        listed(facts, report, &signature);
        in_office(facts, report, Side::Unit, &signature);
    }
    if let Some(request) = &case.request {
        let day = request.signed_on.get().or(request.date.get()).copied();
        let signature = Signature { path: "request.signatory", what: "the request", key: request.signatory.get(), day };
        in_office(facts, report, Side::Authority, &signature);
    }
    if let Some(scoping) = &case.scoping {
        let (what, day) = ("the terms of reference", scoping.date.get().copied());
        let signature = Signature { path: "scoping.signatory", what, key: scoping.signatory.get(), day };
        in_office(facts, report, Side::Unit, &signature);
        let key = scoping.authority_signatory.get();
        let signature = Signature { path: "scoping.authority_signatory", what, key, day };
        in_office(facts, report, Side::Authority, &signature);
    }
}

fn listed(facts: &Facts<'_>, report: &mut Report<'_>, signature: &Signature<'_>) {
    let allowed = items(&facts.unit.value.signatories);
    let Some(key) = signature
        .key
        .filter(|key| !allowed.is_empty() && !allowed.contains(key) && facts.unit.value.people.get(&key.0).is_some())
    else {
        return;
    };
    let names: Vec<_> = allowed.iter().map(|key| format!("`{}`", key.0)).collect();
    let message = format!("`{}` signs {} but is not on the unit's list of signatories", key.0, signature.what);
    report.fault(
        Code::SignatoryNotAuthorised,
        signature.path,
        message,
        format!("write one of {}, or add the person to `signatories` in the unit's profile", names.join(", ")),
    );
    report.see_unit("signatories", "the unit's list");
}

fn in_office(facts: &Facts<'_>, report: &mut Report<'_>, side: Side, signature: &Signature<'_>) {
    let people = match side {
        Side::Unit => &facts.unit.value.people,
        Side::Authority => &facts.case.value.people,
    };
    let (Some(key), Some(day)) = (signature.key, signature.day) else { return };
    let left = people.get(&key.0).and_then(|person| person.left_office).filter(|left| *left < day);
    let Some(left) = left else { return };
    let message = format!("`{}` signs {} on {day} but left office on {left}", key.0, signature.what);
    let hint = "name the person who was in office on that day";
    report.fault(Code::SignatoryNotAuthorised, signature.path, message, hint);
    let place = format!("people.{}.left_office", key.0);
    match side {
        Side::Unit => report.see_unit(&place, "left office"),
        Side::Authority => report.see(&place, "left office"),
    }
}
