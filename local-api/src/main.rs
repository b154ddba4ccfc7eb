//! The local API on the command line. All of it is in the library.

use std::process::ExitCode;

use clap::Parser;
use local_api::{Options, StartError};

fn main() -> ExitCode {
    let options = Options::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)
        .and_then(|runtime| runtime.block_on(local_api::run(options)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the last words of a program that cannot start")]
fn complain(error: &StartError) -> ExitCode {
    eprintln!("local-api: {error}");
    ExitCode::FAILURE
}
