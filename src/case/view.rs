//! The data that a template may see: the case, the unit, and what the one document is about.

use super::data::{Data, People, Scope};
use super::field::Value;
use super::kind::{DocumentKind, Subject};
use super::model::{Case, Expert, Person, Unit};
use crate::locale::Lang;

/// Sections that no document for others may draw on, whatever its template asks for: the due diligence,
/// the positions in the negotiation, remarks on drafts. (Experts' day rates go the same way.)
const INTERNAL: &[&str] = &["due_diligence", "issues", "rounds"];

/// Gives everything that the template of a document may see; what is internal stays out.
pub fn data(case: &Case, unit: &Unit, subject: &Subject, draft: bool) -> Data {
    let everybody = Everybody { case, unit };
    let fallback = case.language.get().copied().unwrap_or(subject.lang);
    let scope = Scope { lang: subject.lang, fallback, people: &everybody };
    let mut data = match case.data(&scope, "") {
        Data::Map(entries) => entries,
        _ => Vec::new(),
    };
    let unit_scope = Scope { fallback: unit.language.get().copied().unwrap_or(fallback), ..scope };
    data.retain(|(name, _)| !INTERNAL.contains(&name.as_str()));
    for (name, value) in &mut data {
        if name == "experts" || name == "people" {
            *value = all_named(std::mem::replace(value, Data::Null), subject.lang);
        }
    }
    data.push(("unit".into(), unit.data(&unit_scope, "unit")));
    data.push((
        "doc".into(),
        Data::Map(vec![
            ("kind".into(), Data::Text(subject.kind.name().into())),
            ("lang".into(), Data::Text(subject.lang.code().into())),
            ("draft".into(), Data::Bool(draft)),
        ]),
    ));
    match subject.kind {
        DocumentKind::RequestLetter => require(&mut data, "request", <super::model::Request as Value>::blank),
        DocumentKind::ApprovalLetter => {
            require(&mut data, "request", <super::model::Request as Value>::blank);
            require(&mut data, "approval", <super::model::Approval as Value>::blank);
        }
        DocumentKind::TermsOfReference => {
            require(&mut data, "approval", <super::model::Approval as Value>::blank);
            require(&mut data, "scoping", <super::model::Scoping as Value>::blank);
        }
        DocumentKind::CodeOfConduct => {
            let key = subject.expert.as_deref().unwrap_or_default();
            let expert =
                everybody.expert(key, &scope).unwrap_or_else(|| Expert::blank_with_name(&format!("experts.{key}")));
            data.push(("expert".into(), expert));
        }
        DocumentKind::EvaluationForm => {
            let at = subject.evaluation.unwrap_or_default();
            let path = format!("evaluations[{at}]");
            let evaluation = case.evaluations.get(at);
            let given = evaluation.map_or_else(
                || <super::model::Evaluation as Value>::blank(&path),
                |evaluation| evaluation.data(&scope, &path),
            );
            data.push(("evaluation".into(), given));
            let key = evaluation.and_then(|evaluation| evaluation.activity.get());
            let activity = key.and_then(|key| {
                case.activities.get(key).map(|activity| activity.data(&scope, &format!("activities.{key}")))
            });
            data.push((
                "activity".into(),
                activity.unwrap_or_else(|| <super::model::Activity as Value>::blank("activities")),
            ));
        }
    }
    Data::Map(data)
}

/// Puts blanks where the section that a document is about is missing.
fn require(data: &mut [(String, Data)], key: &str, blank: fn(&str) -> Data) {
    if let Some((_, value)) = data.iter_mut().find(|(name, value)| name == key && *value == Data::Null) {
        *value = blank(key);
    }
}

/// Finds people in the case and then in the unit's profile.
#[derive(Debug)]
struct Everybody<'a> {
    case: &'a Case,
    unit: &'a Unit,
}

impl People for Everybody<'_> {
    fn person(&self, key: &str, scope: &Scope<'_>) -> Option<Data> {
        let (person, path) = match self.case.people.get(key) {
            Some(person) => (person, format!("people.{key}")),
            None => (self.unit.people.get(key)?, format!("unit.people.{key}")),
        };
        Some(named(person.data(scope, &path), key, scope.lang))
    }

    fn expert(&self, key: &str, scope: &Scope<'_>) -> Option<Data> {
        let expert = self.case.experts.get(key)?;
        Some(named(expert.data(scope, &format!("experts.{key}")), key, scope.lang))
    }
}

/// Adds their names to all people of a map.
fn all_named(data: Data, lang: Lang) -> Data {
    let Data::Map(entries) = data else { return data };
    Data::Map(entries.into_iter().map(|(key, person)| (key.clone(), named(person, &key, lang))).collect())
}

/// Adds the key and the names that are put together from parts.
///
/// A name in letters that the document's language does not use gives way to the one in the passport; a title in
/// such letters is left out.
fn named(data: Data, key: &str, lang: Lang) -> Data {
    let text = |field: &str| match data.get(field)? {
        Data::Text(text) | Data::Phrase(text) => Some(text.clone()),
        Data::Foreign { data, .. } => match &**data {
            Data::Text(text) | Data::Phrase(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    };
    let missing = ["given", "family"]
        .iter()
        .find_map(|field| data.get(field).filter(|part| matches!(part, Data::Blank(_))).cloned());
    let own = [text("given"), text("family")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let bare = text("passport_name").filter(|_| !reads(lang, &own)).unwrap_or(own);
    let title = text("title").filter(|title| reads(lang, title));
    let mut name = [title, Some(bare.clone())].into_iter().flatten().collect::<Vec<_>>().join("\u{A0}");
    if let Some(letters) = text("post_nominals") {
        name = format!("{name}, {letters}");
    }
    let (name, bare) = match missing {
        Some(blank) => (blank.clone(), blank),
        None => (Data::Text(name), Data::Text(bare)),
    };
    let unread = text("title").is_some_and(|title| !reads(lang, &title));
    let Data::Map(mut entries) = data else { return data };
    entries.retain(|(field, _)| field != "key" && field != "day_rate");
    for (_, title) in entries.iter_mut().filter(|(field, _)| unread && field == "title") {
        *title = Data::Null;
    }
    entries.push(("key".into(), Data::Text(key.to_owned())));
    entries.push(("name".into(), name));
    entries.push(("bare_name".into(), bare));
    Data::Map(entries)
}

/// Returns whether readers of a language know the letters of a name; Latin letters are known to all.
fn reads(lang: Lang, name: &str) -> bool {
    name.chars().all(|c| match u32::from(c) {
        0x400..=0x52F => lang == Lang::Ru,
        0x600..=0x77F | 0xFB50..=0xFEFF => lang == Lang::Ar,
        _ => true,
    })
}

/// Returns what a template sees where a person or an expert is required and missing.
fn blank_with_name(data: Data, path: &str) -> Data {
    let Data::Map(mut entries) = data else { return data };
    entries.push(("name".into(), Data::Blank(path.to_owned())));
    entries.push(("bare_name".into(), Data::Blank(path.to_owned())));
    Data::Map(entries)
}

impl Person {
    /// Returns what a template sees where a person is required and missing.
    pub(super) fn blank_with_name(path: &str) -> Data {
        blank_with_name(<Self as Value>::blank(path), path)
    }
}

impl Expert {
    /// Returns what a template sees where an expert is required and missing.
    pub(super) fn blank_with_name(path: &str) -> Data {
        blank_with_name(<Self as Value>::blank(path), path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::kind::subjects;

    #[test]
    fn what_is_internal_reaches_no_template() {
        let case = crate::case::load("case.yaml", include_bytes!("../../fixtures/unit/cases/gin-001/case.yaml")).value;
        assert!(case.due_diligence.is_some() && !case.issues.is_empty());
        for subject in subjects(&case, Lang::En) {
            let shown = format!("{:?}", data(&case, &Unit::default(), &subject, true));
            for name in ["\"due_diligence\"", "walk_away", "day_rate", "sanctions_lists", "\"issues\"", "\"rounds\""] {
                assert!(!shown.contains(name), "{}: {name}", subject.stem());
            }
        }
    }
}
