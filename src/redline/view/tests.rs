//! Rows of redlines: what is shown and what is left out.

use super::*;
use crate::compare::Comparison;
use crate::document::draft::Draft;
use crate::redline::{Report, Shown, Side, sample};

/// Rows in a short form: status, number, text with signs.
fn told(view: &View<'_>) -> Vec<String> {
    let sign = |status| match status {
        Status::Same => "",
        Status::Inserted => "+",
        Status::Deleted => "-",
        Status::MovedFrom => "<",
        Status::MovedTo => ">",
    };
    let piece = |piece: &Piece<'_>| {
        let Content::Text(text) = piece.content else { return "[object]".to_owned() };
        let ghost = if piece.ghost { "!" } else { "" };
        if piece.status == Status::Same { text.to_owned() } else { format!("{{{ghost}{}{text}}}", sign(piece.status)) }
    };
    let row = |row: &Row<'_>| match row {
        Row::Story(story) => format!("# {}", story.title),
        Row::Skipped(count) => format!("… {count}"),
        Row::Table(_) => "table".to_owned(),
        Row::Line(line) => {
            let label = line.label.map_or(String::new(), |number| match number.is_renumbered() {
                true => format!("{}→{} ", number.old.unwrap_or_default(), number.current()),
                false => format!("{} ", number.current()),
            });
            let text: String = line.pieces.iter().map(piece).collect();
            format!("{}{label}{text}{}", sign(line.status), if line.changed { " *" } else { "" })
        }
    };
    view.rows.iter().map(row).collect()
}

fn report<'a>(sample: &'a (Draft, Draft, Comparison), shown: Shown) -> Report<'a> {
    let (old, new, comparison) = sample;
    Report::new(Side::new("old", "0", old), Side::new("new", "1", new), comparison, shown)
}

#[test]
fn noise_that_is_not_shown_stands_as_in_the_new_draft() {
    let sample = sample::contract();
    let view = view(&report(&sample, Shown::default()), Muted::AsNew);
    let expected = [
        "# Text",
        "1 Royalty",
        "The rate is {-three}{+six} per cent. *",
        "+{+It is audited.} *",
        "<2 {<It is a }{-fair}{< law.} *",
        "3→2 Peace – always.",
        ">3 {>It is a }{!-fair}{+just}{> law.} *",
        "The end.",
    ];
    assert_eq!(told(&view), expected);
    let Row::Line(peace) = &view.rows[5] else { panic!("a line") };
    assert!(peace.label.unwrap().muted && peace.starts.is_empty());
}

#[test]
fn muted_noise_may_be_kept() {
    let sample = sample::contract();
    let view = view(&report(&sample, Shown::default()), Muted::Kept);
    assert_eq!(told(&view)[5], "3→2 Peace {--}{+–} always.");
    let Row::Line(peace) = &view.rows[5] else { panic!("a line") };
    assert!(peace.pieces[1].muted && !peace.pieces[1].is_painted());
    assert_eq!(peace.starts, [3]);
}

#[test]
fn each_change_starts_once() {
    let sample = sample::contract();
    let view = view(&report(&sample, Shown::default()), Muted::AsNew);
    let starts = view.rows.iter().flat_map(|row| match row {
        Row::Line(line) => line.starts.clone(),
        _ => Vec::new(),
    });
    assert_eq!(starts.collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn both_ends_of_a_move_name_the_other() {
    let sample = sample::contract();
    let view = view(&report(&sample, Shown::default()), Muted::AsNew);
    let words = view.rows.iter().filter_map(|row| match row {
        Row::Line(line) => line.passage.map(|passage| (passage.words(), passage.counterpart)),
        _ => None,
    });
    let expected = [("moved to 3, edited".to_owned(), Some(4)), ("moved from 2, edited".to_owned(), Some(2))];
    assert_eq!(words.collect::<Vec<_>>(), expected);
}

#[test]
fn what_did_not_change_can_be_left_out() {
    let sample = sample::contract();
    let all = view(&report(&sample, Shown::default()), Muted::AsNew);
    let condensed = all.clone().condense(0);
    assert_eq!(told(&condensed)[1], "1 Royalty", "the heading above a change stays");
    assert_eq!(told(&condensed).last().unwrap(), "… 1");
    assert_eq!(condensed.rows.iter().filter(|row| row.is_changed()).count(), 4);
    assert_eq!(told(&all.clone().condense(9)), told(&all));
}
