//! What Typst sees of the world: the files of one job, the shared frames and fonts, and no clock.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::{Job, Typesetter};

/// The world of one job.
pub(super) struct JobWorld<'a> {
    shared: &'a Typesetter,
    main: Source,
    files: Vec<(FileId, Bytes)>,
}

/// Returns Typst's identifier of a path; `None` for a path that leaves the root.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl<'a> JobWorld<'a> {
    /// Makes the world of a job; `None` when its main file is not there or not text.
    pub(super) fn new(shared: &'a Typesetter, job: &Job<'_>) -> Option<Self> {
        let main = job.files.iter().find(|file| file.name == job.main)?;
        let text = std::str::from_utf8(&main.bytes).ok()?;
        let files = job.files.iter().filter(|file| file.name != job.main);
        let files =
            files.map(|file| Some((file_id(&file.name)?, Bytes::new(file.bytes.clone())))).collect::<Option<_>>()?;
        Some(Self { shared, main: Source::new(file_id(job.main)?, text.to_owned()), files })
    }

    /// Returns the text of a file, for messages.
    pub(super) fn text(&self, id: FileId) -> Option<String> {
        self.source(id).map(|source| source.text().to_owned()).ok()
    }

    fn not_found<T>(id: FileId) -> FileResult<T> {
        Err(FileError::NotFound(id.get().vpath().get_without_slash().into()))
    }
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        match self.shared.frames.iter().find(|(frame, _)| *frame == id) {
            Some((_, source)) => Ok(source.clone()),
            None => Self::not_found(id),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.files.iter().find(|(file, _)| *file == id) {
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.source(id).map(Bytes::from_string),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
