//! `engross explain`: what a code means.

use engross::diagnostic::{Code, nearest};

use super::Outcome;
use super::error::CommandError;
use super::ui::Ui;

/// Explain the code of a fault: what it means, an example, what to write instead
///
/// Without a code, lists all codes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Code of the fault, as `missing-field`
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    let Some(name) = &args.code else {
        let mut group = "";
        for code in Code::ALL {
            if code.group() != group {
                group = code.group();
                ui.result(format_args!("{group}:"))?;
            }
            ui.result(format_args!("  {:<26} {}", code.name(), code.severity().word()))?;
        }
        return Ok(Outcome::Yes);
    };
    let Some(code) = Code::from_name(name) else {
        let hint = match nearest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`engross explain` without a code lists all".to_owned(),
        };
        return Err(CommandError::failed(format!("there is no code `{name}`"), hint));
    };
    ui.result(format_args!(
        "{} ({})\n\n{}",
        code.name(),
        code.severity().word(),
        code.explanation().replace("**", "")
    ))?;
    Ok(Outcome::Yes)
}
