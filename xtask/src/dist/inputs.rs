//! What the built site depends on.

use std::fs;

use sha2::{Digest, Sha256};

use super::{files, hexadecimal};
use crate::failure::{Context, Outcome};
use crate::repository::Repository;

/// Files and directories that the site is built from. `config.json` is not among them: it is put in afterwards.
const INPUTS: &[&str] = &[
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "boot.js",
    "contract/Cargo.toml",
    "contract/src",
    "index.html",
    "core/Cargo.toml",
    "core/src",
    "package-lock.json",
    "rust-toolchain.toml",
    "site/Cargo.toml",
    "site/src",
    "src",
    "style",
    "theme.js",
    "vendor/wasm-streams",
    // How trunk is called.
    "xtask/src/dist/mod.rs",
    "xtask/src/dist/program.rs",
    "xtask/src/setup/cargo_tools.rs",
];

/// A hash over all inputs, names and bytes.
pub(super) fn fingerprint(repository: &Repository) -> Outcome<String> {
    let mut hash = Sha256::new();
    for input in INPUTS {
        let path = repository.path(input);
        let names = if path.is_dir() {
            files(&path)?
                .into_iter()
                .map(|name| format!("{input}/{name}"))
                .collect()
        } else if path.is_file() {
            vec![(*input).to_owned()]
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
    use super::INPUTS;

    #[test]
    fn every_crate_of_the_repository_that_the_console_uses_is_an_input() {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        let crates = manifest
            .lines()
            .filter_map(|line| line.split_once("path = \"")?.1.split_once('"'))
            .map(|(path, _)| path)
            .filter(|path| !path.ends_with(".rs") && *path != "local-api");
        let crates: Vec<&str> = crates.collect();
        assert!(crates.contains(&"contract"), "{crates:?}");
        for path in crates {
            let is_input = |file: &str| INPUTS.iter().any(|input| *input == format!("{path}{file}"));
            assert!(
                is_input("") || is_input("/src") && is_input("/Cargo.toml"),
                "{path} is no input"
            );
        }
    }
}
