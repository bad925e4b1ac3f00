//! The rules of the style sheet that hold values of the document: paper, running header and footer.

use super::escape::css_string;
use super::{draft, find_word};
use crate::document::{Frame, LetterStyle, Meta, Paper};

/// How the margins of a page are set.
const MARGIN: &str = "font: 8.5pt \"Libertinus Serif\", Charter, Georgia, Cambria, \"Amiri\", \"Noto Naskh Arabic\", \
    serif; color: #525252;";

/// Most characters of a title in the running header.
const TITLE: usize = 80;

/// Returns the rules of paged output for one document.
pub(super) fn rules(meta: &Meta) -> String {
    let size = match meta.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    let rtl = meta.locale.lang.is_rtl();
    let (start, end) = if rtl { ("right", "left") } else { ("left", "right") };
    let style = meta.letter.as_ref().map(|letter| letter.style);
    let margin = match (meta.frame, style) {
        (_, Some(LetterStyle::Unit)) if rtl => "25mm 25mm 23mm 20mm",
        (_, Some(LetterStyle::Unit)) => "25mm 20mm 23mm 25mm",
        (_, Some(LetterStyle::Authority)) => "25mm 25mm 23mm",
        (Frame::Form, None) => "24mm 22mm 21mm",
        (Frame::Parallel, None) => "24mm 20mm 21mm",
        (Frame::Letter | Frame::Agreement | Frame::Terms, None) => "27mm 25mm 25mm",
    };
    let mark = draft(meta);
    let running: Vec<String> = mark.map(str::to_owned).into_iter().chain([shorten(&meta.title)]).collect();
    let foot: Vec<String> = meta.reference.iter().chain(&meta.confidentiality).cloned().collect();
    let foot = css_string(&joined(&foot));
    let top = css_string(&joined(&running));
    let date = css_string(meta.date.as_deref().unwrap_or_default());
    let pages = page_of(meta);
    let mut out = format!(
        "@page {{\n  size: {size};\n  margin: {margin};\n  \
         @top-{start} {{ {MARGIN} font-style: italic; content: {top}; text-align: {start}; }}\n  \
         @top-{end} {{ {MARGIN} content: {date}; text-align: {end}; }}\n  \
         @bottom-{start} {{ {MARGIN} content: {foot}; text-align: {start}; }}\n  \
         @bottom-{end} {{ {MARGIN} content: {pages}; text-align: {end}; white-space: nowrap; }}\n}}\n"
    );
    // The first page has its title or letterhead; that of a letter has no number either.
    let plain = if style.is_some() {
        &["top-left", "top-right", "bottom-left", "bottom-right"][..]
    } else {
        &["top-left", "top-right"]
    };
    out.push_str("@page :first {\n");
    for place in plain {
        out.push_str(&format!("  @{place} {{ content: none; }}\n"));
    }
    if let Some(mark) = mark {
        out.push_str(&format!(
            "  @top-center {{ {MARGIN} content: {}; color: #9b2226; font-weight: 600; }}\n",
            css_string(mark)
        ));
    }
    if style == Some(LetterStyle::Unit) {
        out.push_str("  margin-top: 13mm;\n");
    }
    out.push_str("}\n");
    let own_digits = |words: &[(String, String)]| find_word(words, "digits").is_some();
    if own_digits(&meta.words) || meta.parallel_words.as_deref().is_some_and(own_digits) {
        out.push_str("ol:lang(ar) { list-style-type: arabic-indic; }\n");
    }
    if let Some(mark) = mark {
        // As large as the page's diagonal allows.
        let size = (800 / mark.chars().count().max(4)).min(150);
        out.push_str(&format!(".watermark {{ font-size: {size}pt; }}\n"));
    }
    out
}

/// Joins texts, each in its own direction.
fn joined(parts: &[String]) -> String {
    parts.iter().map(|part| format!("\u{2068}{part}\u{2069}")).collect::<Vec<_>>().join("  ·  ")
}

/// Returns "page x of y" as a value of `content`.
fn page_of(meta: &Meta) -> String {
    let pattern = find_word(&meta.words, "page_of").unwrap_or("{page}/{pages}");
    let digits = if find_word(&meta.words, "digits").is_some() { ", arabic-indic" } else { "" };
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("{page") {
        let (before, after) = rest.split_at(at);
        let (name, tail) = match (after.strip_prefix("{page}"), after.strip_prefix("{pages}")) {
            (Some(tail), _) => ("page", tail),
            (None, Some(tail)) => ("pages", tail),
            (None, None) => break,
        };
        parts.push(css_string(before));
        parts.push(format!("counter({name}{digits})"));
        rest = tail;
    }
    parts.push(css_string(rest));
    parts.join(" ")
}

/// Cuts a title at a word.
fn shorten(title: &str) -> String {
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(TITLE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}
