//! PDFs read: lines, paragraphs, columns, what is dropped.

use proptest::prelude::*;

use super::*;

/// A page of lines of Courier, which is 0.6 wide: left, baseline, size and text.
fn page(lines: &[(f32, f32, f32, &str)]) -> Page {
    let spans = lines
        .iter()
        .map(|(x, y, size, text)| {
            let letters = u16::try_from(text.chars().count()).unwrap_or(0);
            let end_x = x + 0.6 * size * f32::from(letters);
            Span { text: (*text).to_owned(), x: *x, end_x, y: *y, size: *size, ..Span::default() }
        })
        .collect();
    Page { spans, bottom: 0.0, top: 800.0 }
}

fn texts(pages: Vec<Page>) -> Vec<String> {
    let draft = draft(pages, None, (0, 0));
    let mut out = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| {
        let heading = para.heading.map(|depth| format!("{depth} ")).unwrap_or_default();
        out.push(format!("{heading}{}", para.text));
    });
    out
}

#[test]
fn lines_become_paragraphs() {
    let page = page(&[
        (50.0, 700.0, 16.0, "Mining Agreement"),
        (50.0, 660.0, 10.0, "1.1 The Company shall pay to the State a royalty of three per"),
        (50.0, 648.0, 10.0, "cent of the value of all products that are sold in each quar-"),
        (50.0, 636.0, 10.0, "ter of the year, and shall do so in dollars of the country,"),
        (50.0, 624.0, 10.0, "as section"),
        (50.0, 612.0, 10.0, "(a) on time; and also for all of the time that is left to it,"),
        (50.0, 600.0, 10.0, "(b) in full."),
        (50.0, 570.0, 10.0, "Each quarter ends on its last day."),
    ]);
    assert_eq!(
        texts(vec![page]),
        [
            "1 Mining Agreement",
            "1.1 The Company shall pay to the State a royalty of three per cent of the value of all products that are \
             sold in each quarter of the year, and shall do so in dollars of the country, as section",
            "(a) on time; and also for all of the time that is left to it,",
            "(b) in full.",
            "Each quarter ends on its last day.",
        ]
    );
}

#[test]
fn what_runs_along_is_left_out_and_pages_are_joined() {
    let pages: Vec<Page> = (1..=3)
        .map(|number| {
            let foot = format!("Page {number} of 3");
            page(&[
                (50.0, 780.0, 8.0, "Draft of 12 March 2026"),
                (50.0, 700.0, 10.0, "the Company shall pay to the State a royalty of three per cent"),
                (50.0, 688.0, 10.0, "of the value of all products that are sold in each quarter and"),
                (250.0, 30.0, 8.0, &foot),
            ])
        })
        .collect();
    let read = texts(pages);
    assert_eq!(read.len(), 1, "{read:?}");
    assert!(!read[0].contains("Page") && !read[0].contains("Draft"), "{read:?}");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut lines = Vec::new();
    let words: Vec<String> = (0..16).map(|at| format!("w{at:02} and of the value in {at:02}")).collect();
    for row in 0..8 {
        // Written across both columns, row by row.
        for column in 0..2 {
            let x = if column == 0 { 50.0 } else { 300.0 };
            let y = 700.0 - 12.0 * f32::from(u8::try_from(row).unwrap_or(0));
            lines.push((x, y, 10.0, words[column * 8 + row].as_str()));
        }
    }
    let read = texts(vec![page(&lines)]).join(" ");
    let order: Vec<usize> = (0..16).filter_map(|at| read.find(&format!("w{at:02}"))).collect();
    assert_eq!(order.len(), 16);
    assert!(order.is_sorted(), "{read}");
}

#[test]
fn lines_set_wide_apart_are_joined() {
    let page = page(&[
        (50.0, 700.0, 10.0, "The Company shall pay to the State a royalty of three per cent"),
        (50.0, 688.0, 10.0, "of the value of all products that are sold in each quarter and"),
        (50.0, 676.0, 10.0, "so on."),
        (50.0, 640.0, 10.0, "It is due on the last day of the quarter, at the price of that"),
        (50.0, 620.0, 10.0, "day, in dollars of the United States of America, into the bank"),
        (50.0, 600.0, 10.0, "that the State names. And no other bank will do in any case of"),
        (50.0, 580.0, 10.0, "payment."),
    ]);
    assert_eq!(texts(vec![page]).len(), 2);
}

#[test]
fn letters_placed_one_by_one_are_one_piece() {
    let mut joined = Page::default();
    for (at, letter) in ["r", "o", "y", "al", " ", "ty"].into_iter().enumerate() {
        let x = 10.0 * f32::from(u8::try_from(at).unwrap_or(0));
        joined.add(Span { text: letter.to_owned(), x, end_x: x + 9.9, y: 5.0, size: 12.0, ..Span::default() });
    }
    joined.add(Span { text: "next".to_owned(), x: 80.0, end_x: 90.0, y: 5.0, size: 12.0, ..Span::default() });
    let texts: Vec<&str> = joined.spans.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(texts, ["royal ty", "next"]);
}

#[test]
fn tags_say_what_a_paragraph_is() {
    use super::backend::Kind;
    let path =
        |elements: &[(Kind, u32)]| elements.iter().map(|(kind, id)| Element { kind: *kind, id: (*id, 0) }).collect();
    let mut page = page(&[
        (50.0, 700.0, 10.0, "Term"),
        (50.0, 680.0, 10.0, "(a)"),
        (80.0, 680.0, 10.0, "ten years"),
        (80.0, 668.0, 10.0, "or more"),
        (50.0, 640.0, 10.0, "1"),
        (90.0, 640.0, 10.0, "Zircon"),
        (50.0, 628.0, 10.0, "2"),
        (90.0, 628.0, 10.0, "Rutile"),
    ]);
    for (span, path) in page.spans.iter_mut().zip([
        path(&[(Kind::Heading(2), 1)]),
        path(&[(Kind::Item, 2), (Kind::Label, 3)]),
        path(&[(Kind::Item, 2), (Kind::Body, 4)]),
        path(&[(Kind::Item, 2), (Kind::Body, 4)]),
        path(&[(Kind::Table, 5), (Kind::Row, 6), (Kind::Cell, 7), (Kind::Paragraph, 70)]),
        path(&[(Kind::Table, 5), (Kind::Row, 6), (Kind::Cell, 8), (Kind::Paragraph, 80)]),
        path(&[(Kind::Table, 5), (Kind::Row, 9), (Kind::Cell, 10), (Kind::Paragraph, 100)]),
        path(&[(Kind::Table, 5), (Kind::Row, 9), (Kind::Cell, 11), (Kind::Paragraph, 110)]),
    ]) {
        span.path = path;
    }
    let draft = draft(vec![page], Some("pt-PT"), (0, 0));
    assert_eq!(draft.lang, Some(Lang::Pt));
    let [Block::Para(title), Block::Para(item), Block::Table(table)] = draft.stories[0].blocks.as_slice() else {
        panic!("{draft:?}")
    };
    assert_eq!((title.heading, title.text.as_str(), item.text.as_str()), (Some(2), "Term", "(a) ten years or more"));
    assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_note_does_not_cut_its_paragraph() {
    use super::backend::Kind;
    let mut page = page(&[
        (50.0, 700.0, 10.0, "The price is that of the port"),
        (200.0, 704.0, 6.0, "1"),
        (50.0, 100.0, 6.0, "1"),
        (56.0, 100.0, 8.0, "30 days of Nacala."),
        (50.0, 688.0, 10.0, "and no other."),
    ]);
    let element = |kind, id| Element { kind, id: (id, 0) };
    let (paragraph, note) = (element(Kind::Paragraph, 1), element(Kind::Note, 2));
    page.spans[0].path = vec![paragraph];
    page.spans[1].path = vec![paragraph, element(Kind::Label, 3), element(Kind::Other, 4)];
    page.spans[2].path = vec![paragraph, note, element(Kind::Label, 5), element(Kind::Other, 6)];
    page.spans[3].path = vec![paragraph, note];
    page.spans[4].path = vec![paragraph];
    let draft = draft(vec![page], None, (0, 0));
    let [Block::Para(para), Block::Para(note)] = draft.stories[0].blocks.as_slice() else { panic!("{draft:?}") };
    assert_eq!(para.text, "The price is that of the port and no other.");
    assert_eq!(note.text, "1 30 days of Nacala.");
}

#[test]
fn what_is_no_pdf_is_an_error() {
    for bytes in [
        b"%PDF-1.7".as_slice(),
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>",
        b"",
        b"%PDF-1.4\nxref\n0 99999999\n",
    ] {
        assert!(read(bytes).is_err());
    }
}

proptest! {
    #[test]
    fn never_panics_on_any_places(spans in prop::collection::vec(("[a-z(). \u{627}\u{644}1-]{0,8}", -9e9f32..9e9, -1e3f32..1e3, 0f32..1e3), 0..40)) {
        let spans = spans.into_iter().map(|(text, x, y, size)| Span { text, x, end_x: x + size, y, size, ..Span::default() }).collect();
        let _ = draft(vec![Page { spans, bottom: 0.0, top: 800.0 }], None, (0, 0));
    }

    #[test]
    fn no_letter_is_lost(words in prop::collection::vec("[a-z]{1,9}", 1..60)) {
        let lines: Vec<(f32, f32, f32, String)> = words
            .chunks(5)
            .zip(0u8..)
            .map(|(words, at)| (50.0, 700.0 - 12.0 * f32::from(at), 10.0, words.join(" ")))
            .collect();
        let lines: Vec<(f32, f32, f32, &str)> = lines.iter().map(|(x, y, size, text)| (*x, *y, *size, text.as_str())).collect();
        prop_assert_eq!(texts(vec![page(&lines)]).join(" ").replace([' ', '3'], ""), words.concat());
    }
}
