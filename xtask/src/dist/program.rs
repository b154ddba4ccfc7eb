//! The program in parts: what every view needs, and for each part of the console what only it needs.
//!
//! rustc links one program; `wasm_split` takes the functions that `src/app/code_split.rs` marks out of it, each with what is
//! reached only from there. Code shared by several parts becomes a separate file, so that nothing is loaded twice.
//! docs/decisions/0206 says why, and why here: trunk can't do it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{empty_slots, gather, names};
use crate::failure::{Context, Failure, Outcome};
use crate::process::run_aside;
use crate::repository::Repository;
use crate::setup::Setup;

/// Where cargo puts the program, below the target directory.
const PROGRAM: &str = "wasm32-unknown-unknown/release/strongroom.wasm";
/// How the program names the script that loads its parts.
const LOADER: &str = "./__wasm_split.js";
/// What trunk calls the program and its glue.
const NAME: &str = "strongroom";

/// The script of ours beside the program.
const OWN_SCRIPT: &str = "boot.js";

/// What rustc's program uses; without being told, binaryen takes some of it for mistakes.
pub(super) const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
    "--enable-call-indirect-overlong",
];

/// The files of each part, by the part's name, without directories and extensions.
pub(super) type Parts = BTreeMap<String, Vec<String>>;

/// One part a line: its name, then its files.
pub(super) fn to_text(parts: &Parts) -> String {
    parts
        .iter()
        .map(|(part, files)| format!("{part} {}\n", files.join(" ")))
        .collect()
}

/// Reads what [`to_text`] wrote.
pub(super) fn from_text(text: &str) -> Parts {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            Some((words.next()?, words.collect()))
        })
        .collect()
}

/// Puts the program, its parts and its glue in the place of what trunk left in `staging`.
pub(super) fn split(setup: &Setup<'_>, source: &Repository, staging: &Path) -> Outcome<Parts> {
    let linked = source.target.join(PROGRAM);
    let linked = fs::read(&linked).context(format!("reading {}", linked.display()))?;
    let place = staging.with_extension("parts");
    if place.exists() {
        fs::remove_dir_all(&place).context(format!("emptying {}", place.display()))?;
    }
    let main = place.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&linked);
    let glue_name = format!("./{NAME}.js");
    options.output_dir = &place;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = &glue_name;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|problem| Failure::new(format!("taking the program apart failed: {problem:#}")))?;

    let bound = place.join("bound");
    let mut bind = setup.command("wasm-bindgen")?;
    // What lld exports is what the parts import.
    bind.args([
        "--target=web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        NAME,
        "--out-dir",
    ])
    .arg(&bound)
    .arg(&main);
    run_aside(&mut bind)?;

    let mut parts: Parts = split.prefetch_map.into_iter().collect();
    let (absorbed, kept) = divide(split.split_modules, &parts);
    let program = format!("{NAME}_bg.wasm");
    let whole = place.join("whole.wasm");
    absorb(setup, &bound.join(&program), &absorbed, &whole)?;
    let long = fs::read(&whole).context(format!("reading {}", whole.display()))?;
    let glue = read(&bound.join(format!("{NAME}.js")))?;
    let (short, glue) = names::shorten(&long, &glue, &format!("./{NAME}_bg.js"))?;
    fs::write(&whole, empty_slots::dropped(&short)?).context(format!("writing {}", whole.display()))?;
    optimise(setup, &whole, &staging.join(&program))?;
    let mut loader = read(&place.join(LOADER))?;
    for path in &absorbed {
        let stem = stem(path);
        loader = without(&loader, &stem)?;
        for files in parts.values_mut() {
            files.retain(|file| *file != stem);
        }
    }
    let kept = gather::gather(setup, kept, &mut parts, &mut loader)?;
    let mut files = String::new();
    for path in &kept {
        let stem = stem(path);
        let optimised = staging.join(format!("{stem}.wasm"));
        optimise(setup, path, &optimised)?;
        let bytes = fs::read(&optimised).context(format!("reading {}", optimised.display()))?;
        files.push_str(&file(&stem, &bytes));
        loader = from_table(&loader, &stem)?;
    }
    let glue = joined(&glue, &format!("{files}{}{FETCH_PART}", table(&parts)), &loader)?;
    let whole = place.join("glue.js");
    fs::write(&whole, glue).context(format!("writing {}", whole.display()))?;
    shorten(setup, &whole, &staging.join(format!("{NAME}.js")))?;
    let own = place.join(OWN_SCRIPT);
    fs::rename(staging.join(OWN_SCRIPT), &own).context(format!("moving {OWN_SCRIPT}"))?;
    shorten(setup, &own, &staging.join(OWN_SCRIPT))?;

    for files in parts.values_mut() {
        files.sort();
    }
    Ok(parts)
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Which files of shared code are merged into the program, and which stay separate: what connecting and the list both need is
/// loaded by nearly every visit.
fn divide(modules: Vec<PathBuf>, parts: &Parts) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let of = |part: &str, stem: &String| parts.get(part).is_some_and(|files| files.contains(stem));
    modules.into_iter().partition(|path| {
        let stem = stem(path);
        of("connect", &stem) && of("secrets", &stem)
    })
}

/// Puts modules back into the program: what they import is what it exports under the name that the loader uses.
fn absorb(setup: &Setup<'_>, program: &Path, modules: &[PathBuf], to: &Path) -> Outcome<()> {
    let mut merge = setup.command("wasm-merge")?;
    merge.arg(program).arg("__wasm_split");
    for path in modules {
        merge.arg(path).arg(stem(path));
    }
    merge.args(FEATURES).arg("--output").arg(to);
    run_quietly(&mut merge, to)
}

/// The loader without a module that was merged into the program, where it is always loaded.
fn without(loader: &str, stem: &str) -> Outcome<String> {
    let start = format!("const __{stem} = makeLoad(");
    let changed = loader
        .split_once(&start)
        .and_then(|(before, rest)| Some((before, rest.split_once("\n, []);\n")?.1)));
    match changed {
        Some((before, after)) => Ok(format!("{before}const __{stem} = async () => {{}};\n{after}")),
        None => Err(Failure::new(format!("the loader of the parts does not load {stem}"))),
    }
}

/// Comments are for those who read the sources, and half of the glue is comments.
fn shorten(setup: &Setup<'_>, from: &Path, to: &Path) -> Outcome<()> {
    let mut shorten = setup.command("terser")?;
    shorten
        .args(["--module", "--compress", "--mangle", "--output"])
        .arg(to)
        .arg(from);
    run_aside(&mut shorten)
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).context(format!("reading {}", path.display()))
}

fn optimise(setup: &Setup<'_>, from: &Path, to: &Path) -> Outcome<()> {
    let mut optimise = setup.command("wasm-opt")?;
    optimise
        // Names and the list of tools are for debuggers.
        .args(["-Oz", "--strip-debug", "--strip-producers"])
        // The first kilobyte of memory is the far end of the stack, which nothing points to: so what is added to a pointer
        // can go into the instruction that loads.
        .arg("--low-memory-unused")
        // What compresses best, by trying: small functions go into those that call them, large ones with one caller don't.
        .args([
            "--always-inline-max-function-size=4",
            "--one-caller-inline-max-function-size=80",
        ])
        .args(FEATURES);
    optimise.arg("--output").arg(to).arg(from);
    run_quietly(&mut optimise, from)
}

/// Runs one of binaryen's tools, whose notes go into a log beside this file: it warns of each name that the split left in a
/// part, and names are stripped in the end. Only a failure is worth reading.
pub(super) fn run_quietly(command: &mut Command, path: &Path) -> Outcome<()> {
    let log = path.with_extension("log");
    let file = fs::File::create(&log).context(format!("writing {}", log.display()))?;
    run_aside(command.stderr(file)).map_err(|failure| {
        let said = fs::read_to_string(&log).unwrap_or_default();
        Failure::new(format!("{failure}\n{said}"))
    })
}

/// A file of a part as the script knows it: where it is, and what makes a browser refuse other bytes.
fn file(stem: &str, bytes: &[u8]) -> String {
    let integrity = STANDARD.encode(Sha256::digest(bytes));
    format!("const file_{stem} = [new URL(\"./{stem}.wasm\", import.meta.url), \"sha256-{integrity}\"];\n")
}

/// The files of each part, for who knows the part's name.
fn table(parts: &Parts) -> String {
    let rows = parts.iter().map(|(part, files)| {
        let files: Vec<String> = files.iter().map(|stem| format!("file_{stem}")).collect();
        format!("    {part}: [{}],\n", files.join(", "))
    });
    format!("const PARTS = {{\n{}}};\n", rows.collect::<String>())
}

/// The loader with a file that it takes from the table.
fn from_table(loader: &str, stem: &str) -> Outcome<String> {
    let plain = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
    if loader.matches(&plain).count() != 1 {
        return Err(Failure::new(format!(
            "the loader of the parts does not fetch {stem} once"
        )));
    }
    Ok(loader.replace(&plain, &format!("fetchPart(file_{stem})")))
}

/// Loads a file of a part, and asks past the cache for one that is missing there or has other bytes: the cache may keep a
/// failure for a year. `boot.js` starts those that the address needs before the program is there.
const FETCH_PART: &str = r#"const started = new Map();
const request = async ([url, integrity]) => {
    try {
        return await fetch(url, { integrity });
    } catch {
        return fetch(url, { integrity, cache: "reload" });
    }
};
const fetchPart = (file) => {
    const early = started.get(file);
    started.delete(file);
    return early ?? request(file);
};
export const startParts = (names) => {
    for (const file of names.flatMap((name) => PARTS[name] ?? [])) {
        const early = request(file);
        // The program hears of it when it asks.
        early.catch(() => {});
        started.set(file, early);
    }
};
"#;

/// One script out of the glue and the loader. They import each other, and of two files that name each other neither can
/// be named by the hash of its bytes.
fn joined(glue: &str, start: &str, loader: &str) -> Outcome<String> {
    let mut exports = Vec::new();
    let mut out = start.to_owned();
    for line in loader.lines() {
        if line.starts_with("import ") {
            continue;
        }
        let line = match line.strip_prefix("export const ") {
            Some(rest) => {
                let name = rest.split(' ').next().unwrap_or_default();
                exports.push(name.to_owned());
                format!("const {rest}")
            }
            None => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    let mut imported = 0;
    let mut handed_over = 0;
    for line in glue.lines() {
        if line.starts_with("import ") && line.contains(LOADER) {
            imported += 1;
            continue;
        }
        if line.trim_start().starts_with(&format!("\"{LOADER}\": ")) {
            handed_over += 1;
            if handed_over == 1 {
                out.push_str(&format!("        \"{LOADER}\": {{ {} }},\n", exports.join(", ")));
            }
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    let ours = start.matches("\nexport const ").count();
    if exports.is_empty() || imported == 0 || imported != handed_over || out.matches("\nexport const ").count() != ours
    {
        return Err(Failure::new(
            "wasm-bindgen's glue and the loader of the parts don't have the form that this step knows",
        ));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\n\
                        function imports() {\n    return {\n        \"./__wasm_split.js\": import1,\n        \
                        \"./__wasm_split.js\": import2,\n    };\n}\nexport { initSync };\n";

    #[test]
    fn glue_and_loader_become_one_script() {
        let loader = "import { initSync } from \"./strongroom.js\";\nexport const load_one = make();\n\
                      export const load_two = make();\n";
        assert_eq!(
            joined(GLUE, FETCH_PART, loader)
                .unwrap()
                .strip_prefix(FETCH_PART)
                .unwrap(),
            "const load_one = make();\nconst load_two = make();\nfunction imports() {\n    return {\n        \
             \"./__wasm_split.js\": { load_one, load_two },\n    };\n}\nexport { initSync };\n"
        );
    }

    #[test]
    fn parts_survive_as_text() {
        let parts: Parts = [
            ("a".to_owned(), vec!["a_1".to_owned(), "b".to_owned()]),
            ("b".to_owned(), Vec::new()),
        ]
        .into();
        assert_eq!(from_text(&to_text(&parts)), parts);
    }

    #[test]
    fn what_went_back_is_there_at_once() {
        let load = "/* a, b */\nconst __chunk_1 = makeLoad(() => {\n    x;\n}\n, []);\n/* a */\nconst y = 1;\n";
        assert_eq!(
            without(load, "chunk_1").unwrap(),
            "/* a, b */\nconst __chunk_1 = async () => {};\n/* a */\nconst y = 1;\n"
        );
        assert!(without(load, "chunk_2").is_err());
    }

    #[test]
    fn an_unknown_form_is_refused() {
        assert!(joined("export { initSync };\n", "", "export const load = make();\n").is_err());
        assert!(joined(GLUE, "", "").is_err());
        assert!(from_table("", "a").is_err());
    }

    #[test]
    fn a_file_is_checked_when_it_is_loaded() {
        let digest = STANDARD.encode(Sha256::digest(b"bytes"));
        assert_eq!(
            file("a", b"bytes"),
            format!("const file_a = [new URL(\"./a.wasm\", import.meta.url), \"sha256-{digest}\"];\n")
        );
        let loader = "x = fetch(new URL(\"./a.wasm\", import.meta.url));";
        assert_eq!(from_table(loader, "a").unwrap(), "x = fetchPart(file_a);");
    }

    #[test]
    fn each_part_names_its_files() {
        let parts: Parts = [
            ("one".to_owned(), vec!["a".to_owned(), "b".to_owned()]),
            ("two".to_owned(), Vec::new()),
        ]
        .into();
        assert_eq!(
            table(&parts),
            "const PARTS = {\n    one: [file_a, file_b],\n    two: [],\n};\n"
        );
    }
}
