//! The fields of fenced blocks.

use super::Body;
use super::inline::Place;
use super::yaml::{Fields, Value};
use crate::document::{Block, Inline, Labelled, Party, Rating};

/// Returns the name and the fields of a block that is fenced; `None` for any other.
pub(super) fn fields(block: &Block, body: &mut Body) -> Option<(&'static str, Value)> {
    Some(match block {
        Block::Signatures(parties) => ("signatures", Value::List(parties.iter().map(|one| party(one, body)).collect())),
        Block::Enclosures(list) => ("enclosures", labelled(list, body)),
        Block::Copies(list) => ("copies", labelled(list, body)),
        Block::Fields(rows) => {
            let rows = rows.iter().map(|(label, value)| pair(inline(label, body), value, body));
            ("fields", Value::List(rows.collect()))
        }
        Block::Rating(rating) => ("rating", self::rating(rating, body)),
        Block::Scale { id, from, to, low, high, value } => {
            let mut fields = Fields::default();
            fields.put("id", Value::text(id)).put("from", Value::text(from.to_string()));
            fields.put("to", Value::text(to.to_string()));
            content(&mut fields, "low", low, body);
            content(&mut fields, "high", high, body);
            fields.some("value", value.map(|value| value.to_string()).as_deref());
            ("scale", fields.map())
        }
        Block::Choice { id, question, multiple, options } => {
            let mut fields = Fields::default();
            fields.put("id", Value::text(id));
            content(&mut fields, "question", question, body);
            fields.yes("multiple", *multiple);
            let options = options.iter().map(|option| {
                let mut fields = Fields::default();
                fields.put("id", Value::text(&option.id));
                content(&mut fields, "label", &option.label, body);
                fields.yes("checked", option.checked).map()
            });
            let options = options.collect();
            ("choice", fields.list("options", options).map())
        }
        Block::Answer { id, label, lines, value } => {
            let mut fields = Fields::default();
            fields.put("id", Value::text(id));
            content(&mut fields, "label", label, body);
            fields.put("lines", Value::text(lines.to_string()));
            content(&mut fields, "value", value.as_deref().unwrap_or_default(), body);
            ("answer", fields.map())
        }
        _ => return None,
    })
}

/// Writes a value in which Markdown stands.
pub(super) fn inline(content: &[Inline], body: &mut Body) -> Value {
    Value::Text(body.inline(content, Place::Value, ""))
}

/// Writes a list of values.
pub(super) fn inlines(all: &[Vec<Inline>], body: &mut Body) -> Vec<Value> {
    all.iter().map(|content| inline(content, body)).collect()
}

/// Adds a value in which Markdown stands, unless it is empty.
pub(super) fn content(fields: &mut Fields, key: &'static str, content: &[Inline], body: &mut Body) {
    if !content.is_empty() {
        fields.put(key, inline(content, body));
    }
}

/// Writes a label and its value.
pub(super) fn pair(label: Value, value: &[Inline], body: &mut Body) -> Value {
    Value::Map(vec![("label", label), ("value", inline(value, body))])
}

fn party(party: &Party, body: &mut Body) -> Value {
    let mut fields = Fields::default();
    content(&mut fields, "intro", &party.intro, body);
    fields.list("lines", inlines(&party.lines, body));
    fields.some("signed", party.signed.as_deref()).some("place", party.place.as_deref());
    fields.some("date", party.date.as_deref()).yes("blank_date", party.blank_date).map()
}

fn labelled(list: &Labelled, body: &mut Body) -> Value {
    let items = inlines(&list.items, body);
    Fields::default().put("label", Value::text(&list.label)).list("items", items).map()
}

fn rating(rating: &Rating, body: &mut Body) -> Value {
    let legend = rating.legend.iter();
    let legend =
        legend.map(|(value, label)| Value::Map(vec![("value", Value::text(value)), ("label", Value::text(label))]));
    let items = rating.items.iter().map(|item| {
        let mut fields = Fields::default();
        fields.put("id", Value::text(&item.id)).some("number", item.number.as_deref());
        content(&mut fields, "label", &item.label, body);
        content(&mut fields, "question", &item.question, body);
        fields.yes("comment", item.comment).some("value", item.value.as_deref()).map()
    });
    let items = items.collect();
    Fields::default().list("legend", legend.collect()).some("na", rating.na.as_deref()).list("items", items).map()
}
