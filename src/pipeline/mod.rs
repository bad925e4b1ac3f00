//! The chains whole: a case to checked faults, to documents, to artifacts. Pure: nothing is written.

pub mod templates;

use std::collections::BTreeMap;

use crate::artifact::Artifact;
use crate::case::eligibility::Lists;
use crate::case::kind::{DocumentKind, Subject, subjects};
use crate::case::model::{Case, Confidentiality, Paper as UnitPaper, Unit};
use crate::case::rules::{self, Facts, FileFact};
use crate::case::{Loaded, view};
use crate::diagnostic::{Code, Diagnostic, Warned, sort};
use crate::document::{Document, Paper, Status, walk};
use crate::export::pdf;
use crate::import::front::Given;
use crate::locale::{Lang, Locale, Region};
use crate::template::{Library, Setting, typography};
use crate::typeset::Typesetter;

/// Everything that documents of a case are made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The case.
    pub case: &'a Loaded<Case>,
    /// The unit's profile.
    pub unit: &'a Loaded<Unit>,
    /// The templates in force.
    pub library: &'a Library,
    /// The country lists in force.
    pub lists: &'a Lists,
    /// Files that the case names, as far as they were looked for.
    pub files: &'a BTreeMap<String, FileFact>,
}

/// Finds every fault of a case: of its text, its fields, and between its documents.
pub fn check(inputs: &Inputs<'_>) -> Vec<Diagnostic> {
    let mut faults = inputs.case.faults.clone();
    faults.extend(inputs.unit.faults.iter().cloned());
    let facts = Facts { case: inputs.case, unit: inputs.unit, lists: inputs.lists, files: inputs.files };
    faults.extend(rules::check(&facts));
    sort(&mut faults);
    faults
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Kinds; empty for all that the case calls for.
    pub kinds: Vec<DocumentKind>,
    /// Languages; empty for the case's own.
    pub langs: Vec<Lang>,
    /// Draft or final.
    pub status: Status,
}

/// Lists the documents that are asked for and that the case calls for.
///
/// A kind that was asked for by name and that the case does not call for is a fault.
pub fn plan(case: &Loaded<Case>, request: &Request) -> Warned<Vec<Subject>> {
    let own = case.value.language.get().copied().unwrap_or(Lang::En);
    let langs = if request.langs.is_empty() { vec![own] } else { request.langs.clone() };
    let mut planned = Vec::new();
    for lang in langs {
        let called_for = subjects(&case.value, lang).into_iter();
        planned.extend(called_for.filter(|subject| request.kinds.is_empty() || request.kinds.contains(&subject.kind)));
    }
    let missing = request.kinds.iter().filter(|kind| !planned.iter().any(|subject| subject.kind == **kind));
    let faults = missing.map(|kind| not_applicable(case, *kind)).collect();
    planned.sort();
    planned.dedup();
    Warned { output: planned, faults }
}

fn not_applicable(case: &Loaded<Case>, kind: DocumentKind) -> Diagnostic {
    let (place, reason, hint) = if case.value.decline.is_some() && kind != DocumentKind::RequestLetter {
        ("decline", "the request was declined".to_owned(), "a declined case has no later documents".to_owned())
    } else {
        let section = kind.section();
        (
            section,
            format!("the case has no section `{section}`"),
            format!("write the section `{section}`, or leave out `--doc {}`", kind.name()),
        )
    };
    Diagnostic::new(Code::DocumentNotApplicable, format!("`{}` cannot be built: {reason}", kind.name()))
        .at(case.span(place))
        .hint(hint)
}

/// Makes one document from its case, template and language.
pub fn document(inputs: &Inputs<'_>, subject: &Subject, status: Status) -> Warned<Option<Document>> {
    let case = &inputs.case.value;
    let locale = locale_of(case, subject.lang);
    let confidentiality = case.confidentiality.unwrap_or(Confidentiality::Confidential);
    let given = Given {
        kind: subject.kind.name().to_owned(),
        locale,
        status,
        paper: match inputs.unit.value.paper {
            Some(UnitPaper::Letter) => Paper::Letter,
            Some(UnitPaper::A4) | None => Paper::A4,
        },
        // Nobody stamps a paper that anybody may read.
        confidentiality: (confidentiality != Confidentiality::Public)
            .then(|| inputs.library.term(subject.lang, &format!("confidentiality.{}", confidentiality.word())))
            .flatten(),
        words: inputs.library.words(subject.lang),
        typography: typography(subject.lang),
        long_date: |date, locale| {
            chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().map(|date| locale.long_date(date))
        },
    };
    let data = view::data(case, &inputs.unit.value, subject, status == Status::Draft);
    let mut made = inputs.library.document(&Setting { given, kind: subject.kind }, &data);
    if let Some(document) = &mut made.output {
        // PDF/A wants a date (ISO 19005-3, 6.6.2.3); a draft without one takes the case's first.
        document.meta.date_iso = document.meta.date_iso.take().or_else(|| first_date(case));
        if status == Status::Final {
            made.faults.extend(walk::blanks(document).into_iter().map(|path| {
                let message = format!("`{path}` is still blank");
                let span = match path.strip_prefix("unit.") {
                    Some(path) => inputs.unit.span(path),
                    None => inputs.case.span(&path),
                };
                Diagnostic::new(Code::BlankLeft, message).at(span).path(path)
            }));
        }
    }
    made
}

/// The locale of a case's documents: the language asked for, the usage of the case's country.
fn locale_of(case: &Case, lang: Lang) -> Locale {
    Locale::new(lang, case.country.get().and_then(|country| Region::new(country.iso2())))
}

fn first_date(case: &Case) -> Option<String> {
    let inquiry = case.inquiry.as_ref().and_then(|inquiry| inquiry.date.get());
    let request = case.request.as_ref().and_then(|request| request.date.get());
    let approval = case.approval.as_ref().and_then(|approval| approval.date.get());
    Some(inquiry.or(request).or(approval).map_or_else(|| "2000-01-01".to_owned(), ToString::to_string))
}

/// One document in one format, with what was found on the way.
#[derive(Debug, Clone)]
pub struct Made {
    /// What the document is.
    pub subject: Subject,
    /// The file.
    pub artifact: Artifact,
    /// Paths of required values that are missing, shown as blanks.
    pub blanks: Vec<String>,
    /// Warnings met on the way.
    pub faults: Vec<Diagnostic>,
}

/// Makes the PDF of one document.
///
/// # Errors
/// Faults of the template or of typesetting; the document is then not made.
pub fn make_pdf(
    inputs: &Inputs<'_>,
    subject: &Subject,
    status: Status,
    typesetter: &Typesetter,
) -> Result<Made, Vec<Diagnostic>> {
    let Warned { output, faults } = document(inputs, subject, status);
    let Some(document) = output.filter(|_| !faults.iter().any(Diagnostic::is_error)) else { return Err(faults) };
    let case_id = inputs.case.value.id.get().map(|id| id.0.as_str()).unwrap_or_default();
    let bytes = pdf::write(&document, typesetter, &format!("{case_id}/{}", subject.stem()))?;
    Ok(Made {
        subject: subject.clone(),
        artifact: Artifact::new(format!("{}.pdf", subject.stem()), bytes),
        blanks: walk::blanks(&document),
        faults,
    })
}
