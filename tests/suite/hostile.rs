//! Files made to do harm: an error in bounded time and memory, never a breakdown.

use std::fs::File;
use std::time::{Duration, Instant};

use crate::harness::{Output, PROGRAM, Scene, repository_text};

/// Longest time that any file may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most address space that reading any file may take, in KiB: threads and program included.
const MEMORY: u32 = 600_000;

/// Checks a case file, with bounds on time and memory.
#[track_caller]
fn check(scene: &Scene) -> Output {
    let start = Instant::now();
    let output = if cfg!(target_os = "linux") {
        let script = format!("ulimit -v {MEMORY} && exec \"$0\" check --format concise cases/tried");
        scene.finish(scene.other("sh").args(["-c", &script, PROGRAM]))
    } else {
        scene.run(["check", "--format", "concise", "cases/tried"])
    };
    assert!(start.elapsed() < PATIENCE, "{:?}\n{output}", start.elapsed());
    assert!(!output.stderr.contains("fault of its own"), "{output}");
    assert!(matches!(output.status, Some(0..=2)), "{output}");
    output
}

/// Checks a case file of the given content, which must be refused, and must not be built.
#[track_caller]
fn refused(content: impl AsRef<[u8]>, code: &str) {
    let output = report(content);
    output.expect_stdout(&format!("[{code}]")).expect_stdout("cases/tried/case.yaml:");
    let longest = output.stdout.lines().map(str::len).max().unwrap_or_default();
    assert!(longest < 2000, "a line of {longest} bytes");
}

/// Returns the report on a case file of the given content, which must have errors.
#[track_caller]
fn report(content: impl AsRef<[u8]>) -> Output {
    let scene = Scene::case("");
    scene.write("cases/tried/case.yaml", content);
    let output = check(&scene);
    assert_eq!(output.status, Some(1), "{output}");
    scene.run(["build", "cases/tried"]).expect_status(1);
    output
}

fn base() -> String {
    repository_text("fixtures/check/base/case.yaml")
}

#[test]
fn an_alias_bomb() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..30 {
        let before = at - 1;
        let aliases = vec![format!("*a{before}"); 10].join(", ");
        bomb.push_str(&format!("a{at}: &a{at} [{aliases}]\n"));
    }
    refused(&bomb, "input-too-large");
    refused(bomb.replace('[', "{k: [").replace(']', "]}"), "input-too-large");
    refused("a: &a [*a]\n", "yaml-syntax");
}

#[test]
fn a_million_brackets() {
    for bracket in ["[", "{", "- ", "? ", "a: {", "[{a: "] {
        refused(bracket.repeat(1_000_000), "input-too-large");
    }
    let mut steps = String::new();
    for depth in 0..1500 {
        steps.push_str(&" ".repeat(depth));
        steps.push_str("a:\n");
    }
    refused(steps, "input-too-large");
}

#[test]
fn a_gigabyte() {
    let scene = Scene::case("");
    scene.write("cases/tried/case.yaml", "engross: 1\n");
    let file = File::options().write(true).open(scene.path("cases/tried/case.yaml")).expect("it is there");
    file.set_len(1 << 30).expect("a sparse file");
    let output = check(&scene);
    output.expect_status(1).expect_stdout("[input-too-large]");
}

#[test]
fn a_file_without_an_end() {
    let scene = Scene::case("");
    std::fs::create_dir_all(scene.path("cases/tried")).expect("a folder");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", scene.path("cases/tried/case.yaml")).expect("a link");
        let output = scene.run(["check", "cases/tried/case.yaml"]);
        assert!(matches!(output.status, Some(1 | 2)), "{output}");
    }
}

#[test]
fn keys_that_are_written_twice() {
    refused(base().replacen("country: GIN\n", "country: GIN\ncountry: CHL\n", 1), "duplicate-key");
    refused(base().replacen("inquiry: {", "inquiry: {channel: phone, ", 1), "duplicate-key");
    // The same letter in two normal forms is the same key.
    refused(base() + "extra: {caf\u{E9}: 1, cafe\u{301}: 2}\n", "duplicate-key");
    refused(base() + &"k: v\n".repeat(10_000), "unknown-field");
    let many: String = (0..1000).map(|at| format!("k{at}: v\n")).collect();
    refused(base() + &many, "too-many-faults");
}

#[test]
fn characters_that_reverse_text() {
    for character in ['\u{202E}', '\u{202A}', '\u{2066}', '\u{2069}'] {
        refused(base().replacen("Boké", &format!("Boké{character}"), 1), "forbidden-character");
    }
    refused(base().replacen("Boké", "\"Bok\\u202E\"", 1), "forbidden-character");
}

#[test]
fn characters_that_no_text_holds() {
    for character in ['\0', '\u{1}', '\u{1B}', '\u{7F}', '\u{9B}', '\u{F0041}', '\u{F1000}', '\u{FFFE}'] {
        refused(base().replacen("Boké", &format!("Bok{character}"), 1), "forbidden-character");
    }
    for escape in ["\\0", "\\x1B", "\\U000F0041", "\\U000F1000"] {
        refused(base().replacen("Boké", &format!("\"Bok{escape}\""), 1), "forbidden-character");
    }
}

#[test]
fn bytes_that_are_no_text() {
    for bytes in [&b"\xFF\xFE"[..], b"\xC0\x80", b"\xED\xA0\x80", b"\xF4\x90\x80\x80", b"engross: 1\nid: \xE9\n"] {
        refused(bytes, "not-utf8");
    }
    let utf16: Vec<u8> = base().encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused([&b"\xFF\xFE"[..], &utf16].concat(), "not-utf8");
}

#[test]
fn line_ends_and_marks_of_other_systems_are_no_fault() {
    let scene = Scene::case("");
    for content in [base().replace('\n', "\r\n"), format!("\u{FEFF}{}", base())] {
        scene.write("cases/tried/case.yaml", content);
        let output = check(&scene);
        assert_eq!((output.status, output.stdout.as_str()), (Some(0), ""), "{output}");
    }
    refused(base().replacen("  reference: 0147", "\treference: 0147", 1), "yaml-syntax");
}

#[test]
fn a_value_that_never_ends() {
    let long = "x".repeat(3 << 20);
    let output = report(base().replacen("country: GIN", &format!("country: {long}"), 1));
    assert!(output.stdout.len() < 20_000, "{} bytes", output.stdout.len());
    let scene = Scene::case("");
    scene.write("cases/tried/case.yaml", base().replacen("country: GIN", &format!("country: {long}"), 1));
    for format in ["human", "json"] {
        let output = scene.run(["check", "--format", format, "cases/tried"]);
        assert!(output.stdout.len() < 20_000, "{format}: {} bytes", output.stdout.len());
    }
    refused(base().replacen("date: 2026-01-12", &format!("date: {}", "9".repeat(1 << 20)), 1), "bad-date");
    refused(base().replacen("capex: USD 1850000000", &format!("capex: USD {}", "9".repeat(1 << 20)), 1), "bad-money");
    refused(base().replacen("days: 7", "days: 99999999999999999999999999", 1), "wrong-type");
    let scene = Scene::case("");
    scene.write("cases/tried/case.yaml", format!("{}{}", base(), "# a remark\n".repeat(300_000)));
    assert_eq!(check(&scene).status, Some(0), "3 MB of remarks are only slow");
}

#[test]
fn files_that_are_hardly_a_case() {
    for content in [
        "",
        "\n\n",
        "~\n",
        "x\n",
        "[]\n",
        "- a\n",
        "42\n",
        "--- a\n--- b\n",
        "%YAML 9.9\n---\n",
        "!!binary x\n",
        "\"\n",
        "...\n",
        "&a\n",
        "*a\n",
        ":\n",
        "? \n",
    ] {
        let scene = Scene::case("");
        scene.write("cases/tried/case.yaml", content);
        let output = check(&scene);
        assert_eq!(output.status, Some(1), "{content:?}\n{output}");
    }
}

#[test]
fn paths_that_lead_out_of_the_case() {
    for path in ["../../engross.yaml", "/etc/passwd", "..\\x", "C:\\x", "a/../../b"] {
        let content =
            base() + &format!("rounds:\n  - {{id: v1, file: '{path}', date: 2026-05-01, from: government}}\n");
        refused(content, "bad-value");
    }
}

#[test]
fn a_hostile_profile() {
    let scene = Scene::case("arg-004");
    for content in ["[".repeat(1_000_000), "\u{202E}".to_owned(), String::new(), "x: &a [*a]".to_owned()] {
        scene.write("engross.yaml", content);
        let start = Instant::now();
        let output = scene.run(["build", "arg-004"]);
        assert!(start.elapsed() < PATIENCE);
        output.expect_status(1);
    }
}
