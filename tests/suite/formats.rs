//! One document, five formats: numbers of clauses, references, dates and amounts are equal in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use engross::export::Format;
use engross::locale::{Lang, Locale, Region};
use engross::manifest::{Record, Sums};

use crate::harness::{Scene, need};
use crate::reading::{self, Facts, Read};
use crate::reading_word;

/// The cases that are compared, each in its own language, with its country.
const COMPARED: &[(&str, Lang, &str)] =
    &[("gin-001", Lang::Fr, "GN"), ("kgz-003", Lang::Ru, "KG"), ("mrt-002", Lang::Ar, "MR")];

/// Every format, as the command takes them.
pub(crate) const ALL: &str = "pdf,docx,html,md,txt";

/// The documents of [`COMPARED`] in all formats, built once for all tests.
pub(crate) fn scene() -> &'static Scene {
    static BUILT: OnceLock<Scene> = OnceLock::new();
    BUILT.get_or_init(|| {
        let scene = Scene::with(&["gin-001", "kgz-003", "mrt-002"]);
        for (case, lang, _) in COMPARED {
            let output = scene.run(["build", case, "-f", ALL, "-l", lang.code()]);
            // One of the cases has a fault on purpose, which stops nothing.
            output.expect_status(i32::from(*case == "kgz-003"));
        }
        scene
    })
}

/// The documents of a case by their paths without extension, one of each kind.
pub(crate) fn stems(scene: &Scene, case: &str) -> BTreeSet<String> {
    let folder = format!("cases/{case}/build");
    let names = scene.files(&folder).into_keys();
    let mut seen = BTreeSet::new();
    let stems = names.filter_map(|name| name.strip_suffix(".html").map(str::to_owned));
    // One agreement and one form stand for all: they come from the same template.
    let stems = stems.filter(|stem| seen.insert(stem.split('.').next().map(str::to_owned)));
    stems.map(|stem| format!("{folder}/{stem}")).collect()
}

fn locale(lang: Lang, country: &str) -> Locale {
    Locale::new(lang, Region::new(country))
}

/// Numbers of clauses that cannot be taken for anything else at the beginning of a line.
fn unmistakable(numbers: &[String]) -> Vec<&String> {
    numbers.iter().filter(|number| number.chars().any(|c| c == '.' || c.is_alphabetic())).collect()
}

/// Whether one sequence holds another, in its order.
fn holds(whole: &[String], wanted: &[String]) -> bool {
    let mut rest = whole.iter();
    wanted.iter().all(|number| rest.any(|other| other == number))
}

/// Whether one list has everything of another, in any order: the pages of an Arabic PDF are read in the order of
/// their columns.
fn has_all(whole: &[String], wanted: &[String]) -> bool {
    let mut rest = whole.to_vec();
    wanted.iter().all(|number| rest.iter().position(|other| other == number).map(|at| rest.swap_remove(at)).is_some())
}

#[test]
fn numbers_of_clauses_are_equal_in_all_formats() {
    if !need("pdfinfo") || !need("pdftotext") {
        return;
    }
    let scene = scene();
    let (mut counted, mut faults) = (0, Vec::new());
    for (case, lang, _) in COMPARED {
        for stem in stems(scene, case) {
            let numbers = |format| -> Vec<String> {
                let numbers = reading::read(scene, &stem, format, *lang).numbers;
                numbers.iter().map(|number| reading_word::plain_number(number)).collect()
            };
            let wanted = numbers(Format::Html);
            counted += wanted.len();
            for format in [Format::Docx, Format::Md, Format::Txt, Format::Pdf] {
                let found = numbers(format);
                // A line of text may begin with a number that is none of a clause.
                let equal = match format {
                    Format::Pdf if lang.is_rtl() => has_all(&found, &wanted),
                    Format::Txt | Format::Pdf => {
                        holds(&found, &wanted) && unmistakable(&found) == unmistakable(&wanted)
                    }
                    _ => found == wanted,
                };
                if !equal {
                    faults.push(format!("{stem}: {format:?}: {found:?}\n  not {wanted:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(counted > 300, "only {counted} numbers were compared");
}

#[test]
fn references_dates_and_amounts_are_equal_in_all_formats() {
    if !need("pdfinfo") || !need("pdftotext") {
        return;
    }
    let scene = scene();
    let (mut counted, mut faults) = ([0; 3], Vec::new());
    for (case, lang, country) in COMPARED {
        for stem in stems(scene, case) {
            let facts = |format| {
                let Read { text, .. } = reading::read(scene, &stem, format, *lang);
                reading::facts(&text, locale(*lang, country))
            };
            let wanted = facts(Format::Html);
            let Facts { references, dates, amounts } = &wanted;
            assert!(!references.is_empty() && !dates.is_empty(), "{stem}: {wanted:?}");
            for (count, found) in counted.iter_mut().zip([references, dates, amounts]) {
                *count += found.values().sum::<usize>();
            }
            for format in [Format::Docx, Format::Md, Format::Txt, Format::Pdf] {
                let found = facts(format);
                // On the pages of an Arabic PDF a date in a narrow column is in pieces.
                let equal = format == Format::Pdf && lang.is_rtl() && found.nearly(&wanted);
                if found != wanted && !equal {
                    faults.push(format!("{stem}: {format:?}: {}", found.against(&wanted)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(counted[0] > 25 && counted[1] > 140 && counted[2] > 80, "compared: {counted:?}");
}

#[test]
fn numbers_of_a_word_file_are_counted_by_word() {
    let scene = scene();
    for (case, lang, _) in COMPARED {
        for stem in stems(scene, case) {
            let typed = reading_word::typed_numbers(&scene.read(&format!("{stem}.docx")));
            assert_eq!(typed, 0, "{stem}.{lang:?}: numbers that stand as text");
        }
    }
}

#[test]
fn every_format_is_listed_recorded_and_rebuilt_to_the_byte() {
    let scene = scene();
    for (case, _, _) in COMPARED {
        let folder = format!("cases/{case}/build");
        let files = scene.files(&folder);
        let sums = Sums::parse("SHA256SUMS", &files["SHA256SUMS"]).expect("a sound list");
        let listed: BTreeSet<&str> = sums.iter().map(|(name, _)| name.as_str()).collect();
        let record = Record::parse("record.json", &files["record.json"]).expect("a sound record");
        let mut by_stem: BTreeMap<String, usize> = BTreeMap::new();
        for name in record.outputs.keys() {
            assert!(listed.contains(name.as_str()), "{case}: {name} is not in SHA256SUMS");
            let (stem, _) = name.as_str().rsplit_once('.').expect("a name with an extension");
            *by_stem.entry(stem.to_owned()).or_insert(0) += 1;
        }
        assert!(by_stem.values().all(|count| *count == Format::ALL.len()), "{case}: {by_stem:?}");
        let output = scene.run(["verify", "--rebuild", &folder]);
        output.expect_status(0);
    }
}

#[test]
fn formats_can_be_added_and_taken_away() {
    let scene = Scene::case("arg-004");
    let names = || {
        let files = scene.files("cases/arg-004/build").into_keys();
        files.filter(|name| name.starts_with("approval-letter")).collect::<Vec<_>>()
    };
    scene.run(["build", "arg-004", "-d", "approval-letter", "-f", "html,txt"]).expect_status(0);
    assert_eq!(names(), ["approval-letter.en.html", "approval-letter.en.txt"]);
    let before = scene.files("cases/arg-004/build");
    let output = scene.run(["build", "arg-004", "-d", "approval-letter", "-f", "txt", "-f", "html,txt"]);
    output.expect_status(0).expect_stderr("1 document unchanged in 2 formats");
    let output = scene.run(["build", "arg-004", "-d", "approval-letter", "-f", "html,docx"]);
    output.expect_status(0).expect_stderr("approval-letter.en.txt");
    assert_eq!(names(), ["approval-letter.en.docx", "approval-letter.en.html"]);
    let after = scene.files("cases/arg-004/build");
    assert_eq!(before["approval-letter.en.html"], after["approval-letter.en.html"], "a format does not change another");
}

#[test]
fn a_second_build_gives_the_same_bytes_in_every_format() {
    let first = Scene::case("arg-004");
    let second = Scene::case("arg-004");
    let build = ["build", "arg-004", "-f", ALL, "-l", "en,ar", "--parallel", "ar,en", "-d", "approval-letter"];
    let build = build.into_iter().chain(["-d", "code-of-conduct"]);
    first.run(build.clone().chain(["--jobs", "1"])).expect_status(0);
    second.finish(second.command().args(build).env("TZ", "Pacific/Kiritimati")).expect_status(0);
    let [first, second] = [&first, &second].map(|scene| scene.files("cases/arg-004/build"));
    assert!(first.keys().eq(second.keys()));
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} differs");
    }
}
