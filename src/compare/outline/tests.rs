//! Tests of the tree of clauses.

use super::*;
use crate::document::draft::{Cell, Draft, DraftFormat, Label, Row, Run, Table};

/// A paragraph from "label|heading|level|text"; an empty field is none.
fn para(line: &str) -> Block {
    let fields: Vec<&str> = line.splitn(4, '|').collect();
    let typed = if fields[0].is_empty() { String::new() } else { format!("{} ", fields[0]) };
    let label = (!fields[0].is_empty()).then(|| Label { text: fields[0].to_owned(), typed: Some(typed.len()) });
    let depth = |text: &str| text.parse::<u8>().ok();
    let text = format!("{typed}{}", fields[3]);
    Block::Para(Para { label, heading: depth(fields[1]), level: depth(fields[2]), ..Para::plain(text) })
}

fn table(cells: &[&[&str]]) -> Block {
    let cell =
        |lines: &&[&str]| Cell { blocks: lines.iter().map(|line| para(line)).collect(), columns: 1, ..Cell::default() };
    Block::Table(Table { rows: vec![Row { cells: cells.iter().map(cell).collect(), source: 0 }], source: 0 })
}

fn draft(blocks: Vec<Block>) -> Draft {
    let body = Story { kind: StoryKind::Body, name: String::new(), blocks };
    Draft { format: DraftFormat::Text, lang: None, stories: vec![body], comments: vec![], caveats: vec![] }
}

fn shown(place: &Place) -> String {
    let steps = place.path.iter().map(|step| format!("{} {}", step.label, step.heading).trim().to_owned());
    steps.collect::<Vec<_>>().join(" > ")
}

#[track_caller]
fn check(blocks: Vec<Block>, expected: &[&str]) {
    let draft = draft(blocks);
    let texts = Texts::new(&draft);
    let outline = Outline::new(&texts);
    let paths: Vec<String> = (0..texts.paras.len()).map(|para| shown(&outline.place(para))).collect();
    assert_eq!(paths, expected);
}

#[test]
fn headings_and_levels_nest() {
    check(
        [
            "|1||MINING AGREEMENT",
            "|||between the Parties:",
            "1.|2|1|Definitions",
            "1.1||2|In this Agreement:",
            "(a)||3|“Affiliate” means …",
            "(b)||3|“Area” means …",
            "|||and so on.",
            "1.2||2|Headings are for convenience.",
            "2.|2|1|Royalty",
            "|||No number here.",
            "|2||Annex A",
            "1.||1|first",
        ]
        .map(para)
        .into(),
        &[
            "MINING AGREEMENT",
            "",
            "1. Definitions",
            "1. Definitions > 1.1",
            "1. Definitions > 1.1 > (a)",
            "1. Definitions > 1.1 > (b)",
            "1. Definitions > 1.1 > (b)",
            "1. Definitions > 1.2",
            "2. Royalty",
            "2. Royalty",
            "Annex A",
            "Annex A > 1.",
        ],
    );
}

#[test]
fn an_article_is_not_ended_by_a_plain_number() {
    check(
        [
            "Article 1|1|1|– Objet",
            "1.||1|Le présent contrat",
            "2.||1|Il fixe",
            "a)||2|un",
            "Article 2|1|1|",
            "|||Durée",
            "|||Le contrat dure vingt ans.",
            "Cláusula 5.ª|1|1|Royalty",
            "5.1.||1|paga",
            "5.1.1.||1|sempre",
            "5.2.||4|não",
        ]
        .map(para)
        .into(),
        &[
            "Article 1 Objet",
            "Article 1 Objet > 1.",
            "Article 1 Objet > 2.",
            "Article 1 Objet > 2. > a)",
            "Article 2 Durée",
            "Article 2 Durée",
            "Article 2 Durée",
            "Cláusula 5.ª Royalty",
            "Cláusula 5.ª Royalty > 5.1.",
            "Cláusula 5.ª Royalty > 5.1. > 5.1.1.",
            "Cláusula 5.ª Royalty > 5.2.",
        ],
    );
}

#[test]
fn a_heading_may_follow_its_number() {
    check(
        ["ARTICLE 5|1|1|", "|||", "|1||ROYALTY", "|||Text.", "ARTICLE 6|1|1|", "|||This is a sentence."]
            .map(para)
            .into(),
        &["ARTICLE 5 ROYALTY", "ARTICLE 5 ROYALTY", "ARTICLE 5 ROYALTY", "ARTICLE 5 ROYALTY", "ARTICLE 6", "ARTICLE 6"],
    );
}

#[test]
fn clauses_in_a_table_end_with_it() {
    check(
        vec![
            para("1|1|1|Fees"),
            para("1.1||2|as follows"),
            table(&[&["1||1|first", "|||more"], &["2||1|second"]]),
            para("|||after"),
            para("1.2||2|then"),
        ],
        &[
            "1 Fees",
            "1 Fees > 1.1",
            "1 Fees > 1.1 > 1",
            "1 Fees > 1.1 > 1",
            "1 Fees > 1.1 > 2",
            "1 Fees > 1.1",
            "1 Fees > 1.2",
        ],
    );
}

#[test]
fn bullets_open_nothing_and_bold_words_are_a_heading() {
    let mut lead = Para::plain("5.1 Royalty. The Company pays.");
    lead.label = Some(Label { text: "5.1".to_owned(), typed: Some(4) });
    lead.level = Some(2);
    lead.runs =
        vec![Run { end: 12, look: 1, strong: true, emph: false }, Run { end: 30, look: 2, strong: false, emph: false }];
    check(vec![Block::Para(lead), para("•||3|a bullet")], &["5.1 Royalty", "5.1 Royalty"]);
}

#[test]
fn stories_are_named() {
    let mut draft = draft(vec![para("1|1|1|One")]);
    let blocks = vec![para("|||See above."), para("|||And below.")];
    draft.stories.push(Story { kind: StoryKind::Footnote, name: "3".to_owned(), blocks: blocks.clone() });
    draft.stories.push(Story { kind: StoryKind::TextBox, name: String::new(), blocks });
    let texts = Texts::new(&draft);
    let outline = Outline::new(&texts);
    let paths: Vec<String> = (0..6).map(|para| shown(&outline.place(para))).collect();
    assert_eq!(paths, ["1 One", "footnote 3", "footnote 3", "text box", "text box", "text box"]);
    assert_eq!(outline.clauses()[0].end, 1);
}

#[test]
fn what_is_cited() {
    let blocks = ["5|1|1|Royalty", "5.2||2|x", "(a)||3|y", "(ii)||4|z"].map(para).into();
    let draft = draft(blocks);
    let texts = Texts::new(&draft);
    let outline = Outline::new(&texts);
    assert_eq!(outline.number(3), "5.2 (a) (ii)");
    assert_eq!(outline.headings(3), ["Royalty"]);
    assert_eq!(outline.opens(2), Some(2));
    assert_eq!(outline.clauses()[0].children, [1]);
    assert_eq!(outline.clauses()[1].end, 4);
    assert_eq!(outline.place(99).path.len(), 0);
}

proptest::proptest! {
    #[test]
    fn every_tree_is_a_tree(lines in proptest::collection::vec(
        "((1|1\\.1|1\\.1\\.1|2|\\(a\\)|\\(i\\)|Article 3|A|é|٣)?\\|[1-4]?\\|[1-4]?\\|[a-z. “é]{0,8})", 0..40)) {
        let draft = draft(lines.iter().map(|line| para(line)).collect());
        let texts = Texts::new(&draft);
        let outline = Outline::new(&texts);
        for (index, clause) in outline.clauses().iter().enumerate() {
            proptest::prop_assert!(clause.para < clause.end && clause.end <= texts.paras.len());
            proptest::prop_assert_eq!(outline.opens(clause.para), Some(index));
            for child in &clause.children {
                let child = &outline.clauses()[*child];
                proptest::prop_assert_eq!(child.parent, Some(index));
                proptest::prop_assert!(clause.para < child.para && child.end <= clause.end);
                proptest::prop_assert_eq!(child.depth, clause.depth + 1);
            }
        }
        for para in 0..texts.paras.len() {
            if let Some(clause) = outline.clause(para) {
                let clause = &outline.clauses()[clause];
                proptest::prop_assert!(clause.para <= para && para < clause.end);
            }
        }
    }
}
