//! Defined terms that have another name in the new draft.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::compare::lexis::Words;
use crate::compare::texts::Texts;
use crate::compare::vocabulary::{Vocabulary, role};
use crate::locale::Lang;

use super::uses::{Table, key};
use super::{Definition, Definitions, Uses};

/// How many words of a definition are compared.
const WORDS: usize = 200;

/// How many definitions without counterpart are compared with each other, each side.
const MOST: usize = 400;

/// How alike two definitions must be, from 0 to 1, to be of the same term.
const ALIKE: f64 = 0.6;

/// A defined term that has another name in the new draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The language.
    pub lang: Lang,
    /// Its name in the old draft.
    pub old: String,
    /// Its name in the new draft.
    pub new: String,
    /// Ordinals of the paragraphs of the new draft that define or use it, in order, each once.
    pub places: Vec<usize>,
}

/// Returns the terms that were renamed, in the order of the new draft.
///
/// The old name is defined in the old draft only and hardly used in the new one; the new name the other
/// way round; and what they are said to mean is nearly the same.
#[must_use]
pub fn renames(old: (&Texts<'_>, &Definitions, &Uses), new: (&Texts<'_>, &Definitions, &Uses)) -> Vec<Rename> {
    let gone = only_in(old.1, new.1);
    let come = only_in(new.1, old.1);
    let mut pairs = Vec::new();
    let meanings: Vec<_> = come.iter().map(|index| bag(new.0, &new.1.terms[*index])).collect();
    for before in &gone {
        let meaning = bag(old.0, &old.1.terms[*before]);
        for (after, other) in come.iter().zip(&meanings) {
            let alike = likeness(&meaning, other);
            if alike >= ALIKE {
                pairs.push((alike, *before, *after));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_old, mut taken_new) = (Vec::new(), Vec::new());
    let candidates: Vec<usize> =
        gone.iter().copied().filter(|index| pairs.iter().any(|(_, it, _)| it == index)).collect();
    let names: Vec<&str> = candidates.iter().map(|index| old.1.terms[*index].term.as_str()).collect();
    let left = left_over(new.0, &names, new.1, old.1.lang);
    let mut renames = Vec::new();
    for (_, before, after) in pairs {
        if taken_old.contains(&before) || taken_new.contains(&after) {
            continue;
        }
        let (from, to) = (&old.1.terms[before], &new.1.terms[after]);
        // A name that goes on being used was not given up.
        let left = candidates.iter().position(|index| *index == before).map_or(0, |at| left[at]);
        let used = old.2.counts.get(before).copied().unwrap_or(0);
        if left * 5 > used {
            continue;
        }
        taken_old.push(before);
        taken_new.push(after);
        let mut places = new.2.paras.get(after).cloned().unwrap_or_default();
        places.push(to.para);
        places.sort_unstable();
        places.dedup();
        renames.push((after, Rename { lang: new.1.lang, old: from.term.clone(), new: to.term.clone(), places }));
    }
    renames.sort_by_key(|(after, _)| *after);
    renames.into_iter().map(|(_, rename)| rename).collect()
}

/// Returns the definitions whose terms the other draft does not define, by index.
fn only_in(these: &Definitions, others: &Definitions) -> Vec<usize> {
    let keys: std::collections::BTreeSet<u64> =
        others.terms.iter().map(|definition| key(&Words::new(&definition.term))).collect();
    let alone = (0..these.terms.len()).filter(|index| !keys.contains(&key(&Words::new(&these.terms[*index].term))));
    alone.take(MOST).collect()
}

/// Returns the words of a definition without the term itself, with how often they stand in it.
fn bag(texts: &Texts<'_>, definition: &Definition) -> BTreeMap<u64, usize> {
    let text = texts.paras.get(definition.para).and_then(|para| para.text.get(definition.meaning.clone()));
    let words = Words::new(text.unwrap_or(""));
    let mut bag = BTreeMap::new();
    for word in words.list.iter().take(WORDS) {
        *bag.entry(word.hash).or_insert(0) += 1;
    }
    bag
}

/// Returns twice the words in common over all words.
fn likeness(one: &BTreeMap<u64, usize>, other: &BTreeMap<u64, usize>) -> f64 {
    let common: usize = one.iter().map(|(word, count)| (*count).min(other.get(word).copied().unwrap_or(0))).sum();
    let all: usize = one.values().chain(other.values()).sum();
    // A definition of a word or two is like any other.
    if common < 3 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a definition has at most some hundred words")]
    let share = 2.0 * common as f64 / all as f64;
    share
}

/// Returns how often each of some names that are not defined stands in a draft, other terms apart.
fn left_over(texts: &Texts<'_>, names: &[&str], defined: &Definitions, lang: Lang) -> Vec<usize> {
    let mut counts = vec![0; names.len()];
    if names.is_empty() {
        return counts;
    }
    let terms = defined.terms.iter().map(|definition| definition.term.as_str()).chain(names.iter().copied());
    let table = Table::new(terms, lang);
    for para in &texts.paras {
        for (index, ..) in table.all(&Words::new(&para.text)) {
            if let Some(count) = index.checked_sub(defined.terms.len()).and_then(|name| counts.get_mut(name)) {
                *count += 1;
            }
        }
    }
    counts
}

impl Rename {
    /// Returns whether two texts differ only by the renaming, in the given bytes of each (articles and
    /// endings that agree with the name may differ too).
    ///
    /// The bytes may cut a name: it is taken as a whole.
    #[must_use]
    pub fn explains(&self, old: (&str, Range<usize>), new: (&str, Range<usize>)) -> bool {
        let (before, after) = (Words::new(old.0), Words::new(new.0));
        let old_names = Table::new([self.old.as_str()], self.lang).all(&before);
        let new_names = Table::new([self.new.as_str()], self.lang).all(&after);
        if old_names.is_empty() || new_names.is_empty() {
            return false;
        }
        let old_range = widened(&before, &old.1, &old_names);
        let new_range = widened(&after, &new.1, &new_names);
        let old_steps = steps(&before, old_range, &old_names);
        let new_steps = steps(&after, new_range, &new_names);
        let vocabulary = Vocabulary::of(self.lang);
        let names = old_steps.iter().filter(|step| matches!(step, Step::Name)).count();
        names > 0
            && old_steps.len() == new_steps.len()
            && old_steps.iter().zip(&new_steps).all(|(one, other)| match (one, other) {
                (Step::Name, Step::Name) => true,
                (Step::Word(one), Step::Word(other)) => {
                    before.list[*one].hash == after.list[*other].hash
                        || agrees(&before, *one, &after, *other)
                        || [(&before, *one), (&after, *other)]
                            .iter()
                            .all(|(words, at)| vocabulary.is(words, *at, role::ARTICLE_WORD | role::OF))
                }
                _ => false,
            })
    }
}

/// A word, or the name as a whole.
enum Step {
    Name,
    Word(usize),
}

type Names = [(usize, Range<usize>, usize, usize)];

/// Returns the words that a range touches, names taken whole.
fn widened(words: &Words<'_>, range: &Range<usize>, names: &Names) -> Range<usize> {
    let mut from = words.list.partition_point(|word| word.end <= range.start);
    let mut to = words.list.partition_point(|word| word.start < range.end).max(from);
    for (_, bytes, first, count) in names {
        if bytes.start < range.end.max(range.start + 1) && range.start < bytes.end {
            from = from.min(*first);
            to = to.max(first + count);
        }
    }
    from..to
}

fn steps(words: &Words<'_>, range: Range<usize>, names: &Names) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = range.start;
    let mut names = names.iter().skip_while(|(_, _, first, _)| *first < range.start).peekable();
    while at < range.end.min(words.list.len()) {
        match names.next_if(|(_, _, first, _)| *first == at) {
            Some((_, _, _, count)) => {
                steps.push(Step::Name);
                at += count;
            }
            None => {
                steps.push(Step::Word(at));
                at += 1;
            }
        }
    }
    steps
}

/// Returns whether two words are the same but for an ending of up to two letters.
fn agrees(before: &Words<'_>, one: usize, after: &Words<'_>, other: usize) -> bool {
    let (one, other) = (before.of(one).to_lowercase(), after.of(other).to_lowercase());
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    common >= 3 && one.chars().count() <= common + 2 && other.chars().count() <= common + 2
}
