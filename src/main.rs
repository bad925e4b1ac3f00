//! The command line program; everything is in [`cli`].

#![warn(missing_docs, unreachable_pub)]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::dbg_macro, clippy::todo)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
