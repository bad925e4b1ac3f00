//! Styles: what a paragraph and its runs look like, resolved (ECMA-376 part 1, 17.7).

use std::collections::HashMap;

use crate::ooxml::{Digest, Hidden, NodeId, Tag, Tape, View, properties};

/// How deeply styles are followed to those that they are based on.
const CHAIN: usize = 24;

/// How many styles are read. Word itself allows some 4,000.
const MOST: usize = 20_000;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    list: Vec<Style>,
    by_id: HashMap<String, usize>,
    /// The paragraph style of paragraphs that name none.
    default: Option<usize>,
    /// What the document's defaults say.
    base: (Letters, Lines),
    /// The document's language, as in `w:lang`.
    pub(super) lang: Option<String>,
}

/// A style.
#[derive(Debug)]
struct Style {
    id: String,
    /// Its name in lower case, which is the same in every language of Word for those that are built in.
    name: String,
    based_on: Option<String>,
    own: Own,
    /// Resolved over all styles that it is based on.
    resolved: Resolved,
    /// Whether it was resolved, or is about to be.
    visited: bool,
}

/// What a style amounts to.
#[derive(Debug, Clone, Copy, Default)]
struct Resolved {
    letters: Letters,
    lines: Lines,
    outline: Option<u8>,
    hidden: bool,
}

/// What a style says itself.
#[derive(Debug, Default)]
struct Own {
    rpr: Option<NodeId>,
    ppr: Option<NodeId>,
    number: NumberRef,
}

/// A reference to a list: which one, and at which level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct NumberRef {
    /// `w:numId`; 0 switches numbers off.
    pub(super) num: Option<i64>,
    /// `w:ilvl`, from 0.
    pub(super) level: Option<i64>,
}

/// A property that styles switch: off and on again where the style of the paragraph and that of the
/// characters both switch it (17.7.3).
const TOGGLES: [(Tag, u16); 10] = [
    (Tag::B, Letters::BOLD),
    (Tag::I, Letters::ITALIC),
    (Tag::Caps, 4),
    (Tag::SmallCaps, 8),
    (Tag::Strike, 16),
    (Tag::Dstrike, 32),
    (Tag::Outline, 64),
    (Tag::Shadow, 128),
    (Tag::Emboss, 256),
    (Tag::Imprint, 512),
];

/// Formatting of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters {
    /// Switched properties, by bit.
    toggles: u16,
    /// Which of them are set at all.
    set: u16,
    underline: u64,
    color: u64,
    size: u64,
    font: u64,
    highlight: u64,
    position: u64,
}

impl Letters {
    const BOLD: u16 = 1;
    const ITALIC: u16 = 2;

    /// Takes what a `w:rPr` says.
    fn apply(&mut self, tape: &Tape, node: NodeId) {
        for child in tape.elements(node) {
            let tag = tape.tag(child);
            if let Some(&(_, bit)) = TOGGLES.iter().find(|&&(toggle, _)| toggle == tag) {
                self.set |= bit;
                if tape.is_on(child) {
                    self.toggles |= bit;
                } else {
                    self.toggles &= !bit;
                }
                continue;
            }
            let value = || tape.val(child).map_or(1, |value| digest(&value));
            let plain = |nothing: &str| match tape.raw_attr(child, "w:val") {
                Some(value) if value != nothing => digest(value),
                _ => 0,
            };
            match tag {
                Tag::U => self.underline = plain("none"),
                // The colour that a program chooses is black on white, and shows as if none were set.
                Tag::Color => self.color = plain("auto"),
                Tag::Sz => self.size = value(),
                Tag::RFonts => {
                    let font = ["w:ascii", "w:asciiTheme", "w:hAnsi", "w:hAnsiTheme"]
                        .iter()
                        .find_map(|name| tape.raw_attr(child, name).filter(|font| !font.is_empty()));
                    if let Some(font) = font {
                        self.font = digest(font);
                    }
                }
                Tag::Highlight => self.highlight = plain("none"),
                Tag::VertAlign => self.position = plain("baseline"),
                _ => {}
            }
        }
    }

    /// Returns the digest of the look.
    fn look(&self) -> u64 {
        [self.underline, self.color, self.size, self.font, self.highlight, self.position]
            .into_iter()
            .fold(Digest::new().number(u64::from(self.toggles)), Digest::number)
            .finish()
    }
}

/// Formatting of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lines {
    align: u64,
    /// Left, right, first line (negative: hanging).
    indents: [i64; 3],
    /// Before, after, line, line rule.
    spacing: [i64; 4],
    flags: u8,
}

impl Lines {
    /// Takes what a `w:pPr` says.
    fn apply(&mut self, tape: &Tape, node: NodeId) {
        for child in tape.elements(node) {
            let number = |names: &[&str]| names.iter().find_map(|name| tape.number(child, name));
            match tape.tag(child) {
                Tag::Jc => {
                    self.align = match tape.raw_attr(child, "w:val") {
                        None | Some("left" | "start") => 0,
                        Some("right" | "end") => 1,
                        Some("both" | "justify") => 2,
                        Some("center") => 3,
                        Some(other) => digest(other),
                    }
                }
                Tag::Ind => {
                    let [left, right, first] = &mut self.indents;
                    *left = number(&["w:left", "w:start"]).unwrap_or(*left);
                    *right = number(&["w:right", "w:end"]).unwrap_or(*right);
                    if let Some(value) = number(&["w:hanging"]) {
                        *first = value.saturating_neg();
                    } else if let Some(value) = number(&["w:firstLine"]) {
                        *first = value;
                    }
                }
                Tag::Spacing => {
                    let [before, after, line, rule] = &mut self.spacing;
                    *before = number(&["w:before"]).unwrap_or(*before);
                    *after = number(&["w:after"]).unwrap_or(*after);
                    *line = number(&["w:line"]).unwrap_or(*line);
                    *rule = match tape.raw_attr(child, "w:lineRule") {
                        None => *rule,
                        Some("exact") => 1,
                        Some("atLeast") => 2,
                        Some(_) => 0,
                    };
                }
                Tag::Bidi => self.flag(1, tape.is_on(child)),
                Tag::PageBreakBefore => self.flag(2, tape.is_on(child)),
                Tag::PBdr => self.flag(4, true),
                Tag::Shd => self.flag(8, tape.raw_attr(child, "w:fill").is_some_and(|fill| fill != "auto")),
                _ => {}
            }
        }
    }

    fn flag(&mut self, bit: u8, on: bool) {
        if on {
            self.flags |= bit;
        } else {
            self.flags &= !bit;
        }
    }

    fn shape(&self, style: &str) -> u64 {
        self.indents
            .iter()
            .chain(&self.spacing)
            .fold(Digest::new().text(style).number(self.align).number(u64::from(self.flags)), |digest, &value| {
                digest.number(value.cast_unsigned())
            })
            .finish()
    }
}

/// What a `w:pPr` amounts to.
#[derive(Debug, Clone, Copy)]
pub(super) struct ParaLook {
    /// Its style: index in the list.
    pub(super) style: Option<usize>,
    /// Digest of the formatting.
    pub(super) shape: u64,
    /// Depth of the heading, from 1.
    pub(super) heading: Option<u8>,
    /// The list that it names itself.
    pub(super) number: NumberRef,
}

/// What a run looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunLook {
    /// Digest of the look.
    pub(super) look: u64,
    /// Whether it is bold.
    pub(super) strong: bool,
    /// Whether it is italic.
    pub(super) emph: bool,
}

fn digest(text: &str) -> u64 {
    Digest::new().text(text).finish()
}

/// Returns the reference to a list in a `w:pPr`.
pub(super) fn number_ref(tape: &Tape, ppr: NodeId, view: View) -> NumberRef {
    let Some(node) = tape.child(ppr, Tag::NumPr) else { return NumberRef::default() };
    if view == View::Rejected && tape.child(node, Tag::Ins).is_some() {
        return NumberRef::default();
    }
    let value = |tag| tape.child(node, tag).and_then(|child| tape.number(child, "w:val"));
    NumberRef { num: value(Tag::NumId), level: value(Tag::Ilvl) }
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(tape: &Tape) -> Self {
        let mut styles = Self::default();
        let root = tape.root();
        if let Some(defaults) = tape.child(root, Tag::DocDefaults) {
            if let Some(node) = tape.at(defaults, &[Tag::RPrDefault, Tag::RPr]) {
                styles.base.0.apply(tape, node);
                styles.lang = tape.child(node, Tag::Lang).and_then(|node| tape.val(node)).map(Into::into);
            }
            if let Some(node) = tape.at(defaults, &[Tag::PPrDefault, Tag::PPr]) {
                styles.base.1.apply(tape, node);
            }
        }
        for node in tape.elements(root).filter(|&node| tape.tag(node) == Tag::Style).take(MOST) {
            let Some(id) = tape.attr(node, "w:styleId") else { continue };
            let text = |tag| tape.child(node, tag).and_then(|child| tape.val(child));
            let ppr = tape.child(node, Tag::PPr);
            let own = Own {
                rpr: tape.child(node, Tag::RPr),
                ppr,
                number: ppr.map_or_else(NumberRef::default, |ppr| number_ref(tape, ppr, View::Accepted)),
            };
            let index = styles.list.len();
            let paragraph = tape.raw_attr(node, "w:type").is_none_or(|kind| kind == "paragraph");
            if paragraph && matches!(tape.raw_attr(node, "w:default"), Some("1" | "true" | "on")) {
                styles.default = Some(index);
            }
            styles.by_id.entry(id.clone().into_owned()).or_insert(index);
            styles.list.push(Style {
                id: id.into_owned(),
                name: text(Tag::Name).map_or_else(String::new, |name| name.to_lowercase()),
                based_on: text(Tag::BasedOn).map(Into::into),
                own,
                resolved: Resolved::default(),
                visited: false,
            });
        }
        for index in 0..styles.list.len() {
            styles.resolve(tape, index);
        }
        styles
    }

    /// Returns a style and those that it is based on, the nearest first.
    fn chain(&self, style: Option<usize>) -> impl Iterator<Item = &Style> {
        let first = style.and_then(|index| self.list.get(index));
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.by_id.get(id)).map(|&at| &self.list[at]);
        std::iter::successors(first, next).take(CHAIN)
    }

    /// Resolves a style and those that it is based on, each once.
    fn resolve(&mut self, tape: &Tape, index: usize) {
        let mut todo = Vec::new();
        let mut next = Some(index);
        while let Some(index) = next {
            let style = &mut self.list[index];
            // A circle ends where it comes back to itself.
            if std::mem::replace(&mut style.visited, true) {
                break;
            }
            todo.push(index);
            next = style.based_on.as_ref().and_then(|id| self.by_id.get(id)).copied();
        }
        // What the outermost of them is based on: resolved before, or nothing.
        let mut base = next.map(|index| self.list[index].resolved);
        while let Some(index) = todo.pop() {
            let mut resolved = base.unwrap_or(Resolved { lines: self.base.1, ..Resolved::default() });
            let style = &mut self.list[index];
            if let Some(node) = style.own.rpr {
                resolved.letters.apply(tape, node);
                if let Some(vanish) = tape.child(node, Tag::Vanish) {
                    resolved.hidden = tape.is_on(vanish);
                }
            }
            // Word knows the levels of its own heading styles, also where a file leaves them out.
            let built_in = || {
                let level = style.name.strip_prefix("heading ")?.parse::<u8>().ok()?;
                (1..=9).contains(&level).then(|| level - 1)
            };
            let mut outline = built_in();
            if let Some(node) = style.own.ppr {
                resolved.lines.apply(tape, node);
                outline = outline_level(tape, node).or(outline);
            }
            resolved.outline = outline.or(resolved.outline);
            style.resolved = resolved;
            base = Some(resolved);
        }
    }

    /// Returns the styles whose text is not shown.
    pub(super) fn hidden(&self) -> Hidden {
        let ids = self.list.iter().filter(|style| style.resolved.hidden).map(|style| style.id.clone());
        let (characters, paragraphs) = (ids.clone().collect(), ids.collect());
        Hidden { characters, paragraphs }
    }

    /// Returns what a `w:pPr`, as it holds in the view, amounts to; that of a paragraph without one, if there is
    /// none.
    pub(super) fn para(&self, tape: &Tape, ppr: Option<NodeId>, view: View) -> ParaLook {
        let ppr = ppr.map(|node| properties(tape, node, view));
        let named = ppr.and_then(|node| tape.child(node, Tag::PStyle)).and_then(|node| tape.val(node));
        let style = named.and_then(|id| self.by_id.get(&*id).copied()).or(self.default);
        let known = style.map(|index| &self.list[index]);
        let mut lines = known.map_or(self.base.1, |style| style.resolved.lines);
        let mut outline = known.and_then(|style| style.resolved.outline);
        let mut number = NumberRef::default();
        if let Some(node) = ppr {
            lines.apply(tape, node);
            outline = outline_level(tape, node).or(outline);
            number = number_ref(tape, node, view);
        }
        ParaLook {
            style,
            shape: lines.shape(known.map_or("", |style| &style.name)),
            heading: outline.filter(|&level| level < 9).map(|level| level + 1),
            number,
        }
    }

    /// Returns what a run looks like, in a paragraph of a style.
    pub(super) fn run(&self, tape: &Tape, rpr: Option<NodeId>, view: View, style: Option<usize>) -> RunLook {
        let rpr = rpr.map(|node| properties(tape, node, view));
        let mut letters = self.base.0;
        let of_paragraph = style.map(|index| self.list[index].resolved.letters).unwrap_or_default();
        let named = rpr.and_then(|node| tape.child(node, Tag::RStyle)).and_then(|node| tape.val(node));
        let of_characters = named
            .and_then(|id| self.by_id.get(&*id))
            .map(|&index| self.list[index].resolved.letters)
            .unwrap_or_default();
        letters.toggles |= of_paragraph.toggles ^ of_characters.toggles;
        let nearest = |pick: fn(&Letters) -> u64| {
            [of_characters, of_paragraph, self.base.0].iter().map(pick).find(|&value| value != 0).unwrap_or(0)
        };
        letters.underline = nearest(|it| it.underline);
        letters.color = nearest(|it| it.color);
        letters.size = nearest(|it| it.size);
        letters.font = nearest(|it| it.font);
        letters.highlight = nearest(|it| it.highlight);
        letters.position = nearest(|it| it.position);
        if let Some(node) = rpr {
            letters.apply(tape, node);
        }
        RunLook {
            look: letters.look(),
            strong: letters.toggles & Letters::BOLD != 0,
            emph: letters.toggles & Letters::ITALIC != 0,
        }
    }

    /// Returns the list that a style puts its paragraphs in, if any, and the styles on the way to the one that
    /// says so, the nearest first, with the level that each names.
    pub(super) fn number(&self, style: Option<usize>) -> (Option<i64>, Vec<(&str, Option<i64>)>) {
        let mut way = Vec::new();
        for style in self.chain(style) {
            way.push((style.id.as_str(), style.own.number.level));
            if style.own.number.num.is_some() {
                return (style.own.number.num, way);
            }
        }
        (None, way)
    }

    /// Returns the list that a style of lists stands for.
    pub(super) fn list_of(&self, id: &str) -> Option<i64> {
        self.list[*self.by_id.get(id)?].own.number.num
    }
}

fn outline_level(tape: &Tape, ppr: NodeId) -> Option<u8> {
    let node = tape.child(ppr, Tag::OutlineLvl)?;
    tape.number(node, "w:val").and_then(|level| u8::try_from(level).ok()).filter(|&level| level <= 9)
}
