//! The redline itself on a terminal: paragraph by paragraph, numbers of changes in the margin.

use unicode_width::UnicodeWidthStr;

use super::ink::{Ink, Page, Paint, Span, cropped, harmless, padded};
use crate::compare::Status;
use crate::document::draft::StoryKind;
use crate::redline::Report;
use crate::redline::summary::{plural, thousands};
use crate::redline::view::{Content, LineRow, Piece, Row, TableCell, TableRow, TableView, View, spelled};

/// Most columns of the first words of what was moved away.
const FIRST_WORDS: usize = 60;

/// Draws the rows.
pub(super) fn write(report: &Report<'_>, view: &View<'_>, page: &mut Page) {
    let digits = report.count().to_string().len();
    let mut writer = Writer { report, page, margin: digits * 2 + 1, rule: true };
    for row in &view.rows {
        writer.row(row);
    }
}

struct Writer<'w, 'a> {
    report: &'w Report<'a>,
    page: &'w mut Page,
    /// Columns of the numbers in the margin.
    margin: usize,
    /// Whether a gap is due before the next line.
    rule: bool,
}

impl Writer<'_, '_> {
    fn row(&mut self, row: &Row<'_>) {
        match row {
            Row::Story(story) => {
                self.rule = true;
                if story.kind != StoryKind::Body {
                    self.page.gap();
                    self.page.line(&[(format!("── {} ──", harmless(&story.title)), Ink::STRONG)], 0);
                    self.rule = false;
                }
            }
            Row::Skipped(count) => self.skipped(*count),
            Row::Line(line) => self.line(line),
            Row::Table(table) => self.table(table),
        }
    }

    fn gap(&mut self) {
        if std::mem::take(&mut self.rule) {
            self.page.gap();
        }
    }

    fn skipped(&mut self, count: usize) {
        self.gap();
        let blanks = " ".repeat(self.margin + 3);
        self.page.line(&[(format!("{blanks}… {}", plural(count, "unchanged paragraph")), Ink::FAINT)], 0);
    }

    /// The numbers of the changes that start in a row, and the sign of what happened to it.
    fn margin(&self, starts: &[usize], status: Status, changed: bool) -> Span {
        let numbers: Vec<usize> = starts.iter().filter_map(|index| self.report.number(*index)).collect();
        let told = match (numbers.iter().min(), numbers.iter().max()) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(first), _) => first.to_string(),
            _ => String::new(),
        };
        let sign = match status {
            Status::Inserted => '+',
            Status::Deleted => '-',
            Status::MovedFrom => '<',
            Status::MovedTo => '>',
            Status::Same if changed => '~',
            Status::Same => ' ',
        };
        let blanks = " ".repeat(self.margin.saturating_sub(told.width()));
        (format!("{blanks}{told} {sign} "), Ink::FAINT)
    }

    fn line(&mut self, line: &LineRow<'_>) {
        let away = line.status == Status::MovedFrom;
        if away && line.passage.is_some_and(|passage| !passage.first) && line.starts.is_empty() {
            // A section that was moved away is told once, and shown at its new place.
            return;
        }
        if line.heading.is_some() {
            self.rule = true;
        }
        self.gap();
        // A move is numbered at both its ends.
        let end = line.passage.filter(|passage| passage.first && !line.starts.contains(&passage.change));
        let starts: Vec<usize> = end.iter().map(|passage| passage.change).chain(line.starts.iter().copied()).collect();
        let mut spans = vec![self.margin(&starts, line.status, line.changed)];
        let mut hang = self.margin + 3;
        if let Some(number) = line.label {
            let text = match (number.is_renumbered(), number.old, number.new) {
                (true, Some(old), Some(new)) => format!("{old} → {new} "),
                _ => format!("{} ", number.current()),
            };
            let text = padded(&harmless(&text).replace('\n', " "), 5);
            hang += text.width();
            spans.push((
                text,
                Ink { paint: Paint::None, strong: line.heading.is_some(), faint: line.heading.is_none() },
            ));
        }
        if away {
            self.away(line, &mut spans);
        } else {
            spans.extend(line.pieces.iter().map(|piece| span(piece, line.heading.is_some())));
            spans.extend(line.mark.map(|mark| ("¶".to_owned(), Ink::of(mark))));
            if let Some(passage) = line.passage.filter(|passage| passage.first) {
                spans.push((format!(" ({})", harmless(&passage.words())), Ink::FAINT));
            }
        }
        self.page.line(&spans, hang.min(24));
    }

    /// The first words of what was moved away, and where to.
    fn away(&self, line: &LineRow<'_>, spans: &mut Vec<Span>) {
        let text: String = line.pieces.iter().map(|piece| text(&piece.content)).collect();
        let text = cropped(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), FIRST_WORDS);
        spans.push((text, Ink::of(Status::MovedFrom)));
        let Some(passage) = line.passage else { return };
        let paragraphs = self.report.comparison.moves.get(passage.index).map_or(1, |moved| moved.pairs.len());
        let many = if paragraphs > 1 { format!(", {} paragraphs", thousands(paragraphs)) } else { String::new() };
        spans.push((format!(" ({}{many})", harmless(&passage.words())), Ink::FAINT));
    }

    fn table(&mut self, table: &TableView<'_>) {
        self.gap();
        let hang = self.margin + 3;
        let rows: Vec<(&TableRow<'_>, Vec<Vec<Span>>)> =
            table.rows.iter().map(|row| (row, row.cells.iter().map(cell).collect())).collect();
        let widths = self.widths(&rows, hang);
        let mut skipped = 0;
        let mut first = true;
        for (row, cells) in rows {
            if row.skipped {
                skipped += 1;
                continue;
            }
            self.rows_skipped(std::mem::take(&mut skipped));
            let starts = if first { [&table.starts[..], &starts(row)].concat() } else { starts(row) };
            first = false;
            let mut spans = vec![self.margin(&starts, row.status, row.changed)];
            for (at, cell) in cells.into_iter().enumerate() {
                spans.push((if at == 0 { "│ " } else { " │ " }.to_owned(), Ink::FAINT));
                let used: usize = cell.iter().map(|(text, ink)| shown_width(text, *ink, self.page)).sum();
                spans.extend(cell);
                let blanks = widths.as_ref().map_or(0, |widths| widths[at].saturating_sub(used));
                spans.push((" ".repeat(blanks), Ink::default()));
            }
            spans.push((" │".to_owned(), Ink::FAINT));
            self.page.line(&spans, hang + 2);
        }
        self.rows_skipped(skipped);
        self.rule = false;
    }

    fn rows_skipped(&mut self, count: usize) {
        if count > 0 {
            let blanks = " ".repeat(self.margin + 3);
            self.page.line(&[(format!("{blanks}… {}", plural(count, "unchanged row")), Ink::FAINT)], 0);
        }
    }

    /// The widths of a table's columns, where it fits on the page.
    fn widths(&self, rows: &[(&TableRow<'_>, Vec<Vec<Span>>)], margin: usize) -> Option<Vec<usize>> {
        let columns = rows.iter().map(|(_, cells)| cells.len()).max()?;
        let mut widths = vec![0; columns];
        for (row, cells) in rows.iter().filter(|(row, _)| !row.skipped) {
            for (at, (cell, own)) in cells.iter().zip(&row.cells).enumerate() {
                let wide: usize = cell.iter().map(|(text, ink)| shown_width(text, *ink, self.page)).sum();
                // A cell over several columns does not set the width of the first of them.
                if own.columns <= 1 {
                    widths[at] = widths[at].max(wide);
                }
            }
        }
        let whole = margin + 4 + widths.iter().map(|width| width + 3).sum::<usize>();
        (whole <= self.page.columns().unwrap_or(160)).then_some(widths)
    }
}

/// Columns that a span takes, with its signs where there are no colours.
fn shown_width(text: &str, ink: Ink, page: &Page) -> usize {
    text.width() + if page.is_coloured() || text.is_empty() { 0 } else { ink.signs_width() }
}

/// Changes that start in a row of a table, its cells included.
fn starts(row: &TableRow<'_>) -> Vec<usize> {
    fn gather(rows: &[Row<'_>], all: &mut Vec<usize>) {
        for row in rows {
            match row {
                Row::Line(line) => all.extend(&line.starts),
                Row::Table(table) => {
                    all.extend(&table.starts);
                    for row in &table.rows {
                        all.extend(&row.starts);
                        row.cells.iter().for_each(|cell| gather(&cell.rows, all));
                    }
                }
                Row::Story(_) | Row::Skipped(_) => {}
            }
        }
    }
    let mut all = row.starts.clone();
    row.cells.iter().for_each(|cell| gather(&cell.rows, &mut all));
    all
}

/// The content of a cell on one line.
fn cell(cell: &TableCell<'_>) -> Vec<Span> {
    fn gather(rows: &[Row<'_>], spans: &mut Vec<Span>) {
        for row in rows {
            match row {
                Row::Line(line) => {
                    if !spans.is_empty() && !line.pieces.is_empty() {
                        spans.push((" / ".to_owned(), Ink::FAINT));
                    }
                    if let Some(number) = line.label {
                        spans.push((format!("{} ", harmless(number.current())), Ink::FAINT));
                    }
                    spans.extend(line.pieces.iter().map(|piece| span(piece, false)));
                    spans.extend(line.mark.map(|mark| ("¶".to_owned(), Ink::of(mark))));
                }
                Row::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| gather(&cell.rows, spans));
                }
                Row::Story(_) | Row::Skipped(_) => {}
            }
        }
    }
    let mut spans = Vec::new();
    gather(&cell.rows, &mut spans);
    for (text, _) in &mut spans {
        if text.contains('\n') {
            *text = text.replace('\n', " ");
        }
    }
    joined(spans)
}

/// Joins neighbours that look alike, so that their signs are one pair.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for (text, ink) in spans {
        match out.last_mut() {
            Some((before, same)) if *same == ink => before.push_str(&text),
            _ => out.push((text, ink)),
        }
    }
    out
}

fn text(content: &Content<'_>) -> String {
    match content {
        Content::Text(text) => harmless(text),
        Content::Object(object) => harmless(&spelled(object)).replace('\n', " "),
    }
}

fn span(piece: &Piece<'_>, heading: bool) -> Span {
    let paint = match (piece.is_painted(), piece.status) {
        (false, _) => Paint::None,
        (true, Status::Same) => Paint::Looks,
        (true, status) => Paint::Status(status),
    };
    (text(&piece.content), Ink { paint, strong: piece.strong || heading, faint: false })
}
