//! Rule 19: every file that the case names is there, and is the one whose digest was written down.

use super::{Facts, Report};
use crate::case::model::{Case, DigestText, FilePath};
use crate::diagnostic::Code;

/// A file that the case names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile<'a> {
    /// Path of the group in the case file that names it, as `request.annexes[0]`; the field is `file`.
    pub place: String,
    /// Path of the file, relative to the case's folder.
    pub file: &'a FilePath,
    /// Digest that was written down.
    pub sha256: Option<&'a DigestText>,
}

/// Lists the files that a case names, for whoever looks them up on the disk: mandate, annexes, drafts.
pub fn named_files(case: &Case) -> Vec<NamedFile<'_>> {
    let mut files = Vec::new();
    if let Some(file) = case.authority.get().and_then(|authority| authority.mandate.as_ref()?.file.as_ref()) {
        files.push(NamedFile { place: "authority.mandate".into(), file, sha256: None });
    }
    let annexes = [
        ("request", case.request.as_ref().map(|request| &request.annexes)),
        ("approval", case.approval.as_ref().map(|approval| &approval.annexes)),
    ];
    for (letter, list) in annexes {
        for (at, annex) in list.into_iter().flatten().enumerate() {
            files.extend(annex.file.as_ref().map(|file| NamedFile {
                place: format!("{letter}.annexes[{at}]"),
                file,
                sha256: annex.sha256.as_ref(),
            }));
        }
    }
    for (at, round) in case.rounds.iter().enumerate() {
        files.extend(round.file.get().map(|file| NamedFile {
            place: format!("rounds[{at}]"),
            file,
            sha256: round.sha256.as_ref(),
        }));
    }
    files
}

/// Compares the named files with those found.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    for named in named_files(&facts.case.value) {
        let Some(fact) = facts.files.get(&named.file.0) else { continue };
        let NamedFile { place, file, sha256 } = named;
        match (&fact.sha256, sha256) {
            (None, _) => {
                report.fault(
                    Code::AnnexMissing,
                    &format!("{place}.file"),
                    format!("the file `{file}` is not in the case's folder"),
                    "put the file there, or mend its path",
                );
            }
            (Some(actual), Some(written)) if *actual != written.0 => {
                let message = format!("the file `{file}` is not the one whose digest was written down");
                report.fault(
                    Code::AnnexMissing,
                    &format!("{place}.sha256"),
                    message,
                    format!("put the right file back; if the change is meant, write `sha256: {actual}`"),
                );
                report.see(&format!("{place}.file"), "the file");
            }
            (Some(_), _) => {}
        }
    }
}
