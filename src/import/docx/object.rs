//! What stands in a paragraph that is not text: drawings, equations, embedded files, and what is said of
//! them.

use std::collections::HashMap;

use crate::document::draft::ObjectKind;
use crate::ooxml::{Digest, Kind, NodeId, Package, Relations, Revision, Tag, Tape, View, branch};

/// Longest name of an object, in bytes.
const NAME: usize = 400;

/// An object as it was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: ObjectKind,
    pub(super) name: String,
    pub(super) digest: u64,
    /// The texts in it (`w:txbxContent`), which are a story.
    pub(super) boxes: Vec<NodeId>,
}

/// Digests of whole parts, each worked out once.
#[derive(Debug, Default)]
pub(super) struct Parts {
    known: HashMap<String, u64>,
}

impl Parts {
    /// Returns the digest of a part. One that cannot be unpacked has that of its name.
    fn digest(&mut self, package: &Package, name: &str) -> u64 {
        if let Some(&digest) = self.known.get(name) {
            return digest;
        }
        let digest = match package.read(name) {
            Ok(bytes) => Digest::new().bytes(&bytes).finish(),
            Err(_) => Digest::new().text(name).finish(),
        };
        self.known.insert(name.to_owned(), digest);
        digest
    }
}

/// What was gathered from a drawing.
#[derive(Default)]
struct Gathered {
    boxes: Vec<NodeId>,
    digest: Digest,
    images: usize,
    others: usize,
    alt: Option<String>,
    file: Option<String>,
    text: String,
    what: Option<String>,
}

/// Looks at an object: a drawing, a picture, an embedded file, an equation and the like.
pub(super) fn inspect(
    tape: &Tape,
    node: NodeId,
    view: View,
    package: &Package,
    relations: &Relations,
    parts: &mut Parts,
) -> Found {
    match tape.tag(node) {
        Tag::OMath | Tag::OMathPara => equation(tape, node, view),
        Tag::Ruby => ruby(tape, node),
        _ => drawing(tape, node, package, relations, parts),
    }
}

/// Returns an object that only has a name.
pub(super) fn named(name: &str) -> Found {
    Found { kind: ObjectKind::Other, name: cut(name), digest: Digest::new().text(name).finish(), boxes: Vec::new() }
}

/// Returns the box of a form: a field that is ticked or not.
pub(super) fn form_box(tape: &Tape, field: NodeId) -> Found {
    let check = tape.at(field, &[Tag::FfData, Tag::CheckBox]);
    let state = check.and_then(|node| tape.child(node, Tag::Checked).or_else(|| tape.child(node, Tag::Default)));
    named(if state.is_some_and(|node| tape.is_on(node)) { "ticked box" } else { "empty box" })
}

fn cut(name: &str) -> String {
    let name = name.trim();
    name[..name.floor_char_boundary(NAME)].to_owned()
}

/// Reads an equation: its letters are its name, its structure counts for the digest.
fn equation(tape: &Tape, node: NodeId, view: View) -> Found {
    let mut name = String::new();
    let mut digest = Digest::new();
    let end = tape.close(node);
    let mut at = node + 1;
    while at < end {
        let tag = tape.tag(at);
        if tape.kind(at) == Kind::End {
            digest = digest.number(1);
            at += 1;
            continue;
        }
        if !tape.is_element(at) {
            at += 1;
            continue;
        }
        let changed = Revision::default().within(tag);
        if !changed.seen(view) || matches!(tag, Tag::RPr | Tag::MCtrlPr) {
            at = tape.after(at);
            continue;
        }
        if !changed.is_none() {
            at += 1;
            continue;
        }
        digest = digest.text(tape.local(at));
        if let Some(value) = tape.raw_attr(at, "m:val") {
            digest = digest.text(value);
        }
        if matches!(tag, Tag::MText | Tag::T) {
            let start = name.len();
            tape.push_text(at, &mut name);
            digest = digest.text(&name[start..]);
        }
        at += 1;
    }
    Found { kind: ObjectKind::Equation, name: cut(&name), digest: digest.finish(), boxes: Vec::new() }
}

/// Reads text with its reading beside it.
fn ruby(tape: &Tape, node: NodeId) -> Found {
    let mut name = String::new();
    for text in tape.find_all(node, Tag::T) {
        tape.push_text(text, &mut name);
    }
    named(&name)
}

fn drawing(tape: &Tape, node: NodeId, package: &Package, relations: &Relations, parts: &mut Parts) -> Found {
    let mut found = Gathered::default();
    let start = if tape.tag(node) == Tag::AlternateContent { branch(tape, node).unwrap_or(node) } else { node };
    let end = tape.close(start).max(start + 1);
    let mut at = start;
    while at < end {
        if !tape.is_element(at) {
            at += 1;
            continue;
        }
        match tape.tag(at) {
            Tag::TxbxContent => {
                found.boxes.push(at);
                at = tape.after(at);
                continue;
            }
            Tag::Fallback if at != start => {
                // The other branch of a choice, unless it is the only one.
                let chosen = found.images + found.others + found.boxes.len() > 0;
                if chosen {
                    at = tape.after(at);
                    continue;
                }
            }
            _ => found.element(tape, at, package, relations, parts),
        }
        at += 1;
    }
    found.done(tape, node)
}

impl Gathered {
    fn element(&mut self, tape: &Tape, at: NodeId, package: &Package, relations: &Relations, parts: &mut Parts) {
        match tape.tag(at) {
            Tag::DocPr | Tag::VShape | Tag::VRect if self.alt.is_none() => {
                let names: &[&str] = if tape.tag(at) == Tag::DocPr { &["descr", "title"] } else { &["alt"] };
                self.alt = names
                    .iter()
                    .find_map(|name| tape.attr(at, name))
                    .filter(|text| !text.trim().is_empty())
                    .map(|text| cut(&text));
            }
            Tag::Blip | Tag::ImageData => {
                let id = ["r:embed", "r:id", "r:link", "o:relid"].iter().find_map(|name| tape.attr(at, name));
                let Some(relation) = id.and_then(|id| relations.by_id(&id)) else { return };
                self.images += 1;
                if relation.external {
                    self.digest = self.digest.text(&relation.target);
                } else {
                    self.digest = self.digest.number(parts.digest(package, &relation.target));
                }
                let file = relation.target.rsplit(['/', '\\']).next().unwrap_or("");
                self.file.get_or_insert_with(|| cut(file));
            }
            Tag::TextPath => {
                let text = tape.attr(at, "string").unwrap_or_default();
                self.letters(&text);
            }
            Tag::AText => {
                let text = tape.text(at);
                self.letters(&text);
            }
            Tag::ChartRef => self.part(tape, at, "r:id", "chart", package, relations, parts),
            Tag::RelIds => self.part(tape, at, "r:dm", "diagram", package, relations, parts),
            Tag::OleObject => {
                let program = tape.attr(at, "ProgID").unwrap_or_default();
                let what = format!("embedded object {program}");
                self.part(tape, at, "r:id", what.trim_end(), package, relations, parts);
            }
            Tag::PrstGeom => {
                self.digest = self.digest.text(tape.raw_attr(at, "prst").unwrap_or(""));
            }
            _ => {}
        }
    }

    /// Takes text that is drawn.
    fn letters(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.others += 1;
        self.digest = self.digest.text(text);
        if self.text.len() < NAME {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(text.trim());
        }
    }

    /// Takes a part that is shown in a drawing.
    #[expect(clippy::too_many_arguments, reason = "where the part is, and what is known so far")]
    fn part(
        &mut self,
        tape: &Tape,
        at: NodeId,
        attribute: &str,
        what: &str,
        package: &Package,
        relations: &Relations,
        parts: &mut Parts,
    ) {
        self.others += 1;
        self.what.get_or_insert_with(|| cut(what));
        let relation = tape.attr(at, attribute).and_then(|id| relations.by_id(&id));
        if let Some(relation) = relation {
            self.digest = if relation.external {
                self.digest.text(&relation.target)
            } else {
                self.digest.number(parts.digest(package, &relation.target))
            };
        }
    }

    fn done(self, tape: &Tape, node: NodeId) -> Found {
        let mut digest = self.digest;
        if let Some(alt) = &self.alt {
            digest = digest.text(alt);
        }
        if !self.boxes.is_empty() {
            let digest = if self.images + self.others > 0 { digest.finish() } else { 0 };
            return Found { kind: ObjectKind::TextBox(0), name: self.text, digest, boxes: self.boxes };
        }
        let only_image = self.images > 0 && self.others == 0;
        let name = if only_image {
            self.alt.or(self.file).unwrap_or_default()
        } else if !self.text.is_empty() {
            cut(&self.text)
        } else {
            self.what.or(self.alt).unwrap_or_else(|| {
                match tape.tag(node) {
                    Tag::AltChunk => "inserted file",
                    Tag::SubDoc => "sub-document",
                    Tag::Control => "control",
                    _ => "drawing",
                }
                .to_owned()
            })
        };
        let kind = if only_image { ObjectKind::Image } else { ObjectKind::Other };
        Found { kind, name, digest: digest.finish(), boxes: Vec::new() }
    }
}

/// Looks at a part that stands in the text as a whole, by the `r:id` of its element.
pub(super) fn whole_part(
    tape: &Tape,
    node: NodeId,
    package: &Package,
    relations: &Relations,
    parts: &mut Parts,
) -> Found {
    let relation = tape.attr(node, "r:id").and_then(|id| relations.by_id(&id));
    let digest = relation.map_or(1, |relation| parts.digest(package, &relation.target));
    let file = relation.and_then(|relation| relation.target.rsplit('/').next()).unwrap_or("inserted file");
    Found { kind: ObjectKind::Other, name: cut(file), digest, boxes: Vec::new() }
}
