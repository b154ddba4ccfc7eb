//! `cargo xtask dev`: hot reload, with the local API behind the same origin.

use std::path::PathBuf;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::local_api::{self, LocalApi, Options, port_is_free};
use crate::process::{interrupted, run, run_aside};
use crate::repository::Repository;
use crate::setup::{SITE, Setup, fetch_crates};

/// Where the proxies of `Trunk.toml` look for the API.
const API_PORT: u16 = 8787;

/// The site as it is in development, with the gallery, built once; its folder.
pub(crate) fn with_gallery(setup: &Setup<'_>) -> Outcome<PathBuf> {
    let folder = setup.repository.kept("gallery");
    let mut trunk = trunk(setup)?;
    trunk
        .args(["build", "--features", DEVELOPMENT_FEATURES, "--dist"])
        .arg(&folder);
    run_aside(&mut trunk)?;
    Ok(folder)
}

/// The features of the console that its site has not. The checks use all of them at once, so that the console is compiled
/// once for the tests in the browser and for the gallery.
pub(crate) const DEVELOPMENT_FEATURES: &str = "gallery,testing";

fn trunk(setup: &Setup<'_>) -> Outcome<Command> {
    let mut trunk = setup.command("trunk")?;
    trunk
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk 0.21 rejects the usual `NO_COLOR=1` as an invalid value of its own option.
        .env_remove("NO_COLOR");
    Ok(trunk)
}

/// Runs until a signal.
pub(crate) fn dev(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let mut options = Options::from_arguments(&mut arguments)?;
    arguments.finish()?;
    let port = options.port;
    port_is_free(port)?;
    options.port = API_PORT;
    port_is_free(API_PORT).map_err(|failure| {
        Failure::new(format!(
            "{failure}\n  The local API needs port {API_PORT}, because Trunk.toml names it"
        ))
    })?;
    let setup = Setup::new(repository);
    setup.provide(SITE)?;
    fetch_crates(repository)?;
    let api = LocalApi::start(&local_api::build(repository)?, &options)?;
    println!("Strongroom will be ready at http://127.0.0.1:{port} when trunk has built it");
    println!("API key: {}", api.key);
    let mut trunk = trunk(&setup)?;
    trunk
        .arg("serve")
        .args(["--features", "gallery"])
        .args(["--port", &port.to_string(), "--dist"])
        .arg(repository.kept("dev"));
    let outcome = run(&mut trunk);
    if interrupted() { Ok(()) } else { outcome }
}
