//! `engross schema`: the JSON Schema of the files that people write, and of redlines as JSON.

use clap::ValueEnum;
use engross::case::schema;

use super::Outcome;
use super::error::CommandError;
use super::ui::Ui;

/// Print the JSON Schema of a case file, of a unit's profile or of redlines as JSON
///
/// An editor with YAML support completes and checks fields with the first two; `docs/case-data.md` shows how.
/// `docs/redline-json.md` describes the third.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which file the schema is for
    #[arg(value_name = "FILE", default_value = "case")]
    file: File,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum File {
    /// A case file, `case.yaml`
    Case,
    /// A unit's profile, `engross.yaml`
    Unit,
    /// What `engross diff -f json` writes
    Redline,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let schema = match args.file {
        File::Case => schema::case(),
        File::Unit => schema::unit(),
        File::Redline => {
            ui.result(engross::redline::json::SCHEMA.trim_end())?;
            return Ok(Outcome::Yes);
        }
    };
    ui.result(serde_json::to_string_pretty(&schema).expect("plain values have a JSON form"))?;
    Ok(Outcome::Yes)
}
