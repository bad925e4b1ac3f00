//! `engross verify`: is a folder of documents what was built, and can it be built again?

use std::path::PathBuf;

use engross::diagnostic::{Code, Diagnostic};
use engross::manifest::FindingKind;
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
    let mut faults = diagnostics(&folder, &verification.findings);
    let extra = verification.findings.iter().filter(|finding| finding.kind == FindingKind::Extra).count();
    let bad = faults.len() - extra;
    let files = |n: usize| if n == 1 { "1 file".to_owned() } else { format!("{n} files") };
    let intact = verification.listed - bad;
    let mut remarks = vec![match (bad, extra) {
        (0, 0) => format!("{} as built.", files(intact)),
        (0, extra) => format!("{} as built, {extra} more that were not built.", files(intact)),
        (bad, 0) => format!("{} as built, {bad} changed or missing.", files(intact)),
        (bad, extra) => {
            format!("{} as built, {bad} changed or missing, {extra} more that were not built.", files(intact))
        }
    }];
    if args.rebuild {
        match &verification.record {
            Some(record) => {
                let rebuild = verify::rebuild(&folder, record)?;
                faults.extend(rebuild.faults.iter().cloned());
                for document in &rebuild.different {
                    let message = format!("`{document}` comes out differently when it is made again");
                    let mut fault = Diagnostic::new(Code::RebuildDiffers, message);
                    for cause in &rebuild.causes {
                        fault = fault.hint(format!("{cause}"));
                    }
                    if rebuild.causes.is_empty() {
                        fault = fault.hint("case, templates, fonts, lists, program and options are the same as in the record: the recorded digest itself is in doubt");
                    }
                    faults.push(fault);
                }
                remarks.push(format!(
                    "{} of {} documents come out the same, byte for byte.",
                    rebuild.same.len(),
                    rebuild.same.len() + rebuild.different.len()
                ));
                if rebuild.different.is_empty() && !rebuild.causes.is_empty() {
                    remarks.extend(
                        rebuild.causes.iter().map(|cause| format!("Without effect on the documents: {cause}.")),
                    );
                }
            }
            None => {
                let message = "`record.json` is not as it was built, so nothing can be made again";
                faults.push(
                    Diagnostic::new(Code::RecordInvalid, message).hint("put the record back from a copy you trust"),
                );
            }
        }
    }
    ui.faults(&faults, args.format)?;
    ui.flush()?;
    remarks.iter().for_each(|remark| ui.remark(remark));
    Ok(answer(&faults))
}
