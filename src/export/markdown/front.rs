//! The front matter: all that is known about a document beside its content.

use super::Body;
use super::fence::{content, inlines, pair};
use super::yaml::{self, Fields, Value};
use crate::document::{Letter, LetterStyle, Meta, Numbering, Paper, Status};

/// Writes the front matter with its fences.
pub(super) fn write(meta: &Meta, body: &mut Body) -> String {
    let mut fields = Fields::default();
    fields.put("title", Value::text(&meta.title)).some("subtitle", meta.subtitle.as_deref());
    fields.put("kind", Value::text(&meta.kind)).put("frame", Value::text(meta.frame.name()));
    fields.put("language", Value::text(meta.locale.to_string()));
    fields.put(
        "status",
        Value::text(match meta.status {
            Status::Draft => "draft",
            Status::Final => "final",
        }),
    );
    fields.some("confidentiality", meta.confidentiality.as_deref()).some("reference", meta.reference.as_deref());
    fields.some("date", meta.date_iso.as_deref()).some("date_text", meta.date.as_deref());
    if !meta.author.is_empty() {
        fields.put("author", Value::text(&meta.author));
    }
    fields.list("keywords", meta.keywords.iter().map(Value::text).collect());
    fields.put(
        "numbering",
        Value::text(match meta.numbering {
            Numbering::None => "none",
            Numbering::Clauses => "clauses",
            Numbering::Sections => "sections",
        }),
    );
    fields.put("numbers", Value::text("written")).yes("contents", meta.contents);
    fields.put(
        "paper",
        Value::text(match meta.paper {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }),
    );
    if let Some(letter) = &meta.letter {
        self::letter(letter, &mut fields, body);
    }
    fields.list("blanks", meta.blanks.iter().map(Value::text).collect());
    format!("---\n{}---\n", yaml::write(&fields.map()))
}

fn letter(letter: &Letter, fields: &mut Fields, body: &mut Body) {
    fields.put(
        "style",
        Value::text(match letter.style {
            LetterStyle::Unit => "unit",
            LetterStyle::Authority => "authority",
        }),
    );
    let mut head = Fields::default();
    head.some("state", letter.head.state.as_deref()).some("motto", letter.head.motto.as_deref());
    head.list("lines", inlines(&letter.head.lines, body));
    head.list("contact", letter.head.contact.iter().map(Value::text).collect());
    match head.map() {
        Value::Map(entries) if entries.is_empty() => {}
        head => {
            fields.put("head", head);
        }
    }
    fields.some("return_line", letter.return_line.as_deref());
    fields.list("recipient", inlines(&letter.recipient, body));
    let info = letter.info.iter().map(|(label, value)| pair(Value::text(label), value, body)).collect();
    fields.list("info", info);
    content(fields, "place_date", &letter.place_date, body);
    content(fields, "subject", &letter.subject, body);
}
