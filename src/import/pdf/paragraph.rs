//! Paragraphs from lines, where a file does not say what they are.

use super::super::lines::{Hyphens, ends_sentence, ends_with_and};
use super::super::plain::is_capitals;
use super::line::Line;
use super::page::ordered;
use super::{Page, is_strong, para};
use crate::document::draft::Block;
use crate::document::label;

/// Distance of lines, in parts of the usual one, from which a paragraph ends.
const GAP: f32 = 1.35;
/// Distance of lines, in parts of the size, from which a paragraph ends however the lines are set.
const LOOSE: f32 = 2.3;
/// Difference of size that a heading makes, in points.
const SIZE: f32 = 0.8;
/// Longest heading, in words.
const HEADING: usize = 16;

/// Makes paragraphs of pages.
pub(super) fn blocks(pages: &[Page]) -> Vec<Block> {
    let pages: Vec<Vec<Line>> = pages.iter().map(ordered).collect();
    let hyphens = Hyphens::new(pages.iter().flatten().map(|line| line.text.as_str()), true);
    let usual = Usual::of(&pages);
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for lines in pages {
        let rights = rights(&lines, &usual);
        let mut before: Option<(Line, f32)> = None;
        let mut first = true;
        // Distance of the last two lines that were joined on this page.
        let mut joined = None;
        for (line, right) in lines.into_iter().zip(rights) {
            let goes_on = match (&before, groups.last()) {
                (Some((previous, right)), _) => goes_on(previous, &line, *right, joined, &usual),
                (None, Some(group)) if first => group.last().is_some_and(|last| turns_page(last, &line, &usual)),
                _ => false,
            };
            first = false;
            joined = before.as_ref().filter(|_| goes_on).map(|(previous, _)| previous.y - line.y);
            match groups.last_mut() {
                Some(group) if goes_on => group.push(line.clone()),
                _ => groups.push(vec![line.clone()]),
            }
            before = Some((line, right));
        }
    }
    groups
        .into_iter()
        .map(|group| {
            let mut text = String::new();
            for line in &group {
                if text.is_empty() {
                    text.push_str(&line.text);
                } else {
                    hyphens.join(&mut text, &line.text);
                }
            }
            let heading = heading(&group, &text, &usual);
            Block::Para(para(text, heading))
        })
        .collect()
}

/// What most lines are like.
struct Usual {
    size: f32,
    leading: f32,
    strong: bool,
    /// Right end of the widest lines.
    right: f32,
    left: f32,
}

impl Usual {
    fn of(pages: &[Vec<Line>]) -> Self {
        let lines = || pages.iter().flatten();
        let letters = |line: &Line| line.text.len();
        let size = most(lines().map(|line| (line.size, letters(line)))).unwrap_or(10.0);
        let gaps = pages.iter().flat_map(|lines| lines.windows(2)).filter_map(|pair| {
            let gap = pair[0].y - pair[1].y;
            let plain = (pair[0].size - size).abs() < SIZE && (pair[1].size - size).abs() < SIZE;
            (plain && gap > 0.8 * size && gap < 3.0 * size).then_some((gap, 1))
        });
        let leading = most(gaps).unwrap_or(1.2 * size);
        let strong = lines().filter(|line| line.strong).map(letters).sum::<usize>() * 2 > lines().map(letters).sum();
        let edge = |ends: Vec<f32>, share: usize| {
            let mut ends = ends;
            ends.sort_by(f32::total_cmp);
            ends.get(ends.len().saturating_sub(1) * share / 100).copied().unwrap_or(0.0)
        };
        let right = edge(lines().map(|line| line.end_x).collect(), 90);
        let left = edge(lines().map(|line| line.x).collect(), 5);
        Self { size, leading, strong, right, left }
    }
}

/// Returns the value that weighs most, values within a quarter of a point taken together.
fn most(values: impl Iterator<Item = (f32, usize)>) -> Option<f32> {
    let mut counts: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for (value, weight) in values {
        #[expect(clippy::cast_possible_truncation, reason = "sizes in points")]
        let key = (value * 4.0).round() as i64;
        *counts.entry(key).or_insert(0) += weight;
    }
    let (key, _) = counts.into_iter().max_by_key(|(key, weight)| (*weight, std::cmp::Reverse(*key)))?;
    #[expect(clippy::cast_precision_loss, reason = "sizes in points")]
    let value = key as f32 / 4.0;
    Some(value)
}

/// Returns for each line where the lines around it end: that of the widest among those set alike.
fn rights(lines: &[Line], usual: &Usual) -> Vec<f32> {
    let mut rights = Vec::with_capacity(lines.len());
    let together = |a: &Line, b: &Line| {
        let gap = a.y - b.y;
        gap > 0.0 && gap <= (GAP * usual.leading).max(LOOSE * a.size) && (a.size - b.size).abs() < SIZE
    };
    for block in lines.chunk_by(together) {
        let right = block.iter().map(far).fold(f32::NEG_INFINITY, f32::max);
        // A paragraph alone tells nothing by its own width, a page full of text does.
        let wide = (usual.right - right).abs() < 3.0 * usual.size || block.len() < 3;
        let right = if wide && !block.iter().any(|line| line.rtl) { right.max(usual.right) } else { right };
        rights.extend(std::iter::repeat_n(if block.len() < 2 { f32::NAN } else { right }, block.len()));
    }
    rights
}

/// Where a line ends in the direction of reading.
fn far(line: &Line) -> f32 {
    if line.rtl { -line.x } else { line.end_x }
}

/// Whether a line goes on with the paragraph of the one before it on the same page.
fn goes_on(before: &Line, line: &Line, right: f32, joined: Option<f32>, usual: &Usual) -> bool {
    let gap = before.y - line.y;
    let usually = gap <= GAP * usual.leading.max(1.15 * before.size.min(line.size));
    // Lines set wider apart than usual: a full line that ends no sentence goes on, or lines as far apart as those before.
    let full = !right.is_nan() && right - far(before) <= line.word + 0.6 * line.size && !ends_sentence(&before.text);
    let alike = joined.is_some_and(|joined| (gap - joined).abs() < 0.08 * joined);
    let loosely = gap <= LOOSE * line.size && (full || alike);
    if gap < 0.0 || !(usually || loosely) {
        // A line beside the one before it, or far below it.
        return gap.abs() < 0.5 * line.size && line.x > before.end_x && line.x - before.end_x < 3.0 * line.size;
    }
    if (before.size - line.size).abs() > SIZE {
        return false;
    }
    let ended = ends_sentence(&before.text);
    // The first word of this line would have fitted on the one before.
    let room = right - far(before);
    let fits = !right.is_nan() && room > line.word + 0.6 * line.size;
    if before.strong != line.strong && (ended || fits || is_capitals(&before.text)) {
        return false;
    }
    if let Some(found) = label::find(&line.text) {
        let apart = ended || fits || before.text.ends_with([',', '–', '—']) || ends_with_and(&before.text);
        if apart && (found.sure || found.values.len() > 1 || ended && fits) {
            return false;
        }
    }
    if fits {
        let opens = line.text.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
        let short = room > 0.25 * (usual.right - usual.left);
        return !(ended
            || (opens && (short || is_capitals(&before.text) != is_capitals(&line.text)))
            || room > 0.5 * (usual.right - usual.left));
    }
    // An indented first line after the end of a sentence.
    let indent = if line.rtl { before.end_x - line.end_x } else { line.x - before.x };
    !(ended && indent > line.size && indent < 6.0 * line.size && label::find(&before.text).is_none())
}

/// Whether a paragraph goes on on the next page.
fn turns_page(last: &Line, line: &Line, usual: &Usual) -> bool {
    if (last.size - line.size).abs() > SIZE
        || last.strong != line.strong
        || label::find(&line.text).is_some_and(|found| found.sure)
    {
        return false;
    }
    let small = line.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let full = if line.rtl { true } else { usual.right - last.end_x < line.word + 2.0 * usual.size };
    !ends_sentence(&last.text) && (small || full) || small && full
}

/// Guesses the depth of a heading by size, weight and capitals.
fn heading(lines: &[Line], text: &str, usual: &Usual) -> Option<u8> {
    let size = lines.first()?.size;
    let words = text.split_whitespace().take(HEADING + 1).count();
    if words > HEADING || !text.contains(char::is_alphabetic) || text.ends_with([';', ',']) {
        return None;
    }
    if size > usual.size * 1.35 {
        return Some(1);
    }
    if size > usual.size + SIZE {
        return Some(2);
    }
    let strong = is_strong(lines) && !usual.strong;
    let numbered = label::find(text).is_some();
    let ended = text.ends_with(['.', ':']);
    (((strong && !ended) || is_capitals(text)) && (numbered || !ended)).then_some(3)
}
