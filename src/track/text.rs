//! Words as they are compared over drafts: what is noise is folded away, sentences are told apart.

use std::collections::{BTreeMap, BTreeSet};

/// Fewest words of a sentence whose return is told.
const SENTENCE: usize = 4;

/// Returns the tokens of a text with noise folded away: runs of letters and digits in small letters (a
/// decimal number whole), and single marks, in which quotation marks and dashes look alike. Blanks are
/// left out, and so are quotation marks, which differ by keyboard only.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        let inside = matches!(c, '.' | ',')
            && word.ends_with(|c: char| c.is_numeric())
            && chars.peek().is_some_and(|next| next.is_numeric());
        // Thousands are parted by blanks that do not break.
        let blank = matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
            && word.ends_with(|c: char| c.is_numeric())
            && chars.peek().is_some_and(|next| next.is_numeric());
        if inside {
            word.push(c);
            continue;
        }
        if blank {
            continue;
        }
        if is_format(c) {
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        match c {
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '-' => out.push("-".to_owned()),
            '…' => out.extend(["."; 3].map(str::to_owned)),
            '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '‹' | '›' => {}
            c if c.is_whitespace() || c.is_control() => {}
            c => out.push(c.to_string()),
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Returns whether a character has no look of its own.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns how many words a text has.
pub(super) fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// Returns the sentences of a text that have a few words.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let mut start = 0;
        let bytes: Vec<(usize, char)> = line.char_indices().collect();
        for (at, &(byte, c)) in bytes.iter().enumerate() {
            let ends = matches!(c, '.' | '!' | '?' | ';' | '؟' | '؛');
            if !ends {
                continue;
            }
            let after = bytes.get(at + 1).map(|(_, c)| *c);
            let next = bytes[at + 1..].iter().map(|(_, c)| *c).find(|c| !c.is_whitespace() && !is_open(*c));
            // "n.º", "S.A.", "art. 5": a sentence begins with a capital, or in a script that has none.
            let begins = next.is_none_or(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
            let short = line[start..byte]
                .rsplit(char::is_whitespace)
                .next()
                .is_some_and(|last| c == '.' && last.chars().count() <= 2 && last.chars().all(char::is_alphabetic));
            if after.is_none_or(char::is_whitespace) && begins && !short {
                let end = byte + c.len_utf8();
                out.push(line[start..end].trim());
                start = end;
            }
        }
        out.push(line[start..].trim());
    }
    out.retain(|sentence| words(sentence) >= SENTENCE);
    out
}

/// Returns whether a character opens a quotation or a bracket.
fn is_open(c: char) -> bool {
    matches!(c, '(' | '[' | '“' | '„' | '«' | '"' | '\'' | '‘')
}

/// What must be allowed for when a text is held against one of an earlier draft.
#[derive(Debug, Clone, Default)]
pub(super) struct Follow {
    /// Numbers of clauses: earlier, later.
    pub(super) numbers: BTreeSet<(String, String)>,
    /// Renamed terms: earlier words, later words, as tokens.
    pub(super) terms: Vec<(Vec<String>, Vec<String>)>,
}

impl Follow {
    /// Adds a renamed term, with its plural.
    pub(super) fn rename(&mut self, before: &str, after: &str) {
        let (before, after) = (tokens(before), tokens(after));
        let plural = |words: &[String]| words.iter().map(|word| format!("{word}s")).collect::<Vec<_>>();
        self.terms.push((plural(&before), plural(&after)));
        self.terms.push((before, after));
    }

    /// Returns whether two texts say the same: noise, references that follow their clause and renamed terms
    /// apart.
    pub(super) fn same(&self, earlier: &[String], later: &[String]) -> bool {
        let renamed = self.renamed(earlier);
        if renamed.len() != later.len() {
            return false;
        }
        renamed.iter().zip(later).all(|(one, other)| {
            one == other || (starts_with_digit(one) && self.numbers.contains(&(one.clone(), other.clone())))
        })
    }

    fn renamed(&self, earlier: &[String]) -> Vec<String> {
        if self.terms.is_empty() {
            return earlier.to_vec();
        }
        let mut out = Vec::with_capacity(earlier.len());
        let mut at = 0;
        while at < earlier.len() {
            let found = self.terms.iter().find(|(before, _)| !before.is_empty() && earlier[at..].starts_with(before));
            match found {
                Some((before, after)) => {
                    out.extend(after.iter().cloned());
                    at += before.len();
                }
                None => {
                    out.push(earlier[at].clone());
                    at += 1;
                }
            }
        }
        out
    }
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
}

/// Returns the share of words that two texts have in common, from 0 to 1 (Dice, each word as often as it stands).
pub(super) fn likeness(one: &[String], other: &[String]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for word in one {
        *count.entry(word).or_default() += 1;
    }
    let mut common = 0u32;
    for word in other {
        if let Some(left) = count.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    let all = u32::try_from(one.len() + other.len()).unwrap_or(u32::MAX);
    2.0 * f64::from(common) / f64::from(all)
}

/// Returns a text of at most so many characters, cut between words, with `…` where it was cut.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let flat = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let end = flat.char_indices().nth(most).map_or(flat.len(), |(at, _)| at);
    let cut = flat[..end].rfind(' ').unwrap_or(end);
    format!("{}…", flat[..cut].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn noise_is_folded_away() {
        let same = |one: &str, other: &str| assert_eq!(tokens(one), tokens(other), "{one} / {other}");
        same("“Valor  Bruto” – FOB", "\"valor bruto\" - fob");
        same("USD 2\u{a0}000\u{a0}000", "USD 2\u{202f}000\u{202f}000");
        same("nego\u{ad}ciação", "negociação");
        assert_ne!(tokens("3.5 %"), tokens("35 %"));
        assert_ne!(tokens("must"), tokens("may"));
    }

    #[test]
    fn sentences_end_where_a_reader_would_say() {
        let text = "Depende do consentimento do Governo, S.A. incluída. Decorridos 45 dias sem resposta, é dado.\nNos termos do n.º 5 do art. 7 desta lei.";
        assert_eq!(
            sentences(text),
            [
                "Depende do consentimento do Governo, S.A. incluída.",
                "Decorridos 45 dias sem resposta, é dado.",
                "Nos termos do n.º 5 do art. 7 desta lei."
            ]
        );
    }

    #[test]
    fn a_reference_may_follow_its_clause_and_a_term_its_new_name() {
        let mut follow = Follow::default();
        follow.numbers.insert(("5".to_owned(), "6".to_owned()));
        follow.rename("Afiliada", "Sociedade Relacionada");
        let same = |one: &str, other: &str| follow.same(&tokens(one), &tokens(other));
        assert!(same("pago pelas Afiliadas, Cláusula 5.ª", "pago pelas Sociedades Relacionadas, Cláusula 6.ª"));
        assert!(!same("Cláusula 5.ª", "Cláusula 7.ª"));
        assert!(!same("5 dias a mais", "5 dias a menos"));
    }

    proptest! {
        #[test]
        fn nothing_panics_and_a_text_is_itself(text in "\\PC{0,200}") {
            let own = tokens(&text);
            prop_assert!(Follow::default().same(&own, &own));
            for sentence in sentences(&text) {
                prop_assert!(text.contains(sentence));
            }
            prop_assert!(shorten(&text, 20).chars().count() <= 21);
        }
    }
}
