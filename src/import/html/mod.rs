//! HTML to a draft: what a browser would show, paragraph by paragraph.
//!
//! Blanks collapse as in a browser, lists get the numbers that it would count, tables keep their cells, footnotes
//! become stories, pictures and drawings become objects that are compared by digest. What is hidden is left out
//! and told. `ins` and `del` are tracked changes. Style sheets are not applied, only styles on the element itself.
//!
//! Source: WHATWG HTML §15, rendering; CSS Text 3 §4.1 for blanks.

mod build;
mod css;
mod notes;
mod table;
mod tree;
mod walk;

use self::tree::TooMuch;
use self::walk::Walk;
use super::docx::Tracked;
use crate::document::draft::{Caveat, Draft, DraftFormat, Story, StoryKind};
use crate::locale::Lang;

/// Why an HTML file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    /// Elements are nested beyond measure.
    #[error(
        "its elements lie in one another more than {} deep; save it again from the program it came from",
        tree::MAX_DEPTH
    )]
    TooDeep,
    /// It means more elements than can be kept.
    #[error("it means millions of elements, which no contract does; save it again from the program it came from")]
    TooLarge,
    /// It has tracked changes, and they were refused.
    #[error(
        "it has tracked changes (`ins`, `del`); accept or reject them first, or say `--tracked accepted` or `--tracked rejected`"
    )]
    Tracked,
}

/// Reads a text as HTML.
///
/// # Errors
///
/// If it is nested too deeply, too large, or has tracked changes that `tracked` refuses.
pub fn read(text: &str, tracked: Tracked) -> Result<Draft, HtmlError> {
    let page = tree::parse(text).map_err(|why| match why {
        TooMuch::Depth => HtmlError::TooDeep,
        TooMuch::Nodes => HtmlError::TooLarge,
    })?;
    let mut walk = Walk::new(&page, tracked);
    let body = walk.story(0);
    if tracked == Tracked::Refuse && walk.seen.tracked > 0 {
        return Err(HtmlError::Tracked);
    }
    let mut stories = vec![Story { kind: StoryKind::Body, name: String::new(), blocks: body }];
    walk.notes(&mut stories);
    let mut caveats = Vec::new();
    let mut tell = |count: usize, text: &str| {
        if count > 0 {
            caveats.push(Caveat { text: text.to_owned(), count });
        }
    };
    tell(walk.seen.hidden, "hidden texts of the web page were left out");
    tell(walk.seen.sheets, "style sheets of the web page hide or number things; they were not applied");
    let done = if tracked == Tracked::Rejected { "rejected" } else { "accepted" };
    tell(walk.seen.tracked, &format!("tracked changes of the web page were taken as {done}"));
    let lang = walk.seen.lang.as_deref().and_then(|tag| Lang::from_code(tag.split(['-', '_']).next()?));
    Ok(Draft { format: DraftFormat::Html, lang, stories, comments: Vec::new(), caveats })
}

#[cfg(test)]
mod tests;
