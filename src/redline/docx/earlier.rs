//! Tracked changes that the new file has already, kept under the names of those who made them.
//!
//! The redline says what the new draft changed in the old one. Where a change was tracked in the new file by
//! somebody else, it is written under that author's name and date, so that what was changed without being
//! tracked stands out under ours. What is written stays the same to the letter: only who signs it, and where
//! several ways lead from one text to the other, which of them is taken.
//!
//! - `stream` reads the new file's paragraphs with all that was ever in them.
//! - `align` lays the old text along such a stream, where something was changed without being tracked, too.
//! - `settle` writes the redline of those paragraphs anew, after the file's own changes.
//! - `lost` finds rows and paragraphs that have no place in the new draft.
//!
//! Standard: ECMA-376 part 1, 17.13.5.

mod align;
mod line;
mod lost;
mod settle;
mod stream;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use self::stream::{Book, Chunk, State};
use super::markup::Sign;
use super::plan::Planned;
use super::side::Side;
use super::source::Source;
use super::units::Unit;
use super::{Input, WriteError, Writer};
use crate::compare::{Comparison, RowPair, Seg, Status, TablePair, Texts};
use crate::document::draft::ObjectKind;

/// Index of a tracked change of the new file.
pub(super) type Element = u32;

/// Stretches of a paragraph's text with the change that each is part of, in order.
type Stretches = Vec<(Range<usize>, Element)>;

/// How many earlier tracked changes were kept under the names of their authors, and how many were not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Those that stand in the redline, by author.
    pub kept: BTreeMap<String, usize>,
    /// Those of text that do not, by author: both drafts have that text, or neither has it.
    pub left: BTreeMap<String, usize>,
    /// Changes of the look, which are not kept.
    pub looks: usize,
}

/// Who changed what before.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Authors with the dates of their changes.
    signatures: Vec<(String, String)>,
    /// For each tracked change, who signed it; `None` for one of the look.
    elements: Vec<Option<usize>>,
    /// Text that came, by the ordinal of the new paragraph.
    come: BTreeMap<usize, Stretches>,
    /// Text that went, by the ordinal of the old paragraph.
    gone: BTreeMap<usize, Stretches>,
    /// Paragraph marks that came, by the ordinal of the new paragraph.
    come_marks: HashMap<usize, Element>,
    /// Paragraph marks that went, by the ordinal of the old paragraph.
    gone_marks: HashMap<usize, Element>,
    /// Rows that came, by their number in the new file.
    come_rows: HashMap<u32, Element>,
    /// Rows that went, by their number in the old file.
    gone_rows: HashMap<u32, Element>,
}

/// A piece of a line with who signs it.
pub(super) struct Signed {
    pub(super) seg: Seg,
    pub(super) sign: Sign,
    /// Whether it goes on with what the piece before began.
    pub(super) goes_on: bool,
}

impl Ledger {
    /// Reads who changed what in the new file, and fits the redline to it. Returns `None` if there are no
    /// tracked changes in it.
    ///
    /// # Errors
    ///
    /// Fails if a part cannot be read.
    pub(super) fn read(
        input: &Input<'_>,
        old: &Side<'_>,
        new: &Side<'_>,
        comparison: &Comparison,
    ) -> Result<Option<(Self, Comparison)>, WriteError> {
        let Some(package) = input.package else { return Ok(None) };
        let own;
        let places = match input.places {
            Some(places) => places,
            None => {
                own = crate::import::docx::read_package(package, crate::import::docx::Tracked::Accepted)?.1;
                &own
            }
        };
        let texts = Texts::new(input.draft);
        let Some(book) = Book::read(package, places, &texts)? else { return Ok(None) };
        let mut ledger =
            Self { signatures: book.signatures.clone(), elements: book.elements.clone(), ..Self::default() };
        for ordinal in 0..texts.paras.len() {
            if let Some(chunks) = book.paragraph(ordinal) {
                ledger.take_note(&chunks);
            }
        }
        for (row, (part, node)) in places.rows.iter().enumerate() {
            if let Some(element) = book.row_came(*part, *node)
                && let Ok(row) = u32::try_from(row)
            {
                ledger.come_rows.insert(row, element);
            }
        }
        let fitted = settle::settle(&mut ledger, &book, old, comparison);
        lost::rows(&mut ledger, &book, old, new, &fitted);
        lost::paragraphs(&mut ledger, &book, old, &fitted);
        ledger.follow_notes(old, new);
        Ok(Some((ledger, fitted)))
    }

    /// Takes note of what came in a paragraph of the new file.
    fn take_note(&mut self, chunks: &[Chunk]) {
        for chunk in chunks {
            let State::Come(element) = chunk.state else { continue };
            if chunk.mark {
                self.come_marks.insert(chunk.para, element);
            } else {
                let stretch = (chunk.at..chunk.at + chunk.text.len(), element);
                self.come.entry(chunk.para).or_default().push(stretch);
            }
        }
    }

    /// Lets notes come and go with their references, where nothing in them says who changed them.
    fn follow_notes(&mut self, old: &Side<'_>, new: &Side<'_>) {
        for (side, texts, marks) in
            [(old, &mut self.gone, &mut self.gone_marks), (new, &mut self.come, &mut self.come_marks)]
        {
            let mut found: Vec<(usize, Element)> = Vec::new();
            for (ordinal, stretches) in texts.iter() {
                let objects = side.texts.paras.get(*ordinal).map_or(&[][..], |para| &para.objects);
                for object in objects {
                    let after = stretches.partition_point(|(range, _)| range.end <= object.at);
                    let element = stretches.get(after).filter(|(range, _)| range.contains(&object.at));
                    if let (ObjectKind::Note(story), Some((_, element))) = (object.kind, element) {
                        found.push((story, *element));
                    }
                }
            }
            found.sort_unstable();
            for (story, element) in found {
                let from = side.texts.starts.get(story).map_or(0, |start| start.0);
                let to = side.texts.starts.get(story + 1).map_or(side.texts.paras.len(), |start| start.0);
                for ordinal in from..to {
                    let length = side.texts.paras[ordinal].text.len();
                    texts.entry(ordinal).or_insert_with(|| vec![(0..length, element)]);
                    marks.entry(ordinal).or_insert(element);
                }
            }
        }
    }

    /// Returns the earlier authors with their dates.
    pub(super) fn signatures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.signatures.iter().map(|(author, date)| (author.as_str(), date.as_str()))
    }

    /// Counts what was kept, and what was not.
    pub(super) fn count(&self, kept: &BTreeSet<Element>) -> Kept {
        let mut counted = Kept::default();
        for (element, who) in (0..).zip(&self.elements) {
            let Some((author, _)) = who.and_then(|who| self.signatures.get(who)) else {
                counted.looks += 1;
                continue;
            };
            let place = if kept.contains(&element) { &mut counted.kept } else { &mut counted.left };
            *place.entry(author.clone()).or_default() += 1;
        }
        counted
    }

    fn sign(&self, element: Element) -> Option<Sign> {
        self.elements.get(element as usize).copied().flatten().map(Sign::Earlier)
    }
}

/// Cuts a range where another change begins. No cut goes through a field: it is signed by whoever signs its
/// beginning.
fn cut(
    range: &Range<usize>,
    stretches: &[(Range<usize>, Element)],
    fields: &[Unit],
) -> Vec<(Range<usize>, Option<Element>)> {
    let mut cuts: Vec<(Range<usize>, Option<Element>)> = Vec::new();
    let mut at = range.start;
    let whole = |at: usize| {
        let field = fields.get(fields.partition_point(|field| field.text.end <= at));
        field.filter(|field| field.text.start < at).map_or(at, |field| field.text.end)
    };
    while at < range.end {
        let next = stretches.get(stretches.partition_point(|(own, _)| own.end <= at));
        let (end, element) = match next {
            Some((own, element)) if own.start <= at => (own.end, Some(*element)),
            Some((own, _)) => (own.start, None),
            None => (range.end, None),
        };
        let end = whole(end).clamp(at + 1, range.end);
        match cuts.last_mut() {
            Some(last) if last.1 == element => last.0.end = end,
            _ => cuts.push((at..end, element)),
        }
        at = end;
    }
    cuts
}

impl<'a> Writer<'a> {
    /// Returns the pieces of a line with who signs each.
    pub(super) fn signed(&mut self, segs: &[Seg], old: Option<&Source<'a>>, new: Option<&Source<'a>>) -> Vec<Signed> {
        let mut out = Vec::with_capacity(segs.len());
        for seg in segs {
            let sign = self.sign(seg.change);
            let found = self.ledger.and_then(|ledger| {
                let (source, stretches, range) = match seg.status {
                    Status::Same => return None,
                    Status::Deleted | Status::MovedFrom => (old?, &ledger.gone, &seg.old),
                    Status::Inserted | Status::MovedTo => (new?, &ledger.come, &seg.new),
                };
                let stretches = stretches.get(&source.ordinal)?;
                Some((ledger, cut(range, stretches, &source.units.list)))
            });
            let Some((ledger, cuts)) = found.filter(|(_, cuts)| !cuts.is_empty()) else {
                out.push(Signed { seg: seg.clone(), sign, goes_on: false });
                continue;
            };
            for (at, (range, element)) in cuts.into_iter().enumerate() {
                let mut seg = seg.clone();
                if seg.status.in_old() {
                    seg.old = range;
                } else {
                    seg.new = range;
                }
                self.kept.extend(element);
                let sign = element.and_then(|element| ledger.sign(element)).unwrap_or(sign);
                out.push(Signed { seg, sign, goes_on: at > 0 });
            }
        }
        out
    }

    /// Returns who signs the mark of a paragraph.
    pub(super) fn mark_sign(&mut self, planned: &Planned<'_>) -> Sign {
        let found = self.ledger.and_then(|ledger| {
            let element = match planned.mark {
                Status::Same => return None,
                Status::Deleted | Status::MovedFrom => ledger.gone_marks.get(&planned.owner.old?),
                Status::Inserted | Status::MovedTo => ledger.come_marks.get(&planned.owner.new?),
            };
            self.kept.extend(element);
            ledger.sign(*element?)
        });
        found.unwrap_or_else(|| self.sign(planned.line.change))
    }

    /// Returns who signs a row that comes or goes, if that is an earlier author.
    pub(super) fn row_sign(&mut self, row: &RowPair, pair: &TablePair) -> Option<Sign> {
        let ledger = self.ledger?;
        let source = |side: &Side<'_>, table: Option<usize>, row: Option<usize>| {
            side.texts.tables.get(table?)?.rows.get(row?).map(|row| row.source)
        };
        let element = match row.status {
            Status::Inserted => ledger.come_rows.get(&source(&self.new, pair.new, row.new)?),
            Status::Deleted => ledger.gone_rows.get(&source(&self.old, pair.old, row.old)?),
            _ => None,
        };
        self.kept.extend(element);
        ledger.sign(*element?)
    }
}
