//! The rules between the documents of a case, one rule a file.
//!
//! A rule is a function that looks at the whole case and reports what does not fit. Rules skip what
//! is missing: that is reported when the file is read. The numbers in their documentation are those
//! of the list "Cross-document consistency rules" in `docs/case-data.md`. Three of them hold by
//! construction: rule 7 (each fact stands once in the case file), the part of rule 12 on floating-point
//! sums (amounts are exact decimals), and the part of rule 16 on normalisation (done when YAML is read).
//! Nothing here does I/O or reads the clock: "now" is the latest date that the case records.

mod age;
mod agreement;
mod chronology;
mod citations;
mod clearance;
mod conditions;
mod consent;
mod contract;
mod country;
mod decision;
mod declaration;
mod diligence;
mod evaluations;
mod files;
mod focal_point;
mod identifiers;
mod interests;
mod keys;
mod labour;
mod languages;
mod mandate;
mod names;
mod numbering;
mod period;
mod ranges;
mod rest_days;
mod rounds;
mod scope;
mod scripts;
mod signatories;
mod steps;
mod sums;
mod team;
mod texts;
mod versions;

use std::collections::BTreeMap;

use chrono::{Days, Months};

pub use self::files::{NamedFile, named_files};

use super::Loaded;
use super::eligibility::Lists;
use super::field::Required;
use super::model::{Case, CaseDate, Expert, Local, Person, Unit};
use crate::diagnostic::{Code, Diagnostic, Related};
use crate::locale::Lang;
use crate::source::Span;

/// What is known of a file that the case names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFact {
    /// SHA-256 digest in hexadecimal digits; `None` where the file is not there.
    pub sha256: Option<String>,
}

/// Everything that a rule may look at.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The case.
    pub case: &'a Loaded<Case>,
    /// The profile of the unit.
    pub unit: &'a Loaded<Unit>,
    /// The country lists.
    pub lists: &'a Lists,
    /// The files that the case names, by path; files that nobody looked for are absent. See [`named_files`].
    pub files: &'a BTreeMap<String, FileFact>,
    /// Languages that documents are made in.
    pub langs: &'a [Lang],
}

impl<'a> Facts<'a> {
    /// Returns the person under a key, of the case or else of the unit.
    fn person(&self, key: &str) -> Option<&'a Person> {
        self.case.value.people.get(key).or_else(|| self.unit.value.people.get(key))
    }

    /// Returns a text in the language of the case.
    fn text<'t>(&self, local: &'t Local) -> &'t str {
        let lang = self.case.value.language.get().copied().unwrap_or(Lang::En);
        local.resolve(lang, lang).map_or("", String::as_str)
    }
}

/// Faults between documents that are reported; beyond, they tell nothing new.
const MAX_FAULTS: usize = 200;

/// Gathers the faults of the rules, up to the number that anybody would read.
#[derive(Debug)]
pub struct Report<'a> {
    facts: &'a Facts<'a>,
    faults: Vec<Diagnostic>,
}

impl Report<'_> {
    /// Reports a fault at a path of the case file, with what to write instead.
    pub fn fault(&mut self, code: Code, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        if !self.is_full() {
            let span = self.facts.case.span(path);
            self.push(Diagnostic::new(code, message).path(path).hint(hint), span);
        }
    }

    /// Reports a fault at a path of the unit's profile, with what to write instead.
    pub fn unit_fault(&mut self, code: Code, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        if !self.is_full() {
            let span = self.facts.unit.span(path);
            self.push(Diagnostic::new(code, message).path(path).hint(hint), span);
        }
    }

    /// Returns whether no more faults are taken, so that looking for them is lost labour.
    pub fn is_full(&self) -> bool {
        self.faults.len() > MAX_FAULTS
    }

    fn push(&mut self, fault: Diagnostic, span: Span) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault.at(span));
        } else {
            let message = format!("there are more than {MAX_FAULTS} faults; those from here on are not shown");
            let fault = Diagnostic::new(Code::TooManyFaults, message).at(span);
            self.faults.push(fault.hint("mend the first ones, then check again"));
        }
    }

    /// Adds a second place of the case file to the fault reported last.
    pub fn see(&mut self, path: &str, message: impl Into<String>) {
        let span = self.facts.case.span(path);
        self.relate(span, message.into());
    }

    /// Adds a place of the unit's profile to the fault reported last.
    pub fn see_unit(&mut self, path: &str, message: impl Into<String>) {
        let span = self.facts.unit.span(path);
        self.relate(span, message.into());
    }

    fn relate(&mut self, span: Span, message: String) {
        // Past the last fault that is shown, the place belongs to one that is not.
        if !self.is_full()
            && let Some(fault) = self.faults.last_mut()
        {
            fault.related.push(Related { span, message });
        }
    }
}

/// One rule.
type Rule = fn(&Facts<'_>, &mut Report<'_>);

/// Checks everything between the documents of a case.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut report = Report { facts, faults: Vec::new() };
    for rule in RULES {
        if report.is_full() {
            break;
        }
        rule(facts, &mut report);
    }
    report.faults
}

/// Every rule, in the order of the procedure.
const RULES: &[Rule] = &[
    country::check,
    mandate::check,
    focal_point::check,
    contract::check,
    ranges::check,
    keys::check,
    identifiers::check,
    names::check,
    scripts::check,
    steps::check,
    chronology::check,
    citations::check,
    age::check,
    diligence::check,
    conditions::check,
    decision::check,
    scope::check,
    labour::check,
    languages::check,
    texts::check,
    versions::check,
    signatories::check,
    agreement::check,
    declaration::check,
    interests::check,
    clearance::check,
    team::check,
    period::check,
    rest_days::check,
    sums::check,
    evaluations::check,
    rounds::check,
    numbering::check,
    consent::check,
    files::check,
];

/// Returns the items of a required list, none where it is missing.
fn items<T>(list: &Required<Vec<T>>) -> &[T] {
    list.get().map_or(&[], Vec::as_slice)
}

/// Returns the day a number of days later; `None` beyond the calendar.
fn days_after(date: CaseDate, days: u32) -> Option<CaseDate> {
    date.0.checked_add_days(Days::new(days.into())).map(CaseDate)
}

/// Returns the day a number of months later, at most the last of its month; `None` beyond the calendar.
fn months_after(date: CaseDate, months: u32) -> Option<CaseDate> {
    date.0.checked_add_months(Months::new(months)).map(CaseDate)
}

/// Returns what messages call an expert: the name, or else the key.
fn called(key: &str, expert: &Expert) -> String {
    expert.name().unwrap_or_else(|| format!("`{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{load, load_unit};

    const CASE: &str = include_str!("../../../fixtures/check/base/case.yaml");
    const UNIT: &str = include_str!("../../../fixtures/unit/engross.yaml");

    /// Returns the faults between the documents of a case file.
    fn faults(text: &str) -> Vec<Diagnostic> {
        let (case, unit) = (load("case.yaml", text.as_bytes()), load_unit("engross.yaml", UNIT.as_bytes()));
        let unread: Vec<&str> = case.faults.iter().chain(&unit.faults).map(|fault| fault.message.as_str()).collect();
        assert!(unread.is_empty(), "{unread:?}");
        check(&Facts { case: &case, unit: &unit, lists: Lists::shipped(), files: &BTreeMap::new(), langs: &[] })
    }

    /// Returns code and path of the faults of the sound case after changes.
    fn found(changes: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let changed = changes.iter().fold(CASE.to_owned(), |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text.replace(from, to)
        });
        faults(&changed).into_iter().map(|fault| (fault.code.name(), fault.path)).collect()
    }

    #[test]
    fn a_mitigated_tie_with_one_investor_leaves_the_others_to_be_found() {
        assert_eq!(found(&[]), []);
        let second = (
            "contract:\n",
            "  - {name: Tamarind Smelting Ltd, country: GIN, beneficial_owners_known: no, domains: [tamarind.example]}\ncontract:\n",
        );
        let interest = |party: &str| {
            format!(
                "interests: [{{kind: employment, party: {party}, description: Worked there., mitigation: No part in its questions.}}]"
            )
        };
        let employed = ("role: Fiscal expert", "role: Fiscal expert\n    employer: Tamarind Smelting");
        let (first, other) = (interest("Alumina Meridian Holdings"), interest("Tamarind Smelting"));
        let tie = ("interest-unmitigated", "experts.sow.employer".to_owned());
        assert_eq!(found(&[second, ("interests: none", &first), employed]), [tie]);
        assert_eq!(found(&[second, ("interests: none", &other), employed]), []);
        let mail = ("m.sow@expert.example", "m.sow@tamarind.example");
        let tie = ("interest-unmitigated", "experts.sow.email".to_owned());
        assert_eq!(found(&[second, ("interests: none", &first), mail]), [tie]);
        assert_eq!(found(&[second, ("interests: none", &other), mail]), []);
    }

    #[test]
    fn an_anonymous_evaluation_names_nobody() {
        let anonymous = [("respondent: keita,", "respondent: keita, anonymous: yes,")];
        assert_eq!(found(&anonymous), [("consent-missing", "evaluations[0].respondent".to_owned())]);
        assert_eq!(found(&[("respondent: keita,", "anonymous: yes,")]), []);
    }

    #[test]
    fn an_anonymised_case_needs_consent_as_well() {
        let public = ("country: GIN\nauthority:", "country: GIN\nconfidentiality: public\nanonymised: yes\nauthority:");
        let alias = ("  name: Baobab Ridge\n", "  name: Baobab Ridge\n  alias: An aluminium project in West Africa\n");
        assert_eq!(found(&[public, alias]), [("consent-missing", "confidentiality".to_owned())]);
        let both = ["confidentiality", "project"].map(|path| ("consent-missing", path.to_owned()));
        assert_eq!(found(&[public]), both);
    }

    #[test]
    fn fees_are_compared_with_the_days_of_the_team_in_russian_too() {
        let fee = "quantity: 12, unit: day, unit_cost: EUR 1150.00, amount: EUR 13800.00";
        let (total, more) = (("[EUR 15581.00]", "[EUR 16731.00]"), "amount: EUR 14950.00");
        for unit in ["дней", "рабочий день", "أيام"] {
            let fees = format!("quantity: 13, unit: {unit}, unit_cost: EUR 1150.00, {more}");
            let differs = ("sums-differ", "scoping.budget[0].quantity".to_owned());
            assert_eq!(found(&[(fee, &fees), total]), [differs], "{unit}");
        }
    }

    #[test]
    fn a_country_that_leaves_the_list_before_the_end_of_the_work_is_flagged() {
        let until = |last: &str| {
            let (mission, activity) = (format!("to: {last}\n  places"), format!("to: {last}, experts"));
            let text = CASE
                .replace("country: GIN\nauthority", "country: GUY\nauthority")
                .replace("to: 2026-03-13\n  places", &mission)
                .replace("to: 2026-03-13, experts", &activity);
            let all = faults(&text).into_iter();
            all.filter(|fault| fault.code == Code::CountryFlagged).map(|fault| fault.message).collect::<Vec<_>>()
        };
        assert_eq!(until("2026-03-13").len(), 1, "only the remark of the list");
        let found = until("2027-03-12");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].contains("2026-02-09") && found[1].contains("2027-03-12"), "{found:?}");
    }

    #[test]
    fn planned_ends_do_not_make_an_evaluation_late() {
        let later = |rest: &str| {
            let activity = format!(
                "report_on: 2026-03-27}}\n  visit: {{title: Visit, kind: mission, from: 2026-03-16, to: 2026-03-20, experts: [sow]}}\n  advice: {{title: Advice, kind: support, from: 2026-05-04, to: 2026-06-30, experts: [sow]{rest}}}"
            );
            found(&[("report_on: 2026-03-27}", &activity)])
        };
        assert_eq!(later(""), []);
        let missing = ("evaluation-missing", "activities.visit".to_owned());
        assert_eq!(later(", accepted_on: 2026-06-30"), [missing]);
    }

    #[test]
    fn no_more_faults_are_reported_than_anybody_reads() {
        let issues: String = (2..400)
            .map(|at| format!("\n  - {{id: I{at}, text: Royalty, status: open, priority: high, owner: nobody}}"))
            .collect();
        let all = faults(&format!("{}{issues}\n", CASE.trim_end()));
        assert_eq!(all.len(), MAX_FAULTS + 1);
        assert_eq!(all.last().map(|fault| fault.code), Some(Code::TooManyFaults));
    }
}
