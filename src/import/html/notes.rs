//! Footnotes of a web page: a short link to a text that links back.

use std::collections::HashMap;

use super::tree::{Id, Page};

/// Most nodes that are looked through for a link back, of one note.
const MOST: usize = 2000;
/// Elements that a note can be.
const HOLDERS: &[&str] = &["li", "div", "p", "aside", "section", "td", "dd", "tr"];

/// A reference of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Element that holds the note's text.
    pub holder: Id,
    /// Links back to the reference: they are no part of the text.
    pub back: Vec<Id>,
    /// Number of the note, as the reference shows it.
    pub number: String,
}

/// Finds all references of notes: the links, each with its note.
pub(super) fn find(page: &Page) -> HashMap<Id, Note> {
    let mut targets: HashMap<&str, Id> = HashMap::new();
    let mut links = Vec::new();
    for id in 0..Id::try_from(page.len()).unwrap_or(Id::MAX) {
        for name in [page.attr(id, "id"), page.attr(id, "name")].into_iter().flatten() {
            if !name.is_empty() {
                targets.entry(name).or_insert(id);
            }
        }
        if page.name(id) == "a"
            && let Some(to) = page.attr(id, "href").and_then(|href| href.strip_prefix('#'))
        {
            links.push((id, to));
        }
    }
    let mut notes = HashMap::new();
    // A hostile page could have many links into one long text.
    let mut budget = page.len() * 4;
    for (link, to) in &links {
        let Some(target) = targets.get(to).copied().filter(|target| target != link) else { continue };
        let number = page.text(*link);
        let number = number.trim().trim_matches(['[', ']', '(', ')']).trim();
        if number.is_empty() || number.chars().count() > 6 {
            continue;
        }
        let Some(holder) = holder(page, target) else { continue };
        let names = own_names(page, *link);
        if names.is_empty() || within(page, *link, holder) || budget == 0 {
            continue;
        }
        let back = back_links(page, holder, &names, &mut budget);
        // A link to the note that comes after the note's own link back is that link itself.
        if !back.is_empty() && !back.contains(link) && *link < holder {
            notes.insert(*link, Note { holder, back, number: number.to_owned() });
        }
    }
    notes
}

/// Returns the block that a target is, or stands at the start of.
fn holder(page: &Page, target: Id) -> Option<Id> {
    let mut holder = target;
    for _ in 0..4 {
        if HOLDERS.contains(&page.name(holder)) {
            break;
        }
        holder = page.parent(holder)?;
    }
    if !HOLDERS.contains(&page.name(holder)) {
        return None;
    }
    // Programs wrap the paragraphs of a note: `<div id="sdfootnote1"><p>…</p></div>`.
    let around = page.parent(holder)?;
    let named = page.attr(around, "id").is_some_and(|id| {
        let id = id.to_ascii_lowercase();
        ["sdfootnote", "sdendnote", "ftn", "edn", "fn"].iter().any(|start| id.starts_with(start))
    });
    Some(if page.name(around) == "div" && named { around } else { holder })
}

/// Returns the names that a link can be linked to by: its own, and those of what is right around or in it.
fn own_names(page: &Page, link: Id) -> Vec<&str> {
    let mut near = vec![link];
    near.extend(page.parent(link).filter(|around| matches!(page.name(*around), "sup" | "span")));
    near.extend(page.children(link).filter(|inner| matches!(page.name(*inner), "sup" | "span")));
    near.iter()
        .flat_map(|id| [page.attr(*id, "id"), page.attr(*id, "name")])
        .flatten()
        .filter(|name| !name.is_empty())
        .collect()
}

fn within(page: &Page, id: Id, holder: Id) -> bool {
    std::iter::successors(Some(id), |id| page.parent(*id)).any(|around| around == holder)
}

fn back_links(page: &Page, holder: Id, names: &[&str], budget: &mut usize) -> Vec<Id> {
    let mut found = Vec::new();
    let mut open = vec![holder];
    let mut left = MOST.min(*budget);
    *budget -= left;
    while let Some(id) = open.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        if page.name(id) == "a"
            && page.attr(id, "href").and_then(|href| href.strip_prefix('#')).is_some_and(|to| names.contains(&to))
        {
            found.push(id);
        }
        open.extend(page.children(id));
    }
    *budget += left;
    found
}
