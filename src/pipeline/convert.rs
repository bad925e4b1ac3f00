//! Any Markdown file to a document in any format.

use super::{glyphs, long_date, words};
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::{Document, Paper, Status};
use crate::export::{self, Format};
use crate::import::free::{self, Given};
use crate::locale::Lang;
use crate::source::{Source, Span};
use crate::template::Library;
use crate::typeset::Typesetter;

/// Largest file that is converted, in bytes (16 MiB).
pub const MAX_BYTES: usize = 16 << 20;

/// What holds where the file does not say otherwise.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Title where the text has none.
    pub title: String,
    /// Language of the text.
    pub lang: Lang,
    /// Size of the paper.
    pub paper: Paper,
    /// Draft or final.
    pub status: Status,
}

/// Reads bytes as text, under a name for messages.
///
/// # Errors
/// The fault of a file that is too large or not UTF-8.
pub fn source(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    if bytes.len() > MAX_BYTES {
        let message = format!("`{name}` is larger than {} MiB", MAX_BYTES >> 20);
        return Err(Diagnostic::new(Code::InputTooLarge, message).hint("convert it in parts"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text.strip_prefix('\u{FEFF}').unwrap_or(text))),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let end = good.len();
            let fault = Diagnostic::new(Code::NotUtf8, format!("`{name}` is not UTF-8 text from here on"));
            Err(fault.at(Span::new(&Source::new(name, good), end..end)).hint("save the file as UTF-8"))
        }
    }
}

/// Reads a Markdown file as a document; the faults tell what was left out.
pub fn document(source: &Source, settings: &Settings, library: &Library) -> Warned<Document> {
    let words = |lang: Lang| words(library, lang.into());
    let given = Given {
        title: settings.title.clone(),
        kind: "document".to_owned(),
        locale: settings.lang.into(),
        status: settings.status,
        paper: settings.paper,
        confidentiality: None,
        words: &words,
        long_date,
    };
    let mut read = free::read(source, &given);
    // PDF/A wants a date (ISO 19005-3, 6.6.2.3), and nothing here reads the clock.
    read.output.meta.date_iso.get_or_insert_with(|| super::NO_DATE.to_owned());
    read
}

/// Writes a document in a format.
///
/// # Errors
/// Characters that no font has, and every fault of typesetting.
pub fn write(
    document: &Document,
    source: &Source,
    format: Format,
    typesetter: &Typesetter,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    if format == Format::Pdf {
        glyphs::check(document, typesetter, &[source])?;
    }
    export::write(document, format, typesetter, &document.meta.title)
}
