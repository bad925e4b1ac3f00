//! All paragraphs of a draft looked at: which numbers are numbers of clauses, and how deep each clause lies.

use std::collections::HashMap;

use super::lexer::{find, whole};
use super::{Class, Close, Found, Keyword, Shape};
use crate::document::draft::{Block, Draft, Label, Para, StoryKind};

/// Decides for every paragraph whether its text opens with a typed number, and gives every clause and heading its
/// depth.
///
/// Automatic numbers stay as they are and count in the sequences. A paragraph that already has a typed label keeps
/// it. Where a number is doubtful it is taken if it continues a sequence, or opens one that goes on.
/// [`Para::level`] is the depth in the tree of clauses that the sequence of numbers and headings makes, from 1; a
/// single heading above all others is the title and has none, and bullets have none.
pub fn settle(draft: &mut Draft) {
    for story in &mut draft.stories {
        let body = story.kind == StoryKind::Body;
        let mut seen = Vec::new();
        gather(&story.blocks, 0, &mut seen);
        let decided = decide(&seen, body);
        let mut next = decided.into_iter();
        apply(&mut story.blocks, &mut next);
    }
}

/// A paragraph, as far as it matters here.
struct Seen {
    /// Number that it may open with.
    found: Option<Found>,
    /// Whether the number is given: automatic, or decided before.
    given: bool,
    /// Depth of the heading.
    heading: Option<u8>,
    /// Table that it stands in, from 1; 0 for none.
    table: usize,
    /// Whether nothing follows the number.
    bare: bool,
}

/// What was decided about a paragraph.
struct Decided {
    /// Typed number: where it begins, ends, and where the text begins.
    typed: Option<(usize, usize, usize)>,
    level: Option<u8>,
}

fn gather(blocks: &[Block], table: usize, seen: &mut Vec<Seen>) {
    for block in blocks {
        match block {
            Block::Para(para) => seen.push(look(para, table)),
            Block::Table(inner) => {
                // Tables are told apart by where their first paragraph stands.
                let here = if table == 0 { seen.len() + 1 } else { table };
                for cell in inner.rows.iter().flat_map(|row| &row.cells) {
                    gather(&cell.blocks, here, seen);
                }
            }
        }
    }
}

fn look(para: &Para, table: usize) -> Seen {
    let given = para.label.is_some();
    let found = match &para.label {
        Some(label) => whole(&label.text),
        None => find(&para.text),
    };
    let bare = !given && found.as_ref().is_some_and(|found| found.len == para.text.len());
    Seen { found, given, heading: para.heading, table, bare }
}

fn apply(blocks: &mut [Block], decided: &mut std::vec::IntoIter<Decided>) {
    for block in blocks {
        match block {
            Block::Para(para) => {
                let Some(decision) = decided.next() else { return };
                if let Some((start, end, len)) = decision.typed {
                    para.label =
                        para.text.get(start..end).map(|text| Label { text: text.to_owned(), typed: Some(len) });
                }
                para.level = decision.level;
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    apply(&mut cell.blocks, decided);
                }
            }
        }
    }
}

/// A clause that is open at a place.
struct Open {
    /// How it is numbered; `None` for a heading without a number.
    shape: Option<Shape>,
    values: Vec<u32>,
    heading: Option<u8>,
}

fn decide(seen: &[Seen], body: bool) -> Vec<Decided> {
    let last = last_places(seen);
    let title = title(seen);
    let mut state = State::default();
    let mut table = 0;
    let mut outside: Option<State> = None;
    let mut decided = Vec::with_capacity(seen.len());
    for (at, one) in seen.iter().enumerate() {
        if one.table != table {
            // What a table holds does not close the clause that it stands in.
            if one.table == 0 {
                if let Some(before) = outside.take() {
                    state = before;
                }
            } else if table == 0 {
                let inner = State { base: state.base + state.open.len(), ..State::default() };
                outside = Some(std::mem::replace(&mut state, inner));
            } else {
                state.open.clear();
                state.recent.clear();
            }
            table = one.table;
        }
        let taken = one.found.as_ref().and_then(|found| {
            let (shape, values) = state.reading(found);
            let accepted = one.given || state.accepts(one, found, shape, &values, at, &last, body);
            accepted.then_some((found, shape, values))
        });
        decided.push(match taken {
            Some((found, shape, values)) => {
                let level = state.place(shape, values, one.heading);
                let typed = (!one.given).then_some((found.start, found.end, found.len));
                Decided { typed, level }
            }
            None if one.heading.is_some() && title != Some(at) => {
                Decided { typed: None, level: one.heading.and_then(|depth| state.place_heading(depth)) }
            }
            None => Decided { typed: None, level: None },
        });
    }
    decided
}

/// Returns, for every number that is seen, where it is seen last.
fn last_places(seen: &[Seen]) -> HashMap<(Shape, &[u32]), usize> {
    let mut last = HashMap::new();
    for (at, one) in seen.iter().enumerate() {
        let Some(found) = &one.found else { continue };
        last.insert((found.shape, found.values.as_slice()), at);
    }
    last
}

/// Returns the paragraph that is the title: the first heading, if it has no number, none is as high, and there is
/// something below it.
fn title(seen: &[Seen]) -> Option<usize> {
    let mut headings = seen.iter().enumerate().filter_map(|(at, one)| one.heading.map(|depth| (at, depth)));
    let (first, depth) = headings.next()?;
    if seen[first].given {
        return None;
    }
    let mut others = headings.peekable();
    let below = others.peek().is_some() || seen[first + 1..].iter().any(|one| one.found.is_some());
    (below && others.all(|(_, other)| other > depth)).then_some(first)
}

/// What is known while going through a text.
#[derive(Default)]
struct State {
    /// Open clauses, the outermost first.
    open: Vec<Open>,
    /// The last number of each shape.
    recent: HashMap<Shape, Vec<u32>>,
    /// Depth of the clause around a table.
    base: usize,
}

impl State {
    /// Chooses between the two ways to read a letter by what comes before.
    fn reading(&self, found: &Found) -> (Shape, Vec<u32>) {
        let own = (found.shape, found.values.clone());
        let Some((shape, value)) = found.other else { return own };
        let other = (shape, vec![value]);
        let follows = |reading: &(Shape, Vec<u32>)| {
            let at = self.open.iter().rposition(|open| open.shape == Some(reading.0))?;
            (successor(&self.open[at].values).as_ref() == Some(&reading.1)).then_some(at)
        };
        match (follows(&own), follows(&other)) {
            (None, Some(_)) => other,
            (Some(first), Some(second)) if second > first => other,
            (None, None) if found.values == [1] => own,
            // A numeral other than the first that continues nothing: keep to the signs in use.
            (None, None) => {
                let used = |shape: Shape| self.open.iter().any(|open| open.shape == Some(shape));
                if used(shape) && !used(found.shape) { other } else { own }
            }
            _ => own,
        }
    }

    #[expect(clippy::too_many_arguments, reason = "each is one thing that is known about the paragraph")]
    fn accepts(
        &self,
        one: &Seen,
        found: &Found,
        shape: Shape,
        values: &[u32],
        at: usize,
        last: &HashMap<(Shape, &[u32]), usize>,
        body: bool,
    ) -> bool {
        let keyword = matches!(shape.class, Class::Keyword(_));
        if one.table > 0 && one.bare && !keyword {
            // A number alone in a cell counts rows or is an amount.
            return false;
        }
        if found.sure {
            return true;
        }
        let goes_on = |shape: Shape, values: &[u32]| {
            successor(values).is_some_and(|next| last.get(&(shape, next.as_slice())).is_some_and(|place| *place > at))
        };
        if shape.class == Class::Bullet {
            let more = last.get(&(shape, values)).is_some_and(|place| *place > at);
            return body && one.table == 0 && (more || self.recent.contains_key(&shape));
        }
        if !body || (one.table > 0 && !keyword && shape.close == Close::None && shape.depth == 1) {
            return false;
        }
        let before = self.recent.get(&shape);
        let follows = before.and_then(|before| successor(before)).is_some_and(|next| next == values);
        let child = values.len() > 1
            && self.open.iter().any(|open| open.values.as_slice() == &values[..values.len() - 1])
            && values.last() == Some(&1);
        let first = values.last() == Some(&1);
        if follows || child {
            return true;
        }
        if first {
            return goes_on(shape, values) || (keyword && one.bare);
        }
        // In the midst of a text that begins later, or after a number that is left out.
        let marked = shape.close != Close::None || keyword;
        marked && (goes_on(shape, values) || before.is_some_and(|before| skips(before, values)))
            || shape.depth > 1 && self.open.iter().any(|open| open.values.as_slice() == &values[..values.len() - 1])
    }

    /// Opens a numbered clause and returns its depth.
    fn place(&mut self, shape: Shape, values: Vec<u32>, heading: Option<u8>) -> Option<u8> {
        self.recent.insert(shape, values.clone());
        if shape.class == Class::Bullet {
            return None;
        }
        let same = self.open.iter().rposition(|open| open.shape == Some(shape));
        match (same, shape.class) {
            (Some(at), _) => self.open.truncate(at),
            (None, Class::Keyword(Keyword::Annex)) => self.open.clear(),
            (None, Class::Keyword(kind @ (Keyword::Part | Keyword::Title | Keyword::Chapter))) => {
                self.keep(|open| match open.shape.map(|shape| shape.class) {
                    Some(Class::Keyword(above)) => above < kind,
                    None => heading.zip(open.heading).is_some_and(|(own, above)| above < own),
                    _ => false,
                });
            }
            (None, Class::Keyword(_)) => self.keep(|open| match open.shape.map(|shape| shape.class) {
                Some(Class::Keyword(_)) => true,
                None => heading.is_none_or(|own| open.heading.is_some_and(|above| above < own)),
                _ => false,
            }),
            (None, class) => {
                if let Some(own) = heading {
                    self.keep(|open| open.heading.is_some_and(|above| above < own));
                }
                if class == Class::Digits && !shape.open {
                    // `2.1` closes `1.1.1`; and no number without parentheses stands below one with them.
                    let depth = shape.depth;
                    let deeper = |open: &Shape| depth > 1 && open.class == Class::Digits && open.depth >= depth;
                    self.drop_from(|open| open.open || deeper(open));
                } else if matches!(class, Class::Upper | Class::RomanUpper) && !shape.open {
                    self.drop_from(|open| open.open);
                }
            }
        }
        self.push(Open { shape: Some(shape), values, heading })
    }

    /// Opens a clause that has a heading and no number.
    fn place_heading(&mut self, depth: u8) -> Option<u8> {
        self.keep(|open| open.heading.is_some_and(|above| above < depth));
        self.push(Open { shape: None, values: Vec::new(), heading: Some(depth) })
    }

    fn push(&mut self, open: Open) -> Option<u8> {
        self.open.push(open);
        u8::try_from(self.base + self.open.len()).ok()
    }

    /// Closes what is open from the first clause on that `holds` does not hold for.
    fn keep(&mut self, holds: impl Fn(&Open) -> bool) {
        if let Some(at) = self.open.iter().position(|open| !holds(open)) {
            self.open.truncate(at);
        }
    }

    /// Closes what is open from the first numbered clause on that `drops` holds for.
    fn drop_from(&mut self, drops: impl Fn(&Shape) -> bool) {
        if let Some(at) = self.open.iter().position(|open| open.shape.as_ref().is_some_and(&drops)) {
            self.open.truncate(at);
        }
    }
}

/// Returns the number after this one at the same depth.
fn successor(values: &[u32]) -> Option<Vec<u32>> {
    let mut next = values.to_vec();
    *next.last_mut()? += 1;
    Some(next)
}

/// Whether the second number is a little further on than the first, at the same depth.
fn skips(before: &[u32], after: &[u32]) -> bool {
    match (before.split_last(), after.split_last()) {
        (Some((last, above)), Some((next, here))) => above == here && next > last && next - last <= 3,
        _ => false,
    }
}
