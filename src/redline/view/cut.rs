//! A stretch of a paragraph as the pieces that are shown.

use std::ops::Range;

use super::{Content, Piece};
use crate::document::draft::{OBJECT, Para};

/// Cuts a range of a paragraph's text into pieces: the typed number left out, a new piece where the look
/// changes, a piece of its own for each object.
pub(super) fn cut<'a>(para: &'a Para, range: &Range<usize>, sample: Piece<'a>, pieces: &mut Vec<Piece<'a>>) {
    let mut at = range.start.max(para.label_end());
    let end = range.end.min(para.text.len());
    let mut run = para.runs.partition_point(|run| run.end <= at);
    let mut object = para.objects.partition_point(|object| object.at < at);
    while at < end {
        let (strong, emph) = para.runs.get(run).map_or((false, false), |run| (run.strong, run.emph));
        let mut stop = end;
        // Runs that differ in what is not shown here are one piece.
        while let Some(next) = para.runs.get(run).filter(|run| run.end < end) {
            let after = para.runs.get(run + 1).map_or((false, false), |run| (run.strong, run.emph));
            run += 1;
            if after != (strong, emph) {
                stop = next.end;
                break;
            }
        }
        while at < stop {
            let next = para.objects.get(object).filter(|object| object.at < stop);
            let to = next.map_or(stop, |object| object.at);
            if let Some(text) = para.text.get(at..to).filter(|text| !text.is_empty()) {
                pieces.push(Piece { content: Content::Text(text), strong, emph, ..sample });
            }
            at = to;
            if let Some(found) = next {
                pieces.push(Piece { content: Content::Object(found), strong, emph, ..sample });
                at += OBJECT.len_utf8();
                object += 1;
            }
        }
        at = at.max(stop);
    }
}
