//! The histories of the clauses, and the clauses that both sides changed.

use std::fmt::Write;

use super::super::model::{Event, History, Track, What};
use super::super::say::Say;
use super::{esc, marked, open, select};

/// Writes every clause with what happened to it.
pub(super) fn histories(out: &mut String, track: &Track, say: Say<'_>) {
    open(out, "clauses", say.word("clauses"), None);
    filter(out, track, say);
    if !track.clauses.iter().any(History::has_changed) {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", esc(say.word("no_changes")));
    }
    for at in 0..track.clauses.len() {
        history(out, track, say, at);
    }
    out.push_str("</section>\n");
}

fn filter(out: &mut String, track: &Track, say: Say<'_>) {
    let _ = write!(
        out,
        "<form id=\"clause-filter\" hidden role=\"search\">\n<label>{}<input type=\"search\" name=\"search\"></label>\n",
        esc(say.word("search"))
    );
    let mut topics: Vec<&str> = track.clauses.iter().flat_map(|clause| clause.topics.iter().copied()).collect();
    topics.sort_unstable_by_key(|key| say.topic(key));
    topics.dedup();
    let topics = topics.into_iter().map(|key| (key.to_owned(), say.topic(key).to_owned()));
    select(out, "topic", say.word("topic_guess"), say, topics);
    let rounds = track.rounds.iter().enumerate().skip(1).map(|(at, round)| (at.to_string(), round.id.clone()));
    select(out, "round", say.word("draft"), say, rounds);
    let kinds = [
        ("inserted", say.word("inserted")),
        ("deleted", say.word("deleted")),
        ("edited", say.word("edited")),
        ("replaced", say.word("rewritten")),
        ("moved", say.word("moved")),
        ("back", say.word("back_in")),
    ];
    select(
        out,
        "what",
        say.word("what"),
        say,
        kinds.into_iter().map(|(key, title)| (key.to_owned(), title.to_owned())),
    );
    let sides = [
        ("government", say.word("government")),
        ("investor", say.word("investor")),
        ("joint", say.word("joint")),
        ("both", say.word("both_sides")),
    ];
    select(
        out,
        "side",
        say.word("by_side"),
        say,
        sides.into_iter().map(|(key, title)| (key.to_owned(), title.to_owned())),
    );
    let _ = writeln!(
        out,
        "<label class=\"check\"><input type=\"checkbox\" name=\"quiet\">{}</label>\n\
         <button type=\"reset\">{}</button>\n<output id=\"shown\" aria-live=\"polite\" data-pattern=\"{}\"></output>\n</form>",
        esc(say.word("show_unchanged")),
        esc(say.word("clear")),
        esc(say.word("shown")),
    );
}

fn history(out: &mut String, track: &Track, say: Say<'_>, at: usize) {
    let Some((clause, state)) = track.clauses.get(at).and_then(|clause| Some((clause, clause.latest()?))) else {
        return;
    };
    let changed = clause.has_changed();
    let events: Vec<String> = clause
        .events
        .iter()
        .enumerate()
        .flat_map(|(round, event)| kinds(event).into_iter().map(move |kind| format!("{round}:{kind}")))
        .collect();
    let sides: Vec<&str> = say.sides(clause).into_iter().map(|side| side.word()).collect();
    let _ = write!(
        out,
        "<article class=\"clause{}\" id=\"c{at}\" data-e=\"{}\" data-s=\"{}\" data-t=\"{}\" aria-labelledby=\"c{at}-h\">\n\
         <h3 id=\"c{at}-h\" dir=\"auto\">{}</h3>\n",
        if changed { "" } else { " quiet" },
        events.join(" "),
        sides.join(" "),
        esc(&clause.topics.join(" ")),
        if state.number.is_empty() {
            esc(&say.state(state))
        } else {
            format!("<span class=\"num\">{}</span> {}", esc(&state.number), esc(&state.heading))
        },
    );
    let mut about: Vec<String> = clause.topics.iter().take(2).map(|topic| say.topic(topic).to_owned()).collect();
    if !about.is_empty() {
        about = vec![format!("{}: {}", say.word("topic_guess"), about.join(", "))];
    }
    if !changed {
        about.insert(0, say.word("unchanged").to_owned());
    }
    let numbers = numbers(track, clause);
    if numbers.len() > 1 {
        about.push(numbers.join(" → "));
    }
    if !about.is_empty() {
        let _ = writeln!(out, "<p class=\"about\">{}</p>", esc(&about.join(" · ")));
    }
    if changed {
        timeline(out, track, say, clause);
    }
    out.push_str("</article>\n");
}

fn timeline(out: &mut String, track: &Track, say: Say<'_>, clause: &History) {
    let lang = track.text_lang.map(|lang| lang.code());
    out.push_str("<ol class=\"events\">\n");
    for (round, event) in clause.events.iter().enumerate() {
        let is_there = clause.states.get(round).is_some_and(Option::is_some);
        let was_there = clause.states.iter().take(round).any(Option::is_some);
        if !is_there && !was_there && event.what.is_empty() {
            continue;
        }
        let back = event.what.iter().any(|what| matches!(what, What::BroughtBack { .. } | What::Reverted { .. }));
        let class = match (event.is_of_substance(), back || !event.returns.is_empty()) {
            (_, true) => "does back",
            (true, false) => "does",
            (false, false) => "still",
        };
        let told = say.event(clause, round);
        let told = match (told.is_empty(), is_there) {
            (false, _) => told,
            (true, true) => say.word("unchanged").to_owned(),
            (true, false) => say.word("absent").to_owned(),
        };
        let name = track.name_of(round);
        let draft = say.draft(round);
        let rest = draft.strip_prefix(name).unwrap_or_default().trim_start_matches(", ");
        let size = Say::size(event);
        let _ = write!(
            out,
            "<li class=\"{class}\"><p class=\"who\"><b>{}</b> {} <span class=\"what\">{}</span> <span class=\"size\">{}</span></p>",
            esc(name),
            esc(rest),
            esc(&told),
            esc(&size),
        );
        if !event.redline.is_empty() {
            out.push_str(&marked(&event.redline, lang));
        }
        for back in event.returns.iter().filter_map(|at| track.returns.get(*at)) {
            let _ = write!(out, "<p class=\"note\" dir=\"auto\">“{}”</p>", esc(&back.text));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    if !clause.net.redline.is_empty() && track.rounds.len() > 2 {
        let title = format!("{}: {}", say.net_title(), say.net_of(clause));
        let _ =
            writeln!(out, "<details><summary>{}</summary>{}</details>", esc(&title), marked(&clause.net.redline, lang));
    }
}

/// Returns the numbers that a clause had, each once.
fn numbers(track: &Track, clause: &History) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut last: Option<&str> = None;
    for (round, state) in clause.states.iter().enumerate() {
        let Some(state) = state else { continue };
        if last != Some(state.number.as_str()) && !state.number.is_empty() {
            out.push(format!("{} ({})", state.number, track.name_of(round)));
            last = Some(&state.number);
        }
    }
    out
}

/// Returns the kinds of an event, as the filter knows them.
fn kinds(event: &Event) -> Vec<&'static str> {
    let mut kinds: Vec<&str> = event
        .what
        .iter()
        .filter_map(|what| match what {
            What::First | What::Renumbered => None,
            What::BroughtBack { .. } | What::Reverted { .. } => Some("back"),
            What::Renamed => Some("edited"),
            What::Inserted | What::Deleted | What::Edited | What::Replaced | What::Moved => Some(what.name()),
        })
        .collect();
    if !event.returns.is_empty() {
        kinds.push("back");
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Writes the clauses that two drafts with the same origin both changed.
pub(super) fn conflicts(out: &mut String, track: &Track, say: Say<'_>) {
    if track.conflicts.is_empty() {
        return;
    }
    let lang = track.text_lang.map(|lang| lang.code());
    open(out, "conflicts", say.word("conflicts"), None);
    for conflict in &track.conflicts {
        let same = if conflict.same { format!(" · {}", say.word("same_change")) } else { String::new() };
        let _ = write!(
            out,
            "<article class=\"clause\"><h3 dir=\"auto\"><a href=\"#c{}\">{}</a></h3><p class=\"about\">{} {}{}</p><ol class=\"events\">",
            conflict.clause,
            esc(&say.clause(conflict.clause)),
            esc(say.word("origin")),
            esc(&say.draft(conflict.origin)),
            esc(&same),
        );
        for (round, redline) in [(conflict.one, &conflict.one_redline), (conflict.other, &conflict.other_redline)] {
            let _ = write!(
                out,
                "<li class=\"does\"><p class=\"who\"><b>{}</b></p>{}</li>",
                esc(&say.draft(round)),
                marked(redline, lang)
            );
        }
        out.push_str("</ol></article>\n");
    }
    out.push_str("</section>\n");
}
