//! What a change is about, as a guess by its words: royalty, stabilisation, local content, arbitration.
//!
//! The topics are those that published contracts are indexed by (`topics/topics.tsv`), the words that
//! tell of them are in `topics/keywords.tsv`, in English, French, Spanish and Portuguese. In other
//! languages nothing is guessed: no guess is better than a wrong one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::locale::Lang;

use super::lexis::{Phrases, Words};

/// The most topics that a guess names.
const MOST: usize = 3;

/// The least score of a topic that is named: one plain word in the changed text, or several around it.
const LEAST: u32 = 12;

/// How much of a text is read, in bytes: the beginning tells what it is about.
const READ: usize = 4_000;

/// A topic.
#[derive(Debug)]
struct Topic {
    key: &'static str,
    cluster: &'static str,
    /// Labels in English, French, Spanish, Portuguese and Arabic.
    labels: [&'static str; 5],
}

/// The topics, and the words of each language with the topics and weights that they tell of.
struct Table {
    topics: Vec<Topic>,
    by_key: BTreeMap<&'static str, usize>,
    words: [Phrases<Vec<(usize, u32)>>; 4],
}

/// What the headings and the text of a clause tell, to be kept for all changes in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scores {
    lang: Option<Lang>,
    /// Scores by topic.
    list: BTreeMap<usize, u32>,
}

/// Returns the keys of the topics that a change is likeliest about, the likeliest first: at most three,
/// and none where nothing tells.
///
/// Headings are those around the change, the outermost first; they count most, then the changed text, then
/// the text of the whole clause.
///
/// ```
/// use engross::compare::topics::guess;
/// use engross::locale::Lang;
///
/// assert_eq!(guess(Lang::En, &["Royalty"], "The Company pays.", "5 %"), ["royalties"]);
/// assert!(guess(Lang::En, &["Definitions"], "In this Agreement:", "words").is_empty());
/// ```
#[must_use]
pub fn guess(lang: Lang, headings: &[&str], clause_text: &str, changed_text: &str) -> Vec<&'static str> {
    Scores::new(lang, headings, clause_text).guess(changed_text)
}

impl Scores {
    /// Reads the headings around a clause, the outermost first, and its text.
    #[must_use]
    pub fn new(lang: Lang, headings: &[&str], clause_text: &str) -> Self {
        let mut scores = Self { lang: Some(lang), list: BTreeMap::new() };
        for (index, heading) in headings.iter().enumerate() {
            scores.add(heading, if index + 1 == headings.len() { 8 } else { 3 });
        }
        scores.add(clause_text, 2);
        scores
    }

    /// Returns the topics that a change in the clause is likeliest about.
    #[must_use]
    pub fn guess(&self, changed_text: &str) -> Vec<&'static str> {
        let mut all = self.clone();
        all.add(changed_text, 4);
        let mut ranked: Vec<(usize, u32)> = all.list.into_iter().filter(|(_, score)| *score >= LEAST).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let best = ranked.first().map_or(0, |(_, score)| *score);
        let near = ranked.into_iter().take(MOST).filter(|(_, score)| score * 100 >= best * 45);
        near.map(|(topic, _)| table().topics[topic].key).collect()
    }

    /// Adds what a text tells, so many times; a word that comes again adds half as much, once.
    fn add(&mut self, text: &str, times: u32) {
        let Some(index) = self.lang.and_then(column) else { return };
        let words = Words::new(&text[..text.floor_char_boundary(READ)]);
        let mut seen: BTreeMap<(usize, u32, u64), u32> = BTreeMap::new();
        let mut at = 0;
        while at < words.list.len() {
            let Some((count, topics)) = table().words[index].longest(&words, at, |_, _| true) else {
                at += 1;
                continue;
            };
            for (topic, weight) in topics {
                let again = seen.entry((*topic, *weight, words.list[at].hash)).or_default();
                *again += 1;
                let score = match *again {
                    1 => weight * times,
                    2 => weight * times / 2,
                    _ => 0,
                };
                *self.list.entry(*topic).or_default() += score;
            }
            at += count;
        }
    }
}

/// Returns the label of a topic in a language; English where it has none, empty for an unknown key.
#[must_use]
pub fn label(key: &str, lang: Lang) -> &'static str {
    let table = table();
    let Some(topic) = table.by_key.get(key).and_then(|index| table.topics.get(*index)) else { return "" };
    match lang {
        Lang::En | Lang::Ru => topic.labels[0],
        Lang::Fr => topic.labels[1],
        Lang::Es => topic.labels[2],
        Lang::Pt => topic.labels[3],
        Lang::Ar => topic.labels[4],
    }
}

/// Returns the cluster that a topic belongs to, in English (`Fiscal`); empty for an unknown key.
#[must_use]
pub fn cluster(key: &str) -> &'static str {
    let table = table();
    table.by_key.get(key).and_then(|index| table.topics.get(*index)).map_or("", |topic| topic.cluster)
}

/// Returns the keys of all topics, in the order of the list.
pub fn keys() -> impl Iterator<Item = &'static str> {
    table().topics.iter().map(|topic| topic.key)
}

/// Returns the column of a language among the keywords.
fn column(lang: Lang) -> Option<usize> {
    match lang {
        Lang::En => Some(0),
        Lang::Fr => Some(1),
        Lang::Es => Some(2),
        Lang::Pt => Some(3),
        Lang::Ru | Lang::Ar => None,
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| read(include_str!("topics/topics.tsv"), include_str!("topics/keywords.tsv")))
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("key\t"))
}

fn read(topics: &'static str, keywords: &'static str) -> Table {
    let mut table = Table {
        topics: Vec::new(),
        by_key: BTreeMap::new(),
        words: [Phrases::default(), Phrases::default(), Phrases::default(), Phrases::default()],
    };
    for line in lines(topics) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [key, cluster, labels @ ..] = fields.as_slice()
            && let Ok(labels) = labels.try_into()
        {
            table.by_key.insert(key, table.topics.len());
            table.topics.push(Topic { key, cluster, labels });
        }
    }
    // A word may tell of several topics: local content of employment and of procurement.
    let mut told: [BTreeMap<&str, Vec<(usize, u32)>>; 4] = Default::default();
    for line in lines(keywords) {
        let mut fields = line.split('\t');
        let Some(topic) = fields.next().and_then(|key| table.by_key.get(key)) else { continue };
        for (phrases, told) in fields.zip(&mut told) {
            for phrase in phrases.split(';').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let (words, weight) = phrase.split_once('=').unwrap_or((phrase, "3"));
                told.entry(words).or_default().push((*topic, weight.parse().unwrap_or(3)));
            }
        }
    }
    for (told, words) in told.into_iter().zip(&mut table.words) {
        for (phrase, topics) in told {
            words.add(phrase, topics);
        }
    }
    table
}

#[cfg(test)]
mod tests;
