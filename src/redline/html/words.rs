//! Fixed words of the page, and what language the drafts are in.

use crate::compare::Place;
use crate::document::draft::StoryKind;
use crate::locale::Lang;
use crate::redline::Report;

/// Returns the language of the text: that of the new draft, else that of the old one.
pub(super) fn lang(report: &Report<'_>) -> Option<Lang> {
    report.new.draft.lang.or(report.old.draft.lang)
}

/// Returns the title of all stories of a kind.
pub(super) fn stories(kind: StoryKind) -> &'static str {
    match kind {
        StoryKind::Body => "Text",
        StoryKind::Header => "Running headers",
        StoryKind::Footer => "Running footers",
        StoryKind::Footnote => "Footnotes",
        StoryKind::Endnote => "Endnotes",
        StoryKind::TextBox => "Text boxes",
    }
}

/// Returns a text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns how a place is cited: by its number, else by its heading, else as one before the first clause.
pub(super) fn cite(place: &Place) -> String {
    let number = place.number();
    match (number.is_empty(), place.heading()) {
        (false, _) => number,
        (true, "") => "before the first clause".to_owned(),
        (true, heading) => super::escape::snippet(heading, 60),
    }
}
