//! A redline as the data of its Typst frame, for PDF.
//!
//! As with documents, the frame gets JSON and never markup: nothing of a draft takes effect as Typst.

use serde_json::{Map, Value, json};

use super::view::{Content, LineRow, Muted, Number, Row, TableView, View, spelled, view};
use super::{Report, Side, summary};
use crate::artifact::Artifact;
use crate::compare::{Change, Status};
use crate::document::draft::DraftFormat;
use crate::locale::Lang;

/// Path of the main file within the sources.
pub const MAIN: &str = "main.typ";
/// Path of the data within the sources.
const DATA: &str = "redline.json";
/// What stands in place of a character that no font of the program has.
const MISSING: char = '\u{25A1}';

/// Returns the main file and the data of a redline, and how many characters cannot be shown; the frames
/// come from the template library. `has_glyph` says whether a character can be shown, `date` is the date of
/// the file's metadata.
pub fn sources(report: &Report<'_>, date: Option<&str>, has_glyph: &dyn Fn(char) -> bool) -> ([Artifact; 2], usize) {
    let writer = Writer { report };
    let mut data = writer.data(date);
    let mut missing = 0;
    show(&mut data, has_glyph, &mut missing);
    let main = format!("#import \"/frames/redline.typ\": frame\n#frame(json(\"/{DATA}\"))\n");
    ([Artifact::new(MAIN, main), Artifact::new(DATA, data.to_string())], missing)
}

/// Puts a box in place of every character of a frame's data that cannot be shown, and adds their number to `missing`.
pub fn show(value: &mut Value, has_glyph: &dyn Fn(char) -> bool, missing: &mut usize) {
    match value {
        Value::String(text) => {
            let lost = text.chars().filter(|c| !has_glyph(*c)).count();
            if lost > 0 {
                *missing += lost;
                *text = text.chars().map(|c| if has_glyph(c) { c } else { MISSING }).collect();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| show(item, has_glyph, missing)),
        Value::Object(entries) => entries.iter_mut().for_each(|(_, entry)| show(entry, has_glyph, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

struct Writer<'r, 'a> {
    report: &'r Report<'a>,
}

impl Writer<'_, '_> {
    fn data(&self, date: Option<&str>) -> Value {
        let report = self.report;
        let summary = summary::summary(report);
        let lang = report.new.draft.lang.or(report.old.draft.lang).unwrap_or(Lang::En);
        let mut shown = view(report, Muted::AsNew);
        if report.shown.changes_only {
            shown = shown.condense(report.shown.context);
        }
        let topics = summary.topics.iter().map(|row| {
            let counts = row.counts.iter().map(|count| if *count == 0 { String::new() } else { count.to_string() });
            let cells = counts.chain([row.total().to_string()]).collect::<Vec<_>>();
            json!({ "name": row.name, "counts": cells })
        });
        let noise = summary.noise.iter().map(|row| json!([summary::noise_name(row.class), row.count, row.shown]));
        let kinds = summary.kinds.iter().map(|(kind, count)| json!([summary::kind_name(*kind), count]));
        let checks = report.comparison.checks.iter().map(summary::check_sentence);
        let tally = &report.comparison.tally;
        json!({
            "title": report.title.clone().unwrap_or_else(|| "Redline".to_owned()),
            "lang": lang.code(),
            // PDF/A wants a date (ISO 19005-3, 6.6.2.3), and nothing here reads the clock.
            "date": date.and_then(|date| date.get(..10)).unwrap_or("2000-01-01"),
            "program": report.program,
            "sides": [side(&report.old), side(&report.new)],
            "options": report.options,
            "verdict": summary.verdict,
            "words": [tally.inserted, tally.deleted, tally.moved],
            "kinds": kinds.collect::<Vec<_>>(),
            "columns": summary::COLUMNS,
            "topics": topics.collect::<Vec<_>>(),
            "noise": noise.collect::<Vec<_>>(),
            "notes": summary.notes,
            "checks": checks.collect::<Vec<_>>(),
            "sensitive": summary.sensitive.iter().map(|index| self.sensitive(*index)).collect::<Vec<_>>(),
            "rows": self.rows(&shown, &shown.rows),
        })
    }

    /// A change that a lawyer looks at first: its number, its clause, what it touches.
    fn sensitive(&self, index: usize) -> Value {
        let change: &Change = &self.report.comparison.changes[index];
        let tokens = change
            .tokens
            .iter()
            .map(|token| json!([summary::token_name(token.kind), token.old.as_deref(), token.new.as_deref()]));
        json!({
            "number": self.report.number(index),
            "clause": summary::citation(change),
            "tokens": tokens.collect::<Vec<_>>(),
        })
    }

    fn rows(&self, view: &View<'_>, rows: &[Row<'_>]) -> Vec<Value> {
        rows.iter()
            .map(|row| match row {
                Row::Story(story) => json!({ "t": "story", "title": story.title, "status": status(story.status) }),
                Row::Skipped(count) => {
                    json!({ "t": "skipped", "words": format!("{} unchanged", summary::plural(*count, "paragraph")) })
                }
                Row::Line(line) => self.line(line),
                Row::Table(table) => self.table(view, table),
            })
            .collect()
    }

    fn numbers(&self, starts: &[usize]) -> Vec<usize> {
        starts.iter().filter_map(|change| self.report.number(*change)).collect()
    }

    fn line(&self, line: &LineRow<'_>) -> Value {
        let pieces = line.pieces.iter().map(|piece| {
            let text = match piece.content {
                Content::Text(text) => text.to_owned(),
                Content::Object(object) => spelled(object),
            };
            let painted = if piece.is_painted() { status(piece.status) } else { "same" };
            json!([painted, text, piece.strong, piece.emph])
        });
        let mut data = Map::new();
        let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
        put("t", "line".into());
        put("status", if line.muted { "same" } else { status(line.status) }.into());
        put("changed", line.changed.into());
        put("numbers", self.numbers(&line.starts).into());
        put("pieces", pieces.collect::<Vec<_>>().into());
        if let Some(number) = &line.label {
            put("label", label(number, line.status));
        }
        if let Some(depth) = line.heading {
            put("heading", depth.into());
        }
        if let Some(level) = line.level {
            put("level", level.into());
        }
        if let Some(passage) = line.passage.filter(|passage| passage.first) {
            put("note", passage.words().into());
        }
        match line.mark {
            Some(Status::Inserted | Status::MovedTo) => drop(put("mark", "split".into())),
            Some(Status::Deleted | Status::MovedFrom) => drop(put("mark", "merged".into())),
            _ => {}
        }
        Value::Object(data)
    }

    fn table(&self, view: &View<'_>, table: &TableView<'_>) -> Value {
        let rows = table.rows.iter().filter(|row| !row.skipped).map(|row| {
            let cells = row.cells.iter().map(|cell| {
                json!({
                    "status": status(cell.status),
                    "columns": cell.columns.max(1),
                    "rows": self.rows(view, &cell.rows),
                })
            });
            json!({ "status": status(row.status), "numbers": self.numbers(&row.starts), "cells": cells.collect::<Vec<_>>() })
        });
        json!({
            "t": "table",
            "status": status(table.status),
            "changed": table.changed,
            "numbers": self.numbers(&table.starts),
            "rows": rows.collect::<Vec<_>>(),
        })
    }
}

fn side(side: &Side<'_>) -> Value {
    let format = match side.draft.format {
        DraftFormat::Docx => "Word",
        DraftFormat::Pdf => "PDF",
        DraftFormat::Markdown => "Markdown",
        DraftFormat::Html => "HTML",
        DraftFormat::Text => "text",
    };
    json!({
        "name": side.name,
        "sha256": side.sha256,
        "format": format,
        "words": summary::thousands(side.draft.words()),
        "note": side.note,
    })
}

/// The number of a clause: as pieces, old before new where both show.
fn label(number: &Number<'_>, line: Status) -> Value {
    let own = status(line);
    match (number.old, number.new) {
        (Some(old), Some(new)) if number.is_renumbered() => json!([["deleted", old], ["inserted", new]]),
        (Some(both), Some(_)) => json!([["same", both]]),
        (Some(old), None) => json!([[if line == Status::Same { "deleted" } else { own }, old]]),
        (None, Some(new)) => json!([[if line == Status::Same { "inserted" } else { own }, new]]),
        (None, None) => json!([]),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Same => "same",
        Status::Inserted => "inserted",
        Status::Deleted => "deleted",
        Status::MovedFrom => "moved-from",
        Status::MovedTo => "moved-to",
    }
}
