//! Set-up: what a command needs and does not find, it provides, once.
//!
//! What is missing is found out first, so that each step can say how many there are. A step that can't be done says what to
//! do instead.

mod apt;
mod browser;
mod cargo_tools;
mod hosts;
mod packages;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) use browser::{Browser, firefox_variables, for_tests, webkit_variables};
pub(crate) use cargo_tools::{OWN_STANDARD_LIBRARY, cargo_home, fetch_crates, has_nightly, standard_library_sources};
pub(crate) use packages::{EARLIER_SDK, SDK, environment};

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
    /// Chromium's headless shell, where it can be had.
    HeadlessShell,
    /// Firefox.
    Firefox,
    /// The driver of Firefox.
    Geckodriver,
    /// `WebKitGTK` with its driver, and a screen for it.
    WebKit,
    /// nginx, Caddy and wrk.
    Hosts,
    /// The official SDK and schemathesis.
    Python,
    /// The official SDK of before 1.0.
    EarlierSdk,
    /// The fuzzer, where a nightly toolchain is.
    Fuzz,
    /// What checks licences and advisories of crates.
    Deny,
}

/// What it takes to build the site.
pub(crate) const SITE: &[Need] = &[
    Need::WebAssemblyTarget,
    Need::StandardLibrary,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Npm,
];

/// One way to provide what is missing.
struct Step<'a> {
    what: String,
    /// How long it takes on two idle cores, and what else a person may want to know before it begins.
    takes: &'static str,
    remedy: String,
    action: Box<dyn FnOnce() -> Outcome<()> + 'a>,
}

/// The set-up of one run.
pub(crate) struct Setup<'a> {
    pub(crate) repository: &'a Repository,
    /// What was found or provided in this run. Locked while something is provided, so that nothing is provided twice.
    done: Mutex<BTreeSet<Need>>,
}

impl<'a> Setup<'a> {
    /// Nothing is looked at yet.
    pub(crate) fn new(repository: &'a Repository) -> Self {
        Self {
            repository,
            done: Mutex::default(),
        }
    }

    /// Provides all of these, or says why one can't be provided.
    pub(crate) fn provide(&self, needs: &[Need]) -> Outcome<()> {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let open: Vec<Need> = needs.iter().copied().filter(|need| !done.contains(need)).collect();
        let mut steps = Vec::new();
        for need in &open {
            steps.extend(self.missing(*need)?);
        }
        let count = steps.len();
        for (index, step) in steps.into_iter().enumerate() {
            step.take(index + 1, count)?;
        }
        done.extend(open);
        Ok(())
    }

    /// What has to be done for this; nothing where it is there.
    fn missing(&self, need: Need) -> Outcome<Option<Step<'a>>> {
        match need {
            Need::WebAssemblyTarget => Ok(cargo_tools::web_assembly_target()),
            Need::StandardLibrary => Ok(cargo_tools::standard_library()),
            Need::Trunk => cargo_tools::trunk(),
            Need::WasmBindgen => cargo_tools::wasm_bindgen(self.repository),
            Need::Npm => packages::npm(self.repository),
            Need::Peer => packages::peer(self.repository),
            Need::Browser => browser::browser(),
            Need::HeadlessShell => Ok(browser::shell()),
            Need::Firefox => Ok(browser::firefox()),
            Need::Geckodriver => cargo_tools::geckodriver(),
            Need::WebKit => Ok(browser::webkit()),
            Need::Hosts => Ok(hosts::hosts()),
            Need::Python => packages::python(self.repository, SDK),
            Need::EarlierSdk => packages::python(self.repository, EARLIER_SDK),
            Need::Fuzz => cargo_tools::fuzz(),
            Need::Deny => cargo_tools::deny(),
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

impl Step<'_> {
    /// Announces it, takes it, and says how to go on where it fails.
    fn take(self, number: usize, count: usize) -> Outcome<()> {
        let Self {
            what,
            takes,
            remedy,
            action,
        } = self;
        let started = Instant::now();
        eprintln!("Set-up {number} of {count}: {what} ({takes})");
        let (ended, end) = channel::<()>();
        let heart = thread::spawn(move || {
            while end.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                eprintln!("  … {} so far", minutes(started.elapsed()));
            }
        });
        let outcome = action();
        drop(ended);
        let _ = heart.join();
        outcome.map_err(|failure| {
            Failure::new(format!("setting up {what} failed: {failure}\n  How to go on: {remedy}"))
        })?;
        eprintln!("  done in {}", minutes(started.elapsed()));
        Ok(())
    }
}

/// How often a step that takes long says that it still goes on.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// `2 min 30 s`.
fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds / 60 {
        0 => format!("{seconds} s"),
        minutes => format!("{minutes} min {} s", seconds % 60),
    }
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn step<'a>(action: impl FnOnce() -> Outcome<()> + 'a) -> Step<'a> {
        Step {
            what: "a tool".to_owned(),
            takes: "no time",
            remedy: "install it".to_owned(),
            action: Box::new(action),
        }
    }

    #[test]
    fn a_step_that_fails_says_how_to_go_on() {
        let is_taken = Cell::new(false);
        let taken = step(|| {
            is_taken.set(true);
            Ok(())
        });
        assert!(taken.take(1, 2).is_ok() && is_taken.get());
        let failed = step(|| Err(Failure::new("no network")))
            .take(2, 2)
            .unwrap_err()
            .to_string();
        assert_eq!(
            failed,
            "setting up a tool failed: no network\n  How to go on: install it"
        );
    }

    #[test]
    fn a_time_is_short_to_read() {
        assert_eq!(minutes(Duration::from_secs(59)), "59 s");
        assert_eq!(minutes(Duration::from_secs(150)), "2 min 30 s");
    }
}
