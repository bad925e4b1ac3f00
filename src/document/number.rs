//! Numbers of headings and clauses, and the texts of cross-references: settled once, for all writers.

use std::collections::BTreeMap;

use super::{Block, Document, Inline, Numbering, walk};
use crate::locale::{Lang, Locale};

/// Letters of sub-clauses in Russian: without those that are easily mistaken (ё, й, ъ, ы, ь).
const RUSSIAN: &str = "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ э ю я";
/// Letters of sub-clauses in Arabic, in the order of the abjad.
const ARABIC: &str = "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ";
const LATIN: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z";

/// A cross-reference whose target does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenReference {
    /// The identifier that was not found.
    pub id: String,
    /// The nearest one that exists.
    pub nearest: Option<String>,
}

/// Settles all numbers and cross-references of a document.
///
/// The texts of references come from the words `ref-clause` and `ref-section`, the form of letters
/// and Roman numerals from `ref-sub_clause` (`({n})` in English, `{n})` in French); `{n}` stands for
/// the number. A target without a number is cited by its heading.
pub fn resolve(document: &mut Document) -> Vec<BrokenReference> {
    let style = document.meta.numbering;
    let locale = document.meta.locale;
    let word = |key: &str| document.meta.words.iter().find(|(name, _)| name == key).map(|(_, word)| word.clone());
    let mark = word("ref-sub_clause").unwrap_or_else(|| "({n})".to_owned());
    let pattern = match style {
        Numbering::Clauses => word("ref-clause"),
        Numbering::Sections | Numbering::None => word("ref-section"),
    };
    let mut counters = [0u32; 6];
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for mut block in std::mem::take(&mut document.blocks) {
        if let Block::Heading { level, number, .. } = &mut block {
            *number = heading_number(style, *level, &mut counters).map(|number| in_digits(&number, locale));
        }
        match block {
            Block::List { start: Some(_), items, .. } if style == Numbering::Clauses => {
                let article = counters[0];
                for item in items {
                    // A second list under the same article goes on counting.
                    counters[1] += 1;
                    let number =
                        if article == 0 { format!("{}.", counters[1]) } else { format!("{article}.{}", counters[1]) };
                    let number = in_digits(&number, locale);
                    blocks.push(clause(number, 1, item, &Sub { mark: &mark, locale }));
                }
            }
            other => blocks.push(other),
        }
    }
    document.blocks = blocks;
    let mut targets = BTreeMap::new();
    gather(&document.blocks, &pattern.unwrap_or_else(|| "{n}".to_owned()), &mut targets);
    let mut broken = Vec::new();
    walk::inlines(document, &mut |content| settle(content, &targets, &mut broken));
    broken
}

/// Writes a number in the digits of the document's language and region.
fn in_digits(number: &str, locale: Locale) -> String {
    let Some(digits) = locale.digit_chars() else { return number.to_owned() };
    let own: Vec<char> = digits.chars().collect();
    let digit = |c: char| c.to_digit(10).and_then(|at| own.get(at as usize).copied());
    number.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

fn heading_number(style: Numbering, level: u8, counters: &mut [u32; 6]) -> Option<String> {
    let at = usize::from(level.clamp(1, 6)) - 1;
    match style {
        Numbering::None => None,
        Numbering::Clauses if at > 0 => None,
        Numbering::Clauses | Numbering::Sections => {
            counters[at] += 1;
            counters[at + 1..].fill(0);
            Some(counters[..=at].iter().map(u32::to_string).collect::<Vec<_>>().join("."))
        }
    }
}

/// Makes a clause of a list item; ordered lists inside become its sub-clauses.
fn clause(number: String, level: u8, item: Vec<Block>, sub: &Sub<'_>) -> Block {
    let mut id = None;
    let mut blocks = Vec::new();
    for block in item {
        match block {
            Block::List { start: Some(_), items, .. } if level < 3 => {
                let items = items.into_iter().enumerate();
                blocks.extend(items.map(|(at, item)| clause(sub.number(at, level + 1), level + 1, item, sub)));
            }
            Block::Para { mut content, role } => {
                if let Some(found) = take_id(&mut content) {
                    id = Some(found);
                }
                blocks.push(Block::Para { content, role });
            }
            other => blocks.push(other),
        }
    }
    Block::Clause { number, level, id, blocks }
}

/// Takes the target of cross-references out of a clause's text.
fn take_id(content: &mut Vec<Inline>) -> Option<String> {
    let at = content.iter().position(|inline| matches!(inline, Inline::Anchor(_)))?;
    match content.remove(at) {
        Inline::Anchor(id) => Some(id),
        _ => None,
    }
}

/// How sub-clauses are numbered.
struct Sub<'a> {
    /// Form of the number; `{n}` stands for the letter or numeral.
    mark: &'a str,
    /// Language and region, for their letters and digits.
    locale: Locale,
}

impl Sub<'_> {
    /// Returns the number of a sub-clause: letters on the second level; on the third small Roman numerals, in
    /// Russian and Arabic figures.
    fn number(&self, at: usize, level: u8) -> String {
        let number = match (level, self.locale.lang) {
            (2, Lang::Ru) => letters(at, RUSSIAN),
            (2, Lang::Ar) => letters(at, ARABIC),
            (2, _) => letters(at, LATIN),
            (_, Lang::Ru | Lang::Ar) => in_digits(&(at + 1).to_string(), self.locale),
            _ => roman(at + 1),
        };
        self.mark.replace("{n}", &number)
    }
}

/// Returns a, b … z, aa, ab …
fn letters(mut at: usize, alphabet: &str) -> String {
    let alphabet: Vec<&str> = alphabet.split(' ').collect();
    let mut text = Vec::new();
    loop {
        text.push(alphabet[at % alphabet.len()]);
        if at < alphabet.len() {
            break;
        }
        at = at / alphabet.len() - 1;
    }
    text.iter().rev().copied().collect()
}

/// Returns a small Roman numeral; nothing for 0. Of numbers beyond some fifty thousand the end is cut off.
#[must_use]
pub fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value && text.len() < 64 {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// Gathers what can be referred to: identifier → text of the reference.
fn gather(blocks: &[Block], pattern: &str, targets: &mut BTreeMap<String, String>) {
    for block in blocks {
        match block {
            Block::Heading { id: Some(id), number, content, .. } => {
                let text = number
                    .as_ref()
                    .map_or_else(|| format!("“{}”", walk::plain(content)), |number| pattern.replace("{n}", number));
                targets.insert(id.clone(), text);
            }
            Block::Clause { id, number, blocks, .. } => {
                if let Some(id) = id {
                    targets.insert(id.clone(), pattern.replace("{n}", number.trim_end_matches('.')));
                }
                gather(blocks, pattern, targets);
            }
            _ => {}
        }
    }
}

/// Writes the texts of cross-references into content.
fn settle(content: &mut Vec<Inline>, targets: &BTreeMap<String, String>, broken: &mut Vec<BrokenReference>) {
    for inline in content {
        match inline {
            Inline::Ref { id, text } => match targets.get(id) {
                Some(target) if text.is_empty() => text.clone_from(target),
                Some(_) => {}
                None => broken.push(BrokenReference {
                    id: id.clone(),
                    nearest: crate::diagnostic::nearest(id, targets.keys().map(String::as_str)).map(str::to_owned),
                }),
            },
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => settle(content, targets, broken),
            Inline::Text(_) | Inline::Code(_) | Inline::Anchor(_) | Inline::Break | Inline::Blank(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sub_numbers_go_past_the_alphabet() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(|at| letters(at, LATIN)),
            ["a", "z", "aa", "zz", "aaa"].map(str::to_owned)
        );
        let sub = |mark, lang: Lang, level| Sub { mark, locale: lang.into() }.number(2, level);
        assert_eq!(
            [sub("{n})", Lang::Ru, 2), sub("{n})", Lang::Ru, 3), sub("({n})", Lang::Ar, 2)],
            ["в)", "3)", "(ج)"]
        );
        assert_eq!((roman(4), roman(9), roman(14), roman(40)), ("iv".into(), "ix".into(), "xiv".into(), "xl".into()));
    }

    #[test]
    fn section_numbers_restart_below_their_parent() {
        let mut counters = [0; 6];
        let numbers: Vec<_> = [1, 2, 2, 1, 2]
            .iter()
            .filter_map(|&level| heading_number(Numbering::Sections, level, &mut counters))
            .collect();
        assert_eq!(numbers, ["1", "1.1", "1.2", "2", "2.1"]);
    }
}
