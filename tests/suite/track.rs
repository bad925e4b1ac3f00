//! `engross track`: histories over all drafts, the issues matrix, and what must never leave the team.

use std::collections::BTreeSet;
use std::io::Read;

use engross::document::draft::{Draft, Para, StoryKind};
use engross::import::draft::{ReadOptions, read};
use engross::manifest::Sha256;
use serde_json::Value as Json;

use crate::harness::{Scene, need, repository};

/// Fields of issues and rounds that are internal.
const INTERNAL: &[&str] =
    &["ideal", "target", "walk_away", "evidence", "next_step", "note", "due", "linked_to", "priority"];
/// The report formats that are files.
const FILES: &[&str] = &["html", "pdf", "json", "xlsx"];

/// A case whose every internal value is a word that stands nowhere else.
const CANARY: &str = "
rounds:
  - {id: a1, file: a1.md, date: 2026-01-10, from: investor, note: KANARI-note}
  - {id: a2, file: a2.md, date: 2026-02-10, from: government, note: {en: KANARI-note-en, pt: KANARI-note-pt}}
issues:
  - id: I1
    clause: Clause 1
    text: The rate
    ideal: KANARI-ideal
    target: KANARI-target
    walk_away: {en: KANARI-walk-en, pt: KANARI-walk-pt}
    status: open
    priority: deal_breaker
    evidence: [KANARI-evidence]
    linked_to: [I2]
    next_step: KANARI-next
    due: 2031-07-19
  - id: I2
    text: KANARI-hidden
    internal: yes
    government_position: KANARI-hidden-position
    status: open
    priority: low
";

fn canary() -> Scene {
    let scene = Scene::case("moz-005");
    let text = scene.text("cases/moz-005/case.yaml");
    let (before, _) = text.split_once("\nrounds:").expect("the case has rounds");
    scene.write("cases/moz-005/case.yaml", format!("{before}\n{CANARY}"));
    scene.write("cases/moz-005/a1.md", "# Contract\n\n## Clause 1 – Royalty\n\n1.1. The rate is 3 per cent.\n");
    scene.write("cases/moz-005/a2.md", "# Contract\n\n## Clause 1 – Royalty\n\n1.1. The rate is 6 per cent.\n");
    scene
}

/// Everything that a report says, and every byte of it: archives are unpacked, PDF pages read.
fn told(scene: &Scene, format: &str, args: &[&str]) -> String {
    let out = format!("report.{format}");
    if format == "term" {
        let output = scene.run(["track", "cases/moz-005"].iter().chain(args));
        output.expect_status(0);
        return output.stdout;
    }
    scene.run(["track", "cases/moz-005", "-o", &out].iter().chain(args)).expect_status(0);
    let bytes = scene.read(&out);
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    match format {
        "xlsx" => text.push_str(&unpacked(&bytes)),
        "pdf" if need("pdftotext") => {
            let read = scene.finish_bytes(scene.other("pdftotext").args(["-raw", &out, "-"]));
            text.push_str(&String::from_utf8_lossy(&read));
        }
        _ => {}
    }
    text
}

fn unpacked(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a spreadsheet is an archive");
    let mut all = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).expect("a part").read_to_string(&mut all).expect("parts are XML");
    }
    all
}

/// A text without what lines and markup do to it.
fn flat(text: &str) -> String {
    let text = text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join("")
}

/// The internal texts of the sample case, in all languages, that the drafts themselves do not hold.
fn secrets() -> Vec<String> {
    let path = repository("fixtures/unit/cases/moz-005/case.yaml");
    let options = serde_yaml::options! { strict_booleans: true };
    let text = std::fs::read_to_string(path).expect("the case");
    let case: Json = serde_yaml::from_str_with_options(&text, options).expect("YAML");
    let mut found = BTreeSet::new();
    for item in ["rounds", "issues"].iter().flat_map(|list| case[*list].as_array().into_iter().flatten()) {
        for field in INTERNAL.iter().filter(|field| !matches!(**field, "due" | "linked_to" | "priority")) {
            strings(&item[*field], &mut found);
        }
    }
    let drafts: String = ["v1", "v2", "v3", "v4"]
        .iter()
        .map(|name| repository(&format!("fixtures/unit/cases/moz-005/contract/{name}.md")))
        .map(|path| std::fs::read_to_string(path).expect("a draft"))
        .collect();
    let drafts = flat(&drafts);
    found.retain(|secret| !drafts.contains(&flat(secret)));
    found.into_iter().collect()
}

fn strings(value: &Json, out: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => {
            out.insert(text.trim().to_owned());
        }
        Json::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Json::Object(entries) => entries.values().for_each(|item| strings(item, out)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

#[test]
fn what_is_internal_is_in_no_shared_report() {
    let secrets = secrets();
    assert!(secrets.len() > 40, "{}", secrets.len());
    let scene = Scene::case("moz-005");
    for lang in ["pt", "en"] {
        for format in FILES.iter().chain(&["term"]) {
            let told = flat(&told(&scene, format, &["--lang", lang]));
            for secret in &secrets {
                assert!(!told.contains(&flat(secret)), "{format} {lang}: {secret}");
            }
        }
    }
}

#[test]
fn every_planted_secret_stays_inside() {
    let scene = canary();
    for format in FILES.iter().chain(&["term"]) {
        for lang in ["en", "pt"] {
            let shared = told(&scene, format, &["--lang", lang]);
            assert!(!shared.to_uppercase().contains("KANARI"), "{format} {lang}");
            let day = ["2031-07-19", "19 July 2031", "19 de julho de 2031"];
            assert!(day.iter().all(|day| !shared.contains(day)), "{format} {lang}");
        }
        let internal = told(&scene, format, &["--lang", "en", "--internal"]);
        if *format == "pdf" && !need("pdftotext") {
            continue;
        }
        for part in ["ideal", "target", "walk-en", "next", "note-en", "hidden"] {
            assert!(flat(&internal).contains(&format!("KANARI-{part}")), "{format}: {part}");
        }
        assert!(flat(&internal).to_uppercase().contains("STRICTLYCONFIDENTIAL"), "{format}");
    }
}

#[test]
fn every_page_and_sheet_of_an_internal_report_says_so() {
    let scene = Scene::case("moz-005");
    let args = ["track", "cases/moz-005", "--internal", "--lang", "en", "-o"];
    scene.run(args.iter().chain(&["a.xlsx"])).expect_status(0);
    let bytes = scene.read("a.xlsx");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut sheets = 0;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        if text.contains("<worksheet ") {
            sheets += 1;
            assert!(text.contains("STRICTLY CONFIDENTIAL"), "part {at}");
        }
    }
    assert!(sheets >= 5, "{sheets}");
    if need("pdftotext") {
        scene.run(args.iter().chain(&["a.pdf"])).expect_status(0);
        let read = scene.finish_bytes(scene.other("pdftotext").args(["-raw", "a.pdf", "-"]));
        for page in String::from_utf8_lossy(&read).split('\u{c}').filter(|page| !page.trim().is_empty()) {
            assert!(page.contains("STRICTLY CONFIDENTIAL"), "{page}");
        }
    }
}

/// The report on the sample case, as data.
fn report() -> Json {
    Scene::case("moz-005").run(["track", "cases/moz-005", "-f", "json"]).json()
}

/// The clause with this number in the last draft that has it.
fn clause<'a>(report: &'a Json, draft: &str, number: &str) -> &'a Json {
    let clauses = report["clauses"].as_array().expect("clauses");
    let found = clauses.iter().find(|clause| clause["states"][draft]["number"] == number);
    found.unwrap_or_else(|| panic!("no clause {number} in {draft}"))
}

fn what(clause: &Json, draft: &str) -> Vec<String> {
    let all = clause["events"][draft]["what"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().map(|it| it["what"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_traps_of_the_sample_are_told() {
    let report = report();
    assert_eq!(report["format"], "engross-track/1");
    // 1: moved, with not a word changed.
    let gas = clause(&report, "v4", "Cláusula 5.ª");
    assert_eq!(gas["states"]["v2"]["number"], "Cláusula 14.ª");
    assert_eq!(what(gas, "v3"), ["moved", "renumbered"]);
    assert_eq!(gas["net"]["kind"], "unchanged");
    for number in ["5.1", "5.2", "5.3", "5.4"] {
        let part = clause(&report, "v4", number);
        assert_eq!(what(part, "v3"), ["renumbered"], "{number}");
        assert_eq!(part["net"]["kind"], "unchanged");
    }
    // 4: a deleted sentence that comes back.
    let back = report["returned"].as_array().expect("sentences");
    let silence = back.iter().find(|it| it["sentence"].as_str().is_some_and(|it| it.starts_with("Decorridos 45")));
    let silence = silence.expect("the sentence on silence");
    assert_eq!([&silence["had"], &silence["deleted"], &silence["back"]], ["v1", "v2", "v4"]);
    assert_eq!(silence["clause"], clause(&report, "v4", "13.2")["id"]);
    // 5: there and back.
    for number in ["9.1", "10.1"] {
        let reverted = &clause(&report, "v4", number)["events"]["v4"]["what"];
        assert_eq!(reverted[0]["what"], "reverted", "{number}");
        assert_eq!(reverted[0]["to"], "v2");
    }
    let penalty = clause(&report, "v4", "10.4");
    assert_eq!(what(penalty, "v2"), ["inserted"]);
    assert_eq!(what(penalty, "v3"), ["deleted"]);
    assert_eq!(penalty["events"]["v4"]["what"][0]["what"], "brought-back");
    assert_eq!(penalty["events"]["v4"]["what"][0]["same"], true);
    // 12: the footnote goes back to the words of v2.
    let note = report["clauses"].as_array().into_iter().flatten().find(|it| it["states"]["v4"]["part"] == "note");
    assert_eq!(note.expect("a footnote")["events"]["v4"]["what"][0]["to"], "v2");
}

/// A case without issues, in which two drafts were made from the first.
const FORKED: &str = "
rounds:
  - {id: a1, file: a1.md, date: 2026-01-10, from: investor}
  - {id: a2, file: a2.md, date: 2026-02-10, from: government, base: a1}
  - {id: a3, file: a3.md, date: 2026-03-10, from: joint, base: a1}
issues: []
";

fn forked() -> Scene {
    let scene = Scene::case("moz-005");
    let text = scene.text("cases/moz-005/case.yaml");
    let (before, _) = text.split_once("\nrounds:").expect("the case has rounds");
    scene.write("cases/moz-005/case.yaml", format!("{before}\n{FORKED}"));
    for (name, rate) in [("a1", 3), ("a2", 6), ("a3", 5)] {
        let text = format!(
            "# Contract\n\n## Clause 1 – Royalty\n\n1.1. The rate is {rate} per cent.\n\n\
             | Year | Rate |\n| --- | --- |\n| 1 | {rate} |\n"
        );
        scene.write(&format!("cases/moz-005/{name}.md"), text);
    }
    scene
}

#[test]
fn json_fits_its_schema() {
    let schema = Scene::empty().run(["schema", "track"]);
    schema.expect_status(0);
    let schema = schema.json();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("no schema: {error}"));
    let schema = jsonschema::draft202012::options().build(&schema).expect("a schema");
    let (sample, canary, forked, folder) = (Scene::case("moz-005"), canary(), forked(), Scene::empty());
    for (name, rate) in [("v1", "3"), ("v2", "6"), ("v3", "3")] {
        folder.write(&format!("drafts/{name}.txt"), format!("1. Royalty\n\n1.1 The rate is {rate} per cent.\n"));
    }
    let case = "cases/moz-005";
    let reports: [(&Scene, &[&str]); 8] = [
        (&sample, &[case]),
        (&sample, &[case, "--internal"]),
        (&sample, &[case, "--internal", "--lang", "en"]),
        (&canary, &[case]),
        (&canary, &[case, "--internal"]),
        (&forked, &[case]),
        (&forked, &[case, "--internal"]),
        (&folder, &["drafts"]),
    ];
    for (scene, args) in reports {
        let output = scene.run(["track", "-f", "json"].iter().chain(args));
        output.expect_status(0);
        let report = output.json();
        let faults: Vec<_> = schema.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{args:?}\n{}", faults.join("\n"));
        let is_internal = report["confidentiality"] == "strictly confidential";
        assert_eq!(is_internal, args.contains(&"--internal"));
    }
    // The schema is closed: what nobody described does not pass.
    let mut other = forked.run(["track", case, "-f", "json"]).json();
    assert!(!other["conflicts"].as_array().is_none_or(Vec::is_empty), "two drafts on one base");
    other["clauses"][0]["net"]["more"] = Json::Null;
    assert!(!schema.is_valid(&other));
}

#[test]
fn issues_are_those_of_the_case_and_then_proposals() {
    let report = report();
    let issues = report["issues"].as_array().expect("issues");
    let ids: Vec<&str> = issues.iter().filter_map(|issue| issue["id"].as_str()).collect();
    assert!(ids.starts_with(&["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9"]), "{ids:?}");
    assert!(issues[0]["changes"]["v4"].as_u64() > Some(0));
    for issue in issues {
        assert_eq!(issue["proposed"] == true, issue["id"].as_str().is_some_and(|id| id.starts_with('P')));
        assert!(issue.get("internal").is_none());
    }
}

#[test]
fn another_file_than_the_recorded_one_is_a_fault() {
    let scene = Scene::case("moz-005");
    let mut bytes = scene.read("cases/moz-005/contract/v3.docx");
    bytes.push(0);
    let actual = Sha256::of(&bytes).to_string();
    scene.write("cases/moz-005/contract/v3.docx", &bytes);
    let output = scene.run(["track", "cases/moz-005"]);
    output.expect_status(2);
    assert_eq!(output.stdout, "");
    let flat = flat(&output.stderr);
    for part in ["annex-missing", "contract/v3.docx", actual.as_str(), "rounds[2].sha256"] {
        assert!(flat.contains(part), "{part}\n{output}");
    }
}

#[test]
fn a_folder_of_drafts_will_do() {
    let scene = Scene::empty();
    for (name, rate) in [("v1", "3"), ("v2", "6"), ("v10", "5")] {
        scene.write(&format!("drafts/{name}.txt"), format!("1. Royalty\n\n1.1 The rate is {rate} per cent.\n"));
    }
    let report = scene.run(["track", "drafts", "-f", "json"]).json();
    let names: Vec<&str> =
        report["rounds"].as_array().into_iter().flatten().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(names, ["v1", "v2", "v10"]);
    assert_eq!(report["rounds"][2]["base"], "v2");
    scene.run(["track", "drafts", "--internal"]).expect_status(2).expect_stderr("has nothing internal");
    scene.write("one/v1.txt", "1. Royalty\n");
    scene.run(["track", "one"]).expect_status(2).expect_stderr("only one draft");
    scene.run(["track", "nowhere"]).expect_status(2);
}

#[test]
fn the_same_drafts_give_the_same_bytes() {
    let scene = Scene::case("moz-005");
    for format in FILES {
        let (one, other) = (format!("one.{format}"), format!("other.{format}"));
        scene.run(["track", "cases/moz-005", "-o", &one]).expect_status(0);
        scene
            .finish(scene.command().env("TZ", "Asia/Tokyo").args(["track", "cases/moz-005", "-o", &other]))
            .expect_status(0);
        assert!(scene.read(&one) == scene.read(&other), "{format}");
    }
}

#[test]
fn a_character_that_no_font_has_is_a_box_and_told() {
    let scene = Scene::empty();
    scene.write("drafts/v1.txt", "1. Seat\n\n1.1 The seat of the arbitration is Paris.\n");
    scene.write("drafts/v2.txt", "1. Seat\n\n1.1 The seat of the arbitration is 東京.\n");
    let output = scene.run(["track", "drafts", "-o", "a.pdf"]);
    output.expect_status(0).expect_stderr("that no font of the program has stand as a box in the PDF");
    let html = scene.run(["track", "drafts", "-o", "a.html"]);
    html.expect_status(0);
    assert_eq!(html.stderr, "");
    assert!(scene.text("a.html").contains("東京"));
}

#[test]
fn nothing_in_a_spreadsheet_is_a_formula() {
    let scene = Scene::empty();
    let evil = "=HYPERLINK(\"http://x.example\")";
    scene.write("drafts/v1.txt", "1. Royalty\n\n1.1 The rate is three per cent of the net value.\n");
    scene.write("drafts/v2.txt", format!("1. {evil}\n\n{evil}\n\n@SUM(1) is not what it says here, and never was.\n"));
    scene.run(["track", "drafts", "-o", "a.xlsx"]).expect_status(0);
    let text = unpacked(&scene.read("a.xlsx"));
    assert!(text.contains("=HYPERLINK("));
    assert!(!text.contains("<f>") && !text.contains("<f ") && !text.contains("<hyperlink"));
}

/// The paragraphs of a draft's text and notes, with their numbers, without the dash that Markdown has after them.
fn paragraphs(draft: &Draft) -> Vec<String> {
    let mut out = Vec::new();
    let kept = |kind: StoryKind| matches!(kind, StoryKind::Body | StoryKind::Footnote);
    for story in draft.stories.iter().filter(|story| kept(story.kind)) {
        Draft::each_para(&story.blocks, &mut |para: &Para| {
            let label = para.label.as_ref().map_or("", |label| label.text.as_str());
            let body = para.body().trim().trim_start_matches('–').trim();
            let line = format!("{} {body}", label.trim_end_matches(['–', ' ', '.']));
            out.push(line.trim().to_owned());
        });
    }
    out.retain(|line| !line.is_empty());
    out
}

#[test]
fn the_word_files_of_the_sample_say_what_its_markdown_says() {
    for name in ["v1", "v2", "v3", "v4"] {
        let read = |ending: &str| {
            let path = repository(&format!("fixtures/unit/cases/moz-005/contract/{name}.{ending}"));
            let bytes = std::fs::read(path).expect("the draft is there");
            read(&format!("{name}.{ending}"), &bytes, &ReadOptions::default()).expect("it can be read")
        };
        assert_eq!(paragraphs(&read("docx")), paragraphs(&read("md")), "{name}");
    }
}
