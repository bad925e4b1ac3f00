//! Numbers that follow a word: `Article 5`, `Cláusula Primera`, `المادة ٥`; and ordinals alone: `PRIMERA.-`.

use super::lexer::{MAX_STEPS, Next, Read, beyond, parenthesised, suffix, word};
use super::number::{digit, digits, letter, roman};
use super::words::{cites_on, folded, keyword, ordinal};
use super::{Class, Close, Keyword, MAX_LABEL, Shape, is_blank};

/// Longest heading after a number that nothing sets apart from it, in words.
const SHORT: usize = 12;

/// `§ 5`, `§ 1º`.
pub(super) fn sign(text: &str) -> Option<Read> {
    let rest = text['§'.len_utf8()..].trim_start_matches(is_blank);
    cited(text, text.len() - rest.len(), Keyword::Paragraph)
}

/// `Article 5`, `Cláusula Primera`, `المادة ٥`.
pub(super) fn worded(text: &str) -> Option<Read> {
    let first = text.chars().next()?;
    let end = text.char_indices().take(16).find(|(_, c)| !c.is_alphabetic() && !is_vowel_mark(*c)).map(|(at, _)| at)?;
    // `n.º 1`, `N.º 1`.
    if matches!(first, 'n' | 'N') && end == 1 {
        let number = numero(text)?;
        return cited(text, number, Keyword::Paragraph);
    }
    if first.is_lowercase() {
        return None;
    }
    let kind = keyword(&folded(&text[..end]))?;
    let mut at = end + usize::from(text[end..].starts_with('.'));
    let rest = text[at..].trim_start_matches(is_blank);
    if rest.len() == text[at..].len() && !rest.starts_with('(') {
        return None;
    }
    at = text.len() - rest.len();
    at += numero(rest).unwrap_or(0);
    cited(text, at, kind)
}

fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Returns the bytes of `no.`, `n.º`, `№` and the blanks after it.
fn numero(text: &str) -> Option<usize> {
    for sign in
        ["№", "n.º", "n.°", "nº", "n°", "N.º", "N.°", "Nº", "N°", "No.", "no.", "Núm.", "núm.", "Num.", "Number", "رقم"]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            let rest = rest.trim_start_matches(is_blank);
            let number = rest.chars().next().is_some_and(|c| digit(c).is_some() || c.is_uppercase());
            return number.then(|| text.len() - rest.len());
        }
    }
    None
}

/// Reads the number after a word, and what sets it apart from the text.
fn cited(text: &str, from: usize, kind: Keyword) -> Option<Read> {
    let rest = text.get(from..)?;
    let first = rest.chars().next()?;
    let (taken, values) = if digit(first).is_some() {
        let mut values = Vec::new();
        let mut at = 0;
        loop {
            let read = digits(&rest[at..])?;
            if read.count > 3 {
                return None;
            }
            values.push(read.value);
            at += read.bytes;
            match rest[at..].strip_prefix(['.', '-']).and_then(|after| after.chars().next()) {
                Some(c) if digit(c).is_some() && values.len() < MAX_STEPS => at += 1,
                _ => break,
            }
        }
        for degree in ["º", "°", "ª", ".º", ".°", ".ª", "o.", ".o"] {
            if rest[at..].starts_with(degree) {
                at += degree.len();
                break;
            }
        }
        at += suffix(&rest[at..]);
        (at, values)
    } else if first == '(' {
        let read = parenthesised(rest).or_else(|| parenthesised_number(rest))?;
        (read.bytes, read.values)
    } else {
        signs(rest)?
    };
    let mut at = from + taken;
    let after = &text[at..];
    let mut close = Close::None;
    for (mark, closes) in [
        (".-", Close::Dash),
        (".–", Close::Dash),
        (".—", Close::Dash),
        (".", Close::Dot),
        (":", Close::Colon),
        (")", Close::Paren),
    ] {
        if let Some(rest) = after.strip_prefix(mark) {
            if rest.is_empty() || rest.starts_with(is_blank) || closes == Close::Dash {
                at += mark.len();
                close = closes;
            }
            break;
        }
    }
    let after = &text[at..];
    let (blank, set_off, next) = beyond(after);
    if !blank && next != Next::End && close != Close::Dash {
        return None;
    }
    let sure = match next {
        Next::End => true,
        Next::Amount => return None,
        Next::Dash => true,
        Next::Opening if close != Close::None || set_off => true,
        Next::Opening => heading_like(after)?,
        Next::Mark if after.trim_start_matches(is_blank).starts_with('(') => {
            let short = words(after) <= SHORT && after.trim_end().ends_with(')');
            if !short {
                return None;
            }
            true
        }
        Next::Mark => close != Close::None || set_off,
        Next::Small if close == Close::Colon || close == Close::Dash || set_off => true,
        Next::Small => return None,
    };
    let depth = u8::try_from(values.len()).unwrap_or(u8::MAX);
    let shape = Shape { class: Class::Keyword(kind), depth, open: false, close: Close::None };
    Some(Read { bytes: at, shape, values, other: None, sure })
}

/// `(12)` after a word, whatever follows.
fn parenthesised_number(text: &str) -> Option<Read> {
    let read = digits(&text[1..])?;
    let bytes = 1 + read.bytes + 1;
    let shape = Shape { class: Class::Digits, depth: 1, open: true, close: Close::Paren };
    text[1 + read.bytes..].starts_with(')').then(|| Read {
        bytes,
        shape,
        values: vec![read.value],
        other: None,
        sure: true,
    })
}

/// Reads a number in letters or words after a word: `IV`, `A`, `Primera`, `Décima Primera`.
fn signs(text: &str) -> Option<(usize, Vec<u32>)> {
    if let Some((bytes, value)) = ordinal_words(text) {
        return Some((bytes, vec![value]));
    }
    let end = text.char_indices().take(12).find(|(_, c)| !c.is_alphabetic()).map_or(text.len(), |(at, _)| at);
    let word = &text[..end];
    // `Section Ier`.
    let numeral =
        ["er", "re", "º", "ª", "bis"].into_iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if let Some(value) = roman(numeral).filter(|_| numeral.starts_with(char::is_uppercase)) {
        let mut at = end;
        let mut values = vec![value];
        // `A.1` is handled below; `IV.2` here.
        if let Some(read) = text[at..].strip_prefix(['.', '-']).and_then(digits) {
            at += 1 + read.bytes;
            values.push(read.value);
        }
        at += suffix(&text[at..]);
        return Some((at, values));
    }
    let mut chars = word.chars();
    let first = chars.next()?;
    let single = chars.next().is_none() && first.is_uppercase()
        || matches!(first, '\u{600}'..='\u{6ff}') && word.chars().count() == 1;
    let value = letter(first).filter(|_| single)?;
    let mut at = end;
    let mut values = vec![value];
    if let Some(read) = text[at..].strip_prefix(['.', '-']).and_then(digits).or_else(|| digits(&text[at..])) {
        let mark = usize::from(text[at..].starts_with(['.', '-']));
        at += mark + read.bytes;
        values.push(read.value);
    }
    Some((at, values))
}

/// Reads one to three words that make an ordinal: `Primera`, `Décima Primera`, `Vigésimo-segunda`, `الحادية عشرة`.
fn ordinal_words(text: &str) -> Option<(usize, u32)> {
    let mut at = 0;
    let mut value = 0;
    let mut end = None;
    for _ in 0..3 {
        let rest = &text[at..];
        let stop = rest.char_indices().take(20).find(|(_, c)| !c.is_alphabetic() && !is_vowel_mark(*c));
        let stop = stop.map_or(rest.len(), |(at, _)| at);
        let fold = folded(&rest[..stop]);
        // An Arabic number joins its tens with `و`.
        let Some(step) = ordinal(&fold).or_else(|| fold.strip_prefix('و').and_then(ordinal)) else { break };
        value += step;
        at += stop;
        end = Some((at, value));
        let mut chars = text[at..].chars();
        match chars.next() {
            Some(c @ (' ' | '\u{a0}' | '-')) if chars.next().is_some_and(char::is_alphabetic) => at += c.len_utf8(),
            _ => break,
        }
    }
    end.filter(|(bytes, value)| *bytes <= MAX_LABEL && *value < 100)
}

/// `PRIMERA.-`, `Segunda:`, `أولاً:`.
pub(super) fn ordinals(text: &str) -> Option<Read> {
    let first = text.chars().next()?;
    if first.is_lowercase() {
        return None;
    }
    let (bytes, value) = ordinal_words(text)?;
    let capitals = text[..bytes].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let mut at = bytes;
    let rest = &text[at..];
    let mut close = Close::None;
    for (mark, closes) in [
        (".-", Close::Dash),
        (".–", Close::Dash),
        (". -", Close::Dash),
        (".", Close::Dot),
        (":", Close::Colon),
        ("-", Close::Dash),
    ] {
        if rest.starts_with(mark) {
            at += mark.len();
            close = closes;
            break;
        }
    }
    let (blank, set_off, next) = beyond(&text[at..]);
    let apart = blank || next == Next::End || close == Close::Dash;
    if !apart || close == Close::None && !set_off && next != Next::Dash {
        return None;
    }
    let shape = Shape { class: Class::Ordinal, depth: 1, open: false, close: Close::None };
    let sure = close == Close::Dash || capitals && matches!(close, Close::Colon | Close::Dot);
    Some(Read { bytes: at, shape, values: vec![value], other: None, sure })
}

/// Returns how many words a text has.
fn words(text: &str) -> usize {
    text.split(is_blank).filter(|word| !word.is_empty()).take(SHORT + 1).count()
}

/// Whether what follows a cited number reads as a heading; `None` where it reads as a sentence that goes on.
fn heading_like(after: &str) -> Option<bool> {
    let rest = after.trim_matches(is_blank);
    let short = words(rest) <= SHORT && !rest.ends_with(['.', ';', ',', '؛', '،', ':']);
    let first = word(rest).trim_start_matches(['“', '"', '«', '[']);
    if first.chars().next().is_some_and(char::is_uppercase) || first.is_empty() {
        return Some(short);
    }
    // A script without capitals: only a short line can be a heading.
    (short && !cites_on(&folded(first))).then_some(false)
}
