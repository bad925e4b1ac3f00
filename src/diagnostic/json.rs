//! Faults for programs: a JSON object with a version, documented in `docs/diagnostics.md`.

use serde_json::{Value, json};

use super::{Diagnostic, count};
use crate::source::Span;

/// Version of the form; a new one only when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// Returns all faults as one JSON value.
pub fn report(faults: &[Diagnostic]) -> Value {
    let (errors, warnings) = count(faults);
    let faults: Vec<Value> = faults.iter().map(fault).collect();
    json!({ "version": VERSION, "errors": errors, "warnings": warnings, "diagnostics": faults })
}

fn fault(fault: &Diagnostic) -> Value {
    let related: Vec<Value> =
        fault.related.iter().map(|other| json!({ "message": other.message, "place": place(&other.span) })).collect();
    json!({
        "code": fault.code.name(),
        "severity": fault.severity.word(),
        "message": fault.message,
        "place": fault.span.as_ref().map(place),
        "path": fault.path,
        "related": related,
        "hints": fault.hints,
    })
}

fn place(span: &Span) -> Value {
    let (start, end) = (span.start(), span.source.place(span.bytes.end));
    json!({
        "file": span.source.name(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
