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

use std::collections::BTreeMap;

use chrono::{Days, Months};

pub use self::files::{NamedFile, named_files};

use super::Loaded;
use super::eligibility::Lists;
use super::field::Required;
use super::model::{Case, CaseDate, Expert, Local, Person, Unit};
use crate::diagnostic::{Code, Diagnostic, Related};
use crate::locale::Lang;

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

/// Gathers the faults of one rule.
#[derive(Debug)]
pub struct Report<'a> {
    facts: &'a Facts<'a>,
    faults: Vec<Diagnostic>,
}

impl Report<'_> {
    /// Reports a fault at a path of the case file, with what to write instead.
    pub fn fault(&mut self, code: Code, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        let span = self.facts.case.span(path);
        self.faults.push(Diagnostic::new(code, message).at(span).path(path).hint(hint));
    }

    /// Reports a fault at a path of the unit's profile, with what to write instead.
    pub fn unit_fault(&mut self, code: Code, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        let span = self.facts.unit.span(path);
        self.faults.push(Diagnostic::new(code, message).at(span).path(path).hint(hint));
    }

    /// Adds a second place of the case file to the fault reported last.
    pub fn see(&mut self, path: &str, message: impl Into<String>) {
        let span = self.facts.case.span(path);
        if let Some(fault) = self.faults.last_mut() {
            fault.related.push(Related { span, message: message.into() });
        }
    }

    /// Adds a place of the unit's profile to the fault reported last.
    pub fn see_unit(&mut self, path: &str, message: impl Into<String>) {
        let span = self.facts.unit.span(path);
        if let Some(fault) = self.faults.last_mut() {
            fault.related.push(Related { span, message: message.into() });
        }
    }
}

/// One rule.
type Rule = fn(&Facts<'_>, &mut Report<'_>);

/// Checks everything between the documents of a case.
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut report = Report { facts, faults: Vec::new() };
    for rule in RULES {
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
