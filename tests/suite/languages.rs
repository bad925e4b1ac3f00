//! Every document in every language: the conventions of each, and what happens where a text or a letter is missing.

use std::sync::OnceLock;

use engross::locale::Lang;
use serde_json::Value as Json;

use crate::harness::{Scene, need};
use crate::reading;

/// The whole sample case in all six languages, as HTML and text, built once for all tests.
fn scene() -> &'static Scene {
    static BUILT: OnceLock<Scene> = OnceLock::new();
    BUILT.get_or_init(|| {
        let scene = Scene::case("gin-001");
        scene.run(["build", "gin-001", "-l", "en,fr,es,pt,ru,ar", "-f", "html,txt"]).expect_status(0);
        scene
    })
}

fn document(scene: &Scene, case: &str, name: &str) -> String {
    scene.text(&format!("cases/{case}/build/{name}"))
}

/// The approval letter of the whole sample case, as text with common blanks.
fn letter(lang: Lang) -> String {
    common(&document(scene(), "gin-001", &format!("approval-letter.{}.txt", lang.code())))
}

/// Puts common blanks in the place of fixed and narrow ones.
fn common(text: &str) -> String {
    text.replace(['\u{A0}', '\u{202F}'], " ")
}

/// Holds that a text has all of some parts.
#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn every_kind_is_made_in_every_language() {
    let names: Vec<String> = scene().files("cases/gin-001/build").into_keys().collect();
    for lang in Lang::ALL {
        let made = names.iter().filter(|name| name.ends_with(&format!(".{}.html", lang.code()))).count();
        assert_eq!(made, 9, "{lang:?}: {names:?}");
    }
    // The pages too: no letter that the fonts lack, no frame that a language breaks.
    let scene = Scene::case("gin-001");
    let kinds = ["-d", "request-letter", "-d", "terms-of-reference", "-d", "evaluation-form"];
    scene.run(["build", "gin-001", "-l", "es,pt,ru,ar"].into_iter().chain(kinds)).expect_status(0);
}

#[test]
fn french_has_its_ordinal_and_its_blanks() {
    let scene = Scene::case("gin-001");
    let case = scene.text("cases/gin-001/case.yaml").replace("2026-02-05", "2026-02-01");
    scene.write("cases/gin-001/case.yaml", case);
    scene.run(["build", "gin-001", "-d", "approval-letter", "-f", "txt"]).expect_status(0);
    let text = document(&scene, "gin-001", "approval-letter.fr.txt");
    has(&common(&text), &["Hambourg, le 1er février 2026"]);
    has(&text, &["Objet\u{A0}:", "«\u{A0}l’Unité\u{A0}»", "\u{202F};"]);
    assert!(![" ;", " :", "« ", " »"].iter().any(|gap| text.contains(gap)), "{text}");
}

#[test]
fn each_language_has_its_own_lines() {
    has(&letter(Lang::En), &["Your ref.:", "5 February 2026", "Subject: ", "Enc.:", "cc:"]);
    has(&letter(Lang::Fr), &["V/Réf. :", "le 5 février 2026", "Objet : ", "P.J. :", "Copie à :"]);
    has(&letter(Lang::Es), &["Asunto: ", "5 de febrero de 2026", "Anexos:", "Con copia a:"]);
    has(&letter(Lang::Pt), &["Assunto: ", "5 de fevereiro de 2026", "Anexos:", "C/c:"]);
    has(&letter(Lang::Ru), &["Исх. №", "На №", "5 февраля 2026 г.", "Приложение:", "Исп. "]);
    let arabic = letter(Lang::Ar);
    has(&arabic, &["الموضوع:", "رقم رسالتكم:", "المرفقات:", "نسخة إلى:"]);
    assert!(arabic.contains('،') && arabic.contains('؛'), "the commas of Arabic\n{arabic}");
}

#[test]
fn russian_declines_the_country() {
    let scene = Scene::case("kgz-003");
    scene.run(["build", "kgz-003", "-d", "request-letter", "-l", "ru", "-f", "txt"]).expect_status(1);
    let text = document(&scene, "kgz-003", "request-letter.ru.txt").replace('\n', " ");
    let text = common(&text);
    has(&text, &["От имени Правительства Кыргызской Республики", "03-7/1124", "Уважаемая госпожа Falkenrath!"]);
    assert!(!text.contains("Правительства Кыргызская"), "{text}");
}

#[test]
fn digits_are_those_of_the_country_unless_the_case_says_otherwise() {
    let date = |digits: &str| {
        let scene = Scene::case("mrt-002");
        scene.replace("cases/mrt-002/case.yaml", "\nhijri: yes\n", &format!("\n{digits}\n"));
        scene.run(["build", "mrt-002", "-d", "request-letter", "-l", "ar", "-f", "txt"]).expect_status(0);
        let text = document(&scene, "mrt-002", "request-letter.ar.txt");
        text.lines().find(|line| line.contains("نواكشوط، في")).expect("place and date").replace('\u{A0}', " ")
    };
    assert_eq!(date("hijri: yes"), "نواكشوط، في ١ شعبان ١٤٤٧ هـ الموافق ٢٠ يناير ٢٠٢٦ م");
    assert_eq!(date("hijri: no"), "نواكشوط، في ٢٠ يناير ٢٠٢٦");
    assert_eq!(date("digits: latin"), "نواكشوط، في 20 يناير 2026");
    assert_eq!(date("hijri: yes\ndigits: latin"), "نواكشوط، في 1 شعبان 1447 هـ الموافق 20 يناير 2026 م");
    // Guinea writes them as Latin ones do.
    has(&letter(Lang::Ar), &["في 5 فبراير 2026"]);
}

#[test]
fn salutations_follow_rank_and_gender() {
    const WANTED: &[(Lang, &str, &str)] = &[
        (Lang::Fr, "Madame la Ministre,", "Monsieur le Ministre,"),
        (Lang::Es, "Excelentísima Señora Ministra:", "Excelentísimo Señor Ministro:"),
        (Lang::Pt, "Excelentíssima Senhora Ministra,", "Excelentíssimo Senhor Ministro,"),
        (Lang::Ru, "Уважаемая госпожа Министр!", "Уважаемый господин Министр!"),
        (Lang::Ar, "معالي السيدة الوزيرة المحترمة،", "معالي السيد الوزير المحترم،"),
    ];
    let scene = Scene::case("gin-001");
    let case = scene.text("cases/gin-001/case.yaml");
    scene.write("cases/gin-001/case.yaml", case.replacen("    gender: female", "    gender: male", 1));
    scene.run(["build", "gin-001", "-d", "approval-letter", "-l", "fr,es,pt,ru,ar", "-f", "txt"]).expect_status(0);
    for (lang, woman, man) in WANTED {
        let text = document(&scene, "gin-001", &format!("approval-letter.{}.txt", lang.code()));
        assert!(text.contains(&format!("\n{man}\n")), "{lang:?}: `{man}` is not in\n{text}");
        assert!(letter(*lang).contains(&format!("\n{woman}\n")), "{lang:?}: `{woman}`");
    }
}

#[test]
fn text_in_another_language_is_tagged() {
    for (lang, direction) in [(Lang::Es, ""), (Lang::Ru, ""), (Lang::Ar, " dir=\"ltr\"")] {
        let page = document(scene(), "gin-001", &format!("request-letter.{}.html", lang.code()));
        let tag = format!("lang=\"fr\"{direction}>Ministère des Mines et de la Géologie");
        assert!(page.contains(&tag), "{lang:?}: `{tag}` is not in\n{page}");
    }
    // What the case has in English needs no tag in English.
    let page = document(scene(), "gin-001", "request-letter.en.html");
    assert!(page.contains("Ministry of Mines and Geology") && !page.contains("lang=\"fr\">Minist"), "{page}");
}

#[test]
fn the_check_warns_once_for_each_language() {
    let scene = Scene::case("gin-001");
    let found = |langs: &str| -> Vec<(String, String, String)> {
        let output = scene.run(["check", "gin-001", "-l", langs, "--format", "json"]);
        output.expect_status(0);
        let text = |value: &Json| value.as_str().expect("text").to_owned();
        let report = output.json();
        let faults = report["diagnostics"].as_array().expect("a list").iter();
        faults.map(|fault| (text(&fault["code"]), text(&fault["severity"]), text(&fault["message"]))).collect()
    };
    assert_eq!(found("fr"), []);
    let found = found("es,ru,ar");
    assert_eq!(found.len(), 3, "{found:?}");
    for lang in ["Spanish", "Russian", "Arabic"] {
        let of_language = found.iter().filter(|(code, severity, message)| {
            code == "text-not-translated" && severity == "warning" && message.contains(&format!("missing in {lang}"))
        });
        assert_eq!(of_language.count(), 1, "{lang}: {found:?}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_told_with_its_place() {
    let scene = Scene::case("gin-001");
    scene.replace("cases/gin-001/case.yaml", "    given: Fatoumata Binta\n", "    given: 東 Binta\n");
    let case = scene.text("cases/gin-001/case.yaml");
    let line = 1 + case.lines().position(|line| line.contains('東')).expect("it was put there");
    let build = ["build", "gin-001", "-d", "request-letter", "-f"];
    let output = scene.run(build.into_iter().chain(["pdf"]));
    output.expect_status(1);
    output.expect_stderr("error[glyph-missing]: no font has the character `東` (U+6771)");
    output.expect_stderr(&format!("cases/gin-001/case.yaml:{line}:12"));
    assert!(!scene.path("cases/gin-001/build").exists(), "no page with a box in it");
    // What the reader's own fonts show is the reader's own affair.
    scene.run(build.into_iter().chain(["docx,html,md,txt"])).expect_status(0);
    has(&document(&scene, "gin-001", "request-letter.fr.txt"), &["東 Binta Diallo-Camara"]);
}

#[test]
fn a_name_is_written_as_in_the_passport_in_another_script() {
    let scene = Scene::case("mrt-002");
    scene.run(["build", "mrt-002", "-d", "approval-letter", "-l", "ar,fr,ru", "-f", "txt"]).expect_status(0);
    let text = |lang: &str| document(&scene, "mrt-002", &format!("approval-letter.{lang}.txt")).replace('\n', " ");
    has(&text("ar"), &["محمد الأمين ولد عبد الله"]);
    for lang in ["fr", "ru"] {
        has(&text(lang), &["Mohamed Lemine Ould Abdallah"]);
        assert!(!text(lang).contains("محمد الأمين"), "{lang}\n{}", text(lang));
    }
    // In the other direction: a Cyrillic name in a letter in French.
    let scene = Scene::case("kgz-003");
    scene.run(["build", "kgz-003", "-d", "approval-letter", "-l", "fr", "-f", "txt"]).expect_status(1);
    has(&document(&scene, "kgz-003", "approval-letter.fr.txt"), &["Bakyt Suerkulov-Amanat"]);
}

#[test]
fn dates_of_a_document_are_the_same_in_every_language() {
    let scene = scene();
    let mut dates = Vec::new();
    for lang in Lang::ALL {
        let read = reading::html(&document(scene, "gin-001", &format!("approval-letter.{}.html", lang.code())));
        let text: Vec<String> = read.text.lines().map(reading::flat).collect();
        dates.push((lang, reading::facts(&text.join("\n"), lang.into()).dates));
    }
    for (lang, found) in &dates {
        assert_eq!(found, &dates[0].1, "{lang:?}");
    }
    assert!(dates[0].1.values().sum::<usize>() > 8, "{dates:?}");
}

#[test]
fn cyrillic_and_arabic_can_be_searched_in_a_pdf() {
    if !need("pdftotext") {
        return;
    }
    let scene = Scene::with(&["kgz-003", "mrt-002"]);
    scene.run(["build", "kgz-003", "-d", "request-letter", "-l", "ru", "-o", "ru"]).expect_status(1);
    scene.run(["build", "mrt-002", "-d", "request-letter", "-l", "ar", "-o", "ar"]).expect_status(0);
    let text = |path: &str| {
        let output = scene.finish(scene.other("pdftotext").args(["-enc", "UTF-8", path, "-"]));
        assert_eq!(output.status, Some(0), "{output}");
        output.stdout.lines().map(reading::flat).collect::<Vec<_>>().join(" ")
    };
    has(&text("ru/request-letter.ru.pdf"), &["Уважаемая госпожа Falkenrath!", "КЫРГЫЗСКАЯ РЕСПУБЛИКА"]);
    has(&text("ar/request-letter.ar.pdf"), &["الموضوع", "المستثمر", "وزارة الطاقة والنفط", "شعبان"]);
}
