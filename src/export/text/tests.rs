//! Tests of the plain text.

use super::*;
use crate::document::{Align, Frame, Labelled, Numbering, Paper, Party};

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn para(content: Vec<Inline>) -> Block {
    Block::Para { content, role: Role::Body }
}

fn document(blocks: Vec<Block>) -> Document {
    let words = [
        ("draft", "DRAFT"),
        ("colon", ":"),
        ("blank", "to be completed"),
        ("subject", "Subject"),
        ("date", "Date"),
        ("place", "Place"),
        ("signature", "Signature"),
        ("signed_on", "Signed on {date}"),
        ("reference", "Reference"),
    ];
    let meta = Meta {
        kind: "terms-of-reference".into(),
        frame: Frame::Terms,
        locale: crate::locale::Lang::En.into(),
        title: "Terms".into(),
        subtitle: None,
        reference: Some("A-1".into()),
        date: Some("1 March 2026".into()),
        date_iso: None,
        author: String::new(),
        keywords: Vec::new(),
        confidentiality: Some("CONFIDENTIAL".into()),
        status: Status::Draft,
        contents: false,
        numbering: Numbering::Clauses,
        paper: Paper::A4,
        letter: None,
        words: words.iter().map(|(key, word)| ((*key).into(), (*word).into())).collect(),
        parallel_words: None,
        blanks: Vec::new(),
    };
    Document { meta, blocks }
}

/// Returns what stands below the title.
fn body(blocks: Vec<Block>) -> String {
    let text = write(&document(blocks));
    text.split_once("1 March 2026\n\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

#[test]
fn notices_and_title_come_first() {
    assert_eq!(
        write(&document(Vec::new())),
        "DRAFT\nCONFIDENTIAL\n\nTerms\n=====\n\nReference:  A-1\nDate:       1 March 2026\n"
    );
}

#[test]
fn numbers_hang_before_clauses() {
    let clause = |number: &str, level, blocks| Block::Clause { number: number.into(), level, id: None, blocks };
    let long = "word ".repeat(20);
    let inner = clause("(a)", 2, vec![para(vec![text("sub")])]);
    let heading = Block::Heading { level: 1, number: Some("1".into()), id: None, content: vec![text("Scope")] };
    assert_eq!(
        body(vec![heading, clause("1.1", 1, vec![para(vec![text(long.trim())]), inner.clone(), inner])]),
        "1  Scope\n--------\n\n\
         1.1  word word word word word word word word word word word word word\n     \
         word word word word word word word\n\n     (a)  sub\n     (a)  sub\n"
    );
}

#[test]
fn links_blanks_and_footnotes_are_spelt_out() {
    let link = |url: &str, shown: &str| Inline::Link { url: url.into(), content: vec![text(shown)] };
    assert_eq!(
        body(vec![para(vec![
            link("https://a.org", "here"),
            text(", "),
            link("mailto:b@c.org", "b@c.org"),
            text(", "),
            Inline::Blank("request.date".into()),
            Inline::Note(vec![text("why")]),
        ])]),
        "here <https://a.org>, b@c.org, [to be completed: request.date][1]\n\n--------------------\n[1] why\n"
    );
}

#[test]
fn forms_and_signatures_are_drawn() {
    let choice = Block::Choice {
        id: "c".into(),
        question: vec![text("May we?")],
        multiple: false,
        options: [("y", "Yes", true), ("n", "No", false)]
            .map(|(id, label, checked)| crate::document::ChoiceOption {
                id: id.into(),
                label: vec![text(label)],
                checked,
            })
            .to_vec(),
    };
    let party = Party { lines: vec![vec![text("A. B.")]], blank_date: true, ..Party::default() };
    let signed = Party { lines: vec![vec![text("C. D.")]], signed: Some("2 May".into()), ..Party::default() };
    let copies = Block::Copies(Labelled { label: "cc".into(), items: vec![vec![text("E")]] });
    let line = "_".repeat(40);
    assert_eq!(
        body(vec![choice, Block::Signatures(vec![party, signed]), copies]),
        format!(
            "May we?\n[x] Yes\n[ ] No\n\nA. B.\nPlace: {line}\nDate: {line}\nSignature: {line}\n\n\
             C. D.\nSigned on 2 May\nSignature: {line}\n\ncc\n- E\n"
        )
    );
}

#[test]
fn sides_follow_one_another() {
    let locales = [crate::locale::Lang::En.into(), crate::locale::Lang::Fr.into()];
    let rows = vec![[vec![para(vec![text("a")])], vec![para(vec![text("b")])]], [Vec::new(), vec![Block::Rule]]];
    let parallel = Block::Parallel(Parallel { locales, rows });
    assert_eq!(body(vec![parallel]), format!("a\n\nb\n\n{}\n", "-".repeat(72)));
}

#[test]
fn a_table_keeps_within_the_width() {
    let cell = |cell: &str| vec![text(cell)];
    let table = Block::Table {
        align: vec![Align::Start, Align::End],
        header: vec![cell("Item"), cell("Amount")],
        rows: vec![vec![cell(&"word ".repeat(30)), cell("1,000")]],
        total: false,
    };
    assert!(body(vec![table]).lines().all(|line| width(line) <= COLUMNS));
}
