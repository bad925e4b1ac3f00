//! Properties of paragraphs, with the marks that say to whom a paragraph's end belongs.
//!
//! The order of the elements is that of the schema (ECMA-376 part 1, 17.3.1.26 and 17.3.1.29): the mark comes
//! first in `w:rPr`, and that before `w:sectPr` and `w:pPrChange`.

use super::Writer;
use super::markup::{Sign, element, put};
use super::side::{ParaAt, Side};
use super::source::Source;
use crate::compare::Status;
use crate::document::draft::Para;
use crate::ooxml::{NodeId, Tag};

/// Whose properties a paragraph has: ordinal of a paragraph of the old or of the new draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Of the old draft.
    Old(usize),
    /// Of the new draft.
    New(usize),
}

/// How far a paragraph is searched whose look a plain text can take.
const REACH: usize = 400;

impl<'a> Writer<'a> {
    /// Writes the properties of a paragraph.
    ///
    /// `before` is its look in the old draft, if that is another one; `section` is a paragraph of the old
    /// draft that ends a section here.
    pub(super) fn properties(
        &mut self,
        out: &mut String,
        look: Look,
        before: Option<Look>,
        (mark, sign): (Status, Sign),
        section: Option<usize>,
    ) {
        let (own, own_runs) = self.look(look);
        let mut run = String::new();
        if let Some(name) = element(mark) {
            self.stamp.mark(&mut run, name, sign);
        }
        run.push_str(&own_runs);
        let mut end = String::new();
        if let Some(section) = section.and_then(|ordinal| self.section(ordinal)) {
            end.push_str(&section);
        }
        if let Some(before) = before {
            let (was, _) = self.look(before);
            if was != own {
                self.stamp.open(&mut end, "pPrChange", Sign::Own);
                put!(end, "<w:pPr>{was}</w:pPr></w:pPrChange>");
            }
        }
        if own.is_empty() && run.is_empty() && end.is_empty() {
            return;
        }
        put!(out, "<w:pPr>{own}");
        if !run.is_empty() {
            put!(out, "<w:rPr>{run}</w:rPr>");
        }
        put!(out, "{end}</w:pPr>");
    }

    /// Returns the properties of a paragraph, and those of its mark, each without the element around them.
    pub(super) fn look(&mut self, look: Look) -> (String, String) {
        match look {
            Look::Old(ordinal) => self.old_look(ordinal),
            Look::New(ordinal) if self.new_is_plain => self.borrowed_look(ordinal),
            Look::New(ordinal) => self.new_look(ordinal),
        }
    }

    /// Returns the properties of the run of a new paragraph that holds a byte of its text, without the element
    /// around them, and the digest of its look.
    pub(super) fn new_run(&mut self, new: &Source<'a>, at: usize) -> Option<(String, u64)> {
        let piece = new.pieces.list.get(new.pieces.list.partition_point(|piece| piece.end as usize <= at))?;
        let (run, digest) = (piece.run?, new.digest(at)?);
        let mut own = String::new();
        if let Some(properties) = new.tape.child(run, Tag::RPr) {
            self.catalogue.inner(&new.tape, properties, &mut own, |_| false);
        }
        Some((own, digest))
    }

    /// Writes the properties of a run of the old draft that looks otherwise in the new one.
    pub(super) fn restyled(&mut self, out: &mut String, old: &Source<'a>, run: NodeId, look: &str) {
        let was = old.tape.child(run, Tag::RPr).map_or("", |node| old.tape.inner(node));
        if was == look {
            return out.push_str(old.look(run));
        }
        put!(out, "<w:rPr>{look}");
        self.stamp.open(out, "rPrChange", Sign::Own);
        put!(out, "<w:rPr>{was}</w:rPr></w:rPrChange></w:rPr>");
    }

    /// Takes note of what the new draft has of sections and the redline has not.
    pub(super) fn note_sections(&mut self) {
        let ends = |side: &Side<'_>, ordinal: usize| {
            let Some(ParaAt { part, node: Some(node), .. }) = side.para(ordinal) else { return false };
            side.tapes[usize::from(part)].at(node, &[Tag::PPr, Tag::SectPr]).is_some()
        };
        let mut missing = 0;
        for line in self.stories.iter().flat_map(|story| super::write::lines(&story.nodes)) {
            let kept = line.mark == Status::Same && line.old.is_some_and(|ordinal| ends(&self.old, ordinal));
            missing +=
                usize::from(line.mark.in_new() && !kept && line.new.is_some_and(|ordinal| ends(&self.new, ordinal)));
        }
        for _ in 0..missing {
            self.caveat(
                "section break of the new file was left out; paper and columns there are those of the old file",
            );
        }
        let (old, new) = (measures(&self.old), measures(&self.new));
        for _ in new.iter().filter(|own| !old.contains(own)) {
            self.caveat("section of the new file has paper, margins or columns of its own, which were left out");
        }
    }

    fn old_look(&self, ordinal: usize) -> (String, String) {
        let (mut own, mut run) = (String::new(), String::new());
        let Some(ParaAt { part, node: Some(node), .. }) = self.old.para(ordinal) else { return (own, run) };
        let tape = self.old.tape(part);
        let Some(properties) = tape.child(node, Tag::PPr) else { return (own, run) };
        for child in tape.elements(properties) {
            match tape.tag(child) {
                Tag::RPr => {
                    let marks = [Tag::Ins, Tag::Del, Tag::MoveFrom, Tag::MoveTo];
                    for inner in tape.elements(child).filter(|inner| !marks.contains(&tape.tag(*inner))) {
                        run.push_str(tape.outer(inner));
                    }
                }
                Tag::SectPr | Tag::PPrChange => {}
                _ => own.push_str(tape.outer(child)),
            }
        }
        (own, run)
    }

    fn new_look(&mut self, ordinal: usize) -> (String, String) {
        let (mut own, mut run) = (String::new(), String::new());
        let Some(ParaAt { part, node: Some(node), .. }) = self.new.para(ordinal) else { return (own, run) };
        let tape = self.new.tape(part);
        let Some(properties) = tape.child(node, Tag::PPr) else { return (own, run) };
        self.catalogue.inner(&tape, properties, &mut own, |tag| tag == Tag::RPr);
        if let Some(node) = tape.child(properties, Tag::RPr) {
            self.catalogue.inner(&tape, node, &mut run, |_| false);
        }
        (own, run)
    }

    /// Returns the section that a paragraph of the old draft ends, as written.
    fn section(&self, ordinal: usize) -> Option<String> {
        let ParaAt { part, node: Some(node), .. } = self.old.para(ordinal)? else { return None };
        let tape = self.old.tape(part);
        tape.at(node, &[Tag::PPr, Tag::SectPr]).map(|section| tape.outer(section).to_owned())
    }

    /// Returns whether a paragraph of the old draft ends a section.
    pub(super) fn ends_section(&self, ordinal: usize) -> bool {
        let Some(ParaAt { part, node: Some(node), .. }) = self.old.para(ordinal) else { return false };
        let tape = self.old.tape(part);
        tape.at(node, &[Tag::PPr, Tag::SectPr]).is_some()
    }

    /// Finds the paragraph of the old draft whose look a paragraph without one takes: the nearest that is
    /// alike in kind.
    pub(super) fn neighbour(&self, ordinal: usize) -> Option<usize> {
        let para = self.new.texts.paras.get(ordinal)?;
        let from = self.near.min(self.old.texts.paras.len());
        let alike = |other: &Para| {
            let own = (para.heading, para.level.filter(|_| para.heading.is_none()), para.label.is_some());
            own == (other.heading, other.level.filter(|_| other.heading.is_none()), other.label.is_some())
        };
        let close = |other: &Para| other.heading == para.heading;
        let paras = &self.old.texts.paras;
        let search = |fits: &dyn Fn(&Para) -> bool| {
            let back = (from.saturating_sub(REACH)..from).rev();
            let ahead = from..(from + REACH).min(paras.len());
            back.chain(ahead).find(|at| fits(paras[*at]) && self.old.para(*at).is_some_and(|at| at.node.is_some()))
        };
        search(&alike).or_else(|| search(&close)).or_else(|| search(&|_| true))
    }

    /// Returns the look that a paragraph of a plain draft takes in the old file.
    fn borrowed_look(&mut self, ordinal: usize) -> (String, String) {
        let Some(like) = self.neighbour(ordinal) else { return Default::default() };
        let counted = |para: &Para| para.label.as_ref().is_some_and(|label| label.typed.is_none());
        let (wanted, has) = (counted(self.new.texts.paras[ordinal]), counted(self.old.texts.paras[like]));
        let (mut own, run) = self.old_look(like);
        if has && !wanted {
            // The list of the neighbour would give a number to text that has its own, or none.
            own = self.without_number(like);
        } else if wanted && !has {
            // A list of its own, with this very label.
            let (written, _) = self.new_look(ordinal);
            if let (Some(from), Some(to)) = (written.find("<w:numPr>"), written.find("</w:numPr>"))
                && !own.contains("<w:numPr")
            {
                let at = after_style(&own);
                own.insert_str(at, &written[from..to + "</w:numPr>".len()]);
            }
        }
        (own, run)
    }

    /// Returns the properties of an old paragraph with its list taken away.
    fn without_number(&self, ordinal: usize) -> String {
        let mut own = String::new();
        let mut off = Some("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>");
        // What may stand before a list (ECMA-376 part 1, 17.3.1.26).
        let first = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"];
        if let Some(ParaAt { part, node: Some(node), .. }) = self.old.para(ordinal) {
            let tape = self.old.tape(part);
            let properties = tape.child(node, Tag::PPr);
            for child in properties.into_iter().flat_map(|node| tape.elements(node)) {
                if !first.contains(&tape.local(child)) {
                    own.push_str(off.take().unwrap_or(""));
                }
                if !matches!(tape.tag(child), Tag::NumPr | Tag::RPr | Tag::SectPr | Tag::PPrChange) {
                    own.push_str(tape.outer(child));
                }
            }
        }
        own.push_str(off.unwrap_or(""));
        own
    }
}

/// Returns what the sections of a draft say of paper, margins and columns.
fn measures(side: &Side<'_>) -> Vec<Vec<String>> {
    let Some(tape) = side.tapes.first() else { return Vec::new() };
    let of = |section: NodeId| -> Vec<String> {
        let own = tape.elements(section).filter(|child| matches!(tape.local(*child), "pgSz" | "pgMar" | "cols"));
        let mut said: Vec<String> = own
            .map(|child| {
                let mut attributes: Vec<String> = tape
                    .attrs(child)
                    .map(|(name, value)| format!(" {}={value}", name.trim_start_matches("w:")))
                    .collect();
                attributes.sort_unstable();
                format!("{}{}", tape.local(child), attributes.concat())
            })
            .collect();
        said.sort_unstable();
        said
    };
    tape.find_all(tape.root(), Tag::SectPr).filter(|node| tape.is_element(*node)).map(of).collect()
}

/// Returns where the style of a paragraph's properties ends.
fn after_style(properties: &str) -> usize {
    let start = "<w:pStyle ";
    if properties.starts_with(start) { properties.find("/>").map_or(0, |at| at + 2) } else { 0 }
}
