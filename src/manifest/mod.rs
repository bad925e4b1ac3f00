//! What was made, and from what: digests, checksum lists and records.
//!
//! Everything here is pure: values in, values out. The only reading is from a
//! [`std::io::Read`] that the caller hands over; folders and files belong to
//! `workspace`. The crate `sha2` is used in [`digest`] and nowhere else.

pub mod check;
pub mod digest;
pub mod name;
pub mod record;
pub mod sums;

pub use check::{Cause, Finding, FindingKind, causes, consistency, findings};
pub use digest::{Digested, Hasher, ParseDigestError, ReadError, Sha256};
pub use name::{Name, NameError, NameFault};
pub use record::{
    CaseSource, Faults, Options, Output, Program, RECORD_FILE, Record, RecordError, RecordVersion, SNAPSHOT,
    SNAPSHOT_CASE, SNAPSHOT_UNIT, Status,
};
pub use sums::{NameTaken, SUMS_FILE, Sums, SumsError, SumsFault};
