//! Rule 9: missions and activities lie in the approved period, appointments and deliverables in their mission.

use super::{Facts, Report, days_after, items};
use crate::case::model::CaseDate;
use crate::diagnostic::Code;

/// Days after a mission within which reports may be due, where the terms of reference say nothing.
const REPORTING_LAG_DAYS: u32 = 30;

/// Compares days with the spans they belong to.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let period = case.approval.as_ref().and_then(|approval| approval.period.get());
    if let Some((from, to)) = period.and_then(|period| Some((*period.from.get()?, *period.to.get()?)))
        && from <= to
    {
        let approved = Span { from, to, path: "approval.period", what: "the approved period" };
        if let Some(scoping) = &case.scoping {
            approved.hold(report, "scoping.from", "the mission begins", scoping.from.get().copied());
            approved.hold(report, "scoping.to", "the mission ends", scoping.to.get().copied());
        }
        for (key, activity) in case.activities.iter() {
            approved.hold(
                report,
                &format!("activities.{key}.from"),
                &format!("the activity `{key}` begins"),
                activity.from.get().copied(),
            );
            approved.hold(report, &format!("activities.{key}.to"), &format!("the activity `{key}` ends"), activity.to);
        }
    }
    let Some(scoping) = &case.scoping else { return };
    let (Some(&from), Some(&to)) = (scoping.from.get(), scoping.to.get()) else { return };
    if from > to {
        return;
    }
    let mission = Span { from, to, path: "scoping.from", what: "the mission" };
    for (at, appointment) in scoping.itinerary.iter().enumerate() {
        mission.hold(
            report,
            &format!("scoping.itinerary[{at}].date"),
            "an appointment is",
            appointment.date.get().copied(),
        );
    }
    let lag = scoping.reporting_lag_days.unwrap_or(REPORTING_LAG_DAYS);
    let Some(last) = days_after(to, lag) else { return };
    let what = format!("the mission and the {lag} days for reports");
    let delivery = Span { from, to: last, path: "scoping.to", what: &what };
    for (at, deliverable) in items(&scoping.deliverables).iter().enumerate() {
        let id = deliverable.id.get().map_or("?", String::as_str);
        delivery.hold(
            report,
            &format!("scoping.deliverables[{at}].due"),
            &format!("the deliverable `{id}` is due"),
            deliverable.due.get().copied(),
        );
    }
}

struct Span<'a> {
    from: CaseDate,
    to: CaseDate,
    path: &'a str,
    what: &'a str,
}

impl Span<'_> {
    fn hold(&self, report: &mut Report<'_>, path: &str, event: &str, date: Option<CaseDate>) {
        let Some(date) = date.filter(|date| *date < self.from || *date > self.to) else { return };
        let message = format!("{event} on {date}, outside {} ({} to {})", self.what, self.from, self.to);
        report.fault(
            Code::OutsidePeriod,
            path,
            message,
            format!("write a day from {} to {}, or mend the span", self.from, self.to),
        );
        report.see(self.path, self.what);
    }
}
