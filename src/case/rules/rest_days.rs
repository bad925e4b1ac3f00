//! Appointments keep clear of the weekly days of rest (field table of the terms of reference).
//!
//! Public holidays are not known here. Source of the weekends: Unicode CLDR, `weekData` (as in ICU4X 2), and
//! general practice for Bangladesh, Djibouti, the Maldives and Palestine, where CLDR has no entry of its own.

use chrono::{Datelike, Weekday};

use super::{Facts, Report};
use crate::diagnostic::Code;

/// Looks at the days of the itinerary.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let (Some(country), Some(scoping)) = (case.country.get(), &case.scoping) else { return };
    let rest = days_of_rest(country.as_str());
    for (at, appointment) in
        scoping.itinerary.iter().enumerate().filter(|(_, appointment)| appointment.weekend_agreed != Some(true))
    {
        let Some(date) = appointment.date.get().filter(|date| rest.contains(&date.0.weekday())) else { continue };
        let message = format!(
            "the appointment of {date} is on a {}, a day of rest in {}",
            day_name(date.0.weekday()),
            country.english_name()
        );
        report.fault(
            Code::RestDay,
            &format!("scoping.itinerary[{at}].date"),
            message,
            "choose another day, or write `weekend_agreed: yes`",
        );
    }
}

/// Returns the weekly days of rest of a country by its three-letter code.
fn days_of_rest(country: &str) -> &'static [Weekday] {
    match country {
        "BGD" | "BHR" | "DJI" | "DZA" | "EGY" | "IRQ" | "ISR" | "JOR" | "KWT" | "LBY" | "MDV" | "OMN" | "PSE"
        | "QAT" | "SAU" | "SDN" | "SYR" | "YEM" => &[Weekday::Fri, Weekday::Sat],
        "AFG" => &[Weekday::Thu, Weekday::Fri],
        "IRN" => &[Weekday::Fri],
        "IND" | "UGA" => &[Weekday::Sun],
        _ => &[Weekday::Sat, Weekday::Sun],
    }
}

fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
