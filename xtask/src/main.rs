//! Set-up and orchestration: `cargo xtask serve`, `test`, `dev`, `dist`, `bench` and `screenshots`.
//!
//! Nothing of the console is in here. What a person waits for is announced on standard error; standard output holds
//! what a script may read: the two lines of `serve`, the tables, the summary of `test`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks to the person who started it"
)]

mod arguments;
mod bench;
mod dev;
mod dist;
mod failure;
mod local_api;
mod process;
mod repository;
mod screenshots;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;

use arguments::Arguments;
use failure::{Failure, Outcome};
use repository::Repository;

const USAGE: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

  serve   Build the site, start the local API with demo data, serve both on one origin.
            --port N           the port on 127.0.0.1 (default 8080; 0 picks a free one)
            --seed demo|N|WxN  demo data (the default), N secrets in one workspace beside it, or N in each of W workspaces
            --data PATH        keep the data here (default: a temporary file, removed at the end)
            --return-values    let the API answer with secret values (default: write-only)
            --keep-names       let the API leave names of secrets as they are (default: upper case)
  test    Run every check. `cargo xtask test NAME...` runs some, `--list` names them.
            --quick            format, clippy and host: the inner loop, without a browser
  dev     Build and serve with hot reload; the local API is behind the same origin.
            --port, --seed, --data, --return-values, --keep-names as above
  dist    Build the deployable site in dist/ and compare its size with the budget.
            --config PATH      its runtime configuration (default config.json)
  bench   Print the measurements of docs/performance.md: the list beside a peer, in Chromium (long).
            --runs N           how often each is measured (default 7)
            --secrets N[,N]    with how many secrets (default 1000,10000,100000)
            --slowed N[,N]     how many times the CPU is slowed (default 1,4)
            --across WxN       the search across W workspaces of N secrets (default 12x10000; alone: nothing else)
            --bytes            only the bytes of the site, without a browser
            --lighthouse N     only how fast each view is on a slow phone, the median of N runs of Lighthouse
            --chain N          only the first rows of a list on slow networks, the median of N runs, and what is asked for when
  screenshots
          Make pictures of every state of every view: light and dark, wide and narrow.
            --to DIR           put them here (default target/screenshots)
            --readme           only the pictures of the README, into docs/images

Each command sets up what it needs and does not find; a second run finds everything.
";

fn main() -> ExitCode {
    if let Err(failure) = process::watch_signals().and_then(|()| command()) {
        if process::interrupted() {
            eprintln!("\ninterrupted");
            return ExitCode::from(130);
        }
        let message = failure.to_string();
        // What was said already needs no second line; the summary of `test` has to be the last one.
        if !message.is_empty() {
            eprintln!("\nerror: {message}");
        }
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn command() -> Outcome<()> {
    let mut arguments = Arguments::from_environment();
    let repository = Repository::find()?;
    match arguments.command().as_deref() {
        Some("serve") => serve::serve(&repository, arguments),
        Some("test") => test::test(&repository, arguments),
        Some("dev") => dev::dev(&repository, arguments),
        Some("dist") => dist::command(&repository, arguments),
        Some("bench") => bench::bench(&repository, arguments),
        Some("screenshots") => screenshots::screenshots(&repository, arguments),
        Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(Failure::new(format!("there is no command `{other}`\n\n{USAGE}"))),
        None => Err(Failure::new(format!("a command is missing\n\n{USAGE}"))),
    }
}
