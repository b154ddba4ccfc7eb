//! `cargo xtask test`: every check there is, each a named step; one that fails does not keep the others from running.

mod checks;
mod shared;

use std::fs::{self, File};
use std::io;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use checks::CHECKS;
use shared::Shared;

use crate::arguments::Arguments;
use crate::failure::{Context, Failure, Outcome};
use crate::process::{interrupted, write_to};
use crate::repository::Repository;
use crate::setup::{Need, Setup};

/// How a check that did not fail ended.
enum Verdict {
    Passed,
    /// Not run, and why that is right here.
    Skipped(String),
}

/// One check.
struct Check {
    name: &'static str,
    about: &'static str,
    needs: &'static [Need],
    /// Whether it is run before a release only (`--long`), or when it is named.
    is_long: bool,
    /// Whether it runs beside the others where all are run: those compile and link, which often keeps one core busy only.
    is_aside: bool,
    run: fn(&Shared<'_>) -> Outcome<Verdict>,
}

/// How a check ended, and how long it took.
struct Report {
    name: &'static str,
    took: Duration,
    outcome: Outcome<Verdict>,
}

/// The checks of the inner loop.
const QUICK: [&str; 3] = ["format", "clippy", "host"];

/// Runs all checks but the long ones, all with `--long`, or those that are named.
pub(crate) fn test(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let mut names = arguments.words();
    if arguments.flag("--quick") {
        names.extend(QUICK.map(str::to_owned));
    }
    let is_long = arguments.flag("--long");
    let list = arguments.flag("--list");
    arguments.finish()?;
    if list {
        for check in CHECKS {
            let when = if check.is_long { " (--long)" } else { "" };
            println!("{:<12} {}{when}", check.name, check.about);
        }
        return Ok(());
    }
    if let Some(unknown) = names
        .iter()
        .find(|name| !CHECKS.iter().any(|check| check.name == *name))
    {
        return Err(Failure::new(format!(
            "there is no check `{unknown}`; `cargo xtask test --list` names them all"
        )));
    }
    let mut chosen: Vec<&Check> = CHECKS
        .iter()
        .filter(|check| match names.is_empty() {
            true => is_long || !check.is_long,
            false => names.iter().any(|name| name == check.name),
        })
        .collect();
    let setup = Setup::new(repository);
    let is_built_twice = chosen.iter().any(|check| check.name == "reproduce");
    let shared = Shared::new(&setup, is_built_twice, is_long);
    // Before a release there is time, and some of the checks measure.
    let beside: Vec<&Check> = match names.is_empty() && !is_long {
        true => chosen.iter().copied().filter(|check| check.is_aside).collect(),
        false => Vec::new(),
    };
    chosen.retain(|check| !beside.iter().any(|other| other.name == check.name));
    let mut reports = thread::scope(|scope| {
        let beside = scope.spawn(|| run_in_turn(&shared, &beside, true));
        let mut reports = run_in_turn(&shared, &chosen, false);
        reports.extend(beside.join().unwrap_or_else(|panic| resume_unwind(panic)));
        reports
    });
    if interrupted() {
        return Err(Failure::new("interrupted"));
    }
    reports.sort_by_key(|report| CHECKS.iter().position(|check| check.name == report.name));
    summarise(&reports)
}

/// Runs checks one after the other. What one prints that runs beside others is shown when it has ended.
fn run_in_turn(shared: &Shared<'_>, checks: &[&Check], is_aside: bool) -> Vec<Report> {
    let mut reports = Vec::new();
    for (index, check) in checks.iter().enumerate() {
        let title = format!("{}/{} {}: {}", index + 1, checks.len(), check.name, check.about);
        let log = shared.setup.repository.kept(&format!("{}.log", check.name));
        let started = Instant::now();
        let outcome = if is_aside {
            eprintln!("\n==> beside, {title}; its output is in {}", log.display());
            run_with_log(shared, check, &log)
        } else {
            eprintln!("\n==> {title}");
            run(shared, check)
        };
        if interrupted() {
            break;
        }
        let took = started.elapsed();
        if is_aside {
            eprintln!("\n==> {} has ended after {:.1} s:", check.name, took.as_secs_f64());
            let _ = File::open(&log).and_then(|mut log| io::copy(&mut log, &mut io::stderr()));
        }
        match &outcome {
            Ok(Verdict::Passed) => {}
            Ok(Verdict::Skipped(why)) => eprintln!("skipped: {why}"),
            Err(failure) => eprintln!("failed: {failure}"),
        }
        reports.push(Report {
            name: check.name,
            took,
            outcome,
        });
    }
    reports
}

fn run(shared: &Shared<'_>, check: &Check) -> Outcome<Verdict> {
    shared.setup.provide(check.needs).and_then(|()| (check.run)(shared))
}

fn run_with_log(shared: &Shared<'_>, check: &Check, log: &Path) -> Outcome<Verdict> {
    if let Some(directory) = log.parent() {
        fs::create_dir_all(directory).context(format!("creating {}", directory.display()))?;
    }
    let file = File::create(log).context(format!("creating {}", log.display()))?;
    write_to(Some(file));
    let outcome = run(shared, check);
    write_to(None);
    outcome
}

fn summarise(reports: &[Report]) -> Outcome<()> {
    println!("\n{:<12} {:>8}  result", "check", "seconds");
    for Report { name, took, outcome } in reports {
        let result = match outcome {
            Ok(Verdict::Passed) => "passed".to_owned(),
            Ok(Verdict::Skipped(why)) => format!("skipped: {why}"),
            Err(failure) => format!("FAILED: {}", failure.to_string().lines().next().unwrap_or_default()),
        };
        println!("{name:<12} {:>8.1}  {result}", took.as_secs_f64());
    }
    let failed = reports.iter().filter(|report| report.outcome.is_err()).count();
    let passed = reports
        .iter()
        .filter(|report| matches!(report.outcome, Ok(Verdict::Passed)))
        .count();
    println!("\n{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err(Failure::told()) }
}
