//! Fenced blocks: what Markdown lacks, each with a typed YAML body.
//!
//! `signatures`, `enclosures`, `copies`, `fields`, `note`, `rating`, `scale`, `choice`, `answer`,
//! `pagebreak`. Text values may hold inline Markdown. `docs/templates.md` shows each.

use std::ops::Range;

use super::markdown::{self, Dialect, Reading};
use super::{commonmark, quarantine};
use crate::diagnostic::{Code, nearest};
use crate::document::{Block, ChoiceOption, Inline, Labelled, Party, Rating, RatingItem};
use crate::source::Source;
use crate::yaml::{self, Node, NodeKind};

/// Names of all fenced blocks.
pub const NAMES: &[&str] =
    &["signatures", "enclosures", "copies", "fields", "note", "rating", "scale", "choice", "answer", "pagebreak"];

/// Reads a fenced block; `None` after a fault, or where the block holds nothing to show.
pub fn read(
    reading: &mut Reading<'_>,
    name: &str,
    body: &str,
    bytes: Range<usize>,
    whole: Range<usize>,
) -> Option<Block> {
    match name {
        "pagebreak" => return Some(Block::PageBreak),
        "note" if reading.dialect == Dialect::Template => {
            return Some(Block::Note(markdown::blocks(reading, bytes)));
        }
        "note" => return Some(Block::Note(commonmark::blocks(reading, body, bytes.start))),
        _ if !NAMES.contains(&name) => {
            let hint = match nearest(name, NAMES.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", NAMES.join(", ")),
            };
            reading.fault(Code::BlockInvalid, whole, format!("there is no fenced block `{name}`"), hint);
            return None;
        }
        _ => {}
    }
    let tree = yaml::parse_generated(&Source::new(reading.source.name(), body));
    for fault in tree.faults {
        let at = fault.span.map_or(0, |span| span.bytes.start) + bytes.start;
        reading.fault(fault.code, at..at + 1, fault.message, fault.hints.join("; "));
    }
    if tree.partial {
        return None;
    }
    let mut fields = Fields { reading, base: bytes.start, name, whole };
    fields.block(&tree.root)
}

/// Reads values of a fenced block, with faults that name the field.
pub(super) struct Fields<'r, 's> {
    pub(super) reading: &'r mut Reading<'s>,
    /// Where the YAML text begins in the source.
    pub(super) base: usize,
    /// Name of the block, for messages.
    pub(super) name: &'r str,
    /// The whole block, for faults about what is absent.
    pub(super) whole: Range<usize>,
}

impl Fields<'_, '_> {
    fn block(&mut self, root: &Node) -> Option<Block> {
        match self.name {
            "signatures" => {
                let parties: Vec<_> = self.items(root).iter().map(|node| self.party(node)).collect();
                (!parties.is_empty()).then_some(Block::Signatures(parties))
            }
            "enclosures" => self.labelled(root).map(Block::Enclosures),
            "copies" => self.labelled(root).map(Block::Copies),
            "fields" => {
                let rows: Vec<_> = self.items(root).iter().map(|row| self.row(row)).collect();
                let rows: Vec<_> = rows.into_iter().filter(|(_, value)| !value.is_empty()).collect();
                (!rows.is_empty()).then_some(Block::Fields(rows))
            }
            "rating" => self.rating(root),
            "scale" => {
                self.known(root, &["id", "from", "to", "low", "high", "value"]);
                Some(Block::Scale {
                    id: self.text(root, "id")?,
                    from: self.number(root, "from", 0),
                    to: self.number(root, "to", 10),
                    low: self.inlines(root, "low"),
                    high: self.inlines(root, "high"),
                    value: self.optional(root, "value").and_then(|value| value.parse().ok()),
                })
            }
            "choice" => self.choice(root),
            _ => {
                self.known(root, &["id", "label", "lines", "value"]);
                let value = self.inlines(root, "value");
                Some(Block::Answer {
                    id: self.text(root, "id")?,
                    label: self.inlines(root, "label"),
                    lines: u64::try_from(self.number(root, "lines", 3)).unwrap_or(3).clamp(1, 40),
                    value: (!value.is_empty()).then_some(value),
                })
            }
        }
    }

    fn party(&mut self, node: &Node) -> Party {
        self.known(node, &["intro", "lines", "signed", "place", "date", "blank_date"]);
        let lines = node.get("lines").map(|lines| self.items(lines).to_vec()).unwrap_or_default();
        Party {
            intro: self.inlines(node, "intro"),
            lines: lines.iter().map(|line| self.inline_of(line)).filter(|line| !line.is_empty()).collect(),
            signed: self.optional(node, "signed"),
            place: self.optional(node, "place"),
            date: self.optional(node, "date"),
            blank_date: self.flag(node, "blank_date"),
        }
    }

    fn row(&mut self, node: &Node) -> (Vec<Inline>, Vec<Inline>) {
        self.known(node, &["label", "value"]);
        (self.inlines(node, "label"), self.inlines(node, "value"))
    }

    fn labelled(&mut self, root: &Node) -> Option<Labelled> {
        self.known(root, &["label", "items"]);
        let label = self.text(root, "label")?;
        let items = root.get("items").map(|items| self.items(items).to_vec()).unwrap_or_default();
        let items: Vec<_> = items.iter().map(|item| self.inline_of(item)).filter(|item| !item.is_empty()).collect();
        (!items.is_empty()).then_some(Labelled { label, items })
    }

    fn rating(&mut self, root: &Node) -> Option<Block> {
        self.known(root, &["legend", "na", "items"]);
        let legend = root.get("legend").map(|legend| self.items(legend).to_vec()).unwrap_or_default();
        let legend =
            legend.iter().filter_map(|entry| Some((self.text(entry, "value")?, self.text(entry, "label")?))).collect();
        let na = self.optional(root, "na");
        let nodes = root.get("items").map(|items| self.items(items).to_vec()).unwrap_or_default();
        let mut items = Vec::new();
        for node in &nodes {
            self.known(node, &["id", "number", "label", "question", "comment", "value"]);
            items.push(RatingItem {
                id: self.text(node, "id")?,
                number: self.optional(node, "number"),
                label: self.inlines(node, "label"),
                question: self.inlines(node, "question"),
                comment: self.flag(node, "comment"),
                value: self.optional(node, "value"),
            });
        }
        (!items.is_empty()).then_some(Block::Rating(Rating { legend, na, items }))
    }

    fn choice(&mut self, root: &Node) -> Option<Block> {
        self.known(root, &["id", "question", "multiple", "options"]);
        let nodes = root.get("options").map(|options| self.items(options).to_vec()).unwrap_or_default();
        let mut options = Vec::new();
        for node in &nodes {
            self.known(node, &["id", "label", "checked"]);
            options.push(ChoiceOption {
                id: self.text(node, "id")?,
                label: self.inlines(node, "label"),
                checked: self.flag(node, "checked"),
            });
        }
        Some(Block::Choice {
            id: self.text(root, "id")?,
            question: self.inlines(root, "question"),
            multiple: self.flag(root, "multiple"),
            options,
        })
    }

    /// Reports fields that the block does not have.
    pub(super) fn known(&mut self, node: &Node, known: &[&str]) {
        let NodeKind::Map(entries) = &node.kind else {
            let at = self.place(&node.bytes);
            self.reading.fault(
                Code::BlockInvalid,
                at,
                format!("`{}` should hold fields here, not {}", self.name, node.describe()),
                format!("its fields are {}", known.join(", ")),
            );
            return;
        };
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.text.as_str())) {
            let hint = match nearest(&key.text, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields are {}", known.join(", ")),
            };
            let at = self.place(&key.bytes);
            self.reading.fault(
                Code::BlockInvalid,
                at,
                format!("`{}` has no field `{}`", self.name, quarantine::release(&key.text)),
                hint,
            );
        }
    }

    pub(super) fn place(&self, bytes: &Range<usize>) -> Range<usize> {
        self.base + bytes.start..self.base + bytes.end
    }

    /// Returns the items of a list; nothing for an empty value, a fault for anything else.
    pub(super) fn items<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.kind {
            NodeKind::List(items) => items,
            NodeKind::Null => &[],
            NodeKind::Map(entries) if entries.is_empty() => &[],
            NodeKind::Map(_) | NodeKind::Scalar { .. } => {
                let at = self.place(&node.bytes);
                self.reading.fault(
                    Code::BlockInvalid,
                    at,
                    format!("`{}` should hold a list here, not {}", self.name, node.describe()),
                    "begin each item with `- `",
                );
                &[]
            }
        }
    }

    /// Returns a field's text with data still carried over; `None` when absent or empty.
    fn raw<'n>(&mut self, node: &'n Node, field: &str) -> Option<(&'n str, Range<usize>)> {
        match node.get(field).map(|value| (&value.kind, value)) {
            Some((NodeKind::Scalar { text, .. }, value)) if !text.trim().is_empty() => {
                Some((text, self.place(&value.bytes)))
            }
            Some((NodeKind::List(_) | NodeKind::Map(_), value)) => {
                let at = self.place(&value.bytes);
                self.reading.fault(
                    Code::BlockInvalid,
                    at,
                    format!("`{field}` should be a line of text, not {}", value.describe()),
                    "",
                );
                None
            }
            _ => None,
        }
    }

    /// Returns a field's text, or `None` when absent or empty.
    pub(super) fn optional(&mut self, node: &Node, field: &str) -> Option<String> {
        let text = self.raw(node, field).map(|(text, _)| text.to_owned())?;
        if self.reading.dialect != Dialect::Template {
            return Some(text);
        }
        self.reading.blanks.extend(quarantine::blanks(&text));
        let text = (self.reading.typography)(text.trim());
        Some(quarantine::release(&text))
    }

    /// Returns a field's text; a fault when it is absent.
    pub(super) fn text(&mut self, node: &Node, field: &str) -> Option<String> {
        let text = self.optional(node, field);
        if text.is_none() {
            let at = self.whole.clone();
            self.reading.fault(
                Code::BlockInvalid,
                at,
                format!("`{}` lacks the field `{field}`", self.name),
                format!("write `{field}: …`"),
            );
        }
        text
    }

    /// Returns a field's inline content; empty when absent.
    pub(super) fn inlines(&mut self, node: &Node, field: &str) -> Vec<Inline> {
        node.get(field).map(|value| self.inline_of(value)).unwrap_or_default()
    }

    /// Returns a node's inline content; empty for an empty node.
    pub(super) fn inline_of(&mut self, node: &Node) -> Vec<Inline> {
        match &node.kind {
            NodeKind::Scalar { text, .. } if !text.trim().is_empty() => {
                let at = self.place(&node.bytes).start;
                match self.reading.dialect {
                    Dialect::Template => markdown::inline(self.reading, text, at),
                    Dialect::Written | Dialect::Free => commonmark::inline(self.reading, text, at),
                }
            }
            NodeKind::Scalar { .. } | NodeKind::Null => Vec::new(),
            NodeKind::List(_) | NodeKind::Map(_) => {
                let at = self.place(&node.bytes);
                self.reading.fault(
                    Code::BlockInvalid,
                    at,
                    format!("`{}` should hold a line of text here, not {}", self.name, node.describe()),
                    "a colon and a blank inside a text want quotes around it",
                );
                Vec::new()
            }
        }
    }

    fn number(&mut self, node: &Node, field: &str, usual: i64) -> i64 {
        let Some(text) = self.optional(node, field) else { return usual };
        text.parse().unwrap_or_else(|_| {
            let at = self.whole.clone();
            self.reading.fault(Code::BlockInvalid, at, format!("`{field}` should be a whole number, not `{text}`"), "");
            usual
        })
    }

    /// Returns whether a field says yes.
    pub(super) fn flag(&mut self, node: &Node, field: &str) -> bool {
        self.optional(node, field).is_some_and(|text| matches!(text.as_str(), "yes" | "true"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(text: &str) -> (Vec<Block>, Vec<String>) {
        let source = Source::new("x.md", text);
        let mut reading = Reading::new(&source);
        let blocks = markdown::blocks(&mut reading, 0..text.len());
        (
            blocks,
            reading
                .faults
                .iter()
                .map(|fault| format!("{}: {}", fault.span.as_ref().map_or(0, |span| span.start().line), fault.message))
                .collect(),
        )
    }

    #[test]
    fn a_signature_block_is_read() {
        let name = quarantine::carry("O'Neil: \"x\" # y");
        let (blocks, faults) =
            read_one(&format!("```signatures\n- lines:\n    - \"**A**\"\n    - {name}\n  blank_date: yes\n```\n"));
        assert_eq!(faults, Vec::<String>::new());
        let Block::Signatures(parties) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(
            parties[0].lines,
            [vec![Inline::Strong(vec![Inline::Text("A".into())])], vec![Inline::Text("O'Neil: \"x\" # y".into())]]
        );
        assert!(parties[0].blank_date);
    }

    #[test]
    fn faults_point_at_the_line() {
        let (_, faults) = read_one("text\n\n```scale\nid: nps\nform: 0\n```\n\n```singatures\n```\n");
        assert_eq!(faults, ["5: `scale` has no field `form`", "8: there is no fenced block `singatures`"]);
    }

    #[test]
    fn what_is_empty_disappears() {
        let (blocks, faults) = read_one("```copies\nlabel: cc\nitems:\n```\n\n```fields\n- {label: a, value: }\n```\n");
        assert_eq!((blocks, faults), (vec![], vec![]));
    }
}
