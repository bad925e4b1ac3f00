//! Rule 3: conditions of the due diligence reach the approval letter and the risks of the terms of reference.

use super::{Facts, Report};
use crate::case::model::{ApprovalDecision, Condition};
use crate::diagnostic::Code;

/// Follows each condition from paper to paper.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(approval) = &case.approval else { return };
    let wanted = case.due_diligence.as_ref().map_or(&[][..], |diligence| &diligence.conditions);
    let has = |list: &[Condition], id: &String| list.iter().any(|condition| condition.id.get() == Some(id));
    for (at, id) in wanted.iter().enumerate().filter_map(|(at, condition)| Some((at, condition.id.get()?))) {
        if !has(&approval.conditions, id) {
            let message = format!("the due diligence sets the condition `{id}` but the approval does not carry it");
            report.fault(
                Code::ConditionNotCarried,
                "approval.conditions",
                message,
                format!("add `- id: {id}` with its text to `approval.conditions`"),
            );
            report.see(&format!("due_diligence.conditions[{at}]"), "the condition");
        }
    }
    match approval.decision.get() {
        Some(ApprovalDecision::Approved) if !approval.conditions.is_empty() => {
            report.fault(
                Code::ConditionNotCarried,
                "approval.decision",
                "the approval lists conditions but its decision is `approved`",
                "write `decision: approved_with_conditions`",
            );
            report.see("approval.conditions", "the conditions");
        }
        Some(ApprovalDecision::ApprovedWithConditions) if approval.conditions.is_empty() => {
            report.fault(
                Code::ConditionNotCarried,
                "approval.decision",
                "the decision is `approved_with_conditions` but the approval lists none",
                "list them under `approval.conditions`, or write `decision: approved`",
            );
        }
        _ => {}
    }
    let Some(scoping) = &case.scoping else { return };
    for (at, id) in approval.conditions.iter().enumerate().filter_map(|(at, condition)| Some((at, condition.id.get()?)))
    {
        if !scoping.risks.iter().any(|risk| risk.condition.as_ref() == Some(id)) {
            let message = format!("the approval has the condition `{id}` but no risk of the mission carries it");
            report.fault(
                Code::ConditionNotCarried,
                "scoping.risks",
                message,
                format!("add a line with `risk`, `response` and `condition: {id}` to `scoping.risks`"),
            );
            report.see(&format!("approval.conditions[{at}]"), "the condition");
        }
    }
}
