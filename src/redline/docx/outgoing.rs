//! The Word file that is written: the old one, with parts changed and added.
//!
//! What is not touched is copied as it is, packed bytes and all (ECMA-376 part 2).

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::WriteError;
use super::markup::{escape, put};
use crate::ooxml::{Kind, Package, Tape, relations_of};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const RELATIONS: &str = "application/vnd.openxmlformats-package.relationships+xml";
/// How deep parts may hang on parts (a chart on a workbook on …).
const DEPTH: usize = 6;

/// The file in the making.
#[derive(Debug)]
pub(super) struct Outgoing<'a> {
    old: &'a Package,
    /// Parts with new content, by name: changed ones and added ones.
    parts: BTreeMap<String, Vec<u8>>,
    /// Content types of added parts.
    types: BTreeMap<String, String>,
    /// Relationships added to a part: identifier, type, target, whether it is outside.
    relations: BTreeMap<String, Vec<(String, String, String, bool)>>,
    /// Parts of the new file that were taken over, with their name here.
    adopted: BTreeMap<String, String>,
}

impl<'a> Outgoing<'a> {
    /// Starts from the old file.
    pub(super) fn new(old: &'a Package) -> Self {
        let none = BTreeMap::new;
        Self { old, parts: none(), types: BTreeMap::new(), relations: BTreeMap::new(), adopted: BTreeMap::new() }
    }

    /// Sets the content of a part of the old file.
    pub(super) fn replace(&mut self, name: &str, content: Vec<u8>) {
        self.parts.insert(self.old.stored_name(name).unwrap_or(name).to_owned(), content);
    }

    /// Adds a part to which the main document is related, as `footnotes`. Returns its name.
    pub(super) fn add(&mut self, kind: &str, content: Vec<u8>) -> String {
        let name = self.free(&format!("{}{kind}.xml", folder(self.old.main())));
        let main = self.old.main().to_owned();
        self.types
            .insert(name.clone(), format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"));
        self.parts.insert(name.clone(), content);
        self.relate(&main, &format!("{RELATION}{kind}"), &name, false);
        name
    }

    /// Returns the identifier of a relationship of a part, adding it if there is none.
    pub(super) fn relate(&mut self, part: &str, uri: &str, target: &str, external: bool) -> String {
        let known = self.old.relations(part).unwrap_or_default();
        if let Some(own) = known.list.iter().find(|r| r.uri == uri && r.target == target && r.external == external) {
            return own.id.clone();
        }
        let added = self.relations.entry(part.to_owned()).or_default();
        if let Some((id, ..)) = added.iter().find(|(_, u, t, e)| u == uri && t == target && *e == external) {
            return id.clone();
        }
        let mut number = added.len() + 1;
        let taken = |id: &str, added: &[(String, String, String, bool)]| {
            known.by_id(id).is_some() || added.iter().any(|(other, ..)| other == id)
        };
        while taken(&format!("rIdRedline{number}"), added) {
            number += 1;
        }
        let id = format!("rIdRedline{number}");
        added.push((id.clone(), uri.to_owned(), target.to_owned(), external));
        id
    }

    /// Takes over a relationship of a part of the new file, with the part that it leads to. Returns its
    /// identifier for a part of the old file; `None` if it leads nowhere.
    pub(super) fn take_over(&mut self, new: &Package, from: &str, id: &str, part: &str) -> Option<String> {
        let relation = new.relations(from).ok()?.by_id(id)?.clone();
        if relation.external {
            return Some(self.relate(part, &relation.uri, &relation.target, true));
        }
        let name = self.adopt(new, &relation.target, 0)?;
        Some(self.relate(part, &relation.uri, &name, false))
    }

    /// Takes over a part of the new file and all it leads to. Returns its name here.
    fn adopt(&mut self, new: &Package, name: &str, depth: usize) -> Option<String> {
        if let Some(known) = self.adopted.get(name) {
            return Some(known.clone());
        }
        if depth > DEPTH {
            return None;
        }
        let content = new.read(name).ok()?;
        let stored = new.stored_name(name)?.to_owned();
        let relations = new.relations(name).unwrap_or_default();
        if relations.list.is_empty() && self.old.read(&stored).is_ok_and(|own| own == content) {
            self.adopted.insert(name.to_owned(), stored.clone());
            return Some(stored);
        }
        let own = self.free(&stored);
        self.adopted.insert(name.to_owned(), own.clone());
        if let Some(kind) = new.content_type(name) {
            self.types.insert(own.clone(), kind.to_owned());
        }
        // Identifiers are kept, so that the part need not be changed.
        for relation in relations.list {
            let target = if relation.external {
                relation.target
            } else {
                match self.adopt(new, &relation.target, depth + 1) {
                    Some(target) => target,
                    None => continue,
                }
            };
            self.relations.entry(own.clone()).or_default().push((relation.id, relation.uri, target, relation.external));
        }
        self.parts.insert(own.clone(), content);
        Some(own)
    }

    /// Returns a name that no part has.
    fn free(&self, wanted: &str) -> String {
        let taken = |name: &str| {
            let lower = name.to_lowercase();
            self.old.has(name) || self.parts.keys().any(|part| part.to_lowercase() == lower)
        };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let (stem, extension) = wanted.rsplit_once('.').unwrap_or((wanted, "xml"));
        let mut number = 1;
        while taken(&format!("{stem}-redline{number}.{extension}")) {
            number += 1;
        }
        format!("{stem}-redline{number}.{extension}")
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Fails if a part of the old file that must be changed cannot be read.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        for (part, added) in std::mem::take(&mut self.relations) {
            let name = relations_of(&part);
            let content = self.relations_with(&part, &name, &added)?;
            // Some programs name each part of relationships, and have no type for all of them.
            if !self.old.has(&name) && self.old.content_type(&name).is_none() {
                self.types.insert(name.clone(), RELATIONS.to_owned());
            }
            self.replace(&name, content.into_bytes());
        }
        if !self.types.is_empty() {
            let content = self.types_with()?;
            self.replace("[Content_Types].xml", content.into_bytes());
        }
        self.archive()
    }

    fn relations_with(
        &self,
        part: &str,
        name: &str,
        added: &[(String, String, String, bool)],
    ) -> Result<String, WriteError> {
        let mut more = String::new();
        for (id, uri, target, external) in added {
            let target = if *external { target.clone() } else { relative(folder(part), target) };
            let mut escaped = String::new();
            escape(&mut escaped, &target);
            let mode = if *external { " TargetMode=\"External\"" } else { "" };
            put!(more, "<Relationship Id=\"{id}\" Type=\"{uri}\" Target=\"{escaped}\"{mode}/>");
        }
        if !self.old.has(name) {
            return Ok(format!(
                "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{more}\
                 </Relationships>"
            ));
        }
        self.with_more(name, &more)
    }

    fn types_with(&self) -> Result<String, WriteError> {
        let mut more = String::new();
        for (name, kind) in &self.types {
            if self.old.content_type(name) != Some(kind.as_str()) {
                let (mut part, mut of) = (String::new(), String::new());
                escape(&mut part, name);
                escape(&mut of, kind);
                put!(more, "<Override PartName=\"/{part}\" ContentType=\"{of}\"/>");
            }
        }
        self.with_more("[Content_Types].xml", &more)
    }

    /// Returns a part of the old file with more elements at the end of its outermost one, in their prefix.
    fn with_more(&self, name: &str, more: &str) -> Result<String, WriteError> {
        let tape = self.old.tape(name)?;
        let root = tape.root();
        let prefix = tape.name(root).split_once(':').map_or("", |(prefix, _)| prefix);
        let more = if prefix.is_empty() { more.to_owned() } else { more.replace('<', &format!("<{prefix}:")) };
        Ok(with_content(&tape, &more))
    }

    fn archive(mut self) -> Result<Vec<u8>, WriteError> {
        let broken = |_| WriteError::Archive;
        // A fixed time: the same drafts give the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1))
            .last_modified_time(DateTime::default());
        let mut source = self.old.archive();
        let size = self.old.bytes().len() + self.old.bytes().len() / 2 + 1024;
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
        // A part that stands in the archive twice, under names that differ in case, counts once.
        for index in 0..source.len() {
            let Some(Ok(raw)) = source.name_for_index(index).map(|name| name.map(|name| name.into_owned())) else {
                continue;
            };
            if raw.ends_with('/') || self.old.index(&raw) != Some(index) {
                continue;
            }
            let stored = self.old.stored_name(&raw).unwrap_or(&raw).to_owned();
            match self.parts.remove(&stored) {
                Some(content) => {
                    out.start_file(stored, options).map_err(broken)?;
                    out.write_all(&content).map_err(|_| WriteError::Archive)?;
                }
                None => {
                    let entry = source.by_index_raw(index).map_err(broken)?;
                    out.raw_copy_file(entry).map_err(broken)?;
                }
            }
        }
        for (name, content) in self.parts {
            out.start_file(name, options).map_err(broken)?;
            out.write_all(&content).map_err(|_| WriteError::Archive)?;
        }
        out.finish().map(Cursor::into_inner).map_err(broken)
    }
}

/// Returns a part with more at the end of its outermost element, which may be an empty one.
pub(super) fn with_content(tape: &Tape, more: &str) -> String {
    let root = tape.root();
    let (text, inner) = (tape.source(), tape.inner_span(root));
    if tape.kind(root) == Kind::Empty {
        let open = text[..inner.end].trim_end_matches("/>");
        return format!("{open}>{more}</{}>{}", tape.name(root), &text[inner.end..]);
    }
    [&text[..inner.end], more, &text[inner.end..]].concat()
}

/// Returns the folder of a part with its slash; empty for one at the top.
fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

/// Returns a target as seen from a folder, if it is in it; else from the top.
fn relative(folder: &str, target: &str) -> String {
    match target.strip_prefix(folder) {
        Some(rest) if !folder.is_empty() => rest.to_owned(),
        _ => format!("/{target}"),
    }
}
