//! Files given to programs that are not ours: LibreOffice sets Word files as pages with the words and numbers of our
//! own, python-docx opens them; and Markdown that was written becomes the same document again.

use std::collections::BTreeMap;
use std::process::Command;

use engross::export::Format;
use engross::locale::Lang;

use crate::formats::{scene, stems};
use crate::harness::{Scene, need, repository};
use crate::reading;

/// Gives a program the home that it cannot do without.
fn at_home(command: &mut Command) -> &mut Command {
    command.envs(std::env::var_os("HOME").map(|home| ("HOME", home)))
}

/// How often each word stands in a text; what hangs on letters (vowel signs, hyphens at line ends) does not count.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let text: String = text.chars().filter(|c| !matches!(c, '\u{64B}'..='\u{65F}' | '\u{640}')).collect();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2) {
        *words.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    words
}

/// The share of the words of one text that another has as well.
fn shared(wanted: &BTreeMap<String, usize>, found: &BTreeMap<String, usize>) -> f64 {
    let both: usize = wanted.iter().map(|(word, count)| *found.get(word).unwrap_or(&0).min(count)).sum();
    both as f64 / wanted.values().sum::<usize>().max(1) as f64
}

/// The numbers that lines of a text begin with.
fn numbers(text: &str) -> Vec<String> {
    let firsts = text.lines().filter_map(|line| {
        let line = reading::flat(line);
        let first = line.split(' ').next().unwrap_or_default().trim_end_matches(['.', ':']).to_owned();
        reading::is_number(&first).then_some(first)
    });
    firsts.collect()
}

#[test]
fn libreoffice_sets_word_files_with_the_same_words_and_numbers() {
    if !need("soffice") || !need("pdftotext") {
        return;
    }
    let scene = scene();
    let documents: Vec<(String, Lang)> = [("gin-001", Lang::Fr), ("mrt-002", Lang::Ar)]
        .into_iter()
        .flat_map(|(case, lang)| stems(scene, case).into_iter().map(move |stem| (stem, lang)))
        .collect();
    let own = Scene::empty();
    let profile = format!("-env:UserInstallation=file://{}", own.path("profile").display());
    let mut command = scene.other("soffice");
    command.args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"]).arg(own.path("set"));
    command.args(documents.iter().map(|(stem, _)| format!("{stem}.docx")));
    scene.finish_bytes(at_home(&mut command));
    let text = |of: &Scene, path: &str| {
        let output = of.finish_bytes(of.other("pdftotext").args(["-enc", "UTF-8", path, "-"]));
        String::from_utf8(output).expect("UTF-8")
    };
    for (stem, lang) in documents {
        let name = stem.rsplit('/').next().unwrap_or_default();
        let (theirs, ours) = (text(&own, &format!("set/{name}.pdf")), text(scene, &format!("{stem}.pdf")));
        let share = shared(&words(&ours), &words(&theirs));
        // Joined letters come out of a PDF in many ways.
        let least = if lang.is_rtl() { 0.80 } else { 0.97 };
        assert!(share >= least, "{name}: only {share:.3} of the words\n{theirs}");
        if !lang.is_rtl() {
            let found = numbers(&theirs);
            let wanted = reading::read(scene, &stem, Format::Html, lang).numbers;
            let mut rest = found.clone();
            for number in &wanted {
                let at = rest.iter().position(|other| other == number);
                let at = at.unwrap_or_else(|| panic!("{name}: {number} is not among {found:?}"));
                rest.remove(at);
            }
        }
    }
}

#[test]
fn word_files_are_sound_for_python_docx() {
    if !need("python3") {
        return;
    }
    let scene = scene();
    let files = scene.files("cases").into_keys().filter(|name| name.ends_with(".docx"));
    let mut command = scene.other("python3");
    command.arg(repository("tests/tools/docx_check.py")).args(files.map(|name| format!("cases/{name}")));
    let output = scene.finish(at_home(&mut command));
    if output.status == Some(2) && std::env::var_os("CI").is_none() {
        eprintln!("SKIPPED word_files_are_sound_for_python_docx: {}", output.stderr);
        return;
    }
    assert_eq!((output.status, output.stdout.as_str()), (Some(0), ""), "{output}");
}

#[test]
fn markdown_that_was_written_becomes_the_same_document_again() {
    let scene = scene();
    let own = Scene::empty();
    let convert = |from: &str, format: Format| {
        let to = format!("again.{}", format.extension());
        own.finish(scene.command().arg("convert").arg(scene.path(from)).arg("-o").arg(own.path(&to))).expect_status(0);
        own.read(&to)
    };
    for case in ["gin-001", "kgz-003", "mrt-002"] {
        for stem in stems(scene, case) {
            for format in [Format::Docx, Format::Html, Format::Md, Format::Txt] {
                let again = convert(&format!("{stem}.md"), format);
                let extension = format.extension();
                assert!(again == scene.read(&format!("{stem}.{extension}")), "{stem}.{extension} differs");
            }
        }
    }
    if need("pdftotext") {
        let stem = "cases/gin-001/build/terms-of-reference.fr";
        convert(&format!("{stem}.md"), Format::Pdf);
        let text = |of: &Scene, path: &str| of.finish_bytes(of.other("pdftotext").args([path, "-"]));
        assert_eq!(text(&own, "again.pdf"), text(scene, &format!("{stem}.pdf")), "the same pages");
    }
}
