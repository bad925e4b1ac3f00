//! The macros that declare records and choices, and the parts of a JSON Schema that they put together.

use schemars::{Schema, json_schema};

use super::Reader;
use crate::diagnostic::{Code, nearest};
use crate::yaml::Node;

/// Declares a record: a struct that is read from a YAML map.
///
/// Each field's type says how it may be present; each doc comment becomes the field's description in
/// the JSON Schema, in messages and in the documentation.
macro_rules! record {
    ($(#[doc = $doc:literal])+ pub struct $name:ident($what:literal) { $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )* }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name { $( $(#[doc = $field_doc])+ pub $field: $type, )* }

        impl $crate::case::field::Value for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::case::field::Reader<'_>) -> Option<Self> {
                if !matches!(node.kind, $crate::yaml::NodeKind::Map(_)) {
                    let message = format!("`{}` should be {} with its fields, but {} stands here", reader.name(), $what, node.describe());
                    return reader.fault(node, $crate::diagnostic::Code::WrongType, message, concat!("write the fields of ", $what, " below it, indented"));
                }
                reader.unknown(node, &[$( stringify!($field) ),*], $what);
                Some(Self { $( $field: {
                    let found = node.get(stringify!($field));
                    reader.within(stringify!($field), |reader| $crate::case::field::Field::read(node, found, concat!($($field_doc, "\n"),+), reader))
                }, )* })
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                struct Definition;
                impl schemars::JsonSchema for Definition {
                    fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
                    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                        let mut properties = serde_json::Map::new();
                        let mut required: Vec<&str> = Vec::new();
                        $(
                            let schema = <$type as $crate::case::field::Field>::schema(generator);
                            properties.insert(stringify!($field).to_owned(), $crate::case::field::describe(schema, concat!($($field_doc, "\n"),+)));
                            if <$type as $crate::case::field::Field>::REQUIRED { required.push(stringify!($field)); }
                        )*
                        $crate::case::field::object(concat!($($doc, "\n"),+), properties, &required)
                    }
                }
                generator.subschema_for::<Definition>()
            }

            fn data(&self, scope: &$crate::case::data::Scope<'_>, path: &str) -> $crate::case::data::Data {
                let _ = scope;
                $crate::case::data::Data::Map(vec![ $( (
                    stringify!($field).to_owned(),
                    $crate::case::field::Field::data(&self.$field, scope, &$crate::case::field::step(path, stringify!($field))),
                ), )* ])
            }

            fn blank(path: &str) -> $crate::case::data::Data {
                $crate::case::data::Data::Map(vec![ $( (
                    stringify!($field).to_owned(),
                    <$type as $crate::case::field::Field>::blank(&$crate::case::field::step(path, stringify!($field))),
                ), )* ])
            }

            fn example() -> String { "…".to_owned() }

            fn advice(name: &str) -> String {
                let required: Vec<&str> = [$( (stringify!($field), <$type as $crate::case::field::Field>::REQUIRED) ),*]
                    .into_iter().filter(|(_, required)| *required).map(|(field, _)| field).collect();
                format!("write `{name}:` and below it, indented, {}", required.iter().map(|field| format!("`{field}:`")).collect::<Vec<_>>().join(", "))
            }
        }
    };
}

/// Declares a choice: a closed list of words, each with its meaning.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ pub enum $name:ident { $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal, )+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $( $(#[doc = $word_doc])+ $variant, )+ }

        impl $name {
            /// Lists every choice, in the order of the documentation.
            pub const ALL: &[Self] = &[$( Self::$variant, )+];

            /// Returns the word that the case file uses.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }
        }

        impl $crate::case::field::Value for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::case::field::Reader<'_>) -> Option<Self> {
                let words: &[&str] = &[$( $word, )+];
                let text = reader.scalar(node, &format!("one of {}", words.join(", ")))?;
                match Self::ALL.iter().find(|choice| choice.word() == text) {
                    Some(&choice) => Some(choice),
                    None => $crate::case::field::not_a_choice(node, text, words, reader),
                }
            }

            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::case::field::one_of(&[$( ($word, concat!($($word_doc, "\n"),+)), )+])
            }

            fn data(&self, _: &$crate::case::data::Scope<'_>, _: &str) -> $crate::case::data::Data {
                $crate::case::data::Data::Text(self.word().to_owned())
            }

            fn example() -> String {
                [$( $word, )+][0].to_owned()
            }
        }
    };
}

pub(crate) use {choice, record};

/// Reports a word that is not among the choices.
pub fn not_a_choice<T>(node: &Node, text: &str, words: &[&str], reader: &mut Reader<'_>) -> Option<T> {
    let hint = match nearest(text, words.iter().copied()) {
        Some(word) => format!("did you mean `{word}`? Possible: {}", words.join(", ")),
        None => format!("write one of {}", words.join(", ")),
    };
    let message = format!("`{}` cannot be `{text}`", reader.name());
    reader.fault(node, Code::BadValue, message, hint)
}

/// Adds a description to a schema, beside a reference if need be.
pub fn describe(schema: Schema, description: &str) -> serde_json::Value {
    let mut schema = schema;
    schema.insert("description".to_owned(), tidy(description).into());
    schema.to_value()
}

/// Makes the schema of a record.
pub fn object(description: &str, properties: serde_json::Map<String, serde_json::Value>, required: &[&str]) -> Schema {
    let mut schema = json_schema!({ "type": "object", "description": tidy(description), "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.to_vec().into());
    }
    schema
}

/// Makes the schema of a choice, each word with its meaning.
pub fn one_of(words: &[(&str, &str)]) -> Schema {
    let words: Vec<_> =
        words.iter().map(|(word, doc)| serde_json::json!({ "const": word, "description": tidy(doc) })).collect();
    json_schema!({ "type": "string", "oneOf": words })
}

/// Makes the path of a field.
pub fn step(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") }
}

/// Joins the lines of a doc comment into one text.
fn tidy(doc: &str) -> String {
    doc.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}
