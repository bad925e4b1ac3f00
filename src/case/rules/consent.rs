//! Rule 15: nothing becomes public without the government's consent; an anonymised case has a name to go by.

use super::names::words;
use super::{Facts, Report};
use crate::case::model::{Confidentiality, Local};
use crate::diagnostic::Code;

/// Checks consent, alias and anonymous answers.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let anonymised = case.anonymised == Some(true);
    // Anonymised or not: the documents still name country, project and people.
    if case.confidentiality == Some(Confidentiality::Public) && case.publication_consent != Some(true) {
        let hint =
            "write `publication_consent: yes` once the government has agreed in writing, or another confidentiality";
        report.fault(
            Code::ConsentMissing,
            "confidentiality",
            "the case is public but the government has not agreed to that",
            hint,
        );
        if facts.case.has("publication_consent") {
            report.see("publication_consent", "the consent");
        }
    }
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        if evaluation.anonymous == Some(true) && evaluation.respondent.is_some() {
            report.fault(
                Code::ConsentMissing,
                &format!("evaluations[{at}].respondent"),
                "the answers are anonymous but the form names who gives them",
                "delete the line, or write `anonymous: no` if the person agrees to be named",
            );
            report.see(&format!("evaluations[{at}].anonymous"), "anonymous here");
        }
    }
    let Some(project) = case.project.get().filter(|_| anonymised) else { return };
    let Some(alias) = &project.alias else {
        report.fault(
            Code::ConsentMissing,
            "project",
            "the case is anonymised but the project has no other name",
            "write `project.alias`, as `an aluminium project in West Africa`",
        );
        report.see("anonymised", "anonymised here");
        return;
    };
    let investors = super::items(&case.investors).iter().filter_map(|investor| investor.name.get().cloned());
    let given_away = project
        .name
        .get()
        .map(texts)
        .unwrap_or_default()
        .into_iter()
        .cloned()
        .chain(investors)
        .find(|name| texts(alias).iter().any(|alias| holds(alias, name)));
    if let Some(name) = given_away {
        let message = format!("the case is anonymised but the name that stands for the project gives `{name}` away");
        report.fault(
            Code::ConsentMissing,
            "project.alias",
            message,
            "write an alias that names neither the project nor an investor",
        );
    }
}

fn texts(local: &Local) -> Vec<&String> {
    local.plain.iter().chain(local.by_lang.iter().map(|(_, text)| text)).collect()
}

/// Returns whether a text holds all words of a name in a row.
fn holds(text: &str, name: &str) -> bool {
    let (text, name) = (words(text), words(name));
    !name.is_empty() && text.windows(name.len()).any(|part| part == name)
}
