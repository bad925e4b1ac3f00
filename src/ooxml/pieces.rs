//! The pieces of a paragraph: what its text is made of, and where each piece stands in the file.
//!
//! A reader builds the text of a paragraph from its pieces; a writer that changes the paragraph asks for
//! the same pieces again and knows which bytes of the text each leaf of the XML holds. Pieces come in the
//! order of the file, and their ranges follow each other without gaps and overlaps. Every leaf has one,
//! also what is not text, or is not seen: its range is empty.

use std::collections::BTreeSet;

use super::tag::Tag;
use super::tape::{Kind, NodeId, Tape};
use super::view::{Revision, View, properties};

/// The character that stands for an object (U+FFFC).
pub const OBJECT: char = '\u{FFFC}';

/// What stands for the number of a page, or of pages, in a header or a footer.
pub const PAGE: char = '#';

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// The leaf: a child of a run, or of the paragraph where there is no run (a bookmark, an equation, a
    /// simple field, whose leaf is the field itself).
    pub node: NodeId,
    /// The run that it is in.
    pub run: Option<NodeId>,
    /// Where it begins in the text, in bytes.
    pub start: u32,
    /// Where it ends in the text, in bytes; where it begins, if it shows nothing.
    pub end: u32,
    /// The tracked changes that it is in.
    pub revision: Revision,
    /// Whether it is part of the view. What is not shows nothing.
    pub seen: bool,
    /// How many fields it is in, those that begin or end with it included.
    pub fields: u8,
    /// Which `w:p` it is in, of those that make up the paragraph.
    pub part: u16,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// `w:t`, or `w:delText` where the deletion is not part of the view.
    Text,
    /// `w:tab` or `w:ptab`: `\t`.
    Tab,
    /// `w:br` that only ends a line, or `w:cr`: `\n`.
    Break,
    /// `w:noBreakHyphen`: U+2011.
    NoBreakHyphen,
    /// `w:softHyphen`: U+00AD.
    SoftHyphen,
    /// `w:sym`: one character.
    Symbol,
    /// A number of a page (`w:pgNum`): [`PAGE`].
    Page,
    /// A drawing, a picture, an embedded object, an equation and the like: [`OBJECT`].
    Object,
    /// A reference of a footnote or an endnote: [`OBJECT`].
    Note,
    /// The beginning of a field: `w:fldChar`, or `w:fldSimple`, the whole of it. Shows nothing, but for a
    /// check box of a form, which is its [`OBJECT`].
    FieldBegin,
    /// Part of the instruction of a field. Shows nothing.
    FieldCode,
    /// Where the result of a field begins. Shows nothing, but for a number of a page in a header or a footer,
    /// where it is [`PAGE`]; what follows up to the end of the field shows nothing then.
    FieldSeparate,
    /// The end of a field: `w:fldChar`, or `w:fldSimple` once more. Shows nothing, but for a field whose
    /// result is not in the file, where it is its [`OBJECT`] or its [`PAGE`].
    FieldEnd,
    /// Anything else that shows nothing here: a bookmark, a page break, an anchor of a comment, a mark of
    /// the spelling checker.
    Mark,
}

/// Which fields are open at some place in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Fields {
    /// How many.
    depth: u8,
    /// For each of the first 64, from the lowest bit, whether its result has not begun.
    code: u64,
    /// Whether instructions are not told from results, since some field of the story does not end.
    lenient: bool,
    /// Whether numbers of pages are shown as [`PAGE`].
    pages: bool,
}

impl Fields {
    /// Returns the state at the beginning of a story. In a story with a field that does not end, text is
    /// shown wherever it stands (`lenient`); otherwise such a field would swallow the rest.
    pub fn new(lenient: bool) -> Self {
        Self { lenient, ..Self::default() }
    }

    /// Returns the state at the beginning of a header or a footer, where numbers of pages differ from page to
    /// page: they are shown as [`PAGE`], whatever the file has.
    #[must_use]
    pub fn in_margin(self, margin: bool) -> Self {
        Self { pages: margin, ..self }
    }

    /// Returns how many fields are open.
    pub fn depth(self) -> u8 {
        self.depth
    }

    /// Returns whether what stands here is an instruction, which is not shown.
    fn in_code(self) -> bool {
        !self.lenient && self.code != 0
    }

    fn begin(&mut self) {
        if self.depth < 64 {
            self.code |= 1 << self.depth;
        }
        self.depth = self.depth.saturating_add(1);
    }

    fn separate(&mut self) {
        if (1..=64).contains(&self.depth) {
            self.code &= !(1 << (self.depth - 1));
        }
    }

    fn end(&mut self) {
        self.separate();
        self.depth = self.depth.saturating_sub(1);
    }
}

/// Styles whose text is hidden (`w:vanish`), by their identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Character styles.
    pub characters: BTreeSet<String>,
    /// Paragraph styles.
    pub paragraphs: BTreeSet<String>,
}

impl Hidden {
    /// Returns whether the paragraph style of a `w:p` hides its text.
    pub fn paragraph(&self, tape: &Tape, paragraph: NodeId, view: View) -> bool {
        if self.paragraphs.is_empty() {
            return false;
        }
        let properties = tape.child(paragraph, Tag::PPr).map(|node| properties(tape, node, view));
        let style = properties.and_then(|node| tape.child(node, Tag::PStyle)).and_then(|node| tape.val(node));
        style.is_some_and(|style| self.paragraphs.contains(&*style))
    }

    /// Returns whether a run is hidden, in a paragraph whose style hides text or does not.
    pub fn run(&self, tape: &Tape, run: NodeId, view: View, paragraph: bool) -> bool {
        let Some(node) = tape.child(run, Tag::RPr) else { return paragraph };
        let node = properties(tape, node, view);
        if let Some(vanish) = tape.child(node, Tag::Vanish) {
            return tape.is_on(vanish);
        }
        let by_style = !self.characters.is_empty()
            && tape
                .child(node, Tag::RStyle)
                .and_then(|style| tape.val(style))
                .is_some_and(|style| self.characters.contains(&*style));
        paragraph || by_style
    }
}

/// The pieces of one paragraph with its text. It can be used again, which saves allocations.
#[derive(Debug, Clone, Default)]
pub struct Pieces {
    /// The text.
    pub text: String,
    /// The pieces.
    pub list: Vec<Piece>,
    /// How many pieces of text were left out since they are hidden.
    pub hidden: usize,
    /// Instructions of the fields whose [`PieceKind::FieldEnd`] is an [`OBJECT`], in order.
    pub codes_shown: Vec<String>,
    /// Whether there were more pieces than [`Pieces::MOST`], and the list is not complete.
    pub overflow: bool,
    /// Instructions of the fields that are open, one after the other, and where each begins.
    code: String,
    codes: Vec<usize>,
}

/// What one walk through a paragraph needs.
struct Walk<'a> {
    tape: &'a Tape,
    view: View,
    hidden: &'a Hidden,
    fields: Fields,
    /// Depth of the field whose result is replaced by [`PAGE`], while in it.
    page: Option<u8>,
    part: u16,
    /// Whether the paragraph's style hides its text.
    paragraph: bool,
    out: &'a mut Pieces,
}

/// Where a walk is.
#[derive(Clone, Copy)]
struct Inside {
    revision: Revision,
    run: Option<NodeId>,
    /// Whether the run is hidden.
    hidden: bool,
}

impl Pieces {
    /// How many pieces a paragraph may have.
    pub const MOST: usize = 1_000_000;

    /// Takes a paragraph: the `w:p` elements that make it up, in a view (several, where the marks between
    /// them are not part of the view), with the fields that are open where it begins. Returns those that
    /// are open where it ends.
    pub fn take(&mut self, tape: &Tape, paragraphs: &[NodeId], view: View, hidden: &Hidden, fields: Fields) -> Fields {
        self.text.clear();
        self.list.clear();
        self.hidden = 0;
        self.codes_shown.clear();
        self.overflow = false;
        self.code.clear();
        self.codes.clear();
        self.codes.resize(usize::from(fields.depth), 0);
        let mut walk = Walk { tape, view, hidden, fields, page: None, part: 0, paragraph: false, out: self };
        for (part, &paragraph) in paragraphs.iter().enumerate() {
            walk.part = u16::try_from(part).unwrap_or(u16::MAX);
            walk.paragraph = hidden.paragraph(tape, paragraph, view);
            walk.content(paragraph, Inside { revision: Revision::default(), run: None, hidden: false });
        }
        walk.fields
    }
}

impl Walk<'_> {
    /// Walks through a paragraph, or through what wraps runs in it.
    fn content(&mut self, parent: NodeId, inside: Inside) {
        let tape = self.tape;
        for node in tape.children(parent) {
            match tape.tag(node) {
                Tag::R => {
                    let hidden = self.hidden.run(tape, node, self.view, self.paragraph);
                    self.run(node, Inside { run: Some(node), hidden, ..inside });
                }
                tag @ (Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo) => {
                    self.content(node, Inside { revision: inside.revision.within(tag), ..inside });
                }
                Tag::Hyperlink | Tag::SmartTag | Tag::CustomXml | Tag::SdtContent | Tag::Dir | Tag::Bdo | Tag::Sdt => {
                    self.content(node, inside);
                }
                Tag::AlternateContent => {
                    if let Some(branch) = branch(tape, node) {
                        self.content(branch, inside);
                    }
                }
                Tag::FldSimple => self.simple_field(node, inside),
                Tag::OMath | Tag::OMathPara | Tag::SubDoc | Tag::ContentPart => {
                    self.show(node, inside, PieceKind::Object, OBJECT);
                }
                Tag::None | Tag::PPr | Tag::RPr | Tag::SdtPr => {}
                // Properties of wrappers are not leaves; nothing else has content that is shown.
                _ if matches!(tape.local(node), "smartTagPr" | "customXmlPr" | "sdtEndPr") => {}
                _ => self.push(node, inside, PieceKind::Mark),
            }
        }
    }

    fn run(&mut self, run: NodeId, inside: Inside) {
        let tape = self.tape;
        for node in tape.children(run) {
            match tape.tag(node) {
                Tag::None | Tag::RPr => {}
                Tag::T => self.text(node, inside),
                Tag::DelText if inside.revision.removed => self.text(node, inside),
                Tag::Tab | Tag::PTab => self.show(node, inside, PieceKind::Tab, '\t'),
                Tag::Cr => self.show(node, inside, PieceKind::Break, '\n'),
                Tag::Br => match tape.raw_attr(node, "w:type") {
                    None | Some("textWrapping") => self.show(node, inside, PieceKind::Break, '\n'),
                    _ => self.push(node, inside, PieceKind::Mark),
                },
                Tag::NoBreakHyphen => self.show(node, inside, PieceKind::NoBreakHyphen, '\u{2011}'),
                Tag::SoftHyphen => self.show(node, inside, PieceKind::SoftHyphen, '\u{AD}'),
                Tag::Sym => self.show(node, inside, PieceKind::Symbol, symbol(tape, node)),
                Tag::PgNum => self.show(node, inside, PieceKind::Page, PAGE),
                Tag::FldChar => self.field_char(node, inside),
                Tag::InstrText | Tag::DelInstrText => {
                    if !self.out.codes.is_empty() && inside.revision.seen(self.view) {
                        tape.push_text(node, &mut self.out.code);
                    }
                    self.push(node, inside, PieceKind::FieldCode);
                }
                Tag::FootnoteReference | Tag::EndnoteReference => self.show(node, inside, PieceKind::Note, OBJECT),
                Tag::Drawing | Tag::Pict | Tag::Object | Tag::Control | Tag::ContentPart | Tag::Ruby | Tag::SubDoc => {
                    self.show(node, inside, PieceKind::Object, OBJECT);
                }
                Tag::AlternateContent => self.alternate(node, inside),
                Tag::Other if is_date_part(tape.local(node)) => self.show(node, inside, PieceKind::Object, OBJECT),
                _ => self.push(node, inside, PieceKind::Mark),
            }
        }
    }

    /// Takes one branch of a choice between two ways to say the same (`mc:AlternateContent`). A drawing in
    /// it is an object whose leaf is the choice as a whole.
    fn alternate(&mut self, node: NodeId, inside: Inside) {
        let tape = self.tape;
        let Some(branch) = branch(tape, node) else { return self.push(node, inside, PieceKind::Mark) };
        let drawn =
            tape.elements(branch).any(|inner| matches!(tape.tag(inner), Tag::Drawing | Tag::Pict | Tag::Object));
        if drawn {
            self.show(node, inside, PieceKind::Object, OBJECT);
        } else {
            self.run(branch, inside);
        }
    }

    fn text(&mut self, node: NodeId, inside: Inside) {
        let shown = self.shown(inside);
        if inside.hidden && inside.revision.seen(self.view) && self.tape.kind(node) == Kind::Start {
            self.out.hidden += 1;
        }
        let start = self.out.text.len();
        if shown {
            self.tape.push_text(node, &mut self.out.text);
        }
        self.piece(node, inside, PieceKind::Text, start);
    }

    /// Returns whether something that shows text does show it here.
    fn shown(&self, inside: Inside) -> bool {
        !inside.hidden && inside.revision.seen(self.view) && !self.fields.in_code() && self.page.is_none()
    }

    fn show(&mut self, node: NodeId, inside: Inside, kind: PieceKind, c: char) {
        let shown = self.shown(inside);
        let start = self.out.text.len();
        if shown {
            self.out.text.push(c);
        }
        self.piece(node, inside, kind, start);
    }

    /// Adds a piece that shows nothing.
    fn push(&mut self, node: NodeId, inside: Inside, kind: PieceKind) {
        let start = self.out.text.len();
        self.piece(node, inside, kind, start);
    }

    fn piece(&mut self, node: NodeId, inside: Inside, kind: PieceKind, start: usize) {
        // A part has less than 4 GiB, and its text is not longer than its XML.
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let piece = Piece {
            kind,
            node,
            run: inside.run,
            start: small(start),
            end: small(self.out.text.len()),
            revision: inside.revision,
            seen: inside.revision.seen(self.view),
            fields: self.fields.depth,
            part: self.part,
        };
        if self.out.list.len() < Pieces::MOST {
            self.out.list.push(piece);
        } else {
            self.out.overflow = true;
        }
    }

    fn field_char(&mut self, node: NodeId, inside: Inside) {
        let tape = self.tape;
        let kind = tape.raw_attr(node, "w:fldCharType");
        if !inside.revision.seen(self.view) {
            // A field that is not part of the view does not open or close anything in it.
            let kind = match kind {
                Some("begin") => PieceKind::FieldBegin,
                Some("separate") => PieceKind::FieldSeparate,
                Some("end") => PieceKind::FieldEnd,
                _ => PieceKind::Mark,
            };
            return self.push(node, inside, kind);
        }
        match kind {
            Some("begin") => {
                let form_box = tape.at(node, &[Tag::FfData, Tag::CheckBox]).is_some();
                let shown = form_box && self.shown(inside);
                self.fields.begin();
                self.out.codes.push(self.out.code.len());
                let start = self.out.text.len();
                if shown {
                    self.out.text.push(OBJECT);
                }
                self.piece(node, inside, PieceKind::FieldBegin, start);
            }
            Some("separate") => {
                self.fields.separate();
                let code = self.out.codes.last().and_then(|&from| self.out.code.get(from..)).unwrap_or("");
                let page = self.fields.pages && is_page(code);
                let start = self.out.text.len();
                if page && self.shown(inside) {
                    self.out.text.push(PAGE);
                    self.page = Some(self.fields.depth);
                }
                self.piece(node, inside, PieceKind::FieldSeparate, start);
            }
            Some("end") => {
                if self.page.is_some_and(|depth| depth >= self.fields.depth) {
                    self.page = None;
                }
                let bit = 1_u64.checked_shl(u32::from(self.fields.depth.saturating_sub(1))).unwrap_or(0);
                let no_result = self.fields.depth > 0 && self.fields.code & bit != 0;
                let from = self.out.codes.pop().unwrap_or(self.out.code.len());
                let code = self.out.code.split_off(from.min(self.out.code.len()));
                let depth = self.fields;
                self.fields.end();
                let start = self.out.text.len();
                if no_result && self.shown(inside) {
                    if is_page(&code) && self.fields.pages {
                        self.out.text.push(PAGE);
                    } else if shows_without_result(&code) {
                        self.out.text.push(OBJECT);
                        self.out.codes_shown.push(code);
                    }
                }
                let after = std::mem::replace(&mut self.fields, depth);
                self.piece(node, inside, PieceKind::FieldEnd, start);
                self.fields = after;
            }
            _ => self.push(node, inside, PieceKind::Mark),
        }
    }

    fn simple_field(&mut self, node: NodeId, inside: Inside) {
        let code = self.tape.attr(node, "w:instr").unwrap_or_default();
        let page = self.fields.pages && is_page(&code) && self.shown(inside);
        self.fields.depth = self.fields.depth.saturating_add(1);
        self.out.codes.push(self.out.code.len());
        let start = self.out.text.len();
        if page {
            self.out.text.push(PAGE);
        }
        self.piece(node, inside, PieceKind::FieldBegin, start);
        if page {
            self.page = Some(self.fields.depth);
        }
        self.content(node, inside);
        if page {
            self.page = None;
        }
        let start = self.out.text.len();
        self.piece(node, inside, PieceKind::FieldEnd, start);
        self.out.codes.pop();
        self.fields.depth = self.fields.depth.saturating_sub(1);
    }
}

/// Returns the branch of an `mc:AlternateContent` that is read: the first choice, else the fallback.
pub fn branch(tape: &Tape, node: NodeId) -> Option<NodeId> {
    tape.child(node, Tag::Choice).or_else(|| tape.child(node, Tag::Fallback))
}

/// Returns the first word of the instruction of a field, in capitals.
pub fn field_name(code: &str) -> String {
    let name = code.trim_start().split(|c: char| c.is_whitespace() || c == '\\').next().unwrap_or("");
    name.chars().take(24).collect::<String>().to_ascii_uppercase()
}

/// Returns whether a field shows a number of a page or of pages, counted anew at each print.
fn is_page(code: &str) -> bool {
    matches!(field_name(code).as_str(), "PAGE" | "NUMPAGES" | "SECTIONPAGES")
}

/// Returns whether a field shows something although its result is not in the file.
fn shows_without_result(code: &str) -> bool {
    matches!(
        field_name(code).as_str(),
        "LISTNUM" | "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "EQ" | "SYMBOL" | "MACROBUTTON" | "GOTOBUTTON"
    )
}

/// Returns whether an element of a run shows part of today's date (ECMA-376 part 1, 17.3.3.5 and others).
fn is_date_part(local: &str) -> bool {
    matches!(local, "dayLong" | "dayShort" | "monthLong" | "monthShort" | "yearLong" | "yearShort")
}

/// Returns the character of a `w:sym`. Characters of symbol fonts that have one in Unicode are that; others
/// stay in the private use area.
fn symbol(tape: &Tape, node: NodeId) -> char {
    let code = tape.raw_attr(node, "w:char").and_then(|hex| u32::from_str_radix(hex.trim(), 16).ok());
    let Some(code) = code else { return char::REPLACEMENT_CHARACTER };
    let font = tape.attr(node, "w:font").unwrap_or_default();
    super::symbol::unicode(&font, code)
}
