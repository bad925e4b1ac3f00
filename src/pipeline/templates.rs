//! Checking the templates in force: each is filled in with a complete and with a minimal case.
//!
//! The two cases travel in the program, so that templates can be checked where there is no case yet.

use std::collections::{BTreeMap, BTreeSet};

use super::{Inputs, document};
use crate::case::eligibility::Lists;
use crate::case::kind::{DocumentKind, subjects};
use crate::case::model::{Case, Unit};
use crate::case::{self, Loaded};
use crate::diagnostic::{Code, Diagnostic, Warned, sort};
use crate::document::Status;
use crate::export::pdf;
use crate::template::{Library, check};
use crate::typeset::Typesetter;

const COMPLETE_CASE: &[u8] = include_bytes!("../../fixtures/unit/cases/gin-001/case.yaml");
const COMPLETE_UNIT: &[u8] = include_bytes!("../../fixtures/unit/engross.yaml");
const MINIMAL_CASE: &[u8] = include_bytes!("../../fixtures/check/minimal/case.yaml");
const MINIMAL_UNIT: &[u8] = include_bytes!("../../fixtures/check/minimal/engross.yaml");

/// A case that comes with the program, for trying templates.
#[derive(Debug)]
pub struct Sample {
    /// What it is called in messages.
    pub name: &'static str,
    /// The case.
    pub case: Loaded<Case>,
    /// The unit.
    pub unit: Loaded<Unit>,
}

/// Returns the complete and the minimal case.
pub fn samples() -> [Sample; 2] {
    [
        Sample {
            name: "the complete sample case",
            case: case::load("sample/case.yaml", COMPLETE_CASE),
            unit: case::load_unit("sample/engross.yaml", COMPLETE_UNIT),
        },
        Sample {
            name: "the minimal sample case",
            case: case::load("minimal/case.yaml", MINIMAL_CASE),
            unit: case::load_unit("minimal/engross.yaml", MINIMAL_UNIT),
        },
    ]
}

/// Finds the faults of all templates: syntax, undefined variables, unknown words, blocks that cannot
/// be read, pages that cannot be set, unused clauses, missing languages.
pub fn check(library: &Library, typesetter: &Typesetter) -> Vec<Diagnostic> {
    let mut faults = check::still(library);
    let files = BTreeMap::new();
    for sample in samples() {
        let inputs = Inputs { case: &sample.case, unit: &sample.unit, library, lists: Lists::shipped(), files: &files };
        for lang in check::languages(library) {
            let mut seen: BTreeSet<DocumentKind> = BTreeSet::new();
            for subject in subjects(&sample.case.value, lang) {
                // One expert and one evaluation stand for all: the template is the same.
                if library.languages(subject.kind).contains(&lang) && seen.insert(subject.kind) {
                    let Warned { output, faults: found } = document(&inputs, &subject, Status::Draft);
                    let sound = !found.iter().any(Diagnostic::is_error);
                    let with = format!("met with {}", sample.name);
                    faults.extend(found.into_iter().map(|fault| fault.hint(with.clone())));
                    if let Some(document) = output.filter(|_| sound) {
                        let set = pdf::write(&document, typesetter, "templates check");
                        faults.extend(set.err().into_iter().flatten().map(|fault| fault.hint(with.clone())));
                    }
                }
            }
        }
    }
    sort(&mut faults);
    merge_alike(&mut faults);
    faults
}

/// Keeps one of the faults that both samples meet at the same place.
fn merge_alike(faults: &mut Vec<Diagnostic>) {
    faults.dedup_by(|next, kept| {
        let alike = next.code == kept.code
            && next.span == kept.span
            && next.message == kept.message
            && next.code != Code::LanguageMissing;
        if alike {
            let hints = std::mem::take(&mut next.hints);
            kept.hints.extend(hints.into_iter().filter(|hint| !kept.hints.contains(hint)).collect::<Vec<_>>());
        }
        alike
    });
}
