//! The kinds of single values that a case file holds: text, text by language, dates, money, codes.
//!
//! Money is decimal text with an ISO 4217 code, never floating point. Dates are ISO 8601 calendar
//! dates. Text is kept in Unicode normalisation form C (done when the YAML is read).

use std::fmt;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator, json_schema};

use crate::case::data::{Data, Scope};
use crate::case::eligibility::CountryCode;
use crate::case::field::{Reader, Value};
use crate::diagnostic::{Code, nearest};
use crate::locale::{self, Lang};
use crate::yaml::{Node, NodeKind};

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
fn real_text(node: &Node, reader: &mut Reader<'_>, wanted: &str) -> Option<String> {
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

/// A choice between yes and no.
impl Value for bool {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        match (&node.kind, reader.scalar(node, "`yes` or `no`")?) {
            (NodeKind::Scalar { plain: true, .. }, "true" | "yes") => Some(true),
            (NodeKind::Scalar { plain: true, .. }, "false" | "no") => Some(false),
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
        let find = |wanted: Lang| self.by_lang.iter().find(|(lang, _)| *lang == wanted).map(|(_, text)| text);
        find(lang)
            .or(self.plain.as_ref())
            .or_else(|| find(fallback))
            .or_else(|| self.by_lang.first().map(|(_, text)| text))
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
        self.resolve(scope.lang, scope.fallback).map_or(Data::Null, |text| text.data(scope, path))
    }

    fn example() -> String {
        T::example()
    }
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

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseDate(pub NaiveDate);

impl fmt::Display for CaseDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Value for CaseDate {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a date")?;
        let parsed = (text.len() == 10).then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()).flatten();
        match parsed {
            Some(date) if (1900..=2199).contains(&date.year()) => Some(Self(date)),
            Some(_) => reader.fault(
                node,
                Code::OutOfRange,
                format!("`{text}` is not a likely date"),
                "years from 1900 to 2199 are taken",
            ),
            None => reader.fault(node, Code::BadDate, format!("`{text}` is not a date"), date_hint(&text)),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.to_string())
    }

    fn example() -> String {
        "2026-03-01".to_owned()
    }
}

/// Guesses what was meant by a date in another form; only a guess that has one reading is offered.
fn date_hint(text: &str) -> String {
    let numbers: Vec<&str> = text.split(['.', '/', '-', ' ']).collect();
    let guess = match numbers[..] {
        [day, month, year] if year.len() == 4 => Some((year, month, day)),
        [year, month, day] if year.len() == 4 => Some((year, month, day)),
        _ => None,
    };
    let date = guess.and_then(|(year, month, day)| {
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    });
    match date {
        Some(date) if date.day() > 12 => format!("write year, month and day: `{date}`"),
        _ => "write year, month and day with hyphens, as `2026-03-01`, a day that the month has".to_owned(),
    }
}

/// An amount of money: `EUR 148350.00`.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// ISO 4217 code, three capital letters.
    pub currency: String,
    /// The amount as it was written: digits and at most one point.
    pub amount: String,
    /// The same amount for sums; exact decimal.
    pub value: Decimal,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

impl Value for Money {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a currency code and an amount")?;
        let hint = "write the currency code, a blank and the amount with a decimal point and no separators, as `EUR 148350.00`";
        let Some((currency, amount)) = text.split_once([' ', '\u{A0}']) else {
            return reader.fault(node, Code::BadMoney, format!("`{text}` is not an amount of money"), hint);
        };
        let Some(minor) = locale::minor_units(currency) else {
            let near = nearest(&currency.to_uppercase(), locale::currency_codes());
            let hint = near.map_or_else(|| hint.to_owned(), |near| format!("did you mean `{near} {amount}`?"));
            return reader.fault(
                node,
                Code::UnknownCurrency,
                format!("`{currency}` is not an ISO 4217 currency code"),
                hint,
            );
        };
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 15
            || !digits(whole)
            || !digits(fraction)
            || (amount.contains('.') && fraction.is_empty())
        {
            return reader.fault(node, Code::BadMoney, format!("`{amount}` is not an amount"), hint);
        }
        if fraction.len() > usize::from(minor) {
            let message = format!("`{text}` has more decimals than {currency} has ({minor})");
            return reader.fault(node, Code::OutOfRange, message, format!("round it to {minor} decimals"));
        }
        let value = amount.parse::<Decimal>().ok()?;
        Some(Self { currency: currency.to_owned(), amount: amount.to_owned(), value })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}[ \\u00a0]\\d{1,15}(\\.\\d{1,4})?$" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.to_string())
    }

    fn example() -> String {
        "EUR 148350.00".to_owned()
    }
}

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
    ($(#[doc = $doc:literal])+ $name:ident, $wanted:literal, $pattern:literal, $example:literal, $code:ident, $check:expr) => {
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
                json_schema!({ "type": "string", "pattern": $pattern })
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
    Email, "an e-mail address", "^[^\\s@<>]+@[^\\s@<>]+\\.[^\\s@<>]{2,}$", "name@ministry.example", BadEmail, is_email
);
checked_text!(
    /// A case's own identifier: capitals, digits and hyphens; it names the case's folder.
    CaseId, "a case identifier of capitals, digits and hyphens", "^[A-Z0-9][A-Z0-9-]{1,39}$", "GIN-001", BadValue, is_case_id
);
checked_text!(
    /// A file beside the case file, by relative path with `/`.
    FilePath, "a relative path with `/` inside the case's folder", "^[^/\\\\][^\\\\]*$", "annexes/feasibility-study.pdf", BadValue, is_file_path
);
checked_text!(
    /// A SHA-256 digest in 64 hexadecimal digits.
    DigestText, "a SHA-256 digest of 64 hexadecimal digits", "^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", BadValue,
    |text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
);
checked_text!(
    /// A percentage as decimal text without the sign.
    Percent, "a percentage as a number", "^\\d{1,3}(\\.\\d{1,6})?$", "5.5", BadValue,
    |text| text.parse::<Decimal>().is_ok_and(|value| value >= Decimal::ZERO && value <= Decimal::ONE_THOUSAND)
);

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
        super::Person::blank_with_name(path)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::yaml;

    fn read<T: Value>(text: &str) -> Result<T, String> {
        let source = Source::new("case.yaml", format!("x: {text}\n"));
        let tree = yaml::parse(&source);
        let mut reader = Reader::new(&source, false);
        let node = tree.root.get("x").expect("x is written");
        let value = reader.within("x", |reader| T::read(node, reader));
        value.ok_or_else(|| {
            reader
                .faults
                .iter()
                .map(|fault| format!("{}: {} [{}]", fault.code.name(), fault.message, fault.hints.join("; ")))
                .collect()
        })
    }

    #[test]
    fn dates_are_iso_and_real() {
        assert_eq!(read::<CaseDate>("2024-02-29").map(|date| date.to_string()), Ok("2024-02-29".into()));
        assert!(read::<CaseDate>("2026-02-29").is_err());
        assert!(read::<CaseDate>("13.02.2026").expect_err("German form").contains("`2026-02-13`"));
        assert!(!read::<CaseDate>("03/02/2026").expect_err("two readings").contains("2026-02-03"));
    }

    #[test]
    fn money_is_exact_decimal_text() {
        let money = read::<Money>("EUR 148350.00").expect("money");
        assert_eq!((money.currency.as_str(), money.amount.as_str()), ("EUR", "148350.00"));
        for bad in ["148350.00", "EUR 1,000.00", "EUR 1.005", "EUR -5", "EUR 1e3", "eur 5", "XXQ 5", "JPY 1.50"] {
            assert!(read::<Money>(bad).is_err(), "{bad}");
        }
        assert!(read::<Money>("eur 5").expect_err("case").contains("did you mean `EUR 5`?"));
    }

    #[test]
    fn placeholders_are_not_values() {
        for text in ["à préciser", "TBD", "'?'", "'[…]'", "(à préciser)"] {
            assert!(read::<String>(text).expect_err(text).starts_with("placeholder-text"), "{text}");
        }
        assert!(read::<String>("Naples").is_ok());
    }

    #[test]
    fn addresses_are_checked_as_people_write_them() {
        for good in ["a@b.example", "marie-louise.o'neil@mines.gov.example", "x@münchen.example"] {
            assert!(read::<Email>(&format!("\"{good}\"")).is_ok(), "{good}");
        }
        for bad in
            ["a@b", "a b@c.example", "a@@b.example", "a@.example", "@b.example", "a@b..example", "rabe(at)x.example"]
        {
            assert!(read::<Email>(&format!("\"{bad}\"")).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_inside_the_folder() {
        assert!(read::<FilePath>("annexes/a.pdf").is_ok());
        for bad in ["/etc/passwd", "../x", "a/../b", "'C:\\x'", "a//b"] {
            assert!(read::<FilePath>(bad).is_err(), "{bad}");
        }
    }
}
