//! `engross verify`: is a folder of documents what was built, and can it be built again?

use std::path::PathBuf;

use engross::workspace::verify::{self, diagnostics};

use super::error::CommandError;
use super::ui::{Ui, answer};
use super::{Outcome, ReportFormat};

/// Verify a folder of documents against its digests
///
/// Reports files that are changed, missing or extra. With `--rebuild`, makes the documents again from
/// the snapshot kept beside them and compares the bytes. Exit status 0 if everything is as it was
/// built, 1 if not, 2 if the folder cannot be verified.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder that `engross build` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Make the documents again and compare the bytes
    #[arg(long)]
    rebuild: bool,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ReportFormat,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let below = args.folder.join("build");
    let folder = if !args.folder.join("SHA256SUMS").is_file() && below.join("SHA256SUMS").is_file() {
        below
    } else {
        args.folder.clone()
    };
    let verification = verify::verify(&folder)?;
    let mut faults = diagnostics(&folder, &verification);
    let files = |n: usize| if n == 1 { "1 file".to_owned() } else { format!("{n} files") };
    let intact = files(verification.intact);
    let mut remarks = vec![match (verification.bad(), verification.extra()) {
        (0, 0) => format!("{intact} as built."),
        (0, extra) => format!("{intact} as built, {extra} more that were not built."),
        (bad, 0) => format!("{intact} as built, {bad} changed or missing."),
        (bad, extra) => format!("{intact} as built, {bad} changed or missing, {extra} more that were not built."),
    }];
    let mut failure = None;
    if args.rebuild {
        match verify::rebuild(&folder, &verification) {
            Ok(rebuild) => {
                let all = rebuild.same.len() + rebuild.different.len();
                if all > 0 {
                    let same = rebuild.same.len();
                    remarks.push(format!("{same} of {all} documents come out the same, byte for byte."));
                }
                let without = rebuild.without_effect.iter();
                remarks.extend(without.map(|cause| format!("Without effect on the documents: {cause}.")));
                faults.extend(rebuild.faults);
            }
            // What was found so far is told all the same.
            Err(error) => failure = Some(error),
        }
    }
    ui.faults(&faults, args.format)?;
    ui.flush()?;
    remarks.iter().for_each(|remark| ui.remark(remark));
    failure.map_or_else(|| Ok(answer(&faults)), |error| Err(error.into()))
}
