//! Tests of the Markdown reader.

use super::*;

fn read(text: &str) -> (Vec<Block>, Vec<Diagnostic>) {
    let source = Source::new("x.md", text);
    let mut reading = Reading::new(&source);
    let blocks = blocks(&mut reading, 0..text.len());
    (blocks, reading.faults)
}

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

#[test]
fn roles_references_and_breaks_are_taken() {
    let (blocks, faults) = read("{.salutation}\nDear *Minister*,\n\nSee [](#scope).\\\nEnd.\n");
    assert_eq!(faults, []);
    assert_eq!(
        blocks,
        [
            Block::Para {
                content: vec![text("Dear "), Inline::Emph(vec![text("Minister")]), text(",")],
                role: Role::Salutation
            },
            Block::Para {
                content: vec![
                    text("See "),
                    Inline::Ref { id: "scope".into(), text: String::new() },
                    text("."),
                    Inline::Break,
                    text("End.")
                ],
                role: Role::Body
            },
        ]
    );
}

#[test]
fn data_never_becomes_markup() {
    let data = quarantine::carry("**no** | # x\n- [a](b) <b>");
    let (blocks, _) = read(&format!("| a | b |\n|---|---|\n| {data} | 2 |\n\n{data}\n"));
    let Block::Table { rows, .. } = &blocks[0] else { panic!("{blocks:?}") };
    assert_eq!(rows[0][0], [text("**no** | # x - [a](b) <b>")]);
    assert_eq!(blocks[1], Block::Para { content: vec![text("**no** | # x - [a](b) <b>")], role: Role::Body });
}

#[test]
fn data_sets_no_role_and_no_target() {
    let data = quarantine::carry("{.closing} x { #scope }");
    let (blocks, _) = read(&format!("{data}\n\n1. {data}\n"));
    assert_eq!(blocks[0], Block::Para { content: vec![text("{.closing} x { #scope }")], role: Role::Body });
    assert!(!format!("{blocks:?}").contains("Anchor"), "{blocks:?}");
}

#[test]
fn tight_and_nested_lists_keep_their_shape() {
    let (blocks, _) = read("1. one\n2. two\n   1. inner\n");
    let Block::List { start: Some(1), tight: true, items } = &blocks[0] else { panic!("{blocks:?}") };
    assert_eq!(items.len(), 2);
    assert!(matches!(items[1][..], [Block::Para { .. }, Block::List { .. }]));
}

#[test]
fn deep_nesting_becomes_plain_text() {
    for deep in ["> ".repeat(20_000) + "x", "*a **b ".repeat(20_000) + &"** *".repeat(20_000), "- ".repeat(5_000) + "x"]
    {
        let (blocks, _) = read(&deep);
        assert!(!blocks.is_empty());
    }
}

#[test]
fn html_is_left_out_aloud() {
    let (blocks, faults) = read("<script>alert(1)</script>\n\n<!-- a remark -->\n\ntext\n");
    assert_eq!(blocks.len(), 1);
    assert_eq!(faults.len(), 1);
}
