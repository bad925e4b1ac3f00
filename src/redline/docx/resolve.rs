//! Earlier tracked changes of an input, settled before a redline is written.
//!
//! A redline says what one draft changed in the other. Changes that an input has already are taken in the view
//! in which it was read: accepted or rejected, as Word would do it (ECMA-376 part 1, 17.13.5).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::WriteError;
use super::markup::put;
use super::outgoing::Outgoing;
use crate::import::docx::{Tracked, read_package};
use crate::ooxml::{Kind, NodeId, Package, Places, Revision, Tag, Tape, View, properties};

/// The namespace of WordprocessingML, transitional.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Returns a file without the tracked changes of another, in a view; `None` if that has none.
///
/// `places` says where everything is in it, if it is known already.
///
/// # Errors
///
/// Fails if a part cannot be read.
pub(super) fn resolved(package: &Package, view: View, places: Option<&Places>) -> Result<Option<Vec<u8>>, WriteError> {
    let mut parts: BTreeMap<String, Arc<Tape>> = BTreeMap::new();
    let own;
    let places = match places {
        Some(places) => places,
        None => {
            let tracked = if view == View::Rejected { Tracked::Rejected } else { Tracked::Accepted };
            own = read_package(package, tracked)?.1;
            &own
        }
    };
    for name in &places.parts {
        let tape = package.tape(name)?;
        if has_changes(&tape) || tape.word_prefix() != "w:" {
            parts.insert(name.clone(), tape);
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    let mut outgoing = Outgoing::new(package);
    for (name, tape) in &parts {
        let number = places.parts.iter().position(|part| part == name).unwrap_or(usize::MAX);
        let mut resolver = Resolver { tape, view, joined: HashMap::new(), gone: HashSet::new(), known: HashSet::new() };
        for (at, para) in places.paras.iter().enumerate() {
            if usize::from(para.part) != number {
                continue;
            }
            let nodes = u32::try_from(at).ok().and_then(|at| places.para(at)).map_or(&[][..], |(_, nodes)| nodes);
            resolver.known.extend(nodes);
            if let [first @ .., last] = nodes
                && !first.is_empty()
            {
                resolver.joined.insert(*last, first.to_vec());
                resolver.gone.extend(first);
            }
        }
        outgoing.replace(name, resolver.part().into_bytes());
    }
    outgoing.finish().map(Some)
}

/// Returns whether a part has tracked changes.
fn has_changes(tape: &Tape) -> bool {
    tape.within(tape.root()).any(|node| is_change(tape, node))
}

fn is_change(tape: &Tape, node: NodeId) -> bool {
    matches!(
        tape.tag(node),
        Tag::Ins
            | Tag::Del
            | Tag::MoveFrom
            | Tag::MoveTo
            | Tag::MoveFromRangeStart
            | Tag::MoveFromRangeEnd
            | Tag::MoveToRangeStart
            | Tag::MoveToRangeEnd
            | Tag::CellIns
            | Tag::CellDel
            | Tag::CellMerge
    ) || is_memory(tape.tag(node))
}

/// Returns whether an element remembers an earlier look.
fn is_memory(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::PPrChange
            | Tag::RPrChange
            | Tag::SectPrChange
            | Tag::TblPrChange
            | Tag::TrPrChange
            | Tag::TcPrChange
            | Tag::TblGridChange
            | Tag::NumberingChange
    )
}

/// One part on its way.
struct Resolver<'a> {
    tape: &'a Tape,
    view: View,
    /// Paragraphs that others join, with those.
    joined: HashMap<NodeId, Vec<NodeId>>,
    /// Paragraphs that have joined another.
    gone: HashSet<NodeId>,
    /// Every paragraph that was read.
    known: HashSet<NodeId>,
}

impl Resolver<'_> {
    fn part(&self) -> String {
        let tape = self.tape;
        let source = tape.source();
        let mut out = String::with_capacity(source.len());
        let root = tape.span(tape.root());
        out.push_str(&source[..root.start]);
        self.node(tape.root(), &mut out);
        out.push_str(&source[root.end..]);
        out
    }

    fn children(&self, node: NodeId, out: &mut String) {
        for child in self.tape.children(node) {
            self.node(child, out);
        }
    }

    fn node(&self, node: NodeId, out: &mut String) {
        let tape = self.tape;
        if !tape.is_element(node) {
            out.push_str(tape.outer(node));
            return;
        }
        match tape.tag(node) {
            tag @ (Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo) => {
                if Revision::default().within(tag).seen(self.view) {
                    self.children(node, out);
                }
            }
            tag if is_memory(tag) => {}
            Tag::MoveFromRangeStart
            | Tag::MoveFromRangeEnd
            | Tag::MoveToRangeStart
            | Tag::MoveToRangeEnd
            | Tag::CellIns
            | Tag::CellDel
            | Tag::CellMerge => {}
            Tag::Other if is_custom_range(tape.local(node)) => {}
            Tag::Tr if !Revision::of_row(tape, node).seen(self.view) => {}
            Tag::Tc if !Revision::of_cell(tape, node).seen(self.view) => {}
            Tag::Tbl if !self.has_row(node) => {}
            Tag::P => self.paragraph(node, out),
            Tag::PPr | Tag::RPr | Tag::TcPr | Tag::TrPr | Tag::TblPr | Tag::SectPr => self.properties(node, out),
            Tag::DelText if self.view == View::Rejected => self.renamed(node, "t", out),
            Tag::DelInstrText if self.view == View::Rejected => self.renamed(node, "instrText", out),
            _ => {
                self.open(node, out);
                if tape.kind(node) == Kind::Start {
                    self.children(node, out);
                    self.close(node, out);
                }
            }
        }
    }

    fn paragraph(&self, node: NodeId, out: &mut String) {
        let tape = self.tape;
        let lost = !Revision::of_mark(tape, node).seen(self.view);
        if self.gone.contains(&node) || (lost && !self.known.contains(&node)) {
            return;
        }
        let joined = self.joined.get(&node).map_or(&[][..], Vec::as_slice);
        if tape.kind(node) == Kind::Empty {
            if joined.is_empty() {
                self.open(node, out);
                return;
            }
            // An empty element gets content, and with it an end tag.
            let mut open = String::new();
            self.open(node, &mut open);
            put!(out, "{}>", open.trim_end_matches("/>"));
        } else {
            self.open(node, out);
        }
        let own = tape.child(node, Tag::PPr);
        if let Some(own) = own {
            self.node(own, out);
        }
        for other in joined.iter().chain([&node]) {
            for child in tape.children(*other) {
                if tape.tag(child) != Tag::PPr {
                    self.node(child, out);
                }
            }
        }
        self.close_as(node, out);
    }

    /// Writes properties as they are in the view: those of before, if changes of the look are rejected.
    fn properties(&self, node: NodeId, out: &mut String) {
        let tape = self.tape;
        if tape.kind(node) == Kind::Empty {
            self.open(node, out);
            return;
        }
        let then = properties(tape, node, self.view);
        self.open(node, out);
        let mark = |child: NodeId| is_change(tape, child);
        let nested = |child: NodeId| matches!(tape.tag(child), Tag::RPr | Tag::SectPr);
        if then == node {
            for child in tape.children(node).filter(|child| !mark(*child)) {
                self.node(child, out);
            }
        } else {
            for child in tape.children(then).filter(|child| !mark(*child)) {
                self.node(child, out);
            }
            // The memory of a paragraph's look holds neither that of its mark nor its section.
            if tape.tag(node) == Tag::PPr {
                for child in tape.children(node).filter(|child| nested(*child)) {
                    self.node(child, out);
                }
            }
            // A section remembers its measures, not its headers.
            if tape.tag(node) == Tag::SectPr {
                let references = [Tag::HeaderReference, Tag::FooterReference];
                let kept = tape.children(then).any(|child| references.contains(&tape.tag(child)));
                if !kept {
                    let mut heads = String::new();
                    for child in tape.children(node).filter(|child| references.contains(&tape.tag(*child))) {
                        self.node(child, &mut heads);
                    }
                    let at = out.rfind("<w:sectPr").and_then(|at| Some(at + out[at..].find('>')? + 1));
                    out.insert_str(at.unwrap_or(out.len()), &heads);
                }
            }
        }
        self.close(node, out);
    }

    fn renamed(&self, node: NodeId, name: &str, out: &mut String) {
        put!(out, "<w:{name} xml:space=\"preserve\">{}</w:{name}>", self.tape.inner(node));
    }

    fn has_row(&self, parent: NodeId) -> bool {
        let tape = self.tape;
        let mut rows = false;
        for node in tape.elements(parent) {
            match tape.tag(node) {
                Tag::Tr if Revision::of_row(tape, node).seen(self.view) => return true,
                Tag::Sdt | Tag::SdtContent | Tag::CustomXml | Tag::SmartTag => rows |= self.has_row(node),
                Tag::AlternateContent | Tag::Ins | Tag::MoveTo | Tag::Del | Tag::MoveFrom => rows = true,
                _ => {}
            }
        }
        rows
    }

    /// Writes a start tag, or an empty element, with the usual prefix.
    fn open(&self, node: NodeId, out: &mut String) {
        let tape = self.tape;
        if !self.is_odd() {
            out.push_str(tape.open(node));
            return;
        }
        put!(out, "<{}", self.name(tape.name(node)));
        if node == tape.root() {
            let word = self.namespace();
            put!(out, " xmlns:w=\"{word}\"");
        }
        for (name, value) in tape.attrs(node) {
            if name == "xmlns:w" && node == tape.root() {
                continue;
            }
            let name = if name.contains(':') && !name.starts_with("xmlns") { self.name(name) } else { name.to_owned() };
            put!(out, " {name}=\"{}\"", value.replace('"', "&quot;"));
        }
        out.push_str(if tape.kind(node) == Kind::Empty { "/>" } else { ">" });
    }

    fn close(&self, node: NodeId, out: &mut String) {
        if self.is_odd() {
            self.close_as(node, out);
        } else {
            out.push_str(self.tape.open(self.tape.close(node)));
        }
    }

    fn close_as(&self, node: NodeId, out: &mut String) {
        put!(out, "</{}>", self.name(self.tape.name(node)));
    }

    /// Returns whether the part writes another prefix than every other file.
    fn is_odd(&self) -> bool {
        let root = self.tape.name(self.tape.root());
        !root.starts_with("w:")
    }

    /// Returns a name with the usual prefix.
    fn name(&self, name: &str) -> String {
        let root = self.tape.name(self.tape.root());
        let own = root.split_once(':').map_or("", |(prefix, _)| prefix);
        match name.split_once(':') {
            Some((prefix, local)) if prefix == own && self.is_odd() => format!("w:{local}"),
            None if own.is_empty() && self.is_odd() => format!("w:{name}"),
            _ => name.to_owned(),
        }
    }

    /// Returns the namespace that the part's outermost element is in.
    fn namespace(&self) -> String {
        let tape = self.tape;
        let root = tape.name(tape.root());
        let wanted = root.split_once(':').map_or("xmlns".to_owned(), |(prefix, _)| format!("xmlns:{prefix}"));
        let found = tape.attrs(tape.root()).find(|(name, _)| *name == wanted).map(|(_, uri)| uri.to_owned());
        found.unwrap_or_else(|| WORD.to_owned())
    }
}

/// Returns whether an element is the end of a tracked change of custom markup (17.13.5.4 and others).
fn is_custom_range(local: &str) -> bool {
    local.starts_with("customXml") && (local.contains("RangeStart") || local.contains("RangeEnd"))
}
