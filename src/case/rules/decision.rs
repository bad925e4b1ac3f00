//! Rule 4: one decision on one request; after a decline nothing follows.

use super::{Facts, Report};
use crate::case::model::{DeclineReason, DiligenceResult};
use crate::diagnostic::Code;

/// Reports decisions that exclude each other.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(decline) = &case.decline else { return };
    if case.approval.is_some() {
        let hint = "keep the decision that holds; support that ends early is `interruption: terminated`, not a decline";
        report.fault(Code::DecisionConflict, "decline", "the request is both approved and declined", hint);
        report.see("approval", "the approval");
    }
    let mut after = |path: &str, what: &str| {
        report.fault(
            Code::DecisionConflict,
            path,
            format!("the request is declined but {what}"),
            "delete what follows the decline, or delete the decline",
        );
        report.see("decline", "the decline");
    };
    if case.scoping.is_some() {
        after("scoping", "there is a scoping mission");
    }
    for (key, _) in case.activities.iter() {
        after(&format!("activities.{key}"), &format!("there is the activity `{key}`"));
    }
    if !case.evaluations.is_empty() {
        after("evaluations", "there are evaluations");
    }
    let declined_on = decline.date.get().copied();
    for (key, expert) in case.experts.iter() {
        let cleared_on = expert.clearance.as_ref().and_then(|clearance| clearance.date.get().copied());
        if expert.mobilised_on.is_some() {
            after(&format!("experts.{key}.mobilised_on"), &format!("the expert `{key}` is mobilised"));
        } else if declined_on.is_some() && cleared_on > declined_on {
            after(&format!("experts.{key}.clearance"), &format!("the declaration of `{key}` is decided on later"));
        }
    }
    let result = case.due_diligence.as_ref().and_then(|diligence| diligence.result);
    if decline.reason.get() == Some(&DeclineReason::DueDiligence)
        && let Some(result @ (DiligenceResult::Cleared | DiligenceResult::ClearedWithConditions)) = result
    {
        let message = format!("the request is declined for the due diligence but its result is `{}`", result.word());
        report.fault(
            Code::DecisionConflict,
            "decline.reason",
            message,
            "write the reason that holds, or mend the result",
        );
        report.see("due_diligence.result", "the result");
    }
}
