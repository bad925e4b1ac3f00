//! Rule 1: a letter cites another by exactly that document's reference, date and signatory.

use super::{Facts, Report};
use crate::case::model::{CaseDate, ReplyTo, Request};
use crate::diagnostic::Code;

/// Compares the citations of request and approval with the letters themselves.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    if let (Some(request), Some(reply)) =
        (&case.request, case.approval.as_ref().and_then(|approval| approval.in_reply_to.get()))
    {
        of_request(report, "the approval", "approval.in_reply_to", reply, request);
    }
    if let (Some(request), Some(decline)) = (&case.request, &case.decline) {
        match &decline.in_reply_to {
            Some(reply) => of_request(report, "the decline", "decline.in_reply_to", reply, request),
            None => {
                let hint = "write `in_reply_to` with the request's reference, date and signatory";
                report.fault(
                    Code::CitationMismatch,
                    "decline.in_reply_to",
                    "the decline does not cite the request that it answers",
                    hint,
                );
                report.see("request.reference", "the request");
            }
        }
    }
    if let (Some(approval), Some(citation)) =
        (&case.approval, case.scoping.as_ref().and_then(|scoping| scoping.approval.get()))
    {
        let who = "the terms of reference cite";
        text(
            report,
            who,
            "scoping.approval.reference",
            citation.reference.get(),
            "approval.reference",
            approval.reference.get(),
            "the approval",
        );
        day(
            report,
            who,
            "scoping.approval.date",
            citation.date.get(),
            "approval.date",
            approval.date.get(),
            "the approval",
        );
    }
}

fn of_request(report: &mut Report<'_>, who: &str, path: &str, reply: &ReplyTo, request: &Request) {
    let cites = format!("{who} cites");
    let cited = reply.reference.get();
    if cited.is_some() && cited == request.replaces.as_ref() && cited != request.reference.get() {
        let hint =
            request.reference.get().map_or_else(String::new, |reference| format!("write `reference: {reference}`"));
        report.fault(
            Code::CitationMismatch,
            &format!("{path}.reference"),
            format!("{who} cites the earlier request, which a new one replaces"),
            hint,
        );
        report.see("request.replaces", "the earlier request is replaced here");
    } else {
        text(
            report,
            &cites,
            &format!("{path}.reference"),
            cited,
            "request.reference",
            request.reference.get(),
            "the request",
        );
    }
    day(report, &cites, &format!("{path}.date"), reply.date.get(), "request.date", request.date.get(), "the request");
    if let (Some(cited), Some(own)) = (reply.signatory.get(), request.signatory.get()).filter_differing() {
        let message =
            format!("{who} says that `{}` signed the request but the request is signed by `{}`", cited.0, own.0);
        report.fault(
            Code::CitationMismatch,
            &format!("{path}.signatory"),
            message,
            format!("write `signatory: {}`", own.0),
        );
        report.see("request.signatory", "the request's signatory");
    }
}

fn text(
    report: &mut Report<'_>,
    who: &str,
    path: &str,
    cited: Option<&String>,
    own_path: &str,
    own: Option<&String>,
    what: &str,
) {
    if let (Some(cited), Some(own)) = (cited, own).filter_differing() {
        let message = format!("{who} {what} as `{cited}` but its reference is `{own}`");
        report.fault(Code::CitationMismatch, path, message, format!("write `reference: {own}`, letter by letter"));
        report.see(own_path, format!("the reference of {what}"));
    }
}

fn day(
    report: &mut Report<'_>,
    who: &str,
    path: &str,
    cited: Option<&CaseDate>,
    own_path: &str,
    own: Option<&CaseDate>,
    what: &str,
) {
    if let (Some(cited), Some(own)) = (cited, own).filter_differing() {
        report.fault(
            Code::CitationMismatch,
            path,
            format!("{who} {what} of {cited} but it is dated {own}"),
            format!("write `date: {own}`"),
        );
        report.see(own_path, format!("the date of {what}"));
    }
}

/// Two values that may be missing, looked at only where both are there and differ.
trait Differing: Sized {
    fn filter_differing(self) -> Self;
}

impl<T: PartialEq> Differing for (Option<&T>, Option<&T>) {
    fn filter_differing(self) -> Self {
        if self.0 == self.1 { (None, None) } else { self }
    }
}
