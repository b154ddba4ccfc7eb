//! Starts other programs, and ends all of them when this one is ended.

use std::cell::RefCell;
use std::fmt::Display;
use std::fs::File;
use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use std::os::unix::process::CommandExt;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::{Context, Failure, Outcome};

static RUNNING: Mutex<Vec<i32>> = Mutex::new(Vec::new());

thread_local! {
    /// Where the output of programs goes that this thread runs, if not where the output of this program goes.
    static OUTPUT: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// From now on, what this thread runs writes to this file; without one, to where this program writes.
pub(crate) fn write_to(file: Option<File>) {
    OUTPUT.set(file);
}

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How long a program may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// From now on, a signal to end goes to every program that was started here, and this program ends after them.
pub(crate) fn watch_signals() -> Outcome<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).context("listening for signals")?;
    thread::spawn(move || {
        for number in signals.forever() {
            INTERRUPTED.store(true, Ordering::SeqCst);
            let signal = Signal::try_from(number).unwrap_or(Signal::SIGTERM);
            for group in running().iter() {
                end(*group, signal);
            }
        }
    });
    Ok(())
}

/// Whether this program was told to end.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Runs a program to its end, its output going where this program's goes.
pub(crate) fn run(command: &mut Command) -> Outcome<()> {
    let shown = show(command);
    let status = Started::start(command)?.wait()?;
    check(&shown, status)
}

/// Says something where the output of the programs goes that this thread runs.
pub(crate) fn say(text: impl Display) {
    OUTPUT.with_borrow(|file| match file {
        // A log that can't be written to is no reason to fail: what counts is how the programs ended.
        Some(file) => drop(writeln!(&mut &*file, "{text}")),
        None => eprintln!("{text}"),
    });
}

/// Runs a program to its end with its standard output on standard error: where standard output is for scripts.
pub(crate) fn run_aside(command: &mut Command) -> Outcome<()> {
    let file = OUTPUT.with_borrow(|file| file.as_ref().map(File::try_clone).transpose());
    match file.context("a second handle of a file")? {
        Some(file) => {
            command.stderr(file.try_clone().context("a second handle of a file")?);
            run(command.stdout(file))
        }
        None => run(command.stdout(std::io::stderr())),
    }
}

/// What a program prints, or nothing where it is missing or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn check(shown: &str, status: ExitStatus) -> Outcome<()> {
    if interrupted() {
        return Err(Failure::new("interrupted"));
    }
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{shown}` failed ({status})")))
    }
}

/// The command line, without the environment: short enough to read, and it never shows a value from there.
fn show(command: &Command) -> String {
    let mut shown = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

/// A program that runs beside this one; ended when dropped.
pub(crate) struct Started {
    pub(crate) child: Child,
    group: i32,
}

impl Started {
    /// Starts a program in a process group of its own, so that a signal reaches what it starts in turn, and reaches it
    /// once: a terminal sends Ctrl-C to its own group only.
    pub(crate) fn start(command: &mut Command) -> Outcome<Self> {
        if interrupted() {
            return Err(Failure::new("interrupted"));
        }
        let shown = show(command);
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .context(format!("`{shown}` could not be started"))?;
        let group = i32::try_from(child.id()).context("the number of a process")?;
        running().push(group);
        // A signal that came before the line above did not reach it.
        if interrupted() {
            end(group, Signal::SIGTERM);
        }
        Ok(Self { child, group })
    }

    /// Waits for its end.
    pub(crate) fn wait(mut self) -> Outcome<ExitStatus> {
        self.child.wait().context("waiting for a program")
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            end(self.group, Signal::SIGTERM);
            let started = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) {
                if started.elapsed() > GRACE {
                    end(self.group, Signal::SIGKILL);
                    break;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        running().retain(|group| *group != self.group);
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end(group: i32, signal: Signal) {
    // It may have ended by itself, which is what is wanted.
    let _ = killpg(Pid::from_raw(group), signal);
}
