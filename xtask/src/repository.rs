//! Paths of the repository.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Context, Failure, Outcome};

/// The repository and the directory that cargo builds in.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    /// The directory of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
}

impl Repository {
    /// The repository that this program was started in.
    pub(crate) fn find() -> Outcome<Self> {
        let here = env::current_dir().context("reading the current directory")?;
        // Cargo names the directory of this package; without cargo, the current directory is as good.
        let start = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| here.clone(), PathBuf::from);
        let root = start
            .ancestors()
            .find(|directory| directory.join("Cargo.lock").is_file() && directory.join("Trunk.toml").is_file())
            .ok_or_else(|| {
                Failure::new(format!(
                    "{} is not inside the repository of Strongroom",
                    start.display()
                ))
            })?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(directory) => here.join(directory),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A path in the repository.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path for what these commands keep between runs; nothing there is worth keeping for ever.
    pub(crate) fn kept(&self, name: &str) -> PathBuf {
        self.target.join("strongroom").join(name)
    }

    /// The built site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Outcome<String> {
        let path = self.path("Cargo.lock");
        let lock = std::fs::read_to_string(&path).context(format!("reading {}", path.display()))?;
        locked_version(&lock, package)
            .ok_or_else(|| Failure::new(format!("{} holds no package `{package}`", path.display())))
    }
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    Some(
        lines
            .next()?
            .strip_prefix("version = \"")?
            .strip_suffix('"')?
            .to_owned(),
    )
}

/// The directory of the tools that this repository shares with other clones of it, one directory for each version.
pub(crate) fn tools_directory() -> Outcome<PathBuf> {
    let cache = match (
        env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()),
        env::var_os("HOME"),
    ) {
        (Some(cache), _) => PathBuf::from(cache),
        (None, Some(home)) => Path::new(&home).join(".cache"),
        (None, None) => return Err(Failure::new("neither XDG_CACHE_HOME nor HOME is set: set one of them")),
    };
    Ok(cache.join("strongroom").join("tools"))
}

/// The first program of this name on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|candidate| candidate.is_file())
}

/// `PATH` with these directories in front.
pub(crate) fn path_with(directories: &[PathBuf]) -> Outcome<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(directories.iter().cloned().chain(env::split_paths(&path)))
        .context("a directory of the tools can't be put on PATH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
