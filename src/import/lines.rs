//! Lines that are joined to paragraphs: hyphens at their ends, and how sentences end.

use std::collections::HashSet;

/// First halves of words with a hyphen, in the languages that are read.
const FIRST_HALVES: &[&str] = &[
    "non",
    "self",
    "co",
    "well",
    "ex",
    "vice",
    "anti",
    "pre",
    "post",
    "semi",
    "sub",
    "inter",
    "cross",
    "third",
    "long",
    "short",
    "full",
    "half",
    "so",
    "above",
    "below",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "quatre",
    "sous",
    "contre",
    "dit",
    "celui",
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    "из",
    "по",
    "кое",
];

/// What is known about the hyphens at the ends of lines in one text.
pub(super) struct Hyphens {
    /// Words of the text, in small letters, those with hyphens too.
    words: HashSet<String>,
    /// Whether a hyphen that nothing is known about divides a word.
    divides: bool,
}

impl Hyphens {
    /// Looks at all lines. `divided` says whether the text is set in type, where words may be divided.
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>, divided: bool) -> Self {
        let mut hyphens = Self { words: HashSet::new(), divides: divided };
        let mut halves: Vec<(&str, &str)> = Vec::new();
        let mut before: Option<&str> = None;
        for line in lines {
            if let Some(left) = before {
                let right = line.split_whitespace().next().unwrap_or_default().trim_end_matches(is_mark);
                halves.push((left, right));
            }
            before = left_half(line);
            // The words at both ends may be halves.
            let mut words: Vec<&str> = line.split_whitespace().collect();
            if before.is_some() {
                words.pop();
            }
            for word in words.iter().map(|word| word.trim_matches(is_mark)).filter(|word| word.len() > 3) {
                if !hyphens.words.contains(word) {
                    hyphens.words.insert(word.to_lowercase());
                }
            }
        }
        if divided {
            let known = |join: &str| halves.iter().filter(|(left, right)| hyphens.knows(left, join, right)).count();
            let (divided, compound) = (known(""), known("-"));
            hyphens.divides = divided >= compound;
        }
        hyphens
    }

    /// Returns whether a word that begins so keeps its hyphen, as `non-exclusive` and `twenty-five` do.
    fn is_compound(left: &str) -> bool {
        let left = left.trim_start_matches(is_mark).to_lowercase();
        FIRST_HALVES.contains(&left.as_str()) || left.contains('-')
    }

    fn knows(&self, left: &str, join: &str, right: &str) -> bool {
        let left = left.trim_start_matches(is_mark);
        self.words.contains(&format!("{left}{join}{right}").to_lowercase())
    }

    /// Adds a line to a text, with a blank between, or without the hyphen that divided a word.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        let Some(left) = left_half(text) else {
            if !text.ends_with(['/', '–', '—'])
                || !line.starts_with(char::is_alphanumeric)
                || text.ends_with(" –")
                || text.ends_with(" —")
            {
                text.push(' ');
            }
            text.push_str(line);
            return;
        };
        let soft = text.ends_with('\u{ad}');
        let right = line.split_whitespace().next().unwrap_or_default().trim_end_matches(is_mark);
        let small = right.starts_with(char::is_lowercase) && left.ends_with(char::is_lowercase);
        let divides = || {
            self.knows(left, "", right) || (!self.knows(left, "-", right) && self.divides && !Self::is_compound(left))
        };
        let divided = soft || (small && divides());
        if divided {
            text.pop();
        }
        text.push_str(line);
    }
}

/// Returns the half of a word at the end of a line that ends with a hyphen.
fn left_half(line: &str) -> Option<&str> {
    let half = line.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
    half.ends_with(char::is_alphanumeric).then(|| half.rsplit(char::is_whitespace).next().unwrap_or(half))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether a text ends as a sentence or an item of a list does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['”', '"', '»', '’', ')', ']', '\'']);
    text.ends_with(['.', ';', ':', '?', '!', '؛', '؟', '۔', '…'])
}

/// Whether a text ends with `and`, `or` or the like, as the items of a list do.
pub(super) fn ends_with_and(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(last, "and" | "or" | "and/or" | "et" | "ou" | "y" | "o" | "e" | "и" | "или" | "أو" | "و")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str], divided: bool) -> String {
        let hyphens = Hyphens::new(lines.iter().copied(), divided);
        let mut text = lines[0].to_owned();
        for line in &lines[1..] {
            hyphens.join(&mut text, line);
        }
        text
    }

    #[test]
    fn hyphens_are_undone_with_care() {
        let divided = ["The Company shall pay the roy-", "alty. The royalty is due."];
        assert_eq!(joined(&divided, true), "The Company shall pay the royalty. The royalty is due.");
        let compound = ["A non-", "exclusive right; any non-exclusive use."];
        assert_eq!(joined(&compound, true), "A non-exclusive right; any non-exclusive use.");
        assert_eq!(joined(&["in twenty-", "five days"], true), "in twenty-five days");
        assert_eq!(joined(&["a roy-", "alty"], true), "a royalty");
        assert_eq!(joined(&["From 2025-", "2026 on"], true), "From 2025-2026 on");
        assert_eq!(joined(&["a well-", "known word"], false), "a well-known word");
        assert_eq!(joined(&["soft\u{ad}", "ly"], false), "softly");
        assert_eq!(joined(&["and/", "or"], false), "and/or");
    }
}
