//! Reads a list of places: tab-separated rows of periods, with all faults of a file at once.
//!
//! Lines that begin with `#` and empty lines are passed over; the first other line names the columns, in any order.
//! A code may have several rows, whose periods must not overlap.
//! What a list means for a case is not decided here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use super::names::CountryCode;
use super::{Category, NoteKind};

/// One of the lists that a workspace may override, each a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ListFile {
    /// The DAC List of ODA Recipients.
    Dac,
    /// The economies in transition.
    Transition,
    /// The countries implementing the EITI Standard.
    Eiti,
}

impl ListFile {
    /// Returns the name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            ListFile::Dac => "dac_list.tsv",
            ListFile::Transition => "transition.tsv",
            ListFile::Eiti => "eiti.tsv",
        }
    }

    /// Returns the columns that the file must have.
    fn required(self) -> &'static [&'static str] {
        match self {
            ListFile::Dac => &["code", "category", "status", "valid_from", "valid_to", "edition", "note"],
            ListFile::Transition | ListFile::Eiti => &["code", "status", "valid_from", "valid_to", "edition", "note"],
        }
    }

    /// Returns the columns that the file may have besides; they are for the reader and not evaluated.
    fn optional(self) -> &'static [&'static str] {
        match self {
            ListFile::Dac => &["name", "dac_code"],
            ListFile::Transition => &["name", "group"],
            ListFile::Eiti => &["name"],
        }
    }

    fn statuses(self) -> &'static [Status] {
        match self {
            ListFile::Dac => &[Status::Ok, Status::Postponed, Status::Flagged, Status::Unknown, Status::Removed],
            ListFile::Transition => &[Status::Ok, Status::Blocker, Status::Unknown, Status::Removed],
            ListFile::Eiti => &[Status::Ok, Status::Removed],
        }
    }
}

/// One thing that is wrong in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataFault {
    /// The list.
    pub file: ListFile,
    /// The line, counted from 1 with comments and empty lines.
    pub line: usize,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.file_name(), self.line, self.message)
    }
}

/// What a row says of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    Postponed,
    Flagged,
    Blocker,
    Unknown,
    Removed,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Postponed => "postponed",
            Status::Flagged => "flagged",
            Status::Blocker => "blocker",
            Status::Unknown => "unknown",
            Status::Removed => "removed",
        }
    }

    /// Returns the kind of a note on a row of this status.
    pub(super) fn note_kind(self) -> NoteKind {
        match self {
            Status::Ok => NoteKind::Info,
            Status::Postponed => NoteKind::RemovalPostponed,
            Status::Flagged => NoteKind::UnderReview,
            Status::Blocker => NoteKind::DueDiligenceBlocker,
            Status::Unknown => NoteKind::StatusUnknown,
            Status::Removed => NoteKind::Removed,
        }
    }

    /// Returns whether the place is on the list.
    pub(super) fn is_listed(self) -> bool {
        !matches!(self, Status::Unknown | Status::Removed)
    }
}

/// One period of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) category: Option<Category>,
    pub(super) status: Status,
    /// First day; none means from ever.
    from: Option<NaiveDate>,
    /// Last day, included; none means for ever.
    pub(super) to: Option<NaiveDate>,
    edition: String,
    pub(super) note: Option<String>,
    line: usize,
}

impl Row {
    fn holds(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

/// A list: each place with its periods, in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct List {
    rows: BTreeMap<CountryCode, Vec<Row>>,
    /// The first day that the list is certain of; none means from ever.
    pub(super) starts: Option<NaiveDate>,
    /// The last day that the list is certain of; none means for ever.
    pub(super) ends: Option<NaiveDate>,
}

/// How a place stands in a list on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing<'a> {
    /// On the list.
    Listed(&'a Row),
    /// The day is after the last that the list is certain of, when the place was on it.
    ListedUntilEnd(&'a Row),
    /// The list says that it does not know.
    Unknown(&'a Row),
    /// The list says that the place is no longer on it.
    Removed(&'a Row),
    /// The day is before the first that the list knows of.
    BeforeStart,
    /// Not on the list; the row is the place's last one before the day.
    NotListed(Option<&'a Row>),
}

impl List {
    /// Returns how `code` stands on the day `on`.
    pub(super) fn standing(&self, code: CountryCode, on: NaiveDate) -> Standing<'_> {
        let rows = self.rows.get(&code).map_or(&[][..], Vec::as_slice);
        if let Some(row) = rows.iter().find(|row| row.holds(on)) {
            return match row.status {
                Status::Unknown => Standing::Unknown(row),
                Status::Removed => Standing::Removed(row),
                Status::Ok | Status::Postponed | Status::Flagged | Status::Blocker => Standing::Listed(row),
            };
        }
        if self.starts.is_some_and(|first| on < first) {
            return Standing::BeforeStart;
        }
        if let Some(last) = self.ends
            && on > last
            && let Some(row) = rows.iter().find(|row| row.holds(last) && row.status.is_listed())
        {
            return Standing::ListedUntilEnd(row);
        }
        Standing::NotListed(rows.iter().rfind(|row| row.to.is_some_and(|to| to < on)))
    }

    /// Returns whether the list is certain of the day `on`.
    pub(super) fn covers(&self, on: NaiveDate) -> bool {
        self.starts.is_none_or(|first| first <= on) && self.ends.is_none_or(|last| on <= last)
    }

    /// Returns the places on the list on the day `on`, in order of their codes.
    pub(super) fn listed_on(&self, on: NaiveDate) -> impl Iterator<Item = (CountryCode, &Row)> {
        self.rows.iter().filter_map(move |(code, rows)| {
            rows.iter().find(|row| row.holds(on) && row.status.is_listed()).map(|row| (*code, row))
        })
    }

    /// Returns the editions of the rows that hold on the day `on`, or on the nearest day the list is certain of.
    pub(super) fn editions(&self, on: NaiveDate) -> String {
        let on = self.starts.map_or(on, |first| on.max(first));
        let on = self.ends.map_or(on, |last| on.min(last));
        let editions: BTreeSet<&str> = self.listed_on(on).map(|(_, row)| row.edition.as_str()).collect();
        editions.into_iter().collect::<Vec<_>>().join(", ")
    }
}

/// Reads the text of a list; each fault is added to `faults`, and its row left out.
pub(super) fn parse(file: ListFile, text: &str, faults: &mut Vec<DataFault>) -> List {
    let mut report = |line: usize, message: String| {
        faults.push(DataFault { file, line, message });
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, it)| !it.trim().is_empty() && !it.starts_with('#'));

    let Some((header_line, header)) = lines.next() else {
        report(1, format!("the list is empty; its first line names the columns: {}", file.required().join(", ")));
        return List::default();
    };
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    let mut usable = true;
    for column in file.required() {
        match columns.iter().filter(|it| *it == column).count() {
            0 => {
                report(header_line, format!("the column `{column}` is missing (columns are parted by tabs)"));
                usable = false;
            }
            1 => {}
            _ => report(header_line, format!("the column `{column}` is there twice")),
        }
    }
    for column in &columns {
        if !file.required().contains(column) && !file.optional().contains(column) {
            report(header_line, format!("no column is named `{column}`"));
        }
    }
    if !usable {
        return List::default();
    }

    let mut list = List::default();
    for (line, text) in lines {
        let fields: Vec<&str> = text.split('\t').map(str::trim).collect();
        if fields.len() > columns.len() {
            report(line, format!("{} fields, but the list has {} columns", fields.len(), columns.len()));
            continue;
        }
        // Editors cut white space at the end of a line: what is missing there is empty.
        let field = |name: &str| {
            let at = columns.iter().position(|it| *it == name);
            at.and_then(|at| fields.get(at)).copied().unwrap_or_default()
        };
        match parse_row(file, line, field) {
            Ok((code, row)) => list.rows.entry(code).or_default().push(row),
            Err(messages) => messages.into_iter().for_each(|message| report(line, message)),
        }
    }
    for (code, rows) in &mut list.rows {
        rows.sort_by_key(|row| row.from);
        for pair in rows.windows(2) {
            if pair[0].to.is_none_or(|to| pair[1].from.is_none_or(|from| from <= to)) {
                let (first, second) = (pair[0].line.min(pair[1].line), pair[0].line.max(pair[1].line));
                report(second, format!("the period of `{code}` overlaps the one in line {first}"));
            }
        }
    }
    if file == ListFile::Dac && !list.rows.values().flatten().any(|row| row.status.is_listed()) {
        report(header_line, "no place is on the list".to_owned());
    }
    let listed = || list.rows.values().flatten().filter(|row| row.status.is_listed());
    // `None` sorts before every date, which is right for the first day and wrong for the last.
    let starts = listed().map(|row| row.from).min().flatten();
    let ends = if listed().any(|row| row.to.is_none()) { None } else { listed().filter_map(|row| row.to).max() };
    List { starts, ends, ..list }
}

fn parse_row<'a>(
    file: ListFile,
    line: usize,
    field: impl Fn(&str) -> &'a str,
) -> Result<(CountryCode, Row), Vec<String>> {
    let mut faults = Vec::new();
    let code = CountryCode::parse(field("code")).map_err(|unknown| faults.push(unknown.to_string())).ok();
    let status = file.statuses().iter().copied().find(|it| it.as_str() == field("status"));
    if status.is_none() {
        let known: Vec<&str> = file.statuses().iter().map(|it| it.as_str()).collect();
        faults.push(format!("the status `{}` is none of {}", field("status"), known.join(", ")));
    }
    let category = match field("category") {
        "" => {
            if file == ListFile::Dac && status.is_some_and(Status::is_listed) {
                faults.push("a place on the list needs a category: LDC, LIC, LMIC or UMIC".to_owned());
            }
            None
        }
        text => {
            let category = Category::parse(text);
            if category.is_none() {
                faults.push(format!("the category `{text}` is none of LDC, LIC, LMIC, UMIC"));
            }
            category
        }
    };
    let mut day = |name: &str| match field(name) {
        "" => None,
        text => {
            // The parser alone would take `2024-1-5` too.
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|it| it.to_string() == text);
            if day.is_none() {
                faults.push(format!("`{text}` in `{name}` is no date; write it as 2026-01-31, or leave it empty"));
            }
            day
        }
    };
    let (from, to) = (day("valid_from"), day("valid_to"));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        faults.push(format!("the period ends ({to}) before it begins ({from})"));
    }
    if field("edition").is_empty() {
        faults.push("the edition is empty; say which edition of the list the row is from".to_owned());
    }
    let note = Some(field("note")).filter(|it| !it.is_empty()).map(str::to_owned);
    if let Some(status @ (Status::Postponed | Status::Flagged | Status::Blocker | Status::Unknown)) = status
        && note.is_none()
    {
        faults.push(format!("a row with the status `{}` needs a note that says why", status.as_str()));
    }
    match (code, status) {
        (Some(code), Some(status)) if faults.is_empty() => {
            Ok((code, Row { category, status, from, to, edition: field("edition").to_owned(), note, line }))
        }
        _ => Err(faults),
    }
}
