//! The tree of elements that an HTML file means, kept in one vector.
//!
//! [`html5ever`] does what browsers do with any text; this is only where it puts the result. Attributes that nobody
//! asks for are not kept, but counted in the element's digest, so that two drawings can be told apart.
//!
//! Source: WHATWG HTML §13.2.6, tree construction.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use super::super::fnv::Fnv;

/// Most nodes of a tree. Broken formatting can make far more elements than the file has tags.
const MAX_NODES: usize = 4_000_000;
/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: u32 = 400;
/// Bytes that are handed over at a time; the limits are looked at in between.
const CHUNK: usize = 4096;

/// Attributes that are kept.
const KEPT: &[&str] = &[
    "id",
    "name",
    "class",
    "style",
    "hidden",
    "href",
    "src",
    "alt",
    "start",
    "type",
    "value",
    "colspan",
    "rowspan",
    "lang",
    "reversed",
    "checked",
    "role",
    "aria-level",
    "epub:type",
    "title",
];

/// Place of a node in the tree.
pub(super) type Id = u32;

/// What a node is.
pub(super) enum Data {
    /// The document, a comment: nothing to see.
    Nothing,
    /// An element.
    Element {
        /// Name.
        name: QualName,
        /// Attributes that are kept.
        attrs: Vec<(&'static str, String)>,
        /// Digest of its name and of all its attributes.
        digest: u64,
    },
    /// Text.
    Text(String),
}

/// A node.
pub(super) struct Node {
    /// What it is.
    pub data: Data,
    parent: Option<Id>,
    previous: Option<Id>,
    /// The node after it, of the same parent.
    pub next: Option<Id>,
    /// Its first child.
    pub first: Option<Id>,
    last: Option<Id>,
    depth: u32,
}

/// Why a text could not be made into a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TooMuch {
    /// Elements in elements in elements.
    Depth,
    /// More elements than can be kept.
    Nodes,
}

/// A tree of nodes.
#[derive(Default)]
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<u32>,
}

/// The finished tree.
pub(super) struct Page {
    nodes: Vec<Node>,
}

/// Reads a text as HTML.
pub(super) fn parse(text: &str) -> Result<Page, TooMuch> {
    let mut options = ParseOpts::default();
    // Without scripts, as a document is read; what stands in `noscript` is then elements, not text.
    options.tree_builder.scripting_enabled = false;
    let mut parser = parse_document(Tree::new(), options);
    let mut rest = text;
    while !rest.is_empty() {
        let mut at = rest.len().min(CHUNK);
        while !rest.is_char_boundary(at) {
            at -= 1;
        }
        let (chunk, after) = rest.split_at(at);
        parser.process(StrTendril::from_slice(chunk));
        let tree = &parser.tokenizer.sink.sink;
        if tree.depth.get() > MAX_DEPTH {
            return Err(TooMuch::Depth);
        }
        if tree.nodes.borrow().len() > MAX_NODES {
            return Err(TooMuch::Nodes);
        }
        rest = after;
    }
    let page = parser.finish();
    // What was still open at the end may have made it deeper.
    if page.nodes.iter().any(|node| node.depth > MAX_DEPTH) { Err(TooMuch::Depth) } else { Ok(page) }
}

impl Page {
    /// Returns a node.
    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id as usize]
    }

    /// Returns the children of a node, in order.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.node(id).first, |child| self.node(*child).next)
    }

    /// Returns the element around a node.
    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id).parent
    }

    /// Returns the name of an element; empty for anything else.
    pub(super) fn name(&self, id: Id) -> &str {
        match &self.node(id).data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// Returns an attribute that is kept.
    pub(super) fn attr(&self, id: Id, wanted: &str) -> Option<&str> {
        match &self.node(id).data {
            Data::Element { attrs, .. } => {
                attrs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    /// Returns how many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds up the text below a node.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        self.below(id, &mut |node| {
            if let Data::Text(piece) = &node.data {
                text.push_str(piece);
            }
        });
        text
    }

    /// Returns the digest of a node with all that is in it.
    pub(super) fn digest(&self, id: Id) -> u64 {
        let mut fnv = Fnv::default();
        self.below(id, &mut |node| match &node.data {
            Data::Element { digest, .. } => fnv.write(&digest.to_le_bytes()),
            Data::Text(text) => fnv.write(text.as_bytes()),
            Data::Nothing => {}
        });
        fnv.finish()
    }

    /// Calls `visit` for a node and all below it, in the order of the text.
    fn below(&self, id: Id, visit: &mut impl FnMut(&Node)) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            visit(self.node(id));
            let from = open.len();
            open.extend(self.children(id));
            open[from..].reverse();
        }
    }
}

impl Tree {
    fn new() -> Self {
        let tree = Self::default();
        tree.add(Data::Nothing);
        tree
    }

    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let node = Node { data, parent: None, previous: None, next: None, first: None, last: None, depth: 0 };
        nodes.push(node);
        // The limit on nodes, looked at after each chunk, is far below this.
        Id::try_from(nodes.len() - 1).unwrap_or(Id::MAX)
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id as usize];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        match previous {
            Some(previous) => nodes[previous as usize].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent as usize].first = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next as usize].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent as usize].last = previous;
                }
            }
        }
    }

    /// Puts a node under a parent, before a sibling or at the end.
    fn put(&self, parent: Id, before: Option<Id>, child: NodeOrText<Id>) {
        let child = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let neighbour = {
                    let nodes = self.nodes.borrow();
                    before.map_or_else(|| nodes[parent as usize].last, |before| nodes[before as usize].previous)
                };
                if let Some(neighbour) = neighbour
                    && let Data::Text(existing) = &mut self.nodes.borrow_mut()[neighbour as usize].data
                {
                    existing.push_str(&text);
                    return;
                }
                self.add(Data::Text(text.to_string()))
            }
        };
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        let previous = before.map_or_else(|| nodes[parent as usize].last, |before| nodes[before as usize].previous);
        let depth = nodes[parent as usize].depth + 1;
        self.depth.set(self.depth.get().max(depth));
        let node = &mut nodes[child as usize];
        node.parent = Some(parent);
        node.previous = previous;
        node.next = before;
        node.depth = depth;
        match previous {
            Some(previous) => nodes[previous as usize].next = Some(child),
            None => nodes[parent as usize].first = Some(child),
        }
        match before {
            Some(before) => nodes[before as usize].previous = Some(child),
            None => nodes[parent as usize].last = Some(child),
        }
    }
}

fn kept(attrs: Vec<Attribute>) -> Vec<(&'static str, String)> {
    attrs
        .into_iter()
        .filter_map(|attr| {
            let name = KEPT.iter().find(|name| **name == &*attr.name.local)?;
            Some((*name, attr.value.to_string()))
        })
        .collect()
}

impl TreeSink for Tree {
    type Handle = Id;
    type Output = Page;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Page {
        Page { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].data {
            Data::Element { name, .. } => name,
            // The tree builder asks for names of elements only (documentation of `TreeSink::elem_name`).
            _ => unreachable!("the name of a node that is no element"),
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Id {
        let mut fnv = Fnv::default();
        fnv.write(name.local.as_bytes());
        for attr in &attrs {
            fnv.write(attr.name.local.as_bytes());
            fnv.write(attr.value.as_bytes());
        }
        self.add(Data::Element { name, attrs: kept(attrs), digest: fnv.finish() })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Data::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Data::Nothing)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let parent = self.nodes.borrow()[*element as usize].parent;
        match parent {
            Some(parent) => self.put(parent, Some(*element), child),
            None => self.put(*previous, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        // A template shows nothing; its content stays where it is and is passed over with it.
        *target
    }

    fn same_node(&self, first: &Id, second: &Id) -> bool {
        first == second
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if let Some(parent) = parent {
            self.put(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        if let Data::Element { attrs, .. } = &mut self.nodes.borrow_mut()[*target as usize].data {
            for (name, value) in kept(more) {
                if !attrs.iter().any(|(known, _)| *known == name) {
                    attrs.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let children: Vec<Id> = {
            let nodes = self.nodes.borrow();
            std::iter::successors(nodes[*node as usize].first, |child| nodes[*child as usize].next).collect()
        };
        for child in children {
            self.put(*parent, None, NodeOrText::AppendNode(child));
        }
    }
}
