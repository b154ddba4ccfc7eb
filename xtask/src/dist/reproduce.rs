//! Proof that the site depends on its sources alone: it is built again from a copy in another directory, in another
//! target directory, and compared byte for byte.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::{env, fs};

use super::{build, files, finish, read_config, release, stage};
use crate::failure::{Context, Failure, Outcome};
use crate::process::output;
use crate::repository::Repository;
use crate::setup::{SITE, Setup, fetch_crates};

/// Builds the site here and in a copy of the repository, at the same time: for most of it the linker keeps one core busy.
pub(crate) fn build_twice(setup: &Setup<'_>) -> Outcome<()> {
    setup.provide(SITE)?;
    fetch_crates(setup.repository)?;
    let repository = setup.repository;
    let copying = thread::spawn({
        let repository = repository.clone();
        move || build_copy(&Setup::new(&repository))
    });
    let built = build(setup, None);
    let copied = copying.join().map_err(|_| Failure::new("building the copy panicked"))?;
    built.and(copied)
}

/// Builds the site elsewhere, all but its final names.
fn build_copy(setup: &Setup<'_>) -> Outcome<()> {
    let here = setup.repository;
    // The target directory is kept, so that only this repository's own crates are compiled again.
    let copy = Repository {
        root: here.kept("copy/elsewhere"),
        target: here.kept("copy/built"),
    };
    synchronise(here, &copy.root)?;
    stage(setup, &copy, &here.kept("copy/staging"))?;
    Ok(())
}

/// Compares the two sites of [`build_twice`].
pub(crate) fn compare_copy(here: &Repository) -> Outcome<()> {
    let dist = here.kept("copy/dist");
    let (text, config) = read_config(&here.dist().join("config.json"))?;
    finish::finish(&here.kept("copy/staging"), &dist, &text, &config)?;
    compare(&here.dist(), &dist)
}

/// Checks that no file of the site names a directory of this machine: it would have other bytes elsewhere.
pub(crate) fn check_no_paths(here: &Repository) -> Outcome<()> {
    let home = env::var_os("CARGO_HOME").or_else(|| env::var_os("HOME"));
    let places = [Some(here.root.clone().into_os_string()), home];
    let dist = here.dist();
    for name in files(&dist)? {
        let bytes = fs::read(dist.join(&name)).context(format!("reading {name}"))?;
        for place in places.iter().flatten().filter(|place| place.len() > 1) {
            if holds(&bytes, place.as_encoded_bytes()) {
                let place = place.to_string_lossy();
                return Err(Failure::new(format!(
                    "{name} contains the path {place}, so it differs elsewhere"
                )));
            }
        }
    }
    Ok(())
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Makes the copy equal, touching only what differs, so that cargo compiles only that.
fn synchronise(here: &Repository, copy: &Path) -> Outcome<()> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(&here.root);
    let listed = output(&mut git).ok_or_else(|| Failure::new("git could not list the files of the repository"))?;
    let names: Vec<&str> = listed.split('\0').filter(|name| here.path(name).is_file()).collect();
    for name in &names {
        let bytes = fs::read(here.path(name)).context(format!("reading {name}"))?;
        let path = copy.join(name);
        if fs::read(&path).is_ok_and(|found| found == bytes) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(copy)).context(format!("making a directory for {name}"))?;
        fs::write(&path, bytes).context(format!("copying {name}"))?;
    }
    for name in files(copy)?.iter().filter(|name| !names.contains(&name.as_str())) {
        fs::remove_file(copy.join(name)).context(format!("removing {name} from the copy"))?;
    }
    Ok(())
}

fn compare(one: &Path, other: &Path) -> Outcome<()> {
    let (names, others) = (release::names(one)?, release::names(other)?);
    let mut different: Vec<&String> = names.iter().filter(|name| !others.contains(name)).collect();
    different.extend(others.iter().filter(|name| !names.contains(name)));
    different.extend(
        names
            .iter()
            .filter(|name| others.contains(name) && fs::read(one.join(name)).ok() != fs::read(other.join(name)).ok()),
    );
    if different.is_empty() {
        eprintln!("{} files are the same, byte for byte", names.len());
        return Ok(());
    }
    let list: Vec<&str> = different.into_iter().map(String::as_str).collect();
    Err(Failure::new(format!(
        "two builds differ in {}; compare {} with {}",
        list.join(", "),
        one.display(),
        other.display()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_wherever_it_stands() {
        assert!(holds(b"at /home/a/src/main.rs:1", b"/home/a"));
        assert!(!holds(b"at /home/", b"/home/a"));
    }

    #[test]
    fn a_difference_is_named() {
        let place = env::temp_dir().join(format!("strongroom-compare-{}", std::process::id()));
        let (one, other) = (place.join("one"), place.join("other"));
        for directory in [&one, &other] {
            fs::create_dir_all(directory.join("assets")).unwrap();
            fs::write(directory.join("index.html"), "same").unwrap();
        }
        assert!(compare(&one, &other).is_ok());
        fs::write(one.join("assets/a"), "only here").unwrap();
        fs::write(other.join("index.html"), "different").unwrap();
        let problem = compare(&one, &other).unwrap_err().to_string();
        fs::remove_dir_all(&place).unwrap();
        assert!(
            problem.contains("two builds differ in assets/a, index.html;"),
            "{problem}"
        );
    }
}
