//! Rule 2: the steps of a case follow each other in time, and every span ends after it begins.
//!
//! Four orders are the matter of other rules: clearance before work (`clearance`), the signed agreement
//! before what rests on it (`agreement`), the end of an activity before its evaluation (`evaluations`),
//! and the order of drafts (`rounds`).

use super::{Facts, Report};
use crate::case::model::{Case, CaseDate};
use crate::diagnostic::Code;

/// A day with its place and what messages call it.
struct Step {
    path: String,
    what: String,
    date: Option<CaseDate>,
}

/// Compares the days that must follow each other.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let mut order = Order { report };
    letters(case, &mut order);
    agreement(case, &mut order);
    work(case, &mut order);
}

struct Order<'r, 'a> {
    report: &'r mut Report<'a>,
}

impl Order<'_, '_> {
    /// Reports a later step that is dated before an earlier one; days may be the same.
    fn hold(&mut self, earlier: &Step, later: &Step) {
        let (Some(first), Some(second)) = (earlier.date, later.date) else { return };
        if second >= first {
            return;
        }
        let message = format!("{} ({second}) comes before {} ({first})", later.what, earlier.what);
        self.report.fault(
            Code::DatesOutOfOrder,
            &later.path,
            message,
            format!("{} comes first, or on the same day: mend one of the two dates", earlier.what),
        );
        self.report.see(&earlier.path, format!("{} is here", earlier.what));
    }
}

fn step(path: impl Into<String>, what: impl Into<String>, date: Option<CaseDate>) -> Step {
    Step { path: path.into(), what: what.into(), date }
}

fn inquiry(case: &Case) -> Step {
    step("inquiry.date", "the inquiry", case.inquiry.as_ref().and_then(|inquiry| inquiry.date.get().copied()))
}

fn request(case: &Case) -> Step {
    step("request.date", "the request", case.request.as_ref().and_then(|request| request.date.get().copied()))
}

fn completed(case: &Case) -> Step {
    step(
        "due_diligence.completed_on",
        "the end of the due diligence",
        case.due_diligence.as_ref().and_then(|check| check.completed_on),
    )
}

fn approval(case: &Case) -> Step {
    step("approval.date", "the approval", case.approval.as_ref().and_then(|approval| approval.date.get().copied()))
}

/// Inquiry, request, due diligence, decline, and the papers around them.
fn letters(case: &Case, order: &mut Order<'_, '_>) {
    let (inquiry, request, completed, approval) = (inquiry(case), request(case), completed(case), approval(case));
    order.hold(&inquiry, &request);
    if request.date.is_none() {
        order.hold(&inquiry, &approval);
    }
    if let Some(first) = &case.inquiry {
        order.hold(
            &inquiry,
            &step("inquiry.acknowledged_on", "the acknowledgement of the inquiry", first.acknowledged_on),
        );
    }
    if let Some(letter) = &case.request {
        let received = step("request.received_on", "the receipt of the request", letter.received_on);
        order.hold(&request, &received);
        order.hold(
            &step("request.signed_on", "the signature of the request", letter.signed_on.get().copied()),
            &received,
        );
        order.hold(&received, &approval);
        order.hold(&request, &step("request.next_round", "the next round of negotiation", letter.next_round));
        if let Some(timeline) = letter.timeline.get() {
            let from =
                step("request.timeline.from", "the first day of the support asked for", timeline.from.get().copied());
            order.hold(&request, &from);
            order.hold(
                &from,
                &step("request.timeline.to", "the last day of the support asked for", timeline.to.get().copied()),
            );
            order.hold(&request, &step("request.timeline.deadline", "the deadline in the request", timeline.deadline));
        }
    }
    if let Some(check) = &case.due_diligence {
        order.hold(
            &step("due_diligence.started_on", "the start of the due diligence", check.started_on.get().copied()),
            &step("due_diligence.completed_on", "the end of the due diligence", check.completed_on),
        );
        order.hold(&request, &completed);
        order.hold(&completed, &approval);
        order.hold(
            &step("due_diligence.sanctions_screened_on", "the search of sanctions lists", check.sanctions_screened_on),
            &approval,
        );
        order.hold(
            &step(
                "due_diligence.board_consulted_on",
                "the consultation of the governing bodies",
                check.board_consulted_on,
            ),
            &approval,
        );
    }
    if let Some(letter) = &case.decline {
        let decline = step("decline.date", "the decline", letter.date.get().copied());
        order.hold(&inquiry, &decline);
        order.hold(&request, &decline);
        if letter.reason.get() == Some(&crate::case::model::DeclineReason::DueDiligence) {
            order.hold(&completed, &decline);
        }
    }
    if let Some(contract) = case.contract.get() {
        order.hold(
            &step("contract.signed_on", "the signature of the contract", contract.signed_on),
            &step("contract.expires_on", "the last day of the contract", contract.expires_on),
        );
    }
    if let Some(mandate) = case.authority.get().and_then(|authority| authority.mandate.as_ref()) {
        let received = step("authority.mandate.received_on", "the receipt of the mandate", mandate.received_on);
        order.hold(&step("authority.mandate.date", "the mandate", mandate.date.get().copied()), &received);
        order.hold(&received, &approval);
    }
}

/// Approval and terms of reference.
fn agreement(case: &Case, order: &mut Order<'_, '_>) {
    let approved = approval(case);
    order.hold(&request(case), &approved);
    if let Some(letter) = &case.approval {
        order.hold(
            &step("approval.board_consulted_on", "the consultation of the governing bodies", letter.board_consulted_on),
            &approved,
        );
        order.hold(&approved, &step("approval.countersigned_on", "the counter-signature", letter.countersigned_on));
        order.hold(
            &step("approval.signed_on", "the signature of the approval", letter.signed_on),
            &step("approval.countersigned_on", "the counter-signature", letter.countersigned_on),
        );
        if let Some(period) = letter.period.get() {
            let from = step("approval.period.from", "the first day of the approved period", period.from.get().copied());
            order.hold(&approved, &from);
            order.hold(
                &from,
                &step("approval.period.to", "the last day of the approved period", period.to.get().copied()),
            );
        }
        for (at, next) in super::items(&letter.next_steps).iter().enumerate() {
            order.hold(&approved, &step(format!("approval.next_steps[{at}].by"), "the day of the next step", next.by));
        }
    }
    if let Some(scoping) = &case.scoping {
        let terms = step("scoping.date", "the terms of reference", scoping.date.get().copied());
        let from = step("scoping.from", "the first day of the mission", scoping.from.get().copied());
        order.hold(&approved, &terms);
        order.hold(&terms, &from);
        if terms.date.is_none() {
            order.hold(&approved, &from);
        }
        order.hold(&from, &step("scoping.to", "the last day of the mission", scoping.to.get().copied()));
    }
}

/// Experts, activities, evaluations.
fn work(case: &Case, order: &mut Order<'_, '_>) {
    let approved = approval(case);
    for (key, expert) in case.experts.iter() {
        let at = format!("experts.{key}");
        let first =
            step(format!("{at}.mobilised_on"), format!("the first day of work of `{key}`"), expert.mobilised_on);
        order.hold(&approved, &first);
        order.hold(&step(format!("{at}.chosen_on"), format!("the choice of `{key}`"), expert.chosen_on), &first);
        let signed = expert.declaration.as_ref().and_then(|declaration| declaration.signed_on);
        let cleared = expert.clearance.as_ref().and_then(|clearance| clearance.date.get().copied());
        order.hold(
            &step(format!("{at}.declaration.signed_on"), format!("the declaration of `{key}`"), signed),
            &step(format!("{at}.clearance.date"), format!("the decision on `{key}`"), cleared),
        );
        let interests = expert.declaration.as_ref().and_then(|declaration| declaration.interests.get());
        for (number, interest) in interests.iter().flat_map(|list| list.0.iter().enumerate()) {
            let at = format!("{at}.declaration.interests[{number}]");
            order.hold(
                &step(format!("{at}.from"), "the beginning of the interest", interest.from),
                &step(format!("{at}.to"), "the end of the interest", interest.to),
            );
        }
    }
    for (key, activity) in case.activities.iter() {
        let at = format!("activities.{key}");
        let from =
            step(format!("{at}.from"), format!("the first day of the activity `{key}`"), activity.from.get().copied());
        let to = step(format!("{at}.to"), format!("the last day of the activity `{key}`"), activity.to);
        let report = step(format!("{at}.report_on"), format!("the report on `{key}`"), activity.report_on);
        let accepted = step(format!("{at}.accepted_on"), format!("the acceptance of `{key}`"), activity.accepted_on);
        order.hold(&approved, &from);
        order.hold(&from, &to);
        order.hold(&to, &report);
        order.hold(&report, &accepted);
        if report.date.is_none() {
            order.hold(&to, &accepted);
        }
        for (number, evaluation) in case
            .evaluations
            .iter()
            .enumerate()
            .filter(|(_, evaluation)| evaluation.activity.get().is_some_and(|named| named == key))
        {
            order.hold(
                &report,
                &step(
                    format!("evaluations[{number}].date"),
                    format!("the evaluation of `{key}`"),
                    evaluation.date.get().copied(),
                ),
            );
        }
    }
    for (number, evaluation) in case.evaluations.iter().enumerate() {
        let at = format!("evaluations[{number}]");
        let sent = step(format!("{at}.date"), "the evaluation form", evaluation.date.get().copied());
        order.hold(&sent, &step(format!("{at}.return_by"), "the day by which it should be back", evaluation.return_by));
        order.hold(
            &sent,
            &step(format!("{at}.received_on"), "the day on which the answers came back", evaluation.received_on),
        );
    }
}
