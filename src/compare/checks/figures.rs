//! Figures and the words beside them: "90 (sixty) days".

use crate::compare::lexis::Words;
use crate::compare::references::latin;
use crate::compare::vocabulary::{Vocabulary, role};
use crate::locale::Lang;

/// How many words a number may have.
const LONGEST: usize = 24;

/// Returns the figures that do not agree with the words beside them, as they stand in the text.
pub(super) fn disagreements(text: &str, lang: Lang) -> Vec<String> {
    // Arabic numbers in words need a grammar of their own.
    if !text.contains('(') || lang == Lang::Ar {
        return Vec::new();
    }
    let reader = Reader { words: Words::new(text), vocabulary: Vocabulary::of(lang) };
    let mut found = Vec::new();
    for at in 1..reader.words.list.len() {
        let gap = reader.words.gap(at);
        let Some((before, after)) = gap.split_once('(') else { continue };
        let fits = |c: char| c.is_whitespace() || matches!(c, '%' | '٪' | '€' | '$' | '°' | 'º');
        if !before.chars().all(fits) || !after.trim().is_empty() || before.contains('\n') {
            continue;
        }
        if let Some((start, end)) = reader.disagrees(at) {
            let end = text.get(end..).and_then(|rest| rest.find(')')).map_or(end, |close| end + close + 1);
            found.extend(text.get(start..end).map(str::to_owned));
        }
    }
    found
}

struct Reader<'t> {
    words: Words<'t>,
    vocabulary: &'static Vocabulary,
}

impl Reader<'_> {
    /// Returns where the figures and words on both sides of a bracket begin and end, if they disagree.
    fn disagrees(&self, at: usize) -> Option<(usize, usize)> {
        let is_digit = |at: usize| self.words.list.get(at).is_some_and(|word| word.digit);
        let last = at.checked_sub(1)?;
        if is_digit(last) || self.vocabulary.is(&self.words, last, role::SCALE) {
            let (first, end) = self.figures_before(last)?;
            let figures = self.values(first, end);
            let scale = self.scale(end, at);
            let (words, last) = self.in_words(at)?;
            let agrees = figures.iter().any(|value| value.checked_mul(scale).is_none_or(|value| value == words));
            (!agrees && !figures.is_empty()).then(|| (self.words.span(first, 1).start, self.words.span(last, 1).end))
        } else if is_digit(at) && self.number(last).is_some() {
            let mut first = last;
            while first > 0 && last - first < LONGEST && self.words.list[first].joined && self.is_number(first - 1) {
                first -= 1;
            }
            while first < last && self.number(first).is_none() {
                first += 1;
            }
            let values: Option<Vec<u64>> = (first..=last)
                .filter_map(|at| self.number(at).map(Some).or_else(|| (!self.is_link(at)).then_some(None)))
                .collect();
            let words = self.value_of(&values?)?;
            let mut end = at + 1;
            while is_digit(end) && self.words.gap(end).chars().count() == 1 {
                end += 1;
            }
            let close = self.words.gap(end).trim_start_matches(|c: char| c.is_whitespace() || c == '%');
            if !close.starts_with(')') {
                return None;
            }
            let figures = self.values(at, end);
            (!figures.contains(&words) && !figures.is_empty())
                .then(|| (self.words.span(first, 1).start, self.words.span(end - 1, 1).end))
        } else {
            None
        }
    }

    /// Returns the words of the figures that end with a word, a scale after them left out.
    fn figures_before(&self, last: usize) -> Option<(usize, usize)> {
        let mut end = last + 1;
        while end > 0 && !self.words.list[end - 1].digit {
            let scale = self.vocabulary.is(&self.words, end - 1, role::SCALE) && self.words.list[end - 1].joined;
            if !scale {
                return None;
            }
            end -= 1;
        }
        let mut first = end.checked_sub(1)?;
        // A group of three after a blank may belong to the number before; other marks part decimals.
        while first > 0 && self.words.list[first - 1].digit {
            let mut marks = self.words.gap(first).chars();
            let (Some(mark), None) = (marks.next(), marks.next()) else { break };
            let group = self.words.of(first).chars().count() == 3 && self.words.of(first - 1).chars().count() <= 3;
            match mark {
                '.' | ',' | '\'' | '’' => {}
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if group => {}
                _ => break,
            }
            first -= 1;
        }
        // CM-2011 (one): a code.
        let joins = matches!(self.words.gap(first), "-" | "/" | "." | ":");
        let plain = (first..end).all(|at| self.words.of(at).chars().all(char::is_numeric));
        (plain && !joins).then_some((first, end))
    }

    fn scale(&self, from: usize, to: usize) -> u64 {
        (from..to).filter_map(|at| self.vocabulary.value(&self.words, at)).fold(1, u64::saturating_mul)
    }

    /// Returns what whole numbers figures may stand for: all groups together, or without decimals.
    fn values(&self, first: usize, end: usize) -> Vec<u64> {
        let groups: Vec<String> = (first..end).map(|at| latin(self.words.of(at))).collect();
        let mut values = Vec::new();
        if groups.iter().skip(1).all(|group| group.len() == 3)
            && let Ok(value) = groups.concat().parse()
        {
            values.push(value);
        }
        if groups.len() > 1
            && !matches!(self.words.gap(end - 1), " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
            && let Some((_, whole)) = groups.split_last()
            && let Ok(value) = whole.concat().parse()
        {
            values.push(value);
        }
        values
    }

    /// Reads the number in words in a bracket; gives it with its last word. What is no plain number, or
    /// goes on with words of another kind, is none.
    fn in_words(&self, at: usize) -> Option<(u64, usize)> {
        let mut values = Vec::new();
        let mut next = at;
        let mut whole = true;
        loop {
            let roles = self.vocabulary.roles(&self.words, next);
            if let Some(value) = self.number(next).filter(|_| whole) {
                values.push(value);
            } else if self.is_link(next) && whole {
                // "and" between the words of a number.
            } else if roles & role::FRACTION != 0 {
                // "one quarter per cent": not a whole number; "five point five" is one to here.
                let decimal = matches!(
                    self.words.of(next).to_lowercase().as_str(),
                    "point" | "virgule" | "coma" | "vírgula" | "punto"
                );
                if !decimal && whole {
                    return None;
                }
                whole = false;
            } else if whole && !values.is_empty() && self.is_counted(next) {
                whole = false;
            } else if whole || values.is_empty() || !self.goes_on(next) {
                return None;
            }
            next += 1;
            if self.words.gap(next).contains(')') {
                return Some((self.value_of(&values)?, next - 1));
            }
            if next > at + LONGEST || next >= self.words.list.len() {
                return None;
            }
        }
    }

    /// Returns whether a word may be what is counted: a currency, a unit, per cent.
    fn is_counted(&self, at: usize) -> bool {
        let known = role::UNIT | role::UNIT_WITH | role::CODE;
        self.vocabulary.is(&self.words, at, known)
            || self.vocabulary.percent.longest(&self.words, at, |(), _| true).is_some()
            || self.vocabulary.tokens.longest(&self.words, at, |kind, _| kind.is_some()).is_some()
            || self.words.list[at].capital
    }

    /// Returns whether a word may stand after what is counted: "dollars of the United States", "and fifty cents".
    fn goes_on(&self, at: usize) -> bool {
        let known = role::LINK | role::OF | role::NUMBER | role::ARTICLE | role::FRACTION;
        self.vocabulary.is(&self.words, at, known) || self.is_counted(at)
    }

    fn number(&self, at: usize) -> Option<u64> {
        // 4(a) is an item of clause 4, not four and one.
        self.words.of(at).chars().nth(1)?;
        let number = role::NUMBER | role::ARTICLE | role::SCALE;
        self.vocabulary.is(&self.words, at, number).then(|| self.vocabulary.value(&self.words, at)).flatten()
    }

    fn is_link(&self, at: usize) -> bool {
        self.vocabulary.is(&self.words, at, role::LINK)
    }

    fn is_number(&self, at: usize) -> bool {
        self.number(at).is_some() || self.is_link(at)
    }

    /// Adds up the words of a number; `None` if they do not make one.
    fn value_of(&self, values: &[u64]) -> Option<u64> {
        let french = self.vocabulary.lang == Lang::Fr;
        let (mut total, mut group) = (0u64, 0u64);
        for (index, value) in values.iter().copied().enumerate() {
            let tens = group % 100;
            match value {
                0 if values.len() == 1 => return Some(0),
                0 => return None,
                1000.. => {
                    let scaled = if total > 0 && total < value {
                        total.checked_add(group)?.checked_mul(value)?
                    } else {
                        total.checked_add(group.max(1).checked_mul(value)?)?
                    };
                    if index > 0 && group == 0 && total >= value {
                        return None;
                    }
                    (total, group) = (scaled, 0);
                }
                100 if group == 0 => group = 100,
                100 if group < 100 => group *= 100,
                101..=999 if group == 0 => group = value,
                20 if french && group % 100 == 4 => group += 76,
                20..=99 if tens == 0 => group += value,
                10..=19 if tens == 0 || (french && matches!(tens, 60 | 80)) => group += value,
                1..=9 if group % 10 == 0 && (tens == 0 || tens >= 20 || (french && tens == 10)) => group += value,
                _ => return None,
            }
        }
        (!values.is_empty()).then(|| total.checked_add(group)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: Lang, table: &[(&str, &[&str])]) {
        for (text, expected) in table {
            assert_eq!(disagreements(text, lang), *expected, "{text}");
        }
    }

    #[test]
    fn figures_agree_or_not() {
        check(
            Lang::En,
            &[
                ("within 90 (sixty) days", &["90 (sixty)"]),
                ("within 60 (sixty) days", &[]),
                ("sixty (90) days", &["sixty (90)"]),
                ("within sixty (60) days", &[]),
                ("USD 1,250,000 (one million two hundred and fifty thousand US dollars)", &[]),
                (
                    "USD 1,250,000 (one million two hundred and fifteen thousand US dollars)",
                    &["1,250,000 (one million two hundred and fifteen thousand US dollars)"],
                ),
                ("5 million (five million)", &[]),
                ("5.5% (five point five per cent)", &[]),
                ("0.25% (one quarter per cent)", &[]),
                ("clause 5 (two of the Parties)", &[]),
                ("in 2011 (two years later)", &[]),
                ("30 (thirty) business days", &[]),
                ("5.5 (six) per cent", &["5.5 (six)"]),
                ("twenty-five (25) years", &[]),
                ("twenty-five (35) years", &["twenty-five (35)"]),
                ("one (1) year", &[]),
                ("clause 4(a), section 2.1 (a)", &[]),
                ("clauses 3 and 4 (three)", &["4 (three)"]),
            ],
        );
        check(
            Lang::Pt,
            &[
                ("no prazo de 90 (sessenta) dias", &["90 (sessenta)"]),
                ("17 640 (dezassete mil seiscentos e quarenta) hectares", &[]),
                ("USD 310\u{a0}000\u{a0}000 (trezentos e dez milhões de dólares)", &[]),
                ("USD 1,50 (um dólar e cinquenta cêntimos)", &[]),
                ("0,5% (meio por cento)", &[]),
                ("de 3 (três) em 3 (três) anos", &[]),
                ("1 100 (mil e cem)", &[]),
                ("1.250 (mil duzentos e cinquenta)", &[]),
                ("2 (dois) para 1 (um)", &[]),
            ],
        );
        check(
            Lang::Fr,
            &[
                ("quatre-vingt-dix (90) jours", &[]),
                ("97 (quatre-vingt-dix-sept) jours", &[]),
                ("71 (soixante et onze) jours", &[]),
                ("72 (soixante et onze) jours", &["72 (soixante et onze)"]),
                ("soixante (90) jours", &["soixante (90)"]),
                ("1 850 000 000 (un milliard huit cent cinquante millions) USD", &[]),
                ("deux cents (200) mètres", &[]),
            ],
        );
        check(
            Lang::Es,
            &[
                ("noventa (60) días", &["noventa (60)"]),
                ("treinta y cinco (35) días", &[]),
                ("1.500.000 (un millón quinientos mil) dólares", &[]),
                ("2.000 (dos mil millones)", &["2.000 (dos mil millones)"]),
            ],
        );
        check(Lang::Ru, &[("30 (тридцати) дней", &[]), ("30 (двадцати) дней", &["30 (двадцати)"])]);
    }
}
