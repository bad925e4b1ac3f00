//! The test suite: one binary, so that Typst is linked once.

