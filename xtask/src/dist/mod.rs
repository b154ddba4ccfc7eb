//! The deployable site.
//!
//! Trunk builds it; the program is taken apart ([`program`]); then every file is named by the hash of its final bytes
//! ([`finish`]), and what a host reads is written beside it. Why trunk's own names don't do is in docs/decisions.

mod binary;
mod bundle;
mod empty_slots;
mod finish;
mod gather;
mod html;
mod inputs;
mod names;
mod pack;
mod program;
mod release;
mod reproduce;
mod shipped;
mod sizes;

use std::fs;
use std::path::{Path, PathBuf};

use site::Config;

pub(crate) use finish::hexadecimal;
pub(crate) use reproduce::{build_twice, check_no_paths, compare_copy};

use crate::arguments::Arguments;
use crate::failure::{Context, Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::Repository;
use crate::setup::{OWN_STANDARD_LIBRARY, SITE, Setup, cargo_home, fetch_crates};

/// `cargo xtask dist`.
pub(crate) fn command(repository: &Repository, mut arguments: Arguments) -> Outcome<()> {
    let config = arguments.value("--config")?.map(PathBuf::from);
    arguments.finish()?;
    let setup = Setup::new(repository);
    build(&setup, config.as_deref())?;
    let sizes = measure(repository)?;
    println!("{sizes}");
    sizes.check()
}

/// Builds the site into `dist/`, doing only what has to be done since the last time.
pub(crate) fn build(setup: &Setup<'_>, config: Option<&Path>) -> Outcome<()> {
    let repository = setup.repository;
    let default = repository.path("config.json");
    let config_path = config.unwrap_or(&default);
    // Read first: a mistake in it should not cost a build.
    let (text, config) = read_config(config_path)?;
    setup.provide(SITE)?;

    let staging = repository.kept("staging");
    let stamp = repository.kept("staging.inputs");
    let inputs = inputs::fingerprint(repository)?;
    if !fs::read_to_string(&stamp).is_ok_and(|known| known == inputs) || !staging.join("index.html").is_file() {
        eprintln!("Building the site (about 4 minutes for the first time, 3 minutes later)");
        // Gone while the build runs, so that one that was broken off is not taken for a whole one.
        let _ = fs::remove_file(&stamp);
        fetch_crates(repository)?;
        let parts = stage(setup, repository, &staging)?;
        fs::write(repository.kept(PARTS), program::to_text(&parts)).context("writing which parts there are")?;
        fs::write(&stamp, inputs).context(format!("writing {}", stamp.display()))?;
    }
    finish::finish(&staging, &repository.dist(), &text, &config)
}

/// Which files each part of the program is in, kept from the build to the measuring.
const PARTS: &str = "staging.files";

/// Measures the site in `dist/`, which was built here.
pub(crate) fn measure(repository: &Repository) -> Outcome<sizes::Sizes> {
    let path = repository.kept(PARTS);
    let parts = fs::read_to_string(&path).context(format!("reading {}", path.display()))?;
    sizes::measure(&repository.dist(), program::from_text(&parts))
}

/// Builds the site, all but its final names.
fn stage(setup: &Setup<'_>, source: &Repository, staging: &Path) -> Outcome<program::Parts> {
    trunk(setup, source, staging)?;
    shipped::write(source, staging)?;
    program::split(setup, source, staging)
}

fn read_config(path: &Path) -> Outcome<(String, Config)> {
    let text = fs::read_to_string(path).context(format!("reading {}", path.display()))?;
    let config = Config::parse(&text).context(format!("reading {}", path.display()))?;
    Ok((text, config))
}

/// Runs trunk in a copy of the repository, with the tools of this one.
fn trunk(setup: &Setup<'_>, source: &Repository, staging: &Path) -> Outcome<()> {
    let mut trunk = setup.command("trunk")?;
    trunk
        .args(["build", "--release", "--dist"])
        .arg(staging)
        .current_dir(&source.root)
        .env("CARGO_TARGET_DIR", &source.target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(source)?)
        .envs(OWN_STANDARD_LIBRARY)
        // Only for the site: no panic has a message there, so nothing is needed that would write one.
        .env("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true")
        .env("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort")
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk 0.21 rejects the usual `NO_COLOR=1` as an invalid value of its own option.
        .env_remove("NO_COLOR")
        // Flags for the user's own builds would change the site.
        .env_remove("RUSTFLAGS");
    run_aside(&mut trunk)
}

/// Flags for rustc, in cargo's form.
fn flags(source: &Repository) -> Outcome<String> {
    // Leptos then compiles the code of an element once, instead of once for each shape of what is in it.
    // The marks of the parts, and for who takes them apart what calls what.
    let mut flags = vec![
        "--cfg=erase_components".to_owned(),
        "--cfg=split".to_owned(),
        "-Ctarget-feature=+simd128".to_owned(),
        "-Clink-arg=--emit-relocs".to_owned(),
    ];
    flags.extend(remapped_paths(source)?);
    Ok(flags.join("\u{1f}"))
}

/// Flags that replace directories of this machine by fixed names, which would otherwise be in panic messages: the site
/// must be the same on every machine and not reveal where it was built.
fn remapped_paths(source: &Repository) -> Outcome<Vec<String>> {
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    remap(&source.root, "/strongroom");
    remap(&source.target, "/target");
    let cargo_home = cargo_home().ok_or_else(|| Failure::new("HOME is not set"))?;
    remap(&cargo_home, "/cargo");
    // The last flag that fits wins: below it, the name of a registry's directory depends on where it is.
    for registry in directories(&cargo_home.join("registry/src")) {
        remap(&registry, "/cargo/registry");
    }
    let rustc = |arguments: &[&str]| {
        output(
            std::process::Command::new("rustc")
                .args(arguments)
                .current_dir(&source.root),
        )
    };
    if let (Some(sysroot), Some(about)) = (rustc(&["--print", "sysroot"]), rustc(&["-vV"])) {
        let commit = about
            .lines()
            .find_map(|line| line.strip_prefix("commit-hash: "))
            .unwrap_or_default();
        // Where the sources of the standard library are installed, rustc names them instead of its own fixed names.
        remap(
            &Path::new(&sysroot).join("lib/rustlib/src/rust"),
            &format!("/rustc/{commit}"),
        );
    }
    Ok(flags)
}

fn directories(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut directories: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    directories.sort();
    directories
}

/// All files below a directory, by their path from it, with slashes, in a fixed order.
pub(crate) fn files(directory: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(relative) = waiting.pop() {
        let place = directory.join(&relative);
        for entry in fs::read_dir(&place).context(format!("reading {}", place.display()))? {
            let entry = entry.context(format!("reading {}", place.display()))?;
            let path = relative.join(entry.file_name());
            if entry
                .file_type()
                .context(format!("reading {}", path.display()))?
                .is_dir()
            {
                waiting.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
