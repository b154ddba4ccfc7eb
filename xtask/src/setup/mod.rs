//! Set-up: what a command needs and does not find, it provides, once.
//!
//! A step announces itself only when there is something to do. A step that can't be done says what to do instead.

mod apt;
mod browser;
mod cargo_tools;
mod packages;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

pub(crate) use browser::Browser;
pub(crate) use cargo_tools::{OWN_STANDARD_LIBRARY, fetch_crates, has_nightly};
pub(crate) use packages::PYTHON_ENVIRONMENT;

use crate::failure::{Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::{Repository, path_with};

/// Something that a command may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// The standard library for WebAssembly.
    WebAssemblyTarget,
    /// The sources of the standard library, which is compiled with the program for the site.
    StandardLibrary,
    /// The bundler.
    Trunk,
    /// The generator of the glue between Rust and JavaScript, and the runner of tests in a browser.
    WasmBindgen,
    /// The tools from npm.
    Npm,
    /// What the peer of the measurements is made of.
    Peer,
    /// Chromium and its driver.
    Browser,
    /// The official SDK and schemathesis.
    Python,
    /// The fuzzer, where a nightly toolchain is.
    Fuzz,
}

/// What it takes to build the site.
pub(crate) const SITE: &[Need] = &[
    Need::WebAssemblyTarget,
    Need::StandardLibrary,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Npm,
];

/// One way to provide what is needed.
struct Step {
    what: String,
    takes: &'static str,
    remedy: String,
}

/// The set-up of one run.
pub(crate) struct Setup<'a> {
    pub(crate) repository: &'a Repository,
    done: RefCell<BTreeMap<Need, Outcome<()>>>,
}

impl<'a> Setup<'a> {
    /// Nothing is looked at yet.
    pub(crate) fn new(repository: &'a Repository) -> Self {
        Self {
            repository,
            done: RefCell::default(),
        }
    }

    /// Provides all of these, or says why one can't be provided. Each is looked at once in a run.
    pub(crate) fn provide(&self, needs: &[Need]) -> Outcome<()> {
        for need in needs {
            let known = self.done.borrow().get(need).cloned();
            let outcome = match known {
                Some(outcome) => outcome,
                None => {
                    let outcome = self.provide_one(*need);
                    self.done.borrow_mut().insert(*need, outcome.clone());
                    outcome
                }
            };
            outcome?;
        }
        Ok(())
    }

    fn provide_one(&self, need: Need) -> Outcome<()> {
        match need {
            Need::WebAssemblyTarget => cargo_tools::web_assembly_target(),
            Need::StandardLibrary => cargo_tools::standard_library(),
            Need::Trunk => cargo_tools::trunk(),
            Need::WasmBindgen => cargo_tools::wasm_bindgen(self.repository),
            Need::Npm => packages::npm(self.repository),
            Need::Peer => packages::peer(self.repository),
            Need::Browser => browser::provide(),
            Need::Python => packages::python(self.repository),
            Need::Fuzz => cargo_tools::fuzz(),
        }
    }

    /// A command that finds the tools before anything else of their name.
    pub(crate) fn command(&self, program: &str) -> Outcome<Command> {
        let mut directories = vec![self.repository.path("node_modules/.bin")];
        directories.extend(self.tool_directories()?);
        let mut command = Command::new(program);
        command
            .env("PATH", path_with(&directories)?)
            .current_dir(&self.repository.root);
        Ok(command)
    }

    /// The runner of tests in a browser.
    pub(crate) fn wasm_test_runner(&self) -> Outcome<PathBuf> {
        cargo_tools::wasm_bindgen_program(self.repository, "wasm-bindgen-test-runner")
    }

    fn tool_directories(&self) -> Outcome<Vec<PathBuf>> {
        cargo_tools::directories(self.repository)
    }
}

/// Announces a step, takes it, and says how to go on where it fails.
fn take(step: &Step, action: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
    eprintln!("Setting up {} ({})", step.what, step.takes);
    action().map_err(|failure| {
        Failure::new(format!(
            "setting up {} failed: {failure}\n  How to go on: {}",
            step.what, step.remedy
        ))
    })
}

/// Runs each of these in turn until one fails.
fn run_all(commands: &mut [&mut Command]) -> Outcome<()> {
    commands.iter_mut().try_for_each(|command| run_aside(command))
}

/// The first line that a program prints when asked for its version.
fn version(program: &std::path::Path) -> Option<String> {
    output(Command::new(program).arg("--version"))?
        .lines()
        .next()
        .map(str::to_owned)
}
