//! PDF to a draft: the text that is set on the pages, brought back to paragraphs.
//!
//! A PDF holds pieces of text with places on pages. Where it is tagged (ISO 32000-1 §14.7), its structure says what a
//! paragraph, a heading, a list or a table is, and that is taken. Where it is not, lines are rebuilt from the places,
//! and paragraphs from the lines; that is a guess, and told. Running headers, footers and page numbers are left out,
//! words divided at the ends of lines are joined, Arabic is brought from the order of the eye to that of reading.

mod backend;
mod line;
mod page;
mod paragraph;
mod rtl;
mod tagged;

use self::backend::{Element, Opened};
use self::line::Line;
use crate::document::draft::{Block, Caveat, Draft, DraftFormat, Para, Run, Story, StoryKind};
use crate::locale::Lang;

/// Most pages.
const MAX_PAGES: usize = 20_000;
/// Most pieces of text of all pages.
const MAX_SPANS: usize = 4_000_000;
/// Most text of all pages, in bytes.
const MAX_TEXT: usize = 128 << 20;
/// Largest file, in bytes.
const MAX_FILE: usize = 512 << 20;

/// Why a PDF could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It is locked with a password.
    #[error("it is locked with a password; open it with the password and print or save it without one")]
    Locked,
    /// Its pages are pictures.
    #[error(
        "its {pages} pages hold no text, they are scanned pictures; make a searchable PDF of it with a program for text recognition (OCR) first"
    )]
    Scanned {
        /// How many pages it has.
        pages: usize,
    },
    /// It is damaged, or no PDF.
    #[error("it is damaged ({0}); save it again from the program it came from")]
    Damaged(String),
    /// It is too large to be a contract.
    #[error("it is larger than any contract ({0}); cut it into parts")]
    TooLarge(&'static str),
}

/// A piece of text on a page.
#[derive(Debug, Clone, PartialEq, Default)]
struct Span {
    /// Its characters.
    pub text: String,
    /// Whether they are in the order of reading; else those from right to left are in the order of the eye.
    pub logical: bool,
    /// Left end.
    pub x: f32,
    /// Right end.
    pub end_x: f32,
    /// Baseline, upwards.
    pub y: f32,
    /// Size of the letters.
    pub size: f32,
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is italic.
    pub emph: bool,
    /// Where each character stands; empty for Latin text.
    pub places: Box<[f32]>,
    /// Where it belongs in the structure, the outermost element first; empty where that is not said.
    pub path: Vec<Element>,
}

/// A page with its text.
#[derive(Debug, Clone, PartialEq, Default)]
struct Page {
    /// Pieces of text in the order of reading, as far as the file says it.
    pub spans: Vec<Span>,
    /// Lower edge.
    pub bottom: f32,
    /// Upper edge.
    pub top: f32,
}

impl Page {
    /// Adds a piece of text, to the one before where it goes on with it: some programs place every letter by itself.
    fn add(&mut self, span: Span) {
        let joins = self.spans.last().is_some_and(|last| {
            let gap = (span.x - last.end_x) / span.size;
            last.y == span.y
                && last.size == span.size
                && (last.strong, last.emph) == (span.strong, span.emph)
                && (-0.3..line::BLANK).contains(&gap)
                && last.path == span.path
                && !last.text.chars().chain(span.text.chars()).any(rtl::is_rtl)
        });
        match self.spans.last_mut() {
            Some(last) if joins => {
                last.text.push_str(&span.text);
                last.end_x = last.end_x.max(span.end_x);
            }
            _ => self.spans.push(span),
        }
    }
}

/// What a reader of PDF files must give.
trait Source {
    /// Returns how many pages there are.
    fn pages(&self) -> usize;
    /// Reads a page; what cannot be read of it is left out.
    fn page(&mut self, index: usize) -> Page;
    /// Returns the language that the file says it is in.
    fn lang(&self) -> Option<String>;
    /// Returns how many pieces were left out: marked as no part of the text, and unreadable.
    fn left_out(&self) -> (usize, usize);
}

/// Reads a PDF file.
///
/// # Errors
///
/// If it is locked, damaged, without text, or too large.
pub fn read(bytes: &[u8]) -> Result<Draft, PdfError> {
    if bytes.len() > MAX_FILE {
        return Err(PdfError::TooLarge("more than 512 MB"));
    }
    // The PDF crate is young: what it does not foresee must not end the program.
    let read = std::panic::catch_unwind(|| {
        let mut source = Opened::open(bytes.to_vec())?;
        let pages = pages(&mut source)?;
        Ok((pages, source.lang(), source.left_out()))
    });
    let (pages, lang, left_out) =
        read.unwrap_or_else(|_| Err(PdfError::Damaged("its structure makes no sense".to_owned())))?;
    Ok(draft(pages, lang.as_deref(), left_out))
}

fn pages(source: &mut impl Source) -> Result<Vec<Page>, PdfError> {
    let count = source.pages();
    if count > MAX_PAGES {
        return Err(PdfError::TooLarge("more than 20,000 pages"));
    }
    let mut pages = Vec::with_capacity(count);
    let (mut spans, mut text) = (0, 0);
    for index in 0..count {
        let page = source.page(index);
        spans += page.spans.len();
        text += page.spans.iter().map(|span| span.text.len()).sum::<usize>();
        if spans > MAX_SPANS || text > MAX_TEXT {
            return Err(PdfError::TooLarge("more than 128 MB of text"));
        }
        pages.push(page);
    }
    if !pages.iter().flat_map(|page| &page.spans).any(|span| span.text.contains(char::is_alphanumeric)) {
        return Err(PdfError::Scanned { pages: count });
    }
    Ok(pages)
}

/// Makes a draft of pages.
fn draft(mut pages: Vec<Page>, lang: Option<&str>, left_out: (usize, usize)) -> Draft {
    let mut caveats = Vec::new();
    let mut tell = |count: usize, text: &str| {
        if count > 0 {
            caveats.push(Caveat { text: text.to_owned(), count });
        }
    };
    let empty = pages.iter().filter(|page| page.spans.is_empty()).count();
    let tagged = tagged::is_tagged(&pages);
    let ((mut blocks, notes), running) = if tagged {
        (tagged::blocks(pages), left_out.0)
    } else {
        let running = page::drop_running(&mut pages);
        ((paragraph::blocks(&pages), 0), running + left_out.0)
    };
    tell(running, "running headers, footers and page numbers of the PDF were left out");
    tell(empty, "pages of the PDF hold no text; if they are scanned, they were not read");
    tell(left_out.1, "pieces of the PDF could not be read");
    if tagged {
        tell(notes, "notes of the PDF stand at the end of its text; their places are not known");
        tell(1, "the PDF was read by its tags; pictures and formatting are not known");
    } else {
        tell(1, "paragraphs and headings of the PDF are guessed; tables, notes, pictures and formatting are not known");
    }
    let (mut paras, mut tables) = (0, 0);
    count(&mut blocks, &mut paras, &mut tables);
    let lang = lang.and_then(|tag| Lang::from_code(tag.split(['-', '_']).next()?));
    let story = Story { kind: StoryKind::Body, name: String::new(), blocks };
    Draft { format: DraftFormat::Pdf, lang, stories: vec![story], comments: Vec::new(), caveats }
}

/// Numbers paragraphs and tables in the order of the text.
fn count(blocks: &mut [Block], paras: &mut u32, tables: &mut u32) {
    for block in blocks {
        match block {
            Block::Para(para) => {
                para.source = *paras;
                *paras += 1;
            }
            Block::Table(table) => {
                table.source = *tables;
                *tables += 1;
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    count(&mut cell.blocks, paras, tables);
                }
            }
        }
    }
}

/// Makes a paragraph of lines that belong together.
fn para(text: String, heading: Option<u8>) -> Para {
    Para { heading, runs: Vec::<Run>::new(), ..Para::plain(text) }
}

/// Whether most of the letters of some lines are bold.
fn is_strong(lines: &[Line]) -> bool {
    lines.iter().all(|line| line.strong)
}

#[cfg(test)]
mod tests;
