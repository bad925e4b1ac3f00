//! `engross verify`: is a folder what was built, and can it be built again?

use std::fs;

use engross::manifest::{Name, Record, Sha256, Sums};

use crate::harness::{CASES, Scene};

const FOLDER: &str = "cases/arg-004/build";

#[test]
fn what_was_built_is_intact_and_comes_out_the_same() {
    let scene = Scene::built();
    for case in CASES {
        let output = scene.run(["verify", "--rebuild", &format!("cases/{case}/build")]);
        output.expect_status(0).expect_stderr("files as built.");
        let record =
            Record::parse("record.json", &scene.read(&format!("cases/{case}/build/record.json"))).expect("sound");
        let all = record.outputs.len();
        output.expect_stderr(&format!("{all} of {all} documents come out the same, byte for byte."));
        assert_eq!(output.stdout, "");
    }
    // The case's folder stands for the documents in it.
    scene.run(["verify", "cases/arg-004"]).expect_status(0);
}

#[test]
fn changed_missing_and_extra_files_are_named() {
    let scene = Scene::built();
    let mut bytes = scene.read(&format!("{FOLDER}/approval-letter.en.pdf"));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    scene.write(&format!("{FOLDER}/approval-letter.en.pdf"), bytes);
    fs::remove_file(scene.path(&format!("{FOLDER}/request-letter.en.pdf"))).expect("it is there");
    scene.write(&format!("{FOLDER}/source/notes.txt"), "new");
    let output = scene.run(["verify", FOLDER, "--format", "concise"]);
    insta::assert_snapshot!(output, @r#"
    status: 1
    -- stdout --
    error[digest-mismatch]: `cases/arg-004/build/approval-letter.en.pdf` is not the file that was built; compare it with a copy you trust, or build again
    error[file-missing]: `cases/arg-004/build/request-letter.en.pdf` is missing; put it back, or build again
    error[file-extra]: `cases/arg-004/build/source/notes.txt` was not built; keep files of your own elsewhere
    -- stderr --
    11 files as built, 2 changed or missing, 1 more that were not built.
    "#);
    let report = scene.run(["verify", FOLDER, "--format", "json"]).json();
    let codes: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|fault| fault["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(codes, ["digest-mismatch", "file-missing", "file-extra"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_the_file_that_was_built() {
    let scene = Scene::built();
    let file = scene.path(&format!("{FOLDER}/approval-letter.en.pdf"));
    fs::rename(&file, scene.path("moved.pdf")).expect("it is there");
    std::os::unix::fs::symlink(scene.path("moved.pdf"), &file).expect("a link");
    let output = scene.run(["verify", FOLDER, "--format", "concise"]);
    output.expect_status(1).expect_stdout("[digest-mismatch]").expect_stdout("approval-letter.en.pdf");
}

#[test]
fn a_record_that_was_changed_is_noticed() {
    let scene = Scene::built();
    scene.replace(&format!("{FOLDER}/record.json"), "\"id\": \"ARG-004\"", "\"id\": \"ARG-005\"");
    let output = scene.run(["verify", FOLDER, "--format", "concise"]);
    output.expect_status(1).expect_stdout("[digest-mismatch]").expect_stdout("record.json");
    let output = scene.run(["verify", "--rebuild", FOLDER, "--format", "concise"]);
    output.expect_status(1).expect_stdout("[record-invalid]");
}

#[test]
fn a_record_in_another_form_cannot_be_relied_on() {
    let scene = Scene::built();
    let text = scene.text(&format!("{FOLDER}/record.json")).replacen("  \"record\"", "    \"record\"", 1);
    scene.write(&format!("{FOLDER}/record.json"), &text);
    relist(&scene, "record.json");
    let output = scene.run(["verify", FOLDER]);
    output.expect_status(2).expect_stderr("record.json:2: the text was changed");
}

/// Writes the digest of a changed file into the list, as a forger would; takes the line of one that is
/// gone away.
fn relist(scene: &Scene, changed: &str) {
    let sums = Sums::parse("SHA256SUMS", &scene.read(&format!("{FOLDER}/SHA256SUMS"))).expect("a sound list");
    let mut forged = Sums::new();
    for (name, digest) in sums.iter().filter(|(name, _)| name.as_str() != changed) {
        forged.insert(name.clone(), digest).expect("names differ");
    }
    if let Ok(bytes) = fs::read(scene.path(&format!("{FOLDER}/{changed}"))) {
        forged.insert(Name::new(changed).expect("a name"), Sha256::of(&bytes)).expect("names differ");
    }
    scene.write(&format!("{FOLDER}/SHA256SUMS"), forged.to_string());
}

#[test]
fn a_list_that_was_changed_with_the_files_contradicts_the_record() {
    let scene = Scene::built();
    let list = scene.text(&format!("{FOLDER}/SHA256SUMS"));
    let try_with = |name: &str, content: Option<&str>, faults: &[&str], counts: &str| {
        let path = format!("{FOLDER}/{name}");
        let before = fs::read(scene.path(&path)).ok();
        match content {
            Some(content) => scene.write(&path, content),
            None => fs::remove_file(scene.path(&path)).expect("it is there"),
        }
        relist(&scene, name);
        let output = scene.run(["verify", FOLDER, "--format", "concise"]);
        output.expect_status(1).expect_stderr(counts);
        assert_eq!(output.stdout.lines().count(), faults.len(), "{output}");
        faults.iter().for_each(|fault| {
            output.expect_stdout(fault).expect_stdout(&path);
        });
        match before {
            Some(before) => scene.write(&path, before),
            None => fs::remove_file(scene.path(&path)).expect("it is there"),
        }
        scene.write(&format!("{FOLDER}/SHA256SUMS"), &list);
        scene.run(["verify", FOLDER]).expect_status(0);
    };
    let changed = "12 files as built, 1 changed or missing.";
    for name in ["approval-letter.en.pdf", "source/case.yaml", "source/engross.yaml"] {
        try_with(name, Some("forged"), &["error[digest-mismatch]"], changed);
        try_with(name, None, &["error[file-missing]"], changed);
    }
    try_with("record.json", None, &["error[record-invalid]"], changed);
    let more = "13 files as built, 1 more that were not built.";
    try_with("terms-of-reference.es.pdf", Some("forged"), &["error[file-extra]"], more);
    try_with("source/templates/clauses/no-fee/en.md", Some("forged"), &["error[file-extra]"], more);
}

#[test]
fn a_forged_document_is_not_what_comes_out() {
    let scene = Scene::built();
    let name = "approval-letter.en.pdf";
    scene.write(&format!("{FOLDER}/{name}"), "forged");
    for listed in [false, true] {
        if listed {
            relist(&scene, name);
        }
        scene
            .run(["verify", "--rebuild", FOLDER, "--format", "concise"])
            .expect_status(1)
            .expect_stdout("[digest-mismatch]")
            .expect_stdout("error[rebuild-differs]: `approval-letter.en.pdf` is not what comes out")
            .expect_stderr("9 of 10 documents come out the same");
    }
    // The next build does not take it as its own.
    scene.run(["build", "--lang", "en,fr", "cases/arg-004"]).expect_status(0).expect_stderr("10 documents built");
    scene.run(["verify", FOLDER]).expect_status(0);
}

#[test]
fn a_record_of_another_case_is_noticed() {
    let scene = Scene::built();
    scene.replace(&format!("{FOLDER}/record.json"), "\"id\": \"ARG-004\"", "\"id\": \"ARG-005\"");
    relist(&scene, "record.json");
    scene.run(["verify", FOLDER]).expect_status(0);
    scene
        .run(["verify", "--rebuild", FOLDER, "--format", "concise"])
        .expect_status(1)
        .expect_stdout("error[record-invalid]: `record.json` is not of this snapshot: the case differs")
        .expect_stderr("10 of 10 documents come out the same");
}

#[test]
fn a_profile_further_up_does_not_stand_in_for_the_snapshot_s() {
    let scene = Scene::built();
    fs::remove_file(scene.path(&format!("{FOLDER}/source/engross.yaml"))).expect("it is there");
    scene
        .run(["verify", "--rebuild", FOLDER, "--format", "concise"])
        .expect_status(2)
        .expect_stdout("error[file-missing]")
        .expect_stderr("the snapshot in `source/` cannot be opened")
        .expect_stderr("source/engross.yaml` cannot be read");
}

#[test]
fn another_case_is_not_built_over_documents() {
    let scene = Scene::built();
    let before = scene.files(FOLDER);
    let build = ["build", "cases/mdg-008", "--out", FOLDER];
    let output = scene.run(build);
    output
        .expect_status(1)
        .expect_stderr("error[output-failed]: `cases/arg-004/build` holds the documents of the case ARG-004")
        .expect_stderr("nothing built");
    assert!(scene.files(FOLDER) == before);
    // Asked to, it replaces them, but not what somebody has put in the place of one.
    scene.write(&format!("{FOLDER}/request-letter.en.pdf"), "signed");
    scene.run(build.into_iter().chain(["--force"])).expect_status(1).expect_stderr("1 document built");
    let files = scene.files(FOLDER);
    let pdfs: Vec<&String> = files.keys().filter(|name| name.ends_with(".pdf")).collect();
    assert_eq!(pdfs, ["request-letter.en.pdf", "request-letter.fr.pdf"]);
}

#[cfg(unix)]
#[test]
fn a_backslash_is_a_letter_and_the_snapshot_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::built();
    scene.write(&format!("{FOLDER}/source\\case.yaml"), "somebody's own");
    let output = scene.run(["verify", FOLDER, "--format", "concise"]);
    output.expect_status(1).expect_stdout("error[file-extra]: `cases/arg-004/build/source\\case.yaml` was not built");
    assert_eq!(output.stdout.lines().count(), 1, "{output}");
    let mode = |name: &str| {
        let metadata = fs::metadata(scene.path(&format!("{FOLDER}/{name}"))).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("source/case.yaml"), 0o600);
}

#[test]
fn a_forged_document_comes_out_differently() {
    let scene = Scene::built();
    let name = "approval-letter.en.pdf";
    let record = Record::parse("record.json", &scene.read(&format!("{FOLDER}/record.json"))).expect("sound");
    let was = record.outputs[name].sha256.to_string();
    let mut bytes = scene.read(&format!("{FOLDER}/{name}"));
    bytes.extend_from_slice(b"% forged\n");
    let is = Sha256::of(&bytes).to_string();
    scene.write(&format!("{FOLDER}/{name}"), bytes);
    let text = scene.text(&format!("{FOLDER}/record.json")).replace(&was, &is);
    scene.write(&format!("{FOLDER}/record.json"), text);
    relist(&scene, name);
    relist(&scene, "record.json");
    scene.run(["verify", FOLDER]).expect_status(0);
    let output = scene.run(["verify", "--rebuild", FOLDER, "--format", "concise"]);
    output
        .expect_status(1)
        .expect_stdout("[rebuild-differs]")
        .expect_stdout("the recorded digest itself is in doubt")
        .expect_stderr("9 of 10 documents come out the same");
}

#[test]
fn a_changed_snapshot_of_the_case_explains_the_difference() {
    let scene = Scene::built();
    let path = format!("{FOLDER}/source/case.yaml");
    let text = scene.text(&path).replace("  given: ", "  given: Another ");
    scene.write(&path, &text);
    let output = scene.run(["verify", "--rebuild", FOLDER, "--format", "concise"]);
    output
        .expect_status(1)
        .expect_stdout("[digest-mismatch]")
        .expect_stdout("[rebuild-differs]")
        .expect_stdout("the case differs");
}

#[test]
fn a_changed_profile_or_template_explains_the_difference() {
    let scene = Scene::built();
    scene.write(&format!("{FOLDER}/source/templates/clauses/no-fee/en.md"), "Another clause.\n");
    let path = format!("{FOLDER}/source/engross.yaml");
    scene.write(&path, scene.text(&path) + "# a remark\n");
    let output = scene.run(["verify", "--rebuild", FOLDER, "--format", "concise"]);
    output
        .expect_status(1)
        .expect_stdout("[file-extra]")
        .expect_stdout("the unit profile differs")
        .expect_stdout("the template `clauses/no-fee/en.md` differs");
}

#[test]
fn a_change_without_effect_is_told_too() {
    let scene = Scene::built();
    let path = format!("{FOLDER}/source/case.yaml");
    scene.write(&path, scene.text(&path) + "# a remark\n");
    let output = scene.run(["verify", "--rebuild", FOLDER, "--format", "concise"]);
    output
        .expect_status(1)
        .expect_stdout("[digest-mismatch]")
        .expect_stdout("the case differs, though the documents come out the same")
        .expect_stderr("10 of 10 documents come out the same");
}

#[test]
fn a_template_without_effect_is_a_remark() {
    let scene = Scene::built();
    scene.run(["templates", "eject", "clauses/no-fee/en.md"]).expect_status(0);
    let text = scene.text("templates/clauses/no-fee/en.md") + "\n";
    scene.write(&format!("{FOLDER}/source/templates/clauses/no-fee/en.md"), text);
    scene
        .run(["verify", "--rebuild", FOLDER, "--format", "concise"])
        .expect_status(1)
        .expect_stdout("[file-extra]")
        .expect_stderr("10 of 10 documents come out the same")
        .expect_stderr("Without effect on the documents: the template `clauses/no-fee/en.md` differs.");
}

#[test]
fn a_folder_that_nobody_built_cannot_be_verified() {
    let scene = Scene::unit();
    let output = scene.run(["verify", "cases/arg-004"]);
    output.expect_status(2).expect_stderr("it is not a folder of documents");
}

#[test]
fn a_list_that_leads_out_of_the_folder_is_refused() {
    let scene = Scene::built();
    let line = format!("{}  ../../../engross.yaml\n", Sha256::of(b""));
    let path = format!("{FOLDER}/SHA256SUMS");
    scene.write(&path, scene.text(&path) + &line);
    scene.run(["verify", FOLDER]).expect_status(2).expect_stderr("`..` leads out of the folder");
    for text in ["", "no list\n", "\u{0}"] {
        scene.write(&path, text);
        scene.run(["verify", FOLDER]).expect_status(2);
    }
}
