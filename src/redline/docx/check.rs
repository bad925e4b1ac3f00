//! The written file held against both drafts.

use std::collections::BTreeSet;

use super::WriteError;
use super::side::Side;
use super::write::{one_sided, whole_line};
use crate::compare::{Comparison, Line, Node, Status, Texts};
use crate::document::draft::{Block, Draft, Para, StoryKind};
use crate::import::docx::{Tracked, read_package};
use crate::ooxml::Package;

/// A place where a written file does not give back a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Whether it is the new draft.
    new: bool,
    /// Its story.
    story: usize,
    /// The paragraph, by its ordinal in the draft; `None` if the paragraphs do not even match in number.
    para: Option<usize>,
}

impl Fault {
    /// Returns `old` or `new`.
    pub(super) fn draft(&self) -> &'static str {
        if self.new { "new" } else { "old" }
    }

    /// Says where it is.
    pub(super) fn place(&self, old: &Side<'_>, new: &Side<'_>) -> String {
        let side = if self.new { new } else { old };
        let text = self.para.and_then(|para| side.texts.paras.get(para)).map(|para| para.text.as_str());
        let text = text.or_else(|| Some(first_text(&side.draft.stories.get(self.story)?.blocks)?.text.as_str()));
        let start: String = text.unwrap_or("").chars().take(40).collect();
        format!("at “{start}”")
    }
}

fn first_text(blocks: &[Block]) -> Option<&Para> {
    let mut first = None;
    Draft::each_para(blocks, &mut |para| {
        if first.is_none() && !para.text.is_empty() {
            first = Some(para);
        }
    });
    first
}

/// Reads a written file in both views. Returns where it does not give back the drafts.
///
/// # Errors
///
/// Fails if the file cannot be read at all.
pub(super) fn check(
    bytes: &[u8],
    comparison: &Comparison,
    old: &Side<'_>,
    new: &Side<'_>,
) -> Result<Vec<Fault>, WriteError> {
    let package = Package::open(bytes)?;
    let mut faults = Vec::new();
    for (side, tracked, is_new) in [(old, Tracked::Rejected, false), (new, Tracked::Accepted, true)] {
        let (read, _) = read_package(&package, tracked)?;
        // Headers that only the new file has are said to be missing, and what is in them with them.
        let missing: BTreeSet<u16> = comparison
            .stories
            .iter()
            .filter(|pair| is_new && pair.old.is_none() && matches!(pair.kind, StoryKind::Header | StoryKind::Footer))
            .filter_map(|pair| side.places.stories.get(pair.new?).map(|place| place.part))
            .collect();
        let left_out = |story: usize| side.places.stories.get(story).is_some_and(|place| missing.contains(&place.part));
        compare(&read, &side.texts, is_new, left_out, &mut faults);
    }
    Ok(faults)
}

/// Kinds of stories that are held against each other one by one.
const KINDS: [StoryKind; 6] = [
    StoryKind::Body,
    StoryKind::Header,
    StoryKind::Footer,
    StoryKind::Footnote,
    StoryKind::Endnote,
    StoryKind::TextBox,
];

fn compare(read: &Draft, wanted: &Texts<'_>, new: bool, left_out: impl Fn(usize) -> bool, faults: &mut Vec<Fault>) {
    for kind in KINDS {
        let of = |draft: &Draft| -> Vec<usize> {
            let stories = draft.stories.iter().enumerate().filter(|(_, story)| story.kind == kind);
            stories.map(|(at, _)| at).collect()
        };
        let margins = matches!(kind, StoryKind::Header | StoryKind::Footer);
        let (got, mut own) = (of(read), of(wanted.draft));
        own.retain(|story| !left_out(*story));
        if margins && new {
            // Those of the new file that have no place in the old one are said to be missing.
            continue;
        }
        for (place, story) in own.iter().enumerate() {
            let Some(got) = got.get(place) else {
                faults.push(Fault { new, story: *story, para: None });
                break;
            };
            let (blocks, wanted_blocks) = (&read.stories[*got].blocks, &wanted.draft.stories[*story].blocks);
            let mut para = wanted.starts.get(*story).map_or(0, |start| start.0);
            let mut wrong = Vec::new();
            if same_shape(blocks, wanted_blocks, &mut para, &mut wrong) {
                faults.extend(wrong.into_iter().map(|para| Fault { new, story: *story, para: Some(para) }));
            } else {
                // The first paragraph that differs tells where it began to go wrong.
                faults.push(Fault { new, story: *story, para: wrong.first().copied() });
                faults.push(Fault { new, story: *story, para: None });
            }
        }
        if got.len() > own.len() {
            faults.push(Fault { new, story: own.last().copied().unwrap_or(0), para: None });
        }
    }
}

/// Compares paragraph by paragraph. Returns whether the paragraphs and tables match in number; `wrong` gets the
/// ordinals of those whose text differs.
fn same_shape(got: &[Block], wanted: &[Block], para: &mut usize, wrong: &mut Vec<usize>) -> bool {
    for (at, block) in wanted.iter().enumerate() {
        match (block, got.get(at)) {
            (Block::Para(own), Some(Block::Para(other))) => {
                if own.text != other.text {
                    wrong.push(*para);
                }
                *para += 1;
            }
            (Block::Table(own), Some(Block::Table(other))) => {
                let cells = |rows: &[crate::document::draft::Row]| -> Vec<usize> {
                    rows.iter().map(|row| row.cells.len()).collect()
                };
                if cells(&own.rows) != cells(&other.rows) {
                    wrong.push(*para);
                    return false;
                }
                let all = own.rows.iter().zip(&other.rows).flat_map(|(a, b)| a.cells.iter().zip(&b.cells));
                for (own, other) in all {
                    if !same_shape(&other.blocks, &own.blocks, para, wrong) {
                        return false;
                    }
                }
            }
            _ => {
                wrong.push(*para);
                return false;
            }
        }
    }
    // Word ends a text with a paragraph: one that ends with a table in its file, or has nothing at all, gets an
    // empty one.
    let spare = match (got, wanted) {
        ([.., Block::Table(_), Block::Para(last)], [.., Block::Table(_)]) => usize::from(last.text.is_empty()),
        ([Block::Para(only)], []) => usize::from(only.text.is_empty()),
        _ => 0,
    };
    got.len() == wanted.len() || got.len() == wanted.len() + spare
}

/// Makes a redline coarser where it is wrong. Returns how many paragraphs that concerns.
pub(super) fn coarsen(
    comparison: &mut Comparison,
    faults: &[Fault],
    (old, new): (&Side<'_>, &Side<'_>),
    stories: bool,
) -> usize {
    let whole = |new_side: bool, story: usize| {
        stories && faults.iter().any(|fault| fault.new == new_side && fault.story == story && fault.para.is_none())
    };
    let mut count = 0;
    let mut bad = [BTreeSet::new(), BTreeSet::new()];
    for fault in faults {
        bad[usize::from(fault.new)].extend(fault.para);
    }
    for pair in &mut comparison.stories {
        if pair.old.is_some_and(|story| whole(false, story)) || pair.new.is_some_and(|story| whole(true, story)) {
            let mut nodes = pair.old.map_or_else(Vec::new, |story| one_sided(&old.texts, story, Status::Deleted));
            nodes.extend(pair.new.map_or_else(Vec::new, |story| one_sided(&new.texts, story, Status::Inserted)));
            count += nodes.len();
            pair.nodes = nodes;
        }
    }
    // Whatever shares a line with a wrong paragraph is written with it.
    loop {
        let before = bad[0].len() + bad[1].len();
        for pair in &comparison.stories {
            spread(&pair.nodes, &mut bad);
        }
        if bad[0].len() + bad[1].len() == before {
            break;
        }
    }
    let mut done = [BTreeSet::new(), BTreeSet::new()];
    for pair in &mut comparison.stories {
        replace(&mut pair.nodes, &bad, &mut done, (&old.texts, &new.texts));
    }
    count + done[0].len().max(done[1].len())
}

/// Returns the paragraphs that a line has something of.
fn of(line: &Line) -> [Option<usize>; 2] {
    let old = line.mark.in_old() || line.segs.iter().any(|seg| seg.status.in_old());
    let new = line.mark.in_new() || line.segs.iter().any(|seg| seg.status.in_new());
    [line.old.filter(|_| old), line.new.filter(|_| new)]
}

fn spread(nodes: &[Node], bad: &mut [BTreeSet<usize>; 2]) {
    for node in nodes {
        match node {
            Node::Line(line) => {
                let own = of(line);
                if own.iter().zip(bad.iter()).any(|(own, bad)| own.is_some_and(|own| bad.contains(&own))) {
                    bad[0].extend(own[0]);
                    bad[1].extend(own[1]);
                }
            }
            Node::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| spread(&cell.nodes, bad));
            }
        }
    }
}

fn replace(
    nodes: &mut Vec<Node>,
    bad: &[BTreeSet<usize>; 2],
    done: &mut [BTreeSet<usize>; 2],
    texts: (&Texts<'_>, &Texts<'_>),
) {
    let mut out = Vec::with_capacity(nodes.len());
    for mut node in std::mem::take(nodes) {
        match &mut node {
            Node::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    replace(&mut cell.nodes, bad, done, texts);
                }
            }
            Node::Line(line) => {
                let own = of(line);
                let wrong = own.iter().zip(bad).any(|(own, bad)| own.is_some_and(|own| bad.contains(&own)));
                if wrong {
                    for (side, status) in [(0, Status::Deleted), (1, Status::Inserted)] {
                        let texts = if side == 0 { texts.0 } else { texts.1 };
                        if let Some(ordinal) = own[side]
                            && done[side].insert(ordinal)
                        {
                            let length = texts.paras.get(ordinal).map_or(0, |para| para.text.len());
                            out.push(Node::Line(whole_line(ordinal, length, status)));
                        }
                    }
                    continue;
                }
            }
        }
        out.push(node);
    }
    *nodes = out;
}
