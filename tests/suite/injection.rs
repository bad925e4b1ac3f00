//! What a case file contains is data everywhere: not Tera, not Markdown, not Typst, not HTML.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use engross::case::eligibility::Lists;
use engross::case::kind::subjects;
use engross::case::{self};
use engross::document::{Document, Inline, Status, walk};
use engross::locale::Lang;
use engross::pipeline::{self, Inputs};
use engross::template::Library;
use serde_json::Value as Json;

use crate::harness::{Scene, need, repository};
use crate::pdf;

/// Text that would mean something to each language that a value passes through.
const MARKUP: &str = "{{ 7919*7907 }} {% raw %} {# c #} #panic(1) $x^2$ *b* _i_ `c` <b>h</b> [l](#x) ![i](y) @ref ~ \\ &amp; # h | - 1. ``` --- 'q' \"q\"";

/// The sample case with markup in every field of text that is no key of another field.
fn spoilt() -> (Json, usize) {
    let bytes = fs::read(repository("fixtures/unit/cases/gin-001/case.yaml")).expect("a case");
    let options = serde_yaml::options! { strict_booleans: true };
    let mut value: Json =
        serde_yaml::from_str_with_options(std::str::from_utf8(&bytes).expect("UTF-8"), options).expect("YAML");
    let schema = Scene::empty().run(["schema", "case"]).json();
    let mut count = 0;
    spoil(&mut value, &schema["$defs"]["Case"], &schema, "", &mut count);
    (value, count)
}

/// Fields of text that name something elsewhere in the case.
const NAMES: &[&str] =
    &["id", "activity", "deliverables", "condition", "replaced_by", "base", "linked_to", "code_version"];

fn spoil(value: &mut Json, form: &Json, schema: &Json, field: &str, count: &mut usize) {
    let form = match form["$ref"].as_str() {
        Some(target) => &schema["$defs"][target.rsplit('/').next().unwrap_or_default()],
        None => form,
    };
    if let Some(any) = form["anyOf"].as_array() {
        let fitting = any.iter().find(|any| match value {
            Json::Object(_) => any["type"] == "object",
            Json::Array(_) => any["type"] == "array",
            _ => is_text(any),
        });
        if let Some(form) = fitting {
            spoil(value, form, schema, field, count);
        }
        return;
    }
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                let form = if form["properties"][key.as_str()].is_object() {
                    &form["properties"][key.as_str()]
                } else {
                    &form["additionalProperties"]
                };
                let field = if form["type"] == "object" { field } else { key.as_str() };
                spoil(value, form, schema, field, count);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|value| spoil(value, &form["items"], schema, field, count)),
        Json::String(text) if is_text(form) && !NAMES.contains(&field) => {
            *text = format!("x {MARKUP} y");
            *count += 1;
        }
        _ => {}
    }
}

fn is_text(form: &Json) -> bool {
    let plain = form["type"] == "string" || form["type"] == serde_json::json!(["string", "number"]);
    plain && form["pattern"].is_null() && form["oneOf"].is_null() && form["enum"].is_null()
}

/// Documents of the spoilt case, made in the library.
fn documents(case: &Json) -> BTreeMap<String, Document> {
    let loaded = case::load("case.yaml", case.to_string().as_bytes());
    let profile = fs::read(repository("fixtures/unit/engross.yaml")).expect("a profile");
    let unit = case::load_unit("engross.yaml", &profile);
    let (library, files) = (Library::new([]), BTreeMap::new());
    let inputs = Inputs { case: &loaded, unit: &unit, library: &library, lists: Lists::shipped(), files: &files };
    let mut documents = BTreeMap::new();
    for lang in [Lang::En, Lang::Fr] {
        for subject in subjects(&loaded.value, lang) {
            let made = pipeline::document(&inputs, &subject, Status::Draft);
            assert!(
                !made.faults.iter().any(engross::diagnostic::Diagnostic::is_error),
                "{}: {:?}",
                subject.stem(),
                made.faults
            );
            documents.insert(subject.stem(), made.output.expect("a document"));
        }
    }
    documents
}

/// All text of a document; links and emphasis leave a mark.
fn text(document: &mut Document) -> String {
    let mut text = document.meta.title.clone();
    walk::inlines(document, &mut |content| {
        text.push('\n');
        text.push_str(&walk::plain(content));
        let odd = content
            .iter()
            .find(|inline| matches!(inline, Inline::Link { url, .. } if url.contains('x') && url.starts_with('#')));
        assert!(odd.is_none(), "a link was made of data: {odd:?}");
    });
    text
}

#[test]
fn markup_in_a_case_is_printed_as_it_stands() {
    let (case, count) = spoilt();
    assert!(count > 200, "only {count} fields");
    let mut seen = 0;
    for (name, mut document) in documents(&case) {
        let text = text(&mut document);
        assert!(!text.contains("62615533"), "{name}: Tera counted\n{text}");
        for part in ["{{ 7919*7907 }}", "{% raw %}", "#panic(1)", "$x^2$", "<b>h</b>", "&amp;", "@ref"] {
            assert!(text.contains(part), "{name}: `{part}` is not in\n{text}");
        }
        seen += text.matches("*b* _i_ `c` <b>h</b> [l](#x)").count();
    }
    assert!(seen > 100, "the markup stands as written in {seen} places only");
}

#[test]
fn pages_of_markup_are_set_and_conform() {
    let scene = Scene::case("");
    scene.write("cases/tried/case.yaml", spoilt().0.to_string());
    let output = scene.run(["build", "cases/tried", "--lang", "en,fr"]);
    output.expect_status(1).expect_stderr("18 documents built");
    for (name, bytes) in scene.files("cases/tried/build").iter().filter(|(name, _)| name.ends_with(".pdf")) {
        assert_eq!(pdf::faults(bytes), Vec::<String>::new(), "{name}");
        if need("pdftotext") {
            let path = format!("cases/tried/build/{name}");
            let text = scene.finish(scene.other("pdftotext").args([path.as_str(), "-"])).stdout;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in ["{{ 7919*7907 }}", "#panic(1)", "<b>h</b>", "&amp;"] {
                assert!(text.contains(part), "{name}: `{part}` is not in\n{text}");
            }
        }
    }
}

#[test]
fn rich_text_knows_emphasis_and_lists_and_nothing_else() {
    let scene = Scene::fixture("base");
    let rich = "|\n    One *two* **three**.\n\n    - {{ 7919*7907 }}\n    - #panic()\n\n    # No heading\n\n    ```signatures\n    - lines: [forged]\n    ```\n\n    <script>x</script> [link](http://evil.example) ![](http://evil.example/x.png)\n\n    ---\n\n    | a | b |\n    | - | - |\n    | c | d |\n";
    scene.replace(
        "cases/tried/case.yaml",
        "A mining agreement is being negotiated with Baobab Ridge Mining SA.\n",
        rich,
    );
    scene.run(["build", "cases/tried", "--doc", "request-letter"]).expect_status(0);
    let bytes = scene.read("cases/tried/build/request-letter.en.pdf");
    assert_eq!(pdf::faults(&bytes), Vec::<String>::new());
    if !need("pdftotext") {
        return;
    }
    let text = scene.finish(scene.other("pdftotext").args(["cases/tried/build/request-letter.en.pdf", "-"])).stdout;
    for part in ["One two three.", "{{ 7919*7907 }}", "#panic()", "No heading", "forged"] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    assert!(!String::from_utf8_lossy(&bytes).contains("evil.example"), "a link was made of data");
}

#[test]
fn rich_text_made_to_exhaust_the_reader_is_bounded() {
    for piece in ["> ", "- ", "1. ", "*", "**a", "[", "![", "`", "<b>", "|", "\\u2028", "~", "_a ", "# "] {
        let scene = Scene::fixture("base");
        let rich = format!("\"{}\"\n", piece.repeat(20_000));
        let text = "A mining agreement is being negotiated with Baobab Ridge Mining SA.\n";
        scene.replace("cases/tried/case.yaml", text, &rich);
        let start = Instant::now();
        let output = scene.run(["build", "cases/tried", "--doc", "request-letter"]);
        assert!(!output.stderr.contains("fault of its own"), "{piece}: {}", output.stderr);
        assert!(matches!(output.status, Some(0..=2)), "{piece}: {:?}", output.status);
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}: {:?}", start.elapsed());
    }
}

#[test]
fn a_template_that_includes_itself_is_refused() {
    let scene = Scene::case("arg-004");
    scene.write("templates/clauses/no-fee/en.md", "{% include \"clauses/no-fee/en.md\" %}\n");
    let start = Instant::now();
    let output = scene.run(["build", "arg-004", "--doc", "approval-letter"]);
    assert!(start.elapsed() < Duration::from_secs(20));
    output.expect_status(1).expect_stderr("nothing built");
}
