//! Numbers with what they count: amounts, percentages, periods, and dates of a month without a day.

use std::ops::Range;

use crate::compare::lexis::Words;
use crate::compare::model::TokenKind;
use crate::compare::vocabulary::{Vocabulary, role};
use crate::locale::Lang;

/// How many words a number in brackets may have.
const LONGEST: usize = 24;

/// What a reading gave: its kind, its bytes, and the word after it.
pub(super) type Reading = (TokenKind, Range<usize>, usize);

/// Reads quantities at a word of a text.
pub(super) struct Quantities<'a, 't> {
    pub(super) words: &'a Words<'t>,
    pub(super) vocabulary: &'a Vocabulary,
}

/// A quantity as far as it was read.
struct Progress {
    end: usize,
    next: usize,
    /// Whether the words in brackets after the figures said per cent, or a unit of time.
    percent: bool,
    unit: bool,
}

impl Quantities<'_, '_> {
    /// Reads the quantity that begins with a word.
    pub(super) fn read(&self, at: usize) -> Option<Reading> {
        let word = self.words.list.get(at)?;
        let roles = self.vocabulary.roles(self.words, at);
        if roles & role::MONTH != 0 {
            return self.month_and_year(at);
        }
        if word.digit {
            return self.figures(at);
        }
        if roles & (role::NUMBER | role::SCALE) != 0 {
            return self.in_words(at, false);
        }
        if roles & role::ARTICLE != 0 {
            return self.in_words(at, true);
        }
        if roles & role::ORDINAL != 0
            && let Some(reading) = self.ordinal(at)
        {
            return Some(reading);
        }
        (roles & role::SHARE != 0).then(|| (TokenKind::Amount, self.words.span(at, 1), at + 1))
    }

    /// Reads "March 2026"; in English also "March 5".
    fn month_and_year(&self, at: usize) -> Option<Reading> {
        let day = self.words.of(at + 1);
        let joined = self.words.list.get(at + 1).is_some_and(|word| word.joined);
        let capital = self.words.list.get(at).is_some_and(|word| word.capital);
        let is_day = joined
            && capital
            && self.words.gap(at + 1) != "-"
            && day.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
        if self.vocabulary.lang == Lang::En && is_day {
            let year = matches!(self.words.gap(at + 2), ", " | " ") && is_year(self.words.of(at + 2));
            let count = if year { 3 } else { 2 };
            return Some((TokenKind::Date, self.words.span(at, count), at + count));
        }
        let of = usize::from(self.vocabulary.is(self.words, at + 1, role::OF | role::LINK));
        let year = at + 1 + of;
        self.is_year(year).then(|| (TokenKind::Date, self.words.span(at, of + 2), year + 1))
    }

    fn is_year(&self, at: usize) -> bool {
        self.words.list.get(at).is_some_and(|word| word.joined) && is_year(self.words.of(at))
    }

    fn figures(&self, at: usize) -> Option<Reading> {
        let start = self.words.list.get(at)?.start;
        // CM-2011/0093: a code, not a number.
        let joins = |at: usize| matches!(self.words.gap(at), "-" | "/" | "." | "_");
        let code = (at.saturating_sub(4)..at).rev().take_while(|before| joins(before + 1));
        if code.into_iter().any(|before| self.words.of(before).ends_with(char::is_alphabetic)) {
            return None;
        }
        let (mut progress, is_ordinal) = self.digits(at);
        if !is_ordinal && let Some(date) = self.day_and_month(at, progress.next) {
            return Some(date);
        }
        if !self.percent_sign(&mut progress) {
            self.scale(&mut progress);
            if self.bracket(&mut progress) {
                self.scale(&mut progress);
            }
            let _ = self.percent_sign(&mut progress);
        } else {
            self.bracket(&mut progress);
        }
        Some(self.finish(start, progress))
    }

    /// Reads figures with their groups and decimals; says whether they are an ordinal.
    fn digits(&self, at: usize) -> (Progress, bool) {
        let all = |text: &str| text.chars().all(char::is_numeric);
        let mut next = at + 1;
        let first = self.words.of(at);
        let mut grouped = first.chars().count() <= 3 && all(first);
        let mut ordinal = first.chars().last().is_some_and(char::is_alphabetic);
        while let Some(word) = self.words.list.get(next).filter(|word| word.digit && !ordinal) {
            let text = self.words.of(next);
            let gap = self.words.gap(next);
            let mut marks = gap.chars();
            let (Some(mark), None) = (marks.next(), marks.next()) else { break };
            let group = grouped && text.chars().count() == 3 && all(text);
            let goes_on = match mark {
                '.' | ',' | '٬' | '٫' | '/' | ':' | '\'' | '’' => true,
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => group,
                _ => false,
            };
            if !goes_on {
                break;
            }
            grouped = group;
            ordinal = self.words.of(next).chars().last().is_some_and(char::is_alphabetic);
            let _ = word;
            next += 1;
        }
        let mut end = self.words.span(at, next - at).end;
        if matches!(self.words.gap(next), "." | "" | "-") && is_ordinal_mark(self.words.of(next)) {
            ordinal = true;
            next += 1;
            end = self.words.span(at, next - at).end;
        }
        if self.words.gap(next).starts_with('°') {
            ordinal = true;
            end += '°'.len_utf8();
        }
        (Progress { end, next, percent: false, unit: false }, ordinal)
    }

    /// Reads "31 December" and "31 de diciembre"; a year after it belongs to it.
    fn day_and_month(&self, at: usize, next: usize) -> Option<Reading> {
        if self.words.of(at).chars().count() > 2 || next != at + 1 {
            return None;
        }
        let of = usize::from(self.vocabulary.is(self.words, next, role::OF));
        let month = next + of;
        let joined = self.words.list.get(month).is_some_and(|word| word.joined);
        // "2 may terminate": in English a month has a capital.
        let named = self.vocabulary.lang != Lang::En || self.words.list.get(month).is_some_and(|word| word.capital);
        if !(joined && named && self.vocabulary.is(self.words, month, role::MONTH)) {
            return None;
        }
        let after = month + 1 + usize::from(self.vocabulary.is(self.words, month + 1, role::OF));
        let end = if self.is_year(after) { after + 1 } else { month + 1 };
        Some((TokenKind::Date, self.words.span(at, end - at), end))
    }

    /// Reads a number in words; one that an article may be only if a unit follows.
    fn in_words(&self, at: usize, article: bool) -> Option<Reading> {
        let start = self.words.list.get(at)?.start;
        let mut next = at + 1;
        while next < at + LONGEST && self.words.list.get(next).is_some_and(|word| word.joined) {
            let roles = self.vocabulary.roles(self.words, next);
            let number = role::NUMBER | role::SCALE;
            let links = roles & role::LINK != 0
                && self.words.list.get(next + 1).is_some_and(|word| word.joined)
                && self.vocabulary.is(self.words, next + 1, number | role::FRACTION | role::ARTICLE)
                && !(article && next == at + 1);
            let tens = roles & role::ARTICLE != 0 && self.vocabulary.is(self.words, next - 1, number | role::LINK);
            // "sixty seconds", "three quarters": the fraction goes with the number, unless it is a unit.
            let fraction = roles & role::FRACTION != 0
                && (roles & role::UNIT == 0 || self.vocabulary.is(self.words, next + 1, role::OF));
            if !(roles & number != 0 || links || tens || fraction) {
                break;
            }
            next += 1;
        }
        let end = self.words.span(at, next - at).end;
        let mut progress = Progress { end, next, percent: false, unit: false };
        let bracketed = self.bracket(&mut progress);
        let percent = self.percent_sign(&mut progress);
        let bracketed = bracketed || self.bracket(&mut progress);
        let (kind, range, after) = self.finish(start, progress);
        if article && next == at + 1 && !bracketed && !percent && kind == TokenKind::Amount && !self.is_counted_one(at)
        {
            return None;
        }
        Some((kind, range, after))
    }

    /// Returns whether "one" counts something: "one arbitrator", but not "no one" or "one of the Parties".
    fn is_counted_one(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(String::new(), |before| self.words.of(before).to_lowercase());
        let after = self.words.of(at + 1).to_lowercase();
        self.words.of(at).eq_ignore_ascii_case("one")
            && !matches!(before.as_str(), "no" | "any" | "each" | "every" | "the" | "this" | "that" | "some" | "which")
            && !matches!(
                after.as_str(),
                "of" | "or" | "another" | "and" | "hand" | "party" | "side" | "who" | "whose" | ""
            )
    }

    /// Reads "first year", "décimo quinto ano".
    fn ordinal(&self, at: usize) -> Option<Reading> {
        let start = self.words.list.get(at)?.start;
        let mut next = at + 1;
        while next < at + 4 && self.is_joined(next, role::ORDINAL) {
            next += 1;
        }
        let end = self.words.span(at, next - at).end;
        let mut progress = Progress { end, next, percent: false, unit: false };
        let has_unit = self.unit(&mut progress);
        has_unit.then_some((TokenKind::Period, start..progress.end, progress.next))
    }

    fn is_joined(&self, at: usize, roles: u32) -> bool {
        self.words.list.get(at).is_some_and(|word| word.joined) && self.vocabulary.is(self.words, at, roles)
    }

    fn finish(&self, start: usize, mut progress: Progress) -> Reading {
        let kind = if progress.percent {
            TokenKind::Percentage
        } else if self.unit(&mut progress) || progress.unit {
            TokenKind::Period
        } else {
            TokenKind::Amount
        };
        (kind, start..progress.end, progress.next)
    }

    /// Returns the text between the end of what was read and the next word.
    fn gap(&self, progress: &Progress) -> &str {
        let end = self.words.list.get(progress.next).map_or(self.words.text.len(), |word| word.start);
        self.words.text.get(progress.end..end).unwrap_or("")
    }

    /// Reads "%", "per cent" and the like.
    fn percent_sign(&self, progress: &mut Progress) -> bool {
        let gap = self.gap(progress);
        let sign = gap.trim_start();
        if let Some(mark) = sign.chars().next().filter(|c| matches!(c, '%' | '٪' | '‰')) {
            progress.end += gap.len() - sign.len() + mark.len_utf8();
            progress.percent = true;
            return true;
        }
        if !is_soft(gap) {
            return false;
        }
        let Some((count, ())) = self.vocabulary.percent.longest(self.words, progress.next, |(), _| true) else {
            return false;
        };
        progress.end = self.words.span(progress.next, count).end;
        progress.next += count;
        progress.percent = true;
        true
    }

    /// Reads "million" after figures.
    fn scale(&self, progress: &mut Progress) {
        // 38 (thirty-eight) million, too.
        let soft = |gap: &str| is_soft(gap) || is_soft(gap.trim_start_matches(')'));
        while soft(self.gap(progress)) && self.vocabulary.is(self.words, progress.next, role::SCALE) {
            progress.next += 1;
            progress.end = self.words.span(progress.next - 1, 1).end;
        }
    }

    /// Reads the same number in brackets, in words or in figures.
    fn bracket(&self, progress: &mut Progress) -> bool {
        let gap = self.gap(progress);
        let Some(open) = gap.trim_start().strip_prefix('(') else { return false };
        if !open.trim().is_empty() || gap.contains('\n') {
            return false;
        }
        let mut next = progress.next;
        let (mut number, mut percent, mut unit) = (false, false, false);
        loop {
            let roles = self.vocabulary.roles(self.words, next);
            let digit = self.words.list.get(next).is_some_and(|word| word.digit);
            number |= digit || roles & (role::NUMBER | role::ARTICLE | role::SCALE | role::FRACTION) != 0;
            let mut count = 1;
            let known = role::NUMBER | role::ARTICLE | role::SCALE | role::FRACTION | role::LINK | role::CODE;
            if let Some((length, ())) = self.vocabulary.percent.longest(self.words, next, |(), _| true) {
                count = length;
                percent = true;
            } else if let Some((length, _)) =
                self.vocabulary.tokens.longest(self.words, next, |kind, _| *kind == Some(TokenKind::Currency))
            {
                count = length;
            } else if roles & role::UNIT != 0 {
                unit = true;
            } else if !(digit || roles & (known | role::UNIT_WITH) != 0) {
                return false;
            }
            next += count;
            let gap = self.words.gap(next);
            if let Some(close) = gap.find(')') {
                let before = gap.get(..close).unwrap_or("").trim();
                let fits = matches!(before, "" | "%" | "٪" | ".");
                if !(fits && number) {
                    return false;
                }
                progress.percent |= percent || matches!(before, "%" | "٪");
                progress.unit |= unit;
                progress.end = self.words.span(next - 1, 1).end + close + 1;
                progress.next = next;
                return true;
            }
            if next >= progress.next + LONGEST || next >= self.words.list.len() || !gap.chars().all(is_number_gap) {
                return false;
            }
        }
    }

    /// Reads a unit of time with what goes with it.
    fn unit(&self, progress: &mut Progress) -> bool {
        if !is_soft(self.gap(progress)) {
            return false;
        }
        let mut at = progress.next;
        // "10 years" but not "10 to years"; "5 primeiros anos", "two further months", "30 de dias" not.
        while at < progress.next + 2 && !self.vocabulary.is(self.words, at, role::UNIT) {
            if !self.vocabulary.is(self.words, at, role::UNIT_WITH)
                || !self.words.list.get(at + 1).is_some_and(|word| word.joined)
            {
                return false;
            }
            at += 1;
        }
        if !self.vocabulary.is(self.words, at, role::UNIT) {
            return false;
        }
        at += 1;
        while at < progress.next + 6 && self.is_joined(at, role::UNIT_WITH) {
            at += 1;
        }
        if self.is_joined(at, role::LINK) && self.words.of(at + 1).to_lowercase().starts_with("calend") {
            at += 2;
        }
        progress.end = self.words.span(at - 1, 1).end;
        progress.next = at;
        true
    }
}

fn is_year(word: &str) -> bool {
    word.chars().count() == 4 && word.chars().all(char::is_numeric)
}

fn is_soft(gap: &str) -> bool {
    !gap.contains('\n') && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'))
}

fn is_number_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | ',' | '.' | '\'' | '’' | '/')
}

fn is_ordinal_mark(word: &str) -> bool {
    matches!(word, "º" | "ª" | "й" | "го" | "му" | "я" | "ый" | "ой" | "е")
}
