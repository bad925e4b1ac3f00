//! The case: reading a case file and a unit profile, checking them, and giving their data to templates.
//!
//! Reading never stops at the first fault. [`load`] gives the model as far as it could be read and all
//! faults of the file; [`rules`] finds what does not fit between the documents. YAML is
//! read through [`crate::yaml`], the only door to its parser.

pub mod data;
pub mod eligibility;
pub mod field;
pub mod kind;
pub mod model;
pub mod rules;
pub mod schema;
pub mod view;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::yaml::{self, Node, Tree};
use field::{Reader, Value};
use model::{Case, Unit};

/// A file that was read: the model, its text and the faults of the text.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// What could be read.
    pub value: T,
    /// The text.
    pub source: Source,
    /// Faults of the text and its fields.
    pub faults: Vec<Diagnostic>,
    root: Node,
    /// Items of lists that could not be read and that the model lacks.
    dropped: Vec<(String, usize)>,
}

impl<T> Loaded<T> {
    /// Returns the place of the value that a path names, or of its nearest ancestor.
    pub fn span(&self, path: &str) -> Span {
        let (_, bytes) = self.root.locate(&self.in_file(path));
        let end = bytes.end.max(bytes.start + 1);
        Span::new(&self.source, bytes.start..end)
    }

    /// Turns places in the model's lists into places in the file's lists, which may hold more items.
    fn in_file(&self, path: &str) -> String {
        if self.dropped.is_empty() {
            return path.to_owned();
        }
        let mut done = String::new();
        for part in path.split_inclusive(']') {
            let Some((before, at)) = part.strip_suffix(']').and_then(|part| part.rsplit_once('[')) else {
                done.push_str(part);
                continue;
            };
            done.push_str(before);
            let mut place: usize = at.parse().unwrap_or_default();
            for (_, dropped) in self.dropped.iter().filter(|(list, _)| *list == done) {
                place += usize::from(*dropped <= place);
            }
            done.push_str(&format!("[{place}]"));
        }
        done
    }

    /// Returns whether the file says anything under a path.
    pub fn has(&self, path: &str) -> bool {
        let mut node = &self.root;
        for part in path.split('.') {
            match node.get(part) {
                Some(next) => node = next,
                None => return false,
            }
        }
        true
    }
}

/// Reads a case file, with every fault of the text and its fields.
pub fn load(name: &str, bytes: &[u8]) -> Loaded<Case> {
    load_as(name, bytes)
}

/// Reads a unit's profile, with every fault of the text and its fields.
pub fn load_unit(name: &str, bytes: &[u8]) -> Loaded<Unit> {
    load_as(name, bytes)
}

fn load_as<T: Value + Default>(name: &str, bytes: &[u8]) -> Loaded<T> {
    let tree = match yaml::text(name, bytes) {
        Ok(source) => yaml::parse(&source),
        Err(fault) => {
            Tree { source: Source::new(name, ""), root: Node::empty_map(), faults: vec![fault], partial: true }
        }
    };
    let Tree { source, root, mut faults, partial } = tree;
    let mut reader = Reader::new(&source, partial);
    let value = T::read(&root, &mut reader).unwrap_or_default();
    faults.append(&mut reader.faults);
    let dropped = reader.dropped;
    Loaded { value, source, faults, root, dropped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_right_after_an_item_that_could_not_be_read() {
        let text = "investors:\n  - oops\n  - {name: A}\n  - 5\n  - {name: B}\n";
        let loaded = load("case.yaml", text.as_bytes());
        assert_eq!(loaded.value.investors.get().map(Vec::len), Some(2));
        assert_eq!(loaded.span("investors[0].name").start().line, 3);
        assert_eq!(loaded.span("investors[1].name").start().line, 5);
    }
}
