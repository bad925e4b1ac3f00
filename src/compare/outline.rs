//! The clauses of a draft: which paragraph opens one, which clause holds which, and what it is called.
//!
//! Readers say of each paragraph its number, its depth as a clause and its depth as a heading, as their
//! format has them; these do not always agree. The tree is made of all three: a decimal number (`5.1`)
//! looks for the clause whose number it extends, a heading ends what is not deeper than itself, and a
//! plain number never ends the article that it stands in. Clauses in the cells of a table end with the
//! table.

use crate::document::draft::{Block, Para, Story, StoryKind};

use super::place::{Place, Step};
use super::texts::Texts;

/// The longest heading that is taken from a paragraph that is not a heading itself, in bytes.
const RUN_IN: usize = 120;

/// A clause of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause<'a> {
    /// Ordinal of the paragraph that opens it.
    pub para: usize,
    /// One past the ordinal of its last paragraph, those of the clauses in it included.
    pub end: usize,
    /// The clause that it stands in.
    pub parent: Option<usize>,
    /// Clauses that stand right in it, in their order.
    pub children: Vec<usize>,
    /// Its number as a reader sees it; empty where it has none.
    pub label: &'a str,
    /// Its heading without the marks around it; empty where it has none.
    pub heading: &'a str,
    /// How many clauses are around it.
    pub depth: usize,
}

/// The tree of clauses of a draft.
///
/// ```
/// use engross::compare::{Outline, Texts};
/// use engross::document::draft::{Block, Draft, DraftFormat, Label, Para, Story, StoryKind};
///
/// let mut opens = Para::plain("5. Royalty");
/// opens.label = Some(Label { text: "5.".to_owned(), typed: Some(3) });
/// opens.heading = Some(1);
/// let blocks = vec![Block::Para(opens), Block::Para(Para::plain("The Company pays a royalty."))];
/// let body = Story { kind: StoryKind::Body, name: String::new(), blocks };
/// let draft = Draft {
///     format: DraftFormat::Text, lang: None, stories: vec![body], comments: Vec::new(), caveats: Vec::new(),
/// };
/// let texts = Texts::new(&draft);
/// let outline = Outline::new(&texts);
/// assert_eq!(outline.place(1).heading(), "Royalty");
/// ```
#[derive(Debug, Clone)]
pub struct Outline<'a> {
    /// For each paragraph, one more than the index of the innermost clause; 0 for none.
    clause_of: Vec<u32>,
    clauses: Vec<Clause<'a>>,
    /// For each story but the body, its first paragraph and what it is called.
    stories: Vec<(usize, String)>,
    /// The clause that is only the title of the whole.
    title: Option<usize>,
}

impl<'a> Outline<'a> {
    /// Makes out the clauses of a draft, in one pass.
    #[must_use]
    pub fn new(texts: &Texts<'a>) -> Self {
        let mut builder = Builder {
            outline: Self {
                clause_of: Vec::with_capacity(texts.paras.len()),
                clauses: Vec::new(),
                stories: Vec::new(),
                title: None,
            },
            stack: Vec::new(),
            base: 0,
            waiting: None,
            seen_text: false,
        };
        for story in &texts.draft.stories {
            builder.story(story);
        }
        builder.finish()
    }

    /// Returns every clause, in the order of the draft.
    #[must_use]
    pub fn clauses(&self) -> &[Clause<'a>] {
        &self.clauses
    }

    /// Returns the innermost clause that a paragraph stands in or opens; `None` outside of all clauses.
    #[must_use]
    pub fn clause(&self, para: usize) -> Option<usize> {
        let index = *self.clause_of.get(para)?;
        (index as usize).checked_sub(1)
    }

    /// Returns the clause that a paragraph opens.
    #[must_use]
    pub fn opens(&self, para: usize) -> Option<usize> {
        self.clause(para).filter(|clause| self.clauses[*clause].para == para)
    }

    /// Returns the clauses around a clause and itself, the outermost first, without the title of the whole.
    #[must_use]
    pub fn chain(&self, clause: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        let mut next = (clause < self.clauses.len()).then_some(clause);
        while let Some(index) = next {
            if self.title != Some(index) || index == clause {
                chain.push(index);
            }
            next = self.clauses[index].parent;
        }
        chain.reverse();
        chain
    }

    /// Returns where a paragraph is.
    #[must_use]
    pub fn place(&self, para: usize) -> Place {
        let mut path = Vec::new();
        let story = self.stories.partition_point(|(first, _)| *first <= para);
        if let Some((_, name)) = story.checked_sub(1).and_then(|index| self.stories.get(index)) {
            path.push(Step { label: String::new(), heading: name.clone() });
        }
        if let Some(clause) = self.clause(para)
            && (self.title != Some(clause) || self.clauses[clause].para == para)
        {
            path.extend(self.chain(clause).into_iter().map(|index| self.step(index)));
        }
        Place { para, path }
    }

    /// Returns where a clause begins.
    #[must_use]
    pub fn clause_place(&self, clause: usize) -> Place {
        self.clauses.get(clause).map_or(Place { para: 0, path: Vec::new() }, |clause| self.place(clause.para))
    }

    /// Returns the headings around a paragraph, the outermost first, without the title of the whole.
    #[must_use]
    pub fn headings(&self, para: usize) -> Vec<&'a str> {
        let Some(clause) = self.clause(para).filter(|clause| self.title != Some(*clause)) else { return Vec::new() };
        let headings = self.chain(clause).into_iter().map(|index| self.clauses[index].heading);
        headings.filter(|heading| !heading.is_empty()).collect()
    }

    /// Returns the number that a lawyer cites a paragraph by, as [`Place::number`] does; empty where
    /// there is none.
    #[must_use]
    pub fn number(&self, para: usize) -> String {
        self.place(para).number()
    }

    fn step(&self, clause: usize) -> Step {
        let clause = &self.clauses[clause];
        Step { label: clause.label.to_owned(), heading: clause.heading.to_owned() }
    }
}

/// What is open while a draft is gone through.
struct Builder<'a> {
    outline: Outline<'a>,
    /// Clauses that are open, the outermost first.
    stack: Vec<Open<'a>>,
    /// How many of them stand outside of the present table.
    base: usize,
    /// A clause whose number stands alone, so that its heading may follow.
    waiting: Option<usize>,
    /// Whether the story has had any text yet.
    seen_text: bool,
}

/// A clause that is open.
#[derive(Clone, Copy)]
struct Open<'a> {
    index: usize,
    heading: Option<u8>,
    level: Option<u8>,
    label: &'a str,
}

impl<'a> Builder<'a> {
    fn story(&mut self, story: &'a Story) {
        if let Some(kind) = story_name(story.kind) {
            let name = if story.name.is_empty() { kind.to_owned() } else { format!("{kind} {}", story.name) };
            self.outline.stories.push((self.outline.clause_of.len(), name));
        }
        self.seen_text = false;
        self.blocks(&story.blocks, story.kind == StoryKind::Body);
        self.close(0);
        self.waiting = None;
    }

    fn blocks(&mut self, blocks: &'a [Block], body: bool) {
        for block in blocks {
            match block {
                Block::Para(para) => self.para(para, body),
                Block::Table(table) => {
                    // What is open outside stays open, whatever numbers the cells have.
                    let outer = std::mem::replace(&mut self.base, self.stack.len());
                    self.waiting = None;
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, body);
                    }
                    self.close(self.base);
                    self.base = outer;
                    self.waiting = None;
                }
            }
        }
    }

    fn para(&mut self, para: &'a Para, body: bool) {
        let ordinal = self.outline.clause_of.len();
        let text = body_text(para).trim();
        let label = para.label.as_ref().map_or("", |label| label.text.trim());
        let label = if label.chars().any(char::is_alphanumeric) { label } else { "" };
        let is_blank = text.is_empty() && label.is_empty();
        if let Some(waiting) = self.waiting.filter(|_| !is_blank) {
            self.waiting = None;
            if is_heading_of(para, label, text, self.stack.last()) {
                self.outline.clauses[waiting].heading = bare(text);
                self.note();
                return;
            }
        }
        let opens = !is_blank && (para.heading.is_some() || (para.level.is_some() && !label.is_empty()));
        if opens {
            let open = Open { index: self.outline.clauses.len(), heading: para.heading, level: para.level, label };
            self.close(self.siblings_at(&open));
            let parent = self.stack.last().map(|around| around.index);
            if let Some(parent) = parent {
                self.outline.clauses[parent].children.push(open.index);
            } else if body && !self.seen_text && label.is_empty() && self.base == 0 {
                self.outline.title = Some(open.index);
            }
            let heading = if para.heading.is_some() { bare(text) } else { run_in(para) };
            let depth = self.stack.len();
            let children = Vec::new();
            self.outline.clauses.push(Clause { para: ordinal, end: 0, parent, children, label, heading, depth });
            if text.is_empty() {
                self.waiting = Some(open.index);
            }
            self.stack.push(open);
        }
        self.seen_text |= !is_blank;
        self.note();
    }

    /// Puts the present paragraph into the innermost clause.
    fn note(&mut self) {
        let clause = self.stack.last().map_or(0, |open| u32::try_from(open.index + 1).unwrap_or(0));
        self.outline.clause_of.push(clause);
    }

    /// Returns how many of the open clauses stay open when another one opens.
    fn siblings_at(&self, new: &Open<'a>) -> usize {
        let open = &self.stack[self.base.min(self.stack.len())..];
        // 5.1 stands in 5, and 5.1.2 in 5.1, whatever their depths are said to be.
        if let Some((stem, _)) = decimals(new.label).and_then(|number| number.rsplit_once('.')) {
            let parent = open.iter().rposition(|around| {
                decimals(around.label) == Some(stem) || (!stem.contains('.') && last_number(around.label) == Some(stem))
            });
            if let Some(parent) = parent {
                return self.base + parent + 1;
            }
        }
        let mut keep = open.len();
        while keep > 0 && ends(&open[keep - 1], new) {
            keep -= 1;
        }
        self.base + keep
    }

    fn close(&mut self, keep: usize) {
        let end = self.outline.clause_of.len();
        for open in self.stack.drain(keep.min(self.stack.len())..) {
            self.outline.clauses[open.index].end = end;
        }
    }

    fn finish(mut self) -> Outline<'a> {
        let clauses = &self.outline.clauses;
        // A first heading is a title if clauses follow in it: all there are, or numbered ones.
        self.outline.title = self.outline.title.filter(|title| {
            let children = &clauses[*title].children;
            let alone = clauses.iter().filter(|clause| clause.parent.is_none()).count() == 1;
            !children.is_empty() && (alone || children.iter().any(|child| !clauses[*child].label.is_empty()))
        });
        self.outline
    }
}

/// Returns whether an open clause ends where a new one opens.
fn ends(open: &Open<'_>, new: &Open<'_>) -> bool {
    match (open.heading, new.heading) {
        (Some(open), Some(new)) => open >= new,
        (None, Some(_)) => true,
        _ => match (open.level, new.level) {
            // "1." may stand in "Article 1", both the first of their own list; the reverse is not seen.
            (Some(open_level), Some(new_level)) if is_worded(open.label) == is_worded(new.label) => {
                open_level >= new_level && !(open.heading.is_some() && open.label.is_empty())
            }
            (Some(open_level), Some(new_level)) if is_worded(open.label) => open_level > new_level,
            (Some(_), Some(_)) => open.heading.is_none(),
            _ => open.heading.is_none(),
        },
    }
}

/// Returns whether a number says what it numbers, as "Article 5" and "Annex B" do.
fn is_worded(label: &str) -> bool {
    label.chars().take_while(|c| c.is_alphabetic()).nth(2).is_some() && label.contains(char::is_whitespace)
}

/// Returns a decimal number of several parts or one, as "5" or "5.1", without marks behind it.
fn decimals(label: &str) -> Option<&str> {
    let number = label.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    plain.then_some(number)
}

/// Returns the digits that a worded number ends with: 5 of "Article 5", of "Cláusula 5.ª".
fn last_number(label: &str) -> Option<&str> {
    let end = label.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = label[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + label[at..].chars().next().map_or(0, char::len_utf8));
    let before = label[..start].trim_end();
    let is_last = !label[end..].trim_start_matches(|c: char| !c.is_whitespace()).contains(char::is_alphanumeric);
    (is_last && !before.ends_with('.')).then_some(&label[start..end])
}

/// Returns whether a paragraph after a number that stands alone is its heading.
fn is_heading_of(para: &Para, label: &str, text: &str, open: Option<&Open<'_>>) -> bool {
    let Some(open) = open.filter(|_| label.is_empty() && !text.is_empty()) else { return false };
    let ended = text.ends_with(['.', ';', ',', ':', '؛', '،']);
    match (open.heading, para.heading) {
        (Some(before), Some(now)) => now >= before,
        (None, Some(_)) => true,
        (_, None) => is_worded(open.label) && text.len() <= RUN_IN && !ended,
    }
}

/// Returns the text of a paragraph without its typed number, whatever the reader says of its length.
fn body_text(para: &Para) -> &str {
    para.text.get(para.label_end()..).unwrap_or(&para.text)
}

/// Returns a heading without the marks that part it from its number or from the text.
fn bare(text: &str) -> &str {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '.' | '“' | '”' | '"' | '«' | '»');
    text.trim_start_matches(is_mark).trim_end_matches(is_mark)
}

/// Returns the bold words that a paragraph begins with, where the rest is not bold.
fn run_in(para: &Para) -> &str {
    let start = para.label_end();
    let mut from = 0;
    let mut end = start;
    for run in &para.runs {
        let piece = para.text.get(from.max(start)..run.end).unwrap_or("");
        from = run.end;
        if run.strong || piece.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            end = end.max(run.end);
        } else {
            // The whole paragraph bold is no heading of itself; nor is a sentence with a bold beginning.
            let heading = bare(para.text.get(start..end).unwrap_or(""));
            return if heading.len() <= RUN_IN { heading } else { "" };
        }
    }
    ""
}

fn story_name(kind: StoryKind) -> Option<&'static str> {
    match kind {
        StoryKind::Body => None,
        StoryKind::Header => Some("header"),
        StoryKind::Footer => Some("footer"),
        StoryKind::Footnote => Some("footnote"),
        StoryKind::Endnote => Some("endnote"),
        StoryKind::TextBox => Some("text box"),
    }
}

#[cfg(test)]
mod tests;
