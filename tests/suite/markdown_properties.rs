//! Any document at all: its Markdown reads back to an equal one, its plain text can be written. Any text at all can
//! be read as Markdown, and what comes of it written.

use engross::document::{Paper, Status};
use engross::export::{markdown, text};
use engross::import::back;
use engross::import::free::{self, Given};
use engross::locale::Lang;
use engross::source::Source;
use proptest::prelude::*;

use crate::documents;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_document_reads_back(document in documents::document()) {
        let written = markdown::write(&document);
        let read = back::read(&Source::new("x.md", written.as_str()), documents::words_of);
        prop_assert!(read.faults.is_empty(), "{:?}\n{written}", read.faults);
        let (is, was) = (&read.output.blocks, &document.blocks);
        prop_assert!(is == was, "{written}\nread as {is:?}\nnot as {was:?}");
        prop_assert_eq!(read.output.meta, document.meta);
    }

    #[test]
    fn every_document_has_a_plain_text(document in documents::document()) {
        let written = text::write(&document);
        prop_assert_eq!(&written, &text::write(&document));
        prop_assert!(written.lines().all(|line| !line.ends_with(' ')), "{written}");
    }

    #[test]
    fn any_text_is_read_and_written(part in proptest::collection::vec(documents::text(), 1..30)) {
        let given = Given {
            title: "notes".into(),
            kind: "text".into(),
            locale: Lang::En.into(),
            status: Status::Final,
            paper: Paper::A4,
            confidentiality: None,
            words: &documents::words_of,
            long_date: |_, _| None,
        };
        let read = free::read(&Source::new("notes.md", part.concat()), &given).output;
        let written = markdown::write(&read);
        let again = back::read(&Source::new("notes.md", written.as_str()), documents::words_of);
        prop_assert!(again.output.blocks == read.blocks, "{written}\n{:?}\n{:?}", again.output.blocks, read.blocks);
        text::write(&read);
    }
}
