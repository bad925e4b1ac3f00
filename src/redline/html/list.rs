//! The list of changes, with what filters it.
//!
//! Each entry names its kind, its topics and its sensitive tokens as class names (`k2 t0 s4`), which the script
//! filters by; the options of the filters have the same names.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::body::Body;
use super::escape::{escaped, push, snippet};
use super::words::capital;
use crate::compare::{Change, ChangeKind, SensitiveToken, TokenKind};
use crate::redline::Report;
use crate::redline::summary::{Summary, citation, kind_name, plural, token_name, topic_name};

/// Characters of the text of a change that its entry shows of each draft; the rest is in the redline.
const SNIPPET: usize = 110;

/// Entries of one batch: what a browser lays out at once when it comes into sight.
const BATCH: usize = 50;

/// Sensitive tokens that an entry shows; the others are counted.
const TOKENS: usize = 6;

/// Writes the list of changes.
pub(super) fn write(out: &mut String, report: &Report<'_>, summary: &Summary, body: &Body<'_, '_>) {
    let topics = topics(report);
    let count = report.count();
    let _ = write!(
        out,
        "<nav id=changes aria-labelledby=changes-title>\n<div class=top><h2 id=changes-title>Changes</h2>\
         <p id=count role=status>{}</p>\
         <button type=button id=close class=js hidden>Close</button></div>\n",
        plural(count, "change"),
    );
    if count == 0 {
        out.push_str("<p class=none>No change is shown.</p></nav>\n");
        return;
    }
    filters(out, report, summary, &topics);
    out.push_str("<div id=list>\n<ol>\n");
    for (index, number, change) in report.changes() {
        if number > 1 && number % BATCH == 1 {
            let _ = writeln!(out, "</ol>\n<ol start={number}>");
        }
        entry(out, change, number, body.anchor(index).as_deref(), &topics);
    }
    out.push_str("</ol>\n</div>\n<p class=none id=none hidden>No change fits these filters.</p>\n</nav>\n");
}

/// Returns the name by which the script filters for a kind of change.
pub(super) fn kind_tag(kind: ChangeKind) -> String {
    format!("k{}", kind_index(kind))
}

/// Returns the name by which the script filters for a kind of sensitive token.
pub(super) fn token_tag(kind: TokenKind) -> String {
    format!("s{}", token_index(kind))
}

/// Returns the topics that occur, each with its place in the order of their names.
pub(super) fn topics(report: &Report<'_>) -> BTreeMap<&'static str, usize> {
    let mut topics: BTreeMap<_, _> =
        report.changes().flat_map(|(_, _, change)| &change.topics).map(|topic| (*topic, 0)).collect();
    topics.values_mut().enumerate().for_each(|(at, place)| *place = at);
    topics
}

/// Returns the place of a kind in the order of reports.
fn kind_index(kind: ChangeKind) -> usize {
    ChangeKind::ALL.iter().position(|own| *own == kind).unwrap_or_default()
}

/// Returns the place of a kind of sensitive token in the order of reports.
fn token_index(kind: TokenKind) -> usize {
    TokenKind::ALL.iter().position(|own| *own == kind).unwrap_or_default()
}

/// Writes the form by which the list is filtered. Without the script it is not seen, for it could do nothing.
fn filters(out: &mut String, report: &Report<'_>, summary: &Summary, topics: &BTreeMap<&'static str, usize>) {
    out.push_str(
        "<form id=filters class=js role=search aria-label=\"Filter the changes\" hidden>\n\
         <input type=search id=find placeholder=\"Search the changes\" aria-label=\"Search the changes\" \
         autocomplete=off spellcheck=false>\n",
    );
    let kinds = summary.kinds.iter().map(|(kind, count)| (kind_index(*kind), capital(kind_name(*kind)), *count));
    choice(out, "kind", "Every kind", 'k', kinds);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for topic in report.changes().flat_map(|(_, _, change)| &change.topics) {
        *counts.entry(topic).or_default() += 1;
    }
    let topics = topics.iter().map(|(key, at)| (*at, topic_name(Some(key)), counts.get(key).copied().unwrap_or(0)));
    choice(out, "topic", "Every topic", 't', topics);
    let tokens = summary.tokens.iter().map(|(kind, count)| (token_index(*kind), capital(token_name(*kind)), *count));
    choice(out, "token", "Sensitive or not", 's', tokens);
    out.push_str("<button type=reset id=clear disabled>Clear filters</button>\n</form>\n");
}

/// Writes one filter, unless there is nothing to choose from.
fn choice(out: &mut String, id: &str, all: &str, prefix: char, options: impl Iterator<Item = (usize, String, usize)>) {
    let mut options = options.peekable();
    if options.peek().is_none() {
        return;
    }
    let _ = write!(out, "<select id={id} aria-label=\"{}\"><option value=\"\">{all}</option>", capital(id));
    for (at, name, count) in options {
        let name = escaped(&name);
        let _ = write!(out, "<option value={prefix}{at} data-n=\"{name}\">{name} ({count})</option>");
    }
    out.push_str("</select>\n");
}

/// Writes a change.
fn entry(
    out: &mut String,
    change: &Change,
    number: usize,
    anchor: Option<&str>,
    topics: &BTreeMap<&'static str, usize>,
) {
    let mut class = format!("k{}", kind_index(change.kind));
    for at in change.topics.iter().filter_map(|topic| topics.get(topic)) {
        let _ = write!(class, " t{at}");
    }
    let mut tokens: Vec<usize> = change.tokens.iter().map(|token| token_index(token.kind)).collect();
    tokens.sort_unstable();
    tokens.dedup();
    for at in tokens {
        let _ = write!(class, " s{at}");
    }
    let quote = if class.contains(' ') { "\"" } else { "" };
    let _ = write!(out, "<li class={quote}{class}{quote}>");
    match anchor {
        Some(anchor) => drop(write!(out, "<a href=#{anchor}>")),
        None => out.push_str("<span>"),
    }
    let _ = write!(out, "<b>{number}</b> <i>{}</i> <bdi>", capital(kind_name(change.kind)));
    match change.new.as_ref().or(change.old.as_ref()) {
        Some(place) if place.number().is_empty() => push(out, &super::words::cite(place)),
        _ => push(out, &citation(change)),
    }
    out.push_str(if anchor.is_some() { "</bdi></a>" } else { "</bdi></span>" });
    words(out, change);
    if !change.tokens.is_empty() || !change.topics.is_empty() {
        out.push_str("<p class=c>");
        for token in change.tokens.iter().take(TOKENS) {
            chip(out, token);
        }
        if change.tokens.len() > TOKENS {
            let _ = write!(out, "<span>and {} more</span>", change.tokens.len() - TOKENS);
        }
        for topic in &change.topics {
            out.push_str("<em>");
            push(out, &topic_name(Some(topic)));
            out.push_str("?</em>");
        }
        out.push_str("</p>");
    }
    out.push_str("</li>\n");
}

/// Writes the words of a change, cut short.
fn words(out: &mut String, change: &Change) {
    let (before, after) = (snippet(&change.before, SNIPPET), snippet(&change.after, SNIPPET));
    let whole = match change.kind {
        ChangeKind::Moved
        | ChangeKind::MovedEdited
        | ChangeKind::Split
        | ChangeKind::Merged
        | ChangeKind::Formatting => true,
        ChangeKind::Inserted
        | ChangeKind::Deleted
        | ChangeKind::Replaced
        | ChangeKind::Renumbered
        | ChangeKind::Reference => false,
    };
    if before.is_empty() && after.is_empty() {
        return;
    }
    out.push_str("<p dir=auto>");
    if whole {
        push(out, if after.is_empty() { &before } else { &after });
    } else {
        if !before.is_empty() {
            out.push_str("<del>");
            push(out, &before);
            out.push_str("</del> ");
        }
        if !after.is_empty() {
            out.push_str("<ins>");
            push(out, &after);
            out.push_str("</ins>");
        }
    }
    out.push_str("</p>");
}

/// Writes a sensitive token.
fn chip(out: &mut String, token: &SensitiveToken) {
    let _ = write!(out, "<span title=\"{}\">", capital(token_name(token.kind)));
    match (&token.old, &token.new) {
        (Some(old), Some(new)) => {
            push(out, &snippet(old, 40));
            out.push_str(" → ");
            push(out, &snippet(new, 40));
        }
        (Some(old), None) => {
            out.push_str("<del>");
            push(out, &snippet(old, 40));
            out.push_str("</del>");
        }
        (None, Some(new)) => {
            out.push_str("<ins>");
            push(out, &snippet(new, 40));
            out.push_str("</ins>");
        }
        (None, None) => out.push_str(token_name(token.kind)),
    }
    out.push_str("</span>");
}
