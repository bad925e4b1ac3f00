"""The programs that the bench compares with, as far as they install here."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

STEMMA = "0.5.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "engross-bench"


def available(wanted):
    """Those of the peers asked for that can run: name and program."""
    found = {}
    if "docxodus" in wanted:
        if importlib.util.find_spec("docx_scalpel"):
            found["docxodus"] = None
        else:
            print("docxodus is left out: pip install docx-scalpel", file=sys.stderr)
    if "stemma" in wanted:
        program = stemma()
        if program:
            found["stemma"] = program
        else:
            print("stemma is left out: it could not be built", file=sys.stderr)
    return found


def stemma():
    """Builds a little program around the crate, once; None where that fails."""
    folder = CACHE / f"stemma-{STEMMA}"
    program = folder / "target" / "release" / "stemma-redline"
    if program.exists():
        return program
    if shutil.which("cargo") is None:
        return None
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "stemma-redline"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n'
        f'[dependencies]\nstemma = "={STEMMA}"\n'
    )
    (folder / "src" / "main.rs").write_text(SOURCE)
    done = subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-1500:], file=sys.stderr)
    return program if program.exists() else None


SOURCE = """use stemma::api::Document;
use stemma::{ExportMode, ExportOptions, ValidatorLevel};

fn run() -> Result<(), String> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let read = |path: &String| std::fs::read(path).map_err(|fault| fault.to_string());
    let parse = |path| Document::parse(&read(path)?).map_err(|fault| format!("{fault:?}"));
    let (old, new) = (parse(&paths[0])?, parse(&paths[1])?);
    let redline = old.diff_as(&new, "bench").map_err(|fault| format!("{fault:?}"))?;
    let (mode, validator_level) = (ExportMode::Redline, ValidatorLevel::Off);
    let options = ExportOptions { mode, validator_level, ..Default::default() };
    let bytes = redline.serialize(&options).map_err(|fault| format!("{fault:?}"))?;
    std::fs::write(&paths[2], bytes).map_err(|fault| fault.to_string())
}

fn main() {
    if let Err(fault) = run() {
        eprintln!("{fault}");
        std::process::exit(2);
    }
}
"""
