//! Walking through all text of a document: its plain text, its blanks, its strings in place.

use super::{Block, Document, Inline, Letter, Parallel};
use crate::locale::Lang;

/// Returns the paths of all missing required values, in the order of the document, each once.
pub fn blanks(document: &Document) -> Vec<String> {
    let mut paths = document.meta.blanks.clone();
    let mut document = document.clone();
    inlines(&mut document, &mut |content| collect(content, &mut paths));
    paths
}

/// Returns the paths of missing required values in inline content.
pub fn blanks_of(content: &[Inline]) -> Vec<String> {
    let mut paths = Vec::new();
    collect(content, &mut paths);
    paths
}

fn collect(content: &[Inline], paths: &mut Vec<String>) {
    for inline in content {
        match inline {
            Inline::Blank(path) if !paths.contains(path) => paths.push(path.clone()),
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => collect(content, paths),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Ref { .. }
            | Inline::Anchor(_)
            | Inline::Break
            | Inline::Blank(_) => {}
        }
    }
}

/// Returns the text of inline content, without markup and without its footnotes.
pub fn plain(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => text.push_str(&plain(content)),
            Inline::Ref { text: part, .. } => text.push_str(part),
            Inline::Anchor(_) | Inline::Note(_) => {}
            Inline::Break => text.push(' '),
            Inline::Blank(path) => text.push_str(&format!("[{path}]")),
        }
    }
    text
}

/// Visits every run of inline content of a document, in reading order.
pub fn inlines(document: &mut Document, visit: &mut impl FnMut(&mut Vec<Inline>)) {
    if let Some(Letter { head, recipient, info, place_date, subject, .. }) = &mut document.meta.letter {
        head.lines.iter_mut().for_each(&mut *visit);
        recipient.iter_mut().for_each(&mut *visit);
        info.iter_mut().for_each(|(_, value)| visit(value));
        visit(place_date);
        visit(subject);
    }
    blocks(&mut document.blocks, visit);
}

/// Visits every run of inline content of some blocks, in reading order.
pub fn blocks(all: &mut [Block], visit: &mut impl FnMut(&mut Vec<Inline>)) {
    for block in all {
        match block {
            Block::Heading { content, .. } | Block::Para { content, .. } => visit(content),
            Block::Clause { blocks: inner, .. } | Block::Quote(inner) | Block::Note(inner) => blocks(inner, visit),
            Block::List { items, .. } => items.iter_mut().for_each(|item| blocks(item, visit)),
            Block::Table { header, rows, .. } => {
                header.iter_mut().for_each(&mut *visit);
                rows.iter_mut().flatten().for_each(&mut *visit);
            }
            Block::Fields(rows) => rows.iter_mut().for_each(|(label, value)| {
                visit(label);
                visit(value);
            }),
            Block::Signatures(parties) => parties.iter_mut().for_each(|party| {
                visit(&mut party.intro);
                party.lines.iter_mut().for_each(&mut *visit);
            }),
            Block::Enclosures(list) | Block::Copies(list) => list.items.iter_mut().for_each(&mut *visit),
            Block::Rating(rating) => rating.items.iter_mut().for_each(|item| {
                visit(&mut item.label);
                visit(&mut item.question);
            }),
            Block::Scale { low, high, .. } => {
                visit(low);
                visit(high);
            }
            Block::Choice { question, options, .. } => {
                visit(question);
                options.iter_mut().for_each(|option| visit(&mut option.label));
            }
            Block::Answer { label, value, .. } => {
                visit(label);
                value.iter_mut().for_each(&mut *visit);
            }
            Block::Parallel(Parallel { rows, .. }) => {
                rows.iter_mut().flatten().for_each(|side| blocks(side, visit));
            }
            Block::Code(_) | Block::PageBreak | Block::Rule => {}
        }
    }
}

/// Returns the language that all of some content is in, where that is another than the document's; blanks and
/// line breaks between do not count.
pub fn sole_language(content: &[Inline]) -> Option<Lang> {
    let mut sole = None;
    for inline in content {
        let lang = match inline {
            Inline::Lang { lang, .. } => Some(*lang),
            Inline::Strong(content) | Inline::Emph(content) | Inline::Link { content, .. } => sole_language(content),
            Inline::Text(text) if text.trim().is_empty() => continue,
            Inline::Anchor(_) | Inline::Break => continue,
            Inline::Text(_) | Inline::Code(_) | Inline::Ref { .. } | Inline::Blank(_) | Inline::Note(_) => None,
        };
        match (lang, sole) {
            (None, _) => return None,
            (Some(lang), Some(before)) if lang != before => return None,
            (lang, _) => sole = lang,
        }
    }
    sole
}
