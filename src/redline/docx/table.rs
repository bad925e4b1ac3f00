//! Tables: rows and cells that come and go (ECMA-376 part 1, 17.13.5.1, 17.13.5.2, 17.13.5.12, 17.13.5.16).

use std::sync::Arc;

use super::Writer;
use super::markup::{Sign, put};
use super::story::Copy;
use crate::compare::{CellPair, RowPair, Status, TablePair};
use crate::ooxml::{NodeId, Tag, Tape};

impl<'a> Writer<'a> {
    /// Returns the element of a table of the old draft.
    pub(super) fn old_table(&self, ordinal: usize) -> Option<NodeId> {
        let table = self.old.texts.tables.get(ordinal)?;
        self.old.places.tables.get(table.source as usize).map(|(_, node)| *node)
    }

    /// Writes a table: as changes of that of the old file, or as one of the new draft alone.
    pub(super) fn table(&mut self, out: &mut String, copy: &mut Option<Copy>, pair: &TablePair, whole: bool) {
        let old = pair.old.and_then(|ordinal| Some((ordinal, self.old_table(ordinal)?)));
        match old.filter(|_| copy.is_some()) {
            Some((_, node)) => self.changed_table(out, copy, pair, node, whole),
            None => self.new_table(out, pair),
        }
    }

    fn changed_table(
        &mut self,
        out: &mut String,
        copy: &mut Option<Copy>,
        pair: &TablePair,
        node: NodeId,
        whole: bool,
    ) {
        let sign = self.sign(pair.change);
        if let Some(copy) = copy.as_mut() {
            self.grid(out, copy, pair, node);
        }
        let mut last: Option<NodeId> = None;
        for row in &pair.rows {
            let own = row.old.and_then(|row| self.old_row(pair, row));
            match own {
                Some(own) => {
                    self.old_row_of(out, copy, (pair, row), own, whole, sign);
                    last = Some(own);
                }
                None => {
                    if let Some(copy) = copy.as_mut() {
                        let tape = Arc::clone(&copy.tape);
                        let at = match last {
                            Some(last) => tape.span(last).end,
                            None => first_of(&tape, node, &[Tag::Tr, Tag::Sdt, Tag::CustomXml]),
                        };
                        copy.to(out, at);
                    }
                    self.new_row(out, pair, row, true);
                }
            }
        }
    }

    /// Sees to it that the grid of a table has as many columns as its widest row, cells that come included.
    fn grid(&self, out: &mut String, copy: &mut Copy, pair: &TablePair, node: NodeId) {
        let inserted = pair
            .rows
            .iter()
            .any(|row| row.status == Status::Same && row.cells.iter().any(|cell| cell.status == Status::Inserted));
        let tape = Arc::clone(&copy.tape);
        let Some(grid) = tape.child(node, Tag::TblGrid).filter(|_| inserted) else { return };
        let columns: Vec<i64> = tape
            .elements(grid)
            .filter(|child| tape.tag(*child) == Tag::GridCol)
            .map(|child| tape.number(child, "w:w").unwrap_or(0))
            .collect();
        let widest = pair.rows.iter().map(|row| self.columns(pair, row)).max().unwrap_or(0);
        let missing = widest.saturating_sub(columns.len()).min(63);
        if missing == 0 {
            return;
        }
        let count = i64::try_from(columns.len().max(1)).unwrap_or(1);
        let width = columns.iter().fold(0_i64, |sum, own| sum.saturating_add(*own)) / count;
        let inner = tape.inner_span(grid);
        // What has no content yet keeps its form; Word computes the grid anew.
        if inner.is_empty() {
            return;
        }
        let end = tape.child(grid, Tag::TblGridChange).map_or(inner.end, |change| tape.span(change).start);
        copy.to(out, end);
        for _ in 0..missing {
            put!(out, "<w:gridCol w:w=\"{width}\"/>");
        }
    }

    fn columns(&self, pair: &TablePair, row: &RowPair) -> usize {
        let of = |cell: &CellPair| {
            let old = pair.old.and_then(|t| self.old.texts.tables.get(t)).zip(row.old.zip(cell.old));
            let new = pair.new.and_then(|t| self.new.texts.tables.get(t)).zip(row.new.zip(cell.new));
            let cell = old.or(new).and_then(|(table, (row, cell))| table.rows.get(row)?.cells.get(cell));
            cell.map_or(1, |cell| usize::from(cell.columns.max(1)))
        };
        row.cells.iter().map(of).sum()
    }

    fn old_row(&self, pair: &TablePair, row: usize) -> Option<NodeId> {
        let table = self.old.texts.tables.get(pair.old?)?;
        self.old.places.rows.get(table.rows.get(row)?.source as usize).map(|(_, node)| *node)
    }

    fn old_cell(&self, pair: &TablePair, row: &RowPair, cell: usize) -> Option<NodeId> {
        let table = self.old.texts.tables.get(pair.old?)?;
        let cell = table.rows.get(row.old?)?.cells.get(cell)?;
        self.old.places.cells.get(cell.source as usize).map(|(_, node)| *node)
    }

    /// Returns an element of the new file that stands for a row or a cell.
    fn new_node(&self, pair: &TablePair, row: &RowPair, cell: Option<usize>) -> Option<(Arc<Tape>, NodeId)> {
        let table = self.new.texts.tables.get(pair.new?)?;
        let own = table.rows.get(row.new?)?;
        let (part, node) = match cell {
            Some(cell) => *self.new.places.cells.get(own.cells.get(cell)?.source as usize)?,
            None => *self.new.places.rows.get(own.source as usize)?,
        };
        Some((self.new.tape(part), node))
    }

    fn old_row_of(
        &mut self,
        out: &mut String,
        copy: &mut Option<Copy>,
        (pair, row): (&TablePair, &RowPair),
        node: NodeId,
        whole: bool,
        sign: Sign,
    ) {
        let gone = row.status == Status::Deleted;
        if gone && let Some(copy) = copy.as_mut() {
            let sign = self.row_sign(row, pair).unwrap_or(if sign == Sign::Own { self.sign(row.change) } else { sign });
            self.mark_row(out, copy, node, sign);
        }
        let mut last: Option<NodeId> = None;
        for cell in &row.cells {
            let own = cell.old.and_then(|cell| self.old_cell(pair, row, cell));
            match own {
                Some(own) => {
                    let leaves = cell.status == Status::Deleted && !gone;
                    if leaves && let Some(copy) = copy.as_mut() {
                        self.mark_cell(out, copy, own);
                    }
                    self.container(out, copy, Some(own), &cell.nodes, whole || gone || leaves);
                    last = Some(own);
                }
                None => {
                    if let Some(copy) = copy.as_mut() {
                        let tape = Arc::clone(&copy.tape);
                        let at = match last {
                            Some(last) => tape.span(last).end,
                            None => first_of(&tape, node, &[Tag::Tc, Tag::Sdt, Tag::CustomXml]),
                        };
                        copy.to(out, at);
                    }
                    self.new_cell(out, pair, row, cell, true);
                }
            }
        }
    }

    /// Marks a row of the old file as deleted.
    fn mark_row(&mut self, out: &mut String, copy: &mut Copy, row: NodeId, sign: Sign) {
        let tape = Arc::clone(&copy.tape);
        match tape.child(row, Tag::TrPr) {
            Some(properties) => {
                let inner = tape.inner_span(properties);
                copy.to(out, tape.span(properties).start);
                out.push_str("<w:trPr>");
                copy.skip(inner.start);
                // The mark comes last, but for the memory of an earlier look.
                let change = tape.child(properties, Tag::TrPrChange);
                copy.to(out, change.map_or(inner.end, |change| tape.span(change).start));
                self.stamp.mark(out, "del", sign);
                copy.to(out, inner.end);
                out.push_str("</w:trPr>");
                copy.skip(tape.span(properties).end);
            }
            None => {
                let at = match tape.child(row, Tag::TblPrEx) {
                    Some(exceptions) => tape.span(exceptions).end,
                    None => tape.inner_span(row).start,
                };
                copy.to(out, at);
                out.push_str("<w:trPr>");
                self.stamp.mark(out, "del", sign);
                out.push_str("</w:trPr>");
            }
        }
    }

    /// Marks a cell of the old file as deleted.
    fn mark_cell(&mut self, out: &mut String, copy: &mut Copy, cell: NodeId) {
        let tape = Arc::clone(&copy.tape);
        match tape.child(cell, Tag::TcPr) {
            Some(properties) => {
                let inner = tape.inner_span(properties);
                copy.to(out, tape.span(properties).start);
                out.push_str("<w:tcPr>");
                copy.skip(inner.start);
                let change = tape.child(properties, Tag::TcPrChange);
                copy.to(out, change.map_or(inner.end, |change| tape.span(change).start));
                self.stamp.mark(out, "cellDel", Sign::Own);
                copy.to(out, inner.end);
                out.push_str("</w:tcPr>");
                copy.skip(tape.span(properties).end);
            }
            None => {
                copy.to(out, tape.inner_span(cell).start);
                out.push_str("<w:tcPr>");
                self.stamp.mark(out, "cellDel", Sign::Own);
                out.push_str("</w:tcPr>");
            }
        }
    }

    fn new_table(&mut self, out: &mut String, pair: &TablePair) {
        let place = pair.new.and_then(|ordinal| self.new.texts.tables.get(ordinal));
        let place = place.and_then(|table| self.new.places.tables.get(table.source as usize).copied());
        out.push_str("<w:tbl>");
        let Some((part, node)) = place else {
            out.push_str("<w:tblPr/><w:tblGrid/></w:tbl>");
            return;
        };
        let tape = self.new.tape(part);
        match tape.child(node, Tag::TblPr) {
            Some(properties) => self.table_properties(out, &tape, properties),
            None => out.push_str("<w:tblPr/>"),
        }
        match tape.child(node, Tag::TblGrid) {
            Some(grid) => self.catalogue.copy(&tape, grid, out),
            None => out.push_str("<w:tblGrid/>"),
        }
        for row in &pair.rows {
            self.new_row(out, pair, row, true);
        }
        out.push_str("</w:tbl>");
    }

    fn table_properties(&mut self, out: &mut String, tape: &Tape, properties: NodeId) {
        let from = out.len();
        self.catalogue.copy(tape, properties, out);
        let styled = out.get(from..).is_some_and(|made| made.contains("<w:tblStyle "));
        if self.new_is_plain && !styled {
            // The old file has no style with lines: the table brings its own.
            out.truncate(from);
            out.push_str("<w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                put!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
            }
            out.push_str("</w:tblBorders></w:tblPr>");
        }
    }

    fn new_row(&mut self, out: &mut String, pair: &TablePair, row: &RowPair, marked: bool) {
        out.push_str("<w:tr>");
        let place = self.new_node(pair, row, None);
        let mut inner = String::new();
        if let Some((tape, node)) = &place {
            if let Some(exceptions) = tape.child(*node, Tag::TblPrEx) {
                self.catalogue.copy(tape, exceptions, out);
            }
            if let Some(properties) = tape.child(*node, Tag::TrPr) {
                self.catalogue.inner(tape, properties, &mut inner, |_| false);
            }
        }
        if marked {
            let sign = self.row_sign(row, pair).unwrap_or_else(|| self.sign(row.change.or(pair.change)));
            self.stamp.mark(&mut inner, "ins", sign);
        }
        if !inner.is_empty() {
            put!(out, "<w:trPr>{inner}</w:trPr>");
        }
        for cell in &row.cells {
            self.new_cell(out, pair, row, cell, false);
        }
        if row.cells.is_empty() {
            out.push_str("<w:tc><w:tcPr/><w:p/></w:tc>");
        }
        out.push_str("</w:tr>");
    }

    fn new_cell(&mut self, out: &mut String, pair: &TablePair, row: &RowPair, cell: &CellPair, marked: bool) {
        out.push_str("<w:tc>");
        let mut inner = String::new();
        let place = cell.new.and_then(|index| self.new_node(pair, row, Some(index)));
        if let Some((tape, node)) = place
            && let Some(properties) = tape.child(node, Tag::TcPr)
        {
            self.catalogue.inner(&tape, properties, &mut inner, |_| false);
        }
        if marked {
            self.stamp.mark(&mut inner, "cellIns", Sign::Own);
        }
        put!(out, "<w:tcPr>{inner}</w:tcPr>");
        let from = out.len();
        self.container(out, &mut None, None, &cell.nodes, true);
        // A cell ends with a paragraph.
        if out.len() == from || out.ends_with("</w:tbl>") {
            out.push_str("<w:p/>");
        }
        out.push_str("</w:tc>");
    }
}

/// Returns where the first of some elements in another begins, or where that ends.
fn first_of(tape: &Tape, node: NodeId, tags: &[Tag]) -> usize {
    let first = tape.elements(node).find(|child| tags.contains(&tape.tag(*child)));
    first.map_or(tape.inner_span(node).end, |child| tape.span(child).start)
}
