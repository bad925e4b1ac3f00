//! The words of contracts in each language, as data: what binds, denies or qualifies, how numbers,
//! periods and dates are worded, and what clauses are called.

use std::sync::OnceLock;

use crate::locale::{Lang, currency_codes};

use super::lexis::{ByHash, Phrases, Words, hash};
use super::model::TokenKind;

/// What a word may be in the wording of numbers, dates and references; several at once.
pub(super) mod role {
    /// A unit of time: day, month.
    pub(in super::super) const UNIT: u32 = 1;
    /// What goes with a unit of time: business, calendar.
    pub(in super::super) const UNIT_WITH: u32 = 1 << 1;
    /// A number from two on.
    pub(in super::super) const NUMBER: u32 = 1 << 2;
    /// One, or an indefinite article.
    pub(in super::super) const ARTICLE: u32 = 1 << 3;
    /// Thousand, million.
    pub(in super::super) const SCALE: u32 = 1 << 4;
    /// A fraction, or what parts decimals in words.
    pub(in super::super) const FRACTION: u32 = 1 << 5;
    /// A share that stands alone: half, majority.
    pub(in super::super) const SHARE: u32 = 1 << 6;
    /// First, second, and the letters that make an ordinal of figures.
    pub(in super::super) const ORDINAL: u32 = 1 << 7;
    /// What joins the words of a number: and, of.
    pub(in super::super) const LINK: u32 = 1 << 8;
    /// A month.
    pub(in super::super) const MONTH: u32 = 1 << 9;
    /// What the clauses of a contract are called: clause, article, section.
    pub(in super::super) const CLAUSE: u32 = 1 << 10;
    /// What stands in a clause: paragraph, item.
    pub(in super::super) const SUB: u32 = 1 << 11;
    /// What stands behind the clauses: annex, schedule.
    pub(in super::super) const ANNEX: u32 = 1 << 12;
    /// And, or.
    pub(in super::super) const AND: u32 = 1 << 13;
    /// To, through.
    pub(in super::super) const TO: u32 = 1 << 14;
    /// Of, of the.
    pub(in super::super) const OF: u32 = 1 << 15;
    /// Another instrument: law, code, decree.
    pub(in super::super) const LAW: u32 = 1 << 16;
    /// This, the present, above.
    pub(in super::super) const THIS: u32 = 1 << 17;
    /// What stands before a month: in, of.
    pub(in super::super) const MONTH_BEFORE: u32 = 1 << 18;
    /// What may stand between a bracket and the name that it gives: hereinafter, the.
    pub(in super::super) const ALIAS_WITH: u32 = 1 << 20;
    /// An article, or what stands in place of one.
    pub(in super::super) const ARTICLE_WORD: u32 = 1 << 21;
    /// What is no party though a name is given to it: agreement, project.
    pub(in super::super) const NOT_PARTY: u32 = 1 << 22;
    /// What is named with a capital without being defined: ministry, court, bank.
    pub(in super::super) const INSTITUTION: u32 = 1 << 23;
    /// What leads up to the name of a party: between.
    pub(in super::super) const LEAD: u32 = 1 << 24;
    /// A code of a currency (ISO 4217), to be written in capitals.
    pub(in super::super) const CODE: u32 = 1 << 19;
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The language.
    pub(super) lang: Lang,
    /// Phrases that are sensitive of themselves; `None` for those that only look so.
    pub(super) tokens: Phrases<Option<TokenKind>>,
    /// How per cent is worded.
    pub(super) percent: Phrases<()>,
    /// What makes a definition of a term in quotation marks: means.
    pub(super) means: Phrases<()>,
    /// What makes it a mere pointer: has the meaning given in.
    pub(super) pointer: Phrases<()>,
    /// What gives a name: hereinafter.
    pub(super) alias: Phrases<()>,
    /// Words that defined terms are often made of: area, date, programme.
    pub(super) term_heads: Phrases<()>,
    roles: ByHash<u32>,
    values: ByHash<u64>,
}

impl Vocabulary {
    /// Returns the words of a language, read once.
    pub(super) fn of(lang: Lang) -> &'static Self {
        static ALL: [OnceLock<Vocabulary>; 6] = [const { OnceLock::new() }; 6];
        let (cell, data) = match lang {
            Lang::En => (&ALL[0], include_str!("vocabulary/en.tsv")),
            Lang::Fr => (&ALL[1], include_str!("vocabulary/fr.tsv")),
            Lang::Es => (&ALL[2], include_str!("vocabulary/es.tsv")),
            Lang::Pt => (&ALL[3], include_str!("vocabulary/pt.tsv")),
            Lang::Ru => (&ALL[4], include_str!("vocabulary/ru.tsv")),
            Lang::Ar => (&ALL[5], include_str!("vocabulary/ar.tsv")),
        };
        cell.get_or_init(|| Self::read(lang, data))
    }

    fn read(lang: Lang, data: &'static str) -> Self {
        let mut vocabulary = Self {
            lang,
            tokens: Phrases::default(),
            percent: Phrases::default(),
            means: Phrases::default(),
            pointer: Phrases::default(),
            alias: Phrases::default(),
            term_heads: Phrases::default(),
            roles: ByHash::default(),
            values: ByHash::default(),
        };
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((class, phrases)) = line.split_once('\t') else { continue };
            for phrase in phrases.split(';').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                vocabulary.add(class, phrase);
            }
        }
        for code in currency_codes() {
            vocabulary.give(code, role::CODE);
        }
        vocabulary
    }

    fn add(&mut self, class: &str, phrase: &'static str) {
        let kind = match class {
            "modal" => Some(TokenKind::Modal),
            "negation" => Some(TokenKind::Negation),
            "qualifier" => Some(TokenKind::Qualifier),
            "currency" => Some(TokenKind::Currency),
            "frequency" => Some(TokenKind::Period),
            "skip" => None,
            "percent" => return self.percent.add(phrase, ()),
            "means" => return self.means.add(phrase, ()),
            "pointer" => return self.pointer.add(phrase, ()),
            "alias" => return self.alias.add(phrase, ()),
            "term-head" => return self.term_heads.add(phrase, ()),
            class => {
                let (word, value) = phrase.split_once('=').unwrap_or((phrase, ""));
                if let Ok(value) = value.parse() {
                    self.values.insert(hash(word), value);
                }
                return self.give(word, role_of(class));
            }
        };
        // Arabic writes and, by, for and the article together with the word.
        if self.lang == Lang::Ar {
            self.tokens.add_forms(phrase, kind, arabic_forms);
        } else {
            self.tokens.add(phrase, kind);
        }
    }

    fn give(&mut self, word: &str, role: u32) {
        *self.roles.entry(hash(word)).or_default() |= role;
    }

    /// Returns what a word may be: a union of [`role`]s.
    pub(super) fn roles(&self, words: &Words<'_>, at: usize) -> u32 {
        let Some(word) = words.list.get(at) else { return 0 };
        let roles = self.roles.get(&word.hash).copied().unwrap_or(0);
        if roles & role::CODE != 0 && !(word.upper && word.end - word.start == 3) { roles & !role::CODE } else { roles }
    }

    /// Returns whether a word may be one of several things.
    pub(super) fn is(&self, words: &Words<'_>, at: usize, roles: u32) -> bool {
        self.roles(words, at) & roles != 0
    }

    /// Returns the value of a number word.
    pub(super) fn value(&self, words: &Words<'_>, at: usize) -> Option<u64> {
        self.values.get(&words.list.get(at)?.hash).copied()
    }
}

/// Returns the hashes of an Arabic word with the particles and the article before it.
pub(super) fn arabic_forms(word: &str) -> Vec<u64> {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    ["", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "فال"]
        .iter()
        .map(|particle| hash(&format!("{particle}{bare}")))
        .collect()
}

fn role_of(class: &str) -> u32 {
    match class {
        "unit" => role::UNIT,
        "unit-with" => role::UNIT_WITH,
        "number" => role::NUMBER,
        "article" => role::ARTICLE,
        "scale" => role::SCALE,
        "fraction" => role::FRACTION,
        "share" => role::SHARE,
        "ordinal" => role::ORDINAL,
        "number-link" => role::LINK,
        "month" => role::MONTH,
        "clause" => role::CLAUSE,
        "sub" => role::SUB,
        "annex" => role::ANNEX,
        "and" => role::AND,
        "to" => role::TO,
        "of" => role::OF,
        "law" => role::LAW,
        "this" => role::THIS,
        "alias-with" => role::ALIAS_WITH,
        "article-word" => role::ARTICLE_WORD,
        "not-party" => role::NOT_PARTY,
        "institution" => role::INSTITUTION,
        "lead" => role::LEAD,
        "month-before" => role::MONTH_BEFORE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_known_and_every_word_is_one() {
        let files = [
            include_str!("vocabulary/en.tsv"),
            include_str!("vocabulary/fr.tsv"),
            include_str!("vocabulary/es.tsv"),
            include_str!("vocabulary/pt.tsv"),
            include_str!("vocabulary/ru.tsv"),
            include_str!("vocabulary/ar.tsv"),
        ];
        for file in files {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let (class, phrases) = line.split_once('\t').unwrap();
                let tokens = ["modal", "negation", "qualifier", "currency", "frequency", "skip", "percent"];
                let phrases_of = ["means", "pointer", "alias", "term-head"];
                if tokens.contains(&class) || phrases_of.contains(&class) {
                    continue;
                }
                assert_ne!(role_of(class), 0, "{class}");
                for phrase in phrases.split(';') {
                    let word = phrase.trim().split('=').next().unwrap();
                    assert_eq!(Words::new(word).list.len(), 1, "{class}: {word}");
                }
            }
        }
    }
}
