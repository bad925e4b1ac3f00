//! The page: its size and type, running header, footer, draft mark.

use super::Writer;
use super::inline::Content;
use super::markup::{FIELD_END, Paragraph, Run, border, escape, field_start, mm10, put};
use super::theme::{ALERT, INK};
use crate::document::{Block, Document, Frame, LetterStyle, Meta, Paper, Status};

/// Measures and sizes of a document, lengths in twentieths of a point, type in half points.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// Width and height of the paper.
    paper: (u32, u32),
    /// Margins: top, right, bottom, left.
    margins: (u32, u32, u32, u32),
    /// Distance of the header from the edge of the paper.
    header: u32,
    /// Size of text.
    pub(super) size: u32,
    /// Colour of headings and rules.
    pub(super) accent: &'static str,
    /// Level of the highest heading, from 0.
    pub(super) base: usize,
    /// What is added to levels of headings.
    pub(super) shift: usize,
    /// Whether the title is long, hence smaller.
    pub(super) long_title: bool,
    /// Size of an address.
    pub(super) address: u32,
    /// Size of the first line of a letterhead.
    pub(super) name: u32,
    /// Size of reference lines.
    pub(super) info: u32,
    /// Size of text in tables.
    pub(super) table: u32,
    /// Size of text in fields.
    pub(super) field: u32,
}

impl Look {
    /// Returns the look of a document, after its frame.
    pub(super) fn of(document: &Document) -> Self {
        let meta = &document.meta;
        let rtl = meta.locale.lang.is_rtl();
        let paper = match meta.paper {
            Paper::A4 => (11906, 16838),
            Paper::Letter => (12240, 15840),
        };
        let letter = meta.letter.as_ref();
        let unit = letter.is_none_or(|letter| letter.style == LetterStyle::Unit);
        let (top, side, other, bottom) = match (meta.frame, unit) {
            (Frame::Letter, true) => (250, 250, 200, 230),
            (Frame::Letter, false) => (220, 250, 250, 230),
            (Frame::Form, _) => (240, 220, 220, 210),
            (Frame::Parallel, _) => (240, 180, 180, 220),
            (Frame::Agreement | Frame::Terms, _) => (270, 250, 250, 250),
        };
        let (left, right) = if rtl { (other, side) } else { (side, other) };
        let base = usize::from(letter.is_some_and(|letter| !letter.subject.is_empty()));
        let highest = highest(&document.blocks).unwrap_or(1).max(1);
        let head = letter.map(|letter| &letter.head);
        let long_name = head
            .and_then(|head| head.lines.first())
            .is_some_and(|line| crate::document::walk::plain(line).chars().count() > 62);
        let recipient = letter.map_or(0, |letter| letter.recipient.len());
        let size = match meta.frame {
            Frame::Letter | Frame::Agreement => 21,
            Frame::Terms => 20,
            Frame::Form | Frame::Parallel => 19,
        };
        Self {
            paper,
            margins: (mm10(top), mm10(right), mm10(bottom), mm10(left)),
            header: mm10(if meta.frame == Frame::Letter { 125 } else { 145 }),
            size,
            accent: if letter.is_some() && !unit { INK } else { "1D3557" },
            base,
            shift: base + 1 - usize::from(highest),
            long_title: meta.title.chars().count() > 110,
            address: if recipient > 9 {
                17
            } else if recipient > 6 {
                19
            } else {
                20
            },
            name: match (unit, long_name) {
                (false, _) => 21,
                (true, true) => 26,
                (true, false) => 32,
            },
            info: if unit { 18 } else { 20 },
            table: 18,
            field: size - 1,
        }
    }

    /// Returns the width of the text.
    pub(super) fn width(&self) -> u32 {
        self.paper.0 - self.margins.1 - self.margins.3
    }

    /// Returns the distance from the edge of the paper to the header.
    pub(super) fn header(&self) -> u32 {
        self.header
    }
}

/// Returns the highest level of the headings that stand by themselves.
fn highest(blocks: &[Block]) -> Option<u8> {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        // Both columns have their titles at the first level.
        Block::Parallel(_) => Some(1),
        _ => None,
    });
    levels.min()
}

/// A header or footer.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// `header` or `footer`.
    pub(super) kind: &'static str,
    /// Pages that it is for: `first` or `default`.
    pub(super) pages: &'static str,
    /// Its paragraphs.
    pub(super) xml: String,
}

impl Writer<'_> {
    /// Returns headers and footers; `head` stands in the header of the first page.
    pub(super) fn page_parts(&mut self, head: &str) -> Vec<Part> {
        let meta = &self.document.meta;
        let empty = Paragraph::styled("Spacer", false).around("");
        let footer = self.footer(meta);
        let first_footer = if meta.frame == Frame::Letter { empty.clone() } else { footer.clone() };
        let first = if head.is_empty() { empty } else { head.to_owned() };
        vec![
            Part { kind: "header", pages: "default", xml: self.draft(2) + &self.running_header(meta) },
            Part { kind: "footer", pages: "default", xml: footer },
            Part { kind: "header", pages: "first", xml: self.draft(1) + &first },
            Part { kind: "footer", pages: "first", xml: first_footer },
        ]
    }

    /// Title and date.
    fn running_header(&self, meta: &Meta) -> String {
        let rtl = self.rtl();
        let mut runs = self.text(&shorten(&meta.title, 90), Run { italic: true, ..Run::default() }, rtl);
        if let Some(date) = &meta.date {
            runs.push_str("<w:r><w:tab/></w:r>");
            runs.push_str(&self.text(date, Run::default(), rtl));
        }
        Paragraph::styled("Header", rtl).around(&runs)
    }

    /// Reference, confidentiality and page number.
    fn footer(&self, meta: &Meta) -> String {
        let rtl = self.rtl();
        let mut runs = String::new();
        if let Some(reference) = &meta.reference {
            runs.push_str(&self.text(&shorten(reference, 60), Run::default(), rtl));
        }
        if let Some(confidentiality) = &meta.confidentiality {
            if !runs.is_empty() {
                runs.push_str(&self.text("  ·  ", Run::default(), rtl));
            }
            runs.push_str(&self.text(confidentiality, Run { bold: true, ..Run::default() }, rtl));
        }
        runs.push_str("<w:r><w:tab/></w:r>");
        let pattern = self.word("page_of").unwrap_or("{page}/{pages}");
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            let field =
                [("{page}", "PAGE"), ("{pages}", "NUMPAGES")].into_iter().find(|(key, _)| rest[at..].starts_with(key));
            let Some((key, instruction)) = field else {
                runs.push_str(&self.text(&rest[..=at], Run::default(), rtl));
                rest = &rest[at + 1..];
                continue;
            };
            runs.push_str(&self.text(&rest[..at], Run::default(), rtl));
            runs.push_str(&field_start(instruction));
            // Word shows the digits of the run's language.
            let own_digits = self.word("digits").is_some_and(|digits| !digits.is_empty());
            let look = Run { machine: true, ..Run::default() }.xml(own_digits.then(|| self.arabic_tag()));
            put!(runs, "<w:r>{look}<w:t>1</w:t></w:r>");
            runs.push_str(FIELD_END);
            rest = &rest[at + key.len()..];
        }
        runs.push_str(&self.text(rest, Run::default(), rtl));
        Paragraph::styled("Footer", rtl).around(&runs)
    }

    /// The draft mark of a page: framed at its head, and pale behind its text.
    fn draft(&self, number: u32) -> String {
        let meta = &self.document.meta;
        if meta.status == Status::Final {
            return String::new();
        }
        let mark = self.word("draft").unwrap_or("DRAFT");
        let rtl = super::bidi::has_rtl(mark);
        let borders = ["top", "left", "bottom", "right"].map(|side| border(side, 6, 2, ALERT)).concat();
        let framed = Paragraph {
            borders,
            frame: format!(
                "w:w=\"{}\" w:h=\"380\" w:hRule=\"exact\" w:hSpace=\"0\" w:wrap=\"notBeside\" w:vAnchor=\"page\" \
                 w:hAnchor=\"page\" w:xAlign=\"center\" w:y=\"260\"",
                500 + 170 * u32::try_from(mark.chars().count()).unwrap_or(u32::MAX / 512).min(50)
            ),
            ..Paragraph::styled("DraftMark", rtl)
        };
        let runs = self.text(mark, Run::default(), rtl);
        framed.around(&runs) + &Paragraph::styled("Spacer", false).around(&watermark(mark, number))
    }

    /// Returns the properties of the only section; `parts` are relationship identifiers of headers and footers.
    pub(super) fn section(&self, parts: &[(Part, String)]) -> String {
        let look = &self.look;
        let mut out = "<w:sectPr>".to_owned();
        for kind in ["header", "footer"] {
            for (part, id) in parts.iter().filter(|(part, _)| part.kind == kind) {
                put!(out, "<w:{kind}Reference w:type=\"{}\" r:id=\"{id}\"/>", part.pages);
            }
        }
        let (width, height) = look.paper;
        let (top, right, bottom, left) = look.margins;
        put!(
            out,
            "<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" \
             w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/>\
             <w:cols w:space=\"708\"/><w:titlePg/>",
            look.header,
            mm10(110)
        );
        if self.rtl() {
            out.push_str("<w:bidi/>");
        }
        out.push_str("</w:sectPr>");
        out
    }

    /// The title of a paper: confidentiality, title, subtitle, reference and date.
    pub(super) fn title_block(&mut self) -> String {
        let document = self.document;
        let meta = &document.meta;
        let rtl = self.rtl();
        let mut out = String::new();
        if let Some(confidentiality) = &meta.confidentiality {
            let run = Run { bold: true, colour: ALERT, size: 19, ..Run::default() };
            let runs = self.text(confidentiality, run, rtl);
            out.push_str(&Paragraph { keep_next: true, align: "left", ..Paragraph::styled("", rtl) }.around(&runs));
        }
        out.push_str(&Paragraph::styled("Title", rtl).around(&self.text(&meta.title, Run::default(), rtl)));
        if let Some(subtitle) = &meta.subtitle {
            out.push_str(&Paragraph::styled("Subtitle", rtl).around(&self.text(subtitle, Run::default(), rtl)));
        }
        let mut content = Content::default();
        let colon = self.word("colon").unwrap_or(":").to_owned();
        for (key, value) in [("reference", &meta.reference), ("date", &meta.date)] {
            let Some(value) = value else { continue };
            if !content.is_empty() {
                content.text("      ", Run::default());
            }
            let label = self.word(key).unwrap_or_default();
            content.text(&format!("{label}{colon} "), Run::styled("Soft"));
            content.text(value, Run { bold: true, ..Run::default() });
        }
        out.push_str(&Paragraph::styled("References", rtl).around(&self.runs(&content, rtl)));
        out
    }
}

/// Cuts a text at a word.
fn shorten(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let cut = &text[..end];
    format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}

/// Returns the run of a word across the page behind the text, as Word itself writes it.
fn watermark(mark: &str, number: u32) -> String {
    let count = u32::try_from(mark.chars().count()).unwrap_or(u32::MAX).clamp(4, 24);
    // Of one height however long the word is, as far as it fits on the page.
    let height = (780 / count).min(110);
    let width = (height * count * 7 / 10).min(440);
    format!(
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>\
         <v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/>\
         <v:f eqn=\"if @0 @3 0\"/><v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/>\
         <v:f eqn=\"mid @5 @6\"/><v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/>\
         <v:f eqn=\"sum @6 0 @5\"/></v:formulas><v:path textpathok=\"t\" o:connecttype=\"custom\" \
         o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" o:connectangles=\"270,180,90,0\"/>\
         <v:textpath on=\"t\" fitshape=\"t\"/><v:handles><v:h position=\"#0,bottomRight\" xrange=\"6629,14971\"/>\
         </v:handles><o:lock v:ext=\"edit\" text=\"t\" shapetype=\"t\"/></v:shapetype>\
         <v:shape id=\"PowerPlusWaterMarkObject{number}\" o:spid=\"_x0000_s{}\" type=\"#_x0000_t136\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;\
         z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
         mso-position-vertical:center;mso-position-vertical-relative:margin\" o:allowincell=\"f\" \
         fillcolor=\"#f4edea\" stroked=\"f\"><v:textpath style=\"font-family:&quot;Cambria&quot;;font-size:1pt\" \
         string=\"{}\"/><w10:wrap anchorx=\"margin\" anchory=\"margin\"/></v:shape></w:pict></w:r>",
        2048 + number,
        escape(mark)
    )
}
