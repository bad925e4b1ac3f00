//! `engross diff`: what changed between two drafts.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use engross::compare::Noise;
use engross::import::draft::Tracked;
use engross::pipeline::{
    self,
    redline::{self, Compared, Format, Input, RedlineError, Settings},
};
use engross::redline::{Shown, term};
use engross::template::Library;
use engross::workspace::{convert as files, drafts};

use super::error::{CommandError, failures_or};
use super::ui::Ui;
use super::{Outcome, pager};

/// Show what changed between two drafts
///
/// Reads Word, PDF, Markdown, HTML and text files in any pairing. Clauses that moved or have another number
/// are shown as such; white space, quotation marks, case, formatting and numbers of clauses that follow are
/// counted, and shown with `--show`. `docs/redlines.md` tells how to read the result. Exit status 0 if the
/// drafts are the same, 1 if they differ, 2 if they could not be compared.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The earlier draft; `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later draft; `-` for standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Format of the redline [default: that of the ending of OUT, else term]
    #[arg(long, short, value_name = "FORMAT")]
    format: Option<Form>,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Only the summary, with a line for each clause
    #[arg(long)]
    stat: bool,
    /// Leave out what did not change
    #[arg(long)]
    changes_only: bool,
    /// Unchanged paragraphs to keep around each change, or `all`; on the terminal 1 if nothing is said
    #[arg(long, value_name = "N", value_parser = parse_context)]
    context: Option<Context>,
    /// Kinds of noise to show and number like any change, as space,formatting, or `all`
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    show: Vec<Class>,
    /// Kinds of noise that do not count as differences at all, or `all`
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    ignore: Vec<Class>,
    /// What becomes of tracked changes that a draft already has
    #[arg(long, value_name = "HOW", default_value = "accepted")]
    tracked: Earlier,
    /// In a Word redline, leave the changes that NEW tracks already under the names of their authors, so that
    /// those which nobody tracked stand out; NEW must be a Word file
    #[arg(long)]
    keep_tracked: bool,
    /// Author of the tracked changes in a Word redline
    #[arg(long, value_name = "NAME", default_value = "engross")]
    author: String,
    /// Date of the tracked changes in a Word redline, as 2026-03-01 or 2026-03-01T12:00:00Z; the clock is not
    /// read, so without it (or the variable SOURCE_DATE_EPOCH) they have no date
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<String>,
    /// Title of the redline
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Do not page the redline on a terminal
    #[arg(long)]
    no_pager: bool,
}

/// Format of a redline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text, coloured on a terminal
    Term,
    /// One HTML file
    Html,
    /// PDF
    Pdf,
    /// Word, with tracked changes
    Docx,
    /// JSON, for programs
    Json,
    /// Markdown, for an e-mail
    Md,
}

/// A class of noise, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Class {
    /// White space and line breaks
    Space,
    /// The form of quotation marks and dashes
    Punctuation,
    /// Upper and lower case
    Case,
    /// The look of the text
    Formatting,
    /// Numbers of clauses, and references that follow them
    Numbering,
    /// All of them
    All,
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

/// How much stands around a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    Paragraphs(usize),
    All,
}

fn parse_context(text: &str) -> Result<Context, String> {
    match text {
        "all" => Ok(Context::All),
        _ => text.parse().map(Context::Paragraphs).map_err(|_| "give a number, or `all`".to_owned()),
    }
}

fn parse_date(text: &str) -> Result<String, String> {
    redline::moment(text).ok_or_else(|| "give a day as 2026-03-01, or a moment as 2026-03-01T12:00:00Z".to_owned())
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let form = form_of(args)?;
    let to_file = args.out.as_deref().filter(|out| *out != Path::new("-"));
    refuse(args, form, to_file)?;
    let settings = settings(args, form)?;
    let (old, new) = match (input(&args.old), input(&args.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            // A draft that is there is read all the same, so that what stands against it is told as well.
            let faults = [old, new].map(|input| match input {
                Ok(input) => redline::fault(input, &settings).map(failed),
                Err(failure) => Some(failure),
            });
            return Ok(failures_or(faults.into_iter().flatten().collect(), Outcome::Failed, ui));
        }
    };
    let compared = match redline::compare(old, new, &settings) {
        Ok(compared) => compared,
        Err(errors) => {
            let failures = errors.into_iter().map(failed).collect();
            return Ok(failures_or(failures, Outcome::Failed, ui));
        }
    };
    let outcome = if compared.differs(&settings.ignored) { Outcome::No } else { Outcome::Yes };
    show(args, form, to_file, &compared, &settings, ui)?;
    // The process ends here: the system takes large drafts back faster than they are taken apart.
    std::mem::forget(compared);
    Ok(outcome)
}

/// Writes the redline to where it belongs.
fn show(
    args: &Args,
    form: Form,
    to_file: Option<&Path>,
    compared: &Compared,
    settings: &Settings,
    ui: &mut Ui,
) -> Result<(), CommandError> {
    let terminal = to_file.is_none() && std::io::stdout().is_terminal();
    let options = term::Options {
        coloured: if to_file.is_some() { ui.always_coloured() } else { ui.coloured() },
        columns: terminal.then(pager::columns),
        stat: args.stat,
    };
    let format = match form {
        Form::Term => Format::Term(options),
        Form::Html => Format::Html,
        Form::Pdf => Format::Pdf,
        Form::Docx => Format::Docx,
        Form::Json => Format::Json,
        Form::Md => Format::Markdown,
    };
    // Frames may be overridden in the workspace that the drafts belong to.
    let named = [&args.old, &args.new].into_iter().find(|path| path.as_path() != Path::new("-"));
    let library = match named.filter(|_| form == Form::Pdf) {
        Some(path) => files::library_for(path)?,
        None => Library::new([]),
    };
    let typesetter = || pipeline::typesetter(&library);
    let redline::Written { bytes, notes } = compared.write(format, settings, typesetter).map_err(failed)?;
    notes.iter().for_each(|note| ui.remark(format_args!("note: {note}")));
    match to_file {
        Some(out) => {
            files::write(out, bytes).map_err(engross::workspace::OpenError::Io)?;
            ui.result(out.display())?;
            let report = compared.report(settings);
            ui.remark(engross::redline::summary::summary(&report).verdict);
        }
        None if form == Form::Term && terminal && !args.no_pager => {
            ui.flush()?;
            if !pager::page(&bytes) {
                ui.bytes(&bytes)?;
            }
        }
        None => ui.bytes(&bytes)?,
    }
    Ok(())
}

/// Returns the format that was named, or else that of the ending of OUT.
fn form_of(args: &Args) -> Result<Form, CommandError> {
    let named = args.format.or(args.stat.then_some(Form::Term));
    let Some(out) = args.out.as_deref().filter(|out| *out != Path::new("-")) else {
        return Ok(named.unwrap_or(Form::Term));
    };
    let ending = out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let of_ending = match ending.as_deref() {
        Some("txt") => Some(Form::Term),
        Some("html" | "htm") => Some(Form::Html),
        Some("pdf") => Some(Form::Pdf),
        Some("docx") => Some(Form::Docx),
        Some("json") => Some(Form::Json),
        Some("md") => Some(Form::Md),
        _ => None,
    };
    args.format.or(of_ending).or(named).ok_or_else(|| {
        let what = format!("the ending of `{}` names no format", out.display());
        let hint = "name one with `--format docx`, or give OUT the ending .docx, .html, .pdf, .json, .md or .txt";
        CommandError::failed(what, hint)
    })
}

/// Refuses what cannot be meant.
fn refuse(args: &Args, form: Form, to_file: Option<&Path>) -> Result<(), CommandError> {
    if args.old == Path::new("-") && args.new == Path::new("-") {
        return Err(CommandError::failed("both drafts are standard input", "give one of them as a file"));
    }
    let clash = to_file.filter(|out| [&args.old, &args.new].into_iter().any(|input| files::is_same_file(input, out)));
    if let Some(out) = clash {
        let what = format!("the draft `{}` would be written over", out.display());
        return Err(CommandError::failed(what, "give another name after `--out`"));
    }
    if matches!(form, Form::Pdf | Form::Docx) && to_file.is_none() && std::io::stdout().is_terminal() {
        let hint = "name a file with `--out redline.docx`, or send the output into one";
        return Err(CommandError::failed("a terminal cannot show this format", hint));
    }
    if args.keep_tracked && form != Form::Docx {
        let hint = "name a Word file with `--out redline.docx`, or leave out `--keep-tracked`";
        return Err(CommandError::failed("`--keep-tracked` is for Word redlines", hint));
    }
    if args.keep_tracked && args.tracked != Earlier::Accepted {
        return Err(CommandError::failed(
            "changes cannot be kept that are rejected or refused",
            "leave out `--tracked`, or leave out `--keep-tracked`",
        ));
    }
    if args.stat && form != Form::Term {
        return Err(CommandError::failed(
            "`--stat` is for the terminal",
            "leave out `--format`, or use `--changes-only`; every format has the summary",
        ));
    }
    Ok(())
}

fn settings(args: &Args, form: Form) -> Result<Settings, CommandError> {
    let (show, ignored) = (classes(&args.show), classes(&args.ignore));
    if let Some(both) = show.intersection(&ignored).next().filter(|_| !args.show.contains(&Class::All)) {
        let what = format!("`{}` is both shown and ignored", both.name());
        return Err(CommandError::failed(what, "name each class after `--show` or after `--ignore`"));
    }
    let condensed = form == Form::Term || args.changes_only;
    let (changes_only, context) = match args.context {
        Some(Context::All) => (false, 0),
        Some(Context::Paragraphs(context)) => (condensed, context),
        None => (condensed, usize::from(!args.changes_only)),
    };
    let noise = show.difference(&ignored).copied().collect();
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty());
    let date = args.date.clone().or_else(|| epoch.and_then(|text| redline::moment_of_epoch(&text)));
    Ok(Settings {
        tracked: match args.tracked {
            Earlier::Accepted => Tracked::Accepted,
            Earlier::Rejected => Tracked::Rejected,
            Earlier::Refuse => Tracked::Refuse,
        },
        shown: Shown { noise, changes_only, context },
        ignored,
        title: args.title.clone(),
        author: args.author.clone(),
        date,
        for_word: form == Form::Docx,
        keep_tracked: args.keep_tracked,
    })
}

/// Returns the classes of noise that are named.
fn classes(named: &[Class]) -> BTreeSet<Noise> {
    let mut classes = BTreeSet::new();
    for class in named {
        match class {
            Class::Space => classes.insert(Noise::Space),
            Class::Punctuation => classes.insert(Noise::Punctuation),
            Class::Case => classes.insert(Noise::Case),
            Class::Formatting => classes.insert(Noise::Formatting),
            Class::Numbering => classes.insert(Noise::Numbering),
            Class::All => {
                classes.extend(Noise::ALL);
                true
            }
        };
    }
    classes
}

/// Reads a draft from its file, or from standard input.
fn input(path: &Path) -> Result<Input, CommandError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let most = u64::try_from(redline::MAX_BYTES + 1).unwrap_or(u64::MAX);
        let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| CommandError::failed(error, "pipe a draft into the program"))?;
        return Ok(Input { name: "standard input".to_owned(), bytes });
    }
    if !path.exists() && path.to_string_lossy().contains('@') {
        let what = format!("`{}` is no file", path.display());
        return Err(CommandError::failed(
            what,
            "revisions of a case cannot be named yet: give the files of the drafts",
        ));
    }
    Ok(drafts::read(path)?)
}

/// A failure to compare or to write, with what to do about it.
fn failed(error: RedlineError) -> CommandError {
    match error {
        RedlineError::Large(_) => CommandError::failed(error, "compare the drafts in parts"),
        RedlineError::NotWord(_) => {
            CommandError::failed(error, "give the draft as a .docx file, or leave out `--keep-tracked`")
        }
        RedlineError::Pdf(_) => CommandError::failed(error, "choose another format with `--format`, HTML for instance"),
        other => CommandError::Failed { error: other.into(), hint: None },
    }
}
