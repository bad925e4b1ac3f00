//! A small digest of bytes, the same on every machine: equal or not, no more.

/// FNV-1a in 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Returns the digest.
    pub(super) fn finish(self) -> u64 {
        self.0
    }
}
