//! The door to the PDF crates.

use pdfboss_core::document::Document;
use pdfboss_core::{Error, Immediate, OcState, StructureTree, block_on};
use pdfboss_text::{FontCache, ReadingOrder, StandardType, TextSpan};

use super::rtl::is_rtl;
use super::{Page, PdfError, Source, Span};

/// An element of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    /// What it is.
    pub kind: Kind,
    /// What tells it from others.
    pub id: (u32, u16),
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, a caption, an entry of a table of contents.
    Paragraph,
    /// A heading with its depth; 0 where that is not said.
    Heading(u8),
    /// An item of a list.
    Item,
    /// The number of an item.
    Label,
    /// The text of an item.
    Body,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A note.
    Note,
    /// Anything else.
    Other,
}

/// An opened file.
pub(super) struct Opened {
    document: Document,
    fonts: FontCache,
    layers: Option<OcState>,
    structure: Option<StructureTree>,
    artifacts: usize,
    unreadable: usize,
}

impl Opened {
    /// Opens a file, with the empty password if it is locked.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, PdfError> {
        let document = Document::load(bytes).map_err(|error| match error {
            Error::Encrypted => PdfError::Locked,
            error => PdfError::Damaged(error.to_string()),
        })?;
        if document.is_locked() {
            return Err(PdfError::Locked);
        }
        let layers = document.oc_state();
        let structure = document.structure_tree();
        Ok(Self { document, fonts: FontCache::default(), layers, structure, artifacts: 0, unreadable: 0 })
    }
}

impl Source for Opened {
    fn pages(&self) -> usize {
        self.document.flattened_page_count()
    }

    fn page(&mut self, index: usize) -> Page {
        let Ok(page) = self.document.page(index) else {
            self.unreadable += 1;
            return Page::default();
        };
        let source = Immediate(&self.document);
        let order = ReadingOrder::StructureTree;
        let read = block_on(pdfboss_text::extract_spans_reporting_cached_with(
            source,
            &page,
            &self.fonts,
            self.layers.as_ref(),
            self.structure.as_ref(),
            order,
        ));
        let Ok((spans, report)) = read else {
            self.unreadable += 1;
            return Page::default();
        };
        self.unreadable += usize::from(!report.is_complete());
        let turn = usual_turn(&spans);
        let corners = [(page.crop_box.x0, page.crop_box.y0), (page.crop_box.x1, page.crop_box.y1)];
        let heights = corners.map(|(x, y)| turned(x, y, turn).1);
        let mut out = Page { spans: Vec::new(), bottom: heights[0].min(heights[1]), top: heights[0].max(heights[1]) };
        for span in spans {
            // A watermark runs across the page; it is no part of the text.
            if span.artifact.is_some() || span.rotate != turn {
                self.artifacts += usize::from(!span.text.trim().is_empty());
            } else {
                out.add(taken(span, turn));
            }
        }
        out
    }

    fn lang(&self) -> Option<String> {
        self.document.language()
    }

    fn left_out(&self) -> (usize, usize) {
        (self.artifacts, self.unreadable)
    }
}

/// Returns the direction that most text of a page runs in.
fn usual_turn(spans: &[TextSpan]) -> i32 {
    let mut counts = [0usize; 4];
    for span in spans {
        counts[usize::try_from(span.rotate.rem_euclid(360) / 90).unwrap_or(0) % 4] += span.text.len();
    }
    let most = (0..4).max_by_key(|at| (counts[*at], 4 - at)).unwrap_or(0);
    i32::try_from(most * 90).unwrap_or(0)
}

/// Turns a place so that text runs from left to right.
fn turned(x: f32, y: f32, turn: i32) -> (f32, f32) {
    match turn {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

fn taken(span: TextSpan, turn: i32) -> Span {
    let (x, y) = turned(span.x, span.y, turn);
    let (end_x, _) = turned(span.end_x, span.end_y, turn);
    let path = span.structure.map(|structure| {
        let elements = structure.path.iter();
        elements
            .map(|element| Element {
                kind: kind(element.standard_type),
                id: (element.object.num, element.object.r#gen),
            })
            .collect()
    });
    let span_is_rtl = span.text.chars().any(is_rtl);
    Span {
        text: span.text,
        logical: span.logical,
        x,
        end_x: end_x.max(x),
        y,
        size: if span.size.is_finite() { span.size.abs().max(1.0) } else { 1.0 },
        strong: span.bold,
        emph: span.italic,
        places: if turn == 0 && span_is_rtl { span.glyph_x } else { Box::default() },
        path: path.unwrap_or_default(),
    }
}

fn kind(of: StandardType) -> Kind {
    match of {
        StandardType::P | StandardType::Caption | StandardType::TOCI | StandardType::BibEntry => Kind::Paragraph,
        StandardType::H => Kind::Heading(0),
        StandardType::H1 => Kind::Heading(1),
        StandardType::H2 => Kind::Heading(2),
        StandardType::H3 => Kind::Heading(3),
        StandardType::H4 => Kind::Heading(4),
        StandardType::H5 => Kind::Heading(5),
        StandardType::H6 => Kind::Heading(6),
        StandardType::LI => Kind::Item,
        StandardType::Lbl => Kind::Label,
        StandardType::LBody => Kind::Body,
        StandardType::Table => Kind::Table,
        StandardType::TR => Kind::Row,
        StandardType::TH | StandardType::TD => Kind::Cell,
        StandardType::Note => Kind::Note,
        _ => Kind::Other,
    }
}
