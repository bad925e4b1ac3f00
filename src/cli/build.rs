//! `engross build`: the documents of cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use engross::case::kind::DocumentKind;
use engross::diagnostic::{Diagnostic, count};
use engross::document::Status;
use engross::locale::Lang;
use engross::workspace::build::{BuildOptions, BuildReport, Outcome as Built, Spread, build};
use engross::workspace::{OpenError, Workspace, find_cases, read_case, sources};
use rayon::prelude::*;

use super::Outcome;
use super::error::{CommandError, failures_or};
use super::progress;
use super::ui::{Ui, tally};

/// Stack of a working thread, in bytes: Typst recurses deeply, the usual 2 MiB are not enough.
const STACK: usize = 16 << 20;

/// Build the documents of cases as working drafts
///
/// Makes every document that a case calls for, as PDF, into `build/` beside the case file, with
/// `SHA256SUMS`, `record.json` and a snapshot of the sources. Required values that are missing appear
/// as marked blanks. What has not changed is not built again. Exit status 0 if all cases are without
/// errors, 1 if a case has errors (its drafts are made all the same where that is possible), 2 if
/// files cannot be read or written.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Case folders, case files or a workspace with all its cases (can be repeated)
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Folder for the documents; with several cases, a folder below it for each
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Kind of document (can be repeated) [default: all that the case calls for]
    #[arg(long = "doc", short, value_name = "KIND", value_parser = kinds())]
    docs: Vec<DocumentKind>,
    /// Language, as fr; several with commas (can be repeated) [default: the case's own]
    #[arg(long = "lang", short, value_name = "LANG", value_delimiter = ',', value_parser = parse_lang)]
    langs: Vec<Lang>,
    /// Make final documents, without the draft mark; refused while a case has errors or blanks
    #[arg(long = "final")]
    final_: bool,
    /// Build even if nothing has changed
    #[arg(long)]
    force: bool,
    /// Write the Typst sources of each document below this folder instead of building it
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "force"])]
    typst: Option<PathBuf>,
    /// Cases and documents worked on at the same time [default: the number of processors]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// Offers the kinds of documents by name.
fn kinds() -> impl TypedValueParser<Value = DocumentKind> {
    let names = PossibleValuesParser::new(DocumentKind::ALL.iter().map(|kind| kind.name()));
    names.map(|name| DocumentKind::from_name(&name).expect("only names of kinds are offered"))
}

fn parse_lang(text: &str) -> Result<Lang, String> {
    let known = Lang::ALL.map(Lang::code).join(", ");
    Lang::from_code(text).ok_or_else(|| format!("not a language that documents are made in; known: {known}"))
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    // What cannot be opened is told at the end; it stands in nobody's way.
    let mut failures: Vec<CommandError> = Vec::new();
    let mut paths = Vec::new();
    for argument in &args.cases {
        match find_cases(argument) {
            Ok(found) => paths.extend(found),
            Err(error) => failures.push(error.into()),
        }
    }
    let jobs = args.jobs.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .build()
        .map_err(|error| CommandError::failed(error, "try `--jobs 1`"))?;
    let workspaces = Workspaces::open(&paths);
    if let Some(folder) = &args.typst {
        let outcome = write_sources(args, folder, &paths, &workspaces, ui)?;
        return Ok(failures_or(failures, outcome, ui));
    }
    let bar = progress::bar(paths.len());
    let several = paths.len() > 1;
    let mut outcome = Outcome::Yes;
    let (mut documents, mut faulty) = (0, Vec::new());
    // In portions: reports come in order and early, and memory stays flat however many cases there are.
    for portion in paths.chunks(64) {
        let reports: Vec<_> = pool.install(|| {
            portion
                .par_iter()
                .map(|path| {
                    let report = build_one(args, path, several, &workspaces);
                    bar.inc(1);
                    report
                })
                .collect()
        });
        for (path, report) in portion.iter().zip(reports) {
            match report {
                Ok(report) => {
                    documents += report.documents.len();
                    if count(&report.faults).0 > 0 {
                        outcome = Outcome::No;
                        faulty.push(report.case.clone());
                    }
                    bar.suspend(|| show(&report, several, ui))?;
                }
                Err(error) => {
                    faulty.push(path.display().to_string());
                    failures.push(error);
                }
            }
        }
    }
    bar.finish_and_clear();
    if several {
        ui.remark(format_args!("{} cases, {documents} documents.", paths.len()));
        if !faulty.is_empty() {
            ui.remark(format_args!("With errors: {}.", faulty.join(", ")));
        }
    }
    Ok(failures_or(failures, outcome, ui))
}

/// The workspaces of all cases, each opened once.
struct Workspaces(BTreeMap<PathBuf, Result<Workspace, Arc<OpenError>>>);

impl Workspaces {
    fn open(paths: &[PathBuf]) -> Self {
        let mut open = BTreeMap::new();
        for path in paths {
            open.entry(Self::key(path)).or_insert_with(|| Workspace::open(path).map_err(Arc::new));
        }
        Self(open)
    }

    /// Cases side by side share a workspace.
    fn key(path: &Path) -> PathBuf {
        path.parent().and_then(Path::parent).unwrap_or(path).to_owned()
    }

    fn of(&self, path: &Path) -> Result<&Workspace, CommandError> {
        match self.0.get(&Self::key(path)) {
            Some(Ok(workspace)) => Ok(workspace),
            Some(Err(error)) => Err(CommandError::Shared(Arc::clone(error))),
            None => Err(OpenError::NoProfile(path.to_owned()).into()),
        }
    }
}

fn build_one(args: &Args, path: &Path, several: bool, workspaces: &Workspaces) -> Result<BuildReport, CommandError> {
    let workspace = workspaces.of(path)?;
    let case = read_case(path)?;
    let folder = match &args.out {
        Some(out) if several => out.join(case.folder.file_name().unwrap_or(case.folder.as_os_str())),
        Some(out) => out.clone(),
        None => case.folder.join("build"),
    };
    Ok(build(workspace, &case, &options(args, folder, several))?)
}

/// Writes the Typst sources of all cases.
fn write_sources(
    args: &Args,
    folder: &Path,
    paths: &[PathBuf],
    workspaces: &Workspaces,
    ui: &mut Ui,
) -> Result<Outcome, CommandError> {
    for path in paths {
        let workspace = workspaces.of(path)?;
        let case = read_case(path)?;
        let below = folder.join(case.folder.file_name().unwrap_or(case.folder.as_os_str()));
        for stem in sources::write(workspace, &case, &options(args, below.clone(), false), &below)? {
            ui.result(below.join(stem).join("main.typ").display())?;
        }
    }
    Ok(Outcome::Yes)
}

fn options(args: &Args, folder: PathBuf, several: bool) -> BuildOptions {
    BuildOptions {
        folder,
        kinds: args.docs.clone(),
        langs: args.langs.clone(),
        status: if args.final_ { Status::Final } else { Status::Draft },
        force: args.force,
        spread: if several { Spread::Cases } else { Spread::Documents },
    }
}

/// Tells how a case went: documents as results, everything else beside them.
fn show(report: &BuildReport, several: bool, ui: &mut Ui) -> Result<(), CommandError> {
    let stops =
        |fault: &&Diagnostic| !several && (report.outcome == Built::Refused || fault.is_error()) && fault.is_error();
    for fault in report.faults.iter().filter(stops) {
        ui.fault(fault);
    }
    for document in &report.documents {
        ui.result(report.folder.join(document).display())?;
    }
    ui.flush()?;
    let documents = |n: usize| if n == 1 { "1 document".to_owned() } else { format!("{n} documents") };
    let mut line = match report.outcome {
        Built::Built => format!("{}: {} built", report.case, documents(report.documents.len())),
        Built::Unchanged => format!("{}: {} unchanged", report.case, documents(report.documents.len())),
        Built::Nothing => format!("{}: calls for no document yet", report.case),
        Built::Refused => format!("{}: nothing built", report.case),
    };
    if !report.faults.is_empty() {
        line.push_str(&format!("; {}", tally(&report.faults)));
    }
    ui.remark(format_args!("{line}."));
    if !report.blanks.is_empty() && !several {
        ui.remark("Still blank:");
        for (document, paths) in &report.blanks {
            ui.remark(format_args!("  {document}: {}", paths.iter().cloned().collect::<Vec<_>>().join(", ")));
        }
    }
    Ok(())
}
