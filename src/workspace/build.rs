//! Building the documents of a case into a folder, with their digests and their record.
//!
//! A folder of documents holds the documents, `record.json` (what they were made from), `source/` (a
//! snapshot of the case, the profile and the workspace's own templates and lists) and `SHA256SUMS`
//! over all of it. Unchanged inputs are not built again. Files of the last build that this one does
//! not make are removed; other files are left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::store::{self, Pending};
use super::{CaseOnDisk, IoError, OpenError, Workspace};
use crate::artifact::Artifact;
use crate::case::kind::{DocumentKind, Subject};
use crate::diagnostic::{Code, Diagnostic, Warned, count, sort};
use crate::document;
use crate::locale::Lang;
use crate::manifest::{
    CaseSource, Faults, Name, Options, Output, Program, RECORD_FILE, Record, RecordVersion, SUMS_FILE, Sha256, Status,
    Sums,
};
use crate::pipeline::{self, Inputs, Made, Request};
use crate::template::{self, Library, terms::Terms};

/// Folder of the snapshot beside the documents.
pub const SNAPSHOT: &str = "source";

/// What to build and where.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Folder for the documents.
    pub folder: PathBuf,
    /// Kinds; empty for all that the case calls for.
    pub kinds: Vec<DocumentKind>,
    /// Languages; empty for the case's own.
    pub langs: Vec<Lang>,
    /// Draft or final.
    pub status: document::Status,
    /// Whether to build even if nothing changed.
    pub force: bool,
    /// What is worked on at the same time.
    pub spread: Spread,
}

/// What is worked on at the same time. Never both: a thread that waits for the documents of one case
/// would take up the next case, and the next, until its stack is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// The documents of a case.
    Documents,
    /// Whole cases, by the caller; the documents of each come one after the other.
    Cases,
}

/// How a build went.
#[derive(Debug)]
pub struct BuildReport {
    /// Identifier of the case, or the path of its file where it has none.
    pub case: String,
    /// Folder of the documents.
    pub folder: PathBuf,
    /// What was done.
    pub outcome: Outcome,
    /// Faults of the case, and of templates on the way.
    pub faults: Vec<Diagnostic>,
    /// Names of the documents that are in the folder now.
    pub documents: Vec<String>,
    /// Required values that are missing, by document.
    pub blanks: BTreeMap<String, BTreeSet<String>>,
}

/// What a build did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Documents were made.
    Built,
    /// Nothing had changed.
    Unchanged,
    /// The case calls for no document yet.
    Nothing,
    /// Faults stood against it; nothing was written.
    Refused,
}

/// Builds the documents of a case.
///
/// # Errors
/// When files cannot be read or written. Faults of the case are part of the report.
pub fn build(workspace: &Workspace, case: &CaseOnDisk, options: &BuildOptions) -> Result<BuildReport, OpenError> {
    let inputs = Inputs {
        case: &case.case,
        unit: workspace.unit(),
        library: workspace.library(),
        lists: workspace.lists(),
        files: &case.files,
    };
    let mut faults = pipeline::check(&inputs);
    let Warned { output: subjects, faults: unplanned } = pipeline::plan(
        &case.case,
        &Request { kinds: options.kinds.clone(), langs: options.langs.clone(), status: options.status },
    );
    let unreadable = faults.iter().any(|fault| fault.is_error() && fault.code.group() == "reading");
    let not_final = options.status == document::Status::Final && count(&faults).0 > 0;
    if not_final {
        faults.push(
            Diagnostic::new(Code::FinalRefused, "final documents cannot be made while the case has errors")
                .hint("mend the errors, or build drafts without `--final`"),
        );
    }
    let refused = unreadable || not_final || !unplanned.is_empty();
    faults.extend(unplanned);
    let name = case.case.value.id.get().map_or_else(|| super::shown(&case.path), ToString::to_string);
    let mut report = BuildReport {
        case: name,
        folder: options.folder.clone(),
        outcome: Outcome::Refused,
        faults,
        documents: Vec::new(),
        blanks: BTreeMap::new(),
    };
    if refused {
        return Ok(report);
    }
    if subjects.is_empty() {
        report.outcome = Outcome::Nothing;
        return Ok(report);
    }
    store::remove_unfinished(&options.folder)?;
    let mut record = record(workspace, case, options, &subjects);
    let (errors, warnings) = count(&report.faults);
    record.faults = Faults { errors: errors as u64, warnings: warnings as u64 };
    let before = read_record(&options.folder);
    let same = |before: &&Record| before.input_digest() == record.input_digest() && before.faults == record.faults;
    if let Some(before) =
        before.as_ref().filter(same).filter(|before| !options.force && intact(&options.folder, before))
    {
        report.outcome = Outcome::Unchanged;
        report.documents = before.outputs.keys().map(ToString::to_string).collect();
        report.blanks.clone_from(&before.blanks);
        return Ok(report);
    }
    let typesetter = match workspace.typesetter() {
        Ok(typesetter) => typesetter,
        Err(fault) => {
            report.faults.push(fault);
            return Ok(report);
        }
    };
    let make = |subject: &Subject| pipeline::make_pdf(&inputs, subject, options.status, typesetter);
    let made: Vec<Result<Made, Vec<Diagnostic>>> = match options.spread {
        Spread::Documents => subjects.par_iter().map(make).collect(),
        Spread::Cases => subjects.iter().map(make).collect(),
    };
    let mut documents = Vec::new();
    for outcome in made {
        match outcome {
            Ok(made) => documents.push(made),
            Err(faults) => report.faults.extend(faults),
        }
    }
    sort(&mut report.faults);
    if documents.len() < subjects.len() {
        return Ok(report);
    }
    write(workspace, case, &options.folder, &documents, &mut record, before.as_ref())?;
    report.outcome = Outcome::Built;
    report.documents = record.outputs.keys().map(ToString::to_string).collect();
    report.blanks = record.blanks;
    Ok(report)
}

/// Makes the record of what the documents would be made from, without outputs.
pub(super) fn record(workspace: &Workspace, case: &CaseOnDisk, options: &BuildOptions, subjects: &[Subject]) -> Record {
    let library = workspace.library();
    let digest_of =
        |name: &String| Some((Name::new(name.clone()).ok()?, Sha256::of(library.file(name)?.source.text().as_bytes())));
    let mut used: BTreeSet<String> = subjects
        .iter()
        .flat_map(|subject| library.used_by(&Library::template_name(subject.kind, subject.lang)))
        .collect();
    used.extend(subjects.iter().map(|subject| Terms::file_name(subject.lang)));
    let frames: Vec<String> =
        library.files().map(|(name, _)| name.to_owned()).filter(|name| name.starts_with("frames/")).collect();
    Record {
        record: RecordVersion,
        program: Program::this(),
        case: CaseSource {
            id: case.case.value.id.get().map(ToString::to_string).unwrap_or_default(),
            sha256: Sha256::of(&case.bytes),
        },
        unit: Sha256::of(&workspace.unit_bytes),
        snapshot: snapshot(workspace, case).into_iter().filter_map(|artifact| Name::new(artifact.name).ok()).collect(),
        templates: used.iter().filter_map(digest_of).collect(),
        frames: frames.iter().filter_map(digest_of).collect(),
        fonts: font_digests().clone(),
        data: workspace
            .list_texts
            .iter()
            .filter_map(|(name, (text, _))| Some((Name::new(name.clone()).ok()?, Sha256::of(text.as_bytes()))))
            .collect(),
        options: Options {
            formats: BTreeSet::from(["pdf".to_owned()]),
            languages: subjects.iter().map(|subject| subject.lang.code().to_owned()).collect(),
            kinds: subjects.iter().map(|subject| subject.kind.name().to_owned()).collect(),
            status: match options.status {
                document::Status::Draft => Status::Draft,
                document::Status::Final => Status::Final,
            },
        },
        outputs: BTreeMap::new(),
        faults: Faults::default(),
        blanks: BTreeMap::new(),
        previous: None,
    }
}

/// The fonts in the program never change while it runs: they are digested once.
fn font_digests() -> &'static BTreeMap<Name, Sha256> {
    static DIGESTS: std::sync::OnceLock<BTreeMap<Name, Sha256>> = std::sync::OnceLock::new();
    DIGESTS.get_or_init(|| {
        template::fonts().filter_map(|(name, bytes)| Some((Name::new(name).ok()?, Sha256::of(bytes)))).collect()
    })
}

/// Returns everything needed to make the documents again, as files of a small workspace.
fn snapshot(workspace: &Workspace, case: &CaseOnDisk) -> Vec<Artifact> {
    let mut files = vec![
        Artifact::new(format!("{SNAPSHOT}/{}", super::CASE_FILE), case.bytes.clone()),
        Artifact::new(format!("{SNAPSHOT}/{}", super::PROFILE), workspace.unit_bytes.clone()),
    ];
    let own = workspace.library.files().filter(|(_, file)| file.overridden);
    files.extend(own.map(|(name, file)| Artifact::new(format!("{SNAPSHOT}/templates/{name}"), file.source.text())));
    let lists = workspace.list_texts.iter().filter(|(_, (_, own))| *own);
    files.extend(lists.map(|(name, (text, _))| Artifact::new(format!("{SNAPSHOT}/data/{name}"), text.as_str())));
    files
}

/// Returns the record of the last build in a folder, if there is a sound one.
pub(super) fn read_record(folder: &Path) -> Option<Record> {
    let bytes = fs::read(folder.join(RECORD_FILE)).ok()?;
    Record::parse(RECORD_FILE, &bytes).ok()
}

/// Returns whether all files of the last build are there and as they were.
fn intact(folder: &Path, record: &Record) -> bool {
    let Ok(text) = fs::read(folder.join(SUMS_FILE)) else { return false };
    let Ok(sums) = Sums::parse(SUMS_FILE, &text) else { return false };
    let named = record.outputs.keys().chain(&record.snapshot).all(|name| sums.get(name.as_str()).is_some());
    named
        && sums
            .iter()
            .all(|(name, digest)| fs::read(folder.join(name.as_str())).is_ok_and(|bytes| Sha256::of(&bytes) == digest))
}

/// Puts documents, snapshot, record and digests in place, the digests last.
fn write(
    workspace: &Workspace,
    case: &CaseOnDisk,
    folder: &Path,
    documents: &[Made],
    record: &mut Record,
    before: Option<&Record>,
) -> Result<(), OpenError> {
    for made in documents {
        let Ok(name) = Name::new(made.artifact.name.clone()) else { continue };
        let output = Output {
            sha256: Sha256::of(&made.artifact.bytes),
            bytes: made.artifact.bytes.len() as u64,
            kind: made.subject.kind.name().to_owned(),
            lang: made.subject.lang.code().to_owned(),
            expert: made.subject.expert.clone(),
        };
        record.outputs.insert(name, output);
        if !made.blanks.is_empty() {
            record.blanks.insert(made.artifact.name.clone(), made.blanks.iter().cloned().collect());
        }
    }
    let mut files: Vec<Artifact> = documents.iter().map(|made| made.artifact.clone()).collect();
    files.extend(snapshot(workspace, case));
    files.push(Artifact::new(RECORD_FILE, record.to_json()));
    let mut sums = Sums::new();
    for file in &files {
        if let Ok(name) = Name::new(file.name.clone()) {
            // Names are unique: documents by kind, language and expert, the rest by folder.
            let _ = sums.insert(name, Sha256::of(&file.bytes));
        }
    }
    files.push(Artifact::new(SUMS_FILE, sums.to_string()));
    let mut pending = Pending::default();
    for file in &files {
        pending.write(folder, file)?;
    }
    pending.commit()?;
    remove_stale(folder, &files, before)?;
    Ok(())
}

/// Removes what the last build made and this one does not.
fn remove_stale(folder: &Path, files: &[Artifact], before: Option<&Record>) -> Result<(), IoError> {
    let Some(before) = before else { return Ok(()) };
    let now: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let stale = before.outputs.keys().chain(&before.snapshot).filter(|name| !now.contains(name.as_str()));
    for name in stale {
        store::remove(&folder.join(name.as_str()))?;
    }
    Ok(())
}
