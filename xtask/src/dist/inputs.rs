//! What the built site depends on.

use std::fs;

use sha2::{Digest, Sha256};

use super::{files, hexadecimal};
use crate::failure::{Context, Outcome};
use crate::repository::Repository;

/// Files and directories that the site is built from, besides [`crates`]. `config.json` is not among them: it is put in
/// afterwards.
const INPUTS: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "boot.js",
    "index.html",
    "package-lock.json",
    "rust-toolchain.toml",
    "src",
    "style",
    "vendor/lucide",
    // How trunk is called.
    "xtask/src/dist/gather.rs",
    "xtask/src/dist/mod.rs",
    "xtask/src/dist/names.rs",
    "xtask/src/dist/program.rs",
    "xtask/src/dist/shipped.rs",
    "xtask/src/setup/cargo_tools.rs",
];

/// The directories of the crates of this repository that the console is built from: what its manifest names by path.
fn crates(manifest: &str) -> impl Iterator<Item = &str> {
    let paths = manifest
        .lines()
        .filter_map(|line| line.split_once("path = \"")?.1.split_once('"'));
    paths.map(|(path, _)| path).filter(|path| !path.ends_with(".rs"))
}

/// A hash over all inputs, names and bytes.
pub(super) fn fingerprint(repository: &Repository) -> Outcome<String> {
    let mut hash = Sha256::new();
    let manifest = fs::read_to_string(repository.path("Cargo.toml")).context("reading Cargo.toml")?;
    let of_crates = crates(&manifest).flat_map(|path| [format!("{path}/Cargo.toml"), format!("{path}/src")]);
    for input in INPUTS.iter().map(|input| (*input).to_owned()).chain(of_crates) {
        let path = repository.path(&input);
        let names = if path.is_dir() {
            files(&path)?
                .into_iter()
                .map(|name| format!("{input}/{name}"))
                .collect()
        } else if path.is_file() {
            vec![input]
        } else {
            Vec::new()
        };
        for name in names {
            let bytes = fs::read(repository.path(&name)).context(format!("reading {name}"))?;
            // Lengths keep the end of one file apart from the start of the next.
            hash.update(format!("{name}\n{}\n", bytes.len()));
            hash.update(bytes);
        }
    }
    Ok(hexadecimal(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::crates;

    fn read(name: &str) -> String {
        std::fs::read_to_string(format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn the_manifest_names_the_crates() {
        let manifest = "[workspace.dependencies]\ncontract = { path = \"contract\" }\nserde = \"1\"\n\
                        [[bin]]\npath = \"src/main.rs\"\n[patch.crates-io]\nstub = { path = \"vendor/stub\" }\n";
        assert_eq!(crates(manifest).collect::<Vec<_>>(), ["contract", "vendor/stub"]);
        assert!(crates(&read("Cargo.toml")).any(|path| path == "contract"));
    }

    #[test]
    fn trunk_watches_every_crate_that_is_worked_on() {
        let (manifest, trunk) = (read("Cargo.toml"), read("Trunk.toml"));
        for path in crates(&manifest).filter(|path| !path.starts_with("vendor/")) {
            let source = format!("\"{path}/src\"");
            assert!(trunk.contains(&source), "the watch list of Trunk.toml lacks {source}");
        }
    }
}
