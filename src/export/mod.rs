//! Writers: a [`Document`](crate::document::Document) to the bytes of a format.

pub mod pdf;
pub mod typst;
