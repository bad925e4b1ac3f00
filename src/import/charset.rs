//! Bytes to text: which characters are meant, and what was left out.
//!
//! Files that say nothing about themselves are UTF-8 where that reads, UTF-16 where every other byte is nought, and
//! else one of the old Windows code pages, which is a guess and told.
//!
//! Source: WHATWG Encoding Standard, indexes windows-1251, windows-1252 and windows-1256.

/// Characters of the bytes 0x80 to 0xFF in Windows-1252, Western European.
const WESTERN: &str = concat!(
    "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ",
    "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß",
    "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
);
/// Likewise in Windows-1251, Cyrillic.
const CYRILLIC: &str = concat!(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ",
    "\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї",
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
);
/// Likewise in Windows-1256, Arabic.
const ARABIC: &str = concat!(
    "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200c}\u{200d}ں",
    "\u{a0}،¢£¤¥¦§¨©ھ«¬\u{ad}®¯°±²³´µ¶·¸¹؛»¼½¾؟",
    "ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقك",
    "àلâمنهوçèéêëىيîïًٌٍَôُِ÷ّùْûü\u{200e}\u{200f}ے",
);

/// Share of letters beyond ASCII, in percent, from which a text is taken for one that is not in Latin letters.
const OTHER_SCRIPT: usize = 45;

/// A text that was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text. Line ends are `\n`; control characters other than tab, line end and form feed are left out.
    pub text: String,
    /// What had to be guessed or left out, with how many times.
    pub caveats: Vec<(String, usize)>,
}

/// Decodes the bytes of a text file. `named` is the encoding that the file itself names, if it does.
pub fn decode(bytes: &[u8], named: Option<&str>) -> Decoded {
    let mut caveats = Vec::new();
    let text = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        utf8(rest, &mut caveats)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        utf16(rest, u16::from_le_bytes, &mut caveats)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        utf16(rest, u16::from_be_bytes, &mut caveats)
    } else if let Some(order) = wide(bytes) {
        utf16(bytes, order, &mut caveats)
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        unmarked(bytes, named, &mut caveats)
    };
    Decoded { text: clean(text, &mut caveats), caveats }
}

fn utf8(bytes: &[u8], caveats: &mut Vec<(String, usize)>) -> String {
    let text = String::from_utf8_lossy(bytes);
    if let std::borrow::Cow::Owned(text) = &text {
        let broken = text.matches('\u{fffd}').count();
        caveats.push(("characters could not be read and are shown as \u{fffd}".to_owned(), broken));
    }
    text.into_owned()
}

fn utf16(bytes: &[u8], order: fn([u8; 2]) -> u16, caveats: &mut Vec<(String, usize)>) -> String {
    let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    let mut broken = bytes.len() % 2;
    let text: String = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                broken += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if broken > 0 {
        caveats.push(("characters could not be read and are shown as \u{fffd}".to_owned(), broken));
    }
    text
}

/// Tells UTF-16 without a mark by the noughts of its Latin letters; returns the order of its bytes.
fn wide(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let start = &bytes[..bytes.len().min(4096)];
    let pairs = start.len() / 2;
    let noughts = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    match (noughts(0), noughts(1)) {
        _ if pairs < 4 => None,
        (first, second) if second * 10 > pairs * 2 && first * 20 < pairs => Some(u16::from_le_bytes),
        (first, second) if first * 10 > pairs * 2 && second * 20 < pairs => Some(u16::from_be_bytes),
        _ => None,
    }
}

/// Decodes what is not Unicode.
fn unmarked(bytes: &[u8], named: Option<&str>, caveats: &mut Vec<(String, usize)>) -> String {
    let known = named.and_then(|name| page(&name.trim().to_ascii_lowercase()));
    // Hardly anything that does not read: a UTF-8 file with a damaged place.
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let beyond = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if known.is_none() && broken * 20 < beyond {
        caveats.push(("characters could not be read and are shown as \u{fffd}".to_owned(), broken));
        return lossy.into_owned();
    }
    let (name, page) = known.unwrap_or_else(|| {
        let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
        if beyond * 100 < (letters + beyond) * OTHER_SCRIPT {
            ("Windows-1252", WESTERN)
        } else {
            // Russian small letters are the bytes from 0xE0 on; Arabic uses those below as much.
            let high = bytes.iter().filter(|byte| **byte >= 0xE0).count();
            if high * 10 >= beyond * 7 { ("Windows-1251", CYRILLIC) } else { ("Windows-1256", ARABIC) }
        }
    });
    if known.is_none() {
        caveats.push((format!("the file does not say how its characters are coded; it was read as {name}"), 1));
    }
    let table: Vec<char> = page.chars().collect();
    bytes
        .iter()
        .map(|byte| match byte {
            0..=0x7f => char::from(*byte),
            _ => table.get(usize::from(*byte) - 0x80).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        })
        .collect()
}

/// Returns the code page of a name, with the name that it is shown by.
fn page(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "windows-1252" | "cp1252" | "iso-8859-1" | "iso8859-1" | "iso-8859-15" | "latin1" | "us-ascii" | "ascii" => {
            Some(("Windows-1252", WESTERN))
        }
        "windows-1251" | "cp1251" => Some(("Windows-1251", CYRILLIC)),
        "windows-1256" | "cp1256" => Some(("Windows-1256", ARABIC)),
        _ => None,
    }
}

/// Brings line ends to one form and leaves out control characters.
fn clean(text: String, caveats: &mut Vec<(String, usize)>) -> String {
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t' | '\u{c}');
    if text.chars().all(|c| plain(c) && c != '\u{feff}') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut left_out = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{b}' => out.push('\n'),
            '\u{feff}' => {}
            c if plain(c) => out.push(c),
            _ => left_out += 1,
        }
    }
    if left_out > 0 {
        caveats.push(("control characters were left out".to_owned(), left_out));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_form_of_unicode() {
        let text = "Clause 1 – “Área” статья المادة\n";
        assert_eq!(decode(text.as_bytes(), None).text, text);
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        assert_eq!(decode(&marked, None), Decoded { text: text.to_owned(), caveats: Vec::new() });
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let wide: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            let marked: Vec<u8> = order(0xFEFF).into_iter().chain(wide.clone()).collect();
            assert_eq!(decode(&marked, None).text, text);
            let ascii: Vec<u8> = "Clause one".encode_utf16().flat_map(order).collect();
            assert_eq!(decode(&ascii, None).text, "Clause one");
        }
    }

    #[test]
    fn guesses_old_code_pages_aloud() {
        let western = decode(b"Cl\xe1usula 1.\xaa \x96 Defini\xe7\xf5es", None);
        assert_eq!(western.text, "Cláusula 1.ª – Definições");
        assert!(western.caveats[0].0.contains("Windows-1252"));
        let russian = decode(b"\xd1\xf2\xe0\xf2\xfc\xff 5. \xcf\xf0\xe5\xe4\xec\xe5\xf2", None);
        assert_eq!(russian.text, "Статья 5. Предмет");
        assert!(decode(b"caf\xe9", Some("ISO-8859-1")).caveats.is_empty());
    }

    #[test]
    fn line_ends_have_one_form_and_controls_go_aloud() {
        let read = decode(b"one\r\ntwo\rthree\x00\x07\n", None);
        assert_eq!(read.text, "one\ntwo\nthree\n");
        assert_eq!(read.caveats, [("control characters were left out".to_owned(), 2)]);
    }

    #[test]
    fn a_damaged_place_does_not_change_the_rest() {
        let mut bytes = "Área do Contrato. ".repeat(40).into_bytes();
        bytes.push(0xC3);
        bytes.extend(b" end");
        let read = decode(&bytes, None);
        assert!(read.text.starts_with("Área do"), "{}", &read.text[..20]);
        assert_eq!(read.caveats.len(), 1);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let read = decode(&bytes, None);
            prop_assert!(!read.text.contains(['\r', '\0']));
        }
    }
}
