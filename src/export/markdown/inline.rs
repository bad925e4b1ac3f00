//! Inline content as Markdown in which no text can be mistaken for markup.
//!
//! Text is escaped by backslashes; blanks at the edges, control characters and whatever else a reader would drop
//! become character references. What CommonMark has no sign for is written as HTML of a closed set: `<span lang>`
//! for other languages, `<a id>` for targets, `<br>` where a line cannot end, `<mark>` and `<code>` for what
//! brackets and backticks cannot hold, `<b>` and `<i>` within their like. An empty comment parts signs that would
//! run into one another.
//!
//! Source: CommonMark 0.31.2, §2.4, §2.5, §6.2.

use std::fmt::Write as _;

use crate::document::Inline;
use crate::locale::Lang;

/// Parts signs that would run into one another.
pub(super) const PARTING: &str = "<!-- -->";

/// The stroke that would become one with an angle bracket before it in normalisation form C.
const STROKE: char = '\u{338}';

/// Where content stands, which decides what it may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph: lines may end in it.
    Paragraph,
    /// A heading: one line, with attributes at its end.
    Heading,
    /// A cell of a table.
    Cell,
    /// A value of YAML, where no footnote can be defined.
    Value,
    /// A footnote.
    Note,
}

/// Footnotes of a text, in their order: each is there when it was written to its end.
pub(super) type Notes = Vec<Option<String>>;

/// Writes content; `before` already stands on its line.
pub(super) fn write(content: &[Inline], place: Place, before: &str, lang: Lang, notes: &mut Notes) -> String {
    let mut writer = Writer {
        out: before.to_owned(),
        place,
        lang,
        notes,
        marks: Vec::new(),
        strong: false,
        emphasis: false,
        in_link: false,
    };
    writer.content(content, true);
    writer.parted()
}

/// Writes text for the quotes of an HTML attribute.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '&' | '"' | '<' | '>' | '|' | '`' | '\\' => reference(character, &mut out),
            c if is_lost(c) => reference(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

struct Writer<'a> {
    out: String,
    place: Place,
    lang: Lang,
    notes: &'a mut Notes,
    /// Signs of emphasis that were written.
    marks: Vec<Mark>,
    strong: bool,
    emphasis: bool,
    in_link: bool,
}

/// A sign of emphasis: where it begins, how long it is, whether it opens.
struct Mark {
    at: usize,
    len: usize,
    opens: bool,
}

impl Writer<'_> {
    /// Writes content; `ends` says that the end of a line or block follows it.
    fn content(&mut self, content: &[Inline], ends: bool) {
        for (at, inline) in content.iter().enumerate() {
            let previous = at.checked_sub(1).and_then(|at| content.get(at));
            let next = content.get(at + 1);
            if is_bracketed(inline) && previous.is_some_and(is_bracketed) {
                self.out.push_str(PARTING);
            }
            match inline {
                Inline::Text(text) => self.text(text, previous, next, ends),
                Inline::Strong(inner) if self.strong || inner.is_empty() => self.tagged("b", inner),
                Inline::Strong(inner) => {
                    self.strong = true;
                    self.emphasised("**", inner);
                    self.strong = false;
                }
                Inline::Emph(inner) if self.emphasis || inner.is_empty() => self.tagged("i", inner),
                Inline::Emph(inner) => {
                    let mark = if self.strong || inner.iter().any(has_emphasis) { "_" } else { "*" };
                    self.emphasis = true;
                    self.emphasised(mark, inner);
                    self.emphasis = false;
                }
                Inline::Link { url, content } => {
                    self.out.push('[');
                    let within = std::mem::replace(&mut self.in_link, true);
                    self.content(content, false);
                    self.in_link = within;
                    self.destination("", url);
                }
                Inline::Ref { id, text } => {
                    self.out.push('[');
                    self.text(text, None, None, false);
                    self.destination("#", id);
                }
                Inline::Anchor(id) => {
                    let _ = write!(self.out, "<a id=\"{}\"></a>", attribute(id));
                }
                Inline::Break => {
                    let between = |inline: Option<&Inline>| inline.is_some_and(|inline| *inline != Inline::Break);
                    let splits = self.place == Place::Paragraph && between(previous) && between(next);
                    self.out.push_str(if splits { "\\\n" } else { "<br>" });
                }
                Inline::Blank(path) if is_simple_path(path) && !self.in_link => {
                    let _ = write!(self.out, "[[{path}]]");
                }
                Inline::Blank(path) => {
                    self.out.push_str("<mark>");
                    self.text(path, None, None, false);
                    self.out.push_str("</mark>");
                }
                Inline::Lang { lang, content } => {
                    let direction = match (self.lang.is_rtl(), lang.is_rtl()) {
                        (false, true) => " dir=\"rtl\"",
                        (true, false) => " dir=\"ltr\"",
                        _ => "",
                    };
                    let _ = write!(self.out, "<span lang=\"{lang}\"{direction}>");
                    self.content(content, false);
                    self.out.push_str("</span>");
                }
                Inline::Note(content) => self.note(content),
                Inline::Code(text) => self.code(text),
            }
        }
    }

    fn tagged(&mut self, tag: &str, content: &[Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.content(content, false);
        let _ = write!(self.out, "</{tag}>");
    }

    fn emphasised(&mut self, mark: &str, content: &[Inline]) {
        self.marks.push(Mark { at: self.out.len(), len: mark.len(), opens: true });
        self.out.push_str(mark);
        self.content(content, false);
        self.marks.push(Mark { at: self.out.len(), len: mark.len(), opens: false });
        self.out.push_str(mark);
    }

    fn note(&mut self, content: &[Inline]) {
        // Readers take no footnote within the text of a link.
        if self.place == Place::Value || self.in_link {
            self.out.push_str("<span role=\"note\">");
            self.content(content, false);
            self.out.push_str("</span>");
            return;
        }
        let at = self.notes.len();
        self.notes.push(None);
        let text = write(content, Place::Note, "", self.lang, self.notes);
        self.notes[at] = Some(text);
        let _ = write!(self.out, "[^{}]", at + 1);
    }

    /// Writes the end of a link and where it leads.
    fn destination(&mut self, sign: &str, url: &str) {
        self.out.push_str("](");
        self.out.push_str(sign);
        let simple = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$+,;=%".contains(c);
        if !url.is_empty() && url.chars().all(simple) {
            self.out.push_str(url);
        } else {
            // The sign belongs within the angle brackets.
            self.out.truncate(self.out.len() - sign.len());
            self.out.push('<');
            self.out.push_str(sign);
            for character in url.chars() {
                match character {
                    '\\' | '<' | '>' | '&' | '`' | '|' => reference(character, &mut self.out),
                    c if is_lost(c) || c.is_whitespace() || c == STROKE => reference(c, &mut self.out),
                    c => self.out.push(c),
                }
            }
            self.out.push('>');
        }
        self.out.push(')');
    }

    fn code(&mut self, text: &str) {
        let parts_cells = self.place == Place::Cell && text.contains('|');
        if text.is_empty() || parts_cells || text.chars().any(is_lost) {
            self.out.push_str("<code>");
            self.text(text, None, None, false);
            self.out.push_str("</code>");
            return;
        }
        if self.out.ends_with('`') {
            self.out.push_str(PARTING);
        }
        let fence = "`".repeat(longest_run(text) + 1);
        let all_blank = text.chars().all(|c| c == ' ');
        let edges = |sign| text.starts_with(sign) || text.ends_with(sign);
        let pad = if edges('`') || text.starts_with(' ') && text.ends_with(' ') && !all_blank { " " } else { "" };
        let _ = write!(self.out, "{fence}{pad}{text}{pad}{fence}");
    }

    /// Writes text between its neighbours; `ends` says that the block ends after the last of them.
    fn text(&mut self, text: &str, previous: Option<&Inline>, next: Option<&Inline>, ends: bool) {
        let starts_line = self.out.is_empty() || self.out.ends_with('\n');
        let in_line = if starts_line { escaped_start(text) } else { None };
        let after_brackets = previous.is_some_and(is_bracketed);
        let edge = |inline: Option<&Inline>| inline.is_none_or(|inline| *inline == Inline::Break);
        let length = text.chars().count();
        let mut before = None;
        let mut characters = text.char_indices().enumerate().peekable();
        while let Some((count, (at, character))) = characters.next() {
            let after = characters.peek().map(|(_, (_, c))| *c);
            let first = count == 0;
            let last = count + 1 == length;
            let at_edge = first && edge(previous) || last && edge(next);
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            match character {
                c if is_lost(c) || at_edge && c.is_whitespace() => reference(c, &mut self.out),
                c if first && c == STROKE => reference(c, &mut self.out),
                '{' | '}' if self.place == Place::Heading => reference(character, &mut self.out),
                '}' if last && ends && next.is_none() => reference('}', &mut self.out),
                c if is_escaped(c)
                    || in_line == Some(at)
                    || c == '_' && !(word(before) && word(after))
                    || c == '&' && after.is_some_and(|c| c == '#' || c.is_ascii_alphanumeric())
                    || c == '|' && self.place == Place::Cell
                    || c == '#' && self.place == Place::Heading
                    || c == '!' && last
                    || first && after_brackets && matches!(c, '(' | ':') =>
                {
                    self.out.push('\\');
                    self.out.push(c);
                }
                c => self.out.push(c),
            }
            // Where a reference was written, the reader sees its semicolon.
            before = Some(character).filter(|_| self.out.ends_with(character));
        }
    }

    /// Returns what was written, with comments where a sign of emphasis would not be taken for what it is.
    fn parted(self) -> String {
        let mut out = String::with_capacity(self.out.len());
        let mut from = 0;
        for mark in &self.marks {
            out.push_str(&self.out[from..mark.at]);
            from = mark.at + mark.len;
            let sign = &self.out[mark.at..from];
            let before = out.chars().next_back();
            let after = Kind::of(self.out[from..].chars().next());
            let works = Kind::readings(Kind::of(before), after).all(|(before, after)| {
                let (left, right) = flanking(before, after);
                match (mark.opens, sign) {
                    (true, "_") => left && (!right || before == Kind::Sign),
                    (true, _) => left,
                    (false, "_") => right && (!left || after == Kind::Sign),
                    (false, _) => right,
                }
            });
            if mark.opens && (!works || before.is_some_and(|c| sign.starts_with(c))) {
                out.push_str(PARTING);
            }
            out.push_str(sign);
            if !mark.opens && !works {
                out.push_str(PARTING);
            }
        }
        out.push_str(&self.out[from..]);
        out
    }
}

/// What a character is to a sign of emphasis beside it (CommonMark §6.2).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// White space, or the start or end of the text.
    Blank,
    /// Punctuation or a symbol.
    Sign,
    /// Anything else, as a letter.
    Letter,
    /// One of the last two.
    Unclear,
}

impl Kind {
    fn of(character: Option<char>) -> Self {
        match character {
            None => Self::Blank,
            Some(c) if c.is_whitespace() => Self::Blank,
            // Letters in circles and squares are symbols.
            Some('\u{2460}'..='\u{24ff}' | '\u{1f100}'..='\u{1f1ff}') => Self::Unclear,
            Some(c) if c.is_alphanumeric() => Self::Letter,
            Some(c) if c.is_ascii_punctuation() => Self::Sign,
            Some(_) => Self::Unclear,
        }
    }

    /// Returns what a reader may take two characters for.
    fn readings(before: Self, after: Self) -> impl Iterator<Item = (Self, Self)> {
        let each = |kind| match kind {
            Self::Unclear => [Self::Sign, Self::Letter],
            kind => [kind, kind],
        };
        each(before).into_iter().flat_map(move |before| each(after).into_iter().map(move |after| (before, after)))
    }
}

/// Returns whether a sign between two characters is left-flanking and right-flanking (CommonMark §6.2).
fn flanking(before: Kind, after: Kind) -> (bool, bool) {
    let flanks = |outer: Kind, inner: Kind| inner != Kind::Blank && (inner != Kind::Sign || outer != Kind::Letter);
    (flanks(before, after), flanks(after, before))
}

/// Returns the place of the sign in a text that would begin a block, were it not escaped.
fn escaped_start(text: &str) -> Option<usize> {
    let blank = |at: usize| text[at..].chars().next().is_none_or(|c| matches!(c, ' ' | '\t'));
    match text.chars().next()? {
        '#' | '>' | '=' | ':' | '|' | '-' => Some(0),
        '+' => blank(1).then_some(0),
        '0'..='9' => {
            let digits = text.find(|c: char| !c.is_ascii_digit())?;
            (digits <= 9 && text[digits..].starts_with(['.', ')']) && blank(digits + 1)).then_some(digits)
        }
        _ => None,
    }
}

/// Whether content holds emphasis of either kind.
fn has_emphasis(inline: &Inline) -> bool {
    match inline {
        Inline::Strong(_) | Inline::Emph(_) => true,
        Inline::Link { content, .. } | Inline::Lang { content, .. } | Inline::Note(content) => {
            content.iter().any(has_emphasis)
        }
        _ => false,
    }
}

/// Whether inline content is written with a bracket at its end.
fn is_bracketed(inline: &Inline) -> bool {
    matches!(inline, Inline::Link { .. } | Inline::Ref { .. } | Inline::Blank(_) | Inline::Note(_))
}

/// Characters that mean something wherever they stand.
fn is_escaped(character: char) -> bool {
    matches!(character, '\\' | '`' | '*' | '[' | ']' | '<' | '~')
}

/// Characters that a reader would drop, change or take for the end of a line.
fn is_lost(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn is_simple_path(path: &str) -> bool {
    !path.is_empty() && path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

fn reference(character: char, out: &mut String) {
    let _ = match character {
        '&' => write!(out, "&amp;"),
        '<' => write!(out, "&lt;"),
        '>' => write!(out, "&gt;"),
        '"' => write!(out, "&quot;"),
        '\u{a0}' => write!(out, "&nbsp;"),
        c => write!(out, "&#{};", u32::from(c)),
    };
}

/// Returns the length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
