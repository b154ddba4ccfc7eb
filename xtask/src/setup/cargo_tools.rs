//! Tools that cargo and rustup bring.
//!
//! They live in a directory of the person, one for each version, so that clones share them and a new version does not
//! disturb an old clone. See docs/decisions.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Step, run_all, take, version};
use crate::failure::{Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::{Repository, on_path, tools_directory};

/// The newest release of trunk that Rust 1.95 builds.
const TRUNK: &str = "0.21.14";
const CARGO_FUZZ: &str = "0.13.2";
const TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` brings.
struct Tool<'a> {
    package: &'a str,
    version: &'a str,
    program: &'a str,
    takes: &'static str,
    /// Whether the versions in the package's own lock file are used. Not where they are newer than a registry carries.
    locked: bool,
}

impl Tool<'_> {
    /// Where it is installed to, if it is not on `PATH`.
    fn root(&self) -> Outcome<PathBuf> {
        Ok(tools_directory()?.join(format!("{}-{}", self.package, self.version)))
    }

    fn is_right(&self, program: &Path) -> bool {
        program.is_file()
            && version(program).is_some_and(|line| line.split_whitespace().any(|word| word == self.version))
    }

    /// The directory that holds it: one on `PATH` where that is the exact version, else ours.
    fn directory(&self) -> Outcome<PathBuf> {
        if let Some(program) = on_path(self.program).filter(|program| self.is_right(program))
            && let Some(directory) = program.parent()
        {
            return Ok(directory.to_path_buf());
        }
        Ok(self.root()?.join("bin"))
    }

    fn provide(&self) -> Outcome<()> {
        if self.is_right(&self.directory()?.join(self.program)) {
            return Ok(());
        }
        let root = self.root()?;
        let shown = root.display();
        let (package, version) = (self.package, self.version);
        let locked = if self.locked { " --locked" } else { "" };
        let step = Step {
            what: format!("{package} {version} in {shown}"),
            takes: self.takes,
            remedy: format!(
                "see the message of cargo above; then run the command again, or install it by hand with \
                 `cargo install {package} --version {version}{locked} --root {shown}`"
            ),
        };
        take(&step, || {
            if self.fetch_ready_made(&root) {
                return Ok(());
            }
            let mut install = Command::new("cargo");
            install
                .args(["install", package, "--version", version, "--root"])
                .arg(&root);
            if self.locked {
                install.arg("--locked");
            }
            // A target directory of this workspace would be filled with what the tool is made of.
            run_aside(install.env_remove("CARGO_TARGET_DIR"))?;
            if self.is_right(&root.join("bin").join(self.program)) {
                return Ok(());
            }
            Err(Failure::new(format!(
                "cargo installed it, but {shown}/bin/{} is not of that version",
                self.program
            )))
        })
    }

    /// Through `cargo binstall`, where that is installed; where it fails, compiling still works.
    fn fetch_ready_made(&self, root: &Path) -> bool {
        if output(Command::new("cargo").args(["binstall", "-V"])).is_none() {
            return false;
        }
        let mut fetch = Command::new("cargo");
        fetch.args(["binstall", "--no-confirm", "--root"]).arg(root);
        fetch.arg(format!("{}@{}", self.package, self.version));
        run_aside(&mut fetch).is_ok() && self.is_right(&root.join("bin").join(self.program))
    }
}

fn trunk_tool() -> Tool<'static> {
    Tool {
        package: "trunk",
        version: TRUNK,
        program: "trunk",
        takes: "about 8 minutes on two cores",
        locked: true,
    }
}

fn wasm_bindgen_tool(version: &str) -> Tool<'_> {
    let takes = "about 3 minutes on two cores";
    Tool {
        package: "wasm-bindgen-cli",
        version,
        program: "wasm-bindgen",
        takes,
        locked: false,
    }
}

fn fuzz_tool() -> Tool<'static> {
    Tool {
        package: "cargo-fuzz",
        version: CARGO_FUZZ,
        program: "cargo-fuzz",
        takes: "about a minute",
        locked: true,
    }
}

pub(super) fn web_assembly_target() -> Outcome<()> {
    let mut ask = Command::new("rustc");
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    if output(&mut ask).is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    let step = Step {
        what: format!("Rust's standard library for {TARGET}"),
        takes: "a few seconds, about 20 MB",
        remedy: format!("install rustup and run `rustup target add {TARGET}`, or install that library your own way"),
    };
    take(&step, || {
        run_aside(Command::new("rustup").args(["target", "add", TARGET]))
    })
}

/// Cargo compiles the standard library with the program, for size: docs/decisions/0301. Each is a setting of cargo that
/// only a nightly toolchain takes, but for the first, which makes this one take them too.
pub(crate) const OWN_STANDARD_LIBRARY: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Where the sources of the standard library are, or would be.
fn standard_library_sources() -> Option<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Some(Path::new(&sysroot).join("lib/rustlib/src/rust/library"))
}

pub(super) fn standard_library() -> Outcome<()> {
    if standard_library_sources().is_some_and(|sources| sources.is_dir()) {
        return Ok(());
    }
    let step = Step {
        what: "the sources of Rust's standard library".to_owned(),
        takes: "a few seconds, about 4 MB",
        remedy: "install rustup and run `rustup component add rust-src`, or install these sources your own way"
            .to_owned(),
    };
    take(&step, || {
        run_aside(Command::new("rustup").args(["component", "add", "rust-src"]))
    })
}

pub(super) fn trunk() -> Outcome<()> {
    trunk_tool().provide()
}

pub(super) fn wasm_bindgen(repository: &Repository) -> Outcome<()> {
    wasm_bindgen_tool(&repository.locked_version("wasm-bindgen")?).provide()
}

/// A program of the package that brings `wasm-bindgen`.
pub(super) fn wasm_bindgen_program(repository: &Repository, program: &str) -> Outcome<PathBuf> {
    Ok(wasm_bindgen_tool(&repository.locked_version("wasm-bindgen")?)
        .directory()?
        .join(program))
}

pub(super) fn fuzz() -> Outcome<()> {
    fuzz_tool().provide()
}

/// Whether a nightly toolchain is here; none is fetched for a minute of fuzzing.
pub(crate) fn has_nightly() -> bool {
    let mut ask = Command::new("cargo");
    output(ask.args(["+nightly", "--version"]).env("RUSTUP_AUTO_INSTALL", "0")).is_some()
}

/// The directories of all tools, those of the exact version first.
pub(super) fn directories(repository: &Repository) -> Outcome<Vec<PathBuf>> {
    let wasm_bindgen = repository.locked_version("wasm-bindgen")?;
    [wasm_bindgen_tool(&wasm_bindgen), trunk_tool(), fuzz_tool()]
        .iter()
        .map(Tool::directory)
        .collect()
}

/// Fetches what `Cargo.lock` names, and what the standard library is made of, so that what follows needs no network.
pub(crate) fn fetch_crates(repository: &Repository) -> Outcome<()> {
    let fetch = || {
        let mut fetch = Command::new("cargo");
        fetch
            .args(["fetch", "--quiet", "--locked"])
            .envs(OWN_STANDARD_LIBRARY)
            .current_dir(&repository.root);
        fetch
    };
    let mut of_standard_library = fetch();
    // The standard library has a lock file of its own, which fetching for this workspace does not go through.
    if let Some(sources) = standard_library_sources() {
        of_standard_library.args(["--target", TARGET, "--manifest-path"]);
        of_standard_library.arg(sources.join("Cargo.toml"));
    }
    run_all(&mut [&mut fetch(), &mut of_standard_library])
        .map_err(|failure| Failure::new(format!("{failure}\n  How to go on: look at cargo's message above. Where it says that the lock file needs an update, run `cargo check` and commit Cargo.lock; else check the way to the registry.")))
}
