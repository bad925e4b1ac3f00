//! Identifiers and keys mean one thing each (field tables: unique identifiers).

use std::collections::BTreeMap;

use super::{Facts, Report, items};
use crate::diagnostic::Code;

/// Looks for identifiers that are used twice.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let mut lists: Vec<(&str, &str, Vec<Option<&String>>)> = Vec::new();
    if let Some(diligence) = &case.due_diligence {
        lists.push(("due_diligence.conditions", "id", diligence.conditions.iter().map(|it| it.id.get()).collect()));
    }
    if let Some(approval) = &case.approval {
        lists.push(("approval.conditions", "id", approval.conditions.iter().map(|it| it.id.get()).collect()));
    }
    if let Some(scoping) = &case.scoping {
        lists.push(("scoping.tasks", "id", items(&scoping.tasks).iter().map(|it| it.id.get()).collect()));
        lists.push(("scoping.deliverables", "id", items(&scoping.deliverables).iter().map(|it| it.id.get()).collect()));
        lists.push((
            "scoping.team",
            "expert",
            items(&scoping.team).iter().map(|it| it.expert.as_ref().map(|key| &key.0)).collect(),
        ));
    }
    lists.push(("rounds", "id", case.rounds.iter().map(|it| it.id.get()).collect()));
    lists.push(("issues", "id", case.issues.iter().map(|it| it.id.get()).collect()));
    for (path, field, ids) in lists {
        let mut seen = BTreeMap::new();
        for (at, id) in ids.into_iter().enumerate().filter_map(|(at, id)| Some((at, id?))) {
            if let Some(first) = seen.insert(id, at) {
                let message = format!("`{id}` stands twice in `{path}`");
                let hint = if field == "expert" {
                    "name each expert once, with all working days"
                } else {
                    "give each entry an identifier of its own"
                };
                report.fault(Code::IdentifierRepeated, &format!("{path}[{at}].{field}"), message, hint);
                report.see(&format!("{path}[{first}].{field}"), "the other entry");
            }
        }
    }
    for (key, _) in case.people.iter().filter(|(key, _)| facts.unit.value.people.get(key).is_some()) {
        let message = format!("`{key}` is a person of the case and a person of the unit");
        report.fault(
            Code::IdentifierRepeated,
            &format!("people.{key}"),
            message,
            "give the person of the case another key; people of the unit are known without being written here",
        );
        report.see_unit(&format!("people.{key}"), "the person of the unit");
    }
}
