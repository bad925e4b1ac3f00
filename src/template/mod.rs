//! Templates: where they are found, how they are rendered and checked.
//!
//! A template is Markdown with Tera, one file for each kind and language, under `KIND/LANG.md`;
//! shared clauses are under `clauses/NAME/LANG.md`, words of choices under `terms/LANG.yaml`, page
//! frames under `frames/`. All are built into the program; a workspace may put its own file in the
//! place of each. `engine.rs` is the only door to Tera.

pub mod check;
mod engine;
mod filters;
pub mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use include_dir::{Dir, include_dir};

use crate::artifact::Artifact;
use crate::case::data::Data;
use crate::case::kind::DocumentKind;
use crate::diagnostic::{Code, Diagnostic, Warned};
use crate::document::Document;
use crate::import::front::{self, Given};
use crate::locale::{Lang, Locale};
use crate::source::{Source, Span};
use engine::Engine;
pub(crate) use engine::typography;
use terms::Terms;

/// Everything under `templates/`, as it was when the program was built.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// All templates that are in force: the built-in ones with a workspace's own in their place.
#[derive(Debug)]
pub struct Library {
    files: BTreeMap<String, File>,
    engines: Mutex<BTreeMap<Locale, Arc<Engine>>>,
    terms: [OnceLock<Warned<Terms>>; Lang::ALL.len()],
}

/// A template, a clause, a list of words or a frame.
#[derive(Debug, Clone)]
pub struct File {
    /// The text.
    pub source: Source,
    /// Whether the workspace put it in the place of a built-in file, or added it.
    pub overridden: bool,
}

/// What a document is made from, beside its data.
#[derive(Debug, Clone)]
pub struct Setting {
    /// What the template does not say about the document.
    pub given: Given,
    /// Kind of document.
    pub kind: DocumentKind,
}

impl Library {
    /// Takes the built-in templates and puts a workspace's own files in their place.
    ///
    /// The name of an own file is its path below `templates/`, with `/`; its source is shown in
    /// messages under `shown`.
    pub fn new(own: impl IntoIterator<Item = (String, Source)>) -> Self {
        let mut files = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        for (name, source) in own {
            files.insert(name, File { source, overridden: true });
        }
        Self { files, engines: Mutex::default(), terms: Default::default() }
    }

    /// Walks through all files by path below `templates/`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    /// Returns a file by its path below `templates/`.
    pub fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// Returns the page frames, named by their path as Typst sees it.
    pub fn frames(&self) -> Vec<Artifact> {
        let frames = self.files.iter().filter(|(name, _)| name.starts_with("frames/"));
        frames.map(|(name, file)| Artifact::new(name.clone(), file.source.text())).collect()
    }

    /// Returns the path of the template of a kind and language.
    pub fn template_name(kind: DocumentKind, lang: Lang) -> String {
        format!("{}/{}.md", kind.name(), lang.code())
    }

    /// Returns the languages that a kind has a template in.
    pub fn languages(&self, kind: DocumentKind) -> Vec<Lang> {
        Lang::ALL.into_iter().filter(|&lang| self.files.contains_key(&Self::template_name(kind, lang))).collect()
    }

    /// Returns a template and everything that it may draw on, directly or not, by path.
    pub fn used_by(&self, name: &str) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        let mut open = vec![name.to_owned()];
        let shared = self.files.iter().filter(|(_, file)| defines_components(file.source.text()));
        open.extend(shared.map(|(name, _)| name.clone()));
        while let Some(name) = open.pop() {
            if let Some(file) = self.files.get(&name).filter(|_| used.insert(name.clone())) {
                open.extend(includes(file.source.text()).map(str::to_owned));
            }
        }
        used
    }

    /// Returns the words of a language, read on first use.
    pub fn terms(&self, lang: Lang) -> &Warned<Terms> {
        let at = Lang::ALL.iter().position(|known| *known == lang).unwrap_or_default();
        self.terms[at].get_or_init(|| Terms::load(self, lang))
    }

    /// Returns the fixed words of a language that frames and references use.
    pub fn words(&self, lang: Lang) -> Vec<(String, String)> {
        let terms = &self.terms(lang).output;
        let mut words: Vec<_> = terms.group("frame").collect();
        words.extend(terms.group("ref").map(|(key, word)| (format!("ref-{key}"), word)));
        words
    }

    /// Returns a word of a choice in a language, as `confidentiality.internal`.
    pub fn term(&self, lang: Lang, key: &str) -> Option<String> {
        self.terms(lang).output.get(key).map(str::to_owned)
    }

    /// Renders a template with data and reads the result as a document.
    ///
    /// # Errors
    /// Faults of the template: syntax, unknown variables, unknown words, blocks that cannot be read.
    /// The document is there where it could be read in spite of them.
    pub fn document(&self, setting: &Setting, data: &Data) -> Warned<Option<Document>> {
        let locale = setting.given.locale;
        let name = Self::template_name(setting.kind, locale.lang);
        if !self.files.contains_key(&name) {
            let have: Vec<_> = self.languages(setting.kind).iter().map(|lang| lang.code()).collect();
            let fault = Diagnostic::new(Code::TemplateMissing, format!("there is no template `{name}`")).hint(format!(
                "`{}` exists in {}; `engross templates eject` writes one out to start from",
                setting.kind.name(),
                have.join(", ")
            ));
            return Warned { output: None, faults: vec![fault] };
        }
        let engine = match self.engine(locale) {
            Ok(engine) => engine,
            Err(faults) => return Warned { output: None, faults },
        };
        match engine.render(&name, data) {
            Ok(text) => {
                let rendered = Source::new(format!("{name} (filled in)"), text);
                let Warned { output, mut faults } = front::read(&rendered, &setting.given);
                faults.iter_mut().for_each(|fault| self.point_into_template(fault, &rendered, &name));
                Warned { output: Some(output), faults }
            }
            Err(fault) => Warned { output: None, faults: vec![self.template_fault(fault)] },
        }
    }

    /// Returns the engine of a locale, made on first use.
    fn engine(&self, locale: Locale) -> Result<Arc<Engine>, Vec<Diagnostic>> {
        let mut engines = self.engines.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(engine) = engines.get(&locale) {
            return Ok(Arc::clone(engine));
        }
        let Warned { output: terms, faults } = self.terms(locale.lang).clone();
        if faults.iter().any(Diagnostic::is_error) {
            return Err(faults);
        }
        let templates = self.files.iter().filter(|(name, _)| is_template(name, locale.lang));
        let texts: Vec<_> = templates.map(|(name, file)| (name.clone(), file.source.text().to_owned())).collect();
        let engine = Engine::new(locale, terms, texts)
            .map_err(|faults| faults.into_iter().map(|fault| self.template_fault(fault)).collect::<Vec<_>>())?;
        let engine = Arc::new(engine);
        engines.insert(locale, Arc::clone(&engine));
        Ok(engine)
    }

    /// Turns a fault of the engine into a diagnostic that points into the template file.
    fn template_fault(&self, fault: engine::Fault) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(fault.code, fault.message);
        if let Some(file) = self.files.get(&fault.template) {
            diagnostic = diagnostic.at(Span::new(&file.source, fault.bytes));
        }
        match fault.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }

    /// Moves a fault of the filled-in text to the line of the template that it came from.
    ///
    /// The line is found by its text: the template's line that begins alike. Lines that are put
    /// together from data only cannot be found; then the fault keeps to the template's first line.
    fn point_into_template(&self, fault: &mut Diagnostic, rendered: &Source, name: &str) {
        let Some(span) = fault.span.as_ref().filter(|span| span.source.name() == rendered.name()) else { return };
        let place = span.start();
        let line = rendered.text().lines().nth(place.line - 1).unwrap_or_default().to_owned();
        let nth = rendered.text().lines().take(place.line - 1).filter(|other| *other == line).count();
        let mut best: Option<(usize, Span)> = None;
        for name in self.used_by(name) {
            let Some(file) = self.files.get(&name) else { continue };
            let mut start = 0;
            let mut seen = 0;
            for candidate in file.source.text().split_inclusive('\n') {
                let common = common_prefix(candidate.trim(), line.trim());
                let whole = candidate.trim() == line.trim();
                let score = if whole && seen == nth { usize::MAX } else { common };
                seen += usize::from(whole);
                if score >= 3.min(line.trim().len()).max(1) && best.as_ref().is_none_or(|(most, _)| score > *most) {
                    let indent = candidate.len() - candidate.trim_start().len();
                    best = Some((score, Span::new(&file.source, start + indent..start + candidate.trim_end().len())));
                }
                start += candidate.len();
            }
        }
        if let Some(file) = self.files.get(name) {
            fault.span = Some(best.map_or_else(|| Span::new(&file.source, 0..1), |(_, span)| span));
        }
    }
}

/// Returns how many bytes two lines have in common at their start.
fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Whether a file is Markdown that the engine of a language may need.
fn is_template(name: &str, lang: Lang) -> bool {
    name.ends_with(&format!("/{}.md", lang.code())) && !name.starts_with("frames/")
}

/// Walks through the names in `{% include "…" %}` and `{% extends "…" %}`.
pub(super) fn includes(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let tag = tag.strip_prefix("include").or_else(|| tag.strip_prefix("extends"))?.trim_start();
        let quote = tag.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        tag[1..].split(quote).next()
    })
}

/// Whether a file defines components, which any other template may call without naming the file.
fn defines_components(text: &str) -> bool {
    text.split("{%").skip(1).any(|tag| tag.trim_start_matches('-').trim_start().starts_with("component"))
}

fn collect(dir: &'static Dir<'static>, files: &mut BTreeMap<String, File>) {
    for file in dir.files() {
        // Fonts are no texts; they are read by `fonts`.
        if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            let name = name.replace('\\', "/");
            let source = Source::new(format!("templates/{name}"), text);
            files.insert(name, File { source, overridden: false });
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// Walks through the fonts that travel in the program: file name and content.
pub fn fonts() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let files = BUILT_IN.get_dir("fonts").map(Dir::files).into_iter().flatten();
    let fonts = files.filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents())));
    fonts.filter(|(name, _)| name.ends_with(".otf") || name.ends_with(".ttf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includes_are_found() {
        let text = "a {% include \"clauses/x/fr.md\" %} {%- include 'b' -%}\n{% if x %}{% endif %}";
        assert_eq!(includes(text).collect::<Vec<_>>(), ["clauses/x/fr.md", "b"]);
    }

    #[test]
    fn fonts_travel_in_the_program() {
        assert!(fonts().count() >= 4);
    }
}
