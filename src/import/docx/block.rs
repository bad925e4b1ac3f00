//! Paragraphs and tables of a story.

use std::sync::Arc;

use super::DocxError;
use super::object::whole_part;
use super::story::{Part, Reader};
use crate::document::draft::{Block, Cell, OBJECT, Object, Row, Table};
use crate::ooxml::{Fields, NodeId, ParaPlace, Revision, Tag, Tape, branch, properties};

/// What is read of a body, a cell or another thing that holds paragraphs.
struct Flow {
    blocks: Vec<Block>,
    /// The `w:p` elements that make up the next paragraph: all but the last have lost their mark.
    open: Vec<NodeId>,
}

impl Reader<'_> {
    /// Reads what holds paragraphs.
    pub(super) fn container(
        &mut self,
        part: &Arc<Part>,
        node: NodeId,
        fields: &mut Fields,
    ) -> Result<Vec<Block>, DocxError> {
        let mut flow = Flow { blocks: Vec::new(), open: Vec::new() };
        self.blocks(part, node, fields, &mut flow)?;
        if !flow.open.is_empty() {
            // There is no paragraph to join: it stays, even if nothing is left in it.
            let para = self.para(part, &flow.open, fields)?;
            flow.blocks.push(Block::Para(para));
        }
        Ok(flow.blocks)
    }

    fn blocks(
        &mut self,
        part: &Arc<Part>,
        parent: NodeId,
        fields: &mut Fields,
        flow: &mut Flow,
    ) -> Result<(), DocxError> {
        let tape = &part.tape;
        for node in tape.children(parent) {
            match tape.tag(node) {
                Tag::P => {
                    flow.open.push(node);
                    if Revision::of_mark(tape, node).seen(self.view) {
                        let para = self.para(part, &flow.open, fields)?;
                        flow.open.clear();
                        flow.blocks.push(Block::Para(para));
                    }
                }
                Tag::Tbl => {
                    // A table of which no row is left joins what is before it to what is after it.
                    if self.has_row(tape, node) {
                        self.settle_before_table(part, fields, flow)?;
                        let table = self.table(part, node, fields)?;
                        flow.blocks.push(Block::Table(table));
                    }
                }
                Tag::Sdt | Tag::SdtContent | Tag::CustomXml | Tag::SmartTag => self.blocks(part, node, fields, flow)?,
                tag @ (Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo) => {
                    if Revision::default().within(tag).seen(self.view) {
                        self.blocks(part, node, fields, flow)?;
                    }
                }
                Tag::AlternateContent => {
                    if let Some(branch) = branch(tape, node) {
                        self.blocks(part, branch, fields, flow)?;
                    }
                }
                Tag::AltChunk => {
                    self.settle_before_table(part, fields, flow)?;
                    self.left.inserted_files += 1;
                    self.spend()?;
                    let mut para = self.nowhere(part);
                    let found = whole_part(tape, node, self.package, &part.relations, &mut self.digests);
                    para.text.push(OBJECT);
                    para.objects = vec![Object { at: 0, kind: found.kind, name: found.name, digest: found.digest }];
                    flow.blocks.push(Block::Para(para));
                }
                Tag::SectPr => self.section(part, node),
                _ => {
                    let at = u32::try_from(self.places.paras.len()).unwrap_or(u32::MAX);
                    self.anchors.take(tape, node, at, 0);
                }
            }
        }
        Ok(())
    }

    /// Notes the properties of a section, if it is one of the body.
    pub(super) fn section(&mut self, part: &Part, node: NodeId) {
        if part.index == 0 {
            self.sections.push(node);
        }
    }

    /// Takes the paragraph that has lost its mark before a table. It stays if anything is left in it.
    fn settle_before_table(&mut self, part: &Arc<Part>, fields: &mut Fields, flow: &mut Flow) -> Result<(), DocxError> {
        if flow.open.is_empty() {
            return Ok(());
        }
        let para = self.para(part, &flow.open, fields)?;
        flow.open.clear();
        if para.text.is_empty() {
            // The last that was counted: its place goes with it.
            if let Some(place) = self.places.paras.pop() {
                self.places.nodes.truncate(place.first as usize);
            }
        } else {
            flow.blocks.push(Block::Para(para));
        }
        Ok(())
    }

    /// Counts a paragraph and says where it is; returns its ordinal.
    pub(super) fn place(&mut self, part: &Part, nodes: &[NodeId], fields: Fields) -> u32 {
        let source = u32::try_from(self.places.paras.len()).unwrap_or(u32::MAX);
        self.places.paras.push(ParaPlace {
            part: part.index,
            count: u16::try_from(nodes.len()).unwrap_or(u16::MAX),
            first: u32::try_from(self.places.nodes.len()).unwrap_or(u32::MAX),
            fields,
        });
        self.places.nodes.extend_from_slice(nodes);
        source
    }

    fn has_row(&self, tape: &Tape, parent: NodeId) -> bool {
        tape.elements(parent).any(|node| match tape.tag(node) {
            Tag::Tr => Revision::of_row(tape, node).seen(self.view),
            _ => self.inner(tape, node).is_some_and(|inner| self.has_row(tape, inner)),
        })
    }

    /// Returns what is to be looked through for rows or cells, if a node is a wrapper of them.
    fn inner(&self, tape: &Tape, node: NodeId) -> Option<NodeId> {
        match tape.tag(node) {
            Tag::Sdt | Tag::SdtContent | Tag::CustomXml | Tag::SmartTag => Some(node),
            tag @ (Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo) => {
                Revision::default().within(tag).seen(self.view).then_some(node)
            }
            Tag::AlternateContent => branch(tape, node),
            _ => None,
        }
    }

    fn table(&mut self, part: &Arc<Part>, node: NodeId, fields: &mut Fields) -> Result<Table, DocxError> {
        let source = ordinal(&mut self.places.tables, part, node);
        let mut table = Table { rows: Vec::new(), source };
        self.rows(part, node, fields, &mut table)?;
        Ok(table)
    }

    fn rows(
        &mut self,
        part: &Arc<Part>,
        parent: NodeId,
        fields: &mut Fields,
        table: &mut Table,
    ) -> Result<(), DocxError> {
        let tape = &part.tape;
        for node in tape.elements(parent) {
            if tape.tag(node) == Tag::Tr {
                if Revision::of_row(tape, node).seen(self.view) {
                    self.spend()?;
                    let mut row = Row { cells: Vec::new(), source: ordinal(&mut self.places.rows, part, node) };
                    self.cells(part, node, fields, &mut row)?;
                    table.rows.push(row);
                }
            } else if let Some(inner) = self.inner(tape, node) {
                self.rows(part, inner, fields, table)?;
            }
        }
        Ok(())
    }

    fn cells(&mut self, part: &Arc<Part>, parent: NodeId, fields: &mut Fields, row: &mut Row) -> Result<(), DocxError> {
        let tape = &part.tape;
        for node in tape.elements(parent) {
            if tape.tag(node) == Tag::Tc {
                if Revision::of_cell(tape, node).seen(self.view) {
                    let cell = self.cell(part, node, fields)?;
                    row.cells.push(cell);
                }
            } else if let Some(inner) = self.inner(tape, node) {
                self.cells(part, inner, fields, row)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, part: &Arc<Part>, node: NodeId, fields: &mut Fields) -> Result<Cell, DocxError> {
        let tape = &part.tape;
        let source = ordinal(&mut self.places.cells, part, node);
        let tcpr = tape.child(node, Tag::TcPr).map(|node| properties(tape, node, self.view));
        let child = |tag| tcpr.and_then(|node| tape.child(node, tag));
        let columns = child(Tag::GridSpan).and_then(|node| tape.number(node, "w:val")).unwrap_or(1);
        let joined = child(Tag::VMerge).is_some_and(|node| tape.raw_attr(node, "w:val") != Some("restart"));
        let mut blocks = self.container(part, node, fields)?;
        if blocks.is_empty() {
            self.spend()?;
            blocks.push(Block::Para(self.nowhere(part)));
        }
        // Word has at most 63 columns; what a file claims beyond that means nothing.
        let columns = u16::try_from(columns.clamp(1, 1_000)).unwrap_or(1);
        Ok(Cell { blocks, columns, joined, source })
    }
}

/// Counts a table, a row or a cell and says where it is; returns its ordinal.
fn ordinal(list: &mut Vec<(u16, NodeId)>, part: &Part, node: NodeId) -> u32 {
    list.push((part.index, node));
    u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
}
