//! Text of a form that is checked: countries, addresses, identifiers, paths, digests, percentages.

use std::fmt;

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::text::real_text;
use crate::case::data::{Data, Scope};
use crate::case::eligibility::CountryCode;
use crate::case::field::{Reader, Value};
use crate::diagnostic::Code;
use crate::yaml::Node;

/// A country or territory by its three-letter code.
impl Value for CountryCode {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a country code")?;
        match CountryCode::parse(&text) {
            Ok(code) => Some(code),
            Err(unknown) => {
                let offers: Vec<_> =
                    unknown.suggestions.iter().take(3).map(|(code, name)| format!("`{code}` ({name})")).collect();
                let hint = match offers.len() {
                    0 => "write the three-letter code of ISO 3166-1, as `GIN` for Guinea".to_owned(),
                    1 => format!("did you mean {}?", offers[0]),
                    _ => format!("did you mean one of {}?", offers.join(", ")),
                };
                reader.fault(node, Code::UnknownCountry, format!("`{text}` is not a country code"), hint)
            }
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.to_string())
    }

    fn example() -> String {
        "GIN".to_owned()
    }
}

/// Declares a text type of its own with a form that is checked.
macro_rules! checked_text {
    ($(#[doc = $doc:literal])+ $name:ident, $written:literal, $wanted:literal, $pattern:literal, $example:literal, $code:ident, $check:expr) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub String);

        impl Value for $name {
            fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
                let text = real_text(node, reader, $wanted)?;
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    return Some(Self(text));
                }
                let message = format!("`{text}` is not {}", $wanted);
                reader.fault(node, Code::$code, message, concat!("write ", $wanted, ", as `", $example, "`"))
            }

            fn schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": written($written), "pattern": $pattern })
            }

            fn data(&self, _: &Scope<'_>, _: &str) -> Data {
                Data::Text(self.0.clone())
            }

            fn example() -> String {
                $example.to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

checked_text!(
    /// An e-mail address: one `@`, a domain with a point (a practical subset of RFC 5321 §4.1.2).
    Email, "text", "an e-mail address", "^[^\\s@<>]+@[^\\s@<>]+\\.[^\\s@<>]{2,}$", "name@ministry.example", BadEmail, is_email
);
checked_text!(
    /// A case's own identifier: capitals, digits and hyphens; it names the case's folder.
    CaseId, "text", "a case identifier of capitals, digits and hyphens", "^[A-Z0-9][A-Z0-9-]{1,39}$", "GIN-001", BadValue, is_case_id
);
checked_text!(
    /// A file beside the case file, by relative path with `/`.
    FilePath, "text", "a relative path with `/` inside the case's folder", "^[^/\\\\][^\\\\]*$", "annexes/feasibility-study.pdf", BadValue, is_file_path
);
checked_text!(
    /// A SHA-256 digest in 64 hexadecimal digits.
    DigestText, "text", "a SHA-256 digest of 64 hexadecimal digits", "^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", BadValue,
    |text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
);
checked_text!(
    /// A percentage as decimal text without the sign.
    Percent, "number", "a percentage as a number", "^\\d{1,3}(\\.\\d{1,6})?$", "5.5", BadValue,
    |text| text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.parse::<Decimal>().is_ok_and(|value| value <= Decimal::ONE_THOUSAND)
);

/// Returns the JSON types of a value that people write as text, or as a number without quotation marks.
fn written(kind: &str) -> serde_json::Value {
    match kind {
        "number" => serde_json::json!(["string", "number"]),
        _ => serde_json::json!("string"),
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain.rsplit('.').next().is_some_and(|top| top.chars().count() >= 2 && top.chars().all(char::is_alphabetic))
}

fn is_case_id(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && !text.starts_with('-')
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_file_path(text: &str) -> bool {
    !text.starts_with('/')
        && !text.contains('\\')
        && !text.contains(':')
        && text.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
