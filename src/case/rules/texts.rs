//! Texts that the case does not give in a language that its documents are made in.

use std::collections::BTreeMap;

use super::{Facts, Report};
use crate::case::kind::{DocumentKind, Subject};
use crate::case::view;
use crate::diagnostic::Code;
use crate::locale::Lang;

/// Paths that a hint names; the others are counted.
const SHOWN: usize = 8;

/// Looks for texts that are missing in the languages of the case.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    // Without a language of its own, nobody knows which texts are missing.
    if facts.case.value.language.get().is_some() {
        facts.langs.iter().for_each(|&lang| in_language(facts, lang, report));
    }
}

/// Reports, in one warning for each language that stands in, the texts that are missing in a language.
fn in_language(facts: &Facts<'_>, lang: Lang, report: &mut Report<'_>) {
    let subject = Subject { kind: DocumentKind::RequestLetter, lang, beside: None, expert: None, evaluation: None };
    let data = view::data(&facts.case.value, &facts.unit.value, &subject, true);
    let mut missing: BTreeMap<(bool, Lang), Vec<String>> = BTreeMap::new();
    data.foreign(&mut |found, path| {
        let of_unit = path.starts_with("unit.");
        let paths = missing.entry((of_unit, found)).or_default();
        let path = path.strip_prefix("unit.").unwrap_or(path);
        if !paths.iter().any(|known| known == path) {
            paths.push(path.to_owned());
        }
    });
    for ((of_unit, found), paths) in missing {
        let Some(first) = paths.first() else { continue };
        let message = format!(
            "{} in {}: the documents give {} in {}",
            if paths.len() == 1 { "one text is missing".into() } else { format!("{} texts are missing", paths.len()) },
            lang.english_name(),
            if paths.len() == 1 { "it" } else { "them" },
            found.english_name()
        );
        let named: Vec<_> = paths.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
        let more = match paths.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let hint = format!("write `{}: …` beside `{}: …` under {}{more}", lang.code(), found.code(), named.join(", "));
        if of_unit {
            report.unit_fault(Code::TextNotTranslated, first, message, hint);
        } else {
            report.fault(Code::TextNotTranslated, first, message, hint);
        }
    }
}
