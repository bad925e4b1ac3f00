//! Words that come before numbers, words that are numbers, and words that make a number an amount or a date.

use super::Keyword;

/// Returns a word in small letters without accents, Arabic without vowel marks, for comparison.
pub(super) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            'ё' => out.push('е'),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' => out.push('ي'),
            // Combining accents, Arabic vowel marks, the stretching stroke and marks of direction.
            '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200e}' | '\u{200f}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Returns what a folded word before a number stands for.
pub(super) fn keyword(folded: &str) -> Option<Keyword> {
    Some(match folded {
        "annex"
        | "annexe"
        | "annexure"
        | "anexo"
        | "appendix"
        | "appendice"
        | "apendice"
        | "schedule"
        | "exhibit"
        | "attachment"
        | "приложение"
        | "الملحق"
        | "ملحق"
        | "المرفق"
        | "مرفق" => Keyword::Annex,
        "part" | "partie" | "parte" | "часть" | "الجزء" | "جزء" => Keyword::Part,
        "title" | "titre" | "titulo" | "الباب" | "باب" => Keyword::Title,
        "chapter" | "chapitre" | "capitulo" | "глава" | "раздел" | "الفصل" | "فصل" => {
            Keyword::Chapter
        }
        "section" | "sec" | "seccion" | "seccao" | "secao" | "القسم" | "قسم" => Keyword::Section,
        "article" | "articulo" | "artigo" | "art" | "статья" | "المادة" | "مادة" => Keyword::Article,
        "clause" | "clausula" | "clausule" | "пункт" | "البند" | "بند" => Keyword::Clause,
        "paragraph" | "paragraphe" | "parrafo" | "paragrafo" | "alinea" | "inciso" | "параграф" | "الفقرة" | "فقرة" => {
            Keyword::Paragraph
        }
        "recital" => Keyword::Recital,
        _ => return None,
    })
}

/// Returns the value of a folded ordinal: units, tens, and the words that stand for `eleventh` and the like.
pub(super) fn ordinal(folded: &str) -> Option<u32> {
    latin_ordinal(folded).or_else(|| russian_ordinal(folded)).or_else(|| arabic_ordinal(folded))
}

fn latin_ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "premier" | "premiere" | "primero" | "primera" | "primer" | "primeiro" | "primeira" | "first" | "one" => 1,
        "deuxieme" | "second" | "seconde" | "segundo" | "segunda" | "two" => 2,
        "troisieme" | "tercero" | "tercera" | "tercer" | "terceiro" | "terceira" | "third" | "three" => 3,
        "quatrieme" | "cuarto" | "cuarta" | "quarto" | "quarta" | "fourth" | "four" => 4,
        "cinquieme" | "quinto" | "quinta" | "fifth" | "five" => 5,
        "sixieme" | "sexto" | "sexta" | "sixth" | "six" => 6,
        "septieme" | "septimo" | "septima" | "setimo" | "setima" | "seventh" | "seven" => 7,
        "huitieme" | "octavo" | "octava" | "oitavo" | "oitava" | "eighth" | "eight" => 8,
        "neuvieme" | "noveno" | "novena" | "nono" | "nona" | "ninth" | "nine" => 9,
        "dixieme" | "decimo" | "decima" | "tenth" | "ten" => 10,
        "onzieme" | "undecimo" | "undecima" | "decimoprimero" | "decimoprimera" | "eleventh" | "eleven" => 11,
        "douzieme" | "duodecimo" | "duodecima" | "decimosegundo" | "decimosegunda" | "twelfth" | "twelve" => 12,
        "treizieme" | "decimotercero" | "decimotercera" | "decimotercer" | "thirteenth" | "thirteen" => 13,
        "quatorzieme" | "decimocuarto" | "decimocuarta" | "fourteenth" | "fourteen" => 14,
        "quinzieme" | "decimoquinto" | "decimoquinta" | "fifteenth" | "fifteen" => 15,
        "seizieme" | "decimosexto" | "decimosexta" | "sixteenth" | "sixteen" => 16,
        "decimoseptimo" | "decimoseptima" | "seventeenth" | "seventeen" => 17,
        "decimoctavo" | "decimoctava" | "decimooctavo" | "decimooctava" | "eighteenth" | "eighteen" => 18,
        "decimonoveno" | "decimonovena" | "nineteenth" | "nineteen" => 19,
        "vingtieme" | "vigesimo" | "vigesima" | "twentieth" | "twenty" => 20,
        "trigesimo" | "trigesima" => 30,
        "cuadragesimo" | "cuadragesima" | "quadragesimo" | "quadragesima" => 40,
        "quincuagesimo" | "quincuagesima" | "quinquagesimo" | "quinquagesima" => 50,
        "sexagesimo" | "sexagesima" => 60,
        "unico" | "unica" | "unique" => 1,
        _ => return None,
    })
}

fn russian_ordinal(word: &str) -> Option<u32> {
    const STEMS: [&str; 20] = [
        "перв",
        "втор",
        "трет",
        "четверт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "двенадцат",
        "тринадцат",
        "четырнадцат",
        "пятнадцат",
        "шестнадцат",
        "семнадцат",
        "восемнадцат",
        "девятнадцат",
        "двадцат",
    ];
    let stem = word.strip_suffix("ый").or_else(|| word.strip_suffix("ая")).or_else(|| word.strip_suffix("ое"));
    let stem = stem.or_else(|| word.strip_suffix("ой")).or_else(|| word.strip_suffix("ий"));
    let stem = stem.or_else(|| word.strip_suffix("ья")).or_else(|| word.strip_suffix("ье"))?;
    (1..).zip(STEMS).find(|(_, known)| *known == stem).map(|(value, _)| value)
}

fn arabic_ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "الاول" | "الاولي" | "اولا" | "الحادي" | "الحادية" | "والاول" => 1,
        "الثاني" | "الثانية" | "ثانيا" => 2,
        "الثالث" | "الثالثة" | "ثالثا" => 3,
        "الرابع" | "الرابعة" | "رابعا" => 4,
        "الخامس" | "الخامسة" | "خامسا" => 5,
        "السادس" | "السادسة" | "سادسا" => 6,
        "السابع" | "السابعة" | "سابعا" => 7,
        "الثامن" | "الثامنة" | "ثامنا" => 8,
        "التاسع" | "التاسعة" | "تاسعا" => 9,
        "العاشر" | "العاشرة" | "عاشرا" => 10,
        // After a unit: `الحادية عشرة`, `الحادي والعشرون`.
        "عشر" | "عشرة" => 10,
        "العشرون" | "العشرين" | "والعشرون" | "والعشرين" => 20,
        "الثلاثون" | "الثلاثين" | "والثلاثون" | "والثلاثين" => 30,
        "الاربعون" | "الاربعين" | "والاربعون" | "والاربعين" => 40,
        "الخمسون" | "الخمسين" | "والخمسون" | "والخمسين" => 50,
        _ => return None,
    })
}

/// Returns whether a folded word after a number makes it a date, an amount or a measure.
pub(super) fn measures(folded: &str) -> bool {
    let word = folded.trim_end_matches(['.', ',', ';', ':', ')']);
    matches!(
        word,
        // Months.
        "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september" | "october"
            | "november" | "december" | "janvier" | "fevrier" | "mars" | "avril" | "mai" | "juin" | "juillet"
            | "aout" | "septembre" | "octobre" | "novembre" | "decembre" | "enero" | "febrero" | "marzo" | "abril"
            | "mayo" | "junio" | "julio" | "agosto" | "septiembre" | "octubre" | "noviembre" | "diciembre"
            | "janeiro" | "fevereiro" | "marco" | "maio" | "junho" | "julho" | "setembro" | "outubro" | "novembro"
            | "dezembro" | "января" | "февраля" | "марта" | "апреля" | "мая" | "июня" | "июля" | "августа"
            | "сентября" | "октября" | "ноября" | "декабря" | "يناير" | "فبراير" | "مارس" | "ابريل" | "مايو"
            | "يونيو" | "يوليو" | "اغسطس" | "سبتمبر" | "اكتوبر" | "نوفمبر" | "ديسمبر" | "jan" | "feb" | "mar"
            | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
            // Periods.
            | "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years" | "business" | "calendar"
            | "working" | "hour" | "hours" | "minute" | "minutes" | "jour" | "jours" | "mois" | "an" | "ans"
            | "annee" | "annees" | "dia" | "dias" | "mes" | "meses" | "ano" | "anos" | "день" | "дня" | "дней"
            | "месяц" | "месяца" | "месяцев" | "год" | "года" | "лет" | "يوم" | "يوما" | "ايام" | "شهر" | "شهرا"
            | "اشهر" | "سنة" | "سنوات" | "عاما"
            // Amounts.
            | "%" | "‰" | "percent" | "per" | "pour" | "por" | "millions" | "million" | "billion" | "billions"
            | "thousand" | "hundred" | "milliard" | "milliards" | "milhoes" | "milhao" | "mil" | "millones"
            | "millon" | "процент" | "процента" | "процентов" | "тысяч" | "млн" | "млрд" | "usd" | "us" | "eur"
            | "euro" | "euros" | "dollars" | "dollar" | "dolares" | "€" | "$" | "£" | "mzn" | "meticais" | "gbp"
            | "рублей" | "руб" | "دولار" | "مليون" | "بالمائة" | "في" | "xof" | "xaf" | "mga" | "francs" | "pesos"
            // Measures.
            | "km" | "km2" | "km²" | "m" | "m2" | "m²" | "m3" | "m³" | "ha" | "hectare" | "hectares" | "hectareas"
            | "tonnes" | "tons" | "tonne" | "toneladas" | "kg" | "barrels" | "bbl" | "mw" | "kw" | "metres"
            | "meters" | "kilometres" | "kilometers" | "га" | "км" | "kv" | "gw"
            // Clock times.
            | "am" | "pm" | "a.m" | "p.m" | "h"
    )
}

/// Returns whether a folded Arabic word goes on with a sentence that cites an article.
pub(super) fn cites_on(folded: &str) -> bool {
    matches!(
        folded,
        "من" | "علي"
            | "في"
            | "اعلاه"
            | "ادناه"
            | "المشار"
            | "المذكورة"
            | "و"
            | "او"
            | "الي"
            | "تسري"
            | "يسري"
            | "يجوز"
            | "هذه"
            | "وفقا"
            | "بشان"
            | "لا"
            | "ما"
    )
}
