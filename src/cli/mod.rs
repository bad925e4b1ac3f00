//! Arguments, terminal, exit status: one command a file.
//!
//! Results go to standard output, everything else to standard error. Exit status: 0 done and the
//! answer is yes, 1 done and the answer is no, 2 could not be done.

mod build;
mod check;
mod convert;
mod diff;
mod error;
mod explain;
mod pager;
mod parity;
mod progress;
mod schema;
mod targets;
mod templates;
mod track;
mod ui;
mod verify;

use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use engross::locale::Lang;
use error::CommandError;
use ui::Ui;

/// How a command that could be carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The answer is yes.
    Yes,
    /// The answer is no: faults, differences, a failed verification.
    No,
    /// Something could not be done; it was told.
    Failed,
}

/// Stack of a working thread, in bytes: Typst recurses deeply, the usual 2 MiB are not enough.
const STACK: usize = 16 << 20;

/// Starts working threads; 0 for as many as there are processors.
pub(crate) fn pool(jobs: usize) -> Result<rayon::ThreadPool, CommandError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build();
    pool.map_err(|error| CommandError::failed(error, "close other programs, or try `--jobs 1`"))
}

/// Reads a language of the documents.
pub(crate) fn parse_lang(text: &str) -> Result<Lang, String> {
    let known = Lang::ALL.map(Lang::code).join(", ");
    Lang::from_code(text).ok_or_else(|| format!("not a language that documents are made in; known: {known}"))
}

/// How faults are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people: the source line with a caret, and what to write
    Human,
    /// One line each, for editors
    Concise,
    /// JSON, for programs
    Json,
}

/// The paperwork of contract negotiation support: documents from one case file, hashed and verifiable
#[derive(Debug, Parser)]
#[command(name = "engross", version, arg_required_else_help = true, disable_help_subcommand = true)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Build(build::Args),
    Convert(convert::Args),
    Diff(diff::Args),
    Track(track::Args),
    Parity(parity::Args),
    Verify(verify::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Templates(templates::Args),
}

/// Runs the program on the arguments of the process.
pub(crate) fn main() -> ExitCode {
    ui::install_panic_hook();
    let args = match Args::command().try_get_matches().and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let mut ui = Ui::new(args.color);
    let outcome = match &args.command {
        Command::Check(args) => check::run(args, &mut ui),
        Command::Build(args) => build::run(args, &mut ui),
        Command::Convert(args) => convert::run(args, &mut ui),
        Command::Diff(args) => diff::run(args, &mut ui),
        Command::Track(args) => track::run(args, &mut ui),
        Command::Parity(args) => parity::run(args, &mut ui),
        Command::Verify(args) => verify::run(args, &mut ui),
        Command::Explain(args) => explain::run(args, &mut ui),
        Command::Schema(args) => schema::run(args, &mut ui),
        Command::Templates(args) => templates::run(args, &mut ui),
    };
    match outcome.and_then(|outcome| ui.flush().map(|()| outcome)) {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) => error.report(&mut ui),
    }
}
