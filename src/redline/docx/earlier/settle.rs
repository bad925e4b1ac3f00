//! The redline of paragraphs that have earlier tracked changes, written anew after those.
//!
//! Between two paragraph marks that nobody touched, the old text and all that was ever in the new file are laid
//! side by side. Where the old text is what the file has with its changes rejected, those changes are the
//! redline; else the words are aligned (`align`).

use std::collections::{BTreeMap, HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::{BUDGET, align};
use super::line::Draft;
use super::stream::{Book, Chunk, State};
use super::words::{New, Old, cuts, words, words_of_new};
use super::{Element, Ledger};
use crate::compare::{Comparison, Line, Node, Status};
use crate::redline::docx::side::Side;
use crate::redline::docx::story::is_same;

/// A step from the old text to the new one: a word of either, or of both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// Words of both texts, and the steps from one to the other.
type Way<'t> = (Vec<Old<'t>>, Vec<New>, Vec<Step>);

/// Fits a redline to the earlier tracked changes of the new file.
pub(super) fn settle(ledger: &mut Ledger, book: &Book<'_>, old: &Side<'_>, comparison: &Comparison) -> Comparison {
    let mut fitted = comparison.clone();
    let mut settler = Settler { ledger, book, old, budget: BUDGET };
    for story in &mut fitted.stories {
        settler.container(&mut story.nodes);
    }
    lone_moves(&mut fitted);
    fitted
}

struct Settler<'s> {
    ledger: &'s mut Ledger,
    book: &'s Book<'s>,
    old: &'s Side<'s>,
    /// How many pairs of words may still be looked at.
    budget: usize,
}

impl<'s> Settler<'s> {
    fn container(&mut self, nodes: &mut Vec<Node>) {
        let mut out = Vec::with_capacity(nodes.len());
        let mut run: Vec<Line> = Vec::new();
        for node in std::mem::take(nodes) {
            match node {
                Node::Line(line) => run.push(line),
                Node::Table(mut table) => {
                    self.run(&mut run, &mut out);
                    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                        self.container(&mut cell.nodes);
                    }
                    out.push(Node::Table(table));
                }
            }
        }
        self.run(&mut run, &mut out);
        *nodes = out;
    }

    /// Writes the lines between two tables.
    fn run(&mut self, run: &mut Vec<Line>, out: &mut Vec<Node>) {
        let lines = std::mem::take(run);
        let tracked = lines.iter().filter_map(of_new).any(|ordinal| self.book.is_tracked(ordinal));
        if !tracked || lines.iter().all(is_same) {
            out.extend(lines.into_iter().map(Node::Line));
            return;
        }
        let chunks: Vec<Chunk> = paras(&lines, of_new)
            .into_iter()
            .flat_map(|ordinal| self.book.paragraph(ordinal).unwrap_or_else(|| self.book.plain(ordinal)))
            .collect();
        let anchors = self.anchors(&lines, &chunks);
        let (mut line, mut chunk) = (0, 0);
        for (lines_end, chunks_end) in anchors.into_iter().chain([(lines.len(), chunks.len())]) {
            let (own, held) = (&lines[line..lines_end], &chunks[chunk..chunks_end]);
            (line, chunk) = (lines_end, chunks_end);
            let made = if own.iter().all(is_same) { None } else { self.island(own, held) };
            out.extend(made.unwrap_or_else(|| own.to_vec()).into_iter().map(Node::Line));
        }
    }

    /// Returns where lines and pieces can be parted: at marks that both drafts have and nobody tracked, and
    /// that end the same paragraph whether earlier changes are accepted or rejected.
    fn anchors(&self, lines: &[Line], chunks: &[Chunk]) -> Vec<(usize, usize)> {
        let base = base_of(chunks);
        // Where the pieces of each paragraph of the new draft end, and the paragraph of before that ends there.
        let mut ends: HashMap<usize, (usize, usize)> = HashMap::new();
        for (index, (_, end)) in base.iter().enumerate() {
            if let Some(last) = chunks.get(end - 1).filter(|chunk| chunk.state == State::Same) {
                ends.insert(last.para, (*end, index));
            }
        }
        let (there, back) = self.paired(&paras(lines, of_old), &base);
        let mut anchors = Vec::new();
        let mut next = 0;
        for (at, line) in lines.iter().enumerate() {
            if line.mark.in_old() {
                next += 1;
            }
            if line.mark == Status::Same
                && let Some((end, index)) = line.new.and_then(|new| ends.get(&new))
                && there.get(next - 1).copied().flatten().unwrap_or(*index) == *index
                && back.get(*index).copied().flatten().unwrap_or(next - 1) == next - 1
            {
                anchors.push((at + 1, *end));
            }
        }
        anchors
    }

    /// Returns the lines between two anchors written anew; `None` if they stay as they are.
    fn island(&mut self, lines: &[Line], chunks: &[Chunk]) -> Option<Vec<Line>> {
        if chunks.iter().all(|chunk| chunk.state == State::Same) {
            return None;
        }
        let olds = paras(lines, of_old);
        let (old, new, steps) = match self.exact(&olds, chunks) {
            Some(exact) => exact,
            None => self.aligned(&olds, chunks).or_else(|| self.pieced(&olds, chunks))?,
        };
        Some(self.lines(lines, &old, &new, &gathered(&steps, &new)))
    }

    /// Pairs old paragraphs with those that the file had before its changes.
    fn paired(&self, olds: &[usize], base: &[(String, usize)]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let text = |old: &usize| self.old.texts.paras.get(*old).map_or("", |para| para.text.as_str());
        let texts: Vec<&str> = olds.iter().map(text).collect();
        let base: Vec<&str> = base.iter().map(|(text, _)| text.as_str()).collect();
        pairs(&texts, &base)
    }

    /// Returns the steps from the old text to the new one, word by word; `None` if there are too many.
    fn aligned(&mut self, olds: &[usize], chunks: &[Chunk]) -> Option<Way<'s>> {
        let new = words_of_new(chunks);
        let old = self.words_of_old(olds, &cuts(chunks));
        let steps = align(&old, &new, &mut self.budget)?;
        Some((old, new, steps))
    }

    /// Returns the steps from the old text to the new one, paragraphs that are in both apart.
    fn pieced(&mut self, olds: &[usize], chunks: &[Chunk]) -> Option<Way<'s>> {
        let base = base_of(chunks);
        let (there, _) = self.paired(olds, &base);
        let mut way: Way<'s> = (Vec::new(), Vec::new(), Vec::new());
        let (mut old, mut chunk) = (0, 0);
        let pairs = there.iter().enumerate().filter_map(|(at, index)| Some((at, (*index)?)));
        let ends = pairs.flat_map(|(at, index)| {
            let begins = index.checked_sub(1).and_then(|before| base.get(before)).map_or(0, |before| before.1);
            [(at, begins), (at + 1, base.get(index).map_or(begins, |own| own.1))]
        });
        for (to, chunk_to) in ends.chain([(olds.len(), chunks.len())]) {
            let (own, held) = (olds.get(old..to)?, chunks.get(chunk..chunk_to)?);
            (old, chunk) = (to, chunk_to);
            let part = match self.exact(own, held) {
                Some(exact) => exact,
                None => self.aligned(own, held)?,
            };
            let (olds_before, news_before) = (way.0.len(), way.1.len());
            way.0.extend(part.0);
            way.1.extend(part.1);
            way.2.extend(part.2.into_iter().map(|step| Step {
                old: step.old.map(|at| at + olds_before),
                new: step.new.map(|at| at + news_before),
            }));
        }
        Some(way)
    }

    /// Returns the steps from the old text to the new one, if the changes of the file lead from one to the
    /// other.
    fn exact(&self, olds: &[usize], chunks: &[Chunk]) -> Option<Way<'s>> {
        let side: &'s Side<'s> = self.old;
        let (mut old, mut new, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        let (mut para, mut at) = (0, 0);
        for chunk in chunks {
            let next = new.len();
            new.push(New {
                para: chunk.para,
                at: chunk.at,
                text: chunk.text.clone(),
                mark: chunk.mark,
                state: chunk.state,
            });
            if !chunk.state.in_base() {
                steps.push(Step { old: None, new: Some(next) });
                continue;
            }
            let ordinal = *olds.get(para)?;
            let text = side.texts.paras.get(ordinal)?.text.get(at..)?;
            steps.push(Step { old: Some(old.len()), new: Some(next) });
            if chunk.mark {
                if !text.is_empty() {
                    return None;
                }
                old.push(Old { para: ordinal, at, text: "", mark: true });
                (para, at) = (para + 1, 0);
            } else {
                let text = text.get(..chunk.text.len()).filter(|text| *text == chunk.text)?;
                old.push(Old { para: ordinal, at, text, mark: false });
                at += text.len();
            }
        }
        (para == olds.len()).then_some((old, new, steps))
    }

    fn words_of_old(&self, olds: &[usize], cuts: &BTreeMap<String, Vec<usize>>) -> Vec<Old<'s>> {
        let side: &'s Side<'s> = self.old;
        let mut out = Vec::new();
        for para in olds.iter().copied() {
            let text = side.texts.paras.get(para).map_or("", |para| para.text.as_str());
            for word in words(text) {
                let whole = &text[word.clone()];
                let mut from = 0;
                let inner = cuts.get(whole).map_or(&[][..], Vec::as_slice);
                for to in inner.iter().copied().chain([whole.len()]) {
                    if to > from {
                        out.push(Old { para, at: word.start + from, text: &whole[from..to], mark: false });
                        from = to;
                    }
                }
            }
            out.push(Old { para, at: text.len(), text: "", mark: true });
        }
        out
    }

    /// Writes lines from steps, and notes down who deleted what.
    fn lines(&mut self, before: &[Line], old: &[Old<'_>], new: &[New], steps: &[Step]) -> Vec<Line> {
        let mut made = Vec::new();
        let mut line = Draft::default();
        for step in steps {
            let own = step.old.and_then(|at| old.get(at));
            let other = step.new.and_then(|at| new.get(at));
            let (status, element) = match (own, other.map(|other| other.state)) {
                (Some(_), Some(State::Same | State::Come(_))) => (Status::Same, None),
                (Some(_), Some(State::Gone(element) | State::Passed(element))) => (Status::Deleted, Some(element)),
                (Some(_), None) => (Status::Deleted, None),
                (None, Some(State::Same | State::Come(_))) => (Status::Inserted, None),
                (None, _) => continue,
            };
            let mark = own.map(|own| own.mark).or(other.map(|other| other.mark)).unwrap_or(false);
            if let (Some(own), Some(element)) = (own, element) {
                self.went(own, element);
            }
            let here = own.map(|own| (own.para, own.at..own.at + own.text.len()));
            let there =
                other.filter(|_| status.in_new()).map(|other| (other.para, other.at..other.at + other.text.len()));
            line.take(status, here, there, mark);
            if mark {
                made.push(std::mem::take(&mut line).finish(status, before));
            }
        }
        made
    }

    fn went(&mut self, own: &Old<'_>, element: Element) {
        if own.mark {
            self.ledger.gone_marks.insert(own.para, element);
            return;
        }
        let stretches = self.ledger.gone.entry(own.para).or_default();
        let end = own.at + own.text.len();
        match stretches.last_mut() {
            Some((range, last)) if *last == element && range.end == own.at => range.end = end,
            _ => stretches.push((own.at..end, element)),
        }
    }
}

/// Returns the paragraphs that were there before the changes of the file, each with the number of pieces up to
/// its end.
fn base_of(chunks: &[Chunk]) -> Vec<(String, usize)> {
    let mut base = Vec::new();
    let mut text = String::new();
    for (at, chunk) in chunks.iter().enumerate().filter(|(_, chunk)| chunk.state.in_base()) {
        text.push_str(&chunk.text);
        if chunk.mark {
            base.push((std::mem::take(&mut text), at + 1));
        }
    }
    base
}

/// Returns the paragraphs of a draft that some lines have, in order.
fn paras(lines: &[Line], of: fn(&Line) -> Option<usize>) -> Vec<usize> {
    let mut found: Vec<usize> = lines.iter().filter_map(of).collect();
    found.dedup();
    found
}

/// Pairs equal texts of two lists in order: for each text of either, the index of the other.
pub(super) fn pairs(old: &[&str], new: &[&str]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut known: HashMap<&str, (usize, bool)> = HashMap::new();
    for text in old {
        let next = known.len();
        known.entry(*text).or_insert((next, false));
    }
    for text in new {
        if let Some(entry) = known.get_mut(*text) {
            entry.1 = true;
        }
    }
    // What only one list has cannot be paired, and would only take time.
    let common = |list: &[&str]| -> (Vec<usize>, Vec<usize>) {
        let own = list.iter().enumerate().filter_map(|(at, text)| Some((at, known.get(text).filter(|own| own.1)?.0)));
        own.unzip()
    };
    let ((old_at, old_ids), (new_at, new_ids)) = (common(old), common(new));
    let (mut there, mut back) = (vec![None; old.len()], vec![None; new.len()]);
    for op in capture_diff_slices(Algorithm::Patience, &old_ids, &new_ids) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for (old, new) in old_at[old_index..old_index + len].iter().zip(&new_at[new_index..new_index + len]) {
                there[*old] = Some(*new);
                back[*new] = Some(*old);
            }
        }
    }
    (there, back)
}

/// Returns the paragraph of the old draft that a line has something of.
pub(super) fn of_old(line: &Line) -> Option<usize> {
    let has = line.mark.in_old() || line.segs.iter().any(|seg| seg.status.in_old());
    line.old.filter(|_| has)
}

/// Returns the paragraph of the new draft that a line has something of.
pub(super) fn of_new(line: &Line) -> Option<usize> {
    let has = line.mark.in_new() || line.segs.iter().any(|seg| seg.status.in_new());
    line.new.filter(|_| has)
}

/// Puts what went without being tracked before what came likewise, between two steps that both texts have.
fn gathered(steps: &[Step], new: &[New]) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    let mut come: Vec<Step> = Vec::new();
    for step in steps {
        let tracked = step.new.and_then(|at| new.get(at)).is_some_and(|new| new.state != State::Same);
        match (step.old, step.new) {
            (None, Some(_)) if !tracked => come.push(*step),
            (Some(_), None) => out.push(*step),
            _ => {
                out.append(&mut come);
                out.push(*step);
            }
        }
    }
    out.append(&mut come);
    out
}

/// Turns moves into deletions and insertions where their other end is gone.
fn lone_moves(comparison: &mut Comparison) {
    let mut ends = [HashSet::new(), HashSet::new()];
    for story in &mut comparison.stories {
        each_line(&mut story.nodes, &mut |line| {
            let has = |status| line.mark == status || line.segs.iter().any(|seg| seg.status == status);
            if has(Status::MovedFrom) {
                ends[0].extend(line.old);
            }
            if has(Status::MovedTo) {
                ends[1].extend(line.new);
            }
        });
    }
    let mut lost = [HashSet::new(), HashSet::new()];
    for (old, new) in comparison.moves.iter().flat_map(|moved| &moved.pairs) {
        if ends[0].contains(old) != ends[1].contains(new) {
            lost[0].insert(*old);
            lost[1].insert(*new);
        }
    }
    if lost[0].is_empty() {
        return;
    }
    for story in &mut comparison.stories {
        each_line(&mut story.nodes, &mut |line| {
            let away = line.old.is_some_and(|old| lost[0].contains(&old));
            let here = line.new.is_some_and(|new| lost[1].contains(&new));
            let plain = |status: &mut Status| match status {
                Status::MovedFrom if away => *status = Status::Deleted,
                Status::MovedTo if here => *status = Status::Inserted,
                _ => {}
            };
            plain(&mut line.mark);
            line.segs.iter_mut().for_each(|seg| plain(&mut seg.status));
        });
    }
}

fn each_line(nodes: &mut [Node], visit: &mut impl FnMut(&mut Line)) {
    for node in nodes {
        match node {
            Node::Line(line) => visit(line),
            Node::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    each_line(&mut cell.nodes, visit);
                }
            }
        }
    }
}

/// Visits all nodes, those in cells after their table.
pub(super) fn each_node<'n>(nodes: &'n [Node], visit: &mut impl FnMut(&'n Node)) {
    for node in nodes {
        visit(node);
        if let Node::Table(table) = node {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                each_node(&cell.nodes, visit);
            }
        }
    }
}
