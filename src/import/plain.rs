//! Plain text to a draft: paragraphs are told from lines by how the text is laid out.
//!
//! Where the lines of a text are broken at a fixed width, the lines of a paragraph are joined again; where each line
//! is a paragraph, they stay apart. Numbers of clauses open paragraphs, lines in capitals are headings.

use super::lines::{self, Hyphens};
use crate::document::draft::{Block, Draft, DraftFormat, Para, Story, StoryKind};
use crate::document::label;

/// Longest line of a text that is broken at a width, in characters.
const WIDEST: usize = 110;
/// Longest heading, in words.
const HEADING: usize = 14;

/// Reads a text.
pub fn read(text: &str) -> Draft {
    let mut blocks = Vec::new();
    for (source, mut para) in (0..).zip(paragraphs(text)) {
        para.source = source;
        blocks.push(Block::Para(para));
    }
    let story = Story { kind: StoryKind::Body, name: String::new(), blocks };
    Draft { format: DraftFormat::Text, lang: None, stories: vec![story], comments: Vec::new(), caveats: Vec::new() }
}

/// Cuts a text into paragraphs.
pub(super) fn paragraphs(text: &str) -> Vec<Para> {
    let lines: Vec<Line<'_>> = text.split(['\n', '\u{c}', '\u{2028}', '\u{2029}']).map(Line::new).collect();
    let texts = match width(&lines) {
        Some(width) => joined(&lines, width),
        None => lines.iter().filter(|line| !line.text.is_empty()).map(|line| line.text.to_owned()).collect(),
    };
    texts.into_iter().map(|text| Para { heading: heading(&text), ..Para::plain(text) }).collect()
}

/// A line without the blanks around it.
struct Line<'a> {
    text: &'a str,
    indent: usize,
    /// Length in characters, the indent included.
    length: usize,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        let line = line.trim_end();
        let text = line.trim_start();
        let indent = line[..line.len() - text.len()].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
        Self { text, indent, length: indent + text.chars().count() }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Returns the width that the lines are broken at, if they are: most lines that another one follows are nearly as
/// long as the longest.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().filter(|line| !line.is_empty()).map(|line| line.length).collect();
    lengths.sort_unstable();
    let widest = *lengths.get(lengths.len().checked_sub(1)? * 97 / 100)?;
    if !(30..=WIDEST).contains(&widest) {
        return None;
    }
    let mut inner = 0;
    let mut full = 0;
    for pair in lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()) {
        inner += 1;
        // The first word of the next line would not have fitted.
        let word = pair[1].text.split_whitespace().next().map_or(0, |word| word.chars().count());
        full += usize::from(pair[0].length + 1 + word > widest && pair[0].length * 10 > widest * 6);
    }
    (inner > 0 && full * 2 >= inner).then_some(widest)
}

/// Joins the lines of each paragraph.
fn joined(lines: &[Line<'_>], width: usize) -> Vec<String> {
    let hyphens = Hyphens::new(lines.iter().map(|line| line.text), false);
    let mut texts: Vec<String> = Vec::new();
    let mut previous: Option<&Line<'_>> = None;
    for line in lines {
        if line.is_empty() {
            previous = None;
            continue;
        }
        match (previous, texts.last_mut()) {
            (Some(before), Some(text)) if goes_on(before, line, width) => hyphens.join(text, line.text),
            _ => texts.push(line.text.to_owned()),
        }
        previous = Some(line);
    }
    texts
}

/// Whether a line goes on with the paragraph of the line before it.
fn goes_on(before: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    let word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let broken = before.length + 1 + word > width || before.length * 100 >= width * 85;
    let ended = lines::ends_sentence(before.text);
    if let Some(found) = label::find(line.text) {
        // A number at the start of a line may be one that the sentence cites: `under section\n5. The …`.
        let apart = ended || !broken || before.text.ends_with([',', '–', '—']) || lines::ends_with_and(before.text);
        if apart && (found.sure || found.values.len() > 1 || !broken || ended) {
            return false;
        }
    }
    // A line that had room for the next word was ended on purpose.
    let roomy = before.length + word + width / 10 < width;
    if roomy && (ended || is_capitals(before.text) || is_capitals(line.text)) {
        return false;
    }
    if roomy && before.length * 2 < width {
        return false;
    }
    !(ended && line.indent > before.indent + 1)
}

/// Returns the depth of a heading: a short line in capitals.
pub(super) fn heading(text: &str) -> Option<u8> {
    let short = text.split_whitespace().take(HEADING + 1).count() <= HEADING;
    (short && is_capitals(text) && !text.contains('\n')).then_some(1)
}

/// Whether all letters of a text are capitals, and they are at least four.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 4
}

/// Makes headings of numbered lines that read as such, where the format says nothing about headings: short, without
/// a full stop, and with a number of the outer two levels. To be called when the labels are settled.
pub(super) fn guess_headings(draft: &mut Draft) {
    for story in draft.stories.iter_mut().filter(|story| story.kind == StoryKind::Body) {
        for block in &mut story.blocks {
            let Block::Para(para) = block else { continue };
            let Some(level) = para.level.filter(|level| *level <= 2) else { continue };
            let body = para.body();
            let number = para.label.as_ref().and_then(|label| label::whole(&label.text));
            let word = number.is_some_and(|found| {
                matches!(found.shape.class, label::Class::Keyword(_)) || (found.shape.depth == 1 && !found.shape.open)
            });
            let opens = body.chars().find(|c| c.is_alphabetic()).is_none_or(|c| !c.is_lowercase());
            let short = body.split_whitespace().take(HEADING + 1).count() <= HEADING;
            if word && opens && short && !body.contains('\n') && !body.ends_with(['.', ';', ',', ':', '؛', '،']) {
                para.heading = Some(level);
            }
        }
    }
}

#[cfg(test)]
mod tests;
