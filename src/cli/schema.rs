//! `engross schema`: the JSON Schema of the files that people write, and of redlines and tracks as JSON.

use clap::ValueEnum;
use engross::case::schema;

use super::Outcome;
use super::error::CommandError;
use super::ui::Ui;

/// Print the JSON Schema of a case file, of a unit's profile, of redlines or of tracks
///
/// An editor with YAML support completes and checks fields with the first two; `docs/case-data.md` shows how.
/// `docs/redline-json.md` describes the third, `docs/track.md` the fourth.
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
    /// What `engross track -f json` writes
    Track,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let made = |schema| serde_json::to_string_pretty(&schema).expect("plain values have a JSON form");
    match args.file {
        File::Case => ui.result(made(schema::case()))?,
        File::Unit => ui.result(made(schema::unit()))?,
        File::Redline => ui.result(engross::redline::json::SCHEMA.trim_end())?,
        File::Track => ui.result(engross::track::json::SCHEMA.trim_end())?,
    }
    Ok(Outcome::Yes)
}
