//! Rule 6: no expert has a tie with an investor of the case unless something is done about it.
//!
//! Names are compared without case, accents, punctuation and legal forms (`SA`, `Ltd`). One name also
//! matches another that holds all its words in a row, so that `Baobab Ridge` is found in
//! `Baobab Ridge Mining SA`. A tie under quite another name is not found: list such firms as affiliates.

use std::collections::BTreeSet;

use super::focal_point::is_at;
use super::names::{LONGEST_NAME, MOST_NAMES, sorted, words};
use super::{Facts, Report, called};
use crate::case::model::{ClearanceDecision, Expert, Interest, Investor};
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
    /// The words of an owner's name in the order of their letters; none for firms.
    owner: Option<Vec<String>>,
    /// The investor it belongs to, by its place in the list.
    investor: usize,
    firm: Firm,
}

/// Looks for ties by declared party, employer, name and e-mail address.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let investors = super::items(&case.investors);
    let parties = parties(investors);
    for (key, expert) in case.experts.iter() {
        if report.is_full() {
            return;
        }
        let decision = expert.clearance.as_ref().and_then(|clearance| clearance.decision.get());
        let measures = expert.clearance.as_ref().is_some_and(|clearance| !clearance.measures.is_empty());
        if decision == Some(&ClearanceDecision::Rejected)
            || (decision == Some(&ClearanceDecision::ClearedWithMeasures) && measures)
        {
            continue;
        }
        let interests = interests(expert);
        declared(key, expert, &interests, &parties, report);
        // What was declared and mitigated explains the employer and the address as well, with that investor only.
        let settled = mitigated(&interests, &parties);
        let open: Vec<&Party<'_>> = parties.iter().filter(|party| !settled.contains(&party.investor)).collect();
        found(key, expert, &open, report);
        let domains =
            investors.iter().enumerate().filter(|(at, _)| !settled.contains(at)).flat_map(|(at, investor)| {
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

/// Lists investors, affiliates and owners, as many as a case may sensibly have.
fn parties(investors: &[Investor]) -> Vec<Party<'_>> {
    let all = investors.iter().enumerate().flat_map(|(investor, it)| {
        let party = move |path: String, name, owner: bool| Party {
            path: format!("investors[{investor}].{path}"),
            name,
            investor,
            firm: firm(name),
            owner: owner.then(|| sorted(words(name))),
        };
        let name = it.name.get().map(|name| party("name".to_owned(), name, false));
        let affiliates = it.affiliates.iter().enumerate();
        let affiliates = affiliates.map(move |(at, name)| party(format!("affiliates[{at}]"), name, false));
        let owners = it.beneficial_owners.iter().enumerate();
        let owners = owners.map(move |(at, name)| party(format!("beneficial_owners[{at}]"), name, true));
        name.into_iter().chain(affiliates).chain(owners)
    });
    all.take(MOST_NAMES).collect()
}

/// A declared interest with its place in the list and its party.
type Declared<'a> = (usize, &'a Interest, Firm);

fn interests(expert: &Expert) -> Vec<Declared<'_>> {
    let list = expert.declaration.iter().filter_map(|declaration| declaration.interests.get()).flat_map(|list| &list.0);
    list.enumerate().filter_map(|(at, interest)| Some((at, interest, firm(interest.party.get()?)))).collect()
}

fn declared(key: &str, expert: &Expert, interests: &[Declared<'_>], parties: &[Party<'_>], report: &mut Report<'_>) {
    for (at, _, firm) in interests.iter().filter(|(_, interest, _)| interest.mitigation.is_none()) {
        let Some(party) = parties.iter().find(|party| party.firm.is(firm)) else { continue };
        let path = format!("experts.{key}.declaration.interests[{at}]");
        tie(
            report,
            &path,
            format!("{} declares a tie with `{}` and no mitigation is recorded", called(key, expert), party.name),
        );
        report.see(&party.path, "the other side");
    }
}

/// Returns the investors, by their place in the list, with whom a tie was declared and something is done about it.
fn mitigated(interests: &[Declared<'_>], parties: &[Party<'_>]) -> BTreeSet<usize> {
    let settled = interests.iter().filter(|(_, interest, _)| interest.mitigation.is_some());
    settled
        .flat_map(|(_, _, firm)| parties.iter().filter(|party| party.firm.is(firm)).map(|party| party.investor))
        .collect()
}

fn found(key: &str, expert: &Expert, parties: &[&Party<'_>], report: &mut Report<'_>) {
    if let Some((employer, party)) = expert.employer.as_ref().and_then(|employer| {
        let mut names = employer.plain.iter().chain(employer.by_lang.iter().map(|(_, name)| name));
        names.find_map(|name| {
            let firm = firm(name);
            Some((name, parties.iter().find(|party| party.firm.is(&firm))?))
        })
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
    let own = sorted(words(&name));
    if let Some(party) = parties.iter().find(|party| party.owner.as_ref() == Some(&own)) {
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

/// The words of a firm's name but for legal forms, each between two spaces; empty where nothing is left.
#[derive(Debug, Clone)]
struct Firm(String);

impl Firm {
    /// Returns whether two names mean one firm or its group.
    fn is(&self, other: &Self) -> bool {
        let (one, other) = (self.0.as_str(), other.0.as_str());
        let spaces = |name: &str| name.matches(' ').count();
        let (short, long) = if spaces(one) <= spaces(other) { (one, other) } else { (other, one) };
        match spaces(short) {
            0 => false,
            // A single word says enough only where a firm's name begins with it.
            2 => short == long || (long.starts_with(short) && short.chars().count() >= 4 + 2),
            _ => long.contains(short),
        }
    }
}

fn firm(name: &str) -> Firm {
    // No firm's name is longer, and comparing takes time in proportion to the length.
    if name.len() > LONGEST_NAME {
        return Firm(String::new());
    }
    let words = words(name).into_iter().filter(|word| !LEGAL_FORMS.contains(&word.as_str()));
    let mut text: String = words.flat_map(|word| [" ".to_owned(), word]).collect();
    if !text.is_empty() {
        text.push(' ');
    }
    Firm(text)
}

#[cfg(test)]
mod tests {
    use super::firm;

    fn same_firm(one: &str, other: &str) -> bool {
        firm(one).is(&firm(other))
    }

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
