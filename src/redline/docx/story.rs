//! Stories and cells: paragraphs and tables in the order of the redline, between what stays of the old file.
//!
//! A container of the old file is copied as it is, and only where a line of the redline differs is the copy
//! interrupted: unchanged material goes over in long slices, whatever is in it.

use std::sync::Arc;

use super::Writer;
use super::inline::{Content, Ink};
use super::look::Look;
use super::markup::put;
use super::plan::{Planned, Step, Tail, plan, tails};
use super::source::Source;
use crate::compare::{Line, Node, Seg, Status};
use crate::document::draft::{OBJECT, Object, ObjectKind, Para};
use crate::ooxml::{Kind, NodeId, Tag, Tape};

/// Where a copy of a part of the old file has got to.
#[derive(Debug)]
pub(super) struct Copy {
    /// The part.
    pub(super) tape: Arc<Tape>,
    /// Up to where it was copied, in bytes.
    pub(super) cursor: usize,
}

impl Copy {
    /// Begins a copy at a byte of a part.
    pub(super) fn new(tape: Arc<Tape>, cursor: usize) -> Self {
        Self { tape, cursor }
    }

    /// Copies up to a byte.
    pub(super) fn to(&mut self, out: &mut String, end: usize) {
        if end > self.cursor {
            out.push_str(self.tape.source().get(self.cursor..end).unwrap_or(""));
            self.cursor = end;
        }
    }

    /// Leaves out what is up to a byte.
    pub(super) fn skip(&mut self, end: usize) {
        self.cursor = self.cursor.max(end);
    }
}

/// A container that is being written.
struct Shelf {
    /// Its element in the old file.
    node: Option<NodeId>,
    /// The last paragraph or table of the old file that was passed.
    last: Option<NodeId>,
    /// Whether the container comes or goes as a whole.
    whole: bool,
}

/// Returns whether a line is the same in both drafts, from its first character to its mark.
pub(super) fn is_same(line: &Line) -> bool {
    line.mark == Status::Same && line.segs.iter().all(|seg| seg.status == Status::Same)
}

impl<'a> Writer<'a> {
    /// Writes a container: of the old file, if there is a copy and an element, with what stays in it; else
    /// of the new draft alone.
    pub(super) fn container(
        &mut self,
        out: &mut String,
        copy: &mut Option<Copy>,
        node: Option<NodeId>,
        nodes: &[Node],
        whole: bool,
    ) {
        let keeps = self.keeps_sections;
        let tails = if whole || self.ledger.is_some() { Vec::new() } else { self.tails(nodes) };
        let steps = plan(nodes, whole, &tails, |line| {
            keeps && line.mark.in_old() && line.old.is_some_and(|ordinal| self.ends_section(ordinal))
        });
        let mut shelf = Shelf { node, last: None, whole };
        let mut open: Option<Source<'a>> = None;
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Line(planned) => {
                    let finish = finishes(&steps, at, planned.line);
                    self.line(out, copy, &mut shelf, &mut open, (planned, &steps), finish);
                    if finish && planned.line.old.is_some() {
                        open = None;
                    }
                }
                Step::Table(table) => {
                    let place = table.old.and_then(|ordinal| self.old_table(ordinal));
                    if place.is_none() {
                        self.move_out(out, copy, &shelf);
                    }
                    self.table(out, copy, table, shelf.whole);
                    if let Some(node) = place {
                        shelf.last = Some(node);
                    }
                }
            }
        }
    }

    /// Finds text that comes at the end of a line with lines after it, and whether the last of these looks as
    /// the first line does.
    fn tails(&mut self, nodes: &[Node]) -> Vec<(Tail, bool)> {
        let mut found = tails(nodes);
        let ordinals = |at: usize| match &nodes[at] {
            Node::Line(line) => (line.old, line.new),
            Node::Table(_) => (None, None),
        };
        found.retain(|tail| ordinals(tail.first).0.is_some_and(|ordinal| !self.ends_section(ordinal)));
        let alike = |tail: Tail| {
            let (old, new) = (ordinals(tail.first).0, ordinals(tail.last).1);
            (tail, old.zip(new).is_some_and(|(old, new)| self.look(Look::Old(old)).0 == self.look(Look::New(new)).0))
        };
        found.into_iter().map(alike).collect()
    }

    /// Copies up to where something new can stand after the last old paragraph or table: behind what wraps
    /// only that.
    fn move_out(&self, out: &mut String, copy: &mut Option<Copy>, shelf: &Shelf) {
        let (Some(copy), Some(container)) = (copy, shelf.node) else { return };
        let tape = Arc::clone(&copy.tape);
        let end = match shelf.last {
            Some(last) => {
                let mut end = tape.span(last).end;
                let mut next = tape.after(last);
                let close = tape.close(container);
                while next < close {
                    match (tape.kind(next), tape.tag(next)) {
                        (Kind::End, Tag::Sdt | Tag::SdtContent | Tag::CustomXml) => end = tape.span(next).end,
                        (Kind::Text, _) => {}
                        _ => break,
                    }
                    next += 1;
                }
                end
            }
            None => {
                let first = tape.elements(container).find(|child| !matches!(tape.tag(*child), Tag::TcPr | Tag::None));
                first.map_or(tape.inner_span(container).end, |child| tape.span(child).start)
            }
        };
        copy.to(out, end);
    }

    fn line(
        &mut self,
        out: &mut String,
        copy: &mut Option<Copy>,
        shelf: &mut Shelf,
        open: &mut Option<Source<'a>>,
        (planned, steps): (&Planned<'_>, &[Step<'_>]),
        finish: bool,
    ) {
        let line = planned.line;
        let begun = line.old.is_some() && open.as_ref().map(|source| source.ordinal) == line.old;
        if !begun
            && !planned.turned
            && is_same(line)
            && self.is_untouched(line)
            && let Some(ordinal) = line.old
            && let Some(at) = self.old.para(ordinal)
        {
            self.near = ordinal + 1;
            shelf.last = at.node.or(shelf.last);
            return;
        }
        let mut tag = None;
        match line.old {
            Some(ordinal) if !begun => {
                *open = Source::new(&self.old, ordinal);
                self.near = ordinal + 1;
                match open.as_ref().and_then(|source| Some((source.at.nodes.first().copied()?, source.at.node?))) {
                    Some((first, last)) => {
                        if let Some(copy) = copy.as_mut() {
                            copy.to(out, copy.tape.span(first).start);
                            copy.skip(copy.tape.span(last).end);
                            tag = Some((Arc::clone(&copy.tape), first));
                        }
                        shelf.last = Some(last);
                    }
                    None => self.move_out(out, copy, shelf),
                }
            }
            Some(_) => {}
            // Between two parts of one paragraph it stands where it is.
            None if open.is_some() => {}
            None => self.move_out(out, copy, shelf),
        }
        match tag {
            Some((tape, node)) => {
                let written = tape.open(node);
                out.push_str(written.trim_end_matches('>').trim_end_matches('/'));
                out.push('>');
            }
            None => out.push_str("<w:p>"),
        }
        self.paragraph(out, open, (planned, steps), finish);
    }

    /// Writes a paragraph from its properties to its end.
    fn paragraph(
        &mut self,
        out: &mut String,
        open: &mut Option<Source<'a>>,
        (planned, steps): (&Planned<'_>, &[Step<'_>]),
        finish: bool,
    ) {
        let line = planned.line;
        let (look, before) = looks(planned, steps);
        let section = line.old.filter(|ordinal| finish && self.ends_section(*ordinal));
        let sign = self.mark_sign(planned);
        let before = before.or_else(|| self.formatted(line, planned));
        let (look, before) = match before {
            // A paragraph that only looks otherwise has its new look, and remembers the old one.
            Some(Look::New(ordinal)) if look == line.old.map(Look::Old) => (Some(Look::New(ordinal)), look),
            before => (look, before),
        };
        if let Some(look) = look {
            self.properties(out, look, before, (planned.mark, sign), section);
        }
        let ends = self.moves.at(line);
        let mut ink = Ink::default();
        for (name, start, place) in [("moveFrom", ends.from_start, 0), ("moveTo", ends.to_start, 1)] {
            if let Some(range) = start {
                let id = self.stamp.id();
                let signature = self.stamp.signature(sign);
                put!(out, "<w:{name}RangeStart w:id=\"{id}\" {signature} w:name=\"redline{range}\"/>");
                self.open_moves[place] = Some(id);
            }
        }
        ink.moves = (self.open_moves[0].is_some(), self.open_moves[1].is_some());
        let whole = line.old.is_none();
        if self.new_is_plain && whole {
            self.borrow_run(line.new);
        }
        let new = line.new.filter(|_| whole || line.segs.iter().any(|seg| seg.status.in_new()));
        let new = new.and_then(|ordinal| self.take_new(ordinal));
        self.part(
            out,
            open.as_mut().filter(|_| !whole),
            new.as_ref(),
            line,
            (planned.mark, finish, planned.new_first),
            &mut ink,
        );
        self.spare = new;
        if let Some(more) = planned.joined {
            if self.new_is_plain {
                self.borrow_run(more.new);
            }
            let new = more.new.and_then(|ordinal| self.take_new(ordinal));
            self.part(out, None, new.as_ref(), more, (planned.mark, true, false), &mut ink);
            self.spare = new;
        }
        let mut after = String::new();
        let joined = planned.joined.map(|line| self.moves.at(line)).unwrap_or_default();
        let stays = [
            ("moveFrom", ends.from_end.or(joined.from_end), 0, planned.mark == Status::MovedFrom),
            ("moveTo", ends.to_end.or(joined.to_end), 1, planned.mark == Status::MovedTo),
        ];
        for (name, end, place, outside) in stays {
            if end.is_some()
                && let Some(id) = self.open_moves[place].take()
            {
                put!(if outside { &mut after } else { &mut *out }, "<w:{name}RangeEnd w:id=\"{id}\"/>");
            }
        }
        out.push_str("</w:p>");
        out.push_str(&after);
    }

    fn part(
        &mut self,
        out: &mut String,
        old: Option<&mut Source<'a>>,
        new: Option<&Source<'a>>,
        line: &Line,
        (mark, finish, new_first): (Status, bool, bool),
        ink: &mut Ink,
    ) {
        let whole = line.old.is_none();
        let none = Vec::new();
        let grown = super::units::whole_fields(
            &line.segs,
            old.as_ref().map_or(&none, |old| &old.units.list),
            new.filter(|_| !self.new_is_plain).map_or(&none, |new| &new.units.list),
        );
        let segs = grown.as_deref().unwrap_or(&line.segs);
        let apart = old.as_ref().zip(new).and_then(|(old, new)| self.objects_apart(segs, old.at.para, new.at.para));
        let segs = apart.as_deref().unwrap_or(segs);
        let fields = new.filter(|_| !self.new_is_plain).map_or(&none, |new| &new.units.list);
        let restyle = !whole && !self.new_is_plain && line.change.is_some_and(|change| self.is_formatting(change));
        let looks = new.filter(|_| restyle).map_or_else(Vec::new, Source::run_starts);
        let cut = super::pins::cut(&self.pins, line, segs, fields, &looks);
        let segs = cut.as_deref().unwrap_or(segs);
        let turned = new_first.then(|| new_before_old(segs));
        let segs = turned.as_deref().unwrap_or(segs);
        // A mark that was turned says nothing of what stands before it.
        let mark = if line.mark == Status::Same { mark } else { line.mark };
        self.content(out, Content { old, new, line, segs, mark, finish, whole, restyle }, ink);
    }

    /// Returns a paragraph of the new draft, taken apart; that of the line before, if it is the same.
    fn take_new(&mut self, ordinal: usize) -> Option<Source<'a>> {
        match self.spare.take() {
            Some(source) if source.ordinal == ordinal => Some(source),
            _ => Source::new(&self.new, ordinal),
        }
    }

    /// Takes note of the look of text for a paragraph of a plain draft.
    fn borrow_run(&mut self, ordinal: Option<usize>) {
        let like = ordinal.and_then(|ordinal| self.neighbour(ordinal));
        let source = like.and_then(|like| Source::new(&self.old, like));
        self.plain_look.clear();
        if let Some(source) = source
            && let Some(run) = source.near_run(0)
        {
            self.plain_look.push_str(source.look(run));
        }
    }

    /// Returns whether nothing of a line that is the same must be written anew.
    pub(super) fn is_untouched(&self, line: &Line) -> bool {
        let Some(para) = line.old.and_then(|ordinal| self.old.texts.paras.get(ordinal)) else { return false };
        let edited =
            |kind: &ObjectKind| matches!(kind, ObjectKind::TextBox(story) if self.edited_boxes.contains_key(story));
        let objects = para.objects.is_empty() || {
            let new = line.new.and_then(|ordinal| self.new.texts.paras.get(ordinal));
            !para.objects.iter().any(|object| edited(&object.kind))
                && new.is_some_and(|new| self.objects_apart(&line.segs, para, new).is_none())
        };
        objects && !self.pins.has(line.new) && line.change.is_none_or(|change| !self.is_formatting(change))
    }

    /// Parts pieces that are the same but for an object in them that is not. Returns `None` if there is none.
    fn objects_apart(&self, segs: &[Seg], old: &Para, new: &Para) -> Option<Vec<Seg>> {
        let is_other = |own: &Object, seg: &Seg| {
            let there = own.at.wrapping_sub(seg.old.start).wrapping_add(seg.new.start);
            let other = new.objects.iter().find(|other| other.at == there);
            !other.is_some_and(|other| match (own.kind, other.kind) {
                (ObjectKind::Note(a), ObjectKind::Note(b)) | (ObjectKind::TextBox(a), ObjectKind::TextBox(b)) => {
                    self.pairs.contains(&(a, b))
                }
                (a, b) => a == b && own.digest == other.digest,
            })
        };
        let mut out = Vec::new();
        let mut any = false;
        for seg in segs {
            let mut from = 0;
            let cut = |a: usize, b: usize| (seg.old.start + a..seg.old.start + b, seg.new.start + a..seg.new.start + b);
            let inside = |object: &&Object| seg.status == Status::Same && seg.old.contains(&object.at);
            for object in old.objects.iter().filter(inside).filter(|object| is_other(object, seg)) {
                any = true;
                let at = object.at - seg.old.start;
                let (before, there) = (cut(from, at), cut(at, at + OBJECT.len_utf8()));
                from = at + OBJECT.len_utf8();
                if !before.0.is_empty() {
                    out.push(Seg { status: Status::Same, old: before.0, new: before.1, change: seg.change });
                }
                let (old, new) = there;
                let (gone, come) = (new.start..new.start, old.end..old.end);
                out.push(Seg { status: Status::Deleted, old, new: gone, change: seg.change });
                out.push(Seg { status: Status::Inserted, old: come, new, change: seg.change });
            }
            if from == 0 {
                out.push(seg.clone());
            } else if seg.old.len() > from {
                let (old, new) = cut(from, seg.old.len());
                out.push(Seg { status: Status::Same, old, new, change: seg.change });
            }
        }
        any.then_some(out)
    }

    /// Returns the new look of a paragraph that only looks otherwise.
    fn formatted(&self, line: &Line, planned: &Planned<'_>) -> Option<Look> {
        let own = line.mark == Status::Same && !planned.turned && !self.new_is_plain;
        let change = line.change.filter(|change| self.is_formatting(*change));
        change.and(line.new).filter(|_| own).map(Look::New)
    }
}

/// Returns pieces of a line with what comes at its end before what goes there.
fn new_before_old(segs: &[Seg]) -> Vec<Seg> {
    let end = segs.iter().rposition(|seg| seg.status.in_old() && seg.status.in_new()).map_or(0, |at| at + 1);
    let (stays, changes) = segs.split_at(end);
    let (gone, come): (Vec<Seg>, Vec<Seg>) = changes.iter().cloned().partition(|seg| seg.status.in_old());
    [stays, &come, &gone].concat()
}

/// Returns whether nothing of the old paragraph of a step comes in a later one.
fn finishes(steps: &[Step<'_>], at: usize, line: &Line) -> bool {
    let Some(own) = line.old else { return true };
    if line.mark.in_old() {
        return true;
    }
    let next = steps.get(at + 1..).unwrap_or_default().iter().find_map(|step| match step {
        Step::Line(planned) => planned.line.old,
        Step::Table(_) => None,
    });
    next != Some(own)
}

/// Returns the look of a paragraph, and the one that it had if that is another.
fn looks(planned: &Planned<'_>, steps: &[Step<'_>]) -> (Option<Look>, Option<Look>) {
    let donor = |at: usize| match steps.get(at) {
        Some(Step::Line(donor)) => Some(donor),
        _ => None,
    };
    let old = planned.old_look.and_then(donor).and_then(|donor| donor.line.old).map(Look::Old);
    let new = planned.new_look.and_then(donor).and_then(|donor| match donor.joined {
        Some(joined) => joined.new.map(Look::New),
        None if donor.line.mark == Status::Same => donor.line.old.map(Look::Old),
        None => donor.line.new.map(Look::New),
    });
    match (new, old) {
        (Some(new), Some(old)) if new != old => (Some(new), Some(old)),
        (Some(look), _) | (None, Some(look)) => (Some(look), None),
        (None, None) => (planned.line.old.map(Look::Old).or(planned.line.new.map(Look::New)), None),
    }
}
