//! The redline itself: every paragraph of both drafts, once.
//!
//! One markup serves both views. What only the new draft has is `ins`, what only the old one has is `del`; side
//! by side, the script shows each paragraph twice, and the style sheet hides the one or the other. Class names are
//! short because they are many:
//!
//! | class | marks |
//! | --- | --- |
//! | `k` | a batch of paragraphs, laid out when it comes into sight |
//! | `x` | a paragraph or a table with a change |
//! | `i`, `d` | a table, a row or a cell that was inserted or deleted |
//! | `m` | moved, on `ins` and `del`; `h` what was deleted on the way, shown at the new place as well |
//! | `f` | another look |
//! | `z` | noise that is not shown, on `ins`, `del` and `u`; `zi`, `zd` on whole paragraphs and rows |
//! | `n` | number of a clause, `w` a wide one, `y` its paragraph; `q` on the old and the new one where they differ |
//! | `p` | the mark of a paragraph that was split or merged |
//! | `o` | an object that is not text |
//! | `s`, `st` | title of a story, and of all of its kind |
//! | `l3` to `l6` | depth of a clause |

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::{self, push};
use super::words;
use crate::compare::{Status, StoryPair};
use crate::document::draft::{Object, ObjectKind, StoryKind};
use crate::redline::Report;
use crate::redline::view::{Content, LineRow, Muted, Number, Piece, Row, StoryRow, TableRow, TableView, view};

/// From so many bytes on, a batch of paragraphs is full.
const BATCH: usize = 6_000;

/// Characters of a clause's number that the margin has room for.
const MARGIN: usize = 5;

/// The redline as far as it is written.
pub(super) struct Body<'r, 'a> {
    report: &'r Report<'a>,
    /// The page.
    pub(super) out: String,
    /// For each change, whether the page has an element with its number as identifier.
    placed: Vec<bool>,
    /// For each move, whether the page has its old place.
    left: Vec<bool>,
    /// Paragraphs of the new draft that links lead to; whether they are on the page.
    wanted: BTreeMap<usize, bool>,
    /// For each story of the old and of the new draft, its index in the comparison.
    stories: [Vec<Option<usize>>; 2],
    /// Where the batch began that is open.
    batch: Option<usize>,
    /// Kind of the last story.
    kind: StoryKind,
    /// Level of the last heading.
    level: u8,
    /// Whether the text as a whole runs from right to left.
    rtl: bool,
    /// Numbers of the changes that begin in the row that is being written.
    begun: Vec<usize>,
}

impl<'r, 'a> Body<'r, 'a> {
    /// Writes the redline of a report. `wanted` are the paragraphs of the new draft that links lead to.
    pub(super) fn new(report: &'r Report<'a>, wanted: impl Iterator<Item = usize>) -> Self {
        let size: usize = report.new.texts.paras.iter().map(|para| para.text.len() + 32).sum();
        let pairs = &report.comparison.stories;
        let mut body = Self {
            report,
            out: String::with_capacity(size + size / 4 + 65_536),
            placed: vec![false; report.comparison.changes.len()],
            left: vec![false; report.comparison.moves.len()],
            wanted: wanted.map(|para| (para, false)).collect(),
            stories: [
                indices(pairs, report.old.draft.stories.len(), |pair| pair.old),
                indices(pairs, report.new.draft.stories.len(), |pair| pair.new),
            ],
            batch: None,
            kind: StoryKind::Body,
            level: 2,
            rtl: words::lang(report).is_some_and(crate::locale::Lang::is_rtl),
            begun: Vec::new(),
        };
        body.rows(&view(report, Muted::Kept).rows, true);
        body.close();
        body
    }

    /// Returns where on the page a change is: the name of its element.
    pub(super) fn anchor(&self, change: usize) -> Option<String> {
        let number = self.report.number(change)?;
        if self.placed.get(change) == Some(&true) {
            return Some(number.to_string());
        }
        let moved = self.report.comparison.moves.iter().position(|moved| moved.change == change)?;
        (self.left.get(moved) == Some(&true)).then(|| format!("m{moved}"))
    }

    /// Returns whether the page has a paragraph of the new draft as a target.
    pub(super) fn has(&self, para: usize) -> bool {
        self.wanted.get(&para) == Some(&true)
    }

    /// Opens a batch, unless one is open that is not full.
    fn open(&mut self) {
        if self.batch.is_some_and(|start| self.out.len() - start > BATCH) {
            self.close();
        }
        if self.batch.is_none() {
            self.out.push_str("<div class=k>");
            self.batch = Some(self.out.len());
        }
    }

    /// Closes the batch that is open.
    fn close(&mut self) {
        if self.batch.take().is_some() {
            self.out.push_str("</div>\n");
        }
    }

    fn rows(&mut self, rows: &[Row<'a>], top: bool) {
        for row in rows {
            if top {
                self.open();
            }
            match row {
                Row::Story(story) => self.story(story),
                Row::Line(line) => self.line(line),
                Row::Table(table) => self.table(table, top),
                Row::Skipped(_) => {}
            }
        }
    }

    fn story(&mut self, story: &StoryRow) {
        if story.kind == StoryKind::Body {
            return;
        }
        if self.kind != story.kind {
            self.close();
            self.open();
            self.level = 3;
            let _ = write!(self.out, "<h3 class=st>{}</h3>", words::stories(story.kind));
        }
        self.kind = story.kind;
        let class = if story.status == Status::Same { "s" } else { "\"s x\"" };
        let tag = match story.status {
            Status::Same => None,
            status => Some(if status.in_new() { "ins" } else { "del" }),
        };
        let _ = write!(self.out, "<p class={class} id=s{}>", story.pair);
        self.wrapped(tag, "", &story.title);
        self.out.push_str("</p>");
    }

    /// Writes text in an element, if one is given.
    fn wrapped(&mut self, tag: Option<&str>, attributes: &str, text: &str) {
        if let Some(tag) = tag {
            let _ = write!(self.out, "<{tag}{attributes}>");
        }
        push(&mut self.out, text);
        if let Some(tag) = tag {
            let _ = write!(self.out, "</{tag}>");
        }
    }

    /// Writes the attribute by which an element is the place of a change: its identifier if it is the first,
    /// else the number. Returns whether it is the first.
    fn target(&mut self, change: Option<usize>) -> bool {
        let Some((change, number)) = change.and_then(|change| Some((change, self.report.number(change)?))) else {
            return false;
        };
        let first = !std::mem::replace(&mut self.placed[change], true);
        if first {
            self.begun.push(number);
            let _ = write!(self.out, " id={number}");
        } else {
            let _ = write!(self.out, " data-c={number}");
        }
        first
    }

    fn line(&mut self, row: &LineRow<'a>) {
        let (old, new) = (&self.report.old.texts, &self.report.new.texts);
        let para = row.new.and_then(|at| new.paras.get(at)).or_else(|| row.old.and_then(|at| old.paras.get(at)));
        let Some(para) = para.copied() else { return };
        // A paragraph without text is told from its neighbours by the space around them.
        if row.pieces.is_empty() && row.label.is_none() && row.status == Status::Same && row.change.is_none() {
            return;
        }
        let heading = row.heading.map(|depth| depth.saturating_add(2).clamp(3, 6).min(self.level + 1));
        if let Some(level) = heading {
            self.level = level;
        }
        let tag = ["p", "h3", "h4", "h5", "h6"][heading.map_or(0, |level| usize::from(level) - 2)];
        let begun = self.begun.len();
        let _ = write!(self.out, "<{tag}");
        self.class(row, heading.is_some());
        if row.passage.is_some_and(|passage| passage.away) {
            self.departure(row);
        } else {
            self.target(row.change.filter(|_| !row.muted));
        }
        if let Some(rtl) = escape::is_rtl(para.body()).filter(|rtl| *rtl != self.rtl) {
            self.out.push_str(if rtl { " dir=rtl" } else { " dir=ltr" });
        }
        // The numbers in the margin are known when the pieces are written.
        let margin = self.out.len();
        self.out.push('>');
        if let Some((at, placed)) = row.new.and_then(|at| Some((at, self.wanted.get_mut(&at)?))).filter(|(_, p)| !**p) {
            *placed = true;
            let _ = write!(self.out, "<a id=p{at}></a>");
        }
        if let Some(label) = row.label {
            self.label(label, row);
        }
        self.passage(row);
        for piece in &row.pieces {
            self.piece(piece, row, heading.is_some());
        }
        let split = row.mark.filter(|mark| *mark != Status::Same);
        if row.pieces.is_empty() || split.is_some() && row.status == Status::Same {
            self.mark(row, split.unwrap_or(row.status));
        }
        let _ = write!(self.out, "</{tag}>");
        if self.begun.len() > begun {
            let numbers = span(&self.begun[begun..]);
            self.out.insert_str(margin, &format!(" data-n={numbers}"));
        }
    }

    fn class(&mut self, row: &LineRow<'a>, heading: bool) {
        let noise = match row.status {
            Status::Same => None,
            status => row.muted.then_some(if status.in_new() { "zi" } else { "zd" }),
        };
        let depth = match row.level {
            Some(depth @ 3..) if !heading => Some(["l3", "l4", "l5", "l6"][usize::from(depth.min(6)) - 3]),
            _ => None,
        };
        let wide = row.label.is_some_and(is_wide).then_some("y");
        let names: Vec<&str> = [noise, row.changed.then_some("x"), depth, wide].into_iter().flatten().collect();
        match names.as_slice() {
            [] => {}
            [only] => drop(write!(self.out, " class={only}")),
            many => drop(write!(self.out, " class=\"{}\"", many.join(" "))),
        }
    }

    /// Writes the attributes of a moved line's old place. The change itself is where the text stands now; the old
    /// place has a name of its own.
    fn departure(&mut self, row: &LineRow<'a>) {
        let Some(passage) = row.passage else { return };
        if let Some(left) = self.left.get_mut(passage.index).filter(|left| !**left) {
            *left = true;
            let _ = write!(self.out, " id=m{}", passage.index);
        }
        if let Some(number) = self.report.number(passage.change) {
            let _ = write!(self.out, " data-c={number}");
        }
    }

    /// Writes the number of a clause, and the one it had.
    fn label(&mut self, label: Number<'a>, row: &LineRow<'a>) {
        let _ = write!(self.out, "<b class={}>", if is_wide(label) { "\"n w\"" } else { "n" });
        let quiet = if label.muted { " class=q" } else { "" };
        match (row.status, label.old, label.new) {
            (Status::Same, Some(old), Some(new)) if old == new => push(&mut self.out, new),
            (Status::Same, old, new) => {
                if let Some(old) = old {
                    let class = if new.is_some() { " class=q" } else { quiet };
                    self.wrapped(Some("del"), class, old);
                }
                if let Some(new) = new {
                    let class = if old.is_some() { " class=q" } else { quiet };
                    let _ = write!(self.out, "<ins{class}");
                    if label.change != row.change {
                        self.target(label.change);
                    }
                    self.out.push('>');
                    push(&mut self.out, new);
                    self.out.push_str("</ins>");
                }
            }
            (status, old, new) => {
                let tag = if status.in_new() { "ins" } else { "del" };
                let class = match (row.muted, row.passage.is_some()) {
                    (true, _) => " class=z",
                    (_, true) => " class=m",
                    _ => "",
                };
                self.wrapped(Some(tag), class, new.or(old).unwrap_or_default());
            }
        }
        // The blank is for those who copy the text; a number in the margin does not show it.
        self.out.push_str(" </b>");
    }

    /// Writes where the text of a moved line was, or went, at the first line of each end.
    fn passage(&mut self, row: &LineRow<'a>) {
        let Some(passage) = row.passage.filter(|passage| passage.first) else { return };
        let place = match (passage.away, self.report.number(passage.change)) {
            (true, Some(number)) => number.to_string(),
            _ => format!("m{}", passage.index),
        };
        let _ = write!(self.out, "<a class=mv href=#{place}>");
        push(&mut self.out, &passage.words());
        self.out.push_str("</a> ");
    }

    fn piece(&mut self, piece: &Piece<'a>, row: &LineRow<'a>, heading: bool) {
        let tag = match piece.status {
            Status::Same if piece.change.is_some() => Some("u"),
            Status::Same => None,
            Status::Inserted | Status::MovedTo => Some("ins"),
            Status::Deleted | Status::MovedFrom => Some("del"),
        };
        if let Some(tag) = tag {
            let class = match piece.status {
                _ if piece.muted => " class=z",
                _ if piece.ghost => " class=h",
                Status::Same => " class=f",
                Status::MovedFrom | Status::MovedTo => " class=m",
                Status::Inserted | Status::Deleted => "",
            };
            let _ = write!(self.out, "<{tag}{class}");
            // A whole line bears the number of its change itself.
            let own = piece.change == row.change || piece.change == row.passage.map(|passage| passage.change);
            if !own {
                self.target(piece.change);
            }
            self.out.push('>');
        }
        // Headings are bold by their style.
        let strong = piece.strong && !heading;
        self.out.push_str(if strong { "<b>" } else { "" });
        self.out.push_str(if piece.emph { "<i>" } else { "" });
        match piece.content {
            Content::Text(text) => push(&mut self.out, text),
            Content::Object(object) => self.object(object, piece.status.in_new()),
        }
        self.out.push_str(if piece.emph { "</i>" } else { "" });
        self.out.push_str(if strong { "</b>" } else { "" });
        if let Some(tag) = tag {
            let _ = write!(self.out, "</{tag}>");
        }
    }

    /// Writes the mark of a paragraph that was split or merged, or that has no text.
    fn mark(&mut self, row: &LineRow<'a>, status: Status) {
        let class = if row.muted { "\"p z\"" } else { "p" };
        match status {
            Status::Same => {}
            status if status.in_new() => drop(write!(self.out, "<ins class={class}>¶</ins>")),
            _ => drop(write!(self.out, "<del class={class}>¶</del>")),
        }
    }

    /// Writes an object as a marked box.
    fn object(&mut self, object: &Object, new: bool) {
        let story = |at: usize| self.stories[usize::from(new)].get(at).copied().flatten();
        let (kind, target) = match object.kind {
            ObjectKind::Note(at) => ("note", story(at)),
            ObjectKind::TextBox(at) => ("text box", story(at)),
            ObjectKind::Image => ("image", None),
            ObjectKind::Equation => ("equation", None),
            ObjectKind::Other => ("object", None),
        };
        let name = escape::snippet(&object.name, 120);
        let note = matches!(object.kind, ObjectKind::Note(_));
        let shown = match (note, name.is_empty()) {
            (true, false) => name,
            (_, true) => kind.to_owned(),
            (false, false) => format!("{kind}: {name}"),
        };
        let (open, close) = if note { ("<sup>", "</sup>") } else { ("<span class=o>", "</span>") };
        self.out.push_str(open);
        match target {
            Some(pair) => {
                let _ = write!(self.out, "<a href=#s{pair}>");
                push(&mut self.out, &shown);
                self.out.push_str("</a>");
            }
            None => push(&mut self.out, &shown),
        }
        self.out.push_str(close);
    }

    fn table(&mut self, table: &TableView<'a>, top: bool) {
        let begun = self.begun.len();
        self.out.push_str(match table.status {
            Status::Same if table.changed => "<div class=\"w x\"",
            Status::Same => "<div class=w",
            status if status.in_new() => "<div class=\"w x i\"",
            _ => "<div class=\"w x d\"",
        });
        self.target(table.change);
        let margin = self.out.len();
        self.out.push_str(" role=group aria-label=Table tabindex=0><table>");
        for row in &table.rows {
            self.row(row);
        }
        self.out.push_str("</table></div>");
        // The numbers of its rows and cells stand beside the table.
        if top && self.begun.len() > begun {
            let numbers = span(&self.begun[begun..]);
            self.out.insert_str(margin, &format!(" data-n={numbers}"));
        }
    }

    fn row(&mut self, row: &TableRow<'a>) {
        self.out.push_str("<tr");
        self.out.push_str(side(row.status, row.muted));
        self.target(row.change);
        self.out.push('>');
        for cell in &row.cells {
            self.out.push_str("<td");
            self.out.push_str(match cell.joined {
                true => " class=j",
                false if row.status == Status::Same => side(cell.status, false),
                false => "",
            });
            if cell.columns > 1 {
                // HTML has no cell of more columns (HTML Standard, 4.9.11).
                let _ = write!(self.out, " colspan={}", cell.columns.min(1000));
            }
            self.out.push('>');
            self.rows(&cell.rows, false);
            self.out.push_str("</td>");
        }
        self.out.push_str("</tr>");
    }
}

/// Returns for each story of a draft its index in the comparison.
fn indices(pairs: &[StoryPair], count: usize, own: fn(&StoryPair) -> Option<usize>) -> Vec<Option<usize>> {
    let mut found = vec![None; count];
    for (index, pair) in pairs.iter().enumerate() {
        if let Some(place) = own(pair).and_then(|at| found.get_mut(at)) {
            *place = Some(index);
        }
    }
    found
}

/// Returns the class of a row or a cell.
fn side(status: Status, muted: bool) -> &'static str {
    match (status.in_old(), status.in_new()) {
        (true, true) => "",
        (_, true) if muted => " class=zi",
        (_, true) => " class=i",
        _ if muted => " class=zd",
        _ => " class=d",
    }
}

/// Returns whether the number of a clause is too wide for the margin.
fn is_wide(label: Number<'_>) -> bool {
    [label.old, label.new].into_iter().flatten().any(|text| text.chars().count() > MARGIN)
}

/// Returns numbers as they stand in the margin.
fn span(numbers: &[usize]) -> String {
    match (numbers.iter().min(), numbers.iter().max()) {
        (Some(first), Some(last)) if first < last => format!("{first}–{last}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}
