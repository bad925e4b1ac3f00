//! What a comparison says, as plain data.

use std::ops::Range;

use super::place::Place;
use crate::document::draft::StoryKind;

/// Two drafts compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The redline, story by story: the body first, then the others that either draft has.
    pub stories: Vec<StoryPair>,
    /// Every change, noise included, in the order of the redline. The number of a change that is shown
    /// is given by [`Comparison::numbers`].
    pub changes: Vec<Change>,
    /// What was moved.
    pub moves: Vec<Move>,
    /// The clauses of both drafts that belong together, or have no counterpart.
    pub clauses: Vec<ClauseLink>,
    /// What was counted.
    pub tally: Tally,
    /// What is doubtful in the new draft itself.
    pub checks: Vec<Check>,
    /// Where a comparison was made coarser than asked, and why, in words for the reader of a report.
    pub coarse: Vec<String>,
}

/// A story of both drafts, or of one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryPair {
    /// What it is.
    pub kind: StoryKind,
    /// Its index among the old draft's stories.
    pub old: Option<usize>,
    /// Its index among the new draft's stories.
    pub new: Option<usize>,
    /// Its redline.
    pub nodes: Vec<Node>,
}

/// A line or a table of the redline.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A line: a paragraph, or the part of one that ends with a mark of its own.
    Line(Line),
    /// A table.
    Table(TablePair),
}

/// Where a piece of the redline belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// To both drafts.
    Same,
    /// To the new draft only.
    Inserted,
    /// To the old draft only.
    Deleted,
    /// To the old draft, and at another place to the new one.
    MovedFrom,
    /// To the new draft, and at another place to the old one.
    MovedTo,
}

impl Status {
    /// Returns whether it is part of the old draft.
    pub fn in_old(self) -> bool {
        matches!(self, Self::Same | Self::Deleted | Self::MovedFrom)
    }

    /// Returns whether it is part of the new draft.
    pub fn in_new(self) -> bool {
        matches!(self, Self::Same | Self::Inserted | Self::MovedTo)
    }
}

/// A line of the redline: pieces of text, and the paragraph mark that ends them.
///
/// Where a mark is not part of a draft, the line goes on with the next one there: so a paragraph that
/// was split is two lines, the first ended by an inserted mark, and one that was merged with the next is
/// two lines, the first ended by a deleted mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Ordinal of the old paragraph that the pieces of the old draft come from.
    pub old: Option<usize>,
    /// Ordinal of the new paragraph that the pieces of the new draft come from.
    pub new: Option<usize>,
    /// Where the paragraph mark at its end belongs.
    pub mark: Status,
    /// Its pieces.
    pub segs: Vec<Seg>,
    /// The move that it is part of: index in [`Comparison::moves`].
    pub moved: Option<usize>,
    /// The change that concerns the line as a whole (inserted, deleted, moved, renumbered, split,
    /// merged, formatted otherwise): index in [`Comparison::changes`].
    pub change: Option<usize>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seg {
    /// Where it belongs.
    pub status: Status,
    /// Its bytes in the old paragraph's text; empty, at the place where it would stand, if it is not
    /// part of the old draft.
    pub old: Range<usize>,
    /// Its bytes in the new paragraph's text; likewise.
    pub new: Range<usize>,
    /// The change that it is part of: index in [`Comparison::changes`].
    pub change: Option<usize>,
}

/// A table of the redline.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePair {
    /// Ordinal of the old table.
    pub old: Option<usize>,
    /// Ordinal of the new table.
    pub new: Option<usize>,
    /// Rows in the order of the redline.
    pub rows: Vec<RowPair>,
    /// The change that concerns the table as a whole.
    pub change: Option<usize>,
}

/// A row of the redline. Its status is one of same, inserted, deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPair {
    /// Where it belongs.
    pub status: Status,
    /// Index in the old table.
    pub old: Option<usize>,
    /// Index in the new table.
    pub new: Option<usize>,
    /// Cells in the order of the redline.
    pub cells: Vec<CellPair>,
    /// The change that concerns the row as a whole.
    pub change: Option<usize>,
}

/// A cell of the redline. Its status is one of same, inserted, deleted; in an inserted or deleted row,
/// that of the row.
#[derive(Debug, Clone, PartialEq)]
pub struct CellPair {
    /// Where it belongs.
    pub status: Status,
    /// Index in the old row.
    pub old: Option<usize>,
    /// Index in the new row.
    pub new: Option<usize>,
    /// Content.
    pub nodes: Vec<Node>,
}

/// A change, as a lawyer would count it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Whether and how it is noise, which reports leave out unless asked.
    pub noise: Option<Noise>,
    /// Where it is in the old draft.
    pub old: Option<Place>,
    /// Where it is in the new draft.
    pub new: Option<Place>,
    /// Text of the old draft that it concerns, paragraphs parted by `\n`.
    pub before: String,
    /// Text of the new draft that it concerns, paragraphs parted by `\n`.
    pub after: String,
    /// Words deleted; words of a move that stay the same are not among them.
    pub words_deleted: usize,
    /// Words inserted; likewise.
    pub words_inserted: usize,
    /// What it touches that a lawyer looks at first.
    pub tokens: Vec<SensitiveToken>,
    /// What it is about, as a guess, the likeliest first: keys of the list of topics.
    pub topics: Vec<&'static str>,
    /// The renamed term that it follows: index in [`Comparison::checks`].
    pub cascade: Option<usize>,
}

/// What happened in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// Text is new.
    Inserted,
    /// Text is gone.
    Deleted,
    /// Text stands in place of other text.
    Replaced,
    /// Text stands elsewhere, word for word.
    Moved,
    /// Text stands elsewhere, and was edited on the way.
    MovedEdited,
    /// A number of a clause is another one, and nothing else.
    Renumbered,
    /// A cross-reference follows the clause that it points to.
    Reference,
    /// A paragraph became several.
    Split,
    /// Several paragraphs became one.
    Merged,
    /// The look is another one.
    Formatting,
}

impl ChangeKind {
    /// Every kind, in the order of reports.
    pub const ALL: &[Self] = &[
        Self::Inserted,
        Self::Deleted,
        Self::Replaced,
        Self::Moved,
        Self::MovedEdited,
        Self::Split,
        Self::Merged,
        Self::Renumbered,
        Self::Reference,
        Self::Formatting,
    ];

    /// Returns its name in data, as `moved-edited`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Replaced => "replaced",
            Self::Moved => "moved",
            Self::MovedEdited => "moved-edited",
            Self::Renumbered => "renumbered",
            Self::Reference => "reference",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Formatting => "formatting",
        }
    }
}

/// How a change is noise: it leaves the words as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noise {
    /// Only blanks, tabs and line breaks, or empty paragraphs.
    Space,
    /// Only the form of quotation marks, dashes, dots and the like.
    Punctuation,
    /// Only upper and lower case.
    Case,
    /// Only the look.
    Formatting,
    /// Only numbers of clauses, and the references that follow them.
    Numbering,
}

impl Noise {
    /// Every class.
    pub const ALL: &[Self] = &[Self::Space, Self::Punctuation, Self::Case, Self::Formatting, Self::Numbering];

    /// Returns its name in options and data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Punctuation => "punctuation",
            Self::Case => "case",
            Self::Formatting => "formatting",
            Self::Numbering => "numbering",
        }
    }
}

/// Something that a lawyer looks at first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SensitiveToken {
    /// What it is.
    pub kind: TokenKind,
    /// Its words in the old draft, where the change takes them away.
    pub old: Option<String>,
    /// Its words in the new draft, where the change brings them.
    pub new: Option<String>,
}

/// Kind of a sensitive token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// An amount of money, or a number.
    Amount,
    /// A percentage.
    Percentage,
    /// A date.
    Date,
    /// A period: so many days, months, years.
    Period,
    /// A currency.
    Currency,
    /// A verb that binds or allows: shall, may, must.
    Modal,
    /// A negation.
    Negation,
    /// A qualifier: reasonable endeavours, material, to the extent.
    Qualifier,
    /// Name of a party.
    Party,
    /// A defined term.
    Term,
    /// A cross-reference.
    Reference,
    /// A square bracket that opens or closes.
    Bracket,
}

impl TokenKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Amount,
        Self::Percentage,
        Self::Date,
        Self::Period,
        Self::Currency,
        Self::Modal,
        Self::Negation,
        Self::Qualifier,
        Self::Party,
        Self::Term,
        Self::Reference,
        Self::Bracket,
    ];

    /// Returns its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Percentage => "percentage",
            Self::Date => "date",
            Self::Period => "period",
            Self::Currency => "currency",
            Self::Modal => "modal",
            Self::Negation => "negation",
            Self::Qualifier => "qualifier",
            Self::Party => "party",
            Self::Term => "term",
            Self::Reference => "reference",
            Self::Bracket => "bracket",
        }
    }
}

/// Something that was moved: one paragraph, or a section of several, which counts once.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Paragraphs that belong together, old and new ordinal, in the order of the old draft.
    pub pairs: Vec<(usize, usize)>,
    /// Old ordinals of the whole section, deleted paragraphs in its midst included.
    pub old: Range<usize>,
    /// New ordinals of the whole section, inserted paragraphs in its midst included.
    pub new: Range<usize>,
    /// Words that are the same at both places.
    pub words: usize,
    /// Share of the words that are the same, from 0 to 1.
    pub similarity: f64,
    /// Its change: index in [`Comparison::changes`].
    pub change: usize,
}

/// A clause of the old draft with its counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseLink {
    /// Where it is in the old draft.
    pub old: Option<Place>,
    /// Where it is in the new draft.
    pub new: Option<Place>,
    /// Whether it has another number.
    pub renumbered: bool,
    /// The move that brought it: index in [`Comparison::moves`].
    pub moved: Option<usize>,
    /// Whether its own words differ, noise apart.
    pub edited: bool,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Words of the old draft.
    pub old_words: usize,
    /// Words of the new draft.
    pub new_words: usize,
    /// Words inserted, noise apart.
    pub inserted: usize,
    /// Words deleted, noise apart.
    pub deleted: usize,
    /// Words that stand elsewhere.
    pub moved: usize,
    /// Changes of each class of noise, in the order of [`Noise::ALL`].
    pub noise: [usize; 5],
    /// Paragraphs whose redline could not be verified and was replaced by a coarser one.
    pub fallbacks: usize,
}

/// Something doubtful in the new draft, or a change of a defined term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is.
    pub kind: CheckKind,
    /// The term or the reference, as it stands in the new draft.
    pub subject: String,
    /// For a renamed term, its name in the old draft.
    pub before: Option<String>,
    /// Where: each place once, in the order of the new draft.
    pub places: Vec<Place>,
}

/// Kind of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckKind {
    /// A cross-reference to a clause that does not exist.
    BrokenReference,
    /// A cross-reference whose number now belongs to another clause than in the old draft.
    StaleReference,
    /// A term that is defined and not used.
    UnusedTerm,
    /// A term that is used as if it were defined, and is not.
    UndefinedTerm,
    /// A term that is defined twice.
    DefinedTwice,
    /// A defined term that has another name now.
    RenamedTerm,
    /// A number in figures that does not agree with the words beside it.
    FiguresAgainstWords,
}

impl CheckKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::BrokenReference,
        Self::StaleReference,
        Self::UndefinedTerm,
        Self::UnusedTerm,
        Self::DefinedTwice,
        Self::RenamedTerm,
        Self::FiguresAgainstWords,
    ];

    /// Returns its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::BrokenReference => "broken-reference",
            Self::StaleReference => "stale-reference",
            Self::UnusedTerm => "unused-term",
            Self::UndefinedTerm => "undefined-term",
            Self::DefinedTwice => "defined-twice",
            Self::RenamedTerm => "renamed-term",
            Self::FiguresAgainstWords => "figures-against-words",
        }
    }
}

impl Comparison {
    /// Returns the number of each change in a report, from 1; `None` for one that `shown` leaves out.
    pub fn numbers(&self, shown: impl Fn(&Change) -> bool) -> Vec<Option<usize>> {
        let mut next = 0;
        self.changes
            .iter()
            .map(|change| {
                shown(change).then(|| {
                    next += 1;
                    next
                })
            })
            .collect()
    }

    /// Returns whether the drafts are the same, noise included.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }
}
