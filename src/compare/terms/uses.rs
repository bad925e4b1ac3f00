//! Where defined terms are used, and what is used like one without being defined.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::compare::lexis::{ByHash, Phrases, Words, hash};
use crate::compare::texts::Texts;
use crate::compare::vocabulary::{Vocabulary, role};
use crate::locale::Lang;

use super::define::names_in_quotes;
use super::{Definitions, Form, forms};

/// How often a phrase must be used like a term to be reported.
const OFTEN: usize = 2;

/// The uses of the terms of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// For each definition, the ordinals of the paragraphs that use the term, each once, in order. A
    /// paragraph that defines the term uses it only if it is a name given in brackets there.
    pub paras: Vec<Vec<usize>>,
    /// How often each is used.
    pub counts: Vec<usize>,
    /// Phrases with capitals that are used like terms and are none, with the paragraphs that use them.
    pub others: Vec<(String, Vec<usize>)>,
}

/// Terms, as they are looked for in a text.
pub(super) struct Table {
    lang: Lang,
    /// For each term, its index and whether its words begin with capitals.
    phrases: Phrases<(usize, Vec<bool>)>,
    /// Whether they are found in small letters, too.
    any_case: bool,
}

impl Table {
    pub(super) fn new<'a>(terms: impl IntoIterator<Item = &'a str>, lang: Lang) -> Self {
        let mut phrases = Phrases::default();
        for (index, term) in terms.into_iter().enumerate() {
            let words = Words::new(term);
            let capitals = words.list.iter().map(|word| word.capital).collect();
            let joined: Vec<&str> = (0..words.list.len()).map(|at| words.of(at)).collect();
            phrases.add_forms(&joined.join(" "), (index, capitals), |word| forms(word, lang));
        }
        Self { lang, phrases, any_case: false }
    }

    /// Returns the term that begins with a word, and the number of its words.
    pub(super) fn at(&self, words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
        let word = words.list.get(at)?;
        // All terms begin with a capital where there are capitals; that spares most lookups.
        if !(word.capital || word.digit || self.any_case || self.lang == Lang::Ar) {
            return None;
        }
        let fits = |(_, capitals): &(usize, Vec<bool>), count: usize| {
            let list = words.list.get(at..at + count).unwrap_or(&[]);
            self.any_case || capitals.iter().zip(list).all(|(capital, word)| !capital || word.capital)
        };
        self.phrases.longest(words, at, fits).map(|(count, (index, _))| (*index, count))
    }

    /// Returns the terms that stand in a text: index, bytes, first word, number of words.
    pub(super) fn all(&self, words: &Words<'_>) -> Vec<(usize, Range<usize>, usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.list.len() {
            if let Some((index, count)) = self.at(words, at) {
                found.push((index, words.span(at, count), at, count));
                at += count;
            } else {
                at += 1;
            }
        }
        found
    }
}

impl Uses {
    /// Finds the uses of the terms of a draft, in one pass over it.
    #[must_use]
    pub fn new(texts: &Texts<'_>, definitions: &Definitions) -> Self {
        let lang = definitions.lang;
        let table = Table::new(definitions.terms.iter().map(|definition| definition.term.as_str()), lang);
        // A term that is defined twice is counted for the first, and given to the others at the end.
        let mut paras = vec![Vec::new(); definitions.terms.len()];
        let mut counts = vec![0; definitions.terms.len()];
        let vocabulary = Vocabulary::of(lang);
        let mut others = Others { list: Vec::new(), index: ByHash::default(), vocabulary, known: BTreeSet::new() };
        let mut next = 0;
        for (ordinal, para) in texts.paras.iter().enumerate() {
            let words = Words::new(&para.text);
            let found = table.all(&words);
            while definitions.terms.get(next).is_some_and(|definition| definition.para < ordinal) {
                next += 1;
            }
            let here = definitions.terms.iter().skip(next).take_while(|definition| definition.para == ordinal);
            for (index, range, _, _) in &found {
                let own = here.clone().any(|definition| {
                    let its = definition.range.start <= range.start && range.end <= definition.range.end;
                    let same = definition.term == definitions.terms[*index].term;
                    its || (same && definition.form != Form::Alias)
                });
                if !own {
                    counts[*index] += 1;
                    if paras[*index].last() != Some(&ordinal) {
                        paras[*index].push(ordinal);
                    }
                }
            }
            if para.text.contains(['“', '"', '«', '„']) {
                others.known.extend(names_in_quotes(&para.text, vocabulary).iter().map(|name| key(&Words::new(name))));
            }
            if para.heading.is_none() && !is_title(&words) {
                others.take(&words, &found, ordinal);
            }
        }
        let mut first = ByHash::default();
        for (index, definition) in definitions.terms.iter().enumerate() {
            let original: usize = *first.entry(key(&Words::new(&definition.term))).or_insert(index);
            if original != index {
                paras[index] = paras[original].clone();
                counts[index] = counts[original];
            }
        }
        let Others { list: mut others, known, .. } = others;
        others.retain(|other| other.count >= OFTEN && !known.contains(&other.key));
        Self { paras, counts, others: others.into_iter().map(|other| (other.text, other.paras)).collect() }
    }
}

/// Returns for each of some terms whether a draft has it, in capitals or not, outside of its definition.
pub(in super::super) fn in_any_case(texts: &Texts<'_>, terms: &[(&str, usize)], lang: Lang) -> Vec<bool> {
    let mut seen = vec![false; terms.len()];
    if terms.is_empty() {
        return seen;
    }
    let table = Table { any_case: true, ..Table::new(terms.iter().map(|(term, _)| *term), lang) };
    for (ordinal, para) in texts.paras.iter().enumerate() {
        for (index, ..) in table.all(&Words::new(&para.text)) {
            seen[index] |= terms[index].1 != ordinal;
        }
    }
    seen
}

/// Returns the phrases of a draft that are used like defined terms and are not defined.
pub fn undefined(uses: &Uses) -> impl Iterator<Item = (&str, &[usize])> {
    uses.others.iter().map(|(text, paras)| (text.as_str(), paras.as_slice()))
}

/// Returns a key of a name that does not change with case, accents and a plural in s.
pub(super) fn key(words: &Words<'_>) -> u64 {
    let parts = (0..words.list.len()).map(|at| {
        let word = words.of(at);
        hash(word.strip_suffix(['s', 'S']).filter(|_| word.len() > 3).unwrap_or(word))
    });
    parts.fold(0, |key, part| (key ^ part).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(5))
}

/// Returns whether most words begin with capitals: a title, the name of an office, an address.
fn is_title(words: &Words<'_>) -> bool {
    let capitals = words.list.iter().filter(|word| word.capital).count();
    let sentence = words.text.trim_end().ends_with(['.', ';', ',', ':']);
    if sentence { capitals * 4 > words.list.len() * 3 } else { capitals * 2 > words.list.len() }
}

/// Phrases that are used like terms.
struct Others {
    list: Vec<Other>,
    index: ByHash<usize>,
    vocabulary: &'static Vocabulary,
    /// Keys of names that are explained somehow: in quotation marks, before a colon, after "this".
    known: BTreeSet<u64>,
}

struct Other {
    key: u64,
    text: String,
    count: usize,
    paras: Vec<usize>,
}

impl Others {
    /// Takes the phrases of a paragraph: capitals in the middle of a sentence after an article.
    fn take(&mut self, words: &Words<'_>, terms: &[(usize, Range<usize>, usize, usize)], ordinal: usize) {
        self.explained(words);
        let mut at = 1;
        while at < words.list.len() {
            let end = self.phrase(words, at);
            if end == at {
                at += 1;
                continue;
            }
            if self.vocabulary.is(words, at - 1, role::THIS)
                && let Some(name) = words.text.get(words.span(at, end - at))
            {
                self.known.insert(key(&Words::new(name)));
            }
            let known = terms.iter().any(|(_, _, first, count)| *first < end && at < first + count);
            if !known && self.is_like_a_term(words, at, end) {
                self.note(words, at, end, ordinal);
            }
            at = end;
        }
    }

    /// Takes a name that a paragraph begins with and explains: "The Work: the work that".
    fn explained(&mut self, words: &Words<'_>) {
        let first = (0..words.list.len().min(2)).find(|at| !self.vocabulary.is(words, *at, role::ARTICLE_WORD));
        let Some(first) = first else { return };
        let end = (first + 1..words.list.len().min(first + 6)).find(|at| !words.list[*at].joined).unwrap_or(first);
        if end > first
            && words.list[first].capital
            && words.gap(end).trim_start().starts_with([':', '–', '—'])
            && let Some(name) = words.text.get(words.span(first, end - first))
        {
            self.known.insert(key(&Words::new(name)));
        }
    }

    /// Returns the word after the phrase that begins with a word; the word itself if none does.
    fn phrase(&self, words: &Words<'_>, at: usize) -> usize {
        let begins = words.list[at].joined
            && words.list[at].capital
            && !words.list[at].upper
            && self.vocabulary.is(words, at - 1, role::ARTICLE_WORD);
        if !begins {
            return at;
        }
        let named = |at: usize| words.list.get(at).is_some_and(|word| word.joined && word.capital);
        let mut end = at + 1;
        loop {
            if named(end) {
                end += 1;
            } else if words.list.get(end).is_some_and(|word| word.joined)
                && self.vocabulary.is(words, end, role::OF)
                && named(end + 1)
            {
                end += 2;
            } else {
                return end;
            }
        }
    }

    fn is_like_a_term(&self, words: &Words<'_>, at: usize, end: usize) -> bool {
        let proper = role::INSTITUTION | role::LAW | role::MONTH | role::CLAUSE | role::ANNEX | role::SUB | role::CODE;
        let heads = |at: usize| self.vocabulary.term_heads.longest(words, at, |(), _| true).is_some();
        // X1, LaTeX: a proper name.
        let mixed = |at: usize| words.of(at).chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric());
        end - at <= 4
            && (at..end).any(heads)
            && !(at..end).any(mixed)
            && !(at..end).any(|at| self.vocabulary.is(words, at, proper) || words.list[at].digit)
            // "the Project X1", "the Ak-Suu Project": a proper name goes on in capitals or figures.
            && !words.list.get(end).is_some_and(|word| word.joined && word.digit)
    }

    fn note(&mut self, words: &Words<'_>, at: usize, end: usize, ordinal: usize) {
        let Some(text) = words.text.get(words.span(at, end - at)) else { return };
        let next = self.list.len();
        let key = key(&Words::new(text));
        let index = *self.index.entry(key).or_insert(next);
        if index == next {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.list.push(Other { key, text, count: 0, paras: Vec::new() });
        }
        let other = &mut self.list[index];
        other.count += 1;
        if other.paras.last() != Some(&ordinal) {
            other.paras.push(ordinal);
        }
    }
}
