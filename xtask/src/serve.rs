//! `cargo xtask serve`: the built site and the local API on one origin.

use crate::arguments::Arguments;
use crate::dist;
use crate::failure::Outcome;
use crate::local_api::{self, LocalApi, Options, port_is_free};
use crate::repository::Repository;
use crate::setup::Setup;

/// Runs until a signal.
pub(crate) fn serve(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let mut options = Options::from_arguments(&mut arguments)?;
    arguments.finish()?;
    // Before minutes of building.
    port_is_free(options.port)?;
    dist::build(&Setup::new(repository), None)?;
    options.site = Some(repository.dist());
    let api = LocalApi::start(&local_api::build(repository)?, &options)?;
    println!("Strongroom is ready at {}", api.address);
    println!("API key: {}", api.key);
    api.wait()
}
