//! Any bytes as a file of the kind `.html`: a draft that holds together, or an error.

#![no_main]

mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::read("draft.html", bytes));
