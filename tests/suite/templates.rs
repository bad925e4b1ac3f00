//! `engross templates`: listing, showing, taking out; and that every kind of fault in a workspace's own
//! template is reported at its place.

use crate::harness::{Output, Scene, repository, repository_text};

/// A workspace with one built-in file changed at one place.
fn changed(name: &str, from: &str, to: &str) -> Scene {
    let scene = Scene::case("");
    scene.run(["templates", "eject", name]).expect_status(0);
    let path = format!("templates/{name}");
    let text = scene.text(&path);
    assert!(text.contains(from), "`{from}` is not in {name}");
    scene.write(&path, text.replacen(from, to, 1));
    scene
}

fn check(scene: &Scene) -> Output {
    scene.run(["templates", "check", "--format", "concise"])
}

/// The line of `to` in a changed file, from 1.
fn line_of(scene: &Scene, path: &str, text: &str) -> usize {
    1 + scene.text(path).lines().position(|line| line.contains(text)).expect("it was put there")
}

/// Holds that a fault is reported at the line of the change, and that `more` is said.
#[track_caller]
fn reported(name: &str, from: &str, to: &str, mark: &str, code: &str, more: &str) {
    let scene = changed(name, from, to);
    let path = format!("templates/{name}");
    let place = format!("{path}:{}:", line_of(&scene, &path, mark));
    let output = check(&scene);
    output.expect_status(1);
    let found = output.stdout.lines().any(|line| line.starts_with(&place) && line.contains(&format!("[{code}]")));
    assert!(found, "no [{code}] at {place}\n{output}");
    let column =
        output.stdout.lines().find_map(|line| line.strip_prefix(&place)).and_then(|rest| rest.split(':').next());
    assert!(column.is_some_and(|column| column.parse::<usize>().is_ok()), "{output}");
    output.expect_stdout(more);
}

#[test]
fn the_built_in_templates_are_without_fault() {
    let output = Scene::empty().run(["templates", "check"]);
    output.expect_status(0).expect_stderr("templates: no faults.");
    assert_eq!(output.stdout, "", "{output}");
}

#[test]
fn a_syntax_fault() {
    let line = "\n---\n\nHere {% if x %is wrong.\n\n";
    reported("approval-letter/en.md", "\n---\n\n", line, "Here {%", "template-syntax", "");
}

#[test]
fn all_templates_with_syntax_faults_are_named_at_once() {
    let scene = changed("approval-letter/en.md", "\n---\n\n", "\n---\n\n{% if %}\n\n");
    scene.run(["templates", "eject", "request-letter/en.md"]).expect_status(0);
    scene.write("templates/request-letter/en.md", scene.text("templates/request-letter/en.md") + "\n{{ }}\n");
    let output = check(&scene);
    output.expect_status(1);
    for name in ["approval-letter/en.md", "request-letter/en.md"] {
        let named = output.stdout.lines().any(|line| line.contains(name) && line.contains("[template-syntax]"));
        assert!(named, "{name}\n{output}");
    }
}

#[test]
fn a_variable_that_no_case_has() {
    let line = "\n---\n\nSee {{ request.refrence }}.\n\n";
    reported("approval-letter/en.md", "\n---\n\n", line, "request.refrence", "undefined-variable", "");
}

#[test]
fn a_filter_that_does_not_fit() {
    let line = "\n---\n\nOn {{ request.reference | date }}.\n\n";
    reported("approval-letter/en.md", "\n---\n\n", line, "reference | date", "template-failed", "");
}

#[test]
fn a_word_that_no_list_has() {
    let line = "\n---\n\nSome {{ \"nonsense\" | term(of=\"colour\") }}.\n\n";
    reported("approval-letter/en.md", "\n---\n\n", line, "nonsense", "unknown-term", "");
}

#[test]
fn a_block_that_is_not_known() {
    let line = "\n---\n\n```signatuers\n- lines: [x]\n```\n\n";
    let hint = "did you mean `signatures`?";
    reported("approval-letter/en.md", "\n---\n\n", line, "signatuers", "block-invalid", hint);
}

#[test]
fn a_block_with_a_fault_inside() {
    let line = "\n---\n\n```fields\n- lable: Here\n  value: x\n```\n\n";
    reported("approval-letter/en.md", "\n---\n\n", line, "lable", "block-invalid", "");
}

#[test]
fn a_reference_that_leads_nowhere() {
    let line = "\n---\n\nAs said in [](#nowhere).\n\n";
    reported("code-of-conduct/en.md", "\n---\n\n", line, "#nowhere", "reference-broken", "");
}

#[test]
fn markdown_that_documents_do_not_know() {
    let scene = changed("approval-letter/en.md", "\n---\n\n", "\n---\n\nHere is <b>bold</b> text.\n\n");
    let output = check(&scene);
    let line = line_of(&scene, "templates/approval-letter/en.md", "Here is <b>");
    output.expect_stdout(&format!("templates/approval-letter/en.md:{line}:")).expect_stdout("[markdown-unsupported]");
}

#[test]
fn a_frame_that_typst_cannot_read() {
    let scene = changed("frames/letter.typ", "#let frame(", "#let frame((");
    let output = check(&scene);
    assert_ne!(output.status, Some(0), "{output}");
    let all = format!("{}{}", output.stdout, output.stderr);
    assert!(all.contains("letter.typ") && all.contains("typeset-failed"), "{output}");

    let scene = changed("frames/page.typ", "#let ", "#let wrong = panic(\"here\")\n#let ");
    let output = check(&scene);
    output.expect_status(1).expect_stdout("[typeset-failed]").expect_stdout("frames/page.typ:");
}

#[test]
fn a_frame_that_fails_stops_the_build_and_nothing_is_written() {
    let scene = Scene::case("arg-004");
    scene.run(["templates", "eject", "frames/page.typ"]).expect_status(0);
    let text = scene.text("templates/frames/page.typ").replacen("#let ", "#let wrong = panic(\"here\")\n#let ", 1);
    scene.write("templates/frames/page.typ", text);
    let output = scene.run(["build", "arg-004"]);
    output.expect_status(1).expect_stderr("[typeset-failed]").expect_stderr("nothing built");
    assert!(!scene.path("cases/arg-004/build").exists());
}

#[test]
fn a_clause_that_nobody_includes_and_a_language_that_is_missing() {
    let scene = Scene::case("");
    scene.write("templates/clauses/new-clause/en.md", "A clause.\n");
    let output = check(&scene);
    output
        .expect_status(0)
        .expect_stdout("[clause-unused]")
        .expect_stdout("templates/clauses/new-clause/en.md:1:1")
        .expect_stdout("[language-missing]")
        .expect_stdout("the clause `clauses/new-clause` has no text in French");
}

#[test]
fn a_word_that_one_language_lacks() {
    let scene = changed("terms/fr.yaml", "\nframe:", "\nonly_here:\n  word: mot\nframe:");
    check(&scene).expect_stdout("[language-missing]").expect_stdout("the word `only_here.word` is missing in English");
}

#[test]
fn files_come_from_the_workspace_or_the_program() {
    let scene = Scene::case("");
    let list = scene.run(["templates", "list"]);
    list.expect_status(0).expect_stdout("approval-letter/fr.md\tbuilt-in").expect_stdout("frames/letter.typ\tbuilt-in");
    let shown = scene.run(["templates", "show", "approval-letter/fr.md"]);
    shown.expect_status(0);
    assert_eq!(shown.stdout.trim_end(), repository_text("templates/approval-letter/fr.md").trim_end());

    let ejected = scene.run(["templates", "eject", "approval-letter/fr.md", "terms/fr.yaml"]);
    ejected.expect_status(0).expect_stdout("templates/approval-letter/fr.md").expect_stdout("templates/terms/fr.yaml");
    assert_eq!(scene.text("templates/terms/fr.yaml"), repository_text("templates/terms/fr.yaml"));
    scene.run(["templates", "list"]).expect_stdout("approval-letter/fr.md\tworkspace").expect_status(0);
    scene.write("templates/terms/fr.yaml", "own\n");
    let again = scene.run(["templates", "eject", "terms/fr.yaml"]);
    again.expect_status(2).expect_stderr("is there already").expect_stderr("`--force` overwrites it");
    assert_eq!(scene.text("templates/terms/fr.yaml"), "own\n");
    scene.run(["templates", "eject", "--force", "terms/fr.yaml"]).expect_status(0);
    scene
        .run(["templates", "show", "aproval-letter/fr.md"])
        .expect_status(2)
        .expect_stderr("did you mean `approval-letter/fr.md`?");
    assert!(repository("templates/terms/fr.yaml").is_file());
}

#[test]
fn without_a_workspace_nothing_is_taken_out() {
    let scene = Scene::empty();
    scene.run(["templates", "list"]).expect_status(0);
    scene.run(["templates", "eject", "terms/fr.yaml"]).expect_status(2).expect_stderr("there is no unit profile");
}

#[test]
fn own_files_that_are_no_text_are_refused() {
    let scene = Scene::case("arg-004");
    scene.write("templates/terms/en.yaml", b"\xFF\xFE");
    scene
        .run(["build", "arg-004"])
        .expect_status(2)
        .expect_stderr("[not-utf8]")
        .expect_stderr("templates/terms/en.yaml");
    scene.write("templates/terms/en.yaml", "x".repeat(2 << 20));
    scene.run(["build", "arg-004"]).expect_status(2).expect_stderr("[input-too-large]");
}
