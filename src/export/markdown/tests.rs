//! Tests of the Markdown writer. That it reads back is tested in `tests/suite/markdown_properties.rs`.

use super::*;
use crate::document::{Frame, Labelled, Meta, Numbering, Paper, Status};

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn para(content: Vec<Inline>) -> Block {
    Block::Para { content, role: Role::Body }
}

fn document(blocks: Vec<Block>) -> Document {
    let meta = Meta {
        kind: "terms-of-reference".into(),
        frame: Frame::Terms,
        locale: Lang::En.into(),
        title: "Terms: a draft".into(),
        subtitle: None,
        reference: Some("A-1".into()),
        date: Some("1 March 2026".into()),
        date_iso: Some("2026-03-01".into()),
        author: String::new(),
        keywords: vec!["yes".into()],
        confidentiality: None,
        status: Status::Draft,
        contents: true,
        numbering: Numbering::Clauses,
        paper: Paper::A4,
        letter: None,
        words: Vec::new(),
        parallel_words: None,
        blanks: Vec::new(),
    };
    Document { meta, blocks }
}

/// Returns what stands below the front matter.
fn body(blocks: Vec<Block>) -> String {
    let text = write(&document(blocks));
    text.rsplit_once("\n---\n\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

#[test]
fn the_front_matter_holds_what_is_known() {
    assert_eq!(
        write(&document(Vec::new())),
        "---\ntitle: \"Terms: a draft\"\nkind: terms-of-reference\nframe: terms\nlanguage: en\nstatus: draft\n\
         reference: A-1\ndate: 2026-03-01\ndate_text: 1 March 2026\nkeywords:\n  - \"yes\"\nnumbering: clauses\n\
         numbers: written\ncontents: yes\npaper: a4\n---\n"
    );
}

#[test]
fn numbers_stand_in_the_text() {
    let heading = |number: Option<&str>, title: &str| Block::Heading {
        level: 1,
        number: number.map(str::to_owned),
        id: number.map(|_| "scope".into()),
        content: vec![text(title)],
    };
    let clause = |number: &str, level, id: Option<&str>, blocks| Block::Clause {
        number: number.into(),
        level,
        id: id.map(str::to_owned),
        blocks,
    };
    let sub = clause("(a)", 2, None, vec![para(vec![text("sub")])]);
    let item = vec![para(vec![text("item")])];
    assert_eq!(
        body(vec![
            heading(Some("3"), "Scope"),
            clause("3.1", 1, Some("x"), vec![para(vec![text("Text")]), sub]),
            clause("3.2", 1, None, Vec::new()),
            Block::List { start: None, tight: true, items: vec![item.clone(), item] },
            heading(None, "2026. A year"),
        ]),
        "## 3. Scope { #scope }\n\n- **3.1** Text { #x }\n  - **(a)** sub\n\n- **3.2**\n\n* item\n* item\n\n\
         ## <!-- -->2026. A year\n"
    );
}

#[test]
fn text_is_never_markup() {
    let shown = |content: &str| body(vec![para(vec![text(content)])]);
    assert_eq!(shown("a_b *c* [d](e) <f> `g`"), "a_b \\*c\\* \\[d\\](e) \\<f> \\`g\\`\n");
    assert_eq!(shown("1. x"), "1\\. x\n");
    assert_eq!(shown("- x # y"), "\\- x # y\n");
    assert_eq!(shown(" x\u{a0}y "), "&#32;x\u{a0}y&#32;\n");
    assert_eq!(shown("AT&T &amp; {x}"), "AT\\&T \\&amp; {x&#125;\n");
}

#[test]
fn what_markdown_lacks_has_its_sign() {
    let shown = |content: Vec<Inline>| body(vec![para(content)]);
    assert_eq!(
        shown(vec![
            Inline::Strong(vec![text("\u{201c}a\u{201d}")]),
            text("b "),
            Inline::Blank("request.date".into()),
            Inline::Ref { id: "x".into(), text: "clause 3.1".into() },
            Inline::Lang { lang: Lang::Ar, content: vec![text("نعم")] },
            Inline::Note(vec![text("why")]),
        ]),
        "**\u{201c}a\u{201d}**<!-- -->b [[request.date]]<!-- -->[clause 3.1](#x)<span lang=\"ar\" dir=\"rtl\">نعم</span>[^1]\n\n\
         [^1]: why\n"
    );
    let copies = Labelled { label: "cc:".into(), items: vec![vec![text("# A: b")]] };
    assert_eq!(
        body(vec![Block::Copies(copies), Block::Code("``` x".into())]),
        "```copies\nlabel: \"cc:\"\nitems:\n  - \"\\\\# A: b\"\n```\n\n````\n``` x\n````\n"
    );
}
