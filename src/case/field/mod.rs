//! How a model type is read from YAML, described in the JSON Schema and handed to templates.
//!
//! A [`Value`] is anything that can stand behind a field. A [`Field`] is how it may be present:
//! [`Required`], `Option`, `Vec`, [`Keyed`]. The `record!` macro makes both
//! the struct and its `Value` from one declaration, so reading, schema, templates and documentation
//! cannot disagree. Reading never stops at the first fault: what cannot be read is left out, reported,
//! and everything else is read.

mod declare;
mod presence;

use std::ops::Range;

use schemars::{Schema, SchemaGenerator};

use super::data::{Data, Scope};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Source, Span};
use crate::yaml::{Node, NodeKind};

pub(crate) use declare::{choice, record};
pub use declare::{describe, not_a_choice, object, one_of, step};
pub use presence::{Extra, Keyed, Required};

/// Faults of one file that are reported; beyond, they tell nothing new.
const MAX_FAULTS: usize = 200;

/// Gathers faults while a tree is read.
#[derive(Debug)]
pub struct Reader<'a> {
    source: &'a Source,
    path: Vec<String>,
    /// Absent fields prove nothing, because part of the text could not be read.
    partial: bool,
    /// What was found wrong so far.
    pub faults: Vec<Diagnostic>,
    /// Items of lists that could not be read: path of the list, place in the file's list.
    pub dropped: Vec<(String, usize)>,
}

impl<'a> Reader<'a> {
    /// Starts reading a tree of this source; `partial` silences faults about absent fields.
    pub fn new(source: &'a Source, partial: bool) -> Self {
        Self { source, path: Vec::new(), partial, faults: Vec::new(), dropped: Vec::new() }
    }

    /// Returns the path of the value that is being read.
    pub fn path(&self) -> String {
        join_path(&self.path)
    }

    /// Reads something one step deeper.
    pub fn within<T>(&mut self, step: impl Into<String>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reports a fault at a node and returns `None`.
    pub fn fault<T>(
        &mut self,
        node: &Node,
        code: Code,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<T> {
        let mut fault = Diagnostic::new(code, message).at(Span::new(self.source, node.bytes.clone())).path(self.path());
        let hint = hint.into();
        if !hint.is_empty() {
            fault = fault.hint(hint);
        }
        self.push(fault);
        None
    }

    /// Adds a fault, up to the number that anybody would read.
    fn push(&mut self, fault: Diagnostic) {
        match self.faults.len() {
            n if n < MAX_FAULTS => self.faults.push(fault),
            MAX_FAULTS => {
                let span = fault.span.unwrap_or_else(|| Span::new(self.source, 0..1));
                let message = format!("there are more than {MAX_FAULTS} faults; those from here on are not shown");
                self.faults.push(
                    Diagnostic::new(Code::TooManyFaults, message)
                        .at(span)
                        .hint("mend the first ones, then check again"),
                );
            }
            _ => {}
        }
    }

    /// Reads the text of a scalar, or reports that something else stands there.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        match &node.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => {
                let message = format!("`{}` should be {wanted}, but {} stands here", self.name(), node.describe());
                self.fault(node, Code::WrongType, message, format!("write {wanted}"))
            }
        }
    }

    /// Returns the last field name of the path, for messages.
    pub fn name(&self) -> String {
        self.path.iter().rev().find(|step| !step.starts_with('[')).cloned().unwrap_or_else(|| "the file".into())
    }

    /// Reports names of a map that are not among the known ones.
    pub fn unknown(&mut self, node: &Node, known: &[&str], what: &str) {
        let NodeKind::Map(entries) = &node.kind else { return };
        for (key, _) in entries {
            if known.contains(&key.text.as_str()) {
                continue;
            }
            let near = nearest(&key.text, known.iter().copied());
            let hint = match near {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known here: {}; your own data goes under `extra`", known.join(", ")),
            };
            let path = self.within(key.text.clone(), |reader| reader.path());
            let fault = Diagnostic::new(Code::UnknownField, format!("{what} has no field `{}`", key.text));
            self.push(fault.at(Span::new(self.source, key.bytes.clone())).path(path).hint(hint));
        }
    }

    /// Reports a required field that is absent or empty.
    pub fn missing(&mut self, parent: &Node, node: Option<&Node>, description: &str, hint: String) {
        if self.partial && node.is_none() {
            return;
        }
        let above = || heading(self.source.text(), parent.bytes.start);
        let bytes = node.map_or_else(above, |node| node.bytes.clone());
        let mut fault = Diagnostic::new(
            Code::MissingField,
            format!("`{}` is missing: {}", self.name(), first_sentence(description)),
        )
        .at(Span::new(self.source, bytes))
        .path(self.path());
        fault = fault.hint(hint);
        self.push(fault);
    }
}

/// Returns the place of the field name above a group of fields that begins at `start`, or else of the
/// group's first character: where somebody looks who is to add a field.
fn heading(text: &str, start: usize) -> Range<usize> {
    let first = start..start + text[start..].chars().next().map_or(0, char::len_utf8);
    let mut lines = text[..start].lines().rev();
    let above = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let line = above.map(|line| line.split(" #").next().unwrap_or(line).trim_end()).unwrap_or_default();
    let name = line.strip_suffix(':').map(|name| name.trim_start_matches([' ', '-'])).unwrap_or_default();
    match text[..start].rfind(&format!("{name}:")) {
        Some(at) if !name.is_empty() => at..at + name.len(),
        _ => first,
    }
}

/// Joins path steps: `a`, `b`, `[0]` → `a.b[0]`.
fn join_path(steps: &[String]) -> String {
    let mut path = String::new();
    for step in steps {
        if !path.is_empty() && !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(step);
    }
    path
}

/// Returns a doc text's first sentence in the form of a message: lower-case start, no full stop.
fn first_sentence(description: &str) -> String {
    let text =
        description.trim().lines().map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let end = text.find(". ").unwrap_or(text.len());
    let sentence = text[..end].trim_end_matches('.');
    let mut letters = sentence.chars();
    let second_is_upper = sentence.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}

/// Anything that can stand behind a field of a case file.
pub trait Value: Sized {
    /// Reads the value; `None` after a fault was reported.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// Returns the JSON Schema, without a description.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Returns the value for templates; `path` is its place in the case file.
    fn data(&self, scope: &Scope<'_>, path: &str) -> Data;

    /// Returns what a template gets when the value is required and missing.
    fn blank(path: &str) -> Data {
        Data::Blank(path.to_owned())
    }

    /// Returns how a value may be written, for hints and the documentation.
    fn example() -> String;

    /// Returns what to write under a name where the value is missing.
    fn advice(name: &str) -> String {
        format!("write `{name}: {}`", Self::example())
    }
}

/// How a value may be present under a key.
pub trait Field: Sized {
    /// Whether the key must be there.
    const REQUIRED: bool;

    /// Reads the field from its map.
    fn read(parent: &Node, node: Option<&Node>, description: &str, reader: &mut Reader<'_>) -> Self;

    /// Returns the JSON Schema, without a description.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Returns the value for templates.
    fn data(&self, scope: &Scope<'_>, path: &str) -> Data;

    /// Returns what templates get for the field of a record that is itself missing.
    fn blank(path: &str) -> Data;
}
