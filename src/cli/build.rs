//! `engross build`: the documents of cases.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use engross::case::kind::{DocumentKind, Version};
use engross::diagnostic::{Diagnostic, count};
use engross::document::Status;
use engross::export::Format;
use engross::locale::Lang;
use engross::workspace::build::{BuildOptions, BuildReport, Outcome as Built, Spread, build};
use engross::workspace::{read_case, sources};
use rayon::prelude::*;

use super::error::{CommandError, failures_or};
use super::progress;
use super::targets::{Target, refuse_clashes, targets};
use super::ui::{Ui, tally};
use super::{Outcome, parse_lang};

/// Build the documents of cases as working drafts
///
/// Makes every document that a case calls for into `build/` beside the case file, as PDF or in the formats
/// asked for, with `SHA256SUMS`, `record.json` and a snapshot of the sources. Required values that are missing appear
/// as marked blanks. What has not changed is not built again. Exit status 0 if all cases are without
/// errors, 1 if a case has errors (its drafts are made all the same where that is possible), 2 if
/// files cannot be read or written.
///
/// The folder holds what the last build made: documents of an earlier build that this one does not make
/// are removed. Files that no build made, documents of another case, and final documents where drafts
/// would go are only replaced with `--force`. `source/` in it is a copy of the whole case, internal
/// notes included: send out the documents, not the folder.
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
    /// Format: pdf, docx, html, md or txt; several with commas (can be repeated)
    #[arg(long = "format", short, value_name = "FORMAT", value_delimiter = ',', default_value = "pdf", value_parser = parse_format)]
    formats: Vec<Format>,
    /// Language, as fr; several with commas (can be repeated) [default: those of the case]
    #[arg(long = "lang", short, value_name = "LANG", value_delimiter = ',', value_parser = parse_lang)]
    langs: Vec<Lang>,
    /// Two languages side by side in one document, as fr,ar (can be repeated)
    #[arg(long, value_name = "LANG,LANG", value_parser = parse_parallel)]
    parallel: Vec<Version>,
    /// Make final documents, without the draft mark; refused while a case has errors or blanks
    #[arg(long = "final")]
    final_: bool,
    /// Build even if nothing has changed, and replace what stands in the way
    #[arg(long)]
    force: bool,
    /// Write the Typst sources of each document below this folder instead of building it
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "force", "final_"])]
    typst: Option<PathBuf>,
    /// Cases and documents worked on at the same time [default: the number of processors]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// Offers the kinds of documents by name.
pub(crate) fn kinds() -> impl TypedValueParser<Value = DocumentKind> {
    let names = PossibleValuesParser::new(DocumentKind::ALL.iter().map(|kind| kind.name()));
    names.map(|name| DocumentKind::from_name(&name).expect("only names of kinds are offered"))
}

pub(crate) fn parse_format(text: &str) -> Result<Format, String> {
    let known = Format::ALL.iter().map(|format| format.extension()).collect::<Vec<_>>().join(", ");
    Format::from_extension(text).ok_or_else(|| format!("not a format that documents are written in; known: {known}"))
}

fn parse_parallel(text: &str) -> Result<Version, String> {
    let (first, second) = text.split_once(',').ok_or("write two languages with a comma between them, as fr,ar")?;
    let (lang, beside) = (parse_lang(first.trim())?, parse_lang(second.trim())?);
    if lang == beside {
        return Err("the two languages are the same".to_owned());
    }
    Ok(Version { lang, beside: Some(beside) })
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    // What cannot be opened is told at the end; it stands in nobody's way.
    let (targets, mut failures) = targets(&args.cases);
    let several = targets.len() > 1;
    if let Some(out) = args.out.as_ref().filter(|_| several).or(args.typst.as_ref()) {
        refuse_clashes(&targets, out)?;
    }
    if let Some(folder) = &args.typst {
        let outcome = write_sources(args, folder, &targets, &mut failures, ui)?;
        return Ok(failures_or(failures, outcome, ui));
    }
    let jobs = args.jobs.map_or(0, usize::from);
    let pool = super::pool(jobs)?;
    let bar = progress::bar(targets.len());
    let mut outcome = Outcome::Yes;
    let mut closed = None;
    let (mut documents, mut faulty) = (0, Vec::new());
    // In portions: reports come in order and early, and memory stays flat however many cases there are.
    for portion in targets.chunks(64) {
        let reports: Vec<_> = pool.install(|| {
            let one = |target: &Target| {
                let report = build_one(args, target, several);
                bar.inc(1);
                report
            };
            portion.par_iter().map(one).collect()
        });
        for (target, report) in portion.iter().zip(reports) {
            match report {
                Ok(report) => {
                    documents += documents_of(&report).0;
                    if count(&report.faults).0 > 0 {
                        outcome = Outcome::No;
                        faulty.push(report.case.clone());
                    }
                    // When nobody listens any more, the work is still done to its end.
                    if closed.is_none() {
                        closed = bar.suspend(|| show(&report, several, ui)).err();
                    }
                }
                Err(error) => {
                    faulty.push(target.path.display().to_string());
                    failures.push(error);
                }
            }
        }
    }
    bar.finish_and_clear();
    if let Some(error) = closed {
        return Err(error);
    }
    if several {
        ui.remark(format_args!("{} cases, {documents} documents.", targets.len()));
        if !faulty.is_empty() {
            ui.remark(format_args!("With errors: {}.", faulty.join(", ")));
        }
    }
    Ok(failures_or(failures, outcome, ui))
}

fn build_one(args: &Args, target: &Target, several: bool) -> Result<BuildReport, CommandError> {
    let workspace = target.workspace()?;
    let case = read_case(&target.path)?;
    let folder = match &args.out {
        Some(out) if several => out.join(&target.name),
        Some(out) => out.clone(),
        None => case.folder.join("build"),
    };
    Ok(build(workspace, &case, &options(args, folder, several))?)
}

/// Writes the Typst sources of all cases.
fn write_sources(
    args: &Args,
    folder: &Path,
    targets: &[Target],
    failures: &mut Vec<CommandError>,
    ui: &mut Ui,
) -> Result<Outcome, CommandError> {
    let mut outcome = Outcome::Yes;
    for target in targets {
        let below = folder.join(&target.name);
        let written = target.workspace().and_then(|workspace| {
            let case = read_case(&target.path)?;
            Ok(sources::write(workspace, &case, &options(args, below.clone(), false), &below)?)
        });
        match written {
            Ok(written) => {
                for fault in written.faults.iter().filter(|fault| fault.is_error()) {
                    ui.fault(fault);
                    outcome = Outcome::No;
                }
                for stem in written.output {
                    ui.result(below.join(stem).join("main.typ").display())?;
                }
            }
            Err(error) => failures.push(error),
        }
    }
    Ok(outcome)
}

fn options(args: &Args, folder: PathBuf, several: bool) -> BuildOptions {
    BuildOptions {
        folder,
        kinds: args.docs.clone(),
        versions: args.langs.iter().copied().map(Version::from).chain(args.parallel.iter().copied()).collect(),
        formats: args.formats.iter().copied().collect(),
        status: if args.final_ { Status::Final } else { Status::Draft },
        force: args.force,
        spread: if several { Spread::Cases } else { Spread::Documents },
    }
}

/// Counts the documents of a build, and the formats that they are written in.
fn documents_of(report: &BuildReport) -> (usize, usize) {
    let files = report.documents.iter().filter_map(|name| name.rsplit_once('.'));
    let (stems, formats): (BTreeSet<&str>, BTreeSet<&str>) = files.unzip();
    (stems.len(), formats.len())
}

/// Tells how a case went: documents as results, everything else beside them.
fn show(report: &BuildReport, several: bool, ui: &mut Ui) -> Result<(), CommandError> {
    // Faults of a case are `check`'s to show, when there are many; those of templates are met only here.
    let met_here = |fault: &Diagnostic| matches!(fault.code.group(), "templates" | "building");
    for fault in report.faults.iter().filter(|fault| met_here(fault) || !several && fault.is_error()) {
        ui.fault(fault);
    }
    for document in &report.documents {
        ui.result(report.folder.join(document).display())?;
    }
    ui.flush()?;
    let (count, formats) = documents_of(report);
    let documents = if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
    let formats = if formats > 1 { format!(" in {formats} formats") } else { String::new() };
    let mut line = match report.outcome {
        Built::Built => format!("{}: {documents} built{formats}", report.case),
        Built::Unchanged => format!("{}: {documents} unchanged{formats}", report.case),
        Built::Nothing => format!("{}: calls for no document yet", report.case),
        Built::Refused => format!("{}: nothing built", report.case),
    };
    if !report.faults.is_empty() {
        line.push_str(&format!("; {}", tally(&report.faults)));
    }
    ui.remark(format_args!("{line}."));
    if !report.removed.is_empty() && !several {
        ui.remark(format_args!("Removed, since this build does not make them: {}.", report.removed.join(", ")));
    }
    if !report.blanks.is_empty() && !several {
        ui.remark("Still blank:");
        for (document, paths) in &report.blanks {
            ui.remark(format_args!("  {document}: {}", paths.iter().cloned().collect::<Vec<_>>().join(", ")));
        }
    }
    Ok(())
}
