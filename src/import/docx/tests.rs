//! Word files read, small ones made for the purpose.

use proptest::prelude::*;

use super::*;
use crate::document::draft::{Block, ObjectKind, Para, StoryKind};
use crate::ooxml::Pieces;
use crate::ooxml::sample::pack;

mod stories;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

/// Makes a package of a body and other parts of the main document, by their kind.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    package(&main, parts)
}

fn package(main: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let root = "<Relationships><Relationship Id=\"m\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/>\
        </Relationships>";
    let mut relations = String::from("<Relationships>");
    let mut names = Vec::new();
    for (id, (kind, _)) in parts.iter().enumerate() {
        relations.push_str(&format!("<Relationship Id=\"r{id}\" Type=\"x/{kind}\" Target=\"{kind}{id}.xml\"/>"));
        names.push(format!("word/{kind}{id}.xml"));
    }
    relations.push_str("</Relationships>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    all.extend(names.iter().zip(parts).map(|(name, (_, content))| (name.as_str(), content.as_bytes())));
    pack(&all)
}

fn part(root: &str, content: &str) -> String {
    format!("<w:{root} {NAMESPACES}>{content}</w:{root}>")
}

/// Text of a paragraph in one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn paras(draft: &Draft, story: usize) -> Vec<&Para> {
    let mut found = Vec::new();
    Draft::each_para(&draft.stories[story].blocks, &mut |para| found.push(para));
    found
}

fn texts(draft: &Draft, story: usize) -> Vec<&str> {
    paras(draft, story).into_iter().map(|para| para.text.as_str()).collect()
}

fn both(body: &str) -> (Vec<String>, Vec<String>) {
    let bytes = docx(body, &[]);
    let read = |tracked| {
        let draft = read(&bytes, tracked).unwrap();
        texts(&draft, 0).into_iter().map(str::to_owned).collect()
    };
    (read(Tracked::Accepted), read(Tracked::Rejected))
}

fn one(body: &str) -> Para {
    let draft = read(&docx(body, &[]), Tracked::Accepted).unwrap();
    (*paras(&draft, 0)[0]).clone()
}

#[test]
fn all_that_makes_text() {
    let para =
        one("<w:p><w:r><w:t>a</w:t><w:tab/><w:t xml:space=\"preserve\"> b</w:t><w:br/><w:br w:type=\"page\"/><w:cr/>\
         <w:noBreakHyphen/><w:softHyphen/><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:lastRenderedPageBreak/></w:r>\
         <w:hyperlink r:id=\"x\"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:text/></w:sdtPr>\
         <w:sdtContent>\
         <w:smartTag><w:r><w:t>control</w:t></w:r></w:smartTag></w:sdtContent></w:sdt><w:bookmarkStart w:id=\"1\"/>\
         <mc:AlternateContent><mc:Choice Requires=\"w14\"><w:r><w:t>new</w:t></w:r></mc:Choice><mc:Fallback><w:r>\
         <w:t>old\
         </w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
         </w:p>");
    assert_eq!(para.text, "a\t b\n\n\u{2011}\u{AD}•linkcontrolnew");
}

#[test]
fn fields_show_their_results() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let nested = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>yes</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        field("MERGEFIELD x", "inner")
    );
    let body = format!(
        "<w:p>{}<w:fldSimple w:instr=\"REF a\"><w:r><w:t>4</w:t></w:r></w:fldSimple>{nested}{}</w:p>",
        field("REF b \\h", "3.1"),
        field("PAGE", "7")
    );
    assert_eq!(one(&body).text, "3.14yes7");
    let button = "<w:p>\
        <w:r><w:fldChar w:fldCharType=\"begin\"/>\
     <w:instrText>MACROBUTTON None [Click here]</w:instrText>\
        <w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let para = one(button);
    assert_eq!((para.text.as_str(), para.objects[0].name.as_str()), ("\u{FFFC}", "[Click here]"));
    // A field that does not end swallows nothing.
    let open = format!("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>{}", p("text"));
    assert_eq!(both(&open).0, ["", "text"]);
}

#[test]
fn a_field_may_go_over_paragraphs() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>TOC</w:instrText></w:r></w:p>\
        <w:p><w:r><w:t>code</w:t><w:fldChar w:fldCharType=\"separate\"/><w:t>1 One</w:t></w:r></w:p>\
        <w:p><w:r><w:t>2 Two</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    assert_eq!(both(body).0, ["", "1 One", "2 Two"]);
}

#[test]
fn changes_are_accepted_or_rejected() {
    let body = "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r><w:del><w:r><w:delText>x</w:delText>\
     </w:r></w:del>\
        </w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>d</w:t></w:r></w:moveFrom>\
        <w:moveTo><w:r><w:t>e</w:t></w:r></w:moveTo></w:p>";
    assert_eq!(both(body), (vec!["abe".to_owned()], vec!["acd".to_owned()]));
    let refused = read(&docx(body, &[]), Tracked::Refuse).unwrap_err();
    assert!(matches!(refused, DocxError::Tracked { count: 5, .. }), "{refused}");
    assert!(read(&docx(&p("a"), &[]), Tracked::Refuse).is_ok());
}

fn marked(mark: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn paragraphs_are_joined_where_their_mark_goes() {
    let own = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let body = format!("{}{}{}{}", p("a"), marked("del", "b"), marked("ins", "c"), p("d"));
    assert_eq!(both(&body), (own(&["a", "bc", "d"]), own(&["a", "b", "cd"])));
    // At the end there is nothing to join; before a table what is empty goes.
    let table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let body = format!("{}{table}{}{table}{}", marked("del", ""), marked("del", "a"), marked("del", ""));
    assert_eq!(both(&body).0, ["", "a", "", ""]);
    // A table of which no row is left is none.
    let gone = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    assert_eq!(both(&format!("{}{gone}{}", marked("del", "a"), p("b"))), (own(&["ab"]), own(&["a", "", "b"])));
}

#[test]
fn cells_and_rows() {
    let body = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p/>\
     </w:tc>\
        <w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>\
        </w:tbl><w:p/>\
        </w:tc></w:sdtContent></w:sdt></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:tcPr><w:vMerge/></w:tcPr>\
        </w:tc></w:tr>\
        <w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let draft = read(&docx(body, &[]), Tracked::Accepted).unwrap();
    let Block::Table(table) = &draft.stories[0].blocks[0] else { panic!("no table") };
    assert_eq!(table.rows.len(), 3);
    let first = &table.rows[0].cells[0];
    assert_eq!((first.columns, first.joined), (2, false));
    assert!(table.rows[1].cells[0].joined);
    assert_eq!(table.rows[1].cells[0].blocks.len(), 1);
    assert_eq!(table.rows[2].cells.len(), 1);
    assert_eq!(table.rows[0].cells[1].blocks.len(), 3);
    let rejected = read(&docx(body, &[]), Tracked::Rejected).unwrap();
    let Block::Table(table) = &rejected.stories[0].blocks[0] else { panic!("no table") };
    assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [2, 2]);
}

/// A list of three levels with all that numbers can do.
fn numbering() -> String {
    let level = |at: usize, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/>\
             <w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    part(
        "numbering",
        &format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"List\"/></w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"2\">{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
             <w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"4\">\
             <w:abstractNumId w:val=\"2\"/></w:num>",
            level(0, "upperRoman", "Article %1.", "<w:pStyle w:val=\"Head\"/>"),
            level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            level(2, "lowerLetter", "(%3)", "<w:lvlRestart w:val=\"1\"/>"),
            level(0, "bullet", "\u{F0B7}", ""),
        ),
    )
}

#[test]
fn numbers_are_those_that_word_shows() {
    let item = |num: i32, level: i32| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr></w:pPr><w:r>\
             <w:t>x</w:t></w:r></w:p>"
        )
    };
    let styled = |style: &str, more: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>")
    };
    let styles = part(
        "styles",
        "<w:style w:type=\"paragraph\" w:styleId=\"Head\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
         <w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"Head\"/><w:pPr><w:numPr>\
         <w:ilvl w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
         <w:style w:type=\"numbering\" w:styleId=\"List\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
         </w:style>",
    );
    let body = [
        styled("Head", ""),
        item(1, 1),
        item(1, 2),
        item(1, 1),
        item(1, 2),
        styled("Head", ""),
        item(3, 1),
        item(1, 2),
        item(2, 0),
        styled("Head", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"),
        "<w:p><w:pPr><w:pStyle w:val=\"Head\"/><w:sectPr/></w:pPr></w:p>".to_owned(),
        styled("Head", ""),
        item(4, 0),
        item(9, 0),
        styled("Sub", ""),
        item(1, 9),
        styled("Sub", "<w:numPr><w:numId w:val=\"1\"/></w:numPr>"),
    ]
    .concat();
    let draft = read(&docx(&body, &[("styles", &styles), ("numbering", &numbering())]), Tracked::Accepted).unwrap();
    let labels: Vec<&str> =
        paras(&draft, 0).iter().map(|para| para.label.as_ref().map_or("", |label| label.text.as_str())).collect();
    assert_eq!(
        labels,
        [
            "Article I.",
            "1.1",
            "(a)",
            "1.2",
            "(b)",
            "Article II.",
            "2.1",
            "(a)",
            "Article VII.",
            "",
            "",
            "Article VIII.",
            "•",
            "",
            "8.1",
            "",
            "8.2"
        ]
    );
    assert_eq!(paras(&draft, 0)[0].heading, Some(1));
    assert_eq!(paras(&draft, 0)[1].heading, None);
}

#[test]
fn looks_and_shapes_are_resolved() {
    let styles = part(
        "styles",
        "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"bold\"/><w:rPr><w:b/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"C\"><w:name w:val=\"strong\"/><w:rPr><w:b/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"L1\"><w:basedOn w:val=\"L2\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"L2\"><w:basedOn w:val=\"L1\"/></w:style>",
    );
    let run = |rpr: &str| format!("<w:r w:rsidR=\"00{}\"><w:rPr>{rpr}</w:rPr><w:t>x</w:t></w:r>", rpr.len());
    let body = format!(
        "<w:p w:rsidR=\"1\">{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"B\"/></w:pPr>{}{}{}</w:p>\
         <w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:p><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:p>\
         <w:p><w:pPr><w:pStyle w:val=\"L1\"/></w:pPr></w:p>",
        run(""),
        run("<w:sz w:val=\"22\"/><w:lang w:val=\"fr\"/><w:color w:val=\"auto\"/>"),
        run("<w:b/>"),
        run("<w:rStyle w:val=\"C\"/>"),
        run("<w:i/>"),
        run(""),
        run("<w:rStyle w:val=\"C\"/>"),
        run("<w:b w:val=\"0\"/>"),
    );
    let draft = read(&docx(&body, &[("styles", &styles)]), Tracked::Accepted).unwrap();
    let all = paras(&draft, 0);
    let runs = |at: usize| all[at].runs.iter().map(|run| (run.end, run.strong, run.emph)).collect::<Vec<_>>();
    assert_eq!(runs(0), [(2, false, false), (4, true, false), (5, false, true)]);
    assert_eq!(runs(1), [(1, true, false), (3, false, false)]);
    assert_eq!(all[0].shape, all[2].shape);
    assert_ne!(all[0].shape, all[3].shape);
    assert_ne!(all[0].shape, all[1].shape);
}

#[test]
fn deep_nesting_and_many_paragraphs_end_in_words() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(140) + &"<w:p/></w:tc></w:tr></w:tbl>".repeat(140);
    assert!(matches!(read(&docx(&deep, &[]), Tracked::Accepted), Err(DocxError::Package(PackageError::Xml(..)))));
    let fits = "<w:tbl><w:tr><w:tc>".repeat(130) + &"<w:p/></w:tc></w:tr></w:tbl>".repeat(130);
    assert!(read(&docx(&fits, &[]), Tracked::Accepted).is_ok());
    let many = "<w:p/>".repeat(500_001);
    assert!(matches!(read(&docx(&many, &[]), Tracked::Accepted), Err(DocxError::Large(_))));
}

/// Bodies with everything in any order, balanced or not.
fn any_body() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "<w:t>ab &amp; é</w:t>",
        "<w:delText>x</w:delText>",
        "<w:tab/>",
        "<w:br/>",
        "<w:sym w:char=\"F0FE\" w:font=\"Wingdings\"/>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:instrText> PAGE </w:instrText>",
        "<w:footnoteReference w:id=\"2\"/>",
        "<w:drawing><wp:inline><wp:docPr descr=\"d\"/></wp:inline></w:drawing>",
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>\
         </v:textbox></v:shape></w:pict>",
        "<w:commentReference w:id=\"1\"/>",
        "<w:r><w:t>r</w:t></w:r>",
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
        "<w:p/>",
    ]);
    let wrapper = prop::sample::select(vec![
        "w:p",
        "w:r",
        "w:ins",
        "w:del",
        "w:moveFrom",
        "w:moveTo",
        "w:sdt",
        "w:sdtContent",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:hyperlink",
        "w:fldSimple",
        "w:pPr",
        "w:rPr",
        "w:trPr",
        "w:txbxContent",
        "mc:AlternateContent",
        "mc:Choice",
        "mc:Fallback",
        "w:numPr",
        "m:oMath",
        "w:object",
        "w:ruby",
    ]);
    let tree = leaf.prop_map(str::to_owned).prop_recursive(7, 80, 6, move |inner| {
        (wrapper.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, kids)| format!("<{name} w:instr=\"PAGE\">{}</{name}>", kids.concat()))
    });
    prop::collection::vec(tree, 0..8).prop_map(|all| format!("<w:p>{}</w:p>{}", all.concat(), all.concat()))
}

/// Checks what every reader of a draft relies on.
fn check(draft: &Draft, places: &Places, package: &Package) {
    for (story, at) in draft.stories.iter().zip(&places.stories) {
        assert!(places.parts.len() > usize::from(at.part));
        Draft::each_para(&story.blocks, &mut |para| {
            let mut objects: Vec<usize> = para.text.match_indices('\u{FFFC}').map(|(at, _)| at).collect();
            objects.retain(|&at| para.objects.iter().any(|object| object.at == at));
            assert_eq!(objects.len(), para.objects.len());
            let ends: Vec<usize> = para.runs.iter().map(|run| run.end).collect();
            assert!(ends.is_sorted() && ends.iter().all(|&end| para.text.is_char_boundary(end)));
            assert_eq!(ends.last().copied().unwrap_or(0), para.text.len());
            for object in &para.objects {
                if let ObjectKind::Note(story) | ObjectKind::TextBox(story) = object.kind {
                    assert!(matches!(
                        draft.stories[story].kind,
                        StoryKind::Footnote | StoryKind::Endnote | StoryKind::TextBox
                    ));
                }
            }
            // The pieces say the same text again.
            let (place, nodes) = places.para(para.source).unwrap();
            if nodes.is_empty() {
                return;
            }
            let tape = package.tape(&places.parts[usize::from(place.part)]).unwrap();
            let mut pieces = Pieces::default();
            pieces.take(&tape, nodes, places.view, &places.hidden, place.fields);
            assert_eq!(pieces.text, para.text);
            let mut at = 0;
            for piece in &pieces.list {
                assert_eq!(piece.start, at);
                assert!(piece.end >= at && (piece.seen || piece.end == at));
                at = piece.end;
            }
            assert_eq!(at as usize, para.text.len());
        });
    }
    assert_eq!(draft.stories.len(), places.stories.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn anything_is_read_or_refused(
        body in any_body(),
        tracked in prop::sample::select(vec![Tracked::Accepted, Tracked::Rejected]),
    ) {
        let notes = part("footnotes", &format!("<w:footnote w:id=\"2\">{body}</w:footnote>"));
        let bytes = docx(&body, &[("footnotes", &notes), ("comments", &part("comments", "<w:comment w:id=\"1\"/>"))]);
        let package = Package::open(bytes).unwrap();
        if let Ok((draft, places)) = read_package(&package, tracked) {
            check(&draft, &places, &package);
        }
    }

    #[test]
    fn any_bytes_are_refused_in_words(bytes in prop::collection::vec(any::<u8>(), 0..300), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        prop_assert!(read(&bytes, Tracked::Accepted).is_err());
    }
}
