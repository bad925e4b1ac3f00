//! Tests of whole files: numbers as Word counts them, text that arrives, parts that are well-formed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::numbering::{Format, as_counted};
use super::write;
use crate::document::{
    Align, Block, ChoiceOption, Document, Frame, Inline, Labelled, Letter, LetterStyle, Letterhead, Meta, Numbering,
    Paper, Parallel, Party, Rating, RatingItem, Role, Status, walk,
};
use crate::locale::{Lang, Locale};

/// Returns the parts of a file by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().to_string();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        all.insert(name, text);
    }
    all
}

/// Returns the text of a part without markup; panics where the part is not well-formed.
fn text_of(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut out = String::new();
    let mut depth = 0;
    // What a field is to do is no text, and may stand between two parts of one.
    let mut instruction = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                instruction = start.name().as_ref() == "w:instrText";
                start.attributes().for_each(|attribute| assert!(attribute.is_ok()));
            }
            Event::Empty(start) => start.attributes().for_each(|attribute| assert!(attribute.is_ok())),
            Event::End(_) => {
                depth -= 1;
                instruction = false;
            }
            Event::Text(_) | Event::GeneralRef(_) if instruction => {}
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(reference) => out.push_str(match &*reference {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("reference {other}"),
            }),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    out
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(
        found.value.to_string().replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""),
    )
}

/// A level of a list, as read from the file: text, format.
type Levels = BTreeMap<usize, (String, String)>;

/// Counts the numbers of a file once more, from its parts alone.
#[derive(Default)]
struct Counter {
    definitions: BTreeMap<String, Levels>,
    lists: BTreeMap<String, (String, Option<(usize, u64)>)>,
    styles: BTreeMap<String, (String, usize)>,
    counts: BTreeMap<String, [Option<u64>; 9]>,
    used: Vec<String>,
}

impl Counter {
    fn new(parts: &BTreeMap<String, String>) -> Self {
        let mut counter = Self::default();
        let empty = String::new();
        let mut reader = Reader::from_str(parts.get("word/numbering.xml").unwrap_or(&empty));
        let (mut definition, mut list, mut level, mut over) = (String::new(), String::new(), 0, 0);
        loop {
            let start = match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => start,
                Event::Eof => break,
                _ => continue,
            };
            let value = attribute(&start, "w:val").unwrap_or_default();
            let at = attribute(&start, "w:ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
            match start.name().as_ref() {
                "w:abstractNum" => definition = attribute(&start, "w:abstractNumId").unwrap(),
                "w:lvl" => level = at,
                "w:numFmt" => {
                    counter.definitions.entry(definition.clone()).or_default().entry(level).or_default().1 = value;
                }
                "w:lvlText" => {
                    counter.definitions.entry(definition.clone()).or_default().entry(level).or_default().0 = value;
                }
                "w:num" => list = attribute(&start, "w:numId").unwrap(),
                "w:abstractNumId" => {
                    counter.lists.insert(list.clone(), (value, None));
                }
                "w:lvlOverride" => over = at,
                "w:startOverride" => {
                    counter.lists.get_mut(&list).unwrap().1 = Some((over, value.parse().unwrap()));
                }
                _ => {}
            }
        }
        let mut reader = Reader::from_str(&parts["word/styles.xml"]);
        let (mut style, mut level) = (String::new(), 0);
        loop {
            let start = match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => start,
                Event::Eof => break,
                _ => continue,
            };
            let value = attribute(&start, "w:val").unwrap_or_default();
            match start.name().as_ref() {
                "w:style" => style = attribute(&start, "w:styleId").unwrap(),
                "w:numPr" => level = 0,
                "w:ilvl" => level = value.parse().unwrap(),
                "w:numId" => {
                    counter.styles.insert(style.clone(), (value, level));
                }
                _ => {}
            }
        }
        counter
    }

    /// Counts a paragraph: its own list, or that of its style.
    fn label(&mut self, style: &str, own: Option<(String, usize)>) -> Option<String> {
        let (list, level) = own.or_else(|| self.styles.get(style).cloned()).filter(|(list, _)| list != "0")?;
        let (definition, start) = self.lists[&list].clone();
        let counts = self.counts.entry(definition.clone()).or_default();
        if !self.used.contains(&list) {
            self.used.push(list);
            if let Some((at, _)) = start {
                counts[at] = None;
            }
        }
        let first = |at: usize| start.filter(|(over, _)| *over == at).map_or(1, |(_, first)| first);
        for (at, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert(first(at));
        }
        counts[level] = Some(counts[level].map_or(first(level), |count| count + 1));
        counts[level + 1..].fill(None);
        let levels = &self.definitions[&definition];
        let mut label = levels[&level].0.clone();
        for (at, count) in counts.iter().enumerate() {
            let (Some(count), Some((_, format))) = (count, levels.get(&at)) else { continue };
            let format = match format.as_str() {
                "decimal" => Format::Decimal,
                "lowerLetter" => Format::Letter,
                "lowerRoman" => Format::Roman,
                "russianLower" => Format::Russian,
                "arabicAbjad" => Format::Abjad,
                _ => Format::Bullet,
            };
            label = label.replace(&format!("%{}", at + 1), &format.write(*count));
        }
        Some(label)
    }
}

/// Returns the numbers of headings and clauses, as Word counts them.
fn counted(parts: &BTreeMap<String, String>) -> Vec<String> {
    let mut counter = Counter::new(parts);
    let mut numbers = Vec::new();
    let (mut style, mut list, mut level) = (String::new(), None, 0);
    let mut reader = Reader::from_str(&parts["word/document.xml"]);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == "w:p" => (style, list, level) = (String::new(), None, 0),
            Event::Start(start) | Event::Empty(start) => {
                let value = attribute(&start, "w:val").unwrap_or_default();
                match start.name().as_ref() {
                    "w:pStyle" => style = value,
                    "w:ilvl" => level = value.parse().unwrap(),
                    "w:numId" => list = Some(value),
                    _ => {}
                }
            }
            Event::End(end) if end.name().as_ref() == "w:p" => {
                let label = counter.label(&style, list.take().map(|list| (list, level)));
                if style.starts_with("Heading") || style.starts_with("Clause") {
                    numbers.extend(label);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    numbers
}

/// Returns the numbers of headings and clauses, as the document has them, in the digits that Word counts in.
fn given(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { number, .. } => out.extend(number.as_deref().map(as_counted)),
            Block::Clause { number, blocks, .. } => {
                out.push(as_counted(number));
                given(blocks, out);
            }
            Block::Quote(blocks) | Block::Note(blocks) => given(blocks, out),
            Block::List { items, .. } => items.iter().for_each(|item| given(item, out)),
            Block::Parallel(parallel) => parallel.rows.iter().flatten().for_each(|side| given(side, out)),
            _ => {}
        }
    }
}

/// Returns all documents of all cases of the fixtures, in all languages.
fn shipped() -> Vec<Document> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unit/cases");
    let workspace = crate::workspace::Workspace::open(&cases).unwrap();
    let mut all = Vec::new();
    for path in crate::workspace::find_cases(&cases).unwrap() {
        let case = crate::workspace::read_case(&path).unwrap();
        let inputs = workspace.inputs(&case);
        let request = crate::pipeline::Request {
            kinds: Vec::new(),
            versions: Lang::ALL.into_iter().map(Into::into).collect(),
            status: Status::Draft,
        };
        let plan = crate::pipeline::plan(inputs.case, &request).output;
        all.extend(plan.iter().filter_map(|of| crate::pipeline::document(&inputs, of, Status::Draft).output));
    }
    all
}

#[test]
fn word_counts_the_numbers_that_the_document_has() {
    let all = shipped();
    assert!(all.len() > 50);
    for (at, document) in all.iter().enumerate() {
        let mut wanted = Vec::new();
        given(&document.blocks, &mut wanted);
        let all_parts = parts(&write(document));
        assert_eq!(counted(&all_parts), wanted, "{}", document.meta.title);
        // One list counts them all, in any digits: none is typed.
        let lists = all_parts.get("word/numbering.xml").map_or(0, |xml| xml.matches("<w:abstractNum ").count());
        assert!(lists <= 4, "{lists} lists: {}", document.meta.title);
        // Side by side each column counts for itself.
        let pair = all[at + 1..]
            .iter()
            .find(|other| other.meta.kind == document.meta.kind && other.meta.locale.lang != document.meta.locale.lang);
        if let Some(other) = pair.filter(|_| at % 7 == 0) {
            let pair = crate::document::parallel::pair(document.clone(), other.clone());
            let mut wanted = Vec::new();
            given(&pair.blocks, &mut wanted);
            assert_eq!(counted(&parts(&write(&pair))), wanted, "{}", pair.meta.title);
        }
    }
}

/// Returns a text as it may arrive: without what XML forbids, blanks taken together.
fn plain(text: &str) -> String {
    let kept = |sign: &char| !sign.is_control() || sign.is_whitespace();
    let marks =
        |sign: &char| !matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String =
        text.chars().filter(kept).filter(marks).filter(|sign| !matches!(sign, '\u{fffe}' | '\u{ffff}')).collect();
    text.split_whitespace().collect()
}

fn texts(content: &[Inline], out: &mut Vec<String>) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push(text.clone()),
            Inline::Ref { text, .. } => out.push(text.clone()),
            Inline::Blank(path) => out.push(format!("{path}]")),
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => texts(content, out),
            Inline::Anchor(_) | Inline::Break => {}
        }
    }
}

fn a_text() -> impl Strategy<Value = String> {
    let signs = vec![
        'a', 'Z', 'é', 'ж', 'ع', 'ق', '3', '٣', ' ', '\u{a0}', '<', '&', '>', '"', '\'', '%', '{', '}', '(', ')', ':',
        '\t', '\n', '\u{0}', '\u{b}', '\u{ffff}', '\u{202e}', '\u{2066}', '\u{2069}', '𝒳', '☐', ']',
    ];
    prop::collection::vec(prop::sample::select(signs), 0..10).prop_map(|signs| signs.into_iter().collect())
}

fn a_name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c d", "é", "", "a\u{0}", "x\"y"]).prop_map(str::to_owned)
}

fn a_lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(Lang::ALL.to_vec())
}

fn an_inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        4 => a_text().prop_map(Inline::Text),
        1 => a_text().prop_map(Inline::Code),
        1 => a_text().prop_map(Inline::Blank),
        1 => a_name().prop_map(Inline::Anchor),
        1 => Just(Inline::Break),
        1 => (a_name(), a_text()).prop_map(|(id, text)| Inline::Ref { id, text }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let content = || prop::collection::vec(inner.clone(), 0..3);
        let urls =
            vec!["https://example.org/a?b=c&d#e", "mailto:a@example.org", "javascript:x", "http://\"><w:p/>", ""];
        prop_oneof![
            content().prop_map(Inline::Strong),
            content().prop_map(Inline::Emph),
            content().prop_map(Inline::Note),
            (a_lang(), content()).prop_map(|(lang, content)| Inline::Lang { lang, content }),
            (prop::sample::select(urls), content())
                .prop_map(|(url, content)| Inline::Link { url: url.to_owned(), content }),
        ]
    })
}

fn a_line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(an_inline(), 0..4)
}

fn some_lines() -> impl Strategy<Value = Vec<Vec<Inline>>> {
    prop::collection::vec(a_line(), 0..4)
}

fn a_number() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["1", "1.", "2", "1.1", "(a)", "b)", "(i)", "7.9", "%1", "", "\u{0}", "٣"])
        .prop_map(str::to_owned)
}

fn a_form() -> impl Strategy<Value = Block> {
    let item = (a_name(), a_line(), a_line(), any::<bool>(), proptest::option::of(a_text()));
    let item = item.prop_map(|(id, label, question, comment, value)| RatingItem {
        id,
        number: value.clone(),
        label,
        question,
        comment,
        value,
    });
    let option = (a_name(), a_line(), any::<bool>());
    let option = option.prop_map(|(id, label, checked)| ChoiceOption { id, label, checked });
    prop_oneof![
        (
            prop::collection::vec((a_text(), a_text()), 0..3),
            proptest::option::of(a_text()),
            prop::collection::vec(item, 0..3)
        )
            .prop_map(|(legend, na, items)| Block::Rating(Rating { legend, na, items })),
        (a_name(), any::<(i64, i64)>(), a_line(), a_line(), proptest::option::of(any::<i64>()))
            .prop_map(|(id, (from, to), low, high, value)| Block::Scale { id, from, to, low, high, value }),
        (a_name(), a_line(), any::<bool>(), prop::collection::vec(option, 0..6))
            .prop_map(|(id, question, multiple, options)| Block::Choice { id, question, multiple, options }),
        (a_name(), a_line(), any::<u64>(), proptest::option::of(a_line()))
            .prop_map(|(id, label, lines, value)| Block::Answer { id, label, lines, value }),
    ]
}

fn a_block() -> impl Strategy<Value = Block> {
    let party = (a_line(), some_lines(), proptest::option::of(a_text()), any::<bool>());
    let party = party.prop_map(|(intro, lines, date, blank_date)| Party {
        intro,
        lines,
        signed: date.clone().filter(|_| blank_date),
        place: date.clone(),
        date,
        blank_date,
    });
    let labelled = || (a_text(), some_lines()).prop_map(|(label, items)| Labelled { label, items });
    let roles = vec![Role::Body, Role::Salutation, Role::Closing, Role::Lead, Role::Small];
    let leaf = prop_oneof![
        3 => (a_line(), prop::sample::select(roles)).prop_map(|(content, role)| Block::Para { content, role }),
        2 => (any::<u8>(), proptest::option::of(a_number()), proptest::option::of(a_name()), a_line())
            .prop_map(|(level, number, id, content)| Block::Heading { level, number, id, content }),
        1 => (some_lines(), prop::collection::vec(some_lines(), 0..4), any::<bool>()).prop_map(|(header, rows, total)| {
            Block::Table { align: vec![Align::Start, Align::End, Align::Center], header, rows, total }
        }),
        1 => prop::collection::vec((a_line(), a_line()), 0..4).prop_map(Block::Fields),
        1 => prop::collection::vec(party, 0..8).prop_map(Block::Signatures),
        1 => labelled().prop_map(Block::Enclosures),
        1 => labelled().prop_map(Block::Copies),
        3 => a_form(),
        1 => a_text().prop_map(Block::Code),
        1 => Just(Block::PageBreak),
        1 => Just(Block::Rule),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 0..3);
        let side = || (blocks(), blocks()).prop_map(|(left, right)| [left, right]);
        prop_oneof![
            (a_number(), any::<u8>(), proptest::option::of(a_name()), blocks())
                .prop_map(|(number, level, id, blocks)| Block::Clause { number, level, id, blocks }),
            (proptest::option::of(any::<u64>()), any::<bool>(), prop::collection::vec(blocks(), 0..3))
                .prop_map(|(start, tight, items)| Block::List { start, tight, items }),
            blocks().prop_map(Block::Quote),
            blocks().prop_map(Block::Note),
            (a_lang(), a_lang(), prop::collection::vec(side(), 0..3)).prop_map(|(first, second, rows)| {
                Block::Parallel(Parallel { locales: [first.into(), second.into()], rows })
            }),
        ]
    })
}

fn a_document() -> impl Strategy<Value = Document> {
    let letter = (any::<bool>(), some_lines(), a_line(), proptest::option::of(a_text()));
    let letter = letter.prop_map(|(unit, lines, line, text)| Letter {
        style: if unit { LetterStyle::Unit } else { LetterStyle::Authority },
        head: Letterhead {
            state: text.clone(),
            motto: text.clone(),
            lines: lines.clone(),
            contact: text.clone().into_iter().collect(),
        },
        return_line: text.clone(),
        recipient: lines.clone(),
        info: text.iter().map(|text| (text.clone(), line.clone())).collect(),
        place_date: line.clone(),
        subject: line,
    });
    let styles = prop::sample::select(vec![Numbering::None, Numbering::Clauses, Numbering::Sections]);
    let meta = (
        a_lang(),
        prop::sample::select(Frame::ALL.to_vec()),
        styles,
        proptest::option::of(letter),
        a_text(),
        any::<bool>(),
    );
    (meta, prop::collection::vec(a_block(), 0..6)).prop_map(
        |((lang, frame, numbering, letter, title, draft), blocks)| {
            let words =
                [("blank", "to be completed"), ("page_of", "{x {page}/{pages} {"), ("draft", "DRAFT"), ("colon", ":")];
            Document {
                meta: Meta {
                    kind: "kind".to_owned(),
                    frame,
                    locale: Locale::from(lang),
                    subtitle: Some(title.clone()).filter(|_| draft),
                    reference: Some(title.clone()),
                    date: Some(title.clone()),
                    date_iso: Some(if draft { title.clone() } else { "2026-01-12".to_owned() }),
                    author: title.clone(),
                    keywords: vec![title.clone()],
                    confidentiality: Some(title.clone()).filter(|_| draft),
                    status: if draft { Status::Draft } else { Status::Final },
                    contents: draft,
                    numbering,
                    paper: Paper::A4,
                    letter,
                    words: words.map(|(key, word)| (key.to_owned(), word.to_owned())).to_vec(),
                    parallel_words: None,
                    blanks: Vec::new(),
                    title,
                },
                blocks,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_written_whole_and_the_same_each_time(document in a_document()) {
        let bytes = write(&document);
        prop_assert_eq!(&write(&document), &bytes);
        let all: String = parts(&bytes).values().map(|xml| text_of(xml)).collect();
        let all = plain(&all);
        let mut wanted = Vec::new();
        let mut copy = document.clone();
        walk::inlines(&mut copy, &mut |content| texts(content, &mut wanted));
        for text in wanted {
            prop_assert!(all.contains(&plain(&text)), "{:?} is missing", text);
        }
    }
}
