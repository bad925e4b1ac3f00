//! Reading any Markdown file, so that a note, an annex or a clause becomes a document.
//!
//! Front matter is optional, and so is each of its fields. The title is that of the front matter, else the first
//! heading with one `#`, else the name of the file. What documents cannot show is left out and told; nothing of it
//! is an error. Text stays as it is, typography included. Pictures keep their text; the boxes of task lists become
//! `[ ]` and `[x]`. Links to headings find them by their identifiers, written or made as GitHub makes them.
//!
//! A file that [`crate::export::markdown`] wrote is read back as the document that it was.

use std::collections::{BTreeMap, BTreeSet};

use super::fence::Fields;
use super::front::{choose, letter, level_headings, split};
use super::markdown::{Dialect, Reading};
use super::{back, commonmark};
use crate::diagnostic::{Code, Diagnostic, Severity, Warned, nearest};
use crate::document::{Block, Document, Frame, Inline, Meta, Paper, Parallel, Status, direction, number, walk};
use crate::locale::{Lang, Locale};
use crate::source::{Source, Span};
use crate::yaml::{Node, NodeKind};

/// Fields of the front matter that are read; others are left out aloud.
const FIELDS: &[&str] = &[
    "title",
    "subtitle",
    "language",
    "lang",
    "frame",
    "date",
    "reference",
    "author",
    "keywords",
    "numbering",
    "contents",
    "confidentiality",
    "paper",
    "style",
    "head",
    "return_line",
    "recipient",
    "info",
    "place_date",
    "subject",
];

/// Most links that are told to lead nowhere.
const MAX_FAULTS: usize = 100;

/// What holds where a file does not say otherwise.
pub struct Given<'a> {
    /// Title, usually made from the file's name.
    pub title: String,
    /// Kind of document.
    pub kind: String,
    /// Language and region.
    pub locale: Locale,
    /// Draft or final.
    pub status: Status,
    /// Size of the paper.
    pub paper: Paper,
    /// Who may read it, in words.
    pub confidentiality: Option<String>,
    /// Gives the fixed words of a language.
    pub words: &'a dyn Fn(Lang) -> Vec<(String, String)>,
    /// Writes a date of the form `2026-03-01` as the language does.
    pub long_date: fn(&str, Locale) -> Option<String>,
}

/// Reads a Markdown file. A document always comes of it; the faults tell what was left out.
pub fn read(source: &Source, given: &Given<'_>) -> Warned<Document> {
    let plain = unix(source);
    let source = &plain;
    if back::is_written(source.text()) {
        return back::read(source, given.words);
    }
    let mut reading = Reading::new(source);
    reading.dialect = Dialect::Free;
    let (front, body) = match split(source.text()) {
        (Some(front), body) if has_fields(&source.text()[front.clone()]) => (Some(front), body),
        _ => (None, 0..source.text().len()),
    };
    let root = back::root(&mut reading, front.clone());
    let front = front.unwrap_or(0..0);
    let (mut meta, titled) = {
        let mut fields = Fields { reading: &mut reading, base: front.start, name: "front matter", whole: front };
        let meta = meta(&mut fields, &root, given);
        (meta, fields.optional(&root, "title").is_some())
    };
    let mut blocks = commonmark::blocks(&mut reading, &source.text()[body.clone()], body.start);
    let own_title = if titled { None } else { take_title(&mut blocks) };
    let taken = own_title.is_some();
    if let Some(title) = own_title {
        meta.title = title;
    }
    raise(&mut blocks, taken);
    let targets = name_headings(&mut blocks);
    let mut document = Document { meta, blocks };
    walk::inlines(&mut document, &mut |content| find_targets(content, &targets));
    let broken = number::resolve(&mut document);
    let lost: BTreeSet<&str> = broken.iter().map(|broken| broken.id.as_str()).collect();
    walk::inlines(&mut document, &mut |content| unlink(content, &lost));
    for id in lost.iter().take(MAX_FAULTS) {
        reading.faults.push(leads_nowhere(source, id, &targets));
    }
    level_headings(&mut document.blocks);
    direction::settle(&mut document);
    Warned { output: document, faults: reading.faults }
}

/// Brings the line ends of other systems to one form; lines and columns stay where they are.
fn unix(source: &Source) -> Source {
    let text = source.text().strip_prefix('\u{feff}').unwrap_or(source.text());
    if text.contains('\r') || text.len() < source.text().len() {
        Source::new(source.name(), text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        source.clone()
    }
}

/// Whether what stands between two rules is front matter: its first line is a field.
fn has_fields(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
    })
}

fn meta(fields: &mut Fields<'_, '_>, root: &Node, given: &Given<'_>) -> Meta {
    leave_out_fields(fields, root);
    let tag = if root.get("language").is_some() { "language" } else { "lang" };
    let locale = back::locale(fields, root, tag).unwrap_or(given.locale);
    let frames =
        [("letter", Frame::Letter), ("agreement", Frame::Agreement), ("terms", Frame::Terms), ("form", Frame::Form)];
    let frame = root.get("frame").and_then(|_| choose(fields, root, "frame", &frames)).unwrap_or(Frame::Terms);
    let date = fields.optional(root, "date");
    let written = date.as_deref().and_then(|date| (given.long_date)(date, locale));
    Meta {
        kind: given.kind.clone(),
        frame,
        locale,
        title: fields.optional(root, "title").unwrap_or_else(|| given.title.clone()),
        subtitle: fields.optional(root, "subtitle"),
        reference: fields.optional(root, "reference"),
        date_iso: date.clone().filter(|_| written.is_some()),
        // A date in words is printed as it is.
        date: written.or(date),
        author: author(fields, root),
        keywords: words(fields, root, "keywords"),
        confidentiality: fields.optional(root, "confidentiality").or_else(|| given.confidentiality.clone()),
        status: given.status,
        contents: fields.flag(root, "contents"),
        numbering: back::numbering(fields, root),
        paper: back::paper(fields, root).unwrap_or(given.paper),
        letter: (frame == Frame::Letter).then(|| letter(fields, root)),
        words: back::words_in(locale, given.words),
        parallel_words: None,
        blanks: Vec::new(),
    }
}

/// Tells which fields are left out: a file made for another program has others.
fn leave_out_fields(fields: &mut Fields<'_, '_>, root: &Node) {
    let NodeKind::Map(entries) = &root.kind else { return };
    for (key, _) in entries.iter().filter(|(key, _)| !FIELDS.contains(&key.text.as_str())) {
        let at = fields.place(&key.bytes);
        let hint = match nearest(&key.text, FIELDS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fields are {}", FIELDS.join(", ")),
        };
        let message = format!("the field `{}` of the front matter is left out", key.text);
        fields.reading.fault(Code::MarkdownUnsupported, at, message, hint);
    }
}

/// Returns the author, or the authors with commas between.
fn author(fields: &mut Fields<'_, '_>, root: &Node) -> String {
    match root.get("author").map(|node| &node.kind) {
        Some(NodeKind::List(_)) => back::texts(fields, root, "author").join(", "),
        _ => fields.optional(root, "author").unwrap_or_default(),
    }
}

/// Returns words that are given as a list, or with commas between.
fn words(fields: &mut Fields<'_, '_>, root: &Node, field: &str) -> Vec<String> {
    match root.get(field).map(|node| &node.kind) {
        Some(NodeKind::Scalar { text, .. }) => {
            text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        }
        _ => back::texts(fields, root, field),
    }
}

/// Takes the first heading with one `#` for the title.
fn take_title(blocks: &mut Vec<Block>) -> Option<String> {
    let found = blocks.iter().position(|block| matches!(block, Block::Heading { level: 1, .. }))?;
    let Block::Heading { content, .. } = &blocks[found] else { return None };
    let title = walk::plain(content).trim().to_owned();
    if title.is_empty() {
        return None;
    }
    blocks.remove(found);
    Some(title)
}

/// Brings the highest headings to the first level; below a title that was taken, those with `##` are the highest.
fn raise(blocks: &mut [Block], titled: bool) {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let highest = levels.min().unwrap_or(1);
    // A text that has further headings with one `#` keeps its levels.
    let by = if titled { highest.min(2) - 1 } else { highest - 1 };
    lower(blocks, by);
}

fn lower(blocks: &mut [Block], by: u8) {
    for block in blocks {
        match block {
            Block::Heading { level, .. } => *level = level.saturating_sub(by).max(1),
            Block::Clause { blocks, .. } | Block::Quote(blocks) | Block::Note(blocks) => lower(blocks, by),
            Block::List { items, .. } => items.iter_mut().for_each(|item| lower(item, by)),
            Block::Parallel(Parallel { rows, .. }) => rows.iter_mut().flatten().for_each(|side| lower(side, by)),
            _ => {}
        }
    }
}

/// Gives every heading an identifier and returns all that can be referred to.
fn name_headings(blocks: &mut [Block]) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for block in blocks.iter_mut() {
        if let Block::Heading { id, .. } = block {
            // The first of two equal identifiers is the target.
            if id.as_ref().is_some_and(|id| !taken.insert(id.clone())) {
                *id = None;
            }
        }
    }
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    for block in blocks.iter_mut() {
        if let Block::Heading { id: id @ None, content, .. } = block {
            let slug = slug(&walk::plain(content));
            if slug.is_empty() {
                continue;
            }
            let count = used.entry(slug.clone()).or_insert(0);
            let mut name = slug.clone();
            while *count > 0 || taken.contains(&name) {
                *count += 1;
                name = format!("{slug}-{}", *count - 1);
                if !taken.contains(&name) {
                    break;
                }
            }
            *count = (*count).max(1);
            taken.insert(name.clone());
            *id = Some(name);
        }
    }
    gather_anchors(blocks, &mut taken);
    taken
}

/// Makes an identifier of a heading's text as GitHub does: small letters, hyphens for blanks, no punctuation.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn gather_anchors(blocks: &mut [Block], targets: &mut BTreeSet<String>) {
    walk::blocks(blocks, &mut |content| {
        targets.extend(content.iter().filter_map(|inline| match inline {
            Inline::Anchor(id) => Some(id.clone()),
            _ => None,
        }));
    });
}

/// Finds what references mean that are written in capitals or with escapes of addresses.
fn find_targets(content: &mut [Inline], targets: &BTreeSet<String>) {
    for inline in content {
        match inline {
            Inline::Ref { id, .. } if !targets.contains(id) => {
                let decoded = decoded(id);
                let lower = decoded.to_lowercase();
                if let Some(found) = [decoded, lower].into_iter().find(|id| targets.contains(id)) {
                    *id = found;
                }
            }
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => find_targets(content, targets),
            _ => {}
        }
    }
}

/// Brings `%C3%A9` and the like back (RFC 3986 §2.1); a text that holds no such is returned as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Turns references that lead nowhere into their text.
fn unlink(content: &mut Vec<Inline>, lost: &BTreeSet<&str>) {
    for inline in content.iter_mut() {
        match inline {
            Inline::Ref { id, text } if lost.contains(id.as_str()) => *inline = Inline::Text(std::mem::take(text)),
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => unlink(content, lost),
            _ => {}
        }
    }
    for inline in std::mem::take(content) {
        match (inline, content.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(before))) => before.push_str(&text),
            (Inline::Text(text), _) if text.is_empty() => {}
            (inline, _) => content.push(inline),
        }
    }
}

fn leads_nowhere(source: &Source, id: &str, targets: &BTreeSet<String>) -> Diagnostic {
    let at = source.text().find(&format!("(#{id})")).unwrap_or(0);
    let hint = nearest(id, targets.iter().map(String::as_str)).map_or_else(
        || "give a heading the identifier in braces at its end, or leave the link out".to_owned(),
        |near| format!("did you mean `#{near}`?"),
    );
    let message = format!("the link `#{id}` leads nowhere and becomes plain text");
    let mut fault = Diagnostic::new(Code::ReferenceBroken, message);
    fault.severity = Severity::Warning;
    fault.at(Span::new(source, at..at + id.len() + 3)).hint(hint)
}

#[cfg(test)]
mod tests;
