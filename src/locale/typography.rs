//! Typographic spacing and quotation marks, for text that was typed on a plain keyboard.
//!
//! Meant for the words of templates, as plain text: not for Markdown markup, code, or the values
//! of a case, which stay as they were given. Addresses (`https://…`, `mailto:…`, e-mail) are left
//! alone. Both functions are idempotent.

use std::borrow::Cow;

use super::Lang;

/// No-break space, before the French colon and inside guillemets.
const NBSP: char = '\u{a0}';
/// Narrow no-break space, before the other French high punctuation.
const NNBSP: char = '\u{202f}';

/// Sets the typography of a language: in English curly quotes and apostrophes, in French
/// [`french_spacing`]. Text in other languages is returned as it is.
#[must_use]
pub fn typographic(text: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => changed(text, english(text)),
        Lang::Fr => french_spacing(text),
        Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => Cow::Borrowed(text),
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
mod tests {
    use super::*;

    /// Shows the spaces: ~ for U+00A0, ^ for U+202F.
    fn shown(text: &str) -> String {
        text.replace(NBSP, "~").replace(NNBSP, "^")
    }

    #[track_caller]
    fn check_french(input: &str, expected: &str) {
        let once = french_spacing(input).into_owned();
        assert_eq!(shown(&once), expected);
        assert_eq!(french_spacing(&once), once, "not idempotent");
    }

    #[track_caller]
    fn check_english(input: &str, expected: &str) {
        let once = typographic(input, Lang::En).into_owned();
        assert_eq!(once, expected);
        assert_eq!(typographic(&once, Lang::En), once, "not idempotent");
    }

    #[test]
    fn french_high_punctuation() {
        check_french("Objet : demande", "Objet~: demande");
        check_french("Objet: demande", "Objet~: demande");
        check_french("Objet\u{202f}: demande", "Objet~: demande");
        check_french("Vraiment ?", "Vraiment^?");
        check_french("Vraiment? Oui! Bon;", "Vraiment^? Oui^! Bon^;");
        check_french("a  ; b", "a^; b");
        check_french("Quoi ?!", "Quoi^?!");
        check_french("Quoi…?", "Quoi…^?");
        check_french("(vrai ?)", "(vrai^?)");
        check_french("N/Réf. :", "N/Réf.~:");
        check_french("P.J. : 2 ; copie : 1", "P.J.~: 2^; copie~: 1");
        check_french("fin).\n: suite", "fin).\n: suite");
        check_french("(!)", "(!)");
        check_french("? début", "? début");
        // Runs that begin or end inside a sentence.
        check_french(" : suite", "~: suite");
        check_french(" » et", "~» et");
        check_french("dit « ", "dit «~");
    }

    #[test]
    fn french_guillemets() {
        check_french("le « projet » minier", "le «~projet~» minier");
        check_french("le «projet» minier", "le «~projet~» minier");
        check_french("« Est-ce vrai ? »", "«~Est-ce vrai^?~»");
        check_french("«\u{202f}a\u{202f}»", "«~a~»");
        check_french("«  a  »", "«~a~»");
        check_french("« https://x.org »", "«~https://x.org~»");
        check_french("«https://x.org»", "«~https://x.org~»");
        check_french("il dit : « oui » ; puis", "il dit~: «~oui~»^; puis");
    }

    #[test]
    fn french_leaves_figures_and_addresses() {
        for text in [
            "10:30",
            "à 10:30.",
            "échelle 1:50",
            "https://x.org/a?b=1;c!d:e",
            "(https://x.org/l'eau)",
            "mailto:a@b.org?subject=x",
            "urn:iso:std",
            "a&amp;b",
            "a&nbsp;",
            ":---",
            "-:",
            "",
        ] {
            check_french(text, text);
            assert!(matches!(french_spacing(text), Cow::Borrowed(_)));
        }
        check_french("voir https://x.org/?a:b ; puis", "voir https://x.org/?a:b^; puis");
        check_french("courriel : a@b.org", "courriel~: a@b.org");
        check_french("À 10:30 : départ", "À 10:30~: départ");
    }

    #[test]
    fn french_apostrophes() {
        check_french("l'État d'Haïti", "l’État d’Haïti");
        check_french("aujourd'hui", "aujourd’hui");
        check_french("'a' 5' l' ", "'a' 5' l' ");
    }

    #[test]
    fn english_quotes() {
        check_english("the State's rights", "the State’s rights");
        check_english("the States' rights", "the States’ rights");
        check_english("don't", "don’t");
        check_english("the \"Project\", as", "the “Project”, as");
        check_english("(\"Expert\")", "(“Expert”)");
        check_english("\"it's 'fine'\"", "“it’s ‘fine’”");
        check_english("'s offer", "’s offer");
        check_english("the \"", "the “");
        check_english("\", as", "”, as");
        check_english("\"", "”");
        check_english("the '90s", "the ’90s");
        check_english("the (\"Unit\") and \"x\"", "the (“Unit”) and “x”");
        check_english("see https://x.org/?a='b' it's", "see https://x.org/?a='b' it’s");
        assert!(matches!(typographic("plain", Lang::En), Cow::Borrowed(_)));
    }

    #[test]
    fn other_languages_are_left_alone() {
        for lang in [Lang::Es, Lang::Pt, Lang::Ru, Lang::Ar] {
            assert_eq!(typographic("'a' : \"b\" ?", lang), "'a' : \"b\" ?");
        }
        assert_eq!(typographic("a ?", Lang::Fr), "a\u{202f}?");
    }
}
