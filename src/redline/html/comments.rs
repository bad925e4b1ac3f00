//! Remarks of reviewers in the drafts: no part of the text, and not compared, but not to be lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::body::Body;
use super::escape::{escaped, snippet};
use crate::document::draft::Comment;
use crate::redline::summary::plural;
use crate::redline::{Report, Side};

/// Characters of the words that a remark is attached to, as far as they are repeated beside it.
const ANCHOR: usize = 120;

/// Returns the ordinals of the paragraphs that the remarks of a draft are attached to, by their place in the file.
pub(super) fn places(side: &Side<'_>) -> BTreeMap<u32, usize> {
    let sources: BTreeSet<u32> = side.draft.comments.iter().map(|comment| comment.source).collect();
    let mut found = BTreeMap::new();
    if !sources.is_empty() {
        for (at, para) in side.texts.paras.iter().enumerate().filter(|(_, para)| sources.contains(&para.source)) {
            found.entry(para.source).or_insert(at);
        }
    }
    found
}

/// Writes the remarks of both drafts.
pub(super) fn write(out: &mut String, report: &Report<'_>, body: &Body<'_, '_>) {
    for (what, side, new) in [("new", &report.new, true), ("old", &report.old, false)] {
        let comments = &side.draft.comments;
        if comments.is_empty() {
            continue;
        }
        let count = plural(comments.len(), "comment");
        let _ = write!(out, "<details class=remarks><summary>{count} in the {what} draft</summary><ul>");
        let places = places(side);
        for comment in comments {
            let place = places.get(&comment.source).copied().filter(|place| new && body.has(*place));
            remark(out, comment, place);
        }
        out.push_str("</ul></details>\n");
    }
}

fn remark(out: &mut String, comment: &Comment, place: Option<usize>) {
    let author = if comment.author.trim().is_empty() { "Somebody" } else { &comment.author };
    let _ = write!(out, "<li><b dir=auto>{}</b>", escaped(author));
    // The day is enough; the file has the minute.
    let day = comment.date.split('T').next().unwrap_or_default();
    if !day.is_empty() {
        let _ = write!(out, ", {}", escaped(day));
    }
    let anchor = escaped(&snippet(&comment.anchor, ANCHOR));
    match (place, anchor.is_empty()) {
        (Some(place), false) => drop(write!(out, ", on “<a href=#p{place} dir=auto>{anchor}</a>”")),
        (Some(place), true) => drop(write!(out, ", <a href=#p{place}>in the text</a>")),
        (None, false) => drop(write!(out, ", on “<span dir=auto>{anchor}</span>”")),
        (None, true) => {}
    }
    let _ = write!(out, "<p dir=auto>{}</p></li>", escaped(&comment.text));
}
