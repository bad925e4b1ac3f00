//! Rule 5 and the declaration itself: what was signed, what was accepted and what was decided fit together.
//!
//! That "nothing to declare" excludes entries holds by construction: `interests` is the word `none` or a list.

use super::{Facts, Report, called};
use crate::case::model::{Clearance, ClearanceDecision, Declaration, Expert};
use crate::diagnostic::Code;

/// Compares each declaration with the Code of Conduct and with the decision on it.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    for (key, expert) in facts.case.value.experts.iter() {
        let rejected = expert
            .clearance
            .as_ref()
            .is_some_and(|clearance| clearance.decision.get() == Some(&ClearanceDecision::Rejected));
        if let Some(declaration) = &expert.declaration
            && !rejected
        {
            accepted(key, expert, declaration, report);
            version(facts, key, expert, declaration, report);
        }
        if let Some(clearance) = &expert.clearance {
            if !rejected && expert.declaration.as_ref().is_none_or(|declaration| declaration.signed_on.is_none()) {
                let message = format!("the declaration of {} is cleared but not signed", called(key, expert));
                report.fault(
                    Code::DeclarationInconsistent,
                    &format!("experts.{key}.clearance"),
                    message,
                    format!("write `experts.{key}.declaration` with `signed_on`, or delete the clearance"),
                );
            }
            measures(key, clearance, report);
        }
    }
}

fn accepted(key: &str, expert: &Expert, declaration: &Declaration, report: &mut Report<'_>) {
    let answers = [
        ("undertakings_accepted", declaration.undertakings_accepted.get(), "the articles of the Code of Conduct"),
        ("confidentiality_accepted", declaration.confidentiality_accepted.get(), "the duty of confidentiality"),
    ];
    for (field, answer, what) in answers {
        if answer == Some(&false) {
            let message = format!("{} does not accept {what} but the declaration is not rejected", called(key, expert));
            let hint = format!("write `{field}: yes` once it is accepted, or `clearance.decision: rejected`");
            report.fault(Code::DeclarationInconsistent, &format!("experts.{key}.declaration.{field}"), message, hint);
        }
    }
}

fn version(facts: &Facts<'_>, key: &str, expert: &Expert, declaration: &Declaration, report: &mut Report<'_>) {
    let Some(code) = facts.unit.value.code_of_conduct.get() else { return };
    let (Some(current), Some(adopted), Some(signed)) =
        (code.version.get(), code.adopted_on.get(), declaration.code_version.get())
    else {
        return;
    };
    let path = format!("experts.{key}.declaration.code_version");
    let name = called(key, expert);
    let before_adoption = declaration.signed_on.is_some_and(|day| day < *adopted);
    if signed == current {
        if before_adoption {
            let message =
                format!("{name} signed version {current} of the Code of Conduct before it was adopted on {adopted}");
            report.fault(
                Code::DeclarationInconsistent,
                &format!("experts.{key}.declaration.signed_on"),
                message,
                "mend the day of signature, or name the version that was signed",
            );
            report.see_unit("code_of_conduct.adopted_on", "the adoption");
        }
        return;
    }
    // Whoever worked and signed under an earlier version need not sign again.
    let works_later = super::clearance::work_of(&facts.case.value, key, expert)
        .iter()
        .any(|work| work.from.is_some_and(|day| day >= *adopted));
    if !before_adoption || works_later {
        let message = format!(
            "{name} signed version {signed} of the Code of Conduct but the current version is {current}, adopted on {adopted}"
        );
        report.fault(
            Code::DeclarationInconsistent,
            &path,
            message,
            format!("let the expert sign version {current} and write `code_version: {current:?}`"),
        );
        report.see_unit("code_of_conduct.version", "the current version");
    }
}

fn measures(key: &str, clearance: &Clearance, report: &mut Report<'_>) {
    let path = format!("experts.{key}.clearance.decision");
    match clearance.decision.get() {
        Some(ClearanceDecision::ClearedWithMeasures) if clearance.measures.is_empty() => {
            report.fault(
                Code::DeclarationInconsistent,
                &path,
                format!("`{key}` is cleared with measures but none is listed"),
                "list them under `measures`, or write `decision: cleared`",
            );
        }
        Some(ClearanceDecision::Cleared) if !clearance.measures.is_empty() => {
            report.fault(
                Code::DeclarationInconsistent,
                &path,
                format!("the clearance of `{key}` lists measures but the decision is `cleared`"),
                "write `decision: cleared_with_measures`",
            );
            report.see(&format!("experts.{key}.clearance.measures"), "the measures");
        }
        _ => {}
    }
}
