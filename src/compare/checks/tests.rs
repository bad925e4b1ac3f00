//! Tests of the checks of a new draft.

use super::*;
use crate::document::draft::{Block, Draft, DraftFormat, Label, Para, Story, StoryKind};

/// Makes a draft of lines "label|text"; a label in capitals or with a word is a heading.
fn draft(lines: &[&str]) -> Draft {
    let para = |line: &&str| {
        let (number, rest) = line.split_once('|').unwrap_or(("", line));
        if number.is_empty() {
            return Block::Para(Para::plain(rest));
        }
        let text = format!("{number} {rest}");
        let label = Some(Label { text: number.to_owned(), typed: Some(number.len() + 1) });
        let level = if number.starts_with('(') {
            3
        } else if number.trim_end_matches('.').contains('.') {
            2
        } else {
            1
        };
        let heading = (level == 1).then_some(1);
        Block::Para(Para { label, level: Some(level), heading, ..Para::plain(text) })
    };
    let body = Story { kind: StoryKind::Body, name: String::new(), blocks: lines.iter().map(para).collect() };
    Draft { format: DraftFormat::Text, lang: None, stories: vec![body], comments: vec![], caveats: vec![] }
}

/// Checks a draft; gives what was found as "kind: subject @ place, place".
fn found(lang: Lang, old: &[&str], new: &[&str], partners: &[Option<usize>]) -> Vec<String> {
    let (old, new) = (draft(old), draft(new));
    let (old, new) = (Texts::new(&old), Texts::new(&new));
    let (before, after) = (Outline::new(&old), Outline::new(&new));
    let (defined_old, defined_new) = (Definitions::of(&old, lang), Definitions::of(&new, lang));
    let old = Subject { texts: &old, outline: &before, lang, definitions: &defined_old };
    let new = Subject { texts: &new, outline: &after, lang, definitions: &defined_new };
    let checked = check(&old, &new, partners);
    let show = |check: &Check| {
        let places: Vec<String> = check.places.iter().map(super::super::place::Place::number).collect();
        let before = check.before.as_ref().map(|before| format!("{before} > ")).unwrap_or_default();
        format!("{}: {before}{} @ {}", check.kind.name(), check.subject, places.join(", "))
    };
    for (index, _) in &checked.renames {
        assert_eq!(checked.checks[*index].kind, CheckKind::RenamedTerm);
    }
    checked.checks.iter().map(show).collect()
}

fn alone(lang: Lang, new: &[&str]) -> Vec<String> {
    found(lang, &[], new, &[])
}

#[test]
fn broken_references() {
    let lines = [
        "1.|Area",
        "1.1|See clauses 2.1, 2.3 and 3.1, clause 9 and Article 12 of the Mining Code.",
        "2.|Royalty",
        "2.1|Subject to clause 2.2(b) and clause 2.2(d); section 9 of the Petroleum Act.",
        "2.2|As follows:",
        "(a)|x",
        "(b)|y",
        "(c)|z",
        "3.|Term",
        "3.1|Clause 7 of the Facility Agreement; clause 8 of this Agreement; Annex D.",
        "3.2|paragraph (z) and Annex A",
        "Annex A|Map",
        "Annex B|Fees",
    ];
    assert_eq!(
        alone(Lang::En, &lines),
        [
            "broken-reference: 2.3 @ 1.1",
            "broken-reference: clause 9 @ 1.1",
            "broken-reference: clause 2.2(d) @ 2.1",
            "broken-reference: clause 8 @ 3.1",
            "broken-reference: Annex D @ 3.1",
        ]
    );
}

#[test]
fn broken_references_in_other_languages() {
    let lines = [
        "Article 1|Objet",
        "|L’article 9 et l’article 2 ; l’article 12 du Code minier.",
        "Article 2|Durée",
        "|x",
        "Article 3|Zone",
    ];
    assert_eq!(alone(Lang::Fr, &lines), ["broken-reference: article 9 @ Article 1"]);
    let lines = [
        "CLÁUSULA PRIMERA|Objeto",
        "|La Cláusula Novena y la Cláusula Segunda.",
        "CLÁUSULA SEGUNDA|x",
        "CLÁUSULA TERCERA|y",
    ];
    assert_eq!(alone(Lang::Es, &lines), ["broken-reference: Cláusula Novena @ CLÁUSULA PRIMERA"]);
    let lines = [
        "Cláusula 1.ª|Objeto",
        "1.1|A Cláusula 3.ª, a Cláusula 7.ª e o artigo 8.º da Lei n.º 20/2014",
        "Cláusula 2.ª|x",
        "Cláusula 3.ª|y",
    ];
    assert_eq!(alone(Lang::Pt, &lines), ["broken-reference: Cláusula 7.ª @ 1.1"]);
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    // No clauses to speak of, items in running text, no annexes in the file.
    assert_eq!(alone(Lang::En, &["|Under clause 12 and Annex Z, Article IV."]), [""; 0]);
    let lines = [
        "1.|One",
        "1.1|Either (a) this or (b) that; the right of revision that its clause 31 gives, section 103885, section 2006; see clause 1.1(b), Annex B and Article IV.",
        "2.|Two",
        "3.|Three",
    ];
    assert_eq!(alone(Lang::En, &lines), [""; 0]);
}

#[test]
fn terms_in_small_letters_are_used() {
    let lines = [
        "1.|Definitions",
        "(a)|“Object code” means any form;",
        "(b)|“Area” means land;",
        "2.|Use",
        "2.1|the object code of the Area",
    ];
    assert_eq!(alone(Lang::En, &lines), [""; 0]);
}

#[test]
fn a_reference_left_behind() {
    let old = [
        "1.|Gas",
        "2.|Royalty",
        "3.|Tax",
        "4.|Default",
        "4.1|Failure of access under clause 1, or of payment under clause 2.",
    ];
    let new = [
        "1.|Royalty",
        "2.|Tax",
        "3.|Gas",
        "4.|Default",
        "4.1|Failure of access under clause 1, or of payment under clause 1.",
    ];
    let partners = [Some(1), Some(2), Some(0), Some(3), Some(4)];
    assert_eq!(found(Lang::En, &old, &new, &partners), ["stale-reference: clause 1 @ 4.1"]);
    let good = [
        "1.|Royalty",
        "2.|Tax",
        "3.|Gas",
        "4.|Default",
        "4.1|Failure of access under clause 3, or of payment under clause 1.",
    ];
    assert_eq!(found(Lang::En, &old, &good, &partners), [""; 0]);
}

#[test]
fn terms_and_figures() {
    let lines = [
        "1.|Definitions",
        "(a)|“Affiliate” means any person;",
        "(b)|“Area” means the land;",
        "(c)|“Costs” means all expenses;",
        "2.|Sales",
        "2.1|Sales to an Affiliate outside the Area follow the Work Programme.",
        "2.2|The Work Programme (the “Area”) is made within 90 (sixty) days.",
    ];
    assert_eq!(
        alone(Lang::En, &lines),
        [
            "undefined-term: Work Programme @ 2.1, 2.2",
            "unused-term: Costs @ 1. (c)",
            "defined-twice: Area @ 1. (b), 2.2",
            "figures-against-words: 90 (sixty) @ 2.2",
        ]
    );
}

#[test]
fn a_renamed_term_is_one_finding() {
    let old = [
        "1.|“Affiliate” means any person under common control with the Company;",
        "2.|Sales to Affiliates",
        "2.1|Each Affiliate pays.",
    ];
    let new = [
        "1.|“Related Party” means any person under common control with the Company;",
        "2.|Sales to Related Parties",
        "2.1|Each Related Party pays.",
    ];
    let partners = [Some(0), Some(1), Some(2)];
    assert_eq!(found(Lang::En, &old, &new, &partners), ["renamed-term: Affiliate > Related Party @ 1., 2., 2.1"]);
}
