//! Word files as they are: packages of parts, the relationships between them, and XML as a tape.
//!
//! Everything here is about the file and nothing about what it means. [`Package`] opens the archive and
//! keeps within bounds whatever is in it, [`Tape`] holds a part of XML without taking it apart, and
//! [`Pieces`] says what the text of a paragraph is made of. The reader (`import::docx`) and the writer of
//! redlines (`redline::docx`) both stand on it, so that what one has read the other finds again
//! ([`Places`]).
//!
//! Standards: ECMA-376 parts 1 to 4 (transitional), ISO/IEC 29500 (strict).

mod digest;
mod package;
pub mod pieces;
mod places;
mod relations;
#[cfg(test)]
pub(crate) mod sample;
mod symbol;
mod tag;
mod tape;
mod text;
mod view;

pub use digest::Digest;
pub use package::{Package, PackageError};
pub use pieces::{Fields, Hidden, Piece, PieceKind, Pieces, branch, field_name};
pub use places::{ParaPlace, Places, StoryPlace};
pub use relations::{Relation, Relations, normal, relations_of};
pub use tag::Tag;
pub use tape::{Attrs, Children, Kind, NodeId, Tape, XmlError};
pub use text::{decode_bytes, escape, unescape};
pub use view::{Revision, View, is_on, properties};
