//! Rule 17: references are unique, and the unit's running numbers leave none out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Facts, Report};
use crate::case::model::Case;
use crate::diagnostic::Code;

/// Compares the references of all documents of the case.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let own = unit_references(case);
    let request = case
        .request
        .as_ref()
        .and_then(|request| request.reference.get())
        .map(|reference| ("request.reference".to_owned(), reference.as_str()));
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, reference) in request.iter().chain(&own) {
        if let Some(first) = seen.get(reference) {
            let message = format!("the reference `{reference}` is used twice in the case");
            report.fault(Code::ReferenceRepeated, path, message, "give each document a reference of its own");
            report.see(first, "the other document");
        } else {
            seen.insert(reference, path);
        }
    }
    let replaced = [
        ("request.replaces", case.request.as_ref().map(|request| (request.replaces.as_ref(), request.reference.get()))),
        (
            "approval.replaces",
            case.approval.as_ref().map(|approval| (approval.replaces.as_ref(), approval.reference.get())),
        ),
    ];
    for (path, letter) in replaced {
        if let Some((Some(old), Some(new))) = letter
            && old == new
        {
            report.fault(
                Code::ReferenceRepeated,
                path,
                format!("the letter `{new}` replaces itself"),
                "write the reference of the earlier letter, or delete the line",
            );
        }
    }
    if let (Some(pattern), Some(id)) = (&facts.unit.value.reference_pattern, case.id.get()) {
        gaps(pattern, &id.0, &own, report);
    }
}

/// Lists the references that the unit gives.
fn unit_references(case: &Case) -> Vec<(String, &str)> {
    let single = [
        ("due_diligence.reference", case.due_diligence.as_ref().and_then(|it| it.reference.get())),
        ("approval.reference", case.approval.as_ref().and_then(|it| it.reference.get())),
        ("decline.reference", case.decline.as_ref().and_then(|it| it.reference.get())),
        ("scoping.reference", case.scoping.as_ref().and_then(|it| it.reference.get())),
    ];
    let mut references: Vec<(String, &str)> = Vec::new();
    references.extend(single.into_iter().filter_map(|(path, reference)| Some((path.to_owned(), reference?.as_str()))));
    for (key, expert) in case.experts.iter() {
        let reference = expert.declaration.as_ref().and_then(|declaration| declaration.reference.get());
        references
            .extend(reference.map(|reference| (format!("experts.{key}.declaration.reference"), reference.as_str())));
    }
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        references.extend(
            evaluation.reference.get().map(|reference| (format!("evaluations[{at}].reference"), reference.as_str())),
        );
    }
    references
}

/// Reports numbers left out between the first and the last of the case.
///
/// Numbers that are repeated under different kinds are counted for each kind apart.
fn gaps(pattern: &str, id: &str, references: &[(String, &str)], report: &mut Report<'_>) {
    // Without the case in the pattern, numbers run through all cases of the unit and gaps mean nothing here.
    if !pattern.contains("{number}") || !pattern.contains("{case}") {
        return;
    }
    let Some(parts) = parts(pattern) else { return };
    let mut found: Vec<(Numbered, &str)> = references
        .iter()
        .filter(|(_, reference)| reference.len() <= LONGEST_REFERENCE)
        .filter_map(|(path, reference)| Some((numbered(&parts, reference, id)?, path.as_str())))
        .collect();
    let distinct: BTreeSet<_> = found.iter().map(|(numbered, _)| (&numbered.year, numbered.number)).collect();
    if distinct.len() == found.len() {
        found.iter_mut().for_each(|(numbered, _)| numbered.kind.clear());
    }
    let mut series: BTreeMap<(String, String), BTreeMap<u32, &str>> = BTreeMap::new();
    for (numbered, path) in found {
        series.entry((numbered.year, numbered.kind)).or_default().insert(numbered.number, path);
    }
    for numbers in series.values() {
        for ((before, first), (after, second)) in numbers.iter().zip(numbers.iter().skip(1)) {
            if after - before > 1 {
                let missing = if after - before == 2 {
                    format!("number {} is", before + 1)
                } else {
                    format!("numbers {} to {} are", before + 1, after - 1)
                };
                report.fault(
                    Code::ReferenceGap,
                    second,
                    format!("{missing} left out in the references of the case"),
                    "record the document that has the number, or leave it if the number was skipped",
                );
                report.see(first, "the number before");
            }
        }
    }
}

/// A part of a pattern.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Text(&'a str),
    Place(&'a str),
}

/// What a reference says by its pattern.
#[derive(Debug, Default, Clone, PartialEq)]
struct Numbered {
    year: String,
    kind: String,
    number: u32,
}

/// Longest reference, in bytes, that is read by the pattern.
const LONGEST_REFERENCE: usize = 200;

/// Splits a pattern; `None` where it cannot be read, names a part twice or does not tell two places apart.
fn parts(pattern: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}')?;
        if open > 0 {
            parts.push(Part::Text(&rest[..open]));
        }
        let place = Part::Place(&rest[open + 1..close]);
        // Each place once, so that reading stays cheap whatever the pattern.
        if parts.contains(&place) {
            return None;
        }
        // Where one place ends and the next begins is told by a text between them; `{kind}{number}` by its digits.
        if open == 0
            && let (Some(Part::Place(before)), Part::Place(name)) = (parts.last(), &place)
            && (*before, *name) != ("kind", "number")
        {
            return None;
        }
        parts.push(place);
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    (parts.len() <= 12).then_some(parts)
}

/// Reads a reference by a pattern.
fn numbered(parts: &[Part<'_>], reference: &str, id: &str) -> Option<Numbered> {
    read(parts, reference, id, &mut BTreeSet::new())
}

/// Reads the rest of a reference by the rest of a pattern.
///
/// `dead` holds the rests, by their lengths, that are known not to fit: each is tried once.
fn read(parts: &[Part<'_>], reference: &str, id: &str, dead: &mut BTreeSet<(usize, usize)>) -> Option<Numbered> {
    let rest = (parts.len(), reference.len());
    if dead.contains(&rest) {
        return None;
    }
    let found = read_anew(parts, reference, id, dead);
    if found.is_none() {
        dead.insert(rest);
    }
    found
}

fn read_anew(parts: &[Part<'_>], reference: &str, id: &str, dead: &mut BTreeSet<(usize, usize)>) -> Option<Numbered> {
    let Some((part, others)) = parts.split_first() else { return reference.is_empty().then(Numbered::default) };
    match part {
        Part::Text(text) => read(others, reference.strip_prefix(text)?, id, dead),
        Part::Place("case") => read(others, reference.strip_prefix(id)?, id, dead),
        Part::Place(name) => {
            let fits = |letter: char| match *name {
                "number" | "year" => letter.is_ascii_digit(),
                _ => letter.is_alphanumeric(),
            };
            let longest = reference.find(|letter| !fits(letter)).unwrap_or(reference.len());
            let ends =
                reference.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= longest);
            // The longest reading first: `{kind}{number}` is the user's to part.
            ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| {
                let mut found = read(others, &reference[end..], id, dead)?;
                let text = &reference[..end];
                match *name {
                    "number" => found.number = text.parse().ok()?,
                    "year" if text.len() != 4 => return None,
                    "year" => found.year = text.to_owned(),
                    "kind" => found.kind = text.to_owned(),
                    _ => {}
                }
                Some(found)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_by_the_pattern() {
        let parts = parts("{unit}/{year}/{case}/{kind}-{number}").expect("pattern");
        let read = |reference| numbered(&parts, reference, "GIN-001");
        assert_eq!(
            read("ESU/2026/GIN-001/APP-002"),
            Some(Numbered { year: "2026".into(), kind: "APP".into(), number: 2 })
        );
        for other in [
            "ESU/26/GIN-001/APP-002",
            "ESU/2026/GIN-002/APP-002",
            "ESU/2026/GIN-001/APP-",
            "ESU/2026/GIN-001/APP-002b",
            "ESU/2026/GIN-001/APP-99999999999",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn a_pattern_of_many_readings_is_read_in_no_time() {
        let parts = parts("{a}a{b}a{c}a{d}a{e}-{number}").expect("pattern");
        assert_eq!(numbered(&parts, &"a".repeat(LONGEST_REFERENCE), "GIN-001"), None);
    }

    #[test]
    fn odd_patterns_are_left_alone() {
        assert_eq!(parts("{unit"), None);
        assert_eq!(parts("{kind}{kind}"), None);
        assert_eq!(parts("{unit}{kind}/{number}"), None);
        assert!(parts("{case}/{kind}{number}").is_some());
    }
}
