//! Tests of reading any Markdown file.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::document::{Align, Role};

fn read_text(text: &str) -> Warned<Document> {
    let given = Given {
        title: "notes".into(),
        kind: "text".into(),
        locale: Lang::En.into(),
        status: Status::Final,
        paper: Paper::A4,
        confidentiality: None,
        words: &|lang| vec![("ref-section".into(), format!("section {{n}} ({lang})"))],
        long_date: |date, _| (date == "2026-03-01").then(|| "1 March 2026".into()),
    };
    read(&Source::new("notes.md", text), &given)
}

/// Reads text in which there is nothing to tell.
#[track_caller]
fn blocks(text: &str) -> Vec<Block> {
    let read = read_text(text);
    assert_eq!(read.faults, []);
    read.output.blocks
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn para(content: Vec<Inline>) -> Block {
    Block::Para { content, role: Role::Body }
}

fn levels(document: &Document) -> Vec<u8> {
    let level = |block: &Block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    };
    document.blocks.iter().filter_map(level).collect()
}

#[test]
fn the_title_is_found() {
    let read = read_text("# The *plan*\n\n## One\n\n### Two\n");
    assert_eq!((read.output.meta.title.as_str(), levels(&read.output)), ("The plan", vec![1, 2]));
    let read = read_text("---\ntitle: Other\n---\n# One\n\n## Two\n");
    assert_eq!((read.output.meta.title.as_str(), levels(&read.output)), ("Other", vec![1, 2]));
    let read = read_text("### One\n\n#### Two\n");
    assert_eq!((read.output.meta.title.as_str(), levels(&read.output)), ("notes", vec![1, 2]));
    let read = read_text("# Title\n\n# One\n\n## Two\n");
    assert_eq!(levels(&read.output), [1, 2]);
    assert_eq!(read_text("").output.meta.title, "notes");
}

#[test]
fn every_field_of_the_front_matter_is_optional() {
    let read = read_text(
        "---\r\nlang: fr-GN\r\ndate: 2026-03-01\r\nkeywords: a, b\r\nauthor: [X, Y]\r\nlayout: post\r\n---\r\nText\r\n",
    );
    let meta = &read.output.meta;
    assert_eq!(meta.locale.to_string(), "fr-GN");
    assert_eq!((meta.date.as_deref(), meta.date_iso.as_deref()), (Some("1 March 2026"), Some("2026-03-01")));
    assert_eq!((meta.keywords.as_slice(), meta.author.as_str()), (&["a".to_owned(), "b".into()][..], "X, Y"));
    let faults: Vec<_> = read.faults.iter().map(|fault| (fault.message.as_str(), fault.is_error())).collect();
    assert_eq!(faults, [("the field `layout` of the front matter is left out", false)]);
    assert_eq!(read.faults[0].span.as_ref().map(|span| span.start().line), Some(6));
    assert_eq!(read_text("---\ndate: in spring\n---\n").output.meta.date.as_deref(), Some("in spring"));
}

#[test]
fn a_rule_at_the_start_is_no_front_matter() {
    assert_eq!(blocks("---\n\nText\n\n---\n\nMore\n").len(), 4);
}

#[test]
fn commonmark_is_read() {
    assert_eq!(
        blocks("A *b* **c** `d` [e](https://f.org) <g@h.org>\\\n~~i~~ &amp; j\nk"),
        [para(vec![
            text("A "),
            Inline::Emph(vec![text("b")]),
            text(" "),
            Inline::Strong(vec![text("c")]),
            text(" "),
            Inline::Code("d".into()),
            text(" "),
            Inline::Link { url: "https://f.org".into(), content: vec![text("e")] },
            text(" "),
            Inline::Link { url: "mailto:g@h.org".into(), content: vec![text("g@h.org")] },
            Inline::Break,
            text("i & j k"),
        ])]
    );
    assert_eq!(
        blocks("    code\n    more\n\n```rust\nfn x() {}\n```\n"),
        [Block::Code("code\nmore".into()), Block::Code("fn x() {}".into())]
    );
    assert!(matches!(&blocks("> [!NOTE]\n> Mind.\n")[..], [Block::Note(_)]));
    assert!(matches!(&blocks("| a | b |\n|--|--:|\n| c | d |\n")[..],
        [Block::Table { align, rows, .. }] if align[1] == Align::End && rows.len() == 1));
    let note = Inline::Note(vec![text("why")]);
    assert_eq!(blocks("A[^n] b[^n]\n\n[^n]: why\n"), [para(vec![text("A"), note.clone(), text(" b"), note])]);
    let Block::List { start: None, items, .. } = &blocks("- [x] done\n- [ ] open\n")[0] else { panic!() };
    assert_eq!(items[0], [para(vec![text("[x] done")])]);
    let lang = Inline::Lang { lang: Lang::Es, content: vec![text("sí")] };
    assert_eq!(blocks("a <span lang=\"es\">sí</span><!-- x -->"), [para(vec![text("a "), lang])]);
}

#[test]
fn what_is_left_out_is_told_with_its_place() {
    let read = read_text("# T\n\nSee ![the map](map.png) <u>x</u>\n\n<script>alert(1)</script>\n");
    assert_eq!(read.output.blocks, [para(vec![text("See the map x")])]);
    let told: Vec<_> = read
        .faults
        .iter()
        .map(|fault| {
            assert!(!fault.is_error());
            (fault.span.as_ref().map_or(0, |span| span.start().line), fault.message.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            (3, "the picture `map.png` is left out, its text stays"),
            (3, "HTML is left out: `<u>`"),
            (3, "HTML is left out: `</u>`"),
            (5, "HTML is left out: `<script>alert(1)</script>`"),
        ]
    );
}

#[test]
fn links_find_headings() {
    let read = read_text(
        "---\ntitle: T\nnumbering: sections\n---\n# The Scope, again!\n\n# Été {#own}\n\n# The scope again\n\n\
         [a](#the-scope-again) [](#own) [b](#The-Scope-Again-1) [c](#gone) [](#gone)\n",
    );
    let refers = |id: &str, text: &str| Inline::Ref { id: id.into(), text: text.into() };
    assert_eq!(
        read.output.blocks[3],
        para(vec![
            refers("the-scope-again", "a"),
            text(" "),
            refers("own", "section 2 (en)"),
            text(" "),
            refers("the-scope-again-1", "b"),
            text(" c "),
        ])
    );
    let faults: Vec<_> = read.faults.iter().map(|fault| (fault.message.as_str(), fault.is_error())).collect();
    assert_eq!(faults, [("the link `#gone` leads nowhere and becomes plain text", false)]);
    assert_eq!(decoded("%C3%A9t%C3%A9%"), "été%");
}

#[test]
fn clauses_are_numbered_when_asked_for() {
    let read = read_text("---\ntitle: T\nnumbering: clauses\n---\n# One\n\n1. A\n2. B {#b}\n   1. C\n\nSee [](#b).\n");
    assert_eq!(read.faults, []);
    let Block::Clause { number, id, blocks, .. } = &read.output.blocks[2] else { panic!("{:?}", read.output.blocks) };
    assert_eq!((number.as_str(), id.as_deref(), blocks.len()), ("1.2", Some("b"), 2));
}

#[test]
fn nothing_takes_long() {
    let begun = Instant::now();
    let chain: String = (0..5000).map(|at| format!("[^{at}]: x [^{}] [^{}]\n\n", at + 1, at + 1)).collect();
    for text in [
        "> ".repeat(20_000) + "x",
        "- ".repeat(5_000) + "x",
        "*a **b ".repeat(10_000) + &"** *".repeat(10_000),
        "<span lang=\"fr\">".repeat(20_000),
        "<div lang=\"fr\">\n\n".repeat(5_000),
        "<div class=\"parallel fr en\">\n\n<div lang=\"fr\">\n\n".repeat(2_000),
        "[^0]\n\n".to_owned() + &chain,
        "[^1]\n\n[^1]: a [^1]\n".to_owned(),
        "x[^a] ".repeat(20_000) + "\n\n[^a]: " + &"y".repeat(10_000),
        "[a](#b) ".repeat(10_000),
        "# a\n".repeat(20_000),
        (3..60).map(|at| "`".repeat(80 - at) + "note\n").collect(),
        "![".repeat(10_000),
    ] {
        read_text(&text);
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "(\\PC|[-*_`~<>#\\[\\](){}|:!&^\\\\ \n\t\r]|\n(- |1\\. |> |    |```note\n|\\[\\^a\\]: |</?div( lang=\"fr\")?>\n|---\n|title: )){0,80}") {
        prop_assert!(read_text(&text).faults.len() <= 400);
    }
}
