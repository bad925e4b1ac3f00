//! YAML as front matter and fenced blocks hold it: plain where it can be, quoted where it must.

use std::fmt::Write as _;

/// A value.
pub(super) enum Value {
    /// A text, quoted where YAML would read it otherwise.
    Text(String),
    /// `yes` or `no`.
    Flag(bool),
    /// Items, each after a dash.
    List(Vec<Value>),
    /// Fields.
    Map(Vec<(&'static str, Value)>),
}

impl Value {
    /// Makes a text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Fields that are filled in one by one; what is absent leaves no trace.
#[derive(Default)]
pub(super) struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// Adds a field.
    pub(super) fn put(&mut self, key: &'static str, value: Value) -> &mut Self {
        self.0.push((key, value));
        self
    }

    /// Adds a text, if there is one.
    pub(super) fn some(&mut self, key: &'static str, text: Option<&str>) -> &mut Self {
        self.0.extend(text.map(|text| (key, Value::text(text))));
        self
    }

    /// Adds `yes`, if it is so.
    pub(super) fn yes(&mut self, key: &'static str, flag: bool) -> &mut Self {
        self.0.extend(flag.then_some((key, Value::Flag(true))));
        self
    }

    /// Adds a list, unless it is empty.
    pub(super) fn list(&mut self, key: &'static str, items: Vec<Value>) -> &mut Self {
        self.0.extend((!items.is_empty()).then_some((key, Value::List(items))));
        self
    }

    /// Returns the fields as a value.
    pub(super) fn map(&mut self) -> Value {
        Value::Map(std::mem::take(&mut self.0))
    }
}

/// Writes a value as lines, each with its line break.
pub(super) fn write(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Text(_) | Value::Flag(_) => out.push_str(&line(value)),
        Value::List(items) => list(items, 0, &mut out),
        Value::Map(fields) => map(fields, 0, false, &mut out),
    }
    out
}

fn list(items: &[Value], indent: usize, out: &mut String) {
    for item in items {
        out.push_str(&" ".repeat(indent));
        out.push_str("- ");
        match item {
            Value::Text(_) | Value::Flag(_) => out.push_str(&line(item)),
            Value::Map(fields) if !fields.is_empty() => map(fields, indent + 2, true, out),
            Value::Map(_) => out.push_str("{}\n"),
            // No list is the item of a list in any document.
            Value::List(_) => out.push_str("[]\n"),
        }
    }
}

/// Writes fields; `begun` says that the first stands on a line that has begun.
fn map(fields: &[(&'static str, Value)], indent: usize, begun: bool, out: &mut String) {
    for (at, (key, value)) in fields.iter().enumerate() {
        if at > 0 || !begun {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(key);
        out.push(':');
        match value {
            Value::Text(_) | Value::Flag(_) => {
                out.push(' ');
                out.push_str(&line(value));
            }
            Value::List(items) if items.is_empty() => out.push_str(" []\n"),
            Value::List(items) => {
                out.push('\n');
                list(items, indent + 2, out);
            }
            Value::Map(fields) if fields.is_empty() => out.push_str(" {}\n"),
            Value::Map(fields) => {
                out.push('\n');
                map(fields, indent + 2, false, out);
            }
        }
    }
}

/// Writes a value that takes one line, with its line break.
fn line(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text) + "\n",
        Value::Flag(flag) => if *flag { "yes\n" } else { "no\n" }.to_owned(),
        Value::List(_) | Value::Map(_) => "\n".to_owned(),
    }
}

/// Writes a text on one line (YAML 1.2.2 §7.3).
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_odd(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text means itself without quotes.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '+' | '/' | '\\' | '«' | '“'))
        && !matches!(text, "null" | "Null" | "NULL" | "yes" | "no" | "true" | "false")
        && !text.ends_with([' ', ':', '\u{a0}'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(is_odd)
}

/// Whether a character may break a line, vanish, or not stand in YAML at all.
fn is_odd(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}
