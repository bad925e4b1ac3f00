//! The numbers of the clauses of a draft, to find what a reference points to.

use std::collections::BTreeMap;

use crate::compare::lexis::Words;
use crate::compare::outline::Outline;
use crate::compare::references::{Reference, ReferenceKind, Target, is_roman, latin, reference};
use crate::compare::vocabulary::{Vocabulary, role};
use crate::locale::Lang;

/// How many clauses must be numbered in a way before a number of that kind is said to be missing.
const ENOUGH: usize = 3;

/// The clauses of a draft by their numbers.
#[derive(Debug)]
pub struct Numbers<'a> {
    outline: &'a Outline<'a>,
    /// Clauses by number: `5.2`, `5 bis`, `iv`.
    clauses: BTreeMap<String, Vec<usize>>,
    /// Annexes by number.
    annexes: BTreeMap<String, Vec<usize>>,
    /// How many clauses have a number of each style.
    styles: BTreeMap<Style, usize>,
    /// Beginnings of the words that annexes are called by.
    annex_words: Vec<String>,
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// This clause, by its index.
    Found(usize),
    /// A clause that there is not.
    Missing,
    /// It cannot be told.
    Unknown,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// Figures, so many parted by dots.
    Decimal(usize),
    /// A Roman number.
    Roman,
    /// A word: Quinta.
    Worded,
    /// A letter or anything else.
    Other,
}

impl<'a> Numbers<'a> {
    /// Reads the numbers of all clauses of a draft.
    #[must_use]
    pub fn new(outline: &'a Outline<'a>, lang: Lang) -> Self {
        let vocabulary = Vocabulary::of(lang);
        let mut numbers = Self {
            outline,
            clauses: BTreeMap::new(),
            annexes: BTreeMap::new(),
            styles: BTreeMap::new(),
            annex_words: Vec::new(),
        };
        let mut own: Vec<Option<String>> = Vec::with_capacity(outline.clauses().len());
        for (index, clause) in outline.clauses().iter().enumerate() {
            let number = numbers.read(index, clause.label, clause.heading, vocabulary);
            // "2." in "Article 5" is cited as 5.2.
            let parent = clause.parent.and_then(|parent| own.get(parent).cloned().flatten());
            let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let full = match (&number, &parent) {
                (Some(number), Some(parent)) if is_plain(number) => Some(format!("{parent}.{number}")),
                _ => None,
            };
            if let Some(full) = &full {
                numbers.clauses.entry(full.clone()).or_default().push(index);
                *numbers.styles.entry(style(full)).or_default() += 1;
            }
            own.push(full.or(number).or(if clause.label.is_empty() { parent } else { None }));
        }
        numbers
    }

    /// Takes the number of a clause; returns it if it is one in figures.
    fn read(&mut self, index: usize, label: &str, heading: &str, vocabulary: &Vocabulary) -> Option<String> {
        let text = if label.is_empty() { heading } else { label };
        let words = Words::new(text);
        if let Some((reference, _)) = reference(&words, 0, vocabulary) {
            let number = reference.targets.first()?.parts.first()?.clone();
            if reference.kind == ReferenceKind::Annex {
                let word = stem(words.of(0));
                if !self.annex_words.contains(&word) {
                    self.annex_words.push(word);
                }
                self.annexes.entry(number).or_default().push(index);
                return None;
            }
            return self.take(index, number);
        }
        if vocabulary.is(&words, 0, role::ANNEX) {
            // "Annex" alone, or one with a name: what is called so cannot be told.
            self.annex_words.push(String::new());
            return None;
        }
        if label.is_empty() {
            return None;
        }
        let bare = latin(label).to_lowercase();
        let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.trim_end_matches(['º', 'ª']).trim_end_matches('.');
        let bracketed = label.starts_with('(') || label.ends_with(')');
        if bare.is_empty() || bracketed || bare.len() > 40 {
            return None;
        }
        self.take(index, bare.to_owned())
    }

    fn take(&mut self, index: usize, number: String) -> Option<String> {
        let style = style(&number);
        *self.styles.entry(style).or_default() += 1;
        self.clauses.entry(number.clone()).or_default().push(index);
        matches!(style, Style::Decimal(_)).then_some(number)
    }

    /// Returns what one of the targets of a reference points to; the reference stands in `text`, the
    /// paragraph `para`.
    #[must_use]
    pub fn find(&self, reference: &Reference, target: usize, text: &str, para: usize) -> Outcome {
        let Some(target) = reference.targets.get(target) else { return Outcome::Unknown };
        let Some(number) = target.parts.first() else { return Outcome::Unknown };
        match reference.kind {
            ReferenceKind::Annex => {
                let word =
                    text.get(reference.range.clone()).map_or("", |words| words.split_whitespace().next().unwrap_or(""));
                match self.annexes.get(number) {
                    Some(found) => self.nearest(found, para),
                    None if self.annex_words.contains(&stem(word)) && !self.annex_words.contains(&String::new()) => {
                        Outcome::Missing
                    }
                    None => Outcome::Unknown,
                }
            }
            ReferenceKind::Item if !number.contains('.') => Outcome::Unknown,
            ReferenceKind::Item | ReferenceKind::Clause => match self.clauses.get(number) {
                Some(found) => self.inner(self.nearest(found, para), target),
                None if self.is_certain(number) => Outcome::Missing,
                None => Outcome::Unknown,
            },
        }
    }

    /// Returns whether a number that is not there is missing, and not written otherwise.
    fn is_certain(&self, number: &str) -> bool {
        let style = style(number);
        let alike = self.styles.get(&style).copied().unwrap_or(0);
        // "5A" and "5-a" may be meant for anything.
        let plain = number.split('.').all(|part| part.len() <= 3 && !part.starts_with('0'));
        let fits = !matches!(style, Style::Decimal(_)) || plain;
        style != Style::Other && alike >= ENOUGH && fits && !number.contains(' ')
    }

    /// Returns the clause of several with one number that is nearest to a paragraph: in the same part of
    /// the draft, or the first.
    fn nearest(&self, found: &[usize], para: usize) -> Outcome {
        let root = |clause: usize| self.outline.chain(clause).first().copied();
        let here = self.outline.clause(para).and_then(root);
        let near = found.iter().find(|clause| found.len() > 1 && root(**clause) == here);
        near.or(found.first()).map_or(Outcome::Unknown, |clause| Outcome::Found(*clause))
    }

    /// Goes down to the item of a clause that a reference names: (a)(ii).
    fn inner(&self, outcome: Outcome, target: &Target) -> Outcome {
        let Outcome::Found(mut clause) = outcome else { return outcome };
        for part in target.parts.iter().skip(1) {
            let children = &self.outline.clauses()[clause].children;
            let bare = |child: usize| {
                self.outline.clauses()[child].label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
            };
            match children.iter().find(|child| bare(**child) == *part) {
                Some(child) => clause = *child,
                // Items may stand in running text, or deeper; only a list of them shows that one is missing.
                None if children.len() >= ENOUGH
                    && children.iter().all(|child| bare(*child).chars().count() == 1)
                    && part.chars().count() == 1 =>
                {
                    return Outcome::Missing;
                }
                None => return Outcome::Unknown,
            }
        }
        Outcome::Found(clause)
    }
}

fn style(number: &str) -> Style {
    if number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        Style::Decimal(number.split('.').count())
    } else if number.chars().count() > 1 && is_roman(&number.to_uppercase()) {
        Style::Roman
    } else if number.chars().count() > 2 && number.chars().all(|c| c.is_alphabetic() || c == ' ') {
        Style::Worded
    } else {
        Style::Other
    }
}

/// Returns the beginning of a word, the same in singular and plural.
fn stem(word: &str) -> String {
    word.to_lowercase().chars().take(4).collect()
}

/// Returns whether a text goes on with the name of another paper: "of the Facility Agreement".
pub(super) fn other_paper(text: &str, lang: Lang) -> bool {
    let text = &text[..text.floor_char_boundary(120)];
    let vocabulary = Vocabulary::of(lang);
    let words = Words::new(text);
    let mut at = 0;
    while at < 4 && words.list.get(at).is_some_and(|word| word.joined || at == 0) && vocabulary.is(&words, at, role::OF)
    {
        at += 1;
    }
    if at == 0 || !words.gap(0).chars().all(|c| c.is_whitespace() || c == ')') || vocabulary.is(&words, at, role::THIS)
    {
        return false;
    }
    let capital = |at: usize| {
        let near = words.list.get(at).is_some_and(|word| word.joined && word.capital);
        near && !vocabulary.is(&words, at, role::CLAUSE | role::ANNEX | role::SUB)
    };
    capital(at) && (capital(at + 1) || (vocabulary.is(&words, at + 1, role::OF) && capital(at + 2)))
}
