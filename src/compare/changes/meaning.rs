//! What the changes touch: sensitive tokens, topics, renamed terms; and the checks of the new draft.

use std::collections::HashMap;
use std::ops::Range;

use super::number::{Found, What};
use crate::compare::checks::{Subject, check};
use crate::compare::sensitive::{Found as Token, Lexicon, Side, touched};
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
        recent: (Recent::default(), Recent::default()),
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
    /// The paragraph of each draft that was read last, and its tokens.
    recent: (Recent, Recent),
}

/// A paragraph and its tokens.
type Recent = (Option<usize>, Vec<Token>);

/// Makes sure that the tokens of a paragraph are at hand; a number that it begins with is none of them.
fn recall(recent: &mut Recent, para: Option<usize>, texts: &Texts<'_>, lexicon: &Lexicon) {
    if let Some(at) = para.filter(|_| recent.0 != para) {
        let para = texts.paras[at];
        let mut found = lexicon.find(&para.text);
        found.retain(|token| token.range.start >= para.label_end());
        *recent = (Some(at), found);
    }
}

impl Reader<'_> {
    fn tokens(&mut self, found: &Found) -> Vec<SensitiveToken> {
        let mut tokens = Vec::new();
        match found.what {
            What::Split { .. } | What::Merged { .. } => {}
            What::Words => {
                let side = |pieces: &[(usize, Range<usize>)]| -> Option<(usize, Vec<Range<usize>>)> {
                    let para = pieces.first()?.0;
                    Some((para, pieces.iter().filter(|piece| piece.0 == para).map(|piece| piece.1.clone()).collect()))
                };
                self.add(side(&found.old), side(&found.new), &mut tokens);
            }
            What::Move(_) => {
                for (pair, gone, come) in &found.edits {
                    self.add(Some((pair.0, gone.clone())), Some((pair.1, come.clone())), &mut tokens);
                }
            }
            _ => {
                for (para, range) in &found.old {
                    self.add(Some((*para, vec![range.clone()])), None, &mut tokens);
                }
                for (para, range) in &found.new {
                    self.add(None, Some((*para, vec![range.clone()])), &mut tokens);
                }
            }
        }
        tokens
    }

    /// Adds the tokens that a change of two paragraphs, or of one, touches.
    fn add(
        &mut self,
        old: Option<(usize, Vec<Range<usize>>)>,
        new: Option<(usize, Vec<Range<usize>>)>,
        tokens: &mut Vec<SensitiveToken>,
    ) {
        // The changes of a paragraph follow each other: its tokens are found once for all of them.
        recall(&mut self.recent.0, old.as_ref().map(|side| side.0), self.old, &self.lexicons.0);
        recall(&mut self.recent.1, new.as_ref().map(|side| side.0), self.new, &self.lexicons.1);
        let (first, second) = (self.old, self.new);
        let before = old.as_ref().map_or("", |(para, _)| first.paras[*para].text.as_str());
        let after = new.as_ref().map_or("", |(para, _)| second.paras[*para].text.as_str());
        let touched = touched(
            Side {
                text: before,
                found: if old.is_some() { &self.recent.0.1 } else { &[] },
                ranges: old.as_ref().map_or(&[], |side| &side.1),
            },
            Side {
                text: after,
                found: if new.is_some() { &self.recent.1.1 } else { &[] },
                ranges: new.as_ref().map_or(&[], |side| &side.1),
            },
        );
        for token in touched {
            if tokens.len() < TOKENS && !tokens.contains(&token) {
                tokens.push(token);
            }
        }
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
