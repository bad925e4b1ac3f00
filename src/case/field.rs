//! How a model type is read from YAML, described in the JSON Schema and handed to templates.
//!
//! A [`Value`] is anything that can stand behind a field. A [`Field`] is how it may be present:
//! [`Required`], `Option`, `Vec`, [`Keyed`]. The [`record!`](crate::case::record) macro makes both
//! the struct and its `Value` from one declaration, so reading, schema, templates and documentation
//! cannot disagree. Reading never stops at the first fault: what cannot be read is left out, reported,
//! and everything else is read.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::data::{Data, Scope};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Source, Span};
use crate::yaml::{Node, NodeKind};

/// Gathers faults while a tree is read.
#[derive(Debug)]
pub struct Reader<'a> {
    source: &'a Source,
    path: Vec<String>,
    /// Absent fields prove nothing, because part of the text could not be read.
    partial: bool,
    /// What was found wrong so far.
    pub faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Starts reading a tree of this source; `partial` silences faults about absent fields.
    pub fn new(source: &'a Source, partial: bool) -> Self {
        Self { source, path: Vec::new(), partial, faults: Vec::new() }
    }

    /// Returns the path of the value that is being read.
    pub fn path(&self) -> String {
        join_path(&self.path)
    }

    /// Reads something one step deeper.
    pub fn within<T>(&mut self, step: impl Into<String>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reports a fault at a node and returns `None`.
    pub fn fault<T>(
        &mut self,
        node: &Node,
        code: Code,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<T> {
        let mut fault = Diagnostic::new(code, message).at(Span::new(self.source, node.bytes.clone())).path(self.path());
        let hint = hint.into();
        if !hint.is_empty() {
            fault = fault.hint(hint);
        }
        self.faults.push(fault);
        None
    }

    /// Reads the text of a scalar, or reports that something else stands there.
    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n str> {
        match &node.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            NodeKind::Null | NodeKind::List(_) | NodeKind::Map(_) => {
                let message = format!("`{}` should be {wanted}, but {} stands here", self.name(), node.describe());
                self.fault(node, Code::WrongType, message, format!("write {wanted}"))
            }
        }
    }

    /// Returns the last field name of the path, for messages.
    pub fn name(&self) -> String {
        self.path.iter().rev().find(|step| !step.starts_with('[')).cloned().unwrap_or_else(|| "the file".into())
    }

    /// Reports names of a map that are not among the known ones.
    pub fn unknown(&mut self, node: &Node, known: &[&str], what: &str) {
        let NodeKind::Map(entries) = &node.kind else { return };
        for (key, _) in entries {
            if known.contains(&key.text.as_str()) {
                continue;
            }
            let near = nearest(&key.text, known.iter().copied());
            let hint = match near {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known here: {}; your own data goes under `extra`", known.join(", ")),
            };
            let path = self.within(key.text.clone(), |reader| reader.path());
            let fault = Diagnostic::new(Code::UnknownField, format!("{what} has no field `{}`", key.text));
            self.faults.push(fault.at(Span::new(self.source, key.bytes.clone())).path(path).hint(hint));
        }
    }

    /// Reports a required field that is absent or empty.
    pub fn missing(&mut self, parent: &Node, node: Option<&Node>, description: &str, example: &str) {
        if self.partial && node.is_none() {
            return;
        }
        let bytes = node.unwrap_or(parent).bytes.clone();
        let bytes = if node.is_some() { bytes } else { bytes.start..bytes.start + 1 };
        let mut fault = Diagnostic::new(
            Code::MissingField,
            format!("`{}` is missing: {}", self.name(), first_sentence(description)),
        )
        .at(Span::new(self.source, bytes))
        .path(self.path());
        fault = fault.hint(format!("write `{}: {example}`", self.name()));
        self.faults.push(fault);
    }
}

/// Joins path steps: `a`, `b`, `[0]` → `a.b[0]`.
fn join_path(steps: &[String]) -> String {
    let mut path = String::new();
    for step in steps {
        if !path.is_empty() && !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(step);
    }
    path
}

/// Returns a doc text's first sentence in the form of a message: lower-case start, no full stop.
fn first_sentence(description: &str) -> String {
    let text =
        description.trim().lines().map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let end = text.find(". ").unwrap_or(text.len());
    let sentence = text[..end].trim_end_matches('.');
    let mut letters = sentence.chars();
    let second_is_upper = sentence.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}

/// Anything that can stand behind a field of a case file.
pub trait Value: Sized {
    /// Reads the value; `None` after a fault was reported.
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self>;

    /// Returns the JSON Schema, without a description.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Returns the value for templates; `path` is its place in the case file.
    fn data(&self, scope: &Scope<'_>, path: &str) -> Data;

    /// Returns what a template gets when the value is required and missing.
    fn blank(path: &str) -> Data {
        Data::Blank(path.to_owned())
    }

    /// Returns how a value may be written, for hints and the documentation.
    fn example() -> String;
}

/// How a value may be present under a key.
pub trait Field: Sized {
    /// Whether the key must be there.
    const REQUIRED: bool;

    /// Reads the field from its map.
    fn read(parent: &Node, node: Option<&Node>, description: &str, reader: &mut Reader<'_>) -> Self;

    /// Returns the JSON Schema, without a description.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Returns the value for templates.
    fn data(&self, scope: &Scope<'_>, path: &str) -> Data;

    /// Returns what templates get for the field of a record that is itself missing.
    fn blank(path: &str) -> Data;
}

/// A value that every complete case has. `None` stands for missing or unreadable, already reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Required<T>(pub Option<T>);

impl<T> Required<T> {
    /// Returns the value, if it is there.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T> Default for Required<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Value> Field for Required<T> {
    const REQUIRED: bool = true;

    fn read(parent: &Node, node: Option<&Node>, description: &str, reader: &mut Reader<'_>) -> Self {
        match node.filter(|node| !is_empty(node)) {
            Some(node) => Self(T::read(node, reader)),
            None => {
                reader.missing(parent, node, description, &T::example());
                Self(None)
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        self.0.as_ref().map_or_else(|| T::blank(path), |value| value.data(scope, path))
    }

    fn blank(path: &str) -> Data {
        T::blank(path)
    }
}

impl<T: Value> Field for Option<T> {
    const REQUIRED: bool = false;

    fn read(_: &Node, node: Option<&Node>, _: &str, reader: &mut Reader<'_>) -> Self {
        node.filter(|node| !is_null(node)).and_then(|node| T::read(node, reader))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        self.as_ref().map_or(Data::Null, |value| value.data(scope, path))
    }

    fn blank(_: &str) -> Data {
        Data::Null
    }
}

impl<T: Value> Field for Vec<T> {
    const REQUIRED: bool = false;

    fn read(_: &Node, node: Option<&Node>, _: &str, reader: &mut Reader<'_>) -> Self {
        node.filter(|node| !is_null(node)).and_then(|node| <Self as Value>::read(node, reader)).unwrap_or_default()
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        <Self as Value>::schema(generator)
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        <Self as Value>::data(self, scope, path)
    }

    fn blank(_: &str) -> Data {
        Data::List(Vec::new())
    }
}

impl<T: Value> Value for Vec<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let NodeKind::List(items) = &node.kind else {
            let message = format!("`{}` should be a list, but {} stands here", reader.name(), node.describe());
            return reader.fault(
                node,
                Code::WrongType,
                message,
                format!("write `- {}`, one line for each", T::example()),
            );
        };
        Some(
            items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| reader.within(format!("[{at}]"), |reader| read_item(item, reader)))
                .collect(),
        )
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = T::schema(generator);
        json_schema!({ "type": "array", "items": items })
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        Data::List(self.iter().enumerate().map(|(at, item)| item.data(scope, &format!("{path}[{at}]"))).collect())
    }

    fn blank(path: &str) -> Data {
        Data::List(vec![T::blank(&format!("{path}[0]"))])
    }

    fn example() -> String {
        format!("[{}]", T::example())
    }
}

fn read_item<T: Value>(item: &Node, reader: &mut Reader<'_>) -> Option<T> {
    if is_null(item) {
        return reader.fault(
            item,
            Code::WrongType,
            "an item of the list is empty",
            "write the item or delete its line",
        );
    }
    T::read(item, reader)
}

/// Values under names of the user's choice, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed<T>(pub Vec<(String, T)>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Keyed<T> {
    /// Returns the value under a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Walks through keys and values in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Value> Field for Keyed<T> {
    const REQUIRED: bool = false;

    fn read(_: &Node, node: Option<&Node>, _: &str, reader: &mut Reader<'_>) -> Self {
        let Some(node) = node.filter(|node| !is_null(node)) else { return Self::default() };
        let NodeKind::Map(entries) = &node.kind else {
            let message =
                format!("`{}` should be a group of named entries, but {} stands here", reader.name(), node.describe());
            let _: Option<()> = reader.fault(
                node,
                Code::WrongType,
                message,
                "write a key of your choice and a colon, then the entry's fields below it",
            );
            return Self::default();
        };
        let mut values = Vec::new();
        for (key, item) in entries {
            let value = reader.within(key.text.clone(), |reader| {
                if !is_key(&key.text) {
                    let message = format!("`{}` cannot be a key", key.text);
                    let at = item.moved_to(key.bytes.clone());
                    let _: Option<()> = reader.fault(
                        &at,
                        Code::BadKey,
                        message,
                        "use 1 to 40 small letters, digits and hyphens, a letter first, as in `camara`",
                    );
                }
                read_item(item, reader)
            });
            values.extend(value.map(|value| (key.text.clone(), value)));
        }
        Self(values)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = T::schema(generator);
        json_schema!({ "type": "object", "propertyNames": { "pattern": KEY_PATTERN }, "additionalProperties": items })
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        let value = |(key, value): (&str, &T)| {
            let data = value.data(scope, &format!("{path}.{key}"));
            (key.to_owned(), with_key(data, key))
        };
        Data::Map(self.iter().map(value).collect())
    }

    fn blank(_: &str) -> Data {
        Data::Map(Vec::new())
    }
}

/// The form of a key, for the JSON Schema.
const KEY_PATTERN: &str = "^[a-z][a-z0-9-]{0,39}$";

/// Returns whether a text can be a key: it becomes part of file names.
fn is_key(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Tells a keyed record its key.
fn with_key(data: Data, key: &str) -> Data {
    match data {
        Data::Map(mut entries) => {
            entries.insert(0, ("key".to_owned(), Data::Text(key.to_owned())));
            Data::Map(entries)
        }
        other => other,
    }
}

fn is_null(node: &Node) -> bool {
    node.kind == NodeKind::Null
}

/// Returns whether nothing of use was written: nothing, blanks, an empty list or an empty group.
fn is_empty(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Null => true,
        NodeKind::Scalar { text, .. } => text.trim().is_empty(),
        NodeKind::List(items) => items.is_empty(),
        NodeKind::Map(entries) => entries.is_empty(),
    }
}

/// The user's own data under `extra`: anything, for the user's own templates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extra(BTreeMap<String, Data>);

impl Field for Extra {
    const REQUIRED: bool = false;

    fn read(_: &Node, node: Option<&Node>, _: &str, reader: &mut Reader<'_>) -> Self {
        let Some(node) = node.filter(|node| !is_null(node)) else { return Self::default() };
        let NodeKind::Map(entries) = &node.kind else {
            let _: Option<()> = reader.fault(
                node,
                Code::WrongType,
                "`extra` should be a group of fields",
                "write `extra:` and your own fields below it, indented",
            );
            return Self::default();
        };
        Self(entries.iter().map(|(key, node)| (key.text.clone(), open_data(node))).collect())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": true })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Map(self.0.iter().map(|(key, data)| (key.clone(), data.clone())).collect())
    }

    fn blank(_: &str) -> Data {
        Data::Map(Vec::new())
    }
}

/// Takes a YAML value as it stands, with YAML's own types for plain scalars.
fn open_data(node: &Node) -> Data {
    match &node.kind {
        NodeKind::Null => Data::Null,
        NodeKind::Scalar { text, plain: true } => match text.as_str() {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            // A leading zero or plus marks a code or a telephone number, not an amount.
            text if !text.starts_with('0') || text == "0" => {
                text.parse().map_or_else(|_| Data::Text(text.to_owned()), Data::Int)
            }
            text => Data::Text(text.to_owned()),
        },
        NodeKind::Scalar { text, .. } => Data::Text(text.clone()),
        NodeKind::List(items) => Data::List(items.iter().map(open_data).collect()),
        NodeKind::Map(entries) => {
            Data::Map(entries.iter().map(|(key, node)| (key.text.clone(), open_data(node))).collect())
        }
    }
}

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
