//! The readers of drafts, and what they stand on, taken from `src/` file by file.
//!
//! To depend on the crate would be to compile Typst once more, with the counters of a fuzzer in it.

#![forbid(unsafe_code)]
#![allow(dead_code, reason = "what only the writers call is called by nobody here")]

#[path = "../../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../../src/document/mod.rs"]
pub mod document;
#[path = "../../src/import/mod.rs"]
pub mod import;
#[path = "../../src/locale/mod.rs"]
pub mod locale;
#[path = "../../src/ooxml/mod.rs"]
pub mod ooxml;
#[path = "../../src/source.rs"]
pub mod source;
#[path = "../../src/yaml/mod.rs"]
pub mod yaml;
