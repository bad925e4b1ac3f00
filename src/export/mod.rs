//! Writers: a [`Document`] to the bytes of a format.

pub mod docx;
pub mod html;
pub mod markdown;
pub mod pdf;
pub mod text;
pub mod typst;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::typeset::Typesetter;

/// A format that documents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1, through Typst.
    Pdf,
    /// Office Open XML (ECMA-376), for Word and LibreOffice.
    Docx,
    /// One self-contained page of HTML.
    Html,
    /// Markdown that reads back to the same document.
    Md,
    /// Plain text, for e-mail.
    Txt,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: &[Self] = &[Self::Pdf, Self::Docx, Self::Html, Self::Md, Self::Txt];

    /// Returns the extension of its files, which is also its name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Md => "md",
            Self::Txt => "txt",
        }
    }

    /// Returns the format of an extension, in either case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }
}

/// Writes a document in a format. The same document gives the same bytes.
///
/// `ident` names the document for a PDF's identifier: the same document keeps it for ever.
///
/// # Errors
/// Every fault of typesetting; other formats cannot fail.
pub fn write(
    document: &Document,
    format: Format,
    typesetter: &Typesetter,
    ident: &str,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    Ok(match format {
        Format::Pdf => return pdf::write(document, typesetter, ident),
        Format::Docx => docx::write(document),
        Format::Html => html::write(document).into_bytes(),
        Format::Md => markdown::write(document).into_bytes(),
        Format::Txt => text::write(document).into_bytes(),
    })
}
