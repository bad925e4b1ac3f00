//! Rows that came and went before, and paragraphs that went beside a table.
//!
//! A row that went by an earlier change is not in the new draft, and has no place in the redline but by its
//! text: the rows of the old draft that are gone are paired with it in order. The same goes for paragraphs
//! that no paragraph of the new draft took up, as those before a table.

use std::collections::HashSet;

use super::settle::{each_node, of_new, of_old, pairs};
use super::stream::Book;
use super::{Element, Ledger, Stretches};
use crate::compare::{Comparison, Node, RowPair, Status, TablePair};
use crate::redline::docx::side::Side;

/// A row of the old draft that is gone.
struct Lost {
    source: u32,
    paras: Vec<usize>,
    text: String,
}

/// Notes down by which earlier changes rows came and went, with all that is in them.
pub(super) fn rows(ledger: &mut Ledger, book: &Book<'_>, old: &Side<'_>, new: &Side<'_>, comparison: &Comparison) {
    let gone = book.gone_rows();
    let mut lost: Vec<Lost> = Vec::new();
    for story in &comparison.stories {
        each_node(&story.nodes, &mut |node| {
            let Node::Table(table) = node else { return };
            for row in &table.rows {
                match row.status {
                    Status::Inserted => came(ledger, new, table, row),
                    Status::Deleted if !gone.is_empty() => lost.extend(lose(old, table, row)),
                    _ => {}
                }
            }
        });
    }
    let texts: Vec<&str> = lost.iter().map(|row| row.text.as_str()).collect();
    let gone_texts: Vec<&str> = gone.iter().map(|(text, _)| text.as_str()).collect();
    let (there, _) = pairs(&texts, &gone_texts);
    for (row, at) in lost.iter().zip(there) {
        let Some((_, element)) = at.and_then(|at| gone.get(at)) else { continue };
        ledger.gone_rows.insert(row.source, *element);
        for para in &row.paras {
            let length = old.texts.paras.get(*para).map_or(0, |para| para.text.len());
            fill(ledger.gone.entry(*para).or_default(), length, *element);
            ledger.gone_marks.entry(*para).or_insert(*element);
        }
    }
}

/// Notes down by which earlier changes whole paragraphs went, of those of which nothing is known yet.
pub(super) fn paragraphs(ledger: &mut Ledger, book: &Book<'_>, old: &Side<'_>, comparison: &Comparison) {
    let known: HashSet<Element> = ledger.gone_marks.values().copied().collect();
    let mut gone = book.gone_paragraphs();
    gone.retain(|(_, element)| !known.contains(element));
    if gone.is_empty() {
        return;
    }
    let mut lost: Vec<(usize, &str)> = Vec::new();
    for story in &comparison.stories {
        each_node(&story.nodes, &mut |node| {
            let Node::Line(line) = node else { return };
            let whole = line.mark == Status::Deleted && line.segs.iter().all(|seg| seg.status == Status::Deleted);
            let Some(para) = line.old.filter(|para| whole && !ledger.gone_marks.contains_key(para)) else { return };
            let text = old.texts.paras.get(para).map_or("", |para| para.text.as_str());
            if line.segs.iter().map(|seg| seg.old.len()).sum::<usize>() == text.len() {
                lost.push((para, text));
            }
        });
    }
    let texts: Vec<&str> = lost.iter().map(|(_, text)| *text).collect();
    let gone_texts: Vec<&str> = gone.iter().map(|(text, _)| text.as_str()).collect();
    let (there, _) = pairs(&texts, &gone_texts);
    for ((para, text), at) in lost.iter().zip(there) {
        let Some((_, element)) = at.and_then(|at| gone.get(at)) else { continue };
        fill(ledger.gone.entry(*para).or_default(), text.len(), *element);
        ledger.gone_marks.insert(*para, *element);
    }
}

/// Lets what is in a row that came come with it, where nothing else is said of it.
fn came(ledger: &mut Ledger, new: &Side<'_>, table: &TablePair, row: &RowPair) {
    let source = table.new.and_then(|table| new.texts.tables.get(table)).zip(row.new);
    let source = source.and_then(|(table, row)| table.rows.get(row)).map(|row| row.source);
    let Some(element) = source.and_then(|source| ledger.come_rows.get(&source).copied()) else { return };
    for para in paras(row, false) {
        let length = new.texts.paras.get(para).map_or(0, |para| para.text.len());
        fill(ledger.come.entry(para).or_default(), length, element);
        ledger.come_marks.entry(para).or_insert(element);
    }
}

fn lose(old: &Side<'_>, table: &TablePair, row: &RowPair) -> Option<Lost> {
    let own = old.texts.tables.get(table.old?)?.rows.get(row.old?)?;
    let paras = paras(row, true);
    let mut text = String::new();
    for para in &paras {
        text.push_str(&old.texts.paras.get(*para)?.text);
        text.push('\n');
    }
    Some(Lost { source: own.source, paras, text })
}

/// Returns the paragraphs of a row in either draft.
fn paras(row: &RowPair, old: bool) -> Vec<usize> {
    let mut found = Vec::new();
    for cell in &row.cells {
        each_node(&cell.nodes, &mut |node| {
            if let Node::Line(line) = node {
                found.extend(if old { of_old(line) } else { of_new(line) });
            }
        });
    }
    found.dedup();
    found
}

/// Fills the gaps between stretches of a text.
fn fill(stretches: &mut Stretches, length: usize, element: Element) {
    let mut out = Vec::with_capacity(stretches.len() * 2 + 1);
    let mut at = 0;
    for (range, own) in stretches.drain(..) {
        if range.start > at {
            out.push((at..range.start, element));
        }
        at = at.max(range.end);
        out.push((range, own));
    }
    if length > at {
        out.push((at..length, element));
    }
    *stretches = out;
}
