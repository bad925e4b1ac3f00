//! Rule 6: no expert has a tie with an investor of the case unless something is done about it.
//!
//! Names are compared without case, accents, punctuation and legal forms (`SA`, `Ltd`). One name also
//! matches another that holds all its words in a row, so that `Baobab Ridge` is found in
//! `Baobab Ridge Mining SA`. A tie under quite another name is not found: list such firms as affiliates.

use super::focal_point::is_at;
use super::names::words;
use super::{Facts, Report, called};
use crate::case::model::{ClearanceDecision, Expert};
use crate::diagnostic::Code;

/// Words that only say what legal form a firm has.
const LEGAL_FORMS: &[&str] = &[
    "sa",
    "sarl",
    "sau",
    "sas",
    "ltd",
    "limited",
    "plc",
    "inc",
    "llc",
    "llp",
    "lp",
    "gmbh",
    "ag",
    "kg",
    "bv",
    "nv",
    "pty",
    "corp",
    "corporation",
    "company",
    "co",
    "spa",
    "srl",
    "sl",
    "sociedade",
    "anonima",
    "sociedad",
    "lda",
    "ltda",
    "ооо",
    "оао",
    "зао",
    "ао",
    "пао",
    "осоо",
];

/// A name on the other side of the table.
struct Party<'a> {
    path: String,
    name: &'a str,
}

/// Looks for ties by declared party, employer, name and e-mail address.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let investors = super::items(&case.investors);
    let mut parties = Vec::new();
    for (at, investor) in investors.iter().enumerate() {
        parties.extend(investor.name.get().map(|name| Party { path: format!("investors[{at}].name"), name }));
        parties.extend(
            investor
                .affiliates
                .iter()
                .enumerate()
                .map(|(number, name)| Party { path: format!("investors[{at}].affiliates[{number}]"), name }),
        );
        parties.extend(
            investor
                .beneficial_owners
                .iter()
                .enumerate()
                .map(|(number, name)| Party { path: format!("investors[{at}].beneficial_owners[{number}]"), name }),
        );
    }
    for (key, expert) in case.experts.iter() {
        let decision = expert.clearance.as_ref().and_then(|clearance| clearance.decision.get());
        let measures = expert.clearance.as_ref().is_some_and(|clearance| !clearance.measures.is_empty());
        if decision == Some(&ClearanceDecision::Rejected)
            || (decision == Some(&ClearanceDecision::ClearedWithMeasures) && measures)
        {
            continue;
        }
        declared(key, expert, &parties, report);
        // What was declared and mitigated explains the employer and the address as well.
        if !mitigated(expert, &parties) {
            found(key, expert, &parties, report);
            let domains = investors.iter().enumerate().flat_map(|(at, investor)| {
                investor.domains.iter().enumerate().map(move |(number, domain)| (at, number, domain))
            });
            for (at, number, domain) in domains {
                if expert.email.as_ref().is_some_and(|email| is_at(email, domain)) {
                    tie(
                        report,
                        &format!("experts.{key}.email"),
                        format!(
                            "{} has an e-mail address at an investor's domain, `{domain}`, and nothing is done about it",
                            called(key, expert)
                        ),
                    );
                    report.see(&format!("investors[{at}].domains[{number}]"), "the investor's domain");
                }
            }
        }
    }
}

fn interests(expert: &Expert) -> impl Iterator<Item = (usize, &crate::case::model::Interest)> {
    expert
        .declaration
        .iter()
        .filter_map(|declaration| declaration.interests.get())
        .flat_map(|list| list.0.iter().enumerate())
}

fn declared(key: &str, expert: &Expert, parties: &[Party<'_>], report: &mut Report<'_>) {
    for (at, interest) in interests(expert).filter(|(_, interest)| interest.mitigation.is_none()) {
        let Some(party) =
            interest.party.get().and_then(|name| parties.iter().find(|party| same_firm(party.name, name)))
        else {
            continue;
        };
        let path = format!("experts.{key}.declaration.interests[{at}]");
        tie(
            report,
            &path,
            format!("{} declares a tie with `{}` and no mitigation is recorded", called(key, expert), party.name),
        );
        report.see(&party.path, "the other side");
    }
}

fn mitigated(expert: &Expert, parties: &[Party<'_>]) -> bool {
    interests(expert).any(|(_, interest)| {
        interest.mitigation.is_some()
            && interest.party.get().is_some_and(|name| parties.iter().any(|party| same_firm(party.name, name)))
    })
}

fn found(key: &str, expert: &Expert, parties: &[Party<'_>], report: &mut Report<'_>) {
    if let Some((employer, party)) = expert.employer.as_ref().and_then(|employer| {
        let names = employer.plain.iter().chain(employer.by_lang.iter().map(|(_, name)| name));
        names.into_iter().find_map(|name| Some((name, parties.iter().find(|party| same_firm(party.name, name))?)))
    }) {
        tie(
            report,
            &format!("experts.{key}.employer"),
            format!(
                "{} works for `{employer}`, which is on the other side, and nothing is done about it",
                called(key, expert)
            ),
        );
        report.see(&party.path, "the other side");
    }
    let name = expert.name().unwrap_or_default();
    if let Some(party) = parties
        .iter()
        .find(|party| party.path.contains("beneficial_owners") && sorted(&words(party.name)) == sorted(&words(&name)))
    {
        tie(
            report,
            &format!("experts.{key}"),
            format!("{name} has the name of an owner of an investor, and nothing is done about it"),
        );
        report.see(&party.path, "the owner");
    }
}

fn tie(report: &mut Report<'_>, path: &str, message: String) {
    let hint = "declare the interest and write under `mitigation` what was agreed with the unit, or reject the declaration and choose another expert";
    report.fault(Code::InterestUnmitigated, path, message, hint);
}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<_> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

/// Returns whether two names mean one firm or its group.
fn same_firm(one: &str, other: &str) -> bool {
    let (one, other) = (firm(one), firm(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    match short.as_slice() {
        [] => false,
        // A single word says enough only where a firm's name begins with it.
        [word] => long[0] == *word && (long.len() == 1 || word.chars().count() >= 4),
        _ => long.windows(short.len()).any(|part| part == short),
    }
}

fn firm(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| !LEGAL_FORMS.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::same_firm;

    #[test]
    fn firms_are_known_by_their_words() {
        for (one, other) in [
            ("Baobab Ridge Mining SA", "BAOBAB RIDGE"),
            ("Société Minière Étoile S.A.", "Societe miniere etoile"),
            ("Alumex", "Alumex Holdings Ltd"),
            ("ОсОО Ак-Суу", "Ак Суу"),
        ] {
            assert!(same_firm(one, other) && same_firm(other, one), "{one} / {other}");
        }
        for (one, other) in [
            ("Ridge Mining", "Baobab Mining Ridge"),
            ("Rio", "Rio Doce"),
            ("SA", "Baobab SA"),
            ("Global Counsel", "Global Mining"),
            ("Mining", "Baobab Ridge Mining"),
        ] {
            assert!(!same_firm(one, other), "{one} / {other}");
        }
    }
}
