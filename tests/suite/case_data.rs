//! `docs/case-data.md` is made from the JSON Schema and the rules; this holds it to them.
//!
//! With `ENGROSS_UPDATE=1` in the environment the page is written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use engross::diagnostic::Code;
use serde_json::Value as Json;

use crate::harness::{Scene, repository, repository_text};

const PAGE: &str = "docs/case-data.md";

/// The records of a case in the order of the page. A record that no group names fails the test.
const GROUPS: &[(&str, &str, &[&str])] = &[
    ("The case as a whole", "What stands at the left margin of `case.yaml`.", &["Case"]),
    (
        "Parties, project and contract",
        "Who asks, who is on the other side, and what is negotiated.",
        &["Authority", "Mandate", "Address", "Person", "Project", "Investor", "Contract"],
    ),
    (
        "Inquiry and request",
        "From the first contact to the government's letter.",
        &["Inquiry", "Request", "Service", "Timeline", "ProposedExpert", "PartnerEngagement", "Annex"],
    ),
    (
        "Check and answer",
        "The unit's due diligence, which stays internal, and its letter.",
        &[
            "DueDiligence",
            "DiligenceItem",
            "Condition",
            "Approval",
            "ReplyTo",
            "Deviation",
            "Period",
            "NextStep",
            "Decline",
        ],
    ),
    (
        "Experts",
        "Who helps, what they declare, and the unit's clearance.",
        &["Expert", "Declaration", "Interest", "Clearance"],
    ),
    (
        "The scoping mission",
        "What the terms of reference are made from.",
        &[
            "Scoping",
            "ApprovalCitation",
            "Task",
            "Deliverable",
            "Appointment",
            "TeamMember",
            "Qualification",
            "BudgetLine",
            "MissionRisk",
        ],
    ),
    (
        "Activities, evaluations, negotiation",
        "What follows the letters: support, forms, the drafts of the contract and its issues.",
        &["Activity", "Evaluation", "Round", "Issue"],
    ),
    (
        "The unit's profile",
        "What stands in `engross.yaml`, once for all cases. Addresses and people are written as in a case.",
        &["Unit", "CodeOfConduct"],
    ),
];

/// The rules between documents, in plain words.
const RULES: &[(u32, &str, &[&str])] = &[
    (1, "A letter cites another by exactly that document's reference, date and signatory.", &[]),
    (
        2,
        "The steps follow each other in time: inquiry, request, due diligence, approval, terms of reference, clearance, work, report, evaluation. The Code of Conduct may be signed before the terms of reference, but never after work has begun.",
        &[],
    ),
    (
        3,
        "Support is approved only after a due diligence that is cleared, with or without conditions; its conditions stand in the approval letter and among the risks of the terms of reference.",
        &[],
    ),
    (4, "A case is approved or declined, never both; what follows an approval rests on one.", &[]),
    (
        5,
        "An expert works only after signing the Code of Conduct in its current version and after the unit's clearance.",
        &[],
    ),
    (6, "No expert has a tie with an investor of the case, unless something is done about it and written down.", &[]),
    (
        7,
        "Country, authority, project, commodities and investors are the same in all documents. This holds by construction: each stands once in the case file, and all documents take it from there.",
        &[],
    ),
    (
        8,
        "What is approved was asked for, or is named as a deviation; the tasks of the mission keep to what is approved.",
        &[],
    ),
    (
        9,
        "Missions and activities lie within the approved period; deliverables are due after their mission begins.",
        &[],
    ),
    (
        10,
        "There is enough time between request and support; request and due diligence are not out of date when support is approved.",
        &[],
    ),
    (
        11,
        "Letters are signed by those who may sign them, while in office; terms of reference and declarations rest on letters that are signed. Drafts say on every page that they are drafts.",
        &[],
    ),
    (
        12,
        "Amounts, totals, days and shares add up, for each currency apart. Amounts are exact decimals, never floating-point numbers.",
        &[],
    ),
    (13, "An evaluation follows the end of its activity, and none is forgotten.", &[]),
    (14, "Where another partner works on an approved discipline, the approval says who does what.", &[]),
    (15, "Nothing becomes public without the government's consent; an anonymised case has a name to go by.", &[]),
    (
        16,
        "One person has one spelling; no word mixes scripts that look alike; no invisible or direction-changing characters. Text is put into Unicode normalisation form C when it is read.",
        &["forbidden-character", "invisible-character"],
    ),
    (17, "References are unique, and the unit's running numbers leave none out.", &[]),
    (18, "The approval goes out in the language of the request; further languages are courtesy copies.", &[]),
    (19, "Every file that the case names is there, and is the one whose digest was written down.", &[]),
    (20, "An authority below the State, or a state-owned enterprise, proves its mandate.", &[]),
];

#[test]
fn the_page_is_that_of_the_schema_and_the_rules() {
    let page = page();
    if std::env::var_os("ENGROSS_UPDATE").is_some() {
        fs::write(repository(PAGE), &page).expect("the page can be written");
    }
    let shipped = fs::read_to_string(repository(PAGE)).unwrap_or_default();
    let first = page.lines().zip(shipped.lines()).find(|(ours, theirs)| ours != theirs);
    assert!(page == shipped, "{PAGE} is not up to date: run the suite with ENGROSS_UPDATE=1\n{first:?}");
}

#[test]
fn every_record_has_its_place_on_the_page() {
    let listed: BTreeSet<&str> = GROUPS.iter().flat_map(|(_, _, records)| records.iter().copied()).collect();
    for name in Schemas::load().records().keys() {
        assert!(listed.contains(name.as_str()), "no group of the page names the record `{name}`");
    }
}

/// The schemas of both files.
struct Schemas {
    case: Json,
    unit: Json,
}

impl Schemas {
    fn load() -> Self {
        let scene = Scene::empty();
        Self { case: scene.run(["schema", "case"]).json(), unit: scene.run(["schema", "unit"]).json() }
    }

    /// All records of both files by name.
    fn records(&self) -> BTreeMap<&String, &Json> {
        let case = self.case["$defs"].as_object().expect("records");
        let unit = self.unit["$defs"].as_object().expect("records");
        unit.iter().chain(case).collect()
    }

    /// Where each record stands in its file.
    fn places(&self) -> BTreeMap<String, Vec<String>> {
        let mut places = BTreeMap::new();
        walk(&self.case, "Case", "", &mut places);
        walk(&self.unit, "Unit", "", &mut places);
        places
    }
}

/// Notes the path of every record below one.
fn walk(schema: &Json, record: &str, path: &str, places: &mut BTreeMap<String, Vec<String>>) {
    for (field, form) in schema["$defs"][record]["properties"].as_object().expect("fields") {
        let here = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
        let (inner, here) = match form {
            form if form["items"].is_object() => (&form["items"], format!("{here}[]")),
            form if form["additionalProperties"].is_object() => (&form["additionalProperties"], format!("{here}.KEY")),
            form => match form["anyOf"].as_array().and_then(|any| any.iter().find(|any| any["items"].is_object())) {
                Some(list) => (&list["items"], format!("{here}[]")),
                None => (form, here),
            },
        };
        if let Some(name) = target(inner) {
            let known = places.entry(name.to_owned()).or_default();
            if !known.contains(&here) {
                known.push(here.clone());
                walk(schema, name, &here, places);
            }
        }
    }
}

/// The record that a form refers to.
fn target(form: &Json) -> Option<&str> {
    form["$ref"].as_str()?.rsplit('/').next()
}

/// Writes `DueDiligence` as `Due diligence`.
fn title(name: &str) -> String {
    let mut title = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !title.is_empty() {
            title.push(' ');
            title.extend(letter.to_lowercase());
        } else {
            title.push(letter);
        }
    }
    title
}

fn link(name: &str) -> String {
    format!("[{}](#{})", title(name).to_lowercase(), title(name).to_lowercase().replace(' ', "-"))
}

/// Says in plain words what may be written for a value, one of it or `many`.
fn words(form: &Json, many: bool) -> String {
    let of = |one: &str, more: &str| (if many { more } else { one }).to_owned();
    if let Some(name) = target(form) {
        return format!("{}{}", if many { "groups: " } else { "a group: " }, link(name));
    }
    if form["items"].is_object() {
        return format!("a list of {}", words(&form["items"], true));
    }
    if form["additionalProperties"].is_object() {
        return format!("for each key, {}", words(&form["additionalProperties"], false));
    }
    if form["additionalProperties"] == true {
        return "anything".to_owned();
    }
    if let Some(any) = form["anyOf"].as_array() {
        if any[0]["const"] == "none" {
            return format!("`none`, or {}", words(&any[1], false));
        }
        return if any[0]["type"] == "string" {
            of("rich text, by language", "rich texts, by language")
        } else {
            of("text, by language", "texts, by language")
        };
    }
    if form["oneOf"][0]["type"] == "boolean" {
        return "`yes` or `no`".to_owned();
    }
    if form["oneOf"].is_array() {
        return of("a choice, see below", "choices, see below");
    }
    if form["enum"].is_array() {
        return of("a language", "languages");
    }
    if form["const"] == 1 {
        return "the number `1`".to_owned();
    }
    if form["type"] == "integer" {
        return of("a whole number", "whole numbers");
    }
    match form["pattern"].as_str() {
        None => of("text", "texts"),
        Some("^[a-z][a-z0-9-]{0,39}$") => of("a key", "keys"),
        Some("^[A-Z]{3}$") => of("a country code", "country codes"),
        Some(pattern) if form["format"] == "date" && pattern.starts_with("^\\d{4}") => of("a date", "dates"),
        Some(pattern) if pattern.starts_with("^[A-Z]{3}[ ") => of("money", "amounts of money"),
        Some(pattern) if pattern.contains('@') => of("an e-mail address", "e-mail addresses"),
        Some(pattern) if pattern.contains("0-9a-f]{64}") => of("a SHA-256 digest", "SHA-256 digests"),
        Some(pattern) if pattern.starts_with("^[^/") => of("a file name", "file names"),
        Some(pattern) if pattern.starts_with("^\\d{1,3}") => of("a percentage", "percentages"),
        Some(pattern) if pattern.starts_with("^[A-Z0-9]") => of("an identifier", "identifiers"),
        Some(pattern) => panic!("say in words what `{pattern}` is"),
    }
}

/// The choices of a form with their meanings.
fn choices(form: &Json) -> Option<&Vec<Json>> {
    let form = if form["items"].is_object() { &form["items"] } else { form };
    form["oneOf"].as_array().filter(|choices| choices[0]["const"].is_string())
}

fn page() -> String {
    let schemas = Schemas::load();
    let records = schemas.records();
    let places = schemas.places();
    let mut page = repository_text("tests/suite/case_data.md");
    for (heading, intro, names) in GROUPS {
        write!(page, "\n## {heading}\n\n{intro}\n").expect("text takes text");
        for name in *names {
            record(&mut page, name, records[&(*name).to_owned()], places.get(*name));
        }
    }
    rules(&mut page);
    page
}

fn record(page: &mut String, name: &str, record: &Json, places: Option<&Vec<String>>) {
    let description = record["description"].as_str().expect("a description");
    let required: BTreeSet<&str> =
        record["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let mut text = format!("\n### {}\n\n{description}\n", title(name));
    if let Some(places) = places {
        let paths: Vec<String> = places.iter().map(|path| format!("`{path}`")).collect();
        writeln!(text, "Stands under {}.", paths.join(", ")).expect("text takes text");
    }
    text.push_str("\n| field | | what | form |\n| --- | --- | --- | --- |\n");
    let fields = record["properties"].as_object().expect("fields");
    for (field, form) in fields {
        let needed = if required.contains(field.as_str()) { "required" } else { "" };
        let what = form["description"].as_str().expect("a description").replace('|', "\\|").replace('\n', " ");
        writeln!(text, "| `{field}` | {needed} | {what} | {} |", words(form, false)).expect("text takes text");
    }
    for (field, form) in fields {
        let Some(choices) = choices(form) else { continue };
        write!(text, "\nChoices of `{field}`:\n\n").expect("text takes text");
        for choice in choices {
            let (word, meaning) = (&choice["const"], &choice["description"]);
            let (word, meaning) = (word.as_str().expect("a word"), meaning.as_str().expect("a meaning"));
            writeln!(text, "- `{word}`: {meaning}").expect("text takes text");
        }
    }
    page.push_str(&text);
}

/// What the source of a rule says of itself: its numbers, its first line, its codes.
struct RuleFile {
    numbers: Vec<u32>,
    about: String,
    codes: BTreeSet<&'static str>,
}

fn rule_files() -> Vec<RuleFile> {
    let folder = repository("src/case/rules");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the rules").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let texts =
        paths.iter().filter(|path| !path.ends_with("mod.rs")).map(|path| fs::read_to_string(path).expect("UTF-8"));
    let files = texts.map(|text| {
        let first = text.lines().next().and_then(|line| line.strip_prefix("//! ")).expect("a first line").to_owned();
        let head = first.split(':').next().unwrap_or_default();
        // "Rule 5's neighbours" are no part of the rule.
        let ruled = head.starts_with("Rule") && !head.contains("'s");
        let numbers = head.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        RuleFile {
            numbers: if ruled { numbers.collect() } else { Vec::new() },
            about: first,
            codes: Code::ALL
                .iter()
                .filter(|code_| {
                    let variant = format!("Code::{code_:?}");
                    code.match_indices(&variant)
                        .any(|(at, _)| !code[at + variant.len()..].starts_with(|c: char| c.is_alphanumeric()))
                })
                .map(|code| code.name())
                .collect(),
        }
    });
    files.collect()
}

fn rules(page: &mut String) {
    let files = rule_files();
    page.push_str(
        "\n## Cross-document consistency rules\n\n\
         What `engross check` compares between the documents of a case. `engross explain CODE` tells more about a code;\n\
         so does [the list of diagnostics](diagnostics.md).\n\n\
         | rule | what must be true | reported as |\n| --- | --- | --- |\n",
    );
    let show = |codes: &BTreeSet<&str>| {
        let codes: Vec<String> = codes.iter().map(|code| format!("[`{code}`](diagnostics.md#{code})")).collect();
        if codes.is_empty() { "–".to_owned() } else { codes.join(", ") }
    };
    for (number, what, more) in RULES {
        let mut codes: BTreeSet<&str> = more.iter().copied().collect();
        codes.extend(files.iter().filter(|file| file.numbers.contains(number)).flat_map(|file| &file.codes));
        writeln!(page, "| {number} | {what} | {} |", show(&codes)).expect("text takes text");
    }
    page.push_str("\nBeside these, single sections are looked at as wholes:\n\n| what must be true | reported as |\n| --- | --- |\n");
    for file in files.iter().filter(|file| file.numbers.is_empty() && !file.codes.is_empty()) {
        let about = file.about.split(" (").next().unwrap_or_default().trim_end_matches('.');
        let about =
            about.split_once(": ").filter(|(before, _)| before.starts_with("Rule")).map_or(about, |(_, after)| after);
        let mut letters = about.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        let about: String = first.chain(letters).collect();
        writeln!(page, "| {about}. | {} |", show(&file.codes)).expect("text takes text");
    }
}

#[test]
fn every_rule_has_a_code_or_holds_by_construction() {
    let files = rule_files();
    for (number, what, more) in RULES {
        let reported = files.iter().any(|file| file.numbers.contains(number) && !file.codes.is_empty());
        assert!(reported || !more.is_empty() || what.contains("by construction"), "rule {number} has no code");
    }
    for file in &files {
        let known = file.numbers.iter().all(|number| RULES.iter().any(|(rule, _, _)| rule == number));
        assert!(known, "{}: not in the list", file.about);
    }
    let shown = rule_files().into_iter().flat_map(|file| file.codes).collect::<BTreeSet<_>>();
    for code in Code::ALL.iter().filter(|code| code.group() == "documents") {
        assert!(shown.contains(code.name()), "no rule reports `{}`", code.name());
    }
}
