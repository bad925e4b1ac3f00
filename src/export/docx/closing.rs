//! What closes a paper: signatures, enclosures, copies.

use super::Writer;
use super::block::At;
use super::inline::Content;
use super::markup::{Paragraph, Run, mm10, spacer};
use super::table::{Cell, Row, Table};
use super::theme::SOFT;
use crate::document::{Labelled, LetterStyle, Party, walk};

impl Writer<'_> {
    /// A place to sign: a table that stays on one page.
    pub(super) fn signatures(&mut self, parties: &[Party], at: At) -> String {
        let document = self.document;
        match (parties, &document.meta.letter) {
            ([], _) => String::new(),
            ([party], Some(letter)) => self.letter_signature(party, letter.style, at),
            _ => self.signature_grid(parties, at),
        }
    }

    /// One signatory under a letter: words, room for the hand and the stamp, name.
    fn letter_signature(&mut self, party: &Party, style: LetterStyle, at: At) -> String {
        let width = mm10(if style == LetterStyle::Unit { 1000 } else { 820 }).min(at.width);
        let cell = At { keep: true, ..at.within(width, 0) };
        let mut inner = String::new();
        if !party.intro.is_empty() {
            inner.push_str(&self.paragraph(&party.intro, Paragraph::styled("Signature", false), cell));
        }
        let room = if party.signed.is_some() { mm10(70) } else { mm10(190) };
        inner.push_str(&spacer(room, true));
        if let Some(date) = &party.signed {
            inner.push_str(&self.signed_on(date, at));
        }
        inner.push_str(&self.who(party, "Signature", cell));
        let rest = at.width - width;
        let name = Cell::new(width, inner);
        let (widths, cells) = match (style, rest) {
            (_, 0) => (vec![width], vec![name]),
            (LetterStyle::Unit, _) => (vec![width, rest], vec![name, Cell::new(rest, String::new())]),
            (LetterStyle::Authority, _) => (vec![rest, width], vec![Cell::new(rest, String::new()), name]),
        };
        let row = Row { whole: true, ..Row::new(cells) };
        Table::new(widths, vec![row], at).xml() + &spacer(200, at.keep)
    }

    /// Parties side by side: a row of their names, below it a row of lines to write on.
    fn signature_grid(&mut self, parties: &[Party], at: At) -> String {
        let columns = match parties.len() {
            0 | 1 => 1,
            2..=6 => 2,
            _ => 3,
        };
        let gap: u32 = if columns == 3 { 300 } else { 500 };
        let count = u32::try_from(columns).unwrap_or(1);
        let width =
            if columns == 1 { mm10(900).min(at.width) } else { at.width.saturating_sub(gap * (count - 1)) / count };
        let mut widths = vec![width];
        for _ in 1..columns {
            widths.extend([gap, width]);
        }
        // More than fits a page breaks between the rows of parties.
        let whole = parties.len() <= 6;
        let mut rows = Vec::new();
        let chunks: Vec<_> = parties.chunks(columns).collect();
        for (number, chunk) in chunks.iter().enumerate() {
            let last = number + 1 == chunks.len();
            let mut heads = Vec::new();
            let mut feet = Vec::new();
            for at_column in 0..columns {
                if at_column > 0 {
                    heads.push(Cell::new(gap, String::new()));
                    feet.push(Cell::new(gap, String::new()));
                }
                let Some(party) = chunk.get(at_column) else {
                    heads.push(Cell::new(width, String::new()));
                    feet.push(Cell::new(width, String::new()));
                    continue;
                };
                let cell = At { keep: true, ..at.within(width, 0) };
                heads.push(Cell::new(width, self.party_head(party, cell)));
                let keep = if last { at.keep } else { whole };
                feet.push(Cell::new(width, self.party_lines(party, At { keep, ..cell }) + &spacer(200, keep)));
            }
            rows.push(Row { whole: true, ..Row::new(heads) });
            rows.push(Row { whole: true, ..Row::new(feet) });
        }
        spacer(160, true) + &Table::new(widths, rows, at).xml() + &spacer(120, at.keep)
    }

    fn party_head(&mut self, party: &Party, at: At) -> String {
        let mut out = String::new();
        if !party.intro.is_empty() {
            let run = Run { italic: true, ..self.plain_run(at) };
            let paragraph = Paragraph { after: Some(100), ..Paragraph::styled("Party", false) };
            out.push_str(&self.paragraph_in(&party.intro, paragraph, run, at));
        }
        out + &self.who(party, "Party", at)
    }

    /// Name in bold, then capacity and organisation.
    fn who(&mut self, party: &Party, style: &'static str, at: At) -> String {
        let mut out = String::new();
        for (number, line) in party.lines.iter().enumerate() {
            let run = Run { bold: number == 0, ..self.plain_run(at) };
            out.push_str(&self.paragraph_in(line, Paragraph::styled(style, false), run, at));
        }
        out
    }

    /// The recorded date of a signature.
    fn signed_on(&mut self, date: &str, at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        let pattern = self.word_in(at.locale.lang, "signed_on").unwrap_or("{date}").to_owned();
        let run = Run { italic: true, colour: SOFT, size: 18, ..self.plain_run(at) };
        let runs = self.text(&pattern.replace("{date}", date), run, rtl);
        Paragraph { keep_next: true, after: Some(120), ..Paragraph::styled("Signature", rtl) }.around(&runs)
    }

    /// Place, date and signature, as recorded or as lines to write on.
    fn party_lines(&mut self, party: &Party, at: At) -> String {
        let mut out = String::new();
        let held = At { keep: true, ..at };
        match (&party.place, &party.signed) {
            (Some(place), _) => out.push_str(&self.recorded("place", place, held)),
            (None, None) => out.push_str(&self.writing_line("place", 160, held)),
            (None, Some(_)) => {}
        }
        match (&party.signed, &party.date) {
            (Some(date), _) => out.push_str(&self.signed_on(date, held)),
            (None, Some(date)) if !party.blank_date => out.push_str(&self.recorded("date", date, held)),
            _ => out.push_str(&self.writing_line("date", 160, held)),
        }
        out + &self.writing_line("signature", mm10(120), at)
    }

    fn label(&self, key: &str, at: At) -> String {
        let word = self.word_in(at.locale.lang, key).unwrap_or_default();
        format!("{word}{} ", self.word_in(at.locale.lang, "colon").unwrap_or(":"))
    }

    fn recorded(&mut self, key: &str, value: &str, at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        let mut content = Content::default();
        content.text(&self.label(key, at), Run { style: "Soft", size: 18, ..self.plain_run(at) });
        content.text(value, Run { size: 18, ..self.plain_run(at) });
        let runs = self.runs(&content, rtl);
        Paragraph { keep_next: at.keep, before: Some(80), ..Paragraph::styled("Signature", rtl) }.around(&runs)
    }

    fn writing_line(&mut self, key: &str, before: u32, at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        let run = Run { style: "Soft", size: 17, ..self.plain_run(at) };
        let runs = self.text(&self.label(key, at), run, rtl) + "<w:r><w:tab/></w:r>";
        Paragraph {
            keep_next: at.keep,
            before: Some(before),
            tabs: vec![("right", "underscore", at.width)],
            ..Paragraph::styled("Signature", rtl)
        }
        .around(&runs)
    }

    /// A label with one or more entries beside it.
    pub(super) fn closing_list(&mut self, list: &Labelled, numbered: bool, at: At) -> String {
        if list.items.is_empty() {
            return String::new();
        }
        let letters = u32::try_from(list.label.chars().count().min(30)).unwrap_or(30);
        let label_width = (letters * 100 + 250).max(700).min(at.width / 2);
        let widths = vec![label_width, at.width - label_width];
        let rtl = at.locale.lang.is_rtl();
        let run = Run { style: "Soft", size: 19, ..self.plain_run(at) };
        let label = Paragraph::styled("Info", rtl).around(&self.text(&list.label, run, rtl));
        let mut items = String::new();
        let several = numbered && list.items.len() > 1;
        let number = if several {
            let decimals = self.decimals();
            self.numbering.restart(decimals, 0, 1)
        } else {
            0
        };
        let count = list.items.len();
        for (place, item) in list.items.iter().enumerate() {
            let mut paragraph = Paragraph::styled("Info", false);
            if several {
                self.numbering.advance(number, 0);
                paragraph.number = Some((number, 0));
                paragraph.indent = Some((360, 360));
            }
            let keep = at.keep || count <= 12 && place + 1 < count;
            let run = Run { size: 19, ..self.plain_run(at) };
            items.push_str(&self.paragraph_in(item, paragraph, run, At { keep, ..at.within(widths[1], 0) }));
        }
        let cells = vec![Cell::new(widths[0], label), Cell::new(widths[1], items)];
        let whole = list.items.iter().map(|item| walk::plain(item).len()).sum::<usize>() < 3000;
        let row = Row { whole, ..Row::new(cells) };
        Table::new(widths, vec![row], at).xml() + &spacer(120, at.keep)
    }
}
