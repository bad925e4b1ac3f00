//! What is not text: drawings and embedded files with their parts, text boxes, notes, hyperlinks.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Writer;
use super::markup::{escape, put};
use super::source::Source;
use super::story::Copy;
use crate::document::draft::ObjectKind;
use crate::ooxml::{Kind, NodeId, Tag, Tape};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A note of the new draft that comes to the old file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NewNote {
    /// Its story: index in the new draft.
    pub(super) story: usize,
    /// Whether it is an endnote.
    pub(super) end: bool,
    /// Its identifier.
    pub(super) id: i64,
}

impl<'a> Writer<'a> {
    /// Writes an object of the old file; text boxes in it with their changes.
    pub(super) fn old_object(&mut self, out: &mut String, old: &Source<'a>, node: NodeId) {
        let tape = Arc::clone(&old.tape);
        let part = old.at.part;
        let span = tape.span(node);
        let mut copy = Some(Copy::new(Arc::clone(&tape), span.start));
        let mut reached = span.start;
        for inner in tape.find_all(node, Tag::TxbxContent) {
            let at = tape.span(inner);
            let Some(pair) = self.old.boxes.get(&(part, inner)).and_then(|story| self.edited_boxes.get(story)) else {
                continue;
            };
            // A text box in a text box goes with the outer one.
            if at.start < reached {
                continue;
            }
            reached = at.end;
            let Some(story) = self.stories.get(*pair) else { continue };
            let first = self.old.places.stories.get(story.old.unwrap_or(usize::MAX)).and_then(|s| s.containers.first());
            let Some(first) = first.copied() else { continue };
            if let Some(copy) = copy.as_mut() {
                copy.to(out, tape.inner_span(inner).start);
            }
            // A drawing says the same twice, for newer and for older programs; both get the same redline.
            let mut box_copy = Some(Copy::new(Arc::clone(&tape), tape.inner_span(first).start));
            let open_moves = std::mem::take(&mut self.open_moves);
            let spare = self.spare.take();
            self.container(out, &mut box_copy, Some(first), &story.nodes, false);
            self.spare = spare;
            self.open_moves = open_moves;
            if let Some(copy) = box_copy.as_mut() {
                copy.to(out, tape.inner_span(first).end);
            }
            if let Some(copy) = copy.as_mut() {
                copy.skip(tape.inner_span(inner).end);
            }
        }
        if let Some(copy) = copy.as_mut() {
            copy.to(out, span.end);
        }
    }

    /// Writes an object of the new file, with the parts that it leads to.
    pub(super) fn new_object(&mut self, out: &mut String, new: &Source<'a>, node: NodeId) {
        let tape = Arc::clone(&new.tape);
        let from = self.new.part_name(new.at.part);
        let declared = self.missing_prefixes(&tape, node);
        let first = node;
        let end = tape.close(node);
        let mut id = node;
        while id <= end {
            let element = matches!(tape.kind(id), Kind::Start | Kind::Empty);
            // Remarks on the new file have other numbers there.
            if element && matches!(tape.tag(id), Tag::CommentRangeStart | Tag::CommentRangeEnd | Tag::CommentReference)
            {
                id = tape.after(id);
                continue;
            }
            let related = element && tape.attrs(id).any(|(name, _)| is_relation(name));
            let numbered = element && tape.tag(id) == Tag::DocPr;
            let paragraph = element && tape.tag(id) == Tag::P;
            if !(related || numbered || paragraph || (id == first && !declared.is_empty())) {
                out.push_str(tape.open(id));
                id += 1;
                continue;
            }
            put!(out, "<{}", tape.name(id));
            if id == first {
                out.push_str(&declared);
            }
            for (name, value) in tape.attrs(id) {
                if paragraph && matches!(name, "w14:paraId" | "w14:textId") {
                    continue;
                }
                if is_relation(name) {
                    let raw = crate::ooxml::unescape(value);
                    let target = self.target.clone();
                    // What leads nowhere stays without its part, rather than point to another.
                    if let Some(own) = self.outgoing.take_over(self.new.package, from, &raw, &target) {
                        put!(out, " {name}=\"{own}\"");
                    }
                } else if numbered && name == "id" {
                    let own = self.stamp.id();
                    put!(out, " id=\"{own}\"");
                } else {
                    put!(out, " {name}=\"{}\"", value.replace('"', "&quot;"));
                }
            }
            out.push_str(if tape.kind(id) == Kind::Empty { "/>" } else { ">" });
            id += 1;
        }
    }

    /// Returns declarations of the prefixes that an object of the new file uses, and the part that is written
    /// does not declare the same way.
    fn missing_prefixes(&self, tape: &Tape, node: NodeId) -> String {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for id in std::iter::once(node).chain(tape.within(node)).filter(|id| tape.is_element(*id)) {
            if let Some((prefix, _)) = tape.name(id).split_once(':') {
                used.insert(prefix);
            }
            for (name, value) in tape.attrs(id) {
                if let Some((prefix, _)) = name.split_once(':')
                    && prefix != "xmlns"
                {
                    used.insert(prefix);
                }
                // What a choice requires is named by prefixes, too.
                if name == "Requires" {
                    used.extend(value.split_ascii_whitespace());
                }
            }
        }
        let mut out = String::new();
        for prefix in used {
            let declares = |tape: &Tape, node: NodeId| {
                let wanted = |name: &str| name.strip_prefix("xmlns:") == Some(prefix);
                tape.attrs(node).find(|(name, _)| wanted(name)).map(|(_, uri)| uri.to_owned())
            };
            let here = declares(tape, node).is_some();
            let Some(uri) = declares(tape, tape.root()).filter(|_| !here) else { continue };
            if self.declared.get(prefix).map(String::as_str) != Some(uri.as_str()) {
                put!(out, " xmlns:{prefix}=\"{uri}\"");
            }
        }
        out
    }

    /// Writes the reference of a note of the new draft, and takes note that the note must come.
    pub(super) fn new_note(&mut self, out: &mut String, tag: Tag, new: &Source<'a>, at: usize) {
        let object = new.at.para.objects.iter().find(|object| object.at == at);
        let end = tag == Tag::EndnoteReference;
        let Some(ObjectKind::Note(story)) = object.map(|object| object.kind) else {
            self.caveat("reference of a note without its note");
            return;
        };
        let id = self.next_note[usize::from(end)];
        self.next_note[usize::from(end)] += 1;
        self.new_notes.push(NewNote { story, end, id });
        put!(out, "<w:{}Reference w:id=\"{id}\"/>", if end { "endnote" } else { "footnote" });
    }

    /// Returns whether a mark of the new file that shows nothing comes to the old one.
    pub(super) fn marks_new(&self, new: &Source<'a>, node: NodeId) -> bool {
        let tape = &new.tape;
        match tape.tag(node) {
            Tag::Br | Tag::FootnoteRef | Tag::EndnoteRef => true,
            Tag::BookmarkStart => {
                let name = tape.attr(node, "w:name").unwrap_or_default();
                let id = tape.raw_attr(node, "w:id");
                let ends = |id: Option<&str>| {
                    new.pieces.list.iter().any(|piece| {
                        tape.tag(piece.node) == Tag::BookmarkEnd && tape.raw_attr(piece.node, "w:id") == id
                    })
                };
                !self.bookmarks.contains(&*name) && !self.pins.names(&name) && ends(id)
            }
            Tag::BookmarkEnd => {
                tape.raw_attr(node, "w:id").is_some_and(|id| self.open_bookmarks.iter().any(|(new, _)| new == id))
            }
            _ => false,
        }
    }

    /// Writes a bookmark of the new file.
    pub(super) fn new_mark(&mut self, out: &mut String, new: &Source<'a>, node: NodeId) {
        let tape = &new.tape;
        let id = tape.raw_attr(node, "w:id").unwrap_or("");
        if tape.tag(node) == Tag::BookmarkStart {
            let name = tape.attr(node, "w:name").unwrap_or_default().into_owned();
            let own = self.stamp.id();
            put!(out, "<w:bookmarkStart w:id=\"{own}\" w:name=\"");
            escape(out, &name);
            out.push_str("\"/>");
            self.bookmarks.insert(name);
            self.open_bookmarks.push((id.to_owned(), own));
        } else if let Some(at) = self.open_bookmarks.iter().position(|(new, _)| new == id) {
            let (_, own) = self.open_bookmarks.swap_remove(at);
            put!(out, "<w:bookmarkEnd w:id=\"{own}\"/>");
        }
    }

    /// Writes the start tag of a hyperlink of the new file.
    pub(super) fn begin_link(&mut self, out: &mut String, new: &Source<'a>, link: NodeId) {
        let tape = &new.tape;
        out.push_str("<w:hyperlink");
        let from = self.new.part_name(new.at.part);
        let target = self.target.clone();
        let relation = tape.attr(link, "r:id");
        if let Some(own) = relation.and_then(|id| self.outgoing.take_over(self.new.package, from, &id, &target)) {
            if self.declared.get("r").map(String::as_str) != Some(RELATIONSHIPS) {
                put!(out, " xmlns:r=\"{RELATIONSHIPS}\"");
            }
            put!(out, " r:id=\"{own}\"");
        }
        for name in ["w:anchor", "w:tooltip", "w:history", "w:docLocation", "w:tgtFrame"] {
            if let Some(value) = tape.raw_attr(link, name) {
                put!(out, " {name}=\"{}\"", value.replace('"', "&quot;"));
            }
        }
        out.push('>');
    }
}

/// Returns whether an attribute names a relationship, by the prefix that every producer writes.
fn is_relation(name: &str) -> bool {
    name.starts_with("r:")
}
