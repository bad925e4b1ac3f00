//! A track as tables of plain cells: the drafts, the issues matrix, the clauses, the changes and so on.
//!
//! The spreadsheet shows all of them, the page and the PDF those that a reader wants as tables.

use super::confidential::{Confidential, Inside};
use super::model::{Marked, Part, SharedIssue, Step, Track, TrackedChange};
use super::say::Say;
use super::sheet::cited;
use crate::case::model::CaseDate;
use crate::compare::{Place, SensitiveToken};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Name, the same in all languages.
    pub(super) key: &'static str,
    /// Title in the language of the report.
    pub(super) title: String,
    /// Columns.
    pub(super) columns: Vec<Column>,
    /// Rows, each with a cell for every column.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Name, the same in all languages.
    pub(super) key: &'static str,
    /// Title in the language of the report.
    pub(super) title: String,
    /// Width that suits it, in characters.
    pub(super) width: u16,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text.
    Text(String),
    /// A count.
    Number(usize),
    /// A day.
    Date(CaseDate),
    /// A redline.
    Redline(Vec<Marked>),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn date(date: Option<CaseDate>) -> Self {
        date.map_or_else(|| Self::text(""), Self::Date)
    }

    /// Returns whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Redline(lines) => lines.is_empty(),
            Self::Number(_) | Self::Date(_) => false,
        }
    }
}

/// Makes a table while it is described: a column with the cell of each row.
struct Maker<'a> {
    say: Say<'a>,
    key: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Maker<'a> {
    fn new(say: Say<'a>, key: &'static str, rows: usize) -> Self {
        Self { say, key, columns: Vec::new(), rows: vec![Vec::new(); rows] }
    }

    fn column(&mut self, key: &'static str, width: u16, cells: impl Iterator<Item = Cell>) {
        let title = self.say.word(key).to_owned();
        self.titled(key, title, width, cells);
    }

    fn titled(&mut self, key: &'static str, title: String, width: u16, cells: impl Iterator<Item = Cell>) {
        self.columns.push(Column { key, title, width });
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
    }

    fn finish(self) -> Table {
        Table { key: self.key, title: self.say.word(self.key).to_owned(), columns: self.columns, rows: self.rows }
    }
}

/// Returns the drafts.
pub(super) fn rounds(track: &Track, confidential: Option<&Confidential>) -> Table {
    let say = Say::new(track);
    let rounds = &track.rounds;
    let step = |at: usize| track.steps.iter().find(|step| step.new == at);
    let count = |value: fn(&Step) -> usize| {
        (0..rounds.len()).map(move |at| step(at).map_or_else(|| Cell::text(""), |step| Cell::Number(value(step))))
    };
    let mut table = Maker::new(say, "rounds", rounds.len());
    table.column("draft", 10, rounds.iter().map(|it| Cell::text(&it.id)));
    table.column("date", 12, rounds.iter().map(|it| Cell::date(it.date)));
    table.column("whose", 14, rounds.iter().map(|it| Cell::text(say.side(it.from))));
    table.column("base", 10, rounds.iter().map(|it| Cell::text(it.base.map_or("", |base| track.name_of(base)))));
    table.column("place", 34, rounds.iter().map(|it| Cell::text(it.place.clone().unwrap_or_default())));
    table.column("words", 9, rounds.iter().map(|it| Cell::Number(it.words)));
    table.column("changes", 9, count(|step| step.changes.len()));
    table.column("words_inserted", 9, count(|step| step.tally.inserted));
    table.column("words_deleted", 9, count(|step| step.tally.deleted));
    table.column("words_moved", 9, count(|step| step.tally.moved));
    table.column("noise", 14, count(|step| step.tally.noise.iter().sum()));
    table.column("file", 22, rounds.iter().map(|it| Cell::text(&it.file)));
    table.column("digest", 34, rounds.iter().map(|it| Cell::text(&it.sha256)));
    if let Some(all) = confidential {
        table.column("remark", 40, all.notes.iter().map(|note| Cell::text(note.clone().unwrap_or_default())));
    }
    table.finish()
}

/// Returns the issues matrix; with the inside of the issues if it is given.
pub(super) fn issues(track: &Track, confidential: Option<&Confidential>) -> Table {
    let rows: Vec<(&SharedIssue, Option<&Inside>)> = match confidential {
        None => track.issues.iter().map(|issue| (issue, None)).collect(),
        Some(all) => all.issues.iter().map(|(issue, inside)| (issue, inside.as_ref())).collect(),
    };
    let say = Say::new(track);
    let mut table = Maker::new(say, "issues", rows.len());
    let inner = |text: fn(&Inside) -> Option<String>| {
        rows.iter().map(move |(_, inside)| Cell::text(inside.and_then(text).unwrap_or_default()))
    };
    table.column("id", 7, rows.iter().map(|(issue, _)| Cell::text(&issue.id)));
    table.column("clause", 28, rows.iter().map(|(issue, _)| Cell::text(&issue.clause)));
    table.column(
        "topic",
        18,
        rows.iter().map(|(issue, _)| Cell::text(issue.topic.as_ref().map_or("", |it| say.topic(it)))),
    );
    table.column("issue", 30, rows.iter().map(|(issue, _)| Cell::text(&issue.text)));
    table.column("government_position", 38, rows.iter().map(|(issue, _)| Cell::text(say.position(&issue.government))));
    if confidential.is_some() {
        table.column("ideal", 26, inner(|inside| inside.ideal.clone()));
        table.column("target", 26, inner(|inside| inside.target.clone()));
        table.column("walk_away", 26, inner(|inside| inside.walk_away.clone()));
    }
    table.column("company_position", 38, rows.iter().map(|(issue, _)| Cell::text(say.position(&issue.company))));
    table.column("last_offer", 38, rows.iter().map(|(issue, _)| Cell::text(say.position(&issue.last_offer))));
    let status = rows.iter().map(|(issue, inside)| {
        let hidden = if inside.is_some_and(|inside| inside.is_hidden) { say.word("hidden_issue") } else { "" };
        let parts = [say.status(issue.status), hidden];
        Cell::text(parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("; "))
    });
    table.column("status", 16, status);
    if confidential.is_some() {
        let priority = rows.iter().map(|(_, inside)| Cell::text(say.priority(inside.and_then(|it| it.priority))));
        table.column("priority", 13, priority);
    }
    table.column("owner", 20, rows.iter().map(|(issue, _)| Cell::text(issue.owner.clone().unwrap_or_default())));
    if confidential.is_some() {
        table.column("evidence", 28, inner(|inside| Some(inside.evidence.join("\n"))));
        table.column("linked_to", 12, inner(|inside| Some(inside.linked_to.join(", "))));
        table.column("next_step", 30, inner(|inside| inside.next_step.clone()));
        table.column("due", 12, rows.iter().map(|(_, inside)| Cell::date(inside.and_then(|it| it.due))));
    }
    let counts = rows.iter().map(|(issue, _)| {
        let counts = track.rounds.iter().zip(&issue.changes).filter(|(_, count)| **count > 0);
        Cell::text(counts.map(|(round, count)| format!("{}: {count}", round.id)).collect::<Vec<_>>().join(", "))
    });
    table.column("changes", 16, counts);
    table.column("favour", 20, rows.iter().map(|_| Cell::text("")));
    table.finish()
}

/// Returns every clause with what happened to it in each draft.
pub(super) fn clauses(track: &Track) -> Table {
    let say = Say::new(track);
    let clauses = &track.clauses;
    let mut table = Maker::new(say, "clauses", clauses.len());
    let latest = || clauses.iter().map(|clause| clause.latest());
    table.column("clause", 16, latest().map(|state| Cell::text(state.map_or("", |state| state.number.as_str()))));
    let subject = latest().map(|state| {
        Cell::text(state.map_or_else(String::new, |state| match state.part {
            Part::Outside => say.word("text_outside").to_owned(),
            Part::Clause | Part::Running | Part::Note | Part::Box => state.heading.clone(),
        }))
    });
    table.column("subject", 30, subject);
    let topics = clauses.iter().map(|it| Cell::text(it.topics.first().map_or("", |topic| say.topic(topic))));
    table.column("topic_guess", 20, topics);
    for (at, round) in track.rounds.iter().enumerate() {
        let cells = clauses.iter().map(|clause| {
            let event = say.event(clause, at);
            let size = clause.events.get(at).map(Say::size).unwrap_or_default();
            Cell::text(match (event.is_empty(), size.is_empty()) {
                (false, false) => format!("{event} ({size})"),
                (false, true) => event,
                (true, _) if clause.states.get(at).is_some_and(Option::is_none) => "–".to_owned(),
                (true, _) => String::new(),
            })
        });
        let title = format!("{} · {}", round.id, say.side(round.from));
        table.titled("draft", title.trim_end_matches(" · ").to_owned(), 26, cells);
    }
    table.titled("net", say.net_title(), 20, clauses.iter().map(|clause| Cell::text(say.net_of(clause))));
    table.titled(
        "redline",
        format!("{}: {}", say.net_title(), say.word("change").to_lowercase()),
        60,
        clauses.iter().map(|clause| Cell::Redline(clause.net.redline.clone())),
    );
    let last = latest().map(|state| Cell::text(state.map_or("", |state| state.text.as_str())));
    table.column("after", 60, last);
    table.finish()
}

/// Returns every change of every draft.
pub(super) fn changes(track: &Track) -> Table {
    let say = Say::new(track);
    let all: Vec<(&Step, usize, &TrackedChange)> = track
        .steps
        .iter()
        .flat_map(|step| step.changes.iter().enumerate().map(move |(at, change)| (step, at + 1, change)))
        .collect();
    let mut table = Maker::new(say, "changes", all.len());
    let place = |place: &Option<Place>| Cell::text(place.as_ref().map(cited).unwrap_or_default());
    table.column("draft", 8, all.iter().map(|(step, ..)| Cell::text(track.name_of(step.new))));
    table.column("date", 12, all.iter().map(|(step, ..)| Cell::date(track.round(step.new).and_then(|it| it.date))));
    table.column(
        "whose",
        13,
        all.iter().map(|(step, ..)| Cell::text(say.side(track.round(step.new).and_then(|it| it.from)))),
    );
    table.column("change", 8, all.iter().map(|(_, number, _)| Cell::Number(*number)));
    table.column("what", 14, all.iter().map(|(.., it)| Cell::text(say.word(it.change.kind.name()))));
    table.column("before", 12, all.iter().map(|(.., it)| place(&it.change.old)));
    table.column("after", 12, all.iter().map(|(.., it)| place(&it.change.new)));
    let subject = all.iter().map(|(.., it)| {
        let place = it.change.new.as_ref().or(it.change.old.as_ref());
        Cell::text(place.map_or("", Place::heading))
    });
    table.column("subject", 28, subject);
    let topics = all.iter().map(|(.., it)| {
        Cell::text(it.change.topics.iter().map(|topic| say.topic(topic)).collect::<Vec<_>>().join("; "))
    });
    table.column("topic_guess", 22, topics);
    table.column("touches", 34, all.iter().map(|(.., it)| Cell::text(tokens(say, &it.change.tokens))));
    table.titled(
        "text_before",
        say.word("before").to_owned(),
        50,
        all.iter().map(|(.., it)| Cell::text(&it.change.before)),
    );
    table.titled(
        "text_after",
        say.word("after").to_owned(),
        50,
        all.iter().map(|(.., it)| Cell::text(&it.change.after)),
    );
    table.column("words_inserted", 9, all.iter().map(|(.., it)| Cell::Number(it.change.words_inserted)));
    table.column("words_deleted", 9, all.iter().map(|(.., it)| Cell::Number(it.change.words_deleted)));
    table.column("favour", 20, all.iter().map(|_| Cell::text("")));
    table.finish()
}

/// Returns what a change touches, one a line: `percentage: 3% → 6%`.
fn tokens(say: Say<'_>, tokens: &[SensitiveToken]) -> String {
    let lines = tokens.iter().map(|token| {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        format!("{}: {} → {}", say.word(token.kind.name()), side(&token.old), side(&token.new))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the sentences that came back.
pub(super) fn returned(track: &Track) -> Table {
    let say = Say::new(track);
    let all = &track.returns;
    let mut table = Maker::new(say, "returned", all.len());
    table.column("sentence", 70, all.iter().map(|it| Cell::text(&it.text)));
    let at = |clause: usize, round: usize| {
        let state = track.clauses.get(clause).and_then(|it| it.states.get(round)).and_then(Option::as_ref);
        Cell::text(state.map(|state| say.state(state)).unwrap_or_default())
    };
    table.column("had_in", 26, all.iter().map(|it| Cell::text(say.draft(it.had))));
    table.column("stood_in", 26, all.iter().map(|it| at(it.before, it.had)));
    table.column("deleted_in", 26, all.iter().map(|it| Cell::text(say.draft(it.deleted))));
    table.column("back_in", 26, all.iter().map(|it| Cell::text(say.draft(it.back))));
    table.column("stands_in", 26, all.iter().map(|it| at(it.after, it.back)));
    table.finish()
}

/// Returns what is doubtful in the last draft.
pub(super) fn checks(track: &Track) -> Table {
    let say = Say::new(track);
    let last = track.rounds.len().saturating_sub(1);
    let all: Vec<_> = track.steps.iter().filter(|step| step.new == last).flat_map(|step| &step.checks).collect();
    let mut table = Maker::new(say, "checks", all.len());
    table.column("what", 40, all.iter().map(|it| Cell::text(say.word(it.kind.name()))));
    let subject = all.iter().map(|it| match &it.before {
        Some(before) => Cell::text(format!("{before} → {}", it.subject)),
        None => Cell::text(&it.subject),
    });
    table.column("subject", 40, subject);
    let places = all.iter().map(|it| {
        let mut numbers: Vec<String> = it.places.iter().map(cited).filter(|it| !it.is_empty()).collect();
        numbers.dedup();
        Cell::text(numbers.join(", "))
    });
    table.column("where", 40, places);
    table.finish()
}
