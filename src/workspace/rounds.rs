//! The drafts of a contract on disk: those that a case names under `rounds`, or those of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::{CASE_FILE, CaseOnDisk, IoError, OpenError, find_cases, read_case};
use crate::case::rules::named_files;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::locale::Lang;
use crate::manifest::Sha256;
use crate::pipeline::track::{MAX_BYTES, RoundFile, drafts_among, said};

/// Drafts that belong together.
#[derive(Debug)]
pub struct Rounds {
    /// Name of the case or of the folder.
    pub title: String,
    /// The case, if the drafts are those of one.
    pub case: Option<CaseOnDisk>,
    /// The drafts in the order of their exchange.
    pub files: Vec<RoundFile>,
    /// Where they lie.
    pub paths: Vec<PathBuf>,
}

/// Why drafts could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RoundsError {
    /// A file could not be read, or the argument means no case.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The argument means several cases.
    #[error("`{}` holds {} cases, and a report is on one", .0.display(), .1)]
    Several(PathBuf, usize),
    /// There are fewer than two drafts.
    #[error("`{}` has {}", .0.display(), if *.1 == 0 { "no drafts" } else { "only one draft" })]
    TooFew(PathBuf, usize),
    /// The case names drafts that are not there, or are not those whose digest was written down.
    #[error("the drafts of the case have faults")]
    Faults(Vec<Diagnostic>),
}

impl From<IoError> for RoundsError {
    fn from(error: IoError) -> Self {
        Self::Open(error.into())
    }
}

/// Reads the drafts that an argument means: a case, by folder, file or identifier, or a folder of drafts. Texts of the
/// case are taken in `lang`, or else in the case's own language.
///
/// # Errors
/// When there are fewer than two drafts, when one cannot be read, and when one is not the file that the case means.
pub fn read(argument: &Path, lang: Option<Lang>) -> Result<Rounds, RoundsError> {
    if argument.is_dir() && !argument.join(CASE_FILE).is_file() && !argument.join(super::PROFILE).is_file() {
        let drafts = drafts_among(&names_in(argument)?);
        if !drafts.is_empty() {
            return of_folder(argument, &drafts);
        }
    }
    let found = find_cases(argument)?;
    let [path] = found.as_slice() else {
        return Err(RoundsError::Several(argument.to_owned(), found.len()));
    };
    of_case(path, lang)
}

/// Lists the files of a folder by name.
fn names_in(folder: &Path) -> Result<Vec<String>, IoError> {
    let fail = |source| IoError { path: folder.to_owned(), action: "read", source };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn of_folder(folder: &Path, drafts: &[String]) -> Result<Rounds, RoundsError> {
    if drafts.len() < 2 {
        return Err(RoundsError::TooFew(folder.to_owned(), drafts.len()));
    }
    let mut files = Vec::new();
    let mut paths = Vec::new();
    for (at, name) in drafts.iter().enumerate() {
        let path = folder.join(name);
        let id = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        let bytes = super::read(&path, MAX_BYTES + 1)?;
        let base = at.checked_sub(1);
        files.push(RoundFile { id, file: name.clone(), date: None, from: None, base, place: None, bytes });
        paths.push(path);
    }
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let title = whole.file_name().map_or_else(|| "–".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Rounds { title, case: None, files, paths })
}

fn of_case(path: &Path, lang: Option<Lang>) -> Result<Rounds, RoundsError> {
    let case = read_case(path)?;
    let value = &case.case.value;
    let lang = lang.or_else(|| value.language.get().copied()).unwrap_or(Lang::En);
    let ours = |fault: &&Diagnostic| {
        fault.is_error()
            && ["", "rounds", "issues"].iter().any(|part| fault.path.split(['[', '.']).next() == Some(part))
    };
    let mut faults: Vec<Diagnostic> = case.case.faults.iter().filter(ours).cloned().collect();
    let mut files = Vec::new();
    let mut paths = Vec::new();
    for (at, round) in value.rounds.iter().enumerate() {
        let before: Vec<&str> =
            value.rounds[..at].iter().filter_map(|other| other.id.get().map(String::as_str)).collect();
        let base = match &round.base {
            None => at.checked_sub(1),
            Some(base) => {
                let found = before.iter().position(|other| other == base);
                if found.is_none() {
                    faults.push(no_base(&case, at, base, &before));
                }
                found
            }
        };
        // Without a name or a file the fault is among those of the case.
        let (Some(id), Some(file)) = (round.id.get(), round.file.get()) else { continue };
        let path = case.folder.join(&file.0);
        let bytes = match super::read(&path, MAX_BYTES + 1) {
            Ok(bytes) => bytes,
            Err(error) => {
                let place = format!("rounds[{at}].file");
                let message = format!("the file `{}` cannot be read: {}", file.0, error.source);
                let fault = Diagnostic::new(Code::AnnexMissing, message).at(case.case.span(&place)).path(place);
                faults.push(fault.hint("put the file there, or mend its path"));
                continue;
            }
        };
        files.push(RoundFile {
            id: id.clone(),
            file: file.0.clone(),
            date: round.date.get().copied(),
            from: round.from.get().copied(),
            base,
            place: said(round.place.as_ref(), lang, value),
            bytes,
        });
        paths.push(path);
    }
    faults.extend(other_files(&case, &files));
    if !faults.is_empty() {
        return Err(RoundsError::Faults(faults));
    }
    if files.len() < 2 {
        return Err(RoundsError::TooFew(path.to_owned(), files.len()));
    }
    let id = value.id.get().map(ToString::to_string);
    let title = said(value.title.get(), lang, value).or(id).unwrap_or_else(|| path.display().to_string());
    Ok(Rounds { title, case: Some(case), files, paths })
}

fn no_base(case: &CaseOnDisk, at: usize, base: &str, before: &[&str]) -> Diagnostic {
    let place = format!("rounds[{at}].base");
    let message = format!("the draft is made from `{base}`, which is no earlier draft");
    let fault = Diagnostic::new(Code::RoundsInconsistent, message).at(case.case.span(&place)).path(place);
    match nearest(base, before.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None if before.is_empty() => fault.hint("delete `base`: the first draft is made from none"),
        None => fault.hint(format!("name an earlier draft: {}", before.join(", "))),
    }
}

/// Finds drafts that are not the files whose digests were written down.
fn other_files(case: &CaseOnDisk, files: &[RoundFile]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for named in named_files(&case.case.value).iter().filter(|named| named.place.starts_with("rounds[")) {
        let Some(written) = named.sha256 else { continue };
        let Some(file) = files.iter().find(|file| file.file == named.file.0) else { continue };
        let actual = Sha256::of(&file.bytes).to_string();
        if actual != written.0 {
            let place = format!("{}.sha256", named.place);
            let message = format!(
                "the file `{}` is not the one whose digest was written down: it has {actual}, the case says {}",
                file.file, written.0
            );
            let fault = Diagnostic::new(Code::AnnexMissing, message).at(case.case.span(&place)).path(place);
            faults
                .push(fault.hint(format!("put the right file back; if the change is meant, write `sha256: {actual}`")));
        }
    }
    faults
}
