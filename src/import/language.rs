//! Which language a text is written in, by the small words that only it has so often.

use crate::locale::Lang;

/// Words that are looked at.
const MOST: usize = 4000;

/// Small words of the languages in Latin letters. A word that two of them share tells nothing and is left out.
const WORDS: [(Lang, &[&str]); 4] = [
    (
        Lang::En,
        &[
            "the", "of", "and", "to", "shall", "by", "with", "be", "this", "or", "for", "any", "which", "is", "not",
            "such", "under", "from", "its", "that", "has", "are", "will",
        ],
    ),
    (
        Lang::Fr,
        &[
            "le", "les", "des", "et", "du", "une", "dans", "est", "au", "aux", "par", "pour", "sur", "ou", "qui", "ce",
            "cette", "sont", "avec", "présent", "ne", "pas", "à",
        ],
    ),
    (
        Lang::Es,
        &[
            "el", "los", "las", "y", "del", "en", "una", "con", "al", "su", "lo", "es", "sus", "este", "presente",
            "estado", "deberá", "será", "según", "o",
        ],
    ),
    (
        Lang::Pt,
        &[
            "os", "as", "do", "da", "dos", "das", "em", "e", "um", "uma", "ao", "à", "não", "no", "na", "pela", "pelo",
            "são", "deve", "seu", "sua", "nos", "o",
        ],
    ),
];

/// Guesses the language that most of a text is written in; `None` where there is too little to tell.
pub fn guess<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Lang> {
    let mut counts = [0usize; 4];
    let (mut words, mut cyrillic, mut arabic) = (0usize, 0usize, 0usize);
    'all: for text in texts {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            words += 1;
            match word.chars().next() {
                Some('\u{400}'..='\u{52f}') => cyrillic += 1,
                Some('\u{600}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}') => arabic += 1,
                _ if word.len() <= 10 => {
                    let small = word.to_lowercase();
                    for (count, (_, known)) in counts.iter_mut().zip(&WORDS) {
                        *count += usize::from(known.contains(&small.as_str()));
                    }
                }
                _ => {}
            }
            if words >= MOST {
                break 'all;
            }
        }
    }
    if words < 5 {
        return None;
    }
    if arabic * 2 > words {
        return Some(Lang::Ar);
    }
    if cyrillic * 2 > words {
        return Some(Lang::Ru);
    }
    let (best, lang) =
        counts.iter().zip(&WORDS).map(|(count, (lang, _))| (*count, *lang)).max_by_key(|(count, _)| *count)?;
    let second = counts.iter().zip(&WORDS).filter(|(_, (other, _))| *other != lang).map(|(count, _)| *count).max()?;
    (best * 12 >= words && best * 4 > second * 5).then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_six_languages() {
        for (lang, text) in [
            (
                Lang::En,
                "The Company shall pay to the State a royalty of three per cent of the value of any product sold.",
            ),
            (
                Lang::Fr,
                "La Société paie à l'État une redevance de trois pour cent de la valeur des produits vendus dans le trimestre.",
            ),
            (
                Lang::Es,
                "La Empresa pagará al Estado una regalía del tres por ciento del valor de los productos vendidos en el trimestre.",
            ),
            (
                Lang::Pt,
                "A Empresa paga ao Estado um royalty de três por cento do valor dos produtos vendidos em cada trimestre.",
            ),
            (
                Lang::Ru,
                "Компания уплачивает государству роялти в размере трёх процентов стоимости проданной продукции.",
            ),
            (Lang::Ar, "تدفع الشركة للدولة إتاوة قدرها ثلاثة بالمائة من قيمة المنتجات المبيعة"),
        ] {
            assert_eq!(guess(std::iter::once(text)), Some(lang), "{text}");
        }
        assert_eq!(guess(std::iter::once("Lorem 1 2 3")), None);
        assert_eq!(guess(std::iter::empty()), None);
    }
}
