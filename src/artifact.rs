//! A named output with its bytes: what every writer returns and what the workspace puts on disk.

/// One output file, held in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// File name relative to the output folder, with `/` between folders.
    pub name: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// Makes an artifact from a name and its content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}
