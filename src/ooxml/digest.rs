//! A fast digest of 64 bits: the same on every machine and in every run.
//!
//! It tells contents apart that differ by accident. It is no protection against somebody who makes two
//! contents with the same digest on purpose.

/// A digest in the making.
#[derive(Debug, Clone, Copy)]
pub struct Digest(u64);

/// Odd constants with about as many ones as zeros (fractions of the square roots of 2, 3 and 5).
const KEYS: [u64; 3] = [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B];

impl Default for Digest {
    fn default() -> Self {
        Self(KEYS[2])
    }
}

impl Digest {
    /// Starts an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a number.
    #[must_use]
    pub fn number(self, value: u64) -> Self {
        let wide = u128::from(value ^ KEYS[0]) * u128::from(self.0 ^ KEYS[1]);
        #[expect(clippy::cast_possible_truncation, reason = "the two halves are folded")]
        Self((wide as u64) ^ ((wide >> 64) as u64) ^ self.0.rotate_left(23))
    }

    /// Takes in bytes, and how many they are.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self = self.number(u64::from_le_bytes(word));
        }
        let mut word = [0; 8];
        word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        self.number(u64::from_le_bytes(word)).number(bytes.len() as u64)
    }

    /// Takes in text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Returns the digest, which is never 0.
    pub fn finish(self) -> u64 {
        let value = self.number(KEYS[1]).0;
        if value == 0 { 1 } else { value }
    }
}
