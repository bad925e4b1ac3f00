//! Faults one a line, for editors and `grep`: `path:line:column: error[code]: message; hint`.

use super::Diagnostic;

/// Writes one fault on one line, without a line feed.
pub fn draw(fault: &Diagnostic) -> String {
    let mut line = String::new();
    if let Some(span) = &fault.span {
        let place = span.start();
        line = format!("{}:{}:{}: ", span.source.name(), place.line, place.column);
    }
    line.push_str(&format!("{}[{}]: {}", fault.severity.word(), fault.code.name(), fault.message));
    if !fault.path.is_empty() {
        line.push_str(&format!(" ({})", fault.path));
    }
    for hint in &fault.hints {
        line.push_str("; ");
        line.push_str(hint);
    }
    // A value from the file may hold anything; the report keeps to one line and leaves the terminal alone.
    line.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{Source, Span};

    #[test]
    fn a_fault_is_one_line() {
        let source = Source::new("case.yaml", "a: 1\n");
        let fault = Diagnostic::new(Code::UnknownField, "the case has no field `a`")
            .at(Span::new(&source, 0..1))
            .path("a")
            .hint("did you mean `id`?");
        assert_eq!(
            draw(&fault),
            "case.yaml:1:1: error[unknown-field]: the case has no field `a` (a); did you mean `id`?"
        );
    }
}
