//! Document to one self-contained page of HTML: for the screen, for a reader aloud, for paper.
//!
//! The page holds its style sheet and nothing else: no script, no font, no address that a browser would load, and
//! a policy in its head that forbids them. Whatever comes from the document passes through `escape`; numbers of
//! headings and clauses are text, as the document has them; fixed words come from the document's words.

mod block;
mod escape;
mod inline;
mod letter;
mod page;
mod question;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::escape::attr;
use crate::document::direction::without_isolates;
use crate::document::{Block, Document, Frame, LetterStyle, Meta, Status, walk};
use crate::locale::Lang;

/// The style of every page.
const STYLE: &str = include_str!("html.css");

/// What the page may load and send: nothing, beside the style that it holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// From so many headings of the highest level a list of contents is worth its place.
const CONTENTS_FROM: usize = 8;

/// Writes a document as a page of HTML. The same document gives the same text.
pub fn write(document: &Document) -> String {
    let mut writer = Writer::new(document);
    writer.opening(document);
    writer.out.push_str("<main>\n");
    writer.heading_of_main(document);
    writer.contents(document);
    writer.blocks(&document.blocks);
    writer.endnotes();
    writer.out.push_str("</main>\n");
    writer.closing(&document.meta);
    format!("{}{}</div>\n</body>\n</html>\n", head(document), writer.out)
}

/// Everything up to the first element that is seen.
fn head(document: &Document) -> String {
    let meta = &document.meta;
    let title = if meta.title.trim().is_empty() { &meta.kind } else { &meta.title };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"format-detection\" content=\"telephone=no\">\n\
         <title>{}</title>\n",
        attr(&meta.locale.to_string()),
        direction(meta.locale.lang),
        attr(&without_isolates(title)),
    );
    let subject = meta.letter.as_ref().map(|letter| walk::plain(&letter.subject)).filter(|text| !text.is_empty());
    let description = meta.subtitle.clone().or(subject).unwrap_or_else(|| title.clone());
    let entries = [
        ("description", Some(description)),
        ("author", (!meta.author.is_empty()).then(|| meta.author.clone())),
        ("keywords", (!meta.keywords.is_empty()).then(|| meta.keywords.join(", "))),
        ("date", meta.date_iso.clone()),
        ("generator", Some("engross".to_owned())),
    ];
    for (name, value) in entries {
        if let Some(value) = value {
            out.push_str(&format!("<meta name=\"{name}\" content=\"{}\">\n", attr(&value)));
        }
    }
    let style = match meta.letter.as_ref().map(|letter| letter.style) {
        Some(LetterStyle::Unit) => " unit",
        Some(LetterStyle::Authority) => " authority",
        None => "",
    };
    // What is set in the document's own values comes last: it goes before the general rules.
    out.push_str(&format!(
        "<style>\n{STYLE}{}</style>\n</head>\n<body class=\"{}{style}\">\n",
        page::rules(meta),
        meta.frame.name(),
    ));
    if let Some(draft) = draft(meta) {
        out.push_str(&format!("<div class=\"watermark\" aria-hidden=\"true\">{}</div>\n", attr(draft)));
    }
    out.push_str("<div class=\"sheet\">\n");
    out
}

/// Returns the word that a draft bears; `None` where the document is final.
fn draft(meta: &Meta) -> Option<&str> {
    match meta.status {
        Status::Draft => Some(find_word(&meta.words, "draft").unwrap_or("DRAFT")),
        Status::Final => None,
    }
}

/// Returns a fixed word.
fn find_word<'a>(words: &'a [(String, String)], key: &str) -> Option<&'a str> {
    words.iter().find(|(name, _)| name == key).map(|(_, word)| word.as_str())
}

/// Returns the direction of a language as HTML names it.
fn direction(lang: Lang) -> &'static str {
    if lang.is_rtl() { "rtl" } else { "ltr" }
}

/// The page as far as it is written.
struct Writer<'a> {
    out: String,
    /// Fixed words of the language that is being written.
    words: &'a [(String, String)],
    /// Fixed words of the second column's language.
    second: Option<&'a [(String, String)]>,
    /// The language that is being written.
    lang: Lang,
    /// Identifiers of the document's targets → those of the page.
    targets: BTreeMap<String, String>,
    /// The targets that have no place as yet: the first of several of one name is the target.
    unplaced: BTreeSet<String>,
    /// Every identifier of the page.
    taken: BTreeSet<String>,
    /// Every name of a place to fill.
    names: BTreeSet<String>,
    /// Footnotes, written.
    notes: Vec<String>,
    /// What is added to the level of a heading.
    shift: i16,
    /// Level of the last heading.
    level: i16,
    /// The column that is being written, of a document in two languages.
    column: usize,
    /// The last paragraph in each column, where nothing came after it: it asks what follows.
    before: [Option<String>; 2],
    /// Identifiers given to headings that the contents point to, in their order.
    listed: std::collections::VecDeque<String>,
    /// Whether the document is a letter.
    letter: bool,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        let meta = &document.meta;
        let mut writer = Self {
            out: String::new(),
            words: &meta.words,
            second: meta.parallel_words.as_deref(),
            lang: meta.locale.lang,
            targets: BTreeMap::new(),
            unplaced: BTreeSet::new(),
            taken: BTreeSet::new(),
            names: BTreeSet::new(),
            notes: Vec::new(),
            shift: 2 - highest(&document.blocks).unwrap_or(1),
            level: 1,
            column: 0,
            before: [None, None],
            listed: std::collections::VecDeque::new(),
            letter: meta.letter.is_some(),
        };
        writer.gather(&document.blocks);
        writer
    }

    /// Gives every target of the document an identifier on the page.
    fn gather(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { id, .. } => self.target(id.as_deref()),
                Block::Clause { id, blocks, .. } => {
                    self.target(id.as_deref());
                    self.gather(blocks);
                }
                Block::Quote(blocks) | Block::Note(blocks) => self.gather(blocks),
                Block::List { items, .. } => items.iter().for_each(|item| self.gather(item)),
                Block::Parallel(parallel) => parallel.rows.iter().flatten().for_each(|side| self.gather(side)),
                _ => {}
            }
        }
    }

    fn target(&mut self, id: Option<&str>) {
        if let Some(id) = id.filter(|id| !id.is_empty() && !self.targets.contains_key(*id)) {
            let own = self.fresh(&escape::identifier(id));
            self.targets.insert(id.to_owned(), own);
            self.unplaced.insert(id.to_owned());
        }
    }

    /// Returns an identifier that the page does not have, as near as can be to the one wished for.
    fn fresh(&mut self, wish: &str) -> String {
        let own = unused(&self.taken, wish);
        self.taken.insert(own.clone());
        own
    }

    /// Returns the name of a place to fill: the identifier of its question. What has it already, as the other
    /// column of a document in two languages, is told apart by the language.
    fn name(&mut self, id: &str) -> String {
        let own = if self.names.contains(id) {
            unused(&self.names, &format!("{id}-{}", self.lang.code()))
        } else {
            id.to_owned()
        };
        self.names.insert(own.clone());
        own
    }

    /// Returns the attribute of a target, once; the empty text where there is none.
    fn id_attribute(&mut self, id: Option<&str>) -> String {
        let own = id.filter(|id| self.unplaced.remove(*id)).and_then(|id| self.targets.get(id));
        own.map(|own| format!(" id=\"{}\"", attr(own))).unwrap_or_default()
    }

    /// Returns a fixed word, or the empty text.
    fn word(&self, key: &str) -> &'a str {
        find_word(self.words, key).unwrap_or_default()
    }

    /// Returns a fixed word with the colon of the language, escaped.
    fn labelled(&self, key: &str) -> String {
        let colon = find_word(self.words, "colon").unwrap_or(":");
        attr(&format!("{}{colon}", self.word(key)))
    }

    fn is_rtl(&self) -> bool {
        self.lang.is_rtl()
    }

    /// Writes the opening: the mark of a draft, the letterhead or the title.
    fn opening(&mut self, document: &Document) {
        let meta = &document.meta;
        let draft = draft(meta).map(|word| format!("<p class=\"draft\" role=\"note\">{}</p>\n", attr(word)));
        let inner = match &meta.letter {
            Some(letter) => self.letterhead(letter),
            None if meta.frame == Frame::Parallel => String::new(),
            None => self.title(meta),
        };
        if draft.is_some() || !inner.is_empty() {
            self.out.push_str(&format!("<header>\n{}{inner}</header>\n", draft.unwrap_or_default()));
        }
    }

    /// Returns title, subtitle, reference and date.
    fn title(&self, meta: &Meta) -> String {
        let mut out = String::new();
        if let Some(text) = &meta.confidentiality {
            out.push_str(&format!("<p class=\"confidential\">{}</p>\n", attr(text)));
        }
        let title = if meta.title.trim().is_empty() { &meta.kind } else { &meta.title };
        out.push_str(&format!("<h1>{}</h1>\n", self.text(title)));
        if let Some(text) = &meta.subtitle {
            out.push_str(&format!("<p class=\"subtitle\">{}</p>\n", self.text(text)));
        }
        let rows: Vec<String> = [("reference", &meta.reference), ("date", &meta.date)]
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.as_ref()?)))
            .map(|(key, value)| {
                format!("<div><dt>{}</dt> <dd>{}</dd></div>\n", self.labelled(key), self.isolated(value))
            })
            .collect();
        if !rows.is_empty() {
            out.push_str(&format!("<dl class=\"facts\">\n{}</dl>\n", rows.concat()));
        }
        out
    }

    /// Opens the main part: the parts of a letter above its text, or a title for a page that shows none.
    fn heading_of_main(&mut self, document: &Document) {
        let meta = &document.meta;
        if let Some(letter) = &meta.letter {
            self.letter_opening(letter, meta);
        }
        let shown = match &meta.letter {
            Some(letter) => !letter.subject.is_empty(),
            None if meta.frame == Frame::Parallel => document.blocks.iter().any(|block| match block {
                Block::Parallel(parallel) => {
                    parallel.rows.iter().any(|row| row[0].iter().any(|b| matches!(b, Block::Heading { level: 1, .. })))
                }
                _ => false,
            }),
            None => true,
        };
        if !shown {
            self.out.push_str(&format!("<h1 class=\"hidden\">{}</h1>\n", attr(&meta.title)));
        } else if meta.frame == Frame::Parallel && meta.letter.is_none() {
            // The first heading of the first column is the title.
            self.level = 0;
        }
    }

    /// Writes the list of contents, where one is wanted and the document is long enough.
    fn contents(&mut self, document: &Document) {
        let Some(highest) = highest(&document.blocks) else { return };
        let listed: Vec<_> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level, number, id, content } if i16::from(*level) == highest => {
                    Some((number, id, content))
                }
                _ => None,
            })
            .collect();
        if !document.meta.contents || listed.len() < CONTENTS_FROM {
            return;
        }
        let title = self.fresh("contents");
        let word = attr(self.word("contents"));
        self.out.push_str(&format!(
            "<nav class=\"contents\" aria-labelledby=\"{title}\">\n<p id=\"{title}\">{word}</p>\n<ul>\n"
        ));
        let mut placed = BTreeSet::new();
        for (at, (number, id, content)) in listed.into_iter().enumerate() {
            let known = id.as_ref().and_then(|id| self.targets.get(id)).filter(|own| placed.insert((*own).clone()));
            let own = known.cloned().unwrap_or_else(|| unused(&self.taken, &format!("heading-{}", at + 1)));
            self.taken.insert(own.clone());
            let number = number.as_ref().map(|n| format!("<span class=\"n\">{}</span> ", attr(n))).unwrap_or_default();
            let text = self.text(&walk::plain(content));
            self.out.push_str(&format!("<li><a href=\"#{}\">{number}{text}</a></li>\n", attr(&own)));
            self.listed.push_back(own);
        }
        self.out.push_str("</ul>\n</nav>\n");
    }

    /// Writes the footnotes; the number of each leads back to its place.
    fn endnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let notes = self.notes.concat();
        self.out.push_str(&format!("<section class=\"notes\" role=\"doc-endnotes\">\n{notes}</section>\n"));
    }

    /// Writes what stands at the foot of the document.
    fn closing(&mut self, meta: &Meta) {
        let mut parts = Vec::new();
        parts.extend(meta.reference.as_ref().map(|text| format!("<span>{}</span>", self.isolated(text))));
        parts.extend(meta.confidentiality.as_ref().map(|text| format!("<strong>{}</strong>", attr(text))));
        if !parts.is_empty() {
            self.out.push_str(&format!("<footer>\n<p>{}</p>\n</footer>\n", parts.join(" · ")));
        }
    }
}

/// Returns the wish, with a number behind it where it is taken.
fn unused(taken: &BTreeSet<String>, wish: &str) -> String {
    let mut own = wish.to_owned();
    let mut count = 1;
    while taken.contains(&own) {
        count += 1;
        own = format!("{wish}-{count}");
    }
    own
}

/// Returns the level of the highest headings.
fn highest(blocks: &[Block]) -> Option<i16> {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(i16::from(*level)),
        _ => None,
    });
    levels.min()
}
