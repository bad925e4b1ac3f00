//! Web pages read as a browser shows them.

use proptest::prelude::*;

use super::*;
use crate::document::draft::{Block, ObjectKind, Table};
use crate::document::label;

fn draft(text: &str) -> Draft {
    read(text, Tracked::Accepted).expect("reads")
}

fn paras(text: &str) -> Vec<String> {
    let draft = draft(text);
    let mut out = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| {
        let label = para.label.as_ref().map(|label| format!("[{}] ", label.text)).unwrap_or_default();
        out.push(format!("{label}{}", para.text));
    });
    out
}

fn table(text: &str) -> Table {
    let draft = draft(text);
    let Some(Block::Table(table)) = draft.stories[0].blocks.first() else { panic!("{draft:?}") };
    table.clone()
}

#[test]
fn blanks_collapse_as_in_a_browser() {
    assert_eq!(
        paras("<p>  One <b> two</b>\n three <i>four </i> five&nbsp; six<br>  seven <br></p> eight <div>nine</div>ten"),
        ["One two three four five\u{a0} six\nseven ", "eight", "nine", "ten"].map(|text| text.trim_end_matches(' '))
    );
    assert_eq!(paras("<pre>a  b\n c</pre>"), ["a  b\n c"]);
    assert_eq!(paras("<p style='white-space: pre-line'>a  b\nc</p>"), ["a b\nc"]);
    assert_eq!(paras("one<br><br>two<br>three"), ["one", "two\nthree"]);
}

#[test]
fn lists_are_numbered_as_a_browser_does() {
    assert_eq!(
        paras(
            "<ol><li>a<li>b<ol type=a start=3><li>c<li>d</ol><li value=7>e</ol><ul><li><p>f</p><p>g</p></ul>\
             <ol type=I><li>h<li>i</ol><ol style='list-style-type:lower-roman' reversed><li>j<li>k</ol>\
             <ol style='list-style:none'><li>(a) l</ol><ul><li>(b) m</ul>"
        ),
        [
            "[1.] a", "[2.] b", "[c.] c", "[d.] d", "[7.] e", "[•] f", "g", "[I.] h", "[II.] i", "[ii.] j", "[i.] k",
            "(a) l", "(b) m"
        ]
    );
}

#[test]
fn tables_keep_their_cells() {
    let table =
        table("<table><thead><tr><th rowspan=2>a<th colspan=2>b</thead><tr><td>c<td>d<tr><td>e<p>f</p><td></table>");
    let cells: Vec<Vec<(usize, u16, bool)>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| (cell.blocks.len(), cell.columns, cell.joined)).collect())
        .collect();
    assert_eq!(
        cells,
        [
            vec![(1, 1, false), (1, 2, false)],
            vec![(1, 1, true), (1, 1, false), (1, 1, false)],
            vec![(2, 1, false), (1, 1, false)]
        ]
    );
}

#[test]
fn a_table_of_numbers_and_texts_is_paragraphs() {
    let page =
        "<table><tr><td></td><td>(a)</td><td>first;</td></tr><tr><td></td><td>(b)</td><td>second.</td></tr></table>";
    let mut draft = draft(page);
    label::settle(&mut draft);
    let [Block::Para(first), Block::Para(_)] = draft.stories[0].blocks.as_slice() else { panic!("{draft:?}") };
    assert_eq!((first.text.as_str(), first.body()), ("(a)\tfirst;", "first;"));
    assert_eq!(table("<table><tr><td>1</td><td>Zircon</td></tr></table>").rows.len(), 1);
}

#[test]
fn what_is_hidden_is_told() {
    let read = draft(
        "<title>t</title><style>x</style><script>s</script><p>a<span style='display: none'>b</span><i hidden>c</i>",
    );
    assert_eq!(read.words(), 1);
    assert_eq!(read.caveats.iter().map(|caveat| caveat.count).collect::<Vec<_>>(), [2]);
}

#[test]
fn tracked_changes_are_as_asked() {
    let page = "<p>a <del>b</del><ins>c</ins>";
    for (tracked, text) in [(Tracked::Accepted, "a c"), (Tracked::Rejected, "a b")] {
        let draft = read(page, tracked).expect("reads");
        let Block::Para(para) = &draft.stories[0].blocks[0] else { panic!("{draft:?}") };
        assert_eq!(para.text, text);
    }
    assert_eq!(read(page, Tracked::Refuse), Err(HtmlError::Tracked));
}

#[test]
fn notes_of_three_programs() {
    for page in [
        "<p>x<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a> y</p>\
         <div id=sdfootnote1><p class=sdfootnote><a class=sdfootnotesym name=sdfootnote1sym href='#sdfootnote1anc'>1</a>The note.</p><p>More.</p></div>",
        "<p>x<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a> y</p>\
         <div id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> The note.</p><p>More.</p></div>",
        "<p>x<sup id=fnref1><a href='#fn1'>1</a></sup> y</p><ol><li id=fn1><p>The note.</p><p>More. <a href='#fnref1'>↩</a></p></li></ol>",
    ] {
        let read = draft(page);
        assert_eq!(read.stories.len(), 2, "{page}");
        let Block::Para(para) = &read.stories[0].blocks[0] else { panic!("{read:?}") };
        assert_eq!(para.text, "x\u{fffc} y");
        assert_eq!((para.objects[0].kind, para.objects[0].name.as_str()), (ObjectKind::Note(1), "1"));
        let note: Vec<&str> = read.stories[1]
            .blocks
            .iter()
            .map(|block| match block {
                Block::Para(para) => para.text.as_str(),
                Block::Table(_) => "",
            })
            .collect();
        assert_eq!(note, ["The note.", "More."], "{page}");
        assert_eq!(read.stories[0].blocks.len(), 1, "{page}");
    }
}

#[test]
fn a_table_of_contents_is_no_note() {
    let read = draft("<p><a id=t1 href='#s1'>1</a> Term</p><h2 id=s1>1 <a href='#t1'>Term</a></h2>");
    assert_eq!(read.stories.len(), 1);
}

#[test]
fn runs_cover_the_text() {
    let read = draft("<p>One <b>two</b><i> three</i></p>");
    let Block::Para(para) = &read.stories[0].blocks[0] else { panic!("{read:?}") };
    let pieces: Vec<(usize, bool, bool)> = para.runs.iter().map(|run| (run.end, run.strong, run.emph)).collect();
    assert_eq!(pieces, [(4, false, false), (7, true, false), (13, false, true)]);
}

#[test]
fn hostile_pages_end_soon() {
    assert_eq!(read(&"<div>".repeat(100_000), Tracked::Accepted), Err(HtmlError::TooDeep));
    let fonts: String = (0..380).map(|n| format!("<font color={n}>")).collect();
    let page = format!("<p>{fonts}</p>{}", "<p>x</p>".repeat(11_000));
    assert_eq!(read(&page, Tracked::Accepted), Err(HtmlError::TooLarge));
    let spans = format!("<table><tr>{}</tr>{}</table>", "<td rowspan=60000>x".repeat(200), "<tr><td>y".repeat(3000));
    assert!(read(&spans, Tracked::Accepted).is_ok());
    let notes: String = (0..500).map(|n| format!("<a id=r{n} href='#n'>1</a>")).collect();
    let page = format!("{notes}<div id=n>{}</div>", "<i>x</i>".repeat(5000));
    assert!(read(&page, Tracked::Accepted).is_ok());
}

proptest! {
    #[test]
    fn never_panics(text in "(<(/?)(p|b|i|table|tr|td|li|ol|ul|a|div|br|pre|svg|math|template|select|option|ins|h1|form|caption|col)( (id=x|href='#x'|hidden|rowspan=9|colspan=3|start=-5|style='white-space:pre'))?>|[a-z \n]{0,6}){0,40}") {
        let read = draft(&text);
        for story in &read.stories {
            Draft::each_para(&story.blocks, &mut |para| {
                if let Some(run) = para.runs.last() {
                    assert_eq!(run.end, para.text.len());
                }
                for object in &para.objects {
                    assert!(para.text[object.at..].starts_with(crate::document::draft::OBJECT));
                }
            });
        }
    }

    #[test]
    fn never_panics_on_anything(text in "\\PC{0,200}") {
        let _ = read(&text, Tracked::Rejected);
    }
}
