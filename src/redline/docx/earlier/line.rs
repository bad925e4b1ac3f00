//! A line of the redline, made of words.

use std::ops::Range;

use crate::compare::{Line, Seg, Status};

/// A line in the making.
#[derive(Default)]
pub(super) struct Draft {
    old: Option<usize>,
    new: Option<usize>,
    segs: Vec<Seg>,
    /// How far it has come in either paragraph.
    at: [usize; 2],
}

impl Draft {
    /// Takes a word that stands `here` in the old draft and `there` in the new one, or the mark.
    pub(super) fn take(
        &mut self,
        status: Status,
        here: Option<(usize, Range<usize>)>,
        there: Option<(usize, Range<usize>)>,
        mark: bool,
    ) {
        // What the line has already stands at the beginning of what comes to it from either paragraph.
        if let Some((ordinal, range)) = &here
            && self.old.replace(*ordinal).is_none()
        {
            self.segs.iter_mut().for_each(|seg| seg.old = range.start..range.start);
            self.at[0] = range.start;
        }
        if let Some((ordinal, range)) = &there
            && self.new.replace(*ordinal).is_none()
        {
            self.segs.iter_mut().for_each(|seg| seg.new = range.start..range.start);
            self.at[1] = range.start;
        }
        let at = self.at;
        self.at = [here.as_ref().map_or(at[0], |here| here.1.end), there.as_ref().map_or(at[1], |there| there.1.end)];
        if mark {
            return;
        }
        let side = |own: Option<(usize, Range<usize>)>, at: usize| own.map_or(at..at, |(_, range)| range);
        let (old, new) = (side(here, at[0]), side(there, at[1]));
        match self.segs.last_mut() {
            Some(last) if last.status == status && last.old.end == old.start && last.new.end == new.start => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.segs.push(Seg { status, old, new, change: None }),
        }
    }

    /// Ends the line with a mark. `before` are the lines that it comes in place of.
    pub(super) fn finish(mut self, mark: Status, before: &[Line]) -> Line {
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for seg in self.segs.iter_mut().filter(|seg| seg.status != Status::Same) {
            let old = seg.status.in_old();
            let lines = before.iter().filter(|line| if old { line.old == self.old } else { line.new == self.new });
            let mut like = lines.flat_map(|line| &line.segs).filter(|like| {
                let alike = if old { meets(&like.old, &seg.old) } else { meets(&like.new, &seg.new) };
                like.status != Status::Same && like.status.in_old() == old && alike
            });
            seg.change = like.next().and_then(|like| like.change);
        }
        let (old, new) = (self.old, self.new);
        let mut line = Line { old, new, mark, segs: self.segs, moved: None, change: None };
        for like in before.iter().filter(|like| like.old == old && like.new == new) {
            let plain = |status: Status| (status.in_old(), status.in_new());
            let whole = like.moved.is_some() && (old.is_none() || new.is_none());
            if whole && plain(like.mark) == plain(mark) && covers(like) == covers(&line) {
                return like.clone();
            }
            if like.mark == mark {
                line.change = like.change;
            }
        }
        line
    }
}

/// Returns how much of either paragraph a line has.
fn covers(line: &Line) -> [usize; 2] {
    let count = |of: fn(&Seg) -> usize| line.segs.iter().map(of).sum();
    [count(|seg| seg.old.len()), count(|seg| seg.new.len())]
}
