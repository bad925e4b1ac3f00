//! The redline of paragraphs that belong together.

use std::ops::Range;

use super::align::Sides;
use super::tokens::Token;
use super::words::{self, Budget, brackets};
use super::{Line, Seg, Status, Texts};
use crate::document::draft::Para;
use crate::locale::{Lang, find_dates};

/// A paragraph, or a part of one, with its ordinal.
#[derive(Debug, Clone)]
struct Part<'a> {
    para: &'a Para,
    range: Range<usize>,
    /// Where its typed number ends; where it begins, if the number is not compared apart.
    label_end: usize,
}

impl<'a> Part<'a> {
    fn new(para: &'a Para, range: Range<usize>, numbered: bool) -> Self {
        let label_end = if numbered { para.label_end().clamp(range.start, range.end) } else { range.start };
        Self { para, range, label_end }
    }
}

/// Returns the bytes of a token.
fn bytes(token: &Token) -> Range<usize> {
    token.start as usize..token.end as usize
}

/// A token that two paragraphs have in common: its bytes in each.
type Match = (Range<usize>, Range<usize>);

/// Returns the redline of one old paragraph and one new one.
pub(super) fn pair(old: usize, new: usize, sides: &Sides<'_>, budget: &mut Budget) -> Line {
    let mut lines = group(old..old + 1, new..new + 1, sides, budget);
    lines.swap_remove(0)
}

/// Returns the redline of old paragraphs and the new ones that they became: one and one, one and several,
/// several and one, or several and several that were cut at other places.
pub(super) fn group(old: Range<usize>, new: Range<usize>, sides: &Sides<'_>, budget: &mut Budget) -> Vec<Line> {
    let gather = |paras: Range<usize>, tokens: &super::tokens::Tokens| {
        let mut all: Vec<Token> = Vec::new();
        let mut owner = Vec::new();
        for para in paras.clone() {
            // Where a paragraph was split or merged, the number of a later part may stand in the midst of
            // the other draft's text.
            all.extend_from_slice(if para == paras.start { tokens.body(para) } else { tokens.whole(para) });
            owner.resize(all.len(), para);
        }
        (all, owner)
    };
    let (old_tokens, old_owner) = gather(old.clone(), sides.old_tokens);
    let (new_tokens, new_owner) = gather(new.clone(), sides.new_tokens);
    let mut pairs = words::align(&old_tokens, &new_tokens, budget);
    if old.len() == 1 && new.len() == 1 {
        keep_dates_whole(
            ((&sides.old.paras[old.start].text, lang(sides.old)), &old_tokens),
            ((&sides.new.paras[new.start].text, lang(sides.new)), &new_tokens),
            &mut pairs,
        );
    }
    brackets::close(
        |token| &sides.old.paras[old_owner[token]].text[bytes(&old_tokens[token])],
        |token| &sides.new.paras[new_owner[token]].text[bytes(&new_tokens[token])],
        &mut pairs,
    );
    let mut lines = Vec::new();
    let mut at = 0;
    let (mut a, mut b) = (old.start, new.start);
    // Where a paragraph that goes on in the next line is cut: behind the last word of each part.
    let (mut old_from, mut new_from) = (0, 0);
    loop {
        let from = at;
        while at < pairs.len() && old_owner[pairs[at].0] == a && new_owner[pairs[at].1] == b {
            at += 1;
        }
        let matches: Vec<Match> =
            pairs[from..at].iter().map(|(i, j)| (bytes(&old_tokens[*i]), bytes(&new_tokens[*j]))).collect();
        // The mark that ends the line: that of the old paragraph, unless what is common next is still in it.
        let next = pairs.get(at).map_or((old.end - 1, new.end - 1), |(i, j)| (old_owner[*i], new_owner[*j]));
        let mark = match (a < next.0, b < next.1) {
            (true, true) => Status::Same,
            (true, false) => Status::Deleted,
            (false, true) => Status::Inserted,
            (false, false) => Status::Same,
        };
        let (old_para, new_para) = (sides.old.paras[a], sides.new.paras[b]);
        let old_to = if mark == Status::Inserted {
            matches.last().map_or(old_from, |(range, _)| range.end).max(old_from)
        } else {
            old_para.text.len()
        };
        let new_to = if mark == Status::Deleted {
            matches.last().map_or(new_from, |(_, range)| range.end).max(new_from)
        } else {
            new_para.text.len()
        };
        let first = (a, b) == (old.start, new.start);
        let segs = segments(
            &Part::new(old_para, old_from..old_to, first),
            &Part::new(new_para, new_from..new_to, first),
            &matches,
        );
        lines.push(Line { old: Some(a), new: Some(b), mark, segs, moved: None, change: None });
        if (a, b) == (old.end - 1, new.end - 1) {
            return lines;
        }
        if mark != Status::Inserted {
            (a, old_from) = (a + 1, 0);
        } else {
            old_from = old_to;
        }
        if mark != Status::Deleted {
            (b, new_from) = (b + 1, 0);
        } else {
            new_from = new_to;
        }
    }
}

/// Returns the line of a paragraph that only one draft has.
pub(super) fn single(para: &Para, ordinal: usize, status: Status) -> Line {
    let whole = 0..para.text.len();
    let (old, new) = if status.in_old() { (whole, 0..0) } else { (0..0, whole) };
    let segs = if para.text.is_empty() { Vec::new() } else { vec![Seg { status, old, new, change: None }] };
    Line {
        old: status.in_old().then_some(ordinal),
        new: status.in_new().then_some(ordinal),
        mark: status,
        segs,
        moved: None,
        change: None,
    }
}

/// Returns both ends of a paragraph that was moved, and edited on the way as the line says.
pub(super) fn ends(line: Line) -> (Line, Line) {
    let end = |from: bool| {
        let segs = line
            .segs
            .iter()
            .filter(|seg| if from { seg.status.in_old() } else { seg.status.in_new() })
            .map(|seg| Seg {
                status: match (seg.status, from) {
                    (Status::Same, true) => Status::MovedFrom,
                    (Status::Same, false) => Status::MovedTo,
                    (status, _) => status,
                },
                old: if from { seg.old.clone() } else { 0..0 },
                new: if from { 0..0 } else { seg.new.clone() },
                change: None,
            })
            .collect();
        Line {
            old: line.old.filter(|_| from),
            new: line.new.filter(|_| !from),
            mark: if from { Status::MovedFrom } else { Status::MovedTo },
            segs,
            moved: None,
            change: None,
        }
    };
    (end(true), end(false))
}

/// The language that dates of a draft are read in.
fn lang(texts: &Texts<'_>) -> Lang {
    texts.draft.lang.unwrap_or(Lang::En)
}

/// Undoes matches inside of dates that differ, so that a date is changed as a whole.
fn keep_dates_whole(
    (old_text, old_tokens): ((&str, Lang), &[Token]),
    (new_text, new_tokens): ((&str, Lang), &[Token]),
    pairs: &mut Vec<(usize, usize)>,
) {
    if pairs.len() == old_tokens.len() && pairs.len() == new_tokens.len() {
        return;
    }
    let mut lost_old = vec![false; old_tokens.len()];
    let mut lost_new = vec![false; new_tokens.len()];
    let (mut matched_old, mut matched_new) = (vec![false; old_tokens.len()], vec![false; new_tokens.len()]);
    for (a, b) in pairs.iter() {
        (matched_old[*a], matched_new[*b]) = (true, true);
    }
    cut_dates(old_text, old_tokens, &matched_old, &mut lost_old);
    cut_dates(new_text, new_tokens, &matched_new, &mut lost_new);
    // A token that loses its counterpart takes that one's date along.
    pairs.retain(|(a, b)| !lost_old[*a] && !lost_new[*b]);
}

/// Marks the tokens of each date that is matched in part only.
fn cut_dates((text, lang): (&str, Lang), tokens: &[Token], matched: &[bool], lost: &mut [bool]) {
    if !text.contains(|c: char| c.is_numeric()) {
        return;
    }
    for (range, _) in find_dates(text, lang) {
        let first = tokens.partition_point(|token| (token.end as usize) <= range.start);
        let last = tokens.partition_point(|token| (token.start as usize) < range.end);
        let of_date = first..last.max(first);
        if !of_date.is_empty() && matched[of_date.clone()].iter().any(|same| !same) {
            lost[of_date].fill(true);
        }
    }
}

/// Cuts two parts into segments along the tokens that they have in common.
fn segments(old: &Part<'_>, new: &Part<'_>, matches: &[Match]) -> Vec<Seg> {
    let mut cutter =
        Cutter { old, new, old_at: old.range.start, new_at: new.range.start, segs: Vec::new(), barrier: 0 };
    cutter.labels();
    for (in_old, in_new) in matches {
        cutter.between(in_old.start, in_new.start);
        let same = old.para.text[in_old.clone()] == new.para.text[in_new.clone()];
        cutter.take(same, in_old.end, in_new.end);
    }
    cutter.between(old.range.end, new.range.end);
    cutter.segs
}

/// The number itself within a typed label, the words and marks around it apart: `5.1` of `Article 5.1.`, `a` of
/// `(a)`.
fn core(label: &str) -> Range<usize> {
    let is_number = |c: char| c.is_alphanumeric();
    let at = |word: &str| word.as_ptr() as usize - label.as_ptr() as usize;
    let numeral = label.split_whitespace().rev().find(|word| word.contains(|c: char| c.is_numeric()));
    let Some(word) = numeral.or(label.split_whitespace().next_back()) else { return 0..0 };
    let start = at(word) + word.find(is_number).unwrap_or(0);
    let end = word.char_indices().rfind(|(_, c)| is_number(*c)).map_or(word.len(), |(last, c)| last + c.len_utf8());
    start..at(word) + end
}

struct Cutter<'a> {
    old: &'a Part<'a>,
    new: &'a Part<'a>,
    old_at: usize,
    new_at: usize,
    segs: Vec<Seg>,
    /// Changes before this one stay apart: those of the number from those of the text.
    barrier: usize,
}

impl<'a> Cutter<'a> {
    fn old_text(&self, to: usize) -> &'a str {
        &self.old.para.text[self.old_at..to]
    }

    fn new_text(&self, to: usize) -> &'a str {
        &self.new.para.text[self.new_at..to]
    }

    /// Typed numbers stand apart from the text, and are only ever compared with each other.
    fn labels(&mut self) {
        let (old_end, new_end) = (self.old.label_end, self.new.label_end);
        let bare = |text: &str, from: usize| from + text.trim_end().len();
        let old_bare = bare(self.old_text(old_end), self.old_at);
        let new_bare = bare(self.new_text(new_end), self.new_at);
        // Only what differs is changed: the number (`5.1` to `5.2`, as a whole), or the words and marks around it
        // (`Article 5.` and `Article 12.` share both, `a.` and `a)` the letter).
        let (old_label, new_label) = (self.old_text(old_bare), self.new_text(new_bare));
        let (in_old, in_new) = (core(old_label), core(new_label));
        let (old_from, new_from) = (self.old_at, self.new_at);
        let parts = [
            (0..in_old.start, 0..in_new.start),
            (in_old.clone(), in_new.clone()),
            (in_old.end..old_label.len(), in_new.end..new_label.len()),
        ];
        for (a, b) in parts {
            let same = old_label[a.clone()] == new_label[b.clone()];
            self.take(same, old_from + a.end, new_from + b.end);
        }
        self.barrier = self.segs.len();
        self.between(old_end, new_end);
        self.barrier = self.segs.len();
    }

    /// Takes the text up to the next common token: blanks that both have are common.
    fn between(&mut self, old_to: usize, new_to: usize) {
        let (old, new) = (self.old_text(old_to), self.new_text(new_to));
        if old == new {
            return self.take(true, old_to, new_to);
        }
        let head: usize = old
            .chars()
            .zip(new.chars())
            .take_while(|(a, b)| a == b && a.is_whitespace())
            .map(|(a, _)| a.len_utf8())
            .sum();
        let tail: usize = old[head..]
            .chars()
            .rev()
            .zip(new[head..].chars().rev())
            .take_while(|(a, b)| a == b && a.is_whitespace())
            .map(|(a, _)| a.len_utf8())
            .sum();
        self.take(true, self.old_at + head, self.new_at + head);
        self.take(false, old_to - tail, new_to - tail);
        self.take(true, old_to, new_to);
    }

    /// Adds what lies up to these places, as common or as replaced.
    fn take(&mut self, same: bool, old_to: usize, new_to: usize) {
        let (old, new) = (self.old_at..old_to, self.new_at..new_to);
        (self.old_at, self.new_at) = (old_to, new_to);
        if same {
            if !old.is_empty() {
                match self.segs.last_mut() {
                    Some(last) if last.status == Status::Same => {
                        (last.old.end, last.new.end) = (old.end, new.end);
                    }
                    _ => self.segs.push(Seg { status: Status::Same, old, new, change: None }),
                }
            }
            return;
        }
        // Deletion before insertion, also where a stretch of change goes on.
        let (mut old, mut new) = (old, new);
        while let Some(last) = self.segs.get(self.barrier..).and_then(<[Seg]>::last) {
            match last.status {
                Status::Deleted => old.start = last.old.start,
                Status::Inserted => new.start = last.new.start,
                _ => break,
            }
            self.segs.pop();
        }
        let gone = Seg { status: Status::Deleted, old: old.clone(), new: new.start..new.start, change: None };
        let come = Seg { status: Status::Inserted, old: old.end..old.end, new: new.clone(), change: None };
        if !old.is_empty() {
            self.segs.push(gone);
        }
        if !new.is_empty() {
            self.segs.push(come);
        }
    }
}
