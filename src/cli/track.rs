//! `engross track`: what became of each clause over all drafts, and what is still open.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use engross::import::draft::{ReadOptions, Tracked};
use engross::locale::Lang;
use engross::pipeline;
use engross::pipeline::track::{self, Format, TrackError};
use engross::track::Confidential;
use engross::workspace::convert as files;
use engross::workspace::rounds::{self, RoundsError};

use super::error::{CommandError, failures_or};
use super::ui::Ui;
use super::{Outcome, parse_lang};

/// Follow a contract over all its drafts
///
/// Reads the drafts that a case names under `rounds`, or those of a folder in the order of their names, and
/// reports the history of every clause (who changed what when, moved, reverted, deleted and brought back) and
/// the issues matrix. What a case marks as internal, walk-away positions above all, is left out unless
/// `--internal` is given. `docs/track.md` tells how to read the result. Exit status 0 when the report was made,
/// 2 if it could not be made.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Case folder, case file or identifier of a case; or a folder of drafts
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Format of the report [default: that of the ending of OUT, else term]
    #[arg(long, short, value_name = "FORMAT")]
    format: Option<Form>,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Show what is internal as well: strictly for the government's own team
    #[arg(long)]
    internal: bool,
    /// Language of the report, as fr [default: that of the case, else en]
    #[arg(long, short, value_name = "LANG", value_parser = parse_lang)]
    lang: Option<Lang>,
    /// What becomes of tracked changes that a draft already has
    #[arg(long, value_name = "HOW", default_value = "accepted")]
    tracked: Earlier,
}

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text
    Term,
    /// One HTML file
    Html,
    /// PDF
    Pdf,
    /// JSON, for programs
    Json,
    /// A spreadsheet
    Xlsx,
}

/// What becomes of earlier tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Earlier {
    /// The text as if all were accepted
    Accepted,
    /// The text as if all were rejected
    Rejected,
    /// A draft with tracked changes is refused
    Refuse,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let to_file = args.out.as_deref().filter(|out| *out != Path::new("-"));
    let form = form_of(args, to_file)?;
    if matches!(form, Form::Pdf | Form::Xlsx) && to_file.is_none() && std::io::stdout().is_terminal() {
        let hint = "name a file with `--out track.xlsx`, or send the output into one";
        return Err(CommandError::failed("a terminal cannot show this format", hint));
    }
    let rounds = match rounds::read(&args.case, args.lang) {
        Ok(rounds) => rounds,
        Err(error) => return Err(refused(error)),
    };
    if let Some(out) = to_file.filter(|out| rounds.paths.iter().any(|path| files::is_same_file(path, out))) {
        let what = format!("the draft `{}` would be written over", out.display());
        return Err(CommandError::failed(what, "give another name after `--out`"));
    }
    let case = rounds.case.as_ref().map(|case| &case.case.value);
    if args.internal && case.is_none() {
        let what = "a folder of drafts has nothing internal";
        return Err(CommandError::failed(what, "leave out `--internal`, or name a case"));
    }
    let own = case.and_then(|case| case.language.get().copied());
    let lang = args.lang.or(own).unwrap_or(Lang::En);
    let options = ReadOptions {
        tracked: match args.tracked {
            Earlier::Accepted => Tracked::Accepted,
            Earlier::Rejected => Tracked::Rejected,
            Earlier::Refuse => Tracked::Refuse,
        },
    };
    let track = match track::follow(&rounds.title, case, lang, &rounds.files, &options) {
        Ok(track) => track,
        Err(errors) => {
            let failures = errors.into_iter().map(failed).collect();
            return Ok(failures_or(failures, Outcome::Failed, ui));
        }
    };
    let confidential = case.filter(|_| args.internal).map(|case| Confidential::open(&track, case));
    let format = match form {
        Form::Term => Format::Term(columns(to_file.is_none())),
        Form::Html => Format::Html,
        Form::Pdf => Format::Pdf,
        Form::Json => Format::Json,
        Form::Xlsx => Format::Xlsx,
    };
    let library = files::library_for(&args.case)?;
    let written = track::write(&track, confidential.as_ref(), format, || pipeline::typesetter(&library));
    let track::Written { bytes, notes } = written.map_err(failed)?;
    notes.iter().for_each(|note| ui.remark(format_args!("note: {note}")));
    match to_file {
        Some(out) => {
            files::write(out, bytes).map_err(engross::workspace::OpenError::Io)?;
            ui.result(out.display())?;
        }
        None => ui.bytes(&bytes)?,
    }
    if confidential.is_some() {
        ui.remark("This report holds what is internal. It is strictly for the government's own team.");
    }
    Ok(Outcome::Yes)
}

/// Returns how many columns text is written for.
fn columns(to_stdout: bool) -> usize {
    let own = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    own.filter(|_| to_stdout && std::io::stdout().is_terminal()).unwrap_or(100)
}

/// Returns the format that was named, or else that of the ending of OUT.
fn form_of(args: &Args, to_file: Option<&Path>) -> Result<Form, CommandError> {
    let Some(out) = to_file else { return Ok(args.format.unwrap_or(Form::Term)) };
    let ending = out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let of_ending = match ending.as_deref() {
        Some("txt") => Some(Form::Term),
        Some("html" | "htm") => Some(Form::Html),
        Some("pdf") => Some(Form::Pdf),
        Some("json") => Some(Form::Json),
        Some("xlsx") => Some(Form::Xlsx),
        _ => None,
    };
    args.format.or(of_ending).ok_or_else(|| {
        let what = format!("the ending of `{}` names no format", out.display());
        let hint = "name one with `--format xlsx`, or give OUT the ending .html, .pdf, .xlsx, .json or .txt";
        CommandError::failed(what, hint)
    })
}

/// Why the drafts could not be read, with what to do about it.
fn refused(error: RoundsError) -> CommandError {
    match error {
        RoundsError::Open(error) => error.into(),
        RoundsError::Faults(faults) => CommandError::Faults(faults),
        RoundsError::Several(..) => CommandError::failed(error, "name one case"),
        RoundsError::TooFew(..) => CommandError::failed(
            error,
            "list the drafts of the contract under `rounds` in the case file, or put them into the folder; two are needed",
        ),
        other => CommandError::Failed { error: other.into(), hint: None },
    }
}

/// Why a report could not be made.
fn failed(error: TrackError) -> CommandError {
    match error {
        TrackError::Pdf(faults) => CommandError::Faults(faults),
        other => CommandError::Failed { error: other.into(), hint: None },
    }
}
