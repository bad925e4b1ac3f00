//! A paragraph in the making.

use super::css::Space;
use crate::document::draft::{Block, Label, OBJECT, Object, ObjectKind, Para, Run};

/// Look of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Whether it is bold.
    pub strong: bool,
    /// Whether it is italic.
    pub emph: bool,
    /// Whatever else changes it, as a digest.
    pub other: u64,
    /// Treatment of blanks.
    pub space: Space,
}

/// A paragraph in the making.
#[derive(Default)]
pub(super) struct Building {
    text: String,
    runs: Vec<Run>,
    objects: Vec<Object>,
    /// Look of blanks that were read and are one blank if text follows.
    blank: Option<Look>,
    /// Number that the next paragraph gets.
    pub label: Option<String>,
    /// Paragraphs so far.
    count: u32,
}

impl Building {
    /// Returns whether there is nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text, with blanks treated as the look asks for.
    pub(super) fn text(&mut self, text: &str, look: Look) {
        match look.space {
            Space::Keep => self.push(text, look),
            Space::Collapse => {
                let mut words = text.split([' ', '\t', '\n', '\u{c}', '\r']).peekable();
                while let Some(word) = words.next() {
                    if !word.is_empty() {
                        self.push(word, look);
                    }
                    if words.peek().is_some() {
                        self.blank.get_or_insert(look);
                    }
                }
            }
            Space::Lines => {
                for (at, line) in text.split('\n').enumerate() {
                    if at > 0 {
                        self.line_break(look);
                    }
                    self.text(line, Look { space: Space::Collapse, ..look });
                }
            }
        }
    }

    /// Ends a line within the paragraph.
    pub(super) fn line_break(&mut self, look: Look) {
        self.blank = None;
        self.push("\n", look);
    }

    /// Returns whether the text ends with a line break.
    pub(super) fn ends_line(&self) -> bool {
        self.text.ends_with('\n')
    }

    /// Adds something that is not text.
    pub(super) fn object(&mut self, kind: ObjectKind, name: String, digest: u64, look: Look) {
        self.settle_blank();
        self.objects.push(Object { at: self.text.len(), kind, name, digest });
        let mut sign = [0; 4];
        self.push(OBJECT.encode_utf8(&mut sign), look);
    }

    fn settle_blank(&mut self) {
        if let Some(look) = self.blank.take()
            && !self.text.is_empty()
            && !self.text.ends_with('\n')
        {
            self.text.push(' ');
            self.run(look);
        }
    }

    fn push(&mut self, text: &str, look: Look) {
        self.settle_blank();
        self.text.push_str(text);
        self.run(look);
    }

    fn run(&mut self, look: Look) {
        let end = self.text.len();
        let digest = look.other ^ u64::from(look.strong) ^ u64::from(look.emph) << 1;
        match self.runs.last_mut() {
            Some(run) if run.look == digest && run.strong == look.strong && run.emph == look.emph => run.end = end,
            _ => self.runs.push(Run { end, look: digest, strong: look.strong, emph: look.emph }),
        }
    }

    /// Ends the paragraph and returns it, if there is anything in it.
    pub(super) fn take(&mut self, heading: Option<u8>, shape: u64) -> Option<Block> {
        self.blank = None;
        let mut text = std::mem::take(&mut self.text);
        let mut runs = std::mem::take(&mut self.runs);
        let mut objects = std::mem::take(&mut self.objects);
        // A line break before the end of a block shows nothing.
        let end = text.trim_end_matches(['\n', ' ', '\t']).len();
        text.truncate(end);
        let start = text.len() - text.trim_start_matches('\n').len();
        if start > 0 {
            text.drain(..start);
            runs.iter_mut().for_each(|run| run.end = run.end.saturating_sub(start));
            objects.iter_mut().for_each(|object| object.at = object.at.saturating_sub(start));
        }
        if text.is_empty() {
            return None;
        }
        let mut last = 0;
        runs.retain_mut(|run| {
            run.end = run.end.min(text.len());
            let some = run.end > last;
            last = run.end;
            some
        });
        if let [run] = runs.as_slice()
            && *run == (Run { end: text.len(), look: 0, strong: false, emph: false })
        {
            runs.clear();
        }
        let label = self.label.take().map(|text| Label { text, typed: None });
        self.count += 1;
        Some(Block::Para(Para { text, label, heading, level: None, shape, runs, objects, source: self.count - 1 }))
    }

    /// Returns an empty paragraph, for a cell that has nothing.
    pub(super) fn empty(&mut self) -> Block {
        self.count += 1;
        Block::Para(Para { source: self.count - 1, ..Para::default() })
    }

    /// Takes a paragraph that was made elsewhere into the count.
    pub(super) fn adopt(&mut self, mut para: Para) -> Block {
        para.source = self.count;
        self.count += 1;
        para.label = self.label.take().map(|text| Label { text, typed: None }).or(para.label);
        Block::Para(para)
    }
}
