//! Fields that reach over several paragraphs, as a table of contents does.
//!
//! Such a field goes or comes with its paragraphs only if all of them do, one after the other; otherwise its
//! ends stay where the old draft has them, for half a field breaks a file (ECMA-376 part 1, 17.16.5).

use std::collections::HashSet;

use super::side::Side;
use crate::compare::{Line, Node, Status, StoryPair};

/// Paragraphs whose fields go or come whole: ordinals in the old draft, and in the new one.
pub(super) type Spans = [HashSet<usize>; 2];

/// Finds the paragraphs whose fields go or come whole.
pub(super) fn find(old: &Side<'_>, new: &Side<'_>, stories: &[StoryPair]) -> Spans {
    let (mut gone, mut come) = (HashSet::new(), HashSet::new());
    let (of_old, of_new) = (chains(old), chains(new));
    if !of_old.is_empty() || !of_new.is_empty() {
        for story in stories {
            container(&story.nodes, &of_old, false, &mut gone);
            container(&story.nodes, &of_new, true, &mut come);
        }
    }
    [gone, come]
}

/// Returns the first and the last paragraph of each stretch that fields hold together, in their order.
fn chains(side: &Side<'_>) -> Vec<(usize, usize)> {
    let mut chains: Vec<(usize, usize)> = Vec::new();
    let starts: HashSet<usize> = side.texts.starts.iter().map(|start| start.0).collect();
    for ordinal in 1..side.texts.paras.len() {
        if starts.contains(&ordinal) || !side.para(ordinal).is_some_and(|at| at.in_field()) {
            continue;
        }
        match chains.last_mut() {
            Some((_, last)) if *last + 1 == ordinal => *last = ordinal,
            _ => chains.push((ordinal - 1, ordinal)),
        }
    }
    chains
}

/// Returns what a line has of a draft, if it has nothing of the other.
fn only(line: &Line, new: bool) -> Option<usize> {
    let foreign = |status: Status| if new { status.in_old() } else { status.in_new() };
    let mixed = foreign(line.mark) || line.segs.iter().any(|seg| foreign(seg.status));
    if new { line.new } else { line.old }.filter(|_| !mixed)
}

fn container(nodes: &[Node], chains: &[(usize, usize)], new: bool, found: &mut HashSet<usize>) {
    let mut at = 0;
    while let Some(node) = nodes.get(at) {
        at += 1;
        let line = match node {
            Node::Line(line) => line,
            Node::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    container(&cell.nodes, chains, new, found);
                }
                continue;
            }
        };
        let Some(first) = only(line, new) else { continue };
        let chain = chains.partition_point(|chain| chain.0 < first);
        let Some((_, last)) = chains.get(chain).copied().filter(|chain| chain.0 == first) else { continue };
        // Each paragraph of the stretch in one line or several, and nothing between them.
        let mut reached = first;
        while let Some(Node::Line(line)) = nodes.get(at)
            && let Some(next) = only(line, new)
            && (next == reached || next == reached + 1)
            && next <= last
        {
            reached = next;
            at += 1;
        }
        if reached == last {
            found.extend(first..=last);
        }
    }
}
