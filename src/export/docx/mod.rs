//! Document to a Word file (Office Open XML, ECMA-376, transitional).
//!
//! What Word can do is left to Word: headings have its heading styles, numbers are lists that it counts,
//! cross-references and page numbers are fields, boxes to tick are content controls. The same document gives the
//! same bytes: no clock, no random identifiers, entries in a fixed order.
//!
//! All text goes through `markup::escape`, so that nothing of a case file can become markup; instructions of
//! fields hold only names made here.

mod bidi;
mod block;
mod closing;
mod form;
mod inline;
mod language;
mod letter;
mod link;
mod markup;
mod numbering;
mod package;
mod page;
mod parallel;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod theme;

use std::collections::BTreeMap;

use self::block::At;
use self::inline::Target;
use self::markup::put;
use self::numbering::Numbering;
use self::package::{NAMESPACES, Package};
use self::page::Look;
use crate::document::{Block, Document, Frame, Numbering as Numbered, walk};
use crate::locale::Lang;

/// Writes a document as a `.docx` file and returns its bytes.
///
/// Any document can be written: what Word has no means for (a number that it cannot count, an address that it
/// would not open) becomes text.
#[must_use]
pub fn write(document: &Document) -> Vec<u8> {
    let mut writer = Writer::new(document);
    let body = writer.body();
    let head = writer.head();
    Package::of(&mut writer, &body, &head).bytes()
}

/// The part that is being written: each has its own relationships, and not all may have footnotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Notes,
    Header,
}

/// The lists of headings and clauses of one column.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    /// List of headings, and of clauses below them; 0 for none.
    outline: u32,
    /// List of clauses before any article; 0 for none.
    free: u32,
    /// Whether the lists are of articles and clauses, not of sections.
    clauses: bool,
    /// Whether the last clause of the first level was before any article.
    alone: bool,
}

/// What is known while a document is written.
#[derive(Debug)]
struct Writer<'a> {
    document: &'a Document,
    look: Look,
    numbering: Numbering,
    scopes: [Scope; 3],
    bullet_list: u32,
    decimal_list: u32,
    targets: BTreeMap<String, Target>,
    /// Names of the bookmarks that have been set.
    marks: Vec<String>,
    /// Addresses of links: of the body, of the footnotes, of the header.
    relations: [Vec<String>; 3],
    notes: Vec<String>,
    controls: u32,
    place: Place,
    toc_level: u8,
    toc_count: usize,
    toc_next: usize,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        let look = Look::of(document);
        let mut targets = BTreeMap::new();
        gather(&document.blocks, &mut targets);
        let levels = document.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        });
        let toc_level = levels.min().unwrap_or(1);
        let mut writer = Self {
            document,
            look,
            numbering: Numbering::default(),
            scopes: [Scope::default(); 3],
            bullet_list: 0,
            decimal_list: 0,
            targets,
            marks: Vec::new(),
            relations: Default::default(),
            notes: Vec::new(),
            controls: 0,
            place: Place::Body,
            toc_level,
            toc_count: 0,
            toc_next: 0,
        };
        writer.scopes[0] = writer.scope(&document.blocks, document.meta.locale.lang, true);
        let parallel = document.blocks.iter().find_map(|block| match block {
            Block::Parallel(parallel) => Some(parallel),
            _ => None,
        });
        if let Some(parallel) = parallel {
            for side in 0..2 {
                let column: Vec<Block> = parallel.rows.iter().flat_map(|row| row[side].iter().cloned()).collect();
                writer.scopes[side + 1] = writer.scope(&column, parallel.locales[side].lang, false);
            }
        }
        writer
    }

    /// Makes the lists that the headings and clauses of a column need.
    fn scope(&mut self, blocks: &[Block], lang: Lang, main: bool) -> Scope {
        let style = self.document.meta.numbering;
        let has_clauses = blocks.iter().any(|block| matches!(block, Block::Clause { .. }));
        let numbered = blocks.iter().any(|block| matches!(block, Block::Heading { number: Some(_), .. }));
        let linked = main && style != Numbered::None;
        if !has_clauses && !numbered {
            return Scope::default();
        }
        let base = self.look.base;
        let clauses = has_clauses || style == Numbered::Clauses;
        if !clauses {
            let outline = self.numbering.define(numbering::sections(linked, base));
            return Scope { outline, ..Scope::default() };
        }
        let mark = self.word_in(lang, "ref-sub_clause").unwrap_or("({n})");
        let linked = linked && style == Numbered::Clauses;
        let outline = self.numbering.define(numbering::articles(mark, lang, false, linked, base));
        let free =
            blocks.iter().any(|block| matches!(block, Block::Clause { number, level: 1, .. } if number.ends_with('.')));
        let free = if free { self.numbering.define(numbering::articles(mark, lang, true, false, base)) } else { 0 };
        Scope { outline, free, clauses, alone: false }
    }

    /// Returns a fixed word of the document's language.
    fn word(&self, key: &str) -> Option<&'a str> {
        self.word_in(self.document.meta.locale.lang, key)
    }

    /// Returns a fixed word of one of the document's languages.
    fn word_in(&self, lang: Lang, key: &str) -> Option<&'a str> {
        let meta = &self.document.meta;
        let words = match &meta.parallel_words {
            Some(words) if lang != meta.locale.lang => words,
            _ => &meta.words,
        };
        words.iter().find(|(name, _)| name == key).map(|(_, word)| word.as_str())
    }

    fn rtl(&self) -> bool {
        self.document.meta.locale.lang.is_rtl()
    }

    /// The tag of runs from right to left.
    fn arabic_tag(&self) -> &'static str {
        let locale = self.document.meta.locale;
        let region = locale.region;
        language::tag(crate::locale::Locale::new(Lang::Ar, region))
    }

    /// Returns the relationship of a link in the part that is being written.
    fn relation(&mut self, target: &str) -> String {
        let relations = &mut self.relations[self.place as usize];
        let at = relations.iter().position(|known| known == target).unwrap_or_else(|| {
            relations.push(target.to_owned());
            relations.len() - 1
        });
        format!("rIdLink{}", at + 1)
    }

    fn at(&self) -> At {
        At {
            width: self.look.width(),
            indent: 0,
            depth: 0,
            locale: self.document.meta.locale,
            keep: false,
            style: "",
            column: 0,
        }
    }

    /// Returns the body without its section properties.
    fn body(&mut self) -> String {
        let document = self.document;
        let at = self.at();
        let mut out = match (&document.meta.letter, document.meta.frame) {
            (Some(letter), _) => self.letter_opening(letter, at),
            // The titles of both languages are in the rows.
            (None, Frame::Parallel) => String::new(),
            (None, _) => self.title_block(),
        };
        out.push_str(&self.contents(&document.blocks));
        out.push_str(&self.blocks(&document.blocks, at));
        out
    }

    /// Returns what stands in the header of the first page.
    fn head(&mut self) -> String {
        let at = self.at();
        match &self.document.meta.letter {
            Some(letter) => self.letter_header(letter, at),
            None => String::new(),
        }
    }

    /// Returns the part `word/footnotes.xml`, if there are any.
    fn footnotes(&self) -> Option<String> {
        if self.notes.is_empty() {
            return None;
        }
        let mut out = format!("<w:footnotes {NAMESPACES}>");
        for (id, kind, mark) in [(-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator")]
        {
            put!(
                out,
                "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" \
                 w:lineRule=\"auto\"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>"
            );
        }
        out.push_str(&self.notes.concat());
        out.push_str("</w:footnotes>");
        Some(out)
    }
}

/// Gathers the targets of cross-references; an identifier that comes twice leads to its first place.
fn gather(blocks: &[Block], targets: &mut BTreeMap<String, Target>) {
    for block in blocks {
        let (id, number, text) = match block {
            Block::Heading { id: Some(id), number, content, .. } => (id, number.as_deref(), walk::plain(content)),
            Block::Clause { id: Some(id), number, .. } => (id, Some(number.as_str()), String::new()),
            _ => {
                inner(block, targets);
                continue;
            }
        };
        if !targets.contains_key(id) {
            // Letters that all programs take in a name, and the count, which makes it the only one.
            let name: String = id.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
            let bookmark = format!("_Ref{:03}{name}", targets.len() + 1);
            // Word leaves out the full stop after a number.
            let number = number
                .filter(|number| !number.contains('%'))
                .map(|number| number.trim_end_matches('.').to_owned())
                .filter(|number| !number.is_empty());
            targets.insert(id.clone(), Target { bookmark, number, text });
        }
        inner(block, targets);
    }
}

fn inner(block: &Block, targets: &mut BTreeMap<String, Target>) {
    match block {
        Block::Clause { blocks, .. } | Block::Quote(blocks) | Block::Note(blocks) => gather(blocks, targets),
        Block::List { items, .. } => items.iter().for_each(|item| gather(item, targets)),
        Block::Parallel(parallel) => parallel.rows.iter().flatten().for_each(|side| gather(side, targets)),
        _ => {}
    }
}
