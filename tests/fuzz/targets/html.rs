//! Any bytes as a file of the kind `.html`: a draft that holds together, or an error.

#![no_main]

mod check;
mod tags;

use libfuzzer_sys::fuzzer_mutate;
use tags::Dice;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::read("draft.html", bytes));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed);
    if dice.roll(2) > 0
        && let Some(bytes) = tags::change(&data[..size], &mut dice)
        && let Some(place) = data[..max_size].get_mut(..bytes.len())
    {
        place.copy_from_slice(&bytes);
        return bytes.len();
    }
    fuzzer_mutate(data, size, max_size)
});
