//! Two languages: documents that give both side by side, and the comparison of language versions.

use std::collections::BTreeSet;

use engross::export::Format;

use crate::formats::ALL;
use crate::harness::{Scene, need};
use crate::reading::{self, Piece};

#[test]
fn both_languages_stand_side_by_side_in_every_format() {
    let scene = Scene::case("mrt-002");
    scene.run(["build", "mrt-002", "--parallel", "fr,ar", "-f", ALL, "-o", "both"]).expect_status(0);
    let names: BTreeSet<String> = scene.files("both").into_keys().collect();
    let documents =
        ["request-letter", "approval-letter", "code-of-conduct.ouertani", "terms-of-reference", "evaluation-form"];
    for document in documents {
        for format in Format::ALL {
            let name = format!("{document}.fr-ar.{}", format.extension());
            assert!(names.contains(&name), "no {name} among {names:?}");
        }
        let [french, arabic] = sides(&scene.text(&format!("both/{document}.fr-ar.html")));
        assert_eq!(french.len(), arabic.len(), "{document}: every row has both sides");
        let numbers = |side: &[Vec<String>]| side.iter().map(|numbers| numbers.len()).collect::<Vec<_>>();
        assert_eq!(numbers(&french), numbers(&arabic), "{document}: clause beside clause");
        for (left, right) in french.iter().flatten().zip(arabic.iter().flatten()) {
            let arabic_digits = |c: char| c.to_digit(10).map_or(c, |digit| char::from_u32(0x660 + digit).unwrap_or(c));
            if left.chars().next().is_some_and(char::is_numeric) {
                assert_eq!(&left.chars().map(arabic_digits).collect::<String>(), right, "{document}");
            }
        }
        if document.starts_with("code") {
            assert!(french.iter().flatten().count() > 90, "{document}: {french:?}");
        }
    }
    for name in ["both/code-of-conduct.ouertani.fr-ar.md", "both/code-of-conduct.ouertani.fr-ar.txt"] {
        let text = scene.text(name);
        assert!(text.contains("Loyauté envers le Gouvernement") && text.contains("الولاء للحكومة"), "{name}");
    }
    let word = reading::part(&scene.read("both/code-of-conduct.ouertani.fr-ar.docx"), "word/document.xml");
    let word = word.expect("a document");
    assert!(word.contains("<w:tbl>") && word.contains("الولاء للحكومة") && word.contains("Loyauté envers"), "{word}");
    scene.run(["verify", "--rebuild", "both"]).expect_status(0);
}

/// The numbers in each row of a page in two languages, the sides apart.
fn sides(page: &str) -> [Vec<Vec<String>>; 2] {
    let body = page.split_once("<main>").expect("a page has a body").1.split("</main>").next().unwrap_or_default();
    let mut sides = [Vec::new(), Vec::new()];
    let (mut depth, mut row, mut column, mut number) = (0, 0, 0, false);
    for piece in reading::pieces(body) {
        match piece {
            Piece::Open(name, attributes, ends) => {
                let class = attributes.get("class").map_or("", String::as_str);
                if name == "div" && class.split(' ').any(|class| class == "row") {
                    row = depth + 1;
                    column = 0;
                } else if row > 0 && depth == row {
                    assert!(column < 2, "a row of more than two sides");
                    let lang = attributes.get("lang").map_or("", String::as_str);
                    assert_eq!(lang, ["fr", "ar"][column], "the languages of the sides");
                    sides[column].push(Vec::new());
                    column += 1;
                }
                number = name == "span" && class == "n";
                depth += i32::from(!ends);
            }
            Piece::Close(_) => {
                if depth == row {
                    assert_eq!(column, 2, "a row with both sides");
                    row = 0;
                }
                depth -= 1;
                number = false;
            }
            Piece::Text(text) if number => {
                sides[column - 1].last_mut().expect("a side was begun").push(reading::flat(&text));
            }
            Piece::Text(_) => {}
        }
    }
    sides
}

#[test]
fn one_language_alone_and_both_beside_each_other_live_in_one_folder() {
    let scene = Scene::case("arg-004");
    let build = ["build", "arg-004", "-d", "approval-letter", "-f", "html", "-l", "en,es", "--parallel", "en,es"];
    scene.run(build).expect_status(0);
    let names: Vec<String> = scene.files("cases/arg-004/build").into_keys().filter(|it| it.ends_with("html")).collect();
    assert_eq!(names, ["approval-letter.en-es.html", "approval-letter.en.html", "approval-letter.es.html"]);
    scene.run(build).expect_status(0).expect_stderr("unchanged");
    scene.run(["verify", "cases/arg-004/build"]).expect_status(0);
}

#[test]
fn two_languages_must_be_two() {
    let scene = Scene::case("arg-004");
    for (given, told) in [
        ("fr,fr", "the two languages are the same"),
        ("fr", "write two languages with a comma between them"),
        ("fr,de", "not a language that documents are made in"),
        ("fr,ar,en", "not a language that documents are made in"),
    ] {
        scene.run(["build", "arg-004", "--parallel", given]).expect_status(2).expect_stderr(told);
    }
}

#[test]
fn an_own_frame_of_two_columns_is_a_template_like_others() {
    let scene = Scene::case("arg-004");
    scene.run(["templates", "show", "frames/parallel.typ"]).expect_status(0);
    scene.run(["build", "arg-004", "--parallel", "en,fr", "-d", "terms-of-reference"]).expect_status(0);
    assert!(scene.path("cases/arg-004/build/terms-of-reference.en-fr.pdf").is_file());
}

#[test]
fn the_versions_of_all_sample_documents_agree() {
    let scene = Scene::all();
    let output = scene.run(["parity", "."]);
    output.expect_status(0);
    for case in ["KGZ-003", "MOZ-005", "MRT-002"] {
        output.expect_stderr(&format!("{case}: no faults."));
    }
    output.expect_stdout("code-of-conduct.dosan ru en: ").expect_stdout("terms-of-reference ar fr: ");
    output.expect_stderr("GIN-001: its documents are made in French only; name two languages with `--lang`.");
    // Its texts are in French and in English, so that these can be compared too.
    let output = scene.run(["parity", "cases/gin-001", "-l", "fr,en"]);
    output.expect_status(0).expect_stdout("approval-letter fr en: ");
}

/// A workspace in which a template of one language says another number than that of the other.
fn differing() -> Scene {
    let scene = Scene::case("arg-004");
    scene.run(["templates", "eject", "clauses/conduct-quality/fr.md"]).expect_status(0);
    let path = "templates/clauses/conduct-quality/fr.md";
    let text = scene.text(path);
    let at = text.find(".\n").expect("the end of a clause");
    scene.write(path, format!("{} dans un délai de 17 jours{}", &text[..at], &text[at..]));
    scene
}

#[test]
fn a_number_that_differs_is_told_with_its_clause() {
    let scene = differing();
    let parity = ["parity", "arg-004", "-l", "en,fr", "-d", "code-of-conduct"];
    let output = scene.run(parity.into_iter().chain(["--format", "concise"]));
    output
        .expect_status(1)
        .expect_stdout("warning[versions-differ]")
        .expect_stdout("the number 17 stands in French only");
    output.expect_stdout("`code-of-conduct.kearney`, ").expect_stderr("ARG-004: no errors, 2 warnings.");
    // The clause is named, not only the document.
    let line = output.stdout.lines().find(|line| line.contains("[versions-differ]")).expect("a fault");
    assert!(line.contains("10"), "the number of the clause: {line}");

    let output = scene.run(parity.into_iter().chain(["--format", "json"]));
    output.expect_status(1);
    let report = output.json();
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64()), (Some(0), Some(2)), "{report}");
    let fault = &report["diagnostics"][0];
    assert_eq!(fault["code"], "versions-differ");
    assert!(fault["message"].as_str().is_some_and(|message| message.contains("the number 17")), "{fault}");
}

#[test]
fn a_value_that_is_another_in_the_other_language_is_told_with_both() {
    let scene = differing();
    scene.run(["templates", "eject", "clauses/conduct-quality/en.md"]).expect_status(0);
    let path = "templates/clauses/conduct-quality/en.md";
    let text = scene.text(path);
    let at = text.find(".\n").expect("the end of a clause");
    scene.write(path, format!("{} within 71 days{}", &text[..at], &text[at..]));
    let output = scene.run(["parity", "arg-004", "-l", "en,fr", "-d", "code-of-conduct", "--format", "concise"]);
    output.expect_status(1).expect_stdout("the number 71 in English, but the number 17 in French");
    // The check of the case tells it too, where both languages are asked for.
    let output = scene.run(["check", "arg-004", "-l", "en,fr", "--format", "concise"]);
    output.expect_stdout("[versions-differ]").expect_stdout("but the number 17 in French");
}

#[test]
fn a_clause_that_one_version_lacks_is_told() {
    let scene = Scene::case("arg-004");
    scene.run(["templates", "eject", "code-of-conduct/fr.md"]).expect_status(0);
    let path = "templates/code-of-conduct/fr.md";
    let text = scene.text(path);
    let lines = text.lines().filter(|line| !line.contains("clauses/conduct-media/fr.md"));
    let changed: String = lines.map(|line| format!("{line}\n")).collect();
    assert_ne!(changed, text, "a clause was taken out");
    scene.write(path, changed);
    let output = scene.run(["parity", "arg-004", "-l", "en,fr", "-d", "code-of-conduct", "--format", "concise"]);
    output.expect_status(1).expect_stdout("[versions-differ]").expect_stdout("stands in English only");
}

#[test]
fn the_comparison_wants_readable_cases_and_two_languages() {
    let scene = Scene::case("arg-004");
    scene.run(["parity", "arg-004"]).expect_status(0).expect_stderr("name two languages with `--lang`");
    scene.run(["parity", "nowhere"]).expect_status(2).expect_stderr("[file-unreadable]");
    scene.run(["parity", "arg-004", "-l", "en,de"]).expect_status(2);
}

#[test]
fn a_pdf_in_two_languages_conforms_and_names_them() {
    let scene = Scene::case("mrt-002");
    scene.run(["build", "mrt-002", "--parallel", "ar,fr", "-d", "code-of-conduct", "-o", "both"]).expect_status(0);
    let name = "both/code-of-conduct.ouertani.ar-fr.pdf";
    assert_eq!(crate::pdf::faults(&scene.read(name)), Vec::<String>::new());
    if need("pdftotext") {
        let output = scene.finish(scene.other("pdftotext").args(["-enc", "UTF-8", name, "-"]));
        let text: String = output.stdout.lines().map(reading::flat).collect::<Vec<_>>().join(" ");
        assert!(text.contains("Loyauté envers le Gouvernement") && text.contains("الولاء للحكومة"), "{text}");
    }
}
