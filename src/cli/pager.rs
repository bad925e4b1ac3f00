//! Long results page by page on a terminal, and the width of the terminal.

use std::io::Write;
use std::process::{Command, Stdio};

/// Columns where the terminal does not say.
const COLUMNS: usize = 80;

/// Returns the columns of the terminal: those of the variable `COLUMNS`, else those that it has.
pub(crate) fn columns() -> usize {
    let given = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let own = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    given.or_else(own).filter(|columns| *columns > 0).unwrap_or(COLUMNS)
}

/// Shows a text with the pager of the variable `PAGER`, `less` if it is not set; returns whether there was
/// one. What fits on one page is shown without.
pub(crate) fn page(text: &[u8]) -> bool {
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = pager.split_whitespace();
    let Some(program) = words.next().filter(|program| *program != "cat") else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    // Colours are shown as such, one page does not wait, and the page stays on the terminal.
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // A reader that leaves before the end has seen enough.
        let _ = input.write_all(text);
    }
    child.wait().is_ok()
}
