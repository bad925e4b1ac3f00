//! Tables of a web page, cell by cell.
//!
//! Source: WHATWG HTML §4.9.12, the rows and columns of a table.

use super::tree::{Data, Id};
use super::walk::{Given, Walk};
use crate::document::draft::{Block, Cell, Para, Row, Table};
use crate::document::label;

/// Most columns that one cell takes (HTML §4.9.11).
const MAX_COLUMNS: u16 = 1000;
/// Most cells of a page that rows above take from later ones.
const MAX_JOINED: usize = 200_000;

/// A cell that reaches into the rows below.
struct Reaching {
    column: u32,
    columns: u16,
    rows: u32,
}

impl Walk<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, id: Id, given: Given) {
        let page = self.page;
        for caption in page.children(id).filter(|child| page.name(*child) == "caption") {
            self.inside(caption, given);
            self.flush(given);
        }
        let source = self.tables;
        self.tables += 1;
        let outer = std::mem::take(&mut self.blocks);
        let label = self.building.label.take();
        let mut rows = Vec::new();
        let mut reaching: Vec<Reaching> = Vec::new();
        for row in self.row_elements(id) {
            let cells = self.row(row, given, &mut reaching);
            if !cells.is_empty() {
                let source = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                rows.push(Row { cells, source });
            }
        }
        self.blocks = outer;
        self.building.label = label;
        if rows.is_empty() {
            return;
        }
        match listed(&rows) {
            Some(paras) => self.blocks.extend(paras.into_iter().map(Block::Para)),
            None => self.blocks.push(Block::Table(Table { rows, source })),
        }
    }

    /// Returns the rows of a table, those of its head first and those of its foot last.
    fn row_elements(&self, id: Id) -> Vec<Id> {
        let page = self.page;
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        for child in page.children(id) {
            match page.name(child) {
                "tr" => parts[1].push(child),
                group @ ("thead" | "tbody" | "tfoot") => {
                    let at = match group {
                        "thead" => 0,
                        "tbody" => 1,
                        _ => 2,
                    };
                    parts[at].extend(page.children(child).filter(|row| page.name(*row) == "tr"));
                }
                _ => {}
            }
        }
        parts.concat()
    }

    fn row(&mut self, row: Id, given: Given, reaching: &mut Vec<Reaching>) -> Vec<Cell> {
        let page = self.page;
        let mut cells: Vec<Cell> = Vec::new();
        let mut column = 0;
        let mut next = Vec::new();
        let above = std::mem::take(reaching);
        let mut above = above.into_iter().peekable();
        for element in page.children(row) {
            if !matches!(&page.node(element).data, Data::Element { .. }) || !matches!(page.name(element), "td" | "th") {
                continue;
            }
            column = self.join(&mut above, column, &mut cells, &mut next);
            let span = |name: &str| page.attr(element, name).and_then(|value| value.trim().parse::<u32>().ok());
            let columns = u16::try_from(span("colspan").unwrap_or(1)).unwrap_or(MAX_COLUMNS).clamp(1, MAX_COLUMNS);
            let down = span("rowspan").unwrap_or(1).min(65_534);
            self.inside(element, given);
            self.flush(given);
            let mut blocks = std::mem::take(&mut self.blocks);
            if blocks.is_empty() {
                blocks.push(self.building.empty());
            }
            let source = u32::try_from(cells.len()).unwrap_or(u32::MAX);
            cells.push(Cell { blocks, columns, joined: false, source });
            // No rowspan is the same as one; a rowspan of 0 reaches to the end of the table.
            if down != 1 {
                next.push(Reaching { column, columns, rows: if down == 0 { u32::MAX } else { down - 1 } });
            }
            column += u32::from(columns);
        }
        self.join(&mut above, u32::MAX, &mut cells, &mut next);
        next.sort_by_key(|cell| cell.column);
        *reaching = next;
        cells
    }

    /// Puts the cells that rows above take before a column, and returns the first free column.
    fn join(
        &mut self,
        above: &mut std::iter::Peekable<std::vec::IntoIter<Reaching>>,
        mut column: u32,
        cells: &mut Vec<Cell>,
        next: &mut Vec<Reaching>,
    ) -> u32 {
        while let Some(cell) = above.next_if(|cell| cell.column <= column) {
            if self.joined >= MAX_JOINED {
                continue;
            }
            self.joined += 1;
            let source = u32::try_from(cells.len()).unwrap_or(u32::MAX);
            cells.push(Cell { blocks: vec![self.building.empty()], columns: cell.columns, joined: true, source });
            if column != u32::MAX {
                column = column.max(cell.column) + u32::from(cell.columns);
            }
            if cell.rows > 1 {
                next.push(Reaching { rows: cell.rows - 1, ..cell });
            }
        }
        column
    }
}

/// Takes a table that only sets numbers beside their text for the paragraphs that it shows: every row has a number
/// or a bullet and one text.
fn listed(rows: &[Row]) -> Option<Vec<Para>> {
    let mut paras = Vec::new();
    for row in rows {
        let mut filled = row.cells.iter().filter(|cell| !is_empty(cell));
        let (number, text) = (filled.next()?, filled.next()?);
        if filled.next().is_some() {
            return None;
        }
        let ([Block::Para(number)], [Block::Para(first), rest @ ..]) =
            (number.blocks.as_slice(), text.blocks.as_slice())
        else {
            return None;
        };
        let joined = format!("{}\t", number.text);
        let found = label::find(&format!("{joined}The")).filter(|found| found.sure && found.len == joined.len())?;
        // A bare number counts rows.
        if found.shape.close == label::Close::None
            && found.shape.depth == 1
            && found.shape.class == label::Class::Digits
        {
            return None;
        }
        let mut para = first.clone();
        para.text.insert_str(0, &joined);
        para.runs.iter_mut().for_each(|run| run.end += joined.len());
        para.objects.iter_mut().for_each(|object| object.at += joined.len());
        if !number.objects.is_empty() {
            return None;
        }
        paras.push(para);
        for block in rest {
            let Block::Para(para) = block else { return None };
            paras.push(para.clone());
        }
    }
    (!paras.is_empty()).then_some(paras)
}

fn is_empty(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| matches!(block, Block::Para(para) if para.text.is_empty()))
}
