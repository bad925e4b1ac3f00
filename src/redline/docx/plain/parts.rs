//! The parts of a Word file of our own, and its archive (ECMA-376, parts 1 and 2).

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::markup::put;
use crate::locale::Lang;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const SECTION: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" \
    w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";

/// Returns `styles.xml`.
pub(super) fn styles(lang: Option<Lang>, rtl: bool) -> String {
    let code = lang.map_or("en", Lang::code);
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"22\"/>\
         <w:szCs w:val=\"{}\"/><w:lang w:val=\"{code}\" w:bidi=\"{code}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        if rtl { 26 } else { 22 }
    );
    for (depth, size) in [(1, 28), (2, 24), (3, 22), (4, 22), (5, 22), (6, 22)] {
        put!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{depth}\"><w:name w:val=\"heading {depth}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
             <w:spacing w:before=\"{}\" w:after=\"120\"/><w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/>\
             <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            if depth == 1 { 360 } else { 240 },
            depth - 1
        );
    }
    out.push_str(
        "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/><w:basedOn \
         w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr>\
         <w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style><w:style w:type=\"table\" w:default=\"1\" \
         w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         </w:style><w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn \
         w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>",
    );
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        put!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    }
    out.push_str("</w:tblBorders></w:tblPr></w:style></w:styles>");
    out
}

/// Puts the parts together. `notes` are the footnotes and the endnotes, each may be empty.
pub(super) fn archive(body: &str, styles: &str, numbering: &str, notes: [&str; 2]) -> Vec<u8> {
    let mut types = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}document.main+xml\"/>"
    );
    let mut relations =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let root = format!(
        "{relations}<Relationship Id=\"rId1\" Type=\"{RELATION}officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let mut parts = vec![(
        "word/document.xml".to_owned(),
        format!("{HEAD}<w:document {NAMESPACES}><w:body>{body}{SECTION}</w:body></w:document>"),
    )];
    let mut add = |name: &str, content: String| {
        put!(types, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPE}{name}+xml\"/>");
        put!(relations, "<Relationship Id=\"rId{name}\" Type=\"{RELATION}{name}\" Target=\"{name}.xml\"/>");
        parts.push((format!("word/{name}.xml"), content));
    };
    add("styles", styles.to_owned());
    if !numbering.is_empty() {
        add("numbering", format!("{HEAD}<w:numbering {NAMESPACES}>{numbering}</w:numbering>"));
    }
    for (name, content) in ["footnote", "endnote"].into_iter().zip(notes) {
        if !content.is_empty() {
            add(
                &format!("{name}s"),
                format!("{HEAD}<w:{name}s {NAMESPACES}>{}{content}</w:{name}s>", separators(name)),
            );
        }
    }
    types.push_str("</Types>");
    relations.push_str("</Relationships>");
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), types),
        ("_rels/.rels".to_owned(), root),
        ("word/_rels/document.xml.rels".to_owned(), relations),
    ];
    all.append(&mut parts);
    zipped(&all)
}

/// Returns the two notes that stand for the line above the notes, which Word wants first.
pub(in super::super) fn separators(name: &str) -> String {
    format!(
        "<w:{name} w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:{name}><w:{name} \
         w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{name}>"
    )
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    // A fixed time: the same draft gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // Writing to memory fails for no part below 4 GB with a name of its own.
        let _ = archive.start_file(name.as_str(), options).map(|()| archive.write_all(content.as_bytes()));
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}
