//! The JSON Schema for editors agrees with the reader: judged by a validator that is not ours.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value as Json;
use walkdir::WalkDir;

use crate::fixtures_check;
use crate::harness::{Scene, repository};

/// Reads YAML as an editor does: YAML 1.2, where a plain `yes` is text.
fn yaml(bytes: &[u8]) -> Json {
    let text = std::str::from_utf8(bytes).expect("the file is UTF-8");
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).expect("the file is YAML")
}

fn schema(of: &str) -> jsonschema::Validator {
    let output = Scene::empty().run(["schema", of]);
    output.expect_status(0);
    let schema = output.json();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("no schema: {error}"));
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).expect("a schema")
}

fn faults(schema: &jsonschema::Validator, value: &Json) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let schemas: BTreeMap<&str, _> = [("case.yaml", schema("case")), ("engross.yaml", schema("unit"))].into();
    let mut seen = 0;
    for entry in WalkDir::new(repository("fixtures")).into_iter().map(|entry| entry.expect("it can be read")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(schema) = schemas.get(name.as_str()) else { continue };
        let path = entry.path().strip_prefix(repository("fixtures")).expect("it lies below").display().to_string();
        let shipped = path.starts_with("unit/") && !path.contains("mdg-008") && !path.contains("/build/");
        if shipped || path.starts_with("check/base/") || path.starts_with("check/minimal/") {
            let found = faults(schema, &yaml(&fs::read(entry.path()).expect("it can be read")));
            assert!(found.is_empty(), "fixtures/{path}:\n{}", found.join("\n"));
            seen += 1;
        }
    }
    assert!(seen >= 7, "only {seen} files");
}

#[test]
fn the_incomplete_case_fails_where_the_program_says() {
    let value = yaml(&fs::read(repository("fixtures/unit/cases/mdg-008/case.yaml")).expect("it is there"));
    let found = faults(&schema("case"), &value).join("\n");
    for part in
        ["/people/focal-point/email", "\"signed_on\" is a required property", "\"timeline\" is a required property"]
    {
        assert!(found.contains(part), "{part}\n{found}");
    }
}

/// Codes of single fields: what the reader refuses, the schema refuses.
const FIELDS: &[&str] = &[
    "bad-date",
    "bad-email",
    "bad-key",
    "bad-money",
    "bad-value",
    "missing-field",
    "unknown-country",
    "unknown-field",
    "unknown-language",
    "wrong-type",
];

#[test]
fn what_the_reader_refuses_in_a_field_the_schema_refuses_too() {
    let schema = schema("case");
    for name in FIELDS {
        let path = repository("fixtures/check").join(name).join("case.yaml");
        let value = yaml(&fs::read(path).expect("it is there"));
        assert!(!faults(&schema, &value).is_empty(), "fixtures/check/{name}");
    }
}

#[test]
fn what_is_wrong_between_documents_is_no_matter_of_the_schema() {
    let schema = schema("case");
    for name in fixtures_check::names() {
        let code = engross::diagnostic::Code::from_name(&name);
        if code.is_some_and(|code| ["documents", "eligibility"].contains(&code.group())) {
            let value =
                yaml(&fs::read(repository("fixtures/check").join(&name).join("case.yaml")).expect("it is there"));
            let found = faults(&schema, &value);
            assert!(found.is_empty(), "fixtures/check/{name}:\n{}", found.join("\n"));
        }
    }
}

#[test]
fn a_misspelt_field_is_refused_at_every_depth() {
    let schema = schema("case");
    let sound = yaml(&fs::read(repository("fixtures/unit/cases/gin-001/case.yaml")).expect("it is there"));
    let mut pointers = Vec::new();
    objects(&sound, "", &mut pointers);
    assert!(pointers.len() > 100, "only {} groups", pointers.len());
    for pointer in pointers.iter().filter(|pointer| !open(pointer)) {
        let mut value = sound.clone();
        let group = value.pointer_mut(pointer).and_then(Json::as_object_mut).expect("it was there");
        group.insert("Misspelt".into(), Json::from(1));
        assert!(!schema.is_valid(&value), "{pointer}/Misspelt is let through");
    }
}

/// Whether anything may stand in a group: `extra` is the user's own.
fn open(pointer: &str) -> bool {
    pointer.starts_with("/extra")
}

fn objects(value: &Json, pointer: &str, pointers: &mut Vec<String>) {
    match value {
        Json::Object(entries) => {
            pointers.push(pointer.to_owned());
            entries.iter().for_each(|(key, value)| objects(value, &format!("{pointer}/{key}"), pointers));
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| objects(value, &format!("{pointer}/{at}"), pointers));
        }
        _ => {}
    }
}

#[test]
fn every_field_and_group_is_described() {
    for of in ["case", "unit"] {
        let schema = Scene::empty().run(["schema", of]).json();
        for (name, group) in schema["$defs"].as_object().expect("groups") {
            assert!(group["description"].is_string(), "{name}");
            for (field, schema) in group["properties"].as_object().expect("fields") {
                assert!(schema["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}.{field}");
            }
        }
    }
}
