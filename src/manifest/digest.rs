//! SHA-256 digests (FIPS 180-4): the value, its hex form, and how it is made.
//!
//! The only door to the crate `sha2`.

use std::fmt;
use std::io::{self, Read, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::Digest;

/// A SHA-256 digest; written as 64 lower-case hex digits, in JSON as well.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// Returns the digest of `bytes`.
    ///
    /// ```
    /// use engross::manifest::Sha256;
    ///
    /// let digest = Sha256::of(b"abc");
    /// assert!(digest.to_string().starts_with("ba7816bf"));
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Reads `reader` to its end and returns its digest and length, in constant memory.
    ///
    /// `path` is the reader's name for the error, which is whatever the reader fails with.
    pub fn of_reader(path: &str, mut reader: impl Read) -> Result<Digested, ReadError> {
        let mut hasher = Hasher::new();
        match io::copy(&mut reader, &mut hasher) {
            Ok(bytes) => Ok(Digested { sha256: hasher.finish(), bytes }),
            Err(source) => Err(ReadError { path: path.to_owned(), source }),
        }
    }

    /// Makes a digest of its 32 bytes, most significant first.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the 32 bytes, most significant first.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({self})")
    }
}

impl FromStr for Sha256 {
    type Err = ParseDigestError;

    /// Reads exactly 64 hex digits, in either case, since other tools print capitals.
    fn from_str(text: &str) -> Result<Self, ParseDigestError> {
        let mut bytes = [0; 32];
        let mut found = 0;
        for (index, digit) in text.chars().enumerate() {
            let Some(value) = digit.to_digit(16).and_then(|value| u8::try_from(value).ok()) else {
                return Err(ParseDigestError::Digit { column: index + 1, found: digit });
            };
            if let Some(byte) = bytes.get_mut(index / 2) {
                *byte = *byte << 4 | value;
            }
            found = index + 1;
        }
        if found == 64 { Ok(Self(bytes)) } else { Err(ParseDigestError::Length { found }) }
    }
}

impl TryFrom<String> for Sha256 {
    type Error = ParseDigestError;

    fn try_from(text: String) -> Result<Self, ParseDigestError> {
        text.parse()
    }
}

impl From<Sha256> for String {
    fn from(digest: Sha256) -> Self {
        digest.to_string()
    }
}

/// A digest in the making, for what comes in pieces.
#[derive(Clone, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// Starts with nothing taken in.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Returns the digest of all bytes taken in.
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher(..)")
    }
}

/// Takes in what is written; never fails.
impl Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What was learnt of a reader by reading it to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digested {
    /// The digest of everything read.
    pub sha256: Sha256,
    /// The number of bytes read.
    pub bytes: u64,
}

/// A text that is not a SHA-256 digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseDigestError {
    /// A character that is not a hex digit.
    #[error("`{}` at column {column} is not a hex digit", found.escape_debug())]
    Digit {
        /// Where it stands, 1-based, in characters of the digest.
        column: usize,
        /// What stands there.
        found: char,
    },
    /// Hex digits, but not 64 of them.
    #[error("a SHA-256 digest has 64 hex digits, this has {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
}

/// A reader failed before its end.
#[derive(Debug, thiserror::Error)]
#[error("`{path}` cannot be read")]
pub struct ReadError {
    /// The reader's name, as the caller gave it.
    pub path: String,
    /// What the reader failed with.
    pub source: io::Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn equals_the_standards_examples() {
        assert_eq!(Sha256::of(b"").to_string(), EMPTY);
        assert_eq!(Sha256::of(b"abc").to_string(), ABC);
    }

    #[test]
    fn pieces_and_readers_equal_the_whole() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
        let whole = Sha256::of(&bytes);
        for size in [1, 63, 64, 65, 4096] {
            let mut hasher = Hasher::new();
            bytes.chunks(size).for_each(|piece| hasher.update(piece));
            assert_eq!(hasher.finish(), whole, "in pieces of {size}");
        }
        let read = Sha256::of_reader("x", bytes.as_slice()).expect("a slice can be read");
        assert_eq!(read, Digested { sha256: whole, bytes: 100_000 });
    }

    #[test]
    fn a_failing_reader_is_named() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("disk on fire"))
            }
        }
        let error = Sha256::of_reader("a/b.pdf", Broken).expect_err("the reader fails");
        assert_eq!(error.to_string(), "`a/b.pdf` cannot be read");
        assert_eq!(error.source.to_string(), "disk on fire");
    }

    #[test]
    fn hex_round_trips_in_either_case() {
        let digest = Sha256::of(b"abc");
        assert_eq!(ABC.parse(), Ok(digest));
        assert_eq!(ABC.to_uppercase().parse(), Ok(digest));
        assert_eq!(Sha256::from_bytes(*digest.as_bytes()), digest);
        assert_eq!(format!("{digest:?}"), format!("Sha256({ABC})"));
    }

    #[test]
    fn what_is_not_a_digest_is_refused() {
        let check = |text: &str, expect: &str| {
            let error = text.parse::<Sha256>().expect_err("not a digest");
            assert_eq!(error.to_string(), expect);
        };
        check("", "a SHA-256 digest has 64 hex digits, this has 0");
        check(&ABC[1..], "a SHA-256 digest has 64 hex digits, this has 63");
        check(&format!("{ABC}00"), "a SHA-256 digest has 64 hex digits, this has 66");
        check("ba\nx", "`\\n` at column 3 is not a hex digit");
        check("é", "`é` at column 1 is not a hex digit");
        check(&format!("+{}", &ABC[1..]), "`+` at column 1 is not a hex digit");
    }

    #[test]
    fn json_is_the_hex_string() {
        let digest = Sha256::of(b"abc");
        let json = serde_json::to_string(&digest).expect("a string");
        assert_eq!(json, format!("\"{ABC}\""));
        assert_eq!(serde_json::from_str::<Sha256>(&json).expect("the same"), digest);
        assert!(serde_json::from_str::<Sha256>("\"ab\"").is_err());
        assert!(serde_json::from_str::<Sha256>("7").is_err());
    }
}
