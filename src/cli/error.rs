//! What stops a command: the only place that knows exit codes for failures.

use std::error::Error;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use engross::diagnostic::{Code, Diagnostic};
use engross::workspace::verify::VerifyError;
use engross::workspace::{IoError, OpenError};

use super::Outcome;
use super::ui::Ui;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) enum CommandError {
    /// The world failed, or the arguments do not fit together: exit status 2.
    Failed { error: Box<dyn Error + Send + Sync>, hint: Option<String> },
    /// Files of the user's have faults that stop everything: exit status 2.
    Faults(Vec<Diagnostic>),
    /// A workspace that several cases share could not be opened: exit status 2.
    Shared(Arc<OpenError>),
    /// Nobody reads the output any more: a quiet end.
    BrokenPipe,
}

impl CommandError {
    /// A failure with what to do about it.
    pub(crate) fn failed(error: impl Into<Box<dyn Error + Send + Sync>>, hint: impl Into<String>) -> Self {
        Self::Failed { error: error.into(), hint: Some(hint.into()) }
    }

    /// A failure to write results.
    pub(crate) fn output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Failed { error: error.into(), hint: None },
        }
    }

    /// Tells the user and returns the exit status.
    pub(crate) fn report(self, ui: &mut Ui) -> ExitCode {
        match self {
            Self::BrokenPipe => return ExitCode::SUCCESS,
            Self::Faults(faults) => faults.iter().for_each(|fault| ui.fault(fault)),
            Self::Failed { error, hint } => tell(error.as_ref(), hint.as_deref(), ui),
            Self::Shared(error) => match &*error {
                OpenError::Faults(faults) => faults.iter().for_each(|fault| ui.fault(fault)),
                other => tell(other, hint(other), ui),
            },
        }
        ExitCode::from(2)
    }
}

/// Tells what could not be done; where everything could, the outcome stands.
pub(crate) fn failures_or(failures: Vec<CommandError>, outcome: Outcome, ui: &mut Ui) -> Outcome {
    let failed = !failures.is_empty();
    failures.into_iter().for_each(|failure| {
        failure.report(ui);
    });
    if failed { Outcome::Failed } else { outcome }
}

/// Tells of a failure, its causes and what to do about it.
fn tell(error: &(dyn Error + 'static), hint: Option<&str>, ui: &mut Ui) {
    match code(error) {
        Some(code) => ui.remark(format_args!("error[{}]: {error}", code.name())),
        None => ui.remark(format_args!("error: {error}")),
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        ui.remark(format_args!("  because: {error}"));
        cause = error.source();
    }
    if let Some(hint) = hint {
        ui.remark(format_args!("  help: {hint}"));
    }
}

/// The code under which `engross explain` tells more of a file that could not be read or written.
fn code(error: &(dyn Error + 'static)) -> Option<Code> {
    let of = |error: &IoError| match error.action {
        "written" | "removed" => Code::OutputFailed,
        _ => Code::FileUnreadable,
    };
    if let Some(error) = error.downcast_ref::<IoError>() {
        return Some(of(error));
    }
    match (error.downcast_ref::<OpenError>(), error.downcast_ref::<VerifyError>()) {
        (Some(OpenError::Io(error)), _) | (_, Some(VerifyError::Io(error))) => Some(of(error)),
        (Some(OpenError::NoCase(_)), _) => Some(Code::FileUnreadable),
        _ => None,
    }
}

/// What to do about a workspace or case that cannot be opened.
fn hint(error: &OpenError) -> Option<&'static str> {
    match error {
        OpenError::NoProfile(_) => Some(
            "write the unit's profile, or work inside a workspace that has one; `fixtures/unit/` in the sources is a complete sample",
        ),
        OpenError::NoCase(_) => Some("give the folder that holds `case.yaml`"),
        OpenError::NoCases(_) => Some(
            "make a folder for the first case there, with a file `case.yaml` in it; `docs/case-data.md` lists its fields",
        ),
        OpenError::Profile(_) => Some("give a case or the workspace: the profile is checked along with each case"),
        _ => None,
    }
}

impl From<IoError> for CommandError {
    fn from(error: IoError) -> Self {
        Self::Failed { error: error.into(), hint: None }
    }
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Faults(faults) => Self::Faults(faults),
            other => Self::Failed { hint: hint(&other).map(str::to_owned), error: other.into() },
        }
    }
}

impl From<VerifyError> for CommandError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Snapshot(inner) if matches!(*inner, OpenError::Faults(_)) => (*inner).into(),
            VerifyError::NoSums(_) => {
                Self::failed(error, "give the folder that `engross build` wrote, as `cases/gin-001/build`")
            }
            other => Self::Failed { error: other.into(), hint: None },
        }
    }
}
