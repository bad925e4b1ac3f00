//! Rule 3 and the due diligence itself: support is approved only after a check that is settled and sound.

use super::{Facts, Report, items};
use crate::case::eligibility::{NoteKind, assess};
use crate::case::model::{Answer, DiligenceResult, DueDiligence, Risk};
use crate::diagnostic::Code;

/// Compares the due diligence with itself and with the approval.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(diligence) = &facts.case.value.due_diligence else { return };
    approval(facts, diligence, report);
    people(diligence, report);
    result(diligence, report);
    findings(diligence, report);
}

fn is_cleared(diligence: &DueDiligence) -> bool {
    matches!(diligence.result, Some(DiligenceResult::Cleared | DiligenceResult::ClearedWithConditions))
}

fn approval(facts: &Facts<'_>, diligence: &DueDiligence, report: &mut Report<'_>) {
    let Some(approval) = &facts.case.value.approval else { return };
    if !is_cleared(diligence) {
        let message = match diligence.result {
            Some(result) => format!("support is approved but the result of the due diligence is `{}`", result.word()),
            None => "support is approved but the due diligence has no result".to_owned(),
        };
        let hint =
            "approve only after `result: cleared` or `result: cleared_with_conditions`, or answer with a `decline`";
        report.fault(Code::DiligenceNotCleared, "due_diligence.result", message, hint);
        report.see("approval.decision", "the approval");
        return;
    }
    let (Some(country), Some(date)) = (facts.case.value.country.get(), approval.date.get()) else { return };
    let blocked = assess(country, date.0, facts.lists).has_note(NoteKind::DueDiligenceBlocker);
    if blocked && diligence.sanctions_screened_on.is_none() {
        let message =
            format!("support for {} is approved but no search of sanctions lists is recorded", country.english_name());
        report.fault(Code::DiligenceNotCleared, "due_diligence.sanctions_screened_on", message, "only the due diligence can clear this country: write `sanctions_screened_on`, `sanctions_lists` and `sanctions_hit`");
        report.see("country", "the country that must be cleared first");
    }
}

fn people(diligence: &DueDiligence, report: &mut Report<'_>) {
    if let (Some(reviewer), Some(approver)) = (diligence.reviewer.get(), &diligence.approver)
        && reviewer == approver
    {
        let message = format!("`{}` both reviewed the due diligence and approved it", reviewer.0);
        report.fault(
            Code::DiligenceInconsistent,
            "due_diligence.approver",
            message,
            "name a second person of the unit as `approver`",
        );
        report.see("due_diligence.reviewer", "the reviewer");
    }
}

fn result(diligence: &DueDiligence, report: &mut Report<'_>) {
    let mut fault = |path: &str, message: String, hint: &str| {
        report.fault(Code::DiligenceInconsistent, path, message, hint);
        report.see("due_diligence.result", "the result");
    };
    match diligence.result {
        None if diligence.completed_on.is_some() => {
            report.fault(
                Code::DiligenceInconsistent,
                "due_diligence.completed_on",
                "the due diligence is completed but has no result",
                "write `result`, or delete `completed_on`",
            );
            return;
        }
        None => return,
        // Whoever decides higher up settles day and approver.
        Some(DiligenceResult::Escalated) => {}
        Some(result) => {
            let word = result.word();
            if diligence.completed_on.is_none() {
                fault(
                    "due_diligence.completed_on",
                    format!("the due diligence has the result `{word}` but no day on which it was settled"),
                    "write `completed_on`",
                );
            }
            if diligence.approver.is_none() {
                fault(
                    "due_diligence.approver",
                    format!("the due diligence has the result `{word}` but nobody approved it"),
                    "name the `approver`, somebody else than the reviewer",
                );
            }
        }
    }
    match diligence.result {
        Some(DiligenceResult::ClearedWithConditions) if diligence.conditions.is_empty() => {
            fault(
                "due_diligence.conditions",
                "the due diligence is cleared with conditions but lists none".into(),
                "list the conditions, or write `result: cleared`",
            );
        }
        Some(DiligenceResult::Cleared) if !diligence.conditions.is_empty() => {
            fault(
                "due_diligence.conditions",
                "the due diligence lists conditions but its result is `cleared`".into(),
                "write `result: cleared_with_conditions`",
            );
        }
        Some(result @ (DiligenceResult::NotCleared | DiligenceResult::Escalated)) if diligence.reasons.is_none() => {
            fault(
                "due_diligence.reasons",
                format!("the result of the due diligence is `{}` but no reasons are recorded", result.word()),
                "write `reasons`; they stay internal",
            );
        }
        _ => {}
    }
}

/// What must not be found in a check that is cleared.
fn findings(diligence: &DueDiligence, report: &mut Report<'_>) {
    if !is_cleared(diligence) {
        return;
    }
    for (at, item) in items(&diligence.items).iter().enumerate() {
        let area = item.area.get().map_or("", |area| area.word());
        if item.answer.get() == Some(&Answer::Unknown) {
            let message = format!("the due diligence is cleared but an answer on `{area}` is unknown");
            report.fault(
                Code::DiligenceInconsistent,
                &format!("due_diligence.items[{at}].answer"),
                message,
                "find the answer, or write `result: escalated`",
            );
            report.see("due_diligence.result", "the result");
        }
        if item.risk == Some(Risk::High) && item.mitigation.is_none() {
            let message = format!("the due diligence is cleared but a high risk on `{area}` has no mitigation");
            report.fault(
                Code::DiligenceInconsistent,
                &format!("due_diligence.items[{at}].risk"),
                message,
                "write under `mitigation` what is done against the risk, or write `result: not_cleared`",
            );
            report.see("due_diligence.result", "the result");
        }
    }
    if diligence.sanctions_hit == Some(true) && diligence.reasons.is_none() {
        let hint = "write under `reasons` why it is cleared nevertheless, or write `result: escalated`";
        report.fault(
            Code::DiligenceInconsistent,
            "due_diligence.sanctions_hit",
            "the due diligence is cleared although the search of sanctions lists found something",
            hint,
        );
        report.see("due_diligence.result", "the result");
    }
}
