//! Says of each change what it is, where, and what it touches.

use std::ops::Range;

use super::clauses::Numbers;
use super::meaning::lang;
use super::number::{Found, What};
use crate::compare::references::references;
use crate::compare::tokens::noise_between;
use crate::compare::{Change, ChangeKind, Comparison, Noise, Outline, Status, Texts};

/// Counts the words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// Describes the changes that were found.
pub(super) fn changes(
    found: &[Found],
    old: &Texts<'_>,
    new: &Texts<'_>,
    outlines: &(Outline<'_>, Outline<'_>),
    numbers: &Numbers,
) -> Vec<Change> {
    found.iter().map(|found| describe(found, old, new, outlines, numbers)).collect()
}

fn describe(
    found: &Found,
    old: &Texts<'_>,
    new: &Texts<'_>,
    outlines: &(Outline<'_>, Outline<'_>),
    numbers: &Numbers,
) -> Change {
    let (mut before, mut after) = (gather(&found.old, old), gather(&found.new, new));
    let (kind, noise) = match found.what {
        What::Whole(status) => {
            let kind = if status == Status::Inserted { ChangeKind::Inserted } else { ChangeKind::Deleted };
            let blank = before.trim().is_empty() && after.trim().is_empty();
            (kind, blank.then_some(Noise::Space))
        }
        What::Move(_) => {
            (if found.words[1] + found.words[2] > 0 { ChangeKind::MovedEdited } else { ChangeKind::Moved }, None)
        }
        What::Split { noise } => (ChangeKind::Split, noise.then_some(Noise::Space)),
        What::Merged { noise } => (ChangeKind::Merged, noise.then_some(Noise::Space)),
        What::Formatting => {
            (before, after) = (String::new(), String::new());
            (ChangeKind::Formatting, Some(Noise::Formatting))
        }
        What::Number => {
            let label = |texts: &Texts<'_>, pieces: &[(usize, _)]| {
                let para = pieces.first().and_then(|(para, _)| texts.paras.get(*para));
                para.and_then(|para| para.label.as_ref()).map_or(String::new(), |label| label.text.clone())
            };
            (before, after) = (label(old, &found.old), label(new, &found.new));
            (ChangeKind::Renumbered, Some(Noise::Numbering))
        }
        What::Words => {
            let kind = match (before.is_empty(), after.is_empty()) {
                (true, _) => ChangeKind::Inserted,
                (_, true) => ChangeKind::Deleted,
                _ if numbers.follows(&before, &after)
                    && found.old.first().is_some_and(|(para, range)| is_cited(*para, range, old)) =>
                {
                    ChangeKind::Reference
                }
                _ => ChangeKind::Replaced,
            };
            let noise = match kind {
                ChangeKind::Reference => Some(Noise::Numbering),
                _ => noise_between(&before, &after),
            };
            (kind, noise)
        }
    };
    let (gone, come) = match found.what {
        What::Number | What::Formatting | What::Split { .. } | What::Merged { .. } => (0, 0),
        What::Move(_) => (found.words[1], found.words[2]),
        _ => (words(&before), words(&after)),
    };
    Change {
        kind,
        noise,
        old: found.old.first().map(|(para, _)| outlines.0.place(*para)),
        new: found.new.first().map(|(para, _)| outlines.1.place(*para)),
        before,
        after,
        words_deleted: gone,
        words_inserted: come,
        tokens: Vec::new(),
        topics: Vec::new(),
        cascade: None,
    }
}

fn gather(pieces: &[(usize, Range<usize>)], texts: &Texts<'_>) -> String {
    let mut text = String::new();
    let mut last = None;
    for (para, range) in pieces {
        if last.is_some_and(|last| last != *para) {
            text.push('\n');
        }
        text.push_str(texts.paras[*para].text.get(range.clone()).unwrap_or(""));
        last = Some(*para);
    }
    text
}

/// Whether bytes of a paragraph are part of a cross-reference.
pub(super) fn is_cited(para: usize, range: &Range<usize>, texts: &Texts<'_>) -> bool {
    let found = references(&texts.paras[para].text, lang(texts));
    found.iter().any(|reference| reference.range.start <= range.start && range.end <= reference.range.end)
}

/// Counts what a comparison says.
pub(super) fn tally(comparison: &mut Comparison, old: &Texts<'_>, new: &Texts<'_>) {
    let tally = &mut comparison.tally;
    tally.old_words = old.paras.iter().map(|para| words(&para.text)).sum();
    tally.new_words = new.paras.iter().map(|para| words(&para.text)).sum();
    tally.moved = comparison.moves.iter().map(|moved| moved.words).sum();
    for change in &comparison.changes {
        match change.noise.and_then(|noise| Noise::ALL.iter().position(|other| *other == noise)) {
            Some(at) => tally.noise[at] += 1,
            None => {
                tally.inserted += change.words_inserted;
                tally.deleted += change.words_deleted;
            }
        }
    }
}
