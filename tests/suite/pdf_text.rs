//! What readers find on the pages: read back with `pdftotext` and `pdfinfo`.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use engross::case;
use engross::locale::{Lang, Locale};
use serde_json::Value as Json;

use crate::harness::{CASES, Scene, need, repository};
use crate::pdf;

/// The text of every document by its path, one item a page.
fn texts() -> &'static BTreeMap<String, Vec<String>> {
    static TEXTS: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let scene = Scene::built();
        pdf::documents().keys().map(|name| (name.clone(), pages(&scene, name))).collect()
    })
}

/// Reads the pages of a document.
fn pages(scene: &Scene, name: &str) -> Vec<String> {
    let output = scene.finish(scene.other("pdftotext").args(["-enc", "UTF-8", name, "-"]));
    assert_eq!(output.status, Some(0), "{output}");
    output.stdout.trim_end_matches('\u{C}').split('\u{C}').map(str::to_owned).collect()
}

/// Puts one blank in the place of every run of white space, narrow and fixed ones too.
fn flat(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || c == '\u{202F}' || c == '\u{A0}');
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn lang(name: &str) -> Lang {
    if name.ends_with(".fr.pdf") { Lang::Fr } else { Lang::En }
}

#[test]
fn the_approval_cites_the_request() {
    if !need("pdftotext") {
        return;
    }
    let mut seen = 0;
    for name in CASES {
        let bytes = fs::read(repository("fixtures/unit/cases").join(name).join("case.yaml")).expect("a case");
        let case = case::load("case.yaml", &bytes).value;
        let request = case.request.as_ref().expect("a request");
        let signatory = request.signatory.get().and_then(|key| case.people.get(&key.0)).expect("a signatory");
        for lang in [Lang::En, Lang::Fr] {
            let Some(pages) = texts().get(&format!("cases/{name}/build/approval-letter.{}.pdf", lang.code())) else {
                continue;
            };
            let text = flat(&pages.concat());
            let date = Locale::from(lang).long_date(request.date.get().expect("a date").0);
            let family = signatory.family.get().expect("a name");
            for part in [request.reference.get().expect("a reference"), &flat(&date), family] {
                assert!(text.contains(part.as_str()), "{name}.{lang:?}: `{part}` is not in\n{text}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn every_page_of_a_draft_says_so_and_no_final_page_does() {
    if !need("pdftotext") {
        return;
    }
    let word = |name: &str| if lang(name) == Lang::Fr { "PROJET" } else { "DRAFT" };
    for (name, pages) in texts() {
        for (at, page) in pages.iter().enumerate() {
            assert!(page.contains(word(name)), "{name}: page {} does not say {}\n{page}", at + 1, word(name));
        }
    }
    let scene = Scene::case("arg-004");
    scene.run(["build", "arg-004", "--final", "-d", "approval-letter", "-l", "en,fr", "-o", "out"]).expect_status(0);
    for name in ["out/approval-letter.en.pdf", "out/approval-letter.fr.pdf"] {
        let text = pages(&scene, name).concat();
        assert!(!text.contains(word(name)), "{name}\n{text}");
    }
}

#[test]
fn every_page_is_numbered() {
    if !need("pdftotext") {
        return;
    }
    for (name, pages) in texts() {
        let of = if lang(name) == Lang::Fr { "sur" } else { "of" };
        // The first page of a letter bears the letterhead and no number.
        let first = usize::from(name.contains("-letter"));
        for (at, page) in pages.iter().enumerate().skip(first) {
            let number = format!("Page {} {of} {}", at + 1, pages.len());
            assert!(flat(page).contains(&number), "{name}: `{number}` is not on\n{page}");
        }
    }
}

#[test]
fn no_trace_of_the_workshop_is_left() {
    if !need("pdftotext") {
        return;
    }
    for (name, pages) in texts() {
        let text = pages.join("\n");
        for debris in ["{{", "}}", "{%", "%}", "{#", "```", "](", "**"] {
            assert!(!text.contains(debris), "{name}: `{debris}` is in\n{text}");
        }
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            assert!(!["undefined", "null", "None", "NaN"].contains(&word), "{name}: `{word}` is in\n{text}");
        }
        let private = text.chars().find(|&c| matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000.. | 0xFFFD));
        assert_eq!(private, None, "{name}\n{text}");
        // The minimal and the incomplete case have blanks, which show a path in brackets.
        if name.contains("gin-001") || name.contains("arg-004") {
            assert!(!text.contains('['), "{name}: a blank or a bracket is in\n{text}");
        }
        // A blank shows its path, set apart from the punctuation after it.
        let blank = |line: &str| line.contains("to be completed") || line.contains("à compléter");
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !blank(line)) {
            for gap in ["  ,", "  .", " ,", " . ", "( ", " )", ",,", "()", "« »", "“”", ", ."] {
                assert!(!line.contains(gap), "{name}: line {}: `{gap}` in `{line}`", at + 1);
            }
        }
    }
}

#[test]
fn title_author_and_language_are_set() {
    if !need("pdfinfo") {
        return;
    }
    let scene = Scene::built();
    for (name, bytes) in pdf::documents() {
        let output = scene.finish(scene.other("pdfinfo").arg(name));
        let value = |key: &str| {
            let line = output.stdout.lines().find_map(|line| line.strip_prefix(&format!("{key}:")));
            line.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        for key in ["Title", "Author", "CreationDate"] {
            assert!(!value(key).is_empty(), "{name}: no {key}\n{output}");
        }
        assert_eq!(value("Tagged"), "yes", "{name}");
        assert_eq!(value("Encrypted"), "no", "{name}");
        assert!(!value("Creator").contains("Typst"), "{name}: {}", value("Creator"));
        let meta = scene.finish(scene.other("pdfinfo").args(["-meta", name])).stdout;
        assert!(meta.contains(&format!("<rdf:li>{}", lang(name).code())), "{name}\n{meta}");
        assert!(bytes.starts_with(b"%PDF-1.7"), "{name}");
    }
}

/// Fields of a case that never leave the unit, by the path of the group and the name of the field.
const INTERNAL: &[(&str, &[&str])] = &[
    ("/due_diligence", &["reasons", "sanctions_lists"]),
    ("/due_diligence/items/", &["question", "evidence", "mitigation"]),
    ("/issues/", &["ideal", "target", "walk_away", "investor_position", "last_offer", "evidence", "next_step"]),
    ("/rounds/", &["note"]),
    ("/experts/", &["day_rate", "passport_name", "replaced_by"]),
    ("/decline", &["risks", "note"]),
    ("/evaluations/", &["comments"]),
];

/// Parts the texts of a case into those that are internal and those that are not.
fn part(value: &Json, path: &str, internal: &mut Vec<String>, public: &mut Vec<String>) {
    match value {
        Json::Object(entries) => {
            for (key, value) in entries {
                let at = |group: &str| if group.ends_with('/') { path.starts_with(group) } else { path == group };
                if INTERNAL.iter().any(|(group, fields)| at(group) && fields.contains(&key.as_str())) {
                    strings(value, internal);
                } else {
                    part(value, &format!("{path}/{key}"), internal, public);
                }
            }
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| part(value, &format!("{path}/{at}"), internal, public));
        }
        other => strings(other, public),
    }
}

fn strings(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::String(text) => found.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|value| strings(value, found)),
        Json::Object(entries) => entries.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

/// Runs of words that would give an internal text away; all of a short one.
fn shingles(text: &str) -> Vec<String> {
    const WORDS: usize = 6;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.len() {
        // One or two words may well stand elsewhere for another reason.
        0..=2 => Vec::new(),
        3..=WORDS => vec![words.join(" ")],
        _ => words.windows(WORDS).map(|window| window.join(" ")).collect(),
    }
}

#[test]
fn what_is_internal_never_gets_into_a_document() {
    if !need("pdftotext") {
        return;
    }
    let qpdf = need("qpdf");
    let scene = Scene::built();
    for case in CASES {
        let text = scene.text(&format!("cases/{case}/case.yaml"));
        let options = serde_yaml::options! { strict_booleans: true };
        let value: Json = serde_yaml::from_str_with_options(&text, options).expect("YAML");
        let (mut secrets, mut public) = (Vec::new(), Vec::new());
        part(&value, "", &mut secrets, &mut public);
        let public = flat(&public.join("\n")).replace('’', "'");
        assert!(secrets.len() > 5, "{case}: {secrets:?}");
        let mut remarks = Vec::new();
        let forms = value["evaluations"].as_array().into_iter().flatten();
        forms.for_each(|form| strings(&form["comments"], &mut remarks));
        for (name, pages) in texts().iter().filter(|(name, _)| name.contains(case)) {
            // A form that came back shows the remarks of the one who filled it.
            let own = |secret: &str| name.contains("evaluation-form") && remarks.iter().any(|remark| remark == secret);
            let mut content = flat(&pages.join("\n")).replace('’', "'");
            if qpdf {
                let plain =
                    scene.finish(scene.other("qpdf").args(["--qdf", "--object-streams=disable", name, "plain.pdf"]));
                assert_eq!(plain.status, Some(0), "{plain}");
                content.push_str(&String::from_utf8_lossy(&scene.read("plain.pdf")));
            }
            for secret in secrets.iter().filter(|secret| !own(secret)) {
                // Words that also stand in a public field give nothing away.
                let shingles = shingles(&secret.replace('’', "'")).into_iter();
                for shingle in shingles.filter(|shingle| !public.contains(shingle.as_str())) {
                    assert!(!content.contains(&shingle), "{name} holds the internal words `{shingle}`");
                }
            }
        }
    }
}

#[test]
fn day_rates_never_get_into_a_document() {
    if !need("pdftotext") {
        return;
    }
    for case in CASES {
        let bytes = fs::read(repository("fixtures/unit/cases").join(case).join("case.yaml")).expect("a case");
        let case_ = case::load("case.yaml", &bytes).value;
        let text = String::from_utf8(bytes).expect("UTF-8");
        for (key, _) in case_.experts.iter() {
            let section = text.split_once(&format!("\n  {key}:")).map_or("", |(_, rest)| rest);
            let Some(rate) = section.lines().find_map(|line| line.trim().strip_prefix("day_rate: ")) else { continue };
            let digits = rate.trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end_matches(".00");
            let number = digits.parse::<u32>().expect("whole euros");
            for (name, pages) in texts().iter().filter(|(name, _)| name.contains(case)) {
                let text = flat(&pages.join("\n"));
                let (thousands, rest) = (number / 1000, number % 1000);
                for written in
                    [format!("{thousands},{rest:03}.00"), format!("{thousands} {rest:03},00"), format!("{number}.00")]
                {
                    let shown = thousands > 0 && text.contains(&written);
                    assert!(!shown, "{name} shows `{written}`, which is the day rate of {key}");
                }
            }
        }
    }
}
