//! Redlines on a terminal and in a pipe.

use super::*;
use crate::compare::Comparison;
use crate::document::draft::Draft;
use crate::redline::{Report, Shown, Side, sample};

fn report<'a>(sample: &'a (Draft, Draft, Comparison), shown: Shown) -> Report<'a> {
    let (old, new, comparison) = sample;
    Report::new(Side::new("v1.txt", "0", old), Side::new("v2.txt", "1", new), comparison, shown)
}

const PLAIN: Options = Options { coloured: false, columns: None, stat: false };

#[test]
fn a_pipe_gets_signs() {
    let sample = sample::contract();
    let text = write(&report(&sample, Shown::default()), PLAIN);
    insta::assert_snapshot!(text);
}

#[test]
fn an_overview_has_a_bar_for_each_clause() {
    let sample = sample::contract();
    let text = write(&report(&sample, Shown::default()), Options { stat: true, ..PLAIN });
    insta::assert_snapshot!(text);
}

#[test]
fn lines_keep_to_the_width_of_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let sample = sample::contract();
    let shown = Shown { changes_only: true, ..Shown::default() };
    for columns in [40, 60, 100] {
        let text = write(&report(&sample, shown.clone()), Options { columns: Some(columns), ..PLAIN });
        let redline = text.split("\n\n").last().unwrap();
        assert!(redline.lines().all(|line| line.width() <= columns), "{columns}\n{redline}");
    }
}

#[test]
fn every_coloured_line_ends_without_colour() {
    let sample = sample::contract();
    let options = Options { coloured: true, columns: Some(50), stat: false };
    let text = write(&report(&sample, Shown::default()), options);
    assert!(text.contains("\x1b[4;32msix\x1b[0m") && text.contains("\x1b[9;31mthree\x1b[0m"), "{text:?}");
    for line in text.lines() {
        assert_eq!(line.matches("\x1b[").count() % 2, 0, "{line:?}");
        assert!(!line.contains("\x1b[") || line.rfind("\x1b[0m") == line.rfind("\x1b["), "{line:?}");
    }
}

#[test]
fn a_draft_cannot_command_the_terminal() {
    assert_eq!(ink::harmless("a\x1b]0;x\x07\u{202e}b\tc\u{9b}"), "a<U+001B>]0;x<U+0007><U+202E>b  c<U+009B>");
}
