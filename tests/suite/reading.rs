//! Reads documents back from every format: the numbers of headings and clauses, and the text.
//!
//! Each reader is independent of the writers: numbers of a Word file are counted from its lists, as Word
//! does; the text of a PDF comes from its structure tree, or, for Arabic, from its pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use engross::export::Format;
use engross::locale::{Lang, Locale, currency_codes, find_dates, find_numbers};

use crate::harness::Scene;
use crate::reading_word;

/// A document as it was read back.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// Numbers of headings and clauses, in their order, without marks of direction and final stops.
    pub(crate) numbers: Vec<String>,
    /// What the reader sees, one paragraph or cell a line, without the numbers where they can be told apart.
    pub(crate) text: String,
}

/// What must be the same in all formats, with how often it is there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// References: parts with strokes between them, and identifiers of cases.
    pub(crate) references: BTreeMap<String, usize>,
    /// Dates, in ISO 8601.
    pub(crate) dates: BTreeMap<String, usize>,
    /// Amounts: currency and plain decimal.
    pub(crate) amounts: BTreeMap<String, usize>,
}

impl Facts {
    /// Whether these are the facts of the other reading but for a few dates.
    pub(crate) fn nearly(&self, other: &Self) -> bool {
        let count = |facts: &Self| facts.dates.values().sum::<usize>();
        let none_more = self.dates.iter().all(|(date, here)| other.dates.get(date).is_some_and(|there| here <= there));
        let enough = count(self) * 10 >= count(other) * 6;
        self.references == other.references && self.amounts == other.amounts && none_more && enough
    }

    /// Tells what is there more or less often than in another reading.
    pub(crate) fn against(&self, other: &Self) -> String {
        let sides =
            [(&self.references, &other.references), (&self.dates, &other.dates), (&self.amounts, &other.amounts)];
        let mut told = Vec::new();
        for (here, there) in sides {
            let count = |side: &BTreeMap<String, usize>, key: &str| side.get(key).copied().unwrap_or(0);
            let keys: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
            for key in keys.into_iter().filter(|key| count(here, key) != count(there, key)) {
                told.push(format!("{key}: {}, not {}", count(here, key), count(there, key)));
            }
        }
        told.join("; ")
    }
}

/// Reads a document of a scene by its path without extension.
pub(crate) fn read(scene: &Scene, stem: &str, format: Format, lang: Lang) -> Read {
    let path = format!("{stem}.{}", format.extension());
    let mut read = match format {
        Format::Pdf if lang.is_rtl() => pdf_pages(scene, &path),
        Format::Pdf => pdf_structure(scene, &path),
        Format::Docx => reading_word::read(&scene.read(&path)),
        Format::Html => html(&scene.text(&path)),
        Format::Md => markdown(&scene.text(&path)),
        Format::Txt => plain(&scene.text(&path)),
    };
    read.numbers = read.numbers.iter().map(|number| bare(number)).filter(|number| !number.is_empty()).collect();
    read.text = read.text.lines().map(flat).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    read
}

/// Takes marks of direction, soft hyphens and fixed blanks out of a line.
pub(crate) fn flat(line: &str) -> String {
    let marks = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    let line: String = line.chars().filter(|&c| !marks(c)).collect();
    line.split(|c: char| c.is_whitespace() || c == '\u{202F}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number without what formats add to it: the stop at its end, emphasis.
fn bare(number: &str) -> String {
    flat(number).trim_matches('*').trim_end_matches(['.', ':']).to_owned()
}

/// Finds what must be the same in all formats.
pub(crate) fn facts(text: &str, locale: Locale) -> Facts {
    let mut facts = Facts { references: BTreeMap::new(), dates: BTreeMap::new(), amounts: BTreeMap::new() };
    // All at once, which is faster; the sign between them keeps lines apart.
    let line = &text.lines().collect::<Vec<_>>().join(" \u{FFFC} ");
    let mut rest = line.to_owned();
    for (range, date) in find_dates(line, locale.lang).into_iter().rev() {
        *facts.dates.entry(date.to_string()).or_insert(0) += 1;
        rest.replace_range(range, "\u{FFFC}");
    }
    for (range, number) in find_numbers(&rest, locale) {
        let (before, after) = (rest[..range.start].trim_end(), rest[range.end..].trim_start());
        let code = |text: Option<&str>| text.and_then(|text| currency_codes().find(|code| *code == text));
        let near = code(before.len().checked_sub(3).and_then(|at| before.get(at..))).or_else(|| code(after.get(..3)));
        if let Some(currency) = near {
            *facts.amounts.entry(format!("{currency} {number}")).or_insert(0) += 1;
        }
    }
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '@' | ':');
    for word in line.split(|c: char| !inside(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let has = |test: &dyn Fn(char) -> bool| word.chars().any(test);
        let case = word.split_once('-').is_some_and(|(country, number)| {
            country.len() == 3 && country.chars().all(|c| c.is_ascii_uppercase()) && number.len() == 3
        });
        // A date in figures and a fraction are shorter, or have no letters.
        let stroke = has(&|c| c == '/') && (has(&char::is_alphabetic) || word.chars().count() > 6);
        if has(&char::is_numeric) && !has(&|c| c == '@') && (stroke || case) {
            *facts.references.entry(word.to_owned()).or_insert(0) += 1;
        }
    }
    facts
}

/// A piece of markup.
#[derive(Debug)]
pub(crate) enum Piece {
    /// The beginning of an element: name and attributes; whether it ends at once.
    Open(String, BTreeMap<String, String>, bool),
    /// The end of an element.
    Close(String),
    /// Text.
    Text(String),
}

/// Parts markup, HTML or XML, into its pieces. It must be in order: the writers' own is.
pub(crate) fn pieces(markup: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            pieces.push(Piece::Text(unescaped(&rest[..at])));
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['!', '?']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            pieces.push(Piece::Close(name.trim().to_owned()));
            continue;
        }
        let (tag, ends) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let ends = ends || matches!(name, "meta" | "br" | "hr" | "input" | "img" | "link" | "col" | "wbr");
        let mut values = BTreeMap::new();
        let mut open = attributes.trim_start();
        while let Some((key, value)) = open.split_once("=\"") {
            let (value, after) = value.split_once('"').expect("a value ends");
            let key = key.split_whitespace().last().expect("a value has a name");
            values.insert(key.to_owned(), unescaped(value));
            open = after;
        }
        pieces.push(Piece::Open(name.to_owned(), values, ends));
    }
    pieces
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find(';').unwrap_or_else(|| panic!("`{rest}` holds a stray &"));
        match &rest[at + 1..end] {
            "amp" => out.push('&'),
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            "nbsp" => out.push('\u{A0}'),
            name => {
                let code = name.strip_prefix('#').unwrap_or_else(|| panic!("`&{name};` is not known"));
                let code = match code.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => code.parse(),
                };
                out.extend(code.ok().and_then(char::from_u32));
            }
        }
        rest = &rest[end + 1..];
    }
    out + rest
}

/// Reads HTML: without the head, the list of contents, the mark of a draft, the running foot.
pub(crate) fn html(page: &str) -> Read {
    let body = page.split_once("<body").expect("a page has a body").1.split("</html>").next().unwrap_or_default();
    let mut read = Read::default();
    // Elements that are open, with whether their text is left out and whether it is a number.
    let mut open: Vec<(String, bool, bool)> = Vec::new();
    for piece in pieces(&format!("<body{body}")) {
        match piece {
            Piece::Open(name, attributes, ends) => {
                let class = attributes.get("class").map_or("", String::as_str);
                let number = name == "span" && class == "n";
                let hidden = matches!(name.as_str(), "nav" | "style" | "footer") || class == "watermark";
                let (out, _) = open.last().map_or((false, false), |(_, out, number)| (*out, *number));
                if number && !out {
                    read.numbers.push(String::new());
                }
                if !matches!(name.as_str(), "a" | "b" | "strong" | "em" | "span" | "bdi" | "sup" | "code" | "u" | "i") {
                    read.text.push('\n');
                }
                if !ends {
                    open.push((name, out || hidden, number));
                }
            }
            Piece::Close(name) => {
                let (opened, ..) = open.pop().expect("what closes was open");
                assert_eq!(opened, name, "elements are nested in order");
                if matches!(name.as_str(), "p" | "div" | "td" | "th" | "li" | "dd" | "dt" | "h1" | "h2" | "h3") {
                    read.text.push('\n');
                }
            }
            Piece::Text(text) => match open.last() {
                Some((_, true, _)) => {}
                Some((_, _, true)) => read.numbers.last_mut().expect("one was begun").push_str(&text),
                _ => read.text.push_str(&text.replace('\n', " ")),
            },
        }
    }
    read
}

/// What the front matter of Markdown holds that is not printed on the page, or not there.
const UNPRINTED: &[&str] = &[
    "kind",
    "frame",
    "language",
    "status",
    "date",
    "author",
    "keywords",
    "numbering",
    "numbers",
    "contents",
    "paper",
    "style",
];

/// Reads Markdown, with what its front matter prints.
pub(crate) fn markdown(text: &str) -> Read {
    let text = text.strip_prefix("---\n").expect("front matter");
    let (front, body) = text.split_once("\n---\n").expect("front matter ends");
    let letter = front.lines().any(|line| line == "frame: letter");
    let mut read = Read::default();
    let mut shown = true;
    for line in front.lines() {
        if !line.starts_with([' ', '-']) {
            let key = line.split(':').next().unwrap_or_default();
            // A letter prints its subject, reference and date in the places of a letter.
            let elsewhere = letter && ["title", "subtitle", "reference", "date_text"].contains(&key);
            shown = !elsewhere && !UNPRINTED.contains(&key);
        }
        if shown {
            read.text.push_str(line);
            read.text.push('\n');
        }
    }
    for line in body.lines() {
        let inner = line.trim_start_matches([' ', '>', '-']).trim_start();
        let (number, rest) = if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            heading.split_once(". ").filter(|(number, _)| number.chars().all(|c| c.is_numeric() || c == '.'))
        } else {
            inner
                .strip_prefix("**")
                .filter(|_| line.trim_start().starts_with("- **"))
                .and_then(|it| it.split_once("** "))
        }
        .map_or((None, line), |(number, rest)| (Some(number), rest));
        read.numbers.extend(number.map(|number| number.replace('\\', "")));
        let rest = rest.split(" { #").next().unwrap_or_default();
        // Cells are told apart as paragraphs are; escapes and emphasis go.
        for cell in rest.split(" | ") {
            let cell = cell.replace("**", "");
            let mut signs = cell.chars().peekable();
            while let Some(sign) = signs.next() {
                let escape = sign == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
                if !escape {
                    read.text.push(sign);
                }
            }
            read.text.push('\n');
        }
    }
    read
}

/// Reads plain text: paragraphs are put together again from their lines, tables from their columns.
pub(crate) fn plain(text: &str) -> Read {
    let mut read = Read::default();
    let lines: Vec<&str> = text.lines().collect();
    for line in &lines {
        let inner = line.trim_start();
        let label = inner.split("  ").next().unwrap_or_default();
        let alone = inner.len() > label.len() || inner == label && label.chars().count() <= 4;
        if alone && is_number(&bare(label)) {
            read.numbers.push(label.to_owned());
        } else if let Some((number, _)) = inner.split_once(' ').filter(|(number, _)| is_number(&bare(number))) {
            read.numbers.push(number.to_owned());
        }
    }
    let mut at = 0;
    while at < lines.len() {
        let rule = lines.get(at + 1).copied().unwrap_or_default();
        if rule.contains("--  --") && rule.chars().all(|c| c == '-' || c == ' ') {
            at = table(&lines, at, rule, &mut read.text);
        } else {
            let line = lines[at].trim_start_matches([' ', '|', '>']);
            // A line that is indented or follows an empty one begins a paragraph or goes on with one: dates may
            // run over its end, so that only empty lines part.
            read.text.push_str(if line.is_empty() { "\n" } else { " " });
            read.text.push_str(line);
            at += 1;
        }
    }
    read
}

/// Reads a table of plain text from its rows up to the end of its last; returns the line after it.
fn table(lines: &[&str], at: usize, rule: &str, text: &mut String) -> usize {
    let mut starts = vec![0];
    let signs: Vec<char> = rule.chars().collect();
    starts.extend((1..signs.len()).filter(|&at| signs[at] == '-' && signs[at - 1] == ' '));
    let mut cells = vec![String::new(); starts.len()];
    let mut next = at;
    let mut flush = |cells: &mut Vec<String>| {
        for cell in cells.iter_mut() {
            text.push('\n');
            text.push_str(&std::mem::take(cell));
        }
        text.push('\n');
    };
    while let Some(line) = lines.get(next) {
        let signs: Vec<char> = line.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
        let begins = starts.iter().skip(1).all(|&start| signs.get(start - 1).is_none_or(|c| *c == ' '));
        if !begins {
            break;
        }
        if line.trim().is_empty() || *line == rule || line.starts_with("--") {
            flush(&mut cells);
        }
        if !line.starts_with("--") {
            for (column, &start) in starts.iter().enumerate() {
                let end = starts.get(column + 1).copied().unwrap_or(usize::MAX).min(signs.len());
                cells[column]
                    .extend(signs.get(start.min(signs.len())..end.max(start.min(signs.len()))).into_iter().flatten());
                cells[column].push(' ');
            }
        }
        next += 1;
        if line.trim().is_empty() && lines.get(next).is_none_or(|line| line.is_empty() || !has_columns(line, &starts)) {
            break;
        }
    }
    flush(&mut cells);
    next.max(at + 1)
}

/// Whether a line may belong to a table with such columns.
fn has_columns(line: &str, starts: &[usize]) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    starts.iter().skip(1).all(|&start| start >= 2 && signs.get(start - 2..start).is_none_or(|gap| gap == [' ', ' ']))
}

/// Whether a text is the number of a heading or clause: 3, 3.1, (a), a), (i), in any script.
pub(crate) fn is_number(text: &str) -> bool {
    let inner = text.strip_suffix(')').map(|text| text.strip_prefix('(').unwrap_or(text));
    match inner {
        Some(inner) => {
            (1..=4).contains(&inner.chars().count())
                && (inner.chars().all(char::is_numeric)
                    || inner.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()))
        }
        None => {
            let parts: Vec<&str> = text.split('.').collect();
            let sound =
                |part: &&str| !part.is_empty() && part.chars().count() <= 2 && part.chars().all(char::is_numeric);
            parts.len() <= 3 && parts.iter().all(sound)
        }
    }
}

/// Reads a PDF by its structure tree, which has neither running heads nor the mark of a draft.
fn pdf_structure(scene: &Scene, path: &str) -> Read {
    let output = scene.finish_bytes(scene.other("pdfinfo").args(["-struct-text", path]));
    let mut read = Read::default();
    let mut first = false;
    for line in String::from_utf8_lossy(&output).lines() {
        let inner = line.trim_start();
        if inner == "\"-\"" {
            // A word was parted here.
            continue;
        }
        if let Some(text) = inner.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            let number = bare(text);
            if first && is_number(&number) {
                read.numbers.push(number);
            } else {
                // Between two columns of a line there is a gap and no blank.
                let gap = read.text.ends_with(|c: char| c.is_ascii_digit()) && text.starts_with(char::is_uppercase);
                read.text.push_str(if gap { " " } else { "" });
                read.text.push_str(text);
            }
            first = false;
        } else if !inner.contains("(inline)") && !inner.starts_with(['/', '"']) && !inner.starts_with("Object ") {
            read.text.push('\n');
            // Headings, and paragraphs that are in no table or grid.
            let deep = line.len() - inner.len() > 2;
            first = inner.contains("(block)") && (inner.starts_with("P ") && !deep || inner.starts_with('H'));
        }
    }
    read
}

/// Reads the pages of a PDF in Arabic: the structure tree that `pdfinfo` shows lacks letters of joined scripts.
fn pdf_pages(scene: &Scene, path: &str) -> Read {
    let page = |more: &[&str]| {
        let output = scene.finish(scene.other("pdftotext").args(more).args(["-enc", "UTF-8", path, "-"]));
        assert_eq!(output.status, Some(0), "{output}");
        output.stdout
    };
    // A4 without the running foot, and on later pages without the running head: margins of 27 and 25 mm.
    let first = page(&["-l", "1", "-x", "0", "-y", "0", "-W", "596", "-H", "772"]);
    let later = page(&["-f", "2", "-x", "0", "-y", "60", "-W", "596", "-H", "712"]);
    let mut read = Read::default();
    for line in first.lines().chain(later.lines()) {
        let line = flat(&turned(line));
        let joined = line.replace(" .", ".");
        let end = joined.find(|c: char| !c.is_numeric() && c != '.').unwrap_or(joined.len());
        let number =
            if joined.starts_with('(') { joined.split(' ').next().unwrap_or_default() } else { &joined[..end] };
        if is_number(&bare(number)) {
            read.numbers.push(number.to_owned());
        }
        // A stop at the end of a line comes first; some joins of letters come out with a blank.
        let line = parted(&line.replace("ر ي", "ري"));
        let line = line.trim_start_matches(['.', '،', '؛']);
        // Lines of one paragraph come with empty lines between them: only what ends a sentence parts.
        read.text.push_str(if line.is_empty() { "" } else { " " });
        read.text.push_str(line);
        if line.ends_with(['.', ':']) || joined.starts_with('.') {
            read.text.push('\n');
        }
    }
    read
}

/// Puts marks that `pdftotext` gives from left to right around the figures of an embedding where they are read.
fn turned(line: &str) -> String {
    let mut parts = line.split('\u{202A}');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inner, rest) = part.split_once('\u{202C}').unwrap_or((part, ""));
        let inner: String = inner.chars().filter(|c| !matches!(c, '\u{64B}'..='\u{65F}')).collect();
        let start = inner.find(char::is_alphanumeric).unwrap_or(inner.len());
        let end = inner
            .rfind(char::is_alphanumeric)
            .map_or(start, |at| at + inner[at..].chars().next().map_or(0, char::len_utf8));
        out.push_str(&format!("{}{}{}{rest}", &inner[end..], &inner[start..end], &inner[..start]));
    }
    out
}

/// Puts a blank between Arabic letters and what is none: that of the page is elsewhere in the line.
fn parted(line: &str) -> String {
    let arabic = |c: char| c.is_alphabetic() && matches!(c, '\u{620}'..='\u{6FF}');
    let other = |c: char| c.is_numeric() || c.is_ascii_alphanumeric();
    let mut out = String::new();
    for sign in line.chars() {
        let before = out.chars().next_back().unwrap_or(' ');
        if arabic(before) && other(sign) || other(before) && arabic(sign) {
            out.push(' ');
        }
        out.push(sign);
    }
    out
}

/// Reads a part of a zip archive.
pub(crate) fn part(archive: &[u8], name: &str) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).expect("UTF-8");
    Some(text)
}
