//! Word redlines of the sample's drafts, judged by programs that share no code with ours: a resolver over lxml
//! accepts and rejects all changes, and knows the rules of tracked changes.

use std::process::Command;

use crate::harness::{Scene, need, repository};

/// Pairs of drafts of the sample: round after round, and first against last.
const PAIRS: [(u8, u8); 4] = [(1, 2), (2, 3), (3, 4), (1, 4)];

fn draft(number: u8) -> std::path::PathBuf {
    repository(&format!("fixtures/unit/cases/moz-005/contract/v{number}.docx"))
}

/// Whether Python has what the judge needs; a test that is left out says so.
fn has_lxml(scene: &Scene, test: &str) -> bool {
    if !need("python3") {
        return false;
    }
    let mut command = scene.other("python3");
    command.args(["-c", "import lxml"]);
    let there = scene.finish(&mut command).status == Some(0);
    assert!(there || std::env::var_os("CI").is_none(), "python3 has no lxml");
    if !there {
        eprintln!("SKIPPED {test}: python3 has no lxml");
    }
    there
}

#[test]
fn accepting_all_gives_the_new_draft_and_rejecting_all_the_old() {
    let scene = Scene::empty();
    if !has_lxml(&scene, "accepting_all_gives_the_new_draft_and_rejecting_all_the_old") {
        return;
    }
    for (old, new) in PAIRS {
        for (old, new) in [(old, new), (new, old)] {
            let (old, new) = (draft(old), draft(new));
            let args = ["diff".as_ref(), old.as_os_str(), new.as_os_str(), "-o".as_ref(), "redline.docx".as_ref()];
            scene.run(args).expect_status(1);
            for check in ["check", "valid"] {
                let mut judge: Command = scene.other("python3");
                judge.arg(repository("tests/tools/redline_resolve.py")).arg(check).arg("redline.docx");
                judge.args([&old, &new]);
                let verdict = scene.finish(&mut judge);
                assert_eq!(verdict.status, Some(0), "{check} {old:?} {new:?}: {}{}", verdict.stdout, verdict.stderr);
            }
        }
    }
}

#[test]
fn a_redline_of_drafts_that_are_no_word_files_can_be_resolved() {
    let scene = Scene::empty();
    if !has_lxml(&scene, "a_redline_of_drafts_that_are_no_word_files_can_be_resolved") {
        return;
    }
    scene.write("old.txt", "1. Royalty\n\nThe Company shall pay 3 %.\n\n2. Law\n\nThe law of the State applies.\n");
    let new = "1. Royalty\n\nThe Company may pay 5.5 %.\n\n2. Term\n\nTen years.\n\n3. Law\n\nThe law of the State applies.\n";
    scene.write("new.txt", new);
    scene.run(["diff", "old.txt", "new.txt", "-o", "redline.docx"]).expect_status(1);
    for (side, file) in [("accept", "new.txt"), ("reject", "old.txt")] {
        let mut judge: Command = scene.other("python3");
        judge.arg(repository("tests/tools/redline_resolve.py")).args([side, "redline.docx"]);
        let texts = scene.finish(&mut judge).expect_status(0).json();
        let body = texts.to_string();
        for line in scene.text(file).lines().filter(|line| !line.is_empty()) {
            assert!(body.contains(line), "{side}: `{line}` is not in {body}");
        }
    }
}
