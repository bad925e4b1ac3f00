//! Drafts of a contract, round after round: what became of each clause, and what is still open.
//!
//! [`follow()`] takes the drafts that were exchanged and returns a [`Track`]: the history of every clause,
//! what each draft changed, sentences that were deleted and came back. [`matrix::fill`] adds the issues
//! matrix, made of the changes by topic and completed from the case. A [`Track`] can be shown to anybody
//! who has the drafts. What only the team may know is a [`Confidential`], and the writers show it only if
//! they are handed one.

pub mod confidential;
mod follow;
pub mod frame;
pub mod html;
pub mod json;
pub mod matrix;
mod model;
mod redline;
#[cfg(test)]
mod sample;
mod say;
mod sheet;
mod tables;
pub mod term;
mod text;
pub mod xlsx;

pub use confidential::Confidential;
pub use follow::{Given, follow};
pub use model::*;
