//! The parts of a letter around its text: letterhead, address, reference lines, subject.

use super::Writer;
use super::escape::attr;
use crate::document::{Letter, LetterStyle, Meta};

impl Writer<'_> {
    /// Returns the letterhead.
    pub(super) fn letterhead(&mut self, letter: &Letter) -> String {
        let head = &letter.head;
        let mut out = String::new();
        if let Some(state) = &head.state {
            out.push_str(&format!("<p class=\"state\">{}</p>\n", attr(state)));
        }
        if let Some(motto) = &head.motto {
            out.push_str(&format!("<p class=\"motto\">{}</p>\n", attr(motto)));
        }
        let names: Vec<String> = head.lines.iter().map(|line| format!("<p>{}</p>\n", self.inlines(line))).collect();
        let names =
            if names.is_empty() { String::new() } else { format!("<div class=\"names\">\n{}</div>\n", names.concat()) };
        let contact = if head.contact.is_empty() {
            String::new()
        } else {
            let parts: Vec<String> =
                head.contact.iter().map(|line| format!("<span>{}</span>", self.isolated(line))).collect();
            format!("<address>{}</address>\n", parts.join(" · "))
        };
        match letter.style {
            LetterStyle::Unit => out.push_str(&format!("{names}{contact}")),
            // The ministry stands at the start of the lines, place and date at their end.
            LetterStyle::Authority => {
                let date = self.place_date(letter);
                out.push_str(&format!("<div class=\"office\">\n<div>\n{names}{contact}</div>\n{date}</div>\n"));
            }
        }
        out
    }

    fn place_date(&mut self, letter: &Letter) -> String {
        if letter.place_date.is_empty() {
            return String::new();
        }
        format!("<p class=\"place-date\">{}</p>\n", self.inlines(&letter.place_date))
    }

    /// Writes what stands between letterhead and text; the subject is the heading of the page.
    pub(super) fn letter_opening(&mut self, letter: &Letter, meta: &Meta) {
        let confidential = meta.confidentiality.as_ref();
        let confidential = confidential.map(|text| format!("<p class=\"confidential\">{}</p>\n", attr(text)));
        let confidential = confidential.unwrap_or_default();
        let back =
            letter.return_line.as_ref().map(|text| format!("<p class=\"return-line\">{}</p>\n", self.isolated(text)));
        let lines: Vec<String> = letter.recipient.iter().map(|line| self.inlines(line)).collect();
        let recipient = if lines.is_empty() {
            String::new()
        } else {
            format!("<p class=\"recipient\">{}</p>\n", lines.join("<br>\n"))
        };
        let rows: Vec<String> = letter
            .info
            .iter()
            .map(|(label, value)| {
                format!("<div><dt>{}</dt> <dd>{}</dd></div>\n", attr(label), self.isolated_inlines(value))
            })
            .collect();
        let info =
            if rows.is_empty() { String::new() } else { format!("<dl class=\"info\">\n{}</dl>\n", rows.concat()) };
        let opening = match letter.style {
            LetterStyle::Unit => format!(
                "<div class=\"address\">\n<div class=\"window\">{}{confidential}</div>\n{recipient}</div>\n\
                 <div class=\"beside\">\n{info}{}</div>\n",
                back.unwrap_or_default(),
                self.place_date(letter),
            ),
            LetterStyle::Authority => format!("{confidential}{info}{recipient}"),
        };
        self.out.push_str(&format!("<div class=\"opening\">\n{opening}</div>\n"));
        if !letter.subject.is_empty() {
            let label = if self.word("subject").is_empty() { String::new() } else { self.labelled("subject") + " " };
            let subject = self.inlines(&letter.subject);
            self.out.push_str(&format!("<h1>{label}{subject}</h1>\n"));
        }
    }
}
