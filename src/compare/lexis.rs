//! Words of a text, and phrases found among them, whatever their case, accents and inflection.
//!
//! A word is a run of letters and digits; it is known by a hash of its folded letters (lower case, no
//! accents, no vowel signs), and by the hashes of its beginnings, so that a stem such as `reasonabl*` is
//! found as fast as a whole word. Nothing is allocated for a word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Hash of its folded letters.
    pub(super) hash: u64,
    /// Where the hashes of its beginnings start.
    prefixes: usize,
    /// Whether only blanks, hyphens or an apostrophe part it from the word before.
    pub(super) joined: bool,
    /// Whether the first letter is a capital.
    pub(super) capital: bool,
    /// Whether it has letters, and all of them are capitals.
    pub(super) upper: bool,
    /// Whether it begins with a digit.
    pub(super) digit: bool,
}

/// The words of a text.
#[derive(Debug, Clone)]
pub(super) struct Words<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its words, in their order.
    pub(super) list: Vec<Word>,
    prefixes: Vec<u64>,
}

impl<'t> Words<'t> {
    /// Finds the words of a text.
    pub(super) fn new(text: &'t str) -> Self {
        let mut words = Self { text, list: Vec::new(), prefixes: Vec::new() };
        let mut open: Option<(Word, Folder)> = None;
        let mut joined = true;
        for (at, c) in text.char_indices() {
            if let Some((word, folder)) = &mut open {
                if c.is_alphanumeric() || is_sign(c) {
                    folder.take(c, |hash| words.prefixes.push(hash));
                    word.upper &= !c.is_lowercase();
                    continue;
                }
                words.list.push(Word { end: at, hash: folder.hash, ..*word });
                open = None;
                joined = true;
            }
            if c.is_alphanumeric() {
                let mut folder = Folder::default();
                let prefixes = words.prefixes.len();
                folder.take(c, |hash| words.prefixes.push(hash));
                let (capital, digit) = (c.is_uppercase(), c.is_numeric());
                let word = Word { start: at, end: at, hash: 0, prefixes, joined, capital, upper: capital, digit };
                open = Some((word, folder));
            } else {
                joined &= is_soft(c);
            }
        }
        if let Some((word, folder)) = open {
            words.list.push(Word { end: text.len(), hash: folder.hash, ..word });
        }
        if let Some(first) = words.list.first_mut() {
            first.joined = false;
        }
        words
    }

    /// Returns the letters of a word; empty past the last.
    pub(super) fn of(&self, index: usize) -> &'t str {
        self.list.get(index).and_then(|word| self.text.get(word.start..word.end)).unwrap_or("")
    }

    /// Returns the text between a word and the one before it; what precedes the first, and follows the last.
    pub(super) fn gap(&self, index: usize) -> &'t str {
        let from = index.checked_sub(1).and_then(|before| self.list.get(before)).map_or(0, |word| word.end);
        let to = self.list.get(index).map_or(self.text.len(), |word| word.start);
        self.text.get(from..to).unwrap_or("")
    }

    /// Returns the hashes of the beginnings of a word, the shortest first.
    fn beginnings(&self, index: usize) -> &[u64] {
        let Some(word) = self.list.get(index) else { return &[] };
        let end = self.list.get(index + 1).map_or(self.prefixes.len(), |next| next.prefixes);
        self.prefixes.get(word.prefixes..end).unwrap_or(&[])
    }

    /// Returns the bytes that so many words take.
    pub(super) fn span(&self, at: usize, count: usize) -> Range<usize> {
        let start = self.list.get(at).map_or(0, |word| word.start);
        let end = (at + count).checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |word| word.end);
        start..end.max(start)
    }
}

/// Returns whether a character may stand between two words of one phrase.
fn is_soft(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\'' | '’' | 'ʼ' | '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\u{200e}' | '\u{200f}')
}

/// Returns whether a character goes with the letter before it.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Returns the hash that a word has in [`Words`].
pub(super) fn hash(word: &str) -> u64 {
    let mut folder = Folder::default();
    word.chars().for_each(|c| folder.take(c, |_| ()));
    folder.hash
}

/// Makes the hash of a word (FNV-1a, 64 bits), letter by letter.
struct Folder {
    hash: u64,
}

impl Default for Folder {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325 }
    }
}

impl Folder {
    fn take(&mut self, c: char, mut seen: impl FnMut(u64)) {
        if is_sign(c) {
            return;
        }
        if c.is_ascii() {
            self.push(c.to_ascii_lowercase());
            seen(self.hash);
            return;
        }
        for lower in c.to_lowercase() {
            let (first, second) = fold(lower);
            for letter in [Some(first), second].into_iter().flatten() {
                self.push(letter);
                seen(self.hash);
            }
        }
    }

    fn push(&mut self, c: char) {
        self.hash = (self.hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

/// Returns a letter in lower case without its accents, as one or two letters.
fn fold(c: char) -> (char, Option<char>) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' => 'a',
        'ç' => 'c',
        'è'..='ë' | 'ē' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'œ' => return ('o', Some('e')),
        'æ' => return ('a', Some('e')),
        'ё' => 'е',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        _ => c,
    };
    (plain, None)
}

/// A hasher for keys that are hashes.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A table by hashes of words. It is looked up and never gone through, so its order does not show.
pub(super) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// A word of a phrase.
#[derive(Debug, Clone)]
struct Piece {
    /// Hashes that the word may have; of a stem, the only one.
    hashes: Vec<u64>,
    stem: bool,
    /// Whether a hyphen must stand before it.
    hyphen: bool,
}

/// Phrases with what they stand for.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    list: Vec<(Vec<Piece>, T)>,
    words: ByHash<Vec<usize>>,
    stems: ByHash<Vec<usize>>,
    /// The lengths, in letters, that a stem at the beginning of a phrase has.
    stem_lengths: Vec<usize>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { list: Vec::new(), words: ByHash::default(), stems: ByHash::default(), stem_lengths: Vec::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase: words parted by blanks (blanks, an apostrophe or hyphens in the text) or hyphens
    /// (only those); a word with `*` at its end is a stem.
    pub(super) fn add(&mut self, phrase: &str, value: T) {
        self.add_forms(phrase, value, |word| vec![hash(word)]);
    }

    /// Adds a phrase, each word of it in the forms that `forms` gives as hashes.
    pub(super) fn add_forms(&mut self, phrase: &str, value: T, forms: impl Fn(&str) -> Vec<u64>) {
        let mut pieces = Vec::new();
        for group in phrase.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’')) {
            for (index, word) in group.split('-').filter(|word| !word.is_empty()).enumerate() {
                let (stem, hashes) = match word.strip_suffix('*') {
                    Some(stem) => (true, vec![hash(stem)]),
                    None => (false, forms(word)),
                };
                let hyphen = index > 0;
                if stem && pieces.is_empty() {
                    let length = word.chars().count() - 1;
                    if !self.stem_lengths.contains(&length) {
                        self.stem_lengths.push(length);
                    }
                }
                pieces.push(Piece { hashes, stem, hyphen });
            }
        }
        let Some(first) = pieces.first() else { return };
        let index = self.list.len();
        let table = if first.stem { &mut self.stems } else { &mut self.words };
        for hash in &first.hashes {
            table.entry(*hash).or_default().push(index);
        }
        self.list.push((pieces, value));
    }

    /// Returns the longest phrase that begins with a word of a text and that `fits`, with the number of its
    /// words; of equally long ones, that which was added first.
    pub(super) fn longest(
        &self,
        words: &Words<'_>,
        at: usize,
        mut fits: impl FnMut(&T, usize) -> bool,
    ) -> Option<(usize, &T)> {
        let mut best: Option<(usize, usize)> = None;
        self.each(words, at, |index, length| {
            let better = best.is_none_or(|(other, its)| length > its || (length == its && index < other));
            if better && self.list.get(index).is_some_and(|(_, value)| fits(value, length)) {
                best = Some((index, length));
            }
        });
        let (index, length) = best?;
        self.list.get(index).map(|(_, value)| (length, value))
    }

    /// Calls `visit` with the index and the number of words of each phrase that begins with a word.
    fn each(&self, words: &Words<'_>, at: usize, mut visit: impl FnMut(usize, usize)) {
        let Some(word) = words.list.get(at) else { return };
        let beginnings = words.beginnings(at);
        let by_stem = self.stem_lengths.iter().filter_map(|length| beginnings.get(length.checked_sub(1)?));
        let by_stem = by_stem.filter_map(|hash| self.stems.get(hash));
        for index in self.words.get(&word.hash).into_iter().chain(by_stem).flatten() {
            let Some((pieces, _)) = self.list.get(*index) else { continue };
            let rest = pieces.iter().enumerate().skip(1);
            if rest.clone().all(|(offset, piece)| piece.fits(words, at + offset)) {
                visit(*index, pieces.len());
            }
        }
    }
}

impl Piece {
    fn fits(&self, words: &Words<'_>, at: usize) -> bool {
        let Some(word) = words.list.get(at) else { return false };
        let gap = || words.gap(at);
        word.joined
            && (!self.hyphen || matches!(gap(), "-" | "\u{2010}" | "\u{2011}"))
            && match self.stem {
                true => self.hashes.iter().any(|hash| words.beginnings(at).contains(hash)),
                false => self.hashes.contains(&word.hash),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let words = Words::new("L’État DOIT, n’est-ce\u{a0}pas? e\u{301}té 5.ª الشَّركة");
        let texts: Vec<&str> = (0..words.list.len()).map(|at| words.of(at)).collect();
        assert_eq!(texts, ["L", "État", "DOIT", "n", "est", "ce", "pas", "e\u{301}té", "5", "ª", "الشَّركة"]);
        let hashes: Vec<u64> = words.list.iter().map(|word| word.hash).collect();
        let plain = ["l", "etat", "doit", "n", "est", "ce", "pas", "ete", "5", "ª", "الشركه"];
        assert_eq!(hashes, plain.map(hash));
        let joined: Vec<bool> = words.list.iter().map(|word| word.joined).collect();
        assert_eq!(joined, [false, true, true, false, true, true, true, false, true, false, true]);
        assert!(words.list[2].upper && !words.list[1].upper && words.list[1].capital);
        assert!(words.list[8].digit);
        assert_eq!(words.span(3, 3), 16..26);
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let mut phrases = Phrases::default();
        phrases.add("subject to", 1);
        phrases.add("subject", 2);
        phrases.add("reasonabl* endeavour*", 3);
        phrases.add("peut-être", 4);
        let find =
            |text: &str, at| phrases.longest(&Words::new(text), at, |_, _| true).map(|(length, it)| (length, *it));
        assert_eq!(find("SUBJECT  TO", 0), Some((2, 1)));
        assert_eq!(find("subject, to", 0), Some((1, 2)));
        assert_eq!(find("use reasonable endeavours", 1), Some((2, 3)));
        assert_eq!(find("use reason endeavours", 1), None);
        assert_eq!(find("peut être", 0), None);
        assert_eq!(find("peut-etre", 0), Some((2, 4)));
        assert_eq!(find("", 0), None);
    }

    proptest::proptest! {
        #[test]
        fn words_cover_the_letters(text in "\\PC{0,40}") {
            let words = Words::new(&text);
            for (index, word) in words.list.iter().enumerate() {
                proptest::prop_assert!(!words.of(index).is_empty());
                proptest::prop_assert!(word.end <= words.list.get(index + 1).map_or(text.len(), |next| next.start));
                proptest::prop_assert_eq!(hash(words.of(index)), word.hash);
            }
            for index in 0..=words.list.len() {
                proptest::prop_assert!(!words.gap(index).contains(char::is_alphanumeric));
            }
        }
    }
}
