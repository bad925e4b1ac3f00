//! Fields are written whole or not at all.
//!
//! The result of a field is text, and a comparison may change a part of it. But a field is computed anew
//! when it is updated, so half a field deleted makes no sense: where a change touches one, the whole field
//! goes, and the whole field of the new draft comes.

use std::ops::Range;

use crate::compare::{Seg, Status};
use crate::ooxml::{Piece, PieceKind};

/// A field that begins and ends in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its pieces.
    pub(super) pieces: Range<usize>,
    /// Its text, in bytes.
    pub(super) text: Range<usize>,
}

/// The fields of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    /// Those that are complete, without those in another.
    pub(super) list: Vec<Unit>,
    /// Pieces that belong to a field that is not complete here, by index; sorted.
    pub(super) loose: Vec<usize>,
}

impl Units {
    /// Finds the fields of a paragraph.
    pub(super) fn find(pieces: &[Piece]) -> Self {
        let mut units = Self::default();
        let is_field = |kind| {
            matches!(
                kind,
                PieceKind::FieldBegin | PieceKind::FieldCode | PieceKind::FieldSeparate | PieceKind::FieldEnd
            )
        };
        if !pieces.iter().any(|piece| is_field(piece.kind)) {
            return units;
        }
        let mut open: Vec<usize> = Vec::new();
        let mut owners: Vec<(usize, Option<usize>)> = Vec::new();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece.kind {
                PieceKind::FieldBegin => open.push(at),
                PieceKind::FieldEnd => match open.pop() {
                    Some(begin) => pairs.push((begin, at)),
                    None => units.loose.push(at),
                },
                PieceKind::FieldCode | PieceKind::FieldSeparate => owners.push((at, open.last().copied())),
                _ => {}
            }
        }
        units.loose.extend(&open);
        units.loose.extend(owners.iter().filter(|(_, of)| of.is_none_or(|of| open.contains(&of))).map(|(at, _)| *at));
        units.loose.sort_unstable();
        pairs.sort_unstable();
        let mut reach = 0;
        for (begin, end) in pairs {
            if begin >= reach {
                let text = pieces[begin].start as usize..pieces[end].end as usize;
                units.list.push(Unit { pieces: begin..end + 1, text });
                reach = end + 1;
            }
        }
        units
    }

    /// Returns the field that a piece belongs to.
    pub(super) fn of(&self, piece: usize) -> Option<&Unit> {
        let at = self.list.partition_point(|unit| unit.pieces.end <= piece);
        self.list.get(at).filter(|unit| unit.pieces.contains(&piece))
    }

    /// Returns whether a piece belongs to a field that is not complete in the paragraph.
    pub(super) fn is_loose(&self, piece: usize) -> bool {
        self.loose.binary_search(&piece).is_ok()
    }
}

/// Grows changes so that no field of either paragraph is cut. Returns `None` if there is nothing to grow.
pub(super) fn whole_fields(segs: &[Seg], old: &[Unit], new: &[Unit]) -> Option<Vec<Seg>> {
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let mut grown = segs.to_vec();
    let mut any = false;
    // Growing for one side may cut a field of the other; each round grows, so it ends.
    for _ in 0..8 {
        let mut changed = false;
        for unit in old {
            changed |= grow(&mut grown, &unit.text, true);
        }
        for unit in new {
            changed |= grow(&mut grown, &unit.text, false);
        }
        if !changed {
            break;
        }
        any = true;
    }
    // A field that comes is written from one piece: parts of it would be words without their field.
    let parted = |unit: &Unit| parts(&grown, &unit.text).count() > 1;
    if !any && !new.iter().any(parted) {
        return None;
    }
    let mut grown = gather(grown);
    for unit in new {
        unite(&mut grown, &unit.text);
    }
    Some(grown)
}

/// Returns the pieces that hold something of a field of the new paragraph, by index.
fn parts<'s>(segs: &'s [Seg], unit: &Range<usize>) -> impl Iterator<Item = usize> + use<'s> {
    let (start, end) = (unit.start, unit.end);
    let of = move |seg: &Seg| {
        seg.status.in_new() && seg.status != Status::Same && seg.new.start < end && seg.new.end > start
    };
    segs.iter().enumerate().filter(move |(_, seg)| of(seg)).map(|(at, _)| at)
}

/// Makes one piece of those that hold a field of the new paragraph, if nothing stands between them.
fn unite(segs: &mut Vec<Seg>, unit: &Range<usize>) {
    let own: Vec<usize> = parts(segs, unit).collect();
    let (Some(first), Some(last)) = (own.first().copied(), own.last().copied()) else { return };
    let alike = segs[first..=last].iter().all(|seg| seg.status == segs[first].status);
    if first < last && alike && own.len() == last - first + 1 {
        let change = own.iter().find_map(|at| segs[*at].change);
        let (at, new) = (segs[last].old.end, segs[first].new.start..segs[last].new.end);
        let one = Seg { status: segs[first].status, old: at..at, new, change };
        segs.splice(first..=last, [one]);
    }
}

fn range(seg: &Seg, old: bool) -> &Range<usize> {
    if old { &seg.old } else { &seg.new }
}

/// Sees to it that the text of a field is wholly same, or wholly changed. Returns whether it was not.
fn grow(segs: &mut Vec<Seg>, unit: &Range<usize>, old: bool) -> bool {
    let of = |status: Status| if old { status.in_old() } else { status.in_new() };
    let mut statuses = segs
        .iter()
        .filter(|seg| of(seg.status))
        .filter(|seg| range(seg, old).start < unit.end && range(seg, old).end > unit.start)
        .map(|seg| seg.status);
    let Some(first) = statuses.next() else { return false };
    let uniform = statuses.all(|status| status == first);
    // Something of the other draft in its midst parts it, too.
    let parted = first == Status::Same
        && segs.iter().any(|seg| {
            let at = range(seg, old).start;
            !of(seg.status) && at > unit.start && at < unit.end
        });
    if uniform && !parted {
        return false;
    }
    let mut out = Vec::with_capacity(segs.len() + 4);
    let mut changed = false;
    for seg in segs.drain(..) {
        let own = range(&seg, old);
        let (from, to) = (unit.start.max(own.start), unit.end.min(own.end));
        if from >= to || !of(seg.status) {
            out.push(seg);
            continue;
        }
        match seg.status {
            Status::Same => {
                changed = true;
                let (from, to) = (from - own.start, to - own.start);
                let cut = |a: usize, b: usize, status: Status| {
                    let old = seg.old.start + a..seg.old.start + b;
                    let new = seg.new.start + a..seg.new.start + b;
                    match status {
                        Status::Deleted => Seg { status, new: new.start..new.start, old, change: seg.change },
                        Status::Inserted => Seg { status, old: old.end..old.end, new, change: seg.change },
                        _ => Seg { status, old, new, change: seg.change },
                    }
                };
                let length = seg.old.len();
                if from > 0 {
                    out.push(cut(0, from, Status::Same));
                }
                out.push(cut(from, to, Status::Deleted));
                out.push(cut(from, to, Status::Inserted));
                if to < length {
                    out.push(cut(to, length, Status::Same));
                }
            }
            Status::MovedFrom => {
                changed = true;
                out.push(Seg { status: Status::Deleted, ..seg });
            }
            Status::MovedTo => {
                changed = true;
                out.push(Seg { status: Status::Inserted, ..seg });
            }
            Status::Inserted | Status::Deleted => out.push(seg),
        }
    }
    *segs = out;
    changed
}

/// Puts what goes before what comes, between two pieces that are same.
fn gather(segs: Vec<Seg>) -> Vec<Seg> {
    let mut out: Vec<Seg> = Vec::with_capacity(segs.len());
    let mut come: Vec<Seg> = Vec::new();
    for seg in segs {
        match seg.status {
            Status::Same => {
                out.append(&mut come);
                out.push(seg);
            }
            Status::Deleted | Status::MovedFrom => out.push(seg),
            Status::Inserted | Status::MovedTo => come.push(seg),
        }
    }
    out.append(&mut come);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seg(status: Status, old: Range<usize>, new: Range<usize>) -> Seg {
        Seg { status, old, new, change: None }
    }

    fn unit(text: Range<usize>) -> Unit {
        Unit { pieces: 0..0, text }
    }

    #[test]
    fn a_field_that_is_touched_goes_whole() {
        // "see Section 3 now": the field is "Section 3", and 3 becomes 4.
        let segs = [
            seg(Status::Same, 0..12, 0..12),
            seg(Status::Deleted, 12..13, 12..12),
            seg(Status::Inserted, 13..13, 12..13),
            seg(Status::Same, 13..17, 13..17),
        ];
        let grown = whole_fields(&segs, &[unit(4..13)], &[unit(4..13)]).expect("it is touched");
        let said: Vec<_> = grown.iter().map(|s| (s.status, s.old.clone(), s.new.clone())).collect();
        assert_eq!(
            said,
            [
                (Status::Same, 0..4, 0..4),
                (Status::Deleted, 4..12, 4..4),
                (Status::Deleted, 12..13, 12..12),
                (Status::Inserted, 13..13, 4..13),
                (Status::Same, 13..17, 13..17),
            ]
        );
        assert_eq!(whole_fields(&segs, &[unit(14..16)], &[]), None);
    }

    #[test]
    fn an_insertion_in_a_field_parts_it() {
        let segs = [seg(Status::Same, 0..4, 0..4), seg(Status::Inserted, 4..4, 4..6), seg(Status::Same, 4..8, 6..10)];
        let grown = whole_fields(&segs, &[unit(2..6)], &[]).expect("it is touched");
        assert!(grown.iter().all(|s| s.status != Status::Same || s.old.end <= 2 || s.old.start >= 6));
    }
}
