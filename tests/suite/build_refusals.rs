//! `engross build`: what it refuses, and that it goes on past what it cannot do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use engross::case::eligibility::Lists;
use engross::case::kind::subjects;
use engross::locale::Lang;
use engross::manifest::{Record, Status};
use engross::pipeline::{self, Inputs};
use engross::template::Library;
use engross::{case, document};

use crate::harness::{Scene, copy, repository};

#[test]
fn a_final_document_cannot_be_made_from_a_case_with_errors() {
    let scene = Scene::case("mdg-008");
    let output = scene.run(["build", "mdg-008", "--final"]);
    output.expect_status(1).expect_stderr("[final-refused]").expect_stderr("MDG-008: nothing built; 5 errors.");
    assert!(!scene.path("cases/mdg-008/build").exists());
}

#[test]
fn a_final_document_is_recorded_as_such() {
    let scene = Scene::case("arg-004");
    scene.run(["build", "arg-004", "--final", "--doc", "approval-letter"]).expect_status(0);
    let record = Record::parse("record.json", &scene.read("cases/arg-004/build/record.json")).expect("a record");
    assert_eq!(record.options.status, Status::Final);
    // A draft of the same case is another document, and does not take the place of a final one unasked.
    let output = scene.run(["build", "arg-004", "--doc", "approval-letter"]);
    output.expect_status(1).expect_stderr("cases/arg-004/build` holds final documents");
    let output = scene.run(["build", "arg-004", "--doc", "approval-letter", "--force"]);
    output.expect_status(0).expect_stderr("ARG-004: 1 document built.");
}

#[test]
fn what_no_build_made_is_not_replaced_unasked() {
    let scene = Scene::case("arg-004");
    fs::create_dir_all(scene.path("out")).expect("a folder");
    fs::write(scene.path("out/approval-letter.en.pdf"), "mine").expect("a file");
    let build = ["build", "arg-004", "--doc", "approval-letter", "--out", "out"];
    scene.run(build).expect_status(1).expect_stderr("is there already and was not built");
    assert_eq!(scene.read("out/approval-letter.en.pdf"), b"mine");
    scene.run(build.into_iter().chain(["--force"])).expect_status(0);
    assert_ne!(scene.read("out/approval-letter.en.pdf"), b"mine");
}

#[test]
fn a_blank_keeps_a_document_from_being_final() {
    let read = |path: &str| fs::read(repository("fixtures/unit").join(path)).expect("the sample workspace");
    let case = case::load("case.yaml", &read("cases/mdg-008/case.yaml"));
    let unit = case::load_unit("engross.yaml", &read("engross.yaml"));
    let (library, files) = (Library::new([]), BTreeMap::new());
    let inputs = Inputs { case: &case, unit: &unit, library: &library, lists: Lists::shipped(), files: &files };
    let subject = subjects(&case.value, Lang::Fr).remove(0);
    let faults = |status| pipeline::document(&inputs, &subject, status).faults;
    assert_eq!(faults(document::Status::Draft), []);
    let last = faults(document::Status::Final);
    let codes: BTreeSet<&str> = last.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(codes, BTreeSet::from(["blank-left"]));
    assert!(last.iter().any(|fault| fault.path == "request.timeline.from"), "{last:?}");
}

#[test]
fn drafts_stay_when_a_final_build_is_refused() {
    let scene = Scene::built();
    let before = scene.files("cases/mdg-008/build");
    scene.run(["build", "cases/mdg-008", "--final"]).expect_status(1);
    assert_eq!(scene.files("cases/mdg-008/build"), before);
}

#[test]
fn a_case_that_calls_for_nothing_says_so() {
    let scene = Scene::case("chl-006");
    scene.run(["build", "chl-006"]).expect_status(0).expect_stderr("CHL-006: calls for no document yet.");
    let output = scene.run(["build", "chl-006", "--doc", "approval-letter"]);
    output
        .expect_status(1)
        .expect_stderr("[document-not-applicable]")
        .expect_stderr("the request was declined")
        .expect_stderr("cases/chl-006/case.yaml:");
}

#[test]
fn a_kind_without_its_section_says_which_section_is_missing() {
    let output = Scene::case("mdg-008").run(["build", "mdg-008", "--doc", "evaluation-form"]);
    output
        .expect_status(1)
        .expect_stderr("[document-not-applicable]")
        .expect_stderr("the case has no section `evaluations`");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_a_failure() {
    // Permissions do not hold the superuser; a file in the place of a folder holds everybody.
    let scene = Scene::case("arg-004");
    scene.write("cases/arg-004/build", "a file");
    let output = scene.run(["build", "arg-004", "--doc", "approval-letter"]);
    output.expect_status(2).expect_stderr("error[output-failed]: `").expect_stderr("because: ");
    assert_eq!(scene.text("cases/arg-004/build"), "a file");

    let scene = Scene::case("arg-004");
    fs::create_dir(scene.path("locked")).expect("a folder");
    let locked = |mode| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(scene.path("locked"), fs::Permissions::from_mode(mode)).expect("own folder");
    };
    locked(0o555);
    let output = scene.run(["build", "arg-004", "--doc", "approval-letter", "--out", "locked/documents"]);
    locked(0o755);
    if output.status == Some(0) {
        eprintln!("SKIPPED a_folder_that_cannot_be_written_is_a_failure: permissions do not hold this user");
        return;
    }
    output.expect_status(2).expect_stderr("cannot be written");
}

#[test]
fn a_faulty_case_does_not_keep_the_others_from_being_built() {
    let scene = Scene::unit();
    copy(&repository("fixtures/check/yaml-syntax"), &scene.path("cases/broken"), &|_| true);
    let output = scene.run(["build", "cases", "--jobs", "2"]);
    output
        .expect_status(1)
        .expect_stderr("GIN-001: nothing built; 2 errors.")
        .expect_stderr("ARG-004: 5 documents built.")
        .expect_stderr("5 cases, 15 documents.")
        .expect_stderr("With errors: GIN-001, MDG-008.");
    assert!(!scene.path("cases/broken/build").exists());
}

#[test]
fn a_case_that_cannot_be_read_does_not_keep_the_others_from_being_built() {
    let scene = Scene::case("mdg-008");
    // A folder in the place of the profile's case: it is named, but there is nothing to read.
    let output = scene.run(["build", "cases/mdg-008", "cases/gone"]);
    output.expect_status(2).expect_stderr("`cases/gone` is neither a case folder");
}

#[test]
fn an_unreadable_case_is_not_half_built() {
    let scene = Scene::built();
    let before = scene.files("cases/arg-004/build");
    let text = scene.text("cases/arg-004/case.yaml").replacen("request:", "request: \"", 1);
    scene.write("cases/arg-004/case.yaml", text);
    let output = scene.run(["build", "cases/arg-004"]);
    output.expect_status(1).expect_stderr("[yaml-syntax]").expect_stderr("nothing built");
    assert_eq!(scene.files("cases/arg-004/build"), before, "the old documents stay");
}

#[test]
fn a_case_file_that_is_a_folder_cannot_be_read() {
    let scene = Scene::case("mdg-008");
    fs::remove_file(scene.path("engross.yaml")).expect("it is there");
    fs::create_dir_all(scene.path("engross.yaml")).expect("a folder");
    scene.run(["check", "mdg-008"]).expect_status(2);
    let output = scene.run(["verify", "cases/nowhere"]);
    output.expect_status(2);
    let scene = Scene::case("mdg-008");
    let output = scene.run(["check", "cases/gin-002/case.yaml"]);
    output.expect_status(2).expect_stderr("error[file-unreadable]: ");
}

#[test]
fn jobs_must_be_a_sensible_number() {
    let scene = Scene::case("mdg-008");
    for jobs in ["0", "257", "-1", "many"] {
        scene.run(["build", "mdg-008", "--jobs", jobs]).expect_status(2);
    }
}
