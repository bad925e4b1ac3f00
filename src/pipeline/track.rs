//! Drafts that were exchanged to the report on all of them, in any format.

use std::cmp::Ordering;

use crate::case::model::{Case, CaseDate, DraftAuthor, Local};
use crate::diagnostic::Diagnostic;
use crate::import::draft::{self, DraftError, ReadOptions};
use crate::locale::Lang;
use crate::manifest::Sha256;
use crate::redline::summary::missing_glyphs;
use crate::track::{self, Confidential, Given, Track};
use crate::typeset::{Job, Typesetter};

/// Largest draft that is read, in bytes (256 MiB).
pub const MAX_BYTES: usize = 256 << 20;
/// Name and version of the program, as reports print it.
pub const PROGRAM: &str = concat!("engross ", env!("CARGO_PKG_VERSION"));
/// Endings of files that are read as drafts, those of Word first.
const ENDINGS: &[&str] = &["docx", "docm", "pdf", "html", "htm", "txt"];
/// Endings of files that are read as drafts where a folder has none of the others.
const PLAIN_ENDINGS: &[&str] = &["md", "markdown"];

/// A draft as it came, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundFile {
    /// Short name, as `v1`.
    pub id: String,
    /// File, as the case or the folder names it.
    pub file: String,
    /// Date of the draft.
    pub date: Option<CaseDate>,
    /// Whose draft it is.
    pub from: Option<DraftAuthor>,
    /// The draft that it was made from: index in the list.
    pub base: Option<usize>,
    /// Where it was negotiated.
    pub place: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrackError {
    /// A draft cannot be read; the words name the file and say what to do.
    #[error("{0}")]
    Read(DraftError),
    /// A draft is larger than [`MAX_BYTES`].
    #[error("`{0}` is larger than {most} MiB: compare it in parts", most = MAX_BYTES >> 20)]
    Large(String),
    /// The spreadsheet cannot be made.
    #[error(transparent)]
    Xlsx(#[from] track::xlsx::XlsxFailed),
    /// The PDF cannot be made.
    #[error("the PDF cannot be made")]
    Pdf(Vec<Diagnostic>),
}

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal of so many columns.
    Term(usize),
    /// One self-contained page.
    Html,
    /// PDF.
    Pdf,
    /// JSON, for programs.
    Json,
    /// A spreadsheet.
    Xlsx,
}

/// Reads drafts and follows their clauses. `case` gives the issues; without it they are proposed from the changes.
///
/// # Errors
/// What stands against each draft that cannot be read.
pub fn follow(
    title: &str,
    case: Option<&Case>,
    lang: Lang,
    files: &[RoundFile],
    options: &ReadOptions,
) -> Result<Track, Vec<TrackError>> {
    let mut drafts = Vec::new();
    let mut errors = Vec::new();
    for file in files {
        if file.bytes.len() > MAX_BYTES {
            errors.push(TrackError::Large(file.file.clone()));
            continue;
        }
        match draft::read(&file.file, &file.bytes, options) {
            Ok(draft) => drafts.push(draft),
            Err(error) => errors.push(TrackError::Read(error)),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let given: Vec<Given<'_>> = files
        .iter()
        .zip(&drafts)
        .map(|(file, draft)| Given {
            id: file.id.clone(),
            file: file.file.clone(),
            date: file.date,
            from: file.from,
            base: file.base,
            place: file.place.clone(),
            sha256: Sha256::of(&file.bytes).to_string(),
            draft,
        })
        .collect();
    let id = case.and_then(|case| case.id.get()).map(ToString::to_string);
    let mut track = track::follow(title, id.as_deref(), lang, &given);
    track::matrix::fill(&mut track, case);
    Ok(track)
}

/// Returns a text of a case in a language.
pub fn said(text: Option<&Local>, lang: Lang, case: &Case) -> Option<String> {
    let fallback = case.language.get().copied().unwrap_or(lang);
    text.and_then(|text| text.resolve(lang, fallback)).cloned()
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format could not show, in sentences.
    pub notes: Vec<String>,
}

/// Writes a report, with what is internal if it is given.
///
/// # Errors
/// When the spreadsheet or the PDF cannot be made.
pub fn write(
    track: &Track,
    confidential: Option<&Confidential>,
    format: Format,
    typesetter: impl FnOnce() -> Result<Typesetter, Diagnostic>,
) -> Result<Written, TrackError> {
    let mut missing = 0;
    let bytes = match format {
        Format::Term(width) => track::term::write(track, confidential, width).into_bytes(),
        Format::Html => track::html::write(track, confidential, PROGRAM).into_bytes(),
        Format::Json => track::json::write(track, confidential, PROGRAM).into_bytes(),
        Format::Xlsx => track::xlsx::write(track, confidential)?,
        Format::Pdf => {
            let typesetter = typesetter().map_err(|fault| TrackError::Pdf(vec![fault]))?;
            let (files, lost) =
                track::frame::sources(track, confidential, PROGRAM, &|character| typesetter.has_glyph(character));
            missing = lost;
            let job = Job { files: &files, main: track::frame::MAIN, ident: &track.title };
            typesetter.pdf(&job).map_err(TrackError::Pdf)?
        }
    };
    Ok(Written { bytes, notes: missing_glyphs(missing).into_iter().collect() })
}

/// Picks the drafts among the names of a folder, in the order in which people number them (`v2` before `v10`).
///
/// Markdown counts only where there is nothing else, for it is where notes about drafts are kept; of files that
/// differ in their ending alone, the first of Word, PDF, HTML and text is taken.
pub fn drafts_among(names: &[String]) -> Vec<String> {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let rank = |name: &str, endings: &[&str]| ending(name).and_then(|own| endings.iter().position(|it| *it == own));
    let visible = || names.iter().filter(|name| !name.starts_with(['.', '~']));
    let is_any = visible().any(|name| rank(name, ENDINGS).is_some());
    let endings = if is_any { ENDINGS } else { PLAIN_ENDINGS };
    let mut found: Vec<(&str, usize, &String)> =
        visible().filter_map(|name| Some((name.rsplit_once('.')?.0, rank(name, endings)?, name))).collect();
    found.sort_by(|one, other| natural(one.0, other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(other.2)));
    found.dedup_by(|later, first| later.0 == first.0);
    found.into_iter().map(|(.., name)| name.clone()).collect()
}

/// Compares names as people do: runs of digits by their value.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (left, right) = (digits(one), digits(other));
        if left > 0 && right > 0 {
            let value = |text: &str| text.trim_start_matches('0').to_owned();
            let (first, second) = (value(&one[..left]), value(&other[..right]));
            let order = first.len().cmp(&second.len()).then(first.cmp(&second));
            if order != Ordering::Equal {
                return order;
            }
            (one, other) = (&one[left..], &other[right..]);
            continue;
        }
        match (one.chars().next(), other.chars().next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(first), Some(second)) => {
                let folded = first.to_lowercase().cmp(second.to_lowercase()).then(first.cmp(&second));
                if folded != Ordering::Equal {
                    return folded;
                }
                (one, other) = (&one[first.len_utf8()..], &other[second.len_utf8()..]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(names: &[&str]) -> Vec<String> {
        drafts_among(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn drafts_come_in_the_order_of_their_numbers() {
        assert_eq!(
            among(&["v10.docx", "v9.docx", "V1.pdf", "about.md", "~$v9.docx"]),
            ["V1.pdf", "v9.docx", "v10.docx"]
        );
        assert_eq!(among(&["b.md", "a.md", "x.png"]), ["a.md", "b.md"]);
        assert_eq!(among(&["v1.pdf", "v1.docx", "v2.html"]), ["v1.docx", "v2.html"]);
        assert!(among(&["photo.jpg"]).is_empty());
    }

    #[test]
    fn the_order_of_names_is_one() {
        let names = ["a", "A", "a1", "a01", "a2", "a10", "b", ""];
        for one in names {
            for other in names {
                assert_eq!(natural(one, other), natural(other, one).reverse(), "{one} {other}");
            }
        }
    }
}
