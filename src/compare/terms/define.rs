//! The finding of definitions and of the names of the parties.

use std::ops::Range;

use crate::compare::lexis::Words;
use crate::compare::texts::Texts;
use crate::compare::vocabulary::{Vocabulary, role};
use crate::document::draft::Para;
use crate::locale::Lang;

use super::{Definition, Definitions, Form};

/// The longest term, in bytes.
const LONGEST: usize = 120;

/// How many paragraphs at the beginning may name the parties.
const PREAMBLE: usize = 60;

/// Finds the definitions of a draft.
pub(super) fn definitions(texts: &Texts<'_>, lang: Lang) -> Definitions {
    let vocabulary = Vocabulary::of(lang);
    let mut found = Definitions { lang, terms: Vec::new(), parties: Vec::new() };
    let mut preamble = true;
    let mut glossary = false;
    for (ordinal, para) in texts.paras.iter().enumerate() {
        let first = found.terms.len();
        if para.heading.is_some() {
            glossary = is_glossary(&para.text);
        }
        let reader = Reader { para, text: &para.text, ordinal, vocabulary, glossary };
        if para.text.contains(is_quote) {
            reader.quoted(&mut found.terms);
        }
        if found.terms.len() == first && para.heading.is_none() {
            found.terms.extend(reader.bold().or_else(|| reader.plain()));
        }
        // The parties are named before the first definition in due form, and before clause 2.
        let due = found.terms.get(first..).unwrap_or(&[]).iter().any(|term| term.form == Form::Means);
        preamble &= ordinal < PREAMBLE && !due;
        if preamble {
            let aliases = found.terms.get(first..).unwrap_or(&[]);
            parties(para, aliases, vocabulary, &mut found.parties);
        }
    }
    found
}

struct Reader<'a> {
    para: &'a Para,
    text: &'a str,
    ordinal: usize,
    vocabulary: &'static Vocabulary,
    /// Whether the clause is one of definitions.
    glossary: bool,
}

impl Reader<'_> {
    /// Finds the definitions of names in quotation marks.
    fn quoted(&self, terms: &mut Vec<Definition>) {
        let quotes = quotes(self.text);
        for (index, quote) in quotes.iter().enumerate() {
            let Some(range) = self.name(quote.clone()) else { continue };
            let after_quote = self.text[quote.end..].chars().next().map_or(quote.end, |c| quote.end + c.len_utf8());
            // “Oil” or “Crude Oil” means …: what follows the last of them holds for all.
            let mut last = after_quote;
            for other in quotes.iter().skip(index + 1).take(6) {
                let between = self.text.get(last..other.start).unwrap_or("").trim_end_matches(is_quote);
                let words = Words::new(between);
                let listed =
                    words.list.len() <= 2 && (0..words.list.len()).all(|at| self.vocabulary.is(&words, at, role::AND));
                if !listed || between.contains(['.', ';', ':', ')']) {
                    break;
                }
                last = other.end + self.text[other.end..].chars().next().map_or(0, char::len_utf8);
            }
            if let Some((form, meaning)) = self.means(last, quote.start, true) {
                self.push(terms, range, meaning, form);
            } else if self.is_alias(quote.start, last) {
                self.push(terms, range, self.before(quote.start), Form::Alias);
            }
        }
    }

    fn push(&self, terms: &mut Vec<Definition>, range: Range<usize>, meaning: Range<usize>, form: Form) {
        let Some(term) = self.text.get(range.clone()) else { return };
        let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        terms.push(Definition { term, para: self.ordinal, range, meaning, form });
    }

    /// Returns the bytes of a name, without the article before it; `None` if it is none.
    fn name(&self, quote: Range<usize>) -> Option<Range<usize>> {
        let name = self.text.get(quote.clone())?;
        let words = Words::new(name);
        let first = (0..words.list.len()).find(|at| !self.vocabulary.is(&words, *at, role::ARTICLE_WORD))?;
        let first = if words.list.len() > 1 { first } else { 0 };
        let (start, end) = (words.list.get(first)?.start, words.list.last()?.end);
        let letters = name.get(start..end)?;
        let starts = letters.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !has_case(c));
        let close = name.get(end..).is_some_and(|rest| rest.starts_with(['.', ')']) && letters.contains(['.', '(']));
        let end = if close { end + 1 } else { end };
        let fits = starts && letters.len() <= LONGEST && words.list.len() <= 12 && !letters.contains('\n');
        fits.then_some(quote.start + start..quote.start + end)
    }

    /// Returns whether "means" follows, and what it then says.
    fn means(&self, from: usize, quote: usize, quoted: bool) -> Option<(Form, Range<usize>)> {
        let rest = self.text.get(from..)?;
        // A remark in brackets may stand between: “Oil” (including condensate) means.
        let trimmed = rest.trim_start();
        let skipped = match trimmed.strip_prefix('(').and_then(|inner| inner.find(')').filter(|at| *at < 80)) {
            Some(close) => rest.len() - trimmed.len() + close + 2,
            None => 0,
        };
        let window = window(rest.get(skipped..)?, 200);
        let lead: &str = &window[..window.find(char::is_alphanumeric).unwrap_or(window.len())];
        let is_start = self.starts_at(quote);
        // A bold word and a colon are more often the heading of a paragraph.
        let marked = (quoted || self.glossary)
            && is_start
            && lead.trim_start_matches([' ', '\u{a0}', ')', ',']).starts_with([':', '–', '—', '=']);
        let words = Words::new(window);
        let start = from + skipped;
        let whole = |offset: usize| start + offset..self.text.len();
        if !lead.contains([')', '.', ';', '“', '«', '"', '\n']) {
            if let Some((count, ())) = self.vocabulary.pointer.longest(&words, 0, |(), _| true) {
                return Some((Form::Pointer, whole(words.span(0, count).end)));
            }
            if let Some((count, ())) = self.vocabulary.means.longest(&words, 0, |(), _| true) {
                // "is" and "includes" define only at the beginning of a paragraph.
                let weak = matches!(
                    words.of(0).to_lowercase().as_str(),
                    "is" | "are"
                        | "est"
                        | "es"
                        | "son"
                        | "é"
                        | "são"
                        | "includes"
                        | "comprend"
                        | "vise"
                        | "это"
                        | "является"
                );
                if !weak || (is_start && (quoted || self.glossary)) {
                    return Some((Form::Means, whole(words.span(0, count).end)));
                }
            }
        }
        marked.then(|| (Form::Means, whole(lead.len())))
    }

    /// Returns whether a paragraph begins at a place, its number, an article and marks apart.
    fn starts_at(&self, at: usize) -> bool {
        let before = self.text.get(self.para.label_end().min(at)..at).unwrap_or("");
        if before.len() > 24 {
            return false;
        }
        let words = Words::new(before);
        (0..words.list.len()).all(|at| {
            self.vocabulary.is(&words, at, role::ARTICLE_WORD) || words.list.len() == 1 && words.of(0).len() <= 3
        })
    }

    /// Returns whether a name is given in brackets, or after "hereinafter".
    fn is_alias(&self, quote: usize, after: usize) -> bool {
        let before = tail(&self.text[..quote], 90);
        let next = self.text[after..].trim_start().chars().next();
        if let Some(open) = before.rfind('(')
            && !before[open..].contains(')')
        {
            let lead = before[open + 1..].trim_end_matches(is_quote);
            let words = Words::new(lead);
            let led = (0..words.list.len()).all(|at| self.vocabulary.is(&words, at, role::ALIAS_WITH));
            // Another name before it in the same bracket: (the “Company” or “Operator”).
            let listed = lead.contains(is_quote) && {
                let parts: Vec<&str> = lead.split(is_quote).collect();
                let small = |part: &str| {
                    let words = Words::new(part);
                    (0..words.list.len()).all(|at| self.vocabulary.is(&words, at, role::ALIAS_WITH | role::AND))
                };
                parts.len() % 2 == 1 && parts.iter().step_by(2).all(|part| small(part))
            };
            return (led || listed) && matches!(next, Some(')' | ',' | ';'));
        }
        let words = Words::new(before);
        let count = words.list.len();
        let near = (count.saturating_sub(4)..count)
            .find(|at| self.vocabulary.alias.longest(&words, *at, |(), _| true).is_some());
        near.is_some_and(|at| (at + 1..count).all(|at| self.vocabulary.is(&words, at, role::ALIAS_WITH)))
            && before
                .get(words.list.last().map_or(0, |word| word.end)..)
                .is_some_and(|gap| !gap.contains(['.', ';', ')']))
    }

    /// Returns what stands before a bracket, some thirty words of it.
    fn before(&self, quote: usize) -> Range<usize> {
        let before = tail(&self.text[..quote], 200);
        quote - before.len()..quote
    }

    /// Finds a definition whose term is in bold at the beginning of the paragraph.
    fn bold(&self) -> Option<Definition> {
        let start = self.para.label_end();
        let mut from = 0;
        let mut end = start;
        for run in &self.para.runs {
            let piece = self.text.get(from.max(start)..run.end).unwrap_or("");
            if !run.strong && !piece.trim().is_empty() {
                break;
            }
            if run.strong {
                end = end.max(run.end);
            }
            from = run.end;
        }
        if end <= start || end >= self.text.len() || end - start > LONGEST {
            return None;
        }
        let range = self.name(start..end)?;
        let (form, meaning) = self.means(end, start, false)?;
        let term = self.text.get(range.clone())?.to_owned();
        Some(Definition { term, para: self.ordinal, range, meaning, form })
    }

    /// Finds a definition without marks: a paragraph that begins "Affiliate means".
    fn plain(&self) -> Option<Definition> {
        let start = self.para.label_end();
        let window = window(self.text.get(start..)?, 160);
        let words = Words::new(window);
        let verbs = ["means", "signifie", "significa", "означает"];
        let verb = (1..words.list.len().min(7)).find(|at| verbs.contains(&words.of(*at)))?;
        let joined = words.list.get(1..=verb)?.iter().all(|word| word.joined);
        let first = words.list.first()?;
        let lead = (1..verb)
            .all(|at| words.list[at].capital || self.vocabulary.is(&words, at, role::OF | role::AND | role::LINK));
        if !(joined && lead && first.capital) || self.vocabulary.is(&words, 0, role::ARTICLE_WORD | role::THIS) {
            return None;
        }
        let range = words.span(0, verb);
        let range = start + range.start..start + range.end;
        let term = self.text.get(range.clone())?.to_owned();
        let meaning = start + words.span(verb, 1).end..self.text.len();
        Some(Definition { term, para: self.ordinal, range, meaning, form: Form::Means })
    }
}

/// Takes the names of the parties from a paragraph of the preamble.
fn parties(para: &Para, aliases: &[Definition], vocabulary: &Vocabulary, parties: &mut Vec<String>) {
    let mut add = |name: &str| {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !parties.contains(&name) {
            parties.push(name);
        }
    };
    let mut from = 0;
    for alias in aliases.iter().filter(|alias| alias.form == Form::Alias) {
        let words = Words::new(&alias.term);
        let is_party = !(0..words.list.len()).any(|at| vocabulary.is(&words, at, role::NOT_PARTY));
        if is_party {
            add(&alias.term);
            let before = from..alias.range.start;
            if let Some(name) = bold_name(para, before.clone()).or_else(|| capital_name(&para.text, before, vocabulary))
            {
                add(name);
            }
        }
        from = alias.range.end;
    }
}

/// Returns the first bold words in a range that look like a name.
fn bold_name(para: &Para, range: Range<usize>) -> Option<&str> {
    let mut from = 0;
    for run in &para.runs {
        let piece = para.text.get(from.max(range.start)..run.end.min(range.end)).unwrap_or("");
        from = run.end;
        let name = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if run.strong && name.len() > 3 && name.len() <= LONGEST && name.starts_with(char::is_uppercase) {
            return Some(name);
        }
    }
    None
}

/// Returns the first words with capitals in a range that look like a name: two, or one of a company.
fn capital_name<'t>(text: &'t str, range: Range<usize>, vocabulary: &Vocabulary) -> Option<&'t str> {
    let text = window(text.get(range)?, 400);
    let words = Words::new(text);
    let mut at = 0;
    while at < words.list.len() {
        // "Between the Republic": the name begins after what leads up to it.
        if vocabulary.is(&words, at, role::LEAD | role::ARTICLE_WORD | role::AND) {
            at += 1;
            continue;
        }
        let mut end = at;
        let mut capitals = 0;
        let mut last = at;
        while let Some(word) = words.list.get(end) {
            let short = end > at && words.of(end - 1).chars().count() <= 3;
            let soft = end == at
                || word.joined
                || matches!(words.gap(end), ", " | "." | " & " | ".-")
                || (short && words.gap(end) == ". ");
            let links = end > at && word.joined && vocabulary.is(&words, end, role::OF | role::AND) && !word.capital;
            if !soft || !(word.capital || links) {
                break;
            }
            if word.capital {
                capitals += 1;
                last = end + 1;
            }
            end += 1;
        }
        if capitals >= 2 && !words.list[at].digit {
            let span = words.span(at, last - at);
            let name = text.get(span)?;
            if name.len() <= LONGEST {
                return Some(name);
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// Returns the texts in quotation marks, without the marks.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '“' | '«' | '„' | '"' | '‟') => open = Some((at + c.len_utf8(), c)),
            // In German and Russian usage “ closes what „ opened.
            (Some((start, mark)), '”' | '»' | '"' | '“') if closes(mark, c) => {
                if start < at {
                    found.push(start..at);
                }
                open = None;
            }
            (Some(_), '“' | '«' | '„') => open = Some((at + c.len_utf8(), c)),
            (Some((start, _)), _) if at - start > LONGEST + 40 => open = None,
            _ => {}
        }
    }
    found
}

fn closes(open: char, close: char) -> bool {
    match open {
        '“' | '‟' => matches!(close, '”' | '"'),
        '«' => close == '»',
        '„' => matches!(close, '“' | '”' | '"'),
        _ => matches!(close, '"' | '”'),
    }
}

/// Returns whether a heading is that of a clause of definitions.
fn is_glossary(heading: &str) -> bool {
    let heading = window(heading, 200).to_lowercase();
    ["defini", "défini", "interpret", "glossar", "glosar", "термин", "определ", "تعريف", "تعاريف"]
        .iter()
        .any(|word| heading.contains(word))
}

/// Returns the names in quotation marks in a text, without their articles.
pub(super) fn names_in_quotes<'t>(text: &'t str, vocabulary: &Vocabulary) -> Vec<&'t str> {
    let names = quotes(text).into_iter().filter_map(|range| text.get(range));
    let bare = |name: &'t str| {
        let words = Words::new(name);
        let first = (0..words.list.len()).find(|at| !vocabulary.is(&words, *at, role::ARTICLE_WORD))?;
        name.get(words.list.get(first)?.start..words.list.last()?.end)
    };
    names.filter_map(bare).collect()
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '«' | '»' | '„' | '"' | '‟')
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// Returns the beginning of a text, about so many bytes of it.
fn window(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Returns the end of a text, about so many bytes of it.
fn tail(text: &str, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes))..]
}
