//! What several checks use, made when the first one asks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::dist;
use crate::failure::{Failure, Outcome};
use crate::local_api;
use crate::process::run_aside;
use crate::setup::{Browser, EARLIER_SDK, SDK, Setup, environment};

/// The things that checks share.
pub(super) struct Shared<'a> {
    pub(super) setup: &'a Setup<'a>,
    /// Whether the site is built twice, to be compared.
    is_built_twice: bool,
    /// Whether there is time: before a release.
    pub(super) is_long: bool,
    dist: OnceLock<Outcome<PathBuf>>,
    local_api: OnceLock<Outcome<PathBuf>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(setup: &'a Setup<'a>, is_built_twice: bool, is_long: bool) -> Self {
        Self {
            setup,
            is_built_twice,
            is_long,
            dist: OnceLock::new(),
            local_api: OnceLock::new(),
        }
    }

    /// A path in the repository.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.setup.repository.path(relative)
    }

    /// The built site. Who asks while it is built waits.
    pub(super) fn dist(&self) -> Outcome<PathBuf> {
        let build = || {
            if self.is_built_twice {
                dist::build_twice(self.setup)?;
            } else {
                dist::build(self.setup, None)?;
            }
            Ok(self.setup.repository.dist())
        };
        self.dist.get_or_init(build).clone()
    }

    /// The program of the local API.
    pub(super) fn local_api(&self) -> Outcome<PathBuf> {
        self.local_api
            .get_or_init(|| local_api::build(self.setup.repository))
            .clone()
    }

    /// Chromium and its driver; only for a check that needs them.
    pub(super) fn browser(&self) -> Outcome<Browser> {
        Browser::find().ok_or_else(|| Failure::new("there is no Chromium or no chromedriver"))
    }

    /// Python with the official SDK; only for a check that needs it.
    pub(super) fn python(&self) -> PathBuf {
        self.path(&environment(SDK)).join("bin/python")
    }

    /// Python with the official SDK of before 1.0; only for the check that needs it.
    pub(super) fn earlier_python(&self) -> PathBuf {
        self.path(&environment(EARLIER_SDK)).join("bin/python")
    }

    /// Runs cargo in the repository.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Outcome<()> {
        run_aside(&mut self.command("cargo", arguments))
    }

    /// A command in the repository, its address not yet changed.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.setup.repository.root);
        command
    }

    /// Whether a file or directory that a check is about is there.
    pub(super) fn has(&self, relative: &str) -> bool {
        Path::exists(&self.path(relative))
    }
}
