//! Tests of checksum lists, among them one against the real `sha256sum`.

use super::*;

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn name(text: &str) -> Name {
    Name::new(text).expect("a good name")
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Sums {
    let mut sums = Sums::new();
    for text in names {
        sums.insert(name(text), Sha256::of(text.as_bytes())).expect("names differ");
    }
    sums
}

fn parse(text: &str) -> Result<Sums, SumsError> {
    Sums::parse("SHA256SUMS", text.as_bytes())
}

/// Shuffles by a fixed linear congruential sequence (Knuth, MMIX).
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for end in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(end, (state >> 33) as usize % (end + 1));
    }
}

const NAMES: [&str; 10] = [
    "b.pdf",
    "a/z.pdf",
    "a.pdf",
    "A.pdf",
    "lettre à M. Müller.pdf",
    "back\\slash",
    "line\nfeed",
    " leading",
    "*star",
    "n\\n",
];

#[test]
fn the_text_is_pinned() {
    let mut sums = Sums::new();
    for text in ["b.pdf", "a\\b\nc\rd", "a/b.pdf"] {
        sums.insert(name(text), Sha256::of(b"abc")).expect("names differ");
    }
    assert_eq!(sums.to_string(), format!("{ABC}  a/b.pdf\n\\{ABC}  a\\\\b\\nc\\rd\n{ABC}  b.pdf\n"));
}

#[test]
fn what_is_written_is_read_back() {
    let sums = list(NAMES);
    assert_eq!(parse(&sums.to_string()), Ok(sums));
}

#[test]
fn shuffled_input_gives_the_same_text() {
    let expect = list(NAMES).to_string();
    for seed in 0..100 {
        let mut names = NAMES;
        shuffle(&mut names, seed);
        assert_eq!(list(names).to_string(), expect);

        let mut lines: Vec<&str> = expect.split_inclusive('\n').collect();
        shuffle(&mut lines, seed);
        let read = parse(&lines.concat()).expect("any order is read");
        assert_eq!(read.to_string(), expect);
    }
}

#[test]
fn binary_mode_is_read() {
    let sums = parse(&format!("{ABC} *a.pdf\n")).expect("as `sha256sum -b` writes it");
    assert_eq!(sums.get("a.pdf"), Some(Sha256::of(b"abc")));
    assert_eq!(sums.to_string(), format!("{ABC}  a.pdf\n"));
}

#[test]
fn a_taken_name_is_refused() {
    let mut sums = list(["a"]);
    assert_eq!(sums.insert(name("a"), Sha256::of(b"a")), Err(NameTaken { name: name("a") }));
    assert_eq!(sums.len(), 1);
}

#[test]
fn faults_carry_path_and_line() {
    let check = |text: String, expect: &str| {
        let error = parse(&text).expect_err("a fault");
        assert_eq!(error.to_string(), expect);
    };
    let ok = format!("{ABC}  ok\n");
    check(String::new(), "SHA256SUMS:1: the list is empty");
    check("\n".to_owned(), "SHA256SUMS:1: expected a digest, two spaces and a name");
    check(format!("{ok}\n{ok}"), "SHA256SUMS:2: expected a digest, two spaces and a name");
    check(format!("{ok}# x\n"), "SHA256SUMS:2: `#` at column 1 is not a hex digit");
    check(format!("{ok}{ABC}  a"), "SHA256SUMS:2: the line is cut off: no line feed at its end");
    check(format!("{ok}{ABC}  a\r\n"), "SHA256SUMS:2: a carriage return: line ends must be a line feed alone");
    check(format!("{ABC} a\n"), "SHA256SUMS:1: expected a digest, two spaces and a name");
    check(format!("{ABC}\n"), "SHA256SUMS:1: expected a digest, two spaces and a name");
    check(format!(" {ABC}  a\n"), "SHA256SUMS:1: a SHA-256 digest has 64 hex digits, this has 0");
    check(format!("{}  a\n", &ABC[2..]), "SHA256SUMS:1: a SHA-256 digest has 64 hex digits, this has 62");
    check(format!("SHA256 (a) = {ABC}\n"), "SHA256SUMS:1: `S` at column 1 is not a hex digit");
    check(format!("{}  a\n", ABC.to_uppercase()), "SHA256SUMS:1: the digest has capital letters");
    for line in [format!("\\{ABC}  a\n"), format!("{ABC}  a\\\\b\n"), format!("\\{ABC}  a\\tb\n")] {
        check(line, "SHA256SUMS:1: the backslashes are not as `sha256sum` writes them");
    }
    check(format!("\\{ABC}  a\\\n"), "SHA256SUMS:1: the backslashes are not as `sha256sum` writes them");
    check(format!("{ABC}  \n"), "SHA256SUMS:1: `` is no name for a file: it is empty");
    check(
        format!("{ok}{ABC}  ../../etc/passwd\n"),
        "SHA256SUMS:2: `../../etc/passwd` is no name for a file: `..` leads out of the folder",
    );
    check(format!("{ABC}  /etc/passwd\n"), "SHA256SUMS:1: `/etc/passwd` is no name for a file: it is not relative");
    check(format!("{ok}{ABC}  a\n{ok}"), "SHA256SUMS:3: `ok` is listed on line 1 already");
    let error = Sums::parse("x/SHA256SUMS", b"\xff\n").expect_err("not UTF-8");
    assert_eq!(error.to_string(), "x/SHA256SUMS:1: the line is not UTF-8");
}

#[test]
fn damage_of_any_byte_is_noticed_and_never_panics() {
    let sums = list(["a/b.pdf", "é\\ü", "c"]);
    let text = sums.to_string().into_bytes();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut damaged = text.clone();
            damaged[at] ^= 1 << bit;
            assert_ne!(Sums::parse("x", &damaged).as_ref(), Ok(&sums), "bit {bit} of byte {at}");
        }
        assert_ne!(Sums::parse("x", &text[..at]).as_ref(), Ok(&sums), "cut at {at}");
    }
}

/// Returns the major version of GNU `sha256sum`, or none where it is missing.
#[cfg(unix)]
fn gnu_sha256sum() -> Option<u32> {
    let output = std::process::Command::new("sha256sum").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (_, version) = text.lines().next()?.split_once("(GNU coreutils) ")?;
    version.split('.').next()?.parse().ok()
}

#[cfg(unix)]
#[test]
fn the_real_sha256sum_agrees() {
    use std::fs;
    use std::process::Command;

    let Some(version) = gnu_sha256sum() else {
        return;
    };
    let mut names = NAMES.to_vec();
    if version >= 9 {
        names.push("carriage\rreturn");
        names.push("at end\r");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("a")).expect("a folder in it");
    for text in &names {
        fs::write(folder.path().join(text), text).expect("a file in it");
    }
    let sums = list(names.iter().copied());
    fs::write(folder.path().join(SUMS_FILE), sums.to_string()).expect("the list");
    let run = |arguments: &[&str]| {
        Command::new("sha256sum")
            .args(arguments)
            .current_dir(folder.path())
            .env("LC_ALL", "C.UTF-8")
            .output()
            .expect("sha256sum runs")
    };

    let checked = run(&["-c", "--strict", SUMS_FILE]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    assert!(checked.stderr.is_empty());

    // What it writes itself, for the same files in our order, is the same text.
    names.sort_unstable();
    names.insert(0, "--");
    let written = run(&names);
    assert_eq!(String::from_utf8_lossy(&written.stdout), sums.to_string());

    // And it notices what we would.
    fs::write(folder.path().join("a.pdf"), "changed").expect("a file changed");
    assert_eq!(run(&["-c", "--strict", "--quiet", SUMS_FILE]).status.code(), Some(1));
}
