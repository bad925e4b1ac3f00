//! The parts of the JSON form beside the redline itself.

use serde::{Serialize, Serializer};

use super::noise;
use crate::compare::{Change, ChangeKind, Check, ClauseLink, Comparison, Move, Place, Step};
use crate::document::draft::DraftFormat;
use crate::redline::summary::{COLUMNS, Summary};
use crate::redline::{Report, Side};

/// An object whose keys are made as they are written.
struct Map<I>(I);

impl<I, V> Serialize for Map<I>
where
    I: Iterator<Item = (&'static str, V)> + Clone,
    V: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

#[derive(Serialize)]
pub(super) struct InputRecord<'a> {
    name: &'a str,
    sha256: &'a str,
    format: &'static str,
    lang: Option<&'static str>,
    words: usize,
    paragraphs: usize,
    note: Option<&'a str>,
    caveats: Vec<CaveatRecord<'a>>,
    comments: Vec<CommentRecord<'a>>,
}

#[derive(Serialize)]
struct CaveatRecord<'a> {
    text: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct CommentRecord<'a> {
    author: &'a str,
    date: &'a str,
    text: &'a str,
    anchor: &'a str,
}

impl<'a> InputRecord<'a> {
    pub(super) fn new(side: &'a Side<'_>, words: usize) -> Self {
        let format = match side.draft.format {
            DraftFormat::Docx => "docx",
            DraftFormat::Pdf => "pdf",
            DraftFormat::Markdown => "markdown",
            DraftFormat::Html => "html",
            DraftFormat::Text => "text",
        };
        let caveats = side.draft.caveats.iter();
        let comments = side.draft.comments.iter();
        Self {
            name: &side.name,
            sha256: &side.sha256,
            format,
            lang: side.draft.lang.map(crate::locale::Lang::code),
            words,
            paragraphs: side.texts.paras.len(),
            note: side.note.as_deref(),
            caveats: caveats.map(|caveat| CaveatRecord { text: &caveat.text, count: caveat.count }).collect(),
            comments: comments
                .map(|comment| CommentRecord {
                    author: &comment.author,
                    date: &comment.date,
                    text: &comment.text,
                    anchor: &comment.anchor,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SummaryRecord<'a, K: Serialize, T: Serialize, N: Serialize> {
    verdict: &'a str,
    shown: usize,
    kinds: K,
    topics: Vec<TopicRecord<'a>>,
    sensitive: T,
    words_inserted: usize,
    words_deleted: usize,
    words_moved: usize,
    noise: N,
    fallbacks: usize,
    notes: &'a [String],
}

#[derive(Serialize)]
struct TopicRecord<'a> {
    topic: Option<&'static str>,
    name: &'a str,
    #[serde(flatten)]
    counts: Map<CountColumns<'a>>,
}

type CountColumns<'a> =
    std::iter::Zip<std::iter::Copied<std::slice::Iter<'static, &'static str>>, std::slice::Iter<'a, usize>>;

impl<'a> SummaryRecord<'a, (), (), ()> {
    // The records are private; what the caller needs to know of them is that they can be written.
    #[expect(clippy::new_ret_no_self, reason = "the maps in it have no names of their own")]
    pub(super) fn new(report: &'a Report<'_>, summary: &'a Summary) -> impl Serialize + 'a {
        let tally = &report.comparison.tally;
        let topics = summary.topics.iter().map(|row| TopicRecord {
            topic: row.topic,
            name: &row.name,
            counts: Map(COLUMNS.iter().copied().zip(row.counts.iter())),
        });
        SummaryRecord {
            verdict: &summary.verdict,
            shown: report.count(),
            kinds: Map(summary.kinds.iter().map(|(kind, count)| (kind.name(), *count))),
            topics: topics.collect(),
            sensitive: Map(summary.tokens.iter().map(|(kind, count)| (kind.name(), *count))),
            words_inserted: tally.inserted,
            words_deleted: tally.deleted,
            words_moved: tally.moved,
            noise: Map(noise(&tally.noise).collect::<Vec<_>>().into_iter()),
            fallbacks: tally.fallbacks,
            notes: &summary.notes,
        }
    }
}

#[derive(Serialize)]
pub(super) struct PlaceRecord<'a> {
    paragraph: usize,
    number: String,
    heading: &'a str,
    path: Vec<StepRecord<'a>>,
}

#[derive(Serialize)]
struct StepRecord<'a> {
    label: &'a str,
    heading: &'a str,
}

impl<'a> PlaceRecord<'a> {
    fn new(place: &'a Place) -> Self {
        let path = place.path.iter().map(|Step { label, heading }| StepRecord { label, heading });
        Self { paragraph: place.para, number: place.number(), heading: place.heading(), path: path.collect() }
    }

    fn of(place: Option<&'a Place>) -> Option<Self> {
        place.map(Self::new)
    }
}

#[derive(Serialize)]
pub(super) struct ChangeRecord<'a> {
    index: usize,
    number: Option<usize>,
    kind: &'static str,
    noise: Option<&'static str>,
    old: Option<PlaceRecord<'a>>,
    new: Option<PlaceRecord<'a>>,
    before: &'a str,
    after: &'a str,
    words_deleted: usize,
    words_inserted: usize,
    sensitive: Vec<TokenRecord<'a>>,
    topics: &'a [&'static str],
    cascade: Option<usize>,
}

#[derive(Serialize)]
struct TokenRecord<'a> {
    kind: &'static str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

impl<'a> ChangeRecord<'a> {
    pub(super) fn new(report: &Report<'_>, index: usize, change: &'a Change) -> Self {
        let tokens = change.tokens.iter();
        Self {
            index,
            number: report.number(index),
            kind: change.kind.name(),
            noise: change.noise.map(|noise| noise.name()),
            old: PlaceRecord::of(change.old.as_ref()),
            new: PlaceRecord::of(change.new.as_ref()),
            before: &change.before,
            after: &change.after,
            words_deleted: change.words_deleted,
            words_inserted: change.words_inserted,
            sensitive: tokens
                .map(|token| TokenRecord {
                    kind: token.kind.name(),
                    old: token.old.as_deref(),
                    new: token.new.as_deref(),
                })
                .collect(),
            topics: &change.topics,
            cascade: change.cascade,
        }
    }
}

#[derive(Serialize)]
pub(super) struct MoveRecord<'a> {
    change: usize,
    pairs: &'a [(usize, usize)],
    old: [usize; 2],
    new: [usize; 2],
    words: usize,
    similarity: f64,
}

impl<'a> MoveRecord<'a> {
    pub(super) fn new(moved: &'a Move) -> Self {
        Self {
            change: moved.change,
            pairs: &moved.pairs,
            old: [moved.old.start, moved.old.end],
            new: [moved.new.start, moved.new.end],
            words: moved.words,
            // Four places, so that the same redline is the same text on every machine.
            similarity: (moved.similarity * 1e4).round() / 1e4,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ClauseRecord<'a> {
    old: Option<PlaceRecord<'a>>,
    new: Option<PlaceRecord<'a>>,
    renumbered: bool,
    edited: bool,
    r#move: Option<usize>,
}

impl<'a> ClauseRecord<'a> {
    pub(super) fn new(link: &'a ClauseLink) -> Self {
        Self {
            old: PlaceRecord::of(link.old.as_ref()),
            new: PlaceRecord::of(link.new.as_ref()),
            renumbered: link.renumbered,
            edited: link.edited,
            r#move: link.moved,
        }
    }
}

#[derive(Serialize)]
pub(super) struct RenumberedRecord<'a> {
    paragraph: usize,
    old: String,
    new: String,
    heading: &'a str,
}

impl<'a> RenumberedRecord<'a> {
    pub(super) fn new(link: &'a ClauseLink) -> Option<Self> {
        let (old, new) = (link.old.as_ref()?, link.new.as_ref()?);
        Some(Self { paragraph: new.para, old: old.number(), new: new.number(), heading: new.heading() })
    }
}

#[derive(Serialize)]
pub(super) struct ReferenceRecord<'a> {
    change: usize,
    before: &'a str,
    after: &'a str,
}

impl<'a> ReferenceRecord<'a> {
    /// Returns the references that follow a renumbering.
    pub(super) fn all(comparison: &'a Comparison) -> Vec<Self> {
        let changes = comparison.changes.iter().enumerate();
        changes
            .filter(|(_, change)| change.kind == ChangeKind::Reference)
            .map(|(index, change)| Self { change: index, before: &change.before, after: &change.after })
            .collect()
    }
}

#[derive(Serialize)]
pub(super) struct CheckRecord<'a> {
    kind: &'static str,
    subject: &'a str,
    before: Option<&'a str>,
    places: Vec<PlaceRecord<'a>>,
}

impl<'a> CheckRecord<'a> {
    pub(super) fn new(check: &'a Check) -> Self {
        let places = check.places.iter().map(PlaceRecord::new);
        Self {
            kind: check.kind.name(),
            subject: &check.subject,
            before: check.before.as_deref(),
            places: places.collect(),
        }
    }
}
