//! `engross parity`: whether the language versions of documents say the same.

use std::path::PathBuf;

use engross::case::kind::{DocumentKind, subjects};
use engross::locale::Lang;
use engross::pipeline;
use engross::pipeline::parity::{self, Counts};
use engross::workspace::read_case;

use super::build::kinds;
use super::error::{CommandError, failures_or};
use super::targets::{Target, targets};
use super::ui::{Ui, answer, tally};
use super::{Outcome, ReportFormat, parse_lang};

/// Report where the language versions of a document differ
///
/// Makes each document of the cases in its languages and compares the first with each of the others: clauses,
/// numbers, dates, amounts, names. Words are not compared. Exit status 0 if the versions agree, 1 if they
/// differ, 2 if a file cannot be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Case folders, case files or a workspace with all its cases (can be repeated)
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Kind of document (can be repeated) [default: all that the case calls for]
    #[arg(long = "doc", short, value_name = "KIND", value_parser = kinds())]
    docs: Vec<DocumentKind>,
    /// Languages, as fr,ar; the others are compared with the first [default: those of the case]
    #[arg(long = "lang", short, value_name = "LANG", value_delimiter = ',', value_parser = parse_lang)]
    langs: Vec<Lang>,
    /// How to report differences
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ReportFormat,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let mut all = Vec::new();
    let (targets, mut failures) = targets(&args.cases);
    for target in &targets {
        match compare(target, args, ui) {
            Ok(faults) => all.extend(faults),
            Err(CommandError::BrokenPipe) => return Err(CommandError::BrokenPipe),
            Err(error) => failures.push(error),
        }
    }
    if args.format == ReportFormat::Json {
        ui.faults(&all, ReportFormat::Json)?;
    }
    let outcome = if all.is_empty() { answer(&all) } else { Outcome::No };
    Ok(failures_or(failures, outcome, ui))
}

/// Compares the documents of one case; returns what differs.
fn compare(target: &Target, args: &Args, ui: &mut Ui) -> Result<Vec<engross::diagnostic::Diagnostic>, CommandError> {
    let workspace = target.workspace()?;
    let case = read_case(&target.path)?;
    let inputs = workspace.inputs(&case);
    let value = &case.case.value;
    let name = value.id.get().map_or_else(|| target.path.display().to_string(), ToString::to_string);
    let langs = pipeline::languages(value, &args.langs);
    let [first, others @ ..] = langs.as_slice() else { return Ok(Vec::new()) };
    if others.is_empty() {
        let only = first.english_name();
        ui.remark(format_args!("{name}: its documents are made in {only} only; name two languages with `--lang`."));
        return Ok(Vec::new());
    }
    let mut faults = Vec::new();
    let subjects = subjects(value, *first).into_iter();
    for subject in subjects.filter(|subject| args.docs.is_empty() || args.docs.contains(&subject.kind)) {
        for other in others {
            let compared = parity::compare(&inputs, &subject, [*first, *other]);
            let mut found = compared.faults;
            if let Some(parity) = &compared.output {
                found.extend(parity.differences.iter().map(|difference| difference.diagnostic(parity)));
                if args.format == ReportFormat::Human {
                    let told = agreeing(parity.agreeing);
                    ui.result(format_args!("{} {first} {other}: {told} agree", parity.document))?;
                }
            }
            if args.format != ReportFormat::Json {
                ui.faults(&found, args.format)?;
                ui.flush()?;
            }
            faults.extend(found);
        }
    }
    if args.format != ReportFormat::Json {
        ui.remark(format_args!("{name}: {}.", tally(&faults)));
    }
    Ok(faults)
}

/// Tells how much agrees.
fn agreeing(counts: Counts) -> String {
    let Counts { clauses, dates, amounts, numbers, names, .. } = counts;
    let parts = [(clauses, "clause"), (dates, "date"), (amounts, "amount"), (numbers, "number"), (names, "name")];
    let told = parts.iter().filter(|(count, _)| *count > 0);
    let told: Vec<_> =
        told.map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" })).collect();
    if told.is_empty() { "0 clauses".to_owned() } else { told.join(", ") }
}
