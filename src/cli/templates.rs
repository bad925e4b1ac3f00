//! `engross templates`: the templates in force.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use engross::artifact::Artifact;
use engross::diagnostic::nearest;
use engross::pipeline;
use engross::pipeline::templates::check;
use engross::template::Library;
use engross::workspace::store::Pending;
use engross::workspace::{OpenError, Workspace};

use super::error::CommandError;
use super::ui::{Ui, answer, tally};
use super::{Outcome, ReportFormat};

/// List, show, check and write out templates
///
/// Templates are built into the program; a file under `templates/` of the workspace takes the place of
/// the built-in one of the same name. `docs/templates.md` tells how they are written.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
    /// Folder of the workspace, or any folder in it
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List all templates, clauses, words and frames, and where each comes from
    List,
    /// Print one
    Show {
        /// Name as `templates list` prints it
        name: String,
    },
    /// Fill in every template with a complete and a minimal case and report every fault
    Check {
        /// How to report
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: ReportFormat,
    },
    /// Write built-in files into the workspace's `templates/`, to be changed there
    Eject {
        /// Names as `templates list` prints them (can be repeated)
        #[arg(required = true)]
        names: Vec<String>,
        /// Overwrite files that are there already
        #[arg(long)]
        force: bool,
    },
}

pub(crate) fn run(args: &Args, ui: &mut Ui) -> Result<Outcome, CommandError> {
    // Without a workspace the built-in templates can still be listed, shown and checked.
    let workspace = match Workspace::open(&args.workspace) {
        Ok(workspace) => Some(workspace),
        Err(OpenError::NoProfile(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let built_in = Library::new([]);
    let library = workspace.as_ref().map_or(&built_in, Workspace::library);
    match &args.action {
        Action::List => {
            for (name, file) in library.files() {
                ui.result(format_args!("{name}\t{}", if file.overridden { "workspace" } else { "built-in" }))?;
            }
            Ok(Outcome::Yes)
        }
        Action::Show { name } => {
            let file = library.file(name).ok_or_else(|| unknown(library, name))?;
            ui.result(file.source.text().trim_end_matches('\n'))?;
            Ok(Outcome::Yes)
        }
        Action::Check { format } => {
            let typesetter = pipeline::typesetter(library).map_err(|fault| {
                CommandError::Faults(vec![fault.hint("`engross templates show` prints the built-in frame")])
            })?;
            let faults = check(library, &typesetter);
            ui.faults(&faults, *format)?;
            ui.flush()?;
            if *format != ReportFormat::Json {
                ui.remark(format_args!("templates: {}.", tally(&faults)));
            }
            Ok(answer(&faults))
        }
        Action::Eject { names, force } => {
            let Some(workspace) = &workspace else { return Err(OpenError::NoProfile(args.workspace.clone()).into()) };
            eject(workspace, &built_in, names, *force, ui)
        }
    }
}

fn eject(
    workspace: &Workspace,
    built_in: &Library,
    names: &[String],
    force: bool,
    ui: &mut Ui,
) -> Result<Outcome, CommandError> {
    let folder = workspace.root().join("templates");
    let mut pending = Pending::default();
    let mut written = Vec::new();
    for name in names {
        let file = built_in.file(name).ok_or_else(|| unknown(built_in, name))?;
        let path = folder.join(name);
        if path.exists() && !force {
            return Err(CommandError::failed(
                format!("`{}` is there already", path.display()),
                "`--force` overwrites it",
            ));
        }
        pending.write(&folder, &Artifact::new(name.clone(), file.source.text()))?;
        written.push(path);
    }
    pending.commit()?;
    for path in written {
        ui.result(Path::display(&path))?;
    }
    Ok(Outcome::Yes)
}

fn unknown(library: &Library, name: &str) -> CommandError {
    let hint = match nearest(name, library.files().map(|(name, _)| name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`engross templates list` lists all".to_owned(),
    };
    CommandError::failed(format!("there is no template `{name}`"), hint)
}
