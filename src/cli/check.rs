//! `engross check`: every fault of cases and between their documents.

use std::path::{Path, PathBuf};

use engross::diagnostic::Diagnostic;
use engross::pipeline::{self, Inputs};
use engross::workspace::{Workspace, find_cases, read_case};

use super::error::{CommandError, failures_or};
use super::ui::{Ui, answer, tally};
use super::{Outcome, ReportFormat};

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
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let mut all = Vec::new();
    let mut failures: Vec<CommandError> = Vec::new();
    for argument in &args.cases {
        match find_cases(argument) {
            Ok(paths) => {
                for path in paths {
                    match check(&path, args.format, ui) {
                        Ok(faults) => all.extend(faults),
                        Err(CommandError::BrokenPipe) => return Err(CommandError::BrokenPipe),
                        Err(error) => failures.push(error),
                    }
                }
            }
            Err(error) => failures.push(error.into()),
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
fn check(path: &Path, format: ReportFormat, ui: &mut Ui) -> Result<Vec<Diagnostic>, CommandError> {
    let workspace = Workspace::open(path)?;
    let case = read_case(path)?;
    let inputs = Inputs {
        case: &case.case,
        unit: workspace.unit(),
        library: workspace.library(),
        lists: workspace.lists(),
        files: &case.files,
    };
    let faults = pipeline::check(&inputs);
    if format != ReportFormat::Json {
        ui.faults(&faults, format)?;
        ui.flush()?;
        let name = case.case.value.id.get().map_or_else(|| path.display().to_string(), ToString::to_string);
        ui.remark(format_args!("{name}: {}.", tally(&faults)));
    }
    Ok(faults)
}
