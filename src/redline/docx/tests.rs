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
    package_with(body, None)
}

/// A file with a body, and with a part of remarks if there are any.
fn package_with(body: &str, comments: Option<&str>) -> Package {
    // The paper of a plain draft, with another body.
    let paper = Package::open(plain::package(&paras(&["x"]))).expect("paper");
    let mut outgoing = Outgoing::new(&paper);
    let text = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body>\
         </w:document>"
    );
    outgoing.replace("word/document.xml", text.into_bytes());
    if let Some(comments) = comments {
        let text = format!(
            "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{comments}</w:comments>"
        );
        outgoing.add("comments", text.into_bytes());
    }
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
    redline_of(&package(old), &package(new))
}

fn redline_of(old: &Package, new: &Package) -> (Written, String) {
    let (old_draft, _) = read_package(old, Tracked::Accepted).expect("readable");
    let (new_draft, _) = read_package(new, Tracked::Accepted).expect("readable");
    let comparison = compare::compare(&old_draft, &new_draft, &compare::Options::default());
    let written =
        write(&input(&old_draft, Some(old)), &input(&new_draft, Some(new)), &comparison, &options()).expect("sound");
    let made = Package::open(written.bytes.clone()).expect("a package");
    assert_eq!(texts(&made, Tracked::Accepted), texts(new, Tracked::Accepted));
    assert_eq!(texts(&made, Tracked::Rejected), texts(old, Tracked::Accepted));
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
    // No half of a field is left: the old one goes whole, and the new one comes whole.
    let within = |name: &str| -> String {
        let (open, close) = (format!("<w:{name} "), format!("</w:{name}>"));
        main.split(&open).skip(1).filter_map(|part| part.split_once(&close)).map(|(inner, _)| inner).collect()
    };
    let (gone, come) = (within("del"), within("ins"));
    assert_eq!((gone.matches("<w:fldChar").count(), gone.matches("<w:delInstrText").count()), (3, 1), "{main}");
    assert_eq!((come.matches("<w:fldChar").count(), come.matches("<w:instrText").count()), (3, 1), "{main}");
    assert_eq!(main.matches("<w:fldChar").count(), 6, "{main}");
}

#[test]
fn a_field_comes_whole_with_its_paragraph_and_so_does_one_over_several() {
    let char_of = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let simple = "<w:p><w:r><w:t xml:space=\"preserve\">Subject to </w:t></w:r><w:fldSimple w:instr=\" REF a \"><w:r><w:t>Clause \
                  9</w:t></w:r></w:fldSimple></w:p>";
    let contents = [
        "<w:p>".to_owned(),
        char_of("begin"),
        code(" TOC "),
        char_of("separate"),
        "<w:r><w:t>Scope of the works 1</w:t></w:r></w:p><w:p><w:r><w:t>Governing law 7</w:t></w:r></w:p><w:p>"
            .to_owned(),
        char_of("end"),
        "</w:p>".to_owned(),
    ]
    .concat();
    let (first, last) = (p("One clause that stays as it is."), p("And another one, that stays too."));
    let short = [first.clone(), last.clone()].concat();
    let long = [first, simple.to_owned(), contents, last].concat();
    let (_, main) = redline(&short, &long);
    assert_eq!((main.matches("<w:fldChar").count(), main.matches("<w:instrText").count()), (6, 2), "{main}");
    // And all of it goes again.
    let (_, main) = redline(&long, &short);
    assert_eq!((main.matches("<w:fldChar").count(), main.matches("<w:delInstrText").count()), (6, 2), "{main}");
    assert!(!main.contains("fldSimple") && !main.contains("<w:instrText"), "{main}");
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

fn comment(id: u32, author: &str, text: &str) -> String {
    format!(
        "<w:comment w:id=\"{id}\" w:author=\"{author}\" w:date=\"2026-10-01T09:00:00Z\" w:initials=\"XY\">{}</w:comment>",
        p(text)
    )
}

/// Words with a remark on some of them.
fn remarked(id: u32, before: &str, words: &str, after: &str) -> String {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    format!(
        "<w:p>{}<w:commentRangeStart w:id=\"{id}\"/>{}<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference \
         w:id=\"{id}\"/></w:r>{}</w:p>",
        run(before),
        run(words),
        run(after)
    )
}

#[test]
fn remarks_of_the_new_file_come_along_and_those_of_both_are_there_once() {
    let first = |id| remarked(id, "The fee is ", "one hundred euros", " a day.");
    let old = package_with(&[first(0), p("The law of Malta governs.")].concat(), Some(&comment(0, "Ann", "Too high")));
    // In the new file the same remark has another number, and there are two more: on words that stay, on new ones.
    let body = [
        first(5),
        remarked(0, "The law of ", "Malta", " governs."),
        remarked(1, "Disputes go to ", "arbitration", " in Valletta."),
        p("And the end."),
    ];
    let remarks = [comment(5, "Ann", "Too high"), comment(0, "Ben", "Why Malta?"), comment(1, "Ben", "Which rules?")];
    let new = package_with(&body.concat(), Some(&remarks.concat()));
    let (written, main) = redline_of(&old, &new);
    let made = Package::open(written.bytes).expect("a package");
    let comments = made.text("word/comments.xml").expect("a part");
    for (id, text) in [(0, "Too high"), (1, "Why Malta?"), (2, "Which rules?")] {
        assert_eq!(comments.matches(text).count(), 1, "{comments}");
        for name in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
            assert_eq!(main.matches(&format!("<w:{name} w:id=\"{id}\"/>")).count(), 1, "{name} {id}: {main}");
        }
    }
    assert!(comments.contains("w:author=\"Ben\" w:date=\"2026-10-01T09:00:00Z\" w:initials=\"XY\""), "{comments}");
    // The words that the reader finds under each remark are those of the new file.
    let (read, _) = read_package(&made, Tracked::Accepted).expect("readable");
    let anchors: Vec<(&str, &str)> = read.comments.iter().map(|c| (c.text.as_str(), c.anchor.as_str())).collect();
    assert_eq!(anchors, [("Too high", "one hundred euros"), ("Why Malta?", "Malta"), ("Which rules?", "arbitration")]);
    // An old file without remarks gets the part; one that is nowhere in the text is counted.
    let plain = package(&[p("The fee is one hundred euros a day."), p("The law of Malta governs.")].concat());
    let lost = package_with(&body.concat(), Some(&[remarks.concat(), comment(9, "Ben", "Lost")].concat()));
    let (written, _) = redline_of(&plain, &lost);
    let made = Package::open(written.bytes).expect("a package");
    assert_eq!(made.text("word/comments.xml").expect("a part").matches("<w:comment ").count(), 3);
    assert_eq!(written.caveats.iter().filter(|caveat| caveat.text.contains("comment")).count(), 1);
}

#[test]
fn a_reference_that_comes_brings_its_bookmark() {
    let old = [p("First clause, on the scope."), p("Second clause, on the law.")].concat();
    let new = [
        "<w:p><w:bookmarkStart w:id=\"7\" w:name=\"_Ref1\"/><w:r><w:t>First clause</w:t></w:r><w:bookmarkEnd \
         w:id=\"7\"/><w:r><w:t>, on the scope.</w:t></w:r></w:p>"
            .to_owned(),
        p("Second clause, on the law."),
        "<w:p><w:r><w:t xml:space=\"preserve\">All of it as said in </w:t></w:r><w:fldSimple w:instr=\" REF _Ref1 \\h \"><w:r>\
         <w:t>First clause</w:t></w:r></w:fldSimple></w:p>"
            .to_owned(),
        p("The end of it all."),
    ]
    .concat();
    let (_, main) = redline(&old, &new);
    let start = main.find("w:name=\"_Ref1\"").expect("a bookmark");
    let end = main.find("<w:bookmarkEnd").expect("its end");
    let inner = &main[start..end];
    assert!(inner.contains("First clause<") && !inner.contains("scope"), "{main}");
    assert_eq!(main.matches("<w:bookmarkStart").count(), 1, "{main}");
}

#[test]
fn a_run_that_only_looks_otherwise_remembers_its_look() {
    let run = |look: &str, text: &str| format!("<w:r>{look}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let old = format!("<w:p>{}</w:p>", run("", "The fee is one hundred euros a day."));
    let new = format!(
        "<w:p>{}{}{}</w:p>",
        run("", "The fee is "),
        run("<w:rPr><w:b/></w:rPr>", "one hundred euros"),
        run("", " a day.")
    );
    let (_, main) = redline(&old, &new);
    assert_eq!(main.matches("<w:rPrChange").count(), 1, "{main}");
    assert!(main.contains("<w:rPr><w:b/><w:rPrChange "), "{main}");
    assert!(
        main.contains("<w:rPr></w:rPr></w:rPrChange></w:rPr><w:t xml:space=\"preserve\">one hundred euros</w:t>"),
        "{main}"
    );
    let (_, main) = redline(&new, &old);
    assert!(main.contains("<w:rPr><w:b/></w:rPr></w:rPrChange>"), "{main}");
}

#[test]
fn a_section_that_does_not_come_is_said() {
    let end = "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr></w:pPr><w:r><w:t>A table in \
               landscape, says this new clause.</w:t></w:r></w:p>";
    let (first, last) = (p("One clause that stays as it is."), p("And another one, that stays too."));
    let (written, _) = redline(&[first.clone(), last.clone()].concat(), &[first, end.to_owned(), last].concat());
    let said: Vec<&str> = written.caveats.iter().map(|caveat| caveat.text.as_str()).collect();
    assert!(said.iter().any(|text| text.starts_with("section break of the new file")), "{said:?}");
    assert!(said.iter().any(|text| text.starts_with("section of the new file has paper")), "{said:?}");
}

#[test]
fn a_body_of_nothing_but_a_picture_that_is_another_is_replaced() {
    let chart = |name: &str| {
        format!(
            "<w:p><w:r><w:pict><v:rect xmlns:v=\"urn:schemas-microsoft-com:vml\" id=\"{name}\" fillcolor=\"{name}\"/></w:pict>\
             </w:r></w:p>"
        )
    };
    let boxed = format!(
        "<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox><w:txbxContent>{}</w:txbxContent>\
         </v:textbox></v:shape></w:pict></w:r></w:p>",
        p("Hello")
    );
    let (_, main) = redline(&chart("red"), &boxed);
    assert!(main.contains("<w:ins ") && main.contains("Hello"), "{main}");
}

#[test]
fn a_table_goes_along_with_its_section() {
    let row =
        |cells: [&str; 2]| format!("<w:tr>{}</w:tr>", cells.map(|text| format!("<w:tc>{}</w:tc>", p(text))).concat());
    let table = |last: &str| {
        let rows = [row(["Block", "Rate"]), row(["Offshore north", "12 per cent"]), row(["Offshore south", last])];
        format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1\"/></w:tblGrid>{}</w:tbl>", rows.concat())
    };
    let section = |last: &str| {
        [
            p("Royalties on production"),
            p("The holder pays royalties to the state at the rates of this table, each month."),
            table(last),
            p("Royalties that are not paid in time bear interest from the day on which they fell due."),
        ]
    };
    let others: Vec<String> = [
        "Whoever holds a block keeps books on all that is lifted, stored and sold there.",
        "The minister may send inspectors to every site, by day and by night, unannounced.",
        "Waste water is treated before it leaves the site, as the plan for the environment says.",
        "All staff are trained in safety at least once in a year, and so are the contractors.",
    ]
    .map(p)
    .to_vec();
    let old = [&others[..1], &section("15 per cent"), &others[1..]].concat().concat();
    let new = |last: &str| [&others[..], &section(last), &[p("And the end of it.")]].concat().concat();
    for (last, cells) in [("15 per cent", 6), ("16 per cent", 5)] {
        let (_, main) = redline(&old, &new(last));
        for name in ["moveFrom", "moveTo"] {
            assert_eq!(main.matches(&format!("<w:{name}RangeStart ")).count(), 1, "{main}");
            let inside: usize = main
                .split("<w:tbl>")
                .skip(1)
                .filter_map(|part| part.split_once("</w:tbl>"))
                .map(|(table, _)| table.matches(&format!("</w:{name}>")).count())
                .sum();
            assert_eq!(inside, cells, "{main}");
        }
        assert_eq!(
            (main.matches("<w:trPr><w:del ").count(), main.matches("<w:trPr><w:ins ").count()),
            (3, 3),
            "{main}"
        );
    }
}

#[test]
fn a_field_in_a_link_comes_in_one_change() {
    let entry = |page: &str| {
        let part = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let code = "<w:r><w:instrText>PAGEREF a</w:instrText></w:r>";
        let (begin, separate, end) = (part("begin"), part("separate"), part("end"));
        let shown = format!("<w:r><w:t>{page}</w:t></w:r>");
        format!(
            "<w:p><w:hyperlink w:anchor=\"a\"><w:r><w:t>Law and disputes</w:t></w:r>{begin}{code}{separate}{shown}{end}\
             </w:hyperlink></w:p>"
        )
    };
    let (_, main) = redline(&entry("3"), &entry("4"));
    assert_eq!((main.matches("<w:del ").count(), main.matches("<w:ins ").count()), (1, 1), "{main}");
    assert_eq!(main.matches("<w:hyperlink").count(), 1, "{main}");
}

#[test]
fn a_list_comes_to_a_file_whose_part_of_lists_is_empty() {
    let list = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText \
                w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let with_lists = |body: &str, lists: &str| {
        let paper = package(body);
        let mut outgoing = Outgoing::new(&paper);
        let text = format!(
            "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"{}",
            if lists.is_empty() { "/>".to_owned() } else { format!(">{lists}</w:numbering>") }
        );
        match paper.companion("numbering") {
            Some(name) => outgoing.replace(&name, text.into_bytes()),
            None => drop(outgoing.add("numbering", text.into_bytes())),
        }
        Package::open(outgoing.finish().expect("an archive")).expect("a package")
    };
    let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>A first item \
                of a list.</w:t></w:r></w:p>";
    let stays = p("One clause that stays as it is.");
    let (written, main) = redline_of(&with_lists(&stays, ""), &with_lists(&[stays.as_str(), item].concat(), list));
    assert!(main.contains("<w:numId w:val="), "{main}");
    let made = Package::open(written.bytes).expect("a package");
    assert!(made.text("word/numbering.xml").expect("a part").contains("<w:abstractNum "));
}
