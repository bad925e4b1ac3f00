//! Paragraphs of the new file with all that was ever in them: what stays, what came, what went.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::Element;
use crate::compare::Texts;
use crate::ooxml::pieces::OBJECT;
use crate::ooxml::{Fields, Kind, NodeId, Package, PackageError, Piece, PieceKind, Pieces, Places, Tag, Tape, View};

/// What the tracked changes of the new file say of a piece of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing.
    Same,
    /// It came.
    Come(Element),
    /// It went.
    Gone(Element),
    /// It came and went again: it is in neither text of the file, but may be in the old draft.
    Passed(Element),
}

impl State {
    /// Returns whether it is in the text with all changes accepted.
    pub(super) fn in_new(self) -> bool {
        matches!(self, Self::Same | Self::Come(_))
    }

    /// Returns whether it is in the text with all changes rejected.
    pub(super) fn in_base(self) -> bool {
        matches!(self, Self::Same | Self::Gone(_))
    }
}

/// A piece of a paragraph, or its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Ordinal of the paragraph of the new draft.
    pub(super) para: usize,
    /// Where it stands in the text of that, in bytes.
    pub(super) at: usize,
    /// Its text; empty for a mark.
    pub(super) text: String,
    /// Whether it is the mark of a paragraph.
    pub(super) mark: bool,
    /// What became of it.
    pub(super) state: State,
}

/// The new file with its tracked changes.
pub(super) struct Book<'a> {
    /// Authors with the dates of their changes.
    pub(super) signatures: Vec<(String, String)>,
    /// For each tracked change, who signed it; `None` for one of the look.
    pub(super) elements: Vec<Option<usize>>,
    places: &'a Places,
    texts: &'a Texts<'a>,
    tapes: Vec<Arc<Tape>>,
    /// Tracked changes of each part, by their node, in order.
    changes: Vec<Vec<(NodeId, Element)>>,
    /// Pieces of the paragraph that was read last, in both views.
    views: RefCell<[Pieces; 2]>,
}

impl<'a> Book<'a> {
    /// Reads the tracked changes of a file; `None` if there are none.
    ///
    /// # Errors
    ///
    /// Fails if a part cannot be read.
    pub(super) fn read(
        package: &Package,
        places: &'a Places,
        texts: &'a Texts<'a>,
    ) -> Result<Option<Self>, PackageError> {
        let tapes = places.parts.iter().map(|name| package.tape(name)).collect::<Result<Vec<_>, _>>()?;
        let mut book = Self {
            signatures: Vec::new(),
            elements: Vec::new(),
            places,
            texts,
            changes: Vec::with_capacity(tapes.len()),
            tapes: Vec::new(),
            views: RefCell::default(),
        };
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for tape in &tapes {
            let mut own = Vec::new();
            for node in tape.within(tape.root()).filter(|node| is_change(tape, *node)) {
                let element = Element::try_from(book.elements.len()).unwrap_or(Element::MAX);
                if !is_text(tape.tag(node)) {
                    book.elements.push(None);
                    continue;
                }
                let attr = |name| tape.attr(node, name).unwrap_or_default().into_owned();
                let signature = (attr("w:author"), attr("w:date"));
                let next = book.signatures.len();
                let who = *known.entry(signature.clone()).or_insert(next);
                if who == next {
                    book.signatures.push(signature);
                }
                own.push((node, element));
                book.elements.push(Some(who));
            }
            book.changes.push(own);
        }
        book.tapes = tapes;
        Ok(Some(book).filter(|book| !book.elements.is_empty()))
    }

    /// Returns the tracked changes among the nodes of a part.
    fn within(&self, part: u16, nodes: std::ops::Range<NodeId>) -> &[(NodeId, Element)] {
        let all = self.changes.get(usize::from(part)).map_or(&[][..], Vec::as_slice);
        let from = all.partition_point(|(node, _)| *node < nodes.start);
        let to = all.partition_point(|(node, _)| *node < nodes.end);
        all.get(from..to).unwrap_or_default()
    }

    /// Returns the change of a row of a table by which it came.
    pub(super) fn row_came(&self, part: u16, row: NodeId) -> Option<Element> {
        let tape = self.tapes.get(usize::from(part))?;
        let properties = tape.child(row, Tag::TrPr)?;
        self.mark(part, properties).0
    }

    /// Returns the rows that went, in the order of the file: the text of each before, and the change.
    pub(super) fn gone_rows(&self) -> Vec<(String, Element)> {
        let mut rows = Vec::new();
        let mut pieces = Pieces::default();
        for (part, (tape, changes)) in (0..).zip(self.tapes.iter().zip(&self.changes)) {
            if changes.is_empty() {
                continue;
            }
            for row in tape.find_all(tape.root(), Tag::Tr) {
                let mark = tape.child(row, Tag::TrPr).map(|properties| self.mark(part, properties));
                let Some((come, Some(gone))) = mark else { continue };
                let mut text = String::new();
                let mut end = row;
                for paragraph in tape.find_all(row, Tag::P) {
                    // What is in a text box belongs to no row.
                    if paragraph < end {
                        continue;
                    }
                    end = tape.after(paragraph);
                    self.then(tape, paragraph, come.is_some(), &mut pieces);
                    text.push_str(&pieces.text);
                    text.push('\n');
                }
                rows.push((text, gone));
            }
        }
        rows
    }

    /// Returns the paragraphs that went as a whole, in the order of the file: the text of each before, and the
    /// change.
    pub(super) fn gone_paragraphs(&self) -> Vec<(String, Element)> {
        let mut found = Vec::new();
        let mut pieces = Pieces::default();
        for (part, (tape, changes)) in (0..).zip(self.tapes.iter().zip(&self.changes)) {
            if changes.is_empty() {
                continue;
            }
            for paragraph in tape.find_all(tape.root(), Tag::P) {
                let mark = tape.at(paragraph, &[Tag::PPr, Tag::RPr]).map(|mark| self.mark(part, mark));
                let Some((come, Some(gone))) = mark else { continue };
                pieces.take(tape, &[paragraph], View::Accepted, &self.places.hidden, Fields::default());
                if pieces.text.is_empty() {
                    self.then(tape, paragraph, come.is_some(), &mut pieces);
                    found.push((std::mem::take(&mut pieces.text), gone));
                }
            }
        }
        found
    }

    /// Reads a `w:p` as it was before it went; all that was ever in it, if it had come by a change.
    fn then(&self, tape: &Tape, paragraph: NodeId, passed: bool, pieces: &mut Pieces) {
        pieces.take(tape, &[paragraph], View::Rejected, &self.places.hidden, Fields::default());
        if passed {
            let lost = pieces.list.iter().filter(|piece| !piece.seen);
            let text: String = lost.map(|piece| text_of(tape, piece)).collect();
            pieces.text.push_str(&text);
        }
    }

    /// Returns the changes by which something came and went, from the marks directly in its properties.
    fn mark(&self, part: u16, properties: NodeId) -> (Option<Element>, Option<Element>) {
        let Some(tape) = self.tapes.get(usize::from(part)) else { return (None, None) };
        let (mut come, mut gone) = (None, None);
        for (node, element) in self.within(part, tape.within(properties)) {
            if !tape.children(properties).any(|child| child == *node) {
                continue;
            }
            match tape.tag(*node) {
                Tag::Ins | Tag::MoveTo => come = Some(*element),
                Tag::Del | Tag::MoveFrom => gone = Some(*element),
                _ => {}
            }
        }
        (come, gone)
    }

    /// Returns whether a paragraph has tracked changes of its text or its mark.
    pub(super) fn is_tracked(&self, ordinal: usize) -> bool {
        let Some((place, nodes)) = self.place(ordinal) else { return false };
        let Some(tape) = self.tapes.get(usize::from(place.part)) else { return false };
        nodes.len() > 1 || nodes.iter().any(|node| !self.within(place.part, tape.within(*node)).is_empty())
    }

    fn place(&self, ordinal: usize) -> Option<(&'a crate::ooxml::ParaPlace, &'a [NodeId])> {
        self.places.para(self.texts.paras.get(ordinal)?.source)
    }

    /// Returns a paragraph of the new draft without changes of its own.
    pub(super) fn plain(&self, ordinal: usize) -> Vec<Chunk> {
        let text = self.texts.paras.get(ordinal).map_or_else(String::new, |para| para.text.clone());
        let end = text.len();
        let words = Chunk { para: ordinal, at: 0, text, mark: false, state: State::Same };
        let mark = Chunk { para: ordinal, at: end, text: String::new(), mark: true, state: State::Same };
        if end == 0 { vec![mark] } else { vec![words, mark] }
    }

    /// Returns a paragraph of the new draft with all that was ever in it; `None` if it has no tracked
    /// changes, or cannot be read so.
    pub(super) fn paragraph(&self, ordinal: usize) -> Option<Vec<Chunk>> {
        if !self.is_tracked(ordinal) {
            return None;
        }
        let (place, nodes) = self.place(ordinal)?;
        let tape = self.tapes.get(usize::from(place.part))?;
        let mut views = self.views.borrow_mut();
        let [accepted, rejected] = &mut *views;
        let hidden = &self.places.hidden;
        accepted.take(tape, nodes, View::Accepted, hidden, place.fields);
        rejected.take(tape, nodes, View::Rejected, hidden, place.fields);
        if accepted.text != self.texts.paras.get(ordinal)?.text || accepted.list.len() != rejected.list.len() {
            return None;
        }
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut part = 0;
        let span = nodes.first().copied()?..nodes.last().map_or(0, |last| tape.after(*last));
        let mut around = Around { tape, ahead: self.within(place.part, span).iter(), open: Vec::new() };
        for (new, base) in accepted.list.iter().zip(&rejected.list) {
            while part < new.part {
                self.end(place.part, nodes, part, (ordinal, new.start as usize), &mut chunks);
                part += 1;
            }
            let shown = |pieces: &Pieces, piece: &Piece| {
                pieces.text.get(piece.start as usize..piece.end as usize).unwrap_or("").to_owned()
            };
            let (here, then) = (shown(accepted, new), shown(rejected, base));
            let at = new.start as usize;
            let mut add = |text: String, state| {
                if !text.is_empty() {
                    chunks.push(Chunk { para: ordinal, at, text, mark: false, state });
                }
            };
            if here == then && !here.is_empty() {
                add(here, State::Same);
                continue;
            }
            let (come, gone) = around.leaf(new.node);
            match (come, gone) {
                (Some(_), Some(gone)) if here.is_empty() && then.is_empty() => {
                    add(text_of(tape, new), State::Passed(gone));
                }
                (come, gone) => {
                    // Without a change around it, the file only hides it in one of its texts.
                    add(then, gone.map_or(State::Gone(Element::MAX), State::Gone));
                    add(here, come.map_or(State::Same, State::Come));
                }
            }
        }
        let last = u16::try_from(nodes.len()).unwrap_or(u16::MAX);
        while part < last {
            self.end(place.part, nodes, part, (ordinal, accepted.text.len()), &mut chunks);
            part += 1;
        }
        let marks = chunks.iter().filter(|chunk| chunk.mark && chunk.state.in_new()).count();
        Some(chunks).filter(|_| marks == 1)
    }

    /// Adds the mark of one of the `w:p` that make up a paragraph.
    fn end(&self, part: u16, nodes: &[NodeId], index: u16, (para, at): (usize, usize), chunks: &mut Vec<Chunk>) {
        let Some(tape) = self.tapes.get(usize::from(part)) else { return };
        let Some(node) = nodes.get(usize::from(index)) else { return };
        let (come, gone) = tape.at(*node, &[Tag::PPr, Tag::RPr]).map_or((None, None), |mark| self.mark(part, mark));
        let last = usize::from(index) + 1 == nodes.len();
        // What ends the last paragraph stays, whatever is said of it.
        let state = match (come, gone) {
            (Some(come), _) if last => State::Come(come),
            (Some(_), Some(gone)) => State::Passed(gone),
            (None, Some(gone)) if !last => State::Gone(gone),
            (Some(come), None) => State::Come(come),
            _ => State::Same,
        };
        chunks.push(Chunk { para, at, text: String::new(), mark: true, state });
    }
}

/// The changes around the leaves of a paragraph, which are asked for in their order.
struct Around<'b> {
    tape: &'b Tape,
    ahead: std::slice::Iter<'b, (NodeId, Element)>,
    /// Changes that are open: where each ends.
    open: Vec<(NodeId, Tag, Element)>,
}

impl Around<'_> {
    /// Returns the innermost changes around a leaf, by which it came and went.
    fn leaf(&mut self, leaf: NodeId) -> (Option<Element>, Option<Element>) {
        while let Some((node, element)) = self.ahead.as_slice().first().copied()
            && node < leaf
        {
            self.ahead.next();
            self.close(node);
            if self.tape.kind(node) == Kind::Start {
                self.open.push((self.tape.close(node), self.tape.tag(node), element));
            }
        }
        self.close(leaf);
        let find = |tags: [Tag; 2]| self.open.iter().rev().find(|open| tags.contains(&open.1)).map(|open| open.2);
        (find([Tag::Ins, Tag::MoveTo]), find([Tag::Del, Tag::MoveFrom]))
    }

    fn close(&mut self, node: NodeId) {
        while self.open.last().is_some_and(|(end, ..)| *end < node) {
            self.open.pop();
        }
    }
}

/// Returns the text of a piece that neither view shows.
fn text_of(tape: &Tape, piece: &Piece) -> String {
    match piece.kind {
        PieceKind::Text => tape.text(piece.node),
        PieceKind::Tab => "\t".to_owned(),
        PieceKind::Break => "\n".to_owned(),
        PieceKind::NoBreakHyphen => "\u{2011}".to_owned(),
        PieceKind::SoftHyphen => "\u{AD}".to_owned(),
        PieceKind::Object | PieceKind::Note => OBJECT.to_string(),
        _ => String::new(),
    }
}

/// Returns whether a change is one of text, and not of its look.
fn is_text(tag: Tag) -> bool {
    matches!(tag, Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo | Tag::CellIns | Tag::CellDel | Tag::CellMerge)
}

/// Returns whether a node is a tracked change.
fn is_change(tape: &Tape, node: NodeId) -> bool {
    let tag = tape.tag(node);
    let look = matches!(
        tag,
        Tag::PPrChange | Tag::RPrChange | Tag::SectPrChange | Tag::TblPrChange | Tag::TrPrChange | Tag::TcPrChange
    );
    tape.kind(node) != Kind::End && (look || is_text(tag))
}
