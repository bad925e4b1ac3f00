//! A pair of drafts with their comparison, made by hand for tests.

use crate::compare::{
    Change, ChangeKind, Comparison, Line, Move, Node, Noise, Place, Seg, SensitiveToken, Status, Step, StoryPair,
    Tally, TokenKind,
};
use crate::document::draft::{Block, Draft, DraftFormat, Label, Para, Story, StoryKind};

/// Drafts and comparison, line by line.
#[derive(Default)]
pub(super) struct Sample {
    old: Vec<Block>,
    new: Vec<Block>,
    nodes: Vec<Node>,
    pub(super) comparison: Comparison,
}

/// Formatting of a new line.
#[derive(Default, Clone, Copy)]
pub(super) struct Look {
    pub(super) heading: Option<u8>,
    pub(super) level: Option<u8>,
    pub(super) old: Option<&'static str>,
    pub(super) new: Option<&'static str>,
    pub(super) change: Option<usize>,
    pub(super) moved: Option<usize>,
}

impl Sample {
    /// Adds a line: pieces of text, each after its sign (`=` same, `+` inserted, `-` deleted, `<` moved
    /// away, `>` moved here), with its change.
    pub(super) fn line(&mut self, look: Look, mark: char, pieces: &[(char, &str, Option<usize>)]) {
        let status = |sign: char| match sign {
            '+' => Status::Inserted,
            '-' => Status::Deleted,
            '<' => Status::MovedFrom,
            '>' => Status::MovedTo,
            _ => Status::Same,
        };
        let (mut old, mut new) = (String::new(), String::new());
        let mut segs = Vec::new();
        for (sign, text, change) in pieces {
            let status = status(*sign);
            let (from_old, from_new) = (old.len(), new.len());
            old.push_str(if status.in_old() { text } else { "" });
            new.push_str(if status.in_new() { text } else { "" });
            segs.push(Seg { status, old: from_old..old.len(), new: from_new..new.len(), change: *change });
        }
        let mark = status(mark);
        let in_old = mark.in_old() || segs.iter().any(|seg| seg.status.in_old());
        let in_new = mark.in_new() || segs.iter().any(|seg| seg.status.in_new());
        let para = |text: String, label: Option<&str>| {
            Block::Para(Para {
                text,
                label: label.map(|text| Label { text: text.to_owned(), typed: None }),
                heading: look.heading,
                level: look.level,
                ..Para::default()
            })
        };
        let line = Line {
            old: in_old.then_some(self.old.len()),
            new: in_new.then_some(self.new.len()),
            mark,
            segs,
            moved: look.moved,
            change: look.change,
        };
        if in_old {
            self.old.push(para(old, look.old));
        }
        if in_new {
            self.new.push(para(new, look.new));
        }
        self.nodes.push(Node::Line(line));
    }

    /// Adds a change; returns its index.
    pub(super) fn change(&mut self, kind: ChangeKind, noise: Option<Noise>, texts: [&str; 2], at: [&str; 2]) -> usize {
        let place = |label: &str| {
            (!label.is_empty())
                .then(|| Place { para: 0, path: vec![Step { label: label.to_owned(), heading: "Royalty".to_owned() }] })
        };
        let words = |text: &str| text.split_whitespace().count();
        self.comparison.changes.push(Change {
            kind,
            noise,
            old: place(at[0]),
            new: place(at[1]),
            before: texts[0].to_owned(),
            after: texts[1].to_owned(),
            words_deleted: words(texts[0]),
            words_inserted: words(texts[1]),
            tokens: Vec::new(),
            topics: Vec::new(),
            cascade: None,
        });
        self.comparison.changes.len() - 1
    }

    /// Returns both drafts and the comparison.
    pub(super) fn done(mut self) -> (Draft, Draft, Comparison) {
        let draft = |blocks| Draft {
            format: DraftFormat::Text,
            lang: None,
            stories: vec![Story { kind: StoryKind::Body, name: String::new(), blocks }],
            comments: Vec::new(),
            caveats: Vec::new(),
        };
        let nodes = self.nodes;
        self.comparison.stories = vec![StoryPair { kind: StoryKind::Body, old: Some(0), new: Some(0), nodes }];
        (draft(self.old), draft(self.new), self.comparison)
    }
}

/// A small contract: a rate replaced, a sentence inserted, a clause moved and edited, a dash changed.
pub(super) fn contract() -> (Draft, Draft, Comparison) {
    let mut sample = Sample::default();
    let rate = sample.change(ChangeKind::Replaced, None, ["three", "six"], ["1.1", "1.1"]);
    let audit = sample.change(ChangeKind::Inserted, None, ["", "It is audited."], ["", "1.2"]);
    let moved = sample.change(ChangeKind::MovedEdited, None, ["a fair law", "a just law"], ["2", "3"]);
    let dash = sample.change(ChangeKind::Replaced, Some(Noise::Punctuation), ["-", "–"], ["3", "2"]);
    sample.comparison.changes[rate].topics = vec!["royalties"];
    sample.comparison.changes[rate].tokens = vec![SensitiveToken {
        kind: TokenKind::Percentage,
        old: Some("three per cent".to_owned()),
        new: Some("six per cent".to_owned()),
    }];
    let clause = |old, new| Look { level: Some(1), old, new, ..Look::default() };
    let heading = Look { heading: Some(1), ..clause(Some("1"), Some("1")) };
    sample.line(heading, '=', &[('=', "Royalty", None)]);
    let text =
        [('=', "The rate is ", None), ('-', "three", Some(rate)), ('+', "six", Some(rate)), ('=', " per cent.", None)];
    sample.line(Look::default(), '=', &text);
    sample.line(Look { change: Some(audit), ..Look::default() }, '+', &[('+', "It is audited.", Some(audit))]);
    sample.line(
        Look { moved: Some(0), change: Some(moved), ..clause(Some("2"), None) },
        '<',
        &[('<', "It is a ", Some(moved)), ('-', "fair", Some(moved)), ('<', " law.", Some(moved))],
    );
    sample.line(
        clause(Some("3"), Some("2")),
        '=',
        &[('=', "Peace ", None), ('-', "-", Some(dash)), ('+', "–", Some(dash)), ('=', " always.", None)],
    );
    sample.line(
        Look { moved: Some(0), change: Some(moved), ..clause(None, Some("3")) },
        '>',
        &[('>', "It is a ", Some(moved)), ('+', "just", Some(moved)), ('>', " law.", Some(moved))],
    );
    sample.line(Look::default(), '=', &[('=', "The end.", None)]);
    sample.comparison.moves =
        vec![Move { pairs: vec![(2, 4)], old: 2..3, new: 4..5, words: 4, similarity: 0.8, change: moved }];
    sample.comparison.tally =
        Tally { old_words: 22, new_words: 25, inserted: 5, deleted: 2, moved: 4, noise: [0, 1, 0, 0, 0], fallbacks: 0 };
    sample.done()
}
