//! The forms that a word of a defined term takes: plural and singular, endings, particles.

use crate::compare::lexis::hash;
use crate::compare::vocabulary::arabic_forms;
use crate::locale::Lang;

/// The shortest word that is inflected, in letters.
const SHORTEST: usize = 3;

/// Returns the hashes of a word of a term in each form that it may take; its own is the first.
pub(crate) fn forms(word: &str, lang: Lang) -> Vec<u64> {
    let mut hashes = vec![hash(word)];
    let lower = word.to_lowercase();
    let is_code = lower.chars().count() < SHORTEST || lower.contains(char::is_numeric);
    if is_code {
        return hashes;
    }
    let mut add = |form: String| {
        let form = hash(&form);
        if !hashes.contains(&form) {
            hashes.push(form);
        }
    };
    match lang {
        Lang::En => english(&lower, &mut add),
        Lang::Fr => french(&lower, &mut add),
        Lang::Es => spanish(&lower, &mut add),
        Lang::Pt => portuguese(&lower, &mut add),
        Lang::Ru => russian(&lower, &mut add),
        Lang::Ar => hashes.extend(arabic_forms(word)),
    }
    hashes
}

/// Adds the word with one ending in place of another, both ways.
fn swap(word: &str, one: &str, many: &str, add: &mut impl FnMut(String)) {
    if let Some(stem) = word.strip_suffix(one) {
        add(format!("{stem}{many}"));
    }
    if let Some(stem) = word.strip_suffix(many).filter(|_| !many.is_empty()) {
        add(format!("{stem}{one}"));
    }
}

fn english(word: &str, add: &mut impl FnMut(String)) {
    if word.ends_with("ss") {
        add(format!("{word}es"));
        return;
    }
    swap(word, "y", "ies", add);
    swap(word, "", "s", add);
    for ending in ["x", "ch", "sh", "s"] {
        swap(word, ending, &format!("{ending}es"), add);
    }
}

fn french(word: &str, add: &mut impl FnMut(String)) {
    swap(word, "", "s", add);
    swap(word, "al", "aux", add);
    swap(word, "eau", "eaux", add);
}

fn spanish(word: &str, add: &mut impl FnMut(String)) {
    swap(word, "", "s", add);
    swap(word, "", "es", add);
    swap(word, "z", "ces", add);
}

fn portuguese(word: &str, add: &mut impl FnMut(String)) {
    swap(word, "", "s", add);
    for (one, many) in [
        ("ão", "ões"),
        ("ão", "ães"),
        ("al", "ais"),
        ("el", "éis"),
        ("ol", "óis"),
        ("il", "is"),
        ("m", "ns"),
        ("r", "res"),
        ("z", "zes"),
    ] {
        swap(word, one, many, add);
    }
}

fn russian(word: &str, add: &mut impl FnMut(String)) {
    let endings = [
        "", "а", "я", "у", "ю", "е", "ы", "и", "о", "ой", "ей", "ом", "ем", "ов", "ев", "ам", "ям", "ами", "ями", "ах",
        "ях", "ия", "ии", "ию", "ией", "ий", "ый", "ого", "его", "ому", "ему", "ым", "им", "ых", "их", "ыми", "ими",
        "ая", "яя", "ую", "юю", "ое", "ее", "ые", "ие",
    ];
    let stems = endings.iter().filter_map(|ending| word.strip_suffix(ending));
    // The stem of the longest ending that leaves a word; a wrong one only finds forms that do not occur.
    let Some(stem) = stems.filter(|stem| stem.chars().count() >= SHORTEST).min_by_key(|stem| stem.len()) else {
        return;
    };
    for ending in endings {
        add(format!("{stem}{ending}"));
    }
}
