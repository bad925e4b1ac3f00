//! The writer as a whole, on small files.

use super::*;
use crate::compare::{self, Texts};
use crate::document::draft::{Block, Cell, Draft, DraftFormat, Para, Row, Story, StoryKind, Table};
use crate::import::docx::{Tracked, read_package};

const DATE: &str = "2026-11-21T00:00:00Z";

fn plain_draft(blocks: Vec<Block>) -> Draft {
    let body = Story { kind: StoryKind::Body, name: String::new(), blocks };
    Draft { format: DraftFormat::Text, lang: None, stories: vec![body], comments: Vec::new(), caveats: Vec::new() }
}

fn paras(texts: &[&str]) -> Draft {
    plain_draft(texts.iter().map(|text| Block::Para(Para::plain(*text))).collect())
}

pub(super) fn package(body: &str) -> Package {
    // The paper of a plain draft, with another body.
    let paper = Package::open(plain::package(&paras(&["x"]))).expect("paper");
    let mut outgoing = Outgoing::new(&paper);
    let text = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body>\
         </w:document>"
    );
    outgoing.replace("word/document.xml", text.into_bytes());
    Package::open(outgoing.finish().expect("an archive")).expect("a package")
}

fn options() -> Options {
    Options { author: "A & B".to_owned(), date: DATE.to_owned(), formatting: true, keep_tracked: false }
}

pub(super) fn texts(package: &Package, tracked: Tracked) -> Vec<String> {
    let (draft, _) = read_package(package, tracked).expect("readable");
    Texts::new(&draft).paras.iter().map(|para| para.text.clone()).collect()
}

fn input<'a>(draft: &'a Draft, package: Option<&'a Package>) -> Input<'a> {
    Input { draft, package, places: None, view: View::Accepted }
}

/// Writes a redline of two bodies and returns its main part.
fn redline(old: &str, new: &str) -> (Written, String) {
    let (old, new) = (package(old), package(new));
    let (old_draft, _) = read_package(&old, Tracked::Accepted).expect("readable");
    let (new_draft, _) = read_package(&new, Tracked::Accepted).expect("readable");
    let comparison = compare::compare(&old_draft, &new_draft, &compare::Options::default());
    let written =
        write(&input(&old_draft, Some(&old)), &input(&new_draft, Some(&new)), &comparison, &options()).expect("sound");
    let made = Package::open(written.bytes.clone()).expect("a package");
    assert_eq!(texts(&made, Tracked::Accepted), texts(&new, Tracked::Accepted));
    assert_eq!(texts(&made, Tracked::Rejected), texts(&old, Tracked::Accepted));
    (written, made.text("word/document.xml").expect("a main part"))
}

pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_changed_word_is_cut_out_of_its_run_and_keeps_its_look() {
    let old = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The fee is 100 euros a day.</w:t></w:r></w:p>";
    let (_, main) = redline(old, &old.replace("100", "250"));
    assert!(
        main.contains(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">The fee is </w:t></w:r><w:del w:id=\"1\" \
         w:author=\"A &amp; B\" w:date=\"2026-11-21T00:00:00Z\"><w:r><w:rPr><w:b/></w:rPr><w:delText \
         xml:space=\"preserve\">100</w:delText></w:r></w:del><w:ins w:id=\"2\""
        ),
        "{main}"
    );
}

#[test]
fn what_did_not_change_is_kept_byte_for_byte() {
    let odd = "<w:p  w:rsidR='00AB'><w:r ><w:t>One clause that stays as it is.</w:t ></w:r></w:p>";
    let (_, main) = redline(&format!("{odd}{}{odd}", p("Two words")), &format!("{odd}{}{odd}", p("Three words")));
    assert_eq!(main.matches(odd).count(), 2, "{main}");
}

#[test]
fn the_last_paragraph_of_a_body_can_go_and_come() {
    let (_, main) = redline(&[p("First clause here."), p("Second clause here.")].concat(), &p("First clause here."));
    // The mark of the paragraph before goes: that of the last cannot.
    assert!(main.contains("<w:rPr><w:del w:id="), "{main}");
    redline(&p("First clause here."), &[p("First clause here."), p("Another thing that is added.")].concat());
    redline(&p("Wholly one thing, and nothing else."), &p("Quite different matter: 12 apples"));
}

#[test]
fn rows_and_cells_come_and_go() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>());
    let table = |rows: &[&[&str]]| {
        let rows: String = rows.iter().map(|cells| row(cells)).collect();
        format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1\"/></w:tblGrid>{rows}</w:tbl>{}", p("After the table."))
    };
    let full = table(&[&["Area", "Rate"], &["Block one", "12 %"], &["Block two", "15 %"]]);
    let less = table(&[&["Area", "Rate"], &["Block two", "15 %"]]);
    let (_, main) = redline(&full, &less);
    assert!(main.contains("<w:trPr><w:del "), "{main}");
    let (_, main) = redline(&less, &full);
    assert!(main.contains("<w:trPr><w:ins "), "{main}");
    redline(&p("After the table."), &full);
    redline(&full, &p("After the table."));
    redline(&format!("{full}{full}"), &format!("{}{less}", p("Before it all.")));
}

#[test]
fn earlier_changes_of_both_inputs_are_settled() {
    let old = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"X\"/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r><w:del \
               w:id=\"2\" w:author=\"X\"><w:r><w:delText>gone </w:delText></w:r></w:del></w:p><w:p><w:ins w:id=\"3\" \
               w:author=\"X\"><w:r><w:t>two three four</w:t></w:r></w:ins></w:p>";
    let (_, main) = redline(old, &p("One two three five"));
    assert!(!main.contains("gone"), "{main}");
    assert!(!main.contains("w:author=\"X\""), "{main}");
}

#[test]
fn fields_go_whole() {
    let field = |number: &str| {
        format!(
            "<w:p><w:r><w:t xml:space=\"preserve\">As said in </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r><w:instrText> REF a </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>Clause \
             {number}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t> above.</w:t></w:r></w:p>"
        )
    };
    let (_, main) = redline(&field("3"), &field("4"));
    assert_eq!(main.matches("<w:delInstrText").count(), 1, "{main}");
    // No half of a field is left: the old one goes whole, the new words come as text.
    assert_eq!(main.matches("<w:fldChar").count(), 3, "{main}");
    assert!(!main.contains("<w:instrText"), "{main}");
    let kept = main.split("<w:del ").chain(main.split("</w:del>").skip(1)).next().unwrap_or_default();
    assert!(!kept.contains("fldChar"), "{main}");
}

#[test]
fn any_two_drafts_without_a_file_make_a_file() {
    let cell = |text: &str| Cell { blocks: vec![Block::Para(Para::plain(text))], columns: 1, joined: false, source: 0 };
    let row = |texts: &[&str]| Row { cells: texts.iter().map(|text| cell(text)).collect(), source: 0 };
    let table = Block::Table(Table { rows: vec![row(&["a", "b"]), row(&["c", "d"])], source: 0 });
    let old =
        plain_draft(vec![Block::Para(Para::plain("Title & <so on>")), table, Block::Para(Para::plain("1.\tEnd"))]);
    let new = paras(&["Title & <so on>", "", "1.\tThe end\nof it"]);
    for (old, new) in [(&old, &new), (&new, &old), (&old, &old)] {
        let comparison = compare::compare(old, new, &compare::Options::default());
        let written = write(&input(old, None), &input(new, None), &comparison, &options()).expect("sound");
        let made = Package::open(written.bytes).expect("a package");
        let of =
            |draft: &Draft| -> Vec<String> { Texts::new(draft).paras.iter().map(|para| para.text.clone()).collect() };
        assert_eq!((texts(&made, Tracked::Rejected), texts(&made, Tracked::Accepted)), (of(old), of(new)));
    }
}

#[test]
fn the_same_drafts_give_the_same_bytes() {
    let (old, new) = (p("One two three"), p("One four three"));
    assert_eq!(redline(&old, &new).0.bytes, redline(&old, &new).0.bytes);
}
