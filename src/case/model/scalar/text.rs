//! Text: one line, rich text, text by language; and what only stands in for text.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::case::data::{Data, Scope};
use crate::case::field::{Reader, Value};
use crate::diagnostic::Code;
use crate::locale::Lang;
use crate::yaml::{Node, NodeKind};

/// Longest line of text, in bytes. Long enough for a condition of many lines; a bound, because people and
/// experts are named many times over in the data of a document.
const MAX_LINE: usize = 4000;

/// Texts that people write when they do not know a value yet.
const PLACEHOLDERS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "xxx",
    "xx",
    "?",
    "??",
    "???",
    "n/a",
    "na",
    "...",
    "…",
    "-",
    "to be determined",
    "to be confirmed",
    "to be specified",
    "to be defined",
    "à préciser",
    "a préciser",
    "à confirmer",
    "à définir",
    "à compléter",
    "por definir",
    "por precisar",
    "por confirmar",
    "a definir",
    "a confirmar",
    "уточняется",
    "لم يحدد",
];

/// Returns whether a text only stands in for a value that is not known yet.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim().trim_matches(['(', ')', '[', ']', '<', '>', '.', '_']).trim().to_lowercase();
    text.is_empty() || PLACEHOLDERS.contains(&text.as_str())
}

/// Reads text and refuses placeholders.
pub(super) fn real_text(node: &Node, reader: &mut Reader<'_>, wanted: &str) -> Option<String> {
    let text = reader.scalar(node, wanted)?;
    if is_placeholder(text) {
        let message = format!("`{}` holds only a placeholder, `{}`", reader.name(), text.trim());
        return reader.fault(
            node,
            Code::PlaceholderText,
            message,
            "write the value, or delete the line while it is not known",
        );
    }
    Some(text.trim().to_owned())
}

/// One line of text.
impl Value for String {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a line of text")?;
        if text.len() > MAX_LINE {
            let message = format!("`{}` is longer than {MAX_LINE} bytes", reader.name());
            return reader.fault(node, Code::OutOfRange, message, "write one line; longer texts belong in an annex");
        }
        // Folded YAML scalars bring line breaks that mean blanks.
        Some(text.split_whitespace_keeping_nbsp())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.clone())
    }

    fn example() -> String {
        "…".to_owned()
    }
}

trait Fold {
    fn split_whitespace_keeping_nbsp(&self) -> String;
}

impl Fold for str {
    fn split_whitespace_keeping_nbsp(&self) -> String {
        self.split([' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Text in Markdown: paragraphs, lists, emphasis; anything else is taken as plain text.
#[derive(Debug, Clone, PartialEq)]
pub struct Rich(pub String);

impl Value for Rich {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        real_text(node, reader, "text").map(Self)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Rich(self.0.clone())
    }

    fn example() -> String {
        "|".to_owned()
    }
}

/// Text, in one language or in several: either a plain value (in the case's language) or a group
/// with a language code before each.
#[derive(Debug, Clone, PartialEq)]
pub struct Local<T = String> {
    /// Text in the case's own language, where no language was named.
    pub plain: Option<T>,
    /// Text by language, in the order of the file.
    pub by_lang: Vec<(Lang, T)>,
}

impl<T> Local<T> {
    /// Returns the text in a language, or else in the fallback, or else what there is.
    pub fn resolve(&self, lang: Lang, fallback: Lang) -> Option<&T> {
        self.resolve_with_lang(lang, fallback).map(|(_, text)| text)
    }

    /// Returns the same with the language of the text; text without one is in the fallback.
    fn resolve_with_lang(&self, lang: Lang, fallback: Lang) -> Option<(Lang, &T)> {
        let find =
            |wanted: Lang| self.by_lang.iter().find(|(lang, _)| *lang == wanted).map(|(lang, text)| (*lang, text));
        find(lang)
            .or_else(|| self.plain.as_ref().map(|text| (fallback, text)))
            .or_else(|| find(fallback))
            .or_else(|| self.by_lang.first().map(|(lang, text)| (*lang, text)))
    }
}

impl<T: Value> Value for Local<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeKind::Map(entries) = &node.kind else {
            return T::read(node, reader).map(|text| Self { plain: Some(text), by_lang: Vec::new() });
        };
        let mut by_lang = Vec::new();
        for (key, item) in entries {
            let at = item.moved_to(key.bytes.clone());
            let Some(lang) = read_lang(&key.text, &at, reader) else { continue };
            if item.kind == NodeKind::Null {
                let message = format!("`{}` has no text in {}", reader.name(), lang.english_name());
                let _: Option<()> =
                    reader.fault(&at, Code::MissingField, message, "write the text, or delete the line");
                continue;
            }
            by_lang.extend(reader.within(key.text.clone(), |reader| T::read(item, reader)).map(|text| (lang, text)));
        }
        (!by_lang.is_empty()).then_some(Self { plain: None, by_lang })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let text = T::schema(generator);
        let langs: serde_json::Map<String, serde_json::Value> =
            Lang::ALL.iter().map(|lang| (lang.code().to_owned(), text.clone().to_value())).collect();
        json_schema!({ "anyOf": [text, { "type": "object", "properties": langs, "additionalProperties": false, "minProperties": 1 }] })
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        let Some((lang, text)) = self.resolve_with_lang(scope.lang, scope.fallback) else { return Data::Null };
        let data = match text.data(scope, path) {
            Data::Text(text) => Data::Phrase(text),
            other => other,
        };
        // Without a language, the lines of an address and the like are names, the same in every language.
        if lang == scope.lang || is_title(path) || self.plain.is_some() && is_place_of_names(path) {
            return data;
        }
        Data::Foreign { lang, path: path.to_owned(), data: Box::new(data) }
    }

    fn example() -> String {
        T::example()
    }
}

/// Returns whether what stands at a path is a person's title, which is part of the name.
fn is_title(path: &str) -> bool {
    path.ends_with(".title") && (path.contains("people.") || path.starts_with("experts."))
}

/// Returns whether what stands at a path is a name: of a street or a town, of a firm, a motto.
fn is_place_of_names(path: &str) -> bool {
    ["address.lines[", ".places["].iter().any(|part| path.contains(part))
        || [".town", ".place", ".employer", ".motto", ".short_name"].iter().any(|end| path.ends_with(end))
}

/// A language of the documents.
impl Value for Lang {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.scalar(node, "a language code")?;
        read_lang(text, node, reader)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<_> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        json_schema!({ "enum": codes })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.code().to_owned())
    }

    fn example() -> String {
        "fr".to_owned()
    }
}

fn read_lang(text: &str, node: &Node, reader: &mut Reader<'_>) -> Option<Lang> {
    let known = || {
        Lang::ALL.iter().map(|lang| format!("{} ({})", lang.code(), lang.english_name())).collect::<Vec<_>>().join(", ")
    };
    match Lang::from_code(text) {
        Some(lang) => Some(lang),
        None => reader.fault(
            node,
            Code::UnknownLanguage,
            format!("`{text}` is not a language that documents are made in"),
            format!("write one of {}", known()),
        ),
    }
}
