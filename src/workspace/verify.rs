//! Verifying a folder of documents: is it intact, and can it be made again from its snapshot?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::build;
use super::{IoError, OpenError, Workspace};
use crate::case::kind::{DocumentKind, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::export::Format;
use crate::manifest::{
    Cause, Finding, FindingKind, RECORD_FILE, Record, RecordError, SNAPSHOT, SNAPSHOT_CASE, SUMS_FILE, Sha256, Sums,
    SumsError, causes, consistency, findings,
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
    /// Where list and record contradict each other; none of the names is among the findings.
    pub contradictions: Vec<Finding>,
    /// How many listed files are as they were built.
    pub intact: usize,
    /// The record beside the documents, where there is a sound one.
    pub record: Option<Record>,
    /// The digests of the files that are there.
    files: BTreeMap<String, Sha256>,
}

impl Verification {
    /// Returns how many files are changed or missing.
    pub fn bad(&self) -> usize {
        self.all().filter(|finding| finding.kind != FindingKind::Extra).count()
    }

    /// Returns how many files were not built.
    pub fn extra(&self) -> usize {
        self.all().filter(|finding| finding.kind == FindingKind::Extra).count()
    }

    fn all(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(&self.contradictions)
    }
}

/// Compares a folder with its list of digests, and the list with the record.
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
    let actual = digests(folder, &sums)?;
    let mut found = findings(&sums, actual.iter().map(|(name, digest)| (name.as_str(), *digest)));
    let record_path = folder.join(RECORD_FILE);
    let record = match fs::read(&record_path) {
        Ok(bytes) if !found.iter().any(|finding| finding.name == RECORD_FILE) => {
            Some(Record::parse(&super::shown(&record_path), &bytes)?)
        }
        _ => None,
    };
    let contradictions = match &record {
        Some(record) => consistency(&sums, record),
        None if sums.get(RECORD_FILE).is_none() => {
            vec![Finding { name: RECORD_FILE.to_owned(), kind: FindingKind::Missing }]
        }
        None => Vec::new(),
    };
    // Where the list itself is wrong about a file, a comparison with it says nothing more.
    found.retain(|finding| contradictions.iter().all(|other| other.name != finding.name));
    let doubted: BTreeSet<&str> = found.iter().chain(&contradictions).map(|finding| finding.name.as_str()).collect();
    let intact = sums.iter().filter(|(name, _)| !doubted.contains(name.as_str())).count();
    let files = actual.into_iter().filter_map(|(name, digest)| Some((name, digest?))).collect();
    Ok(Verification { findings: found, contradictions, intact, record, files })
}

/// Digests every file in a folder but the list, by its name in the folder. What is neither a file nor a
/// folder has none: a link is not the file that was built, whatever it leads to. The same goes for a
/// folder in the place of a listed file.
fn digests(folder: &Path, sums: &Sums) -> Result<Vec<(String, Option<Sha256>)>, IoError> {
    let mut actual = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| IoError { path: folder.to_owned(), action: "read", source: error.into() })?;
        let path = entry.path();
        let name = name_below(folder, path);
        let (kind, listed) = (entry.file_type(), sums.get(&name).is_some());
        if name == SUMS_FILE || kind.is_dir() && !listed {
            continue;
        }
        let digest = if kind.is_file() {
            let fail = |source| IoError { path: path.to_owned(), action: "read", source };
            let file = fs::File::open(path).map_err(fail)?;
            Some(Sha256::of_reader(&name, file).map_err(|error| fail(error.source))?.sha256)
        } else {
            None
        };
        actual.push((name, digest));
    }
    Ok(actual)
}

/// Returns the name of a file in a folder, as lists have it. A backslash is a letter on Unix.
fn name_below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// What making the documents again showed.
#[derive(Debug, Default)]
pub struct Rebuild {
    /// Documents whose bytes came out the same.
    pub same: Vec<String>,
    /// Documents that came out differently, or not at all.
    pub different: Vec<String>,
    /// Inputs that are not those of the record, but without effect on the documents.
    pub without_effect: Vec<Cause>,
    /// Faults met on the way, one of them for each document that is different.
    pub faults: Vec<Diagnostic>,
}

/// Makes the documents of a folder again from its snapshot and compares bytes with the record, and with
/// the files in the folder.
///
/// # Errors
/// When the snapshot cannot be opened.
pub fn rebuild(folder: &Path, verification: &Verification) -> Result<Rebuild, VerifyError> {
    let mut rebuild = Rebuild::default();
    let Some(record) = &verification.record else {
        let message = format!("`{RECORD_FILE}` is not as it was built, so nothing can be made again");
        let fault = Diagnostic::new(Code::RecordInvalid, message);
        rebuild.faults.push(fault.hint("put the record back from a copy you trust"));
        return Ok(rebuild);
    };
    let open = |error: OpenError| VerifyError::Snapshot(Box::new(error));
    // Exactly this folder: a profile further up is not the one that the documents were made from.
    let workspace = Workspace::open_at(&folder.join(SNAPSHOT)).map_err(open)?;
    let case = super::read_case(&folder.join(SNAPSHOT_CASE)).map_err(open)?;
    let inputs = Inputs {
        case: &case.case,
        unit: workspace.unit(),
        library: workspace.library(),
        lists: workspace.lists(),
        files: &case.files,
    };
    let request = Request {
        kinds: record.options.kinds.iter().filter_map(|kind| DocumentKind::from_name(kind)).collect(),
        versions: record.options.languages.iter().filter_map(|code| Version::from_code(code)).collect(),
        status: build::from_record(record.options.status),
    };
    let formats = record.options.formats.iter().filter_map(|name| Format::from_extension(name)).collect();
    let planned = pipeline::plan(&case.case, &request);
    rebuild.faults = planned.faults;
    let mut made = BTreeMap::new();
    match workspace.typesetter() {
        Ok(typesetter) => {
            for subject in &planned.output {
                match pipeline::make(&inputs, subject, request.status, &formats, typesetter) {
                    Ok(document) => {
                        made.extend(document.artifacts.into_iter().map(|file| (file.name, Sha256::of(&file.bytes))));
                    }
                    Err(faults) => rebuild.faults.extend(faults.into_iter().filter(Diagnostic::is_error)),
                }
            }
        }
        Err(fault) => rebuild.faults.push(fault),
    }
    let is = build::record(&workspace, &case, request.status, &planned.output, &formats);
    rebuild.compare(verification, record, &made, causes(record, &is));
    Ok(rebuild)
}

impl Rebuild {
    /// Compares what was made again with the record and with what is there.
    fn compare(
        &mut self,
        verification: &Verification,
        record: &Record,
        made: &BTreeMap<String, Sha256>,
        causes: Vec<Cause>,
    ) {
        for (name, output) in &record.outputs {
            let again = made.get(name.as_str());
            let as_recorded = again == Some(&output.sha256);
            // A file that is missing has been reported.
            let as_there = verification.files.get(name.as_str()).is_none_or(|there| again == Some(there));
            if as_recorded && as_there {
                self.same.push(name.to_string());
                continue;
            }
            self.different.push(name.to_string());
            self.faults.push(if as_recorded {
                let message = format!("`{name}` is not what comes out when it is made again");
                Diagnostic::new(Code::RebuildDiffers, message)
                    .hint(format!("it comes out as `{RECORD_FILE}` says: the file was changed"))
            } else {
                differs(name.as_str(), &causes)
            });
        }
        for name in made.keys().filter(|name| !record.outputs.contains_key(name.as_str())) {
            self.different.push(name.clone());
            self.faults.push(differs(name, &causes));
        }
        if !self.different.is_empty() {
            return;
        }
        for cause in causes {
            if matches!(cause, Cause::Case | Cause::Unit) {
                let message =
                    format!("`{RECORD_FILE}` is not of this snapshot: {cause}, though the documents come out the same");
                let fault = Diagnostic::new(Code::RecordInvalid, message);
                self.faults.push(fault.hint("put record and snapshot back from a copy you trust, or build again"));
            } else {
                self.without_effect.push(cause);
            }
        }
    }
}

/// The fault of a document that comes out differently, with all that may explain it.
fn differs(name: &str, causes: &[Cause]) -> Diagnostic {
    let message = format!("`{name}` comes out differently when it is made again");
    let fault = Diagnostic::new(Code::RebuildDiffers, message);
    if causes.is_empty() {
        return fault.hint("case, templates, fonts, lists, program and options are the same as in the record: the recorded digest itself is in doubt");
    }
    causes.iter().fold(fault, |fault, cause| fault.hint(cause.to_string()))
}

/// Turns what was found into faults, for the reports that all commands share.
pub fn diagnostics(folder: &Path, verification: &Verification) -> Vec<Diagnostic> {
    let shown = super::shown(folder);
    let path = |finding: &Finding| match shown.trim_end_matches('/') {
        "." => finding.name.clone(),
        folder => format!("{folder}/{}", finding.name),
    };
    let changed = verification.findings.iter().map(|finding| changed(finding.kind, &path(finding)));
    let contradictory = verification.contradictions.iter().map(|finding| contradictory(finding, &path(finding)));
    changed.chain(contradictory).collect()
}

/// The fault of a file that is not as the list says.
fn changed(kind: FindingKind, path: &str) -> Diagnostic {
    let (code, message, hint) = match kind {
        FindingKind::Changed => (
            Code::DigestMismatch,
            format!("`{path}` is not the file that was built"),
            "compare it with a copy you trust, or build again",
        ),
        FindingKind::Missing => (Code::FileMissing, format!("`{path}` is missing"), "put it back, or build again"),
        FindingKind::Extra => (Code::FileExtra, format!("`{path}` was not built"), "keep files of your own elsewhere"),
    };
    Diagnostic::new(code, message).hint(hint)
}

/// The fault of a file of which list and record say different things.
fn contradictory(finding: &Finding, path: &str) -> Diagnostic {
    let (code, message) = match finding.kind {
        FindingKind::Changed => {
            (Code::DigestMismatch, format!("`{path}` has another digest in `{SUMS_FILE}` than in `{RECORD_FILE}`"))
        }
        FindingKind::Missing if finding.name == RECORD_FILE => {
            (Code::RecordInvalid, format!("`{path}` is not listed in `{SUMS_FILE}`"))
        }
        FindingKind::Missing => {
            (Code::FileMissing, format!("`{path}` is named in `{RECORD_FILE}`, but not listed in `{SUMS_FILE}`"))
        }
        FindingKind::Extra => {
            (Code::FileExtra, format!("`{path}` is listed in `{SUMS_FILE}`, but not named in `{RECORD_FILE}`"))
        }
    };
    Diagnostic::new(code, message)
        .hint("one of the two was changed: put both back from a copy you trust, or build again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_a_folder_have_slashes_between_their_parts() {
        let folder = Path::new("a/build");
        assert_eq!(name_below(folder, &folder.join("source").join("case.yaml")), "source/case.yaml");
        #[cfg(unix)]
        assert_eq!(name_below(folder, &folder.join("source\\case.yaml")), "source\\case.yaml");
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_has_no_digest() {
        let folder = tempfile::tempdir().unwrap();
        let mut sums = Sums::new();
        sums.insert("a.pdf".parse().unwrap(), Sha256::of(b"a")).unwrap();
        fs::create_dir_all(folder.path().join("a.pdf")).unwrap();
        fs::create_dir_all(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/c.txt"), "c").unwrap();
        let expect = [("a.pdf".to_owned(), None), ("b/c.txt".to_owned(), Some(Sha256::of(b"c")))];
        assert_eq!(digests(folder.path(), &sums).unwrap(), expect);
    }
}
