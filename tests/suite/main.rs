//! The test suite: one binary, so that Typst is linked once.
//!
//! Each file tests one thing that must be true of the whole program; what a module promises of itself
//! is tested at the end of the module's own file. `docs/contributing.md` tells how to run and renew.

mod harness;
mod reading;
mod reading_word;

mod tidy;

mod build;
mod build_refusals;
mod case_data;
mod cli_page;
mod diff;
mod docs;
mod documents;
mod fixtures_check;
mod formats;
mod hostile;
mod injection;
mod interruption;
mod languages;
mod markdown_back;
mod markdown_properties;
mod outside;
mod parallel;
mod pdf;
mod pdf_text;
mod properties;
mod redline_outside;
mod reproducible;
mod samples;
mod schema;
mod templates;
mod track;
mod verify;
