//! What is doubtful in a new draft: references that point nowhere or to another clause than before, terms
//! that are not defined, not used, defined twice or renamed, figures that do not agree with the words
//! beside them.
//!
//! A check that errs costs a lawyer's trust in all of them; so each keeps silent where it cannot know.

mod figures;
mod numbers;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::locale::Lang;

use super::model::{Check, CheckKind};
use super::outline::Outline;
use super::references::{Reference, ReferenceKind, references};
use super::terms::{Definitions, Form, Rename, Uses, in_any_case, renames, undefined};
use super::texts::Texts;

pub use self::numbers::{Numbers, Outcome};

/// A draft, as the checks need it.
#[derive(Debug)]
pub struct Subject<'a> {
    /// Its paragraphs.
    pub texts: &'a Texts<'a>,
    /// Its clauses.
    pub outline: &'a Outline<'a>,
    /// Its language.
    pub lang: Lang,
    /// Its defined terms.
    pub definitions: &'a Definitions,
}

/// What the checks found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// Findings: those on references first, then on terms, then on figures; each kind in the order of the
    /// new draft.
    pub checks: Vec<Check>,
    /// The renamed terms, each with the index of its check.
    pub renames: Vec<(usize, Rename)>,
}

/// Checks a new draft against itself and an old one.
///
/// `partners` gives for each paragraph of the new draft, by ordinal, the paragraph of the old draft that
/// it comes from; a shorter slice means that the rest have none.
#[must_use]
pub fn check(old: &Subject<'_>, new: &Subject<'_>, partners: &[Option<usize>]) -> Checked {
    let mut checks = Vec::new();
    cross_references(old, new, partners, &mut checks);
    let uses = Uses::new(new.texts, new.definitions);
    terms(new, &uses, &mut checks);
    let renamed = renames(
        (old.texts, old.definitions, &Uses::new(old.texts, old.definitions)),
        (new.texts, new.definitions, &uses),
    );
    let mut found = Checked::default();
    for rename in renamed {
        found.renames.push((checks.len(), rename.clone()));
        let places = rename.places.iter().map(|para| new.outline.place(*para)).collect();
        checks.push(Check { kind: CheckKind::RenamedTerm, subject: rename.new, before: Some(rename.old), places });
    }
    for (para, text) in new.texts.paras.iter().enumerate() {
        for subject in figures::disagreements(&text.text, new.lang) {
            let places = vec![new.outline.place(para)];
            checks.push(Check { kind: CheckKind::FiguresAgainstWords, subject, before: None, places });
        }
    }
    found.checks = checks;
    found
}

/// Findings of one kind by subject, in the order in which they come.
#[derive(Default)]
struct Gathered {
    list: Vec<(String, Vec<usize>)>,
    index: BTreeMap<String, usize>,
}

impl Gathered {
    fn add(&mut self, subject: &str, para: usize) {
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let index = *self.index.entry(subject.to_lowercase()).or_insert(self.list.len());
        if index == self.list.len() {
            self.list.push((subject, Vec::new()));
        }
        let places = &mut self.list[index].1;
        if places.last() != Some(&para) {
            places.push(para);
        }
    }

    fn into_checks(self, kind: CheckKind, outline: &Outline<'_>, checks: &mut Vec<Check>) {
        checks.extend(self.list.into_iter().map(|(subject, paras)| Check {
            kind,
            subject,
            before: None,
            places: paras.into_iter().map(|para| outline.place(para)).collect(),
        }));
    }
}

/// Checks the references of a draft: those that point nowhere, and those left behind by a renumbering.
fn cross_references(old: &Subject<'_>, new: &Subject<'_>, partners: &[Option<usize>], checks: &mut Vec<Check>) {
    let new_numbers = Numbers::new(new.outline, new.lang);
    let old_numbers = Numbers::new(old.outline, old.lang);
    let mut come_to = vec![None; old.texts.paras.len()];
    for (para, partner) in partners.iter().enumerate() {
        if let Some(place) = partner.and_then(|old| come_to.get_mut(old)) {
            *place = Some(para);
        }
    }
    let (mut broken, mut stale) = (Gathered::default(), Gathered::default());
    for (para, text) in new.texts.paras.iter().enumerate() {
        let text = &text.text;
        // A reference has a number, and few paragraphs have any.
        let start = new.texts.paras[para].label_end();
        if !may_refer(text) {
            continue;
        }
        let before = partners.get(para).copied().flatten();
        let before = before.and_then(|old_para| Some((old_para, old.texts.paras.get(old_para)?)));
        let mut told = Vec::new();
        for reference in references(text, new.lang) {
            let own_label = reference.range.start < start;
            let own_heading = new.outline.opens(para).is_some() && reference.range.start <= start;
            if reference.external || own_label || own_heading || is_of_other(text, &reference, new.lang) {
                continue;
            }
            for (index, target) in reference.targets.iter().enumerate() {
                let alone = reference.targets.len() == 1;
                let shown = if alone { reference.range.clone() } else { target.range.clone() };
                match new_numbers.find(&reference, index, text, para) {
                    Outcome::Missing => broken.add(text.get(shown).unwrap_or(""), para),
                    Outcome::Unknown => {}
                    Outcome::Found(clause) => told.push((reference.kind, target.parts.clone(), shown, clause)),
                }
            }
        }
        let Some((old_para, old_text)) = before.filter(|_| !told.is_empty()) else { continue };
        let mut was = Vec::new();
        for reference in references(&old_text.text, old.lang).iter().filter(|reference| !reference.external) {
            for (index, target) in reference.targets.iter().enumerate() {
                if let Outcome::Found(clause) = old_numbers.find(reference, index, &old_text.text, old_para) {
                    was.push((reference.kind, target.parts.clone(), clause));
                }
            }
        }
        for (before, after) in in_step(&was, &told) {
            let place = come_to.get(old.outline.clauses()[was[before].2].para).copied().flatten();
            let clause = place.and_then(|place| new.outline.opens(place));
            if clause.is_some_and(|clause| clause != told[after].3) {
                stale.add(text.get(told[after].2.clone()).unwrap_or(""), para);
            }
        }
    }
    broken.into_checks(CheckKind::BrokenReference, new.outline, checks);
    stale.into_checks(CheckKind::StaleReference, new.outline, checks);
}

/// Pairs references that kept their numbers: those at the same position where both sides have as many, and
/// otherwise those from either end that are the same.
fn in_step(was: &[OldTarget], told: &[NewTarget]) -> Vec<(usize, usize)> {
    let same = |(old, new): &(usize, usize)| (was[*old].0, &was[*old].1) == (told[*new].0, &told[*new].1);
    if was.len() == told.len() {
        return (0..was.len()).map(|at| (at, at)).filter(same).collect();
    }
    let shorter = was.len().min(told.len());
    let head = (0..shorter).map(|at| (at, at)).take_while(same).count();
    let tail = (1..=shorter - head).map(|back| (was.len() - back, told.len() - back)).take_while(same);
    (0..head).map(|at| (at, at)).chain(tail).collect()
}

/// What a reference of the old draft points to: the clause comes last.
type OldTarget = (ReferenceKind, Vec<String>, usize);

/// What a reference of the new draft points to: its bytes, and the clause.
type NewTarget = (ReferenceKind, Vec<String>, Range<usize>, usize);

fn may_refer(text: &str) -> bool {
    text.len() > 5 && text.contains(|c: char| c.is_numeric() || c.is_uppercase() || c == '(')
}

/// Returns whether a reference goes on with "of the Facility Agreement": two capitals make another paper.
fn is_of_other(text: &str, reference: &Reference, lang: Lang) -> bool {
    numbers::other_paper(text.get(reference.range.end..).unwrap_or(""), lang)
        && !matches!(reference.kind, ReferenceKind::Item)
}

/// Checks the defined terms of a draft.
fn terms(new: &Subject<'_>, uses: &Uses, checks: &mut Vec<Check>) {
    let definitions = &new.definitions.terms;
    for (subject, paras) in undefined(uses) {
        let places = paras.iter().map(|para| new.outline.place(*para)).collect();
        checks.push(Check { kind: CheckKind::UndefinedTerm, subject: subject.to_owned(), before: None, places });
    }
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, definition) in definitions.iter().enumerate() {
        by_name.entry(definition.term.to_lowercase()).or_default().push(index);
    }
    let is_first = |index: usize| {
        by_name.get(&definitions[index].term.to_lowercase()).is_some_and(|all| all.first() == Some(&index))
    };
    let idle = |index: &usize| {
        is_first(*index) && uses.counts.get(*index) == Some(&0) && definitions[*index].form != Form::Pointer
    };
    let idle: Vec<usize> = (0..definitions.len()).filter(idle).collect();
    // Where terms are written in small letters, a use cannot be told from the plain word.
    let loose = uses.counts.iter().filter(|count| **count > 0).count() * 2 < definitions.len();
    let names: Vec<(&str, usize)> =
        idle.iter().map(|it| (definitions[*it].term.as_str(), definitions[*it].para)).collect();
    let seen = in_any_case(new.texts, &names, new.lang);
    for (index, seen) in idle.into_iter().zip(seen) {
        let definition = &definitions[index];
        if !(seen && (loose || has_small_word(&definition.term))) {
            let places = vec![new.outline.place(definition.para)];
            checks.push(Check { kind: CheckKind::UnusedTerm, subject: definition.term.clone(), before: None, places });
        }
    }
    for (index, definition) in definitions.iter().enumerate() {
        let Some(all) = by_name.get(&definition.term.to_lowercase()) else { continue };
        let mut places: Vec<usize> =
            all.iter().filter(|it| definitions[**it].form != Form::Pointer).map(|it| definitions[*it].para).collect();
        places.dedup();
        if all.first() == Some(&index) && places.len() > 1 {
            let places = places.into_iter().map(|para| new.outline.place(para)).collect();
            checks.push(Check {
                kind: CheckKind::DefinedTwice,
                subject: definition.term.clone(),
                before: None,
                places,
            });
        }
    }
}

/// Returns whether a term has a long word in small letters: it may be written so as a whole.
fn has_small_word(term: &str) -> bool {
    term.split_whitespace().any(|word| word.len() > 3 && word.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests;
