//! An old text laid along a paragraph of the new file with all that was ever in it.
//!
//! Where the old text is not what the new file has with its changes rejected, somebody changed it without
//! tracking, and what belongs to what has to be found. Words are paired by a score with affine gaps, as in the
//! comparison itself: what both drafts have counts most, and a stretch of change of our own costs.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::settle::Step;
use super::stream::State;
use super::words::{New, Old};

/// How many pairs of words are looked at for one stretch of text, at most.
const CELLS: usize = 4_000_000;
/// How many of them for a whole redline.
pub(super) const BUDGET: usize = 24_000_000;
/// How many words are paired without a score where there are too many for one.
const WORDS: usize = 16_000;

/// What the last step was.
const STATES: usize = 5;
/// Text of both drafts.
const SAME: usize = 0;
/// Text that came by an earlier change, and that the old draft has as well.
const COME: usize = 1;
/// Text that went by an earlier change.
const GONE: usize = 2;
/// Text of the old draft that nobody tracked.
const OURS_GONE: usize = 3;
/// Text of the new draft that nobody tracked.
const OURS_COME: usize = 4;
/// What it costs to begin with each.
const OPEN: [i32; STATES] = [0, 12, 2, 12, 12];
/// Less than any score.
const NEVER: i32 = i32::MIN / 2;

/// Steps that lead to a cell, in the upper bits of a trace; the state before it in the lower ones.
const PAIR: u8 = 0x10;
const LEAVE_OLD: u8 = 0x20;
const LEAVE_NEW: u8 = 0x30;

/// Returns the steps from the old text to the new one; `None` if they are too long for that.
pub(super) fn align(old: &[Old<'_>], new: &[New], budget: &mut usize) -> Option<Vec<Step>> {
    // What nobody touched at the beginning and at the end needs no search.
    let same = |(old, new): &(&Old<'_>, &New)| new.state == State::Same && is_pair(old, new);
    let head = old.iter().zip(new).take_while(same).count();
    let (own, other) = (&old[head..], &new[head..]);
    let tail = own.iter().rev().zip(other.iter().rev()).take_while(same).count();
    let (own, other) = (&own[..own.len() - tail], &other[..other.len() - tail]);
    let cells = (own.len() + 1).saturating_mul(other.len() + 1);
    let inner = if cells <= CELLS.min(*budget) {
        *budget -= cells;
        scored(own, other)?
    } else if own.len() + other.len() <= WORDS.min(*budget) {
        *budget = budget.saturating_sub(CELLS);
        common(own, other)
    } else {
        return None;
    };
    let at = |old: usize, new: usize| Step { old: Some(old), new: Some(new) };
    let mut steps: Vec<Step> = (0..head).map(|place| at(place, place)).collect();
    let shift = |place: Option<usize>| place.map(|place| place + head);
    steps.extend(inner.into_iter().map(|step| Step { old: shift(step.old), new: shift(step.new) }));
    steps.extend((0..tail).map(|place| at(head + own.len() + place, head + other.len() + place)));
    Some(steps)
}

fn is_pair(old: &Old<'_>, new: &New) -> bool {
    old.text == new.text && old.mark == new.mark
}

/// Pairs the longest sequence of words that both have.
fn common(old: &[Old<'_>], new: &[New]) -> Vec<Step> {
    let texts = |mark: bool, text| if mark { None } else { Some(text) };
    let own: Vec<Option<&str>> = old.iter().map(|word| texts(word.mark, word.text)).collect();
    let other: Vec<Option<&str>> = new.iter().map(|word| texts(word.mark, word.text.as_str())).collect();
    let mut steps = Vec::with_capacity(own.len() + other.len());
    for op in capture_diff_slices(Algorithm::Myers, &own, &other) {
        let (_, olds, news) = op.as_tag_tuple();
        if matches!(op, DiffOp::Equal { .. }) {
            steps.extend(olds.zip(news).map(|(old, new)| Step { old: Some(old), new: Some(new) }));
        } else {
            steps.extend(olds.map(|old| Step { old: Some(old), new: None }));
            steps.extend(news.map(|new| Step { old: None, new: Some(new) }));
        }
    }
    steps
}

/// Pairs words by score.
fn scored(old: &[Old<'_>], new: &[New]) -> Option<Vec<Step>> {
    let width = new.len() + 1;
    let cells = (old.len() + 1) * width;
    let mut trace = vec![[0_u8; STATES]; cells];
    let mut above = vec![[NEVER; STATES]; width];
    let mut row = vec![[NEVER; STATES]; width];
    for i in 0..=old.len() {
        for j in 0..width {
            let mut best = [NEVER; STATES];
            let mut how = [0_u8; STATES];
            if i == 0 && j == 0 {
                best[SAME] = 0;
            }
            let mut reach = |state: usize, from: &[i32; STATES], gain: i32, step: u8| {
                for (before, score) in from.iter().enumerate().filter(|(_, score)| **score > NEVER) {
                    let cost = if before == state { 0 } else { OPEN[state] };
                    let score = score + gain - cost;
                    if score > best[state] {
                        best[state] = score;
                        how[state] = step | u8::try_from(before).unwrap_or(0);
                    }
                }
            };
            if i > 0 && j > 0 && is_pair(&old[i - 1], &new[j - 1]) {
                let weight = weight(old[i - 1].text, old[i - 1].mark);
                match new[j - 1].state {
                    State::Same => reach(SAME, &above[j - 1], weight * 4, PAIR),
                    State::Come(_) => reach(COME, &above[j - 1], weight * 4 - 1, PAIR),
                    State::Gone(_) | State::Passed(_) => reach(GONE, &above[j - 1], weight * 4 - 2, PAIR),
                }
            }
            if i > 0 {
                reach(OURS_GONE, &above[j], 0, LEAVE_OLD);
            }
            if j > 0 {
                if new[j - 1].state == State::Same {
                    reach(OURS_COME, &row[j - 1], 0, LEAVE_NEW);
                } else {
                    // What was tracked comes and goes for nothing.
                    for state in 0..STATES {
                        if row[j - 1][state] > best[state] {
                            best[state] = row[j - 1][state];
                            how[state] = LEAVE_NEW | u8::try_from(state).unwrap_or(0);
                        }
                    }
                }
            }
            row[j] = best;
            trace[i * width + j] = how;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let last = above[width - 1];
    let mut state = (0..STATES).max_by_key(|state| last[*state]).filter(|state| last[*state] > NEVER)?;
    let (mut i, mut j) = (old.len(), new.len());
    let mut steps = Vec::with_capacity(i + j);
    while i > 0 || j > 0 {
        let how = trace[i * width + j][state];
        match how & 0xf0 {
            PAIR => {
                (i, j) = (i - 1, j - 1);
                steps.push(Step { old: Some(i), new: Some(j) });
            }
            LEAVE_OLD => {
                i -= 1;
                steps.push(Step { old: Some(i), new: None });
            }
            LEAVE_NEW => {
                j -= 1;
                steps.push(Step { old: None, new: Some(j) });
            }
            _ => return None,
        }
        state = usize::from(how & 0x0f);
    }
    steps.reverse();
    Some(steps)
}

/// Returns what it is worth to pair a word.
fn weight(text: &str, mark: bool) -> i32 {
    if mark {
        return 6;
    }
    let word = text.chars().next().is_some_and(char::is_alphanumeric);
    if word { 2 + i32::try_from(text.len().min(8)).unwrap_or(8) / 2 } else { 1 }
}
