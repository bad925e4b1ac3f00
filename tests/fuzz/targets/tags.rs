//! Changes to text with tags, such as bytes changed at random hardly ever make: whole elements are copied, repeated,
//! wrapped and dropped, and values become the ones that readers get wrong.

use std::ops::Range;

/// Values of attributes that are often taken for granted.
const VALUES: [&str; 10] =
    ["", "0", "-1", "1", "9", "2147483647", "4294967296", "99999999999999999999", "0x7F", "\u{202e}é"];

/// Random numbers, the same for the same seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Dice that a seed sets.
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed))
    }

    /// A number below `below`; nought if that is nought.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(0).checked_rem(below).unwrap_or(0)
    }
}

/// Changes one place of a text with tags; `None` if it has none.
pub fn change(text: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let from = element(text, dice)?;
    let mut out = text.to_vec();
    let piece = text[from.clone()].to_vec();
    match dice.roll(6) {
        0 => drop(out.drain(from)),
        1 => {
            let to = element(text, dice)?.start;
            out.splice(to..to, piece);
        }
        2 => {
            let times = 1 << dice.roll(8);
            out.splice(from.end..from.end, piece.repeat(times.min(1 + (1 << 16) / piece.len().max(1))));
        }
        3 => {
            let to = element(text, dice)?;
            out.splice(to, piece);
        }
        4 => {
            let open = &piece[..=piece.iter().position(|byte| *byte == b'>')?];
            let close = [b"</", name(&piece), b">"].concat();
            let deep = 1 << dice.roll(11);
            let wrapped = [open.repeat(deep), piece.clone(), close.repeat(deep)].concat();
            out.splice(from, wrapped);
        }
        _ => {
            let quote = text[from.start..].iter().position(|byte| *byte == b'"')? + from.start + 1;
            let end = text[quote..].iter().position(|byte| *byte == b'"')? + quote;
            out.splice(quote..end, VALUES[dice.roll(VALUES.len())].bytes());
        }
    }
    Some(out)
}

/// The name of the element that begins here.
fn name(text: &[u8]) -> &[u8] {
    let text = text.strip_prefix(b"<").unwrap_or(text);
    let end = text.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'));
    &text[..end.unwrap_or(text.len())]
}

/// An element from its tag to the end of it, chosen at random; only its tag if it has no end.
fn element(text: &[u8], dice: &mut Dice) -> Option<Range<usize>> {
    let after = dice.roll(text.len());
    let opens = |at: &usize| text[*at] == b'<' && text.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let start = (after..text.len()).chain(0..after).find(opens)?;
    let tag = text[start..].iter().position(|byte| *byte == b'>')? + start + 1;
    if text[tag - 2] == b'/' {
        return Some(start..tag);
    }
    let name = name(&text[start..]);
    let (mut depth, mut at) = (1_usize, tag);
    while let Some(next) = text[at..].iter().position(|byte| *byte == b'<') {
        at += next + 1;
        let (rest, closes) = match text[at..].strip_prefix(b"/") {
            Some(rest) => (rest, true),
            None => (&text[at..], false),
        };
        let same = rest.starts_with(name)
            && rest.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b':' | b'-'));
        let Some(end) = text[at..].iter().position(|byte| *byte == b'>') else { break };
        if same && closes {
            depth -= 1;
        } else if same && text[at + end - 1] != b'/' {
            depth += 1;
        }
        at += end + 1;
        if depth == 0 {
            return Some(start..at);
        }
    }
    Some(start..tag)
}
