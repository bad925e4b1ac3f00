//! Rich text of a case file, made safe: paragraphs, lists and emphasis remain, all else is plain text.

use std::borrow::Cow;

use super::markdown::{self, Reading};
use super::quarantine::{carry, in_language};
use crate::document::{Block, Inline, walk};
use crate::locale::Lang;
use crate::source::Source;

/// Returns Markdown that says the same with nothing in it that could take effect beyond paragraphs,
/// lists and emphasis. `typography` mends the text as template text is mended.
pub fn sanitise(text: &str, typography: fn(&str) -> Cow<'_, str>) -> String {
    sanitise_in(text, typography, None)
}

/// Does the same with text in another language than the document's, which stays marked with it.
pub fn sanitise_in(text: &str, typography: fn(&str) -> Cow<'_, str>, lang: Option<Lang>) -> String {
    let source = Source::new("rich text", text);
    let mut reading = Reading::new(&source);
    reading.typography = typography;
    reading.rich_text = true;
    let blocks = markdown::blocks(&mut reading, 0..text.len());
    let mut out = String::new();
    Writer { lang }.blocks(&blocks, "", &mut out);
    out.trim_end().to_owned()
}

/// Writes safe Markdown.
struct Writer {
    /// Language to mark each run of text with.
    lang: Option<Lang>,
}

impl Writer {
    fn blocks(&self, blocks: &[Block], indent: &str, out: &mut String) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            match block {
                Block::Para { content, .. } | Block::Heading { content, .. } => {
                    out.push_str(if at > 0 { indent } else { "" });
                    self.inlines(content, out);
                    out.push('\n');
                }
                Block::List { start, items, .. } => {
                    for (number, item) in items.iter().enumerate() {
                        let mark = start.map_or_else(
                            || "- ".to_owned(),
                            |start| format!("{}. ", start.saturating_add(number as u64).min(999_999)),
                        );
                        out.push_str(if at > 0 || number > 0 { indent } else { "" });
                        out.push_str(&mark);
                        let deeper = format!("{indent}{}", " ".repeat(mark.len()));
                        self.blocks(item, &deeper, out);
                    }
                }
                Block::Quote(inner) | Block::Note(inner) => self.blocks(inner, indent, out),
                Block::Table { header, rows, .. } => {
                    for row in std::iter::once(header).chain(rows) {
                        let cells: Vec<_> = row.iter().map(|cell| self.carry(&walk::plain(cell))).collect();
                        out.push_str(indent);
                        out.push_str(&cells.join(" – "));
                        out.push_str("\n\n");
                    }
                }
                _ => {}
            }
        }
    }

    fn inlines(&self, content: &[Inline], out: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(text) => {
                    // Blanks at the ends part words from their neighbours; `carry` would trim them.
                    out.push_str(if text.starts_with(' ') { " " } else { "" });
                    out.push_str(&self.carry(text));
                    out.push_str(if text.len() > 1 && text.ends_with(' ') { " " } else { "" });
                }
                Inline::Strong(content) => self.wrap("**", content, out),
                Inline::Emph(content) => self.wrap("*", content, out),
                Inline::Link { content, .. } | Inline::Lang { content, .. } => self.inlines(content, out),
                Inline::Ref { text, .. } | Inline::Code(text) => out.push_str(&self.carry(text)),
                Inline::Break => out.push_str("\\\n"),
                Inline::Anchor(_) | Inline::Blank(_) | Inline::Note(_) => {}
            }
        }
    }

    fn wrap(&self, mark: &str, content: &[Inline], out: &mut String) {
        let text = walk::plain(content);
        if text.trim().is_empty() {
            return;
        }
        out.push_str(if text.starts_with(' ') { " " } else { "" });
        out.push_str(mark);
        out.push_str(&self.carry(&text));
        out.push_str(mark);
        out.push_str(if text.ends_with(' ') { " " } else { "" });
    }

    fn carry(&self, text: &str) -> String {
        match self.lang {
            Some(lang) if !text.trim().is_empty() => in_language(lang, &carry(text)),
            _ => carry(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str) -> Vec<Block> {
        let safe = sanitise(text, |text| Cow::Borrowed(text));
        let source = Source::new("x", safe.clone());
        let mut reading = Reading::new(&source);
        let blocks = markdown::blocks(&mut reading, 0..safe.len());
        assert!(reading.faults.is_empty(), "{safe}\n{:?}", reading.faults);
        blocks
    }

    #[test]
    fn paragraphs_lists_and_emphasis_remain() {
        let blocks = round("One *two* three.\n\n- a\n- **b**\n  1. c\n\nEnd.");
        assert_eq!(blocks.len(), 3);
        assert!(
            matches!(&blocks[1], Block::List { items, .. } if items.len() == 2 && items[1].len() == 2),
            "{blocks:?}"
        );
    }

    #[test]
    fn nothing_else_takes_effect() {
        for text in [
            "# Title",
            "```signatures\n- lines: [x]\n```",
            "<script>x</script>",
            "{{ unit.name }} {% if %}",
            "![i](http://x)",
            "| a | b |\n|---|---|\n| c | d |",
            "---\nframe: form\n---",
            "    code",
        ] {
            for block in round(text) {
                assert!(matches!(block, Block::Para { .. }), "{text}: {block:?}");
            }
        }
    }
}
