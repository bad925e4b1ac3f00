//! Characters that none of the fonts can show: found before the page is set, and told with their place.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::export::typst::texts;
use crate::source::{Source, Span};
use crate::typeset::Typesetter;

/// Checks that the fonts have all characters of a document.
///
/// # Errors
/// One fault for each character that they lack, at the first place where one of the texts that the document was
/// made from holds it.
pub(super) fn check(document: &Document, typesetter: &Typesetter, sources: &[&Source]) -> Result<(), Vec<Diagnostic>> {
    let used: BTreeSet<char> = texts(document).iter().flat_map(|text| text.chars()).collect();
    let lacking: Vec<char> = used.into_iter().filter(|&character| !typesetter.has_glyph(character)).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(lacking.into_iter().map(|character| fault(sources, character)).collect())
}

fn fault(sources: &[&Source], character: char) -> Diagnostic {
    let message = format!("no font has the character `{character}` (U+{:04X})", u32::from(character));
    let fault = Diagnostic::new(Code::GlyphMissing, message)
        .hint("write it in letters of the Latin, Cyrillic, Greek or Arabic script, or leave it out");
    match sources.iter().find_map(|source| place(source, character)) {
        Some(span) => fault.at(span),
        None => fault,
    }
}

/// Returns the first place of a character in a text.
fn place(source: &Source, character: char) -> Option<Span> {
    let at = source.text().find(character)?;
    Some(Span::new(source, at..at + character.len_utf8()))
}
