//! Pages: what runs along on each of them, and the order of columns.

use std::collections::HashMap;
use std::ops::Range;

use super::line::{Line, lines};
use super::{Page, Span};

/// Part of the page at its top and bottom where headers and footers stand.
const ZONE: f32 = 0.12;

/// Takes headers, footers and page numbers out of the pages, and returns how many lines those were.
pub(super) fn drop_running(pages: &mut [Page]) -> usize {
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    let zones: Vec<Vec<Line>> = pages.iter().map(|page| in_zone(page).collect()).collect();
    for zone in &zones {
        let mut here: Vec<(String, i32)> = zone.iter().map(key).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_insert(0) += 1;
        }
    }
    let enough = |count: usize| count >= 3 || (pages.len() >= 2 && count * 2 > pages.len());
    let mut dropped = 0;
    let running: Vec<Vec<(f32, f32, f32)>> = zones
        .iter()
        .enumerate()
        .map(|(at, zone)| {
            zone.iter()
                .filter(|line| {
                    // Heights are rounded: a line may fall on either side.
                    let (text, height) = key(line);
                    let count: usize = (-1..=1).filter_map(|by| seen.get(&(text.clone(), height + by))).sum();
                    enough(count) || is_page_number(&line.text, at + 1)
                })
                .map(|line| (line.y, line.x, line.end_x))
                .collect()
        })
        .collect();
    for (page, running) in pages.iter_mut().zip(running) {
        dropped += running.len();
        if !running.is_empty() {
            page.spans.retain(|span| !running.iter().any(|line| on(span, *line)));
        }
    }
    dropped
}

/// Returns the lines in the upper and lower zone of a page.
fn in_zone(page: &Page) -> impl Iterator<Item = Line> {
    let height = page.top - page.bottom;
    let (low, high) = (page.bottom + ZONE * height, page.top - ZONE * height);
    let spans: Vec<Span> = page.spans.iter().filter(|span| span.y < low || span.y > high).cloned().collect();
    lines(&spans).into_iter()
}

/// What tells a running line from others: its text without digits, and its height.
fn key(line: &Line) -> (String, i32) {
    let mut text = String::new();
    for c in line.text.chars() {
        if c.is_numeric() {
            if !text.ends_with('#') {
                text.push('#');
            }
        } else {
            text.push(c);
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "a height on a page in steps of four points")]
    let height = (line.y / 4.0).round() as i32;
    (text, height)
}

/// Whether a line is nothing but the number of its page.
fn is_page_number(text: &str, page: usize) -> bool {
    let number = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.'));
    let number = number.strip_prefix("Page ").or_else(|| number.strip_prefix("Página ")).unwrap_or(number);
    let number = number.split_whitespace().next().map(|first| first.split('/').next().unwrap_or(first));
    number == Some(page.to_string().as_str()) && text.split_whitespace().count() <= 4 && !text.ends_with('.')
}

fn on(span: &Span, (y, x, end_x): (f32, f32, f32)) -> bool {
    (span.y - y).abs() <= 0.45 * span.size && span.x >= x - 1.0 && span.end_x <= end_x + 1.0
}

/// Returns the lines of a page in the order of reading.
pub(super) fn ordered(page: &Page) -> Vec<Line> {
    let pieces = pieces(&page.spans);
    if let Some(at) = gutter(&pieces) {
        return by_columns(&page.spans, pieces, at);
    }
    let mut lines = lines(&page.spans);
    if wild(&lines) {
        lines.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    }
    lines
}

/// Whether the lines come in no order: more than a third stand above the one before, beyond what columns do.
fn wild(lines: &[Line]) -> bool {
    let up = lines.windows(2).filter(|pair| pair[1].y > pair[0].y + pair[0].size).count();
    lines.len() >= 6 && up * 3 > lines.len()
}

/// Part of a line without a wide gap in it.
#[derive(Clone)]
struct Piece {
    spans: Range<usize>,
    x: f32,
    end_x: f32,
    y: f32,
}

/// Joins what stands close together on a line, in the order of the file.
fn pieces(spans: &[Span]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, span) in spans.iter().enumerate() {
        if !(span.x.is_finite() && span.end_x.is_finite() && span.y.is_finite()) {
            continue;
        }
        match pieces.last_mut() {
            Some(piece)
                if (piece.y - span.y).abs() <= 0.45 * span.size
                    && span.x - piece.end_x < 0.9 * span.size
                    && piece.x - span.end_x < 0.9 * span.size =>
            {
                piece.spans.end = at + 1;
                piece.x = piece.x.min(span.x);
                piece.end_x = piece.end_x.max(span.end_x);
            }
            _ if span.text.trim().is_empty() => {}
            _ => pieces.push(Piece { spans: at..at + 1, x: span.x, end_x: span.end_x, y: span.y }),
        }
    }
    pieces
}

/// Finds the gap between two columns of running text.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let left = pieces.iter().map(|piece| piece.x).fold(f32::INFINITY, f32::min);
    let right = pieces.iter().map(|piece| piece.end_x).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    if !(width.is_finite() && width > 100.0) {
        return None;
    }
    // How many pieces cover each of a hundred strips of the page.
    let mut cover = [0usize; 100];
    let strip = |x: f32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 99")]
        let at = ((x - left) / width * 100.0).clamp(0.0, 99.0) as usize;
        at
    };
    for piece in pieces {
        for count in &mut cover[strip(piece.x)..=strip(piece.end_x)] {
            *count += 1;
        }
    }
    let (at, least) = (30..70).map(|at| (at, cover[at])).min_by_key(|(_, count)| *count)?;
    if least * 8 > pieces.len() {
        return None;
    }
    let last = (at..70).take_while(|at| cover[*at] == least).last().unwrap_or(at);
    #[expect(clippy::cast_precision_loss, reason = "numbers up to 100")]
    let at = left + width * ((at + last) as f32 / 2.0 + 0.5) / 100.0;
    // Columns of text are full lines, one under the other; cells of a table are not.
    let full = |side: &dyn Fn(&Piece) -> bool| {
        let widths: Vec<f32> = pieces.iter().filter(|piece| side(piece)).map(|piece| piece.end_x - piece.x).collect();
        let widest = widths.iter().copied().fold(0.0, f32::max);
        let full = widths.iter().filter(|wide| **wide > 0.75 * widest).count();
        widths.len() >= 6 && full * 2 > widths.len() && widest > 0.3 * width
    };
    (full(&|piece| piece.end_x <= at) && full(&|piece| piece.x >= at)).then_some(at)
}

/// Reads columns one after the other; what runs across both cuts the page.
fn by_columns(spans: &[Span], pieces: Vec<Piece>, at: f32) -> Vec<Line> {
    let across = |piece: &Piece| piece.x < at - 5.0 && piece.end_x > at + 5.0;
    let mut heights: Vec<f32> = pieces.iter().filter(|piece| across(piece)).map(|piece| piece.y).collect();
    heights.sort_by(|a, b| b.total_cmp(a));
    heights.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let mut parts: Vec<(usize, u8, Piece)> = pieces
        .into_iter()
        .map(|piece| {
            let band = heights.partition_point(|height| *height > piece.y + 2.0);
            let crossing = heights.get(band).is_some_and(|height| (piece.y - height).abs() <= 2.0);
            let side = if crossing {
                0
            } else if piece.x < at {
                1
            } else {
                2
            };
            // What stands under a crossing line comes after it.
            (band, side, piece)
        })
        .collect();
    parts.sort_by_key(|(band, side, _)| if *side == 0 { (*band * 2 + 1, 0) } else { (*band * 2, *side) });
    parts
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .flat_map(|part| {
            let own: Vec<Span> =
                part.iter().flat_map(|(_, _, piece)| spans[piece.spans.clone()].iter().cloned()).collect();
            lines(&own)
        })
        .collect()
}
