//! Inline content of one paragraph, heading or cell.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::html::{self, Tag as HtmlTag};
use super::{MAX_NESTING, Reader};
use crate::document::{Inline, Role, walk};

/// Inline content with the attributes around it.
#[derive(Default)]
pub(super) struct Run {
    /// The content.
    pub content: Vec<Inline>,
    /// Whether a comment opens it, so that no number does.
    pub guarded: bool,
    /// Identifier that opened it.
    pub own: Option<String>,
    /// Identifier that stands after it in braces.
    pub id: Option<String>,
    /// Level that stands after it in braces.
    pub level: Option<u8>,
}

/// What is being read.
enum Kind {
    /// The run as a whole, or something that leaves no trace.
    Plain,
    Strong,
    Emph,
    Link(String),
    Blank(String),
    Image,
    /// Up to the closing tag of this name.
    Html(HtmlTag, &'static str),
}

struct Frame {
    kind: Kind,
    /// The end that the parser will report; `None` for HTML.
    end: Option<TagEnd>,
    content: Vec<Inline>,
}

/// Whether a tag stands within a paragraph.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Strong
            | Tag::Emphasis
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
    )
}

/// Whether the end of a tag stands within a paragraph.
fn ends_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Strong
            | TagEnd::Emphasis
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

impl<'t> Reader<'_, '_, 't> {
    /// Reads inline content up to what is none.
    pub(super) fn run(&mut self) -> (Run, Role) {
        let mut run = Run::default();
        let role = self.role();
        let from = self.events.get(self.at).map(|(_, range)| range.start);
        let mut to = from.unwrap_or_default();
        let mut frames = vec![Frame { kind: Kind::Plain, end: None, content: Vec::new() }];
        while let Some((event, range)) = self.next() {
            match event {
                Event::Start(tag) if is_inline(&tag) => {
                    let frame = self.frame(tag, &range, frames.len());
                    frames.push(frame);
                }
                Event::End(end) if ends_inline(end) => {
                    // What HTML has left open ends here.
                    while let Some(frame) =
                        frames.pop_if(|frame| frame.end.is_some() || matches!(frame.kind, Kind::Html(..)))
                    {
                        let closes = frame.end == Some(end);
                        close(frame, &mut frames, &mut run);
                        if closes {
                            break;
                        }
                    }
                }
                Event::InlineHtml(html) => self.html(&html, &range, &mut frames, &mut run),
                Event::Text(text) => push(&mut frames, Inline::Text(text.into_string())),
                Event::Code(text) => push(&mut frames, Inline::Code(text.into_string())),
                Event::SoftBreak => push(&mut frames, Inline::Text(" ".into())),
                Event::HardBreak => push(&mut frames, Inline::Break),
                Event::TaskListMarker(checked) => {
                    push(&mut frames, Inline::Text(if checked { "[x] " } else { "[ ] " }.into()));
                }
                Event::FootnoteReference(label) => {
                    let depth = self.depth;
                    self.depth += frames.len();
                    let note = self.note(&label);
                    self.depth = depth;
                    push(&mut frames, note);
                }
                _ => {
                    self.at -= 1;
                    break;
                }
            }
            to = to.max(range.end);
        }
        while frames.len() > 1 {
            if let Some(frame) = frames.pop() {
                close(frame, &mut frames, &mut run);
            }
        }
        run.content = frames.pop().map(|frame| frame.content).unwrap_or_default();
        let raw = from.and_then(|from| self.text.get(from..to)).unwrap_or_default();
        attributes(raw, &mut run);
        (run, role)
    }

    /// Takes the line `{.role}` above a paragraph.
    fn role(&mut self) -> Role {
        let Some((Event::Text(_), range)) = self.events.get(self.at) else { return Role::Body };
        let line = self.text[range.start..].lines().next().unwrap_or_default().trim_end();
        let name = line.strip_prefix("{.").and_then(|line| line.strip_suffix('}'));
        let Some(role) = name.and_then(Role::from_name) else { return Role::Body };
        let escaped = self.text[..range.start].ends_with('\\');
        // The parser may hand the line over in several parts.
        let end = range.start + line.len();
        let rest = self.events[self.at..]
            .iter()
            .position(|(event, range)| range.start >= end || !matches!(event, Event::Text(_)));
        match rest.and_then(|rest| self.events.get(self.at + rest).map(|(event, _)| (rest, event))) {
            Some((rest, Event::SoftBreak)) if !escaped => {
                self.at += rest + 1;
                role
            }
            _ => Role::Body,
        }
    }

    fn frame(&mut self, tag: Tag<'t>, range: &Range<usize>, around: usize) -> Frame {
        let end = Some(tag.to_end());
        let kind = match tag {
            Tag::Image { dest_url, .. } => {
                let message = format!("the picture `{dest_url}` is left out, its text stays");
                self.leave_out(range, message, "pictures are not set; describe in words what it shows");
                Kind::Image
            }
            _ if self.depth + around >= MAX_NESTING => Kind::Plain,
            Tag::Strong => Kind::Strong,
            Tag::Emphasis => Kind::Emph,
            Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => Kind::Blank(dest_url.into_string()),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => Kind::Link(format!("mailto:{dest_url}")),
            Tag::Link { dest_url, .. } => Kind::Link(dest_url.into_string()),
            _ => Kind::Plain,
        };
        Frame { kind, end, content: Vec::new() }
    }

    fn html(&mut self, text: &str, range: &Range<usize>, frames: &mut Vec<Frame>, run: &mut Run) {
        let Some(tag) = html::read(text) else { return self.leave_html_out(text, range) };
        let name = match &tag {
            HtmlTag::Comment => {
                run.guarded |= frames.len() == 1 && frames.iter().all(|frame| frame.content.is_empty());
                return;
            }
            HtmlTag::Break => return push(frames, Inline::Break),
            HtmlTag::Close(name) => {
                let open = frames.last().is_some_and(|frame| matches!(&frame.kind, Kind::Html(_, it) if it == name));
                match frames.pop_if(|_| open) {
                    Some(frame) => close(frame, frames, run),
                    None => self.leave_html_out(text, range),
                }
                return;
            }
            HtmlTag::Lang(_) | HtmlTag::Note => "span",
            HtmlTag::Anchor(_) | HtmlTag::Own(_) => "a",
            HtmlTag::Blank => "mark",
            HtmlTag::Code => "code",
            HtmlTag::Strong => "b",
            HtmlTag::Emph => "i",
            HtmlTag::Parallel(_) | HtmlTag::Side => return self.leave_html_out(text, range),
        };
        let deep = self.depth + frames.len() >= MAX_NESTING;
        let kind = if deep { Kind::Html(HtmlTag::Comment, name) } else { Kind::Html(tag, name) };
        frames.push(Frame { kind, end: None, content: Vec::new() });
    }
}

/// Puts what was read into what is around it.
fn close(frame: Frame, frames: &mut [Frame], run: &mut Run) {
    let Frame { kind, content, .. } = frame;
    let inline = match kind {
        Kind::Strong | Kind::Html(HtmlTag::Strong, _) => Inline::Strong(content),
        Kind::Emph | Kind::Html(HtmlTag::Emph, _) => Inline::Emph(content),
        Kind::Link(url) => match url.strip_prefix('#') {
            Some(id) => Inline::Ref { id: id.to_owned(), text: walk::plain(&content) },
            None => Inline::Link { url, content },
        },
        Kind::Blank(path) => Inline::Blank(path),
        Kind::Html(HtmlTag::Blank, _) => Inline::Blank(walk::plain(&content)),
        Kind::Html(HtmlTag::Code, _) => Inline::Code(walk::plain(&content)),
        Kind::Html(HtmlTag::Lang(lang), _) => Inline::Lang { lang, content },
        Kind::Html(HtmlTag::Note, _) => Inline::Note(content),
        Kind::Html(HtmlTag::Anchor(id), _) => Inline::Anchor(id),
        Kind::Html(HtmlTag::Own(id), _) => {
            run.own = Some(id);
            return;
        }
        Kind::Plain | Kind::Image | Kind::Html(..) => {
            content.into_iter().for_each(|inline| push(frames, inline));
            return;
        }
    };
    push(frames, inline);
}

fn push(frames: &mut [Frame], inline: Inline) {
    let Some(frame) = frames.last_mut() else { return };
    match (inline, frame.content.last_mut()) {
        (Inline::Text(text), Some(Inline::Text(before))) => before.push_str(&text),
        (Inline::Text(text), _) if text.is_empty() => {}
        (inline, _) => frame.content.push(inline),
    }
}

/// Takes `{ #id level=2 }` off the end of a run; `raw` is the run as it was written, where braces that are text
/// are escaped.
fn attributes(raw: &str, run: &mut Run) {
    let raw = raw.trim_end();
    let Some((_, inside)) = raw.strip_suffix('}').and_then(|raw| raw.rsplit_once('{')) else { return };
    if raw.ends_with("\\}") || inside.trim().is_empty() {
        return;
    }
    let (mut id, mut level) = (None, None);
    for word in inside.split_whitespace() {
        if let Some(name) = word.strip_prefix('#') {
            id = Some(name.to_owned());
        } else if let Some(value) = word.strip_prefix("level=").and_then(|value| value.parse().ok()) {
            level = Some(value);
        } else {
            return;
        }
    }
    let Some(Inline::Text(text)) = run.content.last_mut() else { return };
    let Some(at) = text.rfind('{') else { return };
    text.truncate(at);
    if text.ends_with(' ') {
        text.pop();
    }
    if text.is_empty() {
        run.content.pop();
    }
    (run.id, run.level) = (id, level);
}

/// Splits the number off a heading: `3. Title` or `**3 a** Title`.
pub(super) fn numbered(mut content: Vec<Inline>) -> (Option<String>, Vec<Inline>) {
    match content.first_mut() {
        Some(Inline::Text(text)) => {
            let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
            let Some(number) = word.strip_suffix('.').map(str::to_owned) else { return (None, content) };
            *text = rest.to_owned();
            if text.is_empty() {
                content.remove(0);
            }
            (Some(number), content)
        }
        Some(Inline::Strong(number)) => {
            let number = walk::plain(number);
            content.remove(0);
            drop_blank(&mut content);
            (Some(number), content)
        }
        _ => (None, content),
    }
}

/// Drops the blank that parts a number from what it numbers.
pub(super) fn drop_blank(content: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = content.first_mut() {
        if let Some(rest) = text.strip_prefix(' ') {
            *text = rest.to_owned();
        }
        if text.is_empty() {
            content.remove(0);
        }
    }
}
