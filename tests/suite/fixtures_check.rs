//! Cases with one fault each: every fixture raises its code at the right place, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use engross::diagnostic::Code;
use serde_json::Value as Json;

use crate::harness::{Scene, copy, repository, repository_text};

/// Fixtures in which nothing is wrong.
const SOUND: &[&str] = &["base", "minimal"];

/// Codes that cannot come without another: a misspelt field is also missing, and after a syntax error
/// the rest of a group is.
const COMPANIONS: &[(&str, &str)] = &[("unknown-field", "missing-field"), ("yaml-syntax", "missing-field")];

/// Fixtures whose fault is that something is not there, so that another line has to be shown.
const ABSENCES: &[&str] = &[
    "agreement-unsigned",
    "condition-not-carried",
    "missing-field",
    "step-missing",
    "team-without-lead",
    "text-not-translated",
];

/// Names of the folders under `fixtures/check`.
pub(crate) fn names() -> BTreeSet<String> {
    let entries = fs::read_dir(repository("fixtures/check")).expect("the fixtures are there");
    let folders = entries.map(|entry| entry.expect("it can be read")).filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().into_string().expect("names are UTF-8")).collect()
}

/// The faults of every fixture, by its name; all are checked in one run.
fn faults() -> &'static BTreeMap<String, Vec<Json>> {
    static FAULTS: OnceLock<BTreeMap<String, Vec<Json>>> = OnceLock::new();
    FAULTS.get_or_init(|| {
        let scene = Scene::case("");
        copy(&repository("fixtures/check"), &scene.path("cases"), &|_| true);
        let output = scene.run(["check", "--format", "json", "."]);
        output.expect_status(1);
        let mut faults: BTreeMap<String, Vec<Json>> = names().into_iter().map(|name| (name, Vec::new())).collect();
        for fault in output.json()["diagnostics"].as_array().expect("a list") {
            let file = fault["place"]["file"].as_str().expect("each fault of a case has a place");
            let name = file.split('/').rev().nth(1).expect("a file in a folder");
            faults.get_mut(name).unwrap_or_else(|| panic!("{file}")).push(fault.clone());
        }
        faults
    })
}

#[test]
fn every_fixture_raises_its_code_and_nothing_else() {
    for (name, faults) in faults() {
        let codes: BTreeSet<&str> = faults.iter().map(|fault| fault["code"].as_str().expect("a code")).collect();
        let mut expected: BTreeSet<&str> =
            COMPANIONS.iter().filter(|(of, _)| of == name).map(|(_, companion)| *companion).collect();
        if !SOUND.contains(&name.as_str()) {
            expected.insert(name);
        }
        assert_eq!(codes, expected, "fixtures/check/{name}");
    }
}

#[test]
fn every_fixture_is_named_after_a_code_and_says_what_is_wrong() {
    for name in names() {
        assert!(SOUND.contains(&name.as_str()) || Code::from_name(&name).is_some(), "fixtures/check/{name}");
        let bytes = fs::read(repository("fixtures/check").join(&name).join("case.yaml")).expect("a case file");
        assert!(bytes.starts_with(b"# "), "fixtures/check/{name}: the first line says what is wrong");
    }
}

#[test]
fn every_fault_shows_the_line_that_was_changed() {
    let count = |text: &str, line: &str| text.lines().filter(|other| *other == line).count();
    let base = repository_text("fixtures/check/base/case.yaml");
    let faulty = faults().iter().filter(|(name, _)| !SOUND.contains(&name.as_str()));
    for (name, faults) in faulty.filter(|(name, _)| !ABSENCES.contains(&name.as_str())) {
        let bytes = fs::read(repository("fixtures/check").join(name).join("case.yaml")).expect("a case file");
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let places = faults.iter().flat_map(|fault| {
            let related = fault["related"].as_array().expect("a list").iter().map(|other| &other["place"]);
            std::iter::once(&fault["place"]).chain(related)
        });
        let places: Vec<&Json> = places.collect();
        let changed = places.iter().any(|place| {
            let line = |key: &str| place[key].as_u64().expect("a number") as usize;
            (line("line")..=line("end_line"))
                .any(|at| lines.get(at - 1).is_none_or(|line| count(&text, line) > count(&base, line)))
        });
        assert!(changed, "fixtures/check/{name}: {places:?}");
    }
}

#[test]
fn columns_count_characters_and_point_at_the_value() {
    let at = |name: &str, code: &str| -> String {
        let fault = faults()[name].iter().find(|fault| fault["code"] == code).expect("the fault");
        let place = &fault["place"];
        let number = |key: &str| place[key].as_u64().expect("a number") as usize;
        let bytes = fs::read(repository("fixtures/check").join(name).join("case.yaml")).expect("a case file");
        let text = String::from_utf8_lossy(&bytes);
        let line = text.lines().nth(number("line") - 1).expect("the line").to_owned();
        line.chars().skip(number("column") - 1).take(number("end_column").saturating_sub(number("column"))).collect()
    };
    for (name, value) in [
        ("bad-value", "renegociation"),
        ("unknown-country", "Guinee"),
        ("bad-email", "a.keita(at)mines.example"),
        ("unknown-field", "refrence"),
        ("out-of-range", "6"),
        ("invisible-character", "\u{200B}"),
    ] {
        assert_eq!(at(name, name), value, "fixtures/check/{name}");
    }
}

#[test]
fn the_sample_cases_have_the_faults_they_are_said_to_have() {
    let scene = Scene::unit();
    for case in ["gin-001", "arg-004", "chl-006"] {
        let output = scene.run(["check", "--format", "json", &format!("cases/{case}")]);
        output.expect_status(0);
        assert_eq!(output.json()["diagnostics"], Json::Array(Vec::new()), "{case}");
    }
    let output = scene.run(["check", "--format", "json", "cases/mdg-008"]);
    output.expect_status(1);
    let report = output.json();
    let faults = report["diagnostics"].as_array().expect("a list");
    let found: Vec<(&str, &str)> = faults
        .iter()
        .map(|fault| (fault["code"].as_str().expect("a code"), fault["path"].as_str().expect("a path")))
        .collect();
    assert_eq!(
        found,
        [
            ("bad-email", "people.focal-point.email"),
            ("placeholder-text", "investors[0].name"),
            ("missing-field", "request.signed_on"),
            ("missing-field", "request.timeline"),
        ]
    );
}

#[test]
fn a_report_for_people() {
    let output = Scene::fixture("bad-date").run(["check", "cases/tried"]);
    insta::assert_snapshot!(output, @r#"
    status: 1
    -- stdout --
    error[bad-date]: `13.01.2026` is not a date
      --> cases/tried/case.yaml:43:16
       |
    43 |   received_on: 13.01.2026
       |                ^^^^^^^^^^
       |
       = note: field `request.received_on`
       = help: write year, month and day: `2026-01-13`

    -- stderr --
    GIN-001: 1 error.
    `engross explain CODE` tells more about a fault.
    "#);
}

#[test]
fn a_report_of_one_line_each() {
    let output = Scene::fixture("unknown-field").run(["check", "--format", "concise", "cases/tried"]);
    insta::assert_snapshot!(output, @r#"
    status: 1
    -- stdout --
    cases/tried/case.yaml:37:1: error[missing-field]: `reference` is missing: the authority's own reference of the letter (request.reference); write `reference: …`
    cases/tried/case.yaml:38:3: error[unknown-field]: the request has no field `refrence` (request.refrence); did you mean `reference`?
    -- stderr --
    GIN-001: 2 errors.
    "#);
}

#[test]
fn a_report_for_programs() {
    let output = Scene::fixture("citation-mismatch").run(["check", "--format", "json", "cases/tried"]);
    insta::assert_snapshot!(output, @r#"
    status: 1
    -- stdout --
    {
      "version": 1,
      "errors": 1,
      "warnings": 0,
      "diagnostics": [
        {
          "code": "citation-mismatch",
          "severity": "error",
          "message": "the approval cites the request as `0147/MMG` but its reference is `0147/MMG/CAB/2026`",
          "place": {
            "file": "cases/tried/case.yaml",
            "line": 75,
            "column": 28,
            "end_line": 75,
            "end_column": 36
          },
          "path": "approval.in_reply_to.reference",
          "related": [
            {
              "message": "the reference of the request",
              "place": {
                "file": "cases/tried/case.yaml",
                "line": 38,
                "column": 14,
                "end_line": 38,
                "end_column": 31
              }
            }
          ],
          "hints": [
            "write `reference: 0147/MMG/CAB/2026`, letter by letter"
          ]
        }
      ]
    }
    -- stderr --
    "#);
}

#[test]
fn a_case_that_is_not_there_is_an_error_of_its_own() {
    let output = Scene::unit().run(["check", "cases/gin-002"]);
    insta::assert_snapshot!(output, @r#"
    status: 2
    -- stdout --
    -- stderr --
    error[file-unreadable]: `cases/gin-002` is neither a case folder, nor a case file, nor the identifier of a case
      help: give the folder that holds `case.yaml`
    "#);
}

#[test]
fn without_a_profile_nothing_can_be_checked() {
    let scene = Scene::empty();
    copy(&repository("fixtures/check/base"), &scene.path("tried"), &|_| true);
    let output = scene.run(["check", "tried"]);
    output.expect_status(2).expect_stderr("there is no unit profile `engross.yaml`");
}

#[test]
fn own_country_lists_with_faults_are_refused_with_their_place() {
    let scene = Scene::unit();
    scene.write("data/dac_list.tsv", "not a list\n");
    let output = scene.run(["check", "cases/gin-001"]);
    output.expect_status(2).expect_stderr("[data-list]").expect_stderr("data/dac_list.tsv:1:1");
}
