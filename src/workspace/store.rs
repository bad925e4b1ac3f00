//! Writing: to a temporary name first, then renamed, so that a reader never sees half a file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use walkdir::WalkDir;

use super::IoError;
use crate::artifact::Artifact;

/// How the names of files begin that are not yet in place.
const UNFINISHED: &str = ".engross-";

/// Files that are written but not yet in place; dropped, they leave no trace.
#[derive(Debug, Default)]
pub struct Pending(Vec<(NamedTempFile, PathBuf)>);

impl Pending {
    /// Writes a file beside its place.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn write(&mut self, folder: &Path, artifact: &Artifact) -> Result<(), IoError> {
        let path = folder.join(&artifact.name);
        let parent = path.parent().unwrap_or(folder);
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |source| IoError { path, action: "written", source }
        };
        fs::create_dir_all(parent).map_err(fail(parent))?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .permissions(permissions())
            .tempfile_in(parent)
            .map_err(fail(parent))?;
        file.write_all(&artifact.bytes).map_err(fail(&path))?;
        self.0.push((file, path));
        Ok(())
    }

    /// Puts all files in place, in the order in which they were written.
    ///
    /// # Errors
    /// The first file that cannot be put in place; those before it are in place.
    pub fn commit(self) -> Result<(), IoError> {
        for (file, path) in self.0 {
            file.persist(&path).map_err(|error| IoError { path, action: "written", source: error.error })?;
        }
        Ok(())
    }
}

/// What any program gives a new file, less the user's mask.
#[cfg(unix)]
fn permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o666)
}

#[cfg(not(unix))]
fn permissions() -> fs::Permissions {
    fs::metadata(".").map(|metadata| metadata.permissions()).expect("the current folder has permissions")
}

/// Removes a file of an earlier build; one that is gone already is no fault.
///
/// # Errors
/// When the file is there and cannot be removed.
pub fn remove(path: &Path) -> Result<(), IoError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(IoError { path: path.to_owned(), action: "removed", source })
        }
        _ => Ok(()),
    }
}

/// Removes what a build left behind that was killed while it wrote.
///
/// # Errors
/// When such a file is there and cannot be removed.
pub fn remove_unfinished(folder: &Path) -> Result<(), IoError> {
    // The snapshot with its clauses is the deepest that is written.
    let entries = WalkDir::new(folder).max_depth(5).into_iter().filter_map(Result::ok);
    let unfinished = entries
        .filter(|entry| entry.file_type().is_file() && entry.file_name().to_string_lossy().starts_with(UNFINISHED));
    for entry in unfinished {
        remove(entry.path())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_build_left_behind_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".engross-x1", "source/templates/clauses/a/.engross-x2", "source/kept", ".engross"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "half").unwrap();
        }
        remove_unfinished(folder.path()).unwrap();
        let left = WalkDir::new(folder.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let left: Vec<_> = left.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
        assert_eq!(left, [folder.path().join(".engross"), folder.path().join("source/kept")]);
        remove_unfinished(&folder.path().join("nowhere")).unwrap();
    }

    #[test]
    fn nothing_is_in_place_before_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "old").unwrap();
        let mut pending = Pending::default();
        pending.write(folder.path(), &Artifact::new("a.txt", "new")).unwrap();
        pending.write(folder.path(), &Artifact::new("b/c.txt", "new")).unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"old");
        drop(pending);
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"old");
        let mut pending = Pending::default();
        pending.write(folder.path(), &Artifact::new("a.txt", "new")).unwrap();
        pending.commit().unwrap();
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file stays behind");
    }
}
