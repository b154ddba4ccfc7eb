//! The speed of the list beside a peer: `cargo xtask bench`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the tables are for the person who started it, and so is what is wrong with the command line"
)]

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    match e2e::measure::measure(env::args().skip(1)) {
        Ok(tables) => {
            println!("{tables}");
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}
