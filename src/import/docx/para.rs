//! One paragraph: its text, number, look and objects.

use std::sync::Arc;

use super::DocxError;
use super::object::{Found, form_box, inspect, named};
use super::story::{ENDNOTE, Part, Reader};
use super::styles::{ParaLook, RunLook};
use crate::document::draft::{Label, OBJECT, Object, ObjectKind, Para, Run};
use crate::ooxml::{Digest, Fields, NodeId, Piece, PieceKind, Pieces, Revision, Tag, Tape, field_name, is_on};

impl Reader<'_> {
    /// Reads a paragraph from the `w:p` elements that make it up, and takes the fields that are open before it
    /// on to those after it.
    pub(super) fn para(&mut self, part: &Arc<Part>, nodes: &[NodeId], fields: &mut Fields) -> Result<Para, DocxError> {
        self.spend()?;
        let tape = &part.tape;
        if nodes.len() > usize::from(u16::MAX) {
            return Err(DocxError::Large("tracked changes in one paragraph"));
        }
        let source = self.place(part, nodes, *fields);
        let mut pieces = std::mem::take(&mut self.pieces);
        *fields = pieces.take(tape, nodes, self.view, &self.places.hidden, *fields);
        if pieces.overflow {
            return Err(DocxError::Large("pieces in one paragraph"));
        }
        self.left.hidden += pieces.hidden;
        for &node in nodes {
            let section = tape.at(node, &[Tag::PPr, Tag::SectPr]);
            if let Some(section) = section
                && Revision::of_mark(tape, node).seen(self.view)
            {
                self.section(part, section);
            }
        }
        // What a paragraph looks like stands in its mark: where several are joined, that of the last is left.
        let ppr = nodes.last().and_then(|&node| tape.child(node, Tag::PPr));
        let look = self.para_look(tape, ppr);
        let runs = self.runs(tape, &pieces, look.style);
        let objects = self.objects(part, &pieces, source)?;
        let mut para = Para {
            text: pieces.text.as_str().to_owned(),
            heading: look.heading,
            shape: look.shape,
            runs,
            objects,
            source,
            ..Para::default()
        };
        self.pieces = pieces;
        self.number(tape, ppr, &look, &mut para);
        Ok(para)
    }

    fn para_look(&mut self, tape: &Tape, ppr: Option<NodeId>) -> ParaLook {
        let key = ppr.map_or(0, |node| Digest::new().text(tape.outer(node)).finish());
        if let Some(look) = self.para_looks.get(&key) {
            return *look;
        }
        let look = self.styles.para(tape, ppr, self.view);
        // Paragraph properties with a date in them come once; there is no point in keeping them all.
        if self.para_looks.len() < 4_096 {
            self.para_looks.insert(key, look);
        }
        look
    }

    fn run_look(&mut self, tape: &Tape, run: Option<NodeId>, style: Option<usize>) -> RunLook {
        let rpr = run.and_then(|run| tape.child(run, Tag::RPr));
        let key =
            (style.map_or(0, |style| style + 1), rpr.map_or(0, |node| Digest::new().text(tape.outer(node)).finish()));
        if let Some(look) = self.run_looks.get(&key) {
            return *look;
        }
        let look = self.styles.run(tape, rpr, self.view, style);
        if self.run_looks.len() < 16_384 {
            self.run_looks.insert(key, look);
        }
        look
    }

    fn runs(&mut self, tape: &Tape, pieces: &Pieces, style: Option<usize>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut last: Option<(Option<NodeId>, RunLook)> = None;
        for piece in pieces.list.iter().filter(|piece| piece.end > piece.start) {
            let look = match last {
                Some((run, look)) if run == piece.run => look,
                _ => self.run_look(tape, piece.run, style),
            };
            last = Some((piece.run, look));
            let end = piece.end as usize;
            match runs.last_mut() {
                Some(run) if run.look == look.look => run.end = end,
                _ => runs.push(Run { end, look: look.look, strong: look.strong, emph: look.emph }),
            }
        }
        runs
    }

    fn objects(&mut self, part: &Arc<Part>, pieces: &Pieces, source: u32) -> Result<Vec<Object>, DocxError> {
        let tape = &part.tape;
        let mut objects = Vec::new();
        let mut codes = pieces.codes_shown.iter();
        for piece in &pieces.list {
            if piece.kind == PieceKind::Mark {
                self.anchors.take(tape, piece.node, source, piece.start as usize);
            }
            if !is_object(piece, &pieces.text) {
                continue;
            }
            self.spend()?;
            let at = piece.start as usize;
            let found = match piece.kind {
                PieceKind::Note => {
                    let note = self.note(tape, piece.node)?;
                    let kind = ObjectKind::Note(note.index + if note.kind == 1 { ENDNOTE } else { 0 });
                    objects.push(Object { at, kind, name: note.name, digest: 0 });
                    continue;
                }
                PieceKind::FieldBegin => form_box(tape, piece.node),
                PieceKind::FieldEnd => self.field(codes.next().map_or("", String::as_str)),
                _ => inspect(tape, piece.node, self.view, self.package, &part.relations, &mut self.digests),
            };
            let Found { mut kind, name, digest, boxes } = found;
            match kind {
                ObjectKind::TextBox(_) => kind = ObjectKind::TextBox(self.text_box(part, boxes)),
                ObjectKind::Other => self.left.others += usize::from(piece.kind == PieceKind::Object),
                _ => {}
            }
            objects.push(Object { at, kind, name, digest });
        }
        Ok(objects)
    }

    /// Returns what stands for a field whose result is not in the file.
    fn field(&mut self, code: &str) -> Found {
        let name = field_name(code);
        if name.starts_with("LISTNUM") || name.starts_with("AUTONUM") {
            self.left.field_numbers += 1;
        }
        if matches!(name.as_str(), "MACROBUTTON" | "GOTOBUTTON") {
            // What is shown comes after the name of the macro.
            let mut words = code.trim().splitn(3, char::is_whitespace);
            return named(words.nth(2).unwrap_or(code));
        }
        named(code)
    }

    /// Counts a paragraph in its list, if it is in one, and gives it its number.
    fn number(&mut self, tape: &Tape, ppr: Option<NodeId>, look: &ParaLook, para: &mut Para) {
        let Some((num, level)) = self.list_of(look) else { return };
        if para.text.is_empty() && ppr.is_some_and(|ppr| not_counted(tape, ppr)) {
            return;
        }
        let made = self.numbering.next(&mut self.counters, num, level, &self.styles, self.locale);
        let Some(made) = made else { return };
        self.left.numbers += usize::from(made.unknown);
        if made.text.is_empty() {
            return;
        }
        if !made.bullet {
            para.level = u8::try_from(made.level + 1).ok();
        }
        para.label = Some(Label { text: made.text, typed: None });
    }

    /// Returns the list that a paragraph is in, and its level, from 0.
    fn list_of(&mut self, look: &ParaLook) -> Option<(i64, usize)> {
        let own = look.number;
        let level = own.level.and_then(|level| usize::try_from(level).ok());
        if own.num == Some(0) {
            return None;
        }
        if let (Some(num), Some(level)) = (own.num, level) {
            return Some((num, level));
        }
        if let Some(num) = own.num {
            let (_, way) = self.styles.number(look.style);
            return Some((num, self.numbering.level_by_style(num, &way, &self.styles)));
        }
        let inherited = if let Some(known) = self.style_lists.get(&look.style) {
            *known
        } else {
            let (num, way) = self.styles.number(look.style);
            let list = num.filter(|&num| num != 0);
            let list = list.map(|num| (num, self.numbering.level_by_style(num, &way, &self.styles)));
            self.style_lists.insert(look.style, list);
            list
        };
        inherited.map(|(num, of_style)| (num, level.unwrap_or(of_style)))
    }
}

/// Returns whether an empty paragraph with these properties is no item of a list: it only ends a section, or
/// is hidden with its mark.
fn not_counted(tape: &Tape, ppr: NodeId) -> bool {
    let hidden = tape.child(ppr, Tag::RPr).is_some_and(|mark| is_on(tape, mark, Tag::Vanish));
    hidden || tape.child(ppr, Tag::SectPr).is_some()
}

/// Returns whether a piece is an object in the text.
fn is_object(piece: &Piece, text: &str) -> bool {
    match piece.kind {
        PieceKind::Object | PieceKind::Note => piece.end > piece.start,
        PieceKind::FieldBegin | PieceKind::FieldEnd => {
            text.get(piece.start as usize..piece.end as usize).is_some_and(|shown| shown.starts_with(OBJECT))
        }
        _ => false,
    }
}
