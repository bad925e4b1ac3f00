//! Blocks: headings, paragraphs, clauses, lists, boxes; and which of them stay on one page.

use super::inline::Content;
use super::markup::{Paragraph, Run, border, put, spacer};
use super::styles::heading;
use super::table::{Cell, Row, Table};
use super::theme::{LINE, SHADE};
use super::{Writer, language, numbering};
use crate::document::{Block, Inline, Role, walk};
use crate::locale::Locale;

/// Where blocks stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// Width that there is, without the indent.
    pub(super) width: u32,
    /// Indent at the side where lines start.
    pub(super) indent: u32,
    /// Lists around.
    pub(super) depth: usize,
    /// Language.
    pub(super) locale: Locale,
    /// Whether everything stays on the page of what comes next.
    pub(super) keep: bool,
    /// Style of a paragraph of text.
    pub(super) style: &'static str,
    /// Column that it belongs to: 0 for the document, 1 and 2 for two languages side by side.
    pub(super) column: usize,
}

impl At {
    /// Returns the same place with less width, for a cell.
    pub(super) fn within(self, width: u32, margin: u32) -> Self {
        Self { width: width.saturating_sub(2 * margin).max(600), indent: 0, ..self }
    }

    /// Returns the same place, moved in.
    fn moved(self, by: u32) -> Self {
        // However deep things nest, some room is left for words.
        let by = by.min(self.width.saturating_sub(1600));
        Self { indent: self.indent + by, width: self.width - by, ..self }
    }

    fn rtl(self) -> bool {
        self.locale.lang.is_rtl()
    }
}

impl Writer<'_> {
    /// Returns blocks as paragraphs and tables.
    pub(super) fn blocks(&mut self, blocks: &[Block], at: At) -> String {
        let flags = keep_flags(blocks);
        let mut out = String::new();
        for (block, keep) in blocks.iter().zip(flags) {
            out.push_str(&self.block(block, At { keep: at.keep || keep, ..at }));
        }
        out
    }

    fn block(&mut self, block: &Block, at: At) -> String {
        match block {
            Block::Heading { level, number, id, content } => {
                self.heading(*level, number.as_deref(), id.as_deref(), content, at)
            }
            Block::Para { content, role } => self.role(content, *role, at),
            Block::Clause { number, level, id, blocks } => self.clause(number, *level, id.as_deref(), blocks, at),
            Block::List { start, tight, items } => self.list(*start, *tight, items, at),
            Block::Table { align, header, rows, total } => self.data_table(align, header, rows, *total, at),
            Block::Quote(blocks) => {
                let style = if at.style.is_empty() { "Quote" } else { at.style };
                self.blocks(blocks, At { style, ..at.moved(if at.style.is_empty() { 397 } else { 200 }) })
            }
            Block::Note(blocks) => self.boxed(blocks, at),
            Block::Fields(rows) => self.fields(rows, at),
            Block::Signatures(parties) => self.signatures(parties, at),
            Block::Enclosures(list) => self.closing_list(list, true, at),
            Block::Copies(list) => self.closing_list(list, false, at),
            Block::Rating(rating) => self.rating(rating, at),
            Block::Scale { id, from, to, low, high, value } => self.scale(id, (*from, *to), (low, high), *value, at),
            Block::Choice { id, question, options, .. } => self.choice(id, question, options, at),
            Block::Answer { id, label, lines, value } => self.answer(id, label, *lines, value.as_deref(), at),
            Block::Code(text) => self.code(text, at),
            Block::Parallel(parallel) => self.parallel(parallel, at),
            Block::PageBreak => "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".to_owned(),
            Block::Rule => {
                Paragraph { borders: border("bottom", 4, 1, LINE), ..Paragraph::styled("Spacer", false) }.around("")
            }
        }
    }

    /// The look of a run of text at a place.
    pub(super) fn plain_run(&self, at: At) -> Run {
        if at.locale.lang == self.document.meta.locale.lang {
            return Run::default();
        }
        Run { lang: language::tag(at.locale), ..Run::default() }
    }

    /// Returns the direction of a paragraph: that of its language, if all of it is in another than the document's.
    pub(super) fn direction(content: &[Inline], at: At) -> bool {
        walk::sole_language(content).map_or(at.rtl(), crate::locale::Lang::is_rtl)
    }

    /// Returns one paragraph of inline content.
    pub(super) fn paragraph(&mut self, content: &[Inline], paragraph: Paragraph, at: At) -> String {
        let run = self.plain_run(at);
        self.paragraph_in(content, paragraph, run, at)
    }

    /// Returns one paragraph of inline content, all of one look.
    pub(super) fn paragraph_in(&mut self, content: &[Inline], paragraph: Paragraph, run: Run, at: At) -> String {
        let rtl = Self::direction(content, at);
        let runs = self.inlines(content, run, at.locale, rtl);
        let mut paragraph = Paragraph { rtl, keep_next: paragraph.keep_next || at.keep, ..paragraph };
        if at.indent > 0 && paragraph.indent.is_none() {
            paragraph.indent = Some((at.indent, 0));
        }
        paragraph.around(&runs)
    }

    fn role(&mut self, content: &[Inline], role: Role, at: At) -> String {
        if content.is_empty() {
            return String::new();
        }
        let style = match role {
            Role::Body => at.style,
            Role::Salutation => "Salutation",
            Role::Closing => "Closing",
            Role::Lead => "Lead",
            Role::Small => "Small",
        };
        self.paragraph(content, Paragraph::styled(style, false), at)
    }

    fn heading(&mut self, level: u8, number: Option<&str>, id: Option<&str>, content: &[Inline], at: At) -> String {
        let shown = usize::from(level.max(1)) - 1 + self.look.shift;
        let style = heading(shown);
        let mut paragraph = Paragraph::styled(style, false);
        let outline = self.scopes[at.column].outline;
        let linked = at.column == 0 && self.document.meta.numbering != crate::document::Numbering::None;
        let mut typed = None;
        if let Some(number) = number {
            let depth = if self.scopes[at.column].clauses { 0 } else { number.matches('.').count().min(8) };
            let candidates: Vec<_> = (outline != 0).then_some((outline, depth)).into_iter().collect();
            match self.numbering.place(&candidates, number) {
                Some((list, level)) => {
                    let of_style = linked
                        && list == outline
                        && shown.checked_sub(self.look.base) == Some(level)
                        && (level == 0 || !self.scopes[0].clauses);
                    if !of_style {
                        paragraph.number = Some((list, level));
                    }
                }
                None => typed = Some(number),
            }
        } else if linked && shown >= self.look.base && (shown == self.look.base || !self.scopes[0].clauses) {
            // A heading without number takes away that of its style.
            paragraph.number = Some((0, 0));
        }
        let rtl = Self::direction(content, at);
        let mut pieces = Content::default();
        if let Some(number) = typed {
            pieces.text(&format!("{number} "), Run::default());
        }
        let run = self.plain_run(at);
        let toc = (at.column == 0 && level == self.toc_level).then(|| self.toc_mark()).flatten();
        let inner = self.inlines(content, run, at.locale, rtl);
        let inner = self.marked(id, toc, inner);
        let runs = self.runs(&pieces, rtl) + &inner;
        paragraph.rtl = rtl;
        paragraph.around(&runs)
    }

    /// Puts bookmarks around runs.
    fn marked(&mut self, id: Option<&str>, toc: Option<String>, runs: String) -> String {
        let own = id.and_then(|id| self.targets.get(id)).map(|target| target.bookmark.clone());
        // An identifier that comes twice leads to its first place.
        let own = own.filter(|name| !self.marks.contains(name));
        let mut runs = runs;
        for name in own.into_iter().chain(toc) {
            self.marks.push(name.clone());
            let number = self.marks.len();
            runs = format!(
                "<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{number}\"/>"
            );
        }
        runs
    }

    fn clause(&mut self, number: &str, level: u8, id: Option<&str>, blocks: &[Block], at: At) -> String {
        let level = usize::from(level.clamp(1, 8));
        let scope = self.scopes[at.column];
        // Clauses before any article count by themselves; what is below a clause counts with it.
        let alone = if level == 1 { number.ends_with('.') } else { scope.alone };
        let order = if alone { [scope.free, scope.outline] } else { [scope.outline, scope.free] };
        let candidates: Vec<_> =
            order.into_iter().filter(|&list| list != 0 && scope.clauses).map(|list| (list, level)).collect();
        let placed = self.numbering.place(&candidates, number);
        if level == 1 {
            self.scopes[at.column].alone = alone;
        }
        let style = ["Clause1", "Clause2", "Clause3"][level.min(3) - 1];
        let (first, rest) = match blocks.split_first() {
            Some((Block::Para { content, .. }, rest)) => (content.as_slice(), rest),
            _ => (&[] as &[Inline], blocks),
        };
        let hanging = if level == 1 { 624 } else { 482 };
        let before = if level == 1 { 0 } else { 624 + (u32::try_from(level).unwrap_or(1) - 2) * 482 };
        let rtl = Self::direction(first, at);
        let mut paragraph = Paragraph::styled(style, rtl);
        paragraph.keep_next = at.keep || opens(first, rest.first());
        let linked = at.column == 0 && self.document.meta.numbering == crate::document::Numbering::Clauses;
        let mut typed = String::new();
        match placed {
            Some((list, of)) if linked && list == scope.outline && of == level && level <= 3 => {}
            Some(found) => {
                paragraph.number = Some(found);
                paragraph.indent = Some((before + hanging, hanging));
            }
            None => {
                paragraph.number = linked.then_some((0, 0));
                paragraph.indent = Some((before + hanging, hanging));
                typed = self.text(number, Run::default(), rtl) + "<w:r><w:tab/></w:r>";
            }
        }
        let run = self.plain_run(at);
        let runs = self.inlines(first, run, at.locale, rtl);
        let runs = self.marked(id, None, runs);
        let mut out = paragraph.around(&(typed + &runs));
        let inner = At { indent: 0, width: at.width + at.indent, ..at };
        for (block, keep) in rest.iter().zip(keep_flags(rest)) {
            let inner = At { keep: at.keep || keep, ..inner };
            // Clauses know their own indent.
            let nested = matches!(block, Block::Clause { .. });
            out.push_str(&self.block(block, if nested { inner } else { inner.moved(before + hanging) }));
        }
        out
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[Vec<Block>], at: At) -> String {
        let depth = at.depth.min(8);
        let list = match start {
            None => self.bullets(),
            Some(first) => {
                let decimals = self.decimals();
                self.numbering.restart(decimals, depth, first)
            }
        };
        let own = 360 * (u32::try_from(depth).unwrap_or_default() + 1);
        // Lists in lists stand within their item, whose indent is that of its level.
        let outer = at.indent.saturating_sub(own - 360);
        let left = if depth > 0 { at.indent + 360 } else { own + outer };
        let inner = At { depth: depth + 1, style: "ListContinue", ..at }.moved(left.saturating_sub(at.indent));
        let mut out = String::new();
        for item in items {
            self.numbering.advance(list, depth);
            let (first, rest) = match item.split_first() {
                Some((Block::Para { content, .. }, rest)) => (content.as_slice(), rest),
                _ => (&[] as &[Inline], item.as_slice()),
            };
            let paragraph = Paragraph {
                number: Some((list, depth)),
                indent: Some((left, 360)),
                after: (!tight || !rest.is_empty()).then_some(120),
                keep_next: opens(first, rest.first()),
                ..Paragraph::styled(if start.is_some() { "ListNumber" } else { "ListBullet" }, false)
            };
            out.push_str(&self.paragraph(first, paragraph, at));
            out.push_str(&self.blocks(rest, inner));
        }
        out
    }

    /// The list of bullets.
    fn bullets(&mut self) -> u32 {
        if self.bullet_list == 0 {
            self.bullet_list = self.numbering.define(numbering::plain(true));
        }
        self.bullet_list
    }

    /// The list that all lists with numbers are made from.
    pub(super) fn decimals(&mut self) -> u32 {
        if self.decimal_list == 0 {
            self.decimal_list = self.numbering.define(numbering::plain(false));
        }
        self.decimal_list
    }

    fn boxed(&mut self, blocks: &[Block], at: At) -> String {
        if blocks.is_empty() {
            return String::new();
        }
        let margin = 160;
        let inner = self.blocks(blocks, At { style: "Note", depth: 0, ..at.within(at.width, margin) });
        let accent = self.look.accent;
        let cell = Cell { borders: border("left", 16, 0, accent), shade: SHADE, ..Cell::new(at.width, inner) };
        let row = Row { whole: blocks.len() < 5, ..Row::new(vec![cell]) };
        Table { margins: (margin, 100), ..Table::new(vec![at.width], vec![row], at) }.xml() + &spacer(120, at.keep)
    }

    fn code(&self, text: &str, at: At) -> String {
        let run = Run { machine: true, ..Run::default() };
        let lines: Vec<String> = text
            .trim_end_matches('\n')
            .split('\n')
            .map(|line| {
                // A tabulator is kept as one; everything else of a line is its text.
                let parts: Vec<String> = line.split('\t').map(|part| self.text(part, run, false)).collect();
                parts.join("<w:r><w:tab/></w:r>")
            })
            .collect();
        let paragraph = Paragraph {
            keep_next: at.keep,
            indent: (at.indent > 0).then_some((at.indent, 0)),
            ..Paragraph::styled("HTMLPreformatted", false)
        };
        paragraph.around(&lines.join("<w:r><w:br/></w:r>"))
    }

    /// The next mark of the table of contents, if there is one.
    fn toc_mark(&mut self) -> Option<String> {
        if self.toc_count == 0 {
            return None;
        }
        self.toc_next += 1;
        (self.toc_next <= self.toc_count).then(|| toc_name(self.toc_next))
    }

    /// The table of contents: a field with its entries, without page numbers, which only Word can know.
    pub(super) fn contents(&mut self, blocks: &[Block]) -> String {
        let headings: Vec<_> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, number, content, .. } if *level == self.toc_level => Some((number, content)),
                _ => None,
            })
            .collect();
        if !self.document.meta.contents || headings.len() < CONTENTS_FROM {
            return String::new();
        }
        self.toc_count = headings.len();
        let rtl = self.rtl();
        let title = self.word("contents").unwrap_or_default();
        let mut out = Paragraph::styled("TOCHeading", rtl).around(&self.text(title, Run::default(), rtl));
        let level = usize::from(self.toc_level) + self.look.shift;
        for (at, (number, content)) in headings.iter().enumerate() {
            let mut runs = String::new();
            if at == 0 {
                runs.push_str(&super::markup::field_start(&format!("TOC \\o \"{level}-{level}\" \\n \\h")));
            }
            put!(runs, "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", toc_name(at + 1));
            if let Some(number) = number {
                runs.push_str(&self.text(number, Run::default(), rtl));
                runs.push_str("<w:r><w:tab/></w:r>");
            }
            runs.push_str(&self.text(&walk::plain(content), Run::default(), rtl));
            runs.push_str("</w:hyperlink>");
            if at + 1 == headings.len() {
                runs.push_str(super::markup::FIELD_END);
            }
            out.push_str(&Paragraph::styled("TOC1", rtl).around(&runs));
        }
        out
    }
}

/// A contents list is worth its place only in a long paper; the PDF has the same bound.
const CONTENTS_FROM: usize = 20;

fn toc_name(number: usize) -> String {
    format!("_Toc{number:08}")
}

/// Returns whether a paragraph leads into the block after it.
fn opens(content: &[Inline], next: Option<&Block>) -> bool {
    next.is_some() && walk::plain(content).trim_end().ends_with(':')
}

/// Returns which blocks must stay on the page of the next one: what opens a list or a table, and about two lines
/// before a signature.
fn keep_flags(blocks: &[Block]) -> Vec<bool> {
    let mut flags = vec![false; blocks.len()];
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Signatures(_) => {
                let mut need: usize = 2;
                for before in (0..at).rev() {
                    // A long block would leave its whole page empty: it is not held.
                    if need == 0 || is_long(&blocks[before]) {
                        break;
                    }
                    flags[before] = true;
                    need = need.saturating_sub(lines(&blocks[before]));
                }
            }
            Block::Para { content, .. } => {
                let next = blocks.get(at + 1);
                let holds = matches!(
                    next,
                    Some(
                        Block::Clause { .. }
                            | Block::List { .. }
                            | Block::Table { .. }
                            | Block::Fields(_)
                            | Block::Quote(_)
                            | Block::Rating(_)
                            | Block::Scale { .. }
                            | Block::Choice { .. }
                            | Block::Answer { .. }
                    )
                );
                let titled = at > 0
                    && matches!(blocks[at - 1], Block::Heading { .. })
                    && !matches!(next, Some(Block::List { .. } | Block::Quote(_) | Block::Clause { .. }));
                let text = walk::plain(content);
                if holds && (text.trim_end().ends_with(':') || titled && text.len() < 300) {
                    flags[at] = true;
                }
            }
            _ => {}
        }
    }
    flags
}

/// Blocks that may take most of a page.
fn is_long(block: &Block) -> bool {
    match block {
        Block::Table { rows, .. } => rows.len() > 10,
        Block::Fields(rows) => rows.len() > 10,
        Block::List { items, .. } => items.len() > 8,
        Block::Clause { blocks, .. } | Block::Quote(blocks) | Block::Note(blocks) => blocks.len() > 4,
        Block::Choice { options, .. } => options.len() > 12,
        Block::Rating(rating) => rating.items.len() > 8,
        Block::PageBreak | Block::Parallel(_) | Block::Code(_) => true,
        _ => false,
    }
}

/// Lines that a block takes, roughly and rather too few.
fn lines(block: &Block) -> usize {
    match block {
        Block::Para { content, .. } => (walk::plain(content).chars().count() / 95).max(1),
        Block::Heading { .. } => 0,
        _ => 2,
    }
}
