//! Keys of people, and lists that may be none on purpose.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::case::data::{Data, Scope};
use crate::case::field::{Reader, Value};
use crate::diagnostic::Code;
use crate::yaml::{Node, NodeKind};

/// The key of a person under `people`, of the case or of the unit's profile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonKey(pub String);

impl Value for PersonKey {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar(node, "the key of a person under `people`").map(|text| Self(text.trim().to_owned()))
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" })
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        scope.people.person(&self.0, scope).unwrap_or_else(|| Self::blank(path))
    }

    fn blank(path: &str) -> Data {
        crate::case::model::Person::blank_with_name(path)
    }

    fn example() -> String {
        "minister".to_owned()
    }
}

/// Either the word `none`, said on purpose, or a list that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct NoneOr<T>(pub Vec<T>);

impl<T: Value> Value for NoneOr<T> {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar { text, .. } if text == "none" => Some(Self(Vec::new())),
            NodeKind::List(items) if !items.is_empty() => <Vec<T> as Value>::read(node, reader).map(Self),
            _ => {
                let message = format!("`{}` should be a list or the word `none`", reader.name());
                reader.fault(
                    node,
                    Code::WrongType,
                    message,
                    "write `none` if there is nothing to list, so that it is said on purpose",
                )
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let items = T::schema(generator);
        json_schema!({ "anyOf": [{ "const": "none" }, { "type": "array", "minItems": 1, "items": items }] })
    }

    fn data(&self, scope: &Scope<'_>, path: &str) -> Data {
        <Vec<T> as Value>::data(&self.0, scope, path)
    }

    fn blank(path: &str) -> Data {
        <Vec<T> as Value>::blank(path)
    }

    fn example() -> String {
        "none".to_owned()
    }
}
