//! The paragraphs and tables of a draft by their ordinal.

use crate::document::draft::{Block, Draft, Para, Table};

/// Finds paragraphs and tables of a draft by their ordinal over all its stories, in the order of reading:
/// the cells of a table row by row, where the table stands.
#[derive(Debug, Clone)]
pub struct Texts<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its paragraphs.
    pub paras: Vec<&'a Para>,
    /// Its tables.
    pub tables: Vec<&'a Table>,
    /// For each story, the ordinals of its first paragraph and its first table.
    pub starts: Vec<(usize, usize)>,
}

impl<'a> Texts<'a> {
    /// Counts the paragraphs and tables of a draft.
    pub fn new(draft: &'a Draft) -> Self {
        let mut texts = Self { draft, paras: Vec::new(), tables: Vec::new(), starts: Vec::new() };
        for story in &draft.stories {
            texts.starts.push((texts.paras.len(), texts.tables.len()));
            texts.count(&story.blocks);
        }
        texts
    }

    fn count(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Para(para) => self.paras.push(para),
                Block::Table(table) => {
                    self.tables.push(table);
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.count(&cell.blocks);
                    }
                }
            }
        }
    }
}
