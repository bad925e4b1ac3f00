//! The same case gives the same bytes: in any folder, time zone and language environment, with any
//! number of threads, whatever the order of files, and at any time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::harness::{Scene, repository};

/// Builds the two cases with documents of all kinds in both languages.
fn built(scene: &Scene, root: &str, jobs: &str, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let cases = format!("{root}cases");
    let mut command = scene.command();
    command.args(["build", &cases, "--lang", "en,fr", "--jobs", jobs, "--force"]).envs(environment.iter().copied());
    scene.finish(&mut command).expect_status(1);
    let files = scene.files(&cases).into_iter().filter(|(name, _)| name.contains("/build/"));
    files.collect()
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert!(one.keys().eq(other.keys()), "{what}");
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{what}: {name} differs");
    }
}

#[test]
fn the_same_case_gives_the_same_bytes_anywhere() {
    let scene = Scene::unit();
    let first = built(&scene, "", "1", &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C")]);
    assert!(first.keys().any(|name| name.ends_with("record.json")));
    assert!(first.keys().filter(|name| name.ends_with(".pdf")).count() >= 30);

    // A longer path, made in the opposite order, so that folders are listed differently.
    let elsewhere = Scene::empty();
    let root = "ein anderer/dossier é/";
    copy_backwards(&scene.path(""), &elsewhere.path(root));
    let environment = [("TZ", "America/St_Johns"), ("LANG", "fr_FR.UTF-8"), ("LC_ALL", "ar_EG.UTF-8")];
    let second = built(&elsewhere, root, "8", &environment);
    same(&first, &second, "another folder, time zone, language and number of threads");

    let home = [("HOME", "/nonexistent"), ("SOURCE_DATE_EPOCH", "1"), ("TYPST_FONT_PATHS", "/usr/share/fonts")];
    let third = built(&scene, "", "3", &home);
    same(&first, &third, "another environment");
}

#[test]
fn the_order_of_arguments_and_what_is_built_beside_do_not_count() {
    let scene = Scene::built();
    let expected = scene.read("cases/arg-004/build/approval-letter.fr.pdf");
    let build = ["build", "-l", "fr", "-l", "en", "-d", "request-letter", "-d", "approval-letter", "cases/arg-004"];
    scene.run(build).expect_status(0);
    assert!(scene.read("cases/arg-004/build/approval-letter.fr.pdf") == expected);
    scene.run(["build", "cases/arg-004", "-l", "fr", "-d", "approval-letter", "-o", "alone"]).expect_status(0);
    assert!(scene.read("alone/approval-letter.fr.pdf") == expected);
}

#[test]
fn no_path_of_the_machine_gets_into_a_file() {
    let scene = Scene::built();
    let folder = scene.path("");
    let needles = [folder.display().to_string(), repository("").display().to_string()];
    for (name, bytes) in scene.files("cases/arg-004/build") {
        let text = String::from_utf8_lossy(&bytes);
        for needle in &needles {
            assert!(!text.contains(needle.trim_end_matches('/')), "{name} holds {needle}");
        }
    }
}

/// Copies a workspace without its documents, the last file first.
fn copy_backwards(from: &Path, to: &Path) {
    let mut entries: Vec<_> = fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.file_name()));
    fs::create_dir_all(to).expect("a folder");
    for entry in entries.iter().filter(|entry| entry.file_name() != "build") {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_backwards(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}
