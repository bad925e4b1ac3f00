//! The examples of the documentation run as they are printed; `TRYCMD=overwrite` brings them up to date.

use std::fs;

use crate::harness::{PROGRAM, Scene, copy, repository};

/// Pages whose `console` blocks are run.
const PAGES: &[&str] = &["README.md", "docs/templates.md", "docs/contributing.md"];

#[test]
fn examples_run_as_printed() {
    // A copy of what the examples name, so that nothing is built in the repository.
    let scene = Scene::empty();
    let fixtures = repository("fixtures");
    copy(&fixtures, &scene.path("fixtures"), &|path| path.file_name().is_none_or(|name| name != "build"));
    let tests = trycmd::TestCases::new();
    tests.register_bin("engross", trycmd::schema::Bin::Path(PROGRAM.into()));
    let mut seen = false;
    for page in PAGES {
        let Ok(text) = fs::read_to_string(repository(page)) else {
            eprintln!("SKIPPED {page}: it is not written yet");
            continue;
        };
        if text.contains("```console") {
            let name = page.replace('/', "-");
            scene.write(&name, text);
            // trycmd runs the blocks of `NAME.md` in a copy of `NAME.in/`, kept from block to block.
            let folder = name.trim_end_matches(".md");
            copy(&scene.path("fixtures"), &scene.path(&format!("{folder}.in/fixtures")), &|_| true);
            copy(&scene.path("fixtures"), &scene.path(&format!("{folder}.out/fixtures")), &|_| true);
            tests.case(scene.path(&name));
            seen = true;
        }
    }
    if !seen {
        return;
    }
    tests.env("NO_COLOR", "1").env("TZ", "UTC").env("COLUMNS", "100");
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        // The pages are mended in the copy and brought back.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| tests.run()));
        for page in PAGES.iter().filter(|page| scene.path(&page.replace('/', "-")).is_file()) {
            fs::copy(scene.path(&page.replace('/', "-")), repository(page)).expect("the page can be written");
        }
    } else {
        tests.run();
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages = vec![repository("README.md")];
    pages.extend(fs::read_dir(repository("docs")).expect("docs").map(|entry| entry.expect("a file").path()));
    for page in
        pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md") && page.is_file())
    {
        let text = fs::read_to_string(page).expect("pages are UTF-8");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()) {
            let (path, _) = target.split_once('#').unwrap_or((target, ""));
            if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            let there = page.parent().expect("a folder").join(path);
            assert!(there.exists(), "{}: the link `{target}` leads nowhere", page.display());
        }
    }
}
