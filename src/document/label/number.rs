//! Reading digits, letters and Roman numerals as numbers.

/// Letters of sub-clauses in Russian, in the order in which they count; those that are easily mistaken are left
/// out of contracts.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
/// Letters of sub-clauses in Arabic, in the order of the abjad.
const ARABIC: &str = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ";

/// Returns the value of a digit, European, Arabic-Indic or Persian.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        _ => None,
    }
}

/// Digits at the start of a text.
pub(super) struct Digits {
    /// Their value.
    pub value: u32,
    /// How many they are.
    pub count: usize,
    /// How many bytes they take.
    pub bytes: usize,
    /// Whether the first of several is a nought.
    pub padded: bool,
}

/// Reads the digits at the start of a text; `None` where there is none, or more than four.
pub(super) fn digits(text: &str) -> Option<Digits> {
    let mut read = Digits { value: 0, count: 0, bytes: 0, padded: false };
    for c in text.chars() {
        let Some(value) = digit(c) else { break };
        if read.count == 4 {
            return None;
        }
        read.padded |= read.count == 1 && read.value == 0;
        read.value = read.value * 10 + value;
        read.count += 1;
        read.bytes += c.len_utf8();
    }
    (read.count > 0).then_some(read)
}

/// Steps of Roman numerals.
const ROMAN: [(u32, &str); 9] =
    [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

/// Returns the value of a Roman numeral in one case, written as the rules ask; `None` above 399.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 12 {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    if text != upper && text != upper.to_ascii_lowercase() {
        return None;
    }
    let mut value = 0;
    let mut rest = upper.as_str();
    for (step, sign) in ROMAN {
        while let Some(after) = rest.strip_prefix(sign) {
            rest = after;
            value += step;
        }
    }
    // Only the form that the rules ask for gives itself again: `IIII` and `XCX` do not.
    let mut left = value;
    let mut canonical = String::with_capacity(upper.len());
    for (step, sign) in ROMAN {
        while left >= step {
            canonical.push_str(sign);
            left -= step;
        }
    }
    (rest.is_empty() && value < 400 && canonical == upper).then_some(value)
}

/// Returns the place of a single letter in its alphabet, from 1.
pub(super) fn letter(c: char) -> Option<u32> {
    match c {
        'a'..='z' => Some(u32::from(c) - u32::from('a') + 1),
        'A'..='Z' => Some(u32::from(c) - u32::from('A') + 1),
        'أ' | 'إ' | 'آ' => Some(1),
        c => {
            let small = c.to_lowercase().next()?;
            let at = |alphabet: &str| (1..).zip(alphabet.chars()).find(|(_, known)| *known == small).map(|(at, _)| at);
            at(RUSSIAN).or_else(|| at(ARABIC))
        }
    }
}
