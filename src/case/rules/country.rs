//! Eligibility: the country may be supported on the day that counts, or the request is declined.
//!
//! The day is that of the approval, or else of the request, or else of the inquiry. A country that
//! leaves the list after the approval stays eligible, with a warning if it does so before the last day
//! that the case records of the mission and its activities.

use super::{Facts, Report};
use crate::case::eligibility::{Eligibility, NoteKind, Verdict, assess};
use crate::case::model::{Case, CaseDate};
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
    if approved.is_some() && matches!(found.verdict, Verdict::Eligible | Verdict::EligibleWithFlag) {
        until_the_end(facts, name, day, report);
    }
    let Some(&first) = requested.filter(|_| approved.is_some()) else { return };
    if found.verdict == Verdict::Eligible && assess(country, first.0, facts.lists).verdict == Verdict::Ineligible {
        report.fault(Code::CountryFlagged, "country", format!("{name} was not eligible when support was asked for on {first}, but is on the day of the approval, {day}"), "record in the due diligence under `area: eligibility` what changed");
        report.see("request.date", "the request");
    }
}

/// Looks whether the country is still on the lists when the work ends.
fn until_the_end(facts: &Facts<'_>, name: &str, approved: CaseDate, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(country) = case.country.get() else { return };
    let Some((last, path)) = last_day(case).filter(|(last, _)| *last > approved) else { return };
    let found = assess(country, last.0, facts.lists);
    let what = match found.verdict {
        Verdict::Ineligible => "but no longer",
        Verdict::Unknown => "but the lists do not tell whether it still is",
        Verdict::Eligible | Verdict::EligibleWithFlag => return,
    };
    report.fault(
        Code::CountryFlagged,
        "country",
        format!("{name} is eligible on the day of the approval, {approved}, {what} on {last}"),
        with_notes(&found, "settle with the unit whether support goes on, and record it in the due diligence under `area: eligibility`"),
    );
    report.see(&path, "support goes on until here");
}

/// Returns the last day that the case records of the mission and its activities, with its place.
fn last_day(case: &Case) -> Option<(CaseDate, String)> {
    let mut days = vec![("scoping.to".to_owned(), case.scoping.as_ref().and_then(|scoping| scoping.to.get().copied()))];
    for (key, activity) in case.activities.iter() {
        days.push((format!("activities.{key}.to"), activity.to));
        days.push((format!("activities.{key}.report_on"), activity.report_on));
        days.push((format!("activities.{key}.accepted_on"), activity.accepted_on));
    }
    days.into_iter().filter_map(|(path, day)| Some((day?, path))).max_by_key(|(day, _)| *day)
}

/// Puts the lists' own remarks before the remedy.
fn with_notes(found: &Eligibility, remedy: &str) -> String {
    let notes: Vec<_> = found.notes.iter().map(|note| note.text.trim_end_matches('.')).collect();
    if notes.is_empty() { remedy.to_owned() } else { format!("{}; {remedy}", notes.join("; ")) }
}
