//! A redline as Markdown, for an e-mail: the summary, and a table of what changed.
//!
//! Deleted text is ~~struck out~~, inserted text **bold**, what was moved *italic*. What a draft holds is
//! text: whatever Markdown would take for markup is escaped.

use std::fmt::Write;

use super::Report;
use super::summary::{COLUMNS, check_sentence, citation, kind_name, noise_name, places, plural, summary, thousands};
use super::view::{Content, LineRow, Muted, Passage, Piece, Row, View, spelled, view};
use crate::compare::Status;

/// Unchanged words that are kept on each side of a change.
const AROUND: usize = 8;

/// Writes a redline.
pub fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    head(report, &mut out);
    let rows = view(report, Muted::AsNew);
    let mut table = String::new();
    rows.rows.iter().for_each(|row| self::row(report, &rows, row, &mut table));
    if !table.is_empty() {
        out.push_str("\n## Changes\n\n| No. | Clause | Text |\n| ---: | --- | --- |\n");
        out.push_str(&table);
        out.push_str("\n~~Struck out~~ is deleted, **bold** is inserted, *italic* was moved.\n");
    }
    let digests = [("old", &report.old), ("new", &report.new)];
    out.push_str("\n---\n\n");
    for (which, side) in digests {
        let _ = writeln!(out, "- {which}: {}, SHA-256 `{}`", escaped(&side.name), side.sha256);
    }
    report.options.iter().for_each(|option| {
        let _ = writeln!(out, "- {}", escaped(option));
    });
    let _ = writeln!(out, "- made with {}", escaped(&report.program));
    out
}

// Writing to a text cannot fail: that is why results of `write!` are let go here.
fn head(report: &Report<'_>, out: &mut String) {
    let summary = summary(report);
    let names = format!("{} → {}", escaped(&report.old.name), escaped(&report.new.name));
    match &report.title {
        Some(title) => {
            let _ = write!(out, "# {}\n\n{names}\n", escaped(title));
        }
        None => {
            let _ = writeln!(out, "# Redline: {names}");
        }
    }
    let _ = write!(out, "\n{}\n\n", summary.verdict);
    for (kind, count) in &summary.kinds {
        let _ = writeln!(out, "- {} {}", thousands(*count), kind_name(*kind));
    }
    for row in summary.noise.iter().filter(|row| !row.shown) {
        let _ = writeln!(out, "- not shown: {} of {}", plural(row.count, "difference"), noise_name(row.class));
    }
    if summary.topics.iter().any(|row| row.topic.is_some()) {
        let _ = write!(
            out,
            "\n| topic (a guess) | {} |\n| --- |{}\n",
            COLUMNS.join(" | "),
            " ---: |".repeat(COLUMNS.len())
        );
        for row in &summary.topics {
            let counts: Vec<String> =
                row.counts.iter().map(|count| if *count == 0 { String::new() } else { thousands(*count) }).collect();
            let _ = writeln!(out, "| {} | {} |", escaped(&row.name), counts.join(" | "));
        }
    }
    let list = |title: &str, lines: Vec<String>, out: &mut String| {
        if !lines.is_empty() {
            let _ = write!(out, "\n## {title}\n\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(out, "- {}", escaped(line));
            });
        }
    };
    let checks = report.comparison.checks.iter().map(|check| {
        let places = places(check, 12);
        let places = if places.is_empty() { places } else { format!(" ({places})") };
        format!("{}{places}", check_sentence(check))
    });
    list("Doubtful in the new draft", checks.collect(), out);
    list("To be known", summary.notes, out);
}

/// A row of the table for each line that changed.
fn row(report: &Report<'_>, view: &View<'_>, row: &Row<'_>, out: &mut String) {
    match row {
        Row::Line(line) if line.changed => self::line(report, view, line, out),
        Row::Table(table) if table.changed => {
            let mut starts = table.starts.clone();
            for row in table.rows.iter().filter(|row| row.changed) {
                starts.extend(row.all_starts());
                let mut cells: Vec<String> = Vec::with_capacity(row.cells.len());
                for cell in &row.cells {
                    let mut text = String::new();
                    gather(&cell.rows, &mut text);
                    cells.push(text.trim().to_owned());
                }
                let clause = clause(report, view, &starts, table.clause);
                let _ =
                    writeln!(out, "| {} | {} | {} |", numbers(report, &starts), escaped(&clause), cells.join(" · "));
                starts.clear();
            }
        }
        Row::Line(_) | Row::Table(_) | Row::Story(_) | Row::Skipped(_) => {}
    }
}

fn line(report: &Report<'_>, view: &View<'_>, line: &LineRow<'_>, out: &mut String) {
    let own = line.starts.iter().copied().chain(line.passage.filter(|p| p.first).map(|passage| passage.change));
    let starts: Vec<usize> = own.collect();
    let told = numbers(report, &starts);
    // The old place of a section that was moved is told once.
    if told.is_empty() && line.status == Status::MovedFrom {
        return;
    }
    let starts = if line.starts.is_empty() { line.change.as_slice() } else { &line.starts };
    let clause = clause(report, view, starts, line.clause);
    let mut text = String::new();
    if let Some(number) = line.label.filter(|number| number.change.is_some() && number.is_renumbered()) {
        let _ = write!(text, "{} {} ", marked("~~", number.old.unwrap_or_default()), marked("**", number.current()));
    }
    if line.status == Status::MovedFrom {
        let words: String = line.pieces.iter().map(|piece| plain(&piece.content)).collect();
        text.push_str(&marked("~~", &beginning(&words)));
    } else {
        pieces(&line.pieces, &mut text);
        text.push_str(match line.mark {
            Some(Status::Inserted) => " **¶**",
            Some(Status::Deleted) => " ~~¶~~",
            _ => "",
        });
    }
    if let Some(words) = line.passage.filter(|passage| passage.first).map(|passage| Passage::words(&passage)) {
        let _ = write!(text, " ({})", escaped(&words));
    }
    let _ = writeln!(out, "| {told} | {} | {} |", escaped(&clause), text.trim());
}

/// Writes the content of a cell.
fn gather(rows: &[Row<'_>], out: &mut String) {
    for row in rows {
        match row {
            Row::Line(line) => {
                if !out.is_empty() {
                    out.push_str(" / ");
                }
                pieces(&line.pieces, out);
            }
            Row::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| gather(&cell.rows, out));
            }
            Row::Story(_) | Row::Skipped(_) => {}
        }
    }
}

/// Returns the numbers of changes: `3`, `3–5`, `3, 5`.
fn numbers(report: &Report<'_>, changes: &[usize]) -> String {
    let mut numbers: Vec<usize> = changes.iter().filter_map(|index| report.number(*index)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut told: Vec<String> = Vec::new();
    for run in numbers.chunk_by(|one, next| one + 1 == *next) {
        match run {
            [one] => told.push(one.to_string()),
            [first, .., last] => told.push(format!("{first}–{last}")),
            [] => {}
        }
    }
    told.join(", ")
}

/// Returns where the first of some changes is; where there is none, the clause of the outline.
fn clause(report: &Report<'_>, view: &View<'_>, changes: &[usize], clause: Option<usize>) -> String {
    let change = changes.first().and_then(|at| report.comparison.changes.get(*at));
    change.map(citation).filter(|place| place != "–").unwrap_or_else(|| place(view, clause))
}

/// Returns the number and heading of a clause of the outline.
fn place(view: &View<'_>, clause: Option<usize>) -> String {
    let path = view.path(clause);
    let Some(last) = path.last() else { return "–".to_owned() };
    let heading = path.iter().rev().map(|clause| clause.heading).find(|heading| !heading.is_empty()).unwrap_or("");
    format!("{} {heading}", last.new.or(last.old).unwrap_or("")).trim().to_owned()
}

/// Writes pieces: changed ones with their marks, of the others the words beside them.
fn pieces(pieces: &[Piece<'_>], out: &mut String) {
    let mut at = 0;
    while at < pieces.len() {
        let paint = mark(&pieces[at]);
        let to = pieces[at..].iter().position(|piece| mark(piece) != paint).map_or(pieces.len(), |n| at + n);
        let text: String = pieces[at..to].iter().map(|piece| plain(&piece.content)).collect();
        match paint {
            Some(paint) => {
                let text = marked(paint, &text);
                // Emphasis begins and ends at the edge of a word, or not at all (CommonMark, 6.2).
                guard(out, &text);
                out.push_str(&text);
            }
            None => {
                let text = escaped(&shortened(&text, at > 0, to < pieces.len()));
                if out.ends_with(['*', '~']) && text.starts_with(char::is_alphanumeric) && needs_guard(out) {
                    out.push_str(GUARD);
                }
                out.push_str(&text);
            }
        }
        at = to;
    }
}

/// Parts a mark from its neighbours and hardly shows: a hair space, which is white space to Markdown.
const GUARD: &str = "\u{200A}";

/// Puts a guard before marked text that would not be read as such: a letter before it, a sign in it.
fn guard(out: &mut String, marked: &str) {
    if marked.starts_with(' ') {
        return;
    }
    let first = marked.trim_start_matches(['*', '~']).chars().next();
    let sign = first.is_some_and(|c| !c.is_alphanumeric());
    let tight = out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || (c == '*' && marked.starts_with('*')));
    if sign && tight || out.ends_with('*') && marked.starts_with('*') || out.ends_with('~') && marked.starts_with('~') {
        out.push_str(GUARD);
    }
}

/// Returns whether a mark that closes after a sign needs a guard before a letter.
fn needs_guard(out: &str) -> bool {
    out.trim_end_matches(['*', '~']).chars().next_back().is_some_and(|c| !c.is_alphanumeric())
}

fn mark(piece: &Piece<'_>) -> Option<&'static str> {
    match (piece.is_painted(), piece.status) {
        (false, _) => None,
        (true, Status::Inserted) => Some("**"),
        (true, Status::Deleted | Status::MovedFrom) => Some("~~"),
        (true, Status::MovedTo) => Some("*"),
        (true, Status::Same) => None,
    }
}

fn plain(content: &Content<'_>) -> String {
    match content {
        Content::Text(text) => (*text).to_owned(),
        Content::Object(object) => spelled(object),
    }
}

/// Returns marked text; blanks at its ends stay outside, since Markdown wants it so.
fn marked(mark: &str, text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        // Blanks alone cannot be marked: they are made visible.
        return if text.is_empty() { String::new() } else { format!("{mark}␣{mark}") };
    }
    let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{lead}{mark}{}{mark}{tail}", escaped(inner))
}

/// Returns unchanged text with its middle, beginning or end left out, where it is long.
fn shortened(text: &str, after: bool, before: bool) -> String {
    let starts: Vec<usize> = text
        .char_indices()
        .zip(std::iter::once(' ').chain(text.chars()))
        .filter(|((_, c), previous)| !c.is_whitespace() && previous.is_whitespace())
        .map(|((at, _), _)| at)
        .collect();
    let keep = AROUND * (usize::from(after) + usize::from(before)).max(1) + 2;
    if starts.len() <= keep {
        return text.to_owned();
    }
    let (head, tail) = match (after, before) {
        (true, true) => (AROUND, AROUND),
        (false, true) => (0, AROUND),
        (true, false) => (AROUND, 0),
        (false, false) => (keep, 0),
    };
    let start = if head == 0 { "" } else { &text[..starts[head]] };
    let end = if tail == 0 { "" } else { &text[starts[starts.len() - tail]..] };
    format!("{start}… {end}")
}

fn beginning(text: &str) -> String {
    shortened(text.trim(), true, false)
}

/// Returns a text that Markdown, with tables and strikethrough, shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redline::{Shown, Side, sample};

    #[test]
    fn an_e_mail_shows_what_changed() {
        let (old, new, comparison) = sample::contract();
        let sides = [Side::new("v1.txt", "00", &old), Side::new("v2.txt", "11", &new)];
        let [old, new] = sides;
        let mut report = Report::new(old, new, &comparison, Shown::default());
        report.program = "engross".to_owned();
        insta::assert_snapshot!(write(&report));
    }

    #[test]
    fn a_draft_cannot_take_effect_as_markdown() {
        assert_eq!(escaped("a|b *c* <i>\n[x](y)"), r"a\|b \*c\* \<i\> \[x\](y)");
        assert_eq!(marked("**", " a "), " **a** ");
        assert_eq!(marked("~~", " "), "~~␣~~");
    }

    #[test]
    fn numbers_in_a_row_are_told_as_one() {
        let (old, new, comparison) = sample::contract();
        let shown = Shown { noise: crate::compare::Noise::ALL.iter().copied().collect(), ..Shown::default() };
        let report = Report::new(Side::new("a", "0", &old), Side::new("b", "1", &new), &comparison, shown);
        assert_eq!(numbers(&report, &[2, 0, 1]), "1–3");
        assert_eq!(numbers(&report, &[3, 0, 3]), "1, 4");
        assert_eq!(numbers(&report, &[]), "");
    }

    #[test]
    fn long_unchanged_text_is_shortened_at_words() {
        let text: String = (0..40).map(|n| format!("w{n} ")).collect();
        let short = shortened(&text, true, true);
        assert!(short.starts_with("w0 w1") && short.ends_with("w39 ") && short.contains("w7 … w32"), "{short}");
        assert_eq!(shortened("a b c", true, true), "a b c");
    }

    #[test]
    fn marks_beside_letters_are_read_as_marks() {
        let piece = |status, text| Piece {
            status,
            content: Content::Text(text),
            change: None,
            muted: false,
            ghost: false,
            strong: false,
            emph: false,
        };
        let all = [piece(Status::Same, "un"), piece(Status::Inserted, "(re)"), piece(Status::Same, "done")];
        let mut out = String::new();
        pieces(&all, &mut out);
        assert_eq!(strong(&out), "(re)", "{out}");
    }

    /// What Markdown reads as strong.
    fn strong(markdown: &str) -> String {
        use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
        let mut within = false;
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Strong) => within = true,
                Event::End(TagEnd::Strong) => within = false,
                Event::Text(part) if within => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    proptest::proptest! {
        #[test]
        fn what_is_inserted_is_read_as_strong(before in "[a-z(*_~,. ]{0,4}", text in "[a-z(*_~|`<,.&]{1,6}", after in "[a-z)*_~,. ]{0,4}") {
            let piece = |status, text| Piece {
                status,
                content: Content::Text(text),
                change: None,
                muted: false,
                ghost: false,
                strong: false,
                emph: false,
            };
            let all = [piece(Status::Same, &*before), piece(Status::Inserted, &*text), piece(Status::Same, &*after)];
            let mut out = "x ".to_owned();
            pieces(&all, &mut out);
            proptest::prop_assert_eq!(strong(&out), text, "{}", out);
        }
    }
}
