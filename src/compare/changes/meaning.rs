//! What the changes touch: sensitive tokens, topics, renamed terms; and the checks of the new draft.

use std::collections::HashMap;
use std::ops::Range;

use super::number::{Found, What};
use crate::compare::checks::{Subject, check};
use crate::compare::sensitive::{Lexicon, Side, touched};
use crate::compare::terms::Definitions;
use crate::compare::topics::Scores;
use crate::compare::{Change, ChangeKind, Comparison, Outline, SensitiveToken, Texts};
use crate::locale::Lang;

/// Tokens that are listed of one change; a new annex would list thousands.
const TOKENS: usize = 60;
/// Bytes of a clause that are read to guess its topic.
const CLAUSE: usize = 4_000;

/// The language that a draft is read in.
pub(super) fn lang(texts: &Texts<'_>) -> Lang {
    texts.draft.lang.unwrap_or(Lang::En)
}

/// Fills in what the changes touch and are about, and the checks.
pub(super) fn add(
    comparison: &mut Comparison,
    found: &[Found],
    partners: &[Option<usize>],
    old: &Texts<'_>,
    new: &Texts<'_>,
    outlines: &(Outline<'_>, Outline<'_>),
) {
    let defined = (Definitions::of(old, lang(old)), Definitions::of(new, lang(new)));
    let subject = |texts, outline, definitions, lang| Subject { texts, outline, lang, definitions };
    let checked = check(
        &subject(old, &outlines.0, &defined.0, lang(old)),
        &subject(new, &outlines.1, &defined.1, lang(new)),
        partners,
    );
    let reader = Reader {
        old,
        new,
        outlines,
        lexicons: (Lexicon::from_definitions(&defined.0, lang(old)), Lexicon::from_definitions(&defined.1, lang(new))),
        scores: HashMap::new(),
    };
    let mut reader = reader;
    for (change, found) in comparison.changes.iter_mut().zip(found) {
        if change.noise.is_some() {
            continue;
        }
        change.tokens = reader.tokens(found);
        change.topics = reader.topics(change);
        change.cascade = match (change.kind, found.old.as_slice(), found.new.as_slice()) {
            (ChangeKind::Replaced, [(a, from)], [(b, to)]) => {
                let (before, after) = (&old.paras[*a].text, &new.paras[*b].text);
                let follows = |(_, rename): &&(usize, crate::compare::terms::Rename)| {
                    rename.explains((before, from.clone()), (after, to.clone()))
                };
                checked.renames.iter().find(follows).map(|(check, _)| *check)
            }
            _ => None,
        };
    }
    comparison.checks = checked.checks;
}

struct Reader<'a> {
    old: &'a Texts<'a>,
    new: &'a Texts<'a>,
    outlines: &'a (Outline<'a>, Outline<'a>),
    lexicons: (Lexicon, Lexicon),
    /// What the headings and the text of a clause tell, by side and clause: read once.
    scores: HashMap<(bool, usize), Scores>,
}

impl Reader<'_> {
    fn tokens(&self, found: &Found) -> Vec<SensitiveToken> {
        if matches!(found.what, What::Split { .. } | What::Merged { .. }) {
            return Vec::new();
        }
        let mut tokens: Vec<SensitiveToken> = Vec::new();
        let mut add = |old: Option<(usize, &[Range<usize>])>, new: Option<(usize, &[Range<usize>])>| {
            let text = |texts: &'_ Texts<'_>, para: Option<usize>| -> String {
                para.map_or(String::new(), |para| texts.paras[para].text.clone())
            };
            let (before, after) = (text(self.old, old.map(|side| side.0)), text(self.new, new.map(|side| side.0)));
            let (in_old, in_new) = (self.lexicons.0.find(&before), self.lexicons.1.find(&after));
            let ranges = |side: Option<(usize, &[Range<usize>])>| side.map_or(Vec::new(), |side| side.1.to_vec());
            let (gone, come) = (ranges(old), ranges(new));
            for token in touched(
                Side { text: &before, found: &in_old, ranges: &gone },
                Side { text: &after, found: &in_new, ranges: &come },
            ) {
                if tokens.len() < TOKENS && !tokens.contains(&token) {
                    tokens.push(token);
                }
            }
        };
        match found.what {
            What::Words => {
                let side = |pieces: &[(usize, Range<usize>)]| -> Option<(usize, Vec<Range<usize>>)> {
                    let para = pieces.first()?.0;
                    Some((para, pieces.iter().filter(|piece| piece.0 == para).map(|piece| piece.1.clone()).collect()))
                };
                let (gone, come) = (side(&found.old), side(&found.new));
                add(
                    gone.as_ref().map(|(para, ranges)| (*para, ranges.as_slice())),
                    come.as_ref().map(|(para, ranges)| (*para, ranges.as_slice())),
                );
            }
            What::Move(_) => {
                for (pair, gone, come) in &found.edits {
                    add(Some((pair.0, gone)), Some((pair.1, come)));
                }
            }
            _ => {
                for (para, range) in &found.old {
                    add(Some((*para, std::slice::from_ref(range))), None);
                }
                for (para, range) in &found.new {
                    add(None, Some((*para, std::slice::from_ref(range))));
                }
            }
        }
        tokens
    }

    fn topics(&mut self, change: &Change) -> Vec<&'static str> {
        let (is_old, place) = match (&change.new, &change.old) {
            (Some(place), _) => (false, place),
            (None, Some(place)) => (true, place),
            (None, None) => return Vec::new(),
        };
        let (texts, outline) = if is_old { (self.old, &self.outlines.0) } else { (self.new, &self.outlines.1) };
        let clause = outline.clause(place.para).unwrap_or(usize::MAX);
        let scores = self.scores.entry((is_old, clause)).or_insert_with(|| {
            let mut text = String::new();
            let span = outline.clauses().get(clause).map_or(place.para..place.para + 1, |it| it.para..it.end);
            for para in span {
                text.push_str(&texts.paras[para].text);
                text.push('\n');
                if text.len() > CLAUSE {
                    break;
                }
            }
            Scores::new(lang(texts), &outline.headings(place.para), &text)
        });
        scores.guess(&format!("{}\n{}", change.before, change.after))
    }
}
