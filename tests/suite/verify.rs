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

/// Writes the digest of a changed file into the list, as a forger would.
fn relist(scene: &Scene, changed: &str) {
    let sums = Sums::parse("SHA256SUMS", &scene.read(&format!("{FOLDER}/SHA256SUMS"))).expect("a sound list");
    let mut forged = Sums::new();
    for (name, digest) in sums.iter() {
        let digest =
            if name.as_str() == changed { Sha256::of(&scene.read(&format!("{FOLDER}/{changed}"))) } else { digest };
        forged.insert(Name::new(name.as_str()).expect("a name"), digest).expect("names differ");
    }
    scene.write(&format!("{FOLDER}/SHA256SUMS"), forged.to_string());
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
        .expect_stderr("10 of 10 documents come out the same")
        .expect_stderr("Without effect on the documents: the case differs.");
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
