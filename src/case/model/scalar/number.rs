//! Yes and no, whole numbers, and the version of the file's format.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::case::data::{Data, Scope};
use crate::case::field::{Reader, Value};
use crate::diagnostic::Code;
use crate::yaml::{Node, NodeKind};

/// A choice between yes and no.
impl Value for bool {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match (&node.kind, reader.scalar(node, "`yes` or `no`")?) {
            (NodeKind::Scalar { plain: true, .. }, "true" | "yes") => Some(true),
            (NodeKind::Scalar { plain: true, .. }, "false" | "no") => Some(false),
            (NodeKind::Scalar { plain: false, .. }, text) => {
                let message = format!("`{}` should be `yes` or `no`, not `{text}` in quotation marks", reader.name());
                reader.fault(node, Code::WrongType, message, "write it without the quotation marks")
            }
            (_, text) => {
                let message = format!("`{}` should be `yes` or `no`, not `{text}`", reader.name());
                reader.fault(node, Code::WrongType, message, "write `yes` or `no`, without quotes")
            }
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "oneOf": [{ "type": "boolean" }, { "enum": ["yes", "no"] }] })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Bool(*self)
    }

    fn example() -> String {
        "yes".to_owned()
    }
}

/// A whole number from 0 to 999,999.
impl Value for u32 {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.scalar(node, "a whole number")?;
        match text.parse::<u32>() {
            Ok(number) if number <= 999_999 => Some(number),
            Ok(_) => {
                let message = format!("`{}` is out of range: {text}", reader.name());
                reader.fault(node, Code::OutOfRange, message, "write a whole number from 0 to 999999")
            }
            Err(_) => {
                let message = format!("`{}` should be a whole number, not `{text}`", reader.name());
                reader.fault(node, Code::WrongType, message, "write digits only, as `12`")
            }
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": 999_999 })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Int(i64::from(*self))
    }

    fn example() -> String {
        "1".to_owned()
    }
}

/// The version of the case file's format; only 1 exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatVersion;

impl Value for FormatVersion {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match reader.scalar(node, "the number 1")? {
            "1" => Some(Self),
            other => reader.fault(
                node,
                Code::BadValue,
                format!("`{other}` is not a format version that this program reads"),
                "write `engross: 1`",
            ),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": 1 })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Int(1)
    }

    fn example() -> String {
        "1".to_owned()
    }
}
