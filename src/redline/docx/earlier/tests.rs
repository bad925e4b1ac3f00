//! Who signs what: small files with tracked changes, and random ones.

use proptest::prelude::*;

use super::super::resolve::resolved;
use super::super::tests::{p, package, texts};
use super::super::{Options, Written, write};
use super::*;
use crate::compare;
use crate::import::docx::{Tracked, read_package};
use crate::ooxml::{Package, View};

/// Writes a redline that keeps tracked changes; returns it with its main part.
fn redline(old: &Package, new: &Package) -> (Written, String) {
    let read = |package: &Package| read_package(package, Tracked::Accepted).expect("readable").0;
    let (old_draft, new_draft) = (read(old), read(new));
    let comparison = compare::compare(&old_draft, &new_draft, &compare::Options::default());
    let input = |draft, package| Input { draft, package: Some(package), places: None, view: View::Accepted };
    let options = Options { author: "Us".to_owned(), date: String::new(), formatting: false, keep_tracked: true };
    let written =
        write(&input(&old_draft, old), &input(&new_draft, new), &comparison, &options).expect("a sound redline");
    let made = Package::open(written.bytes.clone()).expect("a package");
    assert_eq!(texts(&made, Tracked::Accepted), texts(new, Tracked::Accepted));
    assert_eq!(texts(&made, Tracked::Rejected), texts(old, Tracked::Accepted));
    let main = made.text("word/document.xml").expect("a main part");
    (written, main)
}

/// What stands in the changes of an author, in order: `+` and what came, `-` and what went, ¶ for a mark.
fn by(main: &str, author: &str) -> Vec<String> {
    let mut found = Vec::new();
    let signed = format!("w:author=\"{author}");
    for (sign, name) in [('-', "del"), ('+', "ins"), ('-', "moveFrom"), ('+', "moveTo")] {
        for (at, _) in main.match_indices(&format!("<w:{name} ")) {
            let tag_end = at + main[at..].find('>').expect("a tag");
            if !main[at..tag_end].contains(&signed) {
                continue;
            }
            let text = if main[..tag_end].ends_with('/') {
                "¶".to_owned()
            } else {
                let end = tag_end + main[tag_end..].find(&format!("</w:{name}>")).expect("an end");
                let parts = main[tag_end + 1..end].split("xml:space=\"preserve\">").skip(1);
                parts.map(|part| part.split('<').next().unwrap_or("")).collect()
            };
            found.push((at, format!("{sign}{text}")));
        }
    }
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn ins(author: &str, text: &str) -> String {
    format!("<w:ins w:id=\"9\" w:author=\"{author}\" w:date=\"2026-01-02T03:04:05Z\">{}</w:ins>", run(text))
}

fn del(author: &str, text: &str) -> String {
    let gone = run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ");
    format!("<w:del w:id=\"9\" w:author=\"{author}\">{gone}</w:del>")
}

fn para(mark: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{content}</w:p>")
}

#[test]
fn what_was_tracked_keeps_its_author_and_what_was_not_is_ours() {
    let old = package(&p("The fee is 100 euros a day, payable within thirty days."));
    let body =
        [run("The fee is "), del("Jane", "100"), ins("Jane", "250"), run(" euros a day, payable within sixty days.")];
    let (written, main) = redline(&old, &package(&para("", &body.concat())));
    assert_eq!(by(&main, "Jane"), ["-100", "+250"], "{main}");
    assert_eq!(by(&main, "Us"), ["-thirty", "+sixty"], "{main}");
    assert!(main.contains("w:author=\"Jane\" w:date=\"2026-01-02T03:04:05Z\""), "{main}");
    assert_eq!(written.earlier.kept, BTreeMap::from([("Jane".to_owned(), 2)]));
    assert_eq!((written.earlier.left, written.earlier.looks), (BTreeMap::new(), 0));
}

#[test]
fn paragraphs_and_their_marks_keep_their_authors() {
    let mark = |name: &str| format!("<w:{name} w:id=\"1\" w:author=\"Jane\"/>");
    let new = [
        p("The first clause stays as it is."),
        para(&mark("del"), &del("Jane", "The second clause goes away.")),
        para(&mark("ins"), &ins("Jane", "Another clause takes its place.")),
        p("The last clause stays too."),
    ];
    let old =
        [p("The first clause stays as it is."), p("The second clause goes away."), p("The last clause stays too.")];
    let (_, main) = redline(&package(&old.concat()), &package(&new.concat()));
    assert!(by(&main, "Us").is_empty(), "{main}");
    assert_eq!(by(&main, "Jane"), ["-¶", "-The second clause goes away.", "+¶", "+Another clause takes its place."]);
}

#[test]
fn an_insertion_of_an_earlier_round_that_was_deleted_is_a_deletion_by_who_deleted_it() {
    let both = format!("<w:ins w:id=\"1\" w:author=\"Jane\">{}</w:ins>", del("Bob", "reasonable "));
    let old = [run("They use "), ins("Jane", "reasonable "), run("efforts.")].concat();
    let new = [run("They use "), both, run("efforts.")].concat();
    let (_, main) = redline(&package(&para("", &old)), &package(&para("", &new)));
    assert_eq!(
        (by(&main, "Bob"), by(&main, "Jane"), by(&main, "Us")),
        (vec!["-reasonable ".to_owned()], vec![], vec![])
    );
}

#[test]
fn what_both_drafts_have_is_counted_as_left() {
    let body = para("", &[run("They use "), ins("Jane", "reasonable "), run("efforts.")].concat());
    let (written, main) = redline(&package(&body), &package(&body));
    assert!(by(&main, "").is_empty(), "{main}");
    assert_eq!(written.earlier.left, BTreeMap::from([("Jane".to_owned(), 1)]));
}

#[test]
fn rows_keep_their_authors() {
    let row = |mark: &str, text: &str| {
        let mark = if mark.is_empty() { String::new() } else { format!("<w:{mark} w:id=\"1\" w:author=\"Jane\"/>") };
        format!("<w:tr><w:trPr>{mark}</w:trPr><w:tc>{}</w:tc></w:tr>", p(text))
    };
    let table = |rows: &[String]| {
        format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>{}", rows.concat(), p("After."))
    };
    let old = table(&[row("", "Area of the block"), row("", "Rate of the royalty")]);
    let new =
        table(&[row("", "Area of the block"), row("del", "Rate of the royalty"), row("ins", "Bonus on signature")]);
    let (_, main) = redline(&package(&old), &package(&new));
    assert!(by(&main, "Us").is_empty(), "{main}");
    assert_eq!(by(&main, "Jane").len(), 6, "{main}");
}

#[test]
fn what_goes_before_a_table_keeps_its_author() {
    let table = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let mark = "<w:del w:id=\"1\" w:author=\"Jane\"/>";
    let old = [p("A clause."), p("The table says:"), table.to_owned(), p("After.")].concat();
    let gone = para(mark, &del("Jane", "The table says:"));
    let (_, main) = redline(&package(&old), &package(&[p("A clause."), gone, table.to_owned(), p("After.")].concat()));
    assert_eq!((by(&main, "Us"), by(&main, "Jane").len()), (vec![], 2), "{main}");
}

/// A body of paragraphs: for each whether its mark came or went, and pieces of text that did.
fn body(paras: &[(u8, Vec<(u8, String)>)]) -> String {
    let mut out = String::new();
    for (at, (mark, pieces)) in paras.iter().enumerate() {
        let mark = match mark {
            0 if at + 1 < paras.len() => "<w:ins w:id=\"1\" w:author=\"Jane\"/>",
            1 if at + 1 < paras.len() => "<w:del w:id=\"1\" w:author=\"Jane\"/>",
            _ => "",
        };
        let pieces = pieces.iter().map(|(state, text)| match state {
            0 => ins("Jane", text),
            1 => del("Jane", text),
            _ => run(text),
        });
        out.push_str(&para(mark, &pieces.collect::<String>()));
    }
    out
}

fn paras() -> impl Strategy<Value = Vec<(u8, Vec<(u8, String)>)>> {
    prop::collection::vec((0..6u8, prop::collection::vec((0..5u8, "[ab]{1,3} |the fee |x"), 0..5)), 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_the_changes_of_a_file_tell_is_signed_by_their_author_alone(paras in paras()) {
        let new = package(&body(&paras));
        let rejected = resolved(&new, View::Rejected, None).expect("readable");
        let old = rejected.map_or_else(|| package(&body(&paras)), |bytes| Package::open(bytes).expect("a package"));
        let (_, main) = redline(&old, &new);
        prop_assert!(by(&main, "Us").is_empty(), "{}", main);
    }

    #[test]
    fn any_two_files_give_a_sound_redline(old in paras(), new in paras()) {
        redline(&package(&body(&old)), &package(&body(&new)));
    }
}
