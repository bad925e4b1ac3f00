//! Whether a country may be supported on a day, judged by published lists.
//!
//! The test is a proxy, not any unit's own rule: a government is eligible when its country is on the
//! DAC List of ODA Recipients (OECD) on the day, or is an economy in transition in the World Economic Situation and
//! Prospects (United Nations). Whether there is a negotiation to support is not judged here.
//! Everything that is particular to a place (removal put off, outcome not found, code not in ISO 3166-1) is data:
//! `data/*.tsv`, each with its edition, source and licence, each replaceable by a file of the user's.
//! Pure: no I/O, no clock; the day comes from the caller.

mod data;
mod names;
mod partners;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::fmt;
use std::sync::OnceLock;

use chrono::NaiveDate;

pub use self::data::{DataFault, ListFile};
pub use self::names::{CountryCode, UnknownCountry};
pub use self::partners::{Partner, Scope, partners};
pub use self::vocabulary::{commodities, contract_types, find_entry, nearest_entry};

use self::data::{List, Standing, Status};

/// The lists by which a country is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    dac: List,
    transition: List,
    eiti: List,
}

impl Lists {
    /// The text of the DAC list as shipped (effective for 2024 to 2026 flows).
    pub const SHIPPED_DAC: &'static str = include_str!("data/dac_list.tsv");
    /// The text of the list of economies in transition as shipped (WESP 2020 to 2025).
    pub const SHIPPED_TRANSITION: &'static str = include_str!("data/transition.tsv");
    /// The text of the list of EITI implementing countries as shipped (as of 4 November 2022).
    pub const SHIPPED_EITI: &'static str = include_str!("data/eiti.tsv");

    /// Returns the lists as shipped, parsed once.
    pub fn shipped() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            Lists::parse(Self::SHIPPED_DAC, Self::SHIPPED_TRANSITION, Self::SHIPPED_EITI)
                .expect("the shipped lists are free of faults; a test holds it")
        })
    }

    /// Reads the lists from the texts of their files; give the `SHIPPED_` text for a file that is not overridden.
    ///
    /// ```text
    /// code <tab> category <tab> status <tab> valid_from <tab> valid_to <tab> edition <tab> note
    /// ```
    ///
    /// # Errors
    /// Every fault of the three files, in order of file and line.
    pub fn parse(dac: &str, transition: &str, eiti: &str) -> Result<Lists, Vec<DataFault>> {
        let mut faults = Vec::new();
        let lists = Lists {
            dac: data::parse(ListFile::Dac, dac, &mut faults),
            transition: data::parse(ListFile::Transition, transition, &mut faults),
            eiti: data::parse(ListFile::Eiti, eiti, &mut faults),
        };
        if faults.is_empty() {
            return Ok(lists);
        }
        faults.sort_by_key(|fault| (fault.file, fault.line));
        Err(faults)
    }

    /// Returns the places certainly on the DAC list on the day `on` with their category, in order of their codes.
    pub fn recipients(&self, on: NaiveDate) -> impl Iterator<Item = (CountryCode, Category)> {
        self.dac.listed_on(on).filter_map(|(code, row)| row.category.map(|category| (code, category)))
    }

    /// Returns the economies in transition on the day `on`, in order of their codes.
    pub fn transition_economies(&self, on: NaiveDate) -> impl Iterator<Item = CountryCode> {
        self.transition.listed_on(on).map(|(code, _)| code)
    }

    /// Returns the countries implementing the EITI Standard on the day `on`, in order of their codes.
    pub fn eiti_countries(&self, on: NaiveDate) -> impl Iterator<Item = CountryCode> {
        self.eiti.listed_on(on).map(|(code, _)| code)
    }

    /// Returns the first and the last day that the DAC list is certain of, both included; none means open.
    pub fn dac_period(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        (self.dac.starts, self.dac.ends)
    }
}

/// The category of a recipient in the DAC list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Least developed country (United Nations).
    Ldc,
    /// Low income country that is not least developed.
    OtherLic,
    /// Lower middle income country or territory.
    Lmic,
    /// Upper middle income country or territory.
    Umic,
}

impl Category {
    /// Returns the abbreviation: `LDC`, `LIC`, `LMIC` or `UMIC`.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Ldc => "LDC",
            Category::OtherLic => "LIC",
            Category::Lmic => "LMIC",
            Category::Umic => "UMIC",
        }
    }

    fn parse(text: &str) -> Option<Category> {
        [Category::Ldc, Category::OtherLic, Category::Lmic, Category::Umic].into_iter().find(|it| it.as_str() == text)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The answer to whether a country may be supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// It may.
    Eligible,
    /// It may, but a person must first look at what the notes say.
    EligibleWithFlag,
    /// It may not.
    Ineligible,
    /// The lists do not tell; a person decides.
    Unknown,
}

impl Verdict {
    /// Returns the word for it: `eligible`, `eligible-with-flag`, `ineligible` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Eligible => "eligible",
            Verdict::EligibleWithFlag => "eligible-with-flag",
            Verdict::Ineligible => "ineligible",
            Verdict::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// For information; changes nothing.
    Info,
    /// Removal from the list was decided and put off; the place is still on it.
    RemovalPostponed,
    /// Removal from the list is expected or possible; check the outcome.
    UnderReview,
    /// Nothing may be approved before due diligence has cleared it.
    DueDiligenceBlocker,
    /// It could not be established whether the place is on the list.
    StatusUnknown,
    /// The place was on the list and no longer is.
    Removed,
    /// The day lies outside the time that the list is certain of.
    OutsideEdition,
    /// Eligible as an economy in transition only.
    TransitionOnly,
}

/// A remark that belongs to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The remark, whole sentences in English.
    pub text: String,
}

/// Whether a country may be supported on a day, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Eligibility {
    /// The answer.
    pub verdict: Verdict,
    /// The category in the DAC list; none when the country is not, or not certainly, on it.
    /// After the last day of the list it is the category of that day.
    pub category: Option<Category>,
    /// Whether the country is an economy in transition.
    pub transition: bool,
    /// Whether the country implements the EITI Standard; for information only.
    pub eiti: bool,
    /// Remarks, in the order DAC list, transition list.
    pub notes: Vec<Note>,
    /// The lists looked at, each with its edition.
    pub basis: Vec<String>,
}

impl Eligibility {
    /// Returns whether there is a note of the kind.
    pub fn has_note(&self, kind: NoteKind) -> bool {
        self.notes.iter().any(|note| note.kind == kind)
    }
}

/// Judges by `lists` whether the country may be supported on the day `on`.
///
/// On the DAC list or in the transition list means eligible. It comes with a flag when removal is expected, when the
/// country is an economy in transition only, when due diligence must clear it first, or when the day is after the
/// last that the DAC list is certain of. Before the first such day the answer is unknown, since no edition is held.
pub fn assess(code: &CountryCode, on: NaiveDate, lists: &Lists) -> Eligibility {
    let mut notes = Vec::new();
    let (by_dac, category) = judge_dac(*code, on, &lists.dac, &mut notes);
    let (transition, blocked) = judge_transition(*code, on, &lists.transition, &mut notes);
    let verdict = match (by_dac, transition) {
        (Verdict::Eligible, _) if blocked => Verdict::EligibleWithFlag,
        (Verdict::Eligible, _) => Verdict::Eligible,
        (Verdict::EligibleWithFlag, _) => Verdict::EligibleWithFlag,
        (Verdict::Ineligible | Verdict::Unknown, Membership::Yes) => {
            let dac = if by_dac == Verdict::Unknown { "not certainly" } else { "not" };
            let text = format!("Eligible as an economy in transition only; {dac} on the DAC list.");
            notes.push(Note { kind: NoteKind::TransitionOnly, text });
            Verdict::EligibleWithFlag
        }
        (Verdict::Ineligible, Membership::No) => Verdict::Ineligible,
        (Verdict::Ineligible, Membership::Unknown) | (Verdict::Unknown, _) => Verdict::Unknown,
    };
    let eiti = lists.eiti.listed_on(on).any(|(listed, _)| listed == *code);
    let mut looked_at = vec![
        ("DAC List of ODA Recipients (OECD)", &lists.dac),
        ("Economies in transition (United Nations, WESP, table B)", &lists.transition),
    ];
    if eiti {
        looked_at.push(("EITI implementing countries", &lists.eiti));
    }
    // A list that its user has emptied has no edition, and decides nothing.
    let basis = looked_at
        .into_iter()
        .map(|(name, list)| (name, list.editions(on)))
        .filter(|(_, edition)| !edition.is_empty())
        .map(|(name, edition)| format!("{name}, {edition}"))
        .collect();
    Eligibility { verdict, category, transition: transition == Membership::Yes, eiti, notes, basis }
}

/// Whether a country belongs to a list that has no categories.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Membership {
    Yes,
    No,
    Unknown,
}

fn judge_dac(code: CountryCode, on: NaiveDate, dac: &List, notes: &mut Vec<Note>) -> (Verdict, Option<Category>) {
    match dac.standing(code, on) {
        Standing::Listed(row) => {
            note_row(row, notes);
            let flagged = matches!(row.status, Status::Flagged | Status::Blocker);
            (if flagged { Verdict::EligibleWithFlag } else { Verdict::Eligible }, row.category)
        }
        Standing::ListedUntilEnd(row) => {
            note_row(row, notes);
            note_end(dac, notes);
            (Verdict::EligibleWithFlag, row.category)
        }
        Standing::Unknown(row) => {
            note_row(row, notes);
            (Verdict::Unknown, None)
        }
        Standing::Removed(row) => {
            note_row(row, notes);
            (Verdict::Ineligible, None)
        }
        Standing::BeforeStart => {
            let first = dac.starts.map(|first| first.to_string()).unwrap_or_default();
            let text = format!("The earliest edition of the DAC list that is held begins on {first}.");
            notes.push(Note { kind: NoteKind::OutsideEdition, text });
            (Verdict::Unknown, None)
        }
        Standing::NotListed(last) => {
            if let Some(last) = last.and_then(|row| row.to) {
                let text = format!("On the DAC list until {last}.");
                notes.push(Note { kind: NoteKind::Removed, text });
            }
            if !dac.covers(on) {
                note_end(dac, notes);
            }
            (Verdict::Ineligible, None)
        }
    }
}

/// Returns whether the country is an economy in transition, and whether due diligence must clear it first.
fn judge_transition(code: CountryCode, on: NaiveDate, list: &List, notes: &mut Vec<Note>) -> (Membership, bool) {
    match list.standing(code, on) {
        Standing::Listed(row) | Standing::ListedUntilEnd(row) => {
            note_row(row, notes);
            (Membership::Yes, row.status == Status::Blocker)
        }
        Standing::Unknown(row) => {
            note_row(row, notes);
            (Membership::Unknown, false)
        }
        Standing::Removed(_) | Standing::BeforeStart | Standing::NotListed(_) => (Membership::No, false),
    }
}

fn note_row(row: &data::Row, notes: &mut Vec<Note>) {
    if let Some(text) = &row.note {
        notes.push(Note { kind: row.status.note_kind(), text: text.clone() });
    }
}

fn note_end(dac: &List, notes: &mut Vec<Note>) {
    if let Some(last) = dac.ends {
        let text = format!("The edition of the DAC list that is held ends on {last}; check the current list.");
        notes.push(Note { kind: NoteKind::OutsideEdition, text });
    }
}
