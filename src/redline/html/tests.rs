//! Pages: escaped, complete, with a target for every link.

use std::collections::BTreeSet;

use super::write;
use crate::compare::{Check, CheckKind, Comparison, Options, Place, compare};
use crate::document::draft::{
    Block, Cell, Comment, Draft, DraftFormat, Label, OBJECT, Object, ObjectKind, Para, Row, Story, StoryKind, Table,
};
use crate::locale::Lang;
use crate::redline::{Report, Shown, Side};

fn para(label: &str, text: &str) -> Block {
    let label = (!label.is_empty()).then(|| Label { text: label.to_owned(), typed: None });
    Block::Para(Para { text: text.to_owned(), level: label.as_ref().map(|_| 2), label, ..Para::default() })
}

fn heading(label: &str, text: &str) -> Block {
    let label = Some(Label { text: label.to_owned(), typed: None });
    Block::Para(Para { text: text.to_owned(), heading: Some(1), level: Some(1), label, ..Para::default() })
}

fn draft(blocks: Vec<Block>) -> Draft {
    Draft {
        format: DraftFormat::Docx,
        lang: Some(Lang::En),
        stories: vec![Story { kind: StoryKind::Body, name: String::new(), blocks }],
        comments: Vec::new(),
        caveats: Vec::new(),
    }
}

fn table(rows: &[&[&str]]) -> Block {
    let cell = |text: &&str| Cell { blocks: vec![para("", text)], columns: 1, ..Cell::default() };
    let rows = rows.iter().map(|row| Row { cells: row.iter().map(cell).collect(), source: 0 }).collect();
    Block::Table(Table { rows, source: 0 })
}

fn page_of(old: &Draft, new: &Draft, comparison: &Comparison) -> String {
    let sides = (Side::new("old.docx", "0".repeat(64), old), Side::new("new.docx", "1".repeat(64), new));
    write(&Report::new(sides.0, sides.1, comparison, Shown::default()))
}

fn page(old: &Draft, new: &Draft) -> String {
    page_of(old, new, &compare(old, new, &Options::default()))
}

/// The values of an attribute, quoted or not, in the order of the page.
fn values(page: &str, name: &str) -> Vec<String> {
    let markup = page.split("<script>").next().unwrap();
    let (_, markup) = markup.split_once("<body").unwrap();
    let mut found = Vec::new();
    for tag in markup.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        for (at, _) in tag.match_indices(&format!(" {name}=")) {
            let value = &tag[at + name.len() + 2..];
            let value = match value.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next().unwrap(),
                None => value.split(' ').next().unwrap(),
            };
            found.push(value.to_owned());
        }
    }
    found
}

/// A pair of drafts in which something of everything happens.
fn pair() -> (Draft, Draft) {
    let old = draft(vec![
        heading("1", "Royalty"),
        para("1.1", "The Company shall pay a royalty of 3 % of the gross value of the mineral product sold."),
        para("1.2", "The royalty is due within thirty days of the end of the quarter in which it was sold."),
        heading("2", "Disputes"),
        para("2.1", "Disputes are settled by three arbitrators under the rules in force; the seat is Paris."),
        para("2.2", "The State may inspect the books of the Company at any time and without any notice to it."),
        table(&[&["Year", "Rate"], &["1", "3 %"], &["2", "4 %"]]),
    ]);
    let new = draft(vec![
        heading("1", "Inspection"),
        para("1.1", "The State may inspect the books of the Company at any time and without any notice to it."),
        heading("2", "Royalty"),
        para("2.1", "The Company shall pay a royalty of 6 % of the gross value of the mineral product sold."),
        para("2.2", "The royalty is due within thirty days of the end of the quarter in which it was sold."),
        heading("3", "Disputes"),
        para("3.1", "Disputes are settled by three arbitrators under the rules in force; the seat is Maputo."),
        table(&[&["Year", "Rate"], &["1", "5 %"], &["2", "4 %"], &["3", "6 %"]]),
    ]);
    (old, new)
}

#[test]
fn what_a_draft_says_is_text() {
    let hostile = "a </style></script><script>alert(1)</script><img src=x onerror=alert(2)> & \"'\u{0}";
    let mut object = Para::plain(format!("{OBJECT} {hostile}"));
    object.objects = vec![Object { at: 0, kind: ObjectKind::Image, name: hostile.to_owned(), digest: 1 }];
    let label = Label { text: "<b onclick=x>".to_owned(), typed: None };
    object.label = Some(label);
    let old = draft(vec![heading("<i>", hostile), Block::Para(object.clone()), table(&[&[hostile]])]);
    object.text.push_str(" <script>alert(3)</script>");
    let mut new = draft(vec![heading("<u>", hostile), Block::Para(object), para("", hostile)]);
    new.stories.push(Story { kind: StoryKind::Header, name: hostile.to_owned(), blocks: vec![para("", hostile)] });
    let mut comparison = compare(&old, &new, &Options::default());
    let place = Place { para: 0, path: Vec::new() };
    comparison.checks.push(Check {
        kind: CheckKind::UndefinedTerm,
        subject: hostile.to_owned(),
        before: None,
        places: vec![place],
    });
    let mut report = Report::new(
        Side::new(hostile, hostile, &old),
        Side { note: Some(hostile.to_owned()), ..Side::new(hostile, hostile, &new) },
        &comparison,
        Shown::default(),
    );
    report.title = Some(hostile.to_owned());
    report.options.push(hostile.to_owned());
    let page = write(&report);
    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    assert_eq!(page.matches("</script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
    assert_eq!(page.matches("</style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("<b onclick") && !page.contains('\u{0}'));
    assert!(page.contains("&lt;script&gt;alert(3)&lt;/script&gt;"));
}

#[test]
fn the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() {
    let (old, new) = pair();
    let page = page(&old, &new);
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("base-uri 'none'; form-action 'none'"));
    assert!(!page.contains("unsafe"));
    let (_, rest) = page.split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    let digest = super::base64(crate::manifest::Sha256::of(style.as_bytes()).as_bytes());
    assert!(page.contains(&format!("style-src 'sha256-{digest}'")));
    assert!(values(&page, "style").is_empty() && values(&page, "src").is_empty());
    for address in values(&page, "href") {
        assert!(address.starts_with('#'), "{address}");
    }
}

#[test]
fn digests_are_written_in_base64() {
    // RFC 4648, section 10.
    for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
        assert_eq!(super::base64(bytes.as_bytes()), text);
    }
}

#[test]
fn every_identifier_is_given_once_and_every_link_has_its_target() {
    let (old, new) = pair();
    let mut comparison = compare(&old, &new, &Options::default());
    let at = |para| Place { para, path: Vec::new() };
    comparison.checks.push(Check {
        kind: CheckKind::RenamedTerm,
        subject: "Product".to_owned(),
        before: Some("Mineral".to_owned()),
        places: vec![at(1), at(3), at(8)],
    });
    let page = page_of(&old, &new, &comparison);
    let ids = values(&page, "id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let links = values(&page, "href");
    for link in &links {
        assert!(unique.contains(&link[1..].to_owned()), "{link} leads nowhere");
    }
    let shown = comparison.changes.iter().filter(|change| change.noise.is_none()).count();
    assert!(shown >= 6, "{shown} changes");
    for number in 1..=shown {
        assert!(links.contains(&format!("#{number}")), "change {number} is not in the list");
    }
    assert_eq!(page.matches("<li class=").count() - page.matches("<li class=renamed").count(), {
        let kinds: BTreeSet<_> = comparison.changes.iter().filter(|c| c.noise.is_none()).map(|c| c.kind).collect();
        shown + kinds.len()
    });
    assert!(page.contains("href=#p1>") && page.contains("<a id=p1></a>"));
}

#[test]
fn a_moved_paragraph_links_both_its_places() {
    let (old, new) = pair();
    let comparison = compare(&old, &new, &Options::default());
    assert!(!comparison.moves.is_empty(), "{comparison:?}");
    let page = page_of(&old, &new, &comparison);
    assert!(page.contains("<a class=mv href=#m0>moved from 2.2"), "{page}");
    assert!(page.contains("moved to 1.1"));
    assert!(values(&page, "id").contains(&"m0".to_owned()));
}

#[test]
fn a_number_that_changed_is_told_quietly() {
    let (old, new) = pair();
    let page = page(&old, &new);
    assert!(page.contains("<b class=n><del class=q>1.2</del><ins class=q>2.2</ins> </b>"), "{page}");
}

#[test]
fn noise_is_counted_and_kept_for_who_asks() {
    let old = draft(vec![para("1", "The \"Company\" pays its royalty to the State once a year.")]);
    let new = draft(vec![para("1", "The “Company” pays its royalty to the State once a year.")]);
    let page = page(&old, &new);
    assert!(page.contains("not shown: quotation marks and dashes"), "{page}");
    assert!(page.contains("<del class=z>") && page.contains("<ins class=z>"));
    assert!(page.contains("id=noise") && page.contains("No change is shown."));
}

#[test]
fn drafts_that_are_the_same_make_a_page_without_changes() {
    let (old, _) = pair();
    let page = page(&old, &old);
    assert!(page.contains("The drafts are the same."));
    let (_, text) = page.split_once("<div id=text").unwrap();
    let (text, _) = text.split_once("</section>").unwrap();
    assert!(!text.contains("<ins") && !text.contains("<del") && !text.contains("class=x"));
}

#[test]
fn text_from_right_to_left_is_set_so() {
    let blocks = |word: &str| vec![para("1", &format!("قال الوزير إن العقد {word}.")), para("2", "In English.")];
    let (mut old, mut new) = (draft(blocks("نافذ")), draft(blocks("باطل")));
    (old.lang, new.lang) = (Some(Lang::Ar), Some(Lang::Ar));
    let page = page(&old, &new);
    assert!(page.contains("<div id=text lang=ar dir=rtl>"));
    assert!(page.contains("<p class=x id=1 dir=rtl") || page.contains("<p class=x data-n=1>"), "{page}");
    assert!(page.contains("dir=ltr><b class=n>2 </b>In English."));
}

#[test]
fn notes_are_linked_to_their_text_and_images_are_boxes() {
    let noted = |text: &str, note: &str| {
        let mut body = Para::plain(format!("{text}{OBJECT} and {OBJECT}."));
        body.objects = vec![
            Object { at: text.len(), kind: ObjectKind::Note(1), name: "1".to_owned(), digest: 0 },
            Object { at: text.len() + 8, kind: ObjectKind::Image, name: "plan.png".to_owned(), digest: 7 },
        ];
        let mut draft = draft(vec![Block::Para(body)]);
        draft.stories.push(Story { kind: StoryKind::Footnote, name: "1".to_owned(), blocks: vec![para("", note)] });
        draft
    };
    let page = page(&noted("As published", "In the gazette."), &noted("As published", "In the official gazette."));
    assert!(page.contains("<sup><a href=#s1>1</a></sup>"), "{page}");
    assert!(page.contains("<span class=o>image: plan.png</span>"));
    assert!(page.contains("<h3 class=st>Footnotes</h3>") && page.contains(" id=s1>Footnote 1</p>"));
}

#[test]
fn remarks_of_reviewers_are_kept_and_lead_to_their_place() {
    let (mut old, mut new) = pair();
    for (source, block) in new.stories[0].blocks.iter_mut().enumerate() {
        if let Block::Para(para) = block {
            para.source = u32::try_from(source).unwrap();
        }
    }
    let remark = |author: &str, source| Comment {
        author: author.to_owned(),
        date: "2026-06-12T10:00:00Z".to_owned(),
        text: "Is that <agreed>?".to_owned(),
        anchor: "a royalty of 6 %".to_owned(),
        source,
    };
    new.comments = vec![remark("Counsel", 3)];
    old.comments = vec![remark("", 999)];
    let page = page(&old, &new);
    assert!(page.contains("1 comment in the new draft"));
    assert!(page.contains(
        "<b dir=auto>Counsel</b>, 2026-06-12, on “<a href=#p3 dir=auto>a royalty of 6 %</a>”\
         <p dir=auto>Is that &lt;agreed&gt;?</p>"
    ));
    assert!(page.contains("<a id=p3></a>") && page.contains("<b dir=auto>Somebody</b>"));
}

#[test]
fn the_page_is_little_more_than_its_text() {
    let words = "the parties agree that the royalty shall be paid within thirty days of the end of each quarter ";
    let blocks = |year: usize| {
        (0..2_000)
            .map(|at| para(&format!("{at}"), &format!("{words}{at} {}", if at % 5 == 0 { year } else { 0 })))
            .collect()
    };
    let (old, new) = (draft(blocks(2025)), draft(blocks(2026)));
    let page = page(&old, &new);
    let text: usize = (0..2_000).map(|_| words.len() + 10).sum();
    let fixed = super::STYLE.len() + super::SCRIPT.len() + super::TOOLS.len() + 8_000;
    assert!(page.len() - fixed < text * 2, "{} bytes for a text of {text}", page.len() - fixed);
}

mod properties {
    use proptest::prelude::*;

    use super::{draft, page, para, values};

    fn texts() -> impl Strategy<Value = Vec<String>> {
        let word =
            prop::sample::select(vec!["royalty", "shall", "3 %", "<b>", "&", "نص", "\u{fffc}", "", "(a)", "\n", "[x]"]);
        prop::collection::vec(prop::collection::vec(word, 0..9).prop_map(|words| words.join(" ")), 0..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_pair_makes_a_page_whose_links_hold(old in texts(), new in texts()) {
            let block = |(at, text): (usize, &String)| para(&at.to_string(), text);
            let blocks = |texts: &[String]| texts.iter().enumerate().map(block).collect();
            let page = page(&draft(blocks(&old)), &draft(blocks(&new)));
            let ids = values(&page, "id");
            let unique: std::collections::BTreeSet<_> = ids.iter().cloned().collect();
            prop_assert_eq!(ids.len(), unique.len());
            for link in values(&page, "href") {
                prop_assert!(unique.contains(&link[1..]), "{} leads nowhere", link);
            }
        }
    }
}
