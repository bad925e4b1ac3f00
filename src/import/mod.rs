//! Readers: everything that becomes a [`Document`](crate::document::Document) or a
//! [`Draft`](crate::document::draft::Draft).

pub mod back;
pub mod charset;
mod commonmark;
pub mod docx;
pub mod draft;
pub mod fence;
mod fnv;
pub mod free;
pub mod front;
pub mod html;
pub mod language;
mod lines;
pub mod markdown;
pub mod pdf;
pub mod plain;
pub mod quarantine;
pub mod rendered;
pub mod rich;
