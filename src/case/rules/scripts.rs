//! Rule 16: no word mixes letters of scripts that look alike (Unicode Technical Standard 39 §5.1).
//!
//! Names, references and addresses are looked at, not running text, where a formula may mix scripts.

use unicode_script::{Script, UnicodeScript};

use super::{Facts, Report, items};
use crate::case::field::Required;
use crate::case::model::{Case, Local};
use crate::diagnostic::Code;

/// Looks through names, references and addresses.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let mut look = |path: &str, text: &str| {
        let Some((word, odd, script)) = mixed(text) else { return };
        let letters: Vec<_> = odd.iter().map(|letter| format!("`{letter}` (U+{:04X})", u32::from(*letter))).collect();
        let message = format!(
            "the word `{word}` mixes scripts: {} {} {}",
            letters.join(", "),
            if odd.len() == 1 { "is" } else { "are" },
            script.full_name()
        );
        report.fault(Code::MixedScript, path, message, "type the whole word again with one keyboard layout");
    };
    for (path, text) in texts(&facts.case.value) {
        look(&path, text);
    }
}

type Texts<'a> = Vec<(String, &'a str)>;

fn texts(case: &Case) -> Texts<'_> {
    let mut texts = Texts::new();
    for (key, person) in case.people.iter() {
        let at = format!("people.{key}");
        plain(
            &mut texts,
            &at,
            &[
                ("given", person.given.get()),
                ("family", person.family.get()),
                ("passport_name", person.passport_name.as_ref()),
                ("email", person.email.as_ref().map(|email| &email.0)),
            ],
        );
    }
    for (key, expert) in case.experts.iter() {
        let at = format!("experts.{key}");
        plain(
            &mut texts,
            &at,
            &[
                ("given", expert.given.get()),
                ("family", expert.family.get()),
                ("passport_name", expert.passport_name.as_ref()),
                ("email", expert.email.as_ref().map(|email| &email.0)),
            ],
        );
        local(&mut texts, &format!("{at}.employer"), expert.employer.as_ref());
        if let Some(declaration) = &expert.declaration {
            plain(&mut texts, &format!("{at}.declaration"), &[("reference", declaration.reference.get())]);
            for (number, interest) in declaration.interests.get().iter().flat_map(|list| list.0.iter().enumerate()) {
                plain(&mut texts, &format!("{at}.declaration.interests[{number}]"), &[("party", interest.party.get())]);
            }
        }
    }
    for (at, investor) in items(&case.investors).iter().enumerate() {
        let at = format!("investors[{at}]");
        plain(&mut texts, &at, &[("name", investor.name.get())]);
        for (list, names) in [
            ("affiliates", &investor.affiliates),
            ("beneficial_owners", &investor.beneficial_owners),
            ("domains", &investor.domains),
        ] {
            texts.extend(
                names.iter().enumerate().map(|(number, name)| (format!("{at}.{list}[{number}]"), name.as_str())),
            );
        }
    }
    local(&mut texts, "authority.name", case.authority.get().and_then(|authority| authority.name.get()));
    local(&mut texts, "project.name", case.project.get().and_then(|project| project.name.get()));
    local(&mut texts, "project.alias", case.project.get().and_then(|project| project.alias.as_ref()));
    letters(&mut texts, case);
    texts
}

/// References, by which papers are found again.
fn letters<'a>(texts: &mut Texts<'a>, case: &'a Case) {
    if let Some(request) = &case.request {
        plain(
            texts,
            "request",
            &[
                ("reference", request.reference.get()),
                ("registration", request.registration.as_ref()),
                ("replaces", request.replaces.as_ref()),
            ],
        );
        for (at, partner) in request.partners.get().iter().flat_map(|list| list.0.iter().enumerate()) {
            plain(texts, &format!("request.partners[{at}]"), &[("name", partner.name.get())]);
        }
    }
    let cited = |reply: &'a Required<crate::case::model::ReplyTo>| reply.get().and_then(|reply| reply.reference.get());
    if let Some(approval) = &case.approval {
        plain(
            texts,
            "approval",
            &[
                ("reference", approval.reference.get()),
                ("in_reply_to.reference", cited(&approval.in_reply_to)),
                ("replaces", approval.replaces.as_ref()),
            ],
        );
    }
    if let Some(decline) = &case.decline {
        plain(
            texts,
            "decline",
            &[
                ("reference", decline.reference.get()),
                ("in_reply_to.reference", decline.in_reply_to.as_ref().and_then(|reply| reply.reference.get())),
            ],
        );
    }
    if let Some(scoping) = &case.scoping {
        plain(
            texts,
            "scoping",
            &[
                ("reference", scoping.reference.get()),
                ("approval.reference", scoping.approval.get().and_then(|citation| citation.reference.get())),
            ],
        );
    }
    if let Some(diligence) = &case.due_diligence {
        plain(texts, "due_diligence", &[("reference", diligence.reference.get())]);
    }
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        plain(texts, &format!("evaluations[{at}]"), &[("reference", evaluation.reference.get())]);
    }
}

fn plain<'a>(texts: &mut Texts<'a>, at: &str, fields: &[(&str, Option<&'a String>)]) {
    texts.extend(fields.iter().filter_map(|(field, text)| Some((format!("{at}.{field}"), text.as_ref()?.as_str()))));
}

fn local<'a>(texts: &mut Texts<'a>, path: &str, text: Option<&'a Local>) {
    let Some(text) = text else { return };
    texts.extend(text.plain.iter().map(|text| (path.to_owned(), text.as_str())));
    texts.extend(text.by_lang.iter().map(|(lang, text)| (format!("{path}.{}", lang.code()), text.as_str())));
}

/// Returns the first word that mixes scripts, the letters of its rarer script, and that script.
fn mixed(text: &str) -> Option<(&str, Vec<char>, Script)> {
    text.split(|letter: char| !letter.is_alphanumeric()).find_map(|word| {
        let counts = [Script::Latin, Script::Cyrillic, Script::Greek]
            .map(|script| (script, word.chars().filter(|letter| letter.script() == script).count()));
        let mut present: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        present.sort_by_key(|(_, count)| *count);
        let &[(rare, _), _, ..] = present.as_slice() else { return None };
        Some((word, word.chars().filter(|letter| letter.script() == rare).collect(), rare))
    })
}

#[cfg(test)]
mod tests {
    use super::mixed;

    #[test]
    fn look_alikes_are_found_and_neighbours_are_not() {
        let (word, odd, _) = mixed("Société \u{412}aobab").expect("a Cyrillic letter");
        assert_eq!((word, odd.as_slice()), ("\u{412}aobab", &['\u{412}'][..]));
        for fine in ["Aurora-H₂ S.A.", "Ак-Суу Gold", "IT-отдел", "معالي Al-Amin", "№ 03-7/1124", "Đặng Ngọc"]
        {
            assert_eq!(mixed(fine), None, "{fine}");
        }
    }
}
