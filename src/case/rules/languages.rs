//! Rule 18: the approval goes out in the language of the request; further languages are courtesy copies.

use super::{Facts, Report};
use crate::diagnostic::Code;

/// Compares the languages of the approval with the language of the case.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let (Some(language), Some(approval)) = (case.language.get(), &case.approval) else { return };
    // Without a list the letter goes out in the language of the case.
    if approval.languages.is_empty() || approval.languages.contains(language) {
        return;
    }
    let codes: Vec<_> = std::iter::once(language).chain(&approval.languages).map(|lang| lang.code()).collect();
    let given: Vec<_> = approval.languages.iter().map(|lang| format!("`{}`", lang.code())).collect();
    let message =
        format!("the request is in `{}` but the approval goes out in {} only", language.code(), given.join(", "));
    report.fault(
        Code::LanguageNotCovered,
        "approval.languages",
        message,
        format!("write `languages: [{}]`", codes.join(", ")),
    );
    report.see("language", "the language of the case and its request");
}
