//! Whether the language versions of a document say the same: clauses, numbers, dates, amounts, names.
//!
//! Words are not compared. What can be read in any language is: each row of counterparts must hold the same
//! dates, amounts and numbers and name the same people and firms, and no clause may stand in one version only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Inputs, document};
use crate::case::kind::{Subject, subjects};
use crate::case::model::Case;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::{Block, Document, Inline, Role, Status, direction, parallel, walk};
use crate::locale::{Lang, Locale, currency_codes, find_dates, find_numbers};

/// How two language versions of one document compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parity {
    /// Name of the document's files without language and extension.
    pub document: String,
    /// The two languages.
    pub langs: [Lang; 2],
    /// How much agrees.
    pub agreeing: Counts,
    /// What differs, in the order of the document.
    pub differences: Vec<Difference>,
}

/// How much was compared and found the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Headings and clauses.
    pub clauses: usize,
    /// Dates.
    pub dates: usize,
    /// Amounts of money.
    pub amounts: usize,
    /// Other numbers.
    pub numbers: usize,
    /// Names of people, firms and references.
    pub names: usize,
}

/// A place where two language versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Heading or clause, in words of the first version.
    pub place: String,
    /// What stands in the first version only; empty where nothing does.
    pub first: Vec<Token>,
    /// What stands in the second version only.
    pub second: Vec<Token>,
}

/// Something that says the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// A block without counterpart, by its first words.
    Block(String),
    /// The number of a heading or clause.
    Clause(String),
    /// A date, in ISO 8601.
    Date(String),
    /// An amount: currency and plain decimal.
    Amount(String, String),
    /// A number, as plain decimal.
    Number(String),
    /// The name of a person or a firm, or a reference.
    Name(String),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(text) => write!(f, "“{text}”"),
            Self::Clause(number) => write!(f, "the clause number {number}"),
            Self::Date(date) => write!(f, "the date {date}"),
            Self::Amount(currency, amount) => write!(f, "the amount {currency} {amount}"),
            Self::Number(number) => write!(f, "the number {number}"),
            Self::Name(name) => write!(f, "the name {name}"),
        }
    }
}

impl Difference {
    /// Returns the difference as a warning about a document.
    pub fn diagnostic(&self, parity: &Parity) -> Diagnostic {
        let [first, second] = parity.langs.map(Lang::english_name);
        let listed = |tokens: &[Token]| tokens.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let what = match (self.first.is_empty(), self.second.is_empty()) {
            (false, true) => format!("{} stands in {first} only", listed(&self.first)),
            (true, false) => format!("{} stands in {second} only", listed(&self.second)),
            _ => format!("{} in {first}, but {} in {second}", listed(&self.first), listed(&self.second)),
        };
        Diagnostic::new(Code::VersionsDiffer, format!("`{}`, {}: {what}", parity.document, self.place))
            .hint("bring the texts of both languages in line, in the case or in the templates")
    }
}

/// Compares the versions of a document in two languages; `None` where one of them cannot be made.
pub fn compare(inputs: &Inputs<'_>, subject: &Subject, langs: [Lang; 2]) -> Warned<Option<Parity>> {
    let [first, second] = langs.map(|lang| document(inputs, &subject.only_in(lang), Status::Draft));
    let faults = first.faults.into_iter().chain(second.faults).filter(Diagnostic::is_error).collect();
    let names = names(&inputs.case.value);
    let output = first.output.zip(second.output);
    Warned { output: output.map(|(first, second)| versions(name_of(subject), first, second, &names)), faults }
}

/// Returns the name of a document's files without language and extension.
fn name_of(subject: &Subject) -> String {
    let stem = subject.stem();
    stem.rsplit_once('.').map_or(stem.as_str(), |(name, _)| name).to_owned()
}

/// Compares all documents of a case in the first language with those in each of the others.
pub fn compare_all(inputs: &Inputs<'_>, langs: &[Lang]) -> Vec<Diagnostic> {
    let [own, others @ ..] = langs else { return Vec::new() };
    if others.is_empty() {
        return Vec::new();
    }
    let names = names(&inputs.case.value);
    let mut faults = Vec::new();
    for subject in subjects(&inputs.case.value, *own) {
        let Some(first) = document(inputs, &subject.only_in(*own), Status::Draft).output else { continue };
        for other in others {
            let Some(second) = document(inputs, &subject.only_in(*other), Status::Draft).output else { continue };
            let parity = versions(name_of(&subject), first.clone(), second, &names);
            faults.extend(parity.differences.iter().map(|difference| difference.diagnostic(&parity)));
        }
    }
    faults
}

/// Compares two versions of a document.
pub fn versions(document: String, first: Document, second: Document, names: &Names) -> Parity {
    let locales = [first.meta.locale, second.meta.locale];
    let mut parity = Parity {
        document,
        langs: locales.map(|locale| locale.lang),
        agreeing: Counts::default(),
        differences: Vec::new(),
    };
    let mut place = first.meta.title.clone();
    for [left, right] in parallel::rows(first, second) {
        if let Some(heading) = left.iter().chain(&right).find_map(heading_of) {
            place = heading;
        }
        let clause = left.iter().chain(&right).find_map(number_of);
        let here = match &clause {
            Some(number) if !place.starts_with(number.as_str()) => format!("{place}, {number}"),
            _ => place.clone(),
        };
        let (mut only_first, mut only_second) = match (left.is_empty(), right.is_empty()) {
            (false, false) => {
                tokens_apart([&left, &right].map(|side| Tokens::of(side)), locales, names, &mut parity.agreeing)
            }
            // Small print, as the name of the drafter at the foot of Russian letters, is each language's own.
            _ if left.iter().chain(&right).all(|block| matches!(block, Block::Para { role: Role::Small, .. })) => {
                continue;
            }
            _ => (shown(&left), shown(&right)),
        };
        if only_first.is_empty() && only_second.is_empty() {
            continue;
        }
        only_first.sort();
        only_second.sort();
        parity.differences.push(Difference { place: here, first: only_first, second: only_second });
    }
    parity
}

/// Returns a block without counterpart by its first words; nothing for what shows nothing.
fn shown(blocks: &[Block]) -> Vec<Token> {
    let text = Tokens::of(blocks).text;
    let words: Vec<&str> = text.split_whitespace().take(8).collect();
    if words.is_empty() { Vec::new() } else { vec![Token::Block(format!("{} …", words.join(" ")))] }
}

/// What can be compared of one side of a row.
struct Tokens {
    /// Text in the document's language.
    text: String,
    /// Text in other languages, which the case does not give in the document's.
    foreign: Vec<(Lang, String)>,
    numbers: Vec<String>,
}

impl Tokens {
    fn of(blocks: &[Block]) -> Self {
        let mut text = String::new();
        let mut foreign = Vec::new();
        let mut copy = blocks.to_vec();
        // Whom a salutation names is each language's custom.
        copy.retain(|block| !matches!(block, Block::Para { role: Role::Salutation, .. }));
        walk::blocks(&mut copy, &mut |content: &mut Vec<Inline>| {
            take_foreign(content, &mut foreign);
            text.push_str(&direction::without_isolates(&walk::plain(content)));
            text.push('\n');
        });
        let mut numbers = Vec::new();
        gather(blocks, &mut text, &mut numbers);
        Self { text, foreign, numbers }
    }

    /// Counts the tokens of a text.
    fn counted(&self, locale: Locale, names: &Names) -> BTreeMap<Token, usize> {
        let mut counts = BTreeMap::new();
        for number in &self.numbers {
            let latin =
                |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(0x660).filter(|digit| *digit < 10));
            let number = number.chars().map(|c| latin(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c));
            *counts.entry(Token::Clause(number.collect())).or_insert(0) += 1;
        }
        count(&self.text, locale, names, &mut counts);
        for (lang, text) in &self.foreign {
            count(text, Locale { lang: *lang, ..locale }, names, &mut counts);
        }
        counts
    }
}

/// Counts the tokens of a text in one language.
fn count(text: &str, locale: Locale, names: &Names, counts: &mut BTreeMap<Token, usize>) {
    let mut add = |token| *counts.entry(token).or_insert(0) += 1;
    let mut rest = without_conventions(text);
    for (name, spellings) in names {
        if spellings.iter().any(|spelling| rest.contains(spelling.as_str())) {
            add(Token::Name(name.clone()));
            rest = spellings.iter().fold(rest, |rest, spelling| rest.replace(spelling.as_str(), "\u{FFFC}"));
        }
    }
    let dates = find_dates(&rest, locale.lang);
    for (range, date) in dates.into_iter().rev() {
        add(Token::Date(date.to_string()));
        rest.replace_range(range, "\u{FFFC}");
    }
    for (range, number) in find_numbers(&rest, locale) {
        add(match currency_beside(&rest, range.start, range.end) {
            Some(currency) => Token::Amount(currency.to_owned(), number),
            None => Token::Number(number),
        });
    }
}

/// Moves text in other languages out of content.
fn take_foreign(content: &mut Vec<Inline>, foreign: &mut Vec<(Lang, String)>) {
    content.retain_mut(|inline| match inline {
        Inline::Lang { lang, content } => {
            foreign.push((*lang, walk::plain(content)));
            false
        }
        Inline::Strong(content) | Inline::Emph(content) | Inline::Link { content, .. } => {
            take_foreign(content, foreign);
            true
        }
        _ => true,
    });
}

/// Takes what `walk` does not visit: the numbers of clauses, the dates and places of signatures.
fn gather(blocks: &[Block], text: &mut String, numbers: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { number: Some(number), .. } => numbers.push(number.clone()),
            Block::Clause { number, level, blocks, .. } => {
                // Letters differ from script to script; their order is compared by their count.
                numbers.push(if *level == 1 { number.clone() } else { "(…)".to_owned() });
                gather(blocks, text, numbers);
            }
            Block::Signatures(parties) => {
                for party in parties {
                    for part in [&party.signed, &party.place, &party.date].into_iter().flatten() {
                        text.push_str(part);
                        text.push('\n');
                    }
                }
            }
            _ => {}
        }
    }
}

/// Compares what two sides hold; returns what only one of them has.
fn tokens_apart(
    sides: [Tokens; 2],
    locales: [Locale; 2],
    names: &Names,
    agreeing: &mut Counts,
) -> (Vec<Token>, Vec<Token>) {
    // Text that one version has in another language only may name people in that language's way.
    let translated = sides.iter().all(|side| side.foreign.is_empty());
    let [left, right] = [sides[0].counted(locales[0], names), sides[1].counted(locales[1], names)];
    let (mut only_left, mut only_right) = (Vec::new(), Vec::new());
    let all: BTreeSet<&Token> = left.keys().chain(right.keys()).collect();
    for token in all {
        let count = |side: &BTreeMap<Token, usize>| side.get(token).copied().unwrap_or(0);
        let (in_left, in_right) = (count(&left), count(&right));
        let both = in_left.min(in_right);
        match token {
            Token::Block(_) => {}
            Token::Clause(_) => agreeing.clauses += both,
            Token::Date(_) => agreeing.dates += both,
            Token::Amount(..) => agreeing.amounts += both,
            Token::Number(_) => agreeing.numbers += both,
            Token::Name(_) => agreeing.names += both,
        }
        if matches!(token, Token::Name(_)) && !translated {
            continue;
        }
        only_left.extend(std::iter::repeat_n(token.clone(), in_left - both));
        only_right.extend(std::iter::repeat_n(token.clone(), in_right - both));
    }
    (only_left, only_right)
}

/// Takes out what the conventions of one language add: Hijri dates in Arabic, the number of copies in Russian,
/// the blanks within French quotation marks, the ordinal of the first of the month.
fn without_conventions(text: &str) -> String {
    let mut kept = text.replace('\u{A0}', " ").replace("в 1 экз.", "").replace("« ", "«").replace(" »", "»");
    kept = kept.replace("1er ", "1 ");
    while let Some(at) = kept.find("هـ") {
        let before = &kept[..at];
        // Day, one or two words of the month, year.
        let mut start = at;
        for (words, (place, _)) in before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).enumerate() {
            start = place;
            let next = before[place..].trim_start();
            if words >= 2 && next.starts_with(char::is_numeric) || words >= 5 {
                break;
            }
        }
        kept.replace_range(start..at + "هـ".len(), " ");
    }
    kept
}

/// Returns the currency code that stands right before or after a number.
fn currency_beside(text: &str, start: usize, end: usize) -> Option<&'static str> {
    let space = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}');
    let before = text[..start].trim_end_matches(space);
    let after = text[end..].trim_start_matches(space);
    let code = |candidate: Option<&str>| {
        let candidate = candidate?;
        currency_codes().find(|code| *code == candidate)
    };
    let near = |gap: usize| gap <= 2;
    code(
        before
            .len()
            .checked_sub(3)
            .and_then(|at| before.get(at..))
            .filter(|_| near(text[..start].len() - before.len())),
    )
    .or_else(|| code(after.get(..3).filter(|_| near(text[end..].len() - after.len()))))
}

fn heading_of(block: &Block) -> Option<String> {
    let Block::Heading { number, content, .. } = block else { return None };
    let text = walk::plain(content);
    Some(number.as_ref().map_or_else(|| text.clone(), |number| format!("{number} {text}")))
}

fn number_of(block: &Block) -> Option<String> {
    match block {
        Block::Clause { number, .. } => Some(number.clone()),
        _ => None,
    }
}

/// Names that are the same in every language, the longest first, so that a name within a name does not count
/// twice; each with its spellings.
pub type Names = Vec<(String, Vec<String>)>;

/// Returns the names of people and firms, people's also as in the passport.
pub fn names(case: &Case) -> Names {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: Option<&String>, other: Option<&String>| {
        let Some(name) = name.filter(|name| name.chars().count() > 2) else { return };
        let spellings = names.entry(name.clone()).or_insert_with(|| vec![name.clone()]);
        spellings.extend(other.cloned());
    };
    for (_, person) in case.people.iter() {
        add(person.family.get(), person.passport_name.as_ref());
    }
    for (_, expert) in case.experts.iter() {
        add(expert.family.get(), expert.passport_name.as_ref());
    }
    for investor in case.investors.get().into_iter().flatten() {
        add(investor.name.get(), None);
        investor.affiliates.iter().for_each(|name| add(Some(name), None));
    }
    let mut names: Names = names.into_iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}
