//! Tests of records; the text of version 1 is pinned here.

use super::*;

fn name(text: &str) -> Name {
    Name::new(text).expect("a good name")
}

fn digest(text: &str) -> Sha256 {
    Sha256::of(text.as_bytes())
}

fn texts(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn digests(names: &[&str]) -> BTreeMap<Name, Sha256> {
    names.iter().map(|text| (name(text), digest(text))).collect()
}

/// A record with something in every field.
pub(crate) fn sample() -> Record {
    let output = |expert: Option<&str>, kind: &str| Output {
        sha256: digest(kind),
        bytes: 12_345,
        kind: kind.to_owned(),
        lang: "fr".to_owned(),
        expert: expert.map(str::to_owned),
    };
    Record {
        record: RecordVersion,
        program: Program { name: "engross".to_owned(), version: "1.2.3".to_owned() },
        case: CaseSource { id: "GIN-001".to_owned(), sha256: digest("case") },
        unit: digest("unit"),
        snapshot: [name("case.yaml"), name("engross.yaml")].into(),
        templates: digests(&["request-letter.fr.md", "code-of-conduct.fr.md"]),
        frames: digests(&["letter.typ"]),
        fonts: digests(&["LibertinusSerif-Regular.otf"]),
        data: digests(&["eligible.yaml"]),
        options: Options {
            formats: texts(&["pdf", "docx"]),
            languages: texts(&["fr"]),
            kinds: texts(&["request-letter", "code-of-conduct"]),
            status: Status::Final,
        },
        outputs: [
            (name("request-letter.fr.pdf"), output(None, "request-letter")),
            (name("experts/diallo/code.fr.pdf"), output(Some("diallo"), "code-of-conduct")),
        ]
        .into(),
        faults: Faults { errors: 0, warnings: 2 },
        blanks: [("request-letter.fr".to_owned(), texts(&["request.reference", "request.date"]))].into(),
        previous: Some(digest("previous")),
    }
}

const TEXT: &str = r#"{
  "record": 1,
  "program": {
    "name": "engross",
    "version": "1.2.3"
  },
  "case": {
    "id": "GIN-001",
    "sha256": "@case"
  },
  "unit": "@unit",
  "snapshot": [
    "case.yaml",
    "engross.yaml"
  ],
  "templates": {
    "code-of-conduct.fr.md": "@code-of-conduct.fr.md",
    "request-letter.fr.md": "@request-letter.fr.md"
  },
  "frames": {
    "letter.typ": "@letter.typ"
  },
  "fonts": {
    "LibertinusSerif-Regular.otf": "@LibertinusSerif-Regular.otf"
  },
  "data": {
    "eligible.yaml": "@eligible.yaml"
  },
  "options": {
    "formats": [
      "docx",
      "pdf"
    ],
    "languages": [
      "fr"
    ],
    "kinds": [
      "code-of-conduct",
      "request-letter"
    ],
    "status": "final"
  },
  "outputs": {
    "experts/diallo/code.fr.pdf": {
      "sha256": "@code-of-conduct",
      "bytes": 12345,
      "kind": "code-of-conduct",
      "lang": "fr",
      "expert": "diallo"
    },
    "request-letter.fr.pdf": {
      "sha256": "@request-letter",
      "bytes": 12345,
      "kind": "request-letter",
      "lang": "fr",
      "expert": null
    }
  },
  "faults": {
    "errors": 0,
    "warnings": 2
  },
  "blanks": {
    "request-letter.fr": [
      "request.date",
      "request.reference"
    ]
  },
  "previous": "@previous"
}
"#;

/// Returns the pinned text, each `"@x"` in it replaced by the digest of `x`.
fn pinned() -> String {
    TEXT.split('"')
        .map(|part| part.strip_prefix('@').map_or(part.to_owned(), |of| digest(of).to_string()))
        .collect::<Vec<_>>()
        .join("\"")
}

fn parse(text: &str) -> Result<Record, RecordError> {
    Record::parse("001/record.json", text.as_bytes())
}

#[test]
fn the_text_of_version_1_is_pinned() {
    assert_eq!(sample().to_json(), pinned());
    // The digest of the inputs is a promise too (computed outside, from their compact JSON).
    assert_eq!(sample().input_digest().to_string(), "c24190b52efb684f53b945874a29e6a500b7d513b713d8cdaf8db48a3e7a1068");
}

#[test]
fn what_is_written_is_read_back() {
    let record = parse(&pinned()).expect("a record");
    assert_eq!(record, sample());
    assert_eq!(record.digest(), Sha256::of(pinned().as_bytes()));
}

#[test]
fn the_smallest_record_round_trips() {
    let mut record = sample();
    record.snapshot.clear();
    record.templates.clear();
    record.frames.clear();
    record.fonts.clear();
    record.data.clear();
    record.outputs.clear();
    record.blanks.clear();
    record.options.formats.clear();
    record.options.status = Status::Draft;
    record.previous = None;
    let text = record.to_json();
    assert!(text.ends_with("  \"blanks\": {},\n  \"previous\": null\n}\n"));
    assert_eq!(parse(&text).expect("a record"), record);
}

#[test]
fn the_order_of_making_does_not_show() {
    let mut record = sample();
    record.templates = sample().templates.into_iter().rev().collect();
    record.options.formats = texts(&["docx", "pdf", "docx"]);
    record.options.kinds = texts(&["code-of-conduct", "request-letter"]);
    record.outputs = sample().outputs.into_iter().rev().collect();
    assert_eq!(record.to_json(), pinned());
    assert_eq!(record.input_digest(), sample().input_digest());
}

#[test]
fn names_of_any_script_and_sign_survive() {
    let mut record = sample();
    record.case.id = "\"quoted\" \\ \u{1b} é ж ط 🖋".to_owned();
    record.templates.insert(name("a\\b\n\"c\""), digest("x"));
    assert_eq!(parse(&record.to_json()).expect("a record"), record);
}

#[test]
fn another_version_is_named() {
    let text = pinned().replacen("\"record\": 1", "\"record\": 2", 1);
    let error = parse(&text).expect_err("another version");
    assert_eq!(error.to_string(), "001/record.json: a record of version 2, this program reads version 1");
    // Even if nothing else is understood.
    let error = parse("{\"record\": 7, \"new\": []}").expect_err("another version");
    assert!(matches!(error, RecordError::Version { found: 7, .. }));
}

/// Asserts path and place, and the words of the source.
fn check_malformed(text: &str, place: &str, cause: &str) {
    let error = parse(text).expect_err("not a record");
    assert_eq!(error.to_string(), format!("001/record.json:{place}: not a record"));
    let source = std::error::Error::source(&error).expect("a cause").to_string();
    assert!(source.starts_with(cause), "{source}");
}

#[test]
fn malformed_records_carry_their_place() {
    check_malformed("", "1:0", "EOF");
    check_malformed("[]", "1:2", "invalid length 0, expected a record");
    check_malformed("{}", "1:2", "missing field `record`");
    check_malformed("{\n\"record\": x}", "2:11", "expected value");
    let text = pinned();
    check_malformed(&text[..text.len() / 2], "29:9", "EOF");
    check_malformed(&text.replace("\"unit\"", "\"unity\""), "11:9", "unknown field `unity`");
    check_malformed(&text.replace("GIN-001\",", "GIN-001\", \"x\": 1,"), "8:24", "unknown field");
    check_malformed(&text.replace("\"final\"", "\"finished\""), "41:24", "unknown variant");
    check_malformed(&text.replace("12345", "-1"), "46:17", "invalid value: integer `-1`");
    check_malformed(
        &text.replace("\"letter.typ\"", "\"../letter.typ\""),
        "21:19",
        "`../letter.typ` is no name for a file",
    );
    check_malformed(
        &text.replace(&digest("unit").to_string(), "abc"),
        "11:15",
        "a SHA-256 digest has 64 hex digits, this has 3",
    );
}

#[test]
fn another_text_of_the_same_meaning_is_refused() {
    let text = pinned();
    let check = |changed: String, line: usize| {
        let error = parse(&changed).expect_err("another text");
        assert_eq!(
            error.to_string(),
            format!("001/record.json:{line}: the text was changed: not as a record is written")
        );
    };
    check(text.trim_end().to_owned(), text.lines().count());
    check(format!("{text}\n"), text.lines().count() + 1);
    check(text.replace("\"program\": {", "\"program\":{"), 3);
    check(text.replace('\n', "\r\n"), 1);
    check(text.replace("      \"docx\",\n      \"pdf\"", "      \"pdf\",\n      \"docx\""), 31);
    // A second entry of the same name would win in most readers of JSON.
    let hidden = format!("\"letter.typ\": \"{}\",\n    \"letter.typ\"", digest("other"));
    check(text.replace("\"letter.typ\"", &hidden), 21);
    // A field that may be null must still be there.
    check(text.replace(",\n      \"expert\": null", ""), 55);
    // Digits in capitals.
    let unit = digest("unit").to_string();
    check(text.replace(&unit, &unit.to_uppercase()), 11);
}

#[test]
fn damage_of_any_byte_is_noticed_and_never_panics() {
    let text = pinned().into_bytes();
    let record = sample();
    for at in 0..text.len() {
        let mut damaged = text.clone();
        damaged[at] ^= 1 << (at % 7);
        assert_ne!(Record::parse("x", &damaged).ok().as_ref(), Some(&record), "byte {at}");
    }
}

#[test]
fn the_chain_holds_the_digest_of_the_text_before() {
    let first = Record { previous: None, ..sample() };
    let second = Record { previous: Some(first.digest()), ..sample() };
    assert_eq!(second.previous, Some(Sha256::of(first.to_json().as_bytes())));
    assert_ne!(first.digest(), second.digest());
    assert_eq!(first.input_digest(), second.input_digest());
}

#[test]
fn this_program_has_a_name_and_version() {
    assert_eq!(Program::this().to_string(), format!("engross {}", env!("CARGO_PKG_VERSION")));
}
