//! A draft as a Word file without tracked changes of its own.

use std::sync::Arc;

use super::side::Side;
use super::{Input, WriteError, plain, resolve};
use crate::compare::Texts;
use crate::document::draft::Draft;
use crate::import::docx::{Tracked, read_package};
use crate::ooxml::{Package, Places, View};

/// A file with what was read from it.
#[derive(Debug)]
pub(super) struct File<'a> {
    package: Held<'a, Package>,
    draft: Held<'a, Draft>,
    places: Held<'a, Places>,
}

/// Something that is somebody else's, or our own.
#[derive(Debug)]
enum Held<'a, T> {
    Theirs(&'a T),
    Own(Arc<T>),
}

impl<T> Held<'_, T> {
    fn get(&self) -> &T {
        match self {
            Self::Theirs(it) => it,
            Self::Own(it) => it,
        }
    }
}

impl<'a> File<'a> {
    /// Prepares one side of a redline; `name` is `old` or `new`.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or does not hold the text of the draft.
    pub(super) fn new(input: &Input<'a>, name: &'static str) -> Result<Self, WriteError> {
        let (package, fresh) = match input.package {
            None => (Held::Own(Arc::new(Package::open(plain::package(input.draft))?)), true),
            Some(package) => match resolve::resolved(package, input.view, input.places)? {
                Some(bytes) => (Held::Own(Arc::new(Package::open(bytes)?)), true),
                None => (Held::Theirs(package), false),
            },
        };
        if let (false, Some(places)) = (fresh, input.places) {
            return Ok(Self { package, draft: Held::Theirs(input.draft), places: Held::Theirs(places) });
        }
        let tracked = if input.view == View::Rejected && !fresh { Tracked::Rejected } else { Tracked::Accepted };
        let (draft, places) = read_package(package.get(), tracked)?;
        let (wanted, got) = (Texts::new(input.draft), Texts::new(&draft));
        let same = wanted.paras.len() == got.paras.len()
            && wanted.tables.len() == got.tables.len()
            && wanted.paras.iter().zip(&got.paras).all(|(a, b)| a.text == b.text);
        if !same {
            return Err(WriteError::Other(name));
        }
        Ok(Self { package, draft: Held::Own(Arc::new(draft)), places: Held::Own(Arc::new(places)) })
    }

    /// Returns what a writer needs to know of it.
    ///
    /// # Errors
    ///
    /// Fails if a part cannot be read.
    pub(super) fn side(&self) -> Result<Side<'_>, WriteError> {
        Side::new(self.package.get(), self.draft.get(), self.places.get())
    }
}
