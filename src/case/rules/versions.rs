//! Texts in several languages must have the same numbers and dates in each.

use std::collections::BTreeMap;

use super::{Facts, Report};
use crate::case::data::Data;
use crate::case::kind::{DocumentKind, Subject};
use crate::case::view;
use crate::diagnostic::Code;
use crate::locale::{Lang, Locale, find_dates, find_numbers};

/// Compares each text of the case with its versions in other languages.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(&own) = case.language.get() else { return };
    let data = |lang| {
        let subject = Subject { kind: DocumentKind::RequestLetter, lang, beside: None, expert: None, evaluation: None };
        view::data(case, &facts.unit.value, &subject, true)
    };
    let first = data(own);
    for lang in Lang::ALL.into_iter().filter(|&lang| lang != own) {
        let mut pair = Pair { langs: [own, lang], seen: Vec::new(), report: &mut *report };
        pair.compare(&first, &data(lang), "");
    }
}

/// Two languages that are compared.
struct Pair<'r, 'f> {
    langs: [Lang; 2],
    /// Texts that were reported: people are named in many places.
    seen: Vec<String>,
    report: &'r mut Report<'f>,
}

impl Pair<'_, '_> {
    fn compare(&mut self, first: &Data, second: &Data, path: &str) {
        match (first, second) {
            (Data::Map(first), Data::Map(second)) if path != "unit" => {
                for ((name, first), (_, second)) in first.iter().zip(second) {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.compare(first, second, &path);
                }
            }
            (Data::List(first), Data::List(second)) => {
                for (at, (first, second)) in first.iter().zip(second).enumerate() {
                    self.compare(first, second, &format!("{path}[{at}]"));
                }
            }
            (Data::Phrase(first), Data::Phrase(second)) | (Data::Rich(first), Data::Rich(second)) => {
                self.texts(first, second, path);
            }
            _ => {}
        }
    }

    fn texts(&mut self, first: &str, second: &str, path: &str) {
        let [left, right] = [figures(first, self.langs[0]), figures(second, self.langs[1])];
        let only = |one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| {
            let more = one.iter().filter(|(figure, count)| other.get(*figure).is_none_or(|there| there < count));
            more.map(|(figure, _)| figure.clone()).collect::<Vec<_>>().join(", ")
        };
        let (only_left, only_right) = (only(&left, &right), only(&right, &left));
        if only_left.is_empty() && only_right.is_empty() || self.seen.iter().any(|seen| seen == first) {
            return;
        }
        self.seen.push(first.to_owned());
        let [one, other] = self.langs.map(Lang::english_name);
        let message = match (only_left.is_empty(), only_right.is_empty()) {
            (false, true) => format!("{only_left} stands in the {one} text, but not in the {other} one"),
            (true, _) => format!("{only_right} stands in the {other} text, but not in the {one} one"),
            (false, false) => format!("the {one} text has {only_left} where the {other} one has {only_right}"),
        };
        self.report.fault(Code::VersionsDiffer, path, message, "bring the two texts in line");
    }
}

/// Counts the dates and numbers of a text, in forms that no language changes.
fn figures(text: &str, lang: Lang) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let mut rest = text.to_owned();
    for (range, date) in find_dates(text, lang).into_iter().rev() {
        *counts.entry(date.to_string()).or_insert(0) += 1;
        rest.replace_range(range, "\u{FFFC}");
    }
    for (_, number) in find_numbers(&rest, Locale::from(lang)) {
        *counts.entry(number).or_insert(0) += 1;
    }
    counts
}
