//! Document to Markdown: for e-mail and version control, readable as it stands, and read back to an equal document
//! by [`crate::import::back`].
//!
//! CommonMark with tables, footnotes and identifiers of headings. Everything known about the document stands in
//! the front matter. Numbers stand in the text, so that they are those of every other format: headings as
//! `## 3. Title { #id }`, clauses as items of a list of dashes, `- **3.1** Text { #id }`. Lists that are not
//! clauses begin with `*` or `+`, never with a dash. A paragraph is one line, so that versions compare well. What
//! Markdown lacks is a fenced block, as in templates; two languages side by side are a `<div>` for each side.

mod fence;
mod front;
mod inline;
mod yaml;

use self::inline::{Notes, Place};
use crate::document::{Align, Block, Document, Inline, Parallel, Role};
use crate::locale::Lang;

/// Signs of the items of lists that are no clauses; lists that follow one another take turns.
const BULLETS: [&str; 2] = ["*", "+"];
/// What stands after the figure of a numbered item, by turns.
const POINTS: [&str; 2] = [".", ")"];
/// Highest number of an item (CommonMark §5.2: nine figures).
const MAX_NUMBER: u64 = 999_999_999;

/// Writes a document as Markdown. The same document gives the same text.
pub fn write(document: &Document) -> String {
    let mut body = Body { lang: document.meta.locale.lang, notes: Notes::new() };
    let mut out = front::write(&document.meta, &mut body);
    let text = body.scope(&document.blocks);
    if !text.is_empty() {
        out.push('\n');
        out.push_str(&text);
        out.push('\n');
    }
    out
}

/// Writes the content of a document.
struct Body {
    /// The document's language.
    lang: Lang,
    notes: Notes,
}

/// Where blocks stand among lists.
#[derive(Clone, Copy, Default)]
struct Nesting {
    /// How many clauses are around.
    clauses: u8,
    /// How many lists are around.
    lists: usize,
}

impl Body {
    fn inline(&mut self, content: &[Inline], place: Place, before: &str) -> String {
        inline::write(content, place, before, self.lang, &mut self.notes)
    }

    /// Writes blocks with the footnotes that they name.
    fn scope(&mut self, blocks: &[Block]) -> String {
        let outer = std::mem::take(&mut self.notes);
        let mut parts = vec![self.blocks(blocks, Nesting::default())];
        let notes = std::mem::replace(&mut self.notes, outer);
        parts.extend(notes.into_iter().enumerate().map(|(at, note)| {
            let text = note.unwrap_or_default();
            format!("[^{}]: {text}", at + 1)
        }));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    fn blocks(&mut self, blocks: &[Block], nesting: Nesting) -> String {
        let mut out = String::new();
        let mut turn = 0;
        let mut rest = blocks;
        let mut previous: Option<&Block> = None;
        while let Some(block) = rest.first() {
            let clauses = rest.iter().take_while(|block| matches!(block, Block::Clause { .. })).count();
            let text = match block {
                Block::Clause { .. } => self.clauses(&rest[..clauses], nesting),
                Block::List { start, items, .. } => {
                    if matches!(previous, Some(Block::List { .. })) {
                        turn = 1 - turn;
                    }
                    self.list(*start, items, turn, nesting)
                }
                block => self.block(block, nesting),
            };
            if !out.is_empty() {
                // Points follow the words that lead to them.
                let leads = nesting.lists > 0 && matches!(previous, Some(Block::Para { .. }));
                out.push_str(if leads && interrupts(block) { "\n" } else { "\n\n" });
            }
            out.push_str(&text);
            previous = Some(block);
            rest = &rest[clauses.max(1)..];
        }
        out
    }

    fn block(&mut self, block: &Block, nesting: Nesting) -> String {
        match block {
            Block::Heading { level, number, id, content } => {
                self.heading(*level, number.as_deref(), id.as_deref(), content)
            }
            Block::Para { content, role } => {
                let text = self.inline(content, Place::Paragraph, "");
                match role_name(*role) {
                    Some(name) => format!("{{.{name}}}\n{text}"),
                    None => text,
                }
            }
            Block::Table { align, header, rows, .. } => self.table(align, header, rows),
            Block::Quote(inner) => prefixed(&self.blocks(inner, nesting)),
            Block::Note(inner) => {
                let text = self.scope(inner);
                fenced("note", &text)
            }
            Block::Code(text) => fenced("", text),
            Block::Parallel(parallel) => self.parallel(parallel, nesting),
            Block::PageBreak => fenced("pagebreak", ""),
            Block::Rule => "---".to_owned(),
            other => match fence::fields(other, self) {
                Some((name, fields)) => fenced(name, yaml::write(&fields).trim_end_matches('\n')),
                // Clauses and lists are written with their like.
                None => String::new(),
            },
        }
    }

    fn heading(&mut self, level: u8, number: Option<&str>, id: Option<&str>, content: &[Inline]) -> String {
        let depth = usize::from(level.clamp(1, 5)) + 1;
        let attributes = Attributes { id, level: (usize::from(level) + 1 != depth).then_some(level) };
        let mut line = format!("{} {}", "#".repeat(depth), attributes.before());
        match number {
            Some(number) if !number.is_empty() && !number.contains(' ') => {
                line = self.inline(&[Inline::Text(format!("{number}."))], Place::Heading, &line) + " ";
            }
            Some(number) => line.push_str(&(strong_number(number) + " ")),
            None if looks_numbered(content) => line.push_str(inline::PARTING),
            None => {}
        }
        let line = self.inline(content, Place::Heading, &line);
        line.trim_end_matches(' ').to_owned() + &attributes.after()
    }

    fn clauses(&mut self, clauses: &[Block], nesting: Nesting) -> String {
        let inner = Nesting { clauses: nesting.clauses.saturating_add(1), lists: nesting.lists + 1 };
        let mut items = Vec::new();
        for clause in clauses {
            let Block::Clause { number, level, id, blocks } = clause else { continue };
            let attributes = Attributes { id: id.as_deref(), level: (*level != inner.clauses).then_some(*level) };
            let mut line = attributes.before() + &strong_number(number);
            let rest = match blocks.split_first() {
                Some((Block::Para { content, role: Role::Body }, rest)) => {
                    line.push(' ');
                    line = self.inline(content, Place::Paragraph, &line);
                    rest
                }
                _ => blocks,
            };
            line.push_str(&attributes.after());
            let text = self.blocks(rest, inner);
            if !text.is_empty() {
                let follows = blocks.len() > rest.len() && rest.first().is_some_and(interrupts);
                line.push_str(if follows { "\n" } else { "\n\n" });
                line.push_str(&text);
            }
            items.push(item("- ", &line));
        }
        items.join(if nesting.clauses == 0 || items.iter().any(|item| item.contains("\n\n")) { "\n\n" } else { "\n" })
    }

    /// Writes a list; `turn` parts it from the list before it.
    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], turn: usize, nesting: Nesting) -> String {
        // A list at the start of an item must not share its sign with it: `* * *` is a rule.
        let bullet = (nesting.lists + turn) % 2;
        let lists = if start.is_none() { bullet + 1 } else { nesting.lists + 1 };
        let inner = Nesting { lists, ..nesting };
        let mut written = Vec::new();
        for (number, blocks) in (0..).zip(items) {
            let mark = match start {
                Some(start) => format!("{}{} ", start.saturating_add(number).min(MAX_NUMBER), POINTS[turn]),
                None => format!("{} ", BULLETS[bullet]),
            };
            written.push(item(&mark, &self.blocks(blocks, inner)));
        }
        written.join(if written.iter().any(|item| item.contains("\n\n")) { "\n\n" } else { "\n" })
    }

    fn table(&mut self, align: &[Align], header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let mut lines = vec![self.row(header)];
        let signs: Vec<_> = align
            .iter()
            .map(|align| match align {
                Align::Start => ":--",
                Align::Center => ":-:",
                Align::End => "--:",
            })
            .collect();
        lines.push(format!("| {} |", signs.join(" | ")));
        lines.extend(rows.iter().map(|row| self.row(row)));
        lines.join("\n")
    }

    fn row(&mut self, cells: &[Vec<Inline>]) -> String {
        let cells: Vec<_> = cells.iter().map(|cell| self.inline(cell, Place::Cell, "")).collect();
        format!("| {} |", cells.join(" | "))
    }

    fn parallel(&mut self, parallel: &Parallel, nesting: Nesting) -> String {
        let Parallel { locales, rows } = parallel;
        let mut parts = vec![format!("<div class=\"parallel {} {}\">", locales[0], locales[1])];
        for row in rows {
            for (locale, side) in locales.iter().zip(row) {
                let direction = if locale.lang.is_rtl() { " dir=\"rtl\"" } else { "" };
                parts.push(format!("<div lang=\"{locale}\"{direction}>"));
                let outer = std::mem::replace(&mut self.lang, locale.lang);
                parts.push(self.blocks(side, nesting));
                self.lang = outer;
                parts.push("</div>".to_owned());
            }
        }
        parts.push("</div>".to_owned());
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }
}

/// What a heading or a clause has beside its text.
struct Attributes<'a> {
    id: Option<&'a str>,
    /// Level, where the place does not tell it.
    level: Option<u8>,
}

impl Attributes<'_> {
    fn id_fits(&self) -> bool {
        self.id.is_none_or(|id| {
            !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        })
    }

    /// Returns an identifier that braces cannot hold.
    fn before(&self) -> String {
        match self.id {
            Some(id) if !self.id_fits() => format!("<a class=\"own\" id=\"{}\"></a>", inline::attribute(id)),
            _ => String::new(),
        }
    }

    /// Returns what stands in braces after the text.
    fn after(&self) -> String {
        let id = self.id.filter(|_| self.id_fits()).map(|id| format!("#{id}"));
        let level = self.level.map(|level| format!("level={level}"));
        let all: Vec<_> = id.into_iter().chain(level).collect();
        if all.is_empty() { String::new() } else { format!(" {{ {} }}", all.join(" ")) }
    }
}

fn strong_number(number: &str) -> String {
    let content = if number.is_empty() { Vec::new() } else { vec![Inline::Text(number.to_owned())] };
    inline::write(&[Inline::Strong(content)], Place::Heading, "", Lang::En, &mut Notes::new())
}

/// Returns the name that templates use.
fn role_name(role: Role) -> Option<&'static str> {
    match role {
        Role::Body => None,
        Role::Salutation => Some("salutation"),
        Role::Closing => Some("closing"),
        Role::Lead => Some("lead"),
        Role::Small => Some("small"),
    }
}

/// Whether the start of a heading could be taken for its number.
fn looks_numbered(content: &[Inline]) -> bool {
    match content.first() {
        Some(Inline::Text(text)) => text.split(' ').next().is_some_and(|word| word.ends_with('.')),
        Some(Inline::Strong(_)) => true,
        _ => false,
    }
}

/// Whether a block may follow a paragraph without an empty line (CommonMark §5.2).
fn interrupts(block: &Block) -> bool {
    match block {
        Block::Clause { .. } => true,
        Block::List { start, items, .. } => {
            start.is_none_or(|start| start == 1) && items.first().is_some_and(|item| !item.is_empty())
        }
        _ => false,
    }
}

/// Writes an item of a list: its sign, then its lines below one another.
fn item(mark: &str, text: &str) -> String {
    if text.is_empty() {
        // Readers disagree on what follows an item without anything in it.
        return format!("{mark}{}", inline::PARTING);
    }
    let indent = " ".repeat(mark.len());
    let mut out = mark.to_owned();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { "" } else { &indent });
        }
        out.push_str(line);
    }
    out
}

/// Puts the sign of a quotation before every line.
fn prefixed(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Writes a fenced block.
fn fenced(name: &str, body: &str) -> String {
    let fence = "`".repeat((inline::longest_run(body) + 1).max(3));
    if body.is_empty() { format!("{fence}{name}\n{fence}") } else { format!("{fence}{name}\n{body}\n{fence}") }
}

#[cfg(test)]
mod tests;
