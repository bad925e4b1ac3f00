//! Going through the tree in the order of reading.

use std::collections::{HashMap, HashSet};

use super::super::docx::Tracked;
use super::super::fnv::Fnv;
use super::super::plain;
use super::build::{Building, Look};
use super::css::{Css, Space, css};
use super::notes::{self, Note};
use super::tree::{Data, Id, MAX_DEPTH, Page};
use crate::document::draft::{Block, ObjectKind, Story, StoryKind};
use crate::document::label;

/// What was met on the way.
#[derive(Default)]
pub(super) struct Seen {
    /// Texts that are hidden.
    pub hidden: usize,
    /// Style sheets that hide or number.
    pub sheets: usize,
    /// Tracked changes.
    pub tracked: usize,
    /// Language of the page, as it says.
    pub lang: Option<String>,
}

/// What an element inherits.
#[derive(Clone, Copy, Default)]
pub(super) struct Given {
    look: Look,
    heading: Option<u8>,
    shape: u64,
    depth: u32,
}

/// A list that is open.
struct List {
    ordered: bool,
    form: Option<String>,
    next: i64,
    step: i64,
}

/// Goes through a page.
pub(super) struct Walk<'a> {
    pub(super) page: &'a Page,
    tracked: Tracked,
    notes: HashMap<Id, Note>,
    /// Elements that are told elsewhere: notes, and their links back.
    elsewhere: HashSet<Id>,
    /// Notes in the order in which they are cited, with their numbers.
    cited: Vec<(Id, String)>,
    cited_at: HashMap<Id, usize>,
    pub(super) blocks: Vec<Block>,
    pub(super) building: Building,
    lists: Vec<List>,
    /// What was met.
    pub(super) seen: Seen,
    pub(super) tables: u32,
    /// Cells that rows above take from later ones, of the whole page.
    pub(super) joined: usize,
}

impl<'a> Walk<'a> {
    /// Starts.
    pub(super) fn new(page: &'a Page, tracked: Tracked) -> Self {
        let notes = notes::find(page);
        let elsewhere = notes.values().flat_map(|note| note.back.iter().copied().chain([note.holder])).collect();
        Self {
            page,
            tracked,
            notes,
            elsewhere,
            cited: Vec::new(),
            cited_at: HashMap::new(),
            blocks: Vec::new(),
            building: Building::default(),
            lists: Vec::new(),
            seen: Seen::default(),
            tables: 0,
            joined: 0,
        }
    }

    /// Reads all that is below a node as one story.
    pub(super) fn story(&mut self, id: Id) -> Vec<Block> {
        self.inside(id, Given::default());
        self.flush(Given::default());
        std::mem::take(&mut self.blocks)
    }

    /// Reads the notes that were cited, and those that they cite.
    pub(super) fn notes(&mut self, stories: &mut Vec<Story>) {
        let mut at = 0;
        while let Some((holder, number)) = self.cited.get(at).cloned() {
            let blocks = self.story(holder);
            stories.push(Story { kind: StoryKind::Footnote, name: number, blocks });
            at += 1;
        }
    }

    /// Reads what is in a node.
    pub(super) fn inside(&mut self, id: Id, given: Given) {
        if given.depth > 2 * MAX_DEPTH {
            return;
        }
        let page = self.page;
        for child in page.children(id) {
            match &page.node(child).data {
                Data::Text(text) => self.text(text, given),
                Data::Element { .. } if !self.elsewhere.contains(&child) => self.element(child, given),
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str, given: Given) {
        self.building.text(text, given.look);
    }

    /// Ends a paragraph.
    pub(super) fn flush(&mut self, given: Given) {
        if let Some(mut block) = self.building.take(given.heading, given.shape) {
            if let Block::Para(para) = &mut block {
                // A bullet before a number that was typed is for the eye of who wrote the page.
                let bullet = para.label.as_ref().is_some_and(|label| label.text == "•");
                if bullet && label::find(&para.text).is_some_and(|found| found.sure) {
                    para.label = None;
                }
            }
            self.blocks.push(block);
        }
    }

    fn element(&mut self, id: Id, mut given: Given) {
        let page = self.page;
        let name = page.name(id);
        let style = page.attr(id, "style").map(css).unwrap_or_default();
        if name == "style" {
            let sheet = page.text(id).to_ascii_lowercase().replace(' ', "");
            let acts = ["display:none", "counter(", "content:\"", "content:'"].iter().any(|act| sheet.contains(act));
            self.seen.sheets += usize::from(acts);
        }
        if matches!(
            name,
            "head" | "script" | "style" | "template" | "title" | "datalist" | "noscript" | "param" | "area"
        ) {
            return;
        }
        if style.hidden || page.attr(id, "hidden").is_some() {
            self.seen.hidden += usize::from(page.text(id).contains(|c: char| !c.is_whitespace()));
            return;
        }
        if matches!(name, "ins" | "del") {
            self.seen.tracked += 1;
            let left_out = if self.tracked == Tracked::Rejected { "ins" } else { "del" };
            if name == left_out {
                return;
            }
        }
        if self.seen.lang.is_none() && matches!(name, "html" | "body") {
            self.seen.lang = page.attr(id, "lang").map(str::to_owned);
        }
        given.depth += 1;
        look(&mut given.look, name, &style, page.attr(id, "style"));
        if let Some(note) = self.notes.get(&id).cloned() {
            self.cite(note, given);
        } else if is_block(name, &style) {
            self.block(id, name, &style, given);
        } else {
            self.phrase(id, name, given);
        }
    }

    fn cite(&mut self, note: Note, given: Given) {
        let place = *self.cited_at.entry(note.holder).or_insert_with(|| {
            self.cited.push((note.holder, note.number.clone()));
            // The first story is the body.
            self.cited.len()
        });
        self.building.object(ObjectKind::Note(place), note.number, 0, given.look);
    }

    fn block(&mut self, id: Id, name: &str, style: &Css<'_>, mut given: Given) {
        let page = self.page;
        let outer = given;
        self.flush(outer);
        given.heading = heading(page, id, name).or(given.heading);
        given.shape = shape(page, id, name, given.shape);
        match name {
            "table" => self.table(id, Given { heading: None, ..given }),
            "ol" | "ul" | "menu" | "dir" => {
                self.open_list(id, name, style);
                self.inside(id, given);
                self.flush(given);
                self.lists.pop();
            }
            "li" => {
                self.building.label = self.number(id, style);
                self.inside(id, given);
                self.flush(given);
                self.building.label = None;
            }
            "pre" | "textarea" | "listing" | "xmp" => {
                let text = page.text(id);
                let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
                let code = page.children(id).any(|child| page.name(child) == "code");
                if text.contains("\n\n") && !code {
                    for para in plain::paragraphs(text) {
                        let block = self.building.adopt(para);
                        self.blocks.push(block);
                    }
                } else {
                    self.building.text(text, Look { space: Space::Keep, ..given.look });
                    self.flush(given);
                }
            }
            "hr" => {}
            _ => {
                self.inside(id, given);
                self.flush(given);
            }
        }
    }

    fn phrase(&mut self, id: Id, name: &str, given: Given) {
        let page = self.page;
        let attr = |wanted| page.attr(id, wanted);
        match name {
            "br" => {
                if self.building.ends_line() {
                    // Two in a row end a paragraph, in pages that know no other way.
                    self.flush(given);
                } else if !self.building.is_empty() {
                    self.building.line_break(given.look);
                }
            }
            "img" | "image" => {
                let source = attr("src").unwrap_or_default();
                let alt = attr("alt").unwrap_or_default();
                let mut fnv = Fnv::default();
                fnv.write(source.as_bytes());
                let file = source.rsplit('/').next().filter(|_| !source.starts_with("data:")).unwrap_or_default();
                let name = if alt.trim().is_empty() { file } else { alt.trim() };
                self.building.object(ObjectKind::Image, name.to_owned(), fnv.finish(), given.look);
            }
            "math" => {
                let text = page.text(id);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.building.object(ObjectKind::Equation, text, page.digest(id), given.look);
            }
            "svg" | "object" | "embed" | "iframe" | "video" | "audio" | "canvas" | "map" => {
                let called = attr("title").or(attr("alt")).unwrap_or(name).to_owned();
                self.building.object(ObjectKind::Other, called, page.digest(id), given.look);
            }
            "input" => match attr("type").unwrap_or("text").to_ascii_lowercase().as_str() {
                "checkbox" | "radio" => {
                    self.text(if attr("checked").is_some() { "☑" } else { "☐" }, given);
                }
                "hidden" | "image" | "file" | "password" | "color" | "range" => {}
                _ => self.text(attr("value").unwrap_or_default(), given),
            },
            _ => self.inside(id, given),
        }
    }

    fn open_list(&mut self, id: Id, name: &str, style: &Css<'_>) {
        let page = self.page;
        let ordered = name == "ol";
        let form = style.list.or_else(|| page.attr(id, "type")).map(str::to_owned);
        let start = page.attr(id, "start").and_then(|start| start.trim().parse().ok());
        let reversed = page.attr(id, "reversed").is_some();
        let items = || page.children(id).filter(|child| page.name(*child) == "li").count();
        let next = start.unwrap_or_else(|| if reversed { i64::try_from(items()).unwrap_or(1) } else { 1 });
        self.lists.push(List { ordered, form, next, step: if reversed { -1 } else { 1 } });
    }

    /// Returns the number of a list item, as browsers write it.
    fn number(&mut self, id: Id, style: &Css<'_>) -> Option<String> {
        let value = self.page.attr(id, "value").and_then(|value| value.trim().parse().ok());
        let own = style.list.or_else(|| self.page.attr(id, "type"));
        let Some(list) = self.lists.last_mut() else { return Some("•".to_owned()) };
        let value: i64 = value.unwrap_or(list.next);
        if !list.ordered {
            let none = own.or(list.form.as_deref()).is_some_and(|form| form.eq_ignore_ascii_case("none"));
            return (!none).then(|| "•".to_owned());
        }
        list.next = value.saturating_add(list.step);
        counted(value, own.or(list.form.as_deref()).unwrap_or("1"))
    }
}

/// Writes the number of a list item in a form of CSS or of HTML; `None` for no number.
fn counted(value: i64, form: &str) -> Option<String> {
    let letters = |first: char| -> Option<String> {
        let mut left = u32::try_from(value).ok().filter(|value| *value > 0)?;
        let mut out = Vec::new();
        while left > 0 {
            out.push(char::from_u32(u32::from(first) + (left - 1) % 26)?);
            left = (left - 1) / 26;
        }
        Some(out.iter().rev().collect())
    };
    let roman = || {
        let mut left = u32::try_from(value).ok().filter(|value| (1..4000).contains(value))?;
        let mut out = String::new();
        for (step, sign) in [
            (1000, "m"),
            (900, "cm"),
            (500, "d"),
            (400, "cd"),
            (100, "c"),
            (90, "xc"),
            (50, "l"),
            (40, "xl"),
            (10, "x"),
            (9, "ix"),
            (5, "v"),
            (4, "iv"),
            (1, "i"),
        ] {
            while left >= step {
                out.push_str(sign);
                left -= step;
            }
        }
        Some(out)
    };
    let number = match form {
        "a" => letters('a'),
        "A" => letters('A'),
        "i" => roman(),
        "I" => roman().map(|number| number.to_uppercase()),
        _ => match form.to_ascii_lowercase().as_str() {
            "none" => return None,
            "disc" | "circle" | "square" => return Some("•".to_owned()),
            "lower-alpha" | "lower-latin" => letters('a'),
            "upper-alpha" | "upper-latin" => letters('A'),
            "lower-roman" => roman(),
            "upper-roman" => roman().map(|number| number.to_uppercase()),
            "decimal-leading-zero" => Some(format!("{value:02}")),
            "arabic-indic" => Some(
                value
                    .to_string()
                    .chars()
                    .map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x660 + d)).unwrap_or(c))
                    .collect(),
            ),
            _ => None,
        },
    };
    Some(format!("{}.", number.unwrap_or_else(|| value.to_string())))
}

/// Returns the depth of a heading.
fn heading(page: &Page, id: Id, name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ if page.attr(id, "role") == Some("heading") => {
            page.attr(id, "aria-level").and_then(|level| level.parse().ok()).filter(|level| (1..=9).contains(level))
        }
        _ => None,
    }
}

/// Digests what shapes a paragraph as a whole.
fn shape(page: &Page, id: Id, name: &str, outer: u64) -> u64 {
    let style = page.attr(id, "style").unwrap_or_default();
    if matches!(name, "html" | "body" | "div" | "section" | "article" | "main" | "p" | "tbody" | "tr")
        && style.is_empty()
    {
        return outer;
    }
    let mut fnv = Fnv::default();
    fnv.write(&outer.to_le_bytes());
    fnv.write(name.as_bytes());
    fnv.write(style.as_bytes());
    fnv.finish()
}

fn look(look: &mut Look, name: &str, style: &Css<'_>, whole: Option<&str>) {
    match name {
        "b" | "strong" | "th" => look.strong = true,
        "i" | "em" | "cite" | "var" | "dfn" | "address" => look.emph = true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => look.strong = true,
        "u" | "s" | "strike" | "sup" | "sub" | "code" | "kbd" | "samp" | "tt" | "small" | "big" | "mark" | "font" => {
            let mut fnv = Fnv::default();
            fnv.write(&look.other.to_le_bytes());
            fnv.write(name.as_bytes());
            // The two lowest bits say bold and italic.
            look.other = fnv.finish() & !3;
        }
        "pre" | "listing" | "xmp" | "textarea" => look.space = Space::Keep,
        _ => {}
    }
    if let Some(strong) = style.strong {
        look.strong = strong;
    }
    if let Some(emph) = style.emph {
        look.emph = emph;
    }
    if let Some(space) = style.space {
        look.space = space;
    }
    if let Some(whole) = whole.filter(|whole| {
        ["color", "decoration", "font-size", "background", "vertical"].iter().any(|word| whole.contains(word))
    }) {
        let mut fnv = Fnv::default();
        fnv.write(&look.other.to_le_bytes());
        fnv.write(whole.as_bytes());
        look.other = fnv.finish() & !3;
    }
}

fn is_block(name: &str, style: &Css<'_>) -> bool {
    let own = matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
            | "option"
            | "textarea"
            | "caption"
            | "search"
    );
    match style.block {
        Some(block) if !matches!(name, "table" | "ol" | "ul" | "li" | "img" | "br" | "input" | "svg" | "math") => block,
        _ => own,
    }
}
