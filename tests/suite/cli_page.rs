//! `docs/cli.md` is made from the program's own help; this holds it to that.
//!
//! With `ENGROSS_UPDATE=1` in the environment the page is written anew.

use std::fmt::Write;
use std::fs;

use crate::harness::{Scene, repository};

const PAGE: &str = "docs/cli.md";

const INTRO: &str = "# Command line

Every command with its options. This page is made from the program's own help: `engross COMMAND --help` prints the same.

Results go to standard output, everything else to standard error; `--format json` gives reports to programs.

| exit status | means |
| --- | --- |
| 0 | done, and the answer is yes: no errors, as it was built, the drafts are the same |
| 1 | done, and the answer is no: errors found, not as it was built, the drafts differ |
| 2 | could not be done: wrong arguments, or files that cannot be read or written |

The program reads few environment variables: `NO_COLOR` turns colours off, `COLUMNS` is the width of the terminal, `PAGER` (with `LESS`) shows long results page by page, and `SOURCE_DATE_EPOCH` dates the tracked changes of a redline.
";

/// Names of the commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

fn section(scene: &Scene, command: &[&str], page: &mut String) {
    let output = scene.run(command.iter().copied().chain(["--help"]));
    output.expect_status(0);
    assert_eq!(output.stderr, "", "help is a result");
    let depth = "#".repeat(command.len() + 2);
    let name: Vec<&str> = std::iter::once("engross").chain(command.iter().copied()).collect();
    let help: Vec<&str> = output.stdout.trim_end().lines().map(str::trim_end).collect();
    write!(page, "\n{depth} `{}`\n\n```text\n{}\n```\n", name.join(" "), help.join("\n")).expect("text takes text");
    for below in commands(&output.stdout) {
        let command: Vec<&str> = command.iter().copied().chain([below.as_str()]).collect();
        section(scene, &command, page);
    }
}

#[test]
fn the_page_is_that_of_the_program() {
    let mut page = INTRO.to_owned();
    section(&Scene::empty(), &[], &mut page);
    if std::env::var_os("ENGROSS_UPDATE").is_some() {
        fs::write(repository(PAGE), &page).expect("the page can be written");
    }
    let shipped = fs::read_to_string(repository(PAGE)).unwrap_or_default();
    let first = page.lines().zip(shipped.lines()).find(|(ours, theirs)| ours != theirs);
    assert!(page == shipped, "{PAGE} is not up to date: run the suite with ENGROSS_UPDATE=1\n{first:?}");
}

#[test]
fn without_a_command_the_help_is_shown() {
    let output = Scene::empty().run::<&str>([]);
    output.expect_status(2).expect_stderr("Usage: engross");
}

#[test]
fn a_misspelt_command_is_refused_with_the_nearest() {
    Scene::empty().run(["biuld"]).expect_status(2).expect_stderr("'build'");
    Scene::empty().run(["explain", "mising-field"]).expect_status(2).expect_stderr("did you mean `missing-field`?");
}

#[test]
fn every_code_can_be_explained() {
    let scene = Scene::empty();
    let list = scene.run(["explain"]);
    list.expect_status(0);
    let codes: Vec<&str> = list
        .stdout
        .lines()
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(codes.len(), engross::diagnostic::Code::ALL.len());
    for code in codes.iter().take(5) {
        let output = scene.run(["explain", code]);
        output.expect_status(0).expect_stdout("What it means");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::Stdio;
    let scene = Scene::empty();
    let mut child =
        scene.command().arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
