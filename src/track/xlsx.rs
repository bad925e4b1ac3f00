//! A track as a spreadsheet (Office Open XML, ECMA-376 part 1, SpreadsheetML); the door to the library that writes it.
//!
//! Nothing that a draft or a case holds is a formula: every text is written as a shared string, and one that
//! begins like a formula is marked as quoted, so that it stays text when somebody edits the cell. The file
//! tells no time but the date of the last draft: the same drafts give the same bytes.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet,
    XlsxError,
};

use super::confidential::Confidential;
use super::model::{Mark, Marked, Piece, Track};
use super::say::Say;
use super::tables::{self, Cell, Table};

/// Longest text of a cell, in UTF-16 units: Excel's own limit is 32,767.
const LONGEST: usize = 32_000;
/// Most pieces of a redline in a cell; a longer one is given as text.
const PIECES: usize = 400;

/// Height of a line of text and of the tallest row that Excel knows, in points.
const LINE: u32 = 15;
const TALLEST: u32 = 409;
/// Width of all columns, in characters, that a page of A4 holds across, and one beyond which A3 is asked for.
const A4: u32 = 100;
const WIDE: u32 = 180;

/// A spreadsheet that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the spreadsheet cannot be made: {0}")]
pub struct XlsxFailed(#[from] XlsxError);

/// Writes a track as a spreadsheet, with what is internal if it is given.
///
/// # Errors
/// When there are more rows than a sheet can hold.
pub fn write(track: &Track, confidential: Option<&Confidential>) -> Result<Vec<u8>, XlsxFailed> {
    let say = Say::new(track);
    let mut book = Workbook::new();
    let date = track.rounds.iter().rev().find_map(|round| round.date).map(|date| date.to_string());
    let created = ExcelDateTime::parse_from_str(date.as_deref().unwrap_or("2000-01-01"))
        .or_else(|_| ExcelDateTime::parse_from_str("2000-01-01"))?;
    book.set_properties(&DocProperties::new().set_title(&track.title).set_creation_datetime(&created));
    let styles = Styles::new();
    let all = [
        tables::rounds(track, confidential),
        tables::issues(track, confidential),
        tables::clauses(track),
        tables::changes(track),
        tables::returned(track),
        tables::checks(track),
    ];
    let banner = confidential.is_some().then(|| say.word("confidential"));
    let mut names: Vec<String> = Vec::new();
    for table in &all {
        let sheet = book.add_worksheet();
        let name = sheet_name(&table.title, &names);
        sheet.set_name(&name)?;
        names.push(name);
        fill(sheet, table, banner, &styles, track)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The looks of cells.
struct Styles {
    head: Format,
    banner: Format,
    text: Format,
    quoted: Format,
    number: Format,
    date: Format,
    same: Format,
    inserted: Format,
    deleted: Format,
}

impl Styles {
    fn new() -> Self {
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let accent = Color::RGB(0x1d_3557);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Bottom)
                .set_font_color(accent)
                .set_background_color(Color::RGB(0xf3_f5f8))
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(accent),
            banner: Format::new().set_bold().set_font_color(Color::RGB(0x9b_2226)),
            quoted: cell.clone().set_quote_prefix(),
            number: cell.clone().set_num_format("#,##0"),
            date: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            text: cell,
            same: Format::new(),
            inserted: Format::new().set_font_color(Color::RGB(0x1b_5e20)).set_underline(FormatUnderline::Single),
            deleted: Format::new().set_font_color(Color::RGB(0x9b_2226)).set_font_strikethrough(),
        }
    }

    fn of(&self, mark: Mark) -> &Format {
        match mark {
            Mark::Same => &self.same,
            Mark::Inserted => &self.inserted,
            Mark::Deleted => &self.deleted,
        }
    }
}

fn fill(
    sheet: &mut Worksheet,
    table: &Table,
    banner: Option<&str>,
    styles: &Styles,
    track: &Track,
) -> Result<(), XlsxError> {
    let head = u32::from(banner.is_some());
    if let Some(banner) = banner {
        sheet.write_string_with_format(0, 0, banner, &styles.banner)?;
        sheet.set_tab_color(Color::RGB(0x9b_2226));
    }
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    for (column, it) in (0u16..).zip(&table.columns) {
        sheet.set_column_width(column, f64::from(it.width))?;
        sheet.write_string_with_format(head, column, &it.title, &styles.head)?;
    }
    let titles = table.columns.iter().map(|it| lines_of(&Cell::Text(it.title.clone()), it.width.into())).max();
    sheet.set_row_height(head, titles.unwrap_or(1) * LINE)?;
    for (row, cells) in (head + 1..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(sheet, row, column, cell, styles)?;
        }
        // LibreOffice leaves rows without a height as high as one line, and cuts what is wrapped.
        let lines = table.columns.iter().zip(cells).map(|(column, cell)| lines_of(cell, column.width.into())).max();
        sheet.set_row_height(row, (lines.unwrap_or(1).max(1) * LINE).min(TALLEST))?;
    }
    let last_row = head + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - 1);
    sheet.set_freeze_panes(head + 1, 1)?;
    sheet.autofilter(head, 0, last_row, last_column)?;
    sheet.set_repeat_rows(0, head)?;
    sheet.set_landscape();
    let width: u32 = table.columns.iter().map(|column| u32::from(column.width)).sum();
    sheet.set_paper_size(if width > WIDE { 8 } else { 9 });
    // To fit a narrow table would be to blow it up.
    if width > A4 {
        sheet.set_print_fit_to_pages(1, 0);
    }
    sheet.set_header_footer_scale_with_doc(false);
    let title = format!("{} – {}", track.title, table.title).replace('&', "&&");
    let title: String = title.chars().filter(|c| !c.is_control()).take(100).collect();
    let mark = banner.map(|banner| format!("&R&B{}", banner.replace('&', "&&"))).unwrap_or_default();
    sheet.set_header(format!("&L{title}{mark}"));
    sheet.set_footer(format!("&L{}&R&P / &N", banner.unwrap_or_default().replace('&', "&&")));
    sheet.set_right_to_left(track.lang.is_rtl());
    Ok(())
}

/// Estimates how many lines a cell takes in a column of so many characters.
fn lines_of(cell: &Cell, width: usize) -> u32 {
    let all = |text: &str| text.split('\n').map(|line| wrapped(line.split(' ').map(len), width)).sum::<u32>();
    match cell {
        Cell::Text(text) => all(text),
        Cell::Number(_) | Cell::Date(_) => 1,
        Cell::Redline(lines) => lines
            .iter()
            .map(|line| match line {
                Marked::Para(pieces) => all(&text_of(pieces)),
                Marked::Row(cells) => all(&cells.iter().map(|cell| text_of(cell)).collect::<Vec<_>>().join(" | ")),
            })
            .sum(),
    }
}

fn text_of(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn len(word: &str) -> usize {
    word.chars().count()
}

/// Returns how many lines words of such lengths take, a blank between two.
fn wrapped(words: impl Iterator<Item = usize>, width: usize) -> u32 {
    let width = width.max(1);
    let (mut lines, mut used) = (1, 0);
    for word in words {
        if used > 0 && used + 1 + word > width {
            lines += 1;
            used = 0;
        }
        used += word + usize::from(used > 0);
        // A word that is longer than the column is broken.
        lines += used.saturating_sub(1) / width;
        used = if used > width { (used - 1) % width + 1 } else { used };
    }
    u32::try_from(lines).unwrap_or(u32::MAX / LINE)
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, styles: &Styles) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => write_text(sheet, row, column, text, styles)?,
        Cell::Number(number) => {
            let number = u32::try_from(*number).unwrap_or(u32::MAX);
            sheet.write_number_with_format(row, column, number, &styles.number)?;
        }
        Cell::Date(date) => match ExcelDateTime::parse_from_str(&date.to_string()) {
            Ok(day) => {
                sheet.write_datetime_with_format(row, column, &day, &styles.date)?;
            }
            // Excel counts from 1900 to 9999.
            Err(_) => write_text(sheet, row, column, &date.to_string(), styles)?,
        },
        Cell::Redline(lines) => redline(sheet, row, column, lines, styles)?,
    }
    Ok(())
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, styles: &Styles) -> Result<(), XlsxError> {
    let text = fitting(text);
    let style = if is_like_formula(&text) { &styles.quoted } else { &styles.text };
    sheet.write_string_with_format(row, column, text, style)?;
    Ok(())
}

fn redline(sheet: &mut Worksheet, row: u32, column: u16, lines: &[Marked], styles: &Styles) -> Result<(), XlsxError> {
    let mut pieces: Vec<(Mark, String)> = Vec::new();
    let mut push = |mark: Mark, text: &str| match pieces.last_mut() {
        Some((last, all)) if *last == mark => all.push_str(text),
        _ => pieces.push((mark, text.to_owned())),
    };
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            push(Mark::Same, "\n");
        }
        match line {
            Marked::Para(line) => line.iter().for_each(|piece| push(piece.mark, &piece.text)),
            Marked::Row(cells) => {
                for (at, cell) in cells.iter().enumerate() {
                    if at > 0 {
                        push(Mark::Same, " | ");
                    }
                    cell.iter().for_each(|piece| push(piece.mark, &piece.text));
                }
            }
        }
    }
    pieces.iter_mut().for_each(|(_, text)| *text = clean(text));
    pieces.retain(|(_, text)| !text.is_empty());
    let length: usize = pieces.iter().map(|(_, text)| text.encode_utf16().count()).sum();
    let begins = pieces.first().is_some_and(|(_, text)| is_like_formula(text));
    let cell = if begins { &styles.quoted } else { &styles.text };
    if pieces.is_empty() {
        return Ok(());
    }
    if length > LONGEST || pieces.len() > PIECES {
        let marked = pieces.iter().map(|(mark, text)| match mark {
            Mark::Same => text.clone(),
            Mark::Inserted => format!("{{+{text}+}}"),
            Mark::Deleted => format!("[-{text}-]"),
        });
        return write_text(sheet, row, column, &marked.collect::<String>(), styles);
    }
    if let [(mark, text)] = pieces.as_slice() {
        let look = match mark {
            Mark::Same => cell.clone(),
            Mark::Inserted => cell.clone().set_font_color(Color::RGB(0x1b_5e20)).set_underline(FormatUnderline::Single),
            Mark::Deleted => cell.clone().set_font_color(Color::RGB(0x9b_2226)).set_font_strikethrough(),
        };
        sheet.write_string_with_format(row, column, text, &look)?;
        return Ok(());
    }
    let rich: Vec<(&Format, &str)> = pieces.iter().map(|(mark, text)| (styles.of(*mark), text.as_str())).collect();
    sheet.write_rich_string_with_format(row, column, &rich, cell)?;
    Ok(())
}

/// Returns whether a spreadsheet would take a text for a formula if it were typed.
fn is_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Leaves out what XML 1.0 cannot hold (section 2.2).
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

/// Cuts a text that is longer than a cell holds.
fn fitting(text: &str) -> String {
    let text = clean(text);
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > LONGEST {
            return format!("{}…", &text[..at]);
        }
    }
    text
}

/// Returns a name for a sheet: at most 31 characters, none of `[]:*?/\`, not taken.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let allowed =
        |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') || c.is_control() { ' ' } else { c };
    let name: String = title.chars().map(allowed).take(28).collect();
    let name = name.trim().to_owned();
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if !name.is_empty() && !is_taken(&name) {
        return name;
    }
    (2..).map(|count| format!("{name} {count}").trim().to_owned()).find(|name| !is_taken(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_known() {
        for text in ["=1+1", "+1", "-1", "@x", " =cmd|' /C calc'!A0", "\t=1"] {
            assert!(is_like_formula(text), "{text}");
        }
        assert!(!is_like_formula("5 = five"));
    }

    #[test]
    fn names_of_sheets_are_short_and_differ() {
        assert_eq!(sheet_name("a/b", &[]), "a b");
        assert_eq!(sheet_name("Rounds", &["rounds".to_owned()]), "Rounds 2");
        assert!(sheet_name(&"x".repeat(99), &[]).chars().count() <= 31);
    }

    #[test]
    fn rows_are_as_high_as_their_text() {
        let cell = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(lines_of(&cell("one two"), 20), 1);
        assert_eq!(lines_of(&cell("one two three four five"), 10), 3);
        assert_eq!(lines_of(&cell("one\ntwo"), 10), 2);
        assert_eq!(lines_of(&cell(&"x".repeat(64)), 16), 4);
        assert_eq!(lines_of(&cell(""), 0), 1);
        let piece = |mark, text: &str| Piece { mark, text: text.to_owned() };
        let line = vec![piece(Mark::Deleted, "three"), piece(Mark::Inserted, "thirty"), piece(Mark::Same, " days")];
        assert_eq!(lines_of(&Cell::Redline(vec![Marked::Para(line.clone()), Marked::Row(vec![line])]), 11), 4);
    }

    #[test]
    fn long_texts_are_cut() {
        assert!(fitting(&"𝒳".repeat(40_000)).encode_utf16().count() <= LONGEST + 1);
        assert_eq!(fitting("a\u{1}b"), "ab");
    }
}
