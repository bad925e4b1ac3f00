//! Styles and lists of the new file that the old one does not have.
//!
//! Paragraphs that come from the new file keep their look: a style is found by its identifier, then by its
//! name, and added if there is none; a list by what both files share, then by its definition, and added
//! likewise (ECMA-376 part 1, 17.7 and 17.9).

use std::collections::HashMap;
use std::sync::Arc;

use super::markup::{escape, put};
use super::outgoing::with_content;
use crate::ooxml::{Digest, Kind, NodeId, Package, Tag, Tape};

/// The styles and lists of both files.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    styles: [Option<Styles>; 2],
    lists: [Option<Lists>; 2],
    /// Identifiers of the new file's styles in the old one; `None` where one cannot be had.
    known_styles: HashMap<String, Option<String>>,
    /// Numbers of the new file's lists in the old one.
    known_lists: HashMap<i64, Option<i64>>,
    /// Definitions of the new file that were added, with their new numbers.
    added_abstracts: HashMap<i64, i64>,
    /// Styles that were added, as XML.
    more_styles: String,
    /// Definitions and lists that were added, as XML.
    more_lists: [String; 2],
    /// The next free numbers of definitions and of lists.
    next: [i64; 2],
    /// Properties that were copied, by what they were copied from.
    copied: HashMap<String, String>,
}

#[derive(Debug)]
struct Styles {
    part: String,
    tape: Arc<Tape>,
    by_id: HashMap<String, NodeId>,
    by_name: HashMap<(String, String), String>,
}

#[derive(Debug)]
struct Lists {
    part: String,
    tape: Arc<Tape>,
    /// Lists: node, number of the definition.
    nums: HashMap<i64, (NodeId, i64)>,
    abstracts: HashMap<i64, NodeId>,
    /// Lists in the order of the file.
    order: Vec<i64>,
}

impl Styles {
    fn read(package: &Package) -> Option<Self> {
        let part = package.companion("styles")?;
        let tape = package.tape(&part).ok()?;
        let (mut by_id, mut by_name) = (HashMap::new(), HashMap::new());
        for node in tape.elements(tape.root()).filter(|node| tape.tag(*node) == Tag::Style) {
            let Some(id) = tape.attr(node, "w:styleId") else { continue };
            if let Some(name) = tape.child(node, Tag::Name).and_then(|name| tape.val(name)) {
                by_name.entry((kind(&tape, node), name.to_lowercase())).or_insert_with(|| id.clone().into_owned());
            }
            by_id.entry(id.into_owned()).or_insert(node);
        }
        Some(Self { part, tape, by_id, by_name })
    }
}

/// Prefix of a name, empty if it has none.
fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

/// Type of a style: `paragraph`, `character`, `table`, `numbering`.
fn kind(tape: &Tape, style: NodeId) -> String {
    tape.attr(style, "w:type").map_or_else(|| "paragraph".to_owned(), std::borrow::Cow::into_owned)
}

impl Lists {
    fn read(package: &Package) -> Option<Self> {
        let part = package.companion("numbering")?;
        let tape = package.tape(&part).ok()?;
        let (mut nums, mut abstracts, mut order) = (HashMap::new(), HashMap::new(), Vec::new());
        for node in tape.elements(tape.root()) {
            match tape.tag(node) {
                Tag::AbstractNum => {
                    if let Some(id) = tape.number(node, "w:abstractNumId") {
                        abstracts.entry(id).or_insert(node);
                    }
                }
                Tag::Num => {
                    let of = tape.child(node, Tag::AbstractNumId).and_then(|id| tape.number(id, "w:val"));
                    if let (Some(id), Some(of)) = (tape.number(node, "w:numId"), of)
                        && !nums.contains_key(&id)
                    {
                        nums.insert(id, (node, of));
                        order.push(id);
                    }
                }
                _ => {}
            }
        }
        Some(Self { part, tape, nums, abstracts, order })
    }

    /// Digest of what a list looks like: its definition and what it overrides, identifiers apart.
    fn look(&self, list: i64) -> Option<u64> {
        let (num, of) = self.nums.get(&list)?;
        let definition = self.abstracts.get(of)?;
        let mut digest = Digest::new();
        for (node, whole) in [(*definition, true), (*num, false)] {
            for child in self.tape.elements(node) {
                let skip = matches!(self.tape.local(child), "nsid" | "tmpl" | "abstractNumId" | "name");
                if !skip && (whole || self.tape.tag(child) == Tag::LvlOverride) {
                    digest = self.content(child, digest);
                }
            }
        }
        Some(digest.finish())
    }

    /// Takes in an element without what tells nothing of its look.
    fn content(&self, node: NodeId, mut digest: Digest) -> Digest {
        for inner in std::iter::once(node).chain(self.tape.within(node)) {
            if !self.tape.is_element(inner) {
                continue;
            }
            digest = digest.text(self.tape.local(inner));
            for (name, value) in self.tape.attrs(inner) {
                let local = name.rsplit(':').next().unwrap_or(name);
                if name != "xmlns" && !name.starts_with("xmlns:") && !matches!(local, "tplc" | "tentative") {
                    digest = digest.text(local).text(value);
                }
            }
        }
        digest
    }
}

impl Catalogue {
    /// Reads the styles and lists of both files.
    pub(super) fn read(old: &Package, new: &Package) -> Self {
        let lists = [Lists::read(old), Lists::read(new)];
        let next = lists[0].as_ref().map_or([0, 1], |old| {
            [
                old.abstracts.keys().max().copied().unwrap_or(-1).saturating_add(1),
                old.nums.keys().max().copied().unwrap_or(0).saturating_add(1),
            ]
        });
        Self { styles: [Styles::read(old), Styles::read(new)], lists, next, ..Self::default() }
    }

    /// Takes note that a paragraph of both drafts is in these lists: what comes to the new one comes to the
    /// old one.
    pub(super) fn same_list(&mut self, old: i64, new: i64) {
        let looks =
            (self.lists[0].as_ref().and_then(|l| l.look(old)), self.lists[1].as_ref().and_then(|l| l.look(new)));
        if new > 0 && old > 0 && looks.0.is_some() && looks.0 == looks.1 {
            self.known_lists.entry(new).or_insert(Some(old));
        }
    }

    /// Returns whether [`Catalogue::same_list`] knows a list of the new file already.
    pub(super) fn knows_list(&self, new: i64) -> bool {
        self.known_lists.contains_key(&new)
    }

    /// Returns the identifier in the old file of a style of the new one.
    pub(super) fn style(&mut self, id: &str) -> Option<String> {
        if let Some(known) = self.known_styles.get(id) {
            return known.clone();
        }
        let found = self.find_style(id);
        self.known_styles.insert(id.to_owned(), found.clone());
        found
    }

    fn find_style(&mut self, id: &str) -> Option<String> {
        let new = self.styles[1].as_ref()?;
        let node = *new.by_id.get(id)?;
        let tape = Arc::clone(&new.tape);
        let kind = kind(&tape, node);
        let name = tape.child(node, Tag::Name).and_then(|name| tape.val(name)).map(|name| name.to_lowercase());
        let old = self.styles[0].as_ref()?;
        let mut fresh = id.to_owned();
        if let Some(&own) = old.by_id.get(id) {
            if self::kind(&old.tape, own) == kind {
                return Some(fresh);
            }
            fresh = format!("{id}-{kind}");
        }
        if let Some(own) = name.and_then(|name| old.by_name.get(&(kind, name))) {
            return Some(own.clone());
        }
        // Known before its relatives are looked up, for a style and its link name each other.
        self.known_styles.insert(id.to_owned(), Some(fresh.clone()));
        let mut xml = String::new();
        put!(xml, "<w:style w:type=\"{}\" w:customStyle=\"1\" w:styleId=\"", self::kind(&tape, node));
        escape(&mut xml, &fresh);
        xml.push_str("\">");
        for child in tape.elements(node) {
            if !matches!(tape.local(child), "rsid" | "autoRedefine") {
                self.copy(&tape, child, &mut xml);
            }
        }
        xml.push_str("</w:style>");
        self.more_styles.push_str(&xml);
        Some(fresh)
    }

    /// Returns the number in the old file of a list of the new one.
    pub(super) fn list(&mut self, list: i64) -> Option<i64> {
        if list == 0 {
            return Some(0);
        }
        if let Some(known) = self.known_lists.get(&list) {
            return *known;
        }
        let found = self.find_list(list);
        self.known_lists.insert(list, found);
        found
    }

    fn find_list(&mut self, list: i64) -> Option<i64> {
        let new = self.lists[1].as_ref()?;
        let look = new.look(list)?;
        if let Some(old) = &self.lists[0] {
            if old.look(list) == Some(look) {
                return Some(list);
            }
            if let Some(own) = old.order.iter().find(|own| old.look(**own) == Some(look)) {
                return Some(*own);
            }
        }
        let (num, of) = *new.nums.get(&list)?;
        let tape = Arc::clone(&new.tape);
        let mut definition = *new.abstracts.get(&of)?;
        // A definition that is only a name leads to the style that holds the true one.
        if let Some(style) = tape.child(definition, Tag::NumStyleLink).and_then(|link| tape.val(link)) {
            let held = new.abstracts.values().copied().find(|a| {
                tape.child(*a, Tag::StyleLink).and_then(|link| tape.val(link)).is_some_and(|name| name == style)
            });
            definition = held.unwrap_or(definition);
        }
        let own = match self.added_abstracts.get(&of) {
            Some(own) => *own,
            None => self.add_definition(&tape, definition, of),
        };
        let id = self.next[1];
        self.next[1] += 1;
        let mut xml = String::new();
        put!(xml, "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{own}\"/>");
        for child in tape.elements(num).filter(|child| tape.tag(*child) == Tag::LvlOverride) {
            self.copy(&tape, child, &mut xml);
        }
        xml.push_str("</w:num>");
        self.more_lists[1].push_str(&xml);
        Some(id)
    }

    fn add_definition(&mut self, tape: &Tape, definition: NodeId, of: i64) -> i64 {
        let own = self.next[0];
        self.next[0] += 1;
        self.added_abstracts.insert(of, own);
        let mut xml = String::new();
        put!(xml, "<w:abstractNum w:abstractNumId=\"{own}\">");
        for child in tape.elements(definition) {
            if !matches!(tape.local(child), "nsid" | "tmpl" | "styleLink" | "numStyleLink") {
                self.copy(tape, child, &mut xml);
            }
        }
        xml.push_str("</w:abstractNum>");
        self.more_lists[0].push_str(&xml);
        own
    }

    /// Copies properties of the new file, by what they hold, as [`Catalogue::copy`]; the same are copied once.
    pub(super) fn properties(&mut self, tape: &Tape, node: NodeId, out: &mut String) {
        let written = tape.outer(node);
        if let Some(known) = self.copied.get(written) {
            out.push_str(known);
            return;
        }
        let mut copy = String::new();
        self.copy(tape, node, &mut copy);
        out.push_str(&copy);
        // Odd input with ever new properties shall not fill the memory.
        if self.copied.len() < 20_000 {
            self.copied.insert(written.to_owned(), copy);
        }
    }

    /// Copies the content of an element as [`Catalogue::copy`] does, without the elements that `skip` names.
    pub(super) fn inner(&mut self, tape: &Tape, node: NodeId, out: &mut String, skip: impl Fn(Tag) -> bool) {
        for child in tape.elements(node) {
            if !skip(tape.tag(child)) {
                self.copy(tape, child, out);
            }
        }
    }

    /// Copies an element of the new file with its styles and lists named as in the old one. What is not
    /// WordprocessingML, earlier tracked changes and sections are left out.
    pub(super) fn copy(&mut self, tape: &Tape, node: NodeId, out: &mut String) {
        use Tag::{
            BasedOn, Link, LvlPicBulletId, Next, RPrChange, RStyle, SectPr, TblPrChange, TcPrChange, TrPrChange,
        };
        use Tag::{CellDel, CellIns, CellMerge, Del, Ins, MoveFrom, MoveTo, NumId, NumberingChange, PPrChange, PStyle};
        let tag = tape.tag(node);
        let local = tape.local(node);
        // The outermost element of every part is of WordprocessingML.
        let prefix = prefix(tape.name(tape.root()));
        if self::prefix(tape.name(node)) != prefix {
            return;
        }
        if matches!(
            tag,
            PPrChange
                | RPrChange
                | TblPrChange
                | TrPrChange
                | TcPrChange
                | NumberingChange
                | CellIns
                | CellDel
                | CellMerge
                | Ins
                | Del
                | MoveFrom
                | MoveTo
                | SectPr
                | LvlPicBulletId
        ) || matches!(local, "tblPrExChange" | "tblGridChange")
        {
            return;
        }
        let mut value = None;
        let style = match tag {
            RStyle | PStyle | BasedOn | Link | Next => true,
            _ => local == "tblStyle",
        };
        if style {
            let Some(own) = tape.val(node).and_then(|id| self.style(&id)) else { return };
            value = Some(own);
        } else if tag == NumId {
            let Some(own) = tape.number(node, "w:val").and_then(|list| self.list(list)) else { return };
            value = Some(own.to_string());
        }
        put!(out, "<w:{local}");
        for (name, written) in tape.attrs(node) {
            let Some((of, name)) = name.split_once(':') else { continue };
            if of != prefix || name.starts_with("rsid") {
                continue;
            }
            match &value {
                Some(value) if name == "val" => {
                    out.push_str(" w:val=\"");
                    escape(out, value);
                    out.push('"');
                }
                // What was a single quote is a double one now.
                _ => put!(out, " w:{name}=\"{}\"", written.replace('"', "&quot;")),
            }
        }
        let mut children = tape.elements(node).peekable();
        if children.peek().is_none() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in children {
            self.copy(tape, child, out);
        }
        put!(out, "</w:{local}>");
    }

    /// Returns the parts of the old file that got more, with their whole text; a part that it does not have
    /// yet has an empty name.
    pub(super) fn finish(self) -> Vec<(&'static str, String, String)> {
        let mut parts = Vec::new();
        if let Some(old) = &self.styles[0]
            && !self.more_styles.is_empty()
        {
            parts.push(("styles", old.part.clone(), with_content(&old.tape, &self.more_styles)));
        }
        let [definitions, lists] = &self.more_lists;
        if !lists.is_empty() {
            match &self.lists[0] {
                Some(old) if old.tape.kind(old.tape.root()) == Kind::Empty => {
                    let whole = with_content(&old.tape, &[definitions.as_str(), lists].concat());
                    parts.push(("numbering", old.part.clone(), whole));
                }
                Some(old) => {
                    let tape = &old.tape;
                    let end = tape.inner_span(tape.root()).end;
                    let starts = |tag: Tag| {
                        let of = |node: &NodeId| tape.tag(*node) == tag;
                        tape.elements(tape.root()).filter(of).last().map(|node| tape.span(node).end)
                    };
                    let first = |tag: Tag| {
                        tape.elements(tape.root()).find(|node| tape.tag(*node) == tag).map(|node| tape.span(node).start)
                    };
                    let lists_end = starts(Tag::Num).unwrap_or(end);
                    let definitions_end =
                        first(Tag::Num).or_else(|| starts(Tag::AbstractNum)).unwrap_or(end).min(lists_end);
                    let text = tape.source();
                    let whole = [
                        &text[..definitions_end],
                        definitions,
                        &text[definitions_end..lists_end],
                        lists,
                        &text[lists_end..],
                    ];
                    parts.push(("numbering", old.part.clone(), whole.concat()));
                }
                None => {
                    let whole = format!(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering \
                         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{definitions}{lists}\
                         </w:numbering>"
                    );
                    parts.push(("numbering", String::new(), whole));
                }
            }
        }
        parts
    }
}
