//! What a track says in words: the same for every writer, in each language of the reports.
//!
//! The fixed words are in `words.tsv`, one a line, with a column for each language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::model::{Event, History, NetKind, Part, Position, State, Track, What};
use crate::case::model::{CaseDate, DraftAuthor, IssueStatus, Priority};
use crate::compare::topics;
use crate::locale::{Lang, Locale};

/// The fixed words: a key, and the words of [`Lang::ALL`] by column.
const WORDS: &str = include_str!("words.tsv");

/// Says what a track holds, in its language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Say<'a> {
    track: &'a Track,
    lang: Lang,
}

impl<'a> Say<'a> {
    pub(super) fn new(track: &'a Track) -> Self {
        Self { track, lang: track.lang }
    }

    /// Returns the words for a key; the key itself where there are none.
    pub(super) fn word(&self, key: &'a str) -> &'a str {
        word(self.lang, key)
    }

    /// Returns the words for a key with what stands in braces filled in.
    pub(super) fn fill(&self, key: &'a str, values: &[(&str, &str)]) -> String {
        let mut text = self.word(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Returns whose draft it is.
    pub(super) fn side(&self, side: Option<DraftAuthor>) -> &'a str {
        match side {
            Some(DraftAuthor::Government) => self.word("government"),
            Some(DraftAuthor::Investor) => self.word("investor"),
            Some(DraftAuthor::Joint) => self.word("joint"),
            None => "",
        }
    }

    /// Returns a date with the month in words; empty where there is none.
    pub(super) fn date(&self, date: Option<CaseDate>) -> String {
        date.map(|date| Locale::from(self.lang).long_date(date.0)).unwrap_or_default()
    }

    /// Returns a draft by name, side and date: `v2, Government, 22 April 2026`.
    pub(super) fn draft(&self, round: usize) -> String {
        let Some(round) = self.track.rounds.get(round) else { return String::new() };
        let parts = [round.id.clone(), self.side(round.from).to_owned(), self.date(round.date)];
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }

    /// Returns the name of a topic.
    pub(super) fn topic(&self, key: &'a str) -> &'a str {
        let label = topics::label(key, self.lang);
        if label.is_empty() { key } else { label }
    }

    pub(super) fn status(&self, status: Option<IssueStatus>) -> &'a str {
        self.word(match status {
            Some(IssueStatus::Open) => "status_open",
            Some(IssueStatus::AgreedInPrinciple) => "status_agreed_in_principle",
            Some(IssueStatus::Agreed) => "status_agreed",
            Some(IssueStatus::Parked) => "status_parked",
            Some(IssueStatus::Escalated) => "status_escalated",
            Some(IssueStatus::Closed) => "status_closed",
            None => "status_proposal",
        })
    }

    pub(super) fn priority(&self, priority: Option<Priority>) -> &'a str {
        match priority {
            Some(Priority::DealBreaker) => self.word("priority_deal_breaker"),
            Some(Priority::High) => self.word("priority_high"),
            Some(Priority::Medium) => self.word("priority_medium"),
            Some(Priority::Low) => self.word("priority_low"),
            None => "",
        }
    }

    /// Returns number and heading of a clause, or what it is.
    pub(super) fn state(&self, state: &State) -> String {
        match state.part {
            Part::Outside => self.word("text_outside").to_owned(),
            Part::Clause | Part::Running | Part::Note | Part::Box => state.name(),
        }
    }

    /// Returns number and heading of a clause in the last draft that has it.
    pub(super) fn clause(&self, clause: usize) -> String {
        let state = self.track.clauses.get(clause).and_then(History::latest);
        state.map(|state| self.state(state)).unwrap_or_default()
    }

    /// Returns what happened to a clause in a draft; empty if nothing did.
    pub(super) fn event(&self, history: &History, round: usize) -> String {
        let Some(event) = history.events.get(round) else { return String::new() };
        let base = self.track.rounds.get(round).and_then(|round| round.base);
        let number = |round: Option<usize>| {
            let state = round.and_then(|round| history.states.get(round)).and_then(Option::as_ref);
            state.map_or("–", |state| if state.number.is_empty() { "–" } else { &state.number }).to_owned()
        };
        let mut parts: Vec<String> = event
            .what
            .iter()
            .map(|what| match what {
                What::First => self.word("first").to_owned(),
                What::Inserted => self.word("inserted").to_owned(),
                What::Deleted => self.word("deleted").to_owned(),
                What::Edited => self.word("edited").to_owned(),
                What::Renamed => self.word("renamed").to_owned(),
                What::Replaced => self.word("rewritten").to_owned(),
                What::Moved => self.word("moved").to_owned(),
                What::Reverted { to } => self.fill("reverted", &[("to", self.track.name_of(*to))]),
                What::BroughtBack { from, same: true } => {
                    self.fill("brought_back", &[("from", self.track.name_of(*from))])
                }
                What::BroughtBack { from, same: false } => {
                    self.fill("brought_back_edited", &[("from", self.track.name_of(*from))])
                }
                What::Renumbered => self.fill("renumbered", &[("from", &number(base)), ("to", &number(Some(round)))]),
            })
            .collect();
        parts.extend(
            event
                .returns
                .iter()
                .filter_map(|at| self.track.returns.get(*at))
                .map(|back| self.fill("sentence_back", &[("deleted", self.track.name_of(back.deleted))])),
        );
        parts.dedup();
        parts.join("; ")
    }

    /// Returns how many words an event inserted and deleted, as `+12 −3`; empty if none.
    pub(super) fn size(event: &Event) -> String {
        size(event.inserted, event.deleted)
    }

    pub(super) fn net(&self, kind: NetKind) -> &'a str {
        self.word(match kind {
            NetKind::Unchanged => "net_unchanged",
            NetKind::ThereAndBack => "net_there-and-back",
            NetKind::Edited => "net_edited",
            NetKind::Inserted => "net_inserted",
            NetKind::Deleted => "net_deleted",
            NetKind::CameAndWent => "net_came-and-went",
        })
    }

    /// Returns what the last draft makes of a clause of the first: `edited, 5.1 → 6.1 (+12 −3)`.
    pub(super) fn net_of(&self, history: &History) -> String {
        let mut out = self.net(history.net.kind).to_owned();
        if let (Some(Some(first)), Some(Some(last))) = (history.states.first(), history.states.last())
            && first.number != last.number
        {
            out.push_str(&format!(", {} → {}", first.number, last.number));
        }
        let size = size(history.net.inserted, history.net.deleted);
        if size.is_empty() { out } else { format!("{out} ({size})") }
    }

    /// Returns "net, v1 → v4".
    pub(super) fn net_title(&self) -> String {
        let last = self.track.rounds.len().saturating_sub(1);
        self.fill("net", &[("from", self.track.name_of(0)), ("to", self.track.name_of(last))])
    }

    /// Returns what a side has put on the table.
    pub(super) fn position(&self, position: &Position) -> String {
        match position {
            Position::Unknown => String::new(),
            Position::Stated(text) => text.clone(),
            Position::Round(round) => self.draft(*round),
            Position::Drafted { round, number, text, more } => {
                let name = self.track.name_of(*round);
                let at = if number.is_empty() { name.to_owned() } else { format!("{name}, {number}") };
                let text = if text.is_empty() { self.word("deleted") } else { text };
                let more = match more {
                    0 => String::new(),
                    more => format!(" ({})", self.fill("more", &[("count", &more.to_string())])),
                };
                format!("{at}: {text}{more}")
            }
        }
    }

    /// Returns the sides that changed a clause, in the order of the drafts.
    pub(super) fn sides(&self, history: &History) -> Vec<DraftAuthor> {
        let mut sides = Vec::new();
        for (round, event) in self.track.rounds.iter().zip(&history.events) {
            if let Some(side) = round.from.filter(|side| event.is_of_substance() && !sides.contains(side)) {
                sides.push(side);
            }
        }
        sides
    }
}

/// Returns words inserted and deleted, as `+12 −3`; empty if none.
pub(super) fn size(inserted: usize, deleted: usize) -> String {
    match (inserted, deleted) {
        (0, 0) => String::new(),
        (inserted, 0) => format!("+{inserted}"),
        (0, deleted) => format!("−{deleted}"),
        (inserted, deleted) => format!("+{inserted} −{deleted}"),
    }
}

/// Returns the words for a key in a language; the key itself where there are none.
fn word(lang: Lang, key: &str) -> &str {
    static TABLE: OnceLock<BTreeMap<&str, Vec<&str>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = WORDS.lines().skip(1).map(|line| line.split('\t'));
        lines.filter_map(|mut cells| cells.next().map(|key| (key, cells.collect()))).collect()
    });
    let column = Lang::ALL.iter().position(|other| *other == lang).unwrap_or_default();
    table.get(key).and_then(|words| words.get(column)).copied().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_every_language() {
        let mut lines = WORDS.lines();
        let codes: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        assert_eq!(lines.next(), Some(format!("key\t{}", codes.join("\t")).as_str()));
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), codes.len() + 1, "{line}");
            assert!(cells.iter().all(|cell| !cell.trim().is_empty()), "{line}");
            let holes = |text: &str| text.matches('{').count();
            assert!(cells[1..].iter().all(|cell| holes(cell) == holes(cells[1])), "{line}");
        }
    }

    #[test]
    fn kinds_and_tokens_have_words() {
        use crate::compare::{ChangeKind, CheckKind, TokenKind};
        let names = ChangeKind::ALL.iter().map(|kind| kind.name());
        let names = names.chain(TokenKind::ALL.iter().map(|kind| kind.name()));
        let names = names.chain(CheckKind::ALL.iter().map(|kind| kind.name()));
        for name in names {
            assert!(WORDS.lines().any(|line| line.split('\t').next() == Some(name)), "{name}");
        }
        for kind in NetKind::ALL {
            assert!(WORDS.contains(&format!("\nnet_{}\t", kind.name())));
        }
    }
}
