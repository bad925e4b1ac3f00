//! An interrupted build leaves every file whole: the old one or the new one, never half of one.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use engross::manifest::Sums;

use crate::harness::Scene;

const FOLDER: &str = "cases/arg-004/build";
const BUILD: &[&str] = &["build", "cases/arg-004", "--force"];

#[test]
fn a_killed_build_leaves_whole_files() {
    let scene = Scene::case("arg-004");
    scene.run(BUILD).expect_status(0);
    let old = scene.files(FOLDER);
    scene.replace("cases/arg-004/case.yaml", "publication_consent: no", "publication_consent: no # changed");
    let text = scene.text("engross.yaml") + "# changed\n";
    scene.write("engross.yaml", text);
    scene.run(["templates", "eject", "terms/en.yaml"]).expect_status(0);
    let terms = scene.text("templates/terms/en.yaml").replacen("\"Page ", "\"Leaf ", 1);
    scene.write("templates/terms/en.yaml", terms);
    let start = Instant::now();
    scene.run(BUILD).expect_status(0);
    let whole = start.elapsed();
    let new = scene.files(FOLDER);
    assert!(changed(&old, &new) > 3, "the two builds differ");

    let start_over = || {
        fs::remove_dir_all(scene.path(FOLDER)).expect("it is there");
        old.iter().for_each(|(name, bytes)| scene.write(&format!("{FOLDER}/{name}"), bytes));
    };
    let start = || {
        let mut command = scene.command();
        command.args(BUILD).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    };
    // While documents are made.
    for moment in [0.1, 0.5, 0.8, 0.95, 1.05] {
        start_over();
        let mut child = start();
        thread::sleep(whole.mul_f64(moment).min(Duration::from_secs(20)));
        kill(&mut child);
        check(&scene.files(FOLDER), &old, &new, &format!("at {moment} of its time"));
    }
    // While files are written and put in place: from the first temporary file on.
    let (mut mixed, mut left) = (0, 0);
    for micros in [0, 100, 300, 600, 1000, 1500, 2000, 3000, 4000, 6000, 9000] {
        start_over();
        let mut child = start();
        while !unfinished(&scene) && child.try_wait().expect("its state is known").is_none() {
            thread::sleep(Duration::from_micros(50));
        }
        thread::sleep(Duration::from_micros(micros));
        kill(&mut child);
        let found = scene.files(FOLDER);
        check(&found, &old, &new, &format!("{micros} µs after the first file"));
        mixed += usize::from(changed(&old, &found) > 0);
        left += usize::from(unfinished(&scene));
    }
    assert!(mixed + left > 0, "no build was killed while it wrote");

    // The next build mends everything, and leaves nothing of the killed ones behind.
    scene.write(&format!("{FOLDER}/source/.engross-killed"), "half");
    scene.run(BUILD).expect_status(0);
    assert!(scene.files(FOLDER) == new, "{:?}", scene.files(FOLDER).keys());
    scene.run(["verify", "cases/arg-004"]).expect_status(0);
}

/// Ends a build without any chance to tidy up; it may have come to its end before.
fn kill(child: &mut Child) {
    let _ = child.kill();
    child.wait().expect("it has ended");
}

/// Whether files are being written.
fn unfinished(scene: &Scene) -> bool {
    let entries = fs::read_dir(scene.path(FOLDER)).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".engross-"))
}

fn changed(old: &BTreeMap<String, Vec<u8>>, new: &BTreeMap<String, Vec<u8>>) -> usize {
    new.iter().filter(|(name, bytes)| old.get(*name) != Some(bytes)).count()
}

/// Holds that every file is whole.
fn check(
    found: &BTreeMap<String, Vec<u8>>,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
    killed: &str,
) {
    for name in old.keys() {
        let bytes = found.get(name).unwrap_or_else(|| panic!("{name} is gone, killed {killed}"));
        let whole = [old, new].iter().any(|files| files.get(name) == Some(bytes));
        assert!(whole, "{name} is neither old nor new, killed {killed}");
    }
    let sums = Sums::parse("SHA256SUMS", &found["SHA256SUMS"]).expect("the list is whole");
    assert!(sums.len() >= old.len() - 1, "killed {killed}");
}
