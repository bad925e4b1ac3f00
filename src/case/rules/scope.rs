//! Rule 8: what is approved was asked for or is named as a deviation; the mission keeps to what is approved.

use super::{Facts, Report, items};
use crate::case::model::{Discipline, Service};
use crate::diagnostic::Code;

/// Compares the disciplines of request, approval and terms of reference.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(approval) = &case.approval else { return };
    let approved = disciplines(items(&approval.services));
    let deviates =
        |discipline| approval.deviations.iter().any(|deviation| deviation.discipline.get() == Some(&discipline));
    if let Some(request) = &case.request {
        let asked = disciplines(items(&request.services));
        if !asked.is_empty() && !approved.is_empty() {
            for &(at, discipline) in
                approved.iter().filter(|(_, discipline)| !holds(&asked, *discipline) && !deviates(*discipline))
            {
                let word = discipline.word();
                let message = format!("`{word}` is approved but was not asked for");
                report.fault(
                    Code::ScopeExceeded,
                    &format!("approval.services[{at}]"),
                    message,
                    format!("delete the service, or explain it under `approval.deviations` with `discipline: {word}`"),
                );
                report.see("request.services", "the services asked for");
            }
            for &(at, discipline) in
                asked.iter().filter(|(_, discipline)| !holds(&approved, *discipline) && !deviates(*discipline))
            {
                let word = discipline.word();
                let message = format!("`{word}` was asked for but is neither approved nor named as a deviation");
                report.fault(Code::ScopeExceeded, "approval.services", message, format!("add the service, or explain under `approval.deviations` with `discipline: {word}` why it is left out"));
                report.see(&format!("request.services[{at}]"), "the service asked for");
            }
            for (at, discipline) in approval
                .deviations
                .iter()
                .enumerate()
                .filter_map(|(at, deviation)| Some((at, *deviation.discipline.get()?)))
            {
                if !holds(&asked, discipline) && !holds(&approved, discipline) {
                    let message = format!(
                        "a deviation concerns `{}`, which was neither asked for nor approved",
                        discipline.word()
                    );
                    report.fault(
                        Code::ScopeExceeded,
                        &format!("approval.deviations[{at}].discipline"),
                        message,
                        "name the discipline of a service asked for, or delete the deviation",
                    );
                }
            }
        }
    }
    let Some(scoping) = case.scoping.as_ref().filter(|_| !approved.is_empty()) else { return };
    for (at, task) in items(&scoping.tasks).iter().enumerate() {
        let Some(&discipline) = task.discipline.get().filter(|discipline| !holds(&approved, **discipline)) else {
            continue;
        };
        let id = task.id.get().map_or("a task", String::as_str);
        let words: Vec<_> = approved.iter().map(|(_, discipline)| discipline.word()).collect();
        let message = format!("the task `{id}` is of the discipline `{}`, which is not approved", discipline.word());
        report.fault(
            Code::ScopeExceeded,
            &format!("scoping.tasks[{at}].discipline"),
            message,
            format!("write an approved discipline: {}", words.join(", ")),
        );
        report.see("approval.services", "the services approved");
    }
}

fn disciplines(services: &[Service]) -> Vec<(usize, Discipline)> {
    services.iter().enumerate().filter_map(|(at, service)| Some((at, *service.discipline.get()?))).collect()
}

fn holds(list: &[(usize, Discipline)], wanted: Discipline) -> bool {
    list.iter().any(|(_, discipline)| *discipline == wanted)
}
