//! Plain text read: paragraphs, numbers, headings.

use proptest::prelude::*;

use super::*;

fn texts(text: &str) -> Vec<String> {
    paragraphs(text).into_iter().map(|para| para.text).collect()
}

#[test]
fn broken_lines_are_joined() {
    let text = "\
MINING DEVELOPMENT AGREEMENT

1. DEFINITIONS

1.1 In this Agreement the following terms shall have the meaning that is
given to them below, unless the context asks for another, as in Article
5. The headings are for convenience.
(a) \"Affiliate\" means any person that controls the Company, or is under the
    common control of a third person;
(b) \"Area\" means the area.

\u{c}The Company shall, at its own risk and expense, carry out the operations of
the mine.
";
    assert_eq!(
        texts(text),
        [
            "MINING DEVELOPMENT AGREEMENT",
            "1. DEFINITIONS",
            "1.1 In this Agreement the following terms shall have the meaning that is given to them below, unless the \
             context asks for another, as in Article 5. The headings are for convenience.",
            "(a) \"Affiliate\" means any person that controls the Company, or is under the common control of a third person;",
            "(b) \"Area\" means the area.",
            "The Company shall, at its own risk and expense, carry out the operations of the mine.",
        ]
    );
}

#[test]
fn a_line_is_a_paragraph_where_lines_are_long() {
    let long = "The Company shall pay to the State a royalty of three per cent of the gross value. ".repeat(3);
    let long = long.trim();
    let text = format!("Agreement\n{long}\n{long}\nTerm\n{long}\n");
    assert_eq!(texts(&text), ["Agreement", long, long, "Term", long]);
}

#[test]
fn short_lines_stay_apart() {
    assert_eq!(texts("Ministry of Mines\nP.O. Box 12\nMaputo\n"), ["Ministry of Mines", "P.O. Box 12", "Maputo"]);
}

#[test]
fn headings_are_guessed() {
    let mut draft = read("AGREEMENT\n\nArticle 1 – Term\n\n1.1 Ten years.\n\nArticle 2 – Law\n\n2.1 English law.\n");
    label::settle(&mut draft);
    guess_headings(&mut draft);
    let mut headings = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| headings.push(para.heading.is_some()));
    assert_eq!(headings, [true, true, false, true, false]);
}

proptest! {
    #[test]
    fn no_word_is_lost(words in prop::collection::vec("([a-z]{1,9}|\\(a\\)|1\\.|\n|\n\n|    )", 0..120)) {
        let text = words.join(" ");
        let before: Vec<&str> = text.split_whitespace().collect();
        let after = texts(&text).join(" ");
        let after: Vec<&str> = after.split_whitespace().collect();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn never_panics(text in "\\PC{0,200}") {
        let _ = texts(&text);
    }
}
