//! Text from right to left, from the order of the eye to the order of reading.
//!
//! Source: Unicode Bidirectional Algorithm (UAX 9), of which only what lines of contracts need is undone: words and
//! numbers from left to right within a line from right to left.

/// What stands at one place of a line: the characters of one glyph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// Its characters, in the order of reading.
    pub text: &'a str,
}

/// Direction of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Right,
    Left,
    Digit,
    /// A sign that stands within numbers.
    Joint,
    Blank,
    Mark,
    Neutral,
}

/// Whether a character is written from right to left.
pub(super) fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Whether a text is mostly from right to left.
pub(super) fn is_rtl_text<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let (mut right, mut left) = (0usize, 0usize);
    for c in texts.flat_map(str::chars) {
        right += usize::from(is_rtl(c));
        left += usize::from(c.is_alphabetic() && !is_rtl(c));
    }
    right > left
}

fn way(text: &str) -> Way {
    match text.chars().next() {
        Some('\u{64b}'..='\u{65f}' | '\u{670}' | '\u{300}'..='\u{36f}') => Way::Mark,
        Some(c) if c.is_numeric() => Way::Digit,
        Some(c) if is_rtl(c) => Way::Right,
        Some(c) if c.is_alphabetic() => Way::Left,
        Some('.' | ',' | ':' | '/' | '-' | '٫' | '٬') => Way::Joint,
        Some(c) if c.is_whitespace() => Way::Blank,
        _ => Way::Neutral,
    }
}

/// Brings the units of a line, from left to right as the eye sees them, to the order of reading.
pub(super) fn logical(units: &[Unit<'_>]) -> String {
    let mut units: Vec<(&str, Way)> = units.iter().rev().map(|unit| (unit.text, way(unit.text))).collect();
    let mut at = 0;
    while at < units.len() {
        let end = match units[at].1 {
            Way::Left => run(&units, at, |way| matches!(way, Way::Left | Way::Digit), |way| way != Way::Right),
            Way::Digit => run(&units, at, |way| matches!(way, Way::Left | Way::Digit), |way| way == Way::Joint),
            _ => at + 1,
        };
        if end > at + 1 {
            units[at..end].reverse();
        }
        at = end;
    }
    // A vowel mark that was drawn before its letter stands after it in the order of reading.
    for at in 1..units.len() {
        if units[at - 1].1 == Way::Mark && units[at].1 == Way::Right && (at < 2 || units[at - 2].1 != Way::Right) {
            units.swap(at - 1, at);
        }
    }
    let mut text: String = units.iter().map(|(text, _)| *text).collect();
    if mirrored(&text) {
        text = text.chars().map(mirror).collect();
    }
    text
}

/// Returns the end of the run that begins at a place: it ends with a unit that `ends`, and has only units that `holds`
/// between.
fn run(units: &[(&str, Way)], from: usize, ends: impl Fn(Way) -> bool, holds: impl Fn(Way) -> bool) -> usize {
    let mut end = from + 1;
    for (at, (_, way)) in units.iter().enumerate().skip(from + 1) {
        if ends(*way) {
            end = at + 1;
        } else if !holds(*way) {
            break;
        }
    }
    end
}

/// Whether brackets are the wrong way round: more close without having been opened than the other way.
fn mirrored(text: &str) -> bool {
    let (mut open, mut wrong, mut right) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' | '«' => open += 1,
            ')' | ']' | '»' if open > 0 => {
                open -= 1;
                right += 1;
            }
            ')' | ']' | '»' => wrong += 1,
            _ => {}
        }
    }
    wrong > 0 && open > 0 && wrong + open > 2 * right
}

fn mirror(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eye(text: &str) -> String {
        let units: Vec<&str> = text.split_inclusive(|_: char| true).collect();
        logical(&units.iter().map(|text| Unit { text }).collect::<Vec<_>>())
    }

    fn reversed(text: &str) -> String {
        text.chars().rev().collect()
    }

    #[test]
    fn numbers_and_names_keep_their_direction() {
        let seen = format!("{} 1,500 USD {}", reversed("إلى الدولة"), reversed("تدفع الشركة"));
        assert_eq!(eye(&seen), "تدفع الشركة 1,500 USD إلى الدولة");
        let seen = format!("{} 12.5 {}", reversed("بالمائة"), reversed("نسبة"));
        assert_eq!(eye(&seen), "نسبة 12.5 بالمائة");
        assert!(is_rtl_text(std::iter::once("تدفع USD الشركة")));
    }

    #[test]
    fn brackets_look_the_right_way() {
        assert_eq!(eye(&reversed("الشركة )الطرف( هنا")), "الشركة (الطرف) هنا");
        assert_eq!(eye(&reversed("الشركة (الطرف) هنا")), "الشركة (الطرف) هنا");
    }
}
