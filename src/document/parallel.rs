//! One document in two languages, side by side: the two versions brought into rows.
//!
//! The versions come from templates of the same structure, so that nearly every block has its counterpart. Where
//! one has none (a paragraph that only one language has) it stands alone in its row; nothing is left out.

use super::{Block, Document, Frame, Inline, Letter, Meta, Numbering, Parallel, Role};

/// Puts two versions of a document side by side.
///
/// Each version has its numbers and cross-references already. The result has the first one's metadata; titles,
/// letterhead, reference lines and address of both become rows.
#[must_use]
pub fn pair(first: Document, second: Document) -> Document {
    let locales = [first.meta.locale, second.meta.locale];
    let suffix = format!("-{}", locales[1].lang.code());
    let mut meta = first.meta.clone();
    meta.blanks.extend(second.meta.blanks.iter().filter(|path| !first.meta.blanks.contains(path)).cloned());
    meta.frame = Frame::Parallel;
    meta.letter = None;
    meta.contents = false;
    meta.numbering = Numbering::None;
    meta.subtitle = None;
    meta.parallel_words = Some(second.meta.words.clone());
    let mut right = flat(second);
    rename(&mut right, &suffix);
    let rows = align(flat(first), right);
    Document { meta, blocks: vec![Block::Parallel(Parallel { locales, rows })] }
}

/// Brings two versions of a document into rows of counterparts, with what frames print around the text.
#[must_use]
pub fn rows(first: Document, second: Document) -> Vec<[Vec<Block>; 2]> {
    align(flat(first), flat(second))
}

/// Turns what the frame would print around the text into blocks before it.
fn flat(document: Document) -> Vec<Block> {
    let Document { meta, blocks } = document;
    let mut all = Vec::new();
    match &meta.letter {
        Some(letter) => all.extend(letter_head(letter)),
        None => {
            all.extend(meta.confidentiality.iter().map(|text| strong(text)));
            all.push(heading(vec![Inline::Text(meta.title.clone())]));
            all.extend(meta.subtitle.iter().map(|text| para(vec![Inline::Emph(vec![Inline::Text(text.clone())])])));
            all.extend(title_fields(&meta));
        }
    }
    all.extend(blocks.into_iter().map(deeper));
    all
}

fn letter_head(letter: &Letter) -> Vec<Block> {
    let mut all = Vec::new();
    let names: Vec<Vec<Inline>> = letter
        .head
        .state
        .iter()
        .map(|state| vec![Inline::Text(state.clone())])
        .chain(letter.head.lines.iter().cloned())
        .collect();
    if !names.is_empty() {
        all.push(para(vec![Inline::Strong(joined(&names))]));
    }
    let contact: Vec<Vec<Inline>> = letter.head.contact.iter().map(|line| vec![Inline::Text(line.clone())]).collect();
    if !contact.is_empty() {
        all.push(Block::Para { content: joined(&contact), role: Role::Small });
    }
    if !letter.place_date.is_empty() {
        all.push(para(letter.place_date.clone()));
    }
    if !letter.info.is_empty() {
        let rows = letter.info.iter().map(|(label, value)| (vec![Inline::Text(label.clone())], value.clone()));
        all.push(Block::Fields(rows.collect()));
    }
    if !letter.recipient.is_empty() {
        all.push(para(joined(&letter.recipient)));
    }
    if !letter.subject.is_empty() {
        all.push(heading(letter.subject.clone()));
    }
    all
}

/// Returns the reference and the date below a title.
fn title_fields(meta: &Meta) -> Option<Block> {
    let word = |key: &str| meta.words.iter().find(|(name, _)| name == key).map(|(_, word)| word.clone());
    let rows: Vec<_> = [("reference", &meta.reference), ("date", &meta.date)]
        .into_iter()
        .filter_map(|(key, value)| Some((vec![Inline::Text(word(key)?)], vec![Inline::Text(value.clone()?)])))
        .collect();
    (!rows.is_empty()).then_some(Block::Fields(rows))
}

fn para(content: Vec<Inline>) -> Block {
    Block::Para { content, role: Role::Body }
}

fn strong(text: &str) -> Block {
    para(vec![Inline::Strong(vec![Inline::Text(text.to_owned())])])
}

fn heading(content: Vec<Inline>) -> Block {
    Block::Heading { level: 1, number: None, id: None, content }
}

fn joined(lines: &[Vec<Inline>]) -> Vec<Inline> {
    lines.join(&Inline::Break)
}

/// Puts a heading below the title, which is the heading of the first level here.
fn deeper(block: Block) -> Block {
    match block {
        Block::Heading { level, number, id, content } => Block::Heading { level: level + 1, number, id, content },
        other => other,
    }
}

/// Gives the targets of the second version names of their own.
fn rename(blocks: &mut [Block], suffix: &str) {
    for block in blocks.iter_mut() {
        match block {
            Block::Heading { id: Some(id), .. } => id.push_str(suffix),
            Block::Clause { id, blocks, .. } => {
                if let Some(id) = id {
                    id.push_str(suffix);
                }
                rename(blocks, suffix);
            }
            Block::Quote(blocks) | Block::Note(blocks) => rename(blocks, suffix),
            Block::List { items, .. } => items.iter_mut().for_each(|item| rename(item, suffix)),
            _ => {}
        }
    }
    super::walk::blocks(blocks, &mut |content| rename_references(content, suffix));
}

fn rename_references(content: &mut [Inline], suffix: &str) {
    for inline in content {
        match inline {
            Inline::Ref { id, .. } if !id.ends_with(suffix) => id.push_str(suffix),
            Inline::Strong(content)
            | Inline::Emph(content)
            | Inline::Note(content)
            | Inline::Lang { content, .. }
            | Inline::Link { content, .. } => rename_references(content, suffix),
            _ => {}
        }
    }
}

/// What makes two blocks counterparts.
#[derive(PartialEq)]
enum Key {
    Heading(u8),
    Clause(u8),
    Question(String),
    Table(usize),
    Para(Role),
    Other(std::mem::Discriminant<Block>),
}

impl Key {
    fn of(block: &Block) -> Self {
        match block {
            Block::Heading { level, .. } => Self::Heading(*level),
            Block::Clause { level, .. } => Self::Clause(*level),
            Block::Scale { id, .. } | Block::Choice { id, .. } | Block::Answer { id, .. } => Self::Question(id.clone()),
            Block::Table { header, .. } => Self::Table(header.len()),
            Block::Para { role, .. } => Self::Para(*role),
            other => Self::Other(std::mem::discriminant(other)),
        }
    }
}

/// Aligns two runs of blocks by what they are: the longest common sequence of kinds, the earliest one.
///
/// Headings part the runs first, so that a paragraph missing in one section does not shift the next.
fn align(left: Vec<Block>, right: Vec<Block>) -> Vec<[Vec<Block>; 2]> {
    let (left, right) = (sections(left), sections(right));
    let mut rows = Vec::new();
    let keys =
        |sections: &[Vec<Block>]| sections.iter().map(|section| section.first().map(Key::of)).collect::<Vec<_>>();
    for (left, right) in matched(left, right, |sections| keys(sections)) {
        let kinds = |blocks: &[Block]| blocks.iter().map(|block| Some(Key::of(block))).collect::<Vec<_>>();
        let pairs = matched(left.unwrap_or_default(), right.unwrap_or_default(), |blocks| kinds(blocks));
        rows.extend(pairs.into_iter().map(|(left, right)| [left.into_iter().collect(), right.into_iter().collect()]));
    }
    rows
}

/// Cuts blocks into sections, each beginning with its heading.
fn sections(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut sections: Vec<Vec<Block>> = Vec::new();
    for block in blocks {
        match sections.last_mut() {
            Some(section) if !matches!(block, Block::Heading { .. }) => section.push(block),
            _ => sections.push(vec![block]),
        }
    }
    sections
}

/// Longest run of blocks that is aligned by the longest common sequence; longer ones are paired in order.
const MAX_RUN: usize = 2000;

/// Pairs the items of two runs by their keys.
fn matched<T>(left: Vec<T>, right: Vec<T>, keys: impl Fn(&[T]) -> Vec<Option<Key>>) -> Vec<(Option<T>, Option<T>)> {
    let (a, b) = (keys(&left), keys(&right));
    let (rows, columns) = (a.len(), b.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut pairs = Vec::new();
    if a == b || rows > MAX_RUN || columns > MAX_RUN {
        for _ in 0..rows.max(columns) {
            pairs.push((left.next(), right.next()));
        }
        return pairs;
    }
    // common[i][j]: length of the longest common sequence of the runs from i and from j on.
    let mut common = vec![vec![0u16; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows || j < columns {
        if i < rows && j < columns && a[i] == b[j] && common[i][j] == common[i + 1][j + 1] + 1 {
            pairs.push((left.next(), right.next()));
            (i, j) = (i + 1, j + 1);
        } else if j == columns || i < rows && common[i + 1][j] >= common[i][j + 1] {
            pairs.push((left.next(), None));
            i += 1;
        } else {
            pairs.push((None, right.next()));
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Block {
        para(vec![Inline::Text(text.to_owned())])
    }

    #[test]
    fn a_block_without_counterpart_stands_alone() {
        let left = vec![heading(vec![]), text("a"), Block::Rule, heading(vec![]), text("b")];
        let right = vec![heading(vec![]), text("x"), heading(vec![]), text("y"), text("z")];
        let rows = align(left, right);
        let shape: Vec<_> = rows.iter().map(|[left, right]| (left.len(), right.len())).collect();
        assert_eq!(shape, [(1, 1), (1, 1), (1, 0), (1, 1), (1, 1), (0, 1)]);
        assert_eq!(rows[4], [vec![text("b")], vec![text("y")]]);
    }
}
