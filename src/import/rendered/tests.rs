//! Documents written down as drafts.

use proptest::prelude::*;

use super::*;
use crate::document::draft::{Block, ObjectKind, StoryKind};
use crate::document::label;

fn paras(text: &str) -> Vec<String> {
    let draft = read(text, Tracked::Accepted).expect("reads");
    let mut out = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| {
        let label = para.label.as_ref().map(|label| format!("[{}] ", label.text)).unwrap_or_default();
        let heading = para.heading.map(|depth| "#".repeat(depth.into()) + " ").unwrap_or_default();
        out.push(format!("{heading}{label}{}", para.text));
    });
    out
}

#[test]
fn what_is_rendered() {
    let text = "---\ntitle: T\n---\n# A & B\n\nOne *two*\nthree `a  b`  \nfour \\* &copy;\n\n1. x\n2. y\n   - z\n\n> q\n\n\
        ```\nl1\n l2\n```\n\n- [x] done\n";
    assert_eq!(
        paras(text),
        ["# A & B", "One two three a  b\nfour * ©", "[1.] x", "[2.] y", "[•] z", "q", "l1\n l2", "[•] ☑ done"]
    );
}

#[test]
fn tables_notes_pictures_and_html() {
    let text = "| a | b |\n|---|---|\n| 1 | 2 |\n\nText[^n] and ![alt](p.png) <del>old</del><ins>new</ins>.\n\n[^n]: The *note*.\n";
    let draft = read(text, Tracked::Accepted).expect("reads");
    let [Block::Table(table), Block::Para(para)] = draft.stories[0].blocks.as_slice() else { panic!("{draft:?}") };
    assert_eq!((table.rows.len(), table.rows[0].cells.len()), (2, 2));
    assert_eq!(para.text, "Text\u{fffc} and \u{fffc} new.");
    assert_eq!((para.objects[0].kind, para.objects[1].kind), (ObjectKind::Note(1), ObjectKind::Image));
    assert_eq!(para.objects[1].name, "alt");
    assert_eq!(draft.stories[1].kind, StoryKind::Footnote);
    let Block::Para(note) = &draft.stories[1].blocks[0] else { panic!("{draft:?}") };
    assert_eq!(note.text, "The note.");
    assert_eq!(read(text, Tracked::Refuse), Err(HtmlError::Tracked));
}

#[test]
fn the_sample_contract_has_its_clauses() {
    let text = include_str!("../../../fixtures/unit/cases/moz-005/contract/v1.md");
    let mut draft = read(text, Tracked::Accepted).expect("reads");
    label::settle(&mut draft);
    let mut seen = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| {
        if let (Some(label), Some(level)) = (&para.label, para.level) {
            seen.push(format!("{} {level}", label.text));
        }
    });
    assert_eq!(seen[..4], ["Cláusula 1.ª 1", "1.1. 2", "(a) 3", "(b) 3"], "{seen:?}");
    assert!(seen.iter().any(|one| one == "8.3. 2"), "{seen:?}");
}

proptest! {
    #[test]
    fn never_panics(text in "[-#>*_`|\\[\\]()!&<a-c0-9. \n\t^:/\"=~]{0,120}") {
        let _ = read(&text, Tracked::Accepted);
    }

    #[test]
    fn words_come_through(words in prop::collection::vec("[a-zé]{1,8}", 1..30)) {
        let text = words.join(" ");
        prop_assert_eq!(paras(&text), [text]);
    }
}
