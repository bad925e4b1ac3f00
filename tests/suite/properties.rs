//! What must hold for any input whatever: tried on random ones.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use engross::case;
use engross::diagnostic::{Diagnostic, concise, human, json};
use engross::document::{Block, Inline, Numbering, Paper, Status, number, walk};
use engross::import::front::{self, Given};
use engross::import::markdown::{self, Reading};
use engross::import::{quarantine, rich};
use engross::locale::Lang;
use engross::manifest::{
    CaseSource, Faults, Name, Options, Output, Program, Record, RecordVersion, Sha256, Status as RecordStatus, Sums,
};
use engross::source::Source;
use proptest::prelude::*;

fn config() -> ProptestConfig {
    // 256 cases each, or as many as `PROPTEST_CASES` says. The suite leaves no files behind.
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Texts put together from pieces that mean something to a parser.
fn pieces(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|parts| parts.concat())
}

const YAML: &[&str] = &[
    "engross: 1\n",
    "id: GIN-001\n",
    "request:\n",
    "  date: ",
    "2026-01-12",
    "\n",
    "  ",
    "    ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ": ",
    ":",
    "\"",
    "'",
    "&a ",
    "*a",
    "|\n",
    ">-\n",
    "# x",
    "é",
    "ا",
    "\u{202E}",
    "\0",
    "\t",
    "\r\n",
    "people:\n",
    "experts:\n",
    "  camara:\n",
    "? ",
    "!!str ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "yes",
    "null",
    "~",
    "0x1F",
    "\\",
    "\u{FEFF}",
    "EUR 1.00",
    "given: ",
    "<<: ",
    "scoping: {budget: [{amount: ",
    "\u{1F600}",
    "x\u{301}",
];

const MARKDOWN: &[&str] = &[
    "---\n",
    "frame: agreement\n",
    "title: T\n",
    "numbering: clauses\n",
    "## H\n",
    "### H { #h }\n",
    "1. a\n",
    "   1. b { #b }\n",
    "- x\n",
    "\n",
    "\n\n",
    "text ",
    "[](#h)",
    "[l](http://x)",
    "![i](x)",
    "*e*",
    "**s**",
    "`c`",
    "```signatures\n",
    "```fields\n",
    "```rating\n",
    "```\n",
    "- lines: [x]\n",
    "- label: a\n  value: b\n",
    "| a | b |\n",
    "|---|--:|\n",
    "> q\n",
    "<b>",
    "&amp;",
    "\\",
    "\u{F002A}",
    "\u{F1000}",
    "\u{F1001}",
    "{",
    "}",
    "#",
    "é",
    "ا",
    "\t",
    "\r\n",
    "    ",
    "***\n",
    "~~~\n",
    "[^1]",
    "\u{0}",
];

/// Whether every fault lies within its text and can be shown in every form.
fn shown(faults: &[Diagnostic]) {
    for fault in faults {
        if let Some(span) = &fault.span {
            let text = span.source.text();
            assert!(span.bytes.start <= span.bytes.end && span.bytes.end <= text.len(), "{fault:?}");
            assert!(text.get(span.bytes.clone()).is_some(), "{fault:?}");
            let place = span.start();
            assert!(place.line >= 1 && place.line <= text.matches('\n').count() + 1 && place.column >= 1, "{fault:?}");
        }
        assert!(!fault.message.is_empty() && !fault.message.ends_with('.'), "{fault:?}");
        assert!(!concise::draw(fault).contains('\n'));
        assert!(human::draw(fault, human::Style::Plain).contains(fault.code.name()));
    }
    json::report(faults);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn reading_bytes_never_breaks_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        shown(&case::load("case.yaml", &bytes).faults);
        shown(&case::load_unit("engross.yaml", &bytes).faults);
    }

    #[test]
    fn reading_yaml_never_breaks_down(text in pieces(YAML)) {
        shown(&case::load("case.yaml", text.as_bytes()).faults);
        shown(&case::load_unit("engross.yaml", text.as_bytes()).faults);
    }

    #[test]
    fn a_damaged_case_is_read_as_far_as_it_goes(at in 0usize..6000, piece in prop::sample::select(YAML), cut in 0usize..40) {
        let text = include_str!("../../fixtures/check/base/case.yaml");
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let end = (at + cut..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        let damaged = format!("{}{piece}{}", &text[..at], &text[end..]);
        let loaded = case::load("case.yaml", damaged.as_bytes());
        shown(&loaded.faults);
        let again = case::load("case.yaml", damaged.as_bytes());
        prop_assert_eq!(loaded.faults, again.faults);
    }

    #[test]
    fn what_is_carried_over_comes_back(text in "[^\\p{Cc}\\p{Co}\\p{Cn}]{0,60}") {
        let carried = quarantine::carry(&text);
        prop_assert!(carried.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || !c.is_ascii()));
        prop_assert_eq!(quarantine::release(&carried), text.trim_matches(' '));
        let again = quarantine::carry(&carried);
        prop_assert_eq!(again, carried);
    }

    #[test]
    fn a_blank_keeps_its_path(path in "[a-z_.\\[\\]0-9-]{1,40}", before in "[a-z *]{0,9}") {
        let blank = quarantine::blank(&path);
        prop_assert_eq!(quarantine::as_blank(&blank), Some(path.clone()));
        let mut content = Vec::new();
        quarantine::release_inlines(&format!("{before}{blank}"), &mut content);
        prop_assert_eq!(content.last(), Some(&Inline::Blank(path)));
    }

    #[test]
    fn rich_text_becomes_paragraphs_and_lists_only(text in pieces(MARKDOWN)) {
        let safe = rich::sanitise(&text, |text| Cow::Borrowed(text));
        let source = Source::new("x", safe.clone());
        let mut reading = Reading::new(&source);
        let blocks = markdown::blocks(&mut reading, 0..safe.len());
        shown(&reading.faults);
        prop_assert!(reading.faults.iter().all(|fault| !fault.is_error()), "{safe:?} {:?}", reading.faults);
        prop_assert!(blocks.iter().all(harmless), "{text:?}\n{safe:?}\n{blocks:?}");
    }

    #[test]
    fn reading_a_template_never_breaks_down(text in pieces(MARKDOWN)) {
        let read = front::read(&Source::new("x.md", text.as_str()), &given());
        shown(&read.faults);
    }

    #[test]
    fn numbers_are_unique_and_references_are_settled(text in pieces(NUMBERED)) {
        let text = format!("---\nframe: agreement\ntitle: T\nnumbering: clauses\n---\n{text}");
        let mut document = front::read(&Source::new("x.md", text.as_str()), &given()).output;
        prop_assert_eq!(document.meta.numbering, Numbering::Clauses);
        let mut numbers = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Heading { number: Some(number), .. } | Block::Clause { number, .. } => numbers.push(number.clone()),
                _ => {}
            }
        }
        let unique: BTreeSet<&String> = numbers.iter().collect();
        prop_assert_eq!(unique.len(), numbers.len(), "{:?}\n{}", numbers, text);
        let before = format!("{:?}", document.blocks);
        walk::inlines(&mut document, &mut |_| {});
        prop_assert_eq!(format!("{:?}", document.blocks), before);
        number::resolve(&mut document);
    }

    #[test]
    fn a_list_of_digests_is_read_back(names in prop::collection::btree_set("[^\\p{Cn}\0]{1,20}", 1..12)) {
        let mut sums = Sums::new();
        for name in names.iter().filter_map(|name| Name::new(name.clone()).ok()) {
            sums.insert(name.clone(), Sha256::of(name.as_str().as_bytes())).expect("names differ");
        }
        prop_assume!(!sums.is_empty());
        prop_assert_eq!(Sums::parse("x", sums.to_string().as_bytes()), Ok(sums));
    }

    #[test]
    fn a_damaged_list_never_breaks_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Sums::parse("x", &bytes);
        let _ = Record::parse("x", &bytes);
    }

    #[test]
    fn a_record_is_read_back(words in prop::collection::vec("[^\\p{Cn}]{0,12}", 8), number in any::<u64>()) {
        let record = record(&words, number);
        let text = record.to_json();
        let read = Record::parse("record.json", text.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.digest(), Sha256::of(text.as_bytes()));
        prop_assert_eq!(read, record);
    }
}

const NUMBERED: &[&str] = &[
    "## H\n\n",
    "### K\n\n",
    "## H { #h }\n\n",
    "1. a\n",
    "1. a\n2. b\n",
    "   1. s\n",
    "      1. t\n",
    "\ntext\n\n",
    "[](#h)\n\n",
    "- x\n",
    "\n",
];

/// Whether a block is one that the writer of a case may make.
fn harmless(block: &Block) -> bool {
    match block {
        Block::Para { content, .. } => {
            !content.iter().any(|inline| matches!(inline, Inline::Link { .. } | Inline::Ref { .. }))
        }
        Block::List { items, .. } => items.iter().flatten().all(harmless),
        _ => false,
    }
}

fn given() -> Given {
    Given {
        kind: "x".into(),
        locale: Lang::En.into(),
        status: Status::Draft,
        paper: Paper::A4,
        confidentiality: None,
        words: vec![("ref-clause".into(), "clause {n}".into())],
        typography: |text| Cow::Borrowed(text),
        long_date: |date, _| Some(date.to_owned()),
    }
}

fn record(words: &[String], number: u64) -> Record {
    let digest = |at: usize| Sha256::of(words[at].as_bytes());
    let names = |at: usize| -> BTreeMap<Name, Sha256> {
        words[at..]
            .iter()
            .filter_map(|word| Some((Name::new(word.clone()).ok()?, Sha256::of(word.as_bytes()))))
            .collect()
    };
    let set = |at: usize| words[at..].iter().cloned().collect::<BTreeSet<String>>();
    let output = |at: usize| Output {
        sha256: digest(at),
        bytes: number,
        kind: words[at].clone(),
        lang: words[at].clone(),
        expert: Some(words[at].clone()).filter(|_| number.is_multiple_of(2)),
    };
    Record {
        record: RecordVersion,
        program: Program { name: words[0].clone(), version: words[1].clone() },
        case: CaseSource { id: words[2].clone(), sha256: digest(2) },
        unit: digest(3),
        snapshot: names(3).into_keys().collect(),
        templates: names(4),
        frames: names(5),
        fonts: names(6),
        data: names(7),
        options: Options {
            formats: set(3),
            languages: set(4),
            kinds: set(5),
            status: if number.is_multiple_of(3) { RecordStatus::Final } else { RecordStatus::Draft },
        },
        outputs: names(0).into_keys().map(|name| (name, output(3))).collect(),
        faults: Faults { errors: number, warnings: number / 2 },
        blanks: words.iter().map(|word| (word.clone(), set(6))).collect(),
        previous: Some(digest(7)).filter(|_| number.is_multiple_of(5)),
    }
}
