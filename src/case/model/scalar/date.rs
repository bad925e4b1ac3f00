//! Calendar dates: ISO 8601 in the file.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use schemars::{Schema, SchemaGenerator, json_schema};

use super::text::real_text;
use crate::case::data::{Data, Scope};
use crate::case::field::{Reader, Value};
use crate::diagnostic::Code;
use crate::yaml::Node;

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseDate(pub NaiveDate);

impl fmt::Display for CaseDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Value for CaseDate {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a date")?;
        let parsed = (text.len() == 10).then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()).flatten();
        match parsed {
            Some(date) if (1900..=2199).contains(&date.year()) => Some(Self(date)),
            Some(_) => reader.fault(
                node,
                Code::OutOfRange,
                format!("`{text}` is not a likely date"),
                "years from 1900 to 2199 are taken",
            ),
            None => reader.fault(node, Code::BadDate, format!("`{text}` is not a date"), date_hint(&text)),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.to_string())
    }

    fn example() -> String {
        "2026-03-01".to_owned()
    }

    fn advice(name: &str) -> String {
        // No date that somebody might copy: dates are facts.
        format!("write `{name}: YYYY-MM-DD`, the day as it was or is to be")
    }
}

/// Guesses what was meant by a date in another form; only a guess that has one reading is offered.
fn date_hint(text: &str) -> String {
    let numbers: Vec<&str> = text.split(['.', '/', '-', ' ']).collect();
    let guess = match numbers[..] {
        [day, month, year] if year.len() == 4 => Some((year, month, day)),
        [year, month, day] if year.len() == 4 => Some((year, month, day)),
        _ => None,
    };
    let date = guess.and_then(|(year, month, day)| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    });
    match date {
        Some(date) if date.day() > 12 => format!("write year, month and day: `{date}`"),
        _ => "write year, month and day with hyphens, as `2026-03-01`, a day that the month has".to_owned(),
    }
}
