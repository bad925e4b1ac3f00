//! The front door for drafts: whatever comes, one [`Draft`] goes out.
//!
//! What a file is, is told by its content first and by its name second. Whatever the format, typed numbers are
//! settled ([`label::settle`]) and the language is guessed where the file does not say.

pub use super::docx::Tracked;
use super::docx::{self, DocxError};
use super::html::HtmlError;
use super::pdf::PdfError;
use super::{charset, html, language, pdf, plain, rendered};
use crate::document::draft::{Caveat, Draft, DraftFormat};
use crate::document::label;

/// Largest text, Markdown or HTML file, in bytes: a hundred times a long contract.
const MAX_TEXT: usize = 256 << 20;

/// How drafts are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// What is done with tracked changes that the file has already.
    pub tracked: Tracked,
}

/// Why a draft could not be read, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// It is of a format that is not read.
    #[error("`{name}` is {what}, which cannot be read: {remedy}")]
    Format {
        /// The file.
        name: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// It is empty.
    #[error("`{name}` is empty: nothing can be compared with it")]
    Empty {
        /// The file.
        name: String,
    },
    /// It is too large to be a contract.
    #[error("`{name}` has {size} bytes of text, more than {most}: cut it into parts")]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in bytes.
        size: usize,
        /// Most bytes.
        most: usize,
    },
    /// The Word file cannot be read.
    #[error("`{name}` cannot be read: {source}")]
    Docx {
        /// The file.
        name: String,
        /// Why.
        source: DocxError,
    },
    /// The web page or Markdown file cannot be read.
    #[error("`{name}` cannot be read: {source}")]
    Html {
        /// The file.
        name: String,
        /// Why.
        source: HtmlError,
    },
    /// The PDF cannot be read.
    #[error("`{name}` cannot be read: {source}")]
    Pdf {
        /// The file.
        name: String,
        /// Why.
        source: PdfError,
    },
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Draft(DraftFormat),
    /// Something else, with its name and the remedy.
    Other(&'static str, &'static str),
}

const SAVE: &str = "open it in the program it was made with and save it as .docx";
const SCAN: &str = "it is a picture; make a searchable PDF of it with a program for text recognition (OCR) first";

/// Reads a draft. `name` is the name of its file, which tells Markdown from text, and is named in errors.
///
/// # Errors
///
/// If it is of another format, empty, damaged or refused; the error says what to do.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Draft, DraftError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(DraftError::Empty { name: name.to_owned() });
    }
    let format = match kind(name, bytes) {
        Kind::Draft(format) => format,
        Kind::Other(what, remedy) => return Err(DraftError::Format { name: name.to_owned(), what, remedy }),
    };
    let mut draft = match format {
        DraftFormat::Pdf => pdf::read(bytes).map_err(|source| DraftError::Pdf { name: name.to_owned(), source })?,
        DraftFormat::Docx => {
            docx::read(bytes, options.tracked).map_err(|source| DraftError::Docx { name: name.to_owned(), source })?
        }
        _ => text(name, bytes, format, options)?,
    };
    finish(&mut draft);
    Ok(draft)
}

/// Settles what every reader leaves open: typed numbers, depth of clauses, headings where the format has none, and the
/// language. [`read`] has done it; who reads a Word file by [`docx::read_package`] does it after.
pub fn finish(draft: &mut Draft) {
    label::settle(draft);
    if matches!(draft.format, DraftFormat::Text | DraftFormat::Pdf) {
        plain::guess_headings(draft);
    }
    if draft.lang.is_none() {
        draft.lang = guess(draft);
    }
}

fn text(name: &str, bytes: &[u8], format: DraftFormat, options: &ReadOptions) -> Result<Draft, DraftError> {
    if bytes.len() > MAX_TEXT {
        return Err(DraftError::TooLarge { name: name.to_owned(), size: bytes.len(), most: MAX_TEXT });
    }
    let named = (format == DraftFormat::Html).then(|| charset_of(bytes)).flatten();
    let decoded = charset::decode(bytes, named.as_deref());
    let failed = |source| DraftError::Html { name: name.to_owned(), source };
    let mut draft = match format {
        DraftFormat::Html => html::read(&decoded.text, options.tracked).map_err(failed)?,
        DraftFormat::Markdown => rendered::read(&decoded.text, options.tracked).map_err(failed)?,
        _ => plain::read(&decoded.text),
    };
    draft.caveats.extend(decoded.caveats.into_iter().map(|(text, count)| Caveat { text, count }));
    Ok(draft)
}

/// Guesses the language of a draft by its body.
pub fn guess(draft: &Draft) -> Option<crate::locale::Lang> {
    let mut texts = Vec::new();
    for story in draft.stories.iter().take(1) {
        Draft::each_para(&story.blocks, &mut |para| texts.push(para.text.as_str()));
    }
    language::guess(texts.into_iter())
}

/// Tells what a file is.
fn kind(name: &str, bytes: &[u8]) -> Kind {
    let start = &bytes[..bytes.len().min(2048)];
    let trimmed = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    // A PDF may have rubbish before its first line (ISO 32000-1, annex H, note 13).
    if start.windows(5).take(1024).any(|window| window == b"%PDF-") && !ending.starts_with("md") && ending != "txt" {
        return Kind::Draft(DraftFormat::Pdf);
    }
    if bytes.starts_with(b"PK") {
        return zipped(bytes, &ending);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let locked = find(bytes, &"EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        return if locked {
            Kind::Other(
                "a file that is locked with a password",
                "open it in Word, remove the password and save it again",
            )
        } else {
            Kind::Other("an old Office file (.doc, .xls)", SAVE)
        };
    }
    for (magic, what, remedy) in [
        (b"{\\rtf".as_slice(), "a rich text file (.rtf)", SAVE),
        (b"\xFF\xD8\xFF", "a picture (JPEG)", SCAN),
        (b"\x89PNG", "a picture (PNG)", SCAN),
        (b"II*\0", "a picture (TIFF)", SCAN),
        (b"MM\0*", "a picture (TIFF)", SCAN),
        (b"GIF8", "a picture (GIF)", SCAN),
        (b"%!PS", "a PostScript file", "convert it to PDF first"),
        (b"Rar!", "an archive", "unpack it and name the file in it"),
        (b"\x1F\x8B", "an archive", "unpack it and name the file in it"),
        (b"7z\xBC\xAF", "an archive", "unpack it and name the file in it"),
        (b"\xFFWPC", "a WordPerfect file", SAVE),
        (b"%FDF", "a form's data (FDF)", "name the PDF itself"),
    ] {
        if trimmed.starts_with(magic) {
            return Kind::Other(what, remedy);
        }
    }
    if matches!(ending.as_str(), "md" | "markdown" | "mdown" | "mkd") {
        return Kind::Draft(DraftFormat::Markdown);
    }
    if matches!(ending.as_str(), "html" | "htm" | "xhtml") || looks_like_html(trimmed) && ending != "txt" {
        return Kind::Draft(DraftFormat::Html);
    }
    let noughts = start.iter().filter(|byte| **byte == 0).count();
    let binary = start.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    // UTF-16 has a nought in every other place, or hardly any.
    let wide = start.starts_with(&[0xFF, 0xFE])
        || start.starts_with(&[0xFE, 0xFF])
        || noughts * 5 > start.len() && noughts * 10 < start.len() * 6;
    if (noughts * 50 > start.len() && !wide) || binary * 20 > start.len() {
        return Kind::Other("a binary file of an unknown kind", SAVE);
    }
    Kind::Draft(DraftFormat::Text)
}

/// Tells what an archive is by the names in it.
fn zipped(bytes: &[u8], ending: &str) -> Kind {
    let start = &bytes[..bytes.len().min(1 << 16)];
    if find(start, b"mimetypeapplication/vnd.oasis.opendocument") {
        return Kind::Other("an OpenDocument file (.odt)", SAVE);
    }
    if find(start, b"mimetypeapplication/epub") {
        return Kind::Other("an e-book (.epub)", SAVE);
    }
    // The names stand at the end once more, whatever the order of the parts.
    let end = &bytes[bytes.len().saturating_sub(1 << 20)..];
    let has = |part: &[u8]| find(start, part) || find(end, part);
    if has(b"word/") || matches!(ending, "docx" | "docm" | "dotx") {
        return Kind::Draft(DraftFormat::Docx);
    }
    if has(b"xl/workbook") {
        return Kind::Other("an Excel workbook", "save its sheets as .html or copy them into a .docx");
    }
    if has(b"ppt/presentation") {
        return Kind::Other("a presentation", SAVE);
    }
    Kind::Other("an archive (.zip)", "unpack it and name the file in it")
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn looks_like_html(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&start[..start.len().min(600)]).replace('\0', "").to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{fffd}', '\u{feff}']).trim_start();
    ["<!doctype html", "<html", "<head", "<body", "<?xml"].iter().any(|tag| text.starts_with(tag))
        && (!text.starts_with("<?xml") || text.contains("<html"))
        || text.starts_with("<!--") && text.contains("<html")
}

/// Returns the encoding that a web page names for itself.
fn charset_of(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset").or_else(|| start.split_once("encoding"))?;
    let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(after.len());
    (end > 0).then(|| after[..end].to_owned())
}

#[cfg(test)]
mod tests;
