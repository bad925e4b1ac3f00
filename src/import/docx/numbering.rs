//! Automatic numbers of paragraphs (ECMA-376 part 1, 17.9).

use std::collections::{BTreeSet, HashMap};

use super::format::Format;
use super::styles::Styles;
use crate::locale::Locale;
use crate::ooxml::{NodeId, Tag, Tape, branch};

/// Levels of a list.
const LEVELS: usize = 9;

/// Longest pattern of a number, in bytes: what is beyond is cut off.
const PATTERN: usize = 120;

/// From how many bytes on a number is not made any longer.
const LABEL: usize = 160;

/// How many lists, and how many uses of lists, are read.
const MOST: usize = 100_000;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<i64, List>,
    instances: HashMap<i64, Instance>,
}

/// A definition (`w:abstractNum`).
#[derive(Debug, Default)]
struct List {
    levels: Levels,
    /// Style of lists that holds the definition instead.
    elsewhere: Option<String>,
}

/// A use of a definition (`w:num`).
#[derive(Debug)]
struct Instance {
    list: i64,
    levels: Levels,
    starts: Vec<(usize, u32)>,
}

/// Levels of a list, as far as they are given, by index.
type Levels = Vec<(usize, Level)>;

/// A level.
#[derive(Debug)]
struct Level {
    start: u32,
    format: Format,
    /// Pattern, as `%1.%2`.
    text: String,
    /// The level whose next number starts this one anew, from 1; 0 for none.
    restart: Option<usize>,
    /// Whether all numbers are in figures.
    legal: bool,
    /// Paragraph style that this level belongs to.
    style: Option<String>,
    /// Whether it is a bullet.
    bullet: bool,
}

/// Counters, as they run through a story.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// For each definition, the number that each level stands at.
    at: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Instances that were used.
    used: BTreeSet<i64>,
}

/// The number of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Made {
    /// As a reader sees it; empty where it shows nothing.
    pub(super) text: String,
    /// Its level, from 0.
    pub(super) level: usize,
    /// Whether it is a bullet.
    pub(super) bullet: bool,
    /// Whether its form is one that is not known.
    pub(super) unknown: bool,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(tape: &Tape) -> Self {
        let mut numbering = Self::default();
        for node in tape.elements(tape.root()).take(MOST) {
            match tape.tag(node) {
                Tag::AbstractNum => {
                    let Some(id) = tape.number(node, "w:abstractNumId") else { continue };
                    let elsewhere = tape.child(node, Tag::NumStyleLink).and_then(|link| tape.val(link));
                    let mut list = List { levels: Vec::new(), elsewhere: elsewhere.map(Into::into) };
                    for child in tape.elements(node).filter(|&child| tape.tag(child) == Tag::Lvl) {
                        put(&mut list.levels, tape, child, child);
                    }
                    numbering.lists.entry(id).or_insert(list);
                }
                Tag::Num => {
                    let Some(id) = tape.number(node, "w:numId") else { continue };
                    let list = tape.child(node, Tag::AbstractNumId).and_then(|child| tape.number(child, "w:val"));
                    let Some(list) = list else { continue };
                    let mut instance = Instance { list, levels: Vec::new(), starts: Vec::new() };
                    for child in tape.elements(node).filter(|&child| tape.tag(child) == Tag::LvlOverride) {
                        if let Some(level) = tape.child(child, Tag::Lvl) {
                            put(&mut instance.levels, tape, child, level);
                        }
                        let start = tape.child(child, Tag::StartOverride);
                        if let (Some(at), Some(start)) = (index(tape, child), start) {
                            instance.starts.push((at, count(tape.number(start, "w:val").unwrap_or(0))));
                        }
                    }
                    numbering.instances.entry(id).or_insert(instance);
                }
                _ => {}
            }
        }
        numbering
    }

    /// Returns the definition of an instance, by its number, wherever it is.
    fn list(&self, instance: &Instance, styles: &Styles) -> Option<(i64, &List)> {
        let mut id = instance.list;
        // A link to a link is followed a few times; a circle ends here.
        for _ in 0..4 {
            let list = self.lists.get(&id)?;
            let Some(style) = &list.elsewhere else { return Some((id, list)) };
            if !list.levels.is_empty() {
                return Some((id, list));
            }
            id = self.instances.get(&styles.list_of(style)?)?.list;
        }
        None
    }

    /// Returns the level of a list that a paragraph is at by its styles, given the nearest first with the level
    /// that each names: that of the first style which a level of the list belongs to, or which names one; else
    /// the highest.
    pub(super) fn level_by_style(&self, num: i64, way: &[(&str, Option<i64>)], styles: &Styles) -> usize {
        let list = self.instances.get(&num).and_then(|instance| Some((instance, self.list(instance, styles)?.1)));
        let linked = |id: &str| {
            let (instance, list) = list?;
            (0..LEVELS).find(|&at| {
                let level = get(&instance.levels, at).or_else(|| get(&list.levels, at));
                level.and_then(|level| level.style.as_deref()) == Some(id)
            })
        };
        let named = |level: i64| usize::try_from(level).unwrap_or(0);
        way.iter()
            .find_map(|&(id, level)| match level.map(named) {
                // Such a level takes a paragraph out of its list.
                Some(level) if level >= LEVELS => Some(level),
                level => linked(id).or(level),
            })
            .unwrap_or(0)
    }

    /// Counts a paragraph of a list at a level, from 0, and returns its number. `None` if there is no such list.
    pub(super) fn next(
        &self,
        counters: &mut Counters,
        num: i64,
        level: usize,
        styles: &Styles,
        locale: Locale,
    ) -> Option<Made> {
        let instance = self.instances.get(&num)?;
        let (id, list) = self.list(instance, styles)?;
        let at = |index: usize| get(&instance.levels, index).or_else(|| get(&list.levels, index));
        let start = |index: usize| {
            let own = instance.starts.iter().find(|&&(at, _)| at == index).map(|&(_, start)| start);
            own.or_else(|| at(index).map(|level| level.start))
        };
        let here = at(level)?;
        let counts = counters.at.entry(id).or_default();
        if counters.used.insert(num) {
            for &(at, _) in &instance.starts {
                counts[at] = None;
            }
        }
        for (index, count) in counts.iter_mut().enumerate().take(level) {
            if count.is_none() {
                *count = start(index);
            }
        }
        counts[level] = match counts[level] {
            Some(count) => Some(count.saturating_add(1)),
            None => start(level),
        };
        for (index, count) in counts.iter_mut().enumerate().skip(level + 1) {
            // A level starts anew after every higher one, or after the one it names and those above it.
            let keep = match at(index).and_then(|level| level.restart) {
                Some(0) => true,
                Some(after) => level >= after,
                None => false,
            };
            if !keep {
                *count = None;
            }
        }
        let counts = *counts;
        let mut made = Made { text: String::new(), level, bullet: here.bullet, unknown: false };
        if here.bullet {
            if !here.text.is_empty() {
                made.text.push('•');
            }
            return Some(made);
        }
        let mut pattern = here.text.chars().peekable();
        while let Some(c) = pattern.next() {
            if made.text.len() > LABEL {
                break;
            }
            let digit = pattern.peek().and_then(|c| c.to_digit(10)).filter(|digit| (1..=9).contains(digit));
            let (Some(digit), true) = (digit, c == '%') else {
                made.text.push(c);
                continue;
            };
            pattern.next();
            let index = digit as usize - 1;
            if let (Some(level), Some(count)) = (at(index), counts[index]) {
                let format = match level.format {
                    kept @ (Format::None | Format::Padded(_)) => kept,
                    _ if here.legal => Format::Decimal,
                    other => other,
                };
                made.unknown |= format == Format::Unknown;
                format.push(count, locale, &mut made.text);
            }
        }
        let trimmed = made.text.trim();
        if trimmed.len() != made.text.len() {
            made.text = trimmed.to_owned();
        }
        Some(made)
    }
}

/// Returns the level of a `w:lvl` or `w:lvlOverride`, from 0 to 8.
fn index(tape: &Tape, node: NodeId) -> Option<usize> {
    usize::try_from(tape.number(node, "w:ilvl")?).ok().filter(|&index| index < LEVELS)
}

/// Reads a level; the index is that of `holder`. Of two the last counts.
fn put(levels: &mut Levels, tape: &Tape, holder: NodeId, node: NodeId) {
    let Some(index) = index(tape, holder) else { return };
    levels.retain(|&(at, _)| at != index);
    levels.push((index, level(tape, node)));
}

fn get(levels: &Levels, index: usize) -> Option<&Level> {
    levels.iter().find(|&&(at, _)| at == index).map(|(_, level)| level)
}

fn count(value: i64) -> u32 {
    u32::try_from(value.max(0)).unwrap_or(u32::MAX)
}

fn level(tape: &Tape, node: NodeId) -> Level {
    let child = |tag| tape.child(node, tag);
    let number = |tag| child(tag).and_then(|child| tape.number(child, "w:val"));
    // A form of Word 2010 stands beside one for older programs.
    let newer = child(Tag::AlternateContent).and_then(|node| branch(tape, node));
    let format = newer.and_then(|node| tape.child(node, Tag::NumFmt)).or_else(|| child(Tag::NumFmt));
    let format = format.map_or(Format::Decimal, |node| {
        let custom = tape.attr(node, "w:format");
        Format::new(&tape.val(node).unwrap_or_default(), custom.as_deref())
    });
    let mut text = child(Tag::LvlText).and_then(|node| tape.val(node)).unwrap_or_default().into_owned();
    text.truncate(text.floor_char_boundary(PATTERN));
    let picture = child(Tag::LvlPicBulletId).is_some();
    Level {
        start: count(number(Tag::Start).unwrap_or(0)),
        bullet: format == Format::Bullet || picture,
        format,
        text,
        restart: number(Tag::LvlRestart).and_then(|level| usize::try_from(level).ok()),
        legal: child(Tag::IsLgl).is_some_and(|node| tape.is_on(node)),
        style: child(Tag::PStyle).and_then(|node| tape.val(node)).map(Into::into),
    }
}
