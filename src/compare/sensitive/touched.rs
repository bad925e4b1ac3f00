//! The tokens that a change touches, old and new side by side.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use crate::compare::model::{SensitiveToken, TokenKind};

use super::Found;

/// The most cells of the table that aligns the tokens of both sides; beyond, they are paired in order only.
const CELLS: usize = 40_000;

/// One side of a change.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The text of the whole paragraph.
    pub text: &'a str,
    /// Its tokens, as [`Lexicon::find`](super::Lexicon::find) gives them.
    pub found: &'a [Found],
    /// The bytes that the change deletes (old side) or inserts (new side), in their order. An empty range
    /// is a place where the other side has something: it touches a token that it cuts.
    pub ranges: &'a [Range<usize>],
}

/// Returns the tokens that a change touches.
///
/// A token that is touched in part counts as a whole. One that stands in both sides is left out: it was
/// only swept along. What remains is paired by kind and order: 3 % becomes 5.5 %.
///
/// ```
/// use engross::compare::sensitive::{Lexicon, Side, touched};
/// use engross::locale::Lang;
///
/// let lexicon = Lexicon::with(Lang::En, [], []);
/// let (old, new) = ("a royalty of 3% of sales", "a royalty of 5.5% of sales");
/// let (before, after) = (lexicon.find(old), lexicon.find(new));
/// let tokens = touched(
///     Side { text: old, found: &before, ranges: &[13..14] },
///     Side { text: new, found: &after, ranges: &[13..16] },
/// );
/// assert_eq!((tokens[0].old.as_deref(), tokens[0].new.as_deref()), (Some("3%"), Some("5.5%")));
/// ```
#[must_use]
pub fn touched(old: Side<'_>, new: Side<'_>) -> Vec<SensitiveToken> {
    let (before, after) = (hit(old), hit(new));
    let mut pairing = Pairing { rows: Vec::new(), old: Vec::new(), new: Vec::new() };
    let mut last = (0, 0);
    for (i, j) in same(&before, &after).into_iter().chain([(before.len(), after.len())]) {
        pairing.stretch(before.get(last.0..i).unwrap_or(&[]), after.get(last.1..j).unwrap_or(&[]));
        last = (i + 1, j + 1);
    }
    pairing.finish()
}

/// A token that a change touches.
struct Hit<'a> {
    kind: TokenKind,
    text: &'a str,
    /// The text in small letters, with single blanks.
    plain: String,
}

fn hit<'a>(side: Side<'a>) -> Vec<Hit<'a>> {
    let touches = |token: &&Found| {
        let Range { start, end } = token.range;
        let first = side.ranges.partition_point(|range| range.end < start);
        let mut near = side.ranges.get(first..).unwrap_or(&[]).iter().take_while(|range| range.start <= end);
        near.any(|range| {
            if range.is_empty() {
                start < range.start && range.start < end
            } else {
                range.start < end && start < range.end
            }
        })
    };
    let mut hits = Vec::new();
    for token in side.found.iter().filter(touches) {
        let Some(text) = side.text.get(token.range.clone()) else { continue };
        let words: Vec<&str> = text.split_whitespace().collect();
        hits.push(Hit { kind: token.kind, text, plain: words.join(" ").to_lowercase() });
    }
    hits
}

/// Returns the longest run of tokens that both sides have in the same order, as pairs of indexes.
fn same(old: &[Hit<'_>], new: &[Hit<'_>]) -> Vec<(usize, usize)> {
    let equal = |i: usize, j: usize| old[i].kind == new[j].kind && old[i].plain == new[j].plain;
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|at| equal(*at, *at)).count();
    let tail = (1..=shorter - head).take_while(|back| equal(old.len() - back, new.len() - back)).count();
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let (rows, columns) = (old.len() - head - tail, new.len() - head - tail);
    if rows * columns > 0 && rows * columns <= CELLS {
        let mut best = vec![0u32; (rows + 1) * (columns + 1)];
        let cell = |row: usize, column: usize| row * (columns + 1) + column;
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                best[cell(row, column)] = if equal(head + row, head + column) {
                    best[cell(row + 1, column + 1)] + 1
                } else {
                    best[cell(row + 1, column)].max(best[cell(row, column + 1)])
                };
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < rows && column < columns {
            if equal(head + row, head + column) {
                pairs.push((head + row, head + column));
                row += 1;
                column += 1;
            } else if best[cell(row + 1, column)] >= best[cell(row, column + 1)] {
                row += 1;
            } else {
                column += 1;
            }
        }
    }
    pairs.extend((1..=tail).rev().map(|back| (old.len() - back, new.len() - back)));
    pairs
}

/// Pairs tokens, stretch by stretch, and then what was left.
struct Pairing {
    rows: Vec<SensitiveToken>,
    /// Rows that have only an old token, and only a new one.
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Pairing {
    /// Pairs the tokens between two that are the same on both sides.
    fn stretch(&mut self, old: &[Hit<'_>], new: &[Hit<'_>]) {
        let mut waiting: BTreeMap<TokenKind, VecDeque<usize>> = BTreeMap::new();
        let mut taken = vec![false; new.len()];
        for (at, after) in new.iter().enumerate().filter(|(_, after)| after.kind != TokenKind::Bracket) {
            waiting.entry(after.kind).or_default().push_back(at);
        }
        for before in old {
            let partner = waiting.get_mut(&before.kind).and_then(VecDeque::pop_front);
            match partner {
                Some(at) => taken[at] = true,
                None => self.old.push(self.rows.len()),
            }
            let new = partner.map(|at| new[at].text.to_owned());
            self.rows.push(SensitiveToken { kind: before.kind, old: Some(before.text.to_owned()), new });
        }
        for (after, _) in new.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            self.new.push(self.rows.len());
            self.rows.push(SensitiveToken { kind: after.kind, old: None, new: Some(after.text.to_owned()) });
        }
    }

    /// Pairs what is left of the same kind in order, and returns each token once.
    fn finish(mut self) -> Vec<SensitiveToken> {
        let mut gone = vec![false; self.rows.len()];
        let mut waiting: BTreeMap<TokenKind, VecDeque<usize>> = BTreeMap::new();
        for after in self.new.iter().filter(|after| self.rows[**after].kind != TokenKind::Bracket) {
            waiting.entry(self.rows[*after].kind).or_default().push_back(*after);
        }
        for before in &self.old {
            let partner = waiting.get_mut(&self.rows[*before].kind).and_then(VecDeque::pop_front);
            // The same token elsewhere has not become itself: it was taken away and put there.
            if let Some(after) = partner.filter(|after| self.rows[*after].new != self.rows[*before].old) {
                gone[after] = true;
                self.rows[*before].new = self.rows[after].new.take();
            }
        }
        let mut seen = BTreeSet::new();
        let rows = self.rows.into_iter().zip(gone).filter(|(_, gone)| !gone).map(|(row, _)| row);
        rows.filter(|row| seen.insert(row.clone())).collect()
    }
}
