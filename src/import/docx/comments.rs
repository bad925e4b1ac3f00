//! Remarks of reviewers, with the words that they are attached to.

use std::collections::BTreeMap;

use crate::document::draft::{Block, Comment, Draft, Story};
use crate::ooxml::{Fields, Hidden, Pieces, Tag, Tape, View};

/// Longest anchor, in bytes: what is beyond is cut off.
const ANCHOR: usize = 1_000;

/// How many comments are read.
const MOST: usize = 100_000;

/// Where a comment is attached: the ordinal of a paragraph, and a position in its text.
type Spot = (u32, usize);

/// Anchors as they are met in the text, by the identifier of their comment.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    found: BTreeMap<String, (Option<Spot>, Option<Spot>)>,
}

impl Anchors {
    /// Takes an element that may be one end of an anchor, or the mark of a comment.
    pub(super) fn take(&mut self, tape: &Tape, node: u32, source: u32, at: usize) {
        let tag = tape.tag(node);
        if !matches!(tag, Tag::CommentRangeStart | Tag::CommentRangeEnd | Tag::CommentReference) {
            return;
        }
        let Some(id) = tape.attr(node, "w:id").filter(|_| self.found.len() < MOST) else { return };
        let (start, end) = self.found.entry(id.into_owned()).or_default();
        match tag {
            Tag::CommentRangeStart => *start = start.or(Some((source, at))),
            _ => *end = end.or(Some((source, at))),
        }
    }

    /// Reads the comments that are attached somewhere, in the order in which their anchors begin.
    pub(super) fn comments(&self, tape: &Tape, stories: &[Story], view: View) -> Vec<Comment> {
        let mut texts: Vec<(u32, &str)> = Vec::new();
        for story in stories {
            gather(&story.blocks, &mut texts);
        }
        texts.sort_by_key(|&(source, _)| source);
        let mut comments: Vec<(Spot, Comment)> = Vec::new();
        let mut pieces = Pieces::default();
        for node in tape.elements(tape.root()).filter(|&node| tape.tag(node) == Tag::Comment).take(MOST) {
            let attribute = |name| tape.attr(node, name).map(Into::into).unwrap_or_default();
            let id: String = attribute("w:id");
            let Some(&(start, end)) = self.found.get(&id) else { continue };
            let Some(spot) = start.or(end) else { continue };
            let mut text = String::new();
            for paragraph in tape.find_all(node, Tag::P) {
                pieces.take(tape, &[paragraph], view, &Hidden::default(), Fields::new(true));
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&pieces.text);
            }
            let anchor = match (start, end) {
                (Some(start), Some(end)) => anchor(&texts, start, end),
                _ => String::new(),
            };
            let comment =
                Comment { author: attribute("w:author"), date: attribute("w:date"), text, anchor, source: spot.0 };
            comments.push((spot, comment));
        }
        comments.sort_by_key(|&(spot, _)| spot);
        comments.into_iter().map(|(_, comment)| comment).collect()
    }
}

fn gather<'a>(blocks: &'a [Block], texts: &mut Vec<(u32, &'a str)>) {
    Draft::each_para(blocks, &mut |para| texts.push((para.source, &para.text)));
}

/// Returns the text between two spots, paragraphs parted by line breaks.
fn anchor(texts: &[(u32, &str)], start: Spot, end: Spot) -> String {
    let mut anchor = String::new();
    let first = texts.partition_point(|&(source, _)| source < start.0);
    for &(source, text) in texts[first..].iter().take_while(|&&(source, _)| source <= end.0) {
        if source != start.0 {
            anchor.push('\n');
        }
        let from = if source == start.0 { start.1 } else { 0 };
        let to = if source == end.0 { end.1 } else { text.len() };
        anchor.push_str(text.get(from..to).unwrap_or(""));
        if anchor.len() > ANCHOR {
            anchor.truncate(anchor.floor_char_boundary(ANCHOR));
            anchor.push('…');
            break;
        }
    }
    anchor
}
