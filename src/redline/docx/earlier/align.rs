//! An old text laid along a paragraph of the new file with all that was ever in it.
//!
//! Where the old text is not what the new file has with its changes rejected, somebody changed it without
//! tracking, and what belongs to what has to be found. Words are paired by a score with affine gaps, as in the
//! comparison itself: what both drafts have counts most, and a stretch of change of our own costs.

use super::settle::{New, Old, Step};
use super::stream::State;

/// How many pairs of words are looked at, at most.
const CELLS: usize = 1_500_000;

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
pub(super) fn align(old: &[Old<'_>], new: &[New]) -> Option<Vec<Step>> {
    let width = new.len() + 1;
    let cells = (old.len() + 1).checked_mul(width).filter(|cells| *cells <= CELLS)?;
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
            if i > 0 && j > 0 && old[i - 1].text == new[j - 1].text && old[i - 1].mark == new[j - 1].mark {
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
