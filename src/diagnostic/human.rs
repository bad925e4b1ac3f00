//! Faults for people: message, place, source line with a caret, and what to write.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// Whether the text may hold terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With colours.
    Coloured,
    /// Plain text.
    Plain,
}

/// Draws one fault over several lines, without a final line feed.
pub fn draw(fault: &Diagnostic, style: Style) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(fault.message.as_str()).id(fault.code.name());
    let mut group = match &fault.span {
        Some(span) if !span.source.text().is_empty() => {
            let mut snippet = Snippet::source(span.source.text()).path(span.source.name()).fold(true);
            snippet = snippet.annotation(AnnotationKind::Primary.span(visible(span.source.text(), &span.bytes)));
            for other in fault.related.iter().filter(|other| other.span.source == span.source) {
                let bytes = visible(other.span.source.text(), &other.span.bytes);
                snippet = snippet.annotation(AnnotationKind::Context.span(bytes).label(other.message.as_str()));
            }
            Group::with_title(title).element(snippet)
        }
        _ => Group::with_title(title),
    };
    if let Some(span) = fault.span.as_ref().filter(|span| span.source.text().is_empty()) {
        group = group.element(Level::NOTE.message(format!("in {}", span.source.name())));
    }
    for other in &fault.related {
        if fault.span.as_ref().is_none_or(|span| span.source != other.span.source) {
            let place = other.span.start();
            group = group.element(Level::NOTE.message(format!(
                "{}:{}:{}: {}",
                other.span.source.name(),
                place.line,
                place.column,
                other.message
            )));
        }
    }
    if !fault.path.is_empty() {
        group = group.element(Level::NOTE.message(format!("field `{}`", fault.path)));
    }
    for hint in &fault.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = match style {
        Style::Coloured => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    let text = renderer.render(&[group]);
    // Without a source line there is nothing for the margin to run along.
    if fault.span.is_none() { text.replacen("\n |\n", "\n", 1) } else { text }
}

/// Keeps a mark within its first line: a caret below a whole section would hide more than it shows.
fn visible(text: &str, bytes: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = bytes.start.min(text.len());
    let rest = &text[start..];
    let line = rest.find('\n').unwrap_or(rest.len());
    let end = bytes.end.min(start + line);
    let end = if end > start { end } else { (start + rest.chars().next().map_or(0, char::len_utf8)).min(text.len()) };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{Source, Span};

    #[test]
    fn a_fault_shows_place_caret_and_remedy() {
        let source = Source::new("case.yaml", "request:\n  date: 13.02.2026\n");
        let fault = Diagnostic::new(Code::BadDate, "`13.02.2026` is not a date")
            .at(Span::new(&source, 17..27))
            .path("request.date")
            .hint("write year, month and day: `2026-02-13`");
        let text = draw(&fault, Style::Plain);
        for part in [
            "error[bad-date]: `13.02.2026` is not a date",
            "case.yaml:2:9",
            "^^^^^^^^^^",
            "field `request.date`",
            "help: write year",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}
