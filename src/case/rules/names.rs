//! Rule 16: one person, one spelling; and a look at names that differ from the passport.
//!
//! Two names are taken for one person when they differ only in accents, case, hyphens or order, or when
//! one of given and family name is the same and the other differs in a letter or two. Two persons with
//! different e-mail addresses are never taken for one because of a letter. Both are heuristics: real
//! namesakes are told apart by their full names. Only so many names are compared as a case may sensibly have.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::{Facts, Report};
use crate::case::model::Email;
use crate::diagnostic::Code;

/// Longest name, in bytes, that is compared letter by letter or with others of its kind.
pub(super) const LONGEST_NAME: usize = 200;
/// Names of a kind that are compared with each other.
pub(super) const MOST_NAMES: usize = 500;

/// A name with its place.
struct Named<'a> {
    path: String,
    in_unit: bool,
    given: &'a str,
    family: &'a str,
    email: Option<&'a Email>,
    passport: Option<&'a str>,
    /// The words of the given name, parted by spaces.
    given_words: String,
    /// The words of the family name, parted by spaces.
    family_words: String,
    /// All words in the order of their letters.
    all: Vec<String>,
}

impl<'a> Named<'a> {
    fn new(path: String, given: &'a str, family: &'a str) -> Self {
        let (given_words, family_words) = (words(given), words(family));
        Self {
            path,
            in_unit: false,
            given,
            family,
            email: None,
            passport: None,
            given_words: given_words.join(" "),
            family_words: family_words.join(" "),
            all: sorted([given_words, family_words].concat()),
        }
    }
}

/// Returns words in the order of their letters, so that names are the same in any order of their words.
pub(super) fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words
}

/// Compares the names of experts and people, and each with the passport.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let mut experts = Vec::new();
    for (key, expert) in case.experts.iter() {
        let (Some(given), Some(family)) = (expert.given.get(), expert.family.get()) else { continue };
        experts.push(Named {
            email: expert.email.as_ref(),
            passport: expert.passport_name.as_deref(),
            ..Named::new(format!("experts.{key}"), given, family)
        });
    }
    let mut people = Vec::new();
    let lists = [(&case.people, false), (&facts.unit.value.people, true)];
    for (key, person, in_unit) in
        lists.iter().flat_map(|(list, in_unit)| list.iter().map(move |(key, person)| (key, person, *in_unit)))
    {
        let (Some(given), Some(family)) = (person.given.get(), person.family.get()) else { continue };
        people.push(Named {
            in_unit,
            email: person.email.as_ref(),
            passport: person.passport_name.as_deref(),
            ..Named::new(format!("people.{key}"), given, family)
        });
    }
    for (at, expert) in experts.iter().enumerate().take(MOST_NAMES) {
        if report.is_full() {
            return;
        }
        for other in people.iter().take(MOST_NAMES).chain(&experts[..at]).filter(|other| same_person(expert, other)) {
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
    if one.all == other.all {
        return true;
    }
    if one.email.is_some() && other.email.is_some() && one.email != other.email {
        return false;
    }
    (one.family_words == other.family_words && near(&one.given_words, &other.given_words))
        || (one.given_words == other.given_words && near(&one.family_words, &other.family_words))
}

/// Returns whether two names differ in a letter or two.
fn near(one: &str, other: &str) -> bool {
    if one.len().max(other.len()) > LONGEST_NAME {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longer = one.len().max(other.len());
    // Short names differ in a letter because they are different names.
    within(if longer >= 10 { 2 } else { usize::from(longer >= 5) }, &one, &other)
}

/// Returns whether one text becomes the other by so many letters left out, put in, changed, or changed in order.
///
/// Takes time in proportion to the length, where a full table of distances takes its square.
fn within(edits: usize, one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[same..], &other[same..]);
    if one.is_empty() || other.is_empty() {
        return one.len().max(other.len()) <= edits;
    }
    let Some(left) = edits.checked_sub(1) else { return false };
    within(left, &one[1..], other)
        || within(left, one, &other[1..])
        || within(left, &one[1..], &other[1..])
        || (one.len() > 1
            && other.len() > 1
            && (one[0], one[1]) == (other[1], other[0])
            && within(left, &one[2..], &other[2..]))
}

fn passport(person: &Named<'_>, report: &mut Report<'_>) {
    let Some(passport) = person.passport else { return };
    let used = format!("{} {}", person.given, person.family);
    // A name in another script is what the field is for.
    if script(passport) != script(&used) || sorted(words(passport)) == person.all {
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
        let (one, other) = (Named::new(String::new(), one.0, one.1), Named::new(String::new(), other.0, other.1));
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
            (("Mariam", "Camara"), ("Mraiam", "Camara")),
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
            (("Mariam", "Camara-Sow"), ("Mariam", "Kamura-Saw")),
        ] {
            assert!(!same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn words_are_compared_without_accents_and_points() {
        assert_eq!(words("Société  S.A. d'Étude-Nord"), ["societe", "sa", "d", "etude", "nord"]);
    }
}
