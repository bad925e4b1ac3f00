//! Pieces of text: runs, links, cross-references, footnotes, blanks.

use super::bidi;
use super::language;
use super::link;
use super::markup::{FIELD_END, Paragraph, Run, escape, field_start};
use super::{Place, Writer};
use crate::document::{Inline, walk};
use crate::locale::Locale;

/// Text on its way into runs: pieces of one look each, and markup between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(String, Run),
    /// Finished markup that has no text of its own.
    Markup(String),
    Break,
}

impl Content {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str, run: Run) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned(), run));
        }
    }

    /// Adds finished markup.
    pub(super) fn markup(&mut self, markup: String) {
        self.pieces.push(Piece::Markup(markup));
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.pieces.push(Piece::Break);
    }

    /// Returns whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// A target of cross-references.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Name of its bookmark.
    pub(super) bookmark: String,
    /// Its number, if Word counts it.
    pub(super) number: Option<String>,
    /// Its text, if it is a heading.
    pub(super) text: String,
}

impl Writer<'_> {
    /// Returns the runs of inline content in a paragraph of this direction.
    pub(super) fn inlines(&mut self, content: &[Inline], run: Run, locale: Locale, rtl: bool) -> String {
        let content = self.content(content, run, locale);
        self.runs(&content, rtl)
    }

    /// Returns inline content as pieces.
    pub(super) fn content(&mut self, content: &[Inline], run: Run, locale: Locale) -> Content {
        let mut out = Content::default();
        self.gather(content, run, locale, false, &mut out);
        out
    }

    /// Returns the runs of a text.
    pub(super) fn text(&self, text: &str, run: Run, rtl: bool) -> String {
        let mut content = Content::default();
        content.text(text, run);
        self.runs(&content, rtl)
    }

    fn gather(&mut self, all: &[Inline], run: Run, locale: Locale, in_link: bool, out: &mut Content) {
        for inline in all {
            match inline {
                Inline::Text(text) => out.text(text, run),
                Inline::Strong(content) => self.gather(content, Run { bold: true, ..run }, locale, in_link, out),
                Inline::Emph(content) => {
                    self.gather(content, Run { italic: !run.italic, ..run }, locale, in_link, out);
                }
                Inline::Lang { lang, content } => {
                    let locale = Locale::new(*lang, self.document.meta.locale.region);
                    self.gather(content, Run { lang: language::tag(locale), ..run }, locale, in_link, out);
                }
                Inline::Code(text) => out.text(text, Run { style: "HTMLCode", machine: true, ..run }),
                Inline::Break => out.line_break(),
                // Only clauses and headings are targets; they have their identifier already.
                Inline::Anchor(_) => {}
                Inline::Blank(path) => {
                    let run = Run { bold: false, italic: false, ..Run::styled("Blank") };
                    let colon = self.word_in(locale.lang, "colon").unwrap_or(":");
                    let blank = self.word_in(locale.lang, "blank").unwrap_or("…");
                    out.text(&format!("[{blank}{colon} "), run);
                    out.text(&format!("{path}]"), Run { machine: true, ..run });
                }
                Inline::Link { url, content } => match link::target(url).filter(|_| !in_link) {
                    Some(target) => {
                        let id = self.relation(&target);
                        out.markup(format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">"));
                        self.gather(content, Run { style: "Hyperlink", ..run }, locale, true, out);
                        out.markup("</w:hyperlink>".to_owned());
                    }
                    None => self.gather(content, run, locale, in_link, out),
                },
                Inline::Ref { id, text } => self.reference(id, text, run, in_link, out),
                Inline::Note(content) => self.note(content, run, locale, out),
            }
        }
    }

    /// A cross-reference: text, with a field where the number or the heading stands in it.
    fn reference(&self, id: &str, text: &str, run: Run, in_link: bool, out: &mut Content) {
        let target = self.targets.get(id).filter(|_| self.place != Place::Header);
        let Some(target) = target else { return out.text(text, run) };
        let (part, switch) = match &target.number {
            Some(number) => (number.as_str(), " \\n"),
            None => (target.text.as_str(), ""),
        };
        match text.rfind(part).filter(|_| !part.is_empty()) {
            Some(at) => {
                out.text(&text[..at], run);
                out.markup(field_start(&format!("REF {}{switch} \\h", target.bookmark)));
                out.text(part, run);
                out.markup(FIELD_END.to_owned());
                out.text(&text[at + part.len()..], run);
            }
            // A text that is not what the field would show is no field, but still leads to its target.
            None if in_link => out.text(text, run),
            None => {
                out.markup(format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", target.bookmark));
                out.text(text, run);
                out.markup("</w:hyperlink>".to_owned());
            }
        }
    }

    /// A footnote; headers and footnotes can have none, there it stands in brackets.
    fn note(&mut self, content: &[Inline], run: Run, locale: Locale, out: &mut Content) {
        if self.place != Place::Body {
            out.text(" (", run);
            self.gather(content, run, locale, true, out);
            out.text(")", run);
            return;
        }
        self.place = Place::Notes;
        let rtl = walk::sole_language(content).unwrap_or(locale.lang).is_rtl();
        let runs = self.inlines(content, Run::default(), locale, rtl);
        self.place = Place::Body;
        let mark = Run::styled("FootnoteReference").xml(None);
        let number = self.notes.len() + 1;
        let paragraph = Paragraph::styled("FootnoteText", rtl);
        let body = format!("<w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{runs}");
        self.notes.push(format!("<w:footnote w:id=\"{number}\">{}</w:footnote>", paragraph.around(&body)));
        out.markup(format!("<w:r>{mark}<w:footnoteReference w:id=\"{number}\"/></w:r>"));
    }

    /// Returns the runs of pieces, split by direction.
    pub(super) fn runs(&self, content: &Content, rtl: bool) -> String {
        let mut whole = String::new();
        for piece in &content.pieces {
            match piece {
                Piece::Text(text, _) => whole.push_str(text),
                Piece::Break => whole.push('\n'),
                Piece::Markup(_) => {}
            }
        }
        let mut directions = bidi::directions(&whole, rtl).into_iter();
        let tag = self.arabic_tag();
        let mut out = String::with_capacity(whole.len() + 64 * content.pieces.len());
        for piece in &content.pieces {
            match piece {
                Piece::Markup(markup) => out.push_str(markup),
                Piece::Break => {
                    directions.next();
                    out.push_str("<w:r><w:br/></w:r>");
                }
                Piece::Text(text, run) => {
                    let mut part = String::new();
                    let mut current = None;
                    for sign in text.chars() {
                        let direction = directions.next().unwrap_or(rtl);
                        for (sign, direction) in marks(sign, direction, rtl) {
                            if current.is_some_and(|current| current != direction) {
                                flush(&mut out, &mut part, run, current.unwrap_or(rtl), tag);
                            }
                            current = Some(direction);
                            part.push(sign);
                        }
                    }
                    flush(&mut out, &mut part, run, current.unwrap_or(rtl), tag);
                }
            }
        }
        out
    }
}

/// Returns whether content shows nothing, not even the mark of a footnote.
pub(super) fn is_blank(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Ref { text, .. } => text.trim().is_empty(),
        Inline::Strong(content)
        | Inline::Emph(content)
        | Inline::Lang { content, .. }
        | Inline::Link { content, .. } => is_blank(content),
        Inline::Anchor(_) | Inline::Break => true,
        Inline::Blank(_) | Inline::Note(_) => false,
    })
}

/// Returns a character with its direction; the bounds of an isolate become marks of direction, which Word knows
/// and which do the same for a program that goes by the characters.
fn marks(sign: char, direction: bool, rtl: bool) -> impl Iterator<Item = (char, bool)> {
    let (first, second) = match sign {
        '\u{2066}' if rtl => (Some(('\u{200f}', true)), Some(('\u{200e}', false))),
        '\u{2069}' if rtl => (Some(('\u{200e}', false)), Some(('\u{200f}', true))),
        _ => (Some((sign, direction)), None),
    };
    first.into_iter().chain(second)
}

fn flush(out: &mut String, part: &mut String, run: &Run, rtl: bool, tag: &str) {
    let text = escape(part);
    part.clear();
    if text.is_empty() {
        return;
    }
    let tag = if run.lang.starts_with("ar") { run.lang } else { tag };
    // What is Latin within Arabic words is not Arabic.
    let run = if !rtl && run.lang.starts_with("ar") { Run { lang: "", ..*run } } else { *run };
    out.push_str("<w:r>");
    out.push_str(&run.xml(rtl.then_some(tag)));
    out.push_str("<w:t xml:space=\"preserve\">");
    out.push_str(&text);
    out.push_str("</w:t></w:r>");
}
