//! `engross schema`: the JSON Schema of the files that people write.

use clap::ValueEnum;
use engross::case::schema;

use super::Outcome;
use super::error::CommandError;
use super::ui::Ui;

/// Print the JSON Schema of a case file or a unit's profile
///
/// An editor with YAML support completes and checks fields with it; `docs/case-data.md` shows how.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which file the schema is for
    #[arg(value_name = "FILE", default_value = "case")]
    file: File,
}

/// A file that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum File {
    /// A case file, `case.yaml`
    Case,
    /// A unit's profile, `engross.yaml`
    Unit,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let schema = match args.file {
        File::Case => schema::case(),
        File::Unit => schema::unit(),
    };
    ui.result(serde_json::to_string_pretty(&schema).expect("plain values have a JSON form"))?;
    Ok(Outcome::Yes)
}
