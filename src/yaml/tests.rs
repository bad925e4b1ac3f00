//! Tests of the YAML reader.

use super::*;

fn tree(text: &str) -> Tree {
    parse(&Source::new("case.yaml", text))
}

#[test]
fn scalars_keep_their_text_and_place() {
    let tree = tree("a: 012\nb: no\nc: \"x: y\"   # remark\nd:\n");
    assert_eq!(tree.faults, []);
    let node = tree.root.get("a").expect("a");
    assert_eq!(node.kind, NodeKind::Scalar { text: "012".into(), plain: true });
    assert_eq!(&tree.source.text()[node.bytes.clone()], "012");
    let node = tree.root.get("c").expect("c");
    assert_eq!(&tree.source.text()[node.bytes.clone()], "\"x: y\"");
    assert_eq!(tree.root.get("d").expect("d").kind, NodeKind::Null);
}

#[test]
fn reading_goes_on_after_a_syntax_error() {
    let tree = tree("a: 1\nb: [1, 2\nc: {x: 1\nd: 4\nd: 5\n");
    assert!(tree.partial);
    let codes: Vec<_> = tree.faults.iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&Code::YamlSyntax) && codes.contains(&Code::DuplicateKey), "{:#?}", tree.faults);
    assert!(tree.root.get("a").is_some() && tree.root.get("d").is_some());
}

#[test]
fn a_path_finds_a_node_or_its_nearest_ancestor() {
    let tree = tree("a:\n  b:\n    - c: 1\n    - c: 2\n");
    let (node, _) = tree.root.locate("a.b[1].c");
    assert_eq!(node.kind, NodeKind::Scalar { text: "2".into(), plain: true });
    let (_, bytes) = tree.root.locate("a.b[1].nothing");
    assert_eq!(tree.source.place(bytes.start).line, 4);
}

#[test]
fn an_alias_bomb_ends_in_one_error() {
    let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for n in 1..12 {
        let refs = vec![format!("*a{}", n - 1); 9].join(",");
        text.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
    }
    let tree = tree(&text);
    assert_eq!(tree.faults.len(), 1);
    assert!(tree.faults[0].message.contains("values"), "{}", tree.faults[0].message);
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let tree = tree(&"[".repeat(1_000_000));
    assert!(tree.faults.len() == 1 && tree.partial);
    let tree = self::tree(&format!("a: {}", "{b: ".repeat(100)));
    assert!(tree.partial);
}

#[test]
fn hostile_characters_are_named() {
    for (text, code) in [
        ("a: \u{202E}x", Code::ForbiddenCharacter),
        ("a: \0", Code::ForbiddenCharacter),
        ("a: \u{200B}x", Code::InvisibleCharacter),
        (r#"a: "\u202Ex""#, Code::ForbiddenCharacter),
        (r#""\0": x"#, Code::ForbiddenCharacter),
        (r#"a: "\U000F1000x""#, Code::ForbiddenCharacter),
        (r#"a: "\u200Bx""#, Code::InvisibleCharacter),
    ] {
        let tree = tree(text);
        assert_eq!(tree.faults.len(), 1, "{text:?}");
        assert_eq!(tree.faults[0].code, code);
    }
    assert_eq!(super::text("x", b"a: \xFF").expect_err("bad").code, Code::NotUtf8);
    assert_eq!(super::text("x", &vec![b' '; MAX_BYTES + 1]).expect_err("big").code, Code::InputTooLarge);
}
