//! Packages of the system, where this program may install them.

use std::path::Path;
use std::process::Command;

use nix::unistd::geteuid;

use super::run_all;
use crate::failure::{Failure, Outcome};
use crate::repository::on_path;

/// Whether this program may install packages here.
pub(super) fn is_possible() -> bool {
    Path::new("/etc/debian_version").is_file() && on_path("apt-get").is_some() && geteuid().is_root()
}

/// Installs packages with apt: as root on Debian, and nowhere else.
pub(super) fn install(packages: &[&str]) -> Outcome<()> {
    if !Path::new("/etc/debian_version").is_file() || on_path("apt-get").is_none() {
        return Err(Failure::new("this is no Debian with `apt-get`, so it is left to you"));
    }
    if !geteuid().is_root() {
        return Err(Failure::new("only root may install packages"));
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let install = [&["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
    run_all(&mut [&mut apt(&["update", "-qq"]), &mut apt(&install)])
}
