//! Tools from npm, and the official SDK in a separate Python environment.

use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::{Step, apt, run_all};
use crate::failure::{Context, Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::{Repository, on_path};

/// Written beside what was installed: the hash of the list that it was installed from.
const STAMP: &str = ".strongroom-installed-from";

pub(super) fn npm(repository: &Repository) -> Outcome<Option<Step<'static>>> {
    packages_of(
        &repository.root,
        "the tools from npm (wasm-opt, axe-core, Lighthouse)",
        "5 s, 300 MB",
    )
}

pub(super) fn peer(repository: &Repository) -> Outcome<Option<Step<'static>>> {
    packages_of(
        &repository.path("tests/peer"),
        "what the peer of the measurements is made of (React, TanStack, Vite)",
        "10 s, 70 MB",
    )
}

/// Installs what the list of a folder names, where that has changed.
fn packages_of(folder: &Path, what: &str, takes: &'static str) -> Outcome<Option<Step<'static>>> {
    let folder = folder.to_path_buf();
    let installed = folder.join("node_modules");
    let stamp = hash(&folder.join("package-lock.json"))?;
    if is_stamped(&installed, &stamp) {
        return Ok(None);
    }
    let remedy = format!(
        "install Node.js 20 or newer with npm, then run `npm ci --ignore-scripts` in {} to see npm's message in full",
        folder.display()
    );
    let action = move || {
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
        run_aside(install.current_dir(&folder))?;
        fs::write(installed.join(STAMP), &stamp).context("marking node_modules as installed")
    };
    Ok(Some(Step {
        what: what.to_owned(),
        takes,
        remedy,
        action: Box::new(action),
    }))
}

/// The tests with the official SDK. Their Python environment is in their folder.
pub(crate) const SDK: &str = "tests/sdk";
/// The tests with the SDK of before 1.0, which is another code base.
pub(crate) const EARLIER_SDK: &str = "tests/sdk-0.9";

/// The Python environment of a folder of tests.
pub(crate) fn environment(folder: &str) -> String {
    format!("{folder}/.venv")
}

/// The oldest Python that everything in the lists runs on.
const OLDEST_PYTHON: (u32, u32) = (3, 11);

/// The names under which a Python may be found, the one that a person chose first.
const PYTHONS: &[&str] = &[
    "python3",
    "python",
    "python3.14",
    "python3.13",
    "python3.12",
    "python3.11",
];

pub(super) fn python<'a>(repository: &'a Repository, folder: &str) -> Outcome<Option<Step<'a>>> {
    let place = environment(folder);
    let environment = repository.path(&place);
    let requirements = repository.path(&format!("{folder}/requirements.txt"));
    let stamp = hash(&requirements)?;
    if is_stamped(&environment, &stamp) {
        return Ok(None);
    }
    let (major, minor) = OLDEST_PYTHON;
    let remedy = format!(
        "install Python {major}.{minor} or newer with its venv module, so that `python3 --version` says so and \
         `python3 -c 'import ensurepip'` says nothing (Debian 12 or newer: `apt-get install python3 python3-venv`; \
         elsewhere: python.org, pyenv or your package manager), then run the command again"
    );
    let action = move || {
        let python = choose(
            PYTHONS
                .iter()
                .filter_map(|program| Some((*program, python_version(program)?))),
        )?;
        if !has_venv(python) {
            // Debian packages this part of Python separately.
            apt::install(&["python3-venv"])?;
            if !has_venv(python) {
                return Err(Failure::new(format!(
                    "apt installed python3-venv, but `{python}` is another Python and still has no `ensurepip`"
                )));
            }
        }
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
        install.arg(&requirements);
        run_all(&mut [&mut create, &mut install])?;
        fs::write(environment.join(STAMP), &stamp).context("marking the Python environment as installed")
    };
    Ok(Some(Step {
        what: format!("a Python environment with the official SDK in {place}"),
        takes: "about a minute",
        remedy,
        action: Box::new(action),
    }))
}

/// The first Python that is new enough; otherwise any that exists.
fn choose<'a>(found: impl IntoIterator<Item = (&'a str, (u32, u32))>) -> Outcome<&'a str> {
    let mut too_old = Vec::new();
    for (program, version) in found {
        if version >= OLDEST_PYTHON {
            return Ok(program);
        }
        too_old.push(format!("`{program}` is {}.{}", version.0, version.1));
    }
    let (major, minor) = OLDEST_PYTHON;
    let instead = if too_old.is_empty() {
        "there is no `python3` on PATH".to_owned()
    } else {
        too_old.join(", ")
    };
    Err(Failure::new(format!(
        "it needs Python {major}.{minor} or newer, and {instead}"
    )))
}

/// Major and minor version of a Python; none where the program is missing or is none.
fn python_version(program: &str) -> Option<(u32, u32)> {
    version_in(&output(Command::new(program).arg("--version"))?)
}

fn version_in(line: &str) -> Option<(u32, u32)> {
    let mut parts = line.strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Whether it can make an environment with pip in it.
fn has_venv(python: &str) -> bool {
    output(Command::new(python).args(["-c", "import venv, ensurepip"])).is_some()
}

fn hash(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).context(format!("reading {}", path.display()))?;
    Ok(crate::dist::hexadecimal(&Sha256::digest(bytes)))
}

fn is_stamped(directory: &Path, stamp: &str) -> bool {
    fs::read_to_string(directory.join(STAMP)).is_ok_and(|found| found == stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_python() {
        assert_eq!(version_in("Python 3.11.7"), Some((3, 11)));
        assert_eq!(version_in("Python 3.14.0rc1"), Some((3, 14)));
        assert_eq!(version_in("Python 3"), None);
        assert_eq!(version_in("pyenv: python3: command not found"), None);
    }

    #[test]
    fn the_first_python_that_is_new_enough() {
        assert_eq!(
            choose([("python3", (3, 11)), ("python3.13", (3, 13))]).unwrap(),
            "python3"
        );
        assert_eq!(
            choose([("python3", (3, 9)), ("python3.12", (3, 12))]).unwrap(),
            "python3.12"
        );
        let refused = choose([("python3", (3, 10)), ("python", (2, 7))])
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            "it needs Python 3.11 or newer, and `python3` is 3.10, `python` is 2.7"
        );
        assert!(choose([]).unwrap_err().to_string().contains("no `python3` on PATH"));
    }
}
