//! Texts cut into words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::stream::{Chunk, State};

/// A word of the old draft, or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old<'t> {
    pub(super) para: usize,
    pub(super) at: usize,
    pub(super) text: &'t str,
    pub(super) mark: bool,
}

/// A word of the new file, or a mark.
#[derive(Debug, Clone)]
pub(super) struct New {
    pub(super) para: usize,
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) mark: bool,
    pub(super) state: State,
}

/// Cuts a text into words, blanks and other characters.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let class = |c: char| {
        if c.is_alphanumeric() {
            0
        } else if c == ' ' {
            1
        } else {
            2
        }
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = 2;
    for (at, c) in text.char_indices() {
        let own = class(c);
        match out.last_mut() {
            Some(word) if own == last && own != 2 => word.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
        last = own;
    }
    out
}

/// Returns the words of all that was ever in some paragraphs of the new file.
pub(super) fn words_of_new(chunks: &[Chunk]) -> Vec<New> {
    let mut out = Vec::new();
    for chunk in chunks {
        let Chunk { para, at, mark, state, .. } = *chunk;
        if mark {
            out.push(New { para, at, text: String::new(), mark, state });
        }
        for word in words(&chunk.text) {
            let at = if state.in_new() { at + word.start } else { at };
            out.push(New { para, at, text: chunk.text[word].to_owned(), mark, state });
        }
    }
    out
}

/// Returns the words in whose midst a tracked change begins or ends, with the places where they are cut.
pub(super) fn cuts(chunks: &[Chunk]) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for seen in [State::in_base, State::in_new] {
        let mut text = String::new();
        let mut ends: Vec<usize> = Vec::new();
        for chunk in chunks.iter().filter(|chunk| seen(chunk.state)) {
            text.push_str(if chunk.mark { "\n" } else { &chunk.text });
            ends.push(text.len());
        }
        let mut ends = ends.into_iter().peekable();
        for word in words(&text) {
            while ends.next_if(|end| *end <= word.start).is_some() {}
            while let Some(end) = ends.next_if(|end| *end < word.end) {
                found.entry(text[word.clone()].to_owned()).or_default().push(end - word.start);
            }
        }
    }
    for cuts in found.values_mut() {
        cuts.sort_unstable();
        cuts.dedup();
    }
    found
}
