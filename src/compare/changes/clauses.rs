//! Which clause became which, and what that makes of their numbers.

use std::collections::HashMap;

use crate::compare::{ClauseLink, Comparison, Line, Node, Outline, Status, Texts};

/// The paragraphs that belong together.
pub(super) struct Links {
    /// For each old paragraph its new one, and the move that took it there.
    new_of: Vec<Option<(usize, Option<usize>)>>,
    /// For each new paragraph its old one.
    old_of: Vec<Option<usize>>,
}

impl Links {
    pub(crate) fn new(
        comparison: &Comparison,
        moves: &[Vec<(usize, usize)>],
        old: &Texts<'_>,
        new: &Texts<'_>,
    ) -> Self {
        let mut links = Self { new_of: vec![None; old.paras.len()], old_of: vec![None; new.paras.len()] };
        for (id, section) in moves.iter().enumerate() {
            for (a, b) in section {
                links.link(*a, *b, Some(id));
            }
        }
        for story in &comparison.stories {
            links.nodes(&story.nodes);
        }
        links
    }

    /// Returns for each new paragraph the old one that it comes from.
    pub(crate) fn partners(&self) -> &[Option<usize>] {
        &self.old_of
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                // The first part of what was split or merged is what carries on the clause.
                Node::Line(Line { old: Some(a), new: Some(b), .. }) => self.link(*a, *b, None),
                Node::Line(_) => {}
                Node::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.nodes(&cell.nodes);
                    }
                }
            }
        }
    }

    fn link(&mut self, old: usize, new: usize, moved: Option<usize>) {
        if self.new_of[old].is_none() && self.old_of[new].is_none() {
            self.new_of[old] = Some((new, moved));
            self.old_of[new] = Some(old);
        }
    }
}

/// The numbers of clauses in both drafts, so that a reference can be followed.
pub(super) struct Numbers {
    /// For each old clause its counterpart.
    pub(crate) new_of: Vec<Option<usize>>,
    /// For the number of an old clause as it is cited, those of its counterparts.
    became: HashMap<String, Vec<String>>,
}

impl Numbers {
    pub(crate) fn new(links: &Links, old: &Outline<'_>, new: &Outline<'_>) -> Self {
        let mut new_of: Vec<Option<usize>> = vec![None; old.clauses().len()];
        let mut taken = vec![false; new.clauses().len()];
        for (index, clause) in old.clauses().iter().enumerate() {
            let there = links.new_of[clause.para].and_then(|(para, _)| new.opens(para));
            if let Some(there) = there.filter(|there| !taken[*there]) {
                (new_of[index], taken[there]) = (Some(there), true);
            }
        }
        // A clause whose opening words were all rewritten is the same clause if most of what is in it went
        // to one clause of the new draft. The innermost first, so that sections follow their clauses.
        for index in (0..new_of.len()).rev() {
            if new_of[index].is_some() {
                continue;
            }
            let clause = &old.clauses()[index];
            let mut votes: Vec<(usize, usize)> = Vec::new();
            let mut vote = |there: usize| match votes.iter_mut().find(|(voted, _)| *voted == there) {
                Some((_, count)) => *count += 1,
                None => votes.push((there, 1)),
            };
            for child in &clause.children {
                if let Some(parent) = new_of[*child].and_then(|there| new.clauses()[there].parent) {
                    vote(parent);
                }
            }
            if clause.children.is_empty() {
                for para in clause.para + 1..clause.end {
                    if let Some(there) = links.new_of[para].and_then(|(para, _)| new.clause(para)) {
                        vote(there);
                    }
                }
            }
            let total: usize = votes.iter().map(|(_, count)| count).sum();
            let best = votes.into_iter().max_by_key(|(there, count)| (*count, std::cmp::Reverse(*there)));
            if let Some((there, count)) = best
                && count * 2 > total
                && !taken[there]
                && new.clauses()[there].depth == clause.depth
            {
                (new_of[index], taken[there]) = (Some(there), true);
            }
        }
        let mut became: HashMap<String, Vec<String>> = HashMap::new();
        for (index, there) in new_of.iter().enumerate() {
            let Some(there) = there else { continue };
            let cited = |outline: &Outline<'_>, clause: usize| {
                let bare = core(outline.clauses()[clause].label);
                (core(&outline.clause_place(clause).number()), bare)
            };
            let ((full, bare), (new_full, new_bare)) = (cited(old, index), cited(new, *there));
            for (from, to) in [(full, new_full), (bare, new_bare)] {
                let targets = became.entry(from).or_default();
                if !targets.contains(&to) {
                    targets.push(to);
                }
            }
        }
        Self { new_of, became }
    }

    /// Returns whether a number that stood for an old clause has become that clause's new number.
    pub(crate) fn follows(&self, before: &str, after: &str) -> bool {
        let (before, after) = (core(before), core(after));
        before != after && self.became.get(&before).is_some_and(|targets| targets.contains(&after))
    }
}

/// Returns the number of a label without the word before it and the marks around it: `Article 5.` and
/// `5` are both `5`.
pub(super) fn core(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    let from = words.iter().position(|word| word.contains(|c: char| c.is_numeric()));
    let cited = match from {
        Some(at) => words[at..].join(" "),
        None => words.last().map_or(String::new(), |word| (*word).to_owned()),
    };
    let bare = |c: char| matches!(c, '.' | ',' | ':' | ';' | '-' | '–' | '—' | '(' | ')' | 'º' | 'ª' | '°');
    cited.trim_matches(bare).to_lowercase()
}

/// Returns the clauses of both drafts, each with its counterpart, in the order of the new draft; those that
/// are gone follow the one that they followed.
pub(super) fn links(
    comparison: &Comparison,
    links: &Links,
    old: &Outline<'_>,
    new: &Outline<'_>,
    (old_texts, new_texts): (&Texts<'_>, &Texts<'_>),
    numbers: &Numbers,
) -> Vec<ClauseLink> {
    let edited = edited_paras(comparison, new_texts.paras.len());
    let mut old_of: Vec<Option<usize>> = vec![None; new.clauses().len()];
    for (index, there) in numbers.new_of.iter().enumerate() {
        if let Some(there) = there {
            old_of[*there] = Some(index);
        }
    }
    let gone = |index: usize| ClauseLink {
        old: Some(old.clause_place(index)),
        new: None,
        renumbered: false,
        moved: None,
        edited: false,
    };
    let mut result = Vec::with_capacity(old_of.len());
    // Clauses that are gone, by the counterpart of the nearest clause before them that is not.
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); new.clauses().len() + 1];
    let mut last = 0;
    for (index, there) in numbers.new_of.iter().enumerate() {
        match there {
            Some(there) => last = there + 1,
            None => after[last].push(index),
        }
    }
    result.extend(after[0].iter().map(|index| gone(*index)));
    for (there, clause) in new.clauses().iter().enumerate() {
        let index = old_of[there];
        let own = clause.children.first().map_or(clause.end, |child| new.clauses()[*child].para);
        let moved = index.and_then(|index| links.new_of[old.clauses()[index].para]).and_then(|(_, moved)| moved);
        let rewritten = index.is_some_and(|index| links.new_of[old.clauses()[index].para].is_none());
        result.push(ClauseLink {
            old: index.map(|index| old.clause_place(index)),
            new: Some(new.clause_place(there)),
            renumbered: index.is_some_and(|index| {
                let label = |texts: &Texts<'_>, para: usize| {
                    texts.paras[para].label.as_ref().map_or("", |label| &label.text).to_owned()
                };
                label(old_texts, old.clauses()[index].para) != label(new_texts, clause.para)
            }),
            moved,
            edited: index.is_some() && (rewritten || (clause.para..own).any(|para| edited[para])),
        });
        result.extend(after[there + 1].iter().map(|index| gone(*index)));
    }
    result
}

/// For each new paragraph, whether its words were changed, or stand next to words that are gone.
fn edited_paras(comparison: &Comparison, count: usize) -> Vec<bool> {
    let mut edited = vec![false; count];
    let mut last = None;
    for story in &comparison.stories {
        mark(&story.nodes, comparison, &mut edited, &mut last);
    }
    edited
}

fn mark(nodes: &[Node], comparison: &Comparison, edited: &mut [bool], last: &mut Option<usize>) {
    for node in nodes {
        match node {
            Node::Line(line) => {
                let counts = |change: &Option<usize>| {
                    change.is_some_and(|change| {
                        let change = &comparison.changes[change];
                        change.noise.is_none()
                            && (line.moved.is_none() || change.words_deleted + change.words_inserted > 0)
                    })
                };
                let substance = line.moved.is_none() && counts(&line.change)
                    || line
                        .segs
                        .iter()
                        .any(|seg| matches!(seg.status, Status::Inserted | Status::Deleted) && counts(&seg.change));
                match line.new {
                    Some(para) => {
                        edited[para] |= substance;
                        *last = Some(para);
                    }
                    None if line.moved.is_none() && substance => {
                        if let Some(para) = last {
                            edited[*para] = true;
                        }
                    }
                    None => {}
                }
            }
            Node::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    mark(&cell.nodes, comparison, edited, last);
                }
            }
        }
    }
}
