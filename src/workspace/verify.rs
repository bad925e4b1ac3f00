//! Verifying a folder of documents: is it intact, and can it be made again from its snapshot?

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::build::{self, BuildOptions, SNAPSHOT, Spread};
use super::{IoError, OpenError, Workspace};
use crate::case::kind::DocumentKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::document;
use crate::locale::Lang;
use crate::manifest::{
    Cause, Finding, RECORD_FILE, Record, RecordError, SUMS_FILE, Sha256, Status, Sums, SumsError, causes, findings,
};
use crate::pipeline::{self, Inputs, Request};

/// Why a folder could not be verified at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The folder has no list of digests.
    #[error("`{0}` has no `{SUMS_FILE}`: it is not a folder of documents")]
    NoSums(String),
    /// A file could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// The list of digests cannot be relied on.
    #[error(transparent)]
    Sums(#[from] SumsError),
    /// The record cannot be relied on.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The snapshot cannot be opened.
    #[error("the snapshot in `{SNAPSHOT}/` cannot be opened")]
    Snapshot(#[source] Box<OpenError>),
}

/// What was found in a folder.
#[derive(Debug)]
pub struct Verification {
    /// Files that are changed, missing or extra.
    pub findings: Vec<Finding>,
    /// How many files are listed.
    pub listed: usize,
    /// The record beside the documents, where there is a sound one.
    pub record: Option<Record>,
}

/// Compares a folder with its list of digests.
///
/// # Errors
/// When the folder has no list or record that can be relied on, or a file cannot be read.
pub fn verify(folder: &Path) -> Result<Verification, VerifyError> {
    let sums_path = folder.join(SUMS_FILE);
    if !sums_path.is_file() {
        return Err(VerifyError::NoSums(super::shown(folder)));
    }
    let text = fs::read(&sums_path).map_err(|source| IoError { path: sums_path.clone(), action: "read", source })?;
    let sums = Sums::parse(&super::shown(&sums_path), &text)?;
    let mut actual = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| IoError { path: folder.to_owned(), action: "read", source: error.into() })?;
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if entry.file_type().is_dir() || name == SUMS_FILE {
            continue;
        }
        // A link is not the file that was built, whatever it leads to.
        let digest = if entry.file_type().is_file() {
            let file = fs::File::open(entry.path()).map_err(|source| IoError {
                path: entry.path().to_owned(),
                action: "read",
                source,
            })?;
            Sha256::of_reader(&name, file)
                .map_err(|error| IoError { path: entry.path().to_owned(), action: "read", source: error.source })?
                .sha256
        } else {
            Sha256::of(b"")
        };
        actual.push((name, digest));
    }
    let found = findings(&sums, actual);
    let record_path = folder.join(RECORD_FILE);
    let record = match fs::read(&record_path) {
        Ok(bytes) if !found.iter().any(|finding| finding.name == RECORD_FILE) => {
            Some(Record::parse(&super::shown(&record_path), &bytes)?)
        }
        _ => None,
    };
    Ok(Verification { findings: found, listed: sums.len(), record })
}

/// What making the documents again showed.
#[derive(Debug)]
pub struct Rebuild {
    /// Documents whose bytes came out the same.
    pub same: Vec<String>,
    /// Documents that came out differently, or not at all.
    pub different: Vec<String>,
    /// What is different in the inputs; empty when nothing explains it but the file itself.
    pub causes: Vec<Cause>,
    /// Faults met on the way.
    pub faults: Vec<Diagnostic>,
}

/// Makes the documents of a folder again from its snapshot and compares bytes with the record.
///
/// # Errors
/// When the snapshot cannot be opened.
pub fn rebuild(folder: &Path, record: &Record) -> Result<Rebuild, VerifyError> {
    let source = folder.join(SNAPSHOT);
    let open = |error: OpenError| VerifyError::Snapshot(Box::new(error));
    let workspace = Workspace::open(&source).map_err(open)?;
    let case = super::read_case(&source.join(super::CASE_FILE)).map_err(open)?;
    let options = BuildOptions {
        folder: folder.to_owned(),
        kinds: record.options.kinds.iter().filter_map(|kind| DocumentKind::from_name(kind)).collect(),
        langs: record.options.languages.iter().filter_map(|lang| Lang::from_code(lang)).collect(),
        status: match record.options.status {
            Status::Draft => document::Status::Draft,
            Status::Final => document::Status::Final,
        },
        force: true,
        spread: Spread::Documents,
    };
    let inputs = Inputs {
        case: &case.case,
        unit: workspace.unit(),
        library: workspace.library(),
        lists: workspace.lists(),
        files: &case.files,
    };
    let planned = pipeline::plan(
        &case.case,
        &Request { kinds: options.kinds.clone(), langs: options.langs.clone(), status: options.status },
    );
    let mut rebuild = Rebuild { same: Vec::new(), different: Vec::new(), causes: Vec::new(), faults: planned.faults };
    let is = build::record(&workspace, &case, &options, &planned.output);
    rebuild.causes = causes(record, &is);
    let mut made = BTreeSet::new();
    match workspace.typesetter() {
        Ok(typesetter) => {
            for subject in &planned.output {
                match pipeline::make_pdf(&inputs, subject, options.status, typesetter) {
                    Ok(document) => {
                        made.insert((document.artifact.name, Sha256::of(&document.artifact.bytes)));
                    }
                    Err(faults) => rebuild.faults.extend(faults.into_iter().filter(Diagnostic::is_error)),
                }
            }
        }
        Err(fault) => rebuild.faults.push(fault),
    }
    for (name, output) in &record.outputs {
        let same = made.contains(&(name.to_string(), output.sha256));
        if same { rebuild.same.push(name.to_string()) } else { rebuild.different.push(name.to_string()) }
    }
    for name in made.iter().map(|(name, _)| name).filter(|name| !record.outputs.contains_key(name.as_str())) {
        rebuild.different.push(name.clone());
    }
    Ok(rebuild)
}

/// Turns findings into faults, for the reports that all commands share.
pub fn diagnostics(folder: &Path, found: &[Finding]) -> Vec<Diagnostic> {
    found
        .iter()
        .map(|finding| {
            use crate::manifest::FindingKind;
            let path = super::shown(&folder.join(&finding.name));
            let (code, message, hint) = match finding.kind {
                FindingKind::Changed => (
                    Code::DigestMismatch,
                    format!("`{path}` is not the file that was built"),
                    "compare it with a copy you trust, or build again",
                ),
                FindingKind::Missing => {
                    (Code::FileMissing, format!("`{path}` is missing"), "put it back, or build again")
                }
                FindingKind::Extra => {
                    (Code::FileExtra, format!("`{path}` was not built"), "keep files of your own elsewhere")
                }
            };
            Diagnostic::new(code, message).hint(hint)
        })
        .collect()
}
