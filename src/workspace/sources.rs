//! Writing the Typst sources of documents, for those who change frames: any Typst compiles them.

use std::path::Path;

use super::build::BuildOptions;
use super::store::Pending;
use super::{CaseOnDisk, OpenError, Workspace};
use crate::artifact::Artifact;
use crate::diagnostic::{Diagnostic, Warned};
use crate::export::typst::sources;
use crate::pipeline::{self, Request};
use crate::template;

/// Writes a folder for each document, with main file, data, frames and fonts in it.
///
/// `typst compile --root DIR/STEM --font-path DIR/STEM/fonts --ignore-system-fonts DIR/STEM/main.typ`
/// then lays out the same pages, as drafts. Returns the names of the folders, and the faults met on the
/// way; documents whose template has errors are left out.
///
/// # Errors
/// When files cannot be written.
pub fn write(
    workspace: &Workspace,
    case: &CaseOnDisk,
    options: &BuildOptions,
    folder: &Path,
) -> Result<Warned<Vec<String>>, OpenError> {
    let inputs = workspace.inputs(case);
    let request = Request { kinds: options.kinds.clone(), versions: options.versions.clone(), status: options.status };
    let planned = pipeline::plan(&case.case, &request);
    let mut faults = planned.faults;
    let mut written = Vec::new();
    let mut pending = Pending::default();
    for subject in planned.output {
        let made = pipeline::document(&inputs, &subject, options.status);
        let sound = !made.faults.iter().any(Diagnostic::is_error);
        faults.extend(made.faults);
        let Some(document) = made.output.filter(|_| sound) else { continue };
        let below = folder.join(subject.stem());
        let mut files = sources(&document).to_vec();
        files.extend(workspace.library().frames());
        files.extend(template::fonts().map(|(name, bytes)| Artifact::new(format!("fonts/{name}"), bytes)));
        for file in &files {
            pending.write(&below, file)?;
        }
        written.push(subject.stem());
    }
    pending.commit()?;
    Ok(Warned { output: written, faults })
}
