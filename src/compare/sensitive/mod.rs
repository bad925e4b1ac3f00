//! What a lawyer looks at first in a change: amounts, dates, periods, verbs that bind, negations,
//! qualifiers, parties, defined terms, cross-references and square brackets.
//!
//! A [`Lexicon`] is made once for a draft; [`Lexicon::find`] reads a paragraph with it, from left to
//! right. Where several readings begin at one word, the first of these is taken: date, cross-reference,
//! quantity (percentage, period, amount), defined term or party, then the longest of the modal verbs,
//! negations, qualifiers and currencies. So no two tokens overlap, but for square brackets, which may
//! stand within others.

mod quantity;
mod touched;

use std::ops::Range;

use crate::document::draft::Draft;
use crate::locale::{Lang, find_dates};

use super::lexis::{Phrases, Words, hash};
use super::model::TokenKind;
use super::references::reference;
use super::terms::{Definitions, forms};
use super::vocabulary::{Vocabulary, role};

pub use self::touched::{Side, touched};

use self::quantity::Quantities;

/// A sensitive token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: TokenKind,
    /// The bytes that it takes.
    pub range: Range<usize>,
}

/// What is sensitive in the paragraphs of a draft.
#[derive(Debug)]
pub struct Lexicon {
    vocabulary: &'static Vocabulary,
    /// Defined terms and names of parties.
    names: Phrases<Name>,
}

/// A defined term or the name of a party.
#[derive(Debug)]
struct Name {
    kind: TokenKind,
    /// For each of its words, whether it must begin with a capital.
    capitals: Vec<bool>,
}

impl Lexicon {
    /// Learns the defined terms and the parties of a draft, which is written in a language.
    #[must_use]
    pub fn new(draft: &Draft, lang: Lang) -> Self {
        Self::from_definitions(&Definitions::new(draft, lang), lang)
    }

    /// Takes the defined terms and the parties as they were found already.
    #[must_use]
    pub fn from_definitions(definitions: &Definitions, lang: Lang) -> Self {
        let terms = definitions.terms.iter().map(|definition| definition.term.as_str());
        Self::with(lang, terms, definitions.parties.iter().map(String::as_str))
    }

    /// Makes a lexicon of the words of a language, with the given terms and names of parties.
    pub fn with<'a>(
        lang: Lang,
        terms: impl IntoIterator<Item = &'a str>,
        parties: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut names = Phrases::default();
        let mut add = |text: &str, kind| {
            let words = Words::new(text);
            let capitals = words.list.iter().map(|word| word.capital).collect();
            // A name written in small letters would be found everywhere.
            if words.list.iter().any(|word| word.capital) {
                let joined: Vec<&str> = (0..words.list.len()).map(|at| words.of(at)).collect();
                names.add_forms(&joined.join(" "), Name { kind, capitals }, |word| forms(word, lang));
            }
        };
        parties.into_iter().for_each(|party| add(party, TokenKind::Party));
        terms.into_iter().for_each(|term| add(term, TokenKind::Term));
        Self { vocabulary: Vocabulary::of(lang), names }
    }

    /// Finds the sensitive tokens of a text, in their order.
    ///
    /// ```
    /// use engross::compare::TokenKind;
    /// use engross::compare::sensitive::Lexicon;
    /// use engross::locale::Lang;
    ///
    /// let lexicon = Lexicon::with(Lang::En, [], []);
    /// let text = "shall pay within thirty (30) days";
    /// let found: Vec<_> = lexicon.find(text).into_iter().map(|it| (it.kind, &text[it.range])).collect();
    /// assert_eq!(found, [(TokenKind::Modal, "shall"), (TokenKind::Period, "thirty (30) days")]);
    /// ```
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Found> {
        let words = Words::new(text);
        let dates = if text.contains(char::is_numeric) { find_dates(text, self.vocabulary.lang) } else { Vec::new() };
        let mut finder = Finder { lexicon: self, words: &words, found: Vec::new(), end: 0 };
        let mut dates = dates.into_iter().map(|(range, _)| range).peekable();
        let mut at = 0;
        while let Some(word) = words.list.get(at) {
            finder.signs(word.start);
            while dates.next_if(|date| date.start < word.start).is_some() {}
            at = match dates.next_if(|date| date.start == word.start) {
                Some(date) => {
                    let after = words.list.partition_point(|word| word.start < date.end);
                    finder.push(TokenKind::Date, date);
                    after.max(at + 1)
                }
                None => finder.word(at),
            };
        }
        finder.signs(text.len());
        let mut found = finder.found;
        brackets(text, &mut found);
        found
    }
}

/// Goes through the words of a text.
struct Finder<'a, 't> {
    lexicon: &'a Lexicon,
    words: &'a Words<'t>,
    found: Vec<Found>,
    /// Where the last token ends.
    end: usize,
}

impl Finder<'_, '_> {
    fn push(&mut self, kind: TokenKind, range: Range<usize>) {
        self.end = range.end;
        self.found.push(Found { kind, range });
    }

    /// Takes the signs of currencies up to a place, with the letters that go with them: `US$`, `R$`.
    fn signs(&mut self, to: usize) {
        let Some(gap) = self.words.text.get(self.end.min(to)..to) else { return };
        // Only what stands after the last token and the last word is new.
        let from =
            gap.rfind(char::is_alphanumeric).map_or(0, |at| at + gap[at..].chars().next().map_or(1, char::len_utf8));
        let base = to - gap.len();
        let signs = gap[from..].char_indices().find(|(_, c)| is_currency_sign(*c));
        let Some((at, sign)) = signs.map(|(at, sign)| (from + at, sign)) else { return };
        let lead = gap[..at].len() - gap[..at].trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
        let lead = if lead <= 3 { lead } else { 0 };
        self.push(TokenKind::Currency, base + at - lead..base + at + sign.len_utf8());
    }

    /// Reads the token that begins with a word, if any; returns the next word to look at.
    fn word(&mut self, at: usize) -> usize {
        let vocabulary = self.lexicon.vocabulary;
        let words = self.words;
        if let Some((reference, after)) = reference(words, at, vocabulary) {
            self.push(TokenKind::Reference, reference.range);
            return after;
        }
        if let Some(after) = self.document_number(at) {
            return after;
        }
        if let Some((kind, range, after)) = (Quantities { words, vocabulary }).read(at) {
            self.push(kind, range);
            return after;
        }
        let name = self.lexicon.names.longest(words, at, |name, count| {
            let mut capitals = name.capitals.iter().zip(words.list.get(at..at + count).unwrap_or(&[]));
            capitals.all(|(capital, word)| !capital || word.capital)
        });
        if let Some((count, name)) = name {
            self.push(name.kind, words.span(at, count));
            return at + count;
        }
        let phrase = vocabulary.tokens.longest(words, at, |kind, count| self.is_meant(at, count, *kind));
        if let Some((count, kind)) = phrase {
            if let Some(kind) = *kind {
                self.push(kind, words.span(at, count));
            }
            return at + count;
        }
        if vocabulary.is(words, at, role::CODE) {
            self.push(TokenKind::Currency, words.span(at, 1));
        }
        at + 1
    }

    /// Reads "No. 5" and "n.º CM-2011/0093", the number of a document.
    fn document_number(&mut self, at: usize) -> Option<usize> {
        let words = self.words;
        let word = words.list.get(at)?;
        let (from, mut next) = if words.gap(at).trim_end().ends_with('№') {
            (word.start - words.gap(at).len() + words.gap(at).rfind('№')?, at)
        } else {
            let text = words.of(at);
            let marked = |gap: &str| matches!(gap.trim_end(), "°" | "." | ".°" | "");
            let next = match text {
                "nº" | "Nº" => at + 1,
                "nos" | "Nos" if self.lexicon.vocabulary.lang == Lang::En => at + 1,
                "n" | "N" if matches!(words.of(at + 1), "º" | "os" | "o") && words.gap(at + 1).len() <= 1 => at + 2,
                "n" | "N" if words.gap(at + 1).starts_with('°') => at + 1,
                "no" | "No" | "NO" if words.gap(at + 1).starts_with('.') => at + 1,
                "No" | "NO" if self.lexicon.vocabulary.lang == Lang::En => at + 1,
                _ => return None,
            };
            if !marked(words.gap(next)) {
                return None;
            }
            (word.start, next)
        };
        let has_digit = |at: usize| words.of(at).contains(char::is_numeric);
        let joins = |at: usize| matches!(words.gap(at), "-" | "/" | "." | "–" | "_");
        // The number, or a code with figures behind a hyphen or stroke.
        let mut end = next + 1;
        while end < next + 8 && joins(end) && words.list.get(end).is_some() && (has_digit(end) || words.gap(end) != ".")
        {
            end += 1;
        }
        if !(next..end).any(has_digit) || !(has_digit(next) || words.list.get(next)?.capital) {
            return None;
        }
        next = end;
        let range = from..words.span(end - 1, 1).end;
        self.push(TokenKind::Reference, range);
        Some(next)
    }

    /// Returns whether a word with several meanings has the sensitive one.
    fn is_meant(&self, at: usize, count: usize, kind: Option<TokenKind>) -> bool {
        let words = self.words;
        let Some(word) = words.list.get(at).filter(|_| count == 1) else { return true };
        let before = || at.checked_sub(1).map_or("", |before| words.of(before)).to_lowercase();
        let soft_before = word.joined && at > 0;
        let after = || words.of(at + 1).to_lowercase();
        let lang = self.lexicon.vocabulary.lang;
        match (lang, kind) {
            (Lang::En, Some(TokenKind::Modal)) if word.hash == hash("may") && word.capital && !word.upper => {
                // In May, by May: the month. May at the beginning of a sentence is hardly ever the verb.
                soft_before && !self.lexicon.vocabulary.is(words, at - 1, role::MONTH_BEFORE)
            }
            (Lang::En, Some(TokenKind::Negation)) if word.hash == hash("no") => {
                let next = words.list.get(at + 1);
                let number = next.is_some_and(|next| next.digit);
                !(number && (words.gap(at + 1).starts_with(['.', '°']) || word.capital))
            }
            (Lang::En, Some(TokenKind::Qualifier)) if word.hash == hash("material") => {
                let predicate = matches!(
                    before().as_str(),
                    "is" | "are" | "be" | "was" | "were" | "deemed" | "considered" | "as" | "not"
                );
                let next_joined = words.list.get(at + 1).is_some_and(|next| next.joined);
                predicate
                    || next_joined
                        && !matches!(
                            after().as_str(),
                            "and"
                                | "or"
                                | "of"
                                | "is"
                                | "are"
                                | "was"
                                | "were"
                                | "shall"
                                | "may"
                                | "must"
                                | "will"
                                | "to"
                                | "from"
                                | "in"
                                | "for"
                                | "which"
                                | "that"
                                | "with"
                                | "by"
                                | "on"
                                | "at"
                                | "as"
                                | "has"
                                | "contained"
                                | "produced"
                        )
            }
            (Lang::Es | Lang::Pt, Some(TokenKind::Qualifier)) if hash_in(word.hash, &["material", "materiais"]) => {
                soft_before
                    && !matches!(
                        before().as_str(),
                        "el" | "un"
                            | "del"
                            | "de"
                            | "al"
                            | "o"
                            | "do"
                            | "os"
                            | "dos"
                            | "um"
                            | "e"
                            | "y"
                            | "todo"
                            | "qualquer"
                            | "cualquier"
                            | "este"
                            | "ese"
                            | "con"
                            | "com"
                            | "en"
                            | "em"
                            | "no"
                            | "nos"
                            | "outros"
                            | "otro"
                            | "como"
                    )
            }
            (Lang::Fr, Some(TokenKind::Negation)) if word.hash == hash("n") => {
                words.gap(at + 1).starts_with(['\'', '’']) && self.is_alone(at)
            }
            (Lang::Fr, Some(TokenKind::Negation)) if word.hash == hash("ne") => self.is_alone(at),
            (Lang::Es, Some(TokenKind::Negation)) if word.hash == hash("no") => {
                !(words.gap(at + 1).starts_with('.') && words.list.get(at + 1).is_some_and(|next| next.digit))
            }
            _ => true,
        }
    }

    /// Returns whether no second half of a French negation ("pas", "aucun") follows.
    fn is_alone(&self, at: usize) -> bool {
        let halves = ["pas", "aucun", "aucune", "jamais", "ni", "nul", "nulle", "rien", "nullement"];
        for next in at + 1..at + 9 {
            let Some(word) = self.words.list.get(next) else { break };
            if self.words.gap(next).contains(['.', ';', ':', '\n']) {
                break;
            }
            if hash_in(word.hash, &halves) {
                return false;
            }
        }
        true
    }
}

fn hash_in(hash_of: u64, words: &[&str]) -> bool {
    words.iter().any(|word| hash(word) == hash_of)
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₦' | '₵' | '₹' | '₫' | '₴' | '₸' | '₺' | '\u{20a0}'..='\u{20cf}')
}

/// Puts the square brackets of a text among its tokens, in the order of the text.
fn brackets(text: &str, found: &mut Vec<Found>) {
    if !text.contains(['[', ']']) {
        return;
    }
    let marks = text.char_indices().filter(|(_, c)| matches!(c, '[' | ']'));
    found.extend(marks.map(|(at, _)| Found { kind: TokenKind::Bracket, range: at..at + 1 }));
    found.sort_by_key(|token| (token.range.start, token.range.end));
}

#[cfg(test)]
mod tests;
