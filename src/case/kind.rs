//! The kinds of documents that a case calls for.

use super::model::Case;
use crate::locale::Lang;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// The government's formal request letter.
    RequestLetter,
    /// The unit's approval letter.
    ApprovalLetter,
    /// The Code of Conduct agreement, one for each expert.
    CodeOfConduct,
    /// The terms of reference of the scoping mission.
    TermsOfReference,
    /// The evaluation form of an activity.
    EvaluationForm,
}

impl DocumentKind {
    /// Lists every kind, in the order of the procedure.
    pub const ALL: &[Self] =
        &[Self::RequestLetter, Self::ApprovalLetter, Self::CodeOfConduct, Self::TermsOfReference, Self::EvaluationForm];

    /// Returns the name that commands, files and templates use.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestLetter => "request-letter",
            Self::ApprovalLetter => "approval-letter",
            Self::CodeOfConduct => "code-of-conduct",
            Self::TermsOfReference => "terms-of-reference",
            Self::EvaluationForm => "evaluation-form",
        }
    }

    /// Returns the kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns the section of the case file that the kind is made from.
    pub fn section(self) -> &'static str {
        match self {
            Self::RequestLetter => "request",
            Self::ApprovalLetter => "approval",
            Self::CodeOfConduct => "experts",
            Self::TermsOfReference => "scoping",
            Self::EvaluationForm => "evaluations",
        }
    }
}

/// The language of a document, or the two of one that gives both side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The language, of the first column where there are two.
    pub lang: Lang,
    /// The language of the second column.
    pub beside: Option<Lang>,
}

impl Version {
    /// Returns the codes as file names and records have them: `fr`, `fr-ar`.
    pub fn code(self) -> String {
        match self.beside {
            Some(beside) => format!("{}-{}", self.lang.code(), beside.code()),
            None => self.lang.code().to_owned(),
        }
    }

    /// Returns the version of such codes; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once('-') {
            Some((lang, beside)) => Some(Self { lang: Lang::from_code(lang)?, beside: Some(Lang::from_code(beside)?) }),
            None => Lang::from_code(code).map(Self::from),
        }
    }
}

impl From<Lang> for Version {
    fn from(lang: Lang) -> Self {
        Self { lang, beside: None }
    }
}

/// What one document is made of, beside the case and the unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Kind of document.
    pub kind: DocumentKind,
    /// Language of the document.
    pub lang: Lang,
    /// Language of the second column of a document in two languages.
    pub beside: Option<Lang>,
    /// Key of the expert, for a Code of Conduct.
    pub expert: Option<String>,
    /// Place of the evaluation in the file, for an evaluation form.
    pub evaluation: Option<usize>,
}

impl Subject {
    /// Returns the name of the document's files without their extension, as `code-of-conduct.camara.fr`.
    pub fn stem(&self) -> String {
        let mut stem = self.kind.name().to_owned();
        if let Some(expert) = &self.expert {
            stem = format!("{stem}.{expert}");
        }
        if let Some(at) = self.evaluation.filter(|&at| at > 0) {
            stem = format!("{stem}.{}", at + 1);
        }
        format!("{stem}.{}", self.version().code())
    }

    /// Returns the language or languages of the document.
    pub fn version(&self) -> Version {
        Version { lang: self.lang, beside: self.beside }
    }

    /// Returns the same document in one language.
    #[must_use]
    pub fn only_in(&self, lang: Lang) -> Self {
        Self { lang, beside: None, ..self.clone() }
    }
}

/// Lists the documents that a case calls for, in the order of the procedure, in one language or two.
///
/// A request letter wants a `request`, an approval letter an `approval`, a Code of Conduct an expert
/// who was not replaced, terms of reference a `scoping`, an evaluation form an entry under
/// `evaluations`. After a decline only the request letter remains.
pub fn subjects(case: &Case, version: impl Into<Version>) -> Vec<Subject> {
    let Version { lang, beside } = version.into();
    let subject = |kind, expert, evaluation| Subject { kind, lang, beside, expert, evaluation };
    let mut subjects = Vec::new();
    if case.request.is_some() {
        subjects.push(subject(DocumentKind::RequestLetter, None, None));
    }
    if case.decline.is_some() {
        return subjects;
    }
    if case.approval.is_some() {
        subjects.push(subject(DocumentKind::ApprovalLetter, None, None));
    }
    let experts = case.experts.iter().filter(|(_, expert)| expert.replaced_by.is_none());
    subjects.extend(experts.map(|(key, _)| subject(DocumentKind::CodeOfConduct, Some(key.to_owned()), None)));
    if case.scoping.is_some() {
        subjects.push(subject(DocumentKind::TermsOfReference, None, None));
    }
    subjects.extend((0..case.evaluations.len()).map(|at| subject(DocumentKind::EvaluationForm, None, Some(at))));
    subjects
}
