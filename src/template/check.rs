//! Checks of the templates themselves, without any case of the user's.
//!
//! Every template is rendered with a complete and with a minimal case. Beyond that: clauses that no
//! template includes, languages that a template or a clause lacks, words that one language lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::Library;
use super::terms::Terms;
use crate::case::kind::DocumentKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::Lang;
use crate::source::Span;

/// Returns the languages that any document kind is written in.
pub fn languages(library: &Library) -> BTreeSet<Lang> {
    DocumentKind::ALL.iter().flat_map(|&kind| library.languages(kind)).collect()
}

/// Finds what can be found without rendering: unused clauses, missing languages, missing words.
pub fn still(library: &Library) -> Vec<Diagnostic> {
    let langs = languages(library);
    let mut faults = Vec::new();
    for &kind in DocumentKind::ALL {
        let have: BTreeSet<_> = library.languages(kind).into_iter().collect();
        for lang in langs.difference(&have) {
            let name = Library::template_name(kind, *lang);
            faults.push(
                Diagnostic::new(Code::LanguageMissing, format!("there is no template `{name}`"))
                    .hint(format!("write `templates/{name}`")),
            );
        }
    }
    faults.extend(clauses(library, &langs));
    faults.extend(words(library, &langs));
    faults
}

fn clauses(library: &Library, langs: &BTreeSet<Lang>) -> Vec<Diagnostic> {
    let mut used = BTreeSet::new();
    for &kind in DocumentKind::ALL {
        for lang in library.languages(kind) {
            used.extend(library.used_by(&Library::template_name(kind, lang)));
        }
    }
    let mut by_clause: BTreeMap<&str, BTreeSet<Lang>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (name, file) in library.files().filter(|(name, _)| name.starts_with("clauses/")) {
        if !used.contains(name) {
            let fault = Diagnostic::new(Code::ClauseUnused, format!("no template includes the clause `{name}`"))
                .at(Span::new(&file.source, 0..1));
            faults.push(fault.hint(format!("include it: `{{% include \"{name}\" %}}`, or delete the file")));
        }
        if let Some((clause, lang)) =
            name.rsplit_once('/').and_then(|(clause, file)| Some((clause, Lang::from_code(file.strip_suffix(".md")?)?)))
        {
            by_clause.entry(clause).or_default().insert(lang);
        }
    }
    for (clause, have) in by_clause {
        for lang in langs.difference(&have) {
            let fault = Diagnostic::new(
                Code::LanguageMissing,
                format!("the clause `{clause}` has no text in {}", lang.english_name()),
            );
            faults.push(fault.hint(format!("write `templates/{clause}/{}.md`", lang.code())));
        }
    }
    faults
}

fn words(library: &Library, langs: &BTreeSet<Lang>) -> Vec<Diagnostic> {
    let all: Vec<(Lang, Terms)> = langs.iter().map(|&lang| (lang, library.terms(lang).output.clone())).collect();
    let keys: BTreeSet<&str> = all.iter().flat_map(|(_, terms)| terms.keys()).collect();
    let mut faults = Vec::new();
    for (lang, terms) in &all {
        for key in keys.iter().filter(|key| terms.get(key).is_none()) {
            let fault = Diagnostic::new(
                Code::LanguageMissing,
                format!("the word `{key}` is missing in {}", lang.english_name()),
            );
            faults.push(fault.hint(format!("add it to `templates/{}`", terms.file)));
        }
    }
    faults
}
