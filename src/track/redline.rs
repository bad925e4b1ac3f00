//! The redline of one clause: its own words in two drafts, compared by themselves.
//!
//! A clause that was moved, or that two drafts far apart have, is not together in the redline of the
//! whole drafts. So its words are laid side by side as two small drafts, and compared as any others.

use super::model::{Mark, Marked, Piece};
use super::sheet::Unit;
use crate::compare::{self, Node, Options, Seg, Status, Texts};
use crate::document::draft::{Block, Draft, DraftFormat, OBJECT, Story, StoryKind};
use crate::locale::Lang;

/// What differs between the words of a clause in two drafts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Difference {
    /// Words inserted.
    pub(super) inserted: usize,
    /// Words deleted.
    pub(super) deleted: usize,
    /// The redline.
    pub(super) redline: Vec<Marked>,
}

/// Compares a clause of an older draft with one of a newer.
pub(super) fn difference(old: Option<&Unit>, new: Option<&Unit>, lang: Option<Lang>) -> Difference {
    match (old, new) {
        (None, None) => Difference::default(),
        (None, Some(new)) => {
            Difference { inserted: new.state.words, deleted: 0, redline: whole(&new.blocks, Mark::Inserted) }
        }
        (Some(old), None) => {
            Difference { inserted: 0, deleted: old.state.words, redline: whole(&old.blocks, Mark::Deleted) }
        }
        (Some(old), Some(new)) => {
            let (one, other) = (draft(&old.blocks, lang), draft(&new.blocks, lang));
            let compared = compare::compare(&one, &other, &Options::default());
            let (one, other) = (Texts::new(&one), Texts::new(&other));
            let mut redline = Vec::new();
            for story in &compared.stories {
                lines(&story.nodes, &one, &other, &mut redline);
            }
            let (inserted, deleted) = (compared.tally.inserted, compared.tally.deleted);
            Difference { inserted, deleted, redline: condensed(redline) }
        }
    }
}

fn draft(blocks: &[Block], lang: Option<Lang>) -> Draft {
    let body = Story { kind: StoryKind::Body, name: String::new(), blocks: blocks.to_vec() };
    Draft { format: DraftFormat::Text, lang, stories: vec![body], comments: Vec::new(), caveats: Vec::new() }
}

/// Returns the redline of a clause that only one of the drafts has.
pub(super) fn whole(blocks: &[Block], mark: Mark) -> Vec<Marked> {
    let piece = |text: &str| Piece { mark, text: text.replace(OBJECT, "[…]") };
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Para(para) if para.text.is_empty() => {}
            Block::Para(para) => out.push(Marked::Para(vec![piece(&para.text)])),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let mut texts = Vec::new();
                        Draft::each_para(&cell.blocks, &mut |para| texts.push(para.text.as_str()));
                        vec![piece(&texts.join(" "))]
                    });
                    out.push(Marked::Row(cells.collect()));
                }
            }
        }
    }
    out
}

/// Leaves out paragraphs and rows that did not change, but for the heads of tables; `…` stands where text is left out.
fn condensed(lines: Vec<Marked>) -> Vec<Marked> {
    if lines.len() <= 2 {
        return lines;
    }
    let is_same = |pieces: &[Piece]| pieces.iter().all(|piece| piece.mark == Mark::Same);
    let mut out: Vec<Marked> = Vec::new();
    let mut in_table = false;
    let mut left_out = false;
    for line in lines {
        let is_row = matches!(line, Marked::Row(_));
        let keep = match &line {
            Marked::Para(pieces) => !is_same(pieces),
            Marked::Row(cells) => !in_table || cells.iter().any(|cell| !is_same(cell)),
        };
        in_table = is_row;
        if keep {
            out.push(line);
        } else if !is_row && !left_out {
            out.push(Marked::Para(vec![Piece { mark: Mark::Same, text: "…".to_owned() }]));
        }
        left_out = !keep && !is_row;
    }
    out
}

/// Gathers the lines of a redline; one whose mark belongs to one draft alone goes on where the other draft does.
fn lines(nodes: &[Node], old: &Texts<'_>, new: &Texts<'_>, out: &mut Vec<Marked>) {
    for node in nodes {
        match node {
            Node::Line(line) => {
                let mut pieces = Vec::new();
                add(&mut pieces, &line.segs, line.old, line.new, old, new);
                if pieces.iter().any(|piece| !piece.text.is_empty()) {
                    out.push(Marked::Para(pieces));
                }
            }
            Node::Table(table) => {
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let mut inner = Vec::new();
                        lines(&cell.nodes, old, new, &mut inner);
                        flat(inner)
                    });
                    out.push(Marked::Row(cells.collect()));
                }
            }
        }
    }
}

/// Joins the lines of a cell.
fn flat(lines: Vec<Marked>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for line in lines {
        let pieces = match line {
            Marked::Para(pieces) => pieces,
            Marked::Row(cells) => cells.into_iter().flatten().collect(),
        };
        if !out.is_empty() && !pieces.is_empty() {
            push(&mut out, Mark::Same, " ");
        }
        for piece in pieces {
            push(&mut out, piece.mark, &piece.text);
        }
    }
    out
}

fn add(
    out: &mut Vec<Piece>,
    segs: &[Seg],
    old_para: Option<usize>,
    new_para: Option<usize>,
    old: &Texts<'_>,
    new: &Texts<'_>,
) {
    for seg in segs {
        // What was only moved within the clause is at its new place, unmarked.
        let (mark, texts, para, range) = match seg.status {
            Status::Same | Status::MovedTo => (Mark::Same, new, new_para, &seg.new),
            Status::Inserted => (Mark::Inserted, new, new_para, &seg.new),
            Status::Deleted => (Mark::Deleted, old, old_para, &seg.old),
            Status::MovedFrom => continue,
        };
        let text = para.and_then(|para| texts.paras.get(para)).and_then(|para| para.text.get(range.clone()));
        if let Some(text) = text {
            push(out, mark, &text.replace(OBJECT, "[…]"));
        }
    }
}

fn push(out: &mut Vec<Piece>, mark: Mark, text: &str) {
    match out.last_mut() {
        Some(last) if last.mark == mark => last.text.push_str(text),
        _ if text.is_empty() => {}
        _ => out.push(Piece { mark, text: text.to_owned() }),
    }
}
