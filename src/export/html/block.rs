//! Blocks: the body of the page, in the order of the document.

use super::Writer;
use super::escape::attr;
use super::{direction, find_word};
use crate::document::{Align, Block, Inline, Labelled, Parallel, Party, Role, walk};

/// From so many columns on a table may be wider than the narrowest screen, and can be moved with the keyboard.
const WIDE: usize = 2;

impl Writer<'_> {
    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para { content, .. } => self.before[self.column] = Some(walk::plain(content)),
            Block::Scale { .. } | Block::Parallel(_) => {}
            _ => self.before[self.column] = None,
        }
        match block {
            Block::Heading { level, number, id, content } => {
                self.heading(*level, number.as_deref(), id.as_deref(), content);
            }
            Block::Para { content, role } => self.para(content, *role, None),
            Block::Clause { number, level, id, blocks } => self.clause(number, *level, id.as_deref(), blocks),
            Block::List { start, tight, items } => self.list(*start, *tight, items),
            Block::Table { align, header, rows, total } => self.table(align, header, rows, *total),
            Block::Quote(blocks) => self.wrapped("<blockquote>", "</blockquote>", blocks),
            Block::Note(blocks) => self.wrapped("<div class=\"note\" role=\"note\">", "</div>", blocks),
            Block::Fields(rows) => self.fields(rows),
            Block::Signatures(parties) => self.signatures(parties),
            Block::Enclosures(list) => self.closing_list(list, true),
            Block::Copies(list) => self.closing_list(list, false),
            Block::Rating(rating) => self.rating(rating),
            Block::Scale { id, from, to, low, high, value } => self.scale(id, (*from, *to), (low, high), *value),
            Block::Choice { id, question, multiple, options } => self.choice(id, question, *multiple, options),
            Block::Answer { id, label, lines, value } => self.answer(id, label, *lines, value.as_deref()),
            Block::Code(text) => {
                self.out.push_str(&format!("<pre dir=\"ltr\"><code>{}</code></pre>\n", attr(text)));
            }
            Block::Parallel(parallel) => self.parallel(parallel),
            Block::PageBreak => self.out.push_str("<div class=\"pagebreak\"></div>\n"),
            Block::Rule => self.out.push_str("<hr>\n"),
        }
    }

    fn wrapped(&mut self, open: &str, close: &str, blocks: &[Block]) {
        if !blocks.is_empty() {
            self.out.push_str(&format!("{open}\n"));
            self.blocks(blocks);
            self.out.push_str(&format!("{close}\n"));
        }
    }

    /// Writes a heading, its level moved so that the highest stands below the title and none is skipped.
    fn heading(&mut self, level: u8, number: Option<&str>, id: Option<&str>, content: &[Inline]) {
        let listed = self.is_listed(level).then(|| self.listed.pop_front()).flatten();
        if content.is_empty() {
            return;
        }
        let wanted = i16::from(level) + self.shift;
        // Only in two columns is the title among the blocks; the second language's stands below the first's.
        let is_title = self.shift == 0 && level == 1;
        let top = if is_title && self.level == 0 && self.column == 0 { 1 } else { 2 };
        let own = wanted.clamp(top, (self.level + 1).clamp(top, 6));
        self.level = own;
        let id = match (self.id_attribute(id), listed) {
            (id, Some(listed)) if id.is_empty() => format!(" id=\"{}\"", attr(&listed)),
            (id, _) => id,
        };
        let mut classes = Vec::new();
        classes.extend(is_title.then_some("title"));
        classes.extend(number.map(|_| "numbered"));
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let number = number.map(|number| format!("<span class=\"n\">{}</span> ", attr(number))).unwrap_or_default();
        let inner = self.inlines(content);
        self.out.push_str(&format!("<h{own}{id}{class}>{number}{inner}</h{own}>\n"));
    }

    /// Returns whether a heading is in the list of contents.
    fn is_listed(&self, level: u8) -> bool {
        !self.listed.is_empty() && i16::from(level) + self.shift == 2
    }

    /// Writes a paragraph, with the number of the clause that it opens.
    fn para(&mut self, content: &[Inline], role: Role, number: Option<&str>) {
        if content.is_empty() && number.is_none() {
            return;
        }
        let class = match role {
            Role::Body => "",
            Role::Salutation => " class=\"salutation\"",
            Role::Closing => " class=\"closing\"",
            Role::Lead => " class=\"lead\"",
            Role::Small => " class=\"small\"",
        };
        // A paragraph wholly in another language runs in its direction.
        let lang = walk::sole_language(content).filter(|_| number.is_none()).unwrap_or(self.lang);
        let attributes = self.lang_attributes(lang);
        let inner = self.within(lang, |writer| writer.inlines(content));
        let number = number.map(|number| format!("<span class=\"n\">{}</span> ", attr(number))).unwrap_or_default();
        self.out.push_str(&format!("<p{class}{attributes}>{number}{inner}</p>\n"));
    }

    fn clause(&mut self, number: &str, level: u8, id: Option<&str>, blocks: &[Block]) {
        let id = self.id_attribute(id);
        self.out.push_str(&format!("<div class=\"clause level-{}\"{id}>\n", level.clamp(1, 6)));
        let rest = if let [Block::Para { content, role }, rest @ ..] = blocks {
            self.before[self.column] = Some(walk::plain(content));
            self.para(content, *role, Some(number));
            rest
        } else {
            self.para(&[], Role::Body, Some(number));
            blocks
        };
        self.blocks(rest);
        self.out.push_str("</div>\n");
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Vec<Block>]) {
        if items.is_empty() {
            return;
        }
        let class = if tight { " class=\"tight\"" } else { "" };
        let (open, close) = match start {
            Some(1) => (format!("<ol{class}>"), "</ol>"),
            // The range of numbers that HTML has.
            Some(start) => (format!("<ol start=\"{}\"{class}>", start.min(i32::MAX as u64)), "</ol>"),
            None => (format!("<ul{class}>"), "</ul>"),
        };
        self.out.push_str(&format!("{open}\n"));
        for item in items {
            self.out.push_str("<li>");
            match item.as_slice() {
                [Block::Para { content, role: Role::Body }] if walk::sole_language(content).is_none() => {
                    let inner = self.inlines(content);
                    self.out.push_str(&inner);
                }
                blocks => {
                    self.out.push('\n');
                    self.blocks(blocks);
                }
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("{close}\n"));
    }

    fn table(&mut self, align: &[Align], header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], total: bool) {
        let count = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
        if count == 0 {
            return;
        }
        let aligned = |at: usize| align.get(at).copied().unwrap_or(Align::Start);
        let focus = if count >= WIDE { " tabindex=\"0\" role=\"group\"" } else { "" };
        self.out.push_str(&format!("<div class=\"scroll\"{focus}>\n<table>\n"));
        if header.iter().any(|cell| !cell.is_empty()) {
            self.out.push_str("<thead>\n<tr>");
            for (at, cell) in header.iter().enumerate() {
                let inner = self.inlines(cell);
                self.out.push_str(&cell_of(&inner, "col", aligned(at)));
            }
            self.out.push_str("</tr>\n</thead>\n");
        }
        self.out.push_str("<tbody>\n");
        for (row_at, row) in rows.iter().enumerate() {
            let class = if total && row_at + 1 == rows.len() { " class=\"total\"" } else { "" };
            self.out.push_str(&format!("<tr{class}>"));
            for at in 0..count {
                let cell = row.get(at).map_or(&[][..], Vec::as_slice);
                // Figures read from left to right in any script.
                let inner = match aligned(at) {
                    Align::End => self.isolated_inlines(cell),
                    Align::Start | Align::Center => self.inlines(cell),
                };
                // The first column names the row, where it is one of words.
                let names = at == 0 && count > 1 && aligned(0) != Align::End;
                self.out.push_str(&cell_of(&inner, if names { "row" } else { "" }, aligned(at)));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// Writes labels and values; an empty value leaves room to write.
    fn fields(&mut self, rows: &[(Vec<Inline>, Vec<Inline>)]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("<dl class=\"fields\">\n");
        for (label, value) in rows {
            let term = self.inlines(label);
            let empty = walk::plain(value).trim().is_empty();
            let (id, inner) = if empty {
                let id = self.fresh("label");
                (format!(" id=\"{id}\""), self.open_field(&id))
            } else {
                (String::new(), self.isolated_inlines(value))
            };
            self.out.push_str(&format!("<div><dt{id}>{term}</dt> <dd>{inner}</dd></div>\n"));
        }
        self.out.push_str("</dl>\n");
    }

    fn signatures(&mut self, parties: &[Party]) {
        let alone = parties.len() == 1 && self.letter;
        let class = match parties.len() {
            0 => return,
            1 if alone => "signatures alone",
            1 => "signatures",
            2..=6 => "signatures two",
            _ => "signatures three",
        };
        self.out.push_str(&format!("<div class=\"{class}\">\n"));
        for party in parties {
            self.party(party, alone);
        }
        self.out.push_str("</div>\n");
    }

    fn party(&mut self, party: &Party, alone: bool) {
        self.out.push_str("<div class=\"party\">\n");
        if !party.intro.is_empty() {
            let inner = self.inlines(&party.intro);
            self.out.push_str(&format!("<p class=\"intro\">{inner}</p>\n"));
        }
        let pattern = find_word(self.words, "signed_on").unwrap_or("{date}");
        let signed = party.signed.as_ref().map(|date| attr(&pattern.replace("{date}", date)));
        if alone {
            self.out.push_str(&match &signed {
                Some(signed) => format!("<p class=\"signed\">{signed}</p>\n"),
                None => "<div class=\"hand\"></div>\n".to_owned(),
            });
        }
        let mut lines = Vec::new();
        for (at, line) in party.lines.iter().enumerate() {
            let inner = self.inlines(line);
            lines.push(if at == 0 { format!("<strong>{inner}</strong>") } else { inner });
        }
        if !lines.is_empty() {
            self.out.push_str(&format!("<p class=\"who\">{}</p>\n", lines.join("<br>\n")));
        }
        if !alone {
            self.party_lines(party, signed);
        }
        self.out.push_str("</div>\n");
    }

    /// Writes place, date and signature, as recorded or as lines to write on.
    fn party_lines(&mut self, party: &Party, signed: Option<String>) {
        let mut rows = String::new();
        match &party.place {
            Some(place) => rows.push_str(&self.given("place", place)),
            None if signed.is_none() => rows.push_str(&self.line("place")),
            None => {}
        }
        let mut stated = String::new();
        match (signed, &party.date) {
            (Some(signed), _) => stated = format!("<p class=\"signed\">{signed}</p>\n"),
            (None, Some(date)) if !party.blank_date => rows.push_str(&self.given("date", date)),
            (None, _) => rows.push_str(&self.line("date")),
        }
        let hand = self.line("signature").replacen("<div>", "<div class=\"hand\">", 1);
        let grid = |rows: &str| if rows.is_empty() { String::new() } else { format!("<dl>\n{rows}</dl>\n") };
        self.out.push_str(&if stated.is_empty() {
            grid(&(rows + &hand))
        } else {
            format!("{}{stated}{}", grid(&rows), grid(&hand))
        });
    }

    fn given(&self, key: &str, value: &str) -> String {
        format!("<div><dt>{}</dt> <dd>{}</dd></div>\n", self.labelled(key), self.text(value))
    }

    fn line(&self, key: &str) -> String {
        let said = attr(&format!("{}, {}", self.word(key), self.word("answer_space")));
        format!(
            "<div><dt>{}</dt> <dd class=\"line\"><span role=\"img\" aria-label=\"{said}\"></span></dd></div>\n",
            self.labelled(key)
        )
    }

    /// Writes enclosures, numbered where there are several, or copies.
    fn closing_list(&mut self, list: &Labelled, numbered: bool) {
        if list.items.is_empty() {
            return;
        }
        let items: Vec<String> = list.items.iter().map(|item| self.inlines(item)).collect();
        let inner = if let [item] = items.as_slice() {
            item.clone()
        } else {
            let name = if numbered { "ol" } else { "ul" };
            let items: Vec<String> = items.iter().map(|item| format!("<li>{item}</li>\n")).collect();
            format!("\n<{name}>\n{}</{name}>\n", items.concat())
        };
        let label = attr(&list.label);
        self.out.push_str(&format!("<dl class=\"enclosures\">\n<div><dt>{label}</dt> <dd>{inner}</dd></div>\n</dl>\n"));
    }

    /// Writes rows of two columns, each in its language.
    fn parallel(&mut self, parallel: &Parallel) {
        let outer = (self.words, self.lang, self.shift);
        let words = [self.words, self.second.unwrap_or(self.words)];
        self.shift = 0;
        self.out.push_str("<div class=\"parallel-text\">\n");
        for row in &parallel.rows {
            let wide = if row.iter().flatten().any(is_wide) { " wide" } else { "" };
            self.out.push_str(&format!("<div class=\"row{wide}\">\n"));
            for (column, side) in row.iter().enumerate() {
                let lang = parallel.locales[column].lang;
                (self.column, self.words, self.lang) = (column, words[column], lang);
                self.out.push_str(&format!("<div lang=\"{}\" dir=\"{}\">\n", lang.code(), direction(lang)));
                self.blocks(side);
                self.out.push_str("</div>\n");
            }
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</div>\n");
        (self.words, self.lang, self.shift) = outer;
        self.column = 0;
    }
}

/// Returns a cell of a table; `scope` is empty where it names nothing.
fn cell_of(inner: &str, scope: &str, align: Align) -> String {
    let class = match align {
        Align::Start => "",
        Align::Center => " class=\"center\"",
        Align::End => " class=\"end\"",
    };
    if scope.is_empty() || inner.is_empty() {
        format!("<td{class}>{inner}</td>")
    } else {
        format!("<th scope=\"{scope}\"{class}>{inner}</th>")
    }
}

/// Returns whether a block has no room in half a page: it stands over the whole width, one language below the other.
fn is_wide(block: &Block) -> bool {
    match block {
        Block::Rating(_) | Block::Scale { .. } | Block::Answer { .. } => true,
        Block::Signatures(parties) => parties.len() > 1,
        Block::Table { header, .. } => header.len() > 2,
        _ => false,
    }
}
