//! What the site consists of: the crates that may be in the program, and what was copied into the repository. Written as a
//! bill of materials ([CycloneDX 1.5](https://cyclonedx.org/docs/1.5/json/)) and as the texts of the licences.
//!
//! Cargo is asked for the crates that the program is compiled with; the optimiser removes most of the code of some of them.
//! Both files depend on the lock files and the toolchain alone, as the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::directories;
use crate::failure::{Context, Failure, Outcome};
use crate::process::output;
use crate::repository::Repository;
use crate::setup::{OWN_STANDARD_LIBRARY, cargo_home, standard_library_sources};

/// The bill of materials.
pub(crate) const BILL: &str = "sbom.cdx.json";
/// The texts of the licences.
pub(crate) const LICENCES: &str = "licences.txt";

const TARGET: &str = "wasm32-unknown-unknown";

/// Something that is shipped, by its name and version.
type Shipped = BTreeMap<(String, String), Component>;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Component {
    /// An SPDX expression.
    licence: String,
    /// Its SHA-256 in the registry; none for what is in a repository.
    checksum: Option<String>,
    /// Whether it is of the registry of crates.
    is_crate: bool,
    /// The texts that have to come with it.
    texts: BTreeSet<String>,
}

/// Writes both files.
pub(super) fn write(source: &Repository, to: &Path) -> Outcome<()> {
    let shipped = shipped(source)?;
    let version = source.locked_version("strongroom")?;
    for (name, text) in [(BILL, bill(&version, &shipped)), (LICENCES, licences(&shipped))] {
        fs::write(to.join(name), text).context(format!("writing {name}"))?;
    }
    Ok(())
}

fn shipped(source: &Repository) -> Outcome<Shipped> {
    let read = |path: PathBuf| fs::read_to_string(&path).context(format!("reading {}", path.display()));
    let own_licence = read(source.path("LICENSE-MIT"))?;
    let lock = read(source.path("Cargo.lock"))?;
    let mut shipped = Shipped::new();
    let mut add = |line: &str, lock: &str| -> Outcome<()> {
        let Some(listed) = Listed::parse(line, &source.root) else {
            return Ok(());
        };
        let folder = listed.folder.clone().or_else(|| in_registry(&listed));
        let folder = folder.ok_or_else(|| Failure::new(format!("the sources of {} are missing", listed.name)))?;
        let texts = texts(&folder, &listed.licence, &own_licence)
            .context(format!("the licence of {} {}", listed.name, listed.version))?;
        let component = Component {
            checksum: checksum(lock, &listed.name, &listed.version),
            is_crate: listed.folder.is_none(),
            licence: listed.licence,
            texts,
        };
        shipped.insert((listed.name, listed.version), component);
        Ok(())
    };
    let manifest = source.path("Cargo.toml");
    for line in tree(source, &manifest, &["--package", "strongroom"])?.lines() {
        add(line, &lock)?;
    }
    // Its loader is in the site.
    for line in tree(
        source,
        &manifest,
        &["--package", "wasm_split_cli_support", "--depth", "0"],
    )?
    .lines()
    {
        add(line, &lock)?;
    }
    let library = standard_library_sources().ok_or_else(|| Failure::new("there is no toolchain"))?;
    let of_library = read(library.join("Cargo.lock"))?;
    let of_std = tree(source, &library.join("sysroot/Cargo.toml"), &["--package", "std"])?;
    for line in of_std
        .lines()
        .filter(|line| !line.contains("(/") || line.starts_with("compiler_builtins "))
    {
        add(line, &of_library)?;
    }
    shipped.insert(("std".to_owned(), toolchain(source)?), standard_library(&own_licence));
    shipped.insert(
        ("lucide".to_owned(), icons(&read(source.path("style/icons.svg"))?)?),
        Component {
            licence: "ISC AND MIT".to_owned(),
            checksum: None,
            is_crate: false,
            texts: BTreeSet::from([read(source.path("vendor/lucide/LICENSE"))?]),
        },
    );
    Ok(shipped)
}

/// The packages that one is compiled with for the browser, but for those that only the compiler runs: a line
/// `NAME vVERSION (FOLDER)|LICENCE` for each.
fn tree(source: &Repository, manifest: &Path, what: &[&str]) -> Outcome<String> {
    let mut tree = Command::new("cargo");
    tree.args([
        "tree",
        "--locked",
        "--offline",
        "--target",
        TARGET,
        "--edges",
        "normal,no-proc-macro",
    ])
    .args(["--prefix", "none", "--format", "{p}|{l}", "--manifest-path"])
    .arg(manifest)
    .args(what)
    .envs(OWN_STANDARD_LIBRARY)
    .current_dir(&source.root);
    output(&mut tree)
        .ok_or_else(|| Failure::new(format!("cargo could not tell what {} depends on", manifest.display())))
}

/// A package as `cargo tree` lists it.
#[derive(Debug, PartialEq, Eq)]
struct Listed {
    name: String,
    version: String,
    /// Where it is, if not in the registry.
    folder: Option<PathBuf>,
    licence: String,
}

impl Listed {
    /// `None` for the packages of this project.
    fn parse(line: &str, root: &Path) -> Option<Self> {
        let (package, licence) = line.trim_end_matches(" (*)").rsplit_once('|')?;
        let (name, rest) = package.split_once(" v")?;
        let (version, folder) = match rest.split_once(" (") {
            Some((version, folder)) => (version, Some(PathBuf::from(folder.trim_end_matches(')')))),
            None => (rest, None),
        };
        let is_own = folder
            .as_ref()
            .is_some_and(|folder| folder.starts_with(root) && !folder.starts_with(root.join("vendor")));
        (!is_own).then(|| Self {
            name: name.to_owned(),
            version: version.to_owned(),
            folder,
            // As SPDX had it before 2.
            licence: licence.replace('/', " OR "),
        })
    }
}

fn in_registry(listed: &Listed) -> Option<PathBuf> {
    let registries = directories(&cargo_home()?.join("registry/src"));
    let name = format!("{}-{}", listed.name, listed.version);
    registries
        .into_iter()
        .map(|registry| registry.join(&name))
        .find(|folder| folder.is_dir())
}

/// The checksum of a package in a lock file.
fn checksum(lock: &str, name: &str, version: &str) -> Option<String> {
    let start = format!("name = \"{name}\"\nversion = \"{version}\"\n");
    let block = lock.split("[[package]]\n").find(|block| block.starts_with(&start))?;
    let rest = block.split_once("\nchecksum = \"")?.1;
    Some(rest.split_once('"')?.0.to_owned())
}

/// The texts of a package's licences: of those that may be chosen, MIT, which most packages share. Many that are under it
/// alone have no text; theirs is our own with their authors in the place of ours.
fn texts(folder: &Path, licence: &str, own_licence: &str) -> Outcome<BTreeSet<String>> {
    const STARTS: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let list = |folder: &Path| -> Outcome<Vec<String>> {
        let entries = fs::read_dir(folder).context(format!("reading {}", folder.display()))?;
        let files = entries.flatten().filter(|entry| entry.path().is_file());
        let mut names: Vec<String> = files
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.retain(|name| STARTS.iter().any(|start| name.to_uppercase().starts_with(start)));
        Ok(names)
    };
    let mut names = list(folder)?;
    // A package of a repository with several.
    let above = folder.parent().unwrap_or(folder);
    let folder = if names.is_empty() && licence.contains(" AND ") {
        above
    } else {
        folder
    };
    if names.is_empty() && licence.contains(" AND ") {
        names = list(folder)?;
    }
    let has_choice = licence.split(" OR ").any(|it| it == "MIT");
    if has_choice && names.iter().any(|name| name.to_uppercase().contains("MIT")) {
        names.retain(|name| {
            ["MIT", "NOTICE", "COPYRIGHT"]
                .iter()
                .any(|part| name.to_uppercase().contains(part))
        });
    }
    if names.is_empty() && has_choice {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).context("reading its manifest")?;
        return Ok(BTreeSet::from([mit_by(own_licence, &authors(&manifest))]));
    }
    if names.is_empty() {
        return Err(Failure::new(format!(
            "there is no text of `{licence}` in {}",
            folder.display()
        )));
    }
    let read = |name: &String| {
        let text = fs::read_to_string(folder.join(name)).context(format!("reading {name}"))?;
        Ok(text.replace("\r\n", "\n").trim().to_owned())
    };
    names.iter().map(read).collect()
}

/// The authors that a manifest names.
fn authors(manifest: &str) -> String {
    let list = manifest
        .split_once("\nauthors = [")
        .and_then(|(_, rest)| rest.split_once(']'));
    let names: Vec<&str> = list
        .map_or("", |(list, _)| list)
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    if names.is_empty() {
        "its authors".to_owned()
    } else {
        names.join(", ")
    }
}

/// The MIT licence, of others.
fn mit_by(own_licence: &str, authors: &str) -> String {
    let lines = own_licence
        .trim()
        .lines()
        .map(|line| match line.starts_with("Copyright (c)") {
            true => format!("Copyright (c) {authors}"),
            false => line.to_owned(),
        });
    lines.collect::<Vec<_>>().join("\n")
}

fn standard_library(own_licence: &str) -> Component {
    Component {
        licence: "MIT OR Apache-2.0".to_owned(),
        checksum: None,
        is_crate: false,
        texts: BTreeSet::from([mit_by(own_licence, "The Rust Project Contributors")]),
    }
}

fn toolchain(source: &Repository) -> Outcome<String> {
    let about = output(Command::new("rustc").arg("--version").current_dir(&source.root));
    let version = about.as_deref().and_then(|line| line.split(' ').nth(1));
    version
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not tell its version"))
}

/// The version of Lucide that the file of icons names.
fn icons(file: &str) -> Outcome<String> {
    let version = file.split_once("Lucide ").and_then(|(_, rest)| rest.split_once(' '));
    version
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| Failure::new("style/icons.svg does not name its version of Lucide"))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn bill(version: &str, shipped: &Shipped) -> String {
    let components: Vec<String> = shipped
        .iter()
        .map(|((name, version), component)| {
            let kind = if component.is_crate { "cargo" } else { "generic" };
            let purl = quoted(&format!("pkg:{kind}/{name}@{}", version.replace('+', "%2B")));
            let hashes = component.checksum.as_ref().map_or_else(String::new, |checksum| {
                format!(
                    ", \"hashes\": [{{\"alg\": \"SHA-256\", \"content\": {}}}]",
                    quoted(checksum)
                )
            });
            format!(
                "    {{\"type\": \"library\", \"bom-ref\": {purl}, \"name\": {}, \"version\": {}, \"purl\": {purl}, \
             \"licenses\": [{{\"expression\": {}}}]{hashes}}}",
                quoted(name),
                quoted(version),
                quoted(&component.licence),
            )
        })
        .collect();
    format!(
        "{{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\",\n  \"version\": 1,\n  \"metadata\": {{\n    \
         \"component\": {{\"type\": \"application\", \"bom-ref\": \"strongroom\", \"name\": \"strongroom\", \"version\": {}, \
         \"licenses\": [{{\"expression\": \"MIT OR Apache-2.0\"}}]}}\n  }},\n  \"components\": [\n{}\n  ]\n}}\n",
        quoted(version),
        components.join(",\n")
    )
}

/// Each text once, below the names of all that it comes with.
fn licences(shipped: &Shipped) -> String {
    let mut by_text: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for ((name, version), component) in shipped {
        for text in &component.texts {
            by_text
                .entry(text)
                .or_default()
                .push(format!("{name} {version} ({})", component.licence));
        }
    }
    let mut parts: Vec<String> = by_text
        .into_iter()
        .map(|(text, of)| format!("{}\n\n{}\n", of.join("\n"), text.trim()))
        .collect();
    parts.sort();
    let line = format!("\n{}\n\n", "-".repeat(80));
    format!(
        "Strongroom contains work of others, under these licences.\n{line}{}",
        parts.join(&line)
    )
}

#[cfg(test)]
mod tests {
    use std::env;

    use serde_json::Value;

    use super::*;

    #[test]
    fn a_line_of_the_tree_names_package_folder_and_licence() {
        let root = Path::new("/here");
        let parse = |line: &str| Listed::parse(line, root);
        let registry = parse("same-file v1.0.6|Unlicense/MIT").unwrap();
        assert_eq!(
            (registry.name.as_str(), registry.version.as_str()),
            ("same-file", "1.0.6")
        );
        assert_eq!((registry.folder, registry.licence.as_str()), (None, "Unlicense OR MIT"));
        let vendored = parse("wasm-streams v0.5.0 (/here/vendor/wasm-streams)|MIT OR Apache-2.0 (*)").unwrap();
        assert_eq!(vendored.folder, Some(PathBuf::from("/here/vendor/wasm-streams")));
        assert_eq!(vendored.licence, "MIT OR Apache-2.0");
        assert_eq!(parse("site v0.1.0 (/here/site)|MIT OR Apache-2.0"), None);
    }

    #[test]
    fn a_checksum_is_of_the_right_version() {
        let lock = "version = 4\n\n[[package]]\nname = \"syn\"\nversion = \"2.0.1\"\nsource = \"x\"\nchecksum = \"aa\"\n\n\
                    [[package]]\nname = \"syn\"\nversion = \"3.0.1\"\nsource = \"x\"\nchecksum = \"bb\"\n\n\
                    [[package]]\nname = \"site\"\nversion = \"0.1.0\"\ndependencies = [\n \"syn\",\n]\n";
        assert_eq!(checksum(lock, "syn", "3.0.1").as_deref(), Some("bb"));
        assert_eq!(checksum(lock, "syn", "4.0.0"), None);
        assert_eq!(checksum(lock, "site", "0.1.0"), None);
    }

    #[test]
    fn a_package_without_a_text_is_refused_or_named_in_ours() {
        let folder = env::temp_dir().join(format!("strongroom-licences-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let own = "MIT License\n\nCopyright (c) 2026 us\n\nPermission";
        fs::write(
            folder.join("Cargo.toml"),
            "[package]\nauthors = [\n    \"Ann\",\n    \"Bob <b@b>\",\n]\n",
        )
        .unwrap();
        let of = |licence: &str| texts(&folder, licence, own);
        assert_eq!(
            of("MIT").unwrap(),
            BTreeSet::from(["MIT License\n\nCopyright (c) Ann, Bob <b@b>\n\nPermission".to_owned()])
        );
        assert!(of("Zlib").unwrap_err().to_string().contains("no text of `Zlib`"));
        fs::write(folder.join("LICENSE-MIT"), "theirs\r\nis this\n").unwrap();
        fs::write(folder.join("LICENSE-APACHE"), "long").unwrap();
        assert_eq!(
            of("MIT OR Apache-2.0").unwrap(),
            BTreeSet::from(["theirs\nis this".to_owned()])
        );
        assert_eq!(of("MIT AND Apache-2.0").unwrap().len(), 2, "no choice");
        fs::remove_dir_all(&folder).unwrap();
    }

    /// The fields that CycloneDX 1.5 requires, and those that the bill is for.
    #[test]
    fn the_bill_and_the_licences_name_what_is_in_the_program() {
        let source = Repository::find().unwrap();
        let shipped = shipped(&source).unwrap();
        assert_eq!(shipped, super::shipped(&source).unwrap());
        let bill: Value = serde_json::from_str(&bill("1.0.0", &shipped)).unwrap();
        assert_eq!(
            (&bill["bomFormat"], &bill["specVersion"], &bill["version"]),
            (&"CycloneDX".into(), &"1.5".into(), &1.into())
        );
        assert_eq!(bill["metadata"]["component"]["name"], "strongroom");
        let components = bill["components"].as_array().unwrap();
        let mut references = BTreeSet::new();
        for component in components {
            let text = |name: &str| component[name].as_str().filter(|text| !text.is_empty()).unwrap();
            assert!(references.insert(text("bom-ref")), "{component} is listed twice");
            assert_eq!(text("type"), "library");
            let is_of_registry = text("purl").starts_with("pkg:cargo/");
            assert!(!text("name").is_empty() && !text("version").is_empty());
            assert!(
                !component["licenses"][0]["expression"].as_str().unwrap().contains('/'),
                "{component}"
            );
            let hash = component["hashes"][0]["content"].as_str();
            assert_eq!(hash.is_some_and(|hash| hash.len() == 64), is_of_registry, "{component}");
        }
        let licences = licences(&shipped);
        for name in [
            "leptos",
            "wasm-bindgen",
            "wasm_split_cli_support",
            "std",
            "compiler_builtins",
            "dlmalloc",
            "lucide",
        ] {
            assert!(
                components.iter().any(|component| component["name"] == name),
                "{name} is missing"
            );
            assert!(licences.contains(&format!("\n{name} ")), "{name} has no licence");
        }
        // Only the compiler runs these.
        for name in ["serde_derive", "leptos_macro", "xtask", "strongroom-core"] {
            assert!(!components.iter().any(|component| component["name"] == name), "{name}");
        }
        assert!(!licences.contains(&source.root.display().to_string()));
    }

    /// As cargo-deny checks for all crates before a release: what is shipped may be used under a licence that `deny.toml`
    /// allows.
    #[test]
    fn what_is_shipped_has_an_allowed_licence() {
        let source = Repository::find().unwrap();
        let rules = fs::read_to_string(source.path("deny.toml")).unwrap();
        let is_allowed = |licence: &str| rules.contains(&format!("    \"{licence}\",\n"));
        for ((name, version), component) in shipped(&source).unwrap() {
            let parts = component.licence.replace(['(', ')'], "");
            let is_allowed = parts.split(" AND ").all(|part| part.split(" OR ").any(is_allowed));
            assert!(is_allowed, "{name} {version}: {}", component.licence);
        }
    }

    /// What is built, tested or measured comes from two registries, by checksums in lock files.
    #[test]
    fn every_lock_file_names_known_registries_and_checksums() {
        let source = Repository::find().unwrap();
        for lock in [
            "Cargo.lock",
            "contract/fuzz/Cargo.lock",
            "xtask/tools/wasm-bindgen/Cargo.lock",
        ] {
            let text = fs::read_to_string(source.path(lock)).unwrap();
            for package in text.split("[[package]]\n").skip(1) {
                let Some((_, origin)) = package.split_once("\nsource = \"") else {
                    continue;
                };
                let is_known = origin.starts_with("registry+https://github.com/rust-lang/crates.io-index\"\n");
                assert!(is_known && origin.contains("\nchecksum = \""), "{lock}: {package}");
            }
        }
        for lock in ["package-lock.json", "tests/peer/package-lock.json"] {
            let text = fs::read_to_string(source.path(lock)).unwrap();
            let lock: Value = serde_json::from_str(&text).unwrap();
            for (name, package) in lock["packages"]
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, _)| !name.is_empty())
            {
                // Of the registry, unless it says otherwise.
                assert!(package["resolved"].is_null(), "{name}: {package}");
                assert!(
                    package["integrity"]
                        .as_str()
                        .is_some_and(|it| it.starts_with("sha512-")),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn quoted_text_is_json() {
        let text = "a \"b\" \\ c\n\u{1}é";
        assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
    }
}
