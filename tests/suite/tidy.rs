//! The tree keeps its own rules: layers, doors, module documentation, names, fixtures, codes.
//!
//! The tables of layers and doors are those of `docs/architecture.md`, between the marks
//! `<!-- layers -->` and `<!-- doors -->`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use engross::diagnostic::Code;
use walkdir::WalkDir;

use crate::fixtures_check;
use crate::harness::{repository, repository_text};

/// Files of `src/` that are longer than [`LONGEST`], each with the reason; to be cut.
const LONG: &[(&str, &str)] = &[];

/// Codes that nothing can raise as the program stands, each with the reason.
const HELD: &[(&str, &str)] =
    &[("template-missing", "every kind has a template in every language; the code stays for a language to come")];

/// Most lines that a file has.
const LONGEST: usize = 500;

/// A source file with its path below `src/`.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The module at the root of the crate that the file belongs to.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Lines of code with their numbers: no comments, no unit tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        // A file of unit tests, beside its module or below it.
        let tests = self.path.ends_with("/tests.rs") || self.path.contains("/tests/");
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines
            .filter(move |_| !tests)
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<File> {
    let root = repository("src");
    let entries = WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("src can be read"));
    entries
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| File {
            path: entry.path().strip_prefix(&root).expect("it lies below").to_string_lossy().replace('\\', "/"),
            text: fs::read_to_string(entry.path()).expect("sources are UTF-8"),
        })
        .collect()
}

/// The rows of a marked table of `docs/architecture.md`, each as its cells.
fn table(mark: &str) -> Vec<Vec<String>> {
    let page = repository_text("docs/architecture.md");
    let (open, close) = (format!("<!-- {mark} -->"), format!("<!-- /{mark} -->"));
    let inner = page.split_once(&open).and_then(|(_, rest)| rest.split_once(&close));
    let (inner, _) = inner.unwrap_or_else(|| panic!("docs/architecture.md has no table between {open} and {close}"));
    let rows = inner.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The words in backticks of a cell.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The paths below `crate` that a line names, as `document::walk`; `use crate::{…}` gives several.
fn crate_paths(line: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for root in ["crate::", "engross::"] {
        for (at, _) in line.match_indices(root) {
            let before = line[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &line[at + root.len()..];
            let ends = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
            match rest.strip_prefix('{') {
                Some(list) => {
                    let list = list.split('}').next().unwrap_or_default();
                    paths.extend(list.split(',').map(|item| item.trim().split(ends).next().unwrap_or_default().into()));
                }
                None => paths.push(rest.split(ends).next().unwrap_or_default().to_owned()),
            }
        }
    }
    paths
}

#[test]
fn every_module_uses_only_what_its_layer_may() {
    let mut allowed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table("layers") {
        let [modules, _, may_use] = row.as_slice() else {
            panic!("docs/architecture.md: a row of three cells: {row:?}")
        };
        for module in quoted(modules) {
            allowed.entry(module).or_default().extend(quoted(may_use));
        }
    }
    let files = sources();
    let modules: BTreeSet<&str> =
        files.iter().map(File::module).filter(|name| !["lib", "main"].contains(name)).collect();
    for module in &modules {
        assert!(allowed.contains_key(*module), "docs/architecture.md: the table of layers lacks `{module}`");
    }
    for module in allowed.keys() {
        assert!(modules.contains(module.as_str()), "docs/architecture.md: there is no module `{module}`");
    }
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| allowed.contains_key(file.module())) {
        for (number, line) in file.code() {
            for path in crate_paths(line) {
                let root = path.split("::").next().unwrap_or_default();
                if root == file.module() || !modules.contains(root) {
                    continue;
                }
                let may =
                    allowed[file.module()].iter().any(|may| path == *may || path.starts_with(&format!("{may}::")));
                if !may {
                    faults.push(format!("src/{}:{number}: `{}` may not use `{path}`", file.path, file.module()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The libraries of `Cargo.toml`, by the name that code uses.
fn dependencies() -> BTreeSet<String> {
    let manifest = repository_text("Cargo.toml");
    let (_, rest) = manifest.split_once("[dependencies]").expect("there are dependencies");
    let section = rest.split("\n[").next().unwrap_or_default();
    let names = section.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    names.map(|(name, _)| name.trim().replace('-', "_")).collect()
}

#[test]
fn every_outside_crate_has_its_door() {
    let mut doors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table("doors") {
        let [crates, door] = row.as_slice() else { panic!("docs/architecture.md: a row of two cells: {row:?}") };
        for name in quoted(crates) {
            let paths = quoted(door).into_iter().map(|path| path.trim_start_matches("src/").to_owned());
            doors.entry(name.replace('-', "_")).or_default().extend(paths);
        }
    }
    let dependencies = dependencies();
    let mut faults = Vec::new();
    for name in &dependencies {
        if !doors.contains_key(name) {
            faults.push(format!("docs/architecture.md: the table of doors lacks `{name}`"));
        }
    }
    for name in doors.keys().filter(|name| !dependencies.contains(*name)) {
        faults.push(format!("docs/architecture.md: `{name}` is no dependency"));
    }
    for file in sources() {
        for (number, line) in file.code() {
            for (name, paths) in &doors {
                // No path at all: the crate may be used anywhere.
                if !paths.is_empty() && names_crate(line, name) && !paths.iter().any(|path| file.path.starts_with(path))
                {
                    faults.push(format!("src/{}:{number}: `{name}` has its door in {}", file.path, paths.join(", ")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Whether a line of code names an outside crate at the start of a path.
fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let starts = before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':' || c == '"' || c == '`'));
        starts && line[at + name.len()..].starts_with("::")
    })
}

#[test]
fn every_file_says_what_it_is_for() {
    let suite = fs::read_dir(repository("tests/suite")).expect("the suite").map(|entry| entry.expect("a file").path());
    let suite = suite.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let suite = suite.map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("UTF-8")));
    let sources = sources().into_iter().map(|file| (format!("src/{}", file.path), file.text));
    for (path, text) in sources.chain(suite) {
        assert!(text.starts_with("//! "), "{path}: begin with `//!`");
    }
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    for file in sources() {
        for part in file.path.trim_end_matches(".rs").split('/') {
            let drawers = ["utils", "util", "common", "helpers", "helper", "misc", "types"];
            assert!(!drawers.contains(&part), "src/{}: name it after the thing", file.path);
        }
    }
}

#[test]
fn no_file_is_too_long() {
    for file in sources() {
        let lines = file.text.lines().count();
        let known = LONG.iter().any(|(path, _)| *path == file.path);
        assert!(known || lines <= LONGEST, "src/{}: {lines} lines, at most {LONGEST}", file.path);
        assert!(!known || lines > LONGEST, "src/{}: no longer too long: take it off the list", file.path);
    }
    for entry in fs::read_dir(repository("tests/suite")).expect("the suite") {
        let path = entry.expect("a file").path();
        let lines = fs::read_to_string(&path).expect("UTF-8").lines().count();
        assert!(lines <= LONGEST, "{}: {lines} lines, at most {LONGEST}", path.display());
    }
}

#[test]
fn every_fixture_is_used() {
    let suite: String = fs::read_dir(repository("tests/suite"))
        .expect("the suite")
        .map(|entry| fs::read_to_string(entry.expect("a file").path()).expect("UTF-8"))
        .collect();
    for entry in fs::read_dir(repository("fixtures")).expect("the fixtures") {
        let name = entry.expect("a folder").file_name().into_string().expect("UTF-8");
        assert!(suite.contains(&format!("fixtures/{name}")), "fixtures/{name}: no test names it");
        assert!(repository(&format!("fixtures/{name}/about.md")).is_file(), "fixtures/{name}: has no about.md");
    }
}

#[test]
fn every_code_is_documented_and_raised_by_a_test() {
    let fixtures = fixtures_check::names();
    let suite: BTreeMap<String, String> = fs::read_dir(repository("tests/suite"))
        .expect("the suite")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "tidy.rs"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("UTF-8")))
        .collect();
    let page = repository_text("docs/diagnostics.md");
    let sources = sources();
    let mut faults = Vec::new();
    for code in Code::ALL {
        let name = code.name();
        if !page.contains(&format!("\n### {name}\n")) {
            faults.push(format!("docs/diagnostics.md lacks `{name}`"));
        }
        let tested =
            suite.values().any(|text| text.contains(&format!("[{name}]")) || text.contains(&format!("\"{name}\"")));
        let held = HELD.iter().any(|(held, _)| *held == name);
        assert!(!held || !tested, "`{name}` is raised by a test: take it off the list");
        if !fixtures.contains(name) && !tested && !held {
            faults.push(format!("`{name}`: neither a fixture nor a test raises it"));
        }
        let variant = format!("{code:?}");
        let raised = sources.iter().any(|file| file.path != "diagnostic/code.rs" && names(&file.text, &variant));
        if !raised {
            faults.push(format!("`{name}`: nothing in src/ raises it"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Whether a text holds a name as a whole word.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        !text[..at].ends_with(word) && !text[at + name.len()..].starts_with(word)
    })
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    for file in sources() {
        for (number, line) in file.code() {
            let line = line.trim_start();
            assert!(
                !line.starts_with("#[allow") && !line.starts_with("#![allow"),
                "src/{}:{number}: {line}",
                file.path
            );
        }
    }
}

#[test]
fn paths_are_found_in_lines_of_code() {
    assert_eq!(crate_paths("use crate::document::{Block, walk};"), ["document::"]);
    assert_eq!(crate_paths("use crate::{case, yaml::Node};"), ["case", "yaml::Node"]);
    assert_eq!(crate_paths("    let x = crate::locale::date(y);"), ["locale::date"]);
    assert_eq!(crate_paths("use engross::manifest::Sums;"), ["manifest::Sums"]);
    assert_eq!(crate_paths("$crate::case::field::Field"), ["case::field::Field"]);
    assert!(names_crate("use tera::Tera;", "tera") && names_crate("-> tera::Result<()>", "tera"));
    assert!(!names_crate("use crate::tera::x;", "tera") && !names_crate("operator_tera::x", "tera"));
}
