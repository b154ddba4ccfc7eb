//! `cargo xtask screenshots`: pictures of every state of every view, or those of the README.

use std::path::{Path, absolute};
use std::process::Command;

use crate::arguments::Arguments;
use crate::dist;
use crate::failure::{Context, Failure, Outcome};
use crate::local_api;
use crate::process::run;
use crate::repository::Repository;
use crate::setup::{Browser, Need, Setup};

/// Builds what is looked at, as the check of the built site does, and takes the pictures with the same harness.
pub(crate) fn screenshots(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let is_for_readme = arguments.flag("--readme");
    let to = arguments.value("--to")?;
    arguments.finish()?;
    let folder = match &to {
        // Relative to the user's directory, not to the root of the repository, where the program runs.
        Some(to) => absolute(Path::new(to)).context(format!("the directory {to}"))?,
        None if is_for_readme => repository.root.join("docs/images"),
        None => repository.target.join("screenshots"),
    };
    let setup = Setup::new(repository);
    setup.provide(&[Need::Browser])?;
    let browser = Browser::find().ok_or_else(|| Failure::new("there is no Chromium or no chromedriver"))?;
    dist::build(&setup, None)?;
    let local_api = local_api::build(repository)?;
    let mut pictures = Command::new("cargo");
    pictures
        .args(["run", "--quiet", "--package", "e2e", "--bin", "screenshots", "--"])
        .arg(folder)
        .args(is_for_readme.then_some("--readme"))
        .current_dir(&repository.root)
        .env("STRONGROOM_LOCAL_API", local_api)
        .env("STRONGROOM_DIST", repository.dist())
        .env("CHROMEDRIVER", browser.driver)
        .env("CHROMIUM", browser.chromium);
    run(&mut pictures)
}
