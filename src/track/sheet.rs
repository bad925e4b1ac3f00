//! One draft cut into its clauses, each with its own words.

use std::collections::BTreeMap;

use super::model::{Part, State};
use super::text;
use crate::compare::{Outline, Place, Texts};
use crate::document::draft::{Block, Draft, OBJECT, ObjectKind, Para, Row, StoryKind, Table};

/// Fewest words of a clause in a cell that make its table one that is there for the layout only.
const LAYOUT: usize = 15;

/// A draft cut into clauses.
pub(super) struct Sheet<'a> {
    /// Paragraphs by ordinal.
    pub(super) texts: Texts<'a>,
    /// Its clauses, its text outside of clauses, and its other stories, in the order of reading.
    pub(super) units: Vec<Unit>,
    /// For each paragraph, its unit.
    unit_of: Vec<usize>,
    /// For each paragraph that opens a clause, the clause's unit.
    openers: BTreeMap<usize, usize>,
}

/// A clause with its own words.
pub(super) struct Unit {
    /// What the report says of it.
    pub(super) state: State,
    /// Its own paragraphs and tables, without numbers and looks.
    pub(super) blocks: Vec<Block>,
    /// Its words with noise folded away.
    pub(super) tokens: Vec<String>,
    /// The decimal number in its label, as references say it.
    pub(super) label: Option<String>,
    /// The last part of its number, without the number of the clause around it: `2` of `5.2`, `(a)`.
    pub(super) own: Option<String>,
    /// The clause around it: its unit.
    pub(super) parent: Option<usize>,
    /// The story that it is, if it is not of the body: index in the draft.
    pub(super) story: Option<usize>,
}

impl<'a> Sheet<'a> {
    /// Cuts a draft into clauses.
    pub(super) fn new(draft: &'a Draft) -> Self {
        let texts = Texts::new(draft);
        let outline = Outline::new(&texts);
        let mut sheet =
            Self { unit_of: vec![usize::MAX; texts.paras.len()], texts, units: Vec::new(), openers: BTreeMap::new() };
        for (at, story) in draft.stories.iter().enumerate() {
            let mut next = sheet.texts.starts.get(at).map_or(0, |start| start.0);
            let part = match story.kind {
                StoryKind::Body => None,
                StoryKind::Header | StoryKind::Footer => Some(Part::Running),
                StoryKind::Footnote | StoryKind::Endnote => Some(Part::Note),
                StoryKind::TextBox => Some(Part::Box),
            };
            let mut cut = Cut { sheet: &mut sheet, outline: &outline, outside: None, now: None };
            if let Some(part) = part {
                let heading = outline.place(next).path.first().map_or_else(String::new, |step| step.heading.clone());
                let unit = cut.open(Unit::new(part, String::new(), heading, 0, Some(at)));
                cut.now = Some(unit);
                cut.whole(&story.blocks, &mut next, unit);
            } else {
                cut.blocks(&story.blocks, &mut next);
            }
        }
        for unit in &mut sheet.units {
            unit.settle();
        }
        sheet
    }

    /// Returns the unit that a paragraph belongs to.
    pub(super) fn unit(&self, para: usize) -> Option<usize> {
        self.unit_of.get(para).copied().filter(|unit| *unit != usize::MAX)
    }

    /// Returns the unit of the clause that a paragraph opens.
    pub(super) fn opened(&self, para: usize) -> Option<usize> {
        self.openers.get(&para).copied()
    }

    /// Returns the unit of the text that stands in no clause.
    pub(super) fn outside(&self) -> Option<usize> {
        self.units.iter().position(|unit| unit.state.part == Part::Outside)
    }

    /// Returns the unit of a story other than the body.
    pub(super) fn story(&self, story: usize) -> Option<usize> {
        self.units.iter().position(|unit| unit.story == Some(story))
    }
}

impl Unit {
    fn new(part: Part, number: String, heading: String, depth: usize, story: Option<usize>) -> Self {
        let state = State { number, heading, is_heading: false, depth, text: String::new(), words: 0, part };
        Self { state, blocks: Vec::new(), tokens: Vec::new(), label: None, own: None, parent: None, story }
    }

    /// Makes text, words and tokens of the blocks.
    fn settle(&mut self) {
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Para(para) => lines.push(shown(&para.text)),
                Block::Table(table) => lines.extend(table.rows.iter().map(row_text)),
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        self.state.text = lines.join("\n");
        self.state.words = text::words(&self.state.text);
        self.tokens = text::tokens(&self.state.text);
    }
}

/// Goes through the blocks of a story.
struct Cut<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    outline: &'s Outline<'a>,
    /// Unit of what stands in no clause.
    outside: Option<usize>,
    /// Unit of the paragraph before.
    now: Option<usize>,
}

impl Cut<'_, '_> {
    fn open(&mut self, unit: Unit) -> usize {
        self.sheet.units.push(unit);
        self.sheet.units.len() - 1
    }

    fn blocks(&mut self, blocks: &[Block], next: &mut usize) {
        for block in blocks {
            match block {
                Block::Para(para) => {
                    let unit = self.unit_for(*next);
                    self.now = Some(unit);
                    self.add(unit, *next, Block::Para(bare(para)));
                    *next += 1;
                }
                Block::Table(table) if self.is_layout(table, *next) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.blocks(&cell.blocks, next);
                    }
                }
                Block::Table(table) => {
                    let unit = match self.now {
                        Some(unit) => unit,
                        None => self.unit_outside(),
                    };
                    let first = *next;
                    let bare = bare_table(table, next);
                    for para in first..*next {
                        if let Some(place) = self.sheet.unit_of.get_mut(para) {
                            *place = unit;
                        }
                    }
                    self.sheet.units[unit].blocks.push(Block::Table(bare));
                }
            }
        }
    }

    /// Puts all blocks of a story into one unit.
    fn whole(&mut self, blocks: &[Block], next: &mut usize, unit: usize) {
        for block in blocks {
            let first = *next;
            let block = match block {
                Block::Para(para) => {
                    *next += 1;
                    Block::Para(bare(para))
                }
                Block::Table(table) => Block::Table(bare_table(table, next)),
            };
            for para in first..*next {
                if let Some(place) = self.sheet.unit_of.get_mut(para) {
                    *place = unit;
                }
            }
            self.sheet.units[unit].blocks.push(block);
        }
    }

    fn add(&mut self, unit: usize, para: usize, block: Block) {
        if let Some(place) = self.sheet.unit_of.get_mut(para) {
            *place = unit;
        }
        self.sheet.units[unit].blocks.push(block);
    }

    /// Returns the unit of a paragraph, opening it where the paragraph opens a clause.
    fn unit_for(&mut self, para: usize) -> usize {
        let Some(index) = self.outline.clause(para) else { return self.unit_outside() };
        let clause = &self.outline.clauses()[index];
        if let Some(unit) = self.sheet.opened(clause.para) {
            return unit;
        }
        let place = self.outline.place(clause.para);
        let is_own = !clause.heading.is_empty();
        let heading = if is_own { clause.heading.to_owned() } else { place.heading().to_owned() };
        let depth = place.path.len().saturating_sub(1);
        let mut unit = Unit::new(Part::Clause, cited(&place), heading, depth, None);
        unit.state.is_heading = is_own;
        unit.label = text::tokens(clause.label).into_iter().find(|token| token.starts_with(|c: char| c.is_numeric()));
        unit.own = Some(last_part(clause.label)).filter(|own| !own.is_empty());
        unit.parent = clause.parent.and_then(|parent| self.sheet.opened(self.outline.clauses()[parent].para));
        let unit = self.open(unit);
        self.sheet.openers.insert(clause.para, unit);
        unit
    }

    fn unit_outside(&mut self) -> usize {
        match self.outside {
            Some(unit) => unit,
            None => {
                let unit = self.open(Unit::new(Part::Outside, String::new(), String::new(), 0, None));
                self.outside = Some(unit);
                unit
            }
        }
    }

    /// Returns whether a table only puts clauses side by side, as the two languages of a contract.
    fn is_layout(&self, table: &Table, first: usize) -> bool {
        let (mut para, mut found) = (first, false);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            Draft::each_para(&cell.blocks, &mut |text: &Para| {
                let opens = self.outline.opens(para).is_some();
                found |= opens && (text.heading.is_some() || text::words(text.body()) >= LAYOUT);
                para += 1;
            });
        }
        found
    }
}

/// Returns the number of a clause as a lawyer cites it, without the dots behind its parts: `5.2 (a)`.
pub(super) fn cited(place: &Place) -> String {
    let number = place.number();
    let parts = number
        .split(' ')
        .map(|part| if part.starts_with(char::is_numeric) { part.trim_end_matches('.') } else { part });
    parts.collect::<Vec<_>>().join(" ")
}

/// Returns the last part of a decimal number; of any other number all of it.
fn last_part(label: &str) -> String {
    let number = label.trim_end_matches('.');
    let is_decimal = number.starts_with(char::is_numeric);
    let last = number.rsplit('.').next().filter(|_| is_decimal);
    last.unwrap_or(number).to_lowercase()
}

/// Returns a paragraph with its text alone: no number, no look, no marks of notes.
fn bare(para: &Para) -> Para {
    let mut start = para.label_end();
    let mut body = para.text.get(start..).unwrap_or(&para.text);
    if para.label.is_some() {
        // The dash between number and heading belongs to neither.
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':');
        let text = body.trim_start_matches(is_mark);
        (start, body) = (start + body.len() - text.len(), text);
    }
    let mut bare = Para::default();
    for (at, c) in body.char_indices() {
        if c != OBJECT {
            bare.text.push(c);
            continue;
        }
        let object = para.objects.iter().find(|object| object.at == start + at);
        if let Some(object) = object.filter(|object| !is_story(object.kind)) {
            let mut object = object.clone();
            object.at = bare.text.len();
            bare.text.push(OBJECT);
            bare.objects.push(object);
        }
    }
    bare
}

/// Returns whether an object is only the mark of a story of its own.
fn is_story(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Note(_) | ObjectKind::TextBox(_))
}

fn bare_table(table: &Table, next: &mut usize) -> Table {
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = Vec::new();
        for cell in &row.cells {
            let mut blocks = Vec::new();
            for block in &cell.blocks {
                blocks.push(match block {
                    Block::Para(para) => {
                        *next += 1;
                        // The number of a cell is part of what it says.
                        Block::Para(labelled(para))
                    }
                    Block::Table(table) => Block::Table(bare_table(table, next)),
                });
            }
            cells.push(crate::document::draft::Cell { blocks, ..cell.clone() });
        }
        rows.push(Row { cells, source: row.source });
    }
    Table { rows, source: table.source }
}

/// Returns a paragraph of a cell with its automatic number typed.
fn labelled(para: &Para) -> Para {
    let mut plain = bare(para);
    if let Some(label) = &para.label {
        let before = if plain.text.is_empty() { label.text.clone() } else { format!("{} ", label.text) };
        plain.objects.iter_mut().for_each(|object| object.at += before.len());
        plain.text.insert_str(0, &before);
    }
    plain
}

/// Returns the text of a row, its cells parted.
pub(super) fn row_text(row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| {
        let mut parts = Vec::new();
        Draft::each_para(&cell.blocks, &mut |para: &Para| parts.push(shown(&para.text)));
        parts.join(" ")
    });
    cells.collect::<Vec<_>>().join(" | ")
}

/// Returns a text with objects spelled out.
fn shown(text: &str) -> String {
    text.replace(OBJECT, "[…]")
}
