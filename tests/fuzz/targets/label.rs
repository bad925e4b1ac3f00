//! Any text as the start of a paragraph: the number that is found is part of it, and short.

#![no_main]

use engross::document::label::{MAX_LABEL, find, whole};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(found) = find(text) {
        assert!(found.start <= found.end && found.end <= found.len && found.len <= text.len());
        assert!(found.end - found.start <= MAX_LABEL);
        assert!(
            text.is_char_boundary(found.start) && text.is_char_boundary(found.end) && text.is_char_boundary(found.len)
        );
    }
    let _ = whole(text);
});
