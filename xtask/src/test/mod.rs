//! `cargo xtask test`: every check there is, each a named step; one that fails does not keep the others from running.

mod checks;
mod shared;

use std::time::{Duration, Instant};

use checks::CHECKS;
use shared::Shared;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process::interrupted;
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
    let chosen: Vec<&Check> = CHECKS
        .iter()
        .filter(|check| match names.is_empty() {
            true => is_long || !check.is_long,
            false => names.iter().any(|name| name == check.name),
        })
        .collect();
    let setup = Setup::new(repository);
    let is_built_twice = chosen.iter().any(|check| check.name == "reproduce");
    let shared = Shared::new(&setup, is_built_twice, is_long);
    // Only where there is something to do meanwhile.
    let has_time = names.is_empty() && !is_built_twice;
    let mut reports = Vec::new();
    for (index, check) in chosen.iter().enumerate() {
        eprintln!("\n==> {}/{} {}: {}", index + 1, chosen.len(), check.name, check.about);
        let started = Instant::now();
        // After the first check, which takes a second and needs no set-up.
        if has_time && index == 1 {
            // The check of the site fails, too, and says why.
            let _ = shared.build_aside();
        }
        let outcome = setup.provide(check.needs).and_then(|()| (check.run)(&shared));
        if interrupted() {
            return Err(Failure::new("interrupted"));
        }
        match &outcome {
            Ok(Verdict::Passed) => {}
            Ok(Verdict::Skipped(why)) => eprintln!("skipped: {why}"),
            Err(failure) => eprintln!("failed: {failure}"),
        }
        reports.push(Report {
            name: check.name,
            took: started.elapsed(),
            outcome,
        });
    }
    summarise(&reports)
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
