//! Arabic, in the nominative, with the signs of the accusative ("ألفًا") and no other vowels.
//!
//! Three to ten take the other gender and a plural noun, eleven to ninety-nine an accusative
//! singular, hundreds and scales a genitive singular, before which duals lose their nun. After a
//! round number one and two are said with the noun: "مائة دولار ودولار واحد". "مائة" keeps its alif.

use super::{Gender, Noun, groups, word};

/// With masculine nouns, as used alone.
const MASCULINE: &[&str] = &["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
/// With feminine nouns.
const FEMININE: &[&str] = &["صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"];
const TENS: &[&str] = &["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];
const HUNDREDS: &[&str] =
    &["", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"];
/// The forms of a scale: one, two, three to ten, eleven to ninety-nine, after hundreds.
const SCALES: &[[&str; 5]] = &[
    ["", "", "", "", ""],
    ["ألف", "ألفان", "آلاف", "ألفًا", "ألف"],
    ["مليون", "مليونان", "ملايين", "مليونًا", "مليون"],
    ["مليار", "ملياران", "مليارات", "مليارًا", "مليار"],
    ["تريليون", "تريليونان", "تريليونات", "تريليونًا", "تريليون"],
    ["كوادريليون", "كوادريليونان", "كوادريليونات", "كوادريليونًا", "كوادريليون"],
];

/// Returns the number, alone.
pub(super) fn cardinal(n: u64, gender: Gender) -> String {
    if n == 0 {
        return word(MASCULINE, 0).to_owned();
    }
    number(n, gender, false)
}

/// Returns the number with the noun it counts: "مليونا دولار أمريكي".
pub(super) fn counted(n: u64, noun: &Noun) -> String {
    match n {
        0 => format!("{} {}", word(MASCULINE, 0), noun.form(4)),
        1 | 2 => few(n, noun),
        _ => match n % 100 {
            0 => format!("{} {}", number(n, noun.gender, true), noun.form(4)),
            rest @ (1 | 2) => {
                format!("{} {} و{}", number(n - rest, noun.gender, true), noun.form(4), few(rest, noun))
            }
            3..=10 => format!("{} {}", number(n, noun.gender, false), noun.form(2)),
            _ => format!("{} {}", number(n, noun.gender, false), noun.form(3)),
        },
    }
}

/// Returns one or two of a noun.
fn few(n: u64, noun: &Noun) -> String {
    let numeral = if noun.gender == Gender::Feminine { FEMININE } else { MASCULINE };
    match n {
        1 => format!("{} {}", noun.form(0), word(numeral, 1)),
        // A noun that has no dual of its own.
        _ if noun.form(0) == noun.form(1) => format!("{} {}", noun.form(0), word(numeral, 2)),
        _ => noun.form(1).to_owned(),
    }
}

/// Returns a number from 1; `construct` if a noun in the genitive follows it at once.
fn number(n: u64, gender: Gender, construct: bool) -> String {
    let mut parts = Vec::new();
    let lowest = groups(n).next().map_or(0, |(scale, _)| scale);
    for (scale, group) in groups(n).rev() {
        let construct = construct && scale == lowest;
        match SCALES.get(scale) {
            Some(forms) if scale > 0 => scaled(group, forms, construct, &mut parts),
            _ => below_thousand(group, gender, construct, &mut parts),
        }
    }
    parts.join(" و")
}

/// Appends so many thousands, millions and so on.
fn scaled(n: u64, forms: &[&'static str; 5], construct: bool, parts: &mut Vec<String>) {
    let [one, two, three, eleven, hundred] = *forms;
    let two = if construct { without_nun(two) } else { two.to_owned() };
    let (hundreds, rest) = (n / 100, n % 100);
    if rest <= 2 && hundreds > 0 {
        parts.push(format!("{} {hundred}", without_nun(word(HUNDREDS, hundreds))));
    }
    match rest {
        0 => {}
        1 => parts.push(one.to_owned()),
        2 => parts.push(two),
        _ => {
            below_thousand(n, Gender::Masculine, false, parts);
            let noun = match rest {
                3..=10 => three,
                // Before a noun of its own the scale cannot have the ending of the indefinite.
                _ if construct => one,
                _ => eleven,
            };
            if let Some(last) = parts.last_mut() {
                last.push(' ');
                last.push_str(noun);
            }
        }
    }
}

fn below_thousand(n: u64, gender: Gender, construct: bool, parts: &mut Vec<String>) {
    let (hundreds, rest) = (n / 100, n % 100);
    if hundreds > 0 {
        let word = word(HUNDREDS, hundreds);
        parts.push(if construct && rest == 0 { without_nun(word) } else { word.to_owned() });
    }
    let feminine = gender == Gender::Feminine;
    let unit = |unit: u64| word(if feminine { FEMININE } else { MASCULINE }, unit);
    match rest {
        0 => {}
        // Its final ya, lost elsewhere, comes back before a noun.
        8 if feminine => parts.push("ثماني".to_owned()),
        1..=10 => parts.push(unit(rest).to_owned()),
        // The ten of a compound agrees with the noun, its unit from three on does not.
        11 if feminine => parts.push("إحدى عشرة".to_owned()),
        11 => parts.push("أحد عشر".to_owned()),
        12 if feminine => parts.push("اثنتا عشرة".to_owned()),
        12 => parts.push("اثنا عشر".to_owned()),
        18 if feminine => parts.push("ثماني عشرة".to_owned()),
        13..20 => parts.push(format!("{} {}", unit(rest - 10), if feminine { "عشرة" } else { "عشر" })),
        _ => {
            match rest % 10 {
                0 => {}
                1 if feminine => parts.push("إحدى".to_owned()),
                small => parts.push(unit(small).to_owned()),
            }
            parts.push(word(TENS, rest / 10).to_owned());
        }
    }
}

/// Returns a dual before its genitive; any other word as it is.
fn without_nun(text: &str) -> String {
    match text.strip_suffix('ن') {
        Some(dual) if text.ends_with("ان") => dual.to_owned(),
        _ => text.to_owned(),
    }
}
