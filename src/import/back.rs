//! Reading back what [`crate::export::markdown`] wrote: the front matter holds everything known about the document,
//! the text its numbers. Nothing is numbered anew, no typography is mended.

use std::ops::Range;

use super::commonmark;
use super::fence::Fields;
use super::front::{choose, letter, plain, split};
use super::markdown::{Dialect, Reading};
use crate::diagnostic::{Code, Warned};
use crate::document::{Block, Document, Frame, Meta, Numbering, Paper, Status};
use crate::locale::{Lang, Locale};
use crate::source::Source;
use crate::yaml::{self, Node};

/// Fields of the front matter.
const FIELDS: &[&str] = &[
    "title",
    "subtitle",
    "kind",
    "frame",
    "language",
    "status",
    "confidentiality",
    "reference",
    "date",
    "date_text",
    "author",
    "keywords",
    "numbering",
    "numbers",
    "contents",
    "paper",
    "style",
    "head",
    "return_line",
    "recipient",
    "info",
    "place_date",
    "subject",
    "blanks",
];

/// Whether a text is a document that the program wrote: its front matter says that the numbers are written.
#[must_use]
pub fn is_written(text: &str) -> bool {
    let (front, _) = split(text);
    front.is_some_and(|front| text[front].lines().any(|line| line.trim_end() == "numbers: written"))
}

/// Reads a document that was written as Markdown; `words` gives the fixed words of a language.
pub fn read(source: &Source, words: impl Fn(Lang) -> Vec<(String, String)>) -> Warned<Document> {
    let mut reading = Reading::new(source);
    reading.dialect = Dialect::Written;
    let (front, body) = split(source.text());
    let root = root(&mut reading, front.clone());
    let front = front.unwrap_or(0..0);
    let mut meta = {
        let mut fields = Fields { reading: &mut reading, base: front.start, name: "front matter", whole: front };
        meta(&mut fields, &root)
    };
    let blocks = commonmark::blocks(&mut reading, &source.text()[body.clone()], body.start);
    meta.words = words_in(meta.locale, &words);
    meta.parallel_words = blocks.iter().find_map(|block| match block {
        Block::Parallel(parallel) => Some(words_in(parallel.locales[1], &words)),
        _ => None,
    });
    Warned { output: Document { meta, blocks }, faults: reading.faults }
}

/// Returns the fixed words of a language, with the digits of the region where they are not 0 to 9.
pub(super) fn words_in(locale: Locale, words: &dyn Fn(Lang) -> Vec<(String, String)>) -> Vec<(String, String)> {
    let mut words = words(locale.lang);
    // The digits go by the region, which the caller does not know.
    words.retain(|(key, _)| key != "digits");
    words.extend(locale.digit_chars().map(|digits| ("digits".to_owned(), digits.to_owned())));
    words
}

/// Reads the front matter; an empty map where there is none.
pub(super) fn root(reading: &mut Reading<'_>, front: Option<Range<usize>>) -> Node {
    let Some(range) = front else { return Node::empty_map() };
    let tree = yaml::parse_generated(&Source::new(reading.source.name(), &reading.source.text()[range.clone()]));
    for fault in tree.faults {
        let at = fault.span.map_or(0, |span| span.bytes.start) + range.start;
        reading.fault(fault.code, at..at + 1, fault.message, fault.hints.join("; "));
    }
    tree.root
}

fn meta(fields: &mut Fields<'_, '_>, root: &Node) -> Meta {
    fields.known(root, FIELDS);
    let frames: Vec<_> = Frame::ALL.iter().map(|frame| (frame.name(), *frame)).collect();
    let statuses = [("draft", Status::Draft), ("final", Status::Final)];
    Meta {
        title: fields.text(root, "title").unwrap_or_default(),
        subtitle: fields.optional(root, "subtitle"),
        kind: fields.text(root, "kind").unwrap_or_default(),
        frame: choose(fields, root, "frame", &frames).unwrap_or(Frame::Terms),
        locale: locale(fields, root, "language").unwrap_or(Lang::En.into()),
        // Nothing becomes final by a mistake in its front matter.
        status: choose(fields, root, "status", &statuses).unwrap_or(Status::Draft),
        confidentiality: fields.optional(root, "confidentiality"),
        reference: fields.optional(root, "reference"),
        date_iso: fields.optional(root, "date"),
        date: fields.optional(root, "date_text"),
        author: fields.optional(root, "author").unwrap_or_default(),
        keywords: texts(fields, root, "keywords"),
        numbering: numbering(fields, root),
        contents: fields.flag(root, "contents"),
        paper: paper(fields, root).unwrap_or(Paper::A4),
        letter: root.get("style").is_some().then(|| letter(fields, root)),
        words: Vec::new(),
        parallel_words: None,
        blanks: texts(fields, root, "blanks"),
    }
}

/// Returns the language of the front matter, if it is given.
pub(super) fn locale(fields: &mut Fields<'_, '_>, root: &Node, field: &str) -> Option<Locale> {
    let tag = fields.optional(root, field)?;
    match tag.parse() {
        Ok(locale) => Some(locale),
        Err(error) => {
            let at = root.get(field).map_or(fields.whole.clone(), |node| fields.place(&node.bytes));
            fields.reading.fault(Code::UnknownLanguage, at, error.to_string(), "write a code such as `en` or `fr-GN`");
            None
        }
    }
}

/// Returns how the document is numbered; not at all if nothing is said.
pub(super) fn numbering(fields: &mut Fields<'_, '_>, root: &Node) -> Numbering {
    let all = [("none", Numbering::None), ("clauses", Numbering::Clauses), ("sections", Numbering::Sections)];
    let found = root.get("numbering").and_then(|_| choose(fields, root, "numbering", &all));
    found.unwrap_or(Numbering::None)
}

/// Returns the size of the paper, if it is given.
pub(super) fn paper(fields: &mut Fields<'_, '_>, root: &Node) -> Option<Paper> {
    root.get("paper").and_then(|_| choose(fields, root, "paper", &[("a4", Paper::A4), ("letter", Paper::Letter)]))
}

/// Returns the texts of a list.
pub(super) fn texts(fields: &mut Fields<'_, '_>, root: &Node, field: &str) -> Vec<String> {
    let nodes = root.get(field).map(|node| fields.items(node).to_vec()).unwrap_or_default();
    nodes.iter().map(|node| plain(node, fields)).collect()
}
