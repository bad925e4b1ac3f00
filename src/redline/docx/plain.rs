//! A draft that is no Word file, as a Word file of our own: the paper on which its redline is written.
//!
//! Plain contract styling: headings, tables with lines, numbers as they stand in the text, hanging. A number
//! that is not part of the text (an item of a Markdown list) is a list of its own with that very label, so
//! that it is shown and still is no text.

mod parts;

use std::collections::BTreeMap;

pub(super) use self::parts::separators;
use self::parts::{archive, styles};
use super::markup::{escape, put};
use crate::document::draft::{Block, Draft, OBJECT, ObjectKind, Para, StoryKind, Table};
use crate::locale::Lang;

/// Twentieths of a point by which each level of a clause is indented.
const STEP: u32 = 360;
/// Width of the text on A4 with margins of 25 mm, in twentieths of a point.
const WIDTH: u32 = 9070;

/// Returns a Word file (ECMA-376, transitional) with the text of a draft, character by character.
///
/// Headers, footers and text boxes are left out: no format but Word's has them.
pub(super) fn package(draft: &Draft) -> Vec<u8> {
    let mut paper = Paper {
        draft,
        rtl: draft.lang == Some(Lang::Ar),
        labels: BTreeMap::new(),
        notes: [String::new(), String::new()],
        numbers: [1, 1],
    };
    let mut body = String::new();
    for story in draft.stories.iter().filter(|story| story.kind == StoryKind::Body) {
        paper.blocks(&mut body, &story.blocks, None);
    }
    let numbering = paper.numbering();
    let [footnotes, endnotes] = paper.notes;
    archive(&body, &styles(draft.lang, paper.rtl), &numbering, [&footnotes, &endnotes])
}

struct Paper<'a> {
    draft: &'a Draft,
    rtl: bool,
    /// Labels that are not part of the text, with the number of their list.
    labels: BTreeMap<&'a str, usize>,
    /// Footnotes and endnotes.
    notes: [String; 2],
    /// Their next numbers.
    numbers: [u32; 2],
}

impl<'a> Paper<'a> {
    /// `note` is 0 or 1 for the first paragraph of a foot- or endnote.
    fn blocks(&mut self, out: &mut String, blocks: &'a [Block], note: Option<usize>) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Para(para) => self.para(out, para, note.filter(|_| at == 0), note.is_some()),
                Block::Table(table) => self.table(out, table),
            }
        }
        // A cell, a note and a body end with a paragraph; an empty one more would be text of its own, so it
        // is only made where there is nothing at all.
        if blocks.is_empty() {
            out.push_str("<w:p/>");
        }
    }

    fn table(&mut self, out: &mut String, table: &'a Table) {
        let columns = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|c| u32::from(c.columns.max(1))).sum())
            .max()
            .unwrap_or(1u32)
            .max(1);
        out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>");
        out.push_str(if self.rtl { "<w:bidiVisual/>" } else { "" });
        out.push_str("<w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
        for _ in 0..columns.min(63) {
            put!(out, "<w:gridCol w:w=\"{}\"/>", WIDTH / columns);
        }
        out.push_str("</w:tblGrid>");
        for (at, row) in table.rows.iter().enumerate() {
            out.push_str("<w:tr>");
            for (place, cell) in row.cells.iter().enumerate() {
                let span = u32::from(cell.columns.max(1));
                put!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", span * WIDTH / columns);
                if span > 1 {
                    put!(out, "<w:gridSpan w:val=\"{span}\"/>");
                }
                let next = table.rows.get(at + 1).and_then(|next| next.cells.get(place));
                if cell.joined {
                    out.push_str("<w:vMerge/>");
                } else if next.is_some_and(|next| next.joined) {
                    out.push_str("<w:vMerge w:val=\"restart\"/>");
                }
                out.push_str("</w:tcPr>");
                self.blocks(out, &cell.blocks, None);
                if matches!(cell.blocks.last(), Some(Block::Table(_))) {
                    out.push_str("<w:p/>");
                }
                out.push_str("</w:tc>");
            }
            if row.cells.is_empty() {
                out.push_str("<w:tc><w:tcPr/><w:p/></w:tc>");
            }
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
    }

    fn para(&mut self, out: &mut String, para: &'a Para, note: Option<usize>, small: bool) {
        let mut properties = String::new();
        if let Some(depth) = para.heading {
            put!(properties, "<w:pStyle w:val=\"Heading{}\"/>", depth.clamp(1, 6));
        } else if small {
            properties.push_str("<w:pStyle w:val=\"FootnoteText\"/>");
        }
        if let Some(label) = para.label.as_ref().filter(|label| label.typed.is_none()) {
            let next = self.labels.len() + 1;
            let list = *self.labels.entry(label.text.as_str()).or_insert(next);
            put!(properties, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        }
        properties.push_str(if self.rtl { "<w:bidi/>" } else { "" });
        if let (Some(level), None) = (para.level, para.heading) {
            let left = STEP * u32::from(level.min(8)) + STEP;
            put!(properties, "<w:ind w:left=\"{left}\" w:hanging=\"{}\"/>", STEP * 3 / 2);
        }
        out.push_str("<w:p>");
        if !properties.is_empty() {
            put!(out, "<w:pPr>{properties}</w:pPr>");
        }
        if let Some(kind) = note {
            let name = ["footnoteRef", "endnoteRef"][kind];
            put!(out, "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:{name}/></w:r>");
        }
        self.runs(out, para);
        out.push_str("</w:p>");
    }

    fn runs(&mut self, out: &mut String, para: &'a Para) {
        let whole = [crate::document::draft::Run { end: para.text.len(), look: 0, strong: false, emph: false }];
        let runs = if para.runs.is_empty() { &whole[..] } else { &para.runs };
        let mut from = 0;
        for run in runs {
            let Some(text) = para.text.get(from..run.end) else { continue };
            let mut look = String::new();
            look.push_str(if run.strong { "<w:b/>" } else { "" });
            look.push_str(if run.emph { "<w:i/>" } else { "" });
            look.push_str(if self.rtl { "<w:rtl/>" } else { "" });
            self.text(out, para, text, from, &look);
            from = run.end;
        }
        if let Some(rest) = para.text.get(from..).filter(|rest| !rest.is_empty()) {
            self.text(out, para, rest, from, "");
        }
    }

    /// Appends text from byte `from` of a paragraph on, objects in their places.
    fn text(&mut self, out: &mut String, para: &'a Para, text: &str, from: usize, look: &str) {
        let mut rest = text;
        let mut at = from;
        while !rest.is_empty() {
            let piece = rest.find(OBJECT).unwrap_or(rest.len());
            if piece > 0 {
                out.push_str("<w:r>");
                if !look.is_empty() {
                    put!(out, "<w:rPr>{look}</w:rPr>");
                }
                characters(out, &rest[..piece]);
                out.push_str("</w:r>");
            }
            at += piece;
            rest = &rest[piece..];
            if rest.starts_with(OBJECT) {
                self.object(out, para, at);
                at += OBJECT.len_utf8();
                rest = &rest[OBJECT.len_utf8()..];
            }
        }
    }

    fn object(&mut self, out: &mut String, para: &'a Para, at: usize) {
        let object = para.objects.iter().find(|object| object.at == at);
        if let Some(ObjectKind::Note(story)) = object.map(|object| object.kind)
            && let Some(story) = self.draft.stories.get(story)
            && matches!(story.kind, StoryKind::Footnote | StoryKind::Endnote)
        {
            let kind = usize::from(story.kind == StoryKind::Endnote);
            let name = ["footnote", "endnote"][kind];
            let id = self.numbers[kind];
            self.numbers[kind] += 1;
            put!(
                out,
                "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:{name}Reference w:id=\"{id}\"/></w:r>"
            );
            let mut note = String::new();
            self.blocks(&mut note, &story.blocks, Some(kind));
            put!(self.notes[kind], "<w:{name} w:id=\"{id}\">{note}</w:{name}>");
            return;
        }
        // What is no text is shown by its name, and counts as one thing.
        out.push_str("<m:oMath><m:r><m:t>[");
        escape(out, object.map_or("?", |object| object.name.as_str()));
        out.push_str("]</m:t></m:r></m:oMath>");
    }

    /// Lists with one fixed label each.
    fn numbering(&self) -> String {
        let mut out = String::new();
        for (label, list) in &self.labels {
            put!(
                out,
                "<w:abstractNum w:abstractNumId=\"{list}\"><w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\">\
                 <w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/><w:lvlText w:val=\"",
                if *label == "•" { "bullet" } else { "none" }
            );
            // A per cent sign would stand for a number.
            escape(&mut out, &label.replace('%', "\u{FF05}"));
            out.push_str("\"/><w:lvlJc w:val=\"left\"/></w:lvl></w:abstractNum>");
        }
        let mut lists: Vec<usize> = self.labels.values().copied().collect();
        lists.sort_unstable();
        for list in lists {
            put!(out, "<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"{list}\"/></w:num>");
        }
        out
    }
}

/// Appends the text elements of a run: a tab and a line break are elements of their own.
pub(super) fn characters(out: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\t', '\n']).unwrap_or(rest.len());
        if end > 0 {
            out.push_str("<w:t xml:space=\"preserve\">");
            escape(out, &rest[..end]);
            out.push_str("</w:t>");
        }
        rest = &rest[end..];
        if let Some(tail) = rest.strip_prefix('\t') {
            out.push_str("<w:tab/>");
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('\n') {
            out.push_str("<w:br/>");
            rest = tail;
        }
    }
}
