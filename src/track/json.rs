//! A track as JSON, for other programs. `docs/track.md` describes it.

use serde_json::{Map, Value, json};

use super::confidential::{Confidential, Inside};
use super::model::{
    Conflict, Event, History, Marked, Net, Part, Piece, Position, Return, Round, SharedIssue, State, Step, Track,
    TrackedChange, What,
};
use super::sheet::cited;
use crate::case::model::{CaseDate, DraftAuthor, IssueStatus, Priority};
use crate::compare::{Check, Place};

/// Name and version of the format.
pub const FORMAT: &str = "engross-track/1";

/// JSON Schema (draft 2020-12) of the format.
pub const SCHEMA: &str = include_str!("../../docs/track.schema.json");

/// Writes a track as JSON, with what is internal if it is given.
pub fn write(track: &Track, confidential: Option<&Confidential>, program: &str) -> String {
    let issues: Vec<Value> = match confidential {
        None => track.issues.iter().map(|issue| self::issue(track, issue, None)).collect(),
        Some(all) => all.issues.iter().map(|(issue, inside)| self::issue(track, issue, inside.as_ref())).collect(),
    };
    let note = |at: usize| confidential.and_then(|all| all.notes.get(at)).cloned().flatten();
    let document = json!({
        "format": FORMAT,
        "program": program,
        "title": track.title,
        "case": track.case,
        "language": track.lang.code(),
        "confidentiality": if confidential.is_some() { "strictly confidential" } else { "shared" },
        "rounds": track.rounds.iter().enumerate().map(|(at, it)| round(track, it, note(at))).collect::<Vec<_>>(),
        "steps": track.steps.iter().map(|step| self::step(track, step)).collect::<Vec<_>>(),
        "net": track.net.as_ref().map(|step| self::step(track, step)),
        "clauses": track.clauses.iter().map(|history| self::history(track, history)).collect::<Vec<_>>(),
        "returned": track.returns.iter().map(|back| self::back(track, back)).collect::<Vec<_>>(),
        "conflicts": track.conflicts.iter().map(|conflict| self::conflict(track, conflict)).collect::<Vec<_>>(),
        "issues": issues,
        "remarks": track.remarks,
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn date(date: Option<CaseDate>) -> Value {
    date.map_or(Value::Null, |date| Value::String(date.to_string()))
}

fn side(side: Option<DraftAuthor>) -> Value {
    Value::from(side.map(DraftAuthor::word))
}

fn round(track: &Track, round: &Round, note: Option<String>) -> Value {
    let mut value = json!({
        "id": round.id,
        "file": round.file,
        "date": date(round.date),
        "from": side(round.from),
        "base": round.base.map(|base| track.name_of(base)),
        "place": round.place,
        "sha256": round.sha256,
        "words": round.words,
        "clauses": round.clauses,
    });
    put(&mut value, "note", note.map(Value::from));
    value
}

fn step(track: &Track, step: &Step) -> Value {
    let tally = &step.tally;
    json!({
        "old": track.name_of(step.old),
        "new": track.name_of(step.new),
        "words_inserted": tally.inserted,
        "words_deleted": tally.deleted,
        "words_moved": tally.moved,
        "noise": tally.noise.iter().sum::<usize>(),
        "changes": step.changes.iter().enumerate().map(|(at, it)| change(track, at + 1, it)).collect::<Vec<_>>(),
        "checks": step.checks.iter().map(check).collect::<Vec<_>>(),
    })
}

fn change(track: &Track, number: usize, tracked: &TrackedChange) -> Value {
    let change = &tracked.change;
    let tokens =
        change.tokens.iter().map(|token| json!({ "kind": token.kind.name(), "old": token.old, "new": token.new }));
    json!({
        "number": number,
        "kind": change.kind.name(),
        "clause": tracked.clause.and_then(|clause| track.clauses.get(clause)).map(|clause| clause.id.as_str()),
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
        "before": change.before,
        "after": change.after,
        "words_deleted": change.words_deleted,
        "words_inserted": change.words_inserted,
        "tokens": tokens.collect::<Vec<_>>(),
        "topics": change.topics,
    })
}

fn place(place: &Place) -> Value {
    json!({ "number": cited(place), "heading": place.heading() })
}

fn check(check: &Check) -> Value {
    json!({
        "kind": check.kind.name(),
        "subject": check.subject,
        "before": check.before,
        "places": check.places.iter().map(place).collect::<Vec<_>>(),
    })
}

fn history(track: &Track, history: &History) -> Value {
    let by_round = |index: usize| track.name_of(index).to_owned();
    let states: Map<String, Value> = history
        .states
        .iter()
        .enumerate()
        .map(|(at, it)| (by_round(at), it.as_ref().map_or(Value::Null, state)))
        .collect();
    let events: Map<String, Value> = history
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| !event.what.is_empty() || !event.returns.is_empty())
        .map(|(at, event)| (by_round(at), self::event(track, event)))
        .collect();
    json!({
        "id": history.id,
        "topics": history.topics,
        "states": states,
        "events": events,
        "net": net(&history.net),
    })
}

fn state(state: &State) -> Value {
    json!({
        "number": state.number,
        "heading": state.heading,
        "depth": state.depth,
        "part": match state.part {
            Part::Clause => "clause",
            Part::Outside => "outside",
            Part::Running => "running",
            Part::Note => "note",
            Part::Box => "box",
        },
        "words": state.words,
        "text": state.text,
    })
}

fn event(track: &Track, event: &Event) -> Value {
    let what = event.what.iter().map(|what| match what {
        What::BroughtBack { from, same } => json!({ "what": what.name(), "from": track.name_of(*from), "same": same }),
        What::Reverted { to } => json!({ "what": what.name(), "to": track.name_of(*to) }),
        _ => json!({ "what": what.name() }),
    });
    json!({
        "what": what.collect::<Vec<_>>(),
        "words_inserted": event.inserted,
        "words_deleted": event.deleted,
        "returned": event.returns,
        "redline": redline(&event.redline),
    })
}

fn net(net: &Net) -> Value {
    json!({
        "kind": net.kind.name(),
        "words_inserted": net.inserted,
        "words_deleted": net.deleted,
        "redline": redline(&net.redline),
    })
}

fn redline(lines: &[Marked]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| match line {
            Marked::Para(line) => json!({ "para": pieces(line) }),
            Marked::Row(cells) => json!({ "row": cells.iter().map(|cell| pieces(cell)).collect::<Vec<_>>() }),
        })
        .collect()
}

fn pieces(pieces: &[Piece]) -> Vec<Value> {
    pieces.iter().map(|piece| json!({ "mark": piece.mark.to_string(), "text": piece.text })).collect()
}

fn back(track: &Track, back: &Return) -> Value {
    let id = |clause: usize| track.clauses.get(clause).map(|clause| clause.id.as_str());
    json!({
        "sentence": back.text,
        "had": track.name_of(back.had),
        "deleted": track.name_of(back.deleted),
        "back": track.name_of(back.back),
        "clause_before": id(back.before),
        "clause": id(back.after),
    })
}

fn conflict(track: &Track, conflict: &Conflict) -> Value {
    json!({
        "clause": track.clauses.get(conflict.clause).map(|clause| clause.id.as_str()),
        "origin": track.name_of(conflict.origin),
        "drafts": [track.name_of(conflict.one), track.name_of(conflict.other)],
        "same": conflict.same,
        "redlines": [redline(&conflict.one_redline), redline(&conflict.other_redline)],
    })
}

fn issue(track: &Track, issue: &SharedIssue, inside: Option<&Inside>) -> Value {
    let ids: Vec<&str> =
        issue.clauses.iter().filter_map(|at| track.clauses.get(*at)).map(|clause| clause.id.as_str()).collect();
    let changes: Map<String, Value> =
        issue.changes.iter().enumerate().map(|(at, count)| (track.name_of(at).to_owned(), (*count).into())).collect();
    let mut value = json!({
        "id": issue.id,
        "proposed": issue.is_proposal,
        "clause": issue.clause,
        "clauses": ids,
        "topic": issue.topic,
        "issue": issue.text,
        "government_position": position(track, &issue.government),
        "company_position": position(track, &issue.company),
        "last_offer": position(track, &issue.last_offer),
        "status": issue.status.map(IssueStatus::word),
        "owner": issue.owner,
        "changes": changes,
        "in_whose_favour": Value::Null,
    });
    if let Some(inside) = inside {
        put(&mut value, "internal", Some(self::inside(inside)));
    }
    value
}

fn inside(inside: &Inside) -> Value {
    json!({
        "hidden": inside.is_hidden,
        "ideal": inside.ideal,
        "target": inside.target,
        "walk_away": inside.walk_away,
        "priority": inside.priority.map(Priority::word),
        "evidence": inside.evidence,
        "linked_to": inside.linked_to,
        "next_step": inside.next_step,
        "due": date(inside.due),
    })
}

fn position(track: &Track, position: &Position) -> Value {
    match position {
        Position::Unknown => Value::Null,
        Position::Stated(text) => json!({ "stated": text }),
        Position::Round(round) => json!({ "round": track.name_of(*round) }),
        Position::Drafted { round, number, text, more } => {
            let from = track.rounds.get(*round);
            json!({
                "round": track.name_of(*round),
                "date": date(from.and_then(|round| round.date)),
                "number": number,
                "text": text,
                "more": more,
            })
        }
    }
}

fn put(value: &mut Value, key: &str, entry: Option<Value>) {
    if let (Value::Object(map), Some(entry)) = (value, entry) {
        map.insert(key.to_owned(), entry);
    }
}
