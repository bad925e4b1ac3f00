//! Readers: everything that becomes a [`Document`](crate::document::Document).

pub mod back;
mod commonmark;
pub mod fence;
pub mod free;
pub mod front;
pub mod markdown;
pub mod quarantine;
pub mod rich;
