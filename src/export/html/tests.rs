//! Pages are read back by a strict reader, which knows only the elements and attributes that the writer means to
//! write: whatever slipped in from a document's text would be a stranger.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::escape::{Stretch, address, css_string, stretches};
use super::{POLICY, STYLE, write};
use crate::document::{
    Align, Block, ChoiceOption, Document, Frame, Inline, Labelled, Letter, LetterStyle, Letterhead, Meta, Numbering,
    Paper, Parallel, Party, Rating, RatingItem, Role, Status,
};
use crate::locale::Lang;

const ELEMENTS: &str = " html head meta title style body div header main footer nav section h1 h2 h3 h4 h5 h6 p br hr \
    span strong em a sup bdi wbr mark code pre ul ol li dl dt dd table thead tbody tr th td blockquote fieldset legend \
    label input textarea address ";
const VOID: &str = " meta br hr wbr input ";
const ATTRIBUTES: &str = " lang dir charset http-equiv content name class id href role aria-label aria-labelledby \
    aria-hidden tabindex scope start type value checked for rows style autocomplete ";

struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    /// The text inside, with that of the elements inside.
    text: String,
}

impl Element {
    fn get(&self, key: &str) -> &str {
        self.attributes.get(key).map(String::as_str).unwrap_or_default()
    }
}

fn unescape(text: &str) -> String {
    let mut out = text.to_owned();
    for (code, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(code, sign);
    }
    out
}

fn attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while let Some(tail) = rest.strip_prefix(' ') {
        let end = tail.find(['=', ' ']).unwrap_or(tail.len());
        let key = &tail[..end];
        assert!(ATTRIBUTES.contains(&format!(" {key} ")), "attribute `{key}`");
        let value = if let Some(tail) = tail[end..].strip_prefix("=\"") {
            let close = tail.find('"').expect("a value ends");
            rest = &tail[close + 1..];
            unescape(&tail[..close])
        } else {
            rest = &tail[end..];
            String::new()
        };
        assert!(found.insert(key.to_owned(), value).is_none(), "`{key}` twice");
    }
    assert_eq!(rest, "", "attributes end with the tag");
    found
}

/// Reads a page, and holds it to what every page must be.
fn read(page: &str) -> Vec<Element> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").expect("the declaration comes first");
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while let Some(at) = rest.find('<') {
        let raw = open.last().is_some_and(|&at| elements[at].name == "style");
        let text = unescape(&rest[..at]);
        assert!(raw || !rest[..at].contains('>'), "a sign that is not escaped: {}", &rest[..at]);
        open.iter().for_each(|&at| elements[at].text.push_str(&text));
        // A value in quotes may not hold the sign either, so that the next one ends the tag.
        let end = rest[at..].find('>').expect("a tag ends") + at;
        let tag = &rest[at + 1..end];
        assert!(!tag.contains('<'), "a tag within a tag: {tag}");
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().expect("what is closed was open");
            assert_eq!(elements[last].name, name, "elements are closed in order");
            continue;
        }
        let name = &tag[..tag.find(' ').unwrap_or(tag.len())];
        assert!(ELEMENTS.contains(&format!(" {name} ")), "element `{name}`");
        elements.push(Element { name: name.into(), attributes: attributes(&tag[name.len()..]), text: String::new() });
        if !VOID.contains(&format!(" {name} ")) {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "everything is closed");
    hold(&elements);
    elements
}

fn hold(elements: &[Element]) {
    let ids: Vec<&str> = elements.iter().filter_map(|e| e.attributes.get("id")).map(String::as_str).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "identifiers are single: {ids:?}");
    let mut level = 0;
    for element in elements {
        for key in ["for", "aria-labelledby"] {
            assert!(element.get(key).is_empty() || known.contains(element.get(key)), "{key} {}", element.get(key));
        }
        let href = element.get("href");
        match href.strip_prefix('#') {
            Some(id) => assert!(known.contains(id), "a link to #{id}"),
            None => assert!(href.is_empty() || address(href).is_some(), "a link to {href}"),
        }
        if let Some(own) = element.name.strip_prefix('h').and_then(|own| own.parse::<u8>().ok()) {
            assert!(own <= level + 1, "h{own} after h{level}");
            level = own;
        }
        assert!(element.name != "style" || !element.text.contains("url("), "a style loads nothing");
    }
    assert_eq!(elements.iter().filter(|e| e.name == "h1").count(), 1, "one title");
    assert!(elements.iter().any(|e| e.get("content") == POLICY), "the policy is in the head");
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn para(content: Vec<Inline>) -> Block {
    Block::Para { content, role: Role::Body }
}

fn clause(number: &str, level: u8, id: &str, blocks: Vec<Block>) -> Block {
    Block::Clause { number: number.into(), level, id: Some(id.into()), blocks }
}

fn heading(level: u8, number: Option<&str>, id: Option<&str>, content: &str) -> Block {
    Block::Heading { level, number: number.map(Into::into), id: id.map(Into::into), content: text(content) }
}

fn document(lang: Lang, frame: Frame, blocks: Vec<Block>) -> Document {
    let words = [
        ("page_of", "Page {page} of {pages}"),
        ("colon", ":"),
        ("blank", "to be completed"),
        ("draft", "DRAFT"),
        ("contents", "Contents"),
        ("reference", "Reference"),
        ("place", "Place"),
        ("date", "Date"),
        ("signature", "Signature"),
        ("signed_on", "Signed on {date}"),
        ("comment", "Comment"),
        ("answer_space", "space for the answer"),
    ];
    let meta = Meta {
        kind: "code-of-conduct".into(),
        frame,
        locale: lang.into(),
        title: "Title".into(),
        subtitle: None,
        reference: Some("ACAF/2026/GIN-001".into()),
        date: None,
        date_iso: Some("2026-01-12".into()),
        author: "Unit".into(),
        keywords: vec!["GIN-001".into()],
        confidentiality: None,
        status: Status::Draft,
        contents: true,
        numbering: Numbering::None,
        paper: Paper::A4,
        letter: None,
        words: words.iter().map(|(key, word)| ((*key).into(), (*word).into())).collect(),
        parallel_words: None,
        blanks: Vec::new(),
    };
    Document { meta, blocks }
}

fn body(blocks: Vec<Block>) -> String {
    let page = write(&document(Lang::En, Frame::Agreement, blocks));
    read(&page);
    let (_, main) = page.split_once("<main>\n").expect("there is a main part");
    main.split_once("</main>").expect("it ends").0.to_owned()
}

#[test]
fn clauses_have_their_numbers_as_text_and_references_lead_to_them() {
    let link = vec![Inline::Ref { id: "scope".into(), text: "article 3.1".into() }];
    let inner = vec![para(text("Scope")), clause("(a)", 2, "x", vec![para(link)])];
    assert_eq!(
        body(vec![heading(1, Some("3"), Some("scope"), "Duties"), clause("3.1", 1, "scope", inner)]),
        "<h2 id=\"scope\" class=\"numbered\"><span class=\"n\">3</span> Duties</h2>\n\
         <div class=\"clause level-1\">\n<p><span class=\"n\">3.1</span> Scope</p>\n\
         <div class=\"clause level-2\" id=\"x\">\n\
         <p><span class=\"n\">(a)</span> <a href=\"#scope\">article 3.1</a></p>\n</div>\n</div>\n"
    );
}

#[test]
fn headings_skip_no_level_and_long_papers_have_contents() {
    let count = |levels: &[u8]| {
        let page = body(levels.iter().map(|&level| heading(level, None, None, "H")).collect());
        ["</h2>", "</h3>", "</h4>"].map(|end| page.matches(end).count())
    };
    assert_eq!((count(&[2, 4, 3, 2]), count(&[1, 2, 3])), ([2, 2, 0], [1, 1, 1]));
    let headings: Vec<Block> = (0..8).map(|_| heading(1, Some("1"), None, "H")).collect();
    let page = body(headings);
    assert!(page.contains("<a href=\"#heading-8\"><span class=\"n\">1</span> H</a>"), "{page}");
}

#[test]
fn only_addresses_that_cannot_run_are_links() {
    for url in ["https://a.example/?q=1", "HTTP://a.example", "mailto:a@b.example", "tel:+4940123"] {
        assert_eq!(address(url), Some(url));
    }
    for url in [
        "javascript:alert(1)",
        " https://a.example",
        "java\tscript:x",
        "data:text/html,x",
        "//a.example",
        "a",
        "https:",
        "vbscript:x",
        "https:\n//x",
    ] {
        assert_eq!(address(url), None, "{url}");
    }
    let link = |url: &str| vec![para(vec![Inline::Link { url: url.into(), content: text("x") }])];
    assert_eq!(body(link("javascript:x")), "<p>x</p>\n");
    assert_eq!(body(link("#nowhere")), "<p>x</p>\n");
    assert_eq!(
        body(link("https://a.example/\"><b>")),
        "<p><a href=\"https://a.example/&quot;&gt;&lt;b&gt;\">x</a></p>\n"
    );
}

#[test]
fn words_in_styles_are_strings_whatever_they_hold() {
    assert_eq!(css_string("p. 1\"\\</style>"), "\"p\\2e  1\\22 \\5c \\3c \\2f style\\3e \"");
    assert_eq!(css_string("a\nb"), "\"a b\"");
}

#[test]
fn references_and_numbers_are_read_as_one() {
    let wholes = |text| {
        let parts = stretches(text).into_iter();
        parts.filter_map(|part| if let Stretch::Whole(part) = part { Some(part) } else { None }).collect::<Vec<_>>()
    };
    assert_eq!(
        wholes("See ACAF/2026/GIN-001, or call +49 40 669 100 (a@b.example.) – well-known 12 and/or."),
        ["ACAF/2026/GIN-001", "+49 40 669 100", "a@b.example"]
    );
    let again: String = stretches("x  (A-1), ")
        .into_iter()
        .map(|part| match part {
            Stretch::Plain(part) | Stretch::Whole(part) => part,
        })
        .collect();
    assert_eq!(again, "x  (A-1), ");
}

#[test]
fn languages_turn_their_text_and_keep_its_parts_in_order() {
    let turned = vec![Inline::Lang { lang: Lang::Ar, content: text("رقم A/1-2") }, Inline::Text(" end".into())];
    assert_eq!(
        body(vec![para(turned)]),
        "<p><span lang=\"ar\" dir=\"rtl\">رقم <bdi dir=\"ltr\" class=\"kept\">A/1-2</bdi></span> end</p>\n"
    );
    assert_eq!(
        body(vec![para(text("\u{2066}S.A. A/1-2\u{2069} x\u{2066}"))]),
        "<p><bdi dir=\"ltr\">S.A. <span class=\"kept\">A/1-2</span></bdi> x</p>\n"
    );
    let page = write(&document(Lang::Ar, Frame::Terms, vec![para(vec![Inline::Blank("a.b".into())])]));
    read(&page);
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains("<dd><bdi dir=\"ltr\">ACAF/2026/GIN-001</bdi></dd>"));
    assert!(page.contains("<mark class=\"blank\">to be completed <bdi dir=\"ltr\">a.<wbr>b</bdi></mark>"));
    assert!(page.contains("@bottom-left { font") && page.contains("counter(page) \" of \" counter(pages)"));
}

#[test]
fn footnotes_lead_there_and_back() {
    let note = vec![Inline::Text("A".into()), Inline::Note(text("Why"))];
    let page = body(vec![para(note)]);
    assert!(page.contains("A<sup><a id=\"noteref-1\" role=\"doc-noteref\" href=\"#note-1\">1</a></sup>"), "{page}");
    assert!(page.contains("<a class=\"n\" role=\"doc-backlink\" href=\"#noteref-1\">1</a> Why</p>"), "{page}");
}

#[test]
fn answers_are_filled_in_and_named_after_their_questions() {
    let option = |id: &str, checked| ChoiceOption { id: id.into(), label: text(id), checked };
    let item = RatingItem {
        id: "relevance".into(),
        number: Some("A1".into()),
        label: text("Relevance"),
        question: Vec::new(),
        comment: true,
        value: Some("2".into()),
    };
    let legend = [("1", "bad"), ("2", "good")].map(|(value, meaning)| (value.to_owned(), meaning.to_owned()));
    let value = vec![Inline::Text("one".into()), Inline::Break, Inline::Text("two".into())];
    let blocks = vec![
        Block::Rating(Rating { legend: legend.to_vec(), na: Some("n/a".into()), items: vec![item] }),
        Block::Choice { id: "c".into(), question: text("Q"), multiple: true, options: vec![option("x", true)] },
        Block::Answer { id: "a".into(), label: text("L"), lines: 4, value: Some(value) },
        para(text("How likely?")),
        Block::Scale { id: "s".into(), from: 0, to: 2, low: text("no"), high: text("yes"), value: Some(2) },
    ];
    let page = write(&document(Lang::En, Frame::Form, blocks));
    let elements = read(&page);
    let checked: Vec<_> = elements.iter().filter(|e| e.attributes.contains_key("checked")).collect();
    let checked: Vec<_> =
        checked.iter().map(|e| [e.get("type"), e.get("name"), e.get("value"), e.get("aria-label")]).collect();
    assert_eq!(
        checked,
        [["radio", "relevance", "2", "2, good"], ["checkbox", "c", "x", ""], ["radio", "s", "2", "2, yes"]]
    );
    let field = elements.iter().find(|e| e.name == "textarea" && e.get("name") == "a").expect("a field");
    assert_eq!((field.text.as_str(), field.get("rows")), ("\none\ntwo", "4"));
    assert!(elements.iter().any(|e| e.name == "fieldset" && e.get("aria-label") == "How likely?"));
    assert!(elements.iter().any(|e| e.name == "textarea" && e.get("name") == "relevance-comment"));
}

/// A document with every kind of block and inline, whose texts are all of those given, in turn.
fn everything(texts: &[String], frame: Frame, lang: Lang) -> Document {
    let mut at = 0;
    let mut next = || {
        at += 1;
        texts[at % texts.len()].clone()
    };
    let inlines = |next: &mut dyn FnMut() -> String| {
        vec![
            Inline::Text(next()),
            Inline::Strong(text(&next())),
            Inline::Emph(text(&next())),
            Inline::Link { url: next(), content: text(&next()) },
            Inline::Link { url: format!("https://a.example/{}", next()), content: text(&next()) },
            Inline::Ref { id: next(), text: next() },
            Inline::Anchor(next()),
            Inline::Break,
            Inline::Blank(next()),
            Inline::Lang { lang: Lang::Ar, content: vec![Inline::Text(next()), Inline::Note(text(&next()))] },
            Inline::Code(next()),
        ]
    };
    let labelled =
        |next: &mut dyn FnMut() -> String| Labelled { label: next(), items: vec![inlines(next), text(&next())] };
    let party = |next: &mut dyn FnMut() -> String, blank_date: bool| Party {
        intro: inlines(next),
        lines: vec![inlines(next), text(&next())],
        signed: blank_date.then(&mut *next),
        place: Some(next()),
        date: Some(next()),
        blank_date,
    };
    let item = RatingItem {
        id: next(),
        number: Some(next()),
        label: inlines(&mut next),
        question: inlines(&mut next),
        comment: true,
        value: Some(next()),
    };
    let option = ChoiceOption { id: next(), label: inlines(&mut next), checked: true };
    let head = |next: &mut dyn FnMut() -> String| Block::Heading {
        level: 3,
        number: Some(next()),
        id: Some(next()),
        content: inlines(next),
    };
    let blocks = vec![
        heading(1, None, Some(&next()), &next()),
        head(&mut next),
        clause(&next(), 1, &next(), vec![para(inlines(&mut next)), clause(&next(), 2, &next(), Vec::new())]),
        Block::Para { content: inlines(&mut next), role: Role::Closing },
        Block::List {
            start: Some(3),
            tight: true,
            items: vec![vec![para(text(&next())), head(&mut next)], Vec::new()],
        },
        Block::Table {
            align: vec![Align::Start, Align::End],
            header: vec![text(&next()), inlines(&mut next)],
            rows: vec![vec![inlines(&mut next), text(&next())], vec![Vec::new(), inlines(&mut next)]],
            total: true,
        },
        Block::Quote(vec![para(inlines(&mut next))]),
        Block::Note(vec![para(inlines(&mut next)), head(&mut next)]),
        Block::Fields(vec![(inlines(&mut next), inlines(&mut next)), (text(&next()), Vec::new())]),
        Block::Enclosures(labelled(&mut next)),
        Block::Copies(labelled(&mut next)),
        Block::Rating(Rating { legend: vec![(next(), next())], na: Some(next()), items: vec![item.clone(), item] }),
        Block::Scale { id: next(), from: -1, to: 1, low: inlines(&mut next), high: text(&next()), value: Some(0) },
        Block::Choice { id: next(), question: inlines(&mut next), multiple: false, options: vec![option] },
        Block::Answer { id: next(), label: inlines(&mut next), lines: 1, value: Some(text(&next())) },
        Block::Answer { id: next(), label: inlines(&mut next), lines: 9, value: Some(inlines(&mut next)) },
        Block::Code(next()),
        Block::PageBreak,
        Block::Rule,
        Block::Signatures(vec![party(&mut next, true), party(&mut next, false)]),
        Block::Signatures(vec![party(&mut next, false)]),
    ];
    let blocks = if frame == Frame::Parallel {
        let rows = blocks.into_iter().map(|block| [vec![block.clone()], vec![block]]).collect();
        vec![Block::Parallel(Parallel { locales: [lang.into(), Lang::Ar.into()], rows })]
    } else {
        blocks
    };
    let mut document = document(lang, frame, blocks);
    let meta = &mut document.meta;
    meta.words.iter_mut().for_each(|(_, word)| *word = next());
    meta.parallel_words = Some(meta.words.clone());
    (meta.kind, meta.title, meta.author) = (next(), next(), next());
    for field in
        [&mut meta.subtitle, &mut meta.reference, &mut meta.date, &mut meta.date_iso, &mut meta.confidentiality]
    {
        *field = Some(next());
    }
    meta.keywords = vec![next()];
    if frame == Frame::Letter {
        let head = Letterhead {
            state: Some(next()),
            motto: Some(next()),
            lines: vec![inlines(&mut next)],
            contact: vec![next()],
        };
        let style = if lang == Lang::Ar { LetterStyle::Unit } else { LetterStyle::Authority };
        meta.letter = Some(Letter {
            style,
            head,
            return_line: Some(next()),
            recipient: vec![inlines(&mut next)],
            info: vec![(next(), inlines(&mut next))],
            place_date: inlines(&mut next),
            subject: inlines(&mut next),
        });
    }
    document
}

fn hostile() -> impl Strategy<Value = String> {
    let known = [
        "</style><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)",
        "<!--",
        "-->",
        "javascript:alert(1)",
        "]]>",
        "</textarea><b>",
        "</title>",
        "&lt;script&gt;",
        "&#60;",
        "a b",
        "#",
        "#a b",
        "",
        "\u{2066}x",
        "\u{2069}",
        "\u{0}\r\n\u{1b}",
        "\u{202e}x",
        "\\3c ",
        "} body { color: red",
        "url(http://a.example)",
        "+1 234 567 8 <x@y.z>",
        "{page}{pages}{page",
        "A/1-2",
        "ACAF/2026–1",
        "@import 'x'",
        "note-1",
        "note-1",
        "رقم 5",
    ];
    prop_oneof![
        proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        "\\PC{0,12}",
        "[<>&\"'/=;:{}\\\\ a-z]{0,16}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_in_a_document_leaves_its_place(
        texts in proptest::collection::vec(hostile(), 1..40),
        frame in proptest::sample::select(Frame::ALL.to_vec()),
        lang in proptest::sample::select(Lang::ALL.to_vec()),
    ) {
        let document = everything(&texts, frame, lang);
        let page = write(&document);
        let elements = read(&page);
        prop_assert_eq!(&page, &write(&document));
        let style = elements.iter().find(|e| e.name == "style").expect("a style");
        prop_assert!(style.text.contains(STYLE));
        // Braces outside of strings are those that the writer wrote: as many open as close.
        let rules = &style.text[style.text.find(STYLE).expect("it is there") + STYLE.len()..];
        prop_assert_eq!(rules.matches('{').count(), rules.matches('}').count());
        prop_assert_eq!(rules.matches("@page").count(), 2);
    }
}
