//! The test driver: folders of their own, a clean environment, outputs that read well.
//!
//! A [`Scene`] is a temporary folder in which the program runs, with nothing of the caller's
//! environment but `PATH`. An [`Output`] shows standard output, standard error and status in one
//! block, with the folder's path as `[DIR]`.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;
use walkdir::WalkDir;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_engross");

/// The cases that documents are made of in [`Scene::built`].
pub(crate) const CASES: &[&str] = &["gin-001", "arg-004", "mdg-008"];

/// The cases of the sample workspace that [`Scene::unit`] has: one whole, one with little in it, one with
/// faults, one without documents.
const FEW: &[&str] = &["arg-004", "chl-006", "gin-001", "mdg-008"];

/// Returns a path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Reads a text file of the repository.
pub(crate) fn repository_text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A temporary folder to run the program in.
pub(crate) struct Scene {
    folder: TempDir,
}

impl Scene {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::Builder::new().prefix("engross-suite-").tempdir().expect("a temporary folder") }
    }

    /// A copy of the sample workspace, without documents, with the few cases that most tests need.
    pub(crate) fn unit() -> Self {
        Self::with(FEW)
    }

    /// A copy of the sample workspace, without documents, with all its cases.
    pub(crate) fn all() -> Self {
        let scene = Self::empty();
        scene.take("fixtures/unit", &|_| true);
        scene
    }

    /// A copy of the workspace of stress cases, without documents.
    pub(crate) fn stress() -> Self {
        let scene = Self::empty();
        scene.take("fixtures/stress", &|_| true);
        scene
    }

    /// The sample workspace with one case only, for tests that build again and again.
    pub(crate) fn case(case: &str) -> Self {
        Self::with(&[case])
    }

    /// The sample workspace with some of its cases.
    pub(crate) fn with(cases: &[&str]) -> Self {
        let scene = Self::empty();
        let of_cases = |path: &Path| path.parent().and_then(Path::file_name) == Some(OsStr::new("cases"));
        scene.take("fixtures/unit", &|path| {
            !of_cases(path) || cases.iter().any(|case| path.file_name() == Some(OsStr::new(case)))
        });
        scene
    }

    /// Copies a workspace of the repository into the scene, without documents.
    fn take(&self, workspace: &str, wanted: &dyn Fn(&Path) -> bool) {
        let made = |path: &Path| path.file_name() == Some(OsStr::new("build"));
        copy(&repository(workspace), self.folder.path(), &|path| !made(path) && wanted(path));
    }

    /// The sample workspace with one of the cases of `fixtures/check` as `cases/tried`.
    pub(crate) fn fixture(fixture: &str) -> Self {
        let scene = Self::case("");
        copy(&repository("fixtures/check").join(fixture), &scene.path("cases/tried"), &|_| true);
        scene
    }

    /// A copy of the sample workspace with the documents of all its cases in English and French, and
    /// of the minimal case under `minimal/`. They are built once for all tests.
    pub(crate) fn built() -> Self {
        static BUILT: OnceLock<Scene> = OnceLock::new();
        let built = BUILT.get_or_init(|| {
            let scene = Self::unit();
            copy(&repository("fixtures/check/minimal"), &scene.path("minimal"), &|_| true);
            scene.run(["build", "--lang", "en,fr", "."]).expect_status(1);
            scene.run(["build", "--lang", "en,fr", "minimal"]).expect_status(0);
            scene
        });
        let scene = Self::empty();
        copy(built.folder.path(), scene.folder.path(), &|_| true);
        scene
    }

    /// Returns the path of a file or folder in the scene.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("folders can be made");
        fs::write(path, content).expect("the file can be written");
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Reads a text file.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).expect("the file is UTF-8")
    }

    /// Puts one text in the place of another, which must occur, once.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` should occur once in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Reads all files below a folder, by their paths below it.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }

    /// Runs the program in the scene.
    pub(crate) fn run<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Output {
        self.finish(self.command().args(args))
    }

    /// Returns the program's command, to be changed before it is given to [`Scene::finish`].
    pub(crate) fn command(&self) -> Command {
        clean(Command::new(PROGRAM), self.folder.path())
    }

    /// Returns the command of another program, in the same clean environment.
    pub(crate) fn other(&self, program: &str) -> Command {
        clean(Command::new(program), self.folder.path())
    }

    /// Runs a command of another program to its end, which must be good, and returns what it wrote.
    pub(crate) fn finish_bytes(&self, command: &mut Command) -> Vec<u8> {
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Runs a command to its end.
    pub(crate) fn finish(&self, command: &mut Command) -> Output {
        let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("the program writes UTF-8");
            let absolute = fs::canonicalize(self.folder.path()).expect("the folder is there");
            text.replace(&absolute.display().to_string(), "[DIR]")
                .replace(&self.folder.path().display().to_string(), "[DIR]")
        };
        Output { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status.code() }
    }
}

/// Takes everything of the caller's environment away but the search path.
fn clean(mut command: Command, folder: &Path) -> Command {
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in [("TZ", "UTC"), ("COLUMNS", "100"), ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8")] {
        command.env(name, value);
    }
    command
}

/// What a command wrote and how it ended.
#[derive(Debug)]
#[must_use = "a command that nobody looks at tests nothing"]
pub(crate) struct Output {
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// Exit status; `None` when a signal ended it.
    pub(crate) status: Option<i32>,
}

impl Output {
    /// Holds the exit status, and that the program did not break down.
    #[track_caller]
    pub(crate) fn expect_status(&self, status: i32) -> &Self {
        assert!(!self.stderr.contains("fault of its own"), "{self}");
        assert_eq!(self.status, Some(status), "\n{self}");
        self
    }

    /// Holds that standard output contains a text.
    #[track_caller]
    pub(crate) fn expect_stdout(&self, text: &str) -> &Self {
        assert!(self.stdout.contains(text), "`{text}` is not in\n{self}");
        self
    }

    /// Holds that standard error contains a text.
    #[track_caller]
    pub(crate) fn expect_stderr(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "`{text}` is not in\n{self}");
        self
    }

    /// Returns standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map_or_else(|| "a signal".to_owned(), |status| status.to_string());
        write!(f, "status: {status}\n-- stdout --\n{}-- stderr --\n{}", self.stdout, self.stderr)
    }
}

/// Copies the files and folders below a folder that `wanted` lets through.
pub(crate) fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) {
    let entries = WalkDir::new(from).sort_by_file_name().into_iter().filter_entry(|entry| wanted(entry.path()));
    for entry in entries {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("it lies below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// Reads all files below a folder, by their paths below it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(|entry| entry.expect("the folder can be read"));
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("the file can be read"))
        })
        .collect()
}

/// Returns whether an outside program is there. Without it a test is skipped aloud; where `CI` is
/// set, that is a failure.
#[track_caller]
pub(crate) fn need(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is not installed, and CI wants every test");
    if !found {
        eprintln!("SKIPPED {}: {program} is not installed", std::panic::Location::caller());
    }
    found
}
