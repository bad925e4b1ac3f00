//! JSON: what a program finds in it.

use serde_json::Value;

use super::*;
use crate::redline::{Shown, Side, sample};

fn written() -> Value {
    let (old, new, comparison) = sample::contract();
    let mut report =
        Report::new(Side::new("v1.txt", "00", &old), Side::new("v2.txt", "11", &new), &comparison, Shown::default());
    report.program = "engross".to_owned();
    serde_json::from_slice(&write(&report)).unwrap()
}

#[test]
fn the_form_is_as_documented() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&written()).unwrap());
}

/// The text of one draft, rebuilt as `docs/redline-json.md` says.
fn rebuilt(redline: &Value, signs: &str) -> Vec<String> {
    let mut paras = Vec::new();
    let mut open = String::new();
    for line in redline[0]["nodes"].as_array().unwrap() {
        for segment in line["segments"].as_array().unwrap() {
            if signs.contains(segment["op"].as_str().unwrap()) {
                open.push_str(segment["text"].as_str().unwrap());
            }
        }
        if signs.contains(line["mark"].as_str().unwrap()) {
            paras.push(std::mem::take(&mut open));
        }
    }
    paras
}

#[test]
fn both_drafts_can_be_rebuilt() {
    let (old, new, _) = sample::contract();
    let json = written();
    for (draft, signs) in [(old, "=-<"), (new, "=+>")] {
        let texts: Vec<String> =
            crate::compare::Texts::new(&draft).paras.iter().map(|para| para.text.clone()).collect();
        assert_eq!(rebuilt(&json["redline"], signs), texts);
    }
}

#[test]
fn the_schema_is_json() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["properties"]["format"]["const"], FORMAT);
}
