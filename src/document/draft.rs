//! A draft: somebody else's text, as it was read, paragraph by paragraph and character by character.
//!
//! A [`Document`](super::Document) is a text of ours: its blocks are what our templates can say. The
//! drafts of a contract under negotiation are not ours. They come as Word files, PDF files, web pages
//! and plain text, and a comparison must give back every character of them. So they are read into this
//! plainer form, in which nothing is normalised away: stories of paragraphs and tables, each paragraph
//! with its exact text, its number apart, and what stands in it that is not text.
//!
//! All positions in a text are bytes of its UTF-8 form, at character boundaries.

use crate::locale::Lang;

/// The character that stands in a paragraph's text where there is an [`Object`] (U+FFFC, object
/// replacement character).
pub const OBJECT: char = '\u{FFFC}';

/// A whole draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Format it was read from.
    pub format: DraftFormat,
    /// Language that most of it is written in, where it could be told.
    pub lang: Option<Lang>,
    /// Its texts: the body first, then headers, footers, footnotes, endnotes and text boxes, each kind
    /// in the order of the document.
    pub stories: Vec<Story>,
    /// Remarks of reviewers, which are not part of the text.
    pub comments: Vec<Comment>,
    /// What the reader could not know or left out, for whoever relies on the result.
    pub caveats: Vec<Caveat>,
}

/// Format of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftFormat {
    /// Office Open XML, `.docx`.
    Docx,
    /// Portable Document Format, `.pdf`.
    Pdf,
    /// Markdown, `.md`.
    Markdown,
    /// HTML, `.html`.
    Html,
    /// Plain text, `.txt`.
    Text,
}

/// One run of text through a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What it is.
    pub kind: StoryKind,
    /// What tells it from others of its kind: the section and place of a header (`1 first`), the number
    /// of a note. The body's is empty.
    pub name: String,
    /// Content.
    pub blocks: Vec<Block>,
}

/// Kind of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoryKind {
    /// The text itself.
    Body,
    /// A running header.
    Header,
    /// A running footer.
    Footer,
    /// A footnote.
    Footnote,
    /// An endnote.
    Endnote,
    /// A text box.
    TextBox,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Para(Para),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Para {
    /// Its characters, with a typed number, without an automatic one. A line break is `\n`, a tab is
    /// `\t`, an object is [`OBJECT`].
    pub text: String,
    /// Its number.
    pub label: Option<Label>,
    /// Depth of the heading, from 1; `None` for text.
    pub heading: Option<u8>,
    /// Depth of the clause that it opens, from 1; `None` where it opens none.
    pub level: Option<u8>,
    /// Formatting of the whole paragraph (style, alignment, indents), as a digest: equal or not.
    pub shape: u64,
    /// Formatting of the characters: pieces that cover the text without gaps, each unlike the one
    /// before. Empty where the format has none.
    pub runs: Vec<Run>,
    /// What stands in it that is not text, in the order of the text.
    pub objects: Vec<Object>,
    /// Ordinal of the paragraph in its file, in the reader's own count, so that a writer finds it again.
    pub source: u32,
}

/// The number of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The number as a reader sees it, without blanks around it: `3.1`, `(a)`, `Article 5 bis`.
    pub text: String,
    /// For a typed number, how many bytes of the paragraph's text it takes, blanks after it included.
    /// `None` for an automatic number, which is not part of the text.
    pub typed: Option<usize>,
}

/// Formatting of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where it ends, in bytes.
    pub end: usize,
    /// Its look, as a digest: equal or not.
    pub look: u64,
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is italic.
    pub emph: bool,
}

/// Something in a paragraph that is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Position of its [`OBJECT`] in the text.
    pub at: usize,
    /// What it is.
    pub kind: ObjectKind,
    /// What it is called in a report: the text of an equation, the alternative text or the file name of
    /// an image, the number of a note.
    pub name: String,
    /// Digest of its content: two objects with the same digest are the same to a reader. That of a note
    /// is 0: its text is a story, and compared as such.
    pub digest: u64,
}

/// Kind of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// Reference of a note; the story's index in [`Draft::stories`].
    Note(usize),
    /// A text box; the story's index in [`Draft::stories`].
    TextBox(usize),
    /// An image.
    Image,
    /// An equation.
    Equation,
    /// Anything else that was not understood: a chart, a drawing, an embedded file.
    Other,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows.
    pub rows: Vec<Row>,
    /// Ordinal of the table in its file, in the reader's own count.
    pub source: u32,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Cells.
    pub cells: Vec<Cell>,
    /// Ordinal of the row in its file, in the reader's own count.
    pub source: u32,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Content; at least one paragraph.
    pub blocks: Vec<Block>,
    /// Columns that it takes, from 1.
    pub columns: u16,
    /// Whether it carries on the cell above it.
    pub joined: bool,
    /// Ordinal of the cell in its file, in the reader's own count.
    pub source: u32,
}

/// A remark of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Who made it.
    pub author: String,
    /// When, as the file says it.
    pub date: String,
    /// What it says.
    pub text: String,
    /// Words that it is attached to.
    pub anchor: String,
    /// [`Para::source`] of the paragraph that its anchor begins in.
    pub source: u32,
}

/// What a reader could not know, or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caveat {
    /// In words, for a reader of the report.
    pub text: String,
    /// How many times.
    pub count: usize,
}

impl Para {
    /// Returns a paragraph of nothing but text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Returns how many bytes at the start of the text are its typed number and the blanks after it.
    pub fn label_end(&self) -> usize {
        self.label.as_ref().and_then(|label| label.typed).unwrap_or(0)
    }

    /// Returns the text without a typed number.
    pub fn body(&self) -> &str {
        &self.text[self.label_end()..]
    }
}

impl Draft {
    /// Calls `visit` for each paragraph of a story and of the cells of its tables, in the order of reading.
    pub fn each_para<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Para)) {
        for block in blocks {
            match block {
                Block::Para(para) => visit(para),
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        Self::each_para(&cell.blocks, visit);
                    }
                }
            }
        }
    }

    /// Returns how many words it has: runs of letters and digits, in all its stories.
    pub fn words(&self) -> usize {
        let mut words = 0;
        for story in &self.stories {
            Self::each_para(&story.blocks, &mut |para| {
                words += para.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
            });
        }
        words
    }
}
