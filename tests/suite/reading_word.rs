//! Reads a Word file back, with its numbers counted from its lists, as Word counts them.

use std::collections::BTreeMap;

use crate::reading::{Piece, Read, part, pieces};

/// A level of a list definition.
#[derive(Debug, Default, Clone)]
struct Level {
    start: u64,
    format: String,
    text: String,
    style: String,
}

/// The lists of a file.
#[derive(Debug, Default)]
struct Lists {
    /// Definitions, with their levels.
    definitions: BTreeMap<String, Vec<Level>>,
    /// Lists: the definition, and levels that start anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, u64>)>,
    /// Lists of paragraph styles.
    styles: BTreeMap<String, String>,
    /// Counters of each definition.
    counters: BTreeMap<String, Vec<Option<u64>>>,
    /// Lists that have begun.
    begun: Vec<String>,
}

impl Lists {
    fn of(archive: &[u8]) -> Self {
        let mut lists = Self::default();
        let (mut definition, mut list, mut at) = (String::new(), String::new(), 0);
        for piece in pieces(&part(archive, "word/numbering.xml").unwrap_or_default()) {
            let Piece::Open(name, attributes, _) = piece else { continue };
            let get = |key: &str| attributes.get(key).cloned().unwrap_or_default();
            let value = get("w:val");
            let level = lists.definitions.get_mut(&definition).and_then(|levels| levels.last_mut());
            match name.as_str() {
                "w:abstractNum" => {
                    definition = get("w:abstractNumId");
                    lists.definitions.insert(definition.clone(), Vec::new());
                }
                "w:lvl" => lists.definitions.get_mut(&definition).expect("begun").push(Level::default()),
                "w:start" => level.expect("a level").start = value.parse().expect("a number"),
                "w:numFmt" => level.expect("a level").format = value,
                "w:lvlText" => level.expect("a level").text = value,
                "w:pStyle" => level.expect("a level").style = value,
                "w:num" => list = get("w:numId"),
                "w:abstractNumId" => {
                    lists.lists.insert(list.clone(), (value, BTreeMap::new()));
                }
                "w:lvlOverride" => at = get("w:ilvl").parse().expect("a level"),
                "w:startOverride" => {
                    lists.lists.get_mut(&list).expect("begun").1.insert(at, value.parse().expect("a number"));
                }
                _ => {}
            }
        }
        let mut style = String::new();
        for piece in pieces(&part(archive, "word/styles.xml").expect("styles")) {
            let Piece::Open(name, attributes, _) = piece else { continue };
            match name.as_str() {
                "w:style" => style = attributes.get("w:styleId").cloned().unwrap_or_default(),
                "w:numId" => drop(lists.styles.insert(style.clone(), attributes["w:val"].clone())),
                _ => {}
            }
        }
        lists
    }

    /// Counts a paragraph and returns its number; `None` where it has none.
    fn count(&mut self, style: &str, own: Option<(String, usize)>) -> Option<String> {
        let (list, level) = own.or_else(|| {
            let list = self.styles.get(style)?.clone();
            let levels = &self.definitions[&self.lists[&list].0];
            let level = levels.iter().position(|level| level.style == style)?;
            Some((list, level))
        })?;
        if list == "0" {
            return None;
        }
        let (definition, overrides) = self.lists.get(&list).unwrap_or_else(|| panic!("there is no list {list}"));
        let levels = &self.definitions[definition];
        let counters = self.counters.entry(definition.clone()).or_insert_with(|| vec![None; 9]);
        if !self.begun.contains(&list) {
            self.begun.push(list.clone());
            overrides.keys().for_each(|level| counters[*level] = None);
        }
        let first = |at: usize| overrides.get(&at).copied().unwrap_or_else(|| levels.get(at).map_or(1, |it| it.start));
        for (at, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert(first(at));
        }
        counters[level] = Some(counters[level].map_or(first(level), |count| count + 1));
        counters[level + 1..].fill(None);
        let mut text = levels[level].text.clone();
        if levels[level].format == "bullet" {
            return None;
        }
        for (at, counter) in counters.iter().enumerate() {
            if let (Some(count), Some(of)) = (counter, levels.get(at)) {
                text = text.replace(&format!("%{}", at + 1), &written(*count, &of.format));
            }
        }
        Some(text)
    }
}

/// Writes a number in a format of Word (ECMA-376, part 1, 17.18.59).
fn written(count: u64, format: &str) -> String {
    let letter = |alphabet: &str| alphabet.chars().nth(count as usize - 1).expect("few enough").to_string();
    match format {
        "decimal" => count.to_string(),
        "lowerLetter" => letter("abcdefghijklmnopqrstuvwxyz"),
        "russianLower" => letter("абвгдежзиклмнопрстуфхцчшщыэюя"),
        "arabicAbjad" => letter("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
        "lowerRoman" => {
            ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].map(str::to_owned)[count as usize - 1].clone()
        }
        other => panic!("numbers in the format {other} are not known"),
    }
}

/// A paragraph as far as it was read.
#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    list: Option<String>,
    level: usize,
    text: String,
    marks: Vec<String>,
}

/// Reads the text and the numbers of a Word file, and holds that cross-references show the numbers of their
/// targets. Contents, heads and feet are left out.
pub(crate) fn read(archive: &[u8]) -> Read {
    let mut lists = Lists::of(archive);
    let mut read = Read::default();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    let mut references = Vec::new();
    let notes = part(archive, "word/footnotes.xml").unwrap_or_default();
    let body = part(archive, "word/document.xml").expect("a document") + &notes;
    let mut open: Vec<Paragraph> = Vec::new();
    // Cross-reference whose result is being read: bookmark and result.
    let mut field: Option<(String, String)> = None;
    let (mut result, mut inside, mut properties) = (false, String::new(), false);
    for piece in pieces(&body) {
        match piece {
            Piece::Open(name, attributes, ends) => {
                let value = attributes.get("w:val").cloned().unwrap_or_default();
                match (name.as_str(), open.last_mut()) {
                    ("w:p", _) if !ends => open.push(Paragraph::default()),
                    ("w:pPr", _) => properties = !ends,
                    ("w:pStyle", Some(paragraph)) if properties => paragraph.style = value,
                    ("w:numId", Some(paragraph)) if properties => paragraph.list = Some(value),
                    ("w:ilvl", Some(paragraph)) if properties => paragraph.level = value.parse().expect("a level"),
                    ("w:bookmarkStart", Some(paragraph)) => paragraph.marks.extend(attributes.get("w:name").cloned()),
                    ("w:br" | "w:tab" | "w:cr", Some(paragraph)) if !properties => paragraph.text.push(' '),
                    ("w:fldChar", _) => match attributes["w:fldCharType"].as_str() {
                        "separate" => result = field.is_some(),
                        "end" => {
                            references.extend(field.take());
                            result = false;
                        }
                        _ => {}
                    },
                    _ => {}
                }
                inside = name;
            }
            Piece::Close(name) => {
                match name.as_str() {
                    "w:pPr" => properties = false,
                    "w:p" => {
                        let paragraph = open.pop().expect("it was begun");
                        let own = paragraph.list.map(|list| (list, paragraph.level));
                        let number = lists.count(&paragraph.style, own);
                        let style = paragraph.style.as_str();
                        if let Some(number) = number {
                            for mark in paragraph.marks {
                                targets.insert(mark, number.clone());
                            }
                            if style.starts_with("Heading") || style.starts_with("Clause") {
                                read.numbers.push(number);
                            }
                        }
                        if !style.starts_with("TOC") {
                            read.text.push_str(&paragraph.text);
                            read.text.push('\n');
                        }
                    }
                    _ => {}
                }
                inside = String::new();
            }
            Piece::Text(text) => match inside.as_str() {
                "w:instrText" => {
                    let words: Vec<&str> = text.split_whitespace().collect();
                    if let ["REF", mark, ..] = words.as_slice() {
                        field = Some(((*mark).to_owned(), String::new()));
                    }
                }
                "w:t" => {
                    if let Some((_, shown)) = field.as_mut().filter(|_| result) {
                        shown.push_str(&text);
                    }
                    if let Some(paragraph) = open.last_mut() {
                        paragraph.text.push_str(&text);
                    }
                }
                _ => {}
            },
        }
    }
    for (mark, shown) in references {
        if let Some(number) = targets.get(&mark) {
            let inner = |text: &str| plain_number(text.trim_end_matches('.'));
            assert_eq!(inner(&shown), inner(number), "the reference to {mark}");
        }
    }
    read
}

/// A number as Word counts it: live numbers have European digits, which Word shows as its reader likes, and no
/// lengthening stroke.
pub(crate) fn plain_number(number: &str) -> String {
    let digit = |c: char| u32::from(c).checked_sub(0x660).filter(|digit| *digit < 10);
    let european = |c: char| digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c);
    number.chars().filter(|c| *c != '\u{640}').map(european).collect()
}

/// Returns how many lists a file defines whose numbers are text, not counted.
pub(crate) fn typed_numbers(archive: &[u8]) -> usize {
    let lists = Lists::of(archive);
    let levels = lists.definitions.values().flatten();
    levels.filter(|level| level.format != "bullet" && !level.text.contains('%')).count()
}
