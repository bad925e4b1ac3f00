//! Where a change may stand at several places alike, the one that reads best is taken.
//!
//! In “A b. A c.” against “A b.”, what is deleted may be “. A c” or “A c.” or “b. A c.”’s tail: all are
//! right, one is readable. A change of one side only is slid along equal words to where a sentence or a
//! part of one begins.

use crate::compare::tokens::{Class, Token};

/// Slides each change that is only a deletion or only an insertion to its best place.
pub(super) fn settle(old: &[Token], new: &[Token], pairs: &mut [(usize, usize)]) {
    side(old, pairs, |pair| &mut pair.0, |pair| pair.1);
    side(new, pairs, |pair| &mut pair.1, |pair| pair.0);
}

/// Slides the changes of one side, `moving`, that lie between neighbours of the other side, `fixed`.
fn side(
    tokens: &[Token],
    pairs: &mut [(usize, usize)],
    moving: impl Fn(&mut (usize, usize)) -> &mut usize,
    fixed: impl Fn(&(usize, usize)) -> usize,
) {
    let mut k = 0;
    while k + 1 < pairs.len() {
        let (before, after) = (*moving(&mut pairs[k]), *moving(&mut pairs[k + 1]));
        let gap = after - before - 1;
        if gap == 0 || fixed(&pairs[k + 1]) != fixed(&pairs[k]) + 1 {
            k += 1;
            continue;
        }
        // The change is tokens[before + 1..after]. One step to the left makes it begin at `before`, if the
        // token there equals the change's last one; to the right likewise.
        let mut left = 0;
        while left <= k
            && *moving(&mut pairs[k - left]) + left == before
            && fixed(&pairs[k - left]) + left == fixed(&pairs[k])
            && tokens[before - left].exact == tokens[after - 1 - left].exact
        {
            left += 1;
        }
        let mut right = 0;
        while k + 1 + right < pairs.len()
            && *moving(&mut pairs[k + 1 + right]) == after + right
            && fixed(&pairs[k + 1 + right]) == fixed(&pairs[k + 1]) + right
            && tokens[after + right].exact == tokens[before + 1 + right].exact
        {
            right += 1;
        }
        let start = before + 1;
        let (low, high) = (start - left, start + right);
        // The best place; the present one wins a tie.
        let best = (low..=high)
            .max_by_key(|at| (fit(tokens, *at, gap), std::cmp::Reverse(at.abs_diff(start))))
            .unwrap_or(start);
        if best < start {
            for step in 0..start - best {
                *moving(&mut pairs[k - step]) += gap;
            }
        } else {
            for step in 0..best - start {
                *moving(&mut pairs[k + 1 + step]) -= gap;
            }
        }
        k += 1 + best.saturating_sub(start);
    }
}

/// How well a change reads that begins at a token and is so many tokens long.
fn fit(tokens: &[Token], at: usize, length: usize) -> u8 {
    let begins = |token: usize| token == 0 || tokens[token - 1].class == Class::Mark;
    let spaced = |token: usize| token == 0 || token >= tokens.len() || tokens[token].start > tokens[token - 1].end;
    let ends_in_mark = tokens[at + length - 1].class == Class::Mark;
    let mut score = 0;
    if begins(at) && ends_in_mark {
        score += 4;
    }
    if spaced(at) {
        score += 2;
    }
    if spaced(at + length) {
        score += 1;
    }
    score
}
