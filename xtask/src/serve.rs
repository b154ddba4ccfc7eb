//! `cargo xtask serve`: the built site and the local API on one origin.

use std::thread;

use crate::arguments::Arguments;
use crate::dist;
use crate::failure::{Failure, Outcome};
use crate::local_api::{self, LocalApi, Options, port_is_free};
use crate::repository::Repository;
use crate::setup::Setup;

/// Runs until a signal.
pub(crate) fn serve(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let mut options = Options::from_arguments(&mut arguments)?;
    arguments.finish()?;
    // Before minutes of building.
    port_is_free(options.port)?;
    // At the same time: for most of its build the site keeps one core busy, with linking.
    let program = thread::spawn({
        let repository = repository.clone();
        move || local_api::build(&repository)
    });
    let site = dist::build(&Setup::new(repository), None);
    let program = program
        .join()
        .map_err(|_| Failure::new("building the local API panicked"))?;
    site?;
    options.site = Some(repository.dist());
    let api = LocalApi::start(&program?, &options)?;
    println!("Strongroom is ready at {}", api.address);
    println!("API key: {}", api.key);
    api.wait()
}
