//! Any bytes as a file of the kind `.docx`: a draft that holds together, or an error.

#![no_main]

mod check;
mod tags;

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::fuzzer_mutate;
use tags::Dice;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How much of a part is looked at, in bytes.
const PART: u64 = 1 << 20;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::read("draft.docx", bytes));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed);
    // Bytes changed in what is packed are refused by the check sum of their part, so most changes are made inside.
    if dice.roll(8) > 0
        && let Some(bytes) = inside(&data[..size], &mut dice)
        && let Some(place) = data[..max_size].get_mut(..bytes.len())
    {
        place.copy_from_slice(&bytes);
        return bytes.len();
    }
    fuzzer_mutate(data, size, max_size)
});

/// Changes one part of an archive, and packs it again.
fn inside(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len().min(100) {
        let part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.to_string();
        let mut bytes = Vec::new();
        part.take(PART).read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    let main = parts.iter().position(|(name, _)| name == "word/document.xml");
    let at = main.filter(|_| dice.roll(2) == 0).unwrap_or(dice.roll(parts.len()));
    let (_, text) = parts.get_mut(at)?;
    *text = match tags::change(text, dice).filter(|_| dice.roll(4) > 0) {
        Some(changed) => changed,
        None => {
            let size = text.len();
            text.resize(size + 256, 0);
            let kept = fuzzer_mutate(text, size, size + 256);
            text.truncate(kept);
            std::mem::take(text)
        }
    };
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &parts {
        packed.start_file(name.as_str(), options).ok()?;
        packed.write_all(bytes).ok()?;
    }
    Some(packed.finish().ok()?.into_inner())
}
