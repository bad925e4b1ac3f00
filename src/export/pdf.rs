//! Document to PDF/A-3a and PDF/UA-1, through Typst.

use super::typst::{MAIN, sources};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::typeset::{Job, Typesetter};

/// Lays a document out and writes it as PDF. The same document gives the same bytes.
///
/// `ident` names the document for the file's identifier: the same document keeps it for ever.
///
/// # Errors
/// Every fault that Typst reports, each pointing into a frame or the generated source.
pub fn write(document: &Document, typesetter: &Typesetter, ident: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    typesetter.pdf(&Job { files: &sources(document), main: MAIN, ident })
}
