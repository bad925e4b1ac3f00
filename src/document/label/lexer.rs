//! One paragraph looked at: what number does it open with?

use super::cited::{ordinals, sign, worded};
use super::number::{digit, digits, letter, roman};
use super::words::{folded, measures};
use super::{Class, Close, Found, MAX_LABEL, Shape, is_blank};

/// Most steps of a decimal number.
pub(super) const MAX_STEPS: usize = 8;

/// Finds the number that the text of a paragraph may open with.
///
/// Returns `None` where there is none; where it is doubtful, [`Found::sure`] is false, and the paragraphs around it
/// decide ([`super::settle()`]).
pub fn find(text: &str) -> Option<Found> {
    let start = text.len() - text.trim_start_matches(is_blank).len();
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let read = match first {
        '(' => parenthesised(rest),
        '§' => sign(rest),
        '•' | '◦' | '▪' | '‣' | '●' | '○' | '■' | '□' | '►' | '➢' | '✓' | '·' | '\u{f0b7}' | '\u{f0a7}' | '–' | '—'
        | '-' | '*' | '−' => bullet(rest, first),
        c if digit(c).is_some() => decimal(rest),
        c if c.is_alphabetic() => lettered(rest).or_else(|| worded(rest)).or_else(|| ordinals(rest)),
        _ => None,
    }?;
    let end = start + read.bytes;
    if read.bytes > MAX_LABEL {
        return None;
    }
    let after = text.get(end..)?;
    let len = text.len() - after.trim_start_matches(is_blank).len();
    Some(Found { start, end, len, shape: read.shape, values: read.values, other: read.other, sure: read.sure })
}

/// Reads a number that stands alone, as a program that numbers by itself gives it (`3.1`, `(a)`, `IV`, `•`).
pub fn whole(label: &str) -> Option<Found> {
    let label = label.trim_matches(is_blank);
    if let Some(found) = find(label).filter(|found| found.end == label.len()) {
        return Some(found);
    }
    let given = |shape, values, other| {
        Some(Found { start: 0, end: label.len(), len: label.len(), shape, values, other, sure: true })
    };
    if !label.chars().any(char::is_alphanumeric) {
        return given(Shape { class: Class::Bullet, depth: 1, open: false, close: Close::None }, Vec::new(), None);
    }
    if let Some(signs) = letters(label, false, Close::None) {
        return given(signs.0, vec![signs.1], signs.2);
    }
    given(Shape { class: Class::Other, depth: 1, open: false, close: Close::None }, Vec::new(), None)
}

/// What was read at the start of a text.
pub(super) struct Read {
    /// How many bytes it takes.
    pub bytes: usize,
    /// How it is written.
    pub shape: Shape,
    /// Its value, step by step.
    pub values: Vec<u32>,
    /// The other way to read it.
    pub other: Option<Reading>,
    /// Whether it is a number whatever stands around.
    pub sure: bool,
}

/// A way to read letters.
type Reading = (Shape, u32);

/// What follows a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing.
    End,
    /// Text that begins as a sentence or a heading does, or one in a script without capitals.
    Opening,
    /// A small letter.
    Small,
    /// A digit, or a sign of an amount.
    Amount,
    /// A dash or a colon that stands apart.
    Dash,
    /// Anything else.
    Mark,
}

/// Where the text after a number goes on: whether blanks set it apart, whether a tab or a line break does, and how.
pub(super) fn beyond(text: &str) -> (bool, bool, Next) {
    let rest = text.trim_start_matches(is_blank);
    let gap = &text[..text.len() - rest.len()];
    let mut chars = rest.chars();
    let next = match chars.next() {
        None => Next::End,
        Some(c) if digit(c).is_some() || matches!(c, '$' | '€' | '£' | '%' | '‰' | '+' | '=') => Next::Amount,
        Some(c) if c.is_lowercase() => Next::Small,
        Some(c)
            if c.is_alphabetic() || matches!(c, '“' | '"' | '«' | '„' | '‘' | '\'' | '[' | '\u{fffc}' | '¿' | '¡') =>
        {
            Next::Opening
        }
        Some('–' | '—' | '-' | '―' | '−' | ':') if chars.next().is_none_or(is_blank) => Next::Dash,
        Some(_) => Next::Mark,
    };
    (!gap.is_empty(), gap.contains(['\t', '\n']), next)
}

/// Returns the first word of a text, at most 24 characters long.
pub(super) fn word(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(25)
        .find(|(_, c)| is_blank(*c))
        .map_or_else(|| text.char_indices().nth(24).map_or(text.len(), |(at, _)| at), |(at, _)| at);
    &text[..end]
}

/// Returns whether what follows a number makes it an amount, a date or a measure.
fn is_measure(after: &str) -> bool {
    let rest = after.trim_start_matches(is_blank);
    rest.starts_with(['%', '‰', '°', '²', '³', '$', '€', '£', '/']) || measures(&folded(word(rest)))
}

/// `(1)`, `(a)`, `(iv)`, `(aa)`.
pub(super) fn parenthesised(text: &str) -> Option<Read> {
    let inside = text[1..].trim_start_matches(' ');
    let before = text.len() - inside.len();
    let close = inside.char_indices().take(8).find(|(_, c)| *c == ')')?.0;
    let inner = inside[..close].trim_end_matches(' ');
    let bytes = before + close + 1;
    let (blank, _, next) = beyond(&text[bytes..]);
    if !blank && next != Next::End && next != Next::Opening {
        return None;
    }
    if let Some(read) = digits(inner) {
        let fits = read.bytes == inner.len() && !read.padded && read.value > 0 && read.count <= 3;
        let shape = Shape { class: Class::Digits, depth: 1, open: true, close: Close::Paren };
        let sure = blank && next != Next::Amount;
        return fits.then(|| Read { bytes, shape, values: vec![read.value], other: None, sure });
    }
    let (shape, value, other) = letters(inner, true, Close::Paren)?;
    Some(Read { bytes, shape, values: vec![value], other, sure: blank && next != Next::End })
}

/// Reads letters that count: one, the same one twice, or a Roman numeral.
fn letters(text: &str, open: bool, close: Close) -> Option<(Shape, u32, Option<Reading>)> {
    let shape = |class| Shape { class, depth: 1, open, close };
    let mut chars = text.chars().filter(|c| !matches!(c, '\u{640}' | '\u{200d}' | '\u{200c}'));
    let first = chars.next()?;
    let second = chars.next();
    let more = chars.next().is_some();
    let value = letter(first)?;
    let class = match first {
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '\u{400}'..='\u{4ff}' if first.is_lowercase() => Class::CyrillicLower,
        '\u{400}'..='\u{4ff}' => Class::CyrillicUpper,
        _ => Class::Arabic,
    };
    let numeral = if first.is_lowercase() { Class::RomanLower } else { Class::RomanUpper };
    let as_roman = roman(text);
    match second {
        // The Arabic letter `ه` is written `هـ` when it stands alone.
        None => {
            let numeral = as_roman.map(|value| (shape(numeral), value));
            match numeral {
                // Lists of numerals begin with `i`; lists of letters hardly ever do.
                Some(one @ (_, 1)) => Some((one.0, 1, Some((shape(class), value)))),
                other => Some((shape(class), value, other)),
            }
        }
        Some(second) => match as_roman {
            Some(value) if value < 90 => {
                let doubled = (second == first && !more && class == Class::Lower)
                    .then(|| (shape(Class::Double), letter(first).unwrap_or(0)));
                Some((shape(numeral), value, doubled))
            }
            _ if second == first && !more && class == Class::Lower => Some((shape(Class::Double), value, None)),
            _ => None,
        },
    }
}

/// `1.`, `1)`, `1.2.3`, `5A.`, `1.-`, `1.º`, `5.2(a)`.
fn decimal(text: &str) -> Option<Read> {
    let mut values = Vec::new();
    let mut at = 0;
    let mut padded = false;
    loop {
        let read = digits(&text[at..])?;
        let first = values.is_empty();
        // A year, a grouped amount, a date with noughts.
        if read.count > 3 || (first && (read.padded || read.value == 0)) || (!first && read.count > 2) {
            return None;
        }
        padded |= read.padded || read.value == 0;
        values.push(read.value);
        at += read.bytes;
        let rest = &text[at..];
        match rest.strip_prefix('.').and_then(|after| after.chars().next()) {
            Some(c) if digit(c).is_some() && values.len() < MAX_STEPS => at += 1,
            _ => break,
        }
    }
    at += suffix(&text[at..]);
    let mut depth = values.len();
    let mut close = Close::None;
    let rest = &text[at..];
    let mut chars = rest.chars();
    let first = chars.next();
    let second = chars.next();
    match (first, second) {
        (Some('.'), Some('º' | '°' | 'ª')) => {
            at += 1 + second.map_or(0, char::len_utf8);
            close = Close::Degree;
        }
        (Some('.' | ')'), Some('-' | '–' | '—')) => {
            at += 1 + second.map_or(0, char::len_utf8);
            close = Close::Dash;
        }
        (Some('.'), _) => {
            at += 1;
            close = Close::Dot;
        }
        (Some(')'), _) => {
            at += 1;
            close = Close::Paren;
        }
        (Some('-' | '–'), next) if next.is_none_or(is_blank) => {
            at += first.map_or(0, char::len_utf8);
            close = Close::Dash;
        }
        (Some('º' | '°' | 'ª'), next) => {
            at += first.map_or(0, char::len_utf8);
            close = Close::Degree;
            if next == Some('.') || next == Some(')') {
                at += 1;
            }
        }
        (Some(':'), next) if next.is_none_or(is_blank) => {
            at += 1;
            close = Close::Colon;
        }
        (Some('('), _) => {
            // `5.2(a)`: a sub-clause cited whole.
            let read = parenthesised(rest)?;
            at += read.bytes;
            values.extend(read.values);
            depth += 1;
            close = Close::Paren;
        }
        _ => {}
    }
    let after = &text[at..];
    let (blank, set_off, next) = beyond(after);
    let deep = depth > 1;
    if padded && (depth != 2 || close == Close::Paren) {
        return None;
    }
    let joined = next == Next::Opening && close != Close::None;
    if !blank && next != Next::End && !joined {
        return None;
    }
    if matches!(close, Close::None | Close::Colon | Close::Degree) && is_measure(after) {
        return None;
    }
    let shape = Shape {
        class: Class::Digits,
        depth: u8::try_from(depth).unwrap_or(u8::MAX),
        open: false,
        // `3.1` and `3.1.` are of the same depth in one text.
        close: if deep && matches!(close, Close::Dot | Close::Degree) { Close::None } else { close },
    };
    let sure = !padded
        && match (next, close) {
            (Next::Opening, Close::None) => deep && blank || set_off,
            (Next::Opening, Close::Dot | Close::Paren) => blank,
            (Next::Opening, Close::Dash) => {
                after.is_empty() || blank && !text[..at].ends_with([' ']) && text[..at].contains(".-")
            }
            (Next::Small, Close::Paren) => blank,
            (Next::Small, Close::None | Close::Dot) => deep && set_off,
            (Next::Dash, Close::None | Close::Dot) => deep,
            _ => false,
        };
    let plausible = match (next, close) {
        (Next::Amount, Close::None) => set_off,
        (Next::Small, Close::None) => deep || set_off,
        (Next::Mark, Close::None) => deep && blank,
        // Degrees of an angle.
        (Next::Mark | Next::Amount, Close::Degree) => false,
        (_, Close::Colon) => set_off || next == Next::Opening,
        _ => true,
    };
    plausible.then_some(Read { bytes: at, shape, values, other: None, sure })
}

/// Reads what is added to a number: a letter (`5A`, `5-A`), the ending of an ordinal (`1er`), `bis`.
pub(super) fn suffix(text: &str) -> usize {
    let mut at = 0;
    for ending in ["er", "re", "ère", "ᵉʳ", "ʳᵉ"] {
        if text.strip_prefix(ending).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
            at = ending.len();
        }
    }
    let rest = &text[at..];
    let inner = rest.strip_prefix('-').unwrap_or(rest);
    let mut chars = inner.chars();
    if at == 0
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_none_or(|c| is_blank(c) || matches!(c, '.' | ')' | ':' | '-'))
        && !measures(&folded(&inner[..1]))
    {
        at += rest.len() - inner.len() + 1;
    }
    let rest = &text[at..];
    for blank in ["", " ", "\u{a0}", "-"] {
        for added in ["bis", "ter", "quater", "quinquies", "sexies"] {
            let found = rest.strip_prefix(blank).and_then(|rest| rest.strip_prefix(added));
            if found.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
                return at + blank.len() + added.len();
            }
        }
    }
    at
}

/// `a)`, `a.`, `IV.`, `A.`, `a.-`, and the like in Cyrillic and Arabic.
fn lettered(text: &str) -> Option<Read> {
    let end = text.char_indices().take(8).find(|(_, c)| !(c.is_alphabetic() || *c == '\u{640}')).map(|(at, _)| at)?;
    let signs = &text[..end];
    let rest = &text[end..];
    let arabic = signs.starts_with(|c: char| matches!(c, '\u{600}'..='\u{6ff}'));
    let (added, close) = match rest.chars().next()? {
        ')' => (
            if rest.starts_with(").-") {
                3
            } else if rest.starts_with(")-") {
                2
            } else {
                1
            },
            Close::Paren,
        ),
        '.' => {
            let dash = rest.starts_with(".-") || rest.starts_with(".–") || rest.starts_with(".—");
            (
                if dash { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { 1 },
                if dash { Close::Dash } else { Close::Dot },
            )
        }
        '-' | '–' if arabic => (rest.chars().next().map_or(0, char::len_utf8), Close::Dash),
        ' ' if arabic && rest.starts_with(" -") => (2, Close::Dash),
        '\t' => (0, Close::None),
        c if is_blank(c) && matches!(beyond(rest).2, Next::Dash) => (0, Close::None),
        _ => return None,
    };
    let (shape, value, other) = letters(signs, false, close)?;
    let bytes = end + added;
    let after = &text[bytes..];
    let (blank, set_off, next) = beyond(after);
    let roman_upper = shape.class == Class::RomanUpper && signs.len() > 1;
    if shape.class == Class::RomanUpper && signs.contains(['C', 'L']) && signs.len() == 2 {
        // `CL`, `CI`: rather initials than numerals.
        return None;
    }
    if !blank && next != Next::End && !(next == Next::Opening && close == Close::Paren) {
        return None;
    }
    // A word of the text, as Russian `в` or Spanish `a`, not a letter that counts.
    if close == Close::None && signs.starts_with(char::is_lowercase) && !set_off {
        return None;
    }
    let sure = match close {
        Close::Paren => blank,
        Close::Dash => blank && next == Next::Opening && !arabic,
        Close::Dot => roman_upper && next == Next::Opening && blank,
        _ => false,
    };
    Some(Read { bytes, shape, values: vec![value], other, sure })
}

/// `• text`; a dash or a star is doubtful.
fn bullet(text: &str, sign: char) -> Option<Read> {
    let bytes = sign.len_utf8();
    let (blank, _, next) = beyond(&text[bytes..]);
    if !blank || next == Next::End || matches!(next, Next::Amount) && matches!(sign, '-' | '–' | '—' | '−') {
        return None;
    }
    let sure = !matches!(sign, '-' | '–' | '—' | '*' | '−' | '·');
    let close = if sure { Close::None } else { Close::Dash };
    let shape = Shape { class: Class::Bullet, depth: 1, open: false, close };
    Some(Read { bytes, shape, values: Vec::new(), other: None, sure })
}
