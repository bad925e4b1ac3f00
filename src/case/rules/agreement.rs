//! Rule 11: request and approval are signed before terms of reference and declarations rest on them.

use super::{Facts, Report};
use crate::case::model::CaseDate;
use crate::diagnostic::Code;

/// Compares the signatures of the two letters with what rests on them.
///
/// A request without its day of signature is reported as a missing field.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(approval) = &case.approval else { return };
    let mut resting: Vec<(String, String, Option<CaseDate>)> = Vec::new();
    if let Some(scoping) = &case.scoping {
        resting.push(("scoping.date".into(), "the terms of reference".into(), scoping.date.get().copied()));
    }
    for (key, expert) in case.experts.iter() {
        let signed = expert.declaration.as_ref().and_then(|declaration| declaration.signed_on);
        if signed.is_some() {
            resting.push((
                format!("experts.{key}.declaration.signed_on"),
                format!("the declaration of `{key}`"),
                signed,
            ));
        }
    }
    let Some((path, what, _)) = resting.first() else { return };
    if approval.signed_on.is_none() {
        let message = format!("the approval is not signed but is the ground of {what}");
        report.fault(
            Code::AgreementUnsigned,
            "approval.signed_on",
            message,
            "write `signed_on` once the approval is signed",
        );
        report.see(path, what.clone());
    }
    let letters = [
        (
            "request.signed_on",
            "the request",
            case.request.as_ref().and_then(|request| request.signed_on.get().copied()),
        ),
        ("approval.signed_on", "the approval", approval.signed_on),
    ];
    for (path, what, date) in &resting {
        let Some(date) = date else { continue };
        // The later of the two letters tells all.
        let late = letters
            .iter()
            .filter_map(|(path, letter, signed)| Some((*path, *letter, (*signed)?)))
            .filter(|(_, _, signed)| signed > date)
            .max_by_key(|(_, _, signed)| *signed);
        if let Some((letter_path, letter, signed)) = late {
            let message = format!("{what} is dated {date} but {letter} was signed only on {signed}");
            report.fault(
                Code::AgreementUnsigned,
                path,
                message,
                format!("write {signed} or a later day, or mend the day of signature"),
            );
            report.see(letter_path, "the signature");
        }
    }
}
