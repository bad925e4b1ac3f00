//! Two drafts to a redline, in any format.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::compare::{self, Comparison, Noise};
use crate::diagnostic::Diagnostic;
use crate::document::draft::{Draft, DraftFormat};
use crate::import::docx;
use crate::import::draft::{self, DraftError, ReadOptions, Tracked};
use crate::manifest::Sha256;
use crate::ooxml::{Package, Places, View};
use crate::redline::docx::WriteError;
use crate::redline::{self, Report, Shown, Side};
use crate::typeset::{Job, Typesetter};

/// Largest draft that is compared, in bytes (256 MiB).
pub const MAX_BYTES: usize = 256 << 20;

/// A draft as it came: a name and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name of the file, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Format of a redline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal or a pipe.
    Term(redline::term::Options),
    /// One self-contained HTML file.
    Html,
    /// PDF.
    Pdf,
    /// Word, with tracked changes.
    Docx,
    /// JSON, for programs.
    Json,
    /// Markdown, for an e-mail.
    Markdown,
}

/// How a redline is made.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What becomes of tracked changes that a draft already has.
    pub tracked: Tracked,
    /// What is shown.
    pub shown: Shown,
    /// Classes of noise that do not count as differences at all.
    pub ignored: BTreeSet<Noise>,
    /// Title of the report.
    pub title: Option<String>,
    /// Who is named as the author of tracked changes.
    pub author: String,
    /// When tracked changes are said to have been made, as `2026-03-01T12:00:00Z`; `None` leaves the date
    /// out.
    pub date: Option<String>,
    /// Whether a Word file is to be written: drafts that are Word files are then kept open.
    pub for_word: bool,
    /// Whether changes that the later draft tracks already are written under their authors, in a Word file.
    pub keep_tracked: bool,
}

/// Why a redline could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedlineError {
    /// A draft cannot be read; the words name the file and say what to do.
    #[error("{0}")]
    Read(DraftError),
    /// A draft is larger than [`MAX_BYTES`].
    #[error("`{0}` is larger than {most} MiB", most = MAX_BYTES >> 20)]
    Large(String),
    /// The Word file cannot be written.
    #[error("{0}")]
    Word(WriteError),
    /// Tracked changes are to be kept, and the later draft can have none.
    #[error("`{0}` is no Word file, so there are no tracked changes in it to keep")]
    NotWord(String),
    /// The PDF cannot be set.
    #[error("the PDF cannot be set: {}", .0.first().map_or("", |fault| &fault.message))]
    Pdf(Vec<Diagnostic>),
}

/// Two drafts that were read and compared.
#[derive(Debug)]
pub struct Compared {
    sides: [Opened; 2],
    comparison: Comparison,
}

/// A draft that was read.
#[derive(Debug)]
struct Opened {
    name: String,
    sha256: String,
    draft: Draft,
    /// The Word file that it came from, where one is to be written.
    word: Option<(Package, Places)>,
}

/// A redline that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format could not bring over, in sentences.
    pub notes: Vec<String>,
}

/// Reads two drafts and compares them.
///
/// # Errors
/// What stands against either draft: one error for each.
pub fn compare(old: Input, new: Input, settings: &Settings) -> Result<Compared, Vec<RedlineError>> {
    // One draft is read on a thread of its own; the result does not depend on which is ready first.
    let (first, second) = std::thread::scope(|scope| {
        let first = scope.spawn(|| open(old, settings));
        let second = open(new, settings);
        (first.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), second)
    });
    let sides = match (first, second) {
        (Ok(first), Ok(second)) => [first, second],
        (first, second) => return Err(first.err().into_iter().chain(second.err()).collect()),
    };
    if settings.keep_tracked && sides[1].word.is_none() {
        return Err(vec![RedlineError::NotWord(sides[1].name.clone())]);
    }
    // A Word file shows the text alone: what the changes touch is not asked for.
    let options = compare::Options { analyse: !settings.for_word, ..compare::Options::default() };
    let comparison = compare::compare(&sides[0].draft, &sides[1].draft, &options);
    Ok(Compared { sides, comparison })
}

/// Returns what stands against a draft that is not compared, since the other cannot be opened.
pub fn fault(input: Input, settings: &Settings) -> Option<RedlineError> {
    open(input, settings).err()
}

/// Reads a draft.
fn open(input: Input, settings: &Settings) -> Result<Opened, RedlineError> {
    let Input { name, bytes } = input;
    if bytes.len() > MAX_BYTES {
        return Err(RedlineError::Large(name));
    }
    let sha256 = Sha256::of(&bytes).to_string();
    if settings.for_word && bytes.starts_with(b"PK") {
        // What is no Word file after all is named by the reader of any format below.
        let package = Package::open(&*bytes).ok();
        let read = package.and_then(|package| {
            let (draft, places) = docx::read_package(&package, settings.tracked).ok()?;
            Some((draft, (package, places)))
        });
        if let Some((mut draft, word)) = read {
            draft::finish(&mut draft);
            return Ok(Opened { name, sha256, draft, word: Some(word) });
        }
    }
    let options = ReadOptions { tracked: settings.tracked };
    let draft = draft::read(&name, &bytes, &options).map_err(RedlineError::Read)?;
    Ok(Opened { name, sha256, draft, word: None })
}

impl Compared {
    /// Returns what was found.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// Returns whether the drafts differ: anything changed that is not noise of a class in `ignored`.
    pub fn differs(&self, ignored: &BTreeSet<Noise>) -> bool {
        self.comparison.changes.iter().any(|change| change.noise.is_none_or(|noise| !ignored.contains(&noise)))
    }

    /// Returns the report that every writer takes.
    pub fn report(&self, settings: &Settings) -> Report<'_> {
        let [old, new] = &self.sides;
        let mut report = Report::new(old.side(), new.side(), &self.comparison, settings.shown.clone());
        report.title.clone_from(&settings.title);
        report.ignored.clone_from(&settings.ignored);
        report.options = self.options(settings);
        report
    }

    /// The options that bear on the result, in sentences.
    fn options(&self, settings: &Settings) -> Vec<String> {
        let mut told = Vec::new();
        if self.sides.iter().any(|side| side.draft.format == DraftFormat::Docx) {
            told.push(match settings.tracked {
                Tracked::Accepted => "Earlier tracked changes in the drafts were taken as accepted.".to_owned(),
                Tracked::Rejected => "Earlier tracked changes in the drafts were taken as rejected.".to_owned(),
                Tracked::Refuse => "The drafts have no earlier tracked changes.".to_owned(),
            });
        }
        let list = |classes: &BTreeSet<Noise>| {
            classes.iter().map(|noise| redline::summary::noise_name(*noise)).collect::<Vec<_>>().join("; ")
        };
        if !settings.shown.noise.is_empty() {
            told.push(format!("Shown as changes: {}.", list(&settings.shown.noise)));
        }
        if !settings.ignored.is_empty() {
            told.push(format!("Not counted as differences: {}.", list(&settings.ignored)));
        }
        told
    }

    /// Writes the redline.
    ///
    /// # Errors
    /// When the writer fails. `typesetter` is asked for only where a PDF is made.
    pub fn write(
        &self,
        format: Format,
        settings: &Settings,
        typesetter: impl FnOnce() -> Result<Typesetter, Diagnostic>,
    ) -> Result<Written, RedlineError> {
        let bytes = match format {
            Format::Term(options) => redline::term::write(&self.report(settings), options).into_bytes(),
            Format::Json => redline::json::write(&self.report(settings)),
            Format::Markdown => redline::markdown::write(&self.report(settings)).into_bytes(),
            Format::Html => redline::html::write(&self.report(settings)).into_bytes(),
            Format::Docx => return self.write_word(settings),
            Format::Pdf => return self.write_pdf(settings, typesetter),
        };
        Ok(Written { bytes, notes: Vec::new() })
    }

    fn write_pdf(
        &self,
        settings: &Settings,
        typesetter: impl FnOnce() -> Result<Typesetter, Diagnostic>,
    ) -> Result<Written, RedlineError> {
        let typesetter = typesetter().map_err(|fault| RedlineError::Pdf(vec![fault]))?;
        let report = self.report(settings);
        let (files, missing) =
            redline::frame::sources(&report, settings.date.as_deref(), &|character| typesetter.has_glyph(character));
        let ident = format!("{} {}", report.old.sha256, report.new.sha256);
        let job = Job { files: &files, main: redline::frame::MAIN, ident: &ident };
        let bytes = typesetter.pdf(&job).map_err(RedlineError::Pdf)?;
        Ok(Written { bytes, notes: redline::summary::missing_glyphs(missing).into_iter().collect() })
    }

    fn write_word(&self, settings: &Settings) -> Result<Written, RedlineError> {
        let view = if settings.tracked == Tracked::Rejected { View::Rejected } else { View::Accepted };
        let [old, new] = self.sides.each_ref().map(|side| redline::docx::Input {
            draft: &side.draft,
            package: side.word.as_ref().map(|(package, _)| package),
            places: side.word.as_ref().map(|(_, places)| places),
            view,
        });
        let options = redline::docx::Options {
            author: settings.author.clone(),
            date: settings.date.clone().unwrap_or_default(),
            formatting: settings.shown.noise.contains(&Noise::Formatting),
            keep_tracked: settings.keep_tracked,
        };
        let written = redline::docx::write(&old, &new, &self.comparison, &options).map_err(RedlineError::Word)?;
        let mut notes: Vec<String> = written.caveats.iter().map(redline::summary::caveat).collect();
        if written.coarser > 0 {
            let told = redline::summary::plural(written.coarser, "paragraph");
            notes.push(format!("{told} came out coarser in the Word file than in other formats"));
        }
        if settings.keep_tracked {
            notes.extend(kept(&written.earlier));
        }
        Ok(Written { bytes: written.bytes, notes })
    }
}

/// Says what became of the tracked changes of the later draft.
fn kept(earlier: &redline::docx::Kept) -> Vec<String> {
    let told = |counts: &BTreeMap<String, usize>| {
        let total: usize = counts.values().sum();
        let named = counts.iter().map(|(author, count)| match author.trim() {
            "" => format!("somebody who is not named {count}"),
            author => format!("{author} {count}"),
        });
        let named = named.collect::<Vec<_>>().join(", ");
        (total > 0).then(|| (redline::summary::plural(total, "tracked change"), named))
    };
    let mut notes = Vec::new();
    if let Some((count, named)) = told(&earlier.kept) {
        notes.push(format!("{count} of the later draft kept under their authors ({named})"));
    }
    if let Some((count, named)) = told(&earlier.left) {
        let why = "they are no difference between the drafts, or cannot be told apart";
        notes.push(format!("{count} of the later draft taken as accepted ({named}): {why}"));
    }
    if earlier.looks > 0 {
        let count = redline::summary::plural(earlier.looks, "tracked change");
        notes.push(format!("{count} of formatting in the later draft taken as accepted"));
    }
    if notes.is_empty() {
        notes.push("the later draft has no tracked changes to keep".to_owned());
    }
    notes
}

impl Opened {
    fn side(&self) -> Side<'_> {
        Side::new(&self.name, &self.sha256, &self.draft)
    }
}

/// Reads a moment as tracked changes carry it: a day as `2026-03-01`, which stands for its first second, or
/// a moment in universal time as `2026-03-01T12:00:00Z`. Returns the latter form; `None` for anything else.
pub fn moment(text: &str) -> Option<String> {
    let moment = match NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ") {
        Ok(moment) => moment,
        Err(_) => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0)?,
    };
    stamp(moment)
}

/// Reads a moment in seconds since 1970, as the variable `SOURCE_DATE_EPOCH` has it
/// (reproducible-builds.org).
pub fn moment_of_epoch(text: &str) -> Option<String> {
    stamp(DateTime::from_timestamp(text.trim().parse().ok()?, 0)?.naive_utc())
}

fn stamp(moment: NaiveDateTime) -> Option<String> {
    let text = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    // Years of four digits only: Word refuses others.
    (text.len() == 20).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, text: &str) -> Input {
        Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_draft_and_itself_do_not_differ() {
        let text = "One.\n\nTwo.\n";
        let compared = compare(input("a.txt", text), input("b.txt", text), &Settings::default()).unwrap();
        assert!(!compared.differs(&BTreeSet::new()));
    }

    #[test]
    fn both_drafts_are_told_of() {
        let bad = Input { name: "a.docx".to_owned(), bytes: b"PK\x03\x04 and no more".to_vec() };
        let other = Input { name: "b.docx".to_owned(), ..bad.clone() };
        let errors = compare(bad, other, &Settings::default()).unwrap_err();
        let told: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(told.len() == 2 && told[0].contains("a.docx") && told[1].contains("b.docx"), "{told:?}");
    }

    #[test]
    fn moments_are_read_in_two_forms() {
        let cases = [
            ("2026-03-01T12:30:00Z", Some("2026-03-01T12:30:00Z")),
            ("2026-03-01", Some("2026-03-01T00:00:00Z")),
            ("2026-02-30", None),
            ("2026-03-01T12:30:00", None),
            ("1 March 2026", None),
            ("12026-03-01", None),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text).as_deref(), expected, "{text}");
        }
        assert_eq!(moment_of_epoch("1772368200").as_deref(), Some("2026-03-01T12:30:00Z"));
        assert_eq!(moment_of_epoch("soon"), None);
    }
}
