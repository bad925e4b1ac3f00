//! Rules 2 and 4: a step is recorded only after the steps that it rests on.

use super::{Facts, Report};
use crate::diagnostic::Code;

/// Reports steps whose ground is missing.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let declined = case.decline.is_some();
    if case.due_diligence.is_some() && case.request.is_none() && !declined {
        lacking(report, "due_diligence", "there is a due diligence but no request", "record the `request` first");
    }
    if case.approval.is_some() {
        if case.request.is_none() {
            lacking(
                report,
                "approval",
                "there is an approval but no request that it answers",
                "record the `request` first",
            );
        }
        if case.due_diligence.is_none() {
            lacking(
                report,
                "approval",
                "there is an approval but no due diligence",
                "record the `due_diligence` with its result first",
            );
        }
    }
    if let Some(decline) = &case.decline {
        if decline.in_reply_to.is_some() && case.request.is_none() {
            lacking(
                report,
                "decline.in_reply_to",
                "the decline answers a request that is not in the case",
                "record the `request`, or delete `in_reply_to` if there was only an inquiry",
            );
        } else if case.request.is_none() && case.inquiry.is_none() {
            lacking(
                report,
                "decline",
                "there is a decline but neither a request nor an inquiry",
                "record the `inquiry` or the `request` first",
            );
        }
    }
    // After a decline the later steps are wrong altogether, which `decision` reports.
    if case.approval.is_some() || declined {
        return;
    }
    let hint = "record the `approval` first";
    if case.scoping.is_some() {
        lacking(report, "scoping", "there is a scoping mission but no approval", hint);
    }
    if let Some((key, _)) = case.activities.iter().next() {
        lacking(report, &format!("activities.{key}"), format!("there is the activity `{key}` but no approval"), hint);
    }
    for (key, expert) in case.experts.iter() {
        if expert.mobilised_on.is_some() {
            lacking(
                report,
                &format!("experts.{key}.mobilised_on"),
                format!("the expert `{key}` is mobilised but there is no approval"),
                hint,
            );
        }
    }
    if !case.evaluations.is_empty() && case.activities.is_empty() {
        lacking(
            report,
            "evaluations",
            "there is an evaluation but no activity",
            "record what is evaluated under `activities` first",
        );
    }
}

fn lacking(report: &mut Report<'_>, path: &str, message: impl Into<String>, hint: &str) {
    report.fault(Code::StepMissing, path, message, hint);
}
