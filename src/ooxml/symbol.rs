//! Characters of the symbol fonts that Word documents use, in Unicode.

/// Returns the character of a code in a font. Codes of symbol fonts are bytes, often with 0xF000 added.
pub(super) fn unicode(font: &str, code: u32) -> char {
    let byte = match code {
        0xF020..=0xF0FF => code - 0xF000,
        0x20..=0xFF => code,
        _ => return char::from_u32(code).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let known = if font.eq_ignore_ascii_case("Symbol") {
        symbol(byte)
    } else if font.eq_ignore_ascii_case("Wingdings") {
        wingdings(byte)
    } else if font.eq_ignore_ascii_case("Wingdings 2") {
        wingdings_2(byte)
    } else {
        (code == byte).then(|| char::from_u32(code)).flatten()
    };
    known.or_else(|| char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Adobe's encoding of the font Symbol.
fn symbol(byte: u32) -> Option<char> {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    match byte {
        0x41..=0x5A => GREEK.chars().nth((byte - 0x41) as usize),
        0x61..=0x7A => SMALL.chars().nth((byte - 0x61) as usize),
        0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2B..=0x2C | 0x2E..=0x3F => char::from_u32(byte),
        0x2D => Some('−'),
        0x2A => Some('∗'),
        0xA3 => Some('≤'),
        0xA5 => Some('∞'),
        0xA7 => Some('♣'),
        0xA8 => Some('♦'),
        0xAB => Some('↔'),
        0xAC => Some('←'),
        0xAD => Some('↑'),
        0xAE => Some('→'),
        0xAF => Some('↓'),
        0xB0 => Some('°'),
        0xB1 => Some('±'),
        0xB2 => Some('″'),
        0xB3 => Some('≥'),
        0xB4 => Some('×'),
        0xB6 => Some('∂'),
        0xB7 => Some('•'),
        0xB8 => Some('÷'),
        0xB9 => Some('≠'),
        0xBA => Some('≡'),
        0xBB => Some('≈'),
        0xBC => Some('…'),
        0xD2 | 0xE2 => Some('®'),
        0xD3 | 0xE3 => Some('©'),
        0xD4 | 0xE4 => Some('™'),
        0xE5 => Some('∑'),
        0xF2 => Some('∫'),
        _ => None,
    }
}

/// The characters of Wingdings that contracts and forms use.
fn wingdings(byte: u32) -> Option<char> {
    Some(match byte {
        0x28 => '☎',
        0x2A => '✉',
        0x6C => '●',
        0x6D => '❍',
        0x6E => '■',
        0x6F | 0x71 => '☐',
        0x70 => '◻',
        0x72 => '❒',
        0x73 => '⬧',
        0x74 => '⧫',
        0x75 => '◆',
        0x76 => '❖',
        0x9F => '•',
        0xA7 => '▪',
        0xA8 => '◻',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xE8 => '➔',
        0xF0 => '⇨',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

/// The boxes and ticks of Wingdings 2.
fn wingdings_2(byte: u32) -> Option<char> {
    Some(match byte {
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0xA3 => '☐',
        _ => return None,
    })
}
