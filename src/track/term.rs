//! A track for the terminal: the drafts, the issues, what became of the clauses, in plain lines.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::confidential::Confidential;
use super::model::{NetKind, Part, SharedIssue, Track};
use super::say::Say;
use super::tables::{self, Cell, Table};
use super::text::shorten;

/// Widest column of a table, in columns of the terminal.
const WIDEST: usize = 34;

/// Writes a summary of a track, with what is internal if it is given. `width` is that of the terminal, in columns.
pub fn write(track: &Track, confidential: Option<&Confidential>, width: usize) -> String {
    let say = Say::new(track);
    let width = width.clamp(60, 160);
    let mut out = String::new();
    let secret = confidential.is_some().then(|| say.word("confidential"));
    if let Some(secret) = secret {
        let _ = writeln!(out, "{secret}\n");
    }
    let case = track.case.as_ref().map(|case| format!(" ({case})")).unwrap_or_default();
    let _ = writeln!(out, "{}{case}\n{}\n", clean(&track.title), say.word("title"));
    let columns = ["draft", "date", "whose", "base", "words", "changes", "words_inserted", "words_deleted", "file"];
    heading(&mut out, say.word("rounds"));
    columned(&mut out, &tables::rounds(track, None), &columns);
    for round in &track.rounds {
        let _ = writeln!(out, "  {}  sha256 {}", clean(&round.id), round.sha256);
    }
    if let Some(all) = confidential {
        for (round, note) in track.rounds.iter().zip(&all.notes) {
            if let Some(note) = note {
                wrapped(&mut out, &format!("  {}  ", round.id), note, width);
            }
        }
    }
    issues(&mut out, track, confidential, say, width);
    if !track.returns.is_empty() {
        heading(&mut out, say.word("returned"));
        for back in &track.returns {
            let name = |round: usize| track.name_of(round);
            let at = say.clause(back.after);
            let lead = format!("  {at}  {} → {} → {}: ", name(back.had), name(back.deleted), name(back.back));
            wrapped(&mut out, &lead, &back.text, width);
        }
    }
    clauses(&mut out, track, say, width);
    let checks = tables::checks(track);
    if !checks.rows.is_empty() {
        heading(&mut out, &checks.title);
        columned(&mut out, &checks, &["what", "subject", "where"]);
    }
    for remark in &track.remarks {
        wrapped(&mut out, "  ", remark, width);
    }
    if let Some(secret) = secret {
        let _ = writeln!(out, "\n{secret}");
    }
    out
}

fn issues(out: &mut String, track: &Track, confidential: Option<&Confidential>, say: Say<'_>, width: usize) {
    let rows: Vec<(&SharedIssue, Option<&super::confidential::Inside>)> = match confidential {
        None => track.issues.iter().map(|issue| (issue, None)).collect(),
        Some(all) => all.issues.iter().map(|(issue, inside)| (issue, inside.as_ref())).collect(),
    };
    if rows.is_empty() {
        return;
    }
    heading(out, say.word("issues"));
    for (issue, inside) in rows {
        let lead = format!("  {:<4} ", issue.id);
        let clause = if issue.clause == issue.text { String::new() } else { format!(" · {}", issue.clause) };
        wrapped(out, &lead, &format!("{} [{}]{clause}", issue.text, say.status(issue.status)), width);
        let line = |out: &mut String, key: &'static str, text: &str| {
            if !text.is_empty() {
                wrapped(out, &format!("       {}: ", say.word(key)), &shorten(text, 220), width);
            }
        };
        line(out, "government_position", &say.position(&issue.government));
        line(out, "company_position", &say.position(&issue.company));
        line(out, "last_offer", &say.position(&issue.last_offer));
        let Some(inside) = inside else { continue };
        line(out, "ideal", inside.ideal.as_deref().unwrap_or_default());
        line(out, "target", inside.target.as_deref().unwrap_or_default());
        line(out, "walk_away", inside.walk_away.as_deref().unwrap_or_default());
        line(out, "priority", say.priority(inside.priority));
        line(out, "evidence", &inside.evidence.join("; "));
        line(out, "linked_to", &inside.linked_to.join(", "));
        line(out, "next_step", inside.next_step.as_deref().unwrap_or_default());
        line(out, "due", &say.date(inside.due));
    }
}

fn clauses(out: &mut String, track: &Track, say: Say<'_>, width: usize) {
    heading(out, say.word("clauses"));
    let of_text = |part: Part| matches!(part, Part::Clause);
    let counts = NetKind::ALL.iter().filter_map(|kind| {
        let all = track.clauses.iter().filter(|it| it.latest().is_some_and(|state| of_text(state.part)));
        let count = all.filter(|it| it.net.kind == *kind).count();
        (count > 0).then(|| format!("{count} {}", say.net(*kind)))
    });
    let _ = writeln!(out, "  {}: {}", say.net_title(), counts.collect::<Vec<_>>().join(", "));
    for clause in track.clauses.iter().filter(|clause| clause.has_changed()) {
        let Some(state) = clause.latest() else { continue };
        let name = shorten(&say.state(state), 70);
        let _ = writeln!(out, "\n  {}", clean(&name));
        for (at, event) in clause.events.iter().enumerate() {
            let told = say.event(clause, at);
            if told.is_empty() || !(event.is_of_substance() || event.what.len() > 1) {
                continue;
            }
            let size = Say::size(event);
            let round = &track.rounds[at];
            let side = say.side(round.from);
            let lead = format!("    {:<4} {side:<12} ", round.id);
            let told = if size.is_empty() { told } else { format!("{told} ({size})") };
            wrapped(out, &lead, &told, width);
        }
        let _ = writeln!(out, "    {}: {}", say.net_title(), say.net_of(clause));
    }
    if !track.clauses.iter().any(super::model::History::has_changed) {
        let _ = writeln!(out, "  {}", say.word("no_changes"));
    }
}

fn heading(out: &mut String, title: &str) {
    let _ = writeln!(out, "\n{title}\n{}", "─".repeat(title.width()));
}

/// Writes some columns of a table.
fn columned(out: &mut String, table: &Table, keys: &[&str]) {
    let columns: Vec<usize> =
        keys.iter().filter_map(|key| table.columns.iter().position(|column| column.key == *key)).collect();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => shorten(text, WIDEST),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Redline(_) => String::new(),
    };
    let mut lines: Vec<Vec<String>> =
        vec![columns.iter().map(|at| shorten(&table.columns[*at].title, WIDEST)).collect()];
    lines.extend(table.rows.iter().map(|row| columns.iter().map(|at| clean(&text(&row[*at]))).collect()));
    let widths: Vec<usize> =
        (0..columns.len()).map(|at| lines.iter().map(|line| line[at].width()).max().unwrap_or_default()).collect();
    for line in lines {
        let mut row = String::from(" ");
        for (cell, wide) in line.iter().zip(&widths) {
            let _ = write!(row, " {cell}{} ", " ".repeat(wide.saturating_sub(cell.width())));
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
}

/// Writes a text behind a lead, its lines broken and hung below each other.
fn wrapped(out: &mut String, lead: &str, text: &str, width: usize) {
    let lead = clean(lead);
    let indent = lead.width().min(width / 3);
    let mut line = lead.clone();
    let mut used = lead.width();
    let mut is_first = true;
    for word in clean(text).split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let wide = word.width();
        if !is_first && used + 1 + wide > width {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            used = indent;
            is_first = true;
        }
        if !is_first {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
        is_first = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Leaves out what would steer the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect()
}
