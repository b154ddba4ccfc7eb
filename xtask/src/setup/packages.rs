//! Tools from npm, and the official SDK in a Python environment of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::{Step, run_all, take};
use crate::failure::{Context, Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::{Repository, on_path};

/// Written beside what was installed: the hash of the list that it was installed from.
const STAMP: &str = ".strongroom-installed-from";

pub(super) fn npm(repository: &Repository) -> Outcome<()> {
    let installed = repository.path("node_modules");
    let stamp = hash(&repository.path("package-lock.json"))?;
    if is_stamped(&installed, &stamp) {
        return Ok(());
    }
    let step = Step {
        what: "the tools from npm (wasm-opt, axe-core)".to_owned(),
        takes: "about 10 seconds, 110 MB",
        remedy: "install Node.js 20 or newer with npm, then run `npm ci --ignore-scripts` in the repository to see \
                 npm's message in full"
            .to_owned(),
    };
    take(&step, || {
        if on_path("npm").is_none() || on_path("node").is_none() {
            return Err(Failure::new("there is no `npm` or no `node` on PATH"));
        }
        let mut install = Command::new("npm");
        install.args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
        ]);
        run_aside(install.current_dir(&repository.root))?;
        fs::write(installed.join(STAMP), &stamp).context("marking node_modules as installed")
    })
}

/// Where the Python environment of the SDK tests is.
pub(crate) const PYTHON_ENVIRONMENT: &str = "tests/sdk/.venv";
const REQUIREMENTS: &str = "tests/sdk/requirements.txt";

pub(super) fn python(repository: &Repository) -> Outcome<()> {
    let environment = repository.path(PYTHON_ENVIRONMENT);
    let stamp = hash(&repository.path(REQUIREMENTS))?;
    if is_stamped(&environment, &stamp) {
        return Ok(());
    }
    let step = Step {
        what: format!("a Python environment with the official SDK in {PYTHON_ENVIRONMENT}"),
        takes: "about a minute",
        remedy: format!(
            "install Python 3.9 or newer with its venv module (on Debian: `apt-get install python3-venv`), remove \
             {PYTHON_ENVIRONMENT} and run the command again"
        ),
    };
    take(&step, || {
        let python = python_program().ok_or_else(|| Failure::new("there is no `python3` on PATH"))?;
        let mut create = Command::new(python);
        create.args(["-m", "venv", "--clear"]).arg(&environment);
        let mut install = Command::new(environment.join("bin/python"));
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        install.arg(repository.path(REQUIREMENTS));
        run_all(&mut [&mut create, &mut install])?;
        fs::write(environment.join(STAMP), &stamp).context("marking the Python environment as installed")
    })
}

fn python_program() -> Option<&'static str> {
    ["python3", "python"]
        .into_iter()
        .find(|program| output(Command::new(program).arg("--version")).is_some())
}

fn hash(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).context(format!("reading {}", path.display()))?;
    Ok(crate::dist::hexadecimal(&Sha256::digest(bytes)))
}

fn is_stamped(directory: &Path, stamp: &str) -> bool {
    fs::read_to_string(directory.join(STAMP)).is_ok_and(|found| found == stamp)
}
