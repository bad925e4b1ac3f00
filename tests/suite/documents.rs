//! Documents at random, with text that is as hostile as text can be.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use engross::document::{
    Align, Block, ChoiceOption, Document, Frame, Inline, Labelled, Letter, LetterStyle, Letterhead, Meta, Numbering,
    Paper, Parallel, Party, Rating, RatingItem, Role, Status,
};
use engross::locale::{Lang, Locale};

/// What means something to some reader of Markdown, YAML or HTML.
const PARTS: &[&str] = &[
    "a",
    "Straße",
    "word",
    "2026",
    " ",
    "  ",
    "\u{a0}",
    "\u{202f}",
    "\t",
    "\n",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{200b}",
    "\u{301}",
    "\u{338}",
    "العربية",
    "\u{2066}S.A.\u{2069}",
    "\u{200f}",
    "😀",
    "«",
    "»",
    "“",
    "–",
    "*",
    "**",
    "_",
    "__",
    "***",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "\\",
    "|",
    "#",
    "##",
    "-",
    "--",
    "---",
    "+",
    "=",
    "===",
    ">",
    "<",
    "!",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "&",
    ";",
    ":",
    ".",
    "'",
    "\"",
    "/",
    "@",
    "%",
    "$",
    "^",
    ",",
    "?",
    "1. ",
    "2) ",
    "- ",
    "+ ",
    "# ",
    "> ",
    "10.",
    "[^1]",
    "[^1]: ",
    "[[x]]",
    "[x]: y",
    "[x](#y)",
    "![x](y)",
    "{ #id }",
    "{#id}",
    "{.closing}",
    "<b>",
    "</b>",
    "<br>",
    "<!-- -->",
    "<div>",
    "</div>",
    "<span lang=\"fr\">",
    "</span>",
    "<a id=\"x\">",
    "<https://x.org>",
    "&amp;",
    "&#32;",
    "&nbsp;",
    "http://x.org",
    "a_b",
    "*a*",
    "**a**",
    "---\n",
    "```note",
    ":--",
    "| a |",
    "[ ] ",
    "[x] ",
    ": ",
    " #",
    "null",
    "yes",
    "~",
    "- a: b",
    "%20",
];

/// Text in normalisation form C, not empty.
pub fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => proptest::sample::select(PARTS).prop_map(str::to_owned),
        1 => "[ -~]{1,4}",
        1 => "[\\PC&&[^\u{e000}-\u{f8ff}\u{f0000}-\u{10ffff}]]{1,3}",
    ];
    vec(part, 1..6).prop_map(|parts| parts.concat().nfc().collect())
}

/// Text with something to see in it.
fn words() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.trim().is_empty() { format!("{text}x") } else { text })
}

fn lang() -> impl Strategy<Value = Lang> {
    proptest::sample::select(&Lang::ALL[..])
}

fn locale() -> impl Strategy<Value = Locale> {
    proptest::sample::select(vec!["en", "fr-GN", "es-PE", "pt-MZ", "ru", "ar-MR", "ar-EG-u-nu-latn"])
        .prop_map(|tag| tag.parse().expect("the tags are right"))
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-z][a-z0-9-]{0,8}", 1 => words()]
}

/// Joins neighbouring texts, as every reader does.
fn merged(content: Vec<Inline>) -> Vec<Inline> {
    let mut all: Vec<Inline> = Vec::new();
    for inline in content {
        match (inline, all.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(before))) => *before = (before.clone() + &text).nfc().collect(),
            (inline, _) => all.push(inline),
        }
    }
    all
}

/// Inline content of any kind; without links where it stands in one.
fn inlines(depth: u32, links: bool) -> BoxedStrategy<Vec<Inline>> {
    vec(inline(depth, links), 1..5)
        .prop_map(merged)
        .prop_map(|content| {
            // A paragraph of line breaks alone is none.
            if content.iter().all(|inline| *inline == Inline::Break) { vec![Inline::Text("x".into())] } else { content }
        })
        .boxed()
}

fn inline(depth: u32, links: bool) -> BoxedStrategy<Inline> {
    let leaf = prop_oneof![
        6 => text().prop_map(Inline::Text),
        1 => Just(Inline::Break),
        1 => prop_oneof!["[a-z_.]{1,12}", "[a-z]{1,4}\\[[0-9]\\]\\.[a-z]{1,4}", words()].prop_map(Inline::Blank),
        1 => id().prop_map(Inline::Anchor),
        1 => prop_oneof![text(), "[`a ]{1,6}"].prop_map(Inline::Code),
    ];
    let mut all = vec![(10, leaf.boxed())];
    if links {
        let text = prop_oneof![Just(String::new()), text()];
        all.push((1, (id(), text).prop_map(|(id, text)| Inline::Ref { id, text }).boxed()));
    }
    if depth > 0 {
        let inner = inlines(depth - 1, links);
        all.push((3, inner.clone().prop_map(Inline::Strong).boxed()));
        all.push((3, inner.clone().prop_map(Inline::Emph).boxed()));
        all.push((1, inner.clone().prop_map(Inline::Note).boxed()));
        all.push((1, (lang(), inner).prop_map(|(lang, content)| Inline::Lang { lang, content }).boxed()));
        if links {
            let url = prop_oneof![Just("https://example.org/a_b?c=d&copy=e".to_owned()), text()]
                .prop_map(|url| url.trim_start_matches('#').to_owned());
            let link = (url, inlines(depth - 1, false)).prop_map(|(url, content)| Inline::Link { url, content });
            all.push((1, link.boxed()));
        }
    }
    proptest::strategy::Union::new_weighted(all).boxed()
}

fn content() -> BoxedStrategy<Vec<Inline>> {
    inlines(2, true)
}

fn maybe() -> BoxedStrategy<Vec<Inline>> {
    prop_oneof![Just(Vec::new()), content()].boxed()
}

fn blocks(depth: u32, least: usize) -> BoxedStrategy<Vec<Block>> {
    vec(block(depth), least..4).boxed()
}

fn role() -> impl Strategy<Value = Role> {
    let roles = [Role::Body, Role::Body, Role::Body, Role::Salutation, Role::Closing, Role::Lead, Role::Small];
    proptest::sample::select(roles.to_vec())
}

fn number() -> BoxedStrategy<String> {
    prop_oneof![4 => "[1-9](\\.[1-9]){0,2}", 2 => "\\([a-z]\\)", 1 => Just("1.".to_owned()), 1 => words()].boxed()
}

fn block(depth: u32) -> BoxedStrategy<Block> {
    let heading = (1u8..=6, option::of(number()), option::of(id()), content())
        .prop_map(|(level, number, id, content)| Block::Heading { level, number, id, content });
    let code = prop_oneof![text(), "[ a`\n]{0,8}"].prop_map(|text| Block::Code(text.replace('\r', "")));
    let mut all = vec![
        (4, (content(), role()).prop_map(|(content, role)| Block::Para { content, role }).boxed()),
        (1, heading.boxed()),
        (1, table().boxed()),
        (1, vec((maybe(), content()), 1..3).prop_map(Block::Fields).boxed()),
        (1, vec(party(), 1..3).prop_map(Block::Signatures).boxed()),
        (1, labelled().prop_map(Block::Enclosures).boxed()),
        (1, labelled().prop_map(Block::Copies).boxed()),
        (1, rating().prop_map(Block::Rating).boxed()),
        (1, question().boxed()),
        (1, code.boxed()),
        (1, prop_oneof![Just(Block::PageBreak), Just(Block::Rule)].boxed()),
    ];
    if depth > 0 {
        let inner = blocks(depth - 1, 0);
        let clause = (number(), 1u8..=3, option::of(id()), inner.clone())
            .prop_map(|(number, level, id, blocks)| Block::Clause { number, level, id, blocks });
        let list = (option::of(0u64..30), vec(inner.clone(), 1..4)).prop_map(|(start, items)| {
            let paragraphs = |item: &Vec<Block>| item.iter().filter(|it| matches!(it, Block::Para { .. })).count();
            Block::List { start, tight: items.iter().all(|item| paragraphs(item) <= 1), items }
        });
        let parallel = ([locale(), locale()], vec([inner.clone(), inner.clone()], 0..3))
            .prop_map(|(locales, rows)| Block::Parallel(Parallel { locales, rows }));
        all.push((3, clause.boxed()));
        all.push((3, list.boxed()));
        all.push((1, inner.clone().prop_map(Block::Quote).boxed()));
        all.push((1, inner.prop_map(Block::Note).boxed()));
        all.push((1, parallel.boxed()));
    }
    proptest::strategy::Union::new_weighted(all).boxed()
}

fn table() -> impl Strategy<Value = Block> {
    (1usize..4).prop_flat_map(|columns| {
        let row = || vec(maybe(), columns);
        let align = proptest::sample::select(vec![Align::Start, Align::Center, Align::End]);
        (vec(align, columns), row(), vec(row(), 0..3)).prop_map(|(align, header, rows)| {
            let first = rows.last().and_then(|row| row.first());
            let total = first.is_some_and(|cell| matches!(cell[..], [Inline::Strong(_)]));
            Block::Table { align, header, rows, total }
        })
    })
}

fn party() -> impl Strategy<Value = Party> {
    (maybe(), vec(content(), 0..3), option::of(words()), option::of(words()), option::of(words()), any::<bool>())
        .prop_map(|(intro, lines, signed, place, date, blank_date)| Party {
            intro,
            lines,
            signed,
            place,
            date,
            blank_date,
        })
}

fn labelled() -> impl Strategy<Value = Labelled> {
    (words(), vec(content(), 1..3)).prop_map(|(label, items)| Labelled { label, items })
}

fn rating() -> impl Strategy<Value = Rating> {
    let item = (id(), option::of(words()), maybe(), maybe(), any::<bool>(), option::of(words())).prop_map(
        |(id, number, label, question, comment, value)| RatingItem { id, number, label, question, comment, value },
    );
    (vec((words(), words()), 0..3), option::of(words()), vec(item, 1..3)).prop_map(|(legend, na, items)| Rating {
        legend,
        na,
        items,
    })
}

fn question() -> impl Strategy<Value = Block> {
    let scale = (id(), any::<i32>(), any::<i32>(), maybe(), maybe(), option::of(any::<i32>())).prop_map(
        |(id, from, to, low, high, value)| {
            let (from, to) = (from.into(), to.into());
            Block::Scale { id, from, to, low, high, value: value.map(Into::into) }
        },
    );
    let one = (id(), maybe(), any::<bool>()).prop_map(|(id, label, checked)| ChoiceOption { id, label, checked });
    let choice = (id(), maybe(), any::<bool>(), vec(one, 0..3))
        .prop_map(|(id, question, multiple, options)| Block::Choice { id, question, multiple, options });
    let answer = (id(), maybe(), 1u64..40, option::of(content())).prop_map(|(id, label, lines, value)| Block::Answer {
        id,
        label,
        lines,
        value,
    });
    prop_oneof![scale, choice, answer]
}

fn letter() -> impl Strategy<Value = Letter> {
    let head = (option::of(words()), option::of(words()), vec(content(), 0..3), vec(words(), 0..3))
        .prop_map(|(state, motto, lines, contact)| Letterhead { state, motto, lines, contact });
    let style = prop_oneof![Just(LetterStyle::Unit), Just(LetterStyle::Authority)];
    let info = vec((words(), content()), 0..3);
    (style, head, option::of(words()), vec(content(), 0..3), info, maybe(), maybe()).prop_map(
        |(style, head, return_line, recipient, info, place_date, subject)| Letter {
            style,
            head,
            return_line,
            recipient,
            info,
            place_date,
            subject,
        },
    )
}

/// The fixed words of a language, as far as tests need them.
pub fn words_of(lang: Lang) -> Vec<(String, String)> {
    let words = [("draft", "Draft"), ("colon", ":"), ("subject", "Subject"), ("blank", "to fill in")];
    words.iter().map(|(key, word)| ((*key).to_owned(), format!("{word} {lang}"))).collect()
}

/// The same with the digits of the region.
fn words_in(locale: Locale) -> Vec<(String, String)> {
    let digits = locale.digit_chars().map(|digits| ("digits".to_owned(), digits.to_owned()));
    words_of(locale.lang).into_iter().chain(digits).collect()
}

/// A document of any kind.
pub fn document() -> impl Strategy<Value = Document> {
    let names = (words(), words(), option::of(words()), option::of(words()), option::of(words()));
    let more = (option::of(words()), option::of(words()), vec(words(), 0..3), vec(words(), 0..3));
    let frame = proptest::sample::select(Frame::ALL);
    let numbering = proptest::sample::select(vec![Numbering::None, Numbering::Clauses, Numbering::Sections]);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), numbering, frame, locale());
    (names, more, flags, option::of(letter()), blocks(3, 0)).prop_map(|(names, more, flags, letter, blocks)| {
        let (title, kind, subtitle, reference, date) = names;
        let (date_iso, confidentiality, keywords, blanks) = more;
        let (draft, contents, a4, numbering, frame, locale) = flags;
        let parallel_words = blocks.iter().find_map(|block| match block {
            Block::Parallel(parallel) => Some(words_in(parallel.locales[1])),
            _ => None,
        });
        let meta = Meta {
            author: kind.clone(),
            kind,
            frame,
            locale,
            title,
            subtitle,
            reference,
            date,
            date_iso,
            keywords,
            confidentiality,
            status: if draft { Status::Draft } else { Status::Final },
            contents,
            numbering,
            paper: if a4 { Paper::A4 } else { Paper::Letter },
            letter,
            words: words_in(locale),
            parallel_words,
            blanks,
        };
        Document { meta, blocks }
    })
}
