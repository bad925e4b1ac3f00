//! The paperwork of contract negotiation support.
//!
//! One case file goes in; the letters, agreements, terms of reference and forms that the case needs
//! come out as PDF, hashed and verifiable. `docs/architecture.md` shows how the modules hang together:
//! readers on one side, writers on the other, the format-neutral [`document::Document`] between them.

#![warn(missing_docs, unreachable_pub)]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::dbg_macro, clippy::todo, clippy::iter_over_hash_type)]
#![deny(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

pub mod artifact;
pub mod case;
pub mod compare;
pub mod diagnostic;
pub mod document;
pub mod export;
pub mod import;
pub mod locale;
pub mod manifest;
pub mod ooxml;
pub mod pipeline;
pub mod redline;
pub mod source;
pub mod template;
pub mod track;
pub mod typeset;
pub mod workspace;
pub mod yaml;
