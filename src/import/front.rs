//! Front matter of a rendered template: what is known about the document, and the parts of a letter.

use std::borrow::Cow;
use std::ops::Range;

use super::fence::Fields;
use super::markdown::{self, Dialect, Reading};
use crate::diagnostic::{Code, Warned};
use crate::document::{
    Block, Document, Frame, Inline, Letter, LetterStyle, Letterhead, Meta, Numbering, Paper, Status, direction, number,
};
use crate::locale::Locale;
use crate::source::Source;
use crate::yaml::{self, Node, NodeKind};

/// Fields of the front matter.
const FIELDS: &[&str] = &[
    "frame",
    "title",
    "subtitle",
    "reference",
    "date",
    "author",
    "keywords",
    "numbering",
    "contents",
    "confidentiality",
    "style",
    "head",
    "return_line",
    "recipient",
    "info",
    "place_date",
    "subject",
];

/// What a document has that its template does not say.
#[derive(Debug, Clone)]
pub struct Given {
    /// Kind of document.
    pub kind: String,
    /// Language and region.
    pub locale: Locale,
    /// Draft or final.
    pub status: Status,
    /// Size of the paper.
    pub paper: Paper,
    /// Who may read it, in words.
    pub confidentiality: Option<String>,
    /// Fixed words of the language.
    pub words: Vec<(String, String)>,
    /// Mends the typography of template text.
    pub typography: fn(&str) -> Cow<'_, str>,
    /// Writes a date of the form `2026-03-01` as the language does.
    pub long_date: fn(&str, Locale) -> Option<String>,
}

/// Reads a rendered template: front matter, then Markdown.
pub fn read(source: &Source, given: &Given) -> Warned<Document> {
    let mut reading = Reading::new(source);
    reading.typography = given.typography;
    let (front, body) = split(source.text());
    let mut root = Node::empty_map();
    match &front {
        Some(range) => {
            let tree = yaml::parse_generated(&Source::new(source.name(), &source.text()[range.clone()]));
            for fault in tree.faults {
                let at = fault.span.map_or(0, |span| span.bytes.start) + range.start;
                reading.fault(fault.code, at..at + 1, fault.message, fault.hints.join("; "));
            }
            root = tree.root;
        }
        None => reading.fault(
            Code::BlockInvalid,
            0..1,
            "the template has no front matter",
            "begin with a line `---`, then `frame: letter` and `title: …`, then `---`",
        ),
    }
    let front = front.unwrap_or(0..0);
    let meta = {
        let mut fields =
            Fields { reading: &mut reading, base: front.start, name: "front matter", whole: front.clone() };
        meta(&mut fields, &root, given)
    };
    let blocks = markdown::blocks(&mut reading, body);
    let mut document = Document { meta, blocks };
    document.meta.blanks = std::mem::take(&mut reading.blanks);
    for broken in number::resolve(&mut document) {
        let at = source.text().find(&format!("(#{})", broken.id)).unwrap_or(0);
        let hint = broken.nearest.map_or_else(
            || format!("give the heading the identifier: `## … {{ #{} }}`", broken.id),
            |near| format!("did you mean `#{near}`?"),
        );
        reading.fault(
            Code::ReferenceBroken,
            at..at + broken.id.len() + 3,
            format!("the cross-reference `#{}` leads nowhere", broken.id),
            hint,
        );
    }
    level_headings(&mut document.blocks);
    direction::settle(&mut document);
    Warned { output: document, faults: reading.faults }
}

/// Splits a text into front matter and body, as ranges of bytes.
pub(super) fn split(text: &str) -> (Option<Range<usize>>, Range<usize>) {
    let start = text.len() - text.trim_start().len();
    let Some(rest) = text[start..].strip_prefix("---\n") else { return (None, 0..text.len()) };
    let from = start + 4;
    match rest.find("\n---\n").or_else(|| rest.strip_suffix("\n---").map(str::len)) {
        Some(end) => (Some(from..from + end + 1), (from + end + 5).min(text.len())..text.len()),
        None => (None, 0..text.len()),
    }
}

fn meta(fields: &mut Fields<'_, '_>, root: &Node, given: &Given) -> Meta {
    fields.known(root, FIELDS);
    let frame = choose(
        fields,
        root,
        "frame",
        &[("letter", Frame::Letter), ("agreement", Frame::Agreement), ("terms", Frame::Terms), ("form", Frame::Form)],
    );
    let numbering = match root.get("numbering") {
        Some(_) => choose(
            fields,
            root,
            "numbering",
            &[("none", Numbering::None), ("clauses", Numbering::Clauses), ("sections", Numbering::Sections)],
        ),
        None => Some(Numbering::None),
    };
    let date_iso = fields.optional(root, "date").filter(|date| !date.starts_with('['));
    let keywords = root.get("keywords").map(|node| fields.items(node).to_vec()).unwrap_or_default();
    let keywords = keywords.iter().map(|node| plain(node, fields)).collect();
    let letter = (frame == Some(Frame::Letter)).then(|| letter(fields, root));
    Meta {
        kind: given.kind.clone(),
        frame: frame.unwrap_or(Frame::Terms),
        locale: given.locale,
        title: fields.text(root, "title").unwrap_or_default(),
        subtitle: fields.optional(root, "subtitle"),
        reference: fields.optional(root, "reference"),
        date: date_iso.as_deref().and_then(|date| (given.long_date)(date, given.locale)),
        date_iso,
        author: fields.optional(root, "author").unwrap_or_default(),
        keywords,
        confidentiality: fields.optional(root, "confidentiality").or_else(|| given.confidentiality.clone()),
        status: given.status,
        contents: fields.flag(root, "contents"),
        numbering: numbering.unwrap_or(Numbering::None),
        paper: given.paper,
        letter,
        words: given.words.clone(),
        parallel_words: None,
        blanks: Vec::new(),
    }
}

pub(super) fn choose<T: Copy>(
    fields: &mut Fields<'_, '_>,
    root: &Node,
    field: &str,
    choices: &[(&str, T)],
) -> Option<T> {
    let text = fields.text(root, field)?;
    let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        let at = root.get(field).map_or(fields.whole.clone(), |node| fields.place(&node.bytes));
        fields.reading.fault(
            Code::BlockInvalid,
            at,
            format!("`{field}` cannot be `{text}`"),
            format!("write one of {}", names.join(", ")),
        );
    }
    found
}

pub(super) fn letter(fields: &mut Fields<'_, '_>, root: &Node) -> Letter {
    let style = choose(fields, root, "style", &[("unit", LetterStyle::Unit), ("authority", LetterStyle::Authority)])
        .unwrap_or(LetterStyle::Unit);
    let head = match root.get("head") {
        Some(node) => {
            fields.known(node, &["state", "motto", "lines", "contact"]);
            Letterhead {
                state: fields.optional(node, "state"),
                motto: fields.optional(node, "motto"),
                lines: contents(fields, node, "lines"),
                contact: lines(fields, node, "contact"),
            }
        }
        None => Letterhead::default(),
    };
    let info = root.get("info").map(|node| fields.items(node).to_vec()).unwrap_or_default();
    let info = info.iter().filter_map(|node| {
        fields.known(node, &["label", "value"]);
        let value = fields.inlines(node, "value");
        Some((fields.text(node, "label")?, value)).filter(|(_, value)| !value.is_empty())
    });
    let info: Vec<(String, Vec<Inline>)> = info.collect();
    Letter {
        style,
        head,
        return_line: fields.optional(root, "return_line"),
        recipient: contents(fields, root, "recipient"),
        info,
        place_date: fields.inlines(root, "place_date"),
        subject: fields.inlines(root, "subject"),
    }
}

fn lines(fields: &mut Fields<'_, '_>, node: &Node, field: &str) -> Vec<String> {
    let nodes = node.get(field).map(|node| fields.items(node).to_vec()).unwrap_or_default();
    nodes.iter().map(|node| plain(node, fields)).filter(|line| !line.trim().is_empty()).collect()
}

/// Returns lines that keep their languages and their missing values.
fn contents(fields: &mut Fields<'_, '_>, node: &Node, field: &str) -> Vec<Vec<Inline>> {
    let nodes = node.get(field).map(|node| fields.items(node).to_vec()).unwrap_or_default();
    nodes.iter().map(|node| fields.inline_of(node)).filter(|line| !line.is_empty()).collect()
}

/// Returns a value's text; missing values in it are noted, since they stand as plain text.
pub(super) fn plain(node: &Node, fields: &mut Fields<'_, '_>) -> String {
    if let (NodeKind::Scalar { text, .. }, Dialect::Written) = (&node.kind, fields.reading.dialect) {
        return text.clone();
    }
    let content = fields.inline_of(node);
    fields.reading.blanks.extend(crate::document::walk::blanks_of(&content));
    crate::document::walk::plain(&content)
}

/// Closes gaps between levels of headings, which PDF/UA-1 forbids (ISO 14289-1 §7.4.2).
pub(super) fn level_headings(blocks: &mut [Block]) {
    let mut last = 0;
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level).min(last + 1);
            last = *level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given {
            kind: "x".into(),
            locale: crate::locale::Lang::En.into(),
            status: Status::Draft,
            paper: Paper::A4,
            confidentiality: None,
            words: vec![("ref-clause".into(), "clause {n}".into())],
            typography: |text| Cow::Borrowed(text),
            long_date: |date, _| Some(date.to_owned()),
        }
    }

    fn read_text(text: &str) -> Warned<Document> {
        read(&Source::new("x.md", text), &given())
    }

    #[test]
    fn clauses_are_numbered_and_cited() {
        let read = read_text(
            "---\nframe: agreement\ntitle: A\nnumbering: clauses\n---\n## One\n\n1. first\n2. second { #two }\n   1. sub\n\n## Two\n\nSee [](#two).\n",
        );
        assert_eq!(read.faults, []);
        let numbers: Vec<_> = read
            .output
            .blocks
            .iter()
            .map(|block| match block {
                Block::Heading { number, .. } => number.clone().unwrap_or_default(),
                Block::Clause { number, .. } => number.clone(),
                Block::Para { content, .. } => crate::document::walk::plain(content),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(numbers, ["1", "1.1", "1.2", "2", "See clause 1.2."]);
    }

    #[test]
    fn faults_of_the_front_matter_are_all_named() {
        let read = read_text("---\nframe: lettre\ntitel: A\n---\nSee [](#nothing).\n");
        let messages: Vec<_> = read.faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`front matter` has no field `titel`",
                "`frame` cannot be `lettre`",
                "`front matter` lacks the field `title`",
                "the cross-reference `#nothing` leads nowhere"
            ]
        );
        assert!(read.faults.iter().any(|fault| fault.hints.iter().any(|hint| hint.contains("`title`"))));
    }
}
