//! The documents of all sample cases as Markdown and as plain text: the one reads back, the other keeps to its width.

use std::path::Path;

use engross::case::kind::Version;
use engross::diagnostic::Diagnostic;
use engross::document::{Document, Status};
use engross::export::{markdown, text};
use engross::import::back;
use engross::locale::Lang;
use engross::pipeline::{self, Request};
use engross::source::Source;
use engross::workspace::{Workspace, find_cases, read_case};
use unicode_width::UnicodeWidthStr;

/// Calls `look` with every document of every sample case, in each of its languages and side by side.
fn each_document(workspace: &Workspace, mut look: impl FnMut(&str, &Document)) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unit/cases");
    let mut count = 0;
    for path in find_cases(&root).expect("the sample cases") {
        let case = read_case(&path).expect("a sample case");
        let inputs = workspace.inputs(&case);
        let mut versions: Vec<Version> = Lang::ALL.into_iter().map(Version::from).collect();
        versions.push(Version { lang: Lang::Fr, beside: Some(Lang::En) });
        versions.push(Version { lang: Lang::En, beside: Some(Lang::Ar) });
        let request = Request { kinds: Vec::new(), versions, status: Status::Draft };
        for subject in pipeline::plan(&case.case, &request).output {
            let made = pipeline::document(&inputs, &subject, Status::Draft);
            // What a template lacks yet is told by other tests.
            let Some(document) = made.output.filter(|_| !made.faults.iter().any(Diagnostic::is_error)) else {
                continue;
            };
            look(&format!("{}/{}", path.display(), subject.stem()), &document);
            count += 1;
        }
    }
    count
}

#[test]
fn every_document_reads_back() {
    let workspace = Workspace::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unit")).expect("a workspace");
    let count = each_document(&workspace, |name, document| {
        let written = markdown::write(document);
        let read = back::read(&Source::new(name, written.as_str()), |lang| workspace.library().words(lang));
        assert_eq!(read.faults, [], "{name}\n{written}");
        assert_eq!(read.output.meta, document.meta, "{name}");
        assert!(read.output == *document, "{name}\n{written}");
        assert_eq!(markdown::write(&read.output), written, "{name}");
    });
    assert!(count > 50, "{count} documents");
}

#[test]
fn plain_text_keeps_to_its_width() {
    let workspace = Workspace::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unit")).expect("a workspace");
    each_document(&workspace, |name, document| {
        for line in text::write(document).lines() {
            let breaks = line.trim().contains(' ');
            assert!(line.width() <= 72 || !breaks, "{name}: {line}");
        }
    });
}
