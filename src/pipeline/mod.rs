//! The chains whole: a case to checked faults, to documents, to artifacts. Pure: nothing is written.

pub mod convert;
mod glyphs;
pub mod parity;
pub mod redline;
pub mod templates;
pub mod track;

use std::collections::{BTreeMap, BTreeSet};

use crate::artifact::Artifact;
use crate::case::eligibility::Lists;
use crate::case::kind::{DocumentKind, Subject, Version, subjects};
use crate::case::model::{Case, Confidentiality, DigitStyle, Paper as UnitPaper, Unit};
use crate::case::rules::{self, Facts, FileFact};
use crate::case::{Loaded, view};
use crate::diagnostic::{Code, Diagnostic, Warned, sort};
use crate::document::{Document, Paper, Status, parallel, walk};
use crate::export::{self, Format};
use crate::import::front::Given;
use crate::locale::{Digits, Lang, Locale, Region};
use crate::template::{self, Library, Setting, typography};
use crate::typeset::Typesetter;

/// The date in the metadata of a file that has none: PDF/A wants one, and nothing reads the clock.
const NO_DATE: &str = "2000-01-01";

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

/// Makes Typst with the fonts of the program and the frames of a library.
///
/// # Errors
/// When a frame cannot be read.
pub fn typesetter(library: &Library) -> Result<Typesetter, Diagnostic> {
    Typesetter::new(template::fonts(), &library.frames())
        .map_err(|error| Diagnostic::new(Code::TypesetFailed, error.to_string()))
}

/// Finds every fault of a case: of its text, its fields, and between its documents.
///
/// `langs` are the languages that documents are asked for in; empty for those of the case.
pub fn check(inputs: &Inputs<'_>, langs: &[Lang]) -> Vec<Diagnostic> {
    let mut faults = inputs.case.faults.clone();
    faults.extend(inputs.unit.faults.iter().cloned());
    let langs = &languages(&inputs.case.value, langs);
    let facts = Facts { case: inputs.case, unit: inputs.unit, lists: inputs.lists, files: inputs.files, langs };
    faults.extend(rules::check(&facts));
    // What cannot be read cannot be made into documents.
    if !faults.iter().any(|fault| fault.is_error() && fault.code.group() == "reading") {
        faults.extend(parity::compare_all(inputs, langs));
    }
    sort(&mut faults);
    faults
}

/// Returns the languages asked for, or else those of the case, its own first; each once.
pub fn languages(case: &Case, asked: &[Lang]) -> Vec<Lang> {
    let own = case.language.get().copied().unwrap_or(Lang::En);
    let of_case = std::iter::once(&own).chain(&case.other_languages);
    let mut langs: Vec<Lang> = if asked.is_empty() { of_case.copied().collect() } else { asked.to_vec() };
    let mut seen = BTreeSet::new();
    langs.retain(|lang| seen.insert(*lang));
    langs
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Kinds; empty for all that the case calls for.
    pub kinds: Vec<DocumentKind>,
    /// Languages; empty for the case's own.
    pub versions: Vec<Version>,
    /// Draft or final.
    pub status: Status,
}

/// Lists the documents that are asked for and that the case calls for.
///
/// A kind that was asked for by name and that the case does not call for is a fault.
pub fn plan(case: &Loaded<Case>, request: &Request) -> Warned<Vec<Subject>> {
    let of_case = || languages(&case.value, &[]).into_iter().map(Version::from).collect();
    let versions: Vec<Version> = if request.versions.is_empty() { of_case() } else { request.versions.clone() };
    let mut planned = Vec::new();
    for version in versions {
        let called_for = subjects(&case.value, version).into_iter();
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

/// Makes one document from its case and its template, or the templates of its two languages.
pub fn document(inputs: &Inputs<'_>, subject: &Subject, status: Status) -> Warned<Option<Document>> {
    let Some(beside) = subject.beside else { return in_one_language(inputs, subject, status) };
    let first = in_one_language(inputs, &subject.only_in(subject.lang), status);
    let second = in_one_language(inputs, &subject.only_in(beside), status);
    let output = first.output.zip(second.output).map(|(first, second)| parallel::pair(first, second));
    let mut faults = first.faults;
    faults.extend(second.faults.into_iter().filter(|fault| fault.code != Code::BlankLeft));
    Warned { output, faults }
}

fn in_one_language(inputs: &Inputs<'_>, subject: &Subject, status: Status) -> Warned<Option<Document>> {
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
        words: words(inputs.library, locale),
        typography: typography(subject.lang),
        long_date,
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

/// Writes a date of the form `2026-03-01` as a language does.
fn long_date(date: &str, locale: Locale) -> Option<String> {
    chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().map(|date| locale.long_date(date))
}

/// The fixed words of a language, with its digits where they are not 0 to 9.
fn words(library: &Library, locale: Locale) -> Vec<(String, String)> {
    let mut words = library.words(locale.lang);
    words.extend(locale.digit_chars().map(|digits| ("digits".to_owned(), digits.to_owned())));
    words
}

/// The locale of a case's documents: the language asked for, the usage of the case's country.
fn locale_of(case: &Case, lang: Lang) -> Locale {
    let digits = case.digits.map(|style| match style {
        DigitStyle::Latin => Digits::Latin,
        DigitStyle::ArabicIndic => Digits::ArabicIndic,
    });
    Locale::new(lang, case.country.get().and_then(|country| Region::new(country.iso2()))).with_digits(digits)
}

fn first_date(case: &Case) -> Option<String> {
    let inquiry = case.inquiry.as_ref().and_then(|inquiry| inquiry.date.get());
    let request = case.request.as_ref().and_then(|request| request.date.get());
    let approval = case.approval.as_ref().and_then(|approval| approval.date.get());
    Some(inquiry.or(request).or(approval).map_or_else(|| NO_DATE.to_owned(), ToString::to_string))
}

/// One document in the formats asked for, with what was found on the way.
#[derive(Debug, Clone)]
pub struct Made {
    /// What the document is.
    pub subject: Subject,
    /// The files, one for each format.
    pub artifacts: Vec<Artifact>,
    /// Paths of required values that are missing, shown as blanks.
    pub blanks: Vec<String>,
    /// Warnings met on the way.
    pub faults: Vec<Diagnostic>,
}

/// Makes one document in each of the formats.
///
/// # Errors
/// Faults of the template or of typesetting; the document is then made in no format.
pub fn make(
    inputs: &Inputs<'_>,
    subject: &Subject,
    status: Status,
    formats: &BTreeSet<Format>,
    typesetter: &Typesetter,
) -> Result<Made, Vec<Diagnostic>> {
    let Warned { output, faults } = document(inputs, subject, status);
    let Some(document) = output.filter(|_| !faults.iter().any(Diagnostic::is_error)) else { return Err(faults) };
    let case_id = inputs.case.value.id.get().map(|id| id.0.as_str()).unwrap_or_default();
    let ident = format!("{case_id}/{}", subject.stem());
    let mut artifacts = Vec::new();
    for &format in formats {
        let bytes = match format {
            Format::Pdf => {
                let templates = inputs.library.files().map(|(_, file)| &file.source);
                let sources: Vec<_> = [&inputs.case.source, &inputs.unit.source].into_iter().chain(templates).collect();
                glyphs::check(&document, typesetter, &sources)?;
                export::write(&document, format, typesetter, &ident)?
            }
            _ => export::write(&document, format, typesetter, &ident)?,
        };
        artifacts.push(Artifact::new(format!("{}.{}", subject.stem(), format.extension()), bytes));
    }
    Ok(Made { subject: subject.clone(), artifacts, blanks: walk::blanks(&document), faults })
}
