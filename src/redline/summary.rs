//! What stands before a redline: counts, topics, what a lawyer looks at first, what is not shown.

use std::collections::BTreeMap;

use super::Report;
use crate::compare::{Change, ChangeKind, Check, CheckKind, Noise, Place, TokenKind, topics};
use crate::document::draft::Caveat;
use crate::locale::Lang;

/// The summary of a report. Counts are of changes that are shown, where nothing else is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What was found, in one sentence.
    pub verdict: String,
    /// How many changes there are of each kind that occurs, in the order of [`ChangeKind::ALL`].
    pub kinds: Vec<(ChangeKind, usize)>,
    /// Changes by topic, the topic with most of them first, those without a topic last. A change counts for
    /// its likeliest topic only.
    pub topics: Vec<TopicRow>,
    /// How many changes touch each kind of sensitive token that occurs, in the order of [`TokenKind::ALL`].
    pub tokens: Vec<(TokenKind, usize)>,
    /// Changes that touch a sensitive token: indices in
    /// [`Comparison::changes`](crate::compare::Comparison::changes).
    pub sensitive: Vec<usize>,
    /// How much noise there is of each class that occurs and is not ignored, shown or not.
    pub noise: Vec<NoiseRow>,
    /// What the readers could not know, and where the comparison is coarser than asked, in sentences.
    pub notes: Vec<String>,
}

/// A row of the table of topics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicRow {
    /// Key of the topic; `None` for changes that have none.
    pub topic: Option<&'static str>,
    /// Its name for readers.
    pub name: String,
    /// How many changes, by [`COLUMNS`].
    pub counts: [usize; COLUMNS.len()],
}

/// How often a class of noise occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoiseRow {
    /// The class.
    pub class: Noise,
    /// How many changes.
    pub count: usize,
    /// Whether they are shown.
    pub shown: bool,
}

/// What happened to a clause, for an overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseStat {
    /// Its number and heading; empty for what stands before the first clause.
    pub name: String,
    /// Changes in it.
    pub changes: usize,
    /// Words inserted.
    pub inserted: usize,
    /// Words deleted.
    pub deleted: usize,
    /// Words that came from elsewhere.
    pub moved: usize,
}

/// Columns of the table of topics.
pub const COLUMNS: [&str; 5] = ["inserted", "deleted", "replaced", "moved", "other"];

impl TopicRow {
    /// Returns how many changes it counts.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Returns the column of [`COLUMNS`] that a kind of change is counted in.
pub fn column(kind: ChangeKind) -> usize {
    match kind {
        ChangeKind::Inserted => 0,
        ChangeKind::Deleted => 1,
        ChangeKind::Replaced => 2,
        ChangeKind::Moved | ChangeKind::MovedEdited => 3,
        ChangeKind::Renumbered
        | ChangeKind::Reference
        | ChangeKind::Split
        | ChangeKind::Merged
        | ChangeKind::Formatting => 4,
    }
}

/// Sums up a report.
pub fn summary(report: &Report<'_>) -> Summary {
    let mut kinds = vec![0; ChangeKind::ALL.len()];
    let mut tokens = vec![0; TokenKind::ALL.len()];
    let mut topics: BTreeMap<Option<&'static str>, [usize; COLUMNS.len()]> = BTreeMap::new();
    let mut sensitive = Vec::new();
    for (index, _, change) in report.changes() {
        kinds.iter_mut().zip(ChangeKind::ALL).filter(|(_, kind)| **kind == change.kind).for_each(|(n, _)| *n += 1);
        topics.entry(change.topics.first().copied()).or_default()[column(change.kind)] += 1;
        for (count, kind) in tokens.iter_mut().zip(TokenKind::ALL) {
            *count += usize::from(change.tokens.iter().any(|token| token.kind == *kind));
        }
        if !change.tokens.is_empty() {
            sensitive.push(index);
        }
    }
    let mut topics: Vec<TopicRow> =
        topics.into_iter().map(|(topic, counts)| TopicRow { topic, name: topic_name(topic), counts }).collect();
    topics.sort_by_key(|row| (row.topic.is_none(), std::cmp::Reverse(row.total()), row.topic));
    let noise = Noise::ALL.iter().zip(report.comparison.tally.noise).filter(|(_, count)| *count > 0);
    let noise = noise.filter(|(class, _)| !report.ignored.contains(class));
    let noise =
        noise.map(|(class, count)| NoiseRow { class: *class, count, shown: report.shown.noise.contains(class) });
    Summary {
        verdict: verdict(report),
        kinds: ChangeKind::ALL.iter().copied().zip(kinds).filter(|(_, count)| *count > 0).collect(),
        topics,
        tokens: TokenKind::ALL.iter().copied().zip(tokens).filter(|(_, count)| *count > 0).collect(),
        sensitive,
        noise: noise.collect(),
        notes: notes(report),
    }
}

/// Says in one sentence what was found.
fn verdict(report: &Report<'_>) -> String {
    let tally = &report.comparison.tally;
    if report.comparison.is_same() {
        return "The drafts are the same.".to_owned();
    }
    if report.count() == 0 {
        let changes = report.comparison.changes.iter();
        let counted = |noise| !report.ignored.contains(&noise);
        let (hidden, leave, are) = match changes.filter(|change| change.noise.is_none_or(counted)).count() {
            0 => return "The drafts are the same, but for differences that are ignored.".to_owned(),
            1 => ("1 difference".to_owned(), "leaves", "is"),
            many => (plural(many, "difference"), "leave", "are"),
        };
        return format!("The drafts say the same; {hidden} that {leave} the words as they were {are} not shown.");
    }
    let words = [(tally.inserted, "inserted"), (tally.deleted, "deleted"), (tally.moved, "moved")];
    let words: Vec<_> = words.iter().filter(|(count, _)| *count > 0).collect();
    let mut told = plural(report.count(), "change");
    for (at, (count, what)) in words.iter().enumerate() {
        let noun = if *count == 1 { "word" } else { "words" };
        match at {
            0 => told.push_str(&format!(": {} {noun} {what}", thousands(*count))),
            _ => told.push_str(&format!(", {} {what}", thousands(*count))),
        }
    }
    told + "."
}

/// Says what a reader of the report must know before trusting it.
fn notes(report: &Report<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, other) in [(&report.old, &report.new), (&report.new, &report.old)] {
        // Two drafts of the same name are told apart by their place.
        let name = match (side.name == other.name, std::ptr::eq(side, &report.old)) {
            (false, _) => side.name.clone(),
            (true, true) => "old draft".to_owned(),
            (true, false) => "new draft".to_owned(),
        };
        for caveat in &side.draft.caveats {
            notes.push(format!("{name}: {}", self::caveat(caveat)));
        }
    }
    notes.extend(report.comparison.coarse.iter().cloned());
    let fallbacks = report.comparison.tally.fallbacks;
    if fallbacks > 0 {
        let told = plural(fallbacks, "paragraph");
        notes.push(format!("{told} could not be compared word by word: deleted and inserted whole"));
    }
    notes
}

/// Returns a caveat in words, with how often it holds.
pub fn caveat(caveat: &Caveat) -> String {
    match caveat.count {
        0 | 1 => caveat.text.clone(),
        count => format!("{} ({} times)", caveat.text, thousands(count)),
    }
}

/// Returns what changed in each clause, in the order of the redline; the clause is the innermost one that
/// has a heading, else the outermost one.
pub fn clauses(report: &Report<'_>) -> Vec<ClauseStat> {
    let mut stats: Vec<ClauseStat> = Vec::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    let mut moved = vec![0; report.comparison.changes.len()];
    for passage in &report.comparison.moves {
        if let Some(words) = moved.get_mut(passage.change) {
            *words += passage.words;
        }
    }
    for (index, _, change) in report.changes() {
        let name = clause_of(change);
        let at = *by_name.entry(name.clone()).or_insert_with(|| {
            stats.push(ClauseStat { name, changes: 0, inserted: 0, deleted: 0, moved: 0 });
            stats.len() - 1
        });
        stats[at].changes += 1;
        stats[at].inserted += change.words_inserted;
        stats[at].deleted += change.words_deleted;
        stats[at].moved += moved[index];
    }
    stats
}

fn clause_of(change: &Change) -> String {
    let Some(place) = change.new.as_ref().or(change.old.as_ref()) else { return String::new() };
    let step = place.path.iter().rev().find(|step| !step.heading.is_empty()).or(place.path.first());
    let name = step.map_or_else(String::new, |step| format!("{} {}", step.label, step.heading));
    name.trim().trim_end_matches(" default").to_owned()
}

/// Returns what a topic is called.
pub fn topic_name(topic: Option<&str>) -> String {
    let Some(key) = topic else { return "No topic".to_owned() };
    let label = topics::label(key, Lang::En);
    if !label.is_empty() {
        return label.to_owned();
    }
    let words = key.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns what a kind of change is called: `moved and edited`.
pub fn kind_name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::MovedEdited => "moved and edited",
        ChangeKind::Reference => "reference follows",
        other => other.name(),
    }
}

/// Returns what a class of noise is called: `white space`.
pub fn noise_name(noise: Noise) -> &'static str {
    match noise {
        Noise::Space => "white space",
        Noise::Punctuation => "quotation marks and dashes",
        Noise::Case => "upper and lower case",
        Noise::Formatting => "formatting",
        Noise::Numbering => "clause numbers and references that follow them",
    }
}

/// Returns what a kind of sensitive token is called.
pub fn token_name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Modal => "shall, may, must",
        TokenKind::Term => "defined term",
        TokenKind::Reference => "cross-reference",
        TokenKind::Bracket => "square bracket",
        other => other.name(),
    }
}

/// Returns where a change is, as a lawyer cites it: `5.2 Royalty`, `5.2 → 6.2 Royalty`; `–` where there is
/// neither number nor heading.
pub fn citation(change: &Change) -> String {
    // A header of all pages of its section has no other name.
    let bare = |number: String| number.trim_end_matches(" default").to_owned();
    let number = |place: &Option<Place>| place.as_ref().map(Place::number).map(bare).unwrap_or_default();
    let (old, new) = (number(&change.old), number(&change.new));
    let number = match (old.is_empty(), new.is_empty()) {
        (false, false) if old != new => format!("{old} → {new}"),
        (_, false) => new,
        (_, true) => old,
    };
    let heading = change.new.as_ref().or(change.old.as_ref()).map_or("", Place::heading);
    match (number.is_empty(), heading.is_empty()) {
        (true, true) => "–".to_owned(),
        (true, false) => heading.to_owned(),
        (false, true) => number,
        (false, false) => format!("{number} {heading}"),
    }
}

/// Returns what a check found, as a sentence without its places: `clause 18.2 does not exist`.
pub fn check_sentence(check: &Check) -> String {
    let subject = &check.subject;
    match check.kind {
        CheckKind::BrokenReference => format!("“{subject}” points to a clause that does not exist"),
        CheckKind::StaleReference => format!("“{subject}” now points to another clause than in the old draft"),
        CheckKind::UnusedTerm => format!("“{subject}” is defined and not used"),
        CheckKind::UndefinedTerm => format!("“{subject}” is used and not defined"),
        CheckKind::DefinedTwice => format!("“{subject}” is defined more than once"),
        CheckKind::RenamedTerm => match &check.before {
            Some(before) => format!("“{before}” is now called “{subject}”"),
            None => format!("“{subject}” has another name now"),
        },
        CheckKind::FiguresAgainstWords => format!("“{subject}”: figures and words do not agree"),
    }
}

/// Returns the places of a check as they are cited: `5.2, 7.1 (a)`; at most `most`, then how many more.
pub fn places(check: &Check, most: usize) -> String {
    let mut told: Vec<String> = Vec::new();
    for place in &check.places {
        let number = place.number();
        let name = if number.is_empty() { place.heading().to_owned() } else { number };
        if !name.is_empty() && !told.contains(&name) {
            told.push(name);
        }
        if told.len() > most {
            break;
        }
    }
    if told.len() > most {
        told.truncate(most);
        told.push(format!("… ({} in all)", plural(check.places.len(), "place")));
    }
    told.join(", ")
}

/// Returns a count with its noun: `1 change`, `1,204 changes`.
pub fn plural(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

/// Tells that so many characters are shown as boxes, for no font of the program has them; `None` for none.
pub fn missing_glyphs(count: usize) -> Option<String> {
    (count > 0)
        .then(|| format!("{} that no font of the program has stand as a box in the PDF", plural(count, "character")))
}

/// Returns a number with commas between its thousands.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_easy_to_read() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (number, told) in cases {
            assert_eq!(thousands(number), told);
        }
        assert_eq!((plural(1, "change"), plural(2, "change")), ("1 change".to_owned(), "2 changes".to_owned()));
    }

    #[test]
    fn every_kind_has_a_column() {
        assert!(ChangeKind::ALL.iter().all(|kind| column(*kind) < COLUMNS.len()));
    }
}
