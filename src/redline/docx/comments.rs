//! Remarks of reviewers in the new file, brought along.
//!
//! Those of the old file stay where they are. One that both files have, by author, time and words, is there
//! once (ECMA-376 part 1, 17.13.4).

use std::collections::{BTreeMap, HashMap};

use super::Writer;
use super::markup::{escape, put};
use super::outgoing::with_content;
use super::pins::{Pin, all, spots};
use crate::ooxml::{NodeId, Package, Tag, Tape};

/// How many remarks are brought along.
const MOST: usize = 100_000;

/// What a remark is known by.
type Key = (String, String, String);

/// A remark of the new file on its way.
#[derive(Debug)]
pub(super) struct Coming {
    /// Its number here.
    id: i64,
    /// Its element in the new file's part.
    node: NodeId,
}

/// Returns a part with remarks, if a file has one.
fn part(package: &Package) -> Option<(String, std::sync::Arc<Tape>)> {
    let name = package.companion("comments")?;
    let tape = package.tape(&name).ok()?;
    Some((name, tape))
}

fn key(tape: &Tape, node: NodeId) -> Key {
    let attribute = |name| tape.attr(node, name).unwrap_or_default().into_owned();
    let mut text = String::new();
    for inner in tape.within(node) {
        match tape.tag(inner) {
            Tag::T => tape.push_text(inner, &mut text),
            Tag::P => text.push('\n'),
            _ => {}
        }
    }
    (attribute("w:author"), attribute("w:date"), text)
}

impl Writer<'_> {
    /// Sets the remarks of the new file that the old one has not.
    pub(super) fn pin_comments(&mut self) -> Vec<Coming> {
        let Some((_, tape)) = part(self.new.package) else { return Vec::new() };
        let mut known: HashMap<Key, usize> = HashMap::new();
        let mut next = 0;
        if let Some((_, old)) = part(self.old.package) {
            for node in old.elements(old.root()).filter(|node| old.tag(*node) == Tag::Comment) {
                *known.entry(key(&old, node)).or_default() += 1;
                next = next.max(old.number(node, "w:id").unwrap_or(-1).saturating_add(1));
            }
        }
        // A reference may be left of a remark that is gone: its number is not given again.
        for (_, node, tape) in all(&self.old, Tag::CommentReference) {
            next = next.max(tape.number(node, "w:id").unwrap_or(-1).saturating_add(1));
        }
        let mut coming: Vec<Coming> = Vec::new();
        let mut by_id: BTreeMap<i64, i64> = BTreeMap::new();
        for node in tape.elements(tape.root()).filter(|node| tape.tag(*node) == Tag::Comment).take(MOST) {
            if let Some(count) = known.get_mut(&key(&tape, node)).filter(|count| **count > 0) {
                *count -= 1;
                continue;
            }
            if let Some(id) = tape.number(node, "w:id") {
                by_id.entry(id).or_insert(next);
                coming.push(Coming { id: next, node });
                next = next.saturating_add(1);
            }
        }
        if !coming.is_empty() {
            self.pin_anchors(&by_id);
        }
        coming
    }

    /// Sets the two ends of each anchor, and the mark behind it.
    fn pin_anchors(&mut self, by_id: &BTreeMap<i64, i64>) {
        let mut nodes: Vec<(u16, NodeId, Tag, i64, String)> = Vec::new();
        for tag in [Tag::CommentRangeStart, Tag::CommentRangeEnd, Tag::CommentReference] {
            for (part, node, tape) in all(&self.new, tag) {
                let own = tape.number(node, "w:id").and_then(|id| by_id.get(&id));
                if let Some(own) = own {
                    nodes.push((part, node, tag, *own, String::new()));
                }
            }
        }
        // In the order of the file: an end does not come before its start.
        nodes.sort_by_key(|(part, node, ..)| (*part, *node));
        let ends: Vec<(u16, NodeId, bool)> =
            nodes.iter().map(|(part, node, tag, ..)| (*part, *node, *tag != Tag::CommentRangeStart)).collect();
        let spots = spots(&self.new, &ends);
        let style = self.catalogue.style("CommentReference");
        for (part, node, tag, id, mut run) in nodes {
            let Some((ordinal, at)) = spots.get(&(part, node)).copied() else { continue };
            let pin = match tag {
                Tag::CommentRangeStart => {
                    Pin::mark(at, false, format!("<w:commentRangeStart w:id=\"{id}\"/>"), Some(id))
                }
                Tag::CommentRangeEnd => Pin::mark(at, true, format!("<w:commentRangeEnd w:id=\"{id}\"/>"), Some(id)),
                _ => {
                    run.push_str("<w:r>");
                    if let Some(style) = &style {
                        run.push_str("<w:rPr><w:rStyle w:val=\"");
                        escape(&mut run, style);
                        run.push_str("\"/></w:rPr>");
                    }
                    put!(run, "<w:commentReference w:id=\"{id}\"/></w:r>");
                    Pin::run(at, run, id)
                }
            };
            self.pins.add(ordinal, pin);
        }
    }

    /// Writes the remarks of the new file that were set.
    pub(super) fn bring_comments(&mut self, coming: &[Coming]) {
        let Some((_, tape)) = part(self.new.package).filter(|_| !coming.is_empty()) else { return };
        let known = part(self.old.package);
        // Where the part calls its elements otherwise, each remark says what is meant.
        let plain = known.as_ref().is_none_or(|(_, tape)| tape.word_prefix() == "w:");
        let mut more = String::new();
        for remark in coming {
            if !self.pins.set.contains(&remark.id) {
                self.caveat("comment of the new file whose place is not in the redline was left out");
                continue;
            }
            more.push_str("<w:comment");
            if !plain {
                more.push_str(" xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"");
            }
            put!(more, " w:id=\"{}\"", remark.id);
            for name in ["w:author", "w:date", "w:initials"] {
                match tape.raw_attr(remark.node, name) {
                    Some(value) => put!(more, " {name}=\"{}\"", value.replace('"', "&quot;")),
                    // Every remark has an author.
                    None if name == "w:author" => more.push_str(" w:author=\"\""),
                    None => {}
                }
            }
            more.push('>');
            let from = more.len();
            for paragraph in tape.find_all(remark.node, Tag::P) {
                self.comment_paragraph(&tape, paragraph, &mut more);
            }
            if more.len() == from {
                more.push_str("<w:p/>");
            }
            more.push_str("</w:comment>");
        }
        if more.is_empty() {
            return;
        }
        match known {
            Some((name, tape)) => {
                let whole = with_content(&tape, &more);
                self.outgoing.replace(&name, whole.into_bytes());
            }
            None => {
                let whole = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments \
                     xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{more}</w:comments>"
                );
                self.outgoing.add("comments", whole.into_bytes());
            }
        }
    }

    /// Copies a paragraph of a remark: its words and their look, without pictures and links.
    fn comment_paragraph(&mut self, tape: &Tape, paragraph: NodeId, out: &mut String) {
        out.push_str("<w:p>");
        if let Some(properties) = tape.child(paragraph, Tag::PPr) {
            self.catalogue.properties(tape, properties, out);
        }
        for run in tape.find_all(paragraph, Tag::R) {
            out.push_str("<w:r>");
            if let Some(look) = tape.child(run, Tag::RPr) {
                self.catalogue.properties(tape, look, out);
            }
            for child in tape.elements(run) {
                match tape.tag(child) {
                    Tag::T => put!(out, "<w:t xml:space=\"preserve\">{}</w:t>", tape.inner(child)),
                    Tag::Tab => out.push_str("<w:tab/>"),
                    Tag::Br | Tag::Cr => out.push_str("<w:br/>"),
                    Tag::NoBreakHyphen => out.push_str("<w:noBreakHyphen/>"),
                    Tag::AnnotationRef => out.push_str("<w:annotationRef/>"),
                    _ => {}
                }
            }
            out.push_str("</w:r>");
        }
        out.push_str("</w:p>");
    }
}
