//! Comparisons: files with their list, and a record with another.
//!
//! Pure: the caller reads the folder, these functions say what differs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::digest::Sha256;
use super::name::Name;
use super::record::{Program, RECORD_FILE, Record, SNAPSHOT_CASE, SNAPSHOT_UNIT};
use super::sums::Sums;

/// A file that is not as its list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file's name.
    pub name: String,
    /// How it differs.
    pub kind: FindingKind,
}

/// How a file differs from its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FindingKind {
    /// It is there with another digest.
    Changed,
    /// It is listed but not there.
    Missing,
    /// It is there but not listed.
    Extra,
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Extra => "extra",
        })
    }
}

/// Compares the files there are with the list of those there should be.
///
/// `actual` may come in any order, and may hold names that no list takes: they
/// are extra. The list itself is not among its files; the caller leaves it out.
/// What is no file of its own, as a link, has no digest: it is changed, or extra.
/// Findings are sorted by name, one for each name; none means all is intact.
///
/// ```
/// use engross::manifest::{FindingKind, Name, Sha256, Sums, findings};
///
/// let mut sums = Sums::new();
/// sums.insert(Name::new("letter.pdf")?, Sha256::of(b"as sent"))?;
/// let found = findings(&sums, [("letter.pdf", Sha256::of(b"as returned"))]);
/// assert_eq!(found[0].kind, FindingKind::Changed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn findings<N, D>(expected: &Sums, actual: impl IntoIterator<Item = (N, D)>) -> Vec<Finding>
where
    N: Into<String>,
    D: Into<Option<Sha256>>,
{
    let mut found: BTreeMap<String, BTreeSet<Option<Sha256>>> = BTreeMap::new();
    for (name, digest) in actual {
        found.entry(name.into()).or_default().insert(digest.into());
    }
    let mut kinds: BTreeMap<&str, FindingKind> = BTreeMap::new();
    for (name, digests) in &found {
        match expected.get(name) {
            None => {
                kinds.insert(name, FindingKind::Extra);
            }
            Some(digest) if digests.iter().any(|other| *other != Some(digest)) => {
                kinds.insert(name, FindingKind::Changed);
            }
            Some(_) => {}
        }
    }
    for (name, _) in expected.iter() {
        if !found.contains_key(name.as_str()) {
            kinds.insert(name.as_str(), FindingKind::Missing);
        }
    }
    kinds.into_iter().map(|(name, kind)| Finding { name: name.to_owned(), kind }).collect()
}

/// Compares a list with the record that it lists: each must name the files of the other.
///
/// [`FindingKind::Changed`] is a file listed with another digest than the record has,
/// [`FindingKind::Missing`] one that the record names and the list does not (or the record itself),
/// [`FindingKind::Extra`] one that is listed and unknown to the record.
/// Findings are sorted by name, one for each name; none means that the two agree.
pub fn consistency(sums: &Sums, record: &Record) -> Vec<Finding> {
    let always = [RECORD_FILE, SNAPSHOT_CASE, SNAPSHOT_UNIT];
    let named: BTreeSet<&str> = record.outputs.keys().chain(&record.snapshot).map(Name::as_str).chain(always).collect();
    let mut kinds: BTreeMap<&str, FindingKind> = BTreeMap::new();
    for name in &named {
        match (sums.get(name), record.digest_of(name)) {
            (None, _) => {
                kinds.insert(name, FindingKind::Missing);
            }
            (Some(listed), Some(recorded)) if listed != recorded => {
                kinds.insert(name, FindingKind::Changed);
            }
            (Some(_), _) => {}
        }
    }
    let unknown = sums.iter().map(|(name, _)| name.as_str()).filter(|name| !named.contains(name));
    kinds.extend(unknown.map(|name| (name, FindingKind::Extra)));
    kinds.into_iter().map(|(name, kind)| Finding { name: name.to_owned(), kind }).collect()
}

/// A reason for which outputs made again may differ from those recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The case has another id or digest.
    Case,
    /// The unit profile has another digest.
    Unit,
    /// This template changed, or is used by one of the two only.
    Template(Name),
    /// This frame changed, or is used by one of the two only.
    Frame(Name),
    /// This font changed, or is used by one of the two only.
    Font(Name),
    /// This data list changed, or is used by one of the two only.
    Data(Name),
    /// Another program or version made it.
    Engine {
        /// The program of the first record.
        was: Program,
        /// The program of the second record.
        is: Program,
    },
    /// Other documents, formats, languages or another status were asked for.
    Options,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case => f.write_str("the case differs"),
            Self::Unit => f.write_str("the unit profile differs"),
            Self::Template(name) => write!(f, "the template `{name}` differs"),
            Self::Frame(name) => write!(f, "the frame `{name}` differs"),
            Self::Font(name) => write!(f, "the font `{name}` differs"),
            Self::Data(name) => write!(f, "the data list `{name}` differs"),
            Self::Engine { was, is } => write!(f, "it was made by {was}, this is {is}"),
            Self::Options => f.write_str("the options differ"),
        }
    }
}

/// Returns what differs in the inputs of two records, in the order of [`Cause`].
///
/// None exactly if both have the same [`Record::input_digest`]. Outputs,
/// faults, blanks, snapshot names and the link to the record before do not count.
pub fn causes(was: &Record, is: &Record) -> Vec<Cause> {
    let mut causes = Vec::new();
    if was.case != is.case {
        causes.push(Cause::Case);
    }
    if was.unit != is.unit {
        causes.push(Cause::Unit);
    }
    causes.extend(differing(&was.templates, &is.templates).map(Cause::Template));
    causes.extend(differing(&was.frames, &is.frames).map(Cause::Frame));
    causes.extend(differing(&was.fonts, &is.fonts).map(Cause::Font));
    causes.extend(differing(&was.data, &is.data).map(Cause::Data));
    if was.program != is.program {
        causes.push(Cause::Engine { was: was.program.clone(), is: is.program.clone() });
    }
    if was.options != is.options {
        causes.push(Cause::Options);
    }
    causes
}

/// Returns the names whose digests differ or that only one side has, sorted.
fn differing<'a>(was: &'a BTreeMap<Name, Sha256>, is: &'a BTreeMap<Name, Sha256>) -> impl Iterator<Item = Name> {
    let names: BTreeSet<&Name> = was.keys().chain(is.keys()).collect();
    names.into_iter().filter(|name| was.get(*name) != is.get(*name)).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::record::{Faults, Status, sample};
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).expect("a good name")
    }

    fn digest(text: &str) -> Sha256 {
        Sha256::of(text.as_bytes())
    }

    fn list(names: &[&str]) -> Sums {
        let mut sums = Sums::new();
        for text in names {
            sums.insert(name(text), digest(text)).expect("names differ");
        }
        sums
    }

    fn finding(name: &str, kind: FindingKind) -> Finding {
        Finding { name: name.to_owned(), kind }
    }

    #[test]
    fn intact_files_give_no_finding_in_any_order() {
        let sums = list(&["a", "b", "c"]);
        for order in [["a", "b", "c"], ["c", "a", "b"], ["b", "c", "a"]] {
            assert_eq!(findings(&sums, order.map(|text| (text, digest(text)))), []);
        }
    }

    #[test]
    fn each_kind_is_found_and_sorted_by_name() {
        let sums = list(&["b", "d", "e"]);
        let mut actual = [("z", digest("z")), ("e", digest("e")), ("d", digest("x")), ("a", digest("a"))];
        let expect = [
            finding("a", FindingKind::Extra),
            finding("b", FindingKind::Missing),
            finding("d", FindingKind::Changed),
            finding("z", FindingKind::Extra),
        ];
        assert_eq!(findings(&sums, actual), expect);
        actual.reverse();
        assert_eq!(findings(&sums, actual), expect);
    }

    #[test]
    fn a_name_met_twice_must_be_right_both_times() {
        let sums = list(&["a"]);
        for pair in [[digest("a"), digest("x")], [digest("x"), digest("a")]] {
            let found = findings(&sums, pair.map(|digest| ("a", digest)));
            assert_eq!(found, [finding("a", FindingKind::Changed)]);
        }
    }

    #[test]
    fn names_that_no_list_takes_are_extra() {
        let found = findings(&list(&["a"]), [("a", digest("a")), ("-", digest("x"))]);
        assert_eq!(found, [finding("-", FindingKind::Extra)]);
    }

    #[test]
    fn an_empty_side_makes_everything_missing_or_extra() {
        let none: [(&str, Sha256); 0] = [];
        assert_eq!(findings(&list(&["a"]), none), [finding("a", FindingKind::Missing)]);
        let found = findings(&Sums::new(), [("a", digest("a"))]);
        assert_eq!(found, [finding("a", FindingKind::Extra)]);
    }

    #[test]
    fn what_is_no_file_is_changed_or_extra() {
        let found = findings(&list(&["a", "b"]), [("a", None), ("b", Some(digest("b"))), ("c", None)]);
        assert_eq!(found, [finding("a", FindingKind::Changed), finding("c", FindingKind::Extra)]);
    }

    /// A record with a snapshot, and the list that a build writes with it.
    fn folder() -> (Record, BTreeMap<String, Sha256>) {
        let mut record = sample();
        let own = ["source/templates/request-letter.fr.md", "source/templates/letter.typ", "source/data/eligible.yaml"];
        record.snapshot = [SNAPSHOT_CASE, SNAPSHOT_UNIT, "source/templates/unused.md"].map(name).into();
        record.snapshot.extend(own.map(name));
        let mut listed: BTreeMap<String, Sha256> = record
            .outputs
            .keys()
            .chain(&record.snapshot)
            .map(|name| (name.to_string(), record.digest_of(name.as_str()).unwrap_or_else(|| digest("unused"))))
            .collect();
        listed.insert(RECORD_FILE.to_owned(), record.digest());
        (record, listed)
    }

    fn contradictions(record: &Record, listed: &BTreeMap<String, Sha256>) -> Vec<Finding> {
        let mut sums = Sums::new();
        for (text, digest) in listed {
            sums.insert(name(text), *digest).expect("names differ");
        }
        consistency(&sums, record)
    }

    #[test]
    fn the_list_of_a_build_agrees_with_its_record() {
        let (record, listed) = folder();
        assert_eq!(listed.len(), 9);
        assert_eq!(contradictions(&record, &listed), []);
    }

    #[test]
    fn a_line_changed_or_taken_away_contradicts_the_record() {
        let (record, listed) = folder();
        for name in listed.keys() {
            let mut less = listed.clone();
            less.remove(name);
            assert_eq!(contradictions(&record, &less), [finding(name, FindingKind::Missing)]);
            let mut forged = listed.clone();
            forged.insert(name.clone(), digest("forged"));
            // The record has no digest of itself, nor of a template that nothing used.
            let blind = name == RECORD_FILE || name.ends_with("unused.md");
            let expect = if blind { vec![] } else { vec![finding(name, FindingKind::Changed)] };
            assert_eq!(contradictions(&record, &forged), expect);
        }
    }

    #[test]
    fn a_line_more_contradicts_the_record() {
        let (record, mut listed) = folder();
        for name in ["source/templates/new.md", "letter.pdf", "SHA256SUMS"] {
            listed.insert(name.to_owned(), digest("new"));
        }
        let expect = ["SHA256SUMS", "letter.pdf", "source/templates/new.md"];
        assert_eq!(contradictions(&record, &listed), expect.map(|name| finding(name, FindingKind::Extra)));
    }

    #[test]
    fn case_and_unit_must_be_listed_whatever_the_record_names() {
        let (mut record, mut listed) = folder();
        for name in [SNAPSHOT_CASE, SNAPSHOT_UNIT] {
            record.snapshot.remove(name);
            listed.remove(name);
        }
        let expect = [SNAPSHOT_CASE, SNAPSHOT_UNIT].map(|name| finding(name, FindingKind::Missing));
        assert_eq!(contradictions(&record, &listed), expect);
    }

    /// Asserts the causes of a change to the sample, and that the input digest sees it too.
    fn check(change: impl FnOnce(&mut Record), expect: &[Cause]) {
        let was = sample();
        let mut is = sample();
        change(&mut is);
        assert_eq!(causes(&was, &is), expect);
        assert_eq!(was.input_digest() == is.input_digest(), expect.is_empty());
    }

    #[test]
    fn every_input_has_its_cause() {
        let engine = |name: &str, version: &str| Cause::Engine {
            was: sample().program,
            is: Program { name: name.to_owned(), version: version.to_owned() },
        };
        check(|record| record.case.sha256 = digest("x"), &[Cause::Case]);
        check(|record| record.case.id.push('x'), &[Cause::Case]);
        check(|record| record.unit = digest("x"), &[Cause::Unit]);
        check(
            |record| {
                record.templates.insert(name("request-letter.fr.md"), digest("x"));
                record.templates.insert(name("new.md"), digest("x"));
            },
            &[Cause::Template(name("new.md")), Cause::Template(name("request-letter.fr.md"))],
        );
        check(|record| record.frames.clear(), &[Cause::Frame(name("letter.typ"))]);
        check(|record| record.fonts.clear(), &[Cause::Font(name("LibertinusSerif-Regular.otf"))]);
        check(
            |record| {
                record.data.insert(name("eligible.yaml"), digest("x"));
            },
            &[Cause::Data(name("eligible.yaml"))],
        );
        check(|record| record.program.version = "9.9.9".to_owned(), &[engine("engross", "9.9.9")]);
        check(|record| record.program.name = "other".to_owned(), &[engine("other", "1.2.3")]);
        check(|record| record.options.status = Status::Draft, &[Cause::Options]);
        check(|record| record.options.formats.clear(), &[Cause::Options]);
        check(|record| record.options.languages.clear(), &[Cause::Options]);
        check(|record| record.options.kinds.clear(), &[Cause::Options]);
    }

    #[test]
    fn what_is_no_input_is_no_cause() {
        check(|_| {}, &[]);
        check(|record| record.outputs.clear(), &[]);
        check(|record| record.previous = None, &[]);
        check(|record| record.blanks.clear(), &[]);
        check(|record| record.snapshot.clear(), &[]);
        check(|record| record.faults = Faults { errors: 3, warnings: 4 }, &[]);
    }

    #[test]
    fn moving_a_digest_between_kinds_is_seen() {
        check(
            |record| {
                let frames = std::mem::take(&mut record.frames);
                record.data.extend(frames);
            },
            &[Cause::Frame(name("letter.typ")), Cause::Data(name("letter.typ"))],
        );
    }

    #[test]
    fn causes_read_as_sentences() {
        let record = sample();
        let engine = Cause::Engine {
            was: record.program.clone(),
            is: Program { version: "2.0.0".to_owned(), ..record.program },
        };
        assert_eq!(engine.to_string(), "it was made by engross 1.2.3, this is engross 2.0.0");
        assert_eq!(Cause::Data(name("a.yaml")).to_string(), "the data list `a.yaml` differs");
    }
}
