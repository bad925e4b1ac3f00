//! Typst sources to PDF: the one door to Typst.
//!
//! A [`Typesetter`] holds what every document shares: the fonts that travel in the program and the
//! page frames. It has no network, no packages, no system fonts and no clock. Every PDF conforms to
//! PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), or an error says what stands against it.

mod world;

use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Smart};
use typst::syntax::DiagSpan;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::artifact::Artifact;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use world::JobWorld;

/// Documents for which Typst's memory of intermediate results is kept: none. Documents have little in
/// common that it could use; keeping eight took no less time and twice the memory (November 2026).
const REMEMBERED: usize = 0;

/// Typst with the fonts and page frames that all documents share. Cheap to use from many threads.
pub struct Typesetter {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    frames: Vec<(typst::syntax::FileId, typst::syntax::Source)>,
    standards: PdfStandards,
}

/// A frame or font that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The font file holds no font that Typst can read.
    #[error("`{0}` is not a font file that can be read")]
    Font(String),
    /// The frame's path or text cannot be used.
    #[error("`{0}` is not a Typst file that can be read")]
    Frame(String),
}

/// What is set: one main file and its data.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The main file and what it reads, by path.
    pub files: &'a [Artifact],
    /// Path of the main file among them.
    pub main: &'a str,
    /// A stable name of the document, for the PDF's identifier.
    pub ident: &'a str,
}

impl Typesetter {
    /// Takes fonts and frames; a frame's name is its path, as `frames/letter.typ`.
    ///
    /// # Errors
    /// The first font or frame that cannot be read.
    pub fn new<'a>(
        fonts: impl IntoIterator<Item = (&'a str, &'static [u8])>,
        frames: &[Artifact],
    ) -> Result<Self, SetupError> {
        let mut loaded = Vec::new();
        for (name, bytes) in fonts {
            let before = loaded.len();
            loaded.extend(Font::iter(Bytes::new(bytes)));
            if loaded.len() == before {
                return Err(SetupError::Font(name.to_owned()));
            }
        }
        let frames = frames
            .iter()
            .map(|frame| {
                let text = std::str::from_utf8(&frame.bytes).map_err(|_| SetupError::Frame(frame.name.clone()))?;
                let id = world::file_id(&frame.name).ok_or_else(|| SetupError::Frame(frame.name.clone()))?;
                Ok((id, typst::syntax::Source::new(id, text.to_owned())))
            })
            .collect::<Result<_, SetupError>>()?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&loaded)),
            fonts: loaded,
            frames,
            standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
                .expect("PDF/A-3a and PDF/UA-1 go together: both allow PDF 1.7"),
        })
    }

    /// Returns whether a character can be shown: a font has it, or it shows nothing by itself.
    pub fn has_glyph(&self, character: char) -> bool {
        let silent = character.is_control() || character.is_whitespace();
        // Joiners, marks of direction, soft hyphens and variation selectors.
        let formatting = matches!(character, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}');
        silent || formatting || self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// Sets a document and writes it as PDF. The same job gives the same bytes.
    ///
    /// # Errors
    /// Every fault that Typst reports, with its place in the frame or the generated file.
    pub fn pdf(&self, job: &Job<'_>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let world = JobWorld::new(self, job).ok_or_else(|| {
            vec![Diagnostic::new(Code::TypesetFailed, format!("`{}` cannot be the main file", job.main))]
        })?;
        let compiled = typst::compile::<PagedDocument>(&world);
        let written = compiled.output.and_then(|document| {
            let options = PdfOptions {
                ident: Smart::Custom(job.ident.to_owned()),
                creator: Smart::Custom(Some("engross".to_owned())),
                timestamp: None,
                page_ranges: None,
                standards: self.standards.clone(),
                tagged: true,
                pretty: false,
            };
            typst_pdf::pdf(&document, &options)
        });
        typst::comemo::evict(REMEMBERED);
        let refused = |warning: &&SourceDiagnostic| is_substitution(warning);
        match written {
            // A glyph or font that is not there would print as a box or in a strange face.
            Ok(_) if compiled.warnings.iter().any(is_substitution) => {
                Err(compiled.warnings.iter().filter(refused).map(|fault| diagnostic(&world, fault)).collect())
            }
            Ok(bytes) => Ok(bytes),
            Err(faults) => Err(faults.iter().map(|fault| diagnostic(&world, fault)).collect()),
        }
    }
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Typesetter")
            .field("fonts", &self.fonts.len())
            .field("frames", &self.frames.len())
            .finish_non_exhaustive()
    }
}

/// Returns whether a warning says that a font was replaced by another.
fn is_substitution(warning: &SourceDiagnostic) -> bool {
    warning.message.starts_with("unknown font family")
}

/// Turns one of Typst's faults into ours.
fn diagnostic(world: &JobWorld<'_>, fault: &SourceDiagnostic) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Code::TypesetFailed, format!("the page cannot be set: {}", fault.message));
    if fault.severity == Severity::Warning {
        diagnostic.severity = crate::diagnostic::Severity::Error;
    }
    if let Some(span) = span(world, fault.span) {
        diagnostic = diagnostic.at(span);
    }
    diagnostic.hints = fault.hints.iter().map(|hint| hint.v.to_string()).collect();
    diagnostic
}

fn span(world: &JobWorld<'_>, span: DiagSpan) -> Option<Span> {
    let id = span.id()?;
    let range = world.range(span)?;
    let text = world.text(id)?;
    Some(Span::new(&Source::new(id.get().vpath().get_without_slash(), text), range))
}
