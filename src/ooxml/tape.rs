//! XML as a tape: a flat list of nodes that point into the text.
//!
//! A node takes 16 bytes and no allocation of its own; names, attributes and text are cut from the source
//! when they are asked for. A part can be written again byte for byte, and a changed part is pieced
//! together from raw slices of it.
//!
//! Nodes are named by their index. Every accessor takes any index: one that is out of range is an empty
//! node.

mod scan;

use std::borrow::Cow;
use std::ops::Range;

use super::tag::{Space, Tag};
use super::text;

/// Index of a node.
pub type NodeId = u32;

/// A parsed XML part.
#[derive(Debug, Clone)]
pub struct Tape {
    source: String,
    nodes: Vec<Node>,
    root: NodeId,
    /// Every binding of a prefix that was met, the last one last.
    prefixes: Vec<(Box<str>, Space)>,
    /// Whether some prefix stands for another namespace than it does in the standard's examples.
    odd: bool,
}

/// A node.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// Where it begins, in bytes.
    start: u32,
    /// Where it ends: an element's start tag, not the element.
    end: u32,
    /// For a start tag, the index of the end tag; for an end tag, that of the start tag; else its own.
    mate: NodeId,
    kind: Kind,
    tag: Tag,
}

/// Kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A start tag.
    Start,
    /// An empty element, as `<w:tab/>`.
    Empty,
    /// An end tag.
    End,
    /// Text, with its references.
    Text,
    /// A CDATA section.
    Cdata,
    /// A comment, a processing instruction, the XML declaration.
    Other,
}

/// What is wrong with a part that is not well-formed XML, or too much of it. Offsets are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It declares a document type, which could expand without bounds.
    #[error("it declares a document type (DOCTYPE), which a Word file never does")]
    Doctype,
    /// Elements are nested too deeply.
    #[error("its elements are nested more than {} deep", Tape::DEPTH)]
    Deep,
    /// It has too many nodes, or too many bytes.
    #[error("it is larger than any real document")]
    Large,
    /// A tag is not one.
    #[error("it is damaged at byte {0}")]
    Syntax(usize),
    /// An end tag does not match.
    #[error("an element is not closed where it should be, at byte {0}")]
    Unbalanced(usize),
    /// It ends too early.
    #[error("it ends too early")]
    Truncated,
    /// It has no element.
    #[error("there is nothing in it")]
    Empty,
}

const NOTHING: Node = Node { start: 0, end: 0, mate: NodeId::MAX, kind: Kind::Other, tag: Tag::None };

impl Tape {
    /// How deeply elements may be nested.
    pub const DEPTH: usize = 400;
    /// How many bytes a part may have.
    pub const SIZE: usize = 160 << 20;
    /// How many nodes a part may have. The parts of a document of 1,000 pages have about 3 million.
    pub const NODES: usize = 12_000_000;

    /// Parses a part.
    ///
    /// # Errors
    ///
    /// Fails if the text is not well-formed in its tags, declares a document type, or exceeds a limit.
    pub fn parse(source: impl Into<String>) -> Result<Self, XmlError> {
        scan::scan(source.into())
    }

    /// Returns the text that was parsed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns how many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns whether there is no node, which no parsed tape is.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Returns the outermost element.
    pub fn root(&self) -> NodeId {
        self.root
    }

    fn node(&self, id: NodeId) -> Node {
        self.nodes.get(id as usize).copied().unwrap_or(NOTHING)
    }

    fn cut(&self, range: Range<usize>) -> &str {
        self.source.get(range).unwrap_or("")
    }

    /// Returns what kind of node it is.
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// Returns the element; [`Tag::None`] for what is none. An end tag has that of its element.
    pub fn tag(&self, id: NodeId) -> Tag {
        self.node(id).tag
    }

    /// Returns whether it is an element.
    pub fn is_element(&self, id: NodeId) -> bool {
        matches!(self.kind(id), Kind::Start | Kind::Empty)
    }

    /// Returns the name of an element as it is written, with its prefix.
    pub fn name(&self, id: NodeId) -> &str {
        let node = self.node(id);
        let skip = match node.kind {
            Kind::Start | Kind::Empty => 1,
            Kind::End => 2,
            _ => return "",
        };
        let tag = self.cut(node.start as usize + skip..node.end as usize);
        let end = tag.bytes().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'));
        tag.get(..end.unwrap_or(tag.len())).unwrap_or("")
    }

    /// Returns the name of an element without its prefix.
    pub fn local(&self, id: NodeId) -> &str {
        local(self.name(id))
    }

    /// Returns the index of an element's end tag; for anything but a start tag, its own.
    pub fn close(&self, id: NodeId) -> NodeId {
        let node = self.node(id);
        if node.kind == Kind::Start { node.mate } else { id }
    }

    /// Returns the index of the node after this one and all that is in it.
    pub fn after(&self, id: NodeId) -> NodeId {
        self.close(id).saturating_add(1)
    }

    /// Returns the nodes directly in an element, text and comments included.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let node = self.node(id);
        let (next, end) = if node.kind == Kind::Start { (id + 1, node.mate) } else { (0, 0) };
        Children { tape: self, next, end }
    }

    /// Returns the elements directly in an element.
    pub fn elements(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.children(id).filter(|&child| self.is_element(child))
    }

    /// Returns all nodes in an element, at any depth, in the order of the text, end tags included.
    pub fn within(&self, id: NodeId) -> Range<NodeId> {
        let node = self.node(id);
        if node.kind == Kind::Start { id + 1..node.mate } else { 0..0 }
    }

    /// Returns the elements of one kind in an element, at any depth.
    pub fn find_all(&self, id: NodeId, tag: Tag) -> impl Iterator<Item = NodeId> + '_ {
        self.within(id).filter(move |&inner| {
            let node = self.node(inner);
            node.tag == tag && node.kind != Kind::End
        })
    }

    /// Returns the first element of one kind directly in an element.
    pub fn child(&self, id: NodeId, tag: Tag) -> Option<NodeId> {
        self.children(id).find(|&child| self.tag(child) == tag)
    }

    /// Returns the first element at the end of a path of elements, each directly in the one before.
    pub fn at(&self, id: NodeId, path: &[Tag]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, &tag| self.child(id, tag))
    }

    /// Returns the attributes of an element, in order: names as written, values with their references.
    pub fn attrs(&self, id: NodeId) -> Attrs<'_> {
        let rest = match self.kind(id) {
            Kind::Start | Kind::Empty => {
                let name = self.name(id);
                self.open(id).get(1 + name.len()..).unwrap_or("")
            }
            _ => "",
        };
        Attrs { rest }
    }

    /// Returns the value of an attribute without resolving its references. The name has the prefix of the
    /// standard's examples (`w:val`, `r:id`), whatever the file's own.
    pub fn raw_attr(&self, id: NodeId, name: &str) -> Option<&str> {
        if let Some((_, value)) = self.attrs(id).find(|&(written, _)| written == name)
            && !self.odd
        {
            return Some(value);
        }
        let (prefix, wanted) = name.split_once(':').unwrap_or(("", name));
        let space = Space::of_prefix(prefix.as_bytes());
        if !self.odd || space == Space::Unknown {
            return self.attrs(id).find(|&(written, _)| written == name).map(|(_, value)| value);
        }
        self.attrs(id)
            .find(|(written, _)| {
                written.split_once(':').is_some_and(|(prefix, local)| local == wanted && self.space(prefix) == space)
            })
            .map(|(_, value)| value)
    }

    /// Returns the value of an attribute, named as in [`Tape::raw_attr`].
    pub fn attr(&self, id: NodeId, name: &str) -> Option<Cow<'_, str>> {
        self.raw_attr(id, name).map(text::unescape)
    }

    /// Returns the value of an element's `w:val`.
    pub fn val(&self, id: NodeId) -> Option<Cow<'_, str>> {
        self.attr(id, "w:val")
    }

    /// Returns the value of an attribute as a whole number.
    pub fn number(&self, id: NodeId, name: &str) -> Option<i64> {
        self.raw_attr(id, name)?.trim().parse().ok()
    }

    /// Returns whether an element that switches something on (ECMA-376 part 1, 17.17.4) does so.
    pub fn is_on(&self, id: NodeId) -> bool {
        !matches!(self.raw_attr(id, "w:val").map(str::trim), Some("0" | "false" | "off"))
    }

    fn space(&self, prefix: &str) -> Space {
        let bound = self.prefixes.iter().rev().find(|(name, _)| &**name == prefix);
        bound.map_or(Space::Unknown, |&(_, space)| space)
    }

    /// Returns the prefix that the file writes for WordprocessingML, with its colon: `w:` in nearly every
    /// file, empty where it is the default namespace.
    pub fn word_prefix(&self) -> String {
        let bound = self.prefixes.iter().find(|&&(_, space)| space == Space::Word);
        match bound {
            Some((prefix, _)) if prefix.is_empty() => String::new(),
            Some((prefix, _)) => format!("{prefix}:"),
            None => "w:".to_owned(),
        }
    }

    /// Returns where an element, its end tag included, or another node is in the source.
    pub fn span(&self, id: NodeId) -> Range<usize> {
        self.node(id).start as usize..self.node(self.close(id)).end as usize
    }

    /// Returns where the content of an element is in the source.
    pub fn inner_span(&self, id: NodeId) -> Range<usize> {
        let node = self.node(id);
        match node.kind {
            Kind::Start => node.end as usize..self.node(node.mate).start as usize,
            _ => node.end as usize..node.end as usize,
        }
    }

    /// Returns an element, its end tag included, or another node, as written.
    pub fn outer(&self, id: NodeId) -> &str {
        self.cut(self.span(id))
    }

    /// Returns the content of an element as written.
    pub fn inner(&self, id: NodeId) -> &str {
        self.cut(self.inner_span(id))
    }

    /// Returns the start tag of an element, or another node, as written.
    pub fn open(&self, id: NodeId) -> &str {
        let node = self.node(id);
        self.cut(node.start as usize..node.end as usize)
    }

    /// Appends the text directly in an element as a reader of Word sees it: references resolved, line ends
    /// as blanks.
    pub fn push_text(&self, id: NodeId, out: &mut String) {
        for child in self.children(id) {
            let node = self.node(child);
            match node.kind {
                Kind::Text => text::push_run_text(self.cut(node.start as usize..node.end as usize), out),
                Kind::Cdata => {
                    let inner = self.cut(node.start as usize + 9..(node.end as usize).saturating_sub(3));
                    out.extend(inner.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
                }
                _ => {}
            }
        }
    }

    /// Returns the text directly in an element, as [`Tape::push_text`] appends it.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        self.push_text(id, &mut out);
        out
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The nodes directly in an element.
#[derive(Debug, Clone)]
pub struct Children<'a> {
    tape: &'a Tape,
    next: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next >= self.end {
            return None;
        }
        let id = self.next;
        self.next = self.tape.after(id);
        Some(id)
    }
}

/// The attributes of an element: names as written, values with their references.
#[derive(Debug, Clone)]
pub struct Attrs<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attrs<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let (name, rest) = rest.split_once('=')?;
        let rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, rest) = rest.get(1..)?.split_once(quote)?;
        self.rest = rest;
        Some((name.trim_end_matches([' ', '\t', '\r', '\n']), value))
    }
}

#[cfg(test)]
mod tests;
