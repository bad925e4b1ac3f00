//! What stands in a paragraph: runs of both drafts, cut where a change begins or ends.
//!
//! Pieces of the old paragraph are written as they are, with their properties, wrapped in what says that
//! they were deleted or moved; pieces of the new one come where the comparison puts them.

use std::ops::Range;

use super::Writer;
use super::markup::{Sign, element, escape, put};
use super::source::{Item, Source};
use crate::compare::{Line, Seg, Status};
use crate::ooxml::{Kind, NodeId, PieceKind, Tag};

/// What is open in the paragraph that is being written.
#[derive(Debug, Default)]
pub(super) struct Ink {
    /// Wrappers of the old paragraph, the innermost last.
    pub(super) wrappers: Vec<(NodeId, Tag)>,
    /// A hyperlink of the new paragraph.
    pub(super) link: Option<NodeId>,
    /// The change, and who signs it.
    pub(super) change: Option<(Status, Sign)>,
    /// The run: that of the old draft, of the new one, or one without a file.
    pub(super) run: Option<(bool, Option<NodeId>)>,
    /// Whether ranges of moves are open, from here and to here.
    pub(super) moves: (bool, bool),
    /// The look that text which is the same has in the new draft: its properties, and their digest.
    restyle: Option<(String, u64)>,
}

/// A paragraph's pieces and the paragraphs that they come from.
pub(super) struct Content<'s, 'a> {
    pub(super) old: Option<&'s mut Source<'a>>,
    pub(super) new: Option<&'s Source<'a>>,
    pub(super) line: &'s Line,
    pub(super) segs: &'s [Seg],
    /// Where the paragraph mark belongs.
    pub(super) mark: Status,
    /// Whether nothing of the old paragraph comes after it.
    pub(super) finish: bool,
    /// Whether the paragraph is part of the new draft only.
    pub(super) whole: bool,
    /// Whether text that is the same gets its new look, and remembers the old one.
    pub(super) restyle: bool,
}

impl Ink {
    pub(super) fn end_run(&mut self, out: &mut String) {
        if self.run.take().is_some() {
            out.push_str("</w:r>");
        }
    }

    pub(super) fn end_change(&mut self, out: &mut String) {
        self.end_run(out);
        if let Some(name) = self.change.take().and_then(|(status, _)| element(status)) {
            put!(out, "</w:{name}>");
        }
    }

    pub(super) fn end_link(&mut self, out: &mut String) {
        self.end_change(out);
        if self.link.take().is_some() {
            out.push_str("</w:hyperlink>");
        }
    }

    /// Returns the status that can be written here: a move only within its range.
    fn status(&self, status: Status) -> Status {
        match status {
            Status::MovedFrom if !self.moves.0 => Status::Deleted,
            Status::MovedTo if !self.moves.1 => Status::Inserted,
            other => other,
        }
    }
}

/// Returns the status of what shows nothing, between two pieces of text or at an edge.
fn between(before: Option<Status>, after: Option<Status>, mark: Status) -> Status {
    match (before, after) {
        (Some(Status::Same), _) | (_, Some(Status::Same)) => Status::Same,
        (_, Some(status)) | (Some(status), None) => status,
        (None, None) => mark,
    }
}

impl<'a> Writer<'a> {
    /// Writes what stands in a paragraph.
    pub(super) fn content(&mut self, out: &mut String, mut content: Content<'_, 'a>, ink: &mut Ink) {
        if let Some(old) = content.old.as_deref_mut() {
            for node in std::mem::take(&mut old.reopen) {
                // A content control has an identity: it does not go on in a second paragraph.
                let tag = old.tape.tag(node);
                if tag != Tag::Sdt {
                    out.push_str(old.tape.open(node));
                    ink.wrappers.push((node, tag));
                }
            }
        }
        let mark = content.line.mark;
        let segs = self.signed(content.segs, content.old.as_deref(), content.new);
        let last_new = segs.iter().rposition(|signed| signed.seg.status.in_new());
        let mut before: Option<Status> = None;
        for (at, signed) in segs.iter().enumerate() {
            let (seg, sign) = (&signed.seg, signed.sign);
            let status = ink.status(seg.status);
            if seg.status.in_new() {
                self.set_pins(out, ink, content.line.new, seg.new.start, false, status);
            }
            if seg.status.in_old() {
                if let Some(old) = content.old.as_deref_mut() {
                    if content.restyle && status == Status::Same {
                        ink.end_run(out);
                        ink.restyle = content.new.and_then(|new| self.new_run(new, seg.new.start));
                    }
                    self.old_text(out, ink, old, seg.old.end, (before, status), sign, content.mark);
                    if ink.restyle.take().is_some() {
                        ink.end_run(out);
                    }
                }
                before = Some(status);
            } else if let Some(new) = content.new {
                if let Some(old) = content.old.as_deref_mut() {
                    self.leave_link(out, ink, old, new, seg.new.start);
                }
                // One that was cut from the piece before begins with what shows nothing there.
                let cut = at.checked_sub(1).and_then(|at| segs.get(at)).map(|signed| &signed.seg);
                let cut = cut.is_some_and(|cut| cut.status == seg.status && cut.new.end == seg.new.start);
                let edge = (content.whole || signed.goes_on || cut, content.whole && last_new == Some(at));
                self.new_text(out, ink, new, &seg.new, (status, sign), edge, content.old.as_deref());
            }
            if seg.status.in_new() {
                self.set_pins(out, ink, content.line.new, seg.new.end, true, status);
            }
        }
        if content.segs.is_empty()
            && content.whole
            && let Some(new) = content.new
        {
            let status = ink.status(if content.mark == Status::Same { Status::Inserted } else { content.mark });
            self.new_text(out, ink, new, &(0..0), (status, Sign::Own), (true, true), None);
        }
        if let Some(old) = content.old.as_deref_mut() {
            if content.finish {
                let status = between(before, None, if content.mark.in_new() { Status::Same } else { content.mark });
                let status = ink.status(status);
                self.old_rest(out, ink, old, status);
            } else {
                while let Some(Item::Close(node)) = old.items.get(old.next).copied() {
                    self.close(out, ink, old, node);
                    old.next += 1;
                }
                old.reopen = ink.wrappers.iter().map(|(node, _)| *node).collect();
            }
            ink.end_link(out);
            while let Some((node, _)) = ink.wrappers.pop() {
                end_tag(out, old, node);
            }
        }
        if content.line.mark.in_new() {
            let status =
                ink.status(content.segs.iter().rev().find(|seg| seg.status.in_new()).map_or(mark, |seg| seg.status));
            self.set_pins(out, ink, content.line.new, usize::MAX, false, status);
        }
        ink.end_link(out);
    }

    /// Writes the old paragraph up to a byte of its text.
    #[expect(clippy::too_many_arguments, reason = "the state of one walk")]
    fn old_text(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        old: &mut Source<'a>,
        to: usize,
        (before, status): (Option<Status>, Status),
        sign: Sign,
        mark: Status,
    ) {
        let from = old.position;
        while let Some(item) = old.items.get(old.next).copied() {
            let done = old.position >= to;
            match item {
                Item::Open(_) | Item::Close(_) => {
                    if done && !self.in_unit_end(old) {
                        break;
                    }
                    self.wrap(out, ink, old, item);
                    old.next += 1;
                }
                Item::Piece(at) => {
                    let Some(piece) = old.pieces.list.get(at).copied() else { break };
                    let (start, end) = (piece.start as usize, piece.end as usize);
                    if start == end {
                        if done && !self.in_unit_end(old) {
                            break;
                        }
                        let field = old.units.of(at).is_some_and(|unit| !unit.text.is_empty());
                        let own = if self.stays_loose(old, at) {
                            Status::Same
                        } else if field || old.position > from {
                            status
                        } else {
                            between(before, Some(status), mark)
                        };
                        self.old_piece(out, ink, old, at, start..end, (own, sign));
                        old.next += 1;
                    } else {
                        if start >= to || done {
                            break;
                        }
                        let part = start.max(old.position)..end.min(to);
                        old.position = part.end;
                        self.old_piece(out, ink, old, at, part, (status, sign));
                        if old.position < end {
                            break;
                        }
                        old.next += 1;
                    }
                }
            }
        }
        old.position = old.position.max(to.min(old.pieces.text.len()));
    }

    /// Returns whether a piece belongs to a field that reaches over several paragraphs and does not go with them.
    fn stays_loose(&self, old: &Source<'a>, piece: usize) -> bool {
        old.units.is_loose(piece) && !self.spans[0].contains(&old.ordinal)
    }

    /// Returns whether the next piece ends a field whose text is written: it goes with it.
    fn in_unit_end(&self, old: &Source<'a>) -> bool {
        let next = old.items[old.next..].iter().find_map(|item| match item {
            Item::Piece(at) => Some(*at),
            _ => None,
        });
        next.and_then(|at| old.units.of(at))
            .is_some_and(|unit| unit.text.start < old.position && unit.text.end <= old.position)
    }

    /// Writes what is left of the old paragraph, which shows nothing.
    fn old_rest(&mut self, out: &mut String, ink: &mut Ink, old: &mut Source<'a>, status: Status) {
        while let Some(item) = old.items.get(old.next).copied() {
            match item {
                Item::Piece(at) => {
                    let Some(piece) = old.pieces.list.get(at).copied() else { break };
                    let part = (piece.start as usize).max(old.position)..(piece.end as usize).max(old.position);
                    old.position = part.end;
                    let own = if self.stays_loose(old, at) { Status::Same } else { status };
                    self.old_piece(out, ink, old, at, part, (own, Sign::Own));
                }
                _ => self.wrap(out, ink, old, item),
            }
            old.next += 1;
        }
    }

    fn wrap(&mut self, out: &mut String, ink: &mut Ink, old: &Source<'a>, item: Item) {
        match item {
            Item::Open(node) => {
                ink.end_link(out);
                let tape = &old.tape;
                match tape.child(node, Tag::SdtContent).filter(|_| tape.tag(node) == Tag::Sdt) {
                    // A content control begins with its properties.
                    Some(content) => {
                        let (start, end) = (tape.span(node).start, tape.inner_span(content).start);
                        out.push_str(tape.source().get(start..end).unwrap_or(""));
                    }
                    None => {
                        out.push_str(tape.open(node));
                        for child in tape.elements(node) {
                            if matches!(tape.local(child), "smartTagPr" | "customXmlPr") {
                                out.push_str(tape.outer(child));
                            }
                        }
                    }
                }
                ink.wrappers.push((node, tape.tag(node)));
            }
            Item::Close(node) => self.close(out, ink, old, node),
            Item::Piece(_) => {}
        }
    }

    fn close(&mut self, out: &mut String, ink: &mut Ink, old: &Source<'a>, node: NodeId) {
        if ink.wrappers.last().is_some_and(|(open, _)| *open == node) {
            ink.end_link(out);
            ink.wrappers.pop();
            end_tag(out, old, node);
        }
    }

    /// Ends a hyperlink of the old paragraph before text that is in none.
    fn leave_link(&mut self, out: &mut String, ink: &mut Ink, old: &mut Source<'a>, new: &Source<'a>, at: usize) {
        let Some(Item::Close(node)) = old.items.get(old.next).copied() else { return };
        if old.tape.tag(node) != Tag::Hyperlink || ink.wrappers.last().is_none_or(|(open, _)| *open != node) {
            return;
        }
        let piece = new.pieces.list.partition_point(|piece| piece.end as usize <= at);
        if new.link(piece).is_none() {
            self.close(out, ink, old, node);
            old.next += 1;
        }
    }

    pub(super) fn begin_change(&mut self, out: &mut String, ink: &mut Ink, (status, sign): (Status, Sign)) {
        let wanted = (status != Status::Same).then_some((status, sign));
        if ink.change != wanted {
            ink.end_change(out);
            if let Some(name) = element(status) {
                self.stamp.open(out, name, sign);
            }
            ink.change = wanted;
        }
    }

    /// Writes a piece of the old paragraph, or a part of one, in bytes of its text.
    fn old_piece(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        old: &Source<'a>,
        at: usize,
        part: Range<usize>,
        change: (Status, Sign),
    ) {
        let Some(piece) = old.pieces.list.get(at).copied() else { return };
        let tape = &old.tape;
        let tag = tape.tag(piece.node);
        if ink.link.is_some() {
            ink.end_link(out);
        }
        let Some(run) = piece.run else {
            match piece.kind {
                PieceKind::FieldBegin | PieceKind::FieldEnd => self.old_simple_field(out, ink, old, at, change),
                PieceKind::Object => {
                    ink.end_run(out);
                    self.begin_change(out, ink, change);
                    out.push_str(tape.outer(piece.node));
                }
                // A bookmark belongs to both drafts.
                _ => {
                    ink.end_change(out);
                    out.push_str(tape.outer(piece.node));
                }
            }
            return;
        };
        let sticky = matches!(tag, Tag::FootnoteRef | Tag::EndnoteRef | Tag::AnnotationRef)
            || matches!(tape.local(piece.node), "separator" | "continuationSeparator");
        let change = if sticky { (Status::Same, Sign::Own) } else { change };
        self.begin_change(out, ink, change);
        if ink.run != Some((true, Some(run))) {
            ink.end_run(out);
            out.push_str("<w:r>");
            match ink.restyle.as_ref().filter(|_| change.0 == Status::Same && !part.is_empty()) {
                Some((look, digest)) if old.digest(part.start) != Some(*digest) => self.restyled(out, old, run, look),
                _ => out.push_str(old.look(run)),
            }
            ink.run = Some((true, Some(run)));
        }
        let gone = change.0 == Status::Deleted;
        match (piece.kind, tag) {
            (PieceKind::Text, Tag::T | Tag::DelText) => {
                let name = if gone { "delText" } else { "t" };
                if part.start == piece.start as usize && part.end == piece.end as usize {
                    put!(out, "<w:{name} xml:space=\"preserve\">{}</w:{name}>", tape.inner(piece.node));
                } else {
                    put!(out, "<w:{name} xml:space=\"preserve\">");
                    escape(out, old.pieces.text.get(part).unwrap_or(""));
                    put!(out, "</w:{name}>");
                }
            }
            (PieceKind::FieldCode, _) => {
                let name = if gone { "delInstrText" } else { "instrText" };
                put!(out, "<w:{name} xml:space=\"preserve\">{}</w:{name}>", tape.inner(piece.node));
            }
            (PieceKind::Object, _) if change.0 == Status::Same => self.old_object(out, old, piece.node),
            _ => out.push_str(tape.outer(piece.node)),
        }
    }

    /// Writes one end of a simple field: as it is, or in the form that a change can hold.
    fn old_simple_field(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        old: &Source<'a>,
        at: usize,
        change: (Status, Sign),
    ) {
        let Some(piece) = old.pieces.list.get(at) else { return };
        let tape = &old.tape;
        if change.0 != Status::Same {
            self.begin_change(out, ink, change);
            ink.end_run(out);
            let begins = piece.kind == PieceKind::FieldBegin;
            field_end(out, begins, tape.raw_attr(piece.node, "w:instr").unwrap_or(""), change.0 == Status::Deleted);
            return;
        }
        ink.end_change(out);
        if tape.kind(piece.node) == Kind::Empty {
            if piece.kind == PieceKind::FieldBegin {
                out.push_str(tape.outer(piece.node));
            }
        } else if piece.kind == PieceKind::FieldBegin {
            out.push_str(tape.open(piece.node));
            ink.wrappers.push((piece.node, Tag::FldSimple));
        } else {
            self.close(out, ink, old, piece.node);
        }
    }
}

fn end_tag(out: &mut String, old: &Source<'_>, node: NodeId) {
    let tape = &old.tape;
    match tape.child(node, Tag::SdtContent).filter(|_| tape.tag(node) == Tag::Sdt) {
        Some(content) => {
            let (start, end) = (tape.inner_span(content).end, tape.span(node).end);
            out.push_str(tape.source().get(start..end).unwrap_or(""));
        }
        None => put!(out, "</{}>", tape.name(node)),
    }
}

/// Writes the beginning of a field up to its result, or its end, in runs of their own.
pub(super) fn field_end(out: &mut String, begins: bool, code: &str, gone: bool) {
    if begins {
        let name = if gone { "delInstrText" } else { "instrText" };
        put!(
            out,
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:{name} xml:space=\"preserve\">{code}</w:{name}></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        );
    } else {
        out.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    }
}
