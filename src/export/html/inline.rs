//! Text with its marks: languages, links, references, footnotes, what is missing.

use super::escape::{Stretch, address, attr, has_rtl, stretches};
use super::{Writer, direction};
use crate::document::direction::{ISOLATE, POP};
use crate::document::{Inline, walk};
use crate::locale::Lang;

/// Longest reference or address that is kept on one line: it fits the narrowest screen.
const KEPT: usize = 26;

impl Writer<'_> {
    /// Returns text as HTML. References and addresses stay on one line; from right to left, they keep the order of
    /// their parts, and so does what the document isolates.
    pub(super) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once(ISOLATE) {
            out.push_str(&stretched(before, self.is_rtl()));
            let (inner, after) = tail.split_once(POP).unwrap_or(("", tail));
            if !inner.is_empty() {
                out.push_str(&format!("<bdi dir=\"ltr\">{}</bdi>", stretched(inner, false)));
            }
            rest = after;
        }
        out.push_str(&stretched(rest, self.is_rtl()));
        out
    }

    /// Returns text in its own direction: from right to left, what has no letters of that direction keeps the
    /// order of its parts.
    pub(super) fn isolated(&self, text: &str) -> String {
        if self.is_rtl() && !has_rtl(text) { format!("<bdi dir=\"ltr\">{}</bdi>", attr(text)) } else { self.text(text) }
    }

    /// Returns the same for inline content.
    pub(super) fn isolated_inlines(&mut self, content: &[Inline]) -> String {
        let inner = self.inlines(content);
        let alone = self.is_rtl() && !content.is_empty() && !has_rtl(&walk::plain(content));
        // A blank shows words of the document's language.
        if alone && walk::blanks_of(content).is_empty() { format!("<bdi dir=\"ltr\">{inner}</bdi>") } else { inner }
    }

    /// Returns the attributes that a change to a language needs.
    pub(super) fn lang_attributes(&self, lang: Lang) -> String {
        if lang == self.lang {
            return String::new();
        }
        let turned = lang.is_rtl() != self.is_rtl();
        let dir = if turned { format!(" dir=\"{}\"", direction(lang)) } else { String::new() };
        format!(" lang=\"{}\"{dir}", lang.code())
    }

    /// Runs something in another language.
    pub(super) fn within<T>(&mut self, lang: Lang, run: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.lang, lang);
        let result = run(self);
        self.lang = outer;
        result
    }

    /// Returns inline content as HTML.
    pub(super) fn inlines(&mut self, content: &[Inline]) -> String {
        let mut out = String::new();
        for inline in content {
            match inline {
                Inline::Text(text) => out.push_str(&self.text(text)),
                Inline::Strong(content) => out.push_str(&format!("<strong>{}</strong>", self.inlines(content))),
                Inline::Emph(content) => out.push_str(&format!("<em>{}</em>", self.inlines(content))),
                Inline::Link { url, content } => {
                    let inner = self.inlines(content);
                    out.push_str(&self.link(url, inner));
                }
                Inline::Ref { id, text } => {
                    let inner = attr(text);
                    out.push_str(&self.to_target(id, inner));
                }
                Inline::Anchor(_) => {}
                Inline::Break => out.push_str("<br>\n"),
                Inline::Blank(path) => out.push_str(&self.blank(path)),
                Inline::Lang { lang, content } => {
                    let attributes = self.lang_attributes(*lang);
                    let inner = self.within(*lang, |writer| writer.inlines(content));
                    out.push_str(&if attributes.is_empty() {
                        inner
                    } else {
                        format!("<span{attributes}>{inner}</span>")
                    });
                }
                Inline::Note(content) => out.push_str(&self.note(content)),
                Inline::Code(text) => out.push_str(&format!("<code dir=\"ltr\">{}</code>", attr(text))),
            }
        }
        out
    }

    /// Returns a link; what may not be followed stays text.
    fn link(&self, url: &str, inner: String) -> String {
        match (url.strip_prefix('#'), address(url)) {
            (Some(id), _) => self.to_target(id, inner),
            (None, Some(url)) => format!("<a href=\"{}\">{inner}</a>", attr(url)),
            (None, None) => inner,
        }
    }

    /// Returns a link within the document; a reference to a place that the document does not have stays text.
    fn to_target(&self, id: &str, inner: String) -> String {
        match self.targets.get(id) {
            Some(own) => format!("<a href=\"#{}\">{inner}</a>", attr(own)),
            None => inner,
        }
    }

    /// Returns what stands for a value that is missing.
    pub(super) fn blank(&self, path: &str) -> String {
        let word = attr(super::find_word(self.words, "blank").unwrap_or("…"));
        if path.is_empty() {
            return format!("<mark class=\"blank\">{word}</mark>");
        }
        // In a narrow column it breaks after its dots.
        let path = attr(path).replace('.', ".<wbr>");
        format!("<mark class=\"blank\">{word} <bdi dir=\"ltr\">{path}</bdi></mark>")
    }

    /// Returns the mark of a footnote and keeps its text for the end.
    fn note(&mut self, content: &[Inline]) -> String {
        // Its place is kept: a footnote may hold another.
        let at = self.notes.len();
        self.notes.push(String::new());
        let number = at + 1;
        let (mark, note) = (self.fresh(&format!("noteref-{number}")), self.fresh(&format!("note-{number}")));
        let shown = self.digits(&number.to_string());
        let inner = self.inlines(content);
        // The page's own language stands at its root; a note may come from a passage in another.
        let lang = format!(" lang=\"{}\" dir=\"{}\"", self.lang.code(), direction(self.lang));
        self.notes[at] = format!(
            "<p id=\"{note}\"{lang}><a class=\"n\" role=\"doc-backlink\" href=\"#{mark}\">{shown}</a> {inner}</p>\n"
        );
        format!("<sup><a id=\"{mark}\" role=\"doc-noteref\" href=\"#{note}\">{shown}</a></sup>")
    }

    /// Returns a number in the digits of the language.
    pub(super) fn digits(&self, number: &str) -> String {
        let own: Vec<char> = self.word("digits").chars().collect();
        if own.len() != 10 {
            return number.to_owned();
        }
        let digit = |c: char| c.to_digit(10).and_then(|at| own.get(usize::try_from(at).ok()?)).copied().unwrap_or(c);
        attr(&number.chars().map(digit).collect::<String>())
    }
}

/// Returns text as HTML, what is read as one kept on one line, and in one direction within a text from right to left.
fn stretched(text: &str, rtl: bool) -> String {
    let mut out = String::new();
    for stretch in stretches(text) {
        match stretch {
            Stretch::Plain(part) => out.push_str(&attr(part)),
            Stretch::Whole(part) => {
                let kept = part.chars().count() <= KEPT;
                let inner = attr(part);
                out.push_str(&match (rtl && !has_rtl(part), kept) {
                    (true, true) => format!("<bdi dir=\"ltr\" class=\"kept\">{inner}</bdi>"),
                    (true, false) => format!("<bdi dir=\"ltr\">{inner}</bdi>"),
                    (false, true) => format!("<span class=\"kept\">{inner}</span>"),
                    (false, false) => inner,
                });
            }
        }
    }
    out
}
