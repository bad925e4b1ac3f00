//! The few tags of HTML that are understood, each as one whole tag.

use crate::locale::{Lang, Locale};

/// What a tag is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tag {
    /// Text in another language.
    Lang(Lang),
    /// A footnote where none can be defined.
    Note,
    /// A target of cross-references.
    Anchor(String),
    /// The identifier of the heading or clause that it opens.
    Own(String),
    /// A missing value.
    Blank,
    /// Text as a machine would write it.
    Code,
    /// Strong text.
    Strong,
    /// Emphasised text.
    Emph,
    /// A line break.
    Break,
    /// Two languages side by side.
    Parallel([Locale; 2]),
    /// One of the sides.
    Side,
    /// The end of a part with this name.
    Close(String),
    /// A remark that is not printed.
    Comment,
}

/// Reads a tag; `None` for one that is not understood, or for anything beyond a single tag.
pub(super) fn read(html: &str) -> Option<Tag> {
    let html = html.trim();
    if html.starts_with("<!--") && html.ends_with("-->") {
        return Some(Tag::Comment);
    }
    let inner = html.strip_prefix('<')?.strip_suffix('>')?;
    if inner.contains(['<', '>']) {
        return None;
    }
    if let Some(name) = inner.strip_prefix('/') {
        let name = name.trim().to_ascii_lowercase();
        return Some(Tag::Close(name));
    }
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let (name, rest) = inner.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((inner, ""));
    let attributes = attributes(rest)?;
    let attribute = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    Some(match name.to_ascii_lowercase().as_str() {
        "span" if attribute("role") == Some("note") => Tag::Note,
        "span" => Tag::Lang(attribute("lang")?.parse::<Locale>().ok()?.lang),
        "a" if attribute("class") == Some("own") => Tag::Own(attribute("id")?.to_owned()),
        "a" if attribute("href").is_none() => Tag::Anchor(attribute("id")?.to_owned()),
        "mark" if attributes.is_empty() => Tag::Blank,
        "code" if attributes.is_empty() => Tag::Code,
        "b" if attributes.is_empty() => Tag::Strong,
        "i" if attributes.is_empty() => Tag::Emph,
        "br" => Tag::Break,
        "div" => match attribute("class").map(|class| class.split(' ').collect::<Vec<_>>()).as_deref() {
            Some(["parallel", first, second]) => Tag::Parallel([first.parse().ok()?, second.parse().ok()?]),
            Some(_) => return None,
            None => {
                attribute("lang")?.parse::<Locale>().ok()?;
                Tag::Side
            }
        },
        _ => return None,
    })
}

/// Reads attributes with quoted values; `None` for any other.
fn attributes(text: &str) -> Option<Vec<(String, String)>> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        all.push((name.trim().to_ascii_lowercase(), released(value)));
        rest = after.trim_start();
    }
    Some(all)
}

/// Brings character references back, as far as attributes are written with them.
fn released(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').and_then(|(name, after)| Some((character(name)?, after)));
        match found {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        _ => name.strip_prefix('#')?.parse().ok().and_then(char::from_u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_closed_set_is_understood() {
        assert_eq!(read("<span lang=\"es\" dir=\"ltr\">"), Some(Tag::Lang(Lang::Es)));
        assert_eq!(read("<a id=\"x&quot;y\">"), Some(Tag::Anchor("x\"y".into())));
        assert_eq!(read("<br />"), Some(Tag::Break));
        assert_eq!(read("</span>"), Some(Tag::Close("span".into())));
        for html in
            ["<span onclick=\"x\">", "<span>", "<a href=\"x\" id=\"y\">", "<b class=\"x\">", "<script>", "<", ""]
        {
            assert_eq!(read(html), None, "{html}");
        }
    }
}
