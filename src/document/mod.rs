//! The format-neutral document: the waist of the hourglass.
//!
//! Readers make a [`Document`], writers take one; neither knows the other. Numbers of clauses and
//! texts of cross-references are settled here, once ([`number`]), so that every writer agrees.

pub mod direction;
pub mod draft;
pub mod label;
pub mod number;
pub mod parallel;
pub mod walk;

use crate::locale::{Lang, Locale};

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What is known about the document.
    pub meta: Meta,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// What is known about a document, beside its content.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// Kind of document, as `approval-letter`.
    pub kind: String,
    /// Page frame that it is laid out in.
    pub frame: Frame,
    /// Language and region.
    pub locale: Locale,
    /// Title.
    pub title: String,
    /// Line below the title.
    pub subtitle: Option<String>,
    /// Reference of the document.
    pub reference: Option<String>,
    /// Date as the document prints it.
    pub date: Option<String>,
    /// Date in ISO 8601, for file metadata.
    pub date_iso: Option<String>,
    /// Author, for file metadata.
    pub author: String,
    /// Keywords, for file metadata.
    pub keywords: Vec<String>,
    /// Who may read it, in words.
    pub confidentiality: Option<String>,
    /// Draft or final.
    pub status: Status,
    /// Whether a table of contents is wanted.
    pub contents: bool,
    /// How headings and lists are numbered.
    pub numbering: Numbering,
    /// Size of the paper.
    pub paper: Paper,
    /// The parts of a letter; `None` for anything else.
    pub letter: Option<Letter>,
    /// Fixed words that frames print, by key, in the document's language.
    pub words: Vec<(String, String)>,
    /// The same words in the language of the second column of a document in two languages.
    pub parallel_words: Option<Vec<(String, String)>>,
    /// Paths of missing values in the fields above, where they stand as text in brackets.
    pub blanks: Vec<String>,
}

/// Whether a document may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A working draft: says so on every page.
    Draft,
    /// Final.
    Final,
}

/// The page frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A letter with letterhead and address.
    Letter,
    /// An agreement with numbered clauses and signatures.
    Agreement,
    /// Terms of reference and reports.
    Terms,
    /// A form to fill.
    Form,
    /// One document in two languages, side by side.
    Parallel,
}

impl Frame {
    /// Every frame.
    pub const ALL: &[Self] = &[Self::Letter, Self::Agreement, Self::Terms, Self::Form, Self::Parallel];

    /// Returns the name that templates and frame files use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Agreement => "agreement",
            Self::Terms => "terms",
            Self::Form => "form",
            Self::Parallel => "parallel",
        }
    }
}

/// How a document is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Not at all.
    None,
    /// Headings are articles 1, 2, 3; ordered lists below them are clauses 1.1, (a), (i).
    Clauses,
    /// Headings are sections 1, 1.1, 1.1.1.
    Sections,
}

/// Size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// ISO 216 A4.
    A4,
    /// US Letter.
    Letter,
}

/// The parts of a letter around its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Whose letter it is.
    pub style: LetterStyle,
    /// The letterhead.
    pub head: Letterhead,
    /// The sender in one small line above the address.
    pub return_line: Option<String>,
    /// Lines of the address.
    pub recipient: Vec<Vec<Inline>>,
    /// Reference lines: label and value.
    pub info: Vec<(String, Vec<Inline>)>,
    /// Place and date.
    pub place_date: Vec<Inline>,
    /// Subject.
    pub subject: Vec<Inline>,
}

/// Whose letter it is, which decides the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterStyle {
    /// The unit's: DIN 5008 form B, address in the window.
    Unit,
    /// A government authority's.
    Authority,
}

/// A letterhead.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letterhead {
    /// Name of the State.
    pub state: Option<String>,
    /// Motto of the State.
    pub motto: Option<String>,
    /// Lines of the body, the highest first.
    pub lines: Vec<Vec<Inline>>,
    /// How the sender can be reached.
    pub contact: Vec<String>,
}

/// A piece of content.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// A heading.
    Heading {
        /// Depth, from 1.
        level: u8,
        /// Number, once settled.
        number: Option<String>,
        /// Target of cross-references.
        id: Option<String>,
        /// Text.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Para {
        /// Text.
        content: Vec<Inline>,
        /// What it is for.
        role: Role,
    },
    /// A numbered clause.
    Clause {
        /// Number, as `3.1`, `(a)`, `(i)`.
        number: String,
        /// Depth, from 1.
        level: u8,
        /// Target of cross-references.
        id: Option<String>,
        /// Content.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// Number of the first item; `None` for bullets.
        start: Option<u64>,
        /// Whether the items are single lines.
        tight: bool,
        /// Items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// Alignment of each column.
        align: Vec<Align>,
        /// Header cells.
        header: Vec<Vec<Inline>>,
        /// Rows of cells; each as long as the header.
        rows: Vec<Vec<Vec<Inline>>>,
        /// Whether the last row is a total.
        total: bool,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A boxed remark.
    Note(Vec<Block>),
    /// A grid of labels and values.
    Fields(Vec<(Vec<Inline>, Vec<Inline>)>),
    /// A place to sign.
    Signatures(Vec<Party>),
    /// Enclosures of a letter.
    Enclosures(Labelled),
    /// Recipients of copies.
    Copies(Labelled),
    /// Questions that are answered on one scale.
    Rating(Rating),
    /// A question that is answered by a number.
    Scale {
        /// Identifier, the same in every language.
        id: String,
        /// Lowest number.
        from: i64,
        /// Highest number.
        to: i64,
        /// Meaning of the lowest.
        low: Vec<Inline>,
        /// Meaning of the highest.
        high: Vec<Inline>,
        /// The answer.
        value: Option<i64>,
    },
    /// A question with boxes to tick.
    Choice {
        /// Identifier, the same in every language.
        id: String,
        /// Question.
        question: Vec<Inline>,
        /// Whether several may be ticked.
        multiple: bool,
        /// Boxes.
        options: Vec<ChoiceOption>,
    },
    /// A question with room to write.
    Answer {
        /// Identifier, the same in every language.
        id: String,
        /// Question.
        label: Vec<Inline>,
        /// Lines of room.
        lines: u64,
        /// The answer.
        value: Option<Vec<Inline>>,
    },
    /// Text whose line breaks and blanks count, as in a listing.
    Code(String),
    /// The same content in two languages, side by side.
    Parallel(Parallel),
    /// A new page.
    PageBreak,
    /// A horizontal rule.
    Rule,
}

/// The same content in two languages, in rows that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Parallel {
    /// The languages of the two columns; the document's own comes first.
    pub locales: [Locale; 2],
    /// Rows; a side is empty where the other language has no counterpart.
    pub rows: Vec<[Vec<Block>; 2]>,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Text.
    Body,
    /// Salutation of a letter.
    Salutation,
    /// Closing formula of a letter.
    Closing,
    /// Opening words set apart.
    Lead,
    /// Small print.
    Small,
}

impl Role {
    /// Returns the role of a name used in templates.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "salutation" => Self::Salutation,
            "closing" => Self::Closing,
            "lead" => Self::Lead,
            "small" => Self::Small,
            _ => return None,
        })
    }
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// Centred.
    Center,
    /// At the end of the line.
    End,
}

/// A party that signs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Party {
    /// Words above the signature.
    pub intro: Vec<Inline>,
    /// Name, capacity, organisation.
    pub lines: Vec<Vec<Inline>>,
    /// Date of a signature that was given.
    pub signed: Option<String>,
    /// Place of signature.
    pub place: Option<String>,
    /// Date of signature.
    pub date: Option<String>,
    /// Whether place and date are written by hand.
    pub blank_date: bool,
}

/// A label with a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// Label.
    pub label: String,
    /// Items.
    pub items: Vec<Vec<Inline>>,
}

/// Questions that are answered on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    /// Values with their meaning, the lowest first.
    pub legend: Vec<(String, String)>,
    /// Words for "not applicable"; `None` where that is no answer.
    pub na: Option<String>,
    /// Questions.
    pub items: Vec<RatingItem>,
}

/// A question on a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingItem {
    /// Identifier, the same in every language.
    pub id: String,
    /// Number that is printed.
    pub number: Option<String>,
    /// Short name.
    pub label: Vec<Inline>,
    /// Question.
    pub question: Vec<Inline>,
    /// Whether there is room for a remark.
    pub comment: bool,
    /// The answer.
    pub value: Option<String>,
}

/// A box to tick.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Identifier, the same in every language.
    pub id: String,
    /// Text.
    pub label: Vec<Inline>,
    /// Whether it is ticked.
    pub checked: bool,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Strong text.
    Strong(Vec<Inline>),
    /// Emphasised text.
    Emph(Vec<Inline>),
    /// A link to a web page or an e-mail address.
    Link {
        /// Address.
        url: String,
        /// Text.
        content: Vec<Inline>,
    },
    /// A cross-reference.
    Ref {
        /// Identifier of the target.
        id: String,
        /// Text, once settled.
        text: String,
    },
    /// A target of cross-references: in a clause's text, the target is the clause.
    Anchor(String),
    /// A line break.
    Break,
    /// A required value that is missing, by its path in the case file.
    Blank(String),
    /// Text in another language than the document's.
    Lang {
        /// The language.
        lang: Lang,
        /// Text.
        content: Vec<Inline>,
    },
    /// A footnote; writers number them.
    Note(Vec<Inline>),
    /// Text as a machine would write it.
    Code(String),
}
