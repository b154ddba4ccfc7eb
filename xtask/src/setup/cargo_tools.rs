//! Tools that cargo and rustup bring.
//!
//! They are installed in a directory of the user, one per version, so that clones share them and a new version does not
//! affect an old clone. See docs/decisions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Step, run_all, version};
use crate::failure::{Context, Failure, Outcome};
use crate::process::{output, run_aside};
use crate::repository::{Repository, on_path, tools_directory};

/// The newest release of trunk that Rust 1.95 builds.
const TRUNK: &str = "0.21.14";
const CARGO_FUZZ: &str = "0.13.2";
const CARGO_DENY: &str = "0.20.2";
const GECKODRIVER: &str = "0.37.1";
const TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` brings.
struct Tool {
    package: &'static str,
    version: String,
    program: &'static str,
    takes: &'static str,
    source: Source,
}

/// What a tool is compiled from, always with the versions of a lock file.
enum Source {
    /// The package from the registry with its lock file, and these options.
    Registry(&'static [&'static str]),
    /// A package of this repository, which has a lock file of ours and depends on the one of the registry.
    Repository(PathBuf),
}

/// The settings that the tools are compiled with. They run for seconds, so compiling them for minutes to run faster does
/// not pay: trunk's own settings take twice as long.
const QUICK: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

impl Tool {
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

    /// Installs it, where it is not there.
    fn step(self) -> Outcome<Option<Step<'static>>> {
        if self.is_right(&self.directory()?.join(self.program)) {
            return Ok(None);
        }
        let root = self.root()?;
        Ok(Some(Step {
            what: format!("{} {} in {}", self.package, self.version, root.display()),
            takes: self.takes,
            remedy: "see the message of cargo above, then run the command again".to_owned(),
            action: Box::new(move || self.install(&root)),
        }))
    }

    fn install(&self, root: &Path) -> Outcome<()> {
        if self.fetch_ready_made(root) {
            return Ok(());
        }
        let build = root.join("build");
        run_aside(&mut self.installation(root, &build))?;
        if build.is_dir() {
            fs::remove_dir_all(&build).context(format!("removing {}", build.display()))?;
        }
        if self.is_right(&root.join("bin").join(self.program)) {
            return Ok(());
        }
        Err(Failure::new(format!(
            "cargo installed it, but {}/bin/{} is not of that version",
            root.display(),
            self.program
        )))
    }

    /// The command that compiles it, with the versions of its lock file.
    fn installation(&self, root: &Path, build: &Path) -> Command {
        // Quiet: of hundreds of packages, each would have its line, and warnings are about other people's lock files.
        let mut install = Command::new("cargo");
        install
            .args(["install", "--quiet", "--locked", "--root"])
            .arg(root)
            .envs(QUICK);
        match &self.source {
            Source::Registry(options) => install.args([self.package, "--version", &self.version]).args(*options),
            // Compiled outside of the repository.
            Source::Repository(folder) => install.arg("--path").arg(folder).arg("--target-dir").arg(build),
        };
        // A target directory of this workspace would be filled with what the tool is made of.
        install.env_remove("CARGO_TARGET_DIR");
        install
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

fn trunk_tool() -> Tool {
    Tool {
        package: "trunk",
        version: TRUNK.to_owned(),
        program: "trunk",
        takes: "4 minutes on two cores",
        // Nothing of it speaks TLS or looks for a newer version: it finds its tools on the PATH.
        source: Source::Registry(&["--no-default-features"]),
    }
}

fn wasm_bindgen_tool(repository: &Repository) -> Outcome<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version: repository.locked_version("wasm-bindgen")?,
        program: "wasm-bindgen",
        takes: "75 s on two cores",
        source: Source::Repository(repository.path(WASM_BINDGEN)),
    })
}

/// Where the package is that depends on wasm-bindgen-cli.
const WASM_BINDGEN: &str = "xtask/tools/wasm-bindgen";

fn fuzz_tool() -> Tool {
    Tool {
        package: "cargo-fuzz",
        version: CARGO_FUZZ.to_owned(),
        program: "cargo-fuzz",
        takes: "1 minute on two cores",
        source: Source::Registry(&[]),
    }
}

fn geckodriver_tool() -> Tool {
    Tool {
        package: "geckodriver",
        version: GECKODRIVER.to_owned(),
        program: "geckodriver",
        takes: "2 minutes on two cores",
        source: Source::Registry(&[]),
    }
}

fn deny_tool() -> Tool {
    Tool {
        package: "cargo-deny",
        version: CARGO_DENY.to_owned(),
        program: "cargo-deny",
        takes: "3 minutes on two cores",
        source: Source::Registry(&[]),
    }
}

/// The driver of Firefox.
pub(super) fn geckodriver_program() -> Outcome<PathBuf> {
    let tool = geckodriver_tool();
    Ok(tool.directory()?.join(tool.program))
}

pub(super) fn geckodriver() -> Outcome<Option<Step<'static>>> {
    geckodriver_tool().step()
}

pub(super) fn web_assembly_target() -> Option<Step<'static>> {
    let mut ask = Command::new("rustc");
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    if output(&mut ask).is_some_and(|directory| Path::new(&directory).is_dir()) {
        return None;
    }
    Some(Step {
        what: format!("Rust's standard library for {TARGET}"),
        takes: "a few seconds, about 20 MB",
        remedy: format!("install rustup and run `rustup target add {TARGET}`, or install that library your own way"),
        action: Box::new(|| run_aside(Command::new("rustup").args(["target", "add", TARGET]))),
    })
}

/// Cargo compiles the standard library with the program, for size: docs/decisions/0301. Each is a setting of cargo that
/// only a nightly toolchain takes, but for the first, which makes this one take them too.
pub(crate) const OWN_STANDARD_LIBRARY: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

/// Where cargo keeps what it fetched.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    match std::env::var_os("CARGO_HOME") {
        Some(path) => Some(PathBuf::from(path)),
        None => Some(std::env::home_dir()?.join(".cargo")),
    }
}

/// Where the sources of the standard library are, or would be.
pub(crate) fn standard_library_sources() -> Option<PathBuf> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    Some(Path::new(&sysroot).join("lib/rustlib/src/rust/library"))
}

pub(super) fn standard_library() -> Option<Step<'static>> {
    if standard_library_sources().is_some_and(|sources| sources.is_dir()) {
        return None;
    }
    Some(Step {
        what: "the sources of Rust's standard library".to_owned(),
        takes: "a few seconds, about 4 MB",
        remedy: "install rustup and run `rustup component add rust-src`, or install these sources your own way"
            .to_owned(),
        action: Box::new(|| run_aside(Command::new("rustup").args(["component", "add", "rust-src"]))),
    })
}

pub(super) fn trunk() -> Outcome<Option<Step<'static>>> {
    trunk_tool().step()
}

pub(super) fn wasm_bindgen(repository: &Repository) -> Outcome<Option<Step<'static>>> {
    wasm_bindgen_tool(repository)?.step()
}

/// A program of the package that brings `wasm-bindgen`.
pub(super) fn wasm_bindgen_program(repository: &Repository, program: &str) -> Outcome<PathBuf> {
    Ok(wasm_bindgen_tool(repository)?.directory()?.join(program))
}

pub(super) fn fuzz() -> Outcome<Option<Step<'static>>> {
    fuzz_tool().step()
}

pub(super) fn deny() -> Outcome<Option<Step<'static>>> {
    deny_tool().step()
}

/// Whether a nightly toolchain is here; none is fetched for a minute of fuzzing.
pub(crate) fn has_nightly() -> bool {
    let mut ask = Command::new("cargo");
    output(ask.args(["+nightly", "--version"]).env("RUSTUP_AUTO_INSTALL", "0")).is_some()
}

/// The directories of all tools, those of the exact version first.
pub(super) fn directories(repository: &Repository) -> Outcome<Vec<PathBuf>> {
    [wasm_bindgen_tool(repository)?, trunk_tool(), fuzz_tool(), deny_tool()]
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
    // The standard library has a separate lock file, which fetching for this workspace does not cover.
    if let Some(sources) = standard_library_sources() {
        of_standard_library.args(["--target", TARGET, "--manifest-path"]);
        of_standard_library.arg(sources.join("Cargo.toml"));
    }
    run_all(&mut [&mut fetch(), &mut of_standard_library])
        .map_err(|failure| Failure::new(format!("{failure}\n  How to go on: look at cargo's message above. Where it says that the lock file needs an update, run `cargo check` and commit Cargo.lock; else check the way to the registry.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_of_wasm_bindgen_are_of_the_version_of_the_crate() {
        let repository = Repository::find().unwrap();
        let version = repository.locked_version("wasm-bindgen").unwrap();
        let manifest = fs::read_to_string(repository.path(WASM_BINDGEN).join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains(&format!("wasm-bindgen-cli = {{ version = \"={version}\"")),
            "{manifest}"
        );
    }
    /// A tool is compiled from the versions that its release, or a lock file of ours, was tested with.
    #[test]
    fn every_tool_is_compiled_from_a_lock_file() {
        let repository = Repository::find().unwrap();
        let tools = [
            trunk_tool(),
            wasm_bindgen_tool(&repository).unwrap(),
            fuzz_tool(),
            deny_tool(),
            geckodriver_tool(),
        ];
        for tool in tools {
            let install = tool.installation(Path::new("/root"), Path::new("/build"));
            let arguments: Vec<_> = install.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
            assert!(arguments.contains(&"--locked".to_owned()), "{arguments:?}");
            match &tool.source {
                Source::Registry(_) => assert!(
                    arguments
                        .windows(2)
                        .any(|pair| pair == ["--version", tool.version.as_str()]),
                    "{arguments:?}"
                ),
                Source::Repository(folder) => assert!(folder.join("Cargo.lock").is_file()),
            }
        }
        // No other place installs with cargo, and npm and pip install exact versions.
        let sources = repository.path("xtask/src");
        for name in crate::dist::files(&sources).unwrap() {
            let text = fs::read_to_string(sources.join(&name)).unwrap();
            let installs = text.contains("Command::new(\"cargo\")") && text.contains("\"install\"");
            assert_eq!(installs, name == "setup/cargo_tools.rs", "{name}");
        }
    }
}
