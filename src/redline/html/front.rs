//! What stands before the redline: both drafts, what was found, what is doubtful.

use std::fmt::Write as _;

use super::body::Body;
use super::comments;
use super::escape::{escaped, push};
use super::list;
use super::words::{self, capital};
use crate::compare::{Check, CheckKind};
use crate::redline::summary::{self, COLUMNS, Summary, plural, thousands};
use crate::redline::{Report, Side};

/// Places of a check that are shown at once; the others are behind a switch.
const PLACES: usize = 12;

/// Hex digits of a digest that are shown at once.
const DIGITS: usize = 12;

/// Returns the title of a report, as text.
pub(super) fn title(report: &Report<'_>) -> String {
    report.title.clone().unwrap_or_else(|| format!("{} against {}", report.new.name, report.old.name))
}

/// Writes the section before the redline.
pub(super) fn write(out: &mut String, report: &Report<'_>, summary: &Summary, body: &Body<'_, '_>) {
    out.push_str("<section class=front aria-labelledby=title>\n<p class=over>Redline</p>\n<h1 id=title dir=auto>");
    push(out, &title(report));
    out.push_str("</h1>\n<div class=sides>");
    side(out, "Old draft", &report.old, report.comparison.tally.old_words);
    side(out, "New draft", &report.new, report.comparison.tally.new_words);
    out.push_str("</div>\n<h2>Summary</h2>\n<p class=verdict>");
    push(out, &summary.verdict);
    out.push_str("</p>\n");
    counts(out, summary);
    noise(out, summary);
    topics(out, report, summary);
    checks(out, report, body);
    if !summary.notes.is_empty() {
        out.push_str("<h3>Please note</h3>\n<ul>");
        for note in &summary.notes {
            let _ = write!(out, "<li>{}</li>", escaped(note));
        }
        out.push_str("</ul>\n");
    }
    comments::write(out, report, body);
    let made = format!("Made by {}", report.program);
    let sentences: Vec<&str> =
        std::iter::once(&made).chain(&report.options).map(|sentence| sentence.trim_end_matches('.')).collect();
    let _ = write!(out, "<p class=made>{}.</p>\n</section>\n", escaped(&sentences.join(". ")));
}

/// Writes what is known about a draft.
fn side(out: &mut String, what: &str, side: &Side<'_>, words: usize) {
    let _ = write!(out, "<div><p class=over>{what}</p><p class=file dir=auto>");
    push(out, &side.name);
    out.push_str("</p>");
    if let Some(note) = &side.note {
        let _ = write!(out, "<p>{}</p>", escaped(note));
    }
    let lang = side.draft.lang.map(|lang| format!(", {}", lang.english_name())).unwrap_or_default();
    let _ = write!(out, "<p>{}{lang}</p>", plural(words, "word"));
    let short: String = side.sha256.chars().take(DIGITS).collect();
    let _ = write!(
        out,
        "<details><summary>SHA-256 <code>{}…</code></summary><code>{}</code></details></div>",
        escaped(&short),
        escaped(&side.sha256),
    );
}

/// Writes how many changes there are of each kind, and how many touch something sensitive.
fn counts(out: &mut String, summary: &Summary) {
    if summary.kinds.is_empty() {
        return;
    }
    out.push_str("<ul class=kinds>");
    for (kind, count) in &summary.kinds {
        let name = summary::kind_name(*kind);
        let (class, tag) = (kind.name(), list::kind_tag(*kind));
        let _ = write!(out, "<li class={class} data-f={tag}><b>{}</b> {name}</li>", thousands(*count));
    }
    out.push_str("</ul>\n");
    if !summary.tokens.is_empty() {
        let _ = write!(
            out,
            "<p class=touched>{} touch what a lawyer looks at first: ",
            plural(summary.sensitive.len(), "change")
        );
        let told: Vec<String> = summary
            .tokens
            .iter()
            .map(|(kind, count)| {
                let (name, tag) = (escaped(summary::token_name(*kind)), list::token_tag(*kind));
                format!("<span data-f={tag}>{name} <b>{}</b></span>", thousands(*count))
            })
            .collect();
        let _ = writeln!(out, "{}.</p>", told.join("; "));
    }
}

/// Says how much noise there is.
fn noise(out: &mut String, summary: &Summary) {
    let hidden: usize = summary.noise.iter().filter(|row| !row.shown).map(|row| row.count).sum();
    if hidden == 0 {
        return;
    }
    let told: Vec<String> = summary
        .noise
        .iter()
        .filter(|row| !row.shown)
        .map(|row| format!("{} {}", summary::noise_name(row.class), thousands(row.count)))
        .collect();
    let are = if hidden == 1 { "leaves the words as they were and is" } else { "leave the words as they were and are" };
    let told = format!("{} {are} not shown: {}.", plural(hidden, "difference"), told.join("; "));
    let _ = writeln!(out, "<p class=noise>{}</p>", escaped(&told));
}

/// Writes the table of topics.
fn topics(out: &mut String, report: &Report<'_>, summary: &Summary) {
    if summary.topics.iter().all(|row| row.topic.is_none()) {
        return;
    }
    let used: Vec<usize> =
        (0..COLUMNS.len()).filter(|at| summary.topics.iter().any(|row| row.counts[*at] > 0)).collect();
    out.push_str(
        "<h3>By topic</h3>\n<div class=scroll role=group aria-label=\"Changes by topic\" tabindex=0>\
         <table class=topics><thead><tr><th scope=col>Topic, as a guess</th>",
    );
    for at in &used {
        let _ = write!(out, "<th scope=col>{}</th>", capital(COLUMNS[*at]));
    }
    out.push_str("<th scope=col>All</th></tr></thead><tbody>");
    let tags = list::topics(report);
    for row in &summary.topics {
        let tag = row.topic.and_then(|topic| tags.get(topic)).map(|at| format!(" data-f=t{at}")).unwrap_or_default();
        let _ = write!(out, "<tr><th scope=row{tag}>{}</th>", escaped(&row.name));
        for at in &used {
            let count = row.counts[*at];
            let _ = write!(out, "<td>{}</td>", if count == 0 { String::new() } else { thousands(count) });
        }
        let _ = write!(out, "<td><b>{}</b></td></tr>", thousands(row.total()));
    }
    out.push_str("</tbody></table></div>\n");
}

/// Writes what is doubtful in the new draft, with links to the places.
fn checks(out: &mut String, report: &Report<'_>, body: &Body<'_, '_>) {
    if report.comparison.checks.is_empty() {
        return;
    }
    out.push_str("<h3>To check in the new draft</h3>\n<ul class=checks>");
    for kind in CheckKind::ALL {
        for check in report.comparison.checks.iter().filter(|check| check.kind == *kind) {
            let _ = write!(out, "<li class={}>{}", kind.name(), escaped(&summary::check_sentence(check)));
            places(out, check, body);
            out.push_str("</li>");
        }
    }
    out.push_str("</ul>\n");
}

fn places(out: &mut String, check: &Check, body: &Body<'_, '_>) {
    if check.places.is_empty() {
        return;
    }
    out.push_str(": ");
    let (first, rest) = check.places.split_at(check.places.len().min(PLACES));
    links(out, first, body);
    if !rest.is_empty() {
        let _ = write!(out, "<details><summary>and {}</summary>", plural(rest.len(), "more place"));
        links(out, rest, body);
        out.push_str("</details>");
    }
}

fn links(out: &mut String, places: &[crate::compare::Place], body: &Body<'_, '_>) {
    for (at, place) in places.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        let name = words::cite(place);
        if body.has(place.para) {
            let _ = write!(out, "<a href=#p{}>{}</a>", place.para, escaped(&name));
        } else {
            push(out, &name);
        }
    }
}
