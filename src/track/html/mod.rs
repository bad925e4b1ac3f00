//! A track as one self-contained page: the drafts, the issues matrix, each clause's history with its redlines.
//!
//! Style and script stand beside the code, for they are part of the program and not of a workspace's
//! templates. The page fetches nothing and says so to the browser; without the script it shows everything,
//! unfiltered. All text goes through `esc`.

mod clauses;

use std::fmt::Write;

use super::confidential::Confidential;
use super::model::Mark;
use super::model::{Marked, NetKind, Part, Piece, SharedIssue, Track};
use super::say::Say;
use super::tables::{self, Cell, Table};

/// What a page may load: nothing but what stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'";

/// Writes a track as a page, with what is internal if it is given. `program` is name and version of the program.
pub fn write(track: &Track, confidential: Option<&Confidential>, program: &str) -> String {
    let say = Say::new(track);
    let lang = track.lang.code();
    let dir = if track.lang.is_rtl() { "rtl" } else { "ltr" };
    let title = format!("{} – {}", track.title, say.word("title"));
    let secret = confidential.is_some().then(|| say.word("confidential"));
    let mut out = String::with_capacity(1 << 16);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n",
        esc(program),
        esc(&title),
        include_str!("page.css"),
        running(&title, secret),
    );
    let _ = writeln!(out, "<a class=\"skip\" href=\"#clauses\">{}</a>", esc(say.word("clauses")));
    if let Some(secret) = secret {
        let _ = writeln!(out, "<aside class=\"secret\">{}</aside>", esc(secret));
    }
    out.push_str("<div class=\"sheet\">\n");
    head(&mut out, track, say);
    out.push_str("<main>\n");
    let section = |out: &mut String, table: &Table, is_secret: bool| {
        if table.rows.is_empty() {
            return;
        }
        open(out, table.key, &table.title, secret.filter(|_| is_secret));
        if table.key == "issues" {
            let rows: Vec<&SharedIssue> = match confidential {
                None => track.issues.iter().collect(),
                Some(all) => all.issues.iter().map(|(issue, _)| issue).collect(),
            };
            issue_filter(out, &rows, say);
            self::table(out, table, |row| issue_row(rows.get(row).copied()));
        } else {
            self::table(out, table, |_| String::new());
        }
        out.push_str("</section>\n");
    };
    section(&mut out, &tables::rounds(track, confidential), true);
    section(&mut out, &tables::issues(track, confidential), true);
    section(&mut out, &tables::returned(track), false);
    clauses::conflicts(&mut out, track, say);
    clauses::histories(&mut out, track, say);
    section(&mut out, &tables::checks(track), false);
    if !track.remarks.is_empty() {
        open(&mut out, "remarks", say.word("remarks"), None);
        out.push_str("<ul class=\"note\">\n");
        for remark in &track.remarks {
            let _ = writeln!(out, "<li dir=\"auto\">{}</li>", esc(remark));
        }
        out.push_str("</ul>\n</section>\n");
    }
    let made = say.fill("made_by", &[("program", program)]);
    let _ = write!(
        out,
        "</main>\n<footer><p>{}</p>{}</footer>\n</div>\n<script>\n{}</script>\n</body>\n</html>\n",
        esc(&made),
        secret.map(|secret| format!("<p class=\"for-team\">{}</p>", esc(secret))).unwrap_or_default(),
        include_str!("page.js"),
    );
    out
}

/// Rules of paged output: what stands in the margins of every page.
fn running(title: &str, secret: Option<&str>) -> String {
    let top = secret.map(|secret| {
        format!("  @top-center {{ content: {}; color: #9b2226; font: bold 9pt sans-serif; }}\n", css_string(secret))
    });
    format!(
        "@page {{\n  size: A4 landscape;\n  margin: 17mm 14mm 16mm;\n{}  @bottom-left {{ content: {}; font: 8pt sans-serif; color: #525252; }}\n  \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); font: 8pt sans-serif; color: #525252; }}\n}}\n",
        top.unwrap_or_default(),
        css_string(title),
    )
}

fn head(out: &mut String, track: &Track, say: Say<'_>) {
    let sub = match &track.case {
        Some(case) => format!("{} · {case}", say.word("title")),
        None => say.word("title").to_owned(),
    };
    let _ = write!(out, "<header>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"sub\">{}</p>\n", esc(&track.title), esc(&sub));
    if let Some(net) = &track.net {
        let kind = |kind: NetKind| {
            let of = |part: Part| matches!(part, Part::Clause);
            let all = track.clauses.iter().filter(|it| it.latest().is_some_and(|state| of(state.part)));
            all.filter(|it| it.net.kind == kind).count()
        };
        let _ = write!(
            out,
            "<p class=\"note\">{} ({})</p>\n<dl class=\"sums\">\n",
            esc(&say.net_title()),
            esc(say.word("clauses"))
        );
        for net_kind in NetKind::ALL {
            let count = kind(*net_kind);
            if count > 0 {
                let _ = writeln!(out, "<div><dt>{}</dt><dd>{count}</dd></div>", esc(say.net(*net_kind)));
            }
        }
        for (key, count) in [("words_inserted", net.tally.inserted), ("words_deleted", net.tally.deleted)] {
            let _ = writeln!(out, "<div><dt>{}</dt><dd>{count}</dd></div>", esc(say.word(key)));
        }
        out.push_str("</dl>\n");
    }
    let mut links = vec!["rounds"];
    links.extend((!track.issues.is_empty()).then_some("issues"));
    links.extend((!track.returns.is_empty()).then_some("returned"));
    links.extend((!track.conflicts.is_empty()).then_some("conflicts"));
    links.push("clauses");
    let _ = writeln!(out, "<nav aria-label=\"{}\"><ul>", esc(say.word("contents")));
    for link in links {
        let _ = writeln!(out, "<li><a href=\"#{link}\">{}</a></li>", esc(say.word(link)));
    }
    out.push_str("</ul></nav>\n</header>\n");
}

/// Opens a section with its heading.
fn open(out: &mut String, key: &str, title: &str, secret: Option<&str>) {
    let _ = write!(out, "<section id=\"{key}\" aria-labelledby=\"{key}-h\">\n<h2 id=\"{key}-h\">{}</h2>\n", esc(title));
    if let Some(secret) = secret {
        let _ = writeln!(out, "<p class=\"for-team\">{}</p>", esc(secret));
    }
}

/// Writes a table; `attributes` gives those of each row.
fn table(out: &mut String, table: &Table, attributes: impl Fn(usize) -> String) {
    let _ = writeln!(
        out,
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"{}-h\"><table>\n<thead><tr>",
        table.key
    );
    // A column in which nothing stands is left out, unless it is there to be filled in.
    let shown: Vec<bool> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            column.key == "favour" || table.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()))
        })
        .collect();
    for (column, _) in table.columns.iter().zip(&shown).filter(|(_, shown)| **shown) {
        let _ = write!(out, "<th scope=\"col\">{}</th>", esc(&column.title));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (at, row) in table.rows.iter().enumerate() {
        let _ = write!(out, "<tr{}>", attributes(at));
        let mut is_first = true;
        for ((cell, column), _) in row.iter().zip(&table.columns).zip(&shown).filter(|(_, shown)| **shown) {
            let inner = cell_text(cell, column.key);
            if is_first {
                let _ = write!(out, "<th scope=\"row\" dir=\"auto\">{inner}</th>");
                is_first = false;
                continue;
            }
            let secret = matches!(column.key, "ideal" | "target" | "walk_away" | "remark");
            let class = match cell {
                _ if secret => " class=\"w secret-cell\"",
                Cell::Number(_) => " class=\"n\"",
                Cell::Date(_) => " class=\"d\"",
                Cell::Text(_) | Cell::Redline(_) if column.key == "favour" => " class=\"blank\"",
                Cell::Text(_) | Cell::Redline(_) if column.width >= 28 => " class=\"w\"",
                Cell::Text(_) | Cell::Redline(_) => "",
            };
            let _ = write!(out, "<td{class} dir=\"auto\">{inner}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn cell_text(cell: &Cell, key: &str) -> String {
    match cell {
        Cell::Text(text) if key == "digest" => format!("<code>{}</code>", esc(text)),
        Cell::Text(text) => lines(text),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => format!("<time>{date}</time>"),
        Cell::Redline(redline) => marked(redline, None),
    }
}

fn issue_row(issue: Option<&SharedIssue>) -> String {
    let Some(issue) = issue else { return String::new() };
    let status = issue.status.map_or("proposal", |status| status.word());
    let topic = issue.topic.as_deref().unwrap_or_default();
    let class = if issue.is_proposal { " class=\"proposal\"" } else { "" };
    format!("{class} data-t=\"{}\" data-s=\"{}\"", esc(topic), esc(status))
}

fn issue_filter(out: &mut String, rows: &[&SharedIssue], say: Say<'_>) {
    let mut topics: Vec<&str> = rows.iter().filter_map(|issue| issue.topic.as_deref()).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut statuses: Vec<_> = rows.iter().map(|issue| issue.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    out.push_str("<form id=\"issue-filter\" hidden>\n");
    select(
        out,
        "topic",
        say.word("topic"),
        say,
        topics.iter().map(|key| ((*key).to_owned(), say.topic(key).to_owned())),
    );
    let options = statuses
        .iter()
        .map(|status| (status.map_or("proposal", |status| status.word()).to_owned(), say.status(*status).to_owned()));
    select(out, "status", say.word("status"), say, options);
    let _ = writeln!(out, "<button type=\"reset\">{}</button>\n</form>", esc(say.word("clear")));
}

/// Writes a list to choose from, with "all" first.
fn select(out: &mut String, name: &str, label: &str, say: Say<'_>, options: impl Iterator<Item = (String, String)>) {
    let _ = write!(
        out,
        "<label>{}<select name=\"{name}\"><option value=\"\">{}</option>",
        esc(label),
        esc(say.word("all"))
    );
    for (value, title) in options {
        let _ = write!(out, "<option value=\"{}\">{}</option>", esc(&value), esc(&title));
    }
    out.push_str("</select></label>\n");
}

/// Returns a redline; `lang` is the language of the drafts.
fn marked(redline: &[Marked], lang: Option<&str>) -> String {
    let lang = lang.map(|lang| format!(" lang=\"{lang}\"")).unwrap_or_default();
    let mut out = format!("<div class=\"redline\"{lang}>");
    let mut in_table = false;
    for line in redline {
        match line {
            Marked::Para(line) => {
                if in_table {
                    out.push_str("</table>");
                    in_table = false;
                }
                out.push_str("<p dir=\"auto\">");
                pieces(&mut out, line);
                out.push_str("</p>");
            }
            Marked::Row(cells) => {
                if !in_table {
                    out.push_str("<table>");
                    in_table = true;
                }
                out.push_str("<tr>");
                for cell in cells {
                    out.push_str("<td dir=\"auto\">");
                    pieces(&mut out, cell);
                    out.push_str("</td>");
                }
                out.push_str("</tr>");
            }
        }
    }
    out.push_str(if in_table { "</table></div>" } else { "</div>" });
    out
}

fn pieces(out: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        let text = lines(&piece.text);
        let _ = match piece.mark {
            Mark::Same => write!(out, "{text}"),
            Mark::Inserted => write!(out, "<ins>{text}</ins>"),
            Mark::Deleted => write!(out, "<del>{text}</del>"),
        };
    }
}

/// Returns text as HTML, its lines broken.
fn lines(text: &str) -> String {
    esc(text).replace('\n', "<br>")
}

/// Returns text as HTML, fit for content and for an attribute in quotes.
fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns text as a string of CSS, quotes and all.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || c == ' ' => out.push(c),
            c if c.is_control() => out.push(' '),
            c => {
                let _ = write!(out, "\\{:x} ", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
