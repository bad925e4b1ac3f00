//! A redline as JSON, for other programs: `docs/redline-json.md` describes it, and [`SCHEMA`] checks it.
//!
//! Everything that the comparison knows is in it, noise included, whatever the report shows: a change that
//! is not shown has no number. Both drafts can be rebuilt from it, character by character.

mod records;

use serde::{Serialize, Serializer};

use super::Report;
use super::summary::{Summary, summary};
use crate::compare::{Line, Node, Noise, Seg, Status, StoryPair, TablePair};
use crate::document::draft::{OBJECT, ObjectKind, Para, StoryKind};
use records::{ChangeRecord, CheckRecord, ClauseRecord, InputRecord, MoveRecord, ReferenceRecord, RenumberedRecord};

/// Name and version of the format. The number rises when a reader of the old form could be misled; fields
/// may be added without.
pub const FORMAT: &str = "engross-redline/1";

/// JSON Schema (draft 2020-12) of the format.
pub const SCHEMA: &str = include_str!("../../docs/redline.schema.json");

/// Writes a redline as one line of JSON with a line feed.
pub fn write(report: &Report<'_>) -> Vec<u8> {
    let words = report.comparison.tally.old_words + report.comparison.tally.new_words;
    let mut out = Vec::with_capacity(words * 12 + 4096);
    let summary = summary(report);
    serde_json::to_writer(&mut out, &File { report, summary: &summary }).expect("plain values have a JSON form");
    out.push(b'\n');
    out
}

/// The whole file.
struct File<'r, 'a> {
    report: &'r Report<'a>,
    summary: &'r Summary,
}

impl Serialize for File<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let report = self.report;
        let comparison = report.comparison;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("program", &report.program)?;
        map.serialize_entry("title", &report.title)?;
        map.serialize_entry("old", &InputRecord::new(&report.old, comparison.tally.old_words))?;
        map.serialize_entry("new", &InputRecord::new(&report.new, comparison.tally.new_words))?;
        let shown: Vec<&str> = report.shown.noise.iter().map(|noise| noise.name()).collect();
        map.serialize_entry("noise_shown", &shown)?;
        map.serialize_entry("options", &report.options)?;
        map.serialize_entry("same", &comparison.is_same())?;
        map.serialize_entry("summary", &records::SummaryRecord::new(report, self.summary))?;
        map.serialize_entry(
            "changes",
            &Each(|| comparison.changes.iter().enumerate().map(|(at, change)| ChangeRecord::new(report, at, change))),
        )?;
        map.serialize_entry("moves", &Each(|| comparison.moves.iter().map(MoveRecord::new)))?;
        map.serialize_entry("clauses", &Each(|| comparison.clauses.iter().map(ClauseRecord::new)))?;
        let renumbered = || comparison.clauses.iter().filter(|link| link.renumbered).filter_map(RenumberedRecord::new);
        map.serialize_entry("renumbered", &Each(renumbered))?;
        map.serialize_entry("references", &ReferenceRecord::all(comparison))?;
        map.serialize_entry("checks", &Each(|| comparison.checks.iter().map(CheckRecord::new)))?;
        map.serialize_entry("coarse", &comparison.coarse)?;
        map.serialize_entry("redline", &Each(|| comparison.stories.iter().map(|pair| StoryRecord::new(report, pair))))?;
        map.end()
    }
}

/// An array whose items are made as they are written.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Returns the sign of a status, as in the terminal's redline.
fn sign(status: Status) -> &'static str {
    match status {
        Status::Same => "=",
        Status::Inserted => "+",
        Status::Deleted => "-",
        Status::MovedFrom => "<",
        Status::MovedTo => ">",
    }
}

/// A story of the redline.
struct StoryRecord<'r, 'a> {
    report: &'r Report<'a>,
    pair: &'r StoryPair,
}

impl<'r, 'a> StoryRecord<'r, 'a> {
    fn new(report: &'r Report<'a>, pair: &'r StoryPair) -> Self {
        Self { report, pair }
    }
}

impl Serialize for StoryRecord<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let kind = match self.pair.kind {
            StoryKind::Body => "body",
            StoryKind::Header => "header",
            StoryKind::Footer => "footer",
            StoryKind::Footnote => "footnote",
            StoryKind::Endnote => "endnote",
            StoryKind::TextBox => "text-box",
        };
        let report = self.report;
        let name = |draft: &crate::document::draft::Draft, at: Option<usize>| {
            at.and_then(|at| draft.stories.get(at)).map(|story| story.name.clone())
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("old", &name(report.old.draft, self.pair.old))?;
        map.serialize_entry("new", &name(report.new.draft, self.pair.new))?;
        map.serialize_entry("nodes", &Each(|| self.pair.nodes.iter().map(|node| NodeRecord { report, node })))?;
        map.end()
    }
}

/// A line or a table.
struct NodeRecord<'r, 'a> {
    report: &'r Report<'a>,
    node: &'r Node,
}

impl Serialize for NodeRecord<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.node {
            Node::Line(line) => LineRecord::new(self.report, line).serialize(serializer),
            Node::Table(pair) => TableRecord { report: self.report, pair }.serialize(serializer),
        }
    }
}

#[derive(Serialize)]
struct LineRecord<'a> {
    mark: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_label: Option<LabelRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_label: Option<LabelRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#move: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<usize>,
    segments: Vec<SegRecord<'a>>,
}

#[derive(Serialize)]
struct LabelRecord<'a> {
    text: &'a str,
    typed: bool,
}

#[derive(Serialize)]
struct SegRecord<'a> {
    op: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    objects: Vec<ObjectRecord<'a>>,
}

#[derive(Serialize)]
struct ObjectRecord<'a> {
    kind: &'static str,
    name: &'a str,
}

impl<'a> LineRecord<'a> {
    fn new(report: &Report<'a>, line: &Line) -> Self {
        let old = line.old.and_then(|at| report.old.texts.paras.get(at).copied());
        let new = line.new.and_then(|at| report.new.texts.paras.get(at).copied());
        let label = |para: Option<&'a Para>| {
            let label = para?.label.as_ref()?;
            Some(LabelRecord { text: &label.text, typed: label.typed.is_some() })
        };
        Self {
            mark: sign(line.mark),
            old: line.old,
            new: line.new,
            old_label: label(old),
            new_label: label(new),
            heading: new.or(old).and_then(|para| para.heading),
            r#move: line.moved,
            change: line.change,
            segments: line.segs.iter().map(|seg| SegRecord::new(seg, old, new)).collect(),
        }
    }
}

impl<'a> SegRecord<'a> {
    fn new(seg: &Seg, old: Option<&'a Para>, new: Option<&'a Para>) -> Self {
        let (para, range) = if seg.status.in_new() { (new, &seg.new) } else { (old, &seg.old) };
        let text = para.and_then(|para| para.text.get(range.clone())).unwrap_or_default();
        let objects = match para.filter(|_| text.contains(OBJECT)) {
            Some(para) => {
                para.objects.iter().filter(|object| range.contains(&object.at)).map(ObjectRecord::new).collect()
            }
            None => Vec::new(),
        };
        Self { op: sign(seg.status), text, change: seg.change, objects }
    }
}

impl<'a> ObjectRecord<'a> {
    fn new(object: &'a crate::document::draft::Object) -> Self {
        let kind = match object.kind {
            ObjectKind::Note(_) => "note",
            ObjectKind::TextBox(_) => "text-box",
            ObjectKind::Image => "image",
            ObjectKind::Equation => "equation",
            ObjectKind::Other => "other",
        };
        Self { kind, name: &object.name }
    }
}

/// A table.
struct TableRecord<'r, 'a> {
    report: &'r Report<'a>,
    pair: &'r TablePair,
}

impl Serialize for TableRecord<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        #[derive(Serialize)]
        struct RowRecord<T: Serialize> {
            op: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            change: Option<usize>,
            cells: T,
        }
        #[derive(Serialize)]
        struct CellRecord<T: Serialize> {
            op: &'static str,
            nodes: T,
        }
        let report = self.report;
        let side = |old: Option<usize>, new: Option<usize>| match (old, new) {
            (None, Some(_)) => "+",
            (Some(_), None) => "-",
            _ => "=",
        };
        let rows = || {
            self.pair.rows.iter().map(|row| RowRecord {
                op: sign(row.status),
                change: row.change,
                cells: Each(|| {
                    row.cells.iter().map(|cell| CellRecord {
                        op: sign(cell.status),
                        nodes: Each(|| cell.nodes.iter().map(|node| NodeRecord { report, node })),
                    })
                }),
            })
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("table", side(self.pair.old, self.pair.new))?;
        if let Some(change) = self.pair.change {
            map.serialize_entry("change", &change)?;
        }
        map.serialize_entry("rows", &Each(rows))?;
        map.end()
    }
}

/// Names of the classes of noise with their counts.
fn noise(tally: &[usize; 5]) -> impl Iterator<Item = (&'static str, usize)> + '_ {
    Noise::ALL.iter().map(|noise| noise.name()).zip(tally.iter().copied())
}

#[cfg(test)]
mod tests;
