//! Cross-references in running text: "clauses 5.1(a) and 5.3", "Article 5 bis", "Anexo B".

use std::ops::Range;

use crate::locale::Lang;

use super::lexis::Words;
use super::vocabulary::{Vocabulary, role};

/// A cross-reference, with all that it lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The bytes that it takes, from "clause" to the last number.
    pub range: Range<usize>,
    /// What it points to.
    pub kind: ReferenceKind,
    /// What it lists; at least one.
    pub targets: Vec<Target>,
    /// Whether it points out of the contract, to a law or another instrument.
    pub external: bool,
}

/// What a cross-reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A clause, an article, a section.
    Clause,
    /// A paragraph or an item within a clause.
    Item,
    /// An annex, a schedule.
    Annex,
}

/// One number that a cross-reference gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The bytes that it takes.
    pub range: Range<usize>,
    /// Its parts without marks, in lower case, the outermost first: `5.2`, `a`, `ii`; `5 bis`; `b`.
    pub parts: Vec<String>,
    /// Whether it is the end of a range whose beginning is the target before: "5 to 7".
    pub through: bool,
}

/// Returns the cross-references that stand in a text, in their order.
///
/// ```
/// use engross::compare::references::references;
/// use engross::locale::Lang;
///
/// let found = references("subject to clauses 5.1(a) and 5.3", Lang::En);
/// assert_eq!(found[0].targets[0].parts, ["5.1", "a"]);
/// assert_eq!(found[0].targets[1].parts, ["5.3"]);
/// ```
#[must_use]
pub fn references(text: &str, lang: Lang) -> Vec<Reference> {
    let words = Words::new(text);
    let vocabulary = Vocabulary::of(lang);
    let mut found: Vec<Reference> = Vec::new();
    let mut at = 0;
    while at < words.list.len() {
        match reference(&words, at, vocabulary) {
            Some((reference, after)) => {
                found.push(reference);
                at = after;
            }
            None => at += 1,
        }
    }
    // "paragraph 2 of article 5 of the Code": what is said of the last holds for those that hang on it.
    for index in (1..found.len()).rev() {
        let between = text.get(found[index - 1].range.end..found[index].range.start).unwrap_or("");
        let hangs = found[index].external && between.len() <= 20 && !between.contains([',', ';', '.']) && {
            let between = Words::new(between);
            !between.list.is_empty() && (0..between.list.len()).all(|at| vocabulary.is(&between, at, role::OF))
        };
        found[index - 1].external |= hangs;
    }
    found
}

/// Reads a reference that begins with a word; gives it with the index of the word after it.
pub(super) fn reference(words: &Words<'_>, at: usize, vocabulary: &Vocabulary) -> Option<(Reference, usize)> {
    let roles = vocabulary.roles(words, at);
    let kind = if roles & role::CLAUSE != 0 {
        ReferenceKind::Clause
    } else if roles & role::SUB != 0 {
        ReferenceKind::Item
    } else if roles & role::ANNEX != 0 {
        ReferenceKind::Annex
    } else {
        return None;
    };
    let reader = Reader { words, vocabulary, kind };
    let (first, mut next) = reader.item(reader.after_number_sign(at + 1), true)?;
    let mut targets = vec![first];
    while let Some((target, after)) = reader.another(next, &targets) {
        targets.push(target);
        next = after;
    }
    let start = words.list.get(at)?.start;
    let end = targets.last()?.range.end;
    let external = reader.is_external(at, next, end);
    Some((Reference { range: start..end, kind, targets, external }, next))
}

/// Reads numbers of clauses.
struct Reader<'a, 't> {
    words: &'a Words<'t>,
    vocabulary: &'a Vocabulary,
    kind: ReferenceKind,
}

impl<'t> Reader<'_, 't> {
    /// Passes over "n.º" and the like.
    fn after_number_sign(&self, at: usize) -> usize {
        let word = self.words.of(at);
        if matches!(word, "nº" | "Nº" | "no" | "No" | "nos") && self.is_digit(at + 1) {
            return at + 1;
        }
        if matches!(word, "n" | "N" | "nn") {
            if matches!(self.words.of(at + 1), "º" | "ºs") {
                return at + 2;
            }
            if self.words.gap(at + 1).starts_with('°') {
                return at + 1;
            }
        }
        at
    }

    fn is_digit(&self, at: usize) -> bool {
        self.words.list.get(at).is_some_and(|word| word.digit)
    }

    /// Reads the number of a clause; the first after the word that names it may be in words.
    fn item(&self, at: usize, first: bool) -> Option<(Target, usize)> {
        let word = self.words.list.get(at)?;
        let gap = self.words.gap(at);
        let text = self.words.of(at);
        let bracketed = gap.ends_with('(') || gap.ends_with('[');
        let lead = gap.trim_end_matches(['(', '[']).trim_start_matches('.');
        if !lead.chars().all(|c| c.is_whitespace() || matches!(c, '°' | '№' | '§' | '\u{200f}' | '\u{200e}')) {
            return None;
        }
        let closed = self.words.gap(at + 1).starts_with([')', ']']);
        let short = text.chars().count() <= 5 && text.chars().all(char::is_alphanumeric);
        let mut range = word.start..word.end;
        let mut next = at + 1;
        let mut parts = Vec::new();
        if bracketed {
            (short && closed).then_some(())?;
            range.start -= 1;
            range.end += 1;
            parts.push(latin(&text.to_lowercase()));
        } else if word.digit {
            parts.push(self.decimal(&mut range, &mut next, text)?);
        } else if closed && (text.chars().count() == 1 || is_roman(&text.to_uppercase())) {
            range.end += 1;
            parts.push(latin(&text.to_lowercase()));
        } else if self.is_letter(at, text) || (word.upper && is_roman(text)) {
            parts.push(latin(&text.to_lowercase()));
            self.dotted(&mut range, &mut next, &mut parts);
        } else if first && self.kind != ReferenceKind::Item {
            parts.push(self.worded(&mut range, &mut next, at)?);
        } else {
            return None;
        }
        self.inner(&mut range, &mut next, &mut parts);
        Some((Target { range, parts, through: false }, next))
    }

    /// Reads figures parted by dots, an ordinal mark and "bis" after them.
    fn decimal(&self, range: &mut Range<usize>, next: &mut usize, text: &str) -> Option<String> {
        let digits = text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
        let (figures, tail) = text.split_at(digits);
        let mut number = latin(figures);
        match tail {
            "" => {}
            "er" | "ère" | "e" | "ème" | "º" | "ª" | "th" | "st" | "nd" | "rd" | "o" | "a" => {}
            letters if letters.chars().count() == 1 => number.push_str(&letters.to_lowercase()),
            _ => return None,
        }
        while self.words.gap(*next) == "." && self.is_digit(*next) && self.words.of(*next).chars().all(char::is_numeric)
        {
            number.push('.');
            number.push_str(&latin(self.words.of(*next)));
            range.end = self.words.list.get(*next)?.end;
            *next += 1;
        }
        if matches!(self.words.gap(*next), "." | "" | ".\u{a0}")
            && matches!(self.words.of(*next), "º" | "ª" | "o" | "a")
        {
            range.end = self.words.list.get(*next)?.end;
            *next += 1;
        }
        if self.words.gap(*next).starts_with('°') {
            range.end += '°'.len_utf8();
        }
        let again = self.words.of(*next);
        let joined = self.words.list.get(*next).is_some_and(|word| word.joined);
        if joined && matches!(again, "bis" | "ter" | "quater" | "quinquies" | "sexies" | "septies") {
            number.push(' ');
            number.push_str(again);
            range.end = self.words.list.get(*next)?.end;
            *next += 1;
        }
        // "5-A", as Portuguese and Spanish laws and contracts have it.
        let letter = self.words.of(*next);
        if self.words.gap(*next) == "-" && letter.chars().count() == 1 && letter.chars().all(char::is_uppercase) {
            number.push('-');
            number.push_str(&letter.to_lowercase());
            range.end = self.words.list.get(*next)?.end;
            *next += 1;
        }
        Some(number)
    }

    /// Reads "-1" or ".2" after a letter: annex A-1.
    fn dotted(&self, range: &mut Range<usize>, next: &mut usize, parts: &mut [String]) {
        while matches!(self.words.gap(*next), "-" | "." | "") && self.is_digit(*next) {
            let (Some(word), Some(part)) = (self.words.list.get(*next), parts.last_mut()) else { return };
            part.push_str(self.words.gap(*next));
            part.push_str(self.words.of(*next));
            range.end = word.end;
            *next += 1;
        }
    }

    /// Reads a number in words, as "Quinta" or "Décima Segunda"; gives it in lower case.
    fn worded(&self, range: &mut Range<usize>, next: &mut usize, at: usize) -> Option<String> {
        let fits = |at: usize| {
            let word = self.words.list.get(at);
            let ends = role::ORDINAL | role::NUMBER | role::ARTICLE;
            word.is_some_and(|word| word.joined)
                && self.vocabulary.is(self.words, at, ends)
                && self.words.of(at).len() > 2
        };
        let mut end = at;
        while end < at + 4 && fits(end) {
            end += 1;
        }
        // "Part one", "the clause third parties rely on": a number in words follows a capital, or is one.
        let capital = |at: usize| self.words.list.get(at).is_some_and(|word| word.capital);
        if end == at || !(capital(at) || at.checked_sub(1).is_some_and(capital)) {
            return None;
        }
        if self.vocabulary.is(self.words, end, role::UNIT | role::UNIT_WITH) {
            return None;
        }
        *range = self.words.span(at, end - at);
        *next = end;
        self.words.text.get(range.clone()).map(str::to_lowercase)
    }

    /// Reads "(a)(ii)", "(a), (ii)" not, and " a)" after a number.
    fn inner(&self, range: &mut Range<usize>, next: &mut usize, parts: &mut Vec<String>) {
        while let Some(word) = self.words.list.get(*next) {
            let gap = self.words.gap(*next).trim_start_matches([')', ']']);
            let text = self.words.of(*next);
            let closed = self.words.gap(*next + 1).starts_with([')', ']']);
            let opened = matches!(gap, "(" | " (" | "\u{a0}(" | "[");
            let bare = matches!(gap, " " | "\u{a0}") && !word.digit && text.chars().count() == 1;
            if !closed || !(opened || bare) || text.chars().count() > 4 || (word.digit && gap != "(") {
                return;
            }
            // "(30)" after a blank would be a number in figures; "(ii)" is none.
            parts.push(latin(&text.to_lowercase()));
            range.end = word.end + 1;
            *next += 1;
        }
    }

    /// Reads what a list or range goes on with.
    fn another(&self, at: usize, before: &[Target]) -> Option<(Target, usize)> {
        let gap = self.words.gap(at).trim_start_matches([')', ']']);
        let closed = gap.trim_start_matches(['°']);
        let plain = closed.trim();
        let mut next = at;
        let mut through = false;
        let last_is_digit = before
            .last()
            .is_some_and(|target| target.parts.first().is_some_and(|part| part.starts_with(char::is_numeric)));
        let conjunction = self.vocabulary.is(self.words, at, role::AND | role::TO);
        if !conjunction && matches!(plain.trim_end_matches(['(', '[']).trim_end(), "," | "،" | ";") {
            // A comma alone lists only what is plainly a number of the same form.
        } else if matches!(plain, "–" | "-" | "—") && self.is_digit(at) && last_is_digit {
            through = true;
        } else if conjunction && matches!(plain, "" | "," | "،") {
            let start = next;
            while next < start + 3 && self.vocabulary.is(self.words, next, role::AND | role::TO) {
                through |=
                    self.vocabulary.is(self.words, next, role::TO) && !self.vocabulary.is(self.words, next, role::AND);
                next += 1;
            }
        } else {
            return None;
        }
        let (mut target, after) = self.listed(next, last_is_digit, before)?;
        target.through = through;
        Some((target, after))
    }

    fn listed(&self, at: usize, digits: bool, before: &[Target]) -> Option<(Target, usize)> {
        let word = self.words.list.get(at)?;
        let gap = self.words.gap(at);
        let text = self.words.of(at);
        let bracketed = gap.ends_with(['(', '[']);
        let closed = self.words.gap(at + 1).starts_with([')', ']']);
        let short = text.chars().count() <= 5;
        let mut range = word.start..word.end;
        let mut next = at + 1;
        let mut parts = Vec::new();
        if bracketed && closed && short {
            range = word.start - 1..word.end + 1;
            // "5.1(a) and (b)": the number goes for both.
            let outer = before
                .last()
                .map_or(&[][..], |target| target.parts.get(..target.parts.len().saturating_sub(1)).unwrap_or(&[]));
            parts.extend(outer.iter().cloned());
            parts.push(latin(&text.to_lowercase()));
        } else if word.digit && digits {
            parts.push(self.decimal(&mut range, &mut next, text)?);
        } else if !digits && closed && text.chars().count() == 1 {
            range.end += 1;
            parts.push(latin(&text.to_lowercase()));
        } else if !digits && (self.is_letter(at, text) || (word.upper && is_roman(text))) {
            parts.push(latin(&text.to_lowercase()));
            self.dotted(&mut range, &mut next, &mut parts);
        } else {
            return None;
        }
        self.inner(&mut range, &mut next, &mut parts);
        // "clause 5 and 30 days", "clause 5, 3 % of": that is another number.
        let roles = self.vocabulary.roles(self.words, next);
        let gap = self.words.gap(next);
        let measured = roles & (role::UNIT | role::UNIT_WITH | role::SCALE) != 0
            && self.words.list.get(next).is_some_and(|word| word.joined);
        let percent = gap.trim_start().starts_with(['%', '٪'])
            || self.vocabulary.percent.longest(self.words, next, |(), _| true).is_some();
        (!measured && !percent).then_some((Target { range, parts, through: false }, next))
    }

    /// Returns whether a word is a letter that numbers an annex.
    fn is_letter(&self, at: usize, text: &str) -> bool {
        let mut letters = text.chars();
        let single = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() || is_arabic(c));
        // "Section A of", but "part A person", where a sentence would begin.
        let ends = !self.words.list.get(at + 1).is_some_and(|next| next.joined)
            || !matches!(text, "A" | "O" | "E" | "Y" | "I" | "À")
            || self.kind == ReferenceKind::Annex
            || self.vocabulary.is(self.words, at + 1, role::OF | role::AND | role::TO | role::THIS);
        single && ends && !self.words.gap(at + 1).starts_with(['\'', '’'])
    }

    /// Returns whether a reference points to another instrument, by what follows or precedes it.
    fn is_external(&self, at: usize, next: usize, end: usize) -> bool {
        let vocabulary = self.vocabulary;
        let words = self.words;
        // "… of the Mining Code", "… de la loi n°"; a word between may qualify: "of the said Law".
        let follows = words.text.get(end..words.list.get(next).map_or(end, |word| word.start)).unwrap_or("");
        if follows.chars().all(|c| c.is_whitespace() || matches!(c, ')' | ',' | '’' | '\'')) {
            let mut index = next;
            // Russian needs no preposition.
            let mut linked = vocabulary.lang == Lang::Ru;
            while index < next + 5 && vocabulary.is(words, index, role::OF) {
                linked = true;
                index += 1;
            }
            if linked && !vocabulary.is(words, index, role::THIS) {
                // The adjective may come before: "of the Mining Code", "of the Petroleum (Exploration) Act".
                for offset in 0..5 {
                    let Some(word) = words.list.get(index + offset) else { break };
                    if vocabulary.is(words, index + offset, role::LAW) {
                        return offset == 0 || word.capital || vocabulary.lang == Lang::Ar;
                    }
                    let goes_on = word.capital || vocabulary.is(words, index + offset, role::OF | role::AND);
                    if !goes_on || vocabulary.is(words, index + offset, role::CLAUSE | role::ANNEX) {
                        break;
                    }
                }
            }
        }
        // "its clause 31": that of another paper.
        let owner = at.checked_sub(1).map_or(String::new(), |before| words.of(before).to_lowercase());
        if matches!(owner.as_str(), "its" | "their" | "sua" | "suas" | "sa" | "ses" | "su" | "sus") {
            return true;
        }
        // "section 5 thereof".
        if matches!(words.of(next), "thereof" | "therein" | "ibid") {
            return true;
        }
        // "the Mining Act, section 5", "Ley 24.196, artículo 8".
        let before = (1..=4).take_while(|back| {
            let gap = at.checked_sub(back - 1).map_or("", |index| words.gap(index));
            !gap.contains(['.', ';', ':', '\n']) || gap.len() == 1
        });
        for back in before {
            let Some(index) = at.checked_sub(back) else { break };
            let word = &words.list[index];
            if vocabulary.is(words, index, role::LAW) && word.capital {
                return words.gap(at).contains(',') || words.gap(at).contains('(');
            }
            if !(word.digit || word.capital || vocabulary.is(words, index, role::OF)) {
                break;
            }
        }
        false
    }
}

/// Returns figures with Arabic digits made Latin.
pub(super) fn latin(figures: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10).unwrap_or(c),
        _ => c,
    };
    figures.chars().map(digit).collect()
}

/// Returns whether a letter is Arabic.
fn is_arabic(c: char) -> bool {
    ('\u{620}'..='\u{64a}').contains(&c)
}

/// Returns whether a word in capitals is a Roman number.
pub(super) fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 8
        && text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

#[cfg(test)]
mod tests;
