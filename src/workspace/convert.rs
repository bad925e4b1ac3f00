//! Files of their own, outside cases: read, converted, written.

use std::fs;
use std::path::Path;

use super::store::Pending;
use super::{IoError, OpenError, Workspace};
use crate::artifact::Artifact;
use crate::pipeline::convert::MAX_BYTES;
use crate::template::Library;

/// Returns the templates and frames that documents outside a case are made with: those of the workspace that the
/// file lies in, or else the built-in ones.
///
/// # Errors
/// When the workspace's own files cannot be used.
pub fn library_for(path: &Path) -> Result<Library, OpenError> {
    match super::root_of(path) {
        Some(root) => Ok(Workspace::open_at(&root)?.library),
        None => Ok(Library::new([])),
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
