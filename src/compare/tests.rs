//! Comparisons as a whole: what they say, and that they are sound.

use proptest::prelude::*;

use super::*;
use crate::document::draft::{Block, Cell, DraftFormat, Label, Para, Row, Story, StoryKind, Table};

fn draft(blocks: Vec<Block>) -> Draft {
    Draft {
        format: DraftFormat::Text,
        lang: None,
        stories: vec![Story { kind: StoryKind::Body, name: String::new(), blocks }],
        comments: Vec::new(),
        caveats: Vec::new(),
    }
}

/// A draft of paragraphs; what stands before a bar is a typed number.
fn typed(paras: &[&str]) -> Draft {
    draft(paras.iter().map(|text| Block::Para(para(text))).collect())
}

fn para(text: &str) -> Para {
    match text.split_once('|') {
        None => Para::plain(text),
        Some((label, body)) => {
            let mut para = Para::plain(format!("{label} {body}"));
            para.label = Some(Label { text: label.to_owned(), typed: Some(label.len() + 1) });
            para.level = Some(u8::try_from(1 + label.matches('.').count()).unwrap());
            para
        }
    }
}

/// Takes one side of a redline, by the statuses alone: independent of the code that checks it.
fn taken(nodes: &[Node], texts: &Texts<'_>, is_old: bool, open: &mut String, out: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Line(line) => {
                let keeps = |status: Status| match status {
                    Status::Same => true,
                    Status::Deleted | Status::MovedFrom => is_old,
                    Status::Inserted | Status::MovedTo => !is_old,
                };
                for seg in line.segs.iter().filter(|seg| keeps(seg.status)) {
                    let (para, range) = if is_old { (line.old, &seg.old) } else { (line.new, &seg.new) };
                    open.push_str(&texts.paras[para.unwrap()].text[range.clone()]);
                }
                if keeps(line.mark) {
                    out.push(std::mem::take(open));
                }
            }
            Node::Table(table) => {
                for row in &table.rows {
                    for cell in &row.cells {
                        taken(&cell.nodes, texts, is_old, open, out);
                    }
                    out.push("<row>".to_owned());
                }
            }
        }
    }
}

fn plain(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Para(para) => out.push(para.text.clone()),
            Block::Table(table) => {
                for row in &table.rows {
                    row.cells.iter().for_each(|cell| plain(&cell.blocks, out));
                    out.push("<row>".to_owned());
                }
            }
        }
    }
}

fn assert_sound(old: &Draft, new: &Draft) -> Comparison {
    let result = compare(old, new, &Options::default());
    assert_eq!(result.tally.fallbacks, 0, "every redline is right at once");
    for (draft, is_old) in [(old, true), (new, false)] {
        let texts = Texts::new(draft);
        let (mut open, mut got, mut want) = (String::new(), Vec::new(), Vec::new());
        for story in &result.stories {
            taken(&story.nodes, &texts, is_old, &mut open, &mut got);
            if let Some(index) = if is_old { story.old } else { story.new } {
                plain(&draft.stories[index].blocks, &mut want);
            }
        }
        // Rows that the other draft has leave nothing but their end.
        let rows = |all: &[String]| all.iter().filter(|text| *text != "<row>").cloned().collect::<Vec<_>>();
        assert_eq!(rows(&got), rows(&want), "{}", if is_old { "rejecting" } else { "accepting" });
        assert!(open.is_empty());
    }
    result
}

/// The redline in one line of text: `[-gone-]`, `{+come+}`, moves with arrows.
fn shown(result: &Comparison, old: &Draft, new: &Draft) -> Vec<String> {
    let (old, new) = (Texts::new(old), Texts::new(new));
    let mut lines = Vec::new();
    for node in result.stories.iter().flat_map(|story| &story.nodes) {
        let Node::Line(line) = node else { continue };
        let mut text = String::new();
        for seg in &line.segs {
            let of = |texts: &Texts<'_>, para: Option<usize>, range: &std::ops::Range<usize>| {
                texts.paras[para.unwrap()].text[range.clone()].to_owned()
            };
            text += &match seg.status {
                Status::Same => of(&new, line.new, &seg.new),
                Status::Deleted => format!("[-{}-]", of(&old, line.old, &seg.old)),
                Status::Inserted => format!("{{+{}+}}", of(&new, line.new, &seg.new)),
                Status::MovedFrom => format!("[<{}<]", of(&old, line.old, &seg.old)),
                Status::MovedTo => format!("{{>{}>}}", of(&new, line.new, &seg.new)),
            };
        }
        text.push(match line.mark {
            Status::Same => ' ',
            Status::Inserted | Status::MovedTo => '+',
            Status::Deleted | Status::MovedFrom => '-',
        });
        lines.push(text.trim_end().to_owned());
    }
    lines
}

fn redline(old: &[&str], new: &[&str]) -> Vec<String> {
    let (old, new) = (typed(old), typed(new));
    shown(&assert_sound(&old, &new), &old, &new)
}

#[test]
fn words_are_changed_whole_and_amounts_are_not_cut() {
    assert_eq!(
        redline(
            &["The Company shall pay USD 1,500,000 by 12 March 2026 at the latest."],
            &["The Company may pay USD 1,750,000 by 15 March 2026 at the latest."],
        ),
        [
            "The Company [-shall-]{+may+} pay USD [-1,500,000-]{+1,750,000+} by [-12 March 2026-]{+15 March 2026+} at the latest."
        ]
    );
}

#[test]
fn only_the_mark_of_a_number_changes() {
    assert_eq!(
        redline(&["5.1. The rent is due on demand."], &["5.1 The rent is due on demand."]),
        ["5.1[-.-] The rent is due on demand."]
    );
    assert_eq!(
        redline(&["a. the rent of the land; and"], &["a) the rent of the land; and"]),
        ["a[-.-]{+)+} the rent of the land; and"]
    );
}

#[test]
fn a_paragraph_may_be_split_and_merged_at_once() {
    assert_eq!(
        redline(
            &[
                "The State grants the right to explore the area and to develop what is found there.",
                "The Company pays a yearly rent for the land. It clears the land of waste when it leaves.",
            ],
            &[
                "The State grants the right to explore the area and to develop what is found there. \
                 The Company pays a yearly rent for the land.",
                "It clears the land of waste when it leaves.",
            ],
        ),
        [
            "The State grants the right to explore the area and to develop what is found there.-",
            "{+ +}The Company pays a yearly rent for the land.+",
            "[- -]It clears the land of waste when it leaves.",
        ]
    );
}

#[test]
fn one_of_several_equal_paragraphs_is_edited_in_place() {
    let equal = "The Company keeps its books in the country and shows them to the State once a year.";
    let edited = "The Company keeps its books in the country and shows them to the State twice a year.";
    let lines = redline(&[equal, equal, equal, equal], &[equal, edited, equal, equal]);
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[1].contains("[-once-]{+twice+}"), "{lines:?}");
}

#[test]
fn a_sentence_goes_as_a_sentence() {
    assert_eq!(
        redline(
            &["The Company pays a royalty. The royalty is due in March. It is paid in dollars."],
            &["The Company pays a royalty. It is paid in dollars."],
        ),
        ["The Company pays a royalty. [-The royalty is due in March. -]It is paid in dollars."]
    );
}

#[test]
fn rewritten_words_are_no_confetti() {
    // “the”, which stands in both, is not worth two changes instead of one.
    assert_eq!(
        redline(
            &["The Government shall grant access rights over the existing public roads without any delay."],
            &["The Government shall supply electric power to the nearest loading station without any delay."],
        ),
        [
            "The Government shall [-grant access rights over the existing public roads-]{+supply electric power to the nearest loading station+} without any delay."
        ]
    );
}

#[test]
fn a_bracket_is_closed_by_the_change_that_opens_it() {
    assert_eq!(
        redline(&["within 30 (thirty) days of the notice"], &["within 45 (forty-five) days of the notice"]),
        ["within [-30 (thirty)-]{+45 (forty-five)+} days of the notice"]
    );
}

#[test]
fn numbers_of_clauses_are_compared_apart() {
    let old = typed(&[
        "1|Royalty on minerals sold under this Agreement, as set out below.",
        "2|Stabilisation of the fiscal terms of this Agreement for ten years.",
        "3|Local content, jobs and purchases in the country of the project.",
    ]);
    let new = typed(&[
        "1|Transparency of payments and publication of this Agreement by both.",
        "2|Royalty on minerals sold under this Agreement, as set out below.",
        "3|Stabilisation of the fiscal terms of this Agreement for ten years.",
        "4|Local content, jobs and purchases in the country of the project.",
    ]);
    let result = assert_sound(&old, &new);
    let kinds: Vec<_> = result.changes.iter().map(|change| (change.kind, change.noise)).collect();
    assert_eq!(kinds[0], (ChangeKind::Inserted, None));
    assert!(kinds[1..].iter().all(|kind| *kind == (ChangeKind::Renumbered, Some(Noise::Numbering))), "{kinds:?}");
    assert_eq!(kinds.len(), 4);
    let renumbered: Vec<_> = result.clauses.iter().filter(|link| link.renumbered).collect();
    assert_eq!(renumbered.len(), 3);
}

#[test]
fn a_moved_section_counts_once() {
    let section = [
        "3|Access of third parties",
        "3.1|Third parties may use the gas spur at a fair tariff.",
        "3.2|The tariff is published each year by the Company.",
    ];
    let mut old = vec![
        "1|Royalty on minerals sold under this Agreement, as set out below.",
        "2|Stabilisation of the fiscal terms of this Agreement for ten years.",
    ];
    old.extend(section);
    old.push("4|Local content, jobs and purchases in the country of the project.");
    let new = [
        "1|Access of third parties",
        "1.1|Third parties may use the gas spur at a reasonable tariff.",
        "1.2|The tariff is published each year by the Company.",
        "2|Royalty on minerals sold under this Agreement, as set out below.",
        "3|Stabilisation of the fiscal terms of this Agreement for ten years.",
        "4|Local content, jobs and purchases in the country of the project.",
    ];
    let result = assert_sound(&typed(&old), &typed(&new));
    assert_eq!(result.moves.len(), 1, "{:#?}", result.moves);
    assert_eq!(result.moves[0].pairs.len(), 3);
    let moved: Vec<_> = result.changes.iter().filter(|change| change.noise.is_none()).collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].kind, ChangeKind::MovedEdited);
}

#[test]
fn splits_and_merges_keep_their_words() {
    let whole =
        ["The Company shall pay the royalty every quarter. The Government shall publish what it received every year."];
    let parts = [
        "The Company shall pay the royalty every quarter.",
        "The Government shall publish what it received every year.",
    ];
    assert_eq!(
        redline(&whole, &parts),
        [
            "The Company shall pay the royalty every quarter.+",
            "[- -]The Government shall publish what it received every year."
        ]
    );
    assert_eq!(
        redline(&parts, &whole),
        [
            "The Company shall pay the royalty every quarter.-",
            "{+ +}The Government shall publish what it received every year."
        ]
    );
}

#[test]
fn the_same_draft_has_no_changes() {
    let draft = typed(&["1|Royalty", "", "1.1|The Company pays.", "", "1.1|The Company pays."]);
    assert!(assert_sound(&draft, &draft).is_same());
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "of",
        "Company",
        "shall",
        "may",
        "pay",
        "1,000",
        "5.5 %",
        "royalty",
        "(a)",
        "“Term”",
        "\"Term\"",
        "–",
        "-",
        "not",
        "l’État",
        "статья",
        "المادة",
        "é",
        "\u{FFFC}",
        ".",
        ";",
        " ",
        "\t",
        "12 March 2026",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

fn any_para() -> impl Strategy<Value = Para> {
    (prop::option::of(prop::sample::select(vec!["1", "2.1", "(a)", "Article 5"])), words(), 0..4_u8).prop_map(
        |(label, text, heading)| {
            let mut para = match label {
                Some(label) => para(&format!("{label}|{text}")),
                None => Para::plain(text),
            };
            para.heading = (heading == 1).then_some(1);
            para
        },
    )
}

fn any_block() -> impl Strategy<Value = Block> {
    let cell = prop::collection::vec(any_para(), 1..3).prop_map(|paras| Cell {
        blocks: paras.into_iter().map(Block::Para).collect(),
        columns: 1,
        ..Cell::default()
    });
    let row = prop::collection::vec(cell, 1..4).prop_map(|cells| Row { cells, source: 0 });
    prop_oneof![
        6 => any_para().prop_map(Block::Para),
        1 => prop::collection::vec(row, 1..4).prop_map(|rows| Block::Table(Table { rows, source: 0 })),
    ]
}

/// A draft and what became of it: blocks dropped, repeated, moved, replaced.
fn revised() -> impl Strategy<Value = (Draft, Draft)> {
    (prop::collection::vec(any_block(), 0..14), prop::collection::vec((0..6_u8, 0..14_usize, any_block()), 0..8))
        .prop_map(|(old, edits)| {
            let mut new = old.clone();
            for (what, at, block) in edits {
                let at = at.min(new.len());
                match (what, at < new.len()) {
                    (0, true) => drop(new.remove(at)),
                    (1, true) => new[at] = block,
                    (2, true) => {
                        let moved = new.remove(at);
                        new.insert(new.len() / 2, moved);
                    }
                    (3, true) => new.insert(at, new[at].clone()),
                    (4, true) if at + 1 < new.len() => {
                        if let (Block::Para(first), Block::Para(second)) = (new[at].clone(), new[at + 1].clone()) {
                            new[at] = Block::Para(Para { text: format!("{} {}", first.text, second.text), ..first });
                            new.remove(at + 1);
                        }
                    }
                    _ => new.insert(at, block),
                }
            }
            (draft(old), draft(new))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn accepting_gives_the_new_draft_and_rejecting_the_old((old, new) in revised()) {
        assert_sound(&old, &new);
    }

    #[test]
    fn unrelated_drafts_are_compared_soundly(
        old in prop::collection::vec(any_block(), 0..10),
        new in prop::collection::vec(any_block(), 0..10),
    ) {
        assert_sound(&draft(old), &draft(new));
    }

    #[test]
    fn a_draft_is_the_same_as_itself(blocks in prop::collection::vec(any_block(), 0..12)) {
        let draft = draft(blocks);
        prop_assert!(assert_sound(&draft, &draft).is_same());
    }
}
