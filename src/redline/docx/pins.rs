//! What of the new draft shows nothing and still belongs to a place in its text: remarks of reviewers, and the
//! bookmarks that references lead to.
//!
//! Both are set where the text that they belong to stands in the redline, whether that is new or not (ECMA-376
//! part 1, 17.13.4 and 17.13.6).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::Writer;
use super::inline::Ink;
use super::markup::{Sign, put};
use super::side::Side;
use super::units::Unit;
use super::write::lines;
use crate::compare::{Line, Seg, Status};
use crate::document::draft::StoryKind;
use crate::ooxml::{NodeId, PieceKind, Pieces, Tag, Tape};

/// How many are set at most.
const MOST: usize = 100_000;

/// Something at a place.
#[derive(Debug, Clone)]
pub(super) struct Pin {
    /// Where in the text of its paragraph, in bytes.
    at: usize,
    /// Whether it belongs to what stands before it.
    end: bool,
    /// What is written there, outside of any change.
    mark: String,
    /// The run that follows it, which goes with the text beside it.
    run: String,
    /// The remark that it belongs to, by its number here.
    comment: Option<i64>,
}

/// What is set in the paragraphs of the new draft, by their ordinals.
#[derive(Debug, Default)]
pub(super) struct Pins {
    /// What is left to be set, in the order of the text.
    left: HashMap<usize, Vec<Pin>>,
    /// Remarks of which something was set.
    pub(super) set: HashSet<i64>,
    /// Names of bookmarks that are set this way.
    names: HashSet<String>,
}

impl Pins {
    /// Returns whether something is left to be set in a paragraph.
    pub(super) fn has(&self, ordinal: Option<usize>) -> bool {
        !self.left.is_empty() && ordinal.is_some_and(|ordinal| self.left.contains_key(&ordinal))
    }

    /// Returns whether a bookmark is set this way.
    pub(super) fn names(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Sets something; what stands at the same place keeps its order.
    pub(super) fn add(&mut self, ordinal: usize, pin: Pin) {
        let own = self.left.entry(ordinal).or_default();
        let place = own.partition_point(|other| other.at <= pin.at);
        own.insert(place, pin);
    }

    /// Returns the places in a range of a paragraph's text, its ends apart.
    fn places(&self, ordinal: usize, range: &Range<usize>) -> Vec<usize> {
        let own = self.left.get(&ordinal).map_or(&[][..], Vec::as_slice);
        let mut places: Vec<usize> =
            own.iter().map(|pin| pin.at).filter(|at| range.start < *at && *at < range.end).collect();
        places.dedup();
        places
    }

    /// Takes what is set up to a place; of that at the place itself all, or only what ends there.
    fn take(&mut self, ordinal: usize, at: usize, ends: bool) -> Vec<Pin> {
        let Some(own) = self.left.get_mut(&ordinal) else { return Vec::new() };
        let mut count = own.partition_point(|pin| pin.at < at);
        count += own[count..].iter().take_while(|pin| pin.at == at && (!ends || pin.end)).count();
        let taken: Vec<Pin> = own.drain(..count).collect();
        if own.is_empty() {
            self.left.remove(&ordinal);
        }
        self.set.extend(taken.iter().filter_map(|pin| pin.comment));
        taken
    }
}

impl Pin {
    /// The start or the end of something that covers text.
    pub(super) fn mark(at: usize, end: bool, mark: String, comment: Option<i64>) -> Self {
        Self { at, end, mark, run: String::new(), comment }
    }

    /// What stands in a run, behind the text that it belongs to.
    pub(super) fn run(at: usize, run: String, comment: i64) -> Self {
        Self { at, end: true, mark: String::new(), run, comment: Some(comment) }
    }
}

/// Cuts pieces where something is set within them, and what is same where the look of the new text changes.
pub(super) fn cut(pins: &Pins, line: &Line, segs: &[Seg], fields: &[Unit], looks: &[usize]) -> Option<Vec<Seg>> {
    let ordinal = line.new.filter(|_| pins.has(line.new) || !looks.is_empty())?;
    let mut out = Vec::with_capacity(segs.len() + 4);
    for seg in segs {
        if !seg.status.in_new() || (seg.status == Status::Same && seg.old.len() != seg.new.len()) {
            out.push(seg.clone());
            continue;
        }
        let mut from = seg.new.start;
        // No field that comes is cut: what is set within one stands behind it.
        let within = |at: usize| fields.iter().any(|unit| unit.text.start < at && at < unit.text.end);
        let mut places = pins.places(ordinal, &seg.new);
        places.retain(|at| seg.status == Status::Same || !within(*at));
        if seg.status == Status::Same {
            let inner = looks.iter().copied().filter(|at| seg.new.start < *at && *at < seg.new.end);
            places.extend(inner);
            places.sort_unstable();
            places.dedup();
        }
        for to in places.into_iter().chain([seg.new.end]) {
            let old = match seg.status {
                Status::Same => seg.old.start + (from - seg.new.start)..seg.old.start + (to - seg.new.start),
                _ => seg.old.clone(),
            };
            out.push(Seg { status: seg.status, old, new: from..to, change: seg.change });
            from = to;
        }
    }
    Some(out)
}

impl<'a> Writer<'a> {
    /// Sets what belongs before a piece of the new paragraph, or behind it.
    pub(super) fn set_pins(
        &mut self,
        out: &mut String,
        ink: &mut Ink,
        ordinal: Option<usize>,
        at: usize,
        ends: bool,
        status: Status,
    ) {
        let Some(ordinal) = ordinal.filter(|_| self.pins.has(ordinal)) else { return };
        for pin in self.pins.take(ordinal, at, ends) {
            if !pin.mark.is_empty() {
                ink.end_change(out);
                out.push_str(&pin.mark);
            }
            if !pin.run.is_empty() {
                self.begin_change(out, ink, (status, Sign::Own));
                ink.end_run(out);
                out.push_str(&pin.run);
            }
        }
    }

    /// Sees to it that the bookmarks come which the references of new text lead to, where the old file lacks them.
    pub(super) fn pin_bookmarks(&mut self) {
        let names = self.pointed();
        if names.is_empty() {
            return;
        }
        let mut found: BTreeMap<String, (u16, NodeId, Option<NodeId>)> = BTreeMap::new();
        for (part, tape) in self.new.tapes.iter().enumerate() {
            let mut open: HashMap<&str, String> = HashMap::new();
            for node in tape.within(tape.root()) {
                let id = || tape.raw_attr(node, "w:id").unwrap_or("");
                match tape.tag(node) {
                    Tag::BookmarkStart => {
                        let name = tape.attr(node, "w:name").unwrap_or_default().into_owned();
                        if names.contains(&name) && !found.contains_key(&name) && found.len() < MOST {
                            found.insert(name.clone(), (u16::try_from(part).unwrap_or(u16::MAX), node, None));
                            open.insert(id(), name);
                        }
                    }
                    Tag::BookmarkEnd => {
                        if let Some(own) = open.remove(id()).and_then(|name| found.get_mut(&name)) {
                            own.2 = Some(node);
                        }
                    }
                    _ => {}
                }
            }
        }
        let mut nodes: Vec<(u16, NodeId, bool)> = Vec::new();
        for (part, start, end) in found.values() {
            nodes.push((*part, *start, false));
            nodes.extend(end.map(|end| (*part, end, true)));
        }
        let spots = spots(&self.new, &nodes);
        for (name, (part, start, end)) in found {
            let spot = |node: NodeId| spots.get(&(part, node)).copied();
            let Some((from, to)) = spot(start).zip(end.and_then(spot)) else { continue };
            let id = self.stamp.id();
            let mut mark = String::new();
            put!(mark, "<w:bookmarkStart w:id=\"{id}\" w:name=\"{}\"/>", super::markup::escaped(&name));
            self.pins.add(from.0, Pin::mark(from.1, false, mark, None));
            self.pins.add(to.0, Pin::mark(to.1, true, format!("<w:bookmarkEnd w:id=\"{id}\"/>"), None));
            self.pins.names.insert(name);
        }
    }

    /// Returns the names of bookmarks that references of new text lead to, and that the old file has not.
    fn pointed(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        for line in self.stories.iter().flat_map(|story| lines(&story.nodes)) {
            let fresh = line.segs.iter().any(|seg| seg.status != Status::Same && seg.status.in_new());
            let Some(at) = line.new.filter(|_| fresh).and_then(|ordinal| self.new.para(ordinal)) else { continue };
            let tape = &self.new.tapes[usize::from(at.part).min(self.new.tapes.len() - 1)];
            for node in at.nodes.iter().flat_map(|node| tape.within(*node)) {
                match tape.tag(node) {
                    Tag::InstrText => targets(&tape.text(node), &mut names),
                    Tag::FldSimple => targets(&tape.attr(node, "w:instr").unwrap_or_default(), &mut names),
                    Tag::Hyperlink => names.extend(tape.attr(node, "w:anchor").map(std::borrow::Cow::into_owned)),
                    _ => {}
                }
            }
        }
        names.retain(|name| !self.bookmarks.contains(name));
        names
    }
}

/// Adds the bookmark that a reference leads to, if an instruction is one.
fn targets(code: &str, names: &mut HashSet<String>) {
    let mut words = code.split_whitespace();
    let kind = words.next().unwrap_or("").to_ascii_uppercase();
    if matches!(kind.as_str(), "REF" | "PAGEREF" | "NOTEREF")
        && let Some(name) = words.next()
    {
        names.insert(name.trim_matches('"').to_owned());
    }
}

/// Finds the places in the text of a draft where some elements stand that show nothing: the ordinal of the
/// paragraph, and bytes of its text. Each comes with its part, and whether it is the end of something.
pub(super) fn spots(side: &Side<'_>, nodes: &[(u16, NodeId, bool)]) -> HashMap<(u16, NodeId), (usize, usize)> {
    let mut found = HashMap::new();
    if nodes.is_empty() {
        return found;
    }
    let mut paras: Vec<(u16, NodeId, NodeId, usize)> = Vec::new();
    for ordinal in 0..side.texts.paras.len() {
        if let Some(at) = side.para(ordinal) {
            let tape = &side.tapes[usize::from(at.part).min(side.tapes.len() - 1)];
            paras.extend(at.nodes.iter().map(|node| (at.part, *node, tape.close(*node), ordinal)));
        }
    }
    paras.sort_unstable();
    let mut inside: BTreeMap<usize, Vec<(u16, NodeId)>> = BTreeMap::new();
    for (part, node, end) in nodes.iter().copied() {
        let next = paras.partition_point(|para| (para.0, para.1) < (part, node));
        // A paragraph in a text box stands in another one.
        let holder = paras[..next].iter().rev().take(64).find(|para| para.0 == part && para.2 > node);
        let beside = || {
            let before = next.checked_sub(1).and_then(|at| paras.get(at)).filter(|para| para.0 == part);
            let after = paras.get(next).filter(|para| para.0 == part);
            let text_end = |ordinal: usize| side.texts.paras.get(ordinal).map_or(0, |para| para.text.len());
            let (before, after) = (before.map(|para| (para.3, text_end(para.3))), after.map(|para| (para.3, 0)));
            if end { before.or(after) } else { after.or(before) }
        };
        match holder {
            Some(para) => inside.entry(para.3).or_default().push((part, node)),
            None => found.extend(beside().map(|spot| ((part, node), spot))),
        }
    }
    let mut pieces = Pieces::default();
    for (ordinal, wanted) in inside {
        let Some(at) = side.para(ordinal) else { continue };
        let tape = side.tape(at.part);
        side.pieces(&at, &tape, &mut pieces);
        let by_node: HashMap<NodeId, usize> = pieces
            .list
            .iter()
            .filter(|piece| piece.kind == PieceKind::Mark)
            .map(|p| (p.node, p.start as usize))
            .collect();
        found.extend(wanted.into_iter().filter_map(|key| Some((key, (ordinal, *by_node.get(&key.1)?)))));
    }
    let story = |ordinal: usize| {
        let story = side.texts.starts.partition_point(|start| start.0 <= ordinal).checked_sub(1)?;
        side.draft.stories.get(story).map(|story| story.kind)
    };
    // What stands in margins and boxes is not always written, and may hold no remarks.
    found.retain(|_, (ordinal, _)| {
        matches!(story(*ordinal), Some(StoryKind::Body | StoryKind::Footnote | StoryKind::Endnote))
    });
    found
}

/// Returns the elements with a tag in all parts that were read, with their part.
pub(super) fn all<'s>(side: &'s Side<'_>, tag: Tag) -> impl Iterator<Item = (u16, NodeId, &'s Tape)> {
    side.tapes.iter().enumerate().flat_map(move |(part, tape)| {
        let part = u16::try_from(part).unwrap_or(u16::MAX);
        tape.find_all(tape.root(), tag).map(move |node| (part, node, &**tape))
    })
}
