//! Paragraph marks that a Word file can hold.
//!
//! In a redline each line ends with a mark that belongs to both drafts or to one. A program that accepts or
//! rejects such a mark joins the paragraph to the *next* one. At the end of a cell, of a note or of the body,
//! and before a table, there is none: an accepted deletion would leave an empty paragraph there. So the last
//! line of such a run of lines gets a mark of both drafts, and those before it take each the mark of the next
//! (rule 11 of the trials; ECMA-376 part 1, 17.13.5 says nothing of it).

use crate::compare::{Line, Node, Status, TablePair};

/// Where the properties of a paragraph come from: the index of a step, whose own they are.
pub(super) type Donor = usize;

/// A line as it is written.
#[derive(Debug, Clone)]
pub(super) struct Planned<'c> {
    /// The line.
    pub(super) line: &'c Line,
    /// A line of the new draft only that is written into the same paragraph, after it.
    pub(super) joined: Option<&'c Line>,
    /// Where the mark at its end belongs.
    pub(super) mark: Status,
    /// Whether the mark was moved here from another line.
    pub(super) turned: bool,
    /// Whether what comes at the end of the line is written before what goes there.
    pub(super) new_first: bool,
    /// The line whose mark it is.
    pub(super) owner: &'c Line,
    /// The line whose properties the paragraph has in the old draft, if its mark is part of it.
    pub(super) old_look: Option<Donor>,
    /// The line whose properties it has in the new draft, likewise.
    pub(super) new_look: Option<Donor>,
}

/// A step of a plan.
#[derive(Debug, Clone)]
pub(super) enum Step<'c> {
    /// Write a paragraph.
    Line(Planned<'c>),
    /// Write a table.
    Table(&'c TablePair),
}

/// Text that comes at the end of a line of both drafts, with more that comes after it: lines of the new draft, or
/// the beginning of the next line.
///
/// Written as it stands, the end of the line belongs to neither insertion; but LibreOffice, up to 7.4 at the
/// least, takes two insertions that meet there for one, and rejecting them takes the mark of the line along. Word
/// itself writes what is typed in this way with the mark of the line as inserted, and the last line of the new
/// text with the mark that was there before; or the change at the end is written with what goes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tail {
    /// Index of the line among the nodes.
    pub(super) first: usize,
    /// Index of the last line that comes after it; the same index if none does.
    pub(super) last: usize,
    /// Whether something goes where the text comes.
    pub(super) replaces: bool,
}

/// Finds the tails among the nodes of a container, in their order.
pub(super) fn tails(nodes: &[Node]) -> Vec<Tail> {
    let line = |at: usize| match nodes.get(at) {
        Some(Node::Line(line)) => Some(line),
        _ => None,
    };
    let mut found = Vec::new();
    for (first, node) in nodes.iter().enumerate() {
        let Node::Line(own) = node else { continue };
        let mut segs = own.segs.iter().rev();
        if own.mark != Status::Same || segs.next().is_none_or(|seg| seg.status != Status::Inserted) {
            continue;
        }
        // A line with words of the old draft is part of a paragraph that was split: its mark stays with it.
        let comes = |line: &Line| line.mark == Status::Inserted && line.old.is_none();
        let lines = (first + 1..).take_while(|at| line(*at).is_some_and(comes));
        let last = lines.last().unwrap_or(first);
        let replaces = segs.next().is_some_and(|seg| seg.status == Status::Deleted);
        let meets =
            || line(first + 1).and_then(|line| line.segs.first()).is_some_and(|seg| seg.status == Status::Inserted);
        if last > first || (replaces && meets()) {
            found.push(Tail { first, last, replaces });
        }
    }
    found
}

/// Says how the nodes of one container (the body, a cell, a note, a text box) are written.
///
/// `whole` keeps every mark as it is, for a row that comes or goes as a whole. `ends` says of a line whether
/// it must end with a mark of both drafts, because a section ends with it; `tails` are those of [`tails`].
pub(super) fn plan<'c>(
    nodes: &'c [Node],
    whole: bool,
    tails: &[(Tail, bool)],
    ends: impl Fn(&Line) -> bool,
) -> Vec<Step<'c>> {
    let mut steps: Vec<Step<'c>> = Vec::with_capacity(nodes.len());
    let mut tails = tails.iter().peekable();
    let mut start = 0;
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Line(line) => {
                let own = steps.len();
                steps.push(Step::Line(Planned {
                    line,
                    joined: None,
                    mark: line.mark,
                    turned: false,
                    new_first: false,
                    owner: line,
                    old_look: line.mark.in_old().then_some(own),
                    new_look: line.mark.in_new().then_some(own),
                }));
                if !whole && line.mark != Status::Same && ends(line) {
                    settle(&mut steps, start);
                    start = steps.len();
                } else if let Some((tail, alike)) = tails.next_if(|(tail, _)| tail.last == at) {
                    // Nothing before the tail was joined to another line: it begins with a mark of both drafts.
                    let anchor = own - (tail.last - tail.first);
                    if tail.last > tail.first && (*alike || !tail.replaces) {
                        turn(&mut steps, anchor, own);
                    } else if let Some(planned) = line_of(&mut steps[anchor]) {
                        planned.new_first = true;
                    }
                }
            }
            Node::Table(table) => {
                if !whole {
                    settle(&mut steps, start);
                }
                steps.push(Step::Table(table));
                start = steps.len();
            }
        }
    }
    if !whole {
        settle(&mut steps, start);
    }
    steps
}

fn line_of<'a, 'c>(step: &'a mut Step<'c>) -> Option<&'a mut Planned<'c>> {
    match step {
        Step::Line(planned) => Some(planned),
        Step::Table(_) => None,
    }
}

fn mark(step: &Step<'_>) -> Option<Status> {
    match step {
        Step::Line(planned) => Some(planned.mark),
        Step::Table(_) => None,
    }
}

/// Sees to it that the run of lines from `start` on ends with a mark of both drafts, where that can be.
fn settle(steps: &mut Vec<Step<'_>>, start: usize) {
    let Some(end) = steps.len().checked_sub(1).filter(|end| *end >= start) else { return };
    if mark(&steps[end]) == Some(Status::Same) {
        return;
    }
    if let Some(anchor) = (start..end).rev().find(|at| mark(&steps[*at]) == Some(Status::Same)) {
        turn(steps, anchor, end);
    } else if !join(steps, start)
        && let Some(anchor) = before_tables(steps, end)
    {
        if mark(&steps[anchor]) == Some(Status::Same) {
            turn(steps, anchor, end);
        } else {
            join(steps, anchor);
        }
    }
}

/// Finds the last line of the other draft, or of both, before lines and tables that are all part of one draft:
/// where those are not, nothing stands between.
fn before_tables(steps: &[Step<'_>], end: usize) -> Option<usize> {
    let new = mark(&steps[end])?.in_new();
    for at in (0..end).rev() {
        match &steps[at] {
            Step::Line(planned) if planned.mark == Status::Same || planned.mark.in_new() != new => return Some(at),
            Step::Line(_) => {}
            Step::Table(table) if (if new { table.old } else { table.new }).is_none() => {}
            _ => return None,
        }
    }
    None
}

/// Lets each line from `anchor` on take the mark of the next, and the last one that of `anchor`.
fn turn(steps: &mut [Step<'_>], anchor: usize, end: usize) {
    let lines: Vec<usize> = (anchor..=end).filter(|at| mark(&steps[*at]).is_some()).collect();
    // The paragraphs of either draft keep their properties, whichever mark now ends them.
    let looks = |of: fn(&Planned<'_>) -> Option<Donor>| -> Vec<Donor> {
        let planned = lines.iter().filter_map(|at| match &steps[*at] {
            Step::Line(planned) => of(planned),
            Step::Table(_) => None,
        });
        planned.collect()
    };
    let mut old = looks(|planned| planned.old_look).into_iter();
    let mut new = looks(|planned| planned.new_look).into_iter();
    for (place, at) in lines.iter().enumerate() {
        let (next, owner) = match lines.get(place + 1).map(|next| &steps[*next]) {
            Some(Step::Line(next)) => (next.mark, Some(next.owner)),
            _ => (Status::Same, None),
        };
        if let Some(planned) = line_of(&mut steps[*at]) {
            planned.mark = plain(next);
            planned.owner = owner.unwrap_or(planned.line);
            planned.turned = true;
            planned.old_look = if next.in_old() { old.next() } else { None };
            planned.new_look = if next.in_new() { new.next() } else { None };
        }
    }
}

/// Writes the last deleted and the last inserted line as one paragraph, whose mark both have. Returns whether
/// there are both.
fn join(steps: &mut Vec<Step<'_>>, start: usize) -> bool {
    let gone = (start..steps.len()).rev().find(|at| mark(&steps[*at]).is_some_and(Status::in_old));
    let come = (start..steps.len()).rev().find(|at| mark(&steps[*at]).is_some_and(Status::in_new));
    // With nothing to join, an emptied paragraph goes with its mark before a table. At the end of a container
    // no draft has nothing, but for a broken one.
    let (Some(gone), Some(come)) = (gone, come) else { return false };
    let (Step::Line(inserted), Step::Line(deleted)) = (steps[come].clone(), steps[gone].clone()) else { return false };
    // Where they are apart, the paragraph stands at the end; the order within either draft stays.
    steps.remove(gone.max(come));
    steps.remove(gone.min(come));
    let own = steps.len();
    // What pointed behind the removed steps points there still: only lines of this run do, and to themselves.
    for (at, step) in steps.iter_mut().enumerate().skip(start) {
        if let Some(planned) = line_of(step) {
            planned.old_look = planned.old_look.map(|_| at);
            planned.new_look = planned.new_look.map(|_| at);
        }
    }
    steps.push(Step::Line(Planned {
        line: deleted.line,
        joined: Some(inserted.line),
        mark: Status::Same,
        turned: true,
        new_first: false,
        owner: deleted.line,
        old_look: Some(own),
        new_look: Some(own),
    }));
    true
}

/// Returns a mark without its move: what was turned no longer stands in the range of the move.
fn plain(status: Status) -> Status {
    match status {
        Status::MovedFrom => Status::Deleted,
        Status::MovedTo => Status::Inserted,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn a_line(mark: Status, at: usize) -> Node {
        Node::Line(Line {
            old: mark.in_old().then_some(at),
            new: mark.in_new().then_some(at),
            mark,
            segs: Vec::new(),
            moved: None,
            change: None,
        })
    }

    /// Paragraphs of a draft: the ordinals of the lines with words of it, joined where the mark is not its own.
    fn paragraphs(steps: &[Step<'_>], new: bool) -> Vec<Vec<usize>> {
        let (mut all, mut open) = (Vec::new(), Vec::new());
        for step in steps {
            let Step::Line(planned) = step else { continue };
            let of = |line: &Line| if new { line.new } else { line.old };
            open.extend(of(planned.line));
            open.extend(planned.joined.and_then(of));
            if if new { planned.mark.in_new() } else { planned.mark.in_old() } {
                all.push(std::mem::take(&mut open));
            }
        }
        if !open.is_empty() {
            all.push(open);
        }
        all
    }

    proptest! {
        #[test]
        fn a_turned_run_ends_with_a_mark_of_both_and_keeps_the_paragraphs(marks in prop::collection::vec(0..3u8, 1..9)) {
            let marks: Vec<Status> = marks
                .iter()
                .map(|m| [Status::Same, Status::Inserted, Status::Deleted][*m as usize])
                .collect();
            let nodes: Vec<Node> = marks.iter().enumerate().map(|(at, mark)| a_line(*mark, at)).collect();
            let steps = plan(&nodes, false, &[], |_| false);
            for new in [false, true] {
                let wanted: Vec<Vec<usize>> = marks.iter().enumerate()
                    .filter(|(_, mark)| if new { mark.in_new() } else { mark.in_old() })
                    .map(|(at, _)| vec![at])
                    .collect();
                prop_assert_eq!(paragraphs(&steps, new), wanted);
            }
            let both = marks.iter().any(|m| m.in_old()) && marks.iter().any(|m| m.in_new());
            if both {
                prop_assert_eq!(steps.last().and_then(mark), Some(Status::Same));
            }
        }
    }

    #[test]
    fn properties_follow_the_paragraph_and_not_the_mark() {
        let nodes = [a_line(Status::Same, 0), a_line(Status::Deleted, 1), a_line(Status::Inserted, 2)];
        let steps = plan(&nodes, false, &[], |_| false);
        let Step::Line(first) = &steps[0] else { panic!("a line") };
        let Step::Line(last) = &steps[2] else { panic!("a line") };
        assert_eq!((first.mark, first.old_look, first.new_look), (Status::Deleted, Some(0), None));
        assert_eq!((last.mark, last.old_look, last.new_look), (Status::Same, Some(1), Some(2)));
    }

    fn ending(status: &[Status], mark: Status, at: usize) -> Node {
        let Node::Line(mut line) = a_line(mark, at) else { panic!("a line") };
        let seg = |status: &Status| crate::compare::Seg { status: *status, old: 0..1, new: 0..1, change: None };
        line.segs = status.iter().map(seg).collect();
        Node::Line(line)
    }

    #[test]
    fn an_insertion_at_the_end_of_a_line_goes_on_in_the_next_as_word_has_it() {
        use Status::{Deleted, Inserted, Same};
        let come = ending(&[Inserted], Inserted, 1);
        let part = |node: &Node| match node {
            Node::Line(line) => Node::Line(Line { old: Some(2), ..line.clone() }),
            Node::Table(_) => panic!("a line"),
        };
        let marks = |nodes: &[Node], alike: bool| {
            let tails: Vec<_> = tails(nodes).into_iter().map(|tail| (tail, alike)).collect();
            let steps = plan(nodes, false, &tails, |_| false);
            steps.iter().map(|step| mark(step).expect("a line")).collect::<Vec<_>>()
        };
        let grows = [ending(&[Same, Inserted], Same, 0), come.clone(), ending(&[Same], Same, 2)];
        assert_eq!(marks(&grows, true), [Inserted, Same, Same]);
        assert_eq!(marks(&grows, false), [Inserted, Same, Same]);
        let differs = [ending(&[Same, Deleted, Inserted], Same, 0), come.clone(), ending(&[Same], Same, 2)];
        assert_eq!(marks(&differs, true), [Inserted, Same, Same]);
        assert_eq!(marks(&differs, false), [Same, Inserted, Same]);
        let splits = [ending(&[Same, Inserted], Same, 0), part(&come), ending(&[Same], Same, 2)];
        assert_eq!(marks(&splits, true), [Same, Inserted, Same]);
        let tail = Tail { first: 0, last: 0, replaces: true };
        let meets = [ending(&[Same, Deleted, Inserted], Same, 0), ending(&[Inserted, Same], Same, 1)];
        assert_eq!(tails(&meets), [tail]);
        let apart = [ending(&[Same, Deleted, Inserted], Same, 0), ending(&[Same, Inserted], Same, 1)];
        assert_eq!(tails(&apart), []);
    }
}
