//! Drafts for the tests: the Markdown of case MOZ-005 read in the plainest way, and small ones.

use std::fmt::Write;

use super::follow::{Given, follow};
use super::model::Track;
use crate::case::model::DraftAuthor;
use crate::document::draft::{
    Block, Cell, Draft, DraftFormat, Label, OBJECT, Object, ObjectKind, Para, Row, Story, StoryKind, Table,
};
use crate::locale::Lang;

/// Reads Markdown with numbered clauses, tables and footnotes.
pub(super) fn draft(markdown: &str) -> Draft {
    let mut body = Vec::new();
    let mut notes: Vec<Story> = Vec::new();
    for block in markdown.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        if let Some(note) = block.strip_prefix("[^1]: ") {
            let blocks = vec![Block::Para(Para::plain(note))];
            notes.push(Story { kind: StoryKind::Footnote, name: "1".to_owned(), blocks });
        } else if block.starts_with("| ") {
            let rows = block.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| {
                let cells = line.trim_matches('|').split('|').map(|cell| Cell {
                    blocks: vec![Block::Para(Para::plain(cell.trim()))],
                    columns: 1,
                    ..Cell::default()
                });
                Row { cells: cells.collect(), source: 0 }
            });
            body.push(Block::Table(Table { rows: rows.collect(), source: 0 }));
        } else {
            body.push(Block::Para(paragraph(block)));
        }
    }
    let mut stories = vec![Story { kind: StoryKind::Body, name: String::new(), blocks: body }];
    stories.extend(notes);
    Draft { format: DraftFormat::Markdown, lang: Some(Lang::Pt), stories, comments: Vec::new(), caveats: Vec::new() }
}

fn paragraph(block: &str) -> Para {
    let hashes = block.bytes().take_while(|byte| *byte == b'#').count();
    let text = block[hashes..].trim_start().replace("**", "").replace('\n', " ");
    let mut para = Para { heading: u8::try_from(hashes).ok().filter(|it| *it > 0), ..Para::plain(text) };
    if let Some(at) = para.text.find("[^1]") {
        para.text.replace_range(at..at + 4, &OBJECT.to_string());
        para.objects.push(Object { at, kind: ObjectKind::Note(1), name: "1".to_owned(), digest: 0 });
    }
    let end = if hashes > 0 { para.text.find(" – ").map(|at| at + " – ".len()) } else { None };
    let number = para.text.split(' ').next().unwrap_or_default();
    let decimal = number.strip_suffix('.').is_some_and(|number| number.contains('.') && number.split('.').all(digits));
    let letter = number.starts_with('(') && number.ends_with(')') && number.len() == 3;
    if let Some(end) = end {
        let label = para.text[..end].trim_end_matches(" – ").to_owned();
        para.label = Some(Label { text: label, typed: Some(end) });
        para.level = Some(1);
    } else if decimal || letter {
        para.label = Some(Label { text: number.to_owned(), typed: Some(number.len() + 1) });
        para.level = Some(if decimal { 2 } else { 3 });
    }
    para
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the four drafts of case MOZ-005.
pub(super) fn moz() -> Vec<Draft> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/unit/cases/moz-005/contract");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{name}.md")).expect("the fixture is there");
    ["v1", "v2", "v3", "v4"].map(|name| draft(&read(name))).into()
}

/// Follows drafts that were each made from the one before, the first by the investor, then by turns.
pub(super) fn followed(drafts: &[Draft]) -> Track {
    let bases: Vec<Option<usize>> = (0..drafts.len()).map(|at| at.checked_sub(1)).collect();
    followed_on(drafts, &bases)
}

/// Follows drafts that were made from those named.
pub(super) fn followed_on(drafts: &[Draft], bases: &[Option<usize>]) -> Track {
    let given: Vec<Given<'_>> = drafts
        .iter()
        .zip(bases)
        .enumerate()
        .map(|(at, (draft, base))| Given {
            id: format!("v{}", at + 1),
            file: format!("contract/v{}.md", at + 1),
            date: None,
            from: Some(if at % 2 == 0 { DraftAuthor::Investor } else { DraftAuthor::Government }),
            base: *base,
            place: None,
            sha256: "0".repeat(64),
            draft,
        })
        .collect();
    follow("Sample", None, Lang::En, &given)
}

/// Tells what happened, a line for each clause to which anything did.
pub(super) fn told(track: &Track) -> String {
    let say = super::say::Say::new(track);
    let mut out = String::new();
    for history in track.clauses.iter().filter(|history| history.has_changed()) {
        let events: Vec<String> = (0..track.rounds.len())
            .map(|at| (at, say.event(history, at)))
            .filter(|(_, event)| !event.is_empty() && event != "in the first draft")
            .map(|(at, event)| format!("{} {event}", track.name_of(at)))
            .collect();
        let name = history.latest().map(|state| say.state(state)).unwrap_or_default();
        let _ = writeln!(out, "{name}: {} [{}]", events.join(" | "), say.net(history.net.kind));
    }
    out
}
