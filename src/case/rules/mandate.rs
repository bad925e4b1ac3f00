//! Rule 20: an authority below the State, or an enterprise on its behalf, proves that it may ask.

use super::{Facts, Report};
use crate::case::model::Level;
use crate::diagnostic::Code;

/// Looks for the proof of a mandate.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    // A declined case needs no mandate any more.
    let Some(authority) =
        case.authority.get().filter(|authority| authority.mandate.is_none() && case.decline.is_none())
    else {
        return;
    };
    let who = match authority.level.get() {
        Some(Level::Subnational) => "a subnational authority",
        Some(Level::SoeOnBehalf) => "a state-owned enterprise",
        Some(Level::National) | None => return,
    };
    let message = format!("{who} asks for support and no proof of its mandate is recorded");
    report.fault(Code::MandateMissing, "authority.level", message, "write `authority.mandate` with title, reference, date and who gave it, or return the letter and ask for the proof");
}
