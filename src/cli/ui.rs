//! The terminal: where results and remarks go, and whether there are colours.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ColorChoice;
use engross::diagnostic::{Diagnostic, concise, count, human, json};

use super::error::CommandError;
use super::{Outcome, ReportFormat};

/// Standard output for results, standard error for everything else.
pub(crate) struct Ui {
    out: BufWriter<io::Stdout>,
    style_out: human::Style,
    style_err: human::Style,
    always: bool,
}

impl Ui {
    /// Takes the streams of the process.
    pub(crate) fn new(color: ColorChoice) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let style = |terminal: bool| match color {
            ColorChoice::Always => human::Style::Coloured,
            ColorChoice::Auto if terminal && !plain => human::Style::Coloured,
            ColorChoice::Auto | ColorChoice::Never => human::Style::Plain,
        };
        Self {
            out: BufWriter::new(io::stdout()),
            style_out: style(io::stdout().is_terminal()),
            style_err: style(io::stderr().is_terminal()),
            always: color == ColorChoice::Always,
        }
    }

    /// Returns whether results are coloured.
    pub(crate) fn coloured(&self) -> bool {
        self.style_out == human::Style::Coloured
    }

    /// Returns whether colours are asked for wherever the result goes.
    pub(crate) fn always_coloured(&self) -> bool {
        self.always
    }

    /// Writes a result, with a line feed.
    pub(crate) fn result(&mut self, text: impl std::fmt::Display) -> Result<(), CommandError> {
        writeln!(self.out, "{text}").map_err(CommandError::output)
    }

    /// Writes a file as the result of a command.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CommandError> {
        self.out.write_all(bytes).map_err(CommandError::output)
    }

    /// Writes a remark to standard error, with a line feed.
    pub(crate) fn remark(&mut self, text: impl std::fmt::Display) {
        // A closed standard error leaves nobody to tell.
        let _ = self.out.flush();
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Reports faults as the result of a command.
    pub(crate) fn faults(&mut self, faults: &[Diagnostic], format: ReportFormat) -> Result<(), CommandError> {
        match format {
            ReportFormat::Human => {
                for fault in faults {
                    let text = human::draw(fault, self.style_out);
                    self.result(format_args!("{text}\n"))?;
                }
            }
            ReportFormat::Concise => {
                for fault in faults {
                    self.result(concise::draw(fault))?;
                }
            }
            ReportFormat::Json => {
                let report =
                    serde_json::to_string_pretty(&json::report(faults)).expect("plain values have a JSON form");
                self.result(report)?;
            }
        }
        Ok(())
    }

    /// Draws a fault beside the results of a command.
    pub(crate) fn fault(&mut self, fault: &Diagnostic) {
        let text = human::draw(fault, self.style_err);
        self.remark(format_args!("{text}\n"));
    }

    /// Brings everything out.
    pub(crate) fn flush(&mut self) -> Result<(), CommandError> {
        self.out.flush().map_err(CommandError::output)
    }
}

/// Says how many faults there are, in words.
pub(crate) fn tally(faults: &[Diagnostic]) -> String {
    let (errors, warnings) = count(faults);
    let number = |n: usize, one: &str| match n {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    match (errors, warnings) {
        (0, 0) => "no faults".to_owned(),
        (errors, 0) => number(errors, "error"),
        (errors, warnings) => format!("{}, {}", number(errors, "error"), number(warnings, "warning")),
    }
}

/// The answer that faults give: no, if one is an error.
pub(crate) fn answer(faults: &[Diagnostic]) -> Outcome {
    if faults.iter().any(Diagnostic::is_error) { Outcome::No } else { Outcome::Yes }
}

/// Asks for a report when the program itself is wrong.
pub(crate) fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        let _ = writeln!(
            io::stderr(),
            "engross {} has met a fault of its own and stopped. Please report it, with these lines:\n  {info}",
            env!("CARGO_PKG_VERSION")
        );
    }));
}
