//! Directions of text: which pieces of a paragraph Word must be told to set from right to left.
//!
//! Word takes the direction from the run, not from the characters, so that runs are split here. A small part of
//! the Unicode Bidirectional Algorithm (UAX #9) decides; numbers, references, addresses and telephone numbers
//! keep their order, as they do in the PDF.

use unicode_script::{Script, UnicodeScript};

/// What a character means for directions.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// A letter from left to right.
    Left,
    /// A letter or digit of a script from right to left.
    Right,
    /// A European digit.
    Digit,
    /// A sign that belongs to a number beside it.
    Sign,
    /// A blank or a sign between words.
    Neutral,
    /// A line break, which parts what stands before and after it.
    Break,
    /// Part of a text that has a direction of its own.
    Isolate,
}

fn class(sign: char) -> Class {
    match sign {
        '0'..='9' => Class::Digit,
        '\n' => Class::Break,
        '+' | '-' | '\u{2212}' | '$' | '€' | '£' | '%' | '‰' | '#' | '°' => Class::Sign,
        // Arabic punctuation is of common script, but always part of Arabic text; the marks of direction as well.
        '،' | '؛' | '؟' | '\u{200f}' | '\u{061c}' | '٪' | '٫' | '٬' | '\u{640}' => Class::Right,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Class::Right,
        '\u{200e}' => Class::Left,
        // A mark on a letter goes with its letter.
        _ if is_mark(sign) => Class::Neutral,
        _ if is_rtl(sign) => Class::Right,
        _ if sign.is_alphanumeric() => Class::Left,
        _ => Class::Neutral,
    }
}

fn is_rtl(sign: char) -> bool {
    sign > '\u{58f}' && matches!(sign.script(), Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana)
}

/// Returns whether a character belongs to the letter before it: vowel signs, accents, joiners.
fn is_mark(sign: char) -> bool {
    sign > '\u{2ff}' && sign.script() == Script::Inherited
}

/// Returns whether a text has a character of a script from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    text.chars().any(|sign| class(sign) == Class::Right)
}

/// Returns for each character whether it is set from right to left.
pub(super) fn directions(text: &str, rtl: bool) -> Vec<bool> {
    let signs: Vec<char> = text.chars().collect();
    let mut result = vec![rtl; signs.len()];
    if rtl || signs.iter().any(|&sign| class(sign) == Class::Right) {
        resolve(&signs, rtl, 0, &mut result);
    }
    result
}

/// Isolates in isolates that are looked into; Unicode allows more, text does not need them.
const DEPTH: usize = 8;

fn resolve(signs: &[char], rtl: bool, depth: usize, result: &mut [bool]) {
    let mut classes: Vec<Class> = signs.iter().copied().map(class).collect();
    let mut at = 0;
    while at < signs.len() {
        // An isolate (UAX #9, 2.4) has a direction of its own, and gives none to its neighbours.
        if depth < DEPTH && matches!(signs[at], '\u{2066}' | '\u{2067}' | '\u{2068}') {
            let end = isolate_end(signs, at);
            let inside = &signs[at + 1..end];
            let own = match signs[at] {
                '\u{2066}' => false,
                '\u{2067}' => true,
                _ => inside.iter().map(|&sign| class(sign)).find_map(strong).unwrap_or(rtl),
            };
            resolve(inside, own, depth + 1, &mut result[at + 1..end]);
            let after = (end + 1).min(signs.len());
            classes[at..after].fill(Class::Isolate);
            at = after;
        } else {
            at += 1;
        }
    }
    // A letter and its marks in runs of their own would be drawn apart.
    for at in 1..signs.len() {
        if is_mark(signs[at]) && !matches!(classes[at - 1], Class::Isolate | Class::Break) {
            classes[at] = classes[at - 1];
        }
    }
    settle_digits(&mut classes, rtl);
    // Blanks and signs go with both neighbours where these agree, else with the paragraph.
    let mut at = 0;
    let mut before = None;
    while at < classes.len() {
        if classes[at] == Class::Isolate {
            before = None;
            at += 1;
        } else if let Some(direction) = strong(classes[at]) {
            result[at] = direction;
            before = Some(direction);
            at += 1;
        } else {
            let open = |class: &Class| *class != Class::Isolate && strong(*class).is_none();
            let end = at + classes[at..].iter().take_while(|class| open(class)).count();
            let after = classes.get(end).copied().and_then(strong);
            let broken = classes[at..end].contains(&Class::Break);
            let direction = before.filter(|_| before == after && !broken).unwrap_or(rtl);
            result[at..end].fill(direction);
            at = end;
        }
    }
    settle_brackets(signs, &classes, result, rtl);
}

/// Returns the place of the mark that ends an isolate, or the end of the line.
fn isolate_end(signs: &[char], start: usize) -> usize {
    let mut depth = 0usize;
    for (at, sign) in signs.iter().enumerate().skip(start) {
        match sign {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' if depth == 1 => return at,
            '\u{2069}' => depth -= 1,
            '\n' => return at,
            _ => {}
        }
    }
    signs.len()
}

fn strong(class: Class) -> Option<bool> {
    match class {
        Class::Left => Some(false),
        Class::Right => Some(true),
        _ => None,
    }
}

/// Makes letters of digits and of the signs beside them.
fn settle_digits(classes: &mut [Class], rtl: bool) {
    // Digits amid Arabic in a paragraph from left to right belong to the Arabic; else they run from left to right.
    let mut after = vec![None; classes.len()];
    let mut next = None;
    for at in (0..classes.len()).rev() {
        after[at] = next;
        match classes[at] {
            Class::Break | Class::Isolate => next = None,
            class => next = strong(class).or(next),
        }
    }
    let mut before = None;
    let mut at = 0;
    while at < classes.len() {
        if !matches!(classes[at], Class::Digit | Class::Sign) {
            match classes[at] {
                Class::Break | Class::Isolate => before = None,
                class => before = strong(class).or(before),
            }
            at += 1;
            continue;
        }
        let end = at + classes[at..].iter().take_while(|class| matches!(class, Class::Digit | Class::Sign)).count();
        if classes[at..end].contains(&Class::Digit) {
            let amid = !rtl && before == Some(true) && after[end - 1] == Some(true);
            classes[at..end].fill(if amid { Class::Right } else { Class::Left });
        }
        at = end;
    }
}

/// Gives the two brackets of a pair one direction.
fn settle_brackets(signs: &[char], classes: &[Class], directions: &mut [bool], rtl: bool) {
    let mut open = Vec::new();
    for (at, sign) in signs.iter().enumerate().filter(|(at, _)| classes[*at] != Class::Isolate) {
        match sign {
            '(' | '[' | '«' => open.push(at),
            ')' | ']' | '»' => {
                if let Some(start) = open.pop().filter(|&start| directions[start] != directions[at]) {
                    directions[start] = rtl;
                    directions[at] = rtl;
                }
            }
            '\n' => open.clear(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `<` under characters from right to left, `>` under the others.
    fn shape(text: &str, rtl: bool) -> String {
        directions(text, rtl).into_iter().map(|direction| if direction { '<' } else { '>' }).collect()
    }

    #[test]
    fn latin_names_and_numbers_keep_their_order() {
        assert_eq!(shape("عقد Bauxite Ltd رقم", true), "<<<<>>>>>>>>>>><<<<");
        assert_eq!(shape("هـ +966 11-2", true), "<<<>>>>>>>>>");
        assert_eq!(shape("25% من", true), ">>><<<");
        assert_eq!(shape("م (Bar) Foo", true), "<<<>>><>>>>");
    }

    #[test]
    fn marks_stay_with_their_letters() {
        assert_eq!(shape("يُعَدّ", true), "<<<<<<");
        assert_eq!(shape("لم يُعَدّ in", false), "<<<<<<<<<>>>");
        assert_eq!(shape("e\u{301}t عقد", true), ">>><<<<");
    }

    #[test]
    fn isolates_keep_to_themselves() {
        let isolated = "\u{2066}Musterkai 12\u{2069} · \u{2066}20457\u{2069}";
        assert_eq!(shape(isolated, true), "<>>>>>>>>>>>><<<<<>>>>><");
    }

    #[test]
    fn arabic_in_a_latin_paragraph_stays_together() {
        assert_eq!(shape("see عقد 12 لسنة now", false), ">>>><<<<<<<<<<<>>>>");
        assert_eq!(shape("plain", false), ">>>>>");
    }
}
