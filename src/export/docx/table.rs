//! Tables and grids of facts.

use super::Writer;
use super::block::At;
use super::markup::{Paragraph, Run, border, put, spacer};
use super::theme::{LINE, SHADE};
use crate::document::{Align, Inline, walk};

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Width.
    pub(super) width: u32,
    /// Paragraphs and tables.
    pub(super) content: String,
    /// Borders of its own, as elements in the order of the schema.
    pub(super) borders: String,
    /// Colour of the ground.
    pub(super) shade: &'static str,
    /// Where its content stands if the row is higher: empty for the top.
    pub(super) vertical: &'static str,
}

impl Cell {
    /// Returns a cell.
    pub(super) fn new(width: u32, content: String) -> Self {
        Self { width, content, borders: String::new(), shade: "", vertical: "" }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Cells.
    pub(super) cells: Vec<Cell>,
    /// Whether it is repeated on each page.
    pub(super) header: bool,
    /// Whether it stays on one page.
    pub(super) whole: bool,
    /// Height that it has at least.
    pub(super) height: u32,
}

impl Row {
    /// Returns a row of cells, which may break over pages.
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, header: false, whole: false, height: 0 }
    }
}

/// A table of fixed widths.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Table style; empty for none.
    pub(super) style: &'static str,
    /// Widths of its columns.
    pub(super) widths: Vec<u32>,
    /// Rows.
    pub(super) rows: Vec<Row>,
    /// Indent at the side where lines start.
    pub(super) indent: u32,
    /// Whether its columns run from right to left.
    pub(super) rtl: bool,
    /// Space in cells, beside and above; 0 and 0 for none.
    pub(super) margins: (u32, u32),
}

impl Table {
    /// Returns a table without borders.
    pub(super) fn new(widths: Vec<u32>, rows: Vec<Row>, at: At) -> Self {
        Self { style: "", widths, rows, indent: at.indent, rtl: at.locale.lang.is_rtl(), margins: (0, 0) }
    }

    /// Returns the table with a table style, which has its own borders and margins.
    pub(super) fn styled(self, style: &'static str) -> Self {
        Self { style, ..self }
    }

    /// Returns the element.
    pub(super) fn xml(&self) -> String {
        let mut out = "<w:tbl><w:tblPr>".to_owned();
        if !self.style.is_empty() {
            put!(out, "<w:tblStyle w:val=\"{}\"/>", self.style);
        }
        if self.rtl {
            out.push_str("<w:bidiVisual/>");
        }
        let whole: u32 = self.widths.iter().sum();
        put!(out, "<w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblInd w:w=\"{}\" w:type=\"dxa\"/>", self.indent);
        out.push_str("<w:tblLayout w:type=\"fixed\"/>");
        if self.style.is_empty() {
            let (side, end) = self.margins;
            put!(
                out,
                "<w:tblCellMar><w:top w:w=\"{end}\" w:type=\"dxa\"/><w:left w:w=\"{side}\" w:type=\"dxa\"/>\
                 <w:bottom w:w=\"{end}\" w:type=\"dxa\"/><w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar>"
            );
        }
        out.push_str("<w:tblLook w:val=\"0000\"/></w:tblPr><w:tblGrid>");
        for width in &self.widths {
            put!(out, "<w:gridCol w:w=\"{width}\"/>");
        }
        out.push_str("</w:tblGrid>");
        for row in &self.rows {
            self.row(&mut out, row);
        }
        out.push_str("</w:tbl>");
        out
    }

    fn row(&self, out: &mut String, row: &Row) {
        out.push_str("<w:tr>");
        if row.header || row.whole || row.height > 0 {
            out.push_str("<w:trPr>");
            if row.whole {
                out.push_str("<w:cantSplit/>");
            }
            if row.height > 0 {
                put!(out, "<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", row.height);
            }
            if row.header {
                out.push_str("<w:tblHeader/>");
            }
            out.push_str("</w:trPr>");
        }
        for cell in &row.cells {
            put!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", cell.width);
            if !cell.borders.is_empty() {
                put!(out, "<w:tcBorders>{}</w:tcBorders>", cell.borders);
            }
            if !cell.shade.is_empty() {
                put!(out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", cell.shade);
            }
            if !cell.vertical.is_empty() {
                put!(out, "<w:vAlign w:val=\"{}\"/>", cell.vertical);
            }
            out.push_str("</w:tcPr>");
            out.push_str(&cell.content);
            // A cell ends with a paragraph, or Word takes the file for damaged.
            if !cell.content.ends_with("</w:p>") {
                out.push_str(&Paragraph::styled("Spacer", self.rtl).around(""));
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
}

/// Characters that have to fit one line of a cell, whatever else.
const WORD: usize = 22;

/// Shares a width between columns by what is in them: `longest` is the longest cell, `word` the longest word,
/// `total` all characters of a column.
fn share(width: u32, columns: &[(usize, usize, usize)], points: u32) -> Vec<u32> {
    // A character of this type takes about half its size; a cell has margins.
    let sign = points * 11 / 2;
    let wide = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX / 64).min(400) * sign + 200;
    let short = |longest: usize| longest <= 17;
    let least: Vec<u32> =
        columns.iter().map(|&(longest, word, _)| wide(if short(longest) { longest } else { word.min(WORD) })).collect();
    let natural: Vec<u32> = columns.iter().map(|&(longest, ..)| wide(longest)).collect();
    let needed: u32 = natural.iter().sum();
    let mut widths = if needed <= width {
        // Everything fits one line: what is left over goes to the columns of text.
        let open: u32 =
            columns.iter().zip(&natural).filter(|((longest, ..), _)| !short(*longest)).map(|(_, w)| w).sum();
        let spare = width - needed;
        let count = u32::try_from(columns.len()).unwrap_or(1).max(1);
        columns
            .iter()
            .zip(&natural)
            .map(|(&(longest, ..), &own)| match open {
                0 => own + spare / count,
                _ if short(longest) => own,
                _ => own + spare / open.max(1) * own + spare % open.max(1) * own / open.max(1),
            })
            .collect()
    } else {
        let floor: u32 = least.iter().sum();
        if floor >= width {
            least
                .iter()
                .map(|&own| u32::try_from(u64::from(own) * u64::from(width) / u64::from(floor)).unwrap_or(own))
                .collect()
        } else {
            // The rest goes by the square root of what a column holds, which keeps rows low.
            let roots: Vec<u32> = columns
                .iter()
                .map(
                    |&(longest, _, total)| {
                        if short(longest) { 0 } else { u32::try_from(total.isqrt()).unwrap_or(1).max(1) }
                    },
                )
                .collect();
            let all: u32 = roots.iter().sum::<u32>().max(1);
            let spare = width - floor;
            least
                .iter()
                .zip(&roots)
                .map(|(&own, &root)| {
                    own + u32::try_from(u64::from(spare) * u64::from(root) / u64::from(all)).unwrap_or(0)
                })
                .collect::<Vec<_>>()
        }
    };
    // What rounding left goes to the last column.
    let sum: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last + width).saturating_sub(sum).max(200);
    }
    widths
}

impl Writer<'_> {
    /// A table whose header repeats and whose rows do not split.
    pub(super) fn data_table(
        &mut self,
        align: &[Align],
        header: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
        total: bool,
        at: At,
    ) -> String {
        let count = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
        if count == 0 {
            return String::new();
        }
        let mut columns = vec![(0, 0, 0); count];
        for (head, row) in std::iter::once((true, header)).chain(rows.iter().map(|row| (false, row.as_slice()))) {
            for (column, cell) in columns.iter_mut().zip(row) {
                let text = walk::plain(cell);
                let length = text.chars().count();
                let word = text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
                // Heads may wrap.
                let word = if head { word * 23 / 20 + 1 } else { word };
                column.0 = column.0.max(if head { (length / 2 + 2).max(word) } else { length });
                column.1 = column.1.max(word);
                column.2 += length;
            }
        }
        let points = match count {
            0..=4 => 18,
            5 => 17,
            6 | 7 => 16,
            _ => 15,
        };
        let size = if points == self.look.table { 0 } else { points };
        let widths = share(at.width, &columns, points);
        // A small table stays whole; so does the total with what it sums.
        let small = rows.len() <= 8 && columns.iter().all(|column| column.0 < 150);
        let accent = self.look.accent;
        let last = rows.len();
        let mut all = Vec::new();
        let listed = std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
        for (number, row) in listed.enumerate().filter(|(number, row)| *number > 0 || !row.is_empty()) {
            let head = number == 0;
            let sum = total && number == last;
            let keep = at.keep || small && number < last || head && last > 0 || total && number + 1 == last;
            let mut cells = Vec::new();
            for (column, &width) in widths.iter().enumerate() {
                let content = row.get(column).map(Vec::as_slice).unwrap_or_default();
                let kind = align.get(column).copied().unwrap_or(Align::Start);
                let paragraph = Paragraph {
                    align: match kind {
                        Align::Start => "",
                        Align::Center => "center",
                        Align::End => "right",
                    },
                    ..Paragraph::styled(if head { "TableHead" } else { "TableText" }, false)
                };
                let run = Run { bold: sum, size, ..self.plain_run(at) };
                let text = self.paragraph_in(content, paragraph, run, At { keep, ..at.within(width, 90) });
                cells.push(Cell {
                    borders: match (head, sum) {
                        (true, _) => border("bottom", 6, 0, accent),
                        (_, true) => border("top", 8, 0, accent),
                        _ => String::new(),
                    },
                    shade: if head || sum { SHADE } else { "" },
                    vertical: if head { "bottom" } else { "" },
                    ..Cell::new(width, text)
                });
            }
            // A cell of more than a page must be able to break.
            let whole = row.iter().all(|cell| walk::plain(cell).len() < 2600);
            all.push(Row { header: head, whole, ..Row::new(cells) });
        }
        Table::new(widths, all, at).styled("DataTable").xml() + &spacer(130, at.keep)
    }

    /// Facts: label at the start, value beside it.
    pub(super) fn fields(&mut self, rows: &[(Vec<Inline>, Vec<Inline>)], at: At) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let longest = rows.iter().map(|(label, _)| walk::plain(label).chars().count()).max().unwrap_or(0);
        let longest = u32::try_from(longest).unwrap_or(u32::MAX / 256).min(60);
        // One width for all fields of a document would need to look at all; this comes near.
        let label_width = (longest * 105 + 250).clamp(1900, 3100).min(at.width * 2 / 5);
        let widths = vec![label_width, at.width - label_width];
        let accent = self.look.accent;
        let count = rows.len();
        let mut all = Vec::new();
        for (number, (label, value)) in rows.iter().enumerate() {
            // No row is left alone on a page.
            let keep = at.keep || number + 1 < count && (count <= 4 || number == 0 || number + 2 == count);
            let borders = format!(
                "{}{}",
                if number == 0 { border("top", 6, 0, accent) } else { String::new() },
                if number + 1 == count { border("bottom", 6, 0, accent) } else { border("bottom", 4, 0, LINE) }
            );
            let mut cells = Vec::new();
            for (content, style, width) in [(label, "FieldLabel", widths[0]), (value, "FieldValue", widths[1])] {
                let text =
                    self.paragraph(content, Paragraph::styled(style, false), At { keep, ..at.within(width, 60) });
                cells.push(Cell { borders: borders.clone(), ..Cell::new(width, text) });
            }
            // An empty value leaves room to write.
            let empty = walk::plain(value).trim().is_empty();
            all.push(Row { whole: true, height: if empty { 400 } else { 0 }, ..Row::new(cells) });
        }
        Table { margins: (30, 28), ..Table::new(widths, all, at) }.xml() + &spacer(150, at.keep)
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn widths_fill_the_line_and_keep_numbers_whole() {
        let widths = share(9000, &[(80, 12, 400), (9, 9, 40), (200, 14, 900)], 18);
        assert_eq!(widths.iter().sum::<u32>(), 9000);
        assert!(widths[1] >= 9 * 90 && widths[1] < 1300, "{widths:?}");
        assert!(widths[2] > widths[0], "{widths:?}");
        assert_eq!(share(9000, &[(5, 5, 5), (5, 5, 5)], 18).iter().sum::<u32>(), 9000);
        assert_eq!(share(9000, &[(90, 90, 90); 9], 16).iter().sum::<u32>(), 9000);
    }
}
