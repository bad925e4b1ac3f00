//! What comes to a paragraph from the new draft.
//!
//! From a Word file it comes with its own properties, fields, notes and objects; from any other in the look of
//! the text beside it.

use std::ops::Range;

use super::Writer;
use super::inline::{Ink, field_end};
use super::markup::{Sign, escape, put};
use super::source::{Item, Source};
use crate::compare::Status;
use crate::ooxml::{NodeId, PieceKind, Tag};

impl<'a> Writer<'a> {
    /// Writes a range of the new paragraph. `edges` says whether what shows nothing at the start and at the
    /// end of the range is part of it.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    pub(super) fn new_text(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        new: &Source<'a>,
        range: &Range<usize>,
        change: (Status, Sign),
        edges: (bool, bool),
        near: Option<&Source<'a>>,
    ) {
        if self.new_is_plain {
            return self.plain_text(out, ink, new, range, change, near);
        }
        let from = new.pieces.list.partition_point(|piece| (piece.end as usize) < range.start);
        for (at, piece) in new.pieces.list.iter().enumerate().skip(from) {
            let (start, end) = (piece.start as usize, piece.end as usize);
            if start > range.end || (start == range.end && end > start) {
                break;
            }
            let part = start.max(range.start)..end.min(range.end);
            if start == end {
                let unit = new.units.of(at).filter(|unit| !unit.text.is_empty());
                let taken = match unit {
                    Some(unit) => unit.text.start >= range.start && unit.text.end <= range.end,
                    None => {
                        (start > range.start || edges.0)
                            && (start < range.end || edges.1 || (edges.0 && range.is_empty()))
                    }
                };
                if !taken || (new.units.is_loose(at) && !self.spans[1].contains(&new.ordinal)) {
                    continue;
                }
            } else if part.is_empty() {
                continue;
            }
            self.new_piece(out, ink, new, at, part, change, new.link(at));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn new_piece(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        new: &Source<'a>,
        at: usize,
        part: Range<usize>,
        change: (Status, Sign),
        link: Option<NodeId>,
    ) {
        let Some(piece) = new.pieces.list.get(at).copied() else { return };
        let tape = &new.tape;
        let tag = tape.tag(piece.node);
        if piece.kind == PieceKind::Mark && !self.marks_new(new, piece.node) {
            return;
        }
        // Hidden text shows nothing, and is not brought over.
        if piece.kind == PieceKind::Text && part.is_empty() {
            return;
        }
        // In a hyperlink of the old paragraph there is no other one.
        let link = link.filter(|_| !ink.wrappers.iter().any(|(_, tag)| *tag == Tag::Hyperlink));
        if ink.link != link {
            ink.end_link(out);
            if let Some(link) = link {
                self.begin_link(out, new, link);
                ink.link = Some(link);
            }
        }
        let Some(run) = piece.run else {
            match piece.kind {
                PieceKind::FieldBegin | PieceKind::FieldEnd => {
                    self.begin_change(out, ink, change);
                    ink.end_run(out);
                    let begins = piece.kind == PieceKind::FieldBegin;
                    field_end(out, begins, tape.raw_attr(piece.node, "w:instr").unwrap_or(""), false);
                }
                PieceKind::Object => {
                    ink.end_run(out);
                    self.begin_change(out, ink, change);
                    self.new_object(out, new, piece.node);
                }
                _ => {
                    ink.end_change(out);
                    self.new_mark(out, new, piece.node);
                }
            }
            return;
        };
        self.begin_change(out, ink, change);
        if ink.run != Some((false, Some(run))) {
            ink.end_run(out);
            out.push_str("<w:r>");
            if let Some(look) = tape.child(run, Tag::RPr) {
                self.catalogue.properties(tape, look, out);
            }
            ink.run = Some((false, Some(run)));
        }
        match piece.kind {
            PieceKind::Text => {
                out.push_str("<w:t xml:space=\"preserve\">");
                if part.start == piece.start as usize && part.end == piece.end as usize {
                    out.push_str(tape.inner(piece.node));
                } else {
                    escape(out, new.pieces.text.get(part).unwrap_or(""));
                }
                out.push_str("</w:t>");
            }
            PieceKind::FieldCode => {
                put!(out, "<w:instrText xml:space=\"preserve\">{}</w:instrText>", tape.inner(piece.node));
            }
            PieceKind::Object => self.new_object(out, new, piece.node),
            PieceKind::Note => self.new_note(out, tag, new, piece.start as usize),
            _ => out.push_str(tape.outer(piece.node)),
        }
    }

    /// Writes text that is in no Word file, in the look of what is beside it.
    fn plain_text(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        new: &Source<'a>,
        range: &Range<usize>,
        change: (Status, Sign),
        near: Option<&Source<'a>>,
    ) {
        ink.end_link(out);
        let from = new.pieces.list.partition_point(|piece| piece.end as usize <= range.start);
        for piece in new.pieces.list.iter().skip(from) {
            let (start, end) = ((piece.start as usize).max(range.start), (piece.end as usize).min(range.end));
            if start >= end {
                break;
            }
            self.begin_change(out, ink, change);
            if piece.run.is_none() {
                ink.end_run(out);
                self.new_object(out, new, piece.node);
                continue;
            }
            if ink.run != Some((false, None)) {
                ink.end_run(out);
                out.push_str("<w:r>");
                match near {
                    Some(old) => {
                        let at =
                            old.items.get(..old.next).unwrap_or_default().iter().rev().find_map(|item| match item {
                                Item::Piece(at) => Some(*at + 1),
                                _ => None,
                            });
                        // In the midst of a piece it is that piece.
                        let inside = match old.items.get(old.next) {
                            Some(Item::Piece(at)) if (old.pieces.list[*at].start as usize) < old.position => {
                                Some(*at + 1)
                            }
                            _ => None,
                        };
                        if let Some(run) = old.near_run(inside.or(at).unwrap_or(0)) {
                            out.push_str(old.look(run));
                        }
                    }
                    None => out.push_str(&self.plain_look),
                }
                ink.run = Some((false, None));
            }
            match piece.kind {
                PieceKind::Text => {
                    out.push_str("<w:t xml:space=\"preserve\">");
                    escape(out, new.pieces.text.get(start..end).unwrap_or(""));
                    out.push_str("</w:t>");
                }
                PieceKind::Note => self.new_note(out, new.tape.tag(piece.node), new, piece.start as usize),
                _ => out.push_str(new.tape.outer(piece.node)),
            }
        }
    }
}
