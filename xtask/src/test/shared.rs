//! What several checks use, made when the first one asks.

use std::cell::{OnceCell, RefCell};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dist;
use crate::failure::{Context, Failure, Outcome};
use crate::local_api;
use crate::process::{Started, run_aside};
use crate::setup::{Browser, EARLIER_SDK, SDK, SITE, Setup, environment};

/// The things that checks share.
pub(super) struct Shared<'a> {
    pub(super) setup: &'a Setup<'a>,
    /// Whether the site is built twice, to be compared.
    is_built_twice: bool,
    /// Whether there is time: before a release.
    pub(super) is_long: bool,
    /// The build of the site while it runs beside other checks.
    build: RefCell<Option<Started>>,
    dist: OnceCell<Outcome<PathBuf>>,
    local_api: OnceCell<Outcome<PathBuf>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(setup: &'a Setup<'a>, is_built_twice: bool, is_long: bool) -> Self {
        Self {
            setup,
            is_built_twice,
            is_long,
            build: RefCell::new(None),
            dist: OnceCell::new(),
            local_api: OnceCell::new(),
        }
    }

    /// A path in the repository.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.setup.repository.path(relative)
    }

    /// Starts to build the site beside the checks that need none: linking and optimising it keeps only one core busy.
    pub(super) fn build_aside(&self) -> Outcome<()> {
        self.setup.provide(SITE)?;
        let log = self.setup.repository.kept("dist.log");
        if let Some(directory) = log.parent() {
            fs::create_dir_all(directory).context(format!("creating {}", directory.display()))?;
        }
        let file = File::create(&log).context(format!("creating {}", log.display()))?;
        let own = env::current_exe().context("the path of this program")?;
        let mut dist = self.command(own, &["dist"]);
        dist.stderr(file.try_clone().context("a second handle of a file")?)
            .stdout(file);
        eprintln!("Building the site aside; its output is in {}", log.display());
        *self.build.borrow_mut() = Some(Started::start(&mut dist)?);
        Ok(())
    }

    /// The built site.
    pub(super) fn dist(&self) -> Outcome<PathBuf> {
        let build = || {
            if let Some(build) = self.build.take() {
                // Where it failed, the build below fails, too, and says why.
                build.wait()?;
            }
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
