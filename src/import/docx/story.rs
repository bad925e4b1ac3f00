//! All stories of a document, one after the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::DocxError;
use super::comments::Anchors;
use super::numbering::{Counters, Numbering};
use super::object::Parts;
use super::sections::margins;
use super::styles::{ParaLook, RunLook, Styles};
use crate::document::draft::{Block, Caveat, Comment, ObjectKind, Para, Story, StoryKind};
use crate::locale::Locale;
use crate::ooxml::{Fields, Kind, NodeId, Package, Pieces, Places, Relations, StoryPlace, Tag, Tape, View};

/// How many paragraphs, rows and objects a document may have in all.
const BLOCKS: usize = 500_000;

/// What was read.
pub(super) struct Read {
    pub(super) stories: Vec<Story>,
    pub(super) comments: Vec<Comment>,
    pub(super) caveats: Vec<Caveat>,
    pub(super) places: Places,
    /// Tracked changes in the file.
    pub(super) changes: usize,
    pub(super) authors: BTreeSet<String>,
}

/// A part that is read.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) tape: Arc<Tape>,
    pub(super) relations: Relations,
    /// Index in [`Places::parts`].
    pub(super) index: u16,
    /// Whether it is a header or a footer.
    margin: bool,
}

/// A note or a text box that was met.
#[derive(Debug)]
struct Pending {
    name: String,
    /// `None` for a note that the file does not have.
    part: Option<Arc<Part>>,
    containers: Vec<NodeId>,
}

/// The notes of a part, by their identifier.
type Notes = (Arc<Part>, BTreeMap<String, NodeId>);

/// What was met and could not be read, or was left out: how many times.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) hidden: usize,
    pub(super) open_fields: usize,
    pub(super) missing_notes: usize,
    pub(super) missing_parts: usize,
    pub(super) inserted_files: usize,
    pub(super) others: usize,
    pub(super) numbers: usize,
    pub(super) field_numbers: usize,
}

/// A reader at work.
pub(super) struct Reader<'a> {
    pub(super) package: &'a Package,
    pub(super) view: View,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) locale: Locale,
    pub(super) places: Places,
    pub(super) counters: Counters,
    pub(super) pieces: Pieces,
    pub(super) anchors: Anchors,
    pub(super) digests: Parts,
    pub(super) left: Left,
    /// Section properties of the body, in order.
    pub(super) sections: Vec<NodeId>,
    /// Looks that were worked out, by the digest of the XML; of runs, by the style of the paragraph too.
    pub(super) para_looks: HashMap<u64, ParaLook>,
    pub(super) run_looks: HashMap<(usize, u64), RunLook>,
    /// Lists and levels of paragraph styles.
    pub(super) style_lists: HashMap<Option<usize>, Option<(i64, usize)>>,
    parts: BTreeMap<String, Arc<Part>>,
    /// Footnotes and endnotes by identifier: element in their part.
    note_nodes: [Option<Notes>; 2],
    /// Footnotes and endnotes that were met, by identifier: index in the list of pending ones.
    met: [BTreeMap<String, usize>; 2],
    /// How many notes of each kind have a number of their own.
    numbered: [usize; 2],
    /// Footnotes, endnotes, text boxes.
    pending: [Vec<Pending>; 3],
    /// Paragraphs, rows and objects so far.
    spent: usize,
}

/// Reads all stories.
pub(super) fn read(package: &Package, view: View) -> Result<Read, DocxError> {
    let companion = |kind: &str| package.companion(kind).map(|name| package.tape(&name)).transpose();
    let styles = companion("styles")?.map_or_else(Styles::default, |tape| Styles::read(&tape));
    let numbering = companion("numbering")?.map_or_else(Numbering::default, |tape| Numbering::read(&tape));
    let settings = companion("settings")?;
    let even = settings
        .is_some_and(|tape| tape.child(tape.root(), Tag::EvenAndOddHeaders).is_some_and(|node| tape.is_on(node)));
    let locale = styles.lang.as_deref().and_then(language).unwrap_or(Locale::new(crate::locale::Lang::En, None));
    let places = Places {
        view,
        parts: Vec::new(),
        hidden: styles.hidden(),
        paras: Vec::new(),
        nodes: Vec::new(),
        tables: Vec::new(),
        rows: Vec::new(),
        cells: Vec::new(),
        stories: Vec::new(),
    };
    let reader = Reader {
        package,
        view,
        styles,
        numbering,
        locale,
        places,
        counters: Counters::default(),
        pieces: Pieces::default(),
        anchors: Anchors::default(),
        digests: Parts::default(),
        left: Left::default(),
        sections: Vec::new(),
        para_looks: HashMap::new(),
        run_looks: HashMap::new(),
        style_lists: HashMap::new(),
        parts: BTreeMap::new(),
        note_nodes: [None, None],
        met: Default::default(),
        numbered: [0; 2],
        pending: Default::default(),
        spent: 0,
    };
    reader.all(even)
}

/// Returns the locale of a `w:lang`, as `pt-BR`; of its language alone, if the region is not known.
fn language(tag: &str) -> Option<Locale> {
    tag.parse().ok().or_else(|| tag.split('-').next()?.parse().ok())
}

impl Reader<'_> {
    fn all(mut self, even: bool) -> Result<Read, DocxError> {
        let main = self.part(self.package.main(), false)?;
        let body = main.tape.child(main.tape.root(), Tag::Body).ok_or(DocxError::NoBody)?;
        let mut stories = Vec::new();
        self.story(&mut stories, StoryKind::Body, String::new(), &main, &[body])?;
        let sections = std::mem::take(&mut self.sections);
        let mut kind = StoryKind::Body;
        for margin in margins(&main.tape, &main.relations, &sections, self.view, even) {
            if !self.package.has(&margin.part) {
                self.left.missing_parts += 1;
                continue;
            }
            let part = self.part(&margin.part, true)?;
            if kind != margin.kind {
                kind = margin.kind;
                self.counters = Counters::default();
            }
            let root = part.tape.root();
            self.story(&mut stories, margin.kind, margin.name, &part, &[root])?;
        }
        // Notes may be met in text boxes, and text boxes in notes: what is met is read until nothing is left.
        let mut made: [Vec<(Story, StoryPlace)>; 3] = Default::default();
        let mut places = std::mem::take(&mut self.places.stories);
        while (0..3).any(|kind| made[kind].len() < self.pending[kind].len()) {
            for (kind, story) in [StoryKind::Footnote, StoryKind::Endnote, StoryKind::TextBox].into_iter().enumerate() {
                self.counters = Counters::default();
                while let Some(pending) = self.pending[kind].get_mut(made[kind].len()) {
                    let (name, part) = (std::mem::take(&mut pending.name), pending.part.clone());
                    let containers = std::mem::take(&mut pending.containers);
                    let mut one = Vec::new();
                    match part {
                        Some(part) => self.story(&mut one, story, name, &part, &containers)?,
                        None => {
                            let blocks = vec![Block::Para(self.nowhere(&main))];
                            one.push(Story { kind: story, name, blocks });
                            self.places.stories.push(StoryPlace { part: main.index, containers });
                        }
                    }
                    made[kind].extend(one.into_iter().zip(self.places.stories.drain(..)));
                }
            }
        }
        let starts = [stories.len(), stories.len() + made[0].len(), stories.len() + made[0].len() + made[1].len()];
        for (story, place) in made.into_iter().flatten() {
            stories.push(story);
            places.push(place);
        }
        self.places.stories = places;
        for story in &mut stories {
            point(&mut story.blocks, starts);
        }
        let comments = match self.package.companion("comments") {
            Some(name) => self.anchors.comments(&*self.package.tape(&name)?, &stories, self.view),
            None => Vec::new(),
        };
        let (changes, authors) = self.changes();
        let caveats = self.caveats(changes, &authors);
        Ok(Read { stories, comments, caveats, places: self.places, changes, authors })
    }

    /// Returns a part, parsed.
    fn part(&mut self, name: &str, margin: bool) -> Result<Arc<Part>, DocxError> {
        let name = self.package.stored_name(name).unwrap_or(name).to_owned();
        if let Some(part) = self.parts.get(&name) {
            return Ok(Arc::clone(part));
        }
        let index = u16::try_from(self.places.parts.len()).map_err(|_| DocxError::Large("parts"))?;
        let part = Arc::new(Part {
            tape: self.package.tape(&name)?,
            relations: self.package.relations(&name)?,
            index,
            margin,
        });
        self.places.parts.push(name.clone());
        self.parts.insert(name, Arc::clone(&part));
        Ok(part)
    }

    fn story(
        &mut self,
        stories: &mut Vec<Story>,
        kind: StoryKind,
        name: String,
        part: &Arc<Part>,
        containers: &[NodeId],
    ) -> Result<(), DocxError> {
        let mut blocks = Vec::new();
        for &container in containers {
            let lenient = !fields_close(&part.tape, container);
            self.left.open_fields += usize::from(lenient);
            let mut fields = Fields::new(lenient).in_margin(part.margin);
            blocks.extend(self.container(part, container, &mut fields)?);
        }
        stories.push(Story { kind, name, blocks });
        self.places.stories.push(StoryPlace { part: part.index, containers: containers.to_vec() });
        Ok(())
    }

    /// Counts a paragraph, a row or an object.
    pub(super) fn spend(&mut self) -> Result<(), DocxError> {
        self.spent += 1;
        if self.spent > BLOCKS { Err(DocxError::Large("paragraphs, rows and pictures")) } else { Ok(()) }
    }

    /// Returns the note that a reference points to: the index among those of its kind that were met, and its
    /// name.
    pub(super) fn note(&mut self, tape: &Tape, node: NodeId) -> Result<ObjectAt, DocxError> {
        let end = usize::from(tape.tag(node) == Tag::EndnoteReference);
        let id = tape.attr(node, "w:id").unwrap_or_default().into_owned();
        if let Some(&index) = self.met[end].get(&id) {
            let name = self.pending[end].get(index).map_or_else(String::new, |note| note.name.clone());
            return Ok(ObjectAt { kind: end, index, name });
        }
        if self.note_nodes[end].is_none() {
            let (kind, tag) = [("footnotes", Tag::Footnote), ("endnotes", Tag::Endnote)][end];
            if let Some(name) = self.package.companion(kind) {
                let part = self.part(&name, false)?;
                let nodes = part
                    .tape
                    .elements(part.tape.root())
                    .filter(|&node| part.tape.tag(node) == tag)
                    .filter_map(|node| Some((part.tape.attr(node, "w:id")?.into_owned(), node)))
                    .collect();
                self.note_nodes[end] = Some((part, nodes));
            }
        }
        // A note with a mark of its own does not count.
        let own = matches!(tape.raw_attr(node, "w:customMarkFollows"), Some("1" | "true" | "on"));
        let name = if own {
            format!("*{}", self.met[end].len() + 1)
        } else {
            self.numbered[end] += 1;
            self.numbered[end].to_string()
        };
        let found = self.note_nodes[end].as_ref().and_then(|(part, nodes)| Some((Arc::clone(part), *nodes.get(&id)?)));
        self.left.missing_notes += usize::from(found.is_none());
        let (part, containers) = found.map_or((None, Vec::new()), |(part, node)| (Some(part), vec![node]));
        let index = self.pending[end].len();
        self.pending[end].push(Pending { name: name.clone(), part, containers });
        self.met[end].insert(id, index);
        Ok(ObjectAt { kind: end, index, name })
    }

    /// Returns the index of a text box among those that were met.
    pub(super) fn text_box(&mut self, part: &Arc<Part>, containers: Vec<NodeId>) -> usize {
        let index = self.pending[2].len();
        let name = (index + 1).to_string();
        self.pending[2].push(Pending { name, part: Some(Arc::clone(part)), containers });
        index
    }

    /// Returns a paragraph that is nowhere in the file.
    pub(super) fn nowhere(&mut self, part: &Part) -> Para {
        let source = self.place(part, &[], Fields::default());
        Para { source, ..Para::default() }
    }

    /// Counts the tracked changes in all parts that were read.
    fn changes(&self) -> (usize, BTreeSet<String>) {
        let (mut count, mut authors) = (0, BTreeSet::new());
        for part in self.parts.values() {
            let tape = &part.tape;
            for node in tape.within(tape.root()) {
                let change = matches!(
                    tape.tag(node),
                    Tag::Ins
                        | Tag::Del
                        | Tag::MoveFrom
                        | Tag::MoveTo
                        | Tag::CellIns
                        | Tag::CellDel
                        | Tag::CellMerge
                        | Tag::PPrChange
                        | Tag::RPrChange
                        | Tag::SectPrChange
                        | Tag::TblPrChange
                        | Tag::TrPrChange
                        | Tag::TcPrChange
                );
                if change && tape.kind(node) != Kind::End {
                    count += 1;
                    if let Some(author) = tape.attr(node, "w:author").filter(|author| !author.trim().is_empty())
                        && !authors.contains(&*author)
                    {
                        authors.insert(author.into_owned());
                    }
                }
            }
        }
        (count, authors)
    }

    fn caveats(&self, changes: usize, authors: &BTreeSet<String>) -> Vec<Caveat> {
        let left = &self.left;
        let taken = match self.view {
            View::Accepted => "accepted",
            View::Rejected => "rejected",
        };
        let by = if authors.is_empty() { String::new() } else { format!(" by {}", super::names(authors)) };
        [
            (changes, format!("tracked changes{by} are in the file; they were taken as {taken}")),
            (left.hidden, "pieces of hidden text were left out".to_owned()),
            (left.others, "objects (charts, drawings, embedded files) are compared as wholes".to_owned()),
            (left.inserted_files, "inserted files were not read; they are compared as wholes".to_owned()),
            (left.missing_notes, "notes are referred to and missing from the file".to_owned()),
            (left.missing_parts, "headers or footers are referred to and missing from the file".to_owned()),
            (left.open_fields, "texts have a field that does not end; what is in it is shown".to_owned()),
            (left.numbers, "automatic numbers are of a form that is not known, and shown in figures".to_owned()),
            (left.field_numbers, "numbers made by fields (LISTNUM, AUTONUM) were not worked out".to_owned()),
        ]
        .into_iter()
        .filter(|&(count, _)| count > 0)
        .map(|(count, text)| Caveat { text, count })
        .collect()
    }
}

/// A note among those of its kind.
pub(super) struct ObjectAt {
    /// 0 for footnotes, 1 for endnotes.
    pub(super) kind: usize,
    pub(super) index: usize,
    pub(super) name: String,
}

/// Marks the index of an endnote among those that were met, until all stories have their place.
pub(super) const ENDNOTE: usize = 1 << 31;

/// Replaces the indexes of notes and text boxes among those of their kind by those of their stories.
fn point(blocks: &mut [Block], starts: [usize; 3]) {
    for block in blocks {
        match block {
            Block::Para(para) => {
                for object in &mut para.objects {
                    match &mut object.kind {
                        ObjectKind::Note(index) if *index >= ENDNOTE => *index = *index - ENDNOTE + starts[1],
                        ObjectKind::Note(index) => *index += starts[0],
                        ObjectKind::TextBox(index) => *index += starts[2],
                        _ => {}
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    point(&mut cell.blocks, starts);
                }
            }
        }
    }
}

/// Returns whether every field of a story ends, and none ends that did not begin.
fn fields_close(tape: &Tape, container: NodeId) -> bool {
    let mut depth = 0_usize;
    for node in tape.find_all(container, Tag::FldChar) {
        match tape.raw_attr(node, "w:fldCharType") {
            Some("begin") => depth += 1,
            Some("end") if depth == 0 => return false,
            Some("end") => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}
