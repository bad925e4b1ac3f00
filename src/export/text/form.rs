//! Questions to answer and places to sign, in plain text.

use super::Writer;
use super::wrap::{hung, width, wrap};
use crate::document::{Block, Inline, Labelled, Party, Rating};

/// Width of a line to write on, where something stands beside it.
const LINE: usize = 40;

impl Writer<'_> {
    /// Writes a question, a place to sign or a closing list; nothing for any other block.
    pub(super) fn form(&mut self, block: &Block, columns: usize) -> Vec<String> {
        match block {
            Block::Signatures(parties) => self.signatures(parties, columns),
            Block::Enclosures(list) | Block::Copies(list) => self.labelled_list(list, columns),
            Block::Rating(rating) => self.rating(rating, columns),
            Block::Scale { from, to, low, high, value, .. } => {
                let range = || *from..=(*to).min(from.saturating_add(100));
                let boxes = range().map(|number| tick(*value == Some(number), &self.number(number)));
                let boxes: Vec<_> = boxes.collect();
                let mut lines = wrap(&boxes.join("  "), columns);
                for (number, meaning) in [(from, low), (to, high)] {
                    let text = self.plain(meaning);
                    if !text.is_empty() {
                        lines.extend(wrap(&format!("{} = {text}", self.number(*number)), columns));
                    }
                }
                lines
            }
            Block::Choice { question, options, .. } => {
                let mut lines = self.wrapped(question, columns);
                for option in options {
                    let label = self.wrapped(&option.label, columns.saturating_sub(4));
                    lines.extend(hung(if option.checked { "[x] " } else { "[ ] " }, 4, label));
                }
                lines
            }
            Block::Answer { label, lines: count, value, .. } => {
                let mut lines = self.wrapped(label, columns);
                match value {
                    Some(value) => lines.extend(self.wrapped(value, columns)),
                    None => lines.extend((0..*count).map(|_| "_".repeat(columns))),
                }
                lines
            }
            _ => Vec::new(),
        }
    }

    /// Wraps content; no lines for none.
    fn wrapped(&mut self, content: &[Inline], columns: usize) -> Vec<String> {
        if content.is_empty() { Vec::new() } else { wrap(&self.plain(content), columns) }
    }

    fn labelled_list(&mut self, list: &Labelled, columns: usize) -> Vec<String> {
        let mut lines = wrap(&list.label, columns);
        for item in &list.items {
            let item = self.wrapped(item, columns.saturating_sub(2));
            lines.extend(hung("- ", 2, item));
        }
        lines
    }

    fn rating(&mut self, rating: &Rating, columns: usize) -> Vec<String> {
        let room = rating.legend.iter().map(|(value, _)| width(value)).max().unwrap_or(0) + 2;
        let mut lines = Vec::new();
        for (value, meaning) in &rating.legend {
            lines.extend(hung(value, room, wrap(meaning, columns.saturating_sub(room))));
        }
        for item in &rating.items {
            lines.push(String::new());
            let number = item.number.as_deref().unwrap_or_default();
            let room = if number.is_empty() { 0 } else { width(number) + 2 };
            let mut text = self.wrapped(&item.label, columns.saturating_sub(room));
            text.extend(self.wrapped(&item.question, columns.saturating_sub(room)));
            let values = rating.legend.iter().map(|(value, _)| (value.as_str(), value.as_str()));
            let values = values.chain(rating.na.iter().map(|na| ("na", na.as_str())));
            let boxes: Vec<_> =
                values.map(|(value, shown)| tick(item.value.as_deref() == Some(value), shown)).collect();
            text.extend(wrap(&boxes.join("  "), columns.saturating_sub(room)));
            if item.comment {
                text.push(self.line_for("comment", columns.saturating_sub(room)));
            }
            lines.extend(hung(number, room, text));
        }
        lines
    }

    /// Writes a word with a line to write on.
    fn line_for(&self, key: &str, columns: usize) -> String {
        let label = format!("{}{} ", self.word(key), self.word("colon"));
        let room = columns.saturating_sub(width(&label)).clamp(8, LINE);
        format!("{label}{}", "_".repeat(room))
    }

    fn signatures(&mut self, parties: &[Party], columns: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for party in parties {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(self.wrapped(&party.intro, columns));
            let names: Vec<String> = party.lines.iter().flat_map(|line| self.wrapped(line, columns)).collect();
            let signed = party.signed.as_ref().map(|date| self.word("signed_on").replace("{date}", date));
            if self.letter && parties.len() == 1 {
                lines.push(String::new());
                match signed {
                    Some(signed) => lines.extend(wrap(&signed, columns)),
                    None => lines.push("_".repeat(LINE)),
                }
                lines.extend(names);
                continue;
            }
            lines.extend(names);
            let given = |writer: &Self, key: &str, value: &str| {
                wrap(&format!("{}{} {value}", writer.word(key), writer.word("colon")), columns)
            };
            match &party.place {
                Some(place) => lines.extend(given(self, "place", place)),
                None if signed.is_none() => lines.push(self.line_for("place", columns)),
                None => {}
            }
            match (signed, &party.date) {
                (Some(signed), _) => lines.extend(wrap(&signed, columns)),
                (None, Some(date)) if !party.blank_date => lines.extend(given(self, "date", date)),
                _ => lines.push(self.line_for("date", columns)),
            }
            lines.push(self.line_for("signature", columns));
        }
        lines
    }
}

/// Writes a box with what it stands for, held together.
fn tick(ticked: bool, text: &str) -> String {
    // A box must not part from its figure at the end of a line.
    let text = text.replace(' ', "\u{a0}");
    if ticked { format!("[x]\u{a0}{text}") } else { format!("[\u{a0}]\u{a0}{text}") }
}
