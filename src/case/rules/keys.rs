//! Every key means somebody or something: people, experts, activities, conditions, issues.
//!
//! People are looked for in the case, then in the unit's profile; where the field is the unit's own
//! business, in the profile only.

use super::{Facts, Report, items};
use crate::case::model::PersonKey;
use crate::diagnostic::{Code, nearest};

/// Longest key, in bytes, that is compared with others letter by letter.
const LONGEST_KEY: usize = 64;
/// Keys among which the one that was meant is looked for.
const MOST_KEYS: usize = 500;

/// Looks up every key of the case and of the unit's profile.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let known: Vec<&str> =
        facts.case.value.people.iter().chain(facts.unit.value.people.iter()).map(|(key, _)| key).collect();
    for (path, key) in anybody(facts) {
        if facts.person(&key.0).is_none() {
            unknown(
                report,
                &path,
                &format!("nobody under `people` has the key `{}`", key.0),
                &key.0,
                &known,
                "`people`",
            );
        }
    }
    for (path, key) in of_unit(facts) {
        if facts.unit.value.people.get(&key.0).is_some() {
            continue;
        }
        let message = format!("nobody in the unit's profile has the key `{}`", key.0);
        unknown(report, &path, &message, &key.0, &unit_people(facts), "`people` of the unit's profile");
        if facts.case.value.people.get(&key.0).is_some() {
            report.see(&format!("people.{}", key.0), "this is a person of the case, not of the unit");
        }
    }
    unit(facts, report);
    experts(facts, report);
    lists(facts, report);
}

/// Mentions of people of the case or the unit.
fn anybody<'a>(facts: &Facts<'a>) -> Vec<(String, &'a PersonKey)> {
    let case = &facts.case.value;
    let mut keys: Vec<(String, Option<&PersonKey>)> = Vec::new();
    if let Some(inquiry) = &case.inquiry {
        keys.push(("inquiry.inquirer".into(), inquiry.inquirer.get()));
    }
    if let Some(request) = &case.request {
        keys.push(("request.signatory".into(), request.signatory.get()));
        keys.push(("request.focal_point".into(), request.focal_point.get()));
    }
    if let Some(diligence) = &case.due_diligence {
        keys.extend(
            items(&diligence.items)
                .iter()
                .enumerate()
                .map(|(at, item)| (format!("due_diligence.items[{at}].owner"), item.owner.as_ref())),
        );
    }
    let replies = [
        ("approval.in_reply_to.signatory", case.approval.as_ref().and_then(|approval| approval.in_reply_to.get())),
        ("decline.in_reply_to.signatory", case.decline.as_ref().and_then(|decline| decline.in_reply_to.as_ref())),
    ];
    keys.extend(replies.into_iter().map(|(path, reply)| (path.into(), reply.and_then(|reply| reply.signatory.get()))));
    if let Some(scoping) = &case.scoping {
        keys.push(("scoping.authority_signatory".into(), scoping.authority_signatory.get()));
    }
    keys.extend(
        case.evaluations
            .iter()
            .enumerate()
            .map(|(at, evaluation)| (format!("evaluations[{at}].respondent"), evaluation.respondent.as_ref())),
    );
    keys.extend(
        case.issues.iter().enumerate().map(|(at, issue)| (format!("issues[{at}].owner"), issue.owner.as_ref())),
    );
    present(keys)
}

/// Mentions of people of the unit only.
fn of_unit<'a>(facts: &Facts<'a>) -> Vec<(String, &'a PersonKey)> {
    let case = &facts.case.value;
    let mut keys: Vec<(String, Option<&PersonKey>)> = Vec::new();
    if let Some(inquiry) = &case.inquiry {
        keys.push(("inquiry.acknowledged_by".into(), inquiry.acknowledged_by.as_ref()));
    }
    if let Some(diligence) = &case.due_diligence {
        keys.push(("due_diligence.reviewer".into(), diligence.reviewer.get()));
        keys.push(("due_diligence.approver".into(), diligence.approver.as_ref()));
    }
    if let Some(approval) = &case.approval {
        keys.push(("approval.unit_focal_point".into(), approval.unit_focal_point.get()));
        keys.push(("approval.signatory".into(), approval.signatory.get()));
    }
    if let Some(decline) = &case.decline {
        keys.push(("decline.signatory".into(), decline.signatory.get()));
    }
    for (key, expert) in case.experts.iter() {
        keys.push((
            format!("experts.{key}.clearance.by"),
            expert.clearance.as_ref().and_then(|clearance| clearance.by.get()),
        ));
    }
    if let Some(scoping) = &case.scoping {
        keys.push(("scoping.signatory".into(), scoping.signatory.get()));
    }
    keys.extend(
        case.evaluations
            .iter()
            .enumerate()
            .map(|(at, evaluation)| (format!("evaluations[{at}].return_to"), evaluation.return_to.as_ref())),
    );
    present(keys)
}

fn present(keys: Vec<(String, Option<&PersonKey>)>) -> Vec<(String, &PersonKey)> {
    keys.into_iter().filter_map(|(path, key)| Some((path, key?))).collect()
}

fn unit_people<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    facts.unit.value.people.iter().map(|(key, _)| key).collect()
}

/// The profile's own mentions of its people.
fn unit(facts: &Facts<'_>, report: &mut Report<'_>) {
    let unit = &facts.unit.value;
    let mut keys: Vec<(String, Option<&PersonKey>)> = items(&unit.signatories)
        .iter()
        .enumerate()
        .map(|(at, key)| (format!("signatories[{at}]"), Some(key)))
        .collect();
    keys.push(("head".into(), unit.head.get()));
    keys.push((
        "code_of_conduct.integrity_contact".into(),
        unit.code_of_conduct.get().and_then(|code| code.integrity_contact.get()),
    ));
    for (path, key) in present(keys).into_iter().filter(|(_, key)| unit.people.get(&key.0).is_none()) {
        if report.is_full() {
            return;
        }
        let hint = remedy(&key.0, &unit_people(facts), "`people`");
        report.unit_fault(
            Code::UnknownReference,
            &path,
            format!("nobody under `people` of the unit's profile has the key `{}`", key.0),
            hint,
        );
    }
}

fn experts(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let known: Vec<&str> = case.experts.iter().map(|(key, _)| key).collect();
    let mut keys: Vec<(String, &str)> = Vec::new();
    if let Some(request) = &case.request {
        keys.extend(request.proposed_experts.iter().enumerate().filter_map(|(at, proposed)| {
            Some((format!("request.proposed_experts[{at}].expert"), proposed.expert.get()?.0.as_str()))
        }));
    }
    if let Some(scoping) = &case.scoping {
        keys.extend(items(&scoping.team).iter().enumerate().filter_map(|(at, member)| {
            Some((format!("scoping.team[{at}].expert"), member.expert.as_ref()?.0.as_str()))
        }));
    }
    for (name, activity) in case.activities.iter() {
        keys.extend(
            activity
                .experts
                .iter()
                .enumerate()
                .map(|(at, key)| (format!("activities.{name}.experts[{at}]"), key.0.as_str())),
        );
    }
    for (name, expert) in case.experts.iter() {
        keys.extend(expert.replaced_by.iter().map(|key| (format!("experts.{name}.replaced_by"), key.as_str())));
    }
    for (path, key) in keys {
        if !known.contains(&key) {
            unknown(report, &path, &format!("no expert has the key `{key}`"), key, &known, "`experts`");
        } else if path == format!("experts.{key}.replaced_by") {
            report.fault(
                Code::UnknownReference,
                &path,
                format!("the expert `{key}` is replaced by the same expert"),
                "write the key of the one who takes the place",
            );
        }
    }
}

/// Activities, conditions and issues.
fn lists(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let activities: Vec<&str> = case.activities.iter().map(|(key, _)| key).collect();
    for (at, key) in
        case.evaluations.iter().enumerate().filter_map(|(at, evaluation)| Some((at, evaluation.activity.get()?)))
    {
        if !activities.contains(&key.as_str()) {
            unknown(
                report,
                &format!("evaluations[{at}].activity"),
                &format!("no activity has the key `{key}`"),
                key,
                &activities,
                "`activities`",
            );
        }
    }
    let ids = |list: &'_ [crate::case::model::Condition]| {
        list.iter().filter_map(|condition| condition.id.get().cloned()).collect::<Vec<_>>()
    };
    let approved = case.approval.as_ref().map(|approval| ids(&approval.conditions)).unwrap_or_default();
    if let (Some(diligence), Some(approval)) = (&case.due_diligence, &case.approval) {
        let settled = ids(&diligence.conditions);
        let settled: Vec<&str> = settled.iter().map(String::as_str).collect();
        for (at, id) in
            approval.conditions.iter().enumerate().filter_map(|(at, condition)| Some((at, condition.id.get()?)))
        {
            if !settled.contains(&id.as_str()) {
                unknown(
                    report,
                    &format!("approval.conditions[{at}].id"),
                    &format!("the due diligence has no condition `{id}`"),
                    id,
                    &settled,
                    "`due_diligence.conditions`",
                );
            }
        }
    }
    if let (Some(scoping), Some(_)) = (&case.scoping, &case.approval) {
        let approved: Vec<&str> = approved.iter().map(String::as_str).collect();
        for (at, id) in scoping.risks.iter().enumerate().filter_map(|(at, risk)| Some((at, risk.condition.as_ref()?))) {
            if !approved.contains(&id.as_str()) {
                unknown(
                    report,
                    &format!("scoping.risks[{at}].condition"),
                    &format!("the approval has no condition `{id}`"),
                    id,
                    &approved,
                    "`approval.conditions`",
                );
            }
        }
    }
    let issues: Vec<&str> = case.issues.iter().filter_map(|issue| issue.id.get().map(String::as_str)).collect();
    for (at, issue) in case.issues.iter().enumerate() {
        for (number, id) in issue.linked_to.iter().enumerate().filter(|(_, id)| !issues.contains(&id.as_str())) {
            unknown(
                report,
                &format!("issues[{at}].linked_to[{number}]"),
                &format!("no issue has the identifier `{id}`"),
                id,
                &issues,
                "`issues`",
            );
        }
    }
}

fn unknown(report: &mut Report<'_>, path: &str, message: &str, key: &str, known: &[&str], place: &str) {
    // Looking for what was meant takes long; nobody sees it beyond the last fault that is shown.
    if !report.is_full() {
        report.fault(Code::UnknownReference, path, message, remedy(key, known, place));
    }
}

fn remedy(key: &str, known: &[&str], place: &str) -> String {
    let likely = known.iter().copied().filter(|name| name.len() <= LONGEST_KEY).take(MOST_KEYS);
    match Some(key).filter(|key| key.len() <= LONGEST_KEY).and_then(|key| nearest(key, likely)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => format!("add `{key}` to {place}"),
        None => format!("write one of {}, or add `{key}` to {place}", known[..known.len().min(MOST_KEYS)].join(", ")),
    }
}
