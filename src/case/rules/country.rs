//! Eligibility: the country may be supported on the day that counts, or the request is declined.
//!
//! The day is that of the approval, or else of the request, or else of the inquiry: a country that
//! leaves the list in the course of a case is judged as on the day of the decision, with a warning.

use super::{Facts, Report};
use crate::case::eligibility::{Eligibility, NoteKind, Verdict, assess};
use crate::diagnostic::Code;

/// Judges the country by the lists.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    // A decline settles the matter.
    let Some(country) = case.country.get().filter(|_| case.decline.is_none()) else { return };
    let approved = case.approval.as_ref().and_then(|approval| approval.date.get());
    let requested = case.request.as_ref().and_then(|request| request.date.get());
    let inquired = case.inquiry.as_ref().and_then(|inquiry| inquiry.date.get());
    let Some(&day) = approved.or(requested).or(inquired) else { return };
    let name = country.english_name();
    let found = assess(country, day.0, facts.lists);
    match found.verdict {
        Verdict::Eligible => {}
        Verdict::Ineligible if case.approval.is_some() || case.request.is_some() => {
            let message = format!(
                "{name} is not eligible on {day}: neither on the list of recipients nor an economy in transition"
            );
            report.fault(
                Code::CountryIneligible,
                "country",
                message,
                with_notes(&found, "write a `decline` with `reason: ineligible_country`"),
            );
            if case.approval.is_some() {
                report.see("approval", "the approval");
            } else {
                report.see("request", "the request");
            }
            return;
        }
        // An inquiry commits nobody; its acknowledgement says what the lists say.
        Verdict::Ineligible => {}
        Verdict::Unknown => {
            report.fault(
                Code::CountryUnclear,
                "country",
                format!("the lists do not tell whether {name} is eligible on {day}"),
                with_notes(&found, "find out, and record it in the due diligence under `area: eligibility`"),
            );
        }
        Verdict::EligibleWithFlag => {
            let remedy = if found.has_note(NoteKind::DueDiligenceBlocker) {
                "approve only after the due diligence has cleared it"
            } else {
                "look into it, and record it in the due diligence under `area: eligibility`"
            };
            report.fault(
                Code::CountryFlagged,
                "country",
                format!("{name} is eligible on {day}, but not without a remark"),
                with_notes(&found, remedy),
            );
        }
    }
    let Some(&first) = requested.filter(|_| approved.is_some()) else { return };
    if found.verdict == Verdict::Eligible && assess(country, first.0, facts.lists).verdict == Verdict::Ineligible {
        report.fault(Code::CountryFlagged, "country", format!("{name} was not eligible when support was asked for on {first}, but is on the day of the approval, {day}"), "record in the due diligence under `area: eligibility` what changed");
        report.see("request.date", "the request");
    }
}

/// Puts the lists' own remarks before the remedy.
fn with_notes(found: &Eligibility, remedy: &str) -> String {
    let notes: Vec<_> = found.notes.iter().map(|note| note.text.trim_end_matches('.')).collect();
    if notes.is_empty() { remedy.to_owned() } else { format!("{}; {remedy}", notes.join("; ")) }
}
