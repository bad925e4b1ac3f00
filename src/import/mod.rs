//! Readers: everything that becomes a [`Document`](crate::document::Document).

pub mod fence;
pub mod front;
pub mod markdown;
pub mod quarantine;
pub mod rich;
