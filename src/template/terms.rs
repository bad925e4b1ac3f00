//! Words of a language: of the choices in a case, of frames, of salutations.
//!
//! `terms/LANG.yaml` holds groups of words; a word's key is its path, as `discipline.legal`.

use std::collections::BTreeMap;

use super::Library;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::locale::Lang;
use crate::source::Source;
use crate::yaml::{self, Node, NodeKind};

/// All words of a language.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    words: BTreeMap<String, String>,
    /// Path of the file below `templates/`.
    pub file: String,
}

impl Terms {
    /// Returns the path of a language's file below `templates/`.
    pub fn file_name(lang: Lang) -> String {
        format!("terms/{}.yaml", lang.code())
    }

    /// Reads the words of a language.
    pub fn load(library: &Library, lang: Lang) -> Warned<Self> {
        let name = Self::file_name(lang);
        match library.file(&name) {
            Some(file) => Self::read(&name, &file.source),
            None => Warned {
                output: Self { file: name.clone(), ..Self::default() },
                faults: vec![Diagnostic::new(Code::TemplateMissing, format!("there is no list of words `{name}`"))],
            },
        }
    }

    /// Reads words from a file's text.
    pub fn read(name: &str, source: &Source) -> Warned<Self> {
        let tree = yaml::parse(source);
        let mut words = BTreeMap::new();
        flatten(&tree.root, "", &mut words);
        Warned { output: Self { words, file: name.to_owned() }, faults: tree.faults }
    }

    /// Returns the word of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Walks through the words of a group, keys without the group's name.
    pub fn group(&self, group: &str) -> impl Iterator<Item = (String, String)> {
        let prefix = format!("{group}.");
        self.words.iter().filter_map(move |(key, word)| Some((key.strip_prefix(&prefix)?.to_owned(), word.clone())))
    }

    /// Walks through all keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Returns the form for a person of a rank and gender, as `salutation.minister.female`; falls
    /// back to the rank's `default`, then to `default`.
    pub fn for_person(&self, group: &str, rank: Option<&str>, gender: Option<&str>) -> Option<&str> {
        let gender = gender.unwrap_or("default");
        let rank = rank.unwrap_or("default");
        [
            format!("{group}.{rank}.{gender}"),
            format!("{group}.{rank}.default"),
            format!("{group}.{rank}"),
            format!("{group}.default.{gender}"),
            format!("{group}.default.default"),
            format!("{group}.default"),
        ]
        .iter()
        .find_map(|key| self.get(key))
    }
}

fn flatten(node: &Node, path: &str, words: &mut BTreeMap<String, String>) {
    match &node.kind {
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.text.clone() } else { format!("{path}.{}", key.text) };
                flatten(value, &path, words);
            }
        }
        NodeKind::Scalar { text, .. } => {
            words.insert(path.to_owned(), text.clone());
        }
        NodeKind::Null | NodeKind::List(_) => {}
    }
}
