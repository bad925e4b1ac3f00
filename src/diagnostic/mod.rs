//! Faults as values: what is wrong, where, and what to write instead.
//!
//! A [`Diagnostic`] is data. It is drawn by one of three renderers ([`human`], [`concise`],
//! [`json`]); each kind of fault has a stable [`Code`] with its own documentation.

pub mod code;
pub mod concise;
pub mod human;
pub mod json;

pub use code::Code;

use crate::source::Span;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The answer is no until this is mended.
    Error,
    /// Worth a look; nothing is refused because of it.
    Warning,
}

impl Severity {
    /// Returns the word that messages print.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The stable name of this kind of fault.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in the user's words: lower-case, no full stop.
    pub message: String,
    /// The place to mend; `None` only where there is no text to point into.
    pub span: Option<Span>,
    /// The path of the value in the case file, as `experts.camara.clearance.date`; empty elsewhere.
    pub path: String,
    /// Other places that explain the fault, each with a short remark.
    pub related: Vec<Related>,
    /// What to write or do instead.
    pub hints: Vec<String>,
}

/// A second place that explains a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// Why it matters, as `the request is dated here`.
    pub message: String,
}

impl Diagnostic {
    /// Makes a fault with the severity that its code usually has.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: shorten(message.into()),
            span: None,
            path: String::new(),
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Sets the place to mend.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Sets the path of the value in the case file.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = shorten(path.into());
        self
    }

    /// Adds what to write or do instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(shorten(hint.into()));
        self
    }

    /// Adds a second place that explains the fault.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Returns whether this fault makes the answer no.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// An outcome with the warnings that came beside it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The outcome.
    pub output: T,
    /// Every fault met on the way, errors included where the outcome holds a partial result.
    pub faults: Vec<Diagnostic>,
}

/// Longest text, in bytes, that a name is looked for: comparing takes time in proportion to the length.
const LONGEST_NAME: usize = 200;
/// Longest message or hint, in characters: a value quoted in it may be of any length.
const LONGEST_MESSAGE: usize = 1000;

/// Leaves out the middle of a message that quotes a value of great length.
fn shorten(text: String) -> String {
    // As many bytes are at least as many characters.
    if text.len() <= LONGEST_MESSAGE || text.chars().count() <= LONGEST_MESSAGE {
        return text;
    }
    let end = text.char_indices().nth_back(LONGEST_MESSAGE / 4).map_or(0, |(at, _)| at);
    let start: String = text.chars().take(LONGEST_MESSAGE / 2).collect();
    format!("{start} … {}", &text[end..])
}

/// Counts the errors and the warnings of a list.
pub fn count(faults: &[Diagnostic]) -> (usize, usize) {
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    (errors, faults.len() - errors)
}

/// Sorts faults by file, place and code, and drops exact repetitions.
pub fn sort(faults: &mut Vec<Diagnostic>) {
    faults.sort_by(|a, b| key(a).cmp(&key(b)));
    faults.dedup();
}

fn key(fault: &Diagnostic) -> (Option<(&str, usize)>, &'static str, &str) {
    (fault.span.as_ref().map(|span| (span.source.name(), span.bytes.start)), fault.code.name(), &fault.message)
}

/// Returns the nearest of `names` to `given`, if it is near enough to be meant.
///
/// Near enough is a Damerau-Levenshtein distance of at most a third of the longer name, or a
/// shared start of four letters or more. Nothing is near to a text longer than any name.
pub fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() > LONGEST_NAME {
        return None;
    }
    let given_lower = given.to_lowercase().replace('-', "_");
    names
        .into_iter()
        .filter(|name| name.len() <= LONGEST_NAME)
        .filter_map(|name| {
            let lower = name.to_lowercase().replace('-', "_");
            let distance = strsim::damerau_levenshtein(&given_lower, &lower);
            let longest = given_lower.chars().count().max(lower.chars().count());
            let prefix = given_lower.len() >= 4
                && (lower.starts_with(&given_lower) || given_lower.starts_with(&lower) && lower.len() >= 4);
            (distance * 3 <= longest || prefix).then_some((distance, name))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let names = ["reference", "received_on", "signatory"];
        assert_eq!(nearest("refrence", names), Some("reference"));
        assert_eq!(nearest("recieved-on", names), Some("received_on"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest(&"reference".repeat(1000), names), None);
    }

    #[test]
    fn a_message_leaves_out_the_middle_of_a_long_value() {
        let fault = Diagnostic::new(Code::BadValue, format!("`{}` is no value", "é".repeat(100_000)));
        assert!(fault.message.starts_with("`éé") && fault.message.ends_with("é` is no value"));
        assert!(fault.message.contains(" … ") && fault.message.chars().count() < 1000);
    }
}
