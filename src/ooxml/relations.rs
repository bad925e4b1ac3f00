//! Names of parts, and the relationships between them (ECMA-376 part 2, §6 and §6.5).

use std::collections::BTreeMap;

use super::tape::Tape;

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its identifier, as `rId3`.
    pub id: String,
    /// The last step of its type: `image`, `footnotes`, `hyperlink`.
    pub kind: String,
    /// Its type in full, as written.
    pub uri: String,
    /// Name of the part that it points to; for an external one the address as written.
    pub target: String,
    /// Whether it points out of the package.
    pub external: bool,
}

/// The relationships of a part, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relations {
    /// All of them.
    pub list: Vec<Relation>,
    /// Index of each identifier in the list; of two that are the same, that of the first.
    by_id: BTreeMap<String, usize>,
}

impl Relations {
    /// Returns the relationship of an identifier.
    pub fn by_id(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id).and_then(|&index| self.list.get(index))
    }

    /// Returns the first internal relationship of a kind, as `numbering`.
    pub fn by_kind(&self, kind: &str) -> Option<&Relation> {
        self.list.iter().find(|relation| relation.kind == kind && !relation.external)
    }

    /// Reads the relationships of the part `source`.
    pub(super) fn read(tape: &Tape, source: &str) -> Self {
        let folder = source.rfind('/').map_or("", |at| &source[..at]);
        let list: Vec<Relation> = tape
            .elements(tape.root())
            .filter(|&node| tape.local(node) == "Relationship")
            .filter_map(|node| {
                let uri = tape.attr(node, "Type")?.into_owned();
                let external = tape.attr(node, "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                let target = tape.attr(node, "Target")?;
                Some(Relation {
                    id: tape.attr(node, "Id")?.into_owned(),
                    kind: uri.rsplit('/').next().unwrap_or("").to_owned(),
                    target: if external { target.into_owned() } else { resolve(folder, &target) },
                    uri,
                    external,
                })
            })
            .collect();
        let mut by_id = BTreeMap::new();
        for (index, relation) in list.iter().enumerate() {
            by_id.entry(relation.id.clone()).or_insert(index);
        }
        Self { list, by_id }
    }
}

/// Returns the name of a part: without a slash in front, with `/` between steps, without `.` and `..`,
/// which do not lead out of the package.
pub fn normal(name: &str) -> String {
    resolve("", name)
}

/// Resolves a target against the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or("").replace('\\', "/");
    let absolute = target.starts_with('/');
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').filter(|_| !absolute).chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Returns the name of the part that holds the relationships of a part; of the package, if it is empty.
pub fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}
