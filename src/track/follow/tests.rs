//! Histories of clauses, on small drafts and on those of case MOZ-005.

use proptest::prelude::*;

use super::super::model::{Mark, Marked, NetKind, What};
use super::super::sample::{draft, followed, followed_on, moz, told};
use super::super::{Track, matrix};

const RATE: &str = "## Clause 1 – Royalty\n\n1.1. The Company pays a royalty of three per cent of the gross value.";
const TERM: &str = "## Clause 2 – Term\n\n2.1. This Agreement lasts for twenty years from the day of its signature.";
const LAW: &str = "2.2. It may be renewed once, at the written request of the Company, for ten more years.";

fn text(parts: &[&str]) -> crate::document::draft::Draft {
    draft(&parts.join("\n\n"))
}

fn whats(track: &Track, number: &str) -> Vec<Vec<What>> {
    let last = track.rounds.len();
    let has = |clause: &&super::History| clause.states.iter().flatten().any(|state| state.number == number);
    let clause = track.clauses.iter().find(has).unwrap_or_else(|| panic!("no clause {number}"));
    (0..last).map(|round| clause.events[round].what.clone()).collect()
}

#[test]
fn a_clause_that_is_deleted_and_comes_back_keeps_its_history() {
    let track = followed(&[text(&[RATE, TERM, LAW]), text(&[RATE, TERM]), text(&[RATE, TERM, LAW])]);
    assert_eq!(
        whats(&track, "2.2"),
        [vec![What::First], vec![What::Deleted], vec![What::BroughtBack { from: 0, same: true }]]
    );
    let same = track.clauses.iter().find(|clause| clause.id == "v1:2.2").expect("one history");
    assert_eq!(same.net.kind, NetKind::ThereAndBack);
}

#[test]
fn words_that_go_there_and_back_are_told() {
    let six = RATE.replace("three", "six");
    let track = followed(&[text(&[RATE]), text(&[&six]), text(&[RATE])]);
    assert_eq!(whats(&track, "1.1"), [vec![What::First], vec![What::Edited], vec![What::Reverted { to: 0 }]]);
}

#[test]
fn two_drafts_on_one_base_may_clash() {
    let (six, five) = (RATE.replace("three", "six"), RATE.replace("three", "five"));
    let drafts = [text(&[RATE, TERM]), text(&[&six, TERM]), text(&[&five, TERM])];
    let track = followed_on(&drafts, &[None, Some(0), Some(0)]);
    let [conflict] = track.conflicts.as_slice() else { panic!("{:?}", track.conflicts) };
    assert_eq!((conflict.origin, conflict.one, conflict.other, conflict.same), (0, 1, 2, false));
    assert_eq!(track.clauses[conflict.clause].latest().map(|state| state.number.as_str()), Some("1.1"));
    let one = followed(&drafts);
    assert!(one.conflicts.is_empty());
}

#[test]
fn a_base_that_is_no_earlier_draft_counts_as_none() {
    let track = followed_on(&[text(&[RATE]), text(&[TERM])], &[Some(7), Some(1)]);
    assert!(track.rounds.iter().all(|round| round.base.is_none()));
    assert!(track.steps.is_empty());
    assert!(followed(&[]).clauses.is_empty());
}

#[test]
fn the_sample_is_told_as_its_page_says() {
    let track = followed(&moz());
    let told = told(&track);
    for line in [
        "Cláusula 5.ª Ramal de Gás e acesso de terceiros: v3 moved; renumbered Cláusula 14.ª → Cláusula 5.ª [unchanged]",
        "6.4 Royalty: v2 replaced by other words | v3 edited; renumbered 5.4 → 6.4 | v4 back to the words of v2 [edited]",
        "10.4 Conteúdo local: v2 inserted | v3 deleted | v4 brought back, word for word as in v2 [inserted]",
        "13.2 Cessão e mudança de controlo: v2 edited | v3 renumbered 12.2 → 13.2 | v4 edited; a sentence deleted in v2 is back [edited]",
        "footnote 1: v2 inserted | v3 edited | v4 back to the words of v2 [inserted]",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let silence = track.returns.iter().find(|back| back.text.starts_with("Decorridos 45")).expect("it is back");
    assert_eq!((silence.had, silence.deleted, silence.back), (0, 1, 3));
}

#[test]
fn changes_without_an_issue_are_proposed() {
    let mut track = followed(&moz());
    matrix::fill(&mut track, None);
    assert!(!track.issues.is_empty() && track.issues.iter().all(|issue| issue.is_proposal));
    let mut ids: Vec<&str> = track.issues.iter().map(|issue| issue.id.as_str()).collect();
    ids.dedup();
    assert_eq!(ids.len(), track.issues.len());
    let covered = |clause: usize| track.issues.iter().any(|issue| issue.clauses.contains(&clause));
    let edited = track.clauses.iter().enumerate().filter(|(_, clause)| clause.net.kind == NetKind::Edited);
    let in_clause =
        |clause: &super::History| clause.latest().is_some_and(|state| state.part == super::super::model::Part::Clause);
    for (at, clause) in edited.filter(|(_, clause)| in_clause(clause)) {
        assert!(covered(at), "{}", clause.id);
    }
}

/// The words that one side of a redline has.
fn side(lines: &[Marked], other: Mark) -> String {
    let pieces = lines.iter().flat_map(|line| match line {
        Marked::Para(line) => line.clone(),
        Marked::Row(cells) => cells.concat(),
    });
    let kept = pieces.filter(|piece| piece.mark != other).map(|piece| piece.text);
    kept.collect::<String>().split_whitespace().collect()
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["gross", "value", "pays", "three", "years", "term", "shall"]), 4..9)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_clause_of_every_draft_has_one_history(texts in prop::collection::vec(prop::collection::vec(sentence(), 1..5), 1..4)) {
        let drafts: Vec<_> = texts
            .iter()
            .map(|clauses| {
                let lines = clauses.iter().enumerate().map(|(at, text)| format!("1.{}. {text}.", at + 1));
                draft(&format!("## Clause 1 – All\n\n{}", lines.collect::<Vec<_>>().join("\n\n")))
            })
            .collect();
        let track = followed(&drafts);
        for (round, clauses) in texts.iter().enumerate() {
            let states = track.clauses.iter().filter(|clause| clause.states[round].is_some()).count();
            prop_assert_eq!(states, clauses.len() + 1);
        }
        for clause in &track.clauses {
            prop_assert_eq!(clause.states.len(), texts.len());
            for (round, event) in clause.events.iter().enumerate().filter(|(_, event)| !event.redline.is_empty()) {
                // One paragraph each: the redline gives back both sides.
                let whole = |at: usize| clause.states[at].as_ref().map_or_else(String::new, |state| state.text.split_whitespace().collect());
                prop_assert_eq!(side(&event.redline, Mark::Deleted), whole(round));
            }
        }
    }
}
