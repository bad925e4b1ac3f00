//! `engross build`: what it writes, what it leaves alone, what it says.

use std::collections::BTreeSet;

use engross::manifest::{Record, Sha256, Status, Sums};

use crate::harness::{CASES, Scene, need};

/// Names of the documents in a folder.
fn documents(scene: &Scene, folder: &str) -> Vec<String> {
    scene.files(folder).into_keys().filter(|name| name.ends_with(".pdf")).collect()
}

#[test]
fn each_case_gets_the_documents_that_it_calls_for() {
    let scene = Scene::unit();
    let output = scene.run(["build", "."]);
    output.expect_status(1).expect_stderr("4 cases, 15 documents.").expect_stderr("With errors: MDG-008.");
    assert_eq!(
        documents(&scene, "cases/gin-001/build"),
        [
            "approval-letter.fr.pdf",
            "code-of-conduct.bissonnette.fr.pdf",
            "code-of-conduct.sagna.fr.pdf",
            "code-of-conduct.vanrooijen.fr.pdf",
            "evaluation-form.2.fr.pdf",
            "evaluation-form.3.fr.pdf",
            "evaluation-form.fr.pdf",
            "request-letter.fr.pdf",
            "terms-of-reference.fr.pdf",
        ]
    );
    assert_eq!(
        documents(&scene, "cases/arg-004/build"),
        [
            "approval-letter.en.pdf",
            "code-of-conduct.kearney.en.pdf",
            "code-of-conduct.olavarria.en.pdf",
            "request-letter.en.pdf",
            "terms-of-reference.en.pdf",
        ]
    );
    assert_eq!(documents(&scene, "cases/mdg-008/build"), ["request-letter.fr.pdf"]);
    assert!(!scene.path("cases/chl-006/build").exists(), "no document, no folder");
    let printed: BTreeSet<&str> = output.stdout.lines().map(|line| line.trim_start_matches("./")).collect();
    assert!(printed.contains("cases/gin-001/build/approval-letter.fr.pdf"), "{output}");
    assert_eq!(printed.len(), 15, "{output}");
}

#[test]
fn the_real_sha256sum_accepts_the_digests() {
    if !need("sha256sum") {
        return;
    }
    let scene = Scene::built();
    for case in CASES {
        let mut command = scene.other("sha256sum");
        command
            .args(["-c", "--strict", "--quiet", "SHA256SUMS"])
            .current_dir(scene.path(&format!("cases/{case}/build")));
        let output = scene.finish(&mut command);
        assert_eq!((output.status, output.stdout.as_str(), output.stderr.as_str()), (Some(0), "", ""), "{case}");
    }
}

#[test]
fn every_file_is_listed_and_the_record_tells_of_it() {
    let scene = Scene::built();
    for case in CASES {
        let folder = format!("cases/{case}/build");
        let files = scene.files(&folder);
        let sums = Sums::parse("SHA256SUMS", &files["SHA256SUMS"]).expect("a sound list");
        let listed: BTreeSet<&str> = sums.iter().map(|(name, _)| name.as_str()).collect();
        let there: BTreeSet<&str> = files.keys().map(String::as_str).filter(|name| *name != "SHA256SUMS").collect();
        assert_eq!(listed, there, "{case}");

        let record = Record::parse("record.json", &files["record.json"]).expect("a sound record");
        assert_eq!(record.options.status, Status::Draft);
        assert_eq!(record.case.id, case.to_uppercase());
        assert_eq!(record.case.sha256, Sha256::of(&scene.read(&format!("cases/{case}/case.yaml"))));
        assert_eq!(record.unit, Sha256::of(&scene.read("engross.yaml")));
        for (name, output) in &record.outputs {
            let bytes = &files[name.as_str()];
            assert_eq!((output.sha256, output.bytes), (Sha256::of(bytes), bytes.len() as u64), "{case}: {name}");
        }
        let pdfs = files.keys().filter(|name| name.ends_with(".pdf")).count();
        assert_eq!(record.outputs.len(), pdfs, "{case}");
        assert_eq!(files["source/case.yaml"], scene.read(&format!("cases/{case}/case.yaml")));
        assert!(record.fonts.len() >= 4 && !record.frames.is_empty() && !record.templates.is_empty(), "{case}");
    }
}

#[test]
fn what_has_not_changed_is_not_built_again() {
    let scene = Scene::built();
    let build = ["build", "--lang", "en,fr", "cases/gin-001"];
    let written = || {
        let file = scene.path("cases/gin-001/build/approval-letter.fr.pdf");
        file.metadata().and_then(|metadata| metadata.modified()).expect("a time of writing")
    };
    let before = written();
    scene.run(build).expect_status(0).expect_stderr("GIN-001: 18 documents unchanged");
    assert_eq!(written(), before);
    scene.run(build.into_iter().chain(["--force"])).expect_status(0).expect_stderr("GIN-001: 18 documents built");
    assert_ne!(written(), before);
}

#[test]
fn a_change_of_any_input_builds_again() {
    let scene = Scene::built();
    let build = ["build", "--lang", "en,fr", "cases/mdg-008"];
    let again = |why: &str| {
        scene.run(build).expect_status(1).expect_stderr("MDG-008: 2 documents built");
        let output = scene.run(build);
        assert!(output.stderr.contains("MDG-008: 2 documents unchanged"), "{why}\n{output}");
    };
    scene.run(build).expect_status(1).expect_stderr("MDG-008: 2 documents unchanged");
    scene.write("cases/mdg-008/case.yaml", scene.text("cases/mdg-008/case.yaml") + "# a remark\n");
    again("the case");
    scene.write("engross.yaml", scene.text("engross.yaml") + "# a remark\n");
    again("the profile");
    scene.run(["templates", "eject", "clauses/no-fee/fr.md", "request-letter/fr.md"]).expect_status(0);
    scene.write("templates/request-letter/fr.md", scene.text("templates/request-letter/fr.md") + "\nAjout.\n");
    again("a template");
    scene.write("cases/mdg-008/build/request-letter.en.pdf", "spoilt");
    again("a document");
}

#[test]
fn kinds_and_languages_can_be_chosen() {
    let scene = Scene::case("gin-001");
    scene
        .run(["build", "gin-001", "--doc", "approval-letter", "--doc", "code-of-conduct", "-l", "en"])
        .expect_status(0);
    assert_eq!(
        documents(&scene, "cases/gin-001/build"),
        [
            "approval-letter.en.pdf",
            "code-of-conduct.bissonnette.en.pdf",
            "code-of-conduct.sagna.en.pdf",
            "code-of-conduct.vanrooijen.en.pdf",
        ]
    );
    let output = scene.run(["build", "gin-001", "--lang", "de"]);
    output.expect_status(2).expect_stderr("not a language that documents are made in");
    let output = scene.run(["build", "gin-001", "--doc", "invoice"]);
    output.expect_status(2).expect_stderr("possible values: request-letter");
    let output = scene.run(["build", "gin-001", "--lang", "en", "--format", "odt"]);
    output
        .expect_status(2)
        .expect_stderr("not a format that documents are written in; known: pdf, docx, html, md, txt");
    let output = scene.run(["build", "gin-001", "--parallel", "fr"]);
    output.expect_status(2).expect_stderr("write two languages with a comma between them");
}

#[test]
fn documents_go_where_they_are_asked_to() {
    let scene = Scene::unit();
    scene.run(["build", "cases/mdg-008", "--out", "here"]).expect_status(1);
    assert_eq!(documents(&scene, "here"), ["request-letter.fr.pdf"]);
    scene.run(["build", "cases/mdg-008", "cases/arg-004", "--out", "both", "--jobs", "2"]).expect_status(1);
    assert_eq!(documents(&scene, "both/mdg-008"), ["request-letter.fr.pdf"]);
    assert_eq!(documents(&scene, "both/arg-004").len(), 5);
    assert!(!scene.path("cases/mdg-008/build").exists());
}

#[test]
fn what_this_build_does_not_make_is_removed_and_foreign_files_stay() {
    let scene = Scene::built();
    let folder = "cases/arg-004/build";
    scene.write(&format!("{folder}/signed.pdf"), "somebody's own");
    scene.write(&format!("{folder}/notes/call.txt"), "somebody's own");
    scene.run(["build", "cases/arg-004", "--doc", "approval-letter", "--lang", "en"]).expect_status(0);
    let files: Vec<String> = scene.files(folder).into_keys().collect();
    assert_eq!(
        files,
        [
            "SHA256SUMS",
            "approval-letter.en.pdf",
            "notes/call.txt",
            "record.json",
            "signed.pdf",
            "source/case.yaml",
            "source/engross.yaml",
        ]
    );
}

#[test]
fn own_templates_go_into_the_snapshot_and_out_again() {
    let scene = Scene::case("mdg-008");
    scene.run(["templates", "eject", "clauses/no-fee/fr.md"]).expect_status(0);
    scene.run(["build", "mdg-008"]).expect_status(1);
    assert!(scene.path("cases/mdg-008/build/source/templates/clauses/no-fee/fr.md").is_file());
    std::fs::remove_dir_all(scene.path("templates")).expect("it is there");
    scene.run(["build", "mdg-008", "--force"]).expect_status(1);
    assert!(!scene.path("cases/mdg-008/build/source/templates/clauses/no-fee/fr.md").exists());
    scene.run(["verify", "cases/mdg-008/build"]).expect_status(0);
}

#[test]
fn missing_values_are_listed_with_their_documents() {
    let scene = Scene::case("mdg-008");
    let output = scene.run(["build", "mdg-008", "--lang", "fr"]);
    output.expect_status(1).expect_stderr("MDG-008: 1 document built; 4 errors.").expect_stderr("Still blank:");
    let line = output.stderr.lines().find(|line| line.contains("request-letter.fr.pdf:")).expect("the document");
    for path in ["request.timeline.from", "request.timeline.to"] {
        assert!(line.contains(path), "{line}");
    }
    let record = Record::parse("record.json", &scene.read("cases/mdg-008/build/record.json")).expect("a record");
    assert_eq!(record.faults.errors, 4);
    assert!(record.blanks["request-letter.fr.pdf"].contains("request.timeline.from"), "{:?}", record.blanks);
}

#[test]
fn a_build_of_one_case_reads_well() {
    let output = Scene::case("arg-004").run(["build", "arg-004", "--doc", "approval-letter"]);
    insta::assert_snapshot!(output, @r#"
    status: 0
    -- stdout --
    ./cases/arg-004/build/approval-letter.en.pdf
    -- stderr --
    ARG-004: 1 document built.
    "#);
}

#[test]
fn a_build_of_a_faulty_case_reads_well() {
    let output = Scene::fixture("bad-email").run(["build", "cases/tried", "--doc", "request-letter"]);
    insta::assert_snapshot!(output, @r#"
    status: 1
    -- stdout --
    cases/tried/build/request-letter.en.pdf
    -- stderr --
    error[bad-email]: `a.keita(at)mines.example` is not an e-mail address
      --> cases/tried/case.yaml:16:74
       |
    16 |     {given: Aboubacar, family: Keita, role: Director of Projects, email: a.keita(at)mines.example}
       |                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: field `people.keita.email`
       = help: write an e-mail address, as `name@ministry.example`

    GIN-001: 1 document built; 1 error.
    "#);
}
