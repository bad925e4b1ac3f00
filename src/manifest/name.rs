//! Names of files in lists and records: relative, with `/`, inside their folder.
//!
//! A list may come from anybody, so a name is checked before anything opens it:
//! none can lead out of the folder it is relative to, on any system.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The name of a file, relative to the folder of its list or record; ordered by bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Name(String);

impl Name {
    /// Makes a name, or says why `name` is none.
    pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
        let name = name.into();
        match fault(&name) {
            None => Ok(Self(name)),
            Some(fault) => Err(NameError { name, fault }),
        }
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Finds what is wrong with a name.
///
/// `\` is a letter on Unix and a separator on Windows, so it is allowed as a
/// letter but cannot hide a way up; the same goes for a drive (`C:`).
fn fault(name: &str) -> Option<NameFault> {
    let bytes = name.as_bytes();
    if name.is_empty() {
        Some(NameFault::Empty)
    } else if name == "-" {
        Some(NameFault::StandardInput)
    } else if name.contains('\0') {
        Some(NameFault::Nul)
    } else if matches!(bytes, [b'/' | b'\\', ..]) || matches!(bytes, [drive, b':', ..] if drive.is_ascii_alphabetic()) {
        Some(NameFault::Absolute)
    } else if name.split(['/', '\\']).any(|part| part == "..") {
        Some(NameFault::Parent)
    } else if name.split('/').any(|part| part.is_empty() || part == ".") {
        Some(NameFault::Part)
    } else {
        None
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Self, NameError> {
        Self::new(name)
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;

    fn try_from(name: String) -> Result<Self, NameError> {
        Self::new(name)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A text that cannot name a file of a list or record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no name for a file: {fault}", name.escape_debug())]
pub struct NameError {
    /// The text.
    pub name: String,
    /// What is wrong with it.
    pub fault: NameFault,
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameFault {
    /// Nothing is there.
    #[error("it is empty")]
    Empty,
    /// `-`, for which `sha256sum` would read standard input.
    #[error("it stands for standard input")]
    StandardInput,
    /// A NUL character, which no file system takes.
    #[error("it contains a NUL character")]
    Nul,
    /// A leading separator or a drive.
    #[error("it is not relative")]
    Absolute,
    /// A `..` between separators, `\` counted as one.
    #[error("`..` leads out of the folder")]
    Parent,
    /// An empty part or a `.`: a second way to write another name.
    #[error("a part of it is empty or `.`")]
    Part,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_odd_names_pass() {
        for name in [
            "a",
            "a/b/c.pdf",
            "lettre à M. Müller.pdf",
            "a\\b",
            "a\nb",
            " a",
            "*a",
            "...",
            "a..b",
            ".hidden",
            "-/a",
            "--",
            "письмо/طلب.pdf",
        ] {
            assert_eq!(Name::new(name).map(String::from), Ok(name.to_owned()));
        }
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let check = |name: &str, fault: NameFault| {
            assert_eq!(name.parse::<Name>(), Err(NameError { name: name.to_owned(), fault }));
        };
        check("", NameFault::Empty);
        check("-", NameFault::StandardInput);
        check("a\0b", NameFault::Nul);
        for name in ["/etc/passwd", "\\\\server\\share", "C:/x", "c:x", "/"] {
            check(name, NameFault::Absolute);
        }
        for name in ["..", "../a", "a/..", "a/../b", "a\\..\\..\\b", "..\\a"] {
            check(name, NameFault::Parent);
        }
        for name in ["a//b", "a/", "./a", "a/./b", "."] {
            check(name, NameFault::Part);
        }
    }

    #[test]
    fn the_message_shows_control_characters_escaped() {
        let error = Name::new("../\u{1b}[2J").expect_err("leads out");
        assert_eq!(error.to_string(), "`../\\u{1b}[2J` is no name for a file: `..` leads out of the folder");
    }

    #[test]
    fn json_refuses_what_new_refuses() {
        assert!(serde_json::from_str::<Name>("\"a/b\"").is_ok());
        assert!(serde_json::from_str::<Name>("\"../b\"").is_err());
    }
}
