//! Tables and grids as aligned columns.

use super::wrap::{hung, padded, width, wrap};
use crate::document::Align;

/// Blanks between two columns.
const GAP: usize = 2;
/// Least room of a column whose text is broken into lines.
const LEAST: usize = 8;
/// Most room of the labels of a grid.
const LABELS: usize = 28;

/// A table of plain text.
pub(super) struct Table {
    /// Alignment of each column.
    pub(super) align: Vec<Align>,
    /// Header cells.
    pub(super) header: Vec<String>,
    /// Rows of cells.
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the last row is a total.
    pub(super) total: bool,
}

/// Draws a table as columns where they fit, otherwise as one record for each row.
pub(super) fn table(table: &Table, columns: usize, colon: &str) -> Vec<String> {
    match widths(table, columns) {
        Some(widths) => drawn(table, &widths),
        None => records(table, columns, colon),
    }
}

/// Draws labels and values in two columns.
pub(super) fn grid(rows: &[(String, String)], columns: usize, colon: &str) -> Vec<String> {
    let labelled = |label: &str| {
        let label = label.trim_end();
        if label.is_empty() || label.ends_with(':') { label.to_owned() } else { format!("{label}{colon}") }
    };
    let rows: Vec<_> = rows.iter().map(|(label, value)| (labelled(label), value)).collect();
    let longest = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let room = longest.min(LABELS).min(columns / 2);
    let mut lines = Vec::new();
    for (label, value) in rows {
        let longest = value.split([' ', '\n']).map(width).max().unwrap_or(0);
        if room + GAP + longest > columns && longest > 0 {
            // An address too long for its column gets the whole width.
            lines.extend(wrap(&label, columns));
            lines.extend(hung("", GAP, wrap(value, columns - GAP)));
            continue;
        }
        let label = wrap(&label, room);
        let value = wrap(value, columns.saturating_sub(room + GAP).max(LEAST));
        for at in 0..label.len().max(value.len()) {
            let label = label.get(at).map_or("", String::as_str);
            let value = value.get(at).map_or("", String::as_str);
            let line = format!("{}{}{value}", padded(label, room), " ".repeat(GAP));
            lines.push(line.trim_end_matches(' ').to_owned());
        }
    }
    lines
}

/// Returns the widths of the columns; `None` where they do not fit beside one another.
fn widths(table: &Table, columns: usize) -> Option<Vec<usize>> {
    let count = table.header.len();
    let all = || std::iter::once(&table.header).chain(&table.rows);
    let measure = |at: usize, size: &dyn Fn(&str) -> usize| {
        all().filter_map(|row| row.get(at)).map(|cell| size(cell)).max().unwrap_or(0).max(1)
    };
    let natural: Vec<usize> =
        (0..count).map(|at| measure(at, &|cell| cell.split('\n').map(width).max().unwrap_or(0))).collect();
    let longest = |cell: &str| cell.split([' ', '\n']).map(width).max().unwrap_or(0);
    let least: Vec<usize> = (0..count).map(|at| measure(at, &longest).max(LEAST).min(natural[at])).collect();
    let room = columns.checked_sub(GAP * count.saturating_sub(1))?;
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let mut widths = least.clone();
    let mut left = room.checked_sub(least.iter().sum())?;
    // Room goes, column by column, to the one that lacks the most.
    while left > 0 {
        let most = (0..count).max_by_key(|&at| (natural[at] * 16 / widths[at], count - at))?;
        if widths[most] >= natural[most] {
            break;
        }
        widths[most] += 1;
        left -= 1;
    }
    Some(widths)
}

fn drawn(table: &Table, widths: &[usize]) -> Vec<String> {
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(&" ".repeat(GAP));
    let mut lines = Vec::new();
    if table.header.iter().any(|cell| !cell.is_empty()) {
        lines.extend(row(&table.header, widths, &table.align));
    }
    lines.push(rule.clone());
    // Rows of several lines want room between them.
    let rows: Vec<_> = table.rows.iter().map(|cells| row(cells, widths, &table.align)).collect();
    let apart = rows.iter().any(|row| row.len() > 1);
    let count = rows.len();
    for (at, row) in rows.into_iter().enumerate() {
        if table.total && at + 1 == count {
            lines.push(rule.clone());
        } else if at > 0 && apart {
            lines.push(String::new());
        }
        lines.extend(row);
    }
    lines
}

fn row(cells: &[String], widths: &[usize], align: &[Align]) -> Vec<String> {
    let cells: Vec<_> = cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    for at in 0..height {
        let mut line = String::new();
        for (column, (cell, room)) in cells.iter().zip(widths).enumerate() {
            if column > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let text = cell.get(at).map_or("", String::as_str);
            let spare = room.saturating_sub(width(text));
            let before = match align.get(column) {
                Some(Align::End) => spare,
                Some(Align::Center) => spare / 2,
                Some(Align::Start) | None => 0,
            };
            line.push_str(&" ".repeat(before));
            line.push_str(&padded(text, room - before.min(*room)));
        }
        lines.push(line.trim_end_matches(' ').to_owned());
    }
    lines
}

fn records(table: &Table, columns: usize, colon: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for cells in &table.rows {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        for (label, cell) in table.header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let line = if label.is_empty() { cell.clone() } else { format!("{label}{colon} {cell}") };
            lines.extend(hung("", 0, wrap(&line, columns)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(cell: &str) -> Table {
        let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        Table {
            align: vec![Align::Start, Align::End],
            header: texts(&["Item", "Amount"]),
            rows: vec![texts(&[cell, "1"]), texts(&["Total", "12"])],
            total: true,
        }
    }

    #[test]
    fn columns_are_aligned() {
        assert_eq!(
            table(&sample("One two three"), 40, ":"),
            [
                "Item           Amount",
                "-------------  ------",
                "One two three       1",
                "-------------  ------",
                "Total              12"
            ]
        );
        assert_eq!(table(&sample("One two three"), 17, ":")[2..4], ["One two         1", "three"]);
    }

    #[test]
    fn a_table_that_is_too_wide_becomes_records() {
        let wide = "x".repeat(30);
        assert_eq!(table(&sample(&wide), 20, ":"), ["Item:", &wide, "Amount: 1", "", "Item: Total", "Amount: 12"]);
    }

    #[test]
    fn labels_have_their_column() {
        let rows = [("Date".into(), "1 May".into()), ("Our reference:".into(), "a b c d".into())];
        let expected = ["Date:           1 May", "Our reference:  a b c", "                d"];
        assert_eq!(grid(&rows, 22, ":"), ["Date:        1 May", "Our          a b c d", "reference:"]);
        assert_eq!(grid(&rows, 30, ":")[0], expected[0]);
    }
}
