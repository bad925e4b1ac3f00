//! The package: parts, their types and relationships, document properties, and the archive (ECMA-376, part 2).

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::markup::{escape, put};
use super::{Writer, language, styles, theme};
use crate::document::direction::without_isolates;
use crate::document::{Meta, Status};
use crate::locale::{Lang, Locale};

/// Namespaces of the parts of WordprocessingML.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:w10=\"urn:schemas-microsoft-com:office:word\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// The parts of a file, in the order in which they are written.
pub(super) struct Package {
    parts: Vec<(String, String)>,
}

/// A relationship: identifier, kind, target, whether the target is outside of the file.
struct Relation {
    id: String,
    kind: &'static str,
    target: String,
    external: bool,
}

fn inside(id: &str, kind: &'static str, target: &str) -> Relation {
    Relation { id: id.to_owned(), kind, target: target.to_owned(), external: false }
}

fn links(targets: &[String]) -> impl Iterator<Item = Relation> {
    targets.iter().enumerate().map(|(at, target)| Relation {
        id: format!("rIdLink{}", at + 1),
        kind: "hyperlink",
        target: target.clone(),
        external: true,
    })
}

fn relations(all: &[Relation]) -> String {
    let mut out = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">".to_owned();
    for relation in all {
        let base = if relation.kind.starts_with("http") { "" } else { RELATIONS };
        put!(
            out,
            "<Relationship Id=\"{}\" Type=\"{base}{}\" Target=\"{}\"{}/>",
            relation.id,
            relation.kind,
            escape(&relation.target),
            if relation.external { " TargetMode=\"External\"" } else { "" }
        );
    }
    out.push_str("</Relationships>");
    out
}

impl Package {
    /// Puts the parts of a document together.
    pub(super) fn of(writer: &mut Writer<'_>, body: &str, head: &str) -> Self {
        let meta = &writer.document.meta;
        let mut document = vec![
            inside("rIdStyles", "styles", "styles.xml"),
            inside("rIdSettings", "settings", "settings.xml"),
            inside("rIdFonts", "fontTable", "fontTable.xml"),
        ];
        let mut types = vec![
            ("word/document.xml".to_owned(), format!("{TYPES}document.main+xml")),
            ("word/styles.xml".to_owned(), format!("{TYPES}styles+xml")),
            ("word/settings.xml".to_owned(), format!("{TYPES}settings+xml")),
            ("word/fontTable.xml".to_owned(), format!("{TYPES}fontTable+xml")),
        ];
        let lists = styles::Lists {
            outline: if meta.numbering == crate::document::Numbering::None { 0 } else { writer.scopes[0].outline },
            base: writer.look.base,
            clauses: writer.scopes[0].clauses,
            bullets: writer.bullet_list,
        };
        let mut more = vec![
            ("word/styles.xml".to_owned(), styles::xml(meta, &writer.look, lists, NAMESPACES)),
            ("word/settings.xml".to_owned(), settings(writer)),
            ("word/fontTable.xml".to_owned(), theme::fonts(NAMESPACES)),
        ];
        if !writer.numbering.is_empty() {
            document.push(inside("rIdNumbering", "numbering", "numbering.xml"));
            types.push(("word/numbering.xml".to_owned(), format!("{TYPES}numbering+xml")));
            more.push(("word/numbering.xml".to_owned(), writer.numbering.xml(NAMESPACES)));
        }
        if let Some(notes) = writer.footnotes() {
            document.push(inside("rIdNotes", "footnotes", "footnotes.xml"));
            types.push(("word/footnotes.xml".to_owned(), format!("{TYPES}footnotes+xml")));
            more.push(("word/footnotes.xml".to_owned(), notes));
            if !writer.relations[1].is_empty() {
                let links: Vec<_> = links(&writer.relations[1]).collect();
                more.push(("word/_rels/footnotes.xml.rels".to_owned(), relations(&links)));
            }
        }
        let mut referenced = Vec::new();
        for (at, part) in writer.page_parts(head).into_iter().enumerate() {
            let (name, tag) =
                (format!("{}{}.xml", part.kind, at / 2 + 1), if part.kind == "header" { "hdr" } else { "ftr" });
            let id = format!("rIdPage{}", at + 1);
            document.push(inside(&id, part.kind, &name));
            types.push((format!("word/{name}"), format!("{TYPES}{}+xml", part.kind)));
            more.push((format!("word/{name}"), format!("<w:{tag} {NAMESPACES}>{}</w:{tag}>", part.xml)));
            if part.kind == "header" && part.pages == "first" && !writer.relations[2].is_empty() {
                let links: Vec<_> = links(&writer.relations[2]).collect();
                more.push((format!("word/_rels/{name}.rels"), relations(&links)));
            }
            referenced.push((part, id));
        }
        document.extend(links(&writer.relations[0]));
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), content_types(&types)),
            (
                "_rels/.rels".to_owned(),
                relations(&[
                    inside("rId1", "officeDocument", "word/document.xml"),
                    inside(
                        "rId2",
                        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                        "docProps/core.xml",
                    ),
                    inside("rId3", "extended-properties", "docProps/app.xml"),
                    inside("rId4", "custom-properties", "docProps/custom.xml"),
                ]),
            ),
            ("docProps/core.xml".to_owned(), core(meta)),
            ("docProps/app.xml".to_owned(), APP.to_owned()),
            ("docProps/custom.xml".to_owned(), custom(meta)),
            (
                "word/document.xml".to_owned(),
                format!("<w:document {NAMESPACES}><w:body>{body}{}</w:body></w:document>", writer.section(&referenced)),
            ),
            ("word/_rels/document.xml.rels".to_owned(), relations(&document)),
        ];
        parts.extend(more);
        Self { parts }
    }

    /// Returns the archive.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // The first day that an archive can name, for there is no other that is the same each time.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in &self.parts {
            archive.start_file(name.as_str(), options).expect("part names are short and different");
            archive.write_all(DECLARATION.as_bytes()).expect("writing to memory does not fail");
            archive.write_all(xml.as_bytes()).expect("writing to memory does not fail");
        }
        archive.finish().expect("writing to memory does not fail").into_inner()
    }
}

fn content_types(parts: &[(String, String)]) -> String {
    let mut out = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        .to_owned();
    for (name, kind) in parts {
        put!(out, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    }
    for (name, kind) in [
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
    ] {
        put!(out, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    }
    out.push_str("</Types>");
    out
}

const APP: &str = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
    <Application>engross</Application></Properties>";

/// Title, author, keywords, date, language.
fn core(meta: &Meta) -> String {
    let mut out = "<cp:coreProperties \
        xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
        xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        .to_owned();
    put!(out, "<dc:title>{}</dc:title>", escape(&without_isolates(&meta.title)));
    if let Some(subtitle) = &meta.subtitle {
        put!(out, "<dc:subject>{}</dc:subject>", escape(subtitle));
    }
    put!(out, "<dc:creator>{}</dc:creator>", escape(&meta.author));
    if !meta.keywords.is_empty() {
        put!(out, "<cp:keywords>{}</cp:keywords>", escape(&meta.keywords.join(", ")));
    }
    put!(out, "<cp:lastModifiedBy>{}</cp:lastModifiedBy>", escape(&meta.author));
    if let Some(date) = meta.date_iso.as_deref().filter(|date| is_date(date)) {
        for key in ["created", "modified"] {
            put!(out, "<dcterms:{key} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:{key}>");
        }
    }
    put!(out, "<cp:category>{}</cp:category>", escape(&meta.kind));
    put!(out, "<dc:language>{}</dc:language>", language::tag(meta.locale));
    let status = match meta.status {
        Status::Draft => "Draft",
        Status::Final => "Final",
    };
    put!(out, "<cp:contentStatus>{status}</cp:contentStatus></cp:coreProperties>");
    out
}

/// Returns whether a text has the form of a day: `2026-01-12`.
fn is_date(text: &str) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    form && part(0, 4).is_some_and(|year| year >= 1)
        && part(5, 7).is_some_and(|month| (1..=12).contains(&month))
        && part(8, 10).is_some_and(|day| (1..=28).contains(&day) || (29..=31).contains(&day))
}

/// What Word lists under its own properties: reference, confidentiality, keywords.
fn custom(meta: &Meta) -> String {
    let keywords = (!meta.keywords.is_empty()).then(|| meta.keywords.join(", "));
    let values = [
        ("Reference", meta.reference.clone()),
        ("Confidentiality", meta.confidentiality.clone()),
        ("Case", keywords),
        ("Kind", Some(meta.kind.clone())),
    ];
    let mut out = "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
        xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
        .to_owned();
    let given = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
    for (at, (name, value)) in given.enumerate() {
        put!(
            out,
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{name}\">\
             <vt:lpwstr>{}</vt:lpwstr></property>",
            at + 2,
            escape(&value)
        );
    }
    out.push_str("</Properties>");
    out
}

fn settings(writer: &Writer<'_>) -> String {
    let meta = &writer.document.meta;
    let rtl = writer.rtl();
    let latin = if rtl { language::tag(Locale::from(Lang::En)) } else { language::tag(meta.locale) };
    let mut out = format!("<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/>");
    if !rtl {
        out.push_str("<w:autoHyphenation/><w:consecutiveHyphenLimit w:val=\"2\"/><w:doNotHyphenateCaps/>");
    }
    out.push_str("<w:characterSpacingControl w:val=\"doNotCompress\"/>");
    if !writer.notes.is_empty() {
        out.push_str("<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>");
    }
    // A justified line that ends with a break is not stretched.
    out.push_str("<w:compat><w:doNotExpandShiftReturn/>");
    for (name, value) in [
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    ] {
        put!(
            out,
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        );
    }
    put!(
        out,
        "</w:compat><w:themeFontLang w:val=\"{latin}\" w:bidi=\"{}\"/><w:decimalSymbol w:val=\".\"/>\
         <w:listSeparator w:val=\",\"/></w:settings>",
        writer.arabic_tag()
    );
    out
}
