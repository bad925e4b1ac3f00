//! Case values as plain data for templates: no types of the model, no types of the template engine.

use crate::locale::Lang;

/// A value that a template can print, test or walk through.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing was written.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A code, a number, a name: text of one line that is printed as it stands.
    Text(String),
    /// Words of a language on one line, whose typography is mended where they are printed.
    Phrase(String),
    /// Text that may hold paragraphs, lists and emphasis in Markdown.
    Rich(String),
    /// A phrase or rich text in another language than the one asked for, which the case does not give.
    Foreign {
        /// Language of the text.
        lang: Lang,
        /// Its path in the case file.
        path: String,
        /// The text.
        data: Box<Data>,
    },
    /// A required value that is missing, with its path in the case file.
    Blank(String),
    /// A list.
    List(Vec<Data>),
    /// A map, in the order of the model.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// Returns the value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Data> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, data)| data),
            _ => None,
        }
    }

    /// Visits the text of every value in another language than the one asked for, with its path.
    pub fn foreign(&self, visit: &mut impl FnMut(Lang, &str)) {
        match self {
            Self::Foreign { lang, path, .. } => visit(*lang, path),
            Self::List(items) => items.iter().for_each(|item| item.foreign(visit)),
            Self::Map(entries) => entries.iter().for_each(|(_, item)| item.foreign(visit)),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Text(_)
            | Self::Phrase(_)
            | Self::Rich(_)
            | Self::Blank(_) => {}
        }
    }

    /// Returns the value that a dotted path names.
    pub fn at(&self, path: &str) -> Option<&Data> {
        path.split('.').try_fold(self, |data, key| data.get(key))
    }
}

/// What values need to know to become data.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The language that is asked for.
    pub lang: Lang,
    /// The language that stands in where the asked one is missing.
    pub fallback: Lang,
    /// The people of the case and of the unit, by key.
    pub people: &'a dyn People,
}

/// Finds a person by key and gives the person as data.
pub trait People: std::fmt::Debug {
    /// Returns the person's data, or `None` for an unknown key.
    fn person(&self, key: &str, scope: &Scope<'_>) -> Option<Data>;

    /// Returns the expert's data, or `None` for an unknown key.
    fn expert(&self, key: &str, scope: &Scope<'_>) -> Option<Data>;
}
