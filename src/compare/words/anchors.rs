//! Where two long sequences of words surely belong together.

use crate::compare::spine;
use crate::compare::tokens::Token;

/// Words that must follow each other to be an anchor; fewer are tried where none is found.
const LENGTHS: [usize; 3] = [6, 3, 1];

/// Returns stretches that stand once in each of two sequences: where they begin in the old and in the new
/// one, and how long they are, in order and without crossing. `None` where there is none.
pub(super) fn find(old: &[Token], new: &[Token]) -> Option<Vec<(usize, usize, usize)>> {
    LENGTHS.iter().find_map(|length| {
        let found = unique(old, new, *length);
        (!found.is_empty()).then_some(found)
    })
}

fn unique(old: &[Token], new: &[Token], length: usize) -> Vec<(usize, usize, usize)> {
    let candidates = spine::unique_pairs(&hashes(old, length), &hashes(new, length));
    let weighed: Vec<_> = candidates.into_iter().map(|(a, b)| (a, b, 1)).collect();
    let mut anchors: Vec<(usize, usize, usize)> = Vec::new();
    for (a, b) in spine::heaviest(&weighed) {
        match anchors.last_mut() {
            // Stretches that overlap are one if they are shifted alike, else the later one gives way.
            Some((old_at, new_at, long)) if a < *old_at + *long || b < *new_at + *long => {
                if a - *old_at == b - *new_at {
                    *long = a - *old_at + length;
                }
            }
            _ => anchors.push((a, b, length)),
        }
    }
    anchors
}

fn hashes(tokens: &[Token], length: usize) -> Vec<u64> {
    tokens
        .windows(length)
        .map(|window| {
            window.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, token| {
                (hash.rotate_left(7) ^ u64::from(token.loose)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            })
        })
        .collect()
}
