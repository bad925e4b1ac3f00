//! The parts of the file, one after the other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::earlier::{Element, Ledger};
use super::markup::{Stamp, put};
use super::moves::Moves;
use super::object::NewNote;
use super::outgoing::{Outgoing, with_content};
use super::pins::Pins;
use super::side::{ParaAt, Side};
use super::story::{Copy, is_same};
use super::{Options, WriteError, Writer};
use super::{plain, spans};
use crate::compare::{Comparison, Line, Node, Seg, Status, StoryPair, Texts};
use crate::document::draft::{Block, Caveat, StoryKind};
use crate::ooxml::{NodeId, Package, Tag, Tape};

/// Identifiers above this one are not counted on from: Word holds them in 31 bits.
const HIGHEST: u32 = 1_000_000_000;

/// The file, what could not be brought over, and the earlier changes that stand in it.
type Made = (Vec<u8>, Vec<Caveat>, BTreeSet<Element>);

impl<'a> Writer<'a> {
    /// Gets ready.
    ///
    /// # Errors
    ///
    /// Fails if a part cannot be read.
    pub(super) fn new(
        old: Side<'a>,
        new: Side<'a>,
        new_is_plain: bool,
        comparison: &'a Comparison,
        options: &Options,
    ) -> Result<Self, WriteError> {
        let first = old.tapes.iter().map(|tape| highest(tape.source())).max().unwrap_or(0) + 1;
        let noise = format!("{} (typography)", options.author);
        let mut catalogue = Catalogue::read(old.package, new.package);
        if !new_is_plain {
            same_lists(&old, &new, &comparison.stories, &mut catalogue);
        }
        let mut edited_boxes = HashMap::new();
        for (at, story) in comparison.stories.iter().enumerate() {
            if let (StoryKind::TextBox, Some(old), Some(_)) = (story.kind, story.old, story.new)
                && !all_same(&story.nodes)
            {
                edited_boxes.insert(old, at);
            }
        }
        let mut bookmarks = HashSet::new();
        for tape in &old.tapes {
            for node in tape.find_all(tape.root(), Tag::BookmarkStart) {
                bookmarks.extend(tape.attr(node, "w:name").map(std::borrow::Cow::into_owned));
            }
        }
        let spans = spans::find(&old, &new, &comparison.stories);
        let next_note = ["footnotes", "endnotes"].map(|kind| next_note(old.package, kind));
        let sections = |side: &Side<'_>| {
            let body = side.tapes.first().map(|tape| tape.find_all(tape.root(), Tag::SectPr).count());
            body.unwrap_or(0)
        };
        let keeps_sections = new_is_plain || sections(&new) >= sections(&old);
        Ok(Self {
            outgoing: Outgoing::new(old.package),
            moves: Moves::new(comparison),
            stamp: Stamp::new(&options.author, &noise, &options.date, first),
            old,
            new,
            new_is_plain,
            changes: &comparison.changes,
            stories: &comparison.stories,
            open_moves: [None, None],
            catalogue,
            near: 0,
            plain_look: String::new(),
            target: String::new(),
            declared: BTreeMap::new(),
            edited_boxes,
            spans,
            pins: Pins::default(),
            pairs: comparison.stories.iter().filter_map(|story| story.old.zip(story.new)).collect(),
            new_notes: Vec::new(),
            next_note,
            bookmarks,
            open_bookmarks: Vec::new(),
            caveats: BTreeMap::new(),
            spare: None,
            keeps_sections,
            formatting: options.formatting,
            ledger: None,
            kept: BTreeSet::new(),
        })
    }

    /// Lets earlier authors sign what they changed.
    pub(super) fn keeping(mut self, ledger: Option<&'a Ledger>) -> Self {
        if let Some(ledger) = ledger {
            self.stamp = self.stamp.with_earlier(ledger.signatures());
            self.ledger = Some(ledger);
        }
        self
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Fails if a part cannot be read.
    pub(super) fn write(mut self) -> Result<Made, WriteError> {
        let stories = self.stories;
        let mut remarks = Vec::new();
        if !self.new_is_plain {
            self.note_sections();
            self.pin_bookmarks();
            remarks = self.pin_comments();
        }
        let of = |wanted: &[StoryKind]| -> Vec<&'a StoryPair> {
            stories.iter().filter(|story| wanted.contains(&story.kind)).collect()
        };
        let mut seen = HashSet::new();
        for story in of(&[StoryKind::Body, StoryKind::Header, StoryKind::Footer]) {
            let Some(place) = story.old.and_then(|old| self.old.places.stories.get(old)) else {
                if !all_empty(&self.new.texts, story) {
                    self.caveat(match story.kind {
                        StoryKind::Header => "header that only the new file has was left out",
                        StoryKind::Footer => "footer that only the new file has was left out",
                        _ => "text that only the new file has was left out",
                    });
                }
                continue;
            };
            let Some(container) = place.containers.first().copied() else { continue };
            if !seen.insert((place.part, container)) {
                continue;
            }
            if !self.stays(&story.nodes) {
                let text = self.part_with(place.part, &[(container, &story.nodes)], "");
                self.outgoing.replace(&self.target, text.into_bytes());
            }
        }
        self.notes(&of(&[StoryKind::Footnote]), "footnote");
        self.notes(&of(&[StoryKind::Endnote]), "endnote");
        self.bring_comments(&remarks);
        let catalogue = std::mem::take(&mut self.catalogue);
        for (kind, name, text) in catalogue.finish() {
            if name.is_empty() {
                self.outgoing.add(kind, text.into_bytes());
            } else {
                self.outgoing.replace(&name, text.into_bytes());
            }
        }
        let caveats =
            self.caveats.iter().map(|(text, count)| Caveat { text: (*text).to_owned(), count: *count }).collect();
        Ok((self.outgoing.finish()?, caveats, self.kept))
    }

    /// Turns to a part.
    fn turn_to(&mut self, part: &str, tape: &Tape) {
        part.clone_into(&mut self.target);
        self.declared = tape
            .attrs(tape.root())
            .filter_map(|(name, uri)| Some((name.strip_prefix("xmlns:")?.to_owned(), uri.to_owned())))
            .collect();
        self.spare = None;
    }

    /// Returns a part of the old file with some of its containers written anew, in the order of the part, and
    /// with `more` at its end.
    fn part_with(&mut self, part: u16, containers: &[(NodeId, &[Node])], more: &str) -> String {
        let tape = self.old.tape(part);
        let name = self.old.part_name(part).to_owned();
        self.turn_to(&name, &tape);
        let mut out = String::with_capacity(tape.source().len() + tape.source().len() / 3 + more.len());
        let mut copy = Some(Copy::new(Arc::clone(&tape), 0));
        for (container, nodes) in containers {
            self.container(&mut out, &mut copy, Some(*container), nodes, false);
            if let Some(copy) = copy.as_mut() {
                copy.to(&mut out, tape.inner_span(*container).end);
            }
        }
        if let Some(mut copy) = copy {
            copy.to(&mut out, tape.inner_span(tape.root()).end);
            out.push_str(more);
            copy.to(&mut out, tape.source().len());
        }
        out
    }

    /// Writes the notes of one kind.
    fn notes(&mut self, pairs: &[&'a StoryPair], kind: &'static str) {
        let end = kind == "endnote";
        let fresh: Vec<NewNote> = self.new_notes.iter().copied().filter(|note| note.end == end).collect();
        let mut part: Option<u16> = None;
        let mut containers: Vec<(NodeId, std::borrow::Cow<'a, [Node]>)> = Vec::new();
        for pair in pairs {
            let Some(place) = pair.old.and_then(|old| self.old.places.stories.get(old)) else { continue };
            let Some(container) = place.containers.first().copied() else { continue };
            // Its reference goes and another one comes: so does its text.
            let parted = pair.new.is_some_and(|new| fresh.iter().any(|note| note.story == new));
            let nodes = if parted || pair.new.is_none() {
                let old = pair.old.unwrap_or(0);
                std::borrow::Cow::Owned(one_sided(&self.old.texts, old, Status::Deleted))
            } else if self.stays(&pair.nodes) {
                continue;
            } else {
                std::borrow::Cow::Borrowed(pair.nodes.as_slice())
            };
            part = Some(place.part);
            containers.push((container, nodes));
        }
        if containers.is_empty() && fresh.is_empty() {
            return;
        }
        containers.sort_by_key(|(container, _)| *container);
        containers.dedup_by_key(|(container, _)| *container);
        let known = self.old.package.companion(&format!("{kind}s"));
        let folder = self.old.package.main().rfind('/').map_or("", |at| &self.old.package.main()[..=at]);
        let name = known.clone().unwrap_or_else(|| format!("{folder}{kind}s.xml"));
        let tape = known.as_ref().and_then(|name| self.old.package.tape(name).ok());
        match &tape {
            Some(tape) => self.turn_to(&name, tape),
            None => {
                name.clone_into(&mut self.target);
                self.declared = BTreeMap::new();
            }
        }
        let mut more = String::new();
        for note in &fresh {
            put!(more, "<w:{kind} w:id=\"{}\">", note.id);
            let nodes = one_sided(&self.new.texts, note.story, Status::Inserted);
            self.container(&mut more, &mut None, None, &nodes, false);
            put!(more, "</w:{kind}>");
        }
        match (tape, part) {
            (Some(_), Some(part)) => {
                let containers: Vec<(NodeId, &[Node])> =
                    containers.iter().map(|(node, nodes)| (*node, nodes.as_ref())).collect();
                let text = self.part_with(part, &containers, &more);
                self.outgoing.replace(&name, text.into_bytes());
            }
            (Some(tape), None) => {
                self.outgoing.replace(&name, with_content(&tape, &more).into_bytes());
            }
            (None, _) => {
                let text = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{kind}s \
                     xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{}{more}</w:{kind}s>",
                    plain::separators(kind)
                );
                self.outgoing.add(if end { "endnotes" } else { "footnotes" }, text.into_bytes());
            }
        }
    }

    /// Returns whether nothing of a container must be written anew: text that is the same may hold another
    /// object.
    fn stays(&self, nodes: &[Node]) -> bool {
        all_same(nodes) && lines(nodes).all(|line| self.is_untouched(line))
    }
}

/// Returns the lines of nodes, those of tables included.
pub(super) fn lines(nodes: &[Node]) -> Box<dyn Iterator<Item = &Line> + '_> {
    Box::new(nodes.iter().flat_map(|node| -> Box<dyn Iterator<Item = &Line> + '_> {
        match node {
            Node::Line(line) => Box::new(std::iter::once(line)),
            Node::Table(table) => {
                Box::new(table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| lines(&cell.nodes)))
            }
        }
    }))
}

/// Returns whether nothing among some nodes differs.
pub(super) fn all_same(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Line(line) => is_same(line),
        Node::Table(table) => {
            table.old.is_some()
                && table.rows.iter().all(|row| {
                    row.status == Status::Same
                        && row.cells.iter().all(|cell| cell.status == Status::Same && all_same(&cell.nodes))
                })
        }
    })
}

/// Returns whether a story of the new draft has no text.
fn all_empty(texts: &Texts<'_>, story: &StoryPair) -> bool {
    lines(&story.nodes)
        .filter_map(|line| line.new)
        .all(|ordinal| texts.paras.get(ordinal).is_none_or(|para| para.text.trim().is_empty()))
}

/// Returns the redline of a story that comes or goes as a whole.
pub(super) fn one_sided(texts: &Texts<'_>, story: usize, status: Status) -> Vec<Node> {
    let (mut para, mut table) = texts.starts.get(story).copied().unwrap_or_default();
    let blocks = texts.draft.stories.get(story).map_or(&[][..], |story| &story.blocks);
    sided(blocks, status, &mut para, &mut table)
}

fn sided(blocks: &[Block], status: Status, para: &mut usize, table: &mut usize) -> Vec<Node> {
    let pick = |at: usize| if status.in_old() { (Some(at), None) } else { (None, Some(at)) };
    blocks
        .iter()
        .map(|block| match block {
            Block::Para(own) => {
                *para += 1;
                Node::Line(whole_line(*para - 1, own.text.len(), status))
            }
            Block::Table(own) => {
                *table += 1;
                let (old, new) = pick(*table - 1);
                let rows = own.rows.iter().enumerate().map(|(at, row)| {
                    let cells = row.cells.iter().enumerate().map(|(at, cell)| {
                        let (old, new) = pick(at);
                        let nodes = sided(&cell.blocks, status, para, table);
                        crate::compare::CellPair { status, old, new, nodes }
                    });
                    let cells = cells.collect();
                    let (old, new) = pick(at);
                    crate::compare::RowPair { status, old, new, cells, change: None }
                });
                Node::Table(crate::compare::TablePair { old, new, rows: rows.collect(), change: None })
            }
        })
        .collect()
}

/// Returns the line of a paragraph that comes or goes as a whole.
pub(super) fn whole_line(ordinal: usize, length: usize, status: Status) -> Line {
    let (old, new) = if status.in_old() { (0..length, 0..0) } else { (0..0, 0..length) };
    let segs = if length == 0 { Vec::new() } else { vec![Seg { status, old, new, change: None }] };
    Line {
        old: status.in_old().then_some(ordinal),
        new: status.in_new().then_some(ordinal),
        mark: status,
        segs,
        moved: None,
        change: None,
    }
}

/// Lets the catalogue know which lists are the same in both files.
fn same_lists(old: &Side<'_>, new: &Side<'_>, stories: &[StoryPair], catalogue: &mut Catalogue) {
    let list = |side: &Side<'_>, ordinal: usize| {
        // Only what has a number of its own is looked at.
        side.texts.paras.get(ordinal)?.label.as_ref().filter(|label| label.typed.is_none())?;
        let ParaAt { part, node: Some(node), .. } = side.para(ordinal)? else { return None };
        let tape = &side.tapes[usize::from(part)];
        tape.at(node, &[Tag::PPr, Tag::NumPr, Tag::NumId]).and_then(|id| tape.number(id, "w:val"))
    };
    for line in stories.iter().flat_map(|story| lines(&story.nodes)) {
        if let (Status::Same, Some(own), Some(other)) = (line.mark, line.old, line.new)
            && let Some(other) = list(new, other)
            && !catalogue.knows_list(other)
            && let Some(own) = list(old, own)
        {
            catalogue.same_list(own, other);
        }
    }
}

/// Returns the highest identifier in a part, of whatever kind.
fn highest(text: &str) -> u32 {
    let mut highest = 0;
    for (at, key) in text.match_indices("w:id=\"") {
        let digits = text[at + key.len()..].bytes().take_while(u8::is_ascii_digit).take(10);
        let value = digits.fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        if let Ok(value) = u32::try_from(value)
            && value < HIGHEST
        {
            highest = highest.max(value);
        }
    }
    highest
}

/// Returns the number of the next note of a kind.
fn next_note(package: &Package, kind: &str) -> i64 {
    let tape = package.companion(kind).and_then(|name| package.tape(&name).ok());
    let highest = tape.and_then(|tape| tape.elements(tape.root()).filter_map(|n| tape.number(n, "w:id")).max());
    highest.unwrap_or(0).max(0) + 1
}
