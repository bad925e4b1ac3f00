//! Rendering: the one door to Tera.

use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

use tera::{Context, ErrorKind, Map, Tera, Value};

use super::filters;
use super::terms::Terms;
use crate::case::data::Data;
use crate::diagnostic::Code;
use crate::import::{quarantine, rich};
use crate::locale::{self, Lang, Locale};

/// Tera with all templates and words of one locale.
pub(super) struct Engine {
    tera: Tera,
    locale: Locale,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("locale", &self.locale).finish_non_exhaustive()
    }
}

/// A fault of a template.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    /// Path of the template below `templates/`.
    pub(super) template: String,
    /// Place in its text.
    pub(super) bytes: Range<usize>,
    pub(super) hint: Option<String>,
}

impl Engine {
    /// Takes the texts of all templates of a language.
    ///
    /// # Errors
    /// Every template that cannot be read, each with its place.
    pub(super) fn new(locale: Locale, terms: Terms, texts: Vec<(String, String)>) -> Result<Self, Vec<Fault>> {
        let mut tera = Tera::new();
        tera.autoescape_on([".md"]);
        tera.set_escape_fn(escape);
        filters::register(&mut tera, locale, terms);
        if let Err(error) = tera.add_raw_templates(texts.clone()) {
            // Tera stops at the first; asked one by one, the others tell theirs too.
            let mut faults: Vec<Fault> = texts.iter().filter_map(|(name, text)| alone(name, text)).collect();
            if faults.is_empty() {
                faults = unknown_names(&error.to_string(), &texts);
            }
            if faults.is_empty() {
                faults.push(fault(&error, ""));
            }
            return Err(faults);
        }
        Ok(Self { tera, locale })
    }

    /// Renders a template.
    ///
    /// # Errors
    /// The first fault that stops the rendering: an unknown variable, a filter that refuses a value.
    pub(super) fn render(&self, name: &str, data: &Data) -> Result<String, Fault> {
        let mut context = Context::new();
        if let Data::Map(entries) = data {
            for (key, data) in entries {
                context.insert_value(key.clone(), value(data, self.locale.lang));
            }
        }
        self.tera.render(name, &context).map_err(|error| fault(&error, name))
    }
}

/// Reads one template by itself, for its own syntax fault.
fn alone(name: &str, text: &str) -> Option<Fault> {
    let mut tera = Tera::new();
    let error = tera.add_raw_template(name, text).err()?;
    matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| fault(&error, name))
}

/// Finds filters, functions and tests that do not exist.
///
/// Tera tells of them in one text for all templates, without their places; the names are looked up
/// in the templates again.
fn unknown_names(report: &str, texts: &[(String, String)]) -> Vec<Fault> {
    let named = |line: &str| {
        let (kind, rest) = line.split_once("Unknown ")?.1.split_once(" `")?;
        Some((kind.to_owned(), rest.split('`').next()?.to_owned()))
    };
    let names: std::collections::BTreeSet<_> = report.lines().filter_map(named).collect();
    let mut faults = Vec::new();
    for (kind, name) in names {
        for (template, text) in texts {
            for (at, _) in text.match_indices(&name) {
                let before = text[..at].trim_end_matches(' ');
                let used = match kind.as_str() {
                    "filter" => before.ends_with('|'),
                    "test" => before.ends_with(" is") || before.ends_with(" not"),
                    _ => text[at + name.len()..].starts_with('('),
                };
                let inside = text[..at].rfind("{{").max(text[..at].rfind("{%"))
                    > text[..at].rfind("}}").max(text[..at].rfind("%}"));
                if used && inside {
                    faults.push(Fault {
                        code: Code::TemplateSyntax,
                        message: format!("there is no {kind} `{name}`"),
                        template: template.clone(),
                        bytes: at..at + name.len(),
                        hint: Some(format!("`docs/templates.md` lists every {kind}")),
                    });
                }
            }
        }
    }
    faults
}

/// Returns what data looks like to templates.
fn value(data: &Data, lang: Lang) -> Value {
    match data {
        Data::Null => Value::none(),
        Data::Bool(value) => Value::from(*value),
        Data::Int(number) => Value::from(*number),
        Data::Text(text) => Value::from(text.as_str()),
        Data::Phrase(text) => Value::from(typography(lang)(text).as_ref()),
        Data::Rich(text) => Value::safe_string(&rich::sanitise(text, typography(lang))),
        Data::Foreign { lang, data, .. } => match &**data {
            Data::Text(text) | Data::Phrase(text) => {
                Value::safe_string(&quarantine::in_language(*lang, &quarantine::carry(&typography(*lang)(text))))
            }
            Data::Rich(text) => Value::safe_string(&rich::sanitise_in(text, typography(*lang), Some(*lang))),
            other => value(other, *lang),
        },
        Data::Blank(path) => Value::safe_string(&quarantine::blank(path)),
        Data::List(items) => Value::from(items.iter().map(|item| value(item, lang)).collect::<Vec<_>>()),
        Data::Map(entries) => {
            let map: Map = entries.iter().map(|(key, data)| (key.clone().into(), value(data, lang))).collect();
            Value::from(map)
        }
    }
}

/// Returns what mends the typography of text in a language.
pub(crate) fn typography(lang: Lang) -> fn(&str) -> Cow<'_, str> {
    match lang {
        Lang::En => |text| locale::typographic(text, Lang::En),
        Lang::Fr => |text| locale::typographic(text, Lang::Fr),
        Lang::Es => |text| locale::typographic(text, Lang::Es),
        Lang::Pt => |text| locale::typographic(text, Lang::Pt),
        Lang::Ru => |text| locale::typographic(text, Lang::Ru),
        Lang::Ar => |text| locale::typographic(text, Lang::Ar),
    }
}

/// Keeps printed values apart from markup; see [`quarantine`].
fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(quarantine::carry(text).as_bytes())
}

/// Takes Tera's error apart.
fn fault(error: &tera::Error, name: &str) -> Fault {
    let nothing = |message: String| Fault {
        code: Code::TemplateFailed,
        message,
        template: name.to_owned(),
        bytes: 0..1,
        hint: None,
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => Fault {
            code: Code::TemplateSyntax,
            message: lower(report.message()),
            template: report.filename().to_owned(),
            bytes: report.span().range.clone(),
            hint: None,
        },
        ErrorKind::RenderingError(report) => {
            let message = report.message();
            let (code, hint) = if let Some(word) = message.strip_prefix(filters::UNKNOWN_TERM) {
                return Fault {
                    code: Code::UnknownTerm,
                    message: format!("there is no word for {word}"),
                    template: report.filename().to_owned(),
                    bytes: report.span().range.clone(),
                    hint: Some("add it to the language's file under `templates/terms/`".to_owned()),
                };
            } else if ["ndefined", "not defined", "not found"].iter().any(|words| message.contains(words)) {
                (
                    Code::UndefinedVariable,
                    Some("`docs/case-data.md` lists every field; guard optional ones with `{% if … %}`".to_owned()),
                )
            } else {
                (Code::TemplateFailed, None)
            };
            Fault {
                code,
                message: lower(message),
                template: report.filename().to_owned(),
                bytes: report.span().range.clone(),
                hint,
            }
        }
        ErrorKind::TemplateNotFound(missing) => nothing(format!("`{missing}` is included but does not exist")),
        other => nothing(lower(&other.to_string())),
    }
}

/// Puts a message into our form: lower-case start, no full stop.
fn lower(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
