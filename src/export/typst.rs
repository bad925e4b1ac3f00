//! Document to the data that the Typst frames lay out.
//!
//! The exporter writes JSON, never Typst markup: what a case file holds reaches the frames as string
//! values and cannot take effect as Typst. The main file only joins frame and data, so that the same
//! sources can be compiled by any Typst.

use serde_json::{Map, Value, json};

use crate::artifact::Artifact;
use crate::document::walk;
use crate::document::{
    Align, Block, Document, Inline, Labelled, Letter, LetterStyle, Meta, Paper, Parallel, Role, Status,
};
use crate::locale::Lang;

/// Path of the data within the sources.
pub const DATA: &str = "document.json";
/// Path of the main file within the sources.
pub const MAIN: &str = "main.typ";

/// Returns the main file and the data of a document; the frames come from the template library.
pub fn sources(document: &Document) -> [Artifact; 2] {
    let main = format!("#import \"/frames/{}.typ\": frame\n#frame(json(\"/{DATA}\"))\n", document.meta.frame.name());
    let data = json!({ "meta": meta(&document.meta), "blocks": blocks(&document.blocks) });
    [Artifact::new(MAIN, main), Artifact::new(DATA, data.to_string())]
}

/// Returns every text that the frames print, for looking for characters that cannot be shown.
pub fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open = vec![json!([meta(&document.meta), blocks(&document.blocks)])];
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => open.extend(entries.into_iter().map(|(_, value)| value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    texts
}

fn meta(meta: &Meta) -> Value {
    let word = |key: &str| meta.words.iter().find(|(name, _)| name == key).map(|(_, word)| word.as_str());
    let words = words_of(&meta.words);
    json!({
        "kind": meta.kind,
        "frame": meta.frame.name(),
        "lang": meta.locale.lang.code(),
        "region": meta.locale.region.map(|region| region.as_str().to_owned()),
        "title": meta.title,
        "subtitle": meta.subtitle,
        "reference": meta.reference,
        "date": meta.date,
        "date_iso": meta.date_iso,
        "author": meta.author,
        "keywords": meta.keywords,
        "confidentiality": meta.confidentiality,
        "draft": match meta.status {
            Status::Draft => Some(word("draft").unwrap_or("DRAFT")),
            Status::Final => None,
        },
        "contents": meta.contents,
        "paper": match meta.paper { Paper::A4 => "a4", Paper::Letter => "letter" },
        "letter": meta.letter.as_ref().map(letter),
        "words": words,
        "parallel_words": meta.parallel_words.as_ref().map(|words| words_of(words)),
    })
}

fn words_of(words: &[(String, String)]) -> Map<String, Value> {
    words.iter().map(|(key, word)| (key.clone(), word.clone().into())).collect()
}

fn letter(letter: &Letter) -> Value {
    let info: Vec<Value> = letter.info.iter().map(|(label, value)| json!([label, inlines(value)])).collect();
    json!({
        "style": match letter.style { LetterStyle::Unit => "unit", LetterStyle::Authority => "authority" },
        "head": { "state": letter.head.state, "motto": letter.head.motto, "lines": cells(&letter.head.lines), "contact": letter.head.contact },
        "return_line": letter.return_line,
        "recipient": cells(&letter.recipient),
        "info": info,
        "place_date": inlines(&letter.place_date),
        "subject": inlines(&letter.subject),
        "fold_marks": letter.style == LetterStyle::Unit,
    })
}

fn blocks(blocks: &[Block]) -> Value {
    Value::Array(blocks.iter().map(block).collect())
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { level, number, id, content } => {
            json!({ "t": "heading", "level": level, "number": number, "id": id, "content": inlines(content) })
        }
        Block::Para { content, role } => {
            let lang = walk::sole_language(content).map(Lang::code);
            json!({ "t": "para", "content": inlines(content), "role": role_name(*role), "lang": lang })
        }
        Block::Clause { number, level, id, blocks: inner } => {
            json!({ "t": "clause", "number": number, "level": level, "id": id, "blocks": blocks(inner) })
        }
        Block::List { start, tight, items } => {
            let items: Vec<Value> = items.iter().map(|item| blocks(item)).collect();
            json!({ "t": "list", "ordered": start.is_some(), "start": start.unwrap_or(1), "tight": tight, "items": items })
        }
        Block::Table { align, header, rows, total } => {
            let align: Vec<&str> = align.iter().copied().map(align_name).collect();
            let rows: Vec<Value> = rows.iter().map(|row| cells(row)).collect();
            json!({ "t": "table", "align": align, "header": cells(header), "rows": rows, "total": total, "caption": null, "widths": null })
        }
        Block::Quote(inner) => json!({ "t": "quote", "blocks": blocks(inner) }),
        Block::Note(inner) => json!({ "t": "note", "blocks": blocks(inner) }),
        Block::Fields(rows) => {
            let rows: Vec<Value> =
                rows.iter().map(|(label, value)| json!({ "label": inlines(label), "value": inlines(value) })).collect();
            json!({ "t": "fields", "rows": rows })
        }
        Block::Signatures(parties) => {
            let parties: Vec<Value> = parties
                .iter()
                .map(|party| {
                    let intro = (!party.intro.is_empty()).then(|| inlines(&party.intro));
                    json!({ "intro": intro, "lines": cells(&party.lines), "signed": party.signed, "place": party.place, "date": party.date, "blank_date": party.blank_date })
                })
                .collect();
            json!({ "t": "signatures", "parties": parties })
        }
        Block::Enclosures(list) => labelled("enclosures", list),
        Block::Copies(list) => labelled("copies", list),
        Block::Rating(rating) => {
            let items: Vec<Value> = rating
                .items
                .iter()
                .map(|item| {
                    let question = (!item.question.is_empty()).then(|| inlines(&item.question));
                    json!({ "id": item.id, "number": item.number, "label": inlines(&item.label), "question": question, "comment": item.comment, "value": item.value })
                })
                .collect();
            json!({ "t": "rating", "legend": rating.legend, "na": rating.na, "items": items })
        }
        Block::Scale { id, from, to, low, high, value } => {
            json!({ "t": "scale", "id": id, "from": from, "to": to, "low": inlines(low), "high": inlines(high), "value": value })
        }
        Block::Choice { id, question, multiple, options } => {
            let options: Vec<Value> = options
                .iter()
                .map(|option| json!({ "id": option.id, "label": inlines(&option.label), "checked": option.checked }))
                .collect();
            json!({ "t": "choice", "id": id, "question": inlines(question), "multiple": multiple, "options": options })
        }
        Block::Answer { id, label, lines, value } => {
            json!({ "t": "answer", "id": id, "label": inlines(label), "lines": lines, "value": value.as_ref().map(|value| inlines(value)) })
        }
        Block::Code(text) => json!({ "t": "code", "s": text }),
        Block::Parallel(Parallel { locales, rows }) => {
            let rows: Vec<Value> = rows.iter().map(|row| row.iter().map(|side| blocks(side)).collect()).collect();
            let langs: Vec<Value> = locales.iter().map(|locale| locale.lang.code().into()).collect();
            json!({ "t": "parallel", "langs": langs, "rows": rows })
        }
        Block::PageBreak => json!({ "t": "pagebreak" }),
        Block::Rule => json!({ "t": "rule" }),
    }
}

fn labelled(name: &str, list: &Labelled) -> Value {
    json!({ "t": name, "label": list.label, "items": cells(&list.items) })
}

fn cells(cells: &[Vec<Inline>]) -> Value {
    Value::Array(cells.iter().map(|cell| inlines(cell)).collect())
}

fn role_name(role: Role) -> Option<&'static str> {
    match role {
        Role::Body => None,
        Role::Salutation => Some("salutation"),
        Role::Closing => Some("closing"),
        Role::Lead => Some("lead"),
        Role::Small => Some("small"),
    }
}

fn align_name(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    }
}

fn inlines(content: &[Inline]) -> Value {
    Value::Array(content.iter().map(inline).collect())
}

fn inline(inline: &Inline) -> Value {
    match inline {
        Inline::Text(text) => json!({ "t": "text", "s": text }),
        Inline::Strong(content) => json!({ "t": "strong", "c": inlines(content) }),
        Inline::Emph(content) => json!({ "t": "emph", "c": inlines(content) }),
        Inline::Link { url, content } => json!({ "t": "link", "url": url, "c": inlines(content) }),
        Inline::Ref { id, text } => json!({ "t": "ref", "id": id, "s": text }),
        // Only clauses are targets; they have their identifier already.
        Inline::Anchor(_) => json!({ "t": "text", "s": "" }),
        Inline::Break => json!({ "t": "break" }),
        Inline::Lang { lang, content } => json!({ "t": "lang", "lang": lang.code(), "c": inlines(content) }),
        Inline::Note(content) => json!({ "t": "note", "c": inlines(content) }),
        Inline::Code(text) => json!({ "t": "code", "s": text }),
        Inline::Blank(path) => json!({ "t": "blank", "path": path }),
    }
}
