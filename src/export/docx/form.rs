//! The parts of a form, as content controls: a form is filled in Word and read back by their tags.

use super::Writer;
use super::block::At;
use super::inline::is_blank;
use super::markup::{FIELD_END, Paragraph, Run, border, label, mm10, put, spacer};
use super::table::{Cell, Row, Table};
use super::theme::{LINE, SHADE};
use crate::document::{ChoiceOption, Inline, Rating, walk};

/// What a control lets its reader do.
enum Control<'a> {
    /// Tick a box.
    Check(bool),
    /// Choose one of these: value and text.
    List(&'a [(String, String)]),
    /// Write lines of text.
    Text,
    /// Write text of any look.
    Rich,
}

impl Writer<'_> {
    /// Returns a control around runs; `title` is read out by screen readers.
    fn control(&mut self, tag: &str, title: &str, control: &Control<'_>, empty: bool, runs: &str) -> String {
        self.controls += 1;
        let mut out = format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:id w:val=\"{}\"/>",
            label(title, 64),
            label(tag, 64),
            100_000 + self.controls
        );
        if empty {
            out.push_str("<w:showingPlcHdr/>");
        }
        match control {
            Control::Check(checked) => put!(
                out,
                "<w14:checkbox><w14:checked w14:val=\"{}\"/><w14:checkedState w14:val=\"2612\" \
                 w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox>",
                u8::from(*checked)
            ),
            Control::List(items) => {
                out.push_str("<w:dropDownList>");
                for (value, text) in *items {
                    put!(out, "<w:listItem w:displayText=\"{}\" w:value=\"{}\"/>", label(text, 200), label(value, 200));
                }
                out.push_str("</w:dropDownList>");
            }
            Control::Text => out.push_str("<w:text w:multiLine=\"1\"/>"),
            Control::Rich => out.push_str("<w:richText/>"),
        }
        put!(out, "</w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>");
        out
    }

    /// A list to choose from.
    fn choose(&mut self, tag: &str, title: &str, items: &[(String, String)], chosen: Option<&str>, at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        // Word refuses two entries of one value, and empty ones.
        let mut known: Vec<(String, String)> = Vec::new();
        for (value, text) in items {
            let sound = !super::markup::escape(value).trim().is_empty();
            let fresh = known.iter().all(|(other, other_text)| other != value && other_text != text);
            if sound && fresh {
                known.push((value.clone(), text.clone()));
            }
        }
        let text = chosen.map(|chosen| {
            known.iter().find(|(value, _)| value == chosen).map_or(chosen.to_owned(), |(_, text)| text.clone())
        });
        let runs = match &text {
            Some(text) => self.text(text, Run { bold: true, ..self.plain_run(at) }, rtl),
            None => self.text("…", Run::styled("PlaceholderText"), rtl),
        };
        self.control(tag, title, &Control::List(&known), text.is_none(), &runs)
    }

    /// Room to write.
    fn write_here(&mut self, tag: &str, title: &str, hint: &str, at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        let runs = self.text(hint, Run::styled("PlaceholderText"), rtl);
        self.control(tag, title, &Control::Text, true, &runs)
    }

    /// A table of questions, each with a list to choose from.
    pub(super) fn rating(&mut self, rating: &Rating, at: At) -> String {
        if rating.items.is_empty() {
            return String::new();
        }
        let rtl = at.locale.lang.is_rtl();
        let accent = self.look.accent;
        let mut items: Vec<(String, String)> = rating
            .legend
            .iter()
            .map(|(value, text)| {
                (value.clone(), if text.is_empty() { value.clone() } else { format!("{value} – {text}") })
            })
            .collect();
        if let Some(na) = &rating.na {
            items.push(("na".to_owned(), na.clone()));
        }
        let narrow = (mm10(420)).min(at.width / 3);
        let widths = vec![at.width - narrow, narrow];
        let wide = at.within(widths[0], 90);
        let head_run = self.plain_run(at);
        let mut content = super::inline::Content::default();
        content.text(self.word_in(at.locale.lang, "criterion").unwrap_or_default(), head_run);
        let soft = Run { style: "Soft", size: 16, ..head_run };
        for (value, text) in &rating.legend {
            content.text(&format!("    {value}\u{a0}"), soft);
            content.text(text, soft);
        }
        let head = Paragraph::styled("TableHead", rtl).around(&self.runs(&content, rtl));
        let mut range = match (rating.legend.first(), rating.legend.last()) {
            (Some((low, _)), Some((high, _))) => format!("{low} – {high}"),
            _ => String::new(),
        };
        if let Some(na) = &rating.na {
            put!(range, " / {na}");
        }
        let side = Paragraph { align: "center", ..Paragraph::styled("TableHead", rtl) };
        let side = side.around(&self.text(&range, head_run, rtl));
        let line = border("bottom", 6, 0, accent);
        let cells = [(head, widths[0]), (side, widths[1])].map(|(text, width)| Cell {
            borders: line.clone(),
            shade: SHADE,
            vertical: "bottom",
            ..Cell::new(width, text)
        });
        let mut rows = vec![Row { header: true, whole: true, ..Row::new(cells.into()) }];
        for item in &rating.items {
            let title = format!("{} {}", item.number.as_deref().unwrap_or_default(), walk::plain(&item.label));
            let mut content = super::inline::Content::default();
            if let Some(number) = &item.number {
                content.text(&format!("{number}\u{a0} "), Run { style: "Soft", ..head_run });
            }
            let mut runs = self.runs(&content, rtl);
            runs.push_str(&self.inlines(&item.label, Run { bold: true, ..head_run }, at.locale, rtl));
            if !is_blank(&item.question) {
                runs.push_str(&self.text("  ", head_run, rtl));
                runs.push_str(&self.inlines(&item.question, Run { style: "Soft", ..head_run }, at.locale, rtl));
            }
            let mut text = Paragraph::styled("TableText", rtl).around(&runs);
            if item.comment {
                let word = self.word_in(at.locale.lang, "comment").unwrap_or_default();
                let colon = self.word_in(at.locale.lang, "colon").unwrap_or(":");
                let lead = format!("{word}{colon} ");
                let mut runs = self.text(&lead, soft, rtl);
                runs.push_str(&self.write_here(
                    &format!("{}-comment", item.id),
                    &format!("{title} – {word}"),
                    "…",
                    wide,
                ));
                let paragraph = Paragraph { before: Some(60), ..Paragraph::styled("TableText", rtl) };
                text.push_str(&paragraph.around(&runs));
            }
            let value = item.value.as_deref().filter(|value| !value.is_empty());
            let control = self.choose(&item.id, &title, &items, value, at);
            let choice = Paragraph { align: "center", ..Paragraph::styled("TableText", rtl) }.around(&control);
            rows.push(Row { whole: true, ..Row::new(vec![Cell::new(widths[0], text), Cell::new(widths[1], choice)]) });
        }
        Table::new(widths, rows, at).styled("DataTable").xml() + &spacer(130, at.keep)
    }

    /// A number to choose, with what the ends mean.
    pub(super) fn scale(
        &mut self,
        id: &str,
        ends: (i64, i64),
        words: (&[Inline], &[Inline]),
        value: Option<i64>,
        at: At,
    ) -> String {
        let rtl = at.locale.lang.is_rtl();
        let (from, to) = ends;
        // A scale that is no scale, or one that nobody could read, offers its ends only.
        let numbers: Vec<i64> =
            if to > from && to.saturating_sub(from) <= 100 { (from..=to).collect() } else { vec![from, to] };
        let items: Vec<_> = numbers.iter().map(|number| (number.to_string(), number.to_string())).collect();
        let (low, high) = words;
        let title = format!("{from} ({}) – {to} ({})", walk::plain(low), walk::plain(high));
        let chosen = value.map(|value| value.to_string());
        let control = self.choose(id, &title, &items, chosen.as_deref(), at);
        let third = at.width / 3;
        let widths = vec![third, at.width - 2 * third, third];
        let run = Run { style: "Soft", size: 18, ..self.plain_run(at) };
        let mut end = |number: i64, words: &[Inline], align: &'static str| {
            let mut runs = self.text(&number.to_string(), Run { bold: true, ..run }, rtl);
            if !is_blank(words) {
                runs.push_str(&self.text(" – ", run, rtl));
            }
            runs.push_str(&self.inlines(words, run, at.locale, rtl));
            Paragraph { keep_next: at.keep, align, ..Paragraph::styled("TableText", rtl) }.around(&runs)
        };
        let (low, high) = (end(from, low, ""), end(to, high, "right"));
        let middle = Paragraph { keep_next: at.keep, align: "center", ..Paragraph::styled("TableText", rtl) };
        let middle = middle.around(&control);
        let boxed = ["top", "left", "bottom", "right"].map(|side| border(side, 6, 0, LINE)).concat();
        let cells = vec![
            Cell::new(widths[0], low),
            Cell { borders: boxed, ..Cell::new(widths[1], middle) },
            Cell::new(widths[2], high),
        ];
        let row = Row { whole: true, ..Row::new(cells) };
        Table { margins: (90, 60), ..Table::new(widths, vec![row], at) }.xml() + &spacer(160, at.keep)
    }

    /// A question with boxes to tick.
    pub(super) fn choice(&mut self, id: &str, question: &[Inline], options: &[ChoiceOption], at: At) -> String {
        let rtl = at.locale.lang.is_rtl();
        let mut out = String::new();
        if !question.is_empty() {
            let paragraph = Paragraph { keep_next: !options.is_empty(), ..Paragraph::styled("Answer", false) };
            out.push_str(&self.paragraph(question, paragraph, at));
        }
        // Options stand in columns where they are short.
        let longest = options.iter().map(|option| walk::plain(&option.label).chars().count()).max().unwrap_or(0);
        // A letter takes about half its size; the box and the space after it come before the label.
        let need = u32::try_from(longest).unwrap_or(u32::MAX / 128).min(1000) * 96 + 520;
        let columns: usize = match options.len() {
            0 => return out,
            4 if need * 4 <= at.width => 4,
            3.. if need * 3 <= at.width => 3,
            2.. if need * 2 <= at.width => 2,
            _ => 1,
        };
        let count = u32::try_from(columns).unwrap_or(1);
        let mut widths = vec![at.width / count; columns];
        if let Some(last) = widths.last_mut() {
            *last = at.width - at.width / count * (count - 1);
        }
        let rows_count = options.len().div_ceil(columns);
        let mut rows = Vec::new();
        for (number, chunk) in options.chunks(columns).enumerate() {
            let keep = at.keep || options.len() <= 14 && number + 1 < rows_count;
            let mut cells = Vec::new();
            for (column, width) in widths.iter().enumerate() {
                let Some(option) = chunk.get(column) else {
                    cells.push(Cell::new(*width, String::new()));
                    continue;
                };
                let title = walk::plain(&option.label);
                let sign = if option.checked { '\u{2612}' } else { '\u{2610}' };
                let mark = format!(
                    "<w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" w:eastAsia=\"MS Gothic\" w:hAnsi=\"MS Gothic\" \
                     w:hint=\"eastAsia\"/></w:rPr><w:t>{sign}</w:t></w:r>"
                );
                let tag = format!("{id}/{}", option.id);
                let control = self.control(&tag, &title, &Control::Check(option.checked), false, &mark);
                let run = self.plain_run(at);
                let label = self.inlines(&option.label, run, at.locale, rtl);
                let paragraph = Paragraph {
                    keep_next: keep,
                    indent: Some((380, 380)),
                    tabs: vec![("left", "none", 380)],
                    ..Paragraph::styled("Answer", rtl)
                };
                let runs = format!("{control}<w:r><w:tab/></w:r>{label}");
                cells.push(Cell::new(*width, paragraph.around(&runs)));
            }
            rows.push(Row { whole: true, ..Row::new(cells) });
        }
        out + &Table::new(widths, rows, at).xml() + &spacer(160, at.keep)
    }

    /// A question with room for the answer, or with the answer.
    pub(super) fn answer(
        &mut self,
        id: &str,
        question: &[Inline],
        lines: u64,
        value: Option<&[Inline]>,
        at: At,
    ) -> String {
        let mut out = String::new();
        if !question.is_empty() {
            let paragraph = Paragraph { keep_next: true, ..Paragraph::styled("Answer", false) };
            out.push_str(&self.paragraph(question, paragraph, at));
        }
        let title = walk::plain(question);
        let cell = at.within(at.width, 100);
        let value = value.filter(|value| !is_blank(value));
        let lines = u32::try_from(lines.clamp(1, 24)).unwrap_or(1);
        let (control, rtl) = match value {
            None => {
                let hint = self.word_in(at.locale.lang, "answer_space").unwrap_or("…");
                (self.write_here(id, &title, hint, cell), at.locale.lang.is_rtl())
            }
            Some(value) => {
                let rtl = Self::direction(value, cell);
                let run = self.plain_run(at);
                let runs = self.inlines(value, run, at.locale, rtl);
                // A control of plain text holds one run and nothing else.
                let plain = matches!(value, [Inline::Text(_)]) && runs.matches("<w:r>").count() == 1;
                let kind = if plain && !runs.contains(FIELD_END) { Control::Text } else { Control::Rich };
                (self.control(id, &title, &kind, false, &runs), rtl)
            }
        };
        let paragraph = Paragraph { keep_next: at.keep, ..Paragraph::styled("Answer", rtl) }.around(&control);
        let height = if value.is_some() { 0 } else { lines * mm10(66) };
        let row = Row { whole: value.is_none(), height, ..Row::new(vec![Cell::new(at.width, paragraph)]) };
        out + &Table::new(vec![at.width], vec![row], at).styled("TableGrid").xml() + &spacer(120, at.keep)
    }
}
