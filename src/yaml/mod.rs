//! YAML text to a tree of nodes with positions: the one door to the YAML parser. Case files, front
//! matter, fenced blocks and word lists are all read through it.
//!
//! The tree keeps scalars as they were written, so that `012`, `no` and `2026-03-01` stay text until
//! a field of a known type reads them. Every fault of the text is reported, not only the first: after
//! a syntax error reading goes on at the next top-level key. Bounds on size, depth and number of
//! nodes keep a hostile file cheap; aliases count with everything they stand for.
//!
//! Source: YAML 1.2.2; merge keys (`<<`) and tags are not part of a case file.

mod characters;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// Largest case file that is read, in bytes (4 MiB); real ones are below 100 KiB.
pub const MAX_BYTES: usize = 4 << 20;
/// Deepest nesting of lists and maps.
const MAX_DEPTH: usize = 32;
/// Largest number of nodes, with aliases expanded.
const MAX_NODES: usize = 50_000;
/// Syntax errors after which reading gives up.
const MAX_SYNTAX_ERRORS: usize = 20;
/// Faults of the text itself, beyond which more of them tell nothing.
const MAX_TEXT_FAULTS: usize = 100;

/// A value in a YAML text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What the value is.
    pub kind: NodeKind,
    /// Where it stands, in bytes of the text.
    pub bytes: Range<usize>,
    /// How many nodes it holds, itself and expanded aliases included.
    weight: usize,
}

/// What a YAML value is.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Nothing was written, or `null` or `~`.
    Null,
    /// A scalar, as text in Unicode normalisation form C.
    Scalar {
        /// The text after YAML's own unescaping.
        text: String,
        /// Whether it was written without quotes, so that it may be a number or truth value.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file; keys are unique.
    Map(Vec<(Key, Node)>),
}

/// A key of a map with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Where it stands, in bytes of the text.
    pub bytes: Range<usize>,
}

impl Node {
    fn new(kind: NodeKind, bytes: Range<usize>) -> Self {
        let weight = 1 + match &kind {
            NodeKind::List(items) => items.iter().map(|item| item.weight).sum(),
            NodeKind::Map(entries) => entries.iter().map(|(_, node)| node.weight + 1).sum(),
            NodeKind::Null | NodeKind::Scalar { .. } => 0,
        };
        Self { kind, bytes, weight }
    }

    /// Returns the same value as if it stood elsewhere: to report a fault at its key.
    #[must_use]
    pub fn moved_to(&self, bytes: Range<usize>) -> Self {
        Self { bytes, ..self.clone() }
    }

    /// Makes an empty map at the start of a text: what an empty file stands for.
    pub fn empty_map() -> Self {
        Self::new(NodeKind::Map(Vec::new()), 0..0)
    }

    /// Returns the value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Returns what this value is called in messages.
    pub fn describe(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Scalar { .. } => "a single value",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a group of fields",
        }
    }

    /// Returns the node that a path names (`experts.camara.tasks[0]`), or its nearest ancestor.
    ///
    /// The second value is the place of the key or item that was found last.
    pub fn locate(&self, path: &str) -> (&Node, Range<usize>) {
        let mut node = self;
        let mut bytes = self.bytes.start..self.bytes.start;
        for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
            let part = part.trim_end_matches(']');
            let next = match &node.kind {
                NodeKind::Map(entries) => {
                    entries.iter().find(|(key, _)| key.text == part).map(|(key, node)| (node, key.bytes.clone()))
                }
                NodeKind::List(items) => {
                    part.parse::<usize>().ok().and_then(|at| items.get(at)).map(|node| (node, node.bytes.clone()))
                }
                NodeKind::Null | NodeKind::Scalar { .. } => None,
            };
            let Some((found, place)) = next else { break };
            node = found;
            bytes = match &node.kind {
                NodeKind::Scalar { .. } => node.bytes.clone(),
                _ => place,
            };
        }
        (node, bytes)
    }
}

/// What reading a YAML text gives.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The text.
    pub source: Source,
    /// The top node; an empty map where nothing could be read.
    pub root: Node,
    /// Faults of the text itself.
    pub faults: Vec<Diagnostic>,
    /// Whether part of the text could not be read, so that absent fields prove nothing.
    pub partial: bool,
}

/// Reads bytes as the UTF-8 text of a YAML file, after checking size and characters.
///
/// # Errors
/// One fault when the file is too large or not UTF-8; the text is then not worth reading.
pub fn text(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_BYTES >> 20);
        return Err(Diagnostic::new(Code::InputTooLarge, message)
            .at(Span::new(&Source::new(name, ""), 0..0))
            .hint("keep drafts and annexes as files of their own and name them in the case file"));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let at = valid.len();
            let source = Source::new(name, valid + "\u{FFFD}");
            Err(Diagnostic::new(
                Code::NotUtf8,
                format!("the file is not UTF-8 text (byte 0x{:02X})", bytes[error.valid_up_to()]),
            )
            .at(Span::new(&source, at..at + 3))
            .hint("save the file with the encoding UTF-8"))
        }
    }
}

/// Reads a YAML text into a tree, with every fault of the text.
pub fn parse(source: &Source) -> Tree {
    let faults = characters::written(source);
    if faults.iter().any(Diagnostic::is_error) {
        return Tree { source: source.clone(), root: Node::empty_map(), faults, partial: true };
    }
    let mut tree = parse_unguarded(source, faults);
    characters::escaped(&tree.root, source, &mut tree.faults);
    tree
}

/// Reads a YAML text that the program itself put together, in which reserved characters may stand.
pub fn parse_generated(source: &Source) -> Tree {
    parse_unguarded(source, Vec::new())
}

fn parse_unguarded(source: &Source, mut faults: Vec<Diagnostic>) -> Tree {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut partial = false;
    while from <= source.text().len() {
        let mut builder =
            Builder { source, from, stack: Vec::new(), anchors: BTreeMap::new(), nodes: 0, faults: Vec::new() };
        let outcome = builder.run();
        faults.append(&mut builder.faults);
        match outcome {
            Ok(root) => {
                parts.extend(root);
                break;
            }
            Err(stop) => {
                partial = true;
                parts.extend(builder.salvage());
                faults.push(stop.fault);
                let next = next_top_level_key(source.text(), stop.at);
                match next {
                    Some(next) if !stop.fatal && faults.len() < MAX_SYNTAX_ERRORS => from = next,
                    _ => break,
                }
            }
        }
    }
    let root = join(parts, source, &mut faults);
    Tree { source: source.clone(), root, faults, partial }
}

/// Finds the next line after `at` that begins with a key in the first column.
fn next_top_level_key(text: &str, at: usize) -> Option<usize> {
    let mut start = at + text.get(at..)?.find('\n')? + 1;
    for line in text[start..].split_inclusive('\n') {
        let name = line.trim_end().split(':').next().unwrap_or_default();
        let is_key = line.contains(':')
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
            && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_key {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// Joins what was read before and after syntax errors into one top node.
fn join(parts: Vec<Node>, source: &Source, faults: &mut Vec<Diagnostic>) -> Node {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else { return Node::empty_map() };
    let NodeKind::Map(list) = first.kind else { return first };
    let mut entries = Entries::default();
    for (key, node) in list {
        entries.insert(key, node, source, faults);
    }
    for part in parts {
        if let NodeKind::Map(more) = part.kind {
            for (key, node) in more {
                entries.insert(key, node, source, faults);
            }
        }
    }
    Node::new(NodeKind::Map(entries.list), first.bytes)
}

/// The entries of a map that is being read, with their keys at hand: maps may be long.
#[derive(Default)]
struct Entries {
    list: Vec<(Key, Node)>,
    places: BTreeMap<String, Range<usize>>,
}

impl Entries {
    /// Adds an entry, or reports the key as written twice.
    fn insert(&mut self, key: Key, node: Node, source: &Source, faults: &mut Vec<Diagnostic>) {
        if let Some(first) = self.places.get(&key.text) {
            if faults.len() < MAX_TEXT_FAULTS {
                faults.push(
                    Diagnostic::new(Code::DuplicateKey, format!("`{}` is written twice", key.text))
                        .at(Span::new(source, key.bytes.clone()))
                        .related(Span::new(source, first.clone()), "first written here")
                        .hint("keep one of the two"),
                );
            }
        } else {
            self.places.insert(key.text.clone(), key.bytes.clone());
            self.list.push((key, node));
        }
    }
}

/// Why reading stopped.
struct Stop {
    fault: Diagnostic,
    at: usize,
    /// Whether going on is pointless: a bound was reached.
    fatal: bool,
}

/// A list or map that is being read.
enum Open {
    List { items: Vec<Node>, start: usize, anchor: usize },
    Map { entries: Entries, key: Option<Key>, start: usize, anchor: usize },
}

/// Builds nodes from the parser's events.
struct Builder<'a> {
    source: &'a Source,
    /// Where in the text this run began, in bytes.
    from: usize,
    stack: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    faults: Vec<Diagnostic>,
}

impl Builder<'_> {
    /// Reads one document; `Ok(None)` for an empty text.
    fn run(&mut self) -> Result<Option<Node>, Stop> {
        let text = &self.source.text()[self.from..];
        let mut parser = Parser::new_from_str(text);
        let mut root: Option<Node> = None;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let range = span.byte_range().unwrap_or(0..0);
            let bytes = self.from + range.start..self.from + range.end;
            let done = match event {
                Event::Scalar(value, style, anchor, _) => {
                    let plain = style == ScalarStyle::Plain;
                    let kind = match value.as_ref() {
                        "" | "~" | "null" if plain => NodeKind::Null,
                        text => NodeKind::Scalar { text: text.nfc().collect(), plain },
                    };
                    let bytes = self.trim(bytes);
                    Some((Node::new(kind, bytes), anchor, 1))
                }
                Event::Alias(anchor) => match self.anchors.get(&anchor) {
                    Some(node) if self.nodes + node.weight <= MAX_NODES => {
                        Some((Node { bytes: bytes.clone(), ..node.clone() }, 0, node.weight))
                    }
                    Some(_) => return Err(self.too_many(bytes)),
                    None => return Err(self.bound(Code::YamlSyntax, bytes, "the alias refers to itself")),
                },
                Event::SequenceStart(_, anchor, _) => {
                    self.stack.push(Open::List { items: Vec::new(), start: bytes.start, anchor });
                    None
                }
                Event::MappingStart(_, anchor, _) => {
                    self.stack.push(Open::Map { entries: Entries::default(), key: None, start: bytes.start, anchor });
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.stack.pop().map(|open| close(open, bytes.end)).map(|(node, anchor)| (node, anchor, 1))
                }
                Event::DocumentStart(..) if root.is_some() => {
                    return Err(self.bound(Code::YamlSyntax, bytes, "the file holds a second YAML document"));
                }
                _ => None,
            };
            if self.stack.len() > MAX_DEPTH {
                let at = self.from + range.start;
                return Err(self.too_deep(at..at + 1));
            }
            if let Some((node, anchor, grown)) = done {
                self.nodes += grown;
                if self.nodes > MAX_NODES {
                    return Err(self.too_many(node.bytes));
                }
                if anchor != 0 {
                    self.anchors.insert(anchor, node.clone());
                }
                if let Some(top) = self.place(node) {
                    root = Some(top);
                }
            }
        }
        Ok(root)
    }

    /// Puts a finished node where it belongs; returns it when it is the top.
    fn place(&mut self, node: Node) -> Option<Node> {
        match self.stack.last_mut() {
            None => return Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.insert(key, node, self.source, &mut self.faults),
                None => match node.kind {
                    NodeKind::Scalar { text, .. } => *key = Some(Key { text, bytes: node.bytes }),
                    NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => {
                        self.faults.push(
                            Diagnostic::new(Code::YamlSyntax, "a field name must be a single word")
                                .at(Span::new(self.source, node.bytes.clone())),
                        );
                        *key = Some(Key { text: String::new(), bytes: node.bytes });
                    }
                },
            },
        }
        None
    }

    /// Closes whatever is open after an error and returns what was read so far.
    fn salvage(&mut self) -> Option<Node> {
        while let Some(open) = self.stack.pop() {
            let (node, _) = close(open, self.source.text().len());
            if let Some(top) = self.place(node) {
                return Some(top);
            }
        }
        None
    }

    /// Drops the blanks and comments that the parser counts to a scalar's place.
    fn trim(&self, bytes: Range<usize>) -> Range<usize> {
        let text = self.source.text().get(bytes.clone()).unwrap_or_default();
        bytes.start..bytes.start + text.trim_end().len()
    }

    fn syntax(&self, error: &ScanError) -> Stop {
        let mark = error.marker();
        let at = match mark.byte_offset() {
            Some(offset) => self.from + offset,
            None => {
                let first = self.source.place(self.from).line;
                self.source.offset(Place { line: first + mark.line() - 1, column: mark.col() + 1 })
            }
        };
        let at = at.min(self.source.text().len());
        let message = error.info();
        // The parser has bounds of its own, on depth and on the length of keys.
        if message.contains("limit") || message.contains("exceed") {
            return self.too_deep(at..at + 1);
        }
        let fault = Diagnostic::new(
            Code::YamlSyntax,
            format!("the file cannot be read as YAML here: {}", message.to_lowercase()),
        )
        .at(Span::new(self.source, at..at + 1))
        .hint("check the indentation (spaces, no tabs), the colon and blank after each field name, and the quotes");
        Stop { fault, at, fatal: false }
    }

    fn too_many(&self, bytes: Range<usize>) -> Stop {
        let message = format!("the file holds more than {MAX_NODES} values, aliases counted in full");
        self.bound(Code::InputTooLarge, bytes, &message)
    }

    fn too_deep(&self, bytes: Range<usize>) -> Stop {
        let message = format!("lists and groups are nested more than {MAX_DEPTH} deep");
        self.bound(Code::InputTooLarge, bytes, &message)
    }

    fn bound(&self, code: Code, bytes: Range<usize>, message: &str) -> Stop {
        let at = bytes.start;
        Stop { fault: Diagnostic::new(code, message).at(Span::new(self.source, bytes)), at, fatal: true }
    }
}

fn close(open: Open, end: usize) -> (Node, usize) {
    match open {
        Open::List { items, start, anchor } => (Node::new(NodeKind::List(items), start..end), anchor),
        Open::Map { mut entries, key, start, anchor } => {
            if let Some(key) = key {
                let bytes = key.bytes.end..key.bytes.end;
                entries.list.push((key, Node::new(NodeKind::Null, bytes)));
            }
            (Node::new(NodeKind::Map(entries.list), start..end), anchor)
        }
    }
}

#[cfg(test)]
mod tests;
