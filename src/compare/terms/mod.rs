//! Defined terms of a draft: where they are defined and used, and what is wrong with them.
//!
//! A definition is a name in quotation marks (or in bold, or plain at the beginning of a paragraph) with
//! "means" after it, or a name given in brackets: (the "Company"), (ci-après « la Société »).

mod define;
mod forms;
mod renamed;
mod uses;

use std::ops::Range;

use crate::document::draft::Draft;
use crate::locale::Lang;

use super::texts::Texts;

pub use self::renamed::{Rename, renames};
pub use self::uses::{Uses, undefined};

pub(super) use self::forms::forms;
pub(super) use self::uses::in_any_case;

/// A definition of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term, without its article: `Contract Area`.
    pub term: String,
    /// Ordinal of the paragraph.
    pub para: usize,
    /// The bytes that the term takes there.
    pub range: Range<usize>,
    /// The bytes that say what it means: what follows "means", or what stands before the bracket.
    pub meaning: Range<usize>,
    /// How it is made.
    pub form: Form,
}

/// How a definition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "X" means …
    Means,
    /// "X" has the meaning given in …
    Pointer,
    /// … (the "X")
    Alias,
}

/// The definitions of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definitions {
    /// The language that they were looked for in.
    pub lang: Lang,
    /// Definitions, in the order of the draft.
    pub terms: Vec<Definition>,
    /// What the parties are called: the names given to them, and their full names.
    pub parties: Vec<String>,
}

impl Definitions {
    /// Finds the definitions of a draft, which is written in a language.
    ///
    /// ```
    /// use engross::compare::terms::Definitions;
    /// use engross::document::draft::{Block, Draft, DraftFormat, Para, Story, StoryKind};
    /// use engross::locale::Lang;
    ///
    /// let blocks = vec![Block::Para(Para::plain("“Contract Area” means the land in Annex A."))];
    /// let body = Story { kind: StoryKind::Body, name: String::new(), blocks };
    /// let draft = Draft {
    ///     format: DraftFormat::Text, lang: None, stories: vec![body], comments: Vec::new(), caveats: Vec::new(),
    /// };
    /// assert_eq!(Definitions::new(&draft, Lang::En).terms[0].term, "Contract Area");
    /// ```
    #[must_use]
    pub fn new(draft: &Draft, lang: Lang) -> Self {
        Self::of(&Texts::new(draft), lang)
    }

    /// Does the same where the paragraphs are counted already.
    #[must_use]
    pub fn of(texts: &Texts<'_>, lang: Lang) -> Self {
        define::definitions(texts, lang)
    }
}

#[cfg(test)]
mod tests;
