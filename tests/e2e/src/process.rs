//! Programs that run beside the browser.

use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Instant;

use crate::wait::DEADLINE;

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("tests/e2e is two folders deep")
        .to_owned()
}

/// A program or folder that a variable of the environment names, or the first of these that is there.
///
/// # Panics
///
/// Where there is none, with the remedy.
#[must_use]
pub fn required(variable: &str, candidates: &[PathBuf], remedy: &str) -> PathBuf {
    if let Some(named) = env::var_os(variable).map(PathBuf::from) {
        assert!(
            named.exists(),
            "{variable} names {}, which is not there",
            named.display()
        );
        return named;
    }
    let found = candidates.iter().find(|path| path.exists()).cloned();
    found.unwrap_or_else(|| panic!("{variable} is not set and none of {candidates:?} is there: {remedy}"))
}

/// Where a program of this name would be on the `PATH`.
#[must_use]
pub fn on_path(name: &str) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(name)).collect()
}

/// Runs a program until the standard input ends, then ends its whole process group and removes its folder, `$0`. Its
/// output ends with the program.
const KEEPER: &str = r#"trap : TERM
"$@" &
exec >/dev/null 2>&1
read -r _
kill -s TERM 0
wait
for _ in 1 2 3 4 5; do rm -rf -- "$0" && break; sleep 0.2; done"#;

/// A program that ends when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    lines: Receiver<String>,
}

impl Process {
    /// Starts a program and reads its lines.
    ///
    /// # Panics
    ///
    /// Where it can't be started.
    #[must_use]
    pub fn start(program: &Path, arguments: &[String]) -> Self {
        Self::spawn(Command::new(program).args(arguments).stdin(Stdio::null()))
    }

    /// The same for a program that writes to the standard error output what nobody wants to read.
    ///
    /// # Panics
    ///
    /// Where it can't be started.
    #[must_use]
    pub fn start_quietly(program: &Path, arguments: &[String]) -> Self {
        let mut command = Command::new(program);
        Self::spawn(command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()))
    }

    /// Starts a program that also ends, with all that it has started, when this process ends without dropping anything,
    /// as it does after the last test. Then the folder is removed.
    ///
    /// # Panics
    ///
    /// Where it can't be started.
    #[must_use]
    pub fn start_with_folder(program: &Path, arguments: &[String], folder: &Path) -> Self {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER]).arg(folder).arg(program).args(arguments);
        keeper.env("TMPDIR", folder);
        Self::spawn(keeper.stdin(Stdio::piped()).process_group(0))
    }

    fn spawn(command: &mut Command) -> Self {
        let started = command.stdout(Stdio::piped()).spawn();
        let mut child = started.unwrap_or_else(|error| panic!("starting {command:?}: {error}"));
        let stdout = child.stdout.take().expect("it was asked for");
        let (sender, lines) = channel();
        thread::spawn(move || {
            // Read to the end even without a listener: a full pipe would block the program.
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// Waits for a line of its output from which something can be read.
    ///
    /// # Panics
    ///
    /// Where it ends or the deadline passes before.
    #[track_caller]
    pub fn wait_for_line<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> T {
        let end = Instant::now() + DEADLINE;
        let mut seen = Vec::new();
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => match read(&line) {
                    Some(answer) => return answer,
                    None => seen.push(line),
                },
                Err(RecvTimeoutError::Disconnected) => panic!("it ended after saying {seen:?}"),
                Err(RecvTimeoutError::Timeout) => panic!("it said only {seen:?} in {} s", DEADLINE.as_secs()),
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A keeper ends with its input. Others may have ended by themselves; then there is nothing to end.
        if self.child.stdin.take().is_none() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
