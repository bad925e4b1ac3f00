//! Live numbering: lists as Word defines them, and what Word will count.
//!
//! Every number of the document is given to Word as a list level, not as text. Word's count is followed here, so
//! that each paragraph gets the list whose next number is the one that the document has; where no list comes to
//! that number, one is made for it.

use super::markup::{escape, put};
use crate::document::number::roman;
use crate::locale::Lang;

/// Levels of a list.
const LEVELS: usize = 9;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    Letter,
    /// i, ii, iii.
    Roman,
    /// а, б, в.
    Russian,
    /// أ, ب, ج.
    Abjad,
    /// No number.
    Bullet,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Decimal => "decimal",
            Self::Letter => "lowerLetter",
            Self::Roman => "lowerRoman",
            Self::Russian => "russianLower",
            Self::Abjad => "arabicAbjad",
            Self::Bullet => "bullet",
        }
    }

    /// Writes a number as Word does (ECMA-376, part 1, 17.18.59): after the last letter letters are doubled.
    pub(super) fn write(self, number: u64) -> String {
        let letters = |alphabet: &str| {
            let count = alphabet.chars().count() as u64;
            let Some(at) = number.checked_sub(1) else { return String::new() };
            let sign = alphabet.chars().nth(usize::try_from(at % count).unwrap_or_default());
            let times = usize::try_from(at / count + 1).unwrap_or(1).min(64);
            sign.map(|sign| sign.to_string().repeat(times)).unwrap_or_default()
        };
        match self {
            Self::Decimal => number.to_string(),
            Self::Letter => letters("abcdefghijklmnopqrstuvwxyz"),
            Self::Russian => letters("абвгдежзиклмнопрстуфхцчшщыэюя"),
            Self::Abjad => letters("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
            Self::Roman => roman(usize::try_from(number).unwrap_or(usize::MAX)),
            Self::Bullet => String::new(),
        }
    }
}

/// A level of a list.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// Its text, with `%1` for the number of the first level.
    pub(super) text: String,
    /// How its own number is written.
    pub(super) format: Format,
    /// Paragraph style that it belongs to; empty for none.
    pub(super) style: &'static str,
    /// Indent, and how far the number hangs out of it.
    pub(super) indent: (u32, u32),
}

impl Level {
    // Word takes "left" as the side where lines start.
    fn write(&self, out: &mut String, number: usize) {
        put!(out, "<w:lvl w:ilvl=\"{number}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/>", self.format.name());
        if !self.style.is_empty() {
            put!(out, "<w:pStyle w:val=\"{}\"/>", self.style);
        }
        let (left, hanging) = self.indent;
        put!(
            out,
            "<w:suff w:val=\"tab\"/><w:lvlText w:val=\"{}\"/><w:lvlJc w:val=\"left\"/>\
             <w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"{left}\"/></w:tabs>\
             <w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/></w:pPr>",
            escape(&self.text),
        );
        out.push_str("</w:lvl>");
    }
}

/// A list definition.
#[derive(Debug, Clone)]
struct Definition {
    levels: Vec<Level>,
    counters: [Option<u64>; LEVELS],
}

/// A list that uses a definition.
#[derive(Debug, Clone)]
struct List {
    definition: usize,
    /// Level that starts anew with this list, and its first number.
    start: Option<(usize, u64)>,
    used: bool,
}

/// The lists of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    definitions: Vec<Definition>,
    lists: Vec<List>,
}

impl Numbering {
    /// Defines a list and returns the number of its first use.
    pub(super) fn define(&mut self, levels: Vec<Level>) -> u32 {
        self.definitions.push(Definition { levels, counters: [None; LEVELS] });
        self.list(self.definitions.len() - 1, None)
    }

    fn list(&mut self, definition: usize, start: Option<(usize, u64)>) -> u32 {
        self.lists.push(List { definition, start, used: false });
        u32::try_from(self.lists.len()).unwrap_or(u32::MAX)
    }

    /// Makes another list of the definition of a list, which starts one level anew.
    pub(super) fn restart(&mut self, list: u32, level: usize, first: u64) -> u32 {
        // Word keeps numbers as 32 bits with a sign.
        let first = first.min(i32::MAX.unsigned_abs().into());
        let definition = self.lists[index(list)].definition;
        self.list(definition, Some((level.min(LEVELS - 1), first)))
    }

    /// Counts one paragraph and returns its number, as Word writes it.
    pub(super) fn advance(&mut self, list: u32, level: usize) -> String {
        let (label, counters) = self.next(list, level);
        let list = &mut self.lists[index(list)];
        list.used = true;
        self.definitions[list.definition].counters = counters;
        label
    }

    fn next(&self, list: u32, level: usize) -> (String, [Option<u64>; LEVELS]) {
        let list = &self.lists[index(list)];
        let definition = &self.definitions[list.definition];
        let mut counters = definition.counters;
        let first = |at: usize| list.start.filter(|(level, _)| *level == at).map_or(1, |(_, first)| first);
        if let Some((at, _)) = list.start.filter(|_| !list.used) {
            counters[at] = None;
        }
        for (at, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert(first(at));
        }
        counters[level] = Some(counters[level].map_or(first(level), |count| count + 1));
        counters[level + 1..].fill(None);
        let mut label = String::new();
        let mut signs = definition.levels[level.min(definition.levels.len() - 1)].text.chars().peekable();
        while let Some(sign) = signs.next() {
            let digit = signs.peek().and_then(|next| next.to_digit(10)).filter(|digit| (1..=9).contains(digit));
            match (sign, digit) {
                ('%', Some(digit)) => {
                    signs.next();
                    let at = digit as usize - 1;
                    if let (Some(count), Some(level)) = (counters[at], definition.levels.get(at)) {
                        label.push_str(&level.format.write(count));
                    }
                }
                _ => label.push(sign),
            }
        }
        (label, counters)
    }

    /// Finds a list whose next number is the one wanted, and counts it; `None` where no list can have it.
    pub(super) fn place(&mut self, candidates: &[(u32, usize)], wanted: &str) -> Option<(u32, usize)> {
        let counted = as_counted(wanted);
        for &(list, level) in candidates {
            if self.next(list, level).0 == counted {
                self.advance(list, level);
                return Some((list, level));
            }
        }
        let own = counted.rsplit(|sign: char| !sign.is_ascii_digit()).find(|part| !part.is_empty());
        let firsts = [Some(1), own.and_then(|digits| digits.parse().ok())];
        for &(list, level) in candidates {
            for first in firsts.into_iter().flatten() {
                let list = self.restart(list, level, first);
                if self.next(list, level).0 == counted {
                    self.advance(list, level);
                    return Some((list, level));
                }
                self.lists.pop();
            }
        }
        // A list of its own, whose text is the number; a percent sign would be taken for a counter.
        if wanted.contains('%') || wanted.trim().is_empty() || wanted.chars().any(char::is_control) {
            return None;
        }
        let indent = candidates.first().map_or((567, 567), |&(list, level)| {
            let levels = &self.definitions[self.lists[index(list)].definition].levels;
            levels[level.min(levels.len() - 1)].indent
        });
        let level = Level { text: wanted.to_owned(), format: Format::Decimal, style: "", indent };
        let list = self.define(vec![level]);
        self.advance(list, 0);
        Some((list, 0))
    }

    /// Returns the part `word/numbering.xml`.
    pub(super) fn xml(&self, namespaces: &str) -> String {
        let mut out = format!("<w:numbering {namespaces}>");
        for (at, definition) in self.definitions.iter().enumerate() {
            // Word tells definitions apart by this number; it may be any that is different.
            put!(out, "<w:abstractNum w:abstractNumId=\"{at}\"><w:nsid w:val=\"{:08X}\"/>", 0x1000_0000 + at * 0x0101);
            let kind = if definition.levels.len() == 1 { "singleLevel" } else { "multilevel" };
            put!(out, "<w:multiLevelType w:val=\"{kind}\"/>");
            for (number, level) in definition.levels.iter().enumerate() {
                level.write(&mut out, number);
            }
            out.push_str("</w:abstractNum>");
        }
        for (at, list) in self.lists.iter().enumerate() {
            put!(out, "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/>", at + 1, list.definition);
            if let Some((level, first)) = list.start {
                put!(out, "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride>");
            }
            out.push_str("</w:num>");
        }
        out.push_str("</w:numbering>");
        out
    }

    /// Returns whether there are any lists.
    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

/// Returns a number as Word counts it: with European digits, which Word shows as those of the paragraph's language,
/// and without the stroke that keeps the Arabic letter hā in its form at the start of a word.
pub(super) fn as_counted(number: &str) -> String {
    let digit = |sign: char| match sign {
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(sign) - 0x660, 10).unwrap_or(sign),
        _ => sign,
    };
    number.chars().filter(|&sign| sign != '\u{640}').map(digit).collect()
}

fn index(list: u32) -> usize {
    // Lists are numbered from 1 in the order in which they are made, and never taken away once used.
    list as usize - 1
}

/// Returns the levels of sections: 1, 1.1, 1.1.1; linked to the heading styles if `linked`.
pub(super) fn sections(linked: bool, base: usize) -> Vec<Level> {
    let mut text = String::new();
    (0..LEVELS)
        .map(|at| {
            put!(text, "{}%{}", if at == 0 { "" } else { "." }, at + 1);
            let width = 624 + u32::try_from(at).unwrap_or_default() * 160;
            let style = if linked { super::styles::heading(at + base) } else { "" };
            Level { text: text.clone(), format: Format::Decimal, style, indent: (width, width) }
        })
        .collect()
}

/// Returns the levels of articles with clauses: 1, 1.1, (a), (i); `free` for clauses before any article.
pub(super) fn articles(mark: &str, lang: Lang, free: bool, linked: bool, base: usize) -> Vec<Level> {
    let (second, third) = match lang {
        Lang::Ru => (Format::Russian, Format::Decimal),
        Lang::Ar => (Format::Abjad, Format::Decimal),
        Lang::En | Lang::Fr | Lang::Es | Lang::Pt => (Format::Letter, Format::Roman),
    };
    // A percent sign before a digit would be a counter.
    let mark = |number: u32| mark.replace('%', "").replace("{n}", &format!("%{number}"));
    let level = |text: String, format, style: &'static str, indent| Level {
        text,
        format,
        style: if linked { style } else { "" },
        indent,
    };
    let clause = if free { "%2." } else { "%1.%2" };
    let mut levels = vec![
        level("%1".to_owned(), Format::Decimal, super::styles::heading(base), (624, 624)),
        level(clause.to_owned(), Format::Decimal, "Clause1", (624, 624)),
        level(mark(3), second, "Clause2", (624 + 482, 482)),
        level(mark(4), third, "Clause3", (624 + 2 * 482, 482)),
    ];
    for at in levels.len()..LEVELS {
        let depth = u32::try_from(at).unwrap_or_default();
        levels.push(level(format!("%{}.", at + 1), Format::Decimal, "", (624 + (depth - 1) * 482, 482)));
    }
    levels
}

/// Returns the levels of bullets or of plain numbers.
pub(super) fn plain(bullets: bool) -> Vec<Level> {
    (0..LEVELS)
        .map(|at| {
            let left = 360 * (u32::try_from(at).unwrap_or_default() + 1);
            let text = match (bullets, at % 2) {
                (true, 0) => "–".to_owned(),
                (true, _) => "·".to_owned(),
                (false, _) => format!("%{}.", at + 1),
            };
            let format = if bullets { Format::Bullet } else { Format::Decimal };
            let style = match (bullets, at) {
                (true, 0) => "ListBullet",
                (true, 1) => "ListBullet2",
                _ => "",
            };
            Level { text, format, style, indent: (left, 360) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_of_word_is_followed() {
        let mut numbering = Numbering::default();
        let list = numbering.define(articles("({n})", Lang::En, false, true, 0));
        let steps =
            [(0, "1"), (1, "1.1"), (2, "(a)"), (3, "(i)"), (2, "(b)"), (1, "1.2"), (2, "(a)"), (0, "2"), (1, "2.1")];
        for (level, wanted) in steps {
            assert_eq!(numbering.place(&[(list, level)], wanted), Some((list, level)), "{wanted}");
        }
    }

    #[test]
    fn a_second_list_starts_anew_and_an_odd_number_has_its_own() {
        let mut numbering = Numbering::default();
        let list = numbering.define(articles("{n})", Lang::Fr, false, true, 0));
        for (level, wanted) in [(0, "1"), (1, "1.1"), (2, "a)"), (2, "b)")] {
            assert_eq!(numbering.place(&[(list, level)], wanted), Some((list, level)));
        }
        assert_eq!(numbering.place(&[(list, 2)], "a)"), Some((2, 2)));
        assert_eq!(numbering.place(&[(list, 2)], "b)"), Some((list, 2)));
        assert_eq!(numbering.place(&[(list, 1)], "7.9"), Some((3, 0)));
        assert_eq!(numbering.place(&[(list, 1)], "1.2"), Some((list, 1)));
        assert_eq!(numbering.place(&[(list, 1)], "7%1"), None);
    }

    #[test]
    fn letters_are_those_of_word() {
        assert_eq!([1, 26, 27, 28].map(|number| Format::Letter.write(number)), ["a", "z", "aa", "bb"]);
        assert_eq!(
            (Format::Abjad.write(3), Format::Russian.write(4), Format::Roman.write(14)),
            ("ج".into(), "г".into(), "xiv".into())
        );
    }
}
