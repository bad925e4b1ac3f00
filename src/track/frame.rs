//! A track as the data of its Typst frame, for PDF.
//!
//! As with documents, the frame gets JSON and never markup: nothing of a draft or a case takes effect as Typst.

use serde_json::{Value, json};

use super::confidential::Confidential;
use super::model::{Marked, Piece, Track, What};
use super::say::Say;
use super::tables::{self, Cell, Table};
use crate::artifact::Artifact;
use crate::redline::frame::show;

/// Path of the main file within the sources.
pub const MAIN: &str = "main.typ";
/// Path of the data within the sources.
const DATA: &str = "track.json";

/// Columns of the tables on paper, with their share of the width.
const ROUNDS: &[(&str, u8)] = &[
    ("draft", 4),
    ("date", 6),
    ("whose", 6),
    ("base", 5),
    ("place", 14),
    ("words", 4),
    ("changes", 5),
    ("words_inserted", 5),
    ("words_deleted", 5),
    ("digest", 16),
];
const ISSUES: &[(&str, u8)] = &[
    ("id", 3),
    ("clause", 9),
    ("issue", 10),
    ("government_position", 13),
    ("ideal", 9),
    ("target", 9),
    ("walk_away", 9),
    ("company_position", 13),
    ("last_offer", 13),
    ("status", 7),
    ("priority", 6),
    ("owner", 7),
    ("evidence", 9),
    ("linked_to", 5),
    ("next_step", 9),
    ("due", 6),
];
const RETURNED: &[(&str, u8)] =
    &[("sentence", 30), ("had_in", 10), ("deleted_in", 10), ("back_in", 10), ("stands_in", 12)];
const CHECKS: &[(&str, u8)] = &[("what", 20), ("subject", 20), ("where", 20)];

/// Returns the main file and the data of a report, and how many characters cannot be shown; the frames come from the
/// template library. `has_glyph` says whether a character can be shown.
pub fn sources(
    track: &Track,
    confidential: Option<&Confidential>,
    program: &str,
    has_glyph: &dyn Fn(char) -> bool,
) -> ([Artifact; 2], usize) {
    let main = format!("#import \"/frames/track.typ\": frame\n#frame(json(\"/{DATA}\"))\n");
    let say = Say::new(track);
    let date = track.rounds.iter().rev().find_map(|round| round.date).map(|date| date.to_string());
    let tables = [
        table(&tables::rounds(track, confidential), ROUNDS),
        table(&tables::issues(track, confidential), ISSUES),
        table(&tables::returned(track), RETURNED),
        table(&tables::checks(track), CHECKS),
    ];
    let notes = confidential.map(|all| {
        let notes =
            track.rounds.iter().zip(&all.notes).filter_map(|(round, note)| Some(json!([round.id, note.as_ref()?])));
        notes.collect::<Vec<_>>()
    });
    let mut data = json!({
        "lang": track.lang.code(),
        "text_lang": track.text_lang.unwrap_or(track.lang).code(),
        "title": track.title,
        "subtitle": say.word("title"),
        "case": track.case,
        // PDF/A wants a date (ISO 19005-3, 6.6.2.3), and nothing here reads the clock.
        "date": date.unwrap_or_else(|| "2000-01-01".to_owned()),
        "confidential": confidential.is_some().then(|| say.word("confidential")),
        "remark": say.word("remark"),
        "notes": notes,
        "made_by": say.fill("made_by", &[("program", program)]),
        "tables": tables,
        "clauses_title": say.word("clauses"),
        "clauses": clauses(track, say),
    });
    let mut missing = 0;
    show(&mut data, has_glyph, &mut missing);
    ([Artifact::new(MAIN, main), Artifact::new(DATA, data.to_string())], missing)
}

fn table(table: &Table, wanted: &[(&str, u8)]) -> Value {
    let columns: Vec<(usize, u8)> = wanted
        .iter()
        .filter_map(|(key, share)| Some((table.columns.iter().position(|column| column.key == *key)?, *share)))
        .filter(|(at, _)| table.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let text = |cell: &Cell, key: &str| match cell {
        // In two lines, for it has no place to break.
        Cell::Text(text) if key == "digest" && text.len() == 64 && text.is_ascii() => {
            format!("{}\n{}", &text[..32], &text[32..])
        }
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Redline(_) => String::new(),
    };
    json!({
        "key": table.key,
        "title": table.title,
        "columns": columns.iter().map(|(at, share)| json!([table.columns[*at].title, share])).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|row| columns.iter().map(|(at, _)| text(&row[*at], table.columns[*at].key)).collect::<Vec<_>>()).collect::<Vec<_>>(),
    })
}

fn clauses(track: &Track, say: Say<'_>) -> Vec<Value> {
    let changed = track.clauses.iter().filter(|clause| clause.has_changed());
    changed
        .map(|clause| {
            let events = clause.events.iter().enumerate().filter(|(_, event)| {
                !event.returns.is_empty() || event.what.iter().any(|what| !matches!(what, What::First))
            });
            let events = events.map(|(round, event)| {
                let back = event.returns.iter().filter_map(|at| track.returns.get(*at)).map(|back| back.text.as_str());
                json!({
                    "draft": say.draft(round),
                    "what": say.event(clause, round),
                    "size": Say::size(event),
                    "redline": redline(&event.redline),
                    "returned": back.collect::<Vec<_>>(),
                })
            });
            let topics: Vec<&str> = clause.topics.iter().take(2).map(|topic| say.topic(topic)).collect();
            json!({
                "name": clause.latest().map(|state| say.state(state)),
                "topics": topics,
                "topic_guess": say.word("topic_guess"),
                "events": events.collect::<Vec<_>>(),
                "net": format!("{}: {}", say.net_title(), say.net_of(clause)),
            })
        })
        .collect()
}

fn redline(lines: &[Marked]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| match line {
            Marked::Para(line) => json!({ "para": pieces(line) }),
            Marked::Row(cells) => json!({ "row": cells.iter().map(|cell| pieces(cell)).collect::<Vec<_>>() }),
        })
        .collect()
}

fn pieces(pieces: &[Piece]) -> Vec<Value> {
    pieces.iter().map(|piece| json!([piece.mark.to_string(), piece.text])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn characters_that_no_font_has_become_boxes_and_are_counted() {
        let drafts = ["# Royalty\n\n1.1. The rate is three.", "# Royalty\n\n1.1. The rate is 三."];
        let track = sample::followed(&drafts.map(sample::draft));
        let ([_, data], missing) = sources(&track, None, "engross", &|character| character != '三');
        let data = String::from_utf8(data.bytes).expect("JSON is UTF-8");
        assert!(
            missing > 0 && data.contains("[\"inserted\",\"\u{25A1}\"]") && !data.contains('三'),
            "{missing} {data}"
        );
    }
}
