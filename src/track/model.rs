//! What is known after all drafts were followed, as plain data for every writer.
//!
//! A [`Track`] holds nothing that the other side may not see: it is made of the drafts that were
//! exchanged and of the [`SharedIssue`]s of the case, which have no field for a limit, an aim or a
//! remark of the team. Those are a [`Confidential`](super::confidential::Confidential), a value of its
//! own that a writer can only show if it is handed one.

use std::fmt;

use crate::case::model::{CaseDate, DraftAuthor, IssueStatus};
use crate::compare::{Change, Check, Tally};
use crate::locale::Lang;

/// The drafts of a contract, followed from the first to the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Name of the case or of the folder.
    pub title: String,
    /// Identifier of the case; `None` for a folder of drafts.
    pub case: Option<String>,
    /// Language of the report.
    pub lang: Lang,
    /// Language that most of the last draft is written in, where it could be told.
    pub text_lang: Option<Lang>,
    /// The drafts in the order of their exchange.
    pub rounds: Vec<Round>,
    /// What each draft changed in the one that it was made from, in the order of the drafts.
    pub steps: Vec<Step>,
    /// What the last draft changes in the first, compared directly; `None` with fewer than two drafts.
    pub net: Option<Step>,
    /// The clauses of all drafts, in the order of the last one, those that fell out where they stood.
    pub clauses: Vec<History>,
    /// Sentences that were deleted and stand again in a later draft.
    pub returns: Vec<Return>,
    /// Clauses that two drafts with the same origin both changed, each without the other.
    pub conflicts: Vec<Conflict>,
    /// The issues matrix.
    pub issues: Vec<SharedIssue>,
    /// What a reader of the report should know: caveats of the readers, comparisons that were made coarser.
    pub remarks: Vec<String>,
}

/// One draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Short name, as `v1`.
    pub id: String,
    /// File, as the case names it.
    pub file: String,
    /// Date of the draft.
    pub date: Option<CaseDate>,
    /// Whose draft it is.
    pub from: Option<DraftAuthor>,
    /// The draft that it was made from: index in [`Track::rounds`].
    pub base: Option<usize>,
    /// Where it was negotiated.
    pub place: Option<String>,
    /// SHA-256 digest of the file, in hexadecimal digits.
    pub sha256: String,
    /// Words of the whole draft.
    pub words: usize,
    /// Numbered clauses and headings.
    pub clauses: usize,
}

/// What one draft changed in another.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The older draft: index in [`Track::rounds`].
    pub old: usize,
    /// The newer draft: index in [`Track::rounds`].
    pub new: usize,
    /// Its changes but noise, in the order of the redline.
    pub changes: Vec<TrackedChange>,
    /// What was counted.
    pub tally: Tally,
    /// What is doubtful in the newer draft.
    pub checks: Vec<Check>,
}

/// A change, with the clause that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackedChange {
    /// The change.
    pub change: Change,
    /// The clause: index in [`Track::clauses`].
    pub clause: Option<usize>,
}

/// One clause through all drafts. Its own words are those outside the clauses that stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Name that it keeps through all drafts, and in later reports on the same first drafts: the draft and
    /// the number in which it first stood, as `v1:5.2`.
    pub id: String,
    /// What it is in each draft; `None` where it is not in the draft.
    pub states: Vec<Option<State>>,
    /// What happened in each draft.
    pub events: Vec<Event>,
    /// What the last draft makes of the first.
    pub net: Net,
    /// What it is about, as a guess, the likeliest first: keys of the list of topics.
    pub topics: Vec<&'static str>,
}

/// A clause in one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Number as a lawyer cites it; empty where it has none.
    pub number: String,
    /// Heading, or the innermost heading around it; empty where there is none.
    pub heading: String,
    /// Whether the heading is its own.
    pub is_heading: bool,
    /// Depth: how many clauses are around it.
    pub depth: usize,
    /// Its own words, without the number; paragraphs parted by `\n`, cells of a row by ` | `.
    pub text: String,
    /// How many words that are.
    pub words: usize,
    /// What it is.
    pub part: Part,
}

/// Part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A clause of the text.
    Clause,
    /// Title, parties, recitals, signatures: text that stands in no clause.
    Outside,
    /// A running header or footer.
    Running,
    /// A footnote or an endnote.
    Note,
    /// A text box.
    Box,
}

/// What happened to a clause in a draft, against the one that it was made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Event {
    /// What happened; empty if nothing did. In the order of [`What`].
    pub what: Vec<What>,
    /// Words inserted.
    pub inserted: usize,
    /// Words deleted.
    pub deleted: usize,
    /// The redline against the older draft, where its words changed.
    pub redline: Vec<Marked>,
    /// Sentences deleted before that stand in it again: indices in [`Track::returns`].
    pub returns: Vec<usize>,
}

/// Something that happens to a clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It stands in a draft that was made from no other.
    First,
    /// It is new.
    Inserted,
    /// It stood in an earlier draft, not in the one before, and stands again.
    BroughtBack {
        /// The last draft that had it: index in [`Track::rounds`].
        from: usize,
        /// Whether its words are those of that draft, noise apart.
        same: bool,
    },
    /// It is gone.
    Deleted,
    /// Its words are those of an earlier draft again, noise apart.
    Reverted {
        /// That draft: index in [`Track::rounds`].
        to: usize,
    },
    /// Its words are other ones.
    Edited,
    /// Its words are other ones only because a defined term has another name.
    Renamed,
    /// Another text stands in its place, under the same number.
    Replaced,
    /// It stands elsewhere.
    Moved,
    /// It has another number.
    Renumbered,
}

impl What {
    /// Returns its name in data, as `brought-back`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Inserted => "inserted",
            Self::BroughtBack { .. } => "brought-back",
            Self::Deleted => "deleted",
            Self::Reverted { .. } => "reverted",
            Self::Edited => "edited",
            Self::Renamed => "renamed",
            Self::Replaced => "replaced",
            Self::Moved => "moved",
            Self::Renumbered => "renumbered",
        }
    }

    /// Returns whether it is more than another number.
    pub fn is_of_substance(&self) -> bool {
        !matches!(self, Self::First | Self::Renumbered)
    }
}

impl Event {
    /// Returns whether anything happened but another number.
    pub fn is_of_substance(&self) -> bool {
        self.what.iter().any(What::is_of_substance) || !self.returns.is_empty()
    }
}

/// What the last draft makes of the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Net {
    /// In one word.
    pub kind: NetKind,
    /// Words inserted.
    pub inserted: usize,
    /// Words deleted.
    pub deleted: usize,
    /// The redline of the last draft against the first, where the words differ.
    pub redline: Vec<Marked>,
}

/// What the last draft makes of a clause of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NetKind {
    /// Nothing.
    Unchanged,
    /// The words are the same, noise apart, after having been other ones between.
    ThereAndBack,
    /// Other words.
    Edited,
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// It came after the first draft and went before the last.
    CameAndWent,
}

impl NetKind {
    /// Every kind.
    pub const ALL: &[Self] =
        &[Self::Edited, Self::Inserted, Self::Deleted, Self::ThereAndBack, Self::CameAndWent, Self::Unchanged];

    /// Returns its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::ThereAndBack => "there-and-back",
            Self::Edited => "edited",
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::CameAndWent => "came-and-went",
        }
    }
}

/// A line of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// A paragraph.
    Para(Vec<Piece>),
    /// A row of a table, cell by cell.
    Row(Vec<Vec<Piece>>),
}

/// Text of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it belongs.
    pub mark: Mark,
    /// The text.
    pub text: String,
}

/// Where text of a redline belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// To both drafts.
    Same,
    /// To the newer one.
    Inserted,
    /// To the older one.
    Deleted,
}

/// A sentence that was deleted and stands again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The sentence, as it stands again.
    pub text: String,
    /// The last draft that had it: index in [`Track::rounds`].
    pub had: usize,
    /// The draft that deleted it.
    pub deleted: usize,
    /// The draft that has it again.
    pub back: usize,
    /// The clause that it stood in: index in [`Track::clauses`].
    pub before: usize,
    /// The clause that it stands in now.
    pub after: usize,
}

/// A clause that two drafts with the same origin both changed, each without the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The clause: index in [`Track::clauses`].
    pub clause: usize,
    /// The last draft that both go back to: index in [`Track::rounds`].
    pub origin: usize,
    /// One draft.
    pub one: usize,
    /// The other draft.
    pub other: usize,
    /// Whether both made the same of it.
    pub same: bool,
    /// The first against the origin; empty if the clause fell out.
    pub one_redline: Vec<Marked>,
    /// The second against the origin; empty if the clause fell out.
    pub other_redline: Vec<Marked>,
}

/// A row of the issues matrix, as both sides may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedIssue {
    /// Identifier: that of the case, or `P1` and so on for a proposal.
    pub id: String,
    /// Whether it is a proposal, made of the changes alone: the case has no issue on the topic.
    pub is_proposal: bool,
    /// Number and heading of the clause.
    pub clause: String,
    /// Clauses that it is about: indices in [`Track::clauses`].
    pub clauses: Vec<usize>,
    /// Topic: key of the list of topics.
    pub topic: Option<String>,
    /// What is at stake.
    pub text: String,
    /// What the government has put on the table.
    pub government: Position,
    /// What the company has put on the table.
    pub company: Position,
    /// The last offer.
    pub last_offer: Position,
    /// Where it stands; `None` for a proposal.
    pub status: Option<IssueStatus>,
    /// Who works on it, by name.
    pub owner: Option<String>,
    /// How many changes each draft makes in its clauses, in the order of the drafts.
    pub changes: Vec<usize>,
}

/// What a side has put on the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Position {
    /// Nothing is known.
    #[default]
    Unknown,
    /// In the words of the case.
    Stated(String),
    /// In the words of a draft.
    Drafted {
        /// The draft: index in [`Track::rounds`].
        round: usize,
        /// Number of the clause there.
        number: String,
        /// The words; shortened with `…` where they are long.
        text: String,
        /// How many other clauses of the issue were changed too.
        more: usize,
    },
    /// In a draft, whose words say enough elsewhere.
    Round(usize),
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Same => "same",
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
        })
    }
}

impl State {
    /// Returns number and heading, or whichever there is.
    pub fn name(&self) -> String {
        match (self.number.as_str(), self.heading.as_str()) {
            ("", heading) => heading.to_owned(),
            (number, "") => number.to_owned(),
            (number, heading) => format!("{number} {heading}"),
        }
    }
}

impl History {
    /// Returns what it is in the last draft that has it.
    pub fn latest(&self) -> Option<&State> {
        self.states.iter().rev().flatten().next()
    }

    /// Returns whether anything but its number ever changed.
    pub fn has_changed(&self) -> bool {
        self.events.iter().any(Event::is_of_substance)
    }
}

impl Track {
    /// Returns the draft by its index, or else the first; `None` where there is none.
    pub fn round(&self, at: usize) -> Option<&Round> {
        self.rounds.get(at).or_else(|| self.rounds.first())
    }

    /// Returns the short name of a draft; empty where there is none.
    pub fn name_of(&self, at: usize) -> &str {
        self.rounds.get(at).map_or("", |round| round.id.as_str())
    }
}
