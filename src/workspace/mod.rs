//! Folders on disk: the unit's workspace, the cases in it, and what is built from them.
//!
//! This is the library's only reader and writer of files. A workspace is a folder with the unit's
//! profile `engross.yaml`; it may hold its own `templates/` and country lists in `data/`, and holds
//! its cases under `cases/`. A folder of documents keeps a snapshot of everything they were made from
//! in `source/`, which is a small workspace itself: [`verify`] opens it like any other.

pub mod build;
pub mod convert;
pub mod drafts;
pub mod rounds;
pub mod sources;
pub mod store;
pub mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use walkdir::WalkDir;

use crate::case::eligibility::Lists;
use crate::case::model::{Case, Unit};
use crate::case::rules::{self, FileFact};
use crate::case::{self, Loaded};
use crate::diagnostic::{Code, Diagnostic};
use crate::manifest::Sha256;
use crate::pipeline::{self, Inputs};
use crate::source::{Place, Source, Span};
use crate::template::Library;
use crate::typeset::Typesetter;
use crate::yaml::MAX_BYTES;

/// Name of the unit's profile; a folder that holds it is a workspace.
pub const PROFILE: &str = "engross.yaml";
/// Name of a case file.
pub const CASE_FILE: &str = "case.yaml";
/// Largest template or list that is read, in bytes (1 MiB).
const MAX_TEXT: usize = 1 << 20;

/// A file or folder that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be {action}", path.display())]
pub struct IoError {
    /// Where.
    pub path: PathBuf,
    /// What was tried: `read`, `written`, `opened`.
    pub action: &'static str,
    /// Why not.
    #[source]
    pub source: io::Error,
}

/// Why a workspace or a case could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file could not be read.
    #[error(transparent)]
    Io(#[from] IoError),
    /// No profile in the folder or any above it.
    #[error("there is no unit profile `{PROFILE}` in `{}` or any folder above it", .0.display())]
    NoProfile(PathBuf),
    /// The workspace has no case yet.
    #[error("there is no case under `{}`", .0.display())]
    NoCases(PathBuf),
    /// The argument is a unit's profile.
    #[error("`{}` is the unit's profile, not a case", .0.display())]
    Profile(PathBuf),
    /// The argument names no case.
    #[error("`{0}` is neither a case folder, nor a case file, nor the identifier of a case")]
    NoCase(String),
    /// The workspace's own templates, lists or frames cannot be used.
    #[error("the workspace's own files have faults")]
    Faults(Vec<Diagnostic>),
}

/// A unit's workspace.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    unit: Loaded<Unit>,
    unit_bytes: Vec<u8>,
    library: Library,
    lists: Lists,
    list_texts: BTreeMap<String, (String, bool)>,
    typesetter: OnceLock<Result<Typesetter, Diagnostic>>,
}

/// A case on disk.
#[derive(Debug)]
pub struct CaseOnDisk {
    /// The case file.
    pub path: PathBuf,
    /// The folder that holds it.
    pub folder: PathBuf,
    /// The case.
    pub case: Loaded<Case>,
    /// The file as it was read.
    pub bytes: Vec<u8>,
    /// Files that the case names.
    pub files: BTreeMap<String, FileFact>,
}

impl Workspace {
    /// Opens the workspace that a path lies in.
    ///
    /// # Errors
    /// When there is no profile, or when the workspace's own templates and lists cannot be used.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let absolute =
            fs::canonicalize(path).map_err(|source| IoError { path: path.to_owned(), action: "opened", source })?;
        let depth = absolute.ancestors().position(|folder| folder.join(PROFILE).is_file());
        let depth = depth.ok_or_else(|| OpenError::NoProfile(path.to_owned()))?;
        // Messages show paths as the user gave them, where that leads to the profile.
        let given = path.ancestors().filter(|folder| !folder.as_os_str().is_empty()).nth(depth);
        let root = given
            .filter(|folder| folder.join(PROFILE).is_file())
            .map_or_else(|| shorten(absolute.ancestors().nth(depth).unwrap_or(&absolute)), Path::to_owned);
        Self::open_at(&root)
    }

    /// Opens the workspace in exactly this folder, whatever is above it.
    ///
    /// # Errors
    /// When its profile cannot be read, or when its own templates and lists cannot be used.
    pub fn open_at(root: &Path) -> Result<Self, OpenError> {
        let root = root.to_owned();
        let profile = root.join(PROFILE);
        let unit_bytes = read(&profile, MAX_BYTES + 1)?;
        let unit = case::load_unit(&shown(&profile), &unit_bytes);
        let mut faults = Vec::new();
        let library = Library::new(own_templates(&root.join("templates"), &mut faults)?);
        let (lists, list_texts) = own_lists(&root.join("data"), &mut faults)?;
        if !faults.is_empty() {
            return Err(OpenError::Faults(faults));
        }
        Ok(Self { root, unit, unit_bytes, library, lists, list_texts, typesetter: OnceLock::new() })
    }

    /// Returns the folder of the workspace.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the unit's profile.
    pub fn unit(&self) -> &Loaded<Unit> {
        &self.unit
    }

    /// Returns the templates in force.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Puts together what documents of a case are made from.
    pub fn inputs<'a>(&'a self, case: &'a CaseOnDisk) -> Inputs<'a> {
        Inputs { case: &case.case, unit: &self.unit, library: &self.library, lists: &self.lists, files: &case.files }
    }

    /// Returns the country lists in force.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Returns Typst with the fonts and frames in force, made on first use.
    ///
    /// # Errors
    /// When one of the workspace's own frames cannot be read.
    pub fn typesetter(&self) -> Result<&Typesetter, Diagnostic> {
        self.typesetter.get_or_init(|| pipeline::typesetter(&self.library)).as_ref().map_err(Clone::clone)
    }
}

/// Returns the folder of the workspace that a path lies in, in full; `None` where there is no profile.
pub fn root_of(path: &Path) -> Option<PathBuf> {
    let absolute = fs::canonicalize(path).ok()?;
    absolute.ancestors().find(|folder| folder.join(PROFILE).is_file()).map(Path::to_owned)
}

/// Finds the case files that an argument means: a case folder, a case file, a workspace with all its
/// cases, or the identifier of a case in the workspace around the current folder.
///
/// # Errors
/// When the argument means no case.
pub fn find_cases(argument: &Path) -> Result<Vec<PathBuf>, OpenError> {
    if argument.is_file() {
        return match argument.file_name() {
            Some(name) if name == PROFILE => Err(OpenError::Profile(argument.to_owned())),
            _ => Ok(vec![argument.to_owned()]),
        };
    }
    if argument.join(CASE_FILE).is_file() {
        return Ok(vec![argument.join(CASE_FILE)]);
    }
    if argument.is_dir() {
        let cases = if argument.join("cases").is_dir() { argument.join("cases") } else { argument.to_owned() };
        let found = cases_below(&cases)?;
        return match found.is_empty() {
            true if argument.join(PROFILE).is_file() => Err(OpenError::NoCases(argument.join("cases"))),
            true => Err(OpenError::NoCase(shown(argument))),
            false => Ok(found),
        };
    }
    let wanted = argument.to_string_lossy().to_lowercase();
    let here = Path::new(".");
    let absolute =
        fs::canonicalize(here).map_err(|source| IoError { path: here.to_owned(), action: "opened", source })?;
    let root = absolute.ancestors().find(|folder| folder.join(PROFILE).is_file());
    let found = match root {
        Some(root) => cases_below(&shorten(root).join("cases"))?,
        None => Vec::new(),
    };
    let named = |path: &PathBuf| {
        path.parent().and_then(Path::file_name).is_some_and(|name| name.to_string_lossy().to_lowercase() == wanted)
    };
    match found.into_iter().find(named) {
        Some(path) => Ok(vec![path]),
        None => Err(OpenError::NoCase(argument.to_string_lossy().into_owned())),
    }
}

/// Lists the case files in the folders below a folder, in the order of their names.
fn cases_below(folder: &Path) -> Result<Vec<PathBuf>, IoError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|source| IoError { path: folder.to_owned(), action: "read", source })?;
    let mut cases: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path().join(CASE_FILE))
        .filter(|path| path.is_file())
        .collect();
    cases.sort();
    Ok(cases)
}

/// Reads a case from disk, and what is known of the files it names.
///
/// # Errors
/// When the case file cannot be read.
pub fn read_case(path: &Path) -> Result<CaseOnDisk, OpenError> {
    let bytes = read(path, MAX_BYTES + 1)?;
    let case = case::load(&shown(path), &bytes);
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let named = rules::named_files(&case.value).into_iter();
    let files = named.map(|named| (named.file.0.clone(), file_fact(&folder.join(&named.file.0)))).collect();
    Ok(CaseOnDisk { path: path.to_owned(), folder, case, bytes, files })
}

fn file_fact(path: &Path) -> FileFact {
    let digest = fs::File::open(path).ok().and_then(|file| Sha256::of_reader(&shown(path), file).ok());
    FileFact { sha256: digest.map(|digest| digest.sha256.to_string()) }
}

/// Reads the workspace's own templates, clauses, words and frames.
fn own_templates(folder: &Path, faults: &mut Vec<Diagnostic>) -> Result<Vec<(String, Source)>, IoError> {
    let mut own = Vec::new();
    if !folder.is_dir() {
        return Ok(own);
    }
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().max_depth(4) {
        let entry = entry.map_err(|error| IoError { path: folder.to_owned(), action: "read", source: error.into() })?;
        let path = entry.path();
        let known =
            path.extension().is_some_and(|extension| ["md", "typ", "yaml"].iter().any(|known| extension == *known));
        if !entry.file_type().is_file() || !known {
            continue;
        }
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        own.extend(text(path, faults)?.map(|source| (name, source)));
    }
    Ok(own)
}

/// The lists in force and their texts: file name → text, and whether it is the workspace's own.
type OwnLists = (Lists, BTreeMap<String, (String, bool)>);

/// Reads the workspace's own country lists in the place of the shipped ones.
fn own_lists(folder: &Path, faults: &mut Vec<Diagnostic>) -> Result<OwnLists, IoError> {
    let shipped = [
        ("dac_list.tsv", Lists::SHIPPED_DAC),
        ("transition.tsv", Lists::SHIPPED_TRANSITION),
        ("eiti.tsv", Lists::SHIPPED_EITI),
    ];
    let mut texts = BTreeMap::new();
    let mut sources = BTreeMap::new();
    for (name, shipped) in shipped {
        let path = folder.join(name);
        let own = if path.is_file() { text(&path, faults)? } else { None };
        let is_own = own.is_some();
        let source = own.unwrap_or_else(|| Source::new(name, shipped));
        texts.insert(name.to_owned(), (source.text().to_owned(), is_own));
        sources.insert(name, source);
    }
    let of = |name: &str| texts.get(name).map_or("", |(text, _)| text.as_str());
    match Lists::parse(of("dac_list.tsv"), of("transition.tsv"), of("eiti.tsv")) {
        Ok(lists) => Ok((lists, texts)),
        Err(found) => {
            for fault in found {
                let mut diagnostic = Diagnostic::new(Code::DataList, fault.message);
                if let Some(source) = sources.get(fault.file.file_name()) {
                    let at = source.offset(Place { line: fault.line, column: 1 });
                    diagnostic = diagnostic.at(Span::new(source, at..at + 1));
                }
                faults.push(diagnostic.hint("`docs/eligibility.md` shows the form of the lists"));
            }
            Ok((Lists::shipped().clone(), texts))
        }
    }
}

/// Reads a text file; one that is too large or not UTF-8 is a fault.
fn text(path: &Path, faults: &mut Vec<Diagnostic>) -> Result<Option<Source>, IoError> {
    let bytes = read(path, MAX_TEXT + 1)?;
    let fault = |code, message: &str| Diagnostic::new(code, message).at(Span::new(&Source::new(shown(path), ""), 0..0));
    if bytes.len() > MAX_TEXT {
        faults.push(fault(Code::InputTooLarge, "the file is larger than 1 MiB"));
        return Ok(None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            Ok(Some(Source::new(shown(path), text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n"))))
        }
        Err(_) => {
            faults
                .push(fault(Code::NotUtf8, "the file is not UTF-8 text").hint("save the file with the encoding UTF-8"));
            Ok(None)
        }
    }
}

/// Reads at most `limit` bytes of a file: enough to see that it is too large.
fn read(path: &Path, limit: usize) -> Result<Vec<u8>, IoError> {
    use io::Read;
    let fail = |source| IoError { path: path.to_owned(), action: "read", source };
    let file = fs::File::open(path).map_err(fail)?;
    let mut bytes = Vec::new();
    file.take(limit as u64).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// Returns a path as messages show it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

/// Returns a path relative to the current folder, where it lies below it.
fn shorten(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok().and_then(|here| fs::canonicalize(here).ok());
    match here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)) {
        Some(relative) if relative.as_os_str().is_empty() => PathBuf::from("."),
        Some(relative) => relative,
        None => path.to_owned(),
    }
}
