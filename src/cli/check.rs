//! `engross check`: every fault of cases and between their documents.

use std::path::PathBuf;

use engross::diagnostic::Diagnostic;
use engross::locale::Lang;
use engross::pipeline;
use engross::workspace::read_case;

use super::error::{CommandError, failures_or};
use super::targets::{Target, targets};
use super::ui::{Ui, answer, tally};
use super::{Outcome, ReportFormat, parse_lang};

/// Report every fault of cases and between their documents
///
/// Reads each case file and the unit's profile and reports everything that is wrong in one pass:
/// unreadable text, unknown, missing and impossible values, and what does not fit between the
/// documents. Exit status 0 without errors, 1 with errors, 2 if a file cannot be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Case folders, case files or a workspace with all its cases (can be repeated)
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ReportFormat,
    /// Language to check for, as fr; several with commas [default: those of the case]
    #[arg(long = "lang", short, value_name = "LANG", value_delimiter = ',', value_parser = parse_lang)]
    langs: Vec<Lang>,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let mut all = Vec::new();
    let (targets, mut failures) = targets(&args.cases);
    for target in &targets {
        match check(target, args, ui) {
            Ok(faults) => all.extend(faults),
            Err(CommandError::BrokenPipe) => return Err(CommandError::BrokenPipe),
            Err(error) => failures.push(error),
        }
    }
    if args.format == ReportFormat::Json {
        ui.faults(&all, ReportFormat::Json)?;
    } else if args.format == ReportFormat::Human && !all.is_empty() {
        ui.remark("`engross explain CODE` tells more about a fault.");
    }
    Ok(failures_or(failures, answer(&all), ui))
}

/// Checks one case, and reports at once what people read.
fn check(target: &Target, args: &Args, ui: &mut Ui) -> Result<Vec<Diagnostic>, CommandError> {
    let workspace = target.workspace()?;
    let case = read_case(&target.path)?;
    let faults = pipeline::check(&workspace.inputs(&case), &args.langs);
    if args.format != ReportFormat::Json {
        ui.faults(&faults, args.format)?;
        ui.flush()?;
        let name = case.case.value.id.get().map_or_else(|| target.path.display().to_string(), ToString::to_string);
        ui.remark(format_args!("{name}: {}.", tally(&faults)));
    }
    Ok(faults)
}
