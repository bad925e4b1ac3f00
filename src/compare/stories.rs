//! The stories of two drafts: which belong together, and their redlines.

use super::redline::Builder;
use super::{Status, StoryPair};
use crate::document::draft::{Draft, StoryKind};

/// Returns the redlines of all stories: the body first, then by kind, in the order of the new draft, with
/// what only the old one has where it stood.
pub(super) fn pairs(builder: &mut Builder<'_>) -> Vec<StoryPair> {
    let (old, new) = (builder.sides().old.draft, builder.sides().new.draft);
    let mut partner: Vec<Option<usize>> = vec![None; old.stories.len()];
    let mut taken = vec![false; new.stories.len()];
    // Texts around the page belong together by their place; the body is the only one of its kind.
    for (a, story) in old.stories.iter().enumerate() {
        if matches!(story.kind, StoryKind::Footnote | StoryKind::Endnote | StoryKind::TextBox) {
            continue;
        }
        let same = |b: &usize| !taken[*b] && new.stories[*b].kind == story.kind && new.stories[*b].name == story.name;
        if let Some(b) = (0..new.stories.len()).find(same) {
            (partner[a], taken[b]) = (Some(b), true);
        }
    }
    let mut done: Vec<(Option<usize>, Option<usize>, StoryPair)> = Vec::new();
    for kind in [StoryKind::Body, StoryKind::Header, StoryKind::Footer] {
        for (a, b) in in_order(old, new, kind, &partner, &taken) {
            done.push((a, b, story(builder, kind, a, b)));
        }
    }
    // Notes and boxes belong together where their references do; what is in them is known only now, and
    // they may hold references in turn.
    let mut next = 0;
    while next < builder.stories.len() {
        let (a, b) = builder.stories[next];
        next += 1;
        if a < partner.len() && b < taken.len() && partner[a].is_none() && !taken[b] {
            let kind = old.stories[a].kind;
            if kind == new.stories[b].kind {
                (partner[a], taken[b]) = (Some(b), true);
                done.push((Some(a), Some(b), story(builder, kind, Some(a), Some(b))));
            }
        }
    }
    for kind in [StoryKind::Footnote, StoryKind::Endnote, StoryKind::TextBox] {
        for (a, b) in in_order(old, new, kind, &partner, &taken) {
            if a.is_none() || b.is_none() {
                done.push((a, b, story(builder, kind, a, b)));
            }
        }
    }
    let mut sorted = Vec::with_capacity(done.len());
    for kind in [
        StoryKind::Body,
        StoryKind::Header,
        StoryKind::Footer,
        StoryKind::Footnote,
        StoryKind::Endnote,
        StoryKind::TextBox,
    ] {
        for wanted in in_order(old, new, kind, &partner, &taken) {
            if let Some(at) = done.iter().position(|(a, b, _)| (*a, *b) == wanted) {
                sorted.push(done.swap_remove(at).2);
            }
        }
    }
    sorted
}

/// Lists the stories of a kind: those of the new draft in their order, each old one without a partner
/// behind the one that it stood behind.
fn in_order(
    old: &Draft,
    new: &Draft,
    kind: StoryKind,
    partner: &[Option<usize>],
    taken: &[bool],
) -> Vec<(Option<usize>, Option<usize>)> {
    let of_kind =
        |draft: &Draft| (0..draft.stories.len()).filter(|at| draft.stories[*at].kind == kind).collect::<Vec<_>>();
    let mut order: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    let owner = |b: usize| partner.iter().position(|found| *found == Some(b)).filter(|_| taken[b]);
    for b in of_kind(new) {
        order.push((owner(b), Some(b)));
    }
    let mut at = 0;
    for a in of_kind(old) {
        match partner[a] {
            Some(b) => at = order.iter().position(|entry| entry.1 == Some(b)).map_or(at, |found| found + 1),
            None => {
                order.insert(at, (Some(a), None));
                at += 1;
            }
        }
    }
    order
}

fn story(builder: &mut Builder<'_>, kind: StoryKind, a: Option<usize>, b: Option<usize>) -> StoryPair {
    let (old, new) = (builder.sides().old, builder.sides().new);
    let nodes = match (a, b) {
        (Some(a), Some(b)) => builder.nodes(
            (&old.draft.stories[a].blocks, old.starts[a]),
            (&new.draft.stories[b].blocks, new.starts[b]),
            kind == StoryKind::Body,
        ),
        (Some(a), None) => builder.one_sided(&old.draft.stories[a].blocks, old.starts[a], Status::Deleted),
        (None, Some(b)) => builder.one_sided(&new.draft.stories[b].blocks, new.starts[b], Status::Inserted),
        (None, None) => Vec::new(),
    };
    StoryPair { kind, old: a, new: b, nodes }
}
