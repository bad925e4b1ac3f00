//! Files of their own, outside cases: read, converted, written.

use std::fs;
use std::path::Path;

use super::store::Pending;
use super::{IoError, OpenError, Workspace};
use crate::artifact::Artifact;
use crate::diagnostic::Diagnostic;
use crate::pipeline::convert::MAX_BYTES;
use crate::template::{self, Library};
use crate::typeset::Typesetter;

/// What documents outside a case are made with: the templates and frames of the workspace that the file lies in,
/// or else the built-in ones.
#[derive(Debug)]
pub struct Tools {
    workspace: Option<Workspace>,
    built_in: Library,
}

impl Tools {
    /// Returns the tools for a file.
    ///
    /// # Errors
    /// When the workspace's own files cannot be used.
    pub fn for_file(path: &Path) -> Result<Self, OpenError> {
        let workspace = match super::root_of(path) {
            Some(root) => Some(Workspace::open_at(&root)?),
            None => None,
        };
        Ok(Self { workspace, built_in: Library::new([]) })
    }

    /// Returns the templates in force.
    pub fn library(&self) -> &Library {
        self.workspace.as_ref().map_or(&self.built_in, Workspace::library)
    }

    /// Returns Typst with the fonts and frames in force.
    ///
    /// # Errors
    /// When a frame cannot be read.
    pub fn typesetter(&self) -> Result<Typesetter, Diagnostic> {
        Typesetter::new(template::fonts(), &self.library().frames())
            .map_err(|error| Diagnostic::new(crate::diagnostic::Code::TypesetFailed, error.to_string()))
    }
}

/// Reads a file, a little beyond the size that is converted.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, IoError> {
    super::read(path, MAX_BYTES + 1)
}

/// Returns whether two paths lead to the same file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Puts a file in place, in the stead of one that is there.
///
/// # Errors
/// When it cannot be written; what was there is then still there.
pub fn write(path: &Path, bytes: Vec<u8>) -> Result<(), IoError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut pending = Pending::default();
    pending.write(folder, &Artifact::new(name, bytes))?;
    pending.commit()
}
