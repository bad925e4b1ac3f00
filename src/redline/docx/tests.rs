//! The writer as a whole, on small files.
