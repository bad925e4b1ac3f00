//! The tape against quick-xml, and what is refused.

use proptest::prelude::*;

use super::*;

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

#[test]
fn nodes_point_into_the_source() {
    let source = format!(
        "<?xml version=\"1.0\"?>\n<w:document {WORD}><w:body><w:p w:rsidR='00A'><w:r>\
         <w:t xml:space=\"preserve\">a &amp; b</w:t><w:tab/></w:r></w:p></w:body></w:document>"
    );
    let tape = Tape::parse(source.as_str()).unwrap();
    let body = tape.child(tape.root(), Tag::Body).unwrap();
    let run = tape.at(body, &[Tag::P, Tag::R]).unwrap();
    let kids: Vec<_> = tape.elements(run).map(|id| tape.tag(id)).collect();
    assert_eq!(kids, [Tag::T, Tag::Tab]);
    let text = tape.child(run, Tag::T).unwrap();
    assert_eq!(tape.text(text), "a & b");
    assert_eq!(tape.inner(text), "a &amp; b");
    assert_eq!(tape.open(text), "<w:t xml:space=\"preserve\">");
    assert_eq!(tape.outer(run), "<w:r><w:t xml:space=\"preserve\">a &amp; b</w:t><w:tab/></w:r>");
    assert_eq!(tape.raw_attr(tape.child(body, Tag::P).unwrap(), "w:rsidR"), Some("00A"));
    assert_eq!(tape.name(text), "w:t");
    assert_eq!(tape.after(tape.root()) as usize, tape.len());
    assert_eq!(tape.word_prefix(), "w:");
}

#[test]
fn any_prefix_will_do() {
    for (prefix, colon, bind) in [("x", "x:", ":x"), ("", "", "")] {
        for uri in [
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ] {
            let source = format!(
                "<{colon}p xmlns{bind}=\"{uri}\" xmlns:q=\"{uri}\"><{colon}tab q:val=\"1&#x32;\" w:val=\"no\"/>\
                 </{colon}p>"
            );
            let tape = Tape::parse(source).unwrap();
            assert_eq!(tape.tag(tape.root()), Tag::P, "{prefix}");
            let tab = tape.child(tape.root(), Tag::Tab).unwrap();
            assert_eq!(tape.val(tab).as_deref(), Some("12"));
            assert_eq!(tape.word_prefix(), colon);
        }
    }
    let other = Tape::parse("<w:p xmlns:w='urn:other'><w:r/></w:p>").unwrap();
    assert_eq!(other.tag(other.root()), Tag::Other);
}

#[test]
fn scopes_of_prefixes_end_with_their_element() {
    let source = format!("<a {WORD}><b xmlns:w='urn:x'><w:p/></b><w:p/><c xmlns:w='urn:x'/><w:p/></a>");
    let tape = Tape::parse(source).unwrap();
    let tags: Vec<_> = tape.within(tape.root()).filter(|&id| tape.name(id) == "w:p").map(|id| tape.tag(id)).collect();
    assert_eq!(tags, [Tag::Other, Tag::P, Tag::P]);
}

#[test]
fn faults_are_named() {
    let fault = |source: &str| Tape::parse(source).unwrap_err();
    assert_eq!(fault("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), XmlError::Doctype);
    assert_eq!(fault("<a><b></a></b>"), XmlError::Unbalanced(6));
    assert_eq!(fault("<a><b>"), XmlError::Truncated);
    assert_eq!(fault("<a b=\"c"), XmlError::Truncated);
    assert_eq!(fault("<a b=c/>"), XmlError::Syntax(0));
    assert_eq!(fault("<a b=\"<\"/>"), XmlError::Syntax(0));
    assert_eq!(fault("<a/><b/>"), XmlError::Syntax(4));
    assert_eq!(fault("</a>"), XmlError::Unbalanced(0));
    assert_eq!(fault("<a>]]></b>"), XmlError::Unbalanced(6));
    assert_eq!(fault("  "), XmlError::Empty);
    assert_eq!(fault("<"), XmlError::Truncated);
    assert_eq!(fault(&format!("{}{}", "<a>".repeat(401), "</a>".repeat(401))), XmlError::Deep);
    let prefixes: String = (0..500).map(|n| format!(" xmlns:p{n}='u'")).collect();
    assert_eq!(fault(&format!("<a{prefixes}/>")), XmlError::Large);
    assert!(Tape::parse(format!("{}{}", "<a>".repeat(400), "</a>".repeat(400))).is_ok());
}

#[test]
fn text_is_joined_over_comments_and_sections() {
    let tape = Tape::parse("<a>x&lt;<!-- c --><![CDATA[<&amp;>]]>&#13;\r\n&bogus;&#xD800;</a>").unwrap();
    assert_eq!(tape.text(tape.root()), "x<<&amp;>  &bogus;\u{FFFD}");
}

/// Says the same of both parsers: tags with names, texts.
fn by_quick_xml(source: &str) -> Option<Vec<String>> {
    let mut reader = quick_xml::Reader::from_str(source);
    let mut out = Vec::new();
    let mut depth = 0_usize;
    loop {
        let from = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let raw = &source[from..usize::try_from(reader.buffer_position()).ok()?];
        match event {
            quick_xml::events::Event::Start(tag) => {
                depth += 1;
                out.push(format!("+{}", tag.name().as_ref()));
                for attribute in tag.attributes() {
                    let attribute = attribute.ok()?;
                    out.push(format!("@{}={}", attribute.key.as_ref(), &*attribute.value));
                }
            }
            quick_xml::events::Event::Empty(tag) => {
                out.push(format!("+{}", tag.name().as_ref()));
                for attribute in tag.attributes() {
                    let attribute = attribute.ok()?;
                    out.push(format!("@{}={}", attribute.key.as_ref(), &*attribute.value));
                }
                out.push("-".to_owned());
            }
            quick_xml::events::Event::End(_) => {
                depth -= 1;
                out.push("-".to_owned());
            }
            quick_xml::events::Event::Text(_) | quick_xml::events::Event::GeneralRef(_) if depth == 0 => {}
            quick_xml::events::Event::Text(_) | quick_xml::events::Event::GeneralRef(_) => match out.last_mut() {
                Some(last) if last.starts_with('"') => last.push_str(raw),
                _ => out.push(format!("\"{raw}")),
            },
            quick_xml::events::Event::CData(_) => out.push(format!("[{raw}")),
            quick_xml::events::Event::Eof => return (depth == 0).then_some(out),
            _ => out.push("!".to_owned()),
        }
    }
}

fn by_tape(tape: &Tape) -> Vec<String> {
    let mut out = Vec::new();
    for id in 0..NodeId::try_from(tape.len()).unwrap() {
        match tape.kind(id) {
            kind @ (Kind::Start | Kind::Empty) => {
                out.push(format!("+{}", tape.name(id)));
                out.extend(tape.attrs(id).map(|(name, value)| format!("@{name}={value}")));
                if kind == Kind::Empty {
                    out.push("-".to_owned());
                }
            }
            Kind::End => out.push("-".to_owned()),
            Kind::Text => out.push(format!("\"{}", tape.outer(id))),
            Kind::Cdata => out.push(format!("[{}", tape.outer(id))),
            Kind::Other => out.push("!".to_owned()),
        }
    }
    out
}

/// Well-formed XML with all that the tape knows.
fn xml() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["w:p", "w:r", "a", "x:tab", "m:t", "é"]);
    let value = "[a-z &#;\\\\'é>]{0,6}";
    let leaf = prop_oneof![
        "[a-z é>\n]{1,8}",
        Just("&amp;&#65;".to_owned()),
        Just("<!-- <a> -->".to_owned()),
        Just("<?pi <x?>".to_owned()),
        Just("<![CDATA[ <a> ]] ]]>".to_owned()),
        name.clone().prop_map(|name| format!("<{name} />")),
    ];
    let element = leaf.prop_recursive(6, 40, 5, move |inner| {
        (name.clone(), prop::collection::vec(inner, 0..5), value, prop::sample::select(vec!["", " ", "\n"])).prop_map(
            |(name, kids, value, blank)| {
                let value = value.replace('&', "&amp;");
                format!("<{name} a{blank}={blank}\"{value}\" w:b='1'{blank}>{}</{name}{blank}>", kids.concat())
            },
        )
    });
    prop::collection::vec(element, 0..4).prop_map(|kids| format!("<root {WORD}>{}</root>\n", kids.concat()))
}

proptest! {
    #[test]
    fn agrees_with_another_parser(source in xml()) {
        let tape = Tape::parse(source.as_str()).unwrap();
        prop_assert_eq!(Some(by_tape(&tape)), by_quick_xml(&source));
        prop_assert_eq!(tape.outer(tape.root()), source.trim_end());
    }

    #[test]
    fn accepts_nothing_that_another_parser_refuses(source in xml(), at in any::<prop::sample::Index>(), cut in 1_usize..4,
        put in "[<>/=\"'a &!?\\[\\]-]{0,3}") {
        let mut chars: Vec<char> = source.chars().collect();
        let at = at.index(chars.len());
        let end = (at + cut).min(chars.len());
        chars.splice(at..end, put.chars());
        let mutated: String = chars.into_iter().collect();
        if let Ok(tape) = Tape::parse(mutated.as_str()) {
            for id in 0..NodeId::try_from(tape.len()).unwrap() + 2 {
                // Any accessor, on any node.
                let _ = (tape.name(id), tape.attrs(id).count(), tape.outer(id), tape.inner(id), tape.text(id));
                prop_assert!(tape.children(id).all(|child| child > id));
            }
            if let Some(other) = by_quick_xml(&mutated) {
                prop_assert_eq!(by_tape(&tape), other);
            }
        }
    }

    #[test]
    fn never_panics(source in "\\PC{0,200}") {
        let _ = Tape::parse(source);
    }
}
