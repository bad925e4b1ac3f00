//! Typographic spacing and quotation marks, for text that was typed on a plain keyboard.
//!
//! Meant for the words of templates, as plain text: not for Markdown markup, code, or the values
//! of a case, which stay as they were given. Addresses (`https://…`, `mailto:…`, e-mail) are left
//! alone. Both functions are idempotent.

mod arabic;
mod quotes;
mod russian;

use std::borrow::Cow;

use super::Lang;

/// No-break space, before the French colon and inside guillemets.
const NBSP: char = '\u{a0}';
/// Narrow no-break space, before the other French high punctuation.
const NNBSP: char = '\u{202f}';

/// Sets the typography of a language.
///
/// English has curly quotes and apostrophes, French [`french_spacing`]. In the other languages straight
/// quotation marks become «…», and “…” inside («… „…“ …» in Russian). Spanish and Portuguese get the
/// apostrophe between letters; Russian no-break spaces after №, before a dash, and between two
/// initials and a surname; Arabic its own comma, semicolon and question mark among Arabic words.
#[must_use]
pub fn typographic(text: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => changed(text, english(text)),
        Lang::Fr => french_spacing(text),
        Lang::Es | Lang::Pt => changed(text, romance(text)),
        Lang::Ru => changed(text, russian::russian(text)),
        Lang::Ar => changed(text, arabic::arabic(text)),
    }
}

/// Sets the French spaces and apostrophes.
///
/// U+202F goes before `;`, `!` and `?`, U+00A0 before `:` and inside « ». A sign that is followed
/// by a letter or figure (10:30, 1:50, a path) is not punctuation and gets none. A straight
/// apostrophe between letters becomes ’.
///
/// ```
/// use engross::locale::french_spacing;
///
/// assert_eq!(french_spacing("Objet : l'avis"), "Objet\u{a0}: l’avis");
/// ```
#[must_use]
pub fn french_spacing(text: &str) -> Cow<'_, str> {
    changed(text, french(text))
}

/// Borrows the text where nothing changed.
fn changed(old: &str, new: String) -> Cow<'_, str> {
    if new == old { Cow::Borrowed(old) } else { Cow::Owned(new) }
}

fn romance(text: &str) -> String {
    quotes::set(text, quotes::ROMANCE, |out, c, rest| {
        let is_apostrophe = c == '\'' && joins_letters(out, rest.chars().next());
        if is_apostrophe {
            out.push('’');
        }
        is_apostrophe
    })
}

fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (word, is_address) in words(text) {
        if is_address {
            if out.ends_with('«') {
                out.push(NBSP);
            }
            out.push_str(word);
            continue;
        }
        let mut rest = word.chars().peekable();
        // What stands before the word was written with the words before it.
        while let Some(c) = rest.next() {
            let next = rest.peek().copied();
            match c {
                '\'' if joins_letters(&out, next) => out.push('’'),
                ':' if ends_clause(next) => space_before(&mut out, NBSP, c),
                ';' if ends_clause(next) && !ends_entity(&out) => {
                    space_before(&mut out, NNBSP, c);
                }
                '!' | '?' if ends_clause(next) => space_before(&mut out, NNBSP, c),
                '»' => space_before(&mut out, NBSP, c),
                _ => {
                    // The space after an opening guillemet is set when what follows comes.
                    if out.ends_with('«') && !c.is_whitespace() {
                        out.push(NBSP);
                    }
                    if is_fixable_space(c) && opens_quotation(&out) {
                        if !out.ends_with(NBSP) {
                            out.push(NBSP);
                        }
                    } else {
                        out.push(c);
                    }
                }
            }
        }
    }
    out
}

/// Appends a sign after exactly one space of the given kind, if a space belongs there.
fn space_before(out: &mut String, space: char, sign: char) {
    let text = out.trim_end_matches(is_fixable_space);
    let had_space = text.len() < out.len();
    let wants_space = match text.chars().next_back() {
        Some('\n' | '\t') => false,
        // Signs in a row stand close: "?!".
        Some('!' | '?' | ':' | ';') => sign == '»',
        // So do brackets, and the dashes of a table's markup. At the start of a run of text, what
        // stands before is in the run before: a space is set right, none is put in.
        None | Some('(' | '[' | '-' | '|') => had_space,
        Some(_) => true,
    };
    if wants_space {
        out.truncate(text.len());
        out.push(space);
    }
    out.push(sign);
}

/// Returns whether the text ends in an opening guillemet, perhaps with its space.
fn opens_quotation(out: &str) -> bool {
    out.strip_suffix(NBSP).unwrap_or(out).ends_with('«')
}

/// Returns whether the text ends in the name of a character reference such as `&nbsp`.
fn ends_entity(out: &str) -> bool {
    out.rsplit_once('&')
        .is_some_and(|(_, name)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// Returns whether a sign followed by `next` is punctuation, not part of a figure or a name.
fn ends_clause(next: Option<char>) -> bool {
    next.is_none_or(|c| c.is_whitespace() || "!?:;.,…)]}»”’\"*_|".contains(c))
}

fn is_fixable_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NNBSP | '\u{2009}')
}

fn joins_letters(out: &str, next: Option<char>) -> bool {
    let after_letter = out.chars().next_back().is_some_and(char::is_alphabetic);
    after_letter && next.is_some_and(char::is_alphabetic)
}

fn english(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut at = 0;
    for (word, is_address) in words(text) {
        if is_address {
            out.push_str(word);
            at += word.len();
            continue;
        }
        for c in word.chars() {
            at += c.len_utf8();
            let rest = &text[at..];
            match c {
                '"' if opens_english(&out, rest) => out.push('“'),
                '"' => out.push('”'),
                '\'' if opens_english(&out, rest) && !is_clipped(rest) => out.push('‘'),
                '\'' => out.push('’'),
                _ => out.push(c),
            }
        }
    }
    out
}

/// Returns whether a quotation mark between `out` and `rest` opens a quotation.
///
/// A run of text may begin or end inside a quotation: at its start a mark opens what is a word,
/// at its end it opens after a space.
fn opens_english(out: &str, rest: &str) -> bool {
    match (out.chars().next_back(), rest.chars().next()) {
        (_, Some(c)) if c.is_whitespace() => false,
        (None, next) => next.is_some_and(|c| c.is_alphanumeric() || "([{\"'“‘".contains(c)),
        (Some(c), _) => c.is_whitespace() || "([{—–/“‘".contains(c),
    }
}

/// Returns whether what follows an apostrophe makes it one although it opens a word: '90s, and
/// the 's left over where a run of text ends inside a word.
fn is_clipped(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    word == "s" || word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s')
}

/// Splits a text into words and the white space between them, each with whether it is an address.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_space = is_break(first);
        let end = rest.find(|c| is_break(c) != is_space).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some((word, !is_space && is_address(word)))
    })
}

/// Returns whether a character ends an address: white space, but also what encloses one.
fn is_break(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '«' | '»')
}

fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[', '"', '\'', '“', '‘']);
    let is_mail = word
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.starts_with('.'));
    word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:") || is_mail
}

#[cfg(test)]
mod tests;
