//! The redline of two tables: rows, columns, cells.

use super::align::{self, Sides};
use super::redline::Builder;
use super::spine;
use super::tokens::Tokens;
use super::{CellPair, RowPair, Status, TablePair, Texts};
use crate::document::draft::{Cell, Table};

/// A table with the ordinals of what is in it.
pub(super) struct Grid<'a> {
    pub(crate) table: &'a Table,
    pub(crate) ordinal: usize,
    /// For each row, for each cell: its first paragraph and first table.
    starts: Vec<Vec<(usize, usize)>>,
    /// Digest of each row's words.
    hashes: Vec<u64>,
    /// Sorted words of each row.
    words: Vec<Vec<u32>>,
    /// Digest of each row's first cell.
    heads: Vec<u64>,
}

impl<'a> Grid<'a> {
    /// Counts through a table that stands behind this paragraph.
    pub(crate) fn new(texts: &Texts<'a>, tokens: &Tokens, ordinal: usize, first_para: usize) -> Self {
        let table = texts.tables[ordinal];
        let (mut para, mut inner) = (first_para, ordinal + 1);
        let mut grid =
            Self { table, ordinal, starts: Vec::new(), hashes: Vec::new(), words: Vec::new(), heads: Vec::new() };
        for row in &table.rows {
            let from = para;
            let mut starts = Vec::with_capacity(row.cells.len());
            let mut hash = Digest::default();
            let mut head = 0;
            for (k, cell) in row.cells.iter().enumerate() {
                starts.push((para, inner));
                let cell_from = para;
                for block in &cell.blocks {
                    align::advance(block, &mut para, &mut inner);
                }
                hash.add(u64::from(cell.columns) << 1 | u64::from(cell.joined));
                for token in tokens.bodies(cell_from..para) {
                    hash.add(u64::from(token.loose));
                }
                if k == 0 {
                    head = hash.0;
                }
            }
            let mut words: Vec<u32> = tokens.bodies(from..para).map(|token| token.loose).collect();
            words.sort_unstable();
            grid.starts.push(starts);
            grid.hashes.push(hash.0);
            grid.words.push(words);
            grid.heads.push(head);
        }
        grid
    }

    fn cell(&self, row: usize, cell: usize) -> (&'a Cell, (usize, usize)) {
        (&self.table.rows[row].cells[cell], self.starts[row][cell])
    }
}

#[derive(Default)]
struct Digest(u64);

impl Digest {
    fn add(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(7) ^ (value + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Returns the redline of two tables that belong together.
pub(super) fn pair(old: &Grid<'_>, new: &Grid<'_>, builder: &mut Builder<'_>) -> TablePair {
    let rows = rows(old, new, builder);
    let columns = columns(old, new, &rows, builder.sides());
    let mut redline = TablePair { old: Some(old.ordinal), new: Some(new.ordinal), rows: Vec::new(), change: None };
    let (mut a, mut b) = (0, 0);
    for (next_old, next_new) in rows.into_iter().chain([(old.table.rows.len(), new.table.rows.len())]) {
        redline.rows.extend((a..next_old).map(|row| single(old, row, Status::Deleted, builder)));
        redline.rows.extend((b..next_new).map(|row| single(new, row, Status::Inserted, builder)));
        if next_old < old.table.rows.len() {
            redline.rows.push(paired(old, next_old, new, next_new, &columns, builder));
        }
        (a, b) = (next_old + 1, next_new + 1);
    }
    redline
}

/// Returns the redline of a table that only one draft has.
pub(super) fn whole(grid: &Grid<'_>, status: Status, builder: &mut Builder<'_>) -> TablePair {
    TablePair {
        old: status.in_old().then_some(grid.ordinal),
        new: status.in_new().then_some(grid.ordinal),
        rows: (0..grid.table.rows.len()).map(|row| single(grid, row, status, builder)).collect(),
        change: None,
    }
}

fn single(grid: &Grid<'_>, row: usize, status: Status, builder: &mut Builder<'_>) -> RowPair {
    RowPair {
        status,
        old: status.in_old().then_some(row),
        new: status.in_new().then_some(row),
        cells: (0..grid.table.rows[row].cells.len()).map(|cell| lone(grid, row, cell, status, builder)).collect(),
        change: None,
    }
}

fn lone(grid: &Grid<'_>, row: usize, cell: usize, status: Status, builder: &mut Builder<'_>) -> CellPair {
    let (content, starts) = grid.cell(row, cell);
    CellPair {
        status,
        old: status.in_old().then_some(cell),
        new: status.in_new().then_some(cell),
        nodes: builder.one_sided(&content.blocks, starts, status),
    }
}

fn paired(
    old: &Grid<'_>,
    old_row: usize,
    new: &Grid<'_>,
    new_row: usize,
    columns: &[(usize, usize)],
    builder: &mut Builder<'_>,
) -> RowPair {
    let (old_cells, new_cells) = (&old.table.rows[old_row].cells, &new.table.rows[new_row].cells);
    let shape = |cells: &[Cell]| cells.iter().map(|cell| (cell.columns, cell.joined)).collect::<Vec<_>>();
    let pairs: Vec<(usize, usize)> = if shape(old_cells) == shape(new_cells) && is_identity(columns) {
        (0..old_cells.len()).map(|cell| (cell, cell)).collect()
    } else {
        let (starts_old, starts_new) = (column_starts(old_cells), column_starts(new_cells));
        columns
            .iter()
            .filter_map(|(a, b)| Some((starts_old.binary_search(a).ok()?, starts_new.binary_search(b).ok()?)))
            .filter(|(a, b)| old_cells[*a].joined == new_cells[*b].joined)
            .collect()
    };
    let mut cells = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (next_old, next_new) in pairs.into_iter().chain([(old_cells.len(), new_cells.len())]) {
        cells.extend((a..next_old).map(|cell| lone(old, old_row, cell, Status::Deleted, builder)));
        cells.extend((b..next_new).map(|cell| lone(new, new_row, cell, Status::Inserted, builder)));
        if next_old < old_cells.len() {
            let (content_old, starts_old) = old.cell(old_row, next_old);
            let (content_new, starts_new) = new.cell(new_row, next_new);
            cells.push(CellPair {
                status: Status::Same,
                old: Some(next_old),
                new: Some(next_new),
                nodes: builder.nodes((&content_old.blocks, starts_old), (&content_new.blocks, starts_new), false),
            });
        }
        (a, b) = (next_old + 1, next_new + 1);
    }
    RowPair { status: Status::Same, old: Some(old_row), new: Some(new_row), cells, change: None }
}

fn is_identity(columns: &[(usize, usize)]) -> bool {
    columns.iter().enumerate().all(|(at, (a, b))| *a == at && *b == at)
}

/// The grid column that each cell begins in.
fn column_starts(cells: &[Cell]) -> Vec<usize> {
    cells
        .iter()
        .scan(0, |next, cell| {
            let start = *next;
            *next += usize::from(cell.columns.max(1));
            Some(start)
        })
        .collect()
}

/// Finds the rows that belong together: equal ones that stand once, then alike ones between them.
fn rows(old: &Grid<'_>, new: &Grid<'_>, builder: &mut Builder<'_>) -> Vec<(usize, usize)> {
    /// Pairs of rows of one gap that are weighed; beyond, only rows at the same place are.
    const PAIRS: usize = 40_000;
    let anchors: Vec<_> = spine::unique_pairs(&old.hashes, &new.hashes)
        .into_iter()
        .map(|(a, b)| (a, b, old.words[a].len() as u64 + 1))
        .collect();
    let mut links = Vec::new();
    let (mut a, mut b) = (0, 0);
    let ends = (old.hashes.len(), new.hashes.len());
    for (next_old, next_new) in spine::heaviest(&anchors).into_iter().chain([ends]) {
        let (gap_old, gap_new) = (a..next_old, b..next_new);
        let mut candidates = Vec::new();
        let small = gap_old.len().saturating_mul(gap_new.len()) <= PAIRS;
        for i in gap_old.clone() {
            let near = i - gap_old.start + gap_new.start;
            let looked_at = if small { gap_new.clone() } else { near..(near + 1).clamp(near, gap_new.end.max(near)) };
            for j in looked_at {
                let weight = if builder.spend(old.words[i].len() + new.words[j].len()) {
                    likeness(old, i, new, j)
                } else {
                    u64::from(old.hashes[i] == new.hashes[j])
                };
                if weight > 0 {
                    candidates.push((i, j, weight));
                }
            }
        }
        links.extend(spine::heaviest(&candidates));
        if (next_old, next_new) != ends {
            links.push((next_old, next_new));
        }
        (a, b) = (next_old + 1, next_new + 1);
    }
    links
}

/// How alike two rows are, 0 if not at all: rows with the same first cell are the same row with other
/// figures, else a good part of the words must be common.
fn likeness(old: &Grid<'_>, a: usize, new: &Grid<'_>, b: usize) -> u64 {
    let (first, second) = (&old.words[a], &new.words[b]);
    if first.is_empty() && second.is_empty() {
        return u64::from(old.table.rows[a].cells.len() == new.table.rows[b].cells.len());
    }
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while i < first.len() && j < second.len() {
        match first[i].cmp(&second[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let share = 200 * common as u64 / (first.len() + second.len()) as u64;
    let same_head = old.heads[a] == new.heads[b] && old.heads[a] != 0;
    if same_head {
        share + 60
    } else if share >= 34 {
        share
    } else {
        0
    }
}

/// Finds the grid columns that belong together: all of them in order where their number is the same, else
/// those whose cells have most words in common.
fn columns(old: &Grid<'_>, new: &Grid<'_>, rows: &[(usize, usize)], sides: &Sides<'_>) -> Vec<(usize, usize)> {
    /// Columns that are weighed against each other.
    const MANY: usize = 64;
    /// Rows that are looked at.
    const ROWS: usize = 50;
    let width = |grid: &Grid<'_>| {
        grid.table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum::<usize>())
            .max()
            .unwrap_or(0)
    };
    let (old_width, new_width) = (width(old), width(new));
    if old_width == new_width || old_width > MANY || new_width > MANY {
        return (0..old_width.min(new_width)).map(|column| (column, column)).collect();
    }
    let mut weights = vec![0_u64; old_width * new_width];
    for (a, b) in rows.iter().take(ROWS) {
        let words = |grid: &Grid<'_>, row: usize, cell: usize, tokens: &Tokens| {
            let (content, (para, table)) = grid.cell(row, cell);
            let (mut end, mut inner) = (para, table);
            for block in &content.blocks {
                align::advance(block, &mut end, &mut inner);
            }
            let mut words: Vec<u32> = tokens.bodies(para..end).map(|token| token.loose).collect();
            words.sort_unstable();
            words
        };
        let (cells_old, cells_new) = (&old.table.rows[*a].cells, &new.table.rows[*b].cells);
        for (i, start_old) in column_starts(cells_old).into_iter().enumerate() {
            let first = words(old, *a, i, sides.old_tokens);
            for (j, start_new) in column_starts(cells_new).into_iter().enumerate() {
                let second = words(new, *b, j, sides.new_tokens);
                let common = first.iter().filter(|word| second.binary_search(word).is_ok()).count();
                weights[start_old * new_width + start_new] +=
                    (200 * common / (first.len() + second.len()).max(1)) as u64;
            }
        }
    }
    let candidates: Vec<_> = (0..old_width)
        .flat_map(|a| (0..new_width).map(move |b| (a, b)))
        .map(|(a, b)| (a, b, weights[a * new_width + b]))
        .filter(|candidate| candidate.2 > 0)
        .collect();
    spine::heaviest(&candidates)
}
