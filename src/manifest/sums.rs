//! Checksum lists, `SHA256SUMS`: what `sha256sum` writes and `sha256sum -c --strict` reads.
//!
//! A line is the digest in hex, two spaces, the name. If the name holds a
//! backslash, line feed or carriage return, the line begins with a backslash and
//! they are written `\\`, `\n`, `\r` (GNU coreutils manual, "md5sum invocation";
//! `\r` since coreutils 9.0). Lines are sorted by the bytes of the name.
//!
//! The parser takes only what `sha256sum` writes, in any order, with the marker
//! of text or binary mode. It refuses what `sha256sum -c` would let pass or skip:
//! names leading out of the folder, names listed twice, capital digits, blank or
//! cut off lines.

use std::collections::{BTreeMap, btree_map};
use std::fmt;

use super::digest::{ParseDigestError, Sha256};
use super::name::{Name, NameError};

/// The usual name of a checksum list.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// A checksum list: names and digests, each name once; displayed as the file's text.
///
/// ```
/// use engross::manifest::{Name, Sha256, Sums};
///
/// let mut sums = Sums::new();
/// sums.insert(Name::new("letter.pdf")?, Sha256::of(b"abc"))?;
/// let text = sums.to_string();
/// assert!(text.ends_with("f20015ad  letter.pdf\n"));
/// assert_eq!(Sums::parse("SHA256SUMS", text.as_bytes())?, sums);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Name, Sha256>);

impl Sums {
    /// Starts an empty list. Written out empty, it is no list for the parser
    /// nor for `sha256sum`: a file that lost its lines must not pass.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; an error if its name is taken, even with the same digest.
    pub fn insert(&mut self, name: Name, digest: Sha256) -> Result<(), NameTaken> {
        match self.0.entry(name) {
            btree_map::Entry::Vacant(entry) => {
                entry.insert(digest);
                Ok(())
            }
            btree_map::Entry::Occupied(entry) => Err(NameTaken { name: entry.key().clone() }),
        }
    }

    /// Returns the digest listed for `name`.
    pub fn get(&self, name: &str) -> Option<Sha256> {
        self.0.get(name).copied()
    }

    /// Returns names and digests, sorted by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Name, Sha256)> {
        self.0.iter().map(|(name, digest)| (name, *digest))
    }

    /// Returns the number of files listed.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether no file is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the text of a list; `path` is its name for errors, the first of which is returned.
    pub fn parse(path: &str, text: &[u8]) -> Result<Self, SumsError> {
        let error = |line, fault| SumsError { path: path.to_owned(), line, fault };
        if text.is_empty() {
            return Err(error(1, SumsFault::Empty));
        }
        let mut entries: BTreeMap<Name, (Sha256, usize)> = BTreeMap::new();
        for (index, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
            let number = index + 1;
            let (name, digest) = entry(line).map_err(|fault| error(number, fault))?;
            if let Some((_, first)) = entries.get(&name) {
                return Err(error(number, SumsFault::Twice { name, first: *first }));
            }
            entries.insert(name, (digest, number));
        }
        Ok(Self(entries.into_iter().map(|(name, (digest, _))| (name, digest)).collect()))
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, digest) in &self.0 {
            let escaped = escape(name.as_str());
            let mark = if escaped.len() > name.as_str().len() { "\\" } else { "" };
            writeln!(f, "{mark}{digest}  {escaped}")?;
        }
        Ok(())
    }
}

/// Reads one line, its line feed included.
fn entry(line: &[u8]) -> Result<(Name, Sha256), SumsFault> {
    let line = std::str::from_utf8(line).map_err(|_| SumsFault::Encoding)?;
    let line = line.strip_suffix('\n').ok_or(SumsFault::CutOff)?;
    if line.contains('\r') {
        return Err(SumsFault::CarriageReturn);
    }
    let (escaped, line) = match line.strip_prefix('\\') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (hex, rest) = line.split_once(' ').ok_or(SumsFault::Shape)?;
    let digest: Sha256 = hex.parse()?;
    if hex.contains(|digit: char| digit.is_ascii_uppercase()) {
        return Err(SumsFault::Capitals);
    }
    let name = rest.strip_prefix([' ', '*']).ok_or(SumsFault::Shape)?;
    let name = match (escaped, name.contains('\\')) {
        (true, true) => unescape(name).ok_or(SumsFault::Escape)?,
        (false, false) => name.to_owned(),
        (true, false) | (false, true) => return Err(SumsFault::Escape),
    };
    Ok((Name::new(name)?, digest))
}

/// Escapes a name as coreutils does; longer than `name` if anything needed it.
fn escape(name: &str) -> String {
    name.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

/// Takes the escapes of a name back; none if there is any other escape.
fn unescape(name: &str) -> Option<String> {
    let mut plain = String::with_capacity(name.len());
    let mut letters = name.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            other => other,
        });
    }
    Some(plain)
}

/// Two files of one list have the same name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is listed already", name.as_str().escape_debug())]
pub struct NameTaken {
    /// The name.
    pub name: Name,
}

/// A checksum list that cannot be relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {fault}")]
pub struct SumsError {
    /// The list's name, as the caller gave it.
    pub path: String,
    /// The line, 1-based.
    pub line: usize,
    /// What is wrong there.
    pub fault: SumsFault,
}

/// What is wrong with a line of a checksum list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SumsFault {
    /// The list has no line.
    #[error("the list is empty")]
    Empty,
    /// The line is not UTF-8.
    #[error("the line is not UTF-8")]
    Encoding,
    /// The last line has no line feed, so something may be missing.
    #[error("the line is cut off: no line feed at its end")]
    CutOff,
    /// A carriage return, which `sha256sum` writes as `\r`.
    #[error("a carriage return: line ends must be a line feed alone")]
    CarriageReturn,
    /// Not a digest, two spaces (or a space and `*`), and a name.
    #[error("expected a digest, two spaces and a name")]
    Shape,
    /// The digest is none.
    #[error(transparent)]
    Digest(#[from] ParseDigestError),
    /// The digest has capital letters, which `sha256sum` never writes.
    #[error("the digest has capital letters")]
    Capitals,
    /// A backslash that escapes nothing, or a line marked as escaped without one.
    #[error("the backslashes are not as `sha256sum` writes them")]
    Escape,
    /// The name is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The name is listed before.
    #[error("`{}` is listed on line {first} already", name.as_str().escape_debug())]
    Twice {
        /// The name.
        name: Name,
        /// The line of its first listing, 1-based.
        first: usize,
    },
}

#[cfg(test)]
mod tests;
