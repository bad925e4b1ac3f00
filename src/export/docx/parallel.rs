//! Two languages side by side.

use super::Writer;
use super::block::At;
use super::markup::{border, spacer};
use super::table::{Cell, Row, Table};
use super::theme::LINE;
use crate::document::{Block, Parallel};

/// Space beside the rule between the two columns.
const MARGIN: u32 = 140;

impl Writer<'_> {
    /// Rows of two cells; what has no room in half a page stands over the whole width, one language below the
    /// other, as in the PDF.
    pub(super) fn parallel(&mut self, parallel: &Parallel, at: At) -> String {
        let half = at.width / 2;
        let mut out = String::new();
        let mut rows = Vec::new();
        let mut opens = false;
        for row in &parallel.rows {
            let place = |side: usize| At { locale: parallel.locales[side], column: side + 1, depth: 0, ..at };
            if row.iter().flatten().any(is_wide) {
                let signing = row.iter().flatten().any(|block| matches!(block, Block::Signatures(_)));
                out.push_str(&side_by_side(std::mem::take(&mut rows), half, opens || signing, at));
                for (side, blocks) in row.iter().enumerate() {
                    // No page holds the signatures of one language alone.
                    let keep = at.keep || signing && side == 0;
                    out.push_str(&self.blocks(blocks, At { keep, ..place(side) }));
                }
                continue;
            }
            let mut cells = Vec::new();
            for (side, blocks) in row.iter().enumerate() {
                let borders = if side == 0 { border("right", 4, 0, LINE) } else { String::new() };
                let text = self.blocks(blocks, place(side).within(half, MARGIN));
                cells.push(Cell { borders, ..Cell::new(half, text) });
            }
            opens = row.iter().any(|side| matches!(side.last(), Some(Block::Heading { .. })));
            rows.push(Row::new(cells));
        }
        out.push_str(&side_by_side(rows, half, false, at));
        out
    }
}

/// Returns rows as a table, and the space after it, which parts it from a table that follows; `opens` if they lead
/// into what follows. The document's own language comes first in its direction of reading.
fn side_by_side(rows: Vec<Row>, half: u32, opens: bool, at: At) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let table = Table { margins: (MARGIN, 20), ..Table::new(vec![half, half], rows, at) };
    table.xml() + &spacer(if opens { 40 } else { 120 }, at.keep || opens)
}

/// Returns whether a block has no room in half a page.
fn is_wide(block: &Block) -> bool {
    match block {
        Block::Rating(_) | Block::Scale { .. } | Block::Answer { .. } => true,
        Block::Signatures(parties) => parties.len() > 1,
        Block::Table { header, .. } => header.len() > 2,
        _ => false,
    }
}
