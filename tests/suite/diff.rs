//! `engross diff`: exit status, formats, noise, and what is refused.

use std::io::Write;
use std::process::Stdio;

use crate::harness::{Output, Scene, repository};

/// The drafts of the sample's contract.
const DRAFTS: &str = "fixtures/unit/cases/moz-005/contract";

fn draft(name: &str) -> String {
    repository(DRAFTS).join(name).display().to_string()
}

/// Compares two texts, with more arguments.
fn texts(old: &str, new: &str, args: &[&str]) -> Output {
    let scene = Scene::empty();
    scene.write("old.txt", old);
    scene.write("new.txt", new);
    scene.run(["diff", "old.txt", "new.txt"].iter().chain(args))
}

const OLD: &str = "1. Royalty\n\nThe rate is 3 per cent.\n\n2. Term\n\nThe term is ten years.\n";
const NEW: &str = "1. Royalty\n\nThe rate is 6 per cent.\n\n2. Term\n\nThe term is ten years.\n";

#[test]
fn the_status_says_whether_drafts_differ() {
    texts(OLD, OLD, &[]).expect_status(0).expect_stdout("The drafts are the same.");
    texts(OLD, NEW, &[]).expect_status(1).expect_stdout("The rate is [-3-]{+6+} per cent.");
}

#[test]
fn every_format_goes_to_standard_output() {
    for (format, part) in
        [("term", "[-3-]{+6+}"), ("json", "engross-redline/1"), ("md", "~~3~~"), ("html", "<!doctype html>")]
    {
        let output = texts(OLD, NEW, &["-f", format]);
        output.expect_status(1);
        assert!(output.stdout.to_lowercase().contains(part), "{format}\n{output}");
        assert_eq!(output.stderr, "", "{format}");
    }
}

#[test]
fn the_ending_of_the_file_decides_the_format() {
    let scene = Scene::empty();
    scene.write("old.txt", OLD);
    scene.write("new.txt", NEW);
    for (name, part) in
        [("a.txt", "[-3-]{+6+}"), ("a.json", "engross-redline/1"), ("a.md", "~~3~~"), ("a.html", "<!doctype html>")]
    {
        let output = scene.run(["diff", "old.txt", "new.txt", "-o", name]);
        output.expect_status(1).expect_stdout(name).expect_stderr("1 change: 1 word inserted, 1 deleted.");
        assert!(scene.text(name).to_lowercase().contains(part), "{name}");
    }
    let output = scene.run(["diff", "old.txt", "new.txt", "-o", "a.odt"]);
    output.expect_status(2).expect_stderr("names no format");
}

#[test]
fn a_draft_is_never_written_over() {
    let scene = Scene::empty();
    scene.write("old.txt", OLD);
    scene.write("new.txt", NEW);
    for name in ["old.txt", "./new.txt"] {
        let output = scene.run(["diff", "old.txt", "new.txt", "-o", name]);
        output.expect_status(2).expect_stderr("would be written over");
    }
    assert_eq!((scene.text("old.txt").as_str(), scene.text("new.txt").as_str()), (OLD, NEW));
}

#[test]
fn what_stands_against_both_drafts_is_told_at_once() {
    let scene = Scene::empty();
    let output = scene.run(["diff", "one.docx", "two.docx"]);
    output.expect_status(2).expect_stderr("one.docx").expect_stderr("two.docx");
    assert_eq!(output.stdout, "");
    scene.write("one.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
    scene.write("two.docx", b"PK\x03\x04 and no more");
    let output = scene.run(["diff", "one.docx", "two.docx"]);
    output.expect_status(2).expect_stderr("one.docx").expect_stderr("two.docx");
}

#[test]
fn noise_is_counted_shown_or_ignored() {
    let new = OLD.replace("The rate", "The  rate");
    let output = texts(OLD, &new, &[]);
    output.expect_status(1).expect_stdout("The drafts say the same").expect_stdout("1 difference of white space");
    texts(OLD, &new, &["--show", "space"]).expect_status(1).expect_stdout("1 change");
    let output = texts(OLD, &new, &["--ignore", "space"]);
    output.expect_status(0).expect_stdout("but for differences that are ignored");
    texts(OLD, &new, &["--ignore", "case"]).expect_status(1);
    texts(OLD, &new, &["--ignore", "case", "--show", "case"]).expect_status(2).expect_stderr("`case`");
}

#[test]
fn a_draft_may_come_through_a_pipe() {
    let scene = Scene::empty();
    scene.write("old.txt", OLD);
    let mut command = scene.command();
    command.args(["diff", "old.txt", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(NEW.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("old.txt → standard input") && text.contains("[-3-]{+6+}"), "{text}");
    assert_eq!(output.status.code(), Some(1));
    scene.run(["diff", "-", "-"]).expect_status(2).expect_stderr("both drafts are standard input");
}

#[test]
fn revisions_of_a_case_are_not_due_yet() {
    let output = Scene::empty().run(["diff", "gin-001@1", "gin-001@2"]);
    output.expect_status(2).expect_stderr("revisions of a case cannot be named yet");
}

#[test]
fn the_sample_has_its_redline() {
    let output = Scene::empty().run(["diff", &draft("v1.docx"), &draft("v2.docx")]);
    output.expect_status(1).expect_stdout("[-Paris-]{+Maputo+}");
    let stat = Scene::empty().run(["diff", "--stat", &draft("v1.docx"), &draft("v2.docx")]);
    stat.expect_status(1).expect_stdout("Royalty").expect_stdout(" | ");
    assert!(stat.stdout.lines().count() < output.stdout.lines().count());
}

#[test]
fn json_fits_its_schema() {
    let schema = Scene::empty().run(["schema", "redline"]);
    schema.expect_status(0);
    let schema = schema.json();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("no schema: {error}"));
    let schema = jsonschema::draft202012::options().build(&schema).expect("a schema");
    for (old, new) in [("v1.docx", "v2.docx"), ("v2.md", "v3.docx"), ("v3.md", "v4.md")] {
        let output = Scene::empty().run(["diff", "-f", "json", &draft(old), &draft(new)]);
        output.expect_status(1);
        let faults: Vec<_> =
            schema.iter_errors(&output.json()).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{old} {new}\n{}", faults.join("\n"));
    }
}

#[test]
fn the_same_drafts_give_the_same_bytes() {
    for format in ["term", "json", "md", "html"] {
        let run = || Scene::empty().run(["diff", "-f", format, &draft("v3.docx"), &draft("v4.docx")]).stdout;
        assert!(run() == run(), "{format}");
    }
}

#[test]
fn tracked_changes_of_the_later_draft_keep_their_authors() {
    let scene = Scene::empty();
    scene.write("first.txt", OLD);
    scene.write("second.txt", NEW);
    scene.write("ours.txt", OLD.replace("ten years", "twelve years"));
    // Jane tracks one change; that of the term is in the draft that she got.
    scene.run(["diff", "first.txt", "second.txt", "-o", "hers.docx", "--author", "Jane"]).expect_status(1);
    let args = ["diff", "ours.txt", "hers.docx", "-o", "redline.docx", "--author", "Unit", "--keep-tracked"];
    let output = scene.run(args);
    output.expect_status(1).expect_stderr("2 tracked changes of the later draft kept under their authors (Jane 2)");
    let output = scene.run(["diff", "redline.docx", "first.txt", "--tracked", "refuse"]);
    output.expect_status(2).expect_stderr("4 tracked changes by Jane, Unit");
    // Nothing was tracked by nobody: without the silent change, all is hers.
    let output = scene.run(["diff", "first.txt", "hers.docx", "-o", "all.docx", "--author", "Unit", "--keep-tracked"]);
    output.expect_status(1);
    let output = scene.run(["diff", "all.docx", "first.txt", "--tracked", "refuse"]);
    output.expect_status(2).expect_stderr("2 tracked changes by Jane;");
}

#[test]
fn tracked_changes_are_kept_from_word_to_word_only() {
    let scene = Scene::empty();
    scene.write("old.txt", OLD);
    scene.write("new.txt", NEW);
    scene.run(["diff", "old.txt", "new.txt", "-o", "new.docx"]).expect_status(1);
    let run = |args: &[&str]| scene.run(["diff", "--keep-tracked"].iter().chain(args));
    run(&["old.txt", "new.txt", "-o", "a.docx"]).expect_status(2).expect_stderr("`new.txt` is no Word file");
    run(&["old.txt", "new.docx", "-o", "a.html"]).expect_status(2).expect_stderr("is for Word redlines");
    let output = run(&["old.txt", "new.docx", "-o", "a.docx", "--tracked", "rejected"]);
    output.expect_status(2).expect_stderr("cannot be kept");
}
