//! The test suite: one binary, so that Typst is linked once.
//!
//! Each file tests one thing that must be true of the whole program; what a module promises of itself
//! is tested at the end of the module's own file. `docs/contributing.md` tells how to run and renew.

mod harness;

mod tidy;

mod build;
mod build_refusals;
mod case_data;
mod cli_page;
mod docs;
mod fixtures_check;
mod hostile;
mod injection;
mod interruption;
mod pdf;
mod pdf_text;
mod properties;
mod reproducible;
mod schema;
mod templates;
mod verify;
