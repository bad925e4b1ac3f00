//! `engross convert`: any Markdown file to any format.

use std::io::Read;
use std::path::{Path, PathBuf};

use engross::diagnostic::Diagnostic;
use engross::document::{Paper, Status};
use engross::export::Format;
use engross::locale::Lang;
use engross::pipeline;
use engross::pipeline::convert::{self, Settings};
use engross::workspace::convert as files;

use super::build::parse_format;
use super::error::CommandError;
use super::ui::Ui;
use super::{Outcome, parse_lang};

/// Turn a Markdown file into PDF, Word, HTML, Markdown or text
///
/// The ending of OUT decides the format. Front matter at the head of the file may give title, language, date,
/// reference, numbering and more; `docs/formats.md` lists it. What documents cannot show, such as images, is left
/// out with a warning. A file that `build -f md` wrote becomes the same document again. Exit status 0 when OUT
/// was written, 1 when faults stood against it, 2 if a file cannot be read or written.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Markdown file; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// File to write; `-` for standard output
    #[arg(long, short, value_name = "OUT")]
    out: PathBuf,
    /// Format, where the ending of OUT does not tell: pdf, docx, html, md or txt
    #[arg(long = "format", short, value_name = "FORMAT", value_parser = parse_format)]
    format: Option<Format>,
    /// Language of the text where it does not say, as fr
    #[arg(long, short, value_name = "LANG", default_value = "en", value_parser = parse_lang)]
    lang: Lang,
    /// Size of the paper where the text does not say
    #[arg(long, value_name = "SIZE", default_value = "a4", value_parser = ["a4", "letter"])]
    paper: String,
    /// Mark every page as a draft
    #[arg(long)]
    draft: bool,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let stdin = args.file == Path::new("-");
    let stdout = args.out == Path::new("-");
    let format = format_of(args)?;
    if !stdin && !stdout && files::is_same_file(&args.file, &args.out) {
        let what = format!("`{}` would be written over itself", args.out.display());
        return Err(CommandError::failed(what, "give another name after `--out`"));
    }
    let (name, bytes) = if stdin {
        let mut bytes = Vec::new();
        let most = u64::try_from(convert::MAX_BYTES + 1).unwrap_or(u64::MAX);
        let read = std::io::stdin().lock().take(most).read_to_end(&mut bytes);
        read.map_err(|error| CommandError::failed(error, "pipe the text of a Markdown file into the program"))?;
        ("standard input".to_owned(), bytes)
    } else {
        (args.file.display().to_string(), files::read(&args.file).map_err(engross::workspace::OpenError::Io)?)
    };
    let source = match convert::source(&name, &bytes) {
        Ok(source) => source,
        Err(fault) => return Ok(refused(&[fault], ui)),
    };
    let stem = args.file.file_stem().filter(|_| !stdin).map(|stem| stem.to_string_lossy().into_owned());
    let settings = Settings {
        title: stem.unwrap_or_else(|| "–".to_owned()),
        lang: args.lang,
        paper: if args.paper == "letter" { Paper::Letter } else { Paper::A4 },
        status: if args.draft { Status::Draft } else { Status::Final },
    };
    let near = if stdin { Path::new(".") } else { args.file.as_path() };
    let library = files::library_for(near)?;
    let read = convert::document(&source, &settings, &library);
    if read.faults.iter().any(Diagnostic::is_error) {
        return Ok(refused(&read.faults, ui));
    }
    read.faults.iter().for_each(|fault| ui.fault(fault));
    let written = pipeline::typesetter(&library)
        .map_err(|fault| vec![fault])
        .and_then(|typesetter| convert::write(&read.output, &source, format, &typesetter));
    match written {
        Err(faults) => Ok(refused(&faults, ui)),
        Ok(bytes) if stdout => {
            ui.bytes(&bytes)?;
            Ok(Outcome::Yes)
        }
        Ok(bytes) => {
            files::write(&args.out, bytes).map_err(engross::workspace::OpenError::Io)?;
            ui.result(args.out.display())?;
            Ok(Outcome::Yes)
        }
    }
}

/// Tells what stood against it.
fn refused(faults: &[Diagnostic], ui: &mut Ui) -> Outcome {
    faults.iter().for_each(|fault| ui.fault(fault));
    ui.remark("Nothing written.");
    Outcome::No
}

/// Returns the format that was named, or else that of the ending of OUT.
fn format_of(args: &Args) -> Result<Format, CommandError> {
    let ending = args.out.extension().and_then(|ending| ending.to_str()).and_then(Format::from_extension);
    args.format.or(ending).ok_or_else(|| {
        let what = format!("the ending of `{}` names no format", args.out.display());
        CommandError::failed(
            what,
            "name one with `--format pdf`, or give OUT the ending .pdf, .docx, .html, .md or .txt",
        )
    })
}
