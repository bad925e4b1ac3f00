//! What stands before the redline on a terminal: names, counts, topics, what to look at first.

use unicode_width::UnicodeWidthStr;

use super::ink::{Ink, Page, Span, cropped, harmless, padded};
use crate::compare::{SensitiveToken, Status};
use crate::redline::Report;
use crate::redline::summary::{
    COLUMNS, ClauseStat, Summary, check_sentence, citation, clauses, kind_name, noise_name, places, plural, thousands,
    token_name,
};

/// Most sensitive changes that are listed, and most checks.
const MOST: usize = 12;

/// Most columns of a bar.
const BAR: usize = 40;

fn plain(text: impl Into<String>) -> Span {
    (text.into(), Ink::default())
}

fn strong(text: impl Into<String>) -> Span {
    (text.into(), Ink::STRONG)
}

fn faint(text: impl Into<String>) -> Span {
    (text.into(), Ink::FAINT)
}

/// Draws the summary.
pub(super) fn write(report: &Report<'_>, summary: &Summary, stat: bool, page: &mut Page) {
    if let Some(title) = &report.title {
        page.line(&[strong(harmless(title))], 0);
    }
    let name = |name: &str| harmless(&name.replace(['\n', '\t'], " "));
    page.line(&[strong(name(&report.old.name)), plain(" → "), strong(name(&report.new.name))], 2);
    if stat {
        bars(&clauses(report), page);
    }
    page.line(&[plain(summary.verdict.clone())], 2);
    let kinds: Vec<String> =
        summary.kinds.iter().map(|(kind, count)| format!("{} {}", thousands(*count), kind_name(*kind))).collect();
    if !kinds.is_empty() {
        page.line(&[plain(format!("  {}", kinds.join(", ")))], 2);
    }
    for row in summary.noise.iter().filter(|row| !row.shown) {
        let what = plural(row.count, "difference");
        let class = row.class.name();
        page.line(&[faint(format!("  Not shown: {what} of {} (--show {class})", noise_name(row.class)))], 4);
    }
    topics(summary, page);
    sensitive(report, summary, page);
    checks(report, page);
    if !summary.notes.is_empty() {
        page.gap();
        page.line(&[strong("To be known")], 0);
        summary.notes.iter().for_each(|note| page.line(&[plain(format!("  {}", harmless(note)))], 4));
    }
}

/// A line for each clause, as `git diff --stat` draws one for each file.
fn bars(stats: &[ClauseStat], page: &mut Page) {
    if stats.is_empty() {
        return;
    }
    page.gap();
    let room = page.columns().unwrap_or(100).clamp(40, 120);
    let name = |stat: &ClauseStat| if stat.name.is_empty() { "–".to_owned() } else { harmless(&stat.name) };
    let widest = stats.iter().map(|stat| name(stat).width()).max().unwrap_or(0).min(room / 2);
    let words = |stat: &ClauseStat| stat.inserted + stat.deleted + stat.moved;
    let most = stats.iter().map(words).max().unwrap_or(0).max(1);
    let digits = thousands(most).len();
    let longest = room.saturating_sub(widest + digits + 5).clamp(5, BAR);
    for stat in stats {
        let columns = |count: usize| if most > longest { (count * longest).div_ceil(most) } else { count };
        let count = thousands(words(stat));
        page.line(
            &[
                plain(format!(
                    " {} | {}{count} ",
                    padded(&cropped(&name(stat), widest), widest),
                    " ".repeat(digits.saturating_sub(count.len()))
                )),
                bar("+", columns(stat.inserted), Status::Inserted),
                bar("-", columns(stat.deleted), Status::Deleted),
                bar(">", columns(stat.moved), Status::MovedTo),
            ],
            0,
        );
    }
    page.gap();
}

fn bar(sign: &str, columns: usize, status: Status) -> Span {
    (sign.repeat(columns), Ink { faint: true, ..Ink::of(status) })
}

fn topics(summary: &Summary, page: &mut Page) {
    if summary.topics.iter().all(|row| row.topic.is_none()) {
        return;
    }
    page.gap();
    let widest = summary.topics.iter().map(|row| row.name.width()).max().unwrap_or(0).max(16);
    let heads: String = COLUMNS.iter().map(|column| format!("{column:>10}")).collect();
    page.line(&[strong(padded("Topic (a guess)", widest + 2)), faint(heads)], 0);
    for row in &summary.topics {
        let cell =
            |count: &usize| if *count == 0 { format!("{:>10}", "·") } else { format!("{:>10}", thousands(*count)) };
        let cells: String = row.counts.iter().map(cell).collect();
        page.line(&[plain(format!("  {}{cells}", padded(&row.name, widest)))], 0);
    }
}

fn sensitive(report: &Report<'_>, summary: &Summary, page: &mut Page) {
    if summary.sensitive.is_empty() {
        return;
    }
    page.gap();
    let kinds: Vec<String> =
        summary.tokens.iter().map(|(kind, count)| format!("{} {}", token_name(*kind), thousands(*count))).collect();
    page.line(&[strong("Look at first"), faint(format!("  {}", kinds.join(", ")))], 2);
    let digits = report.count().to_string().len();
    for index in summary.sensitive.iter().take(MOST) {
        let (Some(number), Some(change)) = (report.number(*index), report.comparison.changes.get(*index)) else {
            continue;
        };
        let tokens: Vec<String> = change.tokens.iter().map(token).collect();
        let place = cropped(&harmless(&citation(change)), 40);
        let line =
            [faint(format!("  {number:>digits$}  ")), plain(format!("{place}: ")), plain(harmless(&tokens.join("; ")))];
        page.line(&line, digits + 6);
    }
    more(summary.sensitive.len(), "change", page);
}

/// Says what became of a token: `three per cent → six per cent`.
fn token(token: &SensitiveToken) -> String {
    match (&token.old, &token.new) {
        (Some(old), Some(new)) => format!("{} {old} → {new}", token_name(token.kind)),
        (Some(old), None) => format!("{} {old} gone", token_name(token.kind)),
        (None, Some(new)) => format!("{} {new} new", token_name(token.kind)),
        (None, None) => token_name(token.kind).to_owned(),
    }
}

fn checks(report: &Report<'_>, page: &mut Page) {
    let checks = &report.comparison.checks;
    if checks.is_empty() {
        return;
    }
    page.gap();
    page.line(&[strong("Doubtful in the new draft")], 0);
    for check in checks.iter().take(MOST) {
        let places = places(check, 6);
        let places = if places.is_empty() { String::new() } else { format!(": {places}") };
        page.line(&[plain(harmless(&format!("  {}{places}", check_sentence(check))))], 4);
    }
    more(checks.len(), "remark", page);
}

fn more(count: usize, noun: &str, page: &mut Page) {
    if let Some(rest) = count.checked_sub(MOST).filter(|rest| *rest > 0) {
        page.line(&[faint(format!("  … and {}", plural(rest, &format!("more {noun}"))))], 4);
    }
}
