//! Building the documents of a case into a folder, with their digests and their record.
//!
//! A folder of documents holds the documents, `record.json` (what they were made from), `source/` (a
//! snapshot of the case, the profile and the workspace's own templates and lists) and `SHA256SUMS`
//! over all of it. Unchanged inputs are not built again. Files of the last build that this one does
//! not make are removed if they are as that build wrote them; other files are left alone. The documents
//! of another case are not replaced unasked.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::store::{self, Pending};
use super::{CaseOnDisk, IoError, OpenError, Workspace};
use crate::artifact::Artifact;
use crate::case::kind::{DocumentKind, Subject, Version};
use crate::diagnostic::{Code, Diagnostic, Warned, count, sort};
use crate::document;
use crate::export::Format;
use crate::locale::Lang;
use crate::manifest::{
    CaseSource, Faults, Name, Options, Output, Program, RECORD_FILE, Record, RecordVersion, SNAPSHOT, SNAPSHOT_CASE,
    SNAPSHOT_UNIT, SUMS_FILE, Sha256, Status, Sums, consistency,
};
use crate::pipeline::{self, Inputs, Made, Request};
use crate::template::{self, Library, terms::Terms};

/// What to build and where.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// Folder for the documents.
    pub folder: PathBuf,
    /// Kinds; empty for all that the case calls for.
    pub kinds: Vec<DocumentKind>,
    /// Languages; empty for the case's own.
    pub versions: Vec<Version>,
    /// Formats of the documents.
    pub formats: BTreeSet<Format>,
    /// Draft or final.
    pub status: document::Status,
    /// Whether to build even if nothing changed, or in the place of another case's documents.
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
    /// Names of documents of the last build that this one did not make and removed.
    pub removed: Vec<String>,
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
    let langs: Vec<Lang> =
        options.versions.iter().flat_map(|version| std::iter::once(version.lang).chain(version.beside)).collect();
    let mut faults = pipeline::check(&inputs, &langs);
    let Warned { output: subjects, faults: unplanned } = pipeline::plan(
        &case.case,
        &Request { kinds: options.kinds.clone(), versions: options.versions.clone(), status: options.status },
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
        removed: Vec::new(),
        blanks: BTreeMap::new(),
    };
    if refused {
        return Ok(report);
    }
    if subjects.is_empty() {
        report.outcome = Outcome::Nothing;
        return Ok(report);
    }
    let mut record = record(workspace, case, options.status, &subjects, &options.formats);
    let before = Before::read(&options.folder);
    let in_the_way = in_the_way(before.as_ref(), &record, &subjects, options);
    if !options.force && !in_the_way.is_empty() {
        report.faults.extend(in_the_way);
        return Ok(report);
    }
    store::remove_unfinished(&options.folder)?;
    let (errors, warnings) = count(&report.faults);
    record.faults = Faults { errors: errors as u64, warnings: warnings as u64 };
    let same = |before: &Before| {
        before.record.input_digest() == record.input_digest() && before.record.faults == record.faults
    };
    let unchanged = |before: &&Before| !options.force && same(before) && before.intact(&options.folder);
    if let Some(Before { record: before, .. }) = before.as_ref().filter(unchanged) {
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
    let make = |subject: &Subject| pipeline::make(&inputs, subject, options.status, &options.formats, typesetter);
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
    report.removed = write(workspace, case, &options.folder, &documents, &mut record, before.as_ref())?;
    report.outcome = Outcome::Built;
    report.documents = record.outputs.keys().map(ToString::to_string).collect();
    report.blanks = record.blanks;
    Ok(report)
}

/// Makes the record of what the documents would be made from, without outputs.
pub(super) fn record(
    workspace: &Workspace,
    case: &CaseOnDisk,
    status: document::Status,
    subjects: &[Subject],
    formats: &BTreeSet<Format>,
) -> Record {
    let library = workspace.library();
    let digest_of =
        |name: &String| Some((Name::new(name.clone()).ok()?, Sha256::of(library.file(name)?.source.text().as_bytes())));
    let mut used = BTreeSet::new();
    for subject in subjects {
        for lang in std::iter::once(subject.lang).chain(subject.beside) {
            used.extend(library.used_by(&Library::template_name(subject.kind, lang)));
            used.insert(Terms::file_name(lang));
        }
    }
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
            formats: formats.iter().map(|format| format.extension().to_owned()).collect(),
            languages: subjects.iter().map(|subject| subject.version().code()).collect(),
            kinds: subjects.iter().map(|subject| subject.kind.name().to_owned()).collect(),
            status: to_record(status),
        },
        outputs: BTreeMap::new(),
        faults: Faults::default(),
        blanks: BTreeMap::new(),
        previous: None,
    }
}

/// Returns a status as records have it.
fn to_record(status: document::Status) -> Status {
    match status {
        document::Status::Draft => Status::Draft,
        document::Status::Final => Status::Final,
    }
}

/// Returns the status that a record tells of.
pub(super) fn from_record(status: Status) -> document::Status {
    match status {
        Status::Draft => document::Status::Draft,
        Status::Final => document::Status::Final,
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
        Artifact::new(SNAPSHOT_CASE, case.bytes.clone()),
        Artifact::new(SNAPSHOT_UNIT, workspace.unit_bytes.clone()),
    ];
    let own = workspace.library.files().filter(|(_, file)| file.overridden);
    files.extend(own.map(|(name, file)| Artifact::new(format!("{SNAPSHOT}/templates/{name}"), file.source.text())));
    let lists = workspace.list_texts.iter().filter(|(_, (_, own))| *own);
    files.extend(lists.map(|(name, (text, _))| Artifact::new(format!("{SNAPSHOT}/data/{name}"), text.as_str())));
    files
}

/// What the last build left in a folder.
struct Before {
    /// Its record.
    record: Record,
    /// Its list of digests; empty where there is no sound one.
    sums: Sums,
}

impl Before {
    /// Reads what the last build in a folder left, if there is a sound record.
    fn read(folder: &Path) -> Option<Self> {
        let record = Record::parse(RECORD_FILE, &fs::read(folder.join(RECORD_FILE)).ok()?).ok()?;
        let sums = fs::read(folder.join(SUMS_FILE)).ok().and_then(|text| Sums::parse(SUMS_FILE, &text).ok());
        Some(Self { record, sums: sums.unwrap_or_default() })
    }

    /// Returns whether all files are there and as they were.
    fn intact(&self, folder: &Path) -> bool {
        consistency(&self.sums, &self.record).is_empty()
            && self.sums.iter().all(|(name, digest)| is_file_with(&folder.join(name.as_str()), digest))
    }

    /// Removes what that build made and this one does not, where it still is what was made: a file
    /// that somebody has put in its place is theirs.
    fn remove_stale(&self, folder: &Path, files: &[Artifact]) -> Result<Vec<String>, IoError> {
        let mut removed = Vec::new();
        let now: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let names = self.record.outputs.keys().chain(&self.record.snapshot).map(Name::as_str);
        for name in names.filter(|name| !now.contains(name)) {
            let path = folder.join(name);
            let made = self.record.digest_of(name).or_else(|| self.sums.get(name));
            if made.is_some_and(|digest| is_file_with(&path, digest)) {
                store::remove(&path)?;
                removed.extend(self.record.outputs.contains_key(name).then(|| name.to_owned()));
            }
        }
        Ok(removed)
    }
}

/// Returns whether there is a file, not a link to one, with this digest.
fn is_file_with(path: &Path, digest: Sha256) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
        && fs::read(path).is_ok_and(|bytes| Sha256::of(&bytes) == digest)
}

/// Finds what stands in the folder and must not be replaced unasked: another case's documents, final
/// documents where drafts would go, files that no build made.
fn in_the_way(before: Option<&Before>, now: &Record, subjects: &[Subject], options: &BuildOptions) -> Vec<Diagnostic> {
    let folder = super::shown(&options.folder);
    let fault = |message: String, hint: &str| Diagnostic::new(Code::OutputFailed, message).hint(hint);
    let mut faults = Vec::new();
    // A case may get its identifier after its first draft.
    let was = before.map(|before| before.record.case.id.as_str()).filter(|was| !was.is_empty() && *was != now.case.id);
    if let Some(was) = was {
        let hint = "choose another folder, or replace those documents with `--force`";
        faults.push(fault(format!("`{folder}` holds the documents of the case {was}"), hint));
    }
    if before.is_some_and(|before| before.record.options.status == Status::Final) && now.options.status == Status::Draft
    {
        let hint = "choose another folder for the drafts with `--out`, or replace the final documents with `--force`";
        faults.push(fault(format!("`{folder}` holds final documents"), hint));
    }
    let ours = |name: &str| before.is_some_and(|before| before.record.outputs.contains_key(name));
    let names = subjects
        .iter()
        .flat_map(|subject| options.formats.iter().map(|format| format!("{}.{}", subject.stem(), format.extension())));
    for name in names {
        if !ours(&name) && options.folder.join(&name).exists() {
            let hint = "move it elsewhere, or replace it with `--force`";
            faults.push(fault(format!("`{folder}/{name}` is there already and was not built"), hint));
        }
    }
    faults
}

/// Puts record, documents, snapshot and digests in place, the digests last, and removes what is left of
/// the last build. Returns the names of the documents that were removed.
fn write(
    workspace: &Workspace,
    case: &CaseOnDisk,
    folder: &Path,
    documents: &[Made],
    record: &mut Record,
    before: Option<&Before>,
) -> Result<Vec<String>, OpenError> {
    for (made, artifact) in documents.iter().flat_map(|made| made.artifacts.iter().map(move |file| (made, file))) {
        let Ok(name) = Name::new(artifact.name.clone()) else { continue };
        let output = Output {
            sha256: Sha256::of(&artifact.bytes),
            bytes: artifact.bytes.len() as u64,
            kind: made.subject.kind.name().to_owned(),
            lang: made.subject.version().code(),
            expert: made.subject.expert.clone(),
        };
        record.outputs.insert(name, output);
        if !made.blanks.is_empty() {
            record.blanks.insert(artifact.name.clone(), made.blanks.iter().cloned().collect());
        }
    }
    let mut files: Vec<Artifact> = documents.iter().flat_map(|made| made.artifacts.iter().cloned()).collect();
    files.extend(snapshot(workspace, case));
    // The record comes first: what an interrupted build leaves behind is then known to be a build's.
    files.insert(0, Artifact::new(RECORD_FILE, record.to_json()));
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
    match before {
        Some(before) => Ok(before.remove_stale(folder, &files)?),
        None => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::record::sample;

    /// A folder as the build of the sample record left it, with one document made by nobody.
    fn folder() -> (tempfile::TempDir, Before) {
        let folder = tempfile::tempdir().unwrap();
        let mut record = sample();
        record.outputs.clear();
        record.snapshot =
            [SNAPSHOT_CASE, SNAPSHOT_UNIT, "source/templates/a.md"].map(|name| name.parse().unwrap()).into();
        (record.case.sha256, record.unit) = (Sha256::of(b"case"), Sha256::of(b"unit"));
        for name in ["a.pdf", "b.pdf"] {
            let output = Output {
                sha256: Sha256::of(name.as_bytes()),
                bytes: 5,
                kind: "letter".to_owned(),
                lang: "fr".to_owned(),
                expert: None,
            };
            record.outputs.insert(name.parse().unwrap(), output);
        }
        let json = record.to_json();
        let files = [
            ("a.pdf", "a.pdf"),
            ("b.pdf", "b.pdf"),
            (SNAPSHOT_CASE, "case"),
            (SNAPSHOT_UNIT, "unit"),
            ("source/templates/a.md", "a"),
            (RECORD_FILE, &json),
        ];
        let mut sums = Sums::new();
        fs::create_dir_all(folder.path().join("source/templates")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
            sums.insert(name.parse().unwrap(), Sha256::of(text.as_bytes())).unwrap();
        }
        fs::write(folder.path().join(SUMS_FILE), sums.to_string()).unwrap();
        let before = Before::read(folder.path()).expect("a sound record");
        assert!(before.intact(folder.path()));
        (folder, before)
    }

    #[test]
    fn a_list_that_contradicts_the_record_is_not_intact() {
        let (folder, before) = folder();
        let list = folder.path().join(SUMS_FILE);
        fs::write(folder.path().join("a.pdf"), "forged").unwrap();
        let (was, is) = (Sha256::of(b"a.pdf").to_string(), Sha256::of(b"forged").to_string());
        fs::write(&list, before.sums.to_string().replace(&was, &is)).unwrap();
        assert!(!Before::read(folder.path()).unwrap().intact(folder.path()));
        fs::remove_file(&list).unwrap();
        assert!(!Before::read(folder.path()).unwrap().intact(folder.path()));
    }

    #[test]
    fn what_somebody_put_in_the_place_of_a_stale_file_stays() {
        let (folder, before) = folder();
        fs::write(folder.path().join("b.pdf"), "signed").unwrap();
        let now = [Artifact::new(SNAPSHOT_CASE, "new"), Artifact::new(SNAPSHOT_UNIT, "new")];
        before.remove_stale(folder.path(), &now).unwrap();
        let there = |name: &str| folder.path().join(name).exists();
        assert!(!there("a.pdf") && !there("source/templates/a.md"));
        assert!(there("b.pdf") && there(SNAPSHOT_CASE) && there(RECORD_FILE));
    }

    #[test]
    fn only_another_case_is_another_case() {
        let (folder, mut before) = folder();
        let options = BuildOptions {
            folder: folder.path().join("documents"),
            kinds: Vec::new(),
            versions: Vec::new(),
            formats: BTreeSet::from([Format::Pdf]),
            status: document::Status::Draft,
            force: false,
            spread: Spread::Documents,
        };
        let mut now = before.record.clone();
        assert_eq!(in_the_way(Some(&before), &now, &[], &options), []);
        now.case.id = "XYZ-009".to_owned();
        let faults = in_the_way(Some(&before), &now, &[], &options);
        assert!(faults[0].message.ends_with("documents` holds the documents of the case GIN-001"), "{faults:?}");
        before.record.case.id.clear();
        assert_eq!(in_the_way(Some(&before), &now, &[], &options), []);
    }

    #[test]
    fn the_snapshot_has_the_names_of_a_workspace() {
        assert_eq!(SNAPSHOT_CASE, format!("{SNAPSHOT}/{}", crate::workspace::CASE_FILE));
        assert_eq!(SNAPSHOT_UNIT, format!("{SNAPSHOT}/{}", crate::workspace::PROFILE));
    }
}
