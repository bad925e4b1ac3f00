//! How a value may be present under a key: required, optional, a list, a group by keys, open data.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{Field, Reader, Value};
use crate::case::data::{Data, Scope};
use crate::diagnostic::Code;
use crate::yaml::{Node, NodeKind};

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
                reader.missing(parent, node, description, T::advice(&reader.name()));
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
        let mut values = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match reader.within(format!("[{at}]"), |reader| read_item(item, reader)) {
                Some(value) => values.push(value),
                None => reader.dropped.push((reader.path(), at)),
            }
        }
        Some(values)
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

    fn advice(name: &str) -> String {
        let item = T::advice("-").replace("write `-: ", "`- ").replace("write `-:` and below it", "`- ` and");
        format!("write `{name}:` and below it one line for each: {item}")
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
                    // Keys become parts of file names: a bad one goes no further. Its fields are still read
                    // for their faults.
                    let _: Option<T> = read_item(item, reader);
                    return None;
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
            text if !text.starts_with(['0', '+']) || text == "0" => {
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
