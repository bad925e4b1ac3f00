//! Typed numbers in six languages, and what is none.

use proptest::prelude::*;

use super::*;
use crate::document::draft::{Block, Draft, DraftFormat, Para, Story, StoryKind};

fn label(text: &str) -> Option<&str> {
    find(text).map(|found| {
        assert_eq!(text[..found.len].trim_matches(is_blank), found.text(text));
        &text[found.start..found.end]
    })
}

fn sure(text: &str) -> Option<&str> {
    find(text).filter(|found| found.sure).map(|found| &text[found.start..found.end])
}

fn draft(texts: &[&str]) -> Draft {
    let blocks = texts.iter().map(|text| Block::Para(Para::plain(*text))).collect();
    Draft {
        format: DraftFormat::Text,
        lang: None,
        stories: vec![Story { kind: StoryKind::Body, name: String::new(), blocks }],
        comments: Vec::new(),
        caveats: Vec::new(),
    }
}

/// Labels and levels after settling, `-` for none.
fn settled(texts: &[&str]) -> Vec<String> {
    let mut draft = draft(texts);
    settle(&mut draft);
    let mut out = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| {
        let label = para.label.as_ref().map_or("-", |label| label.text.as_str());
        out.push(match para.level {
            Some(level) => format!("{label} {level}"),
            None => label.to_owned(),
        });
    });
    out
}

#[test]
fn numbers_that_are_sure() {
    for (text, expected) in [
        ("1. The Company", "1."),
        ("1.2 The Company", "1.2"),
        ("1.2.3. The Company", "1.2.3."),
        ("1.2.3) The Company", "1.2.3)"),
        ("(1) the Company", "(1)"),
        ("1) the Company", "1)"),
        ("(a) the Company", "(a)"),
        ("a) the Company", "a)"),
        ("(aa) the Company", "(aa)"),
        ("(iv)\tthe Company", "(iv)"),
        ("iv) the Company", "iv)"),
        ("IV. The Company", "IV."),
        ("(A) The Company", "(A)"),
        ("  3.1\tgive preference", "3.1"),
        ("5A. Assignment", "5A."),
        ("1.- Objeto", "1.-"),
        ("§ 5", "§ 5"),
        ("Article 5", "Article 5"),
        ("Article 5 bis", "Article 5 bis"),
        ("ARTICLE V", "ARTICLE V"),
        ("Article 5 – Definitions", "Article 5"),
        ("Article 5 Definitions and Interpretation", "Article 5"),
        ("Art. 5º - Objeto", "Art. 5º"),
        ("Article 1er : Objet", "Article 1er"),
        ("Article 1er. Objet", "Article 1er."),
        ("Article premier", "Article premier"),
        ("TITRE PREMIER – DISPOSITIONS", "TITRE PREMIER"),
        ("Section 4.2 Payment", "Section 4.2"),
        ("Section 4.2. The Company shall pay.", "Section 4.2."),
        ("Clause 7: Term", "Clause 7:"),
        ("Schedule 3", "Schedule 3"),
        ("Annex A", "Annex A"),
        ("Annex A-1", "Annex A-1"),
        ("EXHIBIT B\nForm of Notice", "EXHIBIT B"),
        ("Appendix 1 (Map)", "Appendix 1"),
        ("Part II", "Part II"),
        ("Chapter 3", "Chapter 3"),
        ("Recital (1)", "Recital (1)"),
        ("Annexe n° 2", "Annexe n° 2"),
        ("Chapitre Ier", "Chapitre Ier"),
        ("Artículo 12.- Objeto", "Artículo 12.-"),
        ("CLÁUSULA PRIMERA.- OBJETO", "CLÁUSULA PRIMERA.-"),
        ("Cláusula Décima Primera: Plazo", "Cláusula Décima Primera:"),
        ("PRIMERA.- El Contratista", "PRIMERA.-"),
        ("Cláusula 1.ª – Definições", "Cláusula 1.ª"),
        ("Cláusula 31.ª-A – Revisão", "Cláusula 31.ª-A"),
        ("Artigo 5.º Objeto", "Artigo 5.º"),
        ("Parágrafo único. A Empresa", "Parágrafo único."),
        ("Cláusula Vigésima Segunda – Foro", "Cláusula Vigésima Segunda"),
        ("Статья 5. Предмет", "Статья 5."),
        ("Раздел II", "Раздел II"),
        ("Глава первая", "Глава первая"),
        ("Приложение № 1", "Приложение № 1"),
        ("а) Компания", "а)"),
        ("المادة ٥", "المادة ٥"),
        ("المادة 5: التعريفات", "المادة 5:"),
        ("المادة الخامسة", "المادة الخامسة"),
        ("المادة الحادية عشرة: القانون", "المادة الحادية عشرة:"),
        ("المادَّة ٥ – التعريفات", "المادَّة ٥"),
        ("(أ) الشركة", "(أ)"),
        ("أ) الشركة", "أ)"),
        ("٣.١ تلتزم الشركة", "٣.١"),
        ("n.º 1 Objeto", "n.º 1"),
        ("• the Company", "•"),
    ] {
        assert_eq!(sure(text), Some(expected), "{text:?} gives {:?}", find(text));
    }
}

#[test]
fn numbers_that_depend_on_what_is_around() {
    for (text, expected) in [
        ("1 Definitions", "1"),
        ("A. Smith", "A."),
        ("a. the Company", "a."),
        ("3.1 give preference", "3.1"),
        ("1.", "1."),
        ("أولاً: التعريفات", "أولاً:"),
        ("Primera: Objeto", "Primera:"),
        ("المادة 5 التعريفات", "المادة 5"),
        ("- the Company", "-"),
        ("1- تلتزم الشركة", "1-"),
    ] {
        assert_eq!(label(text), Some(expected), "{text:?}");
        assert!(!find(text).expect("found above").sure, "{text:?} is not sure by itself");
    }
}

#[test]
fn what_is_no_number() {
    for text in [
        "12 March 2026 was the day",
        "12 de marzo de 2026",
        "1er janvier 2026",
        "1,500,000 USD",
        "1 500 000 USD",
        "1.500.000 USD",
        "17 640 hectares",
        "5 % of the price",
        "5% of the price",
        "30 days after the notice",
        "3.5 million dollars",
        "3.5 % of the price",
        "2026 was a good year",
        "2025–2026 accounts",
        "12.03.2026",
        "10:30 Meeting",
        "A party shall",
        "I agree",
        "The Company",
        "Section 5 shall apply to the Company",
        "Article 5 of the Agreement",
        "Article 5(2) shall apply",
        "Clause 7 (Confidentiality) shall survive",
        "Articles of Association",
        "Part of the price",
        "Section A of the",
        "(the Company)",
        "(s)he shall",
        "(2026) 5 EWCA",
        "+258 21 123",
        "021 123 456",
        "Second, the Company",
        "First of all",
        "المادة 5 من هذه الاتفاقية",
        "30 يوماً من تاريخ",
        "e.g. this",
        "16° (North-West)",
        "– ",
        "",
        " ",
    ] {
        assert_eq!(label(text), None, "{text:?}");
    }
}

#[test]
fn a_tree_of_clauses() {
    let texts = [
        "Article 1 – Definitions",
        "1.1 The terms below have this meaning:",
        "(a) first;",
        "(b) second:",
        "(i) one;",
        "(ii) two.",
        "(c) third.",
        "1.2 Other.",
        "Running text.",
        "Article 2 – Term",
        "2.1 Ten years.",
        "Annex A – Map",
        "1. Here.",
    ];
    let expected = [
        "Article 1 1",
        "1.1 2",
        "(a) 3",
        "(b) 3",
        "(i) 4",
        "(ii) 4",
        "(c) 3",
        "1.2 2",
        "-",
        "Article 2 1",
        "2.1 2",
        "Annex A 1",
        "1. 2",
    ];
    assert_eq!(settled(&texts), expected);
}

#[test]
fn a_letter_or_a_numeral() {
    let letters: Vec<String> = ('a'..='k').map(|c| format!("({c}) text")).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    assert!(settled(&letters).iter().all(|one| one.ends_with(" 1")), "{:?}", settled(&letters));
    assert_eq!(settled(&["(h) text", "(i) text", "(ii) text", "(i) text"])[1..], ["(i) 1", "(ii) 2", "(i) 2"]);
    assert_eq!(settled(&["(a) text", "(i) text", "(ii) text", "(b) text"]), ["(a) 1", "(i) 2", "(ii) 2", "(b) 1"]);
    assert_eq!(settled(&["(iv) text", "(v) text", "(vi) text"]), ["(iv) 1", "(v) 1", "(vi) 1"]);
    assert_eq!(settled(&["(b) text", "(c) text", "(d) text"]), ["(b) 1", "(c) 1", "(d) 1"]);
}

#[test]
fn doubtful_numbers_need_a_sequence() {
    assert_eq!(settled(&["A. Smith", "signed for the Company"]), ["-", "-"]);
    assert_eq!(settled(&["A. Smith came", "B. Jones went"]), ["A. 1", "B. 1"]);
    assert_eq!(settled(&["1 Definitions", "2 Term", "3 Law"]), ["1 1", "2 1", "3 1"]);
    assert_eq!(settled(&["7 Dwarfs", "and a queen"]), ["-", "-"]);
    assert_eq!(settled(&["3. Goods", "3.1 give preference", "3.2 buy locally"]), ["3. 1", "3.1 2", "3.2 2"]);
}

#[test]
fn recitals_do_not_hold_the_clauses() {
    let texts = ["(A) Whereas one", "(B) Whereas two", "1. Definitions", "1.1 In this", "2. Term"];
    assert_eq!(settled(&texts), ["(A) 1", "(B) 1", "1. 1", "1.1 2", "2. 1"]);
}

#[test]
fn the_title_is_no_clause() {
    let mut draft = draft(&["Agreement", "Definitions", "1. Here", "Term"]);
    for (at, depth) in [(0, 1), (1, 2), (3, 2)] {
        if let Block::Para(para) = &mut draft.stories[0].blocks[at] {
            para.heading = Some(depth);
        }
    }
    settle(&mut draft);
    let mut levels = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| levels.push(para.level));
    assert_eq!(levels, [None, Some(1), Some(2), Some(1)]);
}

#[test]
fn settling_twice_changes_nothing() {
    let mut once = draft(&["1 Definitions", "2 Term", "(a) x", "A. Smith", "• b", "- c", "- d"]);
    settle(&mut once);
    let mut twice = once.clone();
    settle(&mut twice);
    assert_eq!(once, twice);
}

#[test]
fn automatic_numbers_are_read_whole() {
    for text in ["1", "1.", "A", "I", "iv", "(a)", "Article 5", "Section One", "3.1.2", "•", "§", "第一条", "1.01"]
    {
        assert!(whole(text).is_some(), "{text}");
    }
    assert_eq!(whole("3.1").map(|found| found.values), Some(vec![3, 1]));
}

proptest! {
    #[test]
    fn never_panics_and_never_loses(text in "\\PC{0,80}") {
        if let Some(found) = find(&text) {
            prop_assert!(found.end - found.start <= MAX_LABEL);
            prop_assert!(text.is_char_boundary(found.len));
            prop_assert_eq!(text[..found.len].trim_matches(is_blank), found.text(&text));
            let rest = &text[found.len..];
            prop_assert_eq!(rest.trim_start_matches(is_blank), rest);
        }
    }

    #[test]
    fn never_panics_on_the_signs_of_numbers(text in "[ \t(§ACIVXaiv0-9.٣أ)ºª–:-]{0,24}( ?[Tt]he| من|Clause|Art)?") {
        let _ = find(&text);
        let _ = whole(&text);
    }

    #[test]
    fn settles_any_text(texts in prop::collection::vec("(Article |Annex |\\(|)([a-xA-X0-9.]{1,4})(\\)|\\.|) (The|the|5)?", 0..30)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut draft = draft(&texts);
        settle(&mut draft);
        Draft::each_para(&draft.stories[0].blocks, &mut |para| {
            assert!(para.label_end() <= para.text.len());
            let _ = para.body();
        });
    }
}
