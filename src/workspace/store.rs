//! Writing: to a temporary name first, then renamed, so that a reader never sees half a file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use walkdir::WalkDir;

use super::IoError;
use crate::artifact::Artifact;
use crate::manifest::SNAPSHOT;

/// How the names of files begin that are not yet in place.
const UNFINISHED: &str = ".engross-";

/// Files that are written but not yet in place; dropped, they leave no trace.
#[derive(Debug, Default)]
pub struct Pending(Vec<(NamedTempFile, PathBuf)>);

impl Pending {
    /// Writes a file beside its place.
    ///
    /// The snapshot holds the whole case, internal notes included: on Unix its files are for the
    /// user alone to read.
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
            .permissions(permissions(Path::new(&artifact.name).starts_with(SNAPSHOT)))
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

/// What any program gives a new file, less the user's mask; nothing for others, where it is private.
#[cfg(unix)]
fn permissions(private: bool) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(if private { 0o600 } else { 0o666 })
}

#[cfg(not(unix))]
fn permissions(_private: bool) -> fs::Permissions {
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
/// Looks only where a build writes: the folder may be any that the user named, with anything below it.
///
/// # Errors
/// When such a file is there and cannot be removed.
pub fn remove_unfinished(folder: &Path) -> Result<(), IoError> {
    // A workspace's own templates are the deepest that is written.
    let snapshot = WalkDir::new(folder.join(SNAPSHOT)).max_depth(5);
    let entries = WalkDir::new(folder).max_depth(1).into_iter().chain(snapshot);
    let unfinished = entries
        .filter_map(Result::ok)
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
        let made = [".engross-x1", "source/templates/clauses/a/.engross-x2", "source/kept", ".engross"];
        for name in made.into_iter().chain(["other/.engross-x3"]) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "half").unwrap();
        }
        remove_unfinished(folder.path()).unwrap();
        let left = WalkDir::new(folder.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let left: Vec<_> = left.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
        assert_eq!(left, [".engross", "other/.engross-x3", "source/kept"].map(|name| folder.path().join(name)));
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
    #[cfg(unix)]
    #[test]
    fn the_snapshot_is_for_the_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mut pending = Pending::default();
        for name in ["source/case.yaml", "sources.txt"] {
            pending.write(folder.path(), &Artifact::new(name, "new")).unwrap();
        }
        pending.commit().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        fs::write(folder.path().join("usual"), "").unwrap();
        assert_eq!((mode("source/case.yaml"), mode("sources.txt")), (0o600, mode("usual")));
    }
}
