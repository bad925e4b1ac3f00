//! A Word file as a package: a ZIP archive of parts (ECMA-376 part 2, Open Packaging Conventions).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;
use zip::result::ZipError;

use super::relations::{Relations, normal, relations_of};
use super::tape::{Tape, XmlError};
use super::text::decode_bytes;

/// An opened Word file.
#[derive(Debug)]
pub struct Package {
    bytes: Arc<[u8]>,
    archive: ZipArchive<Cursor<Arc<[u8]>>>,
    /// Parts by their name in lower case.
    parts: BTreeMap<String, Part>,
    types: Types,
    main: String,
    spent: Mutex<Spent>,
}

/// Content types.
#[derive(Debug, Default)]
struct Types {
    /// Of single parts, by their name in lower case.
    parts: BTreeMap<String, String>,
    /// Of all parts with an extension, in lower case.
    extensions: BTreeMap<String, String>,
}

/// A part.
#[derive(Debug)]
struct Part {
    name: String,
    index: usize,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Spent {
    /// Inflated size of each part that was read, by index; a part read twice counts once.
    sizes: BTreeMap<usize, u64>,
    total: u64,
    tapes: BTreeMap<usize, Arc<Tape>>,
}

/// Why a file cannot be read as a Word file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// An OLE compound file that holds an encrypted package (MS-OFFCRYPTO).
    #[error("the file is protected by a password; open it in Word, remove the password and save it again")]
    Encrypted,
    /// A binary file of Word 97 to 2003, or another OLE compound file.
    #[error("the file is in the old binary format of Word (.doc); open it in Word and save it as .docx")]
    Legacy,
    /// Not a ZIP archive.
    #[error("the file is not a Word document (.docx), or it is cut short or damaged")]
    NotPackage,
    /// An archive without a word processing document.
    #[error("the file is an archive, but not a Word document (.docx): {0}")]
    NotWord(String),
    /// A part is missing.
    #[error("the part “{0}” is missing from the file")]
    Missing(String),
    /// A part cannot be unpacked.
    #[error("the part “{0}” of the file is damaged")]
    Damaged(String),
    /// More than any real document.
    #[error("the file unpacks to more than any real document does ({0}); it was not read further")]
    Bomb(&'static str),
    /// A part is no XML.
    #[error("the part “{0}” of the file cannot be read: {1}")]
    Xml(String, XmlError),
}

impl Package {
    /// How many parts a package may have.
    pub const PARTS: usize = 10_000;
    /// How many bytes a part may have, unpacked.
    pub const PART_SIZE: u64 = 256 << 20;
    /// How many bytes all parts that are read may have, unpacked.
    pub const TOTAL_SIZE: u64 = 512 << 20;
    /// How many times its packed size a part may have, from [`Package::FREE_SIZE`] on.
    pub const RATIO: u64 = 400;
    /// Up to how many bytes the ratio does not matter.
    pub const FREE_SIZE: u64 = 32 << 20;

    /// Opens a package. No part is unpacked but the two that say where the document is.
    ///
    /// # Errors
    ///
    /// Fails if the bytes are not a package that holds a word processing document; see [`PackageError`].
    pub fn open(bytes: impl Into<Arc<[u8]>>) -> Result<Self, PackageError> {
        let bytes = bytes.into();
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return Err(compound(&bytes));
        }
        if !bytes.starts_with(b"PK") {
            return Err(PackageError::NotPackage);
        }
        if announced(&bytes).is_some_and(|parts| parts > Self::PARTS) {
            return Err(PackageError::Bomb("too many parts"));
        }
        let archive = ZipArchive::new(Cursor::new(Arc::clone(&bytes))).map_err(|_| PackageError::NotPackage)?;
        if archive.len() > Self::PARTS {
            return Err(PackageError::Bomb("too many parts"));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let Some(Ok(name)) = archive.name_for_index(index) else { continue };
            if name.ends_with('/') {
                continue;
            }
            let name = normal(&name);
            // Of two parts of one name the first counts, as in Word.
            parts.entry(name.to_ascii_lowercase()).or_insert(Part { name, index });
        }
        let mut package =
            Self { bytes, archive, parts, types: Types::default(), main: String::new(), spent: Mutex::default() };
        package.types = package.read_types()?;
        package.main = package.find_main()?;
        Ok(package)
    }

    fn read_types(&self) -> Result<Types, PackageError> {
        let mut types = Types::default();
        if !self.has("[Content_Types].xml") {
            let what = if self.has("mimetype") { "it looks like OpenDocument" } else { "it has no list of its parts" };
            return Err(PackageError::NotWord(what.to_owned()));
        }
        let tape = self.tape("[Content_Types].xml")?;
        for node in tape.elements(tape.root()) {
            let Some(kind) = tape.attr(node, "ContentType") else { continue };
            let kind = kind.into_owned();
            if let Some(name) = tape.attr(node, "PartName") {
                types.parts.insert(normal(&name).to_ascii_lowercase(), kind);
            } else if let Some(extension) = tape.attr(node, "Extension") {
                types.extensions.insert(extension.to_ascii_lowercase(), kind);
            }
        }
        Ok(types)
    }

    fn find_main(&self) -> Result<String, PackageError> {
        let relations = self.relations("").unwrap_or_default();
        let named = relations.by_kind("officeDocument").map(|relation| relation.target.clone());
        let main = named
            .filter(|name| self.has(name))
            .or_else(|| self.has("word/document.xml").then(|| "word/document.xml".to_owned()))
            .ok_or_else(|| PackageError::NotWord("it holds no document".to_owned()))?;
        match self.content_type(&main) {
            Some(kind) if kind.contains("spreadsheetml") || kind.contains("ms-excel") => {
                Err(PackageError::NotWord("it is a spreadsheet".to_owned()))
            }
            Some(kind) if kind.contains("presentationml") || kind.contains("ms-powerpoint") => {
                Err(PackageError::NotWord("it is a presentation".to_owned()))
            }
            _ => Ok(self.stored_name(&main).unwrap_or(&main).to_owned()),
        }
    }

    /// Returns the name of the main document part, as `word/document.xml`.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// Returns the bytes of the file.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// Returns the archive, for copying entries as they are. It is cheap to clone.
    pub fn archive(&self) -> ZipArchive<Cursor<Arc<[u8]>>> {
        self.archive.clone()
    }

    /// Returns the names of all parts, in alphabetical order of their lower case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.values().map(|part| part.name.as_str())
    }

    /// Returns the index of a part among the entries of the archive.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.part(name).map(|part| part.index)
    }

    /// Returns whether there is a part of a name. Case does not matter.
    pub fn has(&self, name: &str) -> bool {
        self.part(name).is_some()
    }

    /// Returns the name of a part as the archive has it.
    pub fn stored_name(&self, name: &str) -> Option<&str> {
        self.part(name).map(|part| part.name.as_str())
    }

    fn part(&self, name: &str) -> Option<&Part> {
        self.parts.get(&normal(name).to_ascii_lowercase())
    }

    /// Returns the content type of a part.
    pub fn content_type(&self, name: &str) -> Option<&str> {
        let name = normal(name).to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        self.types.parts.get(&name).or_else(|| self.types.extensions.get(extension)).map(String::as_str)
    }

    /// Unpacks a part.
    ///
    /// # Errors
    ///
    /// Fails if it is missing, damaged or encrypted, or exceeds a limit.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, PackageError> {
        let part = self.part(name).ok_or_else(|| PackageError::Missing(normal(name)))?;
        let damaged = |_| PackageError::Damaged(part.name.clone());
        let mut archive = self.archive.clone();
        let file = match archive.by_index(part.index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => {
                return Err(PackageError::Encrypted);
            }
            Err(_) => return Err(PackageError::Damaged(part.name.clone())),
        };
        let packed = file.compressed_size();
        let limit = Self::PART_SIZE.min(packed.saturating_mul(Self::RATIO).max(Self::FREE_SIZE));
        if file.size() > limit {
            return Err(PackageError::Bomb("a part is too large"));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(file.size().min(Self::FREE_SIZE)).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes).map_err(damaged)?;
        if bytes.len() as u64 > limit {
            return Err(PackageError::Bomb("a part is too large"));
        }
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.sizes.insert(part.index, bytes.len() as u64).is_none() {
            spent.total += bytes.len() as u64;
        }
        if spent.total > Self::TOTAL_SIZE {
            return Err(PackageError::Bomb("all parts together are too large"));
        }
        Ok(bytes)
    }

    /// Unpacks a part of text.
    ///
    /// # Errors
    ///
    /// Fails as [`Package::read`] does.
    pub fn text(&self, name: &str) -> Result<String, PackageError> {
        self.read(name).map(decode_bytes)
    }

    /// Unpacks and parses a part of XML. It is kept, so that asking again costs nothing.
    ///
    /// # Errors
    ///
    /// Fails as [`Package::read`] does, and if the part is no XML.
    pub fn tape(&self, name: &str) -> Result<Arc<Tape>, PackageError> {
        let index = self.index(name).ok_or_else(|| PackageError::Missing(normal(name)))?;
        let known = self.spent.lock().unwrap_or_else(PoisonError::into_inner).tapes.get(&index).map(Arc::clone);
        if let Some(tape) = known {
            return Ok(tape);
        }
        let text = self.text(name)?;
        let tape = Arc::new(Tape::parse(text).map_err(|error| PackageError::Xml(normal(name), error))?);
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).tapes.insert(index, Arc::clone(&tape));
        Ok(tape)
    }

    /// Returns the relationships of a part, or of the package if the name is empty; none if it has none.
    ///
    /// # Errors
    ///
    /// Fails if they cannot be read.
    pub fn relations(&self, part: &str) -> Result<Relations, PackageError> {
        let part = normal(part);
        let name = relations_of(&part);
        if !self.has(&name) {
            return Ok(Relations::default());
        }
        Ok(Relations::read(&*self.tape(&name)?, &part))
    }

    /// Returns the name of the part that the main document names for a kind, as `numbering` or `styles`.
    pub fn companion(&self, kind: &str) -> Option<String> {
        let relations = self.relations(&self.main).ok()?;
        let target = &relations.by_kind(kind)?.target;
        self.stored_name(target).map(str::to_owned)
    }
}

/// Tells what an OLE compound file (MS-CFB) holds. Names of its streams are UTF-16 in the directory.
fn compound(bytes: &[u8]) -> PackageError {
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(wide.len()).any(|window| window == wide) { PackageError::Encrypted } else { PackageError::Legacy }
}

/// Returns how many entries the end of the central directory announces; `None` if it is not found, or the
/// number is in its ZIP64 form.
fn announced(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    let count = u16::from_le_bytes([count[0], count[1]]);
    (count != u16::MAX).then_some(usize::from(count))
}

#[cfg(test)]
mod tests;
