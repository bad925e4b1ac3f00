//! Styles, named as Word names its own, so that it lists and translates them.

use super::language;
use super::markup::put;
use super::page::Look;
use super::theme::{ALERT, FONT, FONT_ARABIC, FONT_CODE, INK, LINE, SHADE, SOFT, TINT};
use crate::document::{Frame, Meta};
use crate::locale::{Lang, Locale};

/// Style identifiers of headings.
const HEADINGS: [&str; 9] =
    ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6", "Heading7", "Heading8", "Heading9"];

/// Returns the style of a heading; levels count from 0.
pub(super) fn heading(level: usize) -> &'static str {
    HEADINGS[level.min(HEADINGS.len() - 1)]
}

/// A style: kind, identifier, name, style that it is based on, next style, paragraph and run properties.
struct Style<'a> {
    kind: &'a str,
    id: &'a str,
    name: &'a str,
    based: &'a str,
    next: &'a str,
    paragraph: String,
    run: String,
}

fn add(out: &mut String, style: &Style<'_>) {
    // Styles that Word does not know are its user's own.
    let custom = if OWN.contains(&style.id) { " w:customStyle=\"1\"" } else { "" };
    put!(
        out,
        "<w:style w:type=\"{}\"{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
        style.kind,
        style.id,
        style.name
    );
    if !style.based.is_empty() {
        put!(out, "<w:basedOn w:val=\"{}\"/>", style.based);
    }
    if !style.next.is_empty() {
        put!(out, "<w:next w:val=\"{}\"/>", style.next);
    }
    out.push_str("<w:uiPriority w:val=\"10\"/><w:qFormat/>");
    if !style.paragraph.is_empty() {
        put!(out, "<w:pPr>{}</w:pPr>", style.paragraph);
    }
    if !style.run.is_empty() {
        put!(out, "<w:rPr>{}</w:rPr>", style.run);
    }
    out.push_str("</w:style>");
}

/// Styles that Word does not have.
const OWN: &[&str] = &[
    "Clause1",
    "Clause2",
    "Clause3",
    "Small",
    "Lead",
    "Note",
    "Subject",
    "Letterhead",
    "LetterheadState",
    "LetterheadDetails",
    "Info",
    "TableText",
    "TableHead",
    "Spacer",
    "FieldLabel",
    "FieldValue",
    "Party",
    "Blank",
    "DraftMark",
    "DataTable",
    "Soft",
    "Answer",
    "References",
];

fn spacing(before: u32, after: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\"/>")
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{}\"/>", arabic(half_points))
}

/// Arabic letters look smaller than Latin ones of the same size.
fn arabic(half_points: u32) -> u32 {
    half_points + half_points / 8
}

const BOLD: &str = "<w:b/><w:bCs/>";
const ITALIC: &str = "<w:i/>";

/// Returns the part `word/styles.xml`.
pub(super) fn xml(meta: &Meta, look: &Look, list: Lists, namespaces: &str) -> String {
    let rtl = meta.locale.lang.is_rtl();
    let mut out = format!("<w:styles {namespaces}>");
    let (latin, complex) = if rtl {
        (language::tag(Locale::from(Lang::En)), language::tag(meta.locale))
    } else {
        (language::tag(meta.locale), language::tag(Locale::from(Lang::Ar)))
    };
    put!(
        out,
        "<w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{FONT}\" w:eastAsia=\"{FONT}\" w:hAnsi=\"{FONT}\" w:cs=\"{FONT_ARABIC}\"/>{}\
         <w:lang w:val=\"{latin}\" w:eastAsia=\"{latin}\" w:bidi=\"{complex}\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:after=\"140\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>",
        size(look.size)
    );
    out.push_str(
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>",
    );
    if meta.frame != Frame::Form && meta.frame != Frame::Parallel && !rtl {
        out.push_str("<w:pPr><w:jc w:val=\"both\"/></w:pPr>");
    }
    out.push_str(
        "</w:style><w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>",
    );
    headings(&mut out, meta, look, list);
    for style in paragraphs(look, list) {
        add(&mut out, &style);
    }
    for style in characters(look) {
        add(&mut out, &style);
    }
    tables(&mut out, look);
    out.push_str("</w:styles>");
    out
}

/// Numbers of lists that styles are linked to; 0 for none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lists {
    /// The list of headings and clauses.
    pub(super) outline: u32,
    /// How far the heading of the first level of that list is below Heading 1.
    pub(super) base: usize,
    /// Whether its second level is clauses, not sections.
    pub(super) clauses: bool,
    /// The list of bullets.
    pub(super) bullets: u32,
}

/// Returns the numbering of a style; the level is left out where it is the first, as Word does.
fn linked(list: u32, level: usize) -> String {
    if list == 0 {
        return String::new();
    }
    let level = if level == 0 { String::new() } else { format!("<w:ilvl w:val=\"{level}\"/>") };
    format!("<w:numPr>{level}<w:numId w:val=\"{list}\"/></w:numPr>")
}

fn headings(out: &mut String, meta: &Meta, look: &Look, list: Lists) {
    for (level, id) in HEADINGS.into_iter().enumerate() {
        let visual = level.saturating_sub(look.base);
        let letter = meta.frame == Frame::Letter;
        let points = match (letter, visual) {
            (true, 0) => 22,
            (false, 0) => 25,
            (false, 1) => 22,
            _ => 21,
        };
        let number = match level.checked_sub(list.base) {
            Some(0) => linked(list.outline, 0),
            Some(below) if !list.clauses => linked(list.outline, below),
            _ => String::new(),
        };
        let (before, after) = if letter { (200, 100) } else { ([300, 260, 220, 220][visual.min(3)], 120) };
        add(
            out,
            &Style {
                kind: "paragraph",
                id,
                name: &format!("heading {}", level + 1),
                based: "Normal",
                next: "Normal",
                paragraph: format!(
                    "<w:keepNext/><w:keepLines/>{number}<w:suppressAutoHyphens/>{}<w:jc w:val=\"left\"/>\
                 <w:outlineLvl w:val=\"{level}\"/>",
                    spacing(before, after)
                ),
                run: format!(
                    "{BOLD}{}<w:color w:val=\"{}\"/>{}",
                    if visual >= 2 { ITALIC } else { "" },
                    if letter { INK } else { look.accent },
                    size(points)
                ),
            },
        );
    }
}

fn paragraphs(look: &Look, list: Lists) -> Vec<Style<'static>> {
    let style = |id, name, based, next, paragraph: String, run: String| Style {
        kind: "paragraph",
        id,
        name,
        based,
        next,
        paragraph,
        run,
    };
    let accent = look.accent;
    let base = look.size;
    let left = "<w:jc w:val=\"left\"/>";
    let clause = |level: usize| if list.clauses { linked(list.outline, level) } else { String::new() };
    let soft = format!("<w:color w:val=\"{SOFT}\"/>");
    let colour = format!("<w:color w:val=\"{accent}\"/>");
    let tight =
        |after: u32| format!("<w:spacing w:before=\"0\" w:after=\"{after}\" w:line=\"240\" w:lineRule=\"auto\"/>");
    let no_hyphens = "<w:suppressAutoHyphens/>";
    let tabs = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>{no_hyphens}", look.width());
    let edge = |side: &str, space: u32| {
        format!("<w:pBdr><w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"{space}\" w:color=\"{LINE}\"/></w:pBdr>")
    };
    vec![
        style(
            "Title",
            "Title",
            "Normal",
            "Subtitle",
            format!("<w:keepNext/>{no_hyphens}{}<w:contextualSpacing/>{left}", tight(120)),
            format!("{BOLD}{colour}{}", size(if look.long_title { 34 } else { 44 })),
        ),
        style(
            "Subtitle",
            "Subtitle",
            "Normal",
            "Normal",
            format!("<w:keepNext/>{no_hyphens}{}{left}", tight(120)),
            format!("{ITALIC}{soft}{}", size(26)),
        ),
        style(
            "References",
            "References",
            "Normal",
            "Normal",
            format!(
                "<w:pBdr><w:top w:val=\"single\" w:sz=\"8\" w:space=\"6\" w:color=\"{accent}\"/></w:pBdr>{no_hyphens}{}{left}",
                tight(240)
            ),
            size(19),
        ),
        style("Clause1", "Clause 1", "Normal", "", clause(1), String::new()),
        style("Clause2", "Clause 2", "Normal", "", format!("{}{}", clause(2), spacing(0, 80)), String::new()),
        style("Clause3", "Clause 3", "Normal", "", format!("{}{}", clause(3), spacing(0, 80)), String::new()),
        style(
            "ListBullet",
            "List Bullet",
            "Normal",
            "",
            format!("{}{}<w:contextualSpacing/>", linked(list.bullets, 0), spacing(0, 100)),
            String::new(),
        ),
        style(
            "ListBullet2",
            "List Bullet 2",
            "Normal",
            "",
            format!("{}{}<w:contextualSpacing/>", linked(list.bullets, 1), spacing(0, 100)),
            String::new(),
        ),
        style(
            "ListNumber",
            "List Number",
            "Normal",
            "",
            format!("{}<w:contextualSpacing/>", spacing(0, 100)),
            String::new(),
        ),
        style("ListContinue", "List Continue", "Normal", "", spacing(0, 100), String::new()),
        style(
            "Quote",
            "Quote",
            "Normal",
            "Normal",
            "<w:ind w:left=\"397\" w:right=\"397\"/>".to_owned(),
            String::new(),
        ),
        style(
            "Salutation",
            "Salutation",
            "Normal",
            "Normal",
            format!("<w:keepNext/>{}{left}", spacing(120, 200)),
            String::new(),
        ),
        style(
            "Closing",
            "Closing",
            "Normal",
            "Signature",
            format!("<w:keepNext/>{}", spacing(200, 140)),
            String::new(),
        ),
        style(
            "Signature",
            "Signature",
            "Normal",
            "",
            format!("<w:keepNext/><w:keepLines/>{no_hyphens}{}{left}", tight(40)),
            String::new(),
        ),
        style("Party", "Party", "Signature", "", String::new(), size(base.min(20))),
        style("Date", "Date", "Normal", "Normal", format!("{no_hyphens}{}{left}", tight(60)), String::new()),
        style(
            "EnvelopeAddress",
            "envelope address",
            "Normal",
            "",
            format!("{no_hyphens}{}{left}", tight(0)),
            size(look.address),
        ),
        style(
            "EnvelopeReturn",
            "envelope return",
            "Normal",
            "",
            format!("{}{no_hyphens}{}{left}", edge("bottom", 2), tight(60)),
            format!("{soft}{}", size(14)),
        ),
        style(
            "Subject",
            "Subject",
            "Normal",
            "Salutation",
            format!("<w:keepNext/><w:keepLines/>{no_hyphens}{}{left}<w:outlineLvl w:val=\"0\"/>", spacing(240, 240)),
            format!("{BOLD}{}", size(23)),
        ),
        style(
            "LetterheadState",
            "Letterhead State",
            "Normal",
            "Letterhead",
            format!("<w:keepNext/>{no_hyphens}{}<w:jc w:val=\"center\"/>", tight(40)),
            format!("{BOLD}<w:caps/>{}", size(30)),
        ),
        style(
            "Letterhead",
            "Letterhead",
            "Normal",
            "",
            format!("{no_hyphens}{}{left}", tight(60)),
            format!("{BOLD}{colour}{}", size(look.name)),
        ),
        style(
            "LetterheadDetails",
            "Letterhead Details",
            "Normal",
            "",
            format!("{no_hyphens}{}{left}", tight(0)),
            format!("{soft}{}", size(16)),
        ),
        style("Info", "Info", "Normal", "", format!("{no_hyphens}{}{left}", tight(50)), size(look.info)),
        style("Small", "Small", "Normal", "", String::new(), format!("{soft}{}", size(18))),
        style("Lead", "Lead", "Normal", "Normal", String::new(), size(base + 2)),
        style("Note", "Note", "Normal", "", spacing(0, 100), size(base - 1)),
        style("TableText", "Table Text", "Normal", "", format!("{no_hyphens}{}{left}", tight(0)), size(look.table)),
        style("TableHead", "Table Head", "TableText", "", "<w:keepNext/>".to_owned(), BOLD.to_owned()),
        style("FieldLabel", "Field Label", "TableText", "", String::new(), format!("{soft}{}", size(look.field))),
        style("FieldValue", "Field Value", "TableText", "", String::new(), size(look.field)),
        style("Answer", "Answer", "Normal", "", format!("{}{left}", tight(60)), String::new()),
        style("Spacer", "Spacer", "Normal", "Normal", format!("{no_hyphens}{}", tight(0)), size(4)),
        style(
            "DraftMark",
            "Draft Mark",
            "Normal",
            "",
            format!("{no_hyphens}{}<w:jc w:val=\"center\"/>", tight(0)),
            format!("{BOLD}<w:caps/><w:color w:val=\"{ALERT}\"/>{}", size(18)),
        ),
        style(
            "HTMLPreformatted",
            "HTML Preformatted",
            "Normal",
            "",
            format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{SHADE}\"/>{no_hyphens}{}{left}", tight(120)),
            format!("{}{}", code_font(), size(18)),
        ),
        style(
            "Header",
            "header",
            "Normal",
            "",
            format!("{}{tabs}{}{left}", edge("bottom", 4), tight(0)),
            format!("{soft}{}", size(17)),
        ),
        style(
            "Footer",
            "footer",
            "Normal",
            "",
            format!("{}{tabs}{}{left}", edge("top", 4), tight(0)),
            format!("{soft}{}", size(17)),
        ),
        style("FootnoteText", "footnote text", "Normal", "", tight(40), size(18)),
        style(
            "TOCHeading",
            "TOC Heading",
            "Normal",
            "Normal",
            format!("<w:keepNext/>{}{left}", spacing(240, 120)),
            format!("{BOLD}{colour}{}", size(25)),
        ),
        style(
            "TOC1",
            "toc 1",
            "Normal",
            "Normal",
            format!("<w:tabs><w:tab w:val=\"left\" w:pos=\"480\"/></w:tabs>{}{left}", spacing(0, 60)),
            String::new(),
        ),
    ]
}

fn code_font() -> String {
    format!("<w:rFonts w:ascii=\"{FONT_CODE}\" w:hAnsi=\"{FONT_CODE}\" w:cs=\"{FONT_CODE}\"/>")
}

fn characters(look: &Look) -> Vec<Style<'static>> {
    let style = |id, name, run: String| Style {
        kind: "character",
        id,
        name,
        based: "DefaultParagraphFont",
        next: "",
        paragraph: String::new(),
        run,
    };
    vec![
        style("Hyperlink", "Hyperlink", format!("<w:color w:val=\"{}\"/><w:u w:val=\"single\"/>", look.accent)),
        style("FootnoteReference", "footnote reference", "<w:vertAlign w:val=\"superscript\"/>".to_owned()),
        style("PlaceholderText", "Placeholder Text", "<w:color w:val=\"666666\"/>".to_owned()),
        style("HTMLCode", "HTML Code", format!("{}<w:noProof/>{}", code_font(), size(look.size - 2))),
        style("Soft", "Soft", format!("<w:color w:val=\"{SOFT}\"/>")),
        style(
            "Blank",
            "Blank",
            format!("<w:color w:val=\"{ALERT}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{TINT}\"/>"),
        ),
    ]
}

fn tables(out: &mut String, look: &Look) {
    let accent = look.accent;
    let margins = |side: u32, end: u32| {
        format!(
            "<w:tblCellMar><w:top w:w=\"{end}\" w:type=\"dxa\"/><w:left w:w=\"{side}\" w:type=\"dxa\"/>\
             <w:bottom w:w=\"{end}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar>"
        )
    };
    let single = |side: &str, size: u32, colour: &str| super::markup::border(side, size, 0, colour);
    let grid: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|side| single(side, 4, LINE)).collect();
    put!(
        out,
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"39\"/><w:pPr>\
         <w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:tblPr>\
         <w:tblBorders>{grid}</w:tblBorders>{}</w:tblPr></w:style>",
        margins(100, 60)
    );
    put!(
        out,
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"DataTable\"><w:name w:val=\"Data Table\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"40\"/><w:qFormat/><w:tblPr>\
         <w:tblBorders>{}{}{}</w:tblBorders>{}</w:tblPr></w:style>",
        single("top", 8, accent),
        single("bottom", 8, accent),
        single("insideH", 4, LINE),
        margins(90, 50)
    );
}
