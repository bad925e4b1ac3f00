//! Rule 16: one person, one spelling; and a look at names that differ from the passport.
//!
//! Two names are taken for one person when they differ only in accents, case, hyphens or order, or when
//! one of given and family name is the same and the other differs in a letter or two. Two persons with
//! different e-mail addresses are never taken for one because of a letter. Both are heuristics: real
//! namesakes are told apart by their full names.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::{Facts, Report};
use crate::case::model::Email;
use crate::diagnostic::Code;

/// A name with its place.
struct Named<'a> {
    path: String,
    in_unit: bool,
    given: &'a str,
    family: &'a str,
    email: Option<&'a Email>,
    passport: Option<&'a str>,
}

/// Compares the names of experts and people, and each with the passport.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let mut experts = Vec::new();
    for (key, expert) in case.experts.iter() {
        let (Some(given), Some(family)) = (expert.given.get(), expert.family.get()) else { continue };
        experts.push(Named {
            path: format!("experts.{key}"),
            in_unit: false,
            given,
            family,
            email: expert.email.as_ref(),
            passport: expert.passport_name.as_deref(),
        });
    }
    let mut people = Vec::new();
    let lists = [(&case.people, false), (&facts.unit.value.people, true)];
    for (key, person, in_unit) in
        lists.iter().flat_map(|(list, in_unit)| list.iter().map(move |(key, person)| (key, person, *in_unit)))
    {
        let (Some(given), Some(family)) = (person.given.get(), person.family.get()) else { continue };
        people.push(Named {
            path: format!("people.{key}"),
            in_unit,
            given,
            family,
            email: person.email.as_ref(),
            passport: person.passport_name.as_deref(),
        });
    }
    for (at, expert) in experts.iter().enumerate() {
        for other in people.iter().chain(&experts[..at]).filter(|other| same_person(expert, other)) {
            let (one, two) =
                (format!("{} {}", expert.given, expert.family), format!("{} {}", other.given, other.family));
            let message = format!("`{one}` and `{two}` seem to be one person, spelt in two ways");
            report.fault(
                Code::NameDiffers,
                &expert.path,
                message,
                "write the name the same in both places; if they are two persons, write their full names and addresses",
            );
            if other.in_unit {
                report.see_unit(&other.path, "the other spelling");
            } else {
                report.see(&other.path, "the other spelling");
            }
        }
    }
    for person in experts.iter().chain(people.iter().filter(|person| !person.in_unit)) {
        passport(person, report);
    }
}

fn same_person(one: &Named<'_>, other: &Named<'_>) -> bool {
    if (one.given, one.family) == (other.given, other.family) {
        return false;
    }
    let all = |person: &Named<'_>| {
        let mut all = [words(person.given), words(person.family)].concat();
        all.sort_unstable();
        all
    };
    if all(one) == all(other) {
        return true;
    }
    if one.email.is_some() && other.email.is_some() && one.email != other.email {
        return false;
    }
    let near = |one: &str, other: &str| {
        let (one, other) = (words(one).join(" "), words(other).join(" "));
        let longer = one.chars().count().max(other.chars().count());
        // Short names differ in a letter because they are different names.
        strsim::damerau_levenshtein(&one, &other) <= if longer >= 10 { 2 } else { usize::from(longer >= 5) }
    };
    let same = |one: &str, other: &str| words(one) == words(other);
    (same(one.family, other.family) && near(one.given, other.given))
        || (same(one.given, other.given) && near(one.family, other.family))
}

fn passport(person: &Named<'_>, report: &mut Report<'_>) {
    let Some(passport) = person.passport else { return };
    let used = format!("{} {}", person.given, person.family);
    let sorted = |text: &str| {
        let mut words = words(text);
        words.sort_unstable();
        words
    };
    // A name in another script is what the field is for.
    if script(passport) != script(&used) || sorted(passport) == sorted(&used) {
        return;
    }
    let message = format!("documents name `{used}` but the passport says `{passport}`");
    report.fault(
        Code::PassportName,
        &format!("{}.passport_name", person.path),
        message,
        "look whether one of the two is misspelt; tickets and visas carry the name of the passport",
    );
    report.see(&person.path, "the name used in documents");
}

/// Returns the script of the first letter that has one.
fn script(text: &str) -> Option<Script> {
    text.chars()
        .map(|letter| letter.script())
        .find(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown))
}

/// Returns the words of a text in small letters without accents; anything but letters and digits parts words.
///
/// Points within abbreviations are left out, so that `S.A.` is the word `sa`.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && *letter != '.')
        .flat_map(char::to_lowercase)
        .collect();
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: (&str, &str), other: (&str, &str)) -> bool {
        let named =
            |(given, family)| Named { path: String::new(), in_unit: false, given, family, email: None, passport: None };
        let (one, other) = (Named { ..named(one) }, Named { ..named(other) });
        assert_eq!(same_person(&one, &other), same_person(&other, &one));
        same_person(&one, &other)
    }

    #[test]
    fn one_person_is_known_in_two_spellings() {
        for (one, other) in [
            (("Mariam", "Camara-Sow"), ("Mariam", "Camara Sow")),
            (("Mariam", "Camara-Sow"), ("Mariam", "Camara-Saw")),
            (("Élodie", "Traoré"), ("Elodie", "TRAORE")),
            (("Wei", "Zhang"), ("Zhang", "Wei")),
            (("Айгуль", "Абдылдаева"), ("Айгул", "Абдылдаева")),
        ] {
            assert!(same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn two_persons_stay_two() {
        for (one, other) in [
            (("Ana", "Silva"), ("Ann", "Silva")),
            (("Mariam", "Camara"), ("Fatou", "Camara")),
            (("Mariam", "Camara"), ("Mariam", "Camara")),
            (("Jean", "Sow"), ("Jean", "Sy")),
        ] {
            assert!(!same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn words_are_compared_without_accents_and_points() {
        assert_eq!(words("Société  S.A. d'Étude-Nord"), ["societe", "sa", "d", "etude", "nord"]);
    }
}
