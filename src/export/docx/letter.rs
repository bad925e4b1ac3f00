//! Page one of a letter: letterhead, address, reference lines, place and date, subject.

use super::block::At;
use super::inline::Content;
use super::markup::{Paragraph, Run, border, mm10, put, spacer};
use super::table::{Cell, Row, Table};
use super::theme::{INK, LINE};
use super::{Place, Writer};
use crate::document::{Letter, LetterStyle, walk};

impl Writer<'_> {
    /// Returns what stands in the header of the first page: the letterhead of the unit, whose place on the paper
    /// is fixed.
    pub(super) fn letter_header(&mut self, letter: &Letter, at: At) -> String {
        if letter.style != LetterStyle::Unit {
            return String::new();
        }
        self.place = Place::Header;
        let head = &letter.head;
        let rtl = self.rtl();
        let mut inner = String::new();
        if let Some(state) = &head.state {
            let runs = self.text(state, Run::default(), rtl);
            inner.push_str(&Paragraph::styled("LetterheadDetails", rtl).around(&runs));
        }
        let cell = at.within(at.width, 0);
        for (number, line) in head.lines.iter().enumerate() {
            let paragraph = Paragraph {
                after: (number == 0).then_some(20),
                ..Paragraph::styled(if number == 0 { "Letterhead" } else { "LetterheadDetails" }, false)
            };
            inner.push_str(&self.paragraph(line, paragraph, cell));
        }
        if !head.contact.is_empty() {
            let accent = self.look.accent;
            let paragraph = Paragraph {
                // LibreOffice would give it the lower border of a running header before it.
                borders: border("top", 6, 4, accent) + "<w:bottom w:val=\"nil\"/>",
                before: Some(80),
                ..Paragraph::styled("LetterheadDetails", rtl)
            };
            let mut content = Content::default();
            for (number, line) in rows_of(&head.contact, 110).iter().enumerate() {
                if number > 0 {
                    content.line_break();
                }
                content.text(line, Run::default());
            }
            inner.push_str(&paragraph.around(&self.runs(&content, rtl)));
        }
        self.place = Place::Body;
        // The text begins where the address window does: 45 mm below the edge of the paper.
        let height = mm10(450) - self.look.header() - 40;
        let cell = Cell { vertical: "bottom", ..Cell::new(at.width, inner) };
        let row = Row { height, ..Row::new(vec![cell]) };
        let marks = Paragraph { line: Some(20), ..Paragraph::styled("Spacer", false) }.around(&fold_marks());
        Table::new(vec![at.width], vec![row], at).xml() + &marks
    }

    /// Returns the letter down to its subject.
    pub(super) fn letter_opening(&mut self, letter: &Letter, at: At) -> String {
        let mut out = match letter.style {
            LetterStyle::Unit => self.unit_opening(letter, at),
            LetterStyle::Authority => self.authority_opening(letter, at),
        };
        if !letter.subject.is_empty() {
            let rtl = Self::direction(&letter.subject, at);
            let label = self.word("subject").unwrap_or_default().to_owned();
            let colon = self.word("colon").unwrap_or(":").to_owned();
            let mut runs = String::new();
            if !label.is_empty() {
                runs = self.text(&format!("{label}{colon} "), Run::default(), rtl);
            }
            runs.push_str(&self.inlines(&letter.subject, Run::default(), at.locale, rtl));
            out.push_str(&Paragraph::styled("Subject", rtl).around(&runs));
        }
        out
    }

    /// DIN 5008, form B: address field of 85 by 45 mm, reference block at its side.
    fn unit_opening(&mut self, letter: &Letter, at: At) -> String {
        let (field, gap) = (mm10(850), mm10(150));
        let rtl = self.rtl();
        // The address stands in the lower 27.3 mm of the field; a long one begins higher.
        let lines = u32::try_from(letter.recipient.len()).unwrap_or(u32::MAX / 512).min(40);
        let marked = u32::from(self.document.meta.confidentiality.is_some());
        let above = mm10(450).saturating_sub(260 + marked * 320 + lines * self.look.address * 13 + 100);
        let mut address = spacer(above.clamp(20, mm10(177) - 260 - marked * 320), false);
        if let Some(line) = &letter.return_line {
            let size = if line.chars().count() > 75 { 12 } else { 0 };
            let runs = self.text(line, Run { size, ..Run::default() }, rtl);
            address.push_str(&Paragraph::styled("EnvelopeReturn", rtl).around(&runs));
        }
        address.push_str(&self.confidentiality());
        let cell = at.within(field, 0);
        for line in &letter.recipient {
            address.push_str(&self.paragraph(line, Paragraph::styled("EnvelopeAddress", false), cell));
        }
        let rest = at.width - field - gap;
        let mut block = spacer(mm10(50), false) + &self.info(letter, rest, at.within(rest, 0));
        if !letter.place_date.is_empty() {
            let paragraph = Paragraph { before: Some(160), ..Paragraph::styled("Date", false) };
            block.push_str(&self.paragraph(&letter.place_date, paragraph, at.within(rest, 0)));
        }
        let cells = vec![Cell::new(field, address), Cell::new(gap, String::new()), Cell::new(rest, block)];
        let row = Row { height: mm10(450), whole: true, ..Row::new(cells) };
        Table::new(vec![field, gap, rest], vec![row], at).xml() + &spacer(120, true)
    }

    /// A State's letterhead, ministry and place and date, references, recipient in the second half of the line.
    fn authority_opening(&mut self, letter: &Letter, at: At) -> String {
        let rtl = self.rtl();
        let head = &letter.head;
        let mut out = String::new();
        if let Some(state) = &head.state {
            let runs = self.text(state, Run::default(), rtl);
            out.push_str(&Paragraph::styled("LetterheadState", rtl).around(&runs));
        }
        if let Some(motto) = &head.motto {
            let runs = self.text(motto, Run { italic: true, size: 20, ..Run::default() }, rtl);
            let paragraph = Paragraph { align: "center", ..Paragraph::styled("LetterheadDetails", rtl) };
            out.push_str(&paragraph.around(&runs));
        }
        let rule = "<w:bottom w:val=\"thickThinSmallGap\" w:sz=\"12\" w:space=\"1\" w:color=\"";
        let borders = format!("{rule}{INK}\"/>");
        out.push_str(&Paragraph { borders, after: Some(160), ..Paragraph::styled("Spacer", false) }.around(""));
        let left = at.width / 2;
        let mut lines = String::new();
        let cell = at.within(left, 0);
        for (number, line) in head.lines.iter().enumerate() {
            let paragraph = Paragraph { align: "center", ..Paragraph::styled("Info", false) };
            let run = Run { bold: number == 0, ..Run::default() };
            lines.push_str(&self.paragraph_in(line, paragraph, run, cell));
        }
        for (number, line) in rows_of(&head.contact, 55).iter().enumerate() {
            let paragraph = Paragraph {
                align: "center",
                before: (number == 0).then_some(100),
                ..Paragraph::styled("LetterheadDetails", rtl)
            };
            lines.push_str(&paragraph.around(&self.text(line, Run::default(), rtl)));
        }
        let mut date = String::new();
        if !letter.place_date.is_empty() {
            let paragraph = Paragraph { align: "right", ..Paragraph::styled("Date", false) };
            date = self.paragraph(&letter.place_date, paragraph, at.within(at.width - left, 0));
        }
        let cells = vec![Cell::new(left, lines), Cell::new(at.width - left, date)];
        let row = Row { whole: true, ..Row::new(cells) };
        out.push_str(&Table::new(vec![left, at.width - left], vec![row], at).xml());
        out.push_str(&spacer(240, true));
        out.push_str(&self.confidentiality());
        out.push_str(&self.info(letter, at.width, at));
        let half = mm10(820).min(at.width / 2 + 400);
        let mut address = String::new();
        for line in &letter.recipient {
            address.push_str(&self.paragraph(line, Paragraph::styled("EnvelopeAddress", false), at.within(half, 0)));
        }
        if !address.is_empty() {
            let cells = vec![Cell::new(at.width - half, String::new()), Cell::new(half, address)];
            let row = Row { whole: true, ..Row::new(cells) };
            out.push_str(&spacer(200, true));
            out.push_str(&Table::new(vec![at.width - half, half], vec![row], at).xml());
        }
        out.push_str(&spacer(240, true));
        out
    }

    fn confidentiality(&self) -> String {
        let Some(text) = &self.document.meta.confidentiality else { return String::new() };
        let rtl = self.rtl();
        let runs = self.text(text, Run { bold: true, size: 18, ..Run::default() }, rtl);
        Paragraph { after: Some(100), ..Paragraph::styled("Info", rtl) }.around(&runs)
    }

    /// Reference lines: label, tabulator, value.
    fn info(&mut self, letter: &Letter, width: u32, at: At) -> String {
        let longest = letter.info.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0);
        let longest = u32::try_from(longest).unwrap_or(u32::MAX / 256).min(40);
        let tab = (longest * (self.look.info * 11 / 2) + 160).min(width * 45 / 100);
        let mut out = String::new();
        for (label, value) in &letter.info {
            let rtl = self.rtl();
            let mut content = Content::default();
            content.text(label, Run::styled("Soft"));
            let label = self.runs(&content, rtl);
            let signs = u32::try_from(walk::plain(value).chars().count()).unwrap_or(u32::MAX / 512).min(999);
            // A long value is set smaller, so that a reference or a mail address stays on its line.
            let size = if signs * self.look.info * 11 / 2 > width - tab { 15 } else { 0 };
            let value = self.inlines(value, Run { size, ..Run::default() }, at.locale, rtl);
            let paragraph = Paragraph {
                indent: Some((tab, tab)),
                tabs: vec![("left", "none", tab)],
                ..Paragraph::styled("Info", rtl)
            };
            out.push_str(&paragraph.around(&format!("{label}<w:r><w:tab/></w:r>{value}")));
        }
        out
    }
}

/// Joins lines of a letterhead into rows of at most so many characters.
fn rows_of(lines: &[String], limit: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.chars().count() + line.chars().count() + 5 <= limit => {
                row.push_str("  ·  ");
                row.push_str(line);
            }
            _ => rows.push(line.clone()),
        }
    }
    rows
}

/// Marks for folding at 105 and 210 mm and for punching at 148.5 mm, at the edge of the paper.
fn fold_marks() -> String {
    let mut out = String::new();
    for (number, (height, length)) in [(1050, 4), (1485, 6), (2100, 4)].into_iter().enumerate() {
        put!(
            out,
            "<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:line id=\"FoldMark{number}\" o:spid=\"_x0000_s{}\" style=\"position:absolute;z-index:-251650048;\
             mso-position-horizontal-relative:page;mso-position-vertical-relative:page\" \
             from=\"11.35pt,{1}.{2}pt\" to=\"{3}pt,{1}.{2}pt\" strokecolor=\"#{LINE}\" strokeweight=\".4pt\"/></w:pict></w:r>",
            3072 + number,
            mm10(height) / 20,
            mm10(height) % 20 / 2,
            11 + length * 3,
        );
    }
    out
}
