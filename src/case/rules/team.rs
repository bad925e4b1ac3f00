//! Rule 5's neighbours in the terms of reference: one lead, and a deliverable for every task.

use super::{Facts, Report, items};
use crate::diagnostic::{Code, nearest};

/// Checks the team's lead and the tasks' deliverables.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let Some(scoping) = &facts.case.value.scoping else { return };
    let leads: Vec<_> = items(&scoping.team)
        .iter()
        .enumerate()
        .filter(|(_, member)| member.lead == Some(true))
        .map(|(at, _)| at)
        .collect();
    match leads[..] {
        _ if items(&scoping.team).is_empty() => {}
        [] => report.fault(
            Code::TeamWithoutLead,
            "scoping.team",
            "nobody leads the mission's team",
            "write `lead: yes` for one member",
        ),
        [_] => {}
        [first, second, ..] => {
            report.fault(
                Code::TeamWithoutLead,
                &format!("scoping.team[{second}].lead"),
                format!("{} members lead the mission's team", leads.len()),
                "write `lead: yes` for one member only",
            );
            report.see(&format!("scoping.team[{first}].lead"), "the first lead");
        }
    }
    let known: Vec<&str> = items(&scoping.deliverables)
        .iter()
        .filter_map(|deliverable| deliverable.id.get().map(String::as_str))
        .collect();
    if known.is_empty() {
        return;
    }
    for (at, task) in items(&scoping.tasks).iter().enumerate() {
        let id = task.id.get().map_or("?", String::as_str);
        for (number, named) in
            items(&task.deliverables).iter().enumerate().filter(|(_, named)| !known.contains(&named.as_str()))
        {
            let hint = match nearest(named, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? Listed: {}", known.join(", ")),
                None => format!("name one of {}, or add `{named}` to `scoping.deliverables`", known.join(", ")),
            };
            let message = format!("the task `{id}` leads to the deliverable `{named}`, which is not listed");
            report.fault(
                Code::TaskWithoutDeliverable,
                &format!("scoping.tasks[{at}].deliverables[{number}]"),
                message,
                hint,
            );
            report.see("scoping.deliverables", "the deliverables");
        }
    }
}
