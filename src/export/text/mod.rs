//! Document to plain text, for e-mail: UTF-8, at most 72 columns, nothing that needs a program to be read.
//!
//! Numbers hang before their clauses; tables are drawn in columns, or as records where they are too wide; footnotes
//! stand at the end. Text from right to left stays in its logical order, as any program that shows it expects.
//! Every fixed word comes from the document.

mod form;
mod table;
mod wrap;

use self::table::{Table, grid, table};
use self::wrap::{hung, width, wrap};
use crate::document::{Block, Document, Inline, Letter, LetterStyle, Meta, Parallel, Role, Status};

/// Width of the text in columns, as in e-mail.
const COLUMNS: usize = 72;
/// Least room for text, however deep it is nested.
const LEAST: usize = 24;

/// Writes a document as plain text. The same document gives the same text.
pub fn write(document: &Document) -> String {
    let meta = &document.meta;
    let mut writer = Writer { meta, words: &meta.words, letter: meta.letter.is_some(), notes: Vec::new() };
    let mut parts = vec![writer.notices()];
    match &meta.letter {
        Some(letter) => parts.extend(writer.letter(letter)),
        // Both titles stand in the rows of a document in two languages.
        None if meta.parallel_words.is_some() => {}
        None => parts.extend(writer.title()),
    }
    parts.push(writer.blocks(&document.blocks, COLUMNS));
    parts.push(writer.footnotes());
    let mut out = joined(parts, true).join("\n");
    out.push('\n');
    out
}

struct Writer<'a> {
    meta: &'a Meta,
    /// Fixed words, in the language at hand.
    words: &'a [(String, String)],
    /// Whether the document is a letter.
    letter: bool,
    /// Footnotes so far.
    notes: Vec<String>,
}

impl Writer<'_> {
    fn word(&self, key: &str) -> &str {
        self.words.iter().find(|(name, _)| name == key).map_or("", |(_, word)| word)
    }

    /// Writes a number in the figures of the document.
    fn number(&self, number: impl ToString) -> String {
        let text = number.to_string();
        match self.meta.locale.digit_chars() {
            Some(digits) => text
                .chars()
                .map(|c| c.to_digit(10).and_then(|at| digits.chars().nth(at as usize)).unwrap_or(c))
                .collect(),
            None => text,
        }
    }

    /// Returns the text of inline content, with line breaks; footnotes are kept for the end.
    fn plain(&mut self, content: &[Inline]) -> String {
        let mut text = String::new();
        for inline in content {
            match inline {
                Inline::Text(part) | Inline::Code(part) | Inline::Ref { text: part, .. } => {
                    text.extend(part.chars().map(|c| if c.is_control() { ' ' } else { c }));
                }
                Inline::Strong(content) | Inline::Emph(content) | Inline::Lang { content, .. } => {
                    text.push_str(&self.plain(content));
                }
                Inline::Link { url, content } => {
                    let shown = self.plain(content);
                    let bare = url.strip_prefix("mailto:").unwrap_or(url);
                    text.push_str(&shown);
                    if shown != bare && shown != *url {
                        text.push_str(&format!(" <{url}>"));
                    }
                }
                Inline::Anchor(_) => {}
                Inline::Break => text.push('\n'),
                Inline::Blank(path) => {
                    text.push_str(&format!("[{}{} {path}]", self.word("blank"), self.word("colon")));
                }
                Inline::Note(content) => {
                    let at = self.notes.len();
                    self.notes.push(String::new());
                    self.notes[at] = self.plain(content);
                    text.push_str(&format!("[{}]", self.number(at + 1)));
                }
            }
        }
        text
    }

    /// Returns what is to be read before anything else: draft, confidential.
    fn notices(&self) -> Vec<String> {
        let draft = (self.meta.status == Status::Draft).then(|| self.word("draft").to_owned());
        draft.into_iter().chain(self.meta.confidentiality.clone()).flat_map(|text| wrap(&text, COLUMNS)).collect()
    }

    fn title(&mut self) -> Vec<Vec<String>> {
        let mut head = underlined(wrap(&self.meta.title, COLUMNS), '=');
        head.extend(self.meta.subtitle.iter().flat_map(|text| wrap(text, COLUMNS)));
        let rows: Vec<_> = [("reference", &self.meta.reference), ("date", &self.meta.date)]
            .into_iter()
            .filter_map(|(key, value)| Some((self.word(key).to_owned(), value.clone()?)))
            .collect();
        vec![head, grid(&rows, COLUMNS, self.word("colon"))]
    }

    fn letter(&mut self, letter: &Letter) -> Vec<Vec<String>> {
        let lines = |writer: &mut Self, content: &[Vec<Inline>]| -> Vec<String> {
            content.iter().flat_map(|line| wrap(&writer.plain(line), COLUMNS)).collect()
        };
        let mut head: Vec<String> =
            letter.head.state.iter().chain(&letter.head.motto).flat_map(|text| wrap(text, COLUMNS)).collect();
        head.extend(lines(self, &letter.head.lines));
        let contact = letter.head.contact.iter().flat_map(|text| wrap(text, COLUMNS)).collect();
        let recipient = lines(self, &letter.recipient);
        let info: Vec<_> = letter.info.iter().map(|(label, value)| (label.clone(), self.plain(value))).collect();
        let info = grid(&info, COLUMNS, self.word("colon"));
        let place_date = lines(self, std::slice::from_ref(&letter.place_date));
        let mut parts = vec![head, contact];
        match letter.style {
            LetterStyle::Unit => parts.extend([recipient, info, place_date]),
            LetterStyle::Authority => parts.extend([info, place_date, recipient]),
        }
        if !letter.subject.is_empty() {
            let subject = self.plain(&letter.subject);
            let label = self.word("subject");
            let label = if label.is_empty() { String::new() } else { format!("{label}{} ", self.word("colon")) };
            parts.push(underlined(wrap(&format!("{label}{subject}"), COLUMNS), '-'));
        }
        parts
    }

    fn footnotes(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        let notes = std::mem::take(&mut self.notes);
        if !notes.is_empty() {
            lines.push("-".repeat(20));
        }
        for (at, note) in notes.iter().enumerate() {
            let sign = format!("[{}] ", self.number(at + 1));
            let room = width(&sign);
            lines.extend(hung(&sign, room, wrap(note, COLUMNS - room)));
        }
        lines
    }

    /// Writes blocks, an empty line between them.
    fn blocks(&mut self, blocks: &[Block], columns: usize) -> Vec<String> {
        let mut parts = Vec::new();
        let mut rest = blocks;
        while let Some(block) = rest.first() {
            let clauses = rest.iter().take_while(|block| matches!(block, Block::Clause { .. })).count();
            parts.push(match block {
                Block::Clause { .. } => self.clauses(&rest[..clauses], columns),
                block => self.block(block, columns),
            });
            rest = &rest[clauses.max(1)..];
        }
        joined(parts, true)
    }

    fn block(&mut self, block: &Block, columns: usize) -> Vec<String> {
        match block {
            Block::Heading { level, number, content, .. } => {
                let number = number.as_deref().unwrap_or_default();
                let room = if number.is_empty() { 0 } else { width(number) + 2 };
                let text = self.plain(content);
                let lines = hung(number, room, wrap(&text, columns.saturating_sub(room).max(LEAST)));
                if *level <= 1 { underlined(lines, '-') } else { lines }
            }
            Block::Para { content, role } => {
                let mut lines = wrap(&self.plain(content), columns);
                if *role == Role::Closing && self.letter {
                    lines.insert(0, String::new());
                }
                lines
            }
            Block::List { start, items, .. } => self.list(*start, items, columns),
            Block::Table { align, header, rows, total } => {
                let mut texts = |cells: &[Vec<Inline>]| cells.iter().map(|cell| self.plain(cell)).collect::<Vec<_>>();
                let header = texts(header);
                let rows = rows.iter().map(|row| texts(row)).collect();
                let drawn = Table { align: align.clone(), header, rows, total: *total };
                table(&drawn, columns, self.word("colon"))
            }
            Block::Quote(inner) => prefixed("> ", self.blocks(inner, narrower(columns, 2))),
            Block::Note(inner) => prefixed("| ", self.blocks(inner, narrower(columns, 2))),
            Block::Fields(rows) => {
                let rows: Vec<_> = rows.iter().map(|(label, value)| (self.plain(label), self.plain(value))).collect();
                grid(&rows, columns, self.word("colon"))
            }
            Block::Code(text) => prefixed("    ", text.lines().map(str::to_owned).collect()),
            Block::Parallel(parallel) => self.parallel(parallel, columns),
            Block::PageBreak => Vec::new(),
            Block::Rule => vec!["-".repeat(columns)],
            other => self.form(other, columns),
        }
    }

    fn clauses(&mut self, clauses: &[Block], columns: usize) -> Vec<String> {
        let numbers = clauses.iter().filter_map(|block| match block {
            Block::Clause { number, .. } => Some(width(number)),
            _ => None,
        });
        let room = (numbers.max().unwrap_or(0) + 2).max(4);
        let mut parts = Vec::new();
        let mut top = false;
        for clause in clauses {
            let Block::Clause { number, level, blocks, .. } = clause else { continue };
            top |= *level <= 1;
            let lines = self.blocks(blocks, narrower(columns, room));
            parts.push(hung(number, room, lines));
        }
        // Points of one clause stand close together, unless they are long themselves.
        let apart = top || parts.iter().any(|part| part.iter().any(String::is_empty));
        joined(parts, apart)
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], columns: usize) -> Vec<String> {
        let signs: Vec<String> = (0..)
            .zip(items)
            .map(|(at, _)| match start {
                Some(start) => format!("{}.", self.number(start.saturating_add(at))),
                None => "-".to_owned(),
            })
            .collect();
        let room = signs.iter().map(|sign| width(sign)).max().unwrap_or(0) + 1;
        let parts: Vec<_> = items
            .iter()
            .zip(&signs)
            .map(|(item, sign)| hung(sign, room, self.blocks(item, narrower(columns, room))))
            .collect();
        let apart = parts.iter().any(|part| part.iter().any(String::is_empty));
        joined(parts, apart)
    }

    /// Writes two languages one after the other, row by row.
    fn parallel(&mut self, parallel: &Parallel, columns: usize) -> Vec<String> {
        let first = self.words;
        let mut parts = Vec::new();
        for [left, right] in &parallel.rows {
            parts.push(self.blocks(left, columns));
            self.words = self.meta.parallel_words.as_deref().unwrap_or(first);
            parts.push(self.blocks(right, columns));
            self.words = first;
        }
        joined(parts, true)
    }
}

/// Joins parts, an empty line between them if they stand apart; empty ones are left out.
fn joined(parts: Vec<Vec<String>>, apart: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if apart && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

fn narrower(columns: usize, by: usize) -> usize {
    columns.saturating_sub(by).max(LEAST)
}

fn underlined(mut lines: Vec<String>, sign: char) -> Vec<String> {
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    lines.push(sign.to_string().repeat(longest.min(COLUMNS)));
    lines
}

fn prefixed(sign: &str, lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("{sign}{line}").trim_end_matches(' ').to_owned()).collect()
}

#[cfg(test)]
mod tests;
