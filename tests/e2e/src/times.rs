//! How long each test takes, for the list of the slowest that `cargo xtask test e2e` prints.

use std::fs::OpenOptions;
use std::io::Write;
use std::time::Duration;
use std::{env, thread};

/// The file that a line for each journey is added to; without it, none is.
const FILE: &str = "STRONGROOM_E2E_TIMES";

/// Notes the time under the name of the running test, or of the journey where it is no test that runs.
pub(crate) fn note_time(journey: &str, took: Duration) {
    let Some(path) = env::var_os(FILE) else { return };
    let thread = thread::current();
    let name = thread.name().filter(|name| *name != "main").unwrap_or(journey);
    let line = format!("{:.1} {name}\n", took.as_secs_f64());
    // One write: tests that run at the same time add to the same file.
    let opened = OpenOptions::new().create(true).append(true).open(path);
    if let Err(error) = opened.and_then(|mut file| file.write_all(line.as_bytes())) {
        eprintln!("the time of {name} could not be noted: {error}");
    }
}
