//! The questions of a form, as controls that can be filled on the screen and on paper.

use super::Writer;
use super::escape::attr;
use crate::document::{ChoiceOption, Inline, Rating, RatingItem, walk};

/// Longest answer, in characters, that stands in a field of one line.
const ONE_LINE: usize = 60;

/// Characters of a line of a field of several lines, rather too few.
const LINE: usize = 62;

impl Writer<'_> {
    /// Writes questions that are answered on one scale.
    pub(super) fn rating(&mut self, rating: &Rating) {
        if rating.legend.is_empty() || rating.items.is_empty() {
            return;
        }
        self.out.push_str("<div class=\"rating\">\n<dl class=\"legend\">\n");
        for (value, meaning) in &rating.legend {
            let (value, meaning) = (self.digits(&attr(value)), self.text(meaning));
            self.out.push_str(&format!("<div><dt>{value}</dt> <dd>{meaning}</dd></div>\n"));
        }
        self.out.push_str("</dl>\n");
        for item in &rating.items {
            self.rating_item(rating, item);
        }
        self.out.push_str("</div>\n");
    }

    fn rating_item(&mut self, rating: &Rating, item: &RatingItem) {
        let name = self.name(&item.id);
        let number = item.number.as_ref().map(|number| format!("<span class=\"number\">{}</span> ", attr(number)));
        let label = self.inlines(&item.label);
        let question = if item.question.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"question\">{}</span>", self.inlines(&item.question))
        };
        self.out.push_str(&format!(
            "<fieldset class=\"item\">\n<legend>{}<strong>{label}</strong>{question}</legend>\n<div class=\"marks\">\n",
            number.unwrap_or_default(),
        ));
        for (value, meaning) in &rating.legend {
            // The figure is seen; a reader aloud says what it means as well.
            let said = if meaning.is_empty() { value.clone() } else { format!("{value}, {meaning}") };
            let shown = self.digits(&attr(value));
            self.radio(&name, value, &shown, Some(&said), item.value.as_ref() == Some(value));
        }
        if let Some(na) = &rating.na {
            self.radio(&name, "na", &attr(na), None, item.value.as_deref() == Some("na"));
        }
        self.out.push_str("</div>\n");
        if item.comment {
            let id = self.fresh("comment");
            let comment = self.name(&format!("{}-comment", item.id));
            let label = self.labelled("comment");
            let said = attr(&format!("{}, {}", walk::plain(&item.label), self.word("comment")));
            self.out.push_str(&format!(
                "<p class=\"comment\"><label for=\"{id}\">{label}</label> <textarea id=\"{id}\" name=\"{}\" rows=\"1\" \
                 aria-label=\"{said}\" autocomplete=\"off\"></textarea></p>\n",
                attr(&comment),
            ));
        }
        self.out.push_str("</fieldset>\n");
    }

    /// Writes a circle to mark. `shown` is HTML.
    fn radio(&mut self, name: &str, value: &str, shown: &str, said: Option<&str>, checked: bool) {
        let said = said.map(|said| format!(" aria-label=\"{}\"", attr(said))).unwrap_or_default();
        let checked = if checked { " checked" } else { "" };
        self.out.push_str(&format!(
            "<label><span>{shown}</span> <input type=\"radio\" name=\"{}\" value=\"{}\"{said}{checked}></label>\n",
            attr(name),
            attr(value),
        ));
    }

    /// Writes a row of numbers. The paragraph before it asks the question.
    pub(super) fn scale(&mut self, id: &str, numbers: (i64, i64), ends: (&[Inline], &[Inline]), value: Option<i64>) {
        let (from, to) = numbers;
        let (low, high) = (walk::plain(ends.0), walk::plain(ends.1));
        let asked = self.before[self.column].take().unwrap_or_else(|| format!("{low} – {high}"));
        let name = self.name(id);
        self.out
            .push_str(&format!("<fieldset class=\"scale\" aria-label=\"{}\">\n<div class=\"marks\">\n", attr(&asked)));
        // A row of more numbers than a page is wide is a slip; it must not fill the memory.
        for number in (from..=to).take(101) {
            let end = match number {
                number if number == from => &low,
                number if number == to => &high,
                _ => "",
            };
            let said = if end.is_empty() { number.to_string() } else { format!("{number}, {end}") };
            let shown = self.digits(&number.to_string());
            self.radio(&name, &number.to_string(), &shown, Some(&said), value == Some(number));
        }
        let (low, high) = (self.inlines(ends.0), self.inlines(ends.1));
        self.out
            .push_str(&format!("</div>\n<p class=\"ends\"><span>{low}</span> <span>{high}</span></p>\n</fieldset>\n"));
    }

    /// Writes a question with boxes or circles.
    pub(super) fn choice(&mut self, id: &str, question: &[Inline], multiple: bool, options: &[ChoiceOption]) {
        let name = self.name(id);
        let kind = if multiple { "checkbox" } else { "radio" };
        let asked = self.inlines(question);
        let legend = if asked.is_empty() { String::new() } else { format!("<legend>{asked}</legend>\n") };
        self.out.push_str(&format!("<fieldset class=\"choice\">\n{legend}<div class=\"options\">\n"));
        for option in options {
            let checked = if option.checked { " checked" } else { "" };
            let label = self.inlines(&option.label);
            self.out.push_str(&format!(
                "<label><input type=\"{kind}\" name=\"{}\" value=\"{}\"{checked}> <span>{label}</span></label>\n",
                attr(&name),
                attr(&option.id),
            ));
        }
        self.out.push_str("</div>\n</fieldset>\n");
    }

    /// Writes a question with room to write, the answer in it.
    pub(super) fn answer(&mut self, id: &str, label: &[Inline], lines: u64, value: Option<&[Inline]>) {
        let name = self.name(id);
        let own = self.fresh("answer");
        let label = self.inlines(label);
        let text = value.map(field_text).unwrap_or_default();
        let one = lines <= 1 && !text.contains('\n') && text.chars().count() <= ONE_LINE;
        let class = if one { "answer one" } else { "answer" };
        let said = if label.is_empty() {
            format!(" aria-label=\"{}\"", attr(self.word("answer_space")))
        } else {
            String::new()
        };
        let label = if label.is_empty() { label } else { format!("<label for=\"{own}\">{label}</label>\n") };
        self.out.push_str(&format!("<div class=\"{class}\">\n{label}"));
        let place = format!("id=\"{own}\" name=\"{}\"{said} autocomplete=\"off\"", attr(&name));
        if one {
            self.out.push_str(&format!("<input type=\"text\" {place} value=\"{}\">\n", attr(&text)));
        } else {
            // An answer is never cut off on paper: there is room for all of it.
            let needed: usize = text.split('\n').map(|line| 1 + line.chars().count() / LINE).sum();
            let rows = usize::try_from(lines.clamp(1, 24)).unwrap_or(24).max(needed);
            // HTML drops a line break at the head of the field.
            self.out.push_str(&format!(
                "<textarea {place} rows=\"{rows}\" style=\"--lines: {rows}\">\n{}</textarea>\n",
                attr(&text)
            ));
        }
        self.out.push_str("</div>\n");
    }

    /// Writes a field of one line, named by the element of an identifier.
    pub(super) fn open_field(&mut self, labelled_by: &str) -> String {
        let name = self.name("field");
        format!(
            "<input type=\"text\" name=\"{}\" aria-labelledby=\"{}\" autocomplete=\"off\">",
            attr(&name),
            attr(labelled_by)
        )
    }
}

/// Returns inline content as the text of a field, with its line breaks.
fn field_text(content: &[Inline]) -> String {
    let lines: Vec<String> = content.split(|inline| *inline == Inline::Break).map(walk::plain).collect();
    lines.join("\n")
}
