//! The cases that the arguments of a command mean, each once, with its workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engross::workspace::{OpenError, Workspace, find_cases, root_of};

use super::error::CommandError;

/// A case to work on.
pub(crate) struct Target {
    /// The case file, as the user named it.
    pub(crate) path: PathBuf,
    /// Name of the folder that holds it.
    pub(crate) name: String,
    workspace: Result<Arc<Workspace>, Arc<OpenError>>,
}

impl Target {
    /// Returns the workspace of the case; cases of one workspace share it.
    pub(crate) fn workspace(&self) -> Result<&Workspace, CommandError> {
        self.workspace.as_deref().map_err(|error| CommandError::Shared(Arc::clone(error)))
    }
}

/// Finds the cases of all arguments, and tells of arguments that mean none.
pub(crate) fn targets(arguments: &[PathBuf]) -> (Vec<Target>, Vec<CommandError>) {
    let mut failures = Vec::new();
    let mut targets = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open: BTreeMap<Option<PathBuf>, Result<Arc<Workspace>, Arc<OpenError>>> = BTreeMap::new();
    for argument in arguments {
        let paths = match find_cases(argument) {
            Ok(paths) => paths,
            Err(error) => {
                failures.push(error.into());
                continue;
            }
        };
        for path in paths {
            let whole = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if !seen.insert(whole.clone()) {
                continue;
            }
            let make = || Workspace::open(&path).map(Arc::new).map_err(Arc::new);
            let workspace = match root_of(&path) {
                // Without a profile each case has a fault of its own.
                None => make(),
                root => open.entry(root).or_insert_with(make).clone(),
            };
            let name = whole.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
            targets.push(Target { path, name: name.unwrap_or_else(|| "case".to_owned()), workspace });
        }
    }
    (targets, failures)
}

/// Refuses two cases that would be written into the same folder below `out`.
pub(crate) fn refuse_clashes(targets: &[Target], out: &Path) -> Result<(), CommandError> {
    let mut by_name: BTreeMap<String, &Target> = BTreeMap::new();
    for target in targets {
        // Some file systems take capitals and small letters for the same.
        if let Some(first) = by_name.insert(target.name.to_lowercase(), target) {
            let (first, second) = (first.path.display(), target.path.display());
            let message = format!("`{first}` and `{second}` would both go into `{}`", out.join(&target.name).display());
            return Err(CommandError::failed(
                message,
                "build them one after the other, each with an `--out` of its own",
            ));
        }
    }
    Ok(())
}
