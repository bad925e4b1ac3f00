//! The record of a build, `record.json`: what was made, and everything it was made from.
//!
//! One text for one record: fields in the order of the types below, names and
//! sets sorted by bytes, two spaces of indentation, a line feed at the end.
//! Another text with the same meaning is not read, so that the digest of a file
//! and of the record in it are the same, and no name can be hidden by a second.
//! Any change to this text is a new [`RecordVersion`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::digest::Sha256;
use super::name::Name;

/// The usual name of a record.
pub const RECORD_FILE: &str = "record.json";
/// The folder, beside the record, of the files that the documents can be made again from.
pub const SNAPSHOT: &str = "source";
/// The name of the case in the snapshot.
pub const SNAPSHOT_CASE: &str = "source/case.yaml";
/// The name of the unit profile in the snapshot.
pub const SNAPSHOT_UNIT: &str = "source/engross.yaml";

/// What was made, and everything it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a record")]
pub struct Record {
    /// The version of the record's own form.
    pub record: RecordVersion,
    /// The program that made it.
    pub program: Program,
    /// The case it was made from.
    pub case: CaseSource,
    /// The digest of the unit profile.
    pub unit: Sha256,
    /// The files frozen beside the documents to make them again, relative to the record.
    pub snapshot: BTreeSet<Name>,
    /// The templates that the documents used.
    pub templates: BTreeMap<Name, Sha256>,
    /// The page frames that the documents used.
    pub frames: BTreeMap<Name, Sha256>,
    /// The fonts that were at hand.
    pub fonts: BTreeMap<Name, Sha256>,
    /// The data lists that were consulted.
    pub data: BTreeMap<Name, Sha256>,
    /// What was asked for.
    pub options: Options,
    /// The documents made, relative to the record.
    pub outputs: BTreeMap<Name, Output>,
    /// How many faults the case had.
    pub faults: Faults,
    /// The required fields left blank, as paths in the case, by document.
    pub blanks: BTreeMap<String, BTreeSet<String>>,
    /// The digest of the record of the revision before; none for the first.
    pub previous: Option<Sha256>,
}

/// The version of a record's form, 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct RecordVersion;

impl RecordVersion {
    /// The number written.
    pub const NUMBER: u32 = 1;
}

impl From<RecordVersion> for u32 {
    fn from(_: RecordVersion) -> Self {
        RecordVersion::NUMBER
    }
}

impl TryFrom<u32> for RecordVersion {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, &'static str> {
        if number == Self::NUMBER { Ok(Self) } else { Err("a record of another version") }
    }
}

/// A program and its version; displayed as `name version`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// The program's name.
    pub name: String,
    /// The version, as `1.2.3`.
    pub version: String,
}

impl Program {
    /// Returns this program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}

/// The case that documents were made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseSource {
    /// The case's id.
    pub id: String,
    /// The digest of the case file.
    pub sha256: Sha256,
}

/// What was asked for; an order of asking does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The formats, by file extension.
    pub formats: BTreeSet<String>,
    /// The languages, by code.
    pub languages: BTreeSet<String>,
    /// The kinds of documents, by name.
    pub kinds: BTreeSet<String>,
    /// Draft or final.
    pub status: Status,
}

/// Whether documents may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// A working draft, marked as such on every page.
    Draft,
    /// Final.
    Final,
}

/// One document in one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The digest of the file.
    pub sha256: Sha256,
    /// The length of the file in bytes.
    pub bytes: u64,
    /// The kind of the document, by name.
    pub kind: String,
    /// The language, by code.
    pub lang: String,
    /// The expert it was made for, by key in the case; none if it is for no one in particular.
    pub expert: Option<String>,
}

/// How many faults a case had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faults {
    /// Errors; zero in a final revision.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
}

impl Record {
    /// Returns the text of the record, the only one [`Record::parse`] reads.
    pub fn to_json(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("maps have text for keys, and writing to memory does not fail");
        text.push('\n');
        text
    }

    /// Reads the text of a record; `path` is its name for errors.
    pub fn parse(path: &str, text: &[u8]) -> Result<Self, RecordError> {
        // The version first: a newer record must not be called a broken one.
        #[derive(Deserialize)]
        #[serde(expecting = "a record")]
        struct Versioned {
            record: u64,
        }
        let malformed = |source| RecordError::Malformed { path: path.to_owned(), source };
        let found = serde_json::from_slice::<Versioned>(text).map_err(malformed)?.record;
        if found != u64::from(RecordVersion::NUMBER) {
            return Err(RecordError::Version { path: path.to_owned(), found });
        }
        let record: Self = serde_json::from_slice(text).map_err(malformed)?;
        let expected = record.to_json();
        if expected.as_bytes() == text {
            return Ok(record);
        }
        let common = expected.bytes().zip(text).take_while(|(ours, theirs)| ours == *theirs).count();
        let line = 1 + text.iter().take(common).filter(|&&byte| byte == b'\n').count();
        Err(RecordError::Form { path: path.to_owned(), line })
    }

    /// Returns the digest of the record's text, which the next record's `previous` holds.
    pub fn digest(&self) -> Sha256 {
        Sha256::of(self.to_json().as_bytes())
    }

    /// Returns the digest that the record holds for a file of its folder: an output, or a file of
    /// the snapshot that is one of the inputs.
    ///
    /// None for a file that the record does not name, and for one that it names without a digest:
    /// a template in the snapshot that no document used.
    pub fn digest_of(&self, name: &str) -> Option<Sha256> {
        if let Some(output) = self.outputs.get(name) {
            return Some(output.sha256);
        }
        match name {
            SNAPSHOT_CASE => return Some(self.case.sha256),
            SNAPSHOT_UNIT => return Some(self.unit),
            _ => {}
        }
        let (folder, rest) = name.strip_prefix(SNAPSHOT)?.strip_prefix('/')?.split_once('/')?;
        match folder {
            "templates" => self.templates.get(rest).or_else(|| self.frames.get(rest)).copied(),
            "data" => self.data.get(rest).copied(),
            _ => None,
        }
    }

    /// Returns one digest over everything that determines the outputs.
    ///
    /// Program, case, unit, templates, frames, fonts, data lists and options
    /// count. What follows from them (outputs, faults, blanks) does not, nor do
    /// snapshot names and the link to the record before: two records with equal
    /// input digests describe the same documents.
    pub fn input_digest(&self) -> Sha256 {
        #[derive(Serialize)]
        struct Inputs<'a> {
            inputs: RecordVersion,
            program: &'a Program,
            case: &'a CaseSource,
            unit: Sha256,
            templates: &'a BTreeMap<Name, Sha256>,
            frames: &'a BTreeMap<Name, Sha256>,
            fonts: &'a BTreeMap<Name, Sha256>,
            data: &'a BTreeMap<Name, Sha256>,
            options: &'a Options,
        }
        let inputs = Inputs {
            inputs: self.record,
            program: &self.program,
            case: &self.case,
            unit: self.unit,
            templates: &self.templates,
            frames: &self.frames,
            fonts: &self.fonts,
            data: &self.data,
            options: &self.options,
        };
        // JSON, since quoted and nested values cannot run into each other.
        let text = serde_json::to_vec(&inputs).expect("maps have text for keys, and writing to memory does not fail");
        Sha256::of(&text)
    }
}

/// A record that cannot be relied on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Not JSON, or a field is missing, unknown or wrong; the source says where.
    #[error("{path}:{}:{}: not a record", source.line(), source.column())]
    Malformed {
        /// The record's name, as the caller gave it.
        path: String,
        /// What is wrong, with line and column, 1-based; column 0 where a line is empty.
        source: serde_json::Error,
    },
    /// The record is of a version that this program does not read.
    #[error("{path}: a record of version {found}, this program reads version {}", RecordVersion::NUMBER)]
    Version {
        /// The record's name, as the caller gave it.
        path: String,
        /// The version found.
        found: u64,
    },
    /// The meaning is clear, but the text is not as this program writes it.
    #[error("{path}:{line}: the text was changed: not as a record is written")]
    Form {
        /// The record's name, as the caller gave it.
        path: String,
        /// The first line that differs, 1-based.
        line: usize,
    },
}

#[cfg(test)]
pub(crate) use tests::sample;

#[cfg(test)]
mod tests;
