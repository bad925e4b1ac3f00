//! Rule 10: enough time before the support begins, and nothing out of date when it is approved.

use super::{Facts, Report, days_after, months_after};
use crate::case::model::{CaseDate, Request};
use crate::diagnostic::Code;

/// Measures the time between the steps against the unit's own terms.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let unit = &facts.unit.value;
    if let Some(request) = &case.request {
        lead_time(facts, request, report);
    }
    let Some(approved) = case.approval.as_ref().and_then(|approval| approval.date.get().copied()) else { return };
    if let Some(request) = &case.request {
        let limit = unit
            .request_months
            .get()
            .zip(request.date.get())
            .and_then(|(months, date)| Some((*months, *date, months_after(*date, *months)?)));
        if let Some((months, date, _)) = limit.filter(|(_, _, last)| approved > *last) {
            let message =
                format!("the request of {date} is older than {months} months when it is approved on {approved}");
            report.fault(
                Code::RequestStale,
                "approval.date",
                message,
                "ask the authority to confirm the request and record the confirmation as the request",
            );
            report.see("request.date", "the request");
            report.see_unit("request_months", "the unit's term");
        }
        let signed = request.signed_on.get().or(request.date.get()).copied();
        let left = request.signatory.get().and_then(|key| Some((key, case.people.get(&key.0)?.left_office?)));
        if let Some((key, left)) =
            left.filter(|(_, left)| signed.is_some_and(|signed| signed <= *left) && *left < approved)
        {
            let message = format!(
                "`{}`, who signed the request, left office on {left}, before the approval of {approved}",
                key.0
            );
            report.fault(
                Code::RequestStale,
                "request.signatory",
                message,
                "ask the successor to confirm the request and record the confirmation as the request",
            );
            report.see(&format!("people.{}.left_office", key.0), "left office");
        }
    }
    let Some((diligence, &months)) = case.due_diligence.as_ref().zip(unit.due_diligence_months.get()) else { return };
    let mut stale = |path: &str, what: &str, date: Option<CaseDate>| {
        let Some(date) = date.filter(|date| months_after(*date, months).is_some_and(|last| approved > last)) else {
            return false;
        };
        let message = format!("{what} of {date} is older than {months} months when support is approved on {approved}");
        report.fault(Code::DiligenceStale, path, message, "go through the checks again and record the new date");
        report.see("approval.date", "the approval");
        report.see_unit("due_diligence_months", "the unit's term");
        true
    };
    if !stale("due_diligence.completed_on", "the due diligence", diligence.completed_on) {
        stale("due_diligence.sanctions_screened_on", "the search of sanctions lists", diligence.sanctions_screened_on);
    }
}

fn lead_time(facts: &Facts<'_>, request: &Request, report: &mut Report<'_>) {
    let (Some(&days), Some(&date), Some(timeline)) =
        (facts.unit.value.lead_time_days.get(), request.date.get(), request.timeline.get())
    else {
        return;
    };
    let Some(&from) = timeline.from.get().filter(|_| timeline.reason.is_none()) else { return };
    // Support before the request is an error of its own.
    let Some(earliest) = days_after(date, days).filter(|earliest| date <= from && from < *earliest) else { return };
    let left = (from.0 - date.0).num_days();
    let message = format!("support is needed from {from}, {left} days after the request, but the unit needs {days}");
    report.fault(
        Code::LeadTimeShort,
        "request.timeline.from",
        message,
        format!("write {earliest} or later, or say under `timeline.reason` why it cannot wait"),
    );
    report.see("request.date", "the request");
    report.see_unit("lead_time_days", "the unit's lead time");
}
