//! All sample cases and all stress cases: built in their languages and in English and French, with the faults that
//! they have on purpose and no others.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::harness::{Scene, repository, repository_text};

/// A case: its folder, its languages, how many documents it has in one language, and its faults on purpose.
struct Sample {
    name: &'static str,
    langs: &'static [&'static str],
    documents: usize,
    faults: &'static [&'static str],
}

const fn sample(
    name: &'static str,
    langs: &'static [&'static str],
    documents: usize,
    faults: &'static [&'static str],
) -> Sample {
    Sample { name, langs, documents, faults }
}

const SAMPLES: &[Sample] = &[
    sample("arg-004", &["en"], 5, &[]),
    sample("chl-006", &["en"], 0, &[]),
    sample("gin-001", &["fr"], 9, &[]),
    sample("kgz-003", &["ru", "en"], 6, &["expert-not-cleared", "text-not-translated"]),
    sample("mdg-008", &["fr"], 1, &["bad-email", "missing-field", "placeholder-text"]),
    sample("mmr-007", &["en"], 1, &[]),
    sample("moz-005", &["pt", "en"], 11, &[]),
    sample("mrt-002", &["ar", "fr"], 7, &[]),
];

const STRESS: &[Sample] = &[
    sample("guy-2027", &["en"], 1, &["country-unclear"]),
    sample("leap-day", &["pt"], 7, &["country-flagged"]),
    sample("long-annexes", &["fr"], 6, &[]),
    sample("reissued", &["es"], 3, &[]),
    sample("same-week-a", &["fr"], 4, &[]),
    sample("same-week-b", &["pt"], 4, &[]),
    sample("twelve-experts", &["es"], 16, &[]),
];

/// Names of the folders of cases below a folder of the repository.
fn folders(path: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(repository(path)).expect("the cases are there");
    entries.map(|entry| entry.expect("it can be read").file_name().into_string().expect("UTF-8")).collect()
}

/// Holds of each case which faults it has, and that its documents are made.
fn hold(scene: &Scene, samples: &[Sample]) {
    for Sample { name, langs, documents, faults } in samples {
        let output = scene.run(["check", "--format", "json", &format!("cases/{name}")]);
        let report = output.json();
        let found: BTreeSet<&str> = report["diagnostics"].as_array().expect("a list").iter().map(code).collect();
        assert_eq!(found, faults.iter().copied().collect(), "{name}");
        let errors = report["errors"].as_u64() > Some(0);
        output.expect_status(i32::from(errors));

        // In its own languages every format that needs no typesetting, and the pages of one of each kind.
        let output =
            scene.run(["build", &format!("cases/{name}"), "-f", "docx,html,md,txt", "-o", &format!("own/{name}")]);
        output.expect_status(i32::from(errors));
        let folder = scene.path(&format!("own/{name}"));
        assert_eq!(folder.is_dir(), *documents > 0, "{name}: no document, no folder");
        let files: Vec<String> =
            if folder.is_dir() { crate::harness::files(&folder).into_keys().collect() } else { Vec::new() };
        for lang in *langs {
            let made = files.iter().filter(|file| file.ends_with(&format!(".{lang}.html"))).count();
            assert_eq!(made, *documents, "{name}: {lang}: {files:?}");
        }
    }
}

fn code(fault: &Json) -> &str {
    fault["code"].as_str().expect("a code")
}

#[test]
fn every_case_is_listed_here() {
    let listed = |samples: &[Sample]| samples.iter().map(|sample| sample.name.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(folders("fixtures/unit/cases"), listed(SAMPLES));
    assert_eq!(folders("fixtures/stress/cases"), listed(STRESS));
    for (about, samples) in [("fixtures/unit/about.md", SAMPLES), ("fixtures/stress/about.md", STRESS)] {
        let page = repository_text(about).to_lowercase();
        for sample in samples {
            assert!(page.contains(&format!("`cases/{}`", sample.name)), "{about} does not tell of {}", sample.name);
        }
    }
}

#[test]
fn sample_cases_have_their_faults_and_no_others() {
    hold(&Scene::all(), SAMPLES);
}

#[test]
fn stress_cases_have_their_faults_and_no_others() {
    hold(&Scene::stress(), STRESS);
}

#[test]
fn every_case_is_set_as_pages() {
    for (scene, samples) in [(Scene::all(), SAMPLES), (Scene::stress(), STRESS)] {
        // Agreements and forms of one case differ in a name only; those that other tests build are left out.
        let rest =
            samples.iter().filter(|sample| sample.documents > 0 && !["arg-004", "gin-001"].contains(&sample.name));
        for Sample { name, faults, .. } in rest {
            let kinds = ["request-letter", "approval-letter", "terms-of-reference", "code-of-conduct"];
            let case = scene.text(&format!("cases/{name}/case.yaml"));
            let sections = ["\nrequest:", "\napproval:", "\nscoping:", "\nexperts:"];
            let declined = case.contains("\ndecline:");
            let there = kinds
                .iter()
                .zip(sections)
                .filter(|(kind, section)| case.contains(section) && (!declined || **kind == "request-letter"));
            let kinds: Vec<&str> = there.flat_map(|(kind, _)| ["-d", *kind]).collect();
            let output = scene.run(["build", &format!("cases/{name}")].into_iter().chain(kinds));
            let errors = faults.iter().any(|fault| ["expert-not-cleared", "missing-field"].contains(fault));
            output.expect_status(i32::from(errors));
        }
    }
}

#[test]
fn every_case_can_be_had_in_english_and_french() {
    for (scene, samples, status) in [(Scene::all(), SAMPLES, 1), (Scene::stress(), STRESS, 0)] {
        scene.run(["build", ".", "-l", "en,fr", "-f", "html,txt"]).expect_status(status);
        for Sample { name, documents, .. } in samples {
            for lang in ["en", "fr"] {
                let files = scene.path(&format!("cases/{name}/build"));
                let files = if files.is_dir() { crate::harness::files(&files) } else { Default::default() };
                let made = files.keys().filter(|file| file.ends_with(&format!(".{lang}.txt"))).count();
                assert_eq!(made, *documents, "{name}: {lang}");
            }
        }
    }
}

#[test]
fn long_lists_are_whole() {
    let scene = Scene::stress();
    scene.run(["build", "cases/long-annexes", "cases/twelve-experts", "-f", "txt,html", "-o", "out"]).expect_status(0);
    let files = scene.files("out");
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
    let annexes = files.keys().filter(|name| name.starts_with("long-annexes/") && name.ends_with(".txt"));
    let longest = annexes.map(|name| text(name)).max_by_key(String::len).expect("a document");
    assert!(longest.lines().count() > 300, "{longest}");
    let experts = files.keys().filter(|name| name.starts_with("twelve-experts/code-of-conduct.")).count();
    assert!(experts == 24 || experts == 0, "{experts} files of agreements");
}
