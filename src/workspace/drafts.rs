//! Drafts on disk: files of others, read to be compared.

use std::path::Path;

use super::IoError;
use crate::pipeline::redline::{Input, MAX_BYTES};

/// Reads a draft; of one that is larger than [`MAX_BYTES`] a little more than that.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Input, IoError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    Ok(Input { name, bytes: super::read(path, MAX_BYTES + 1)? })
}
