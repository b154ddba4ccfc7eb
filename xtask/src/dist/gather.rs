//! Shared code in a few files.
//!
//! The split makes one file for each set of parts that share code, which is over a hundred small ones: each costs a request, a
//! name and an integrity in the glue, and a rule of the headers, of which some hosts read a hundred.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{FEATURES, Parts, run_quietly, stem};
use crate::failure::{Context, Failure, Outcome};
use crate::process::output;
use crate::setup::Setup;

/// The parts that a visit starts with, by what they are called in [`Parts`]. What exactly the same ones of them share is one file,
/// whatever other parts share it: those come later, when most of it is loaded.
const FIRST: [&str; 3] = ["connect", "workspaces", "secrets"];
/// Parts that are loaded more often than others.
const OFTEN: [&str; 5] = ["german", "list", "tools", "secret", "forms"];
/// How much more often.
const MORE: u64 = 5;
/// What one more file costs a view, in bytes before they are optimised and compressed: a request, a name with its integrity, and
/// what is compressed less well.
const FILE: u64 = 4_000;
/// How many files there may be of what only other parts share.
const MOST: usize = 12;

/// What the split calls the program, for what a file takes from it.
const PROGRAM: &str = "__wasm_split";
/// The same in a file that was put together: `wasm-merge` would look for [`PROGRAM`] in the file itself.
const HOST: &str = "main";

/// Puts shared code together. Returns the files that are left; changes which files a part has, and the loader.
pub(super) fn gather(
    setup: &Setup<'_>,
    files: Vec<PathBuf>,
    parts: &mut Parts,
    loader: &mut String,
) -> Outcome<Vec<PathBuf>> {
    let mut shared: BTreeMap<BTreeSet<String>, Vec<PathBuf>> = BTreeMap::new();
    let mut first: BTreeMap<BTreeSet<&str>, Vec<PathBuf>> = BTreeMap::new();
    let mut left = Vec::new();
    for path in files {
        let stem = stem(&path);
        let of = parts.iter().filter(|(_, files)| files.contains(&stem));
        let of: BTreeSet<String> = of.map(|(part, _)| part.clone()).collect();
        let of_first: BTreeSet<&str> = FIRST.into_iter().filter(|part| of.contains(*part)).collect();
        if of.len() < 2 {
            left.push(path);
        } else if of_first.is_empty() {
            shared.entry(of).or_default().push(path);
        } else {
            first.entry(of_first).or_default().push(path);
        }
    }
    let size = |path: &PathBuf| fs::metadata(path).map_or(0, |data| data.len());
    let groups = shared.into_iter().map(|(parts, paths)| Group {
        parts,
        size: paths.iter().map(size).sum(),
        paths,
    });
    let shared = grouped(groups.collect()).into_iter().map(|group| group.paths);
    let groups: Vec<Vec<PathBuf>> = first.into_values().chain(shared).collect();
    *loader = with_host(loader)?;
    let between = between(setup, groups.iter().flatten())?;
    for mut group in groups {
        // The loader defines them in the order of their numbers, and one must be defined before another names it.
        group.sort_by_key(|path| loader.find(&defined(&stem(path))));
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        if !others.is_empty() {
            merge(setup, &between, &group)?;
        }
        for other in others {
            *loader = with_alias(loader, &stem(other), &stem(first))?;
            for files in parts.values_mut().filter(|files| files.contains(&stem(other))) {
                files.retain(|file| *file != stem(other) && *file != stem(first));
                files.push(stem(first));
            }
        }
        left.push(first.clone());
    }
    Ok(left)
}

/// Files of shared code that become one.
struct Group {
    /// The parts that load it.
    parts: BTreeSet<String>,
    size: u64,
    paths: Vec<PathBuf>,
}

/// Puts together what costs views less as one file than as two, and more of it while there are too many.
fn grouped(mut groups: Vec<Group>) -> Vec<Group> {
    loop {
        let pairs = (0..groups.len()).flat_map(|one| (one + 1..groups.len()).map(move |other| (one, other)));
        let costs = pairs.filter_map(|(one, other)| Some((cost(groups.get(one)?, groups.get(other)?), one, other)));
        let Some((_, one, other)) = costs.min().filter(|(least, ..)| *least < 0 || groups.len() > MOST) else {
            return groups;
        };
        let mut other = groups.remove(other);
        if let Some(one) = groups.get_mut(one) {
            one.parts.append(&mut other.parts);
            one.paths.append(&mut other.paths);
            one.size += other.size;
        }
    }
}

/// What it costs to make one file of two groups: the bytes that a part does not need, less a file for those that need both.
fn cost(one: &Group, other: &Group) -> i64 {
    let often = |part: &String| if OFTEN.contains(&part.as_str()) { MORE } else { 1 };
    let sum = |parts: &mut dyn Iterator<Item = &String>, bytes: u64| parts.map(|part| often(part) * bytes).sum::<u64>();
    let more = sum(&mut other.parts.difference(&one.parts), one.size)
        + sum(&mut one.parts.difference(&other.parts), other.size);
    let less = sum(&mut one.parts.intersection(&other.parts), FILE);
    more.cast_signed() - less.cast_signed()
}

/// A module that passes on what files take from the program. Without it, each of those in a merged file would import a memory
/// of its own.
fn between<'a>(setup: &Setup<'_>, files: impl Iterator<Item = &'a PathBuf>) -> Outcome<PathBuf> {
    // The largest takes all that any of them takes.
    let largest = files.max_by_key(|file| fs::metadata(file).map_or(0, |data| data.len()));
    let largest = largest.ok_or_else(|| Failure::new("the parts of the program share no code"))?;
    let text = largest.with_extension("between.wat");
    let imports = imports_of(setup, largest)?.into_iter().collect();
    fs::write(&text, passing_on(&imports)).context(format!("writing {}", text.display()))?;
    let between = largest.with_extension("between.wasm");
    let mut assemble = setup.command("wasm-as")?;
    assemble.arg(&text).args(FEATURES).arg("--output").arg(&between);
    run_quietly(&mut assemble, &between)?;
    Ok(between)
}

/// Merges files into the first of them.
fn merge(setup: &Setup<'_>, between: &Path, files: &[PathBuf]) -> Outcome<()> {
    let Some(first) = files.first() else { return Ok(()) };
    let merged = first.with_extension("merged.wasm");
    let mut merge = setup.command("wasm-merge")?;
    merge.arg(between).arg(PROGRAM);
    for file in files {
        merge.arg(file).arg(stem(file));
    }
    merge.args(FEATURES).arg("--output").arg(&merged);
    run_quietly(&mut merge, &merged)?;
    fs::rename(&merged, first).context(format!("replacing {}", first.display()))
}

/// What a file takes from the program: the name, and kind and identifier in text form.
fn imports_of(setup: &Setup<'_>, file: &Path) -> Outcome<Vec<(String, String)>> {
    let mut disassemble = setup.command("wasm-dis")?;
    disassemble.args(FEATURES).arg(file);
    let text = output(&mut disassemble).ok_or_else(|| Failure::new(format!("reading {} failed", file.display())))?;
    Ok(text.lines().filter_map(import).collect())
}

/// `(import "__wasm_split" "memory" (memory $m 20))` as `memory` and `(memory $m 20)`.
fn import(line: &str) -> Option<(String, String)> {
    let rest = line.trim().strip_prefix(&format!("(import \"{PROGRAM}\" \""))?;
    let (name, what) = rest.split_once("\" ")?;
    Some((name.to_owned(), what.strip_suffix(')')?.to_owned()))
}

/// A module that takes things from the program and passes them on.
fn passing_on(imports: &BTreeMap<String, String>) -> String {
    let mut module = "(module\n".to_owned();
    for (name, what) in imports {
        module.push_str(&format!("(import \"{HOST}\" \"{name}\" {what})\n"));
    }
    for (name, what) in imports {
        let words: Vec<&str> = what.split_whitespace().take(2).collect();
        module.push_str(&format!(
            "(export \"{name}\" {}))\n",
            words.join(" ").trim_end_matches(')')
        ));
    }
    module.push(')');
    module
}

/// The loader with the program under its second name, too.
fn with_host(loader: &str) -> Outcome<String> {
    let plain = format!("sharedImports = {{ {PROGRAM}: {{  }} }};");
    if loader.matches(&plain).count() != 1 {
        return Err(Failure::new(
            "the loader of the parts does not hand over the program once",
        ));
    }
    let both = format!("{plain}\n        sharedImports.{HOST} = sharedImports.{PROGRAM};");
    Ok(loader.replace(&plain, &both))
}

fn defined(stem: &str) -> String {
    format!("const __{stem} = makeLoad(")
}

/// The loader with a file in the place of another, which was merged into it.
fn with_alias(loader: &str, stem: &str, first: &str) -> Outcome<String> {
    let changed = loader
        .split_once(&defined(stem))
        .and_then(|(before, rest)| Some((before, rest.split_once("\n, []);\n")?.1)));
    let Some((before, after)) = changed else {
        return Err(Failure::new(format!("the loader of the parts does not load {stem}")));
    };
    Ok(format!("{before}const __{stem} = __{first};\n{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, parts: &str, size: u64) -> Group {
        Group {
            parts: parts.split_whitespace().map(str::to_owned).collect(),
            size,
            paths: vec![PathBuf::from(name)],
        }
    }

    /// The names of the files of each group.
    fn names(groups: Vec<Group>) -> Vec<String> {
        let name = |path: &PathBuf| path.display().to_string();
        let names = groups.into_iter();
        names
            .map(|group| group.paths.iter().map(name).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn small_files_go_together_and_large_ones_only_if_the_same_parts_need_them() {
        let groups = vec![
            group("large", "list tools", 90_000),
            group("small", "list tools compare", 500),
            group("other", "secret tools", 80_000),
            group("tiny", "secret tools policy", 20),
            group("rare", "compare policy", 70_000),
            group("nearly", "list tools", 10),
        ];
        assert_eq!(names(grouped(groups)), ["large nearly", "small tiny", "other", "rare"]);
    }

    #[test]
    fn there_are_never_too_many() {
        let groups = (0..2 * MOST).map(|number| group(&number.to_string(), &format!("a part_{number}"), 50_000));
        assert_eq!(grouped(groups.collect()).len(), MOST);
    }

    #[test]
    fn what_is_taken_from_the_program_is_passed_on() {
        let lines = [
            r#" (import "__wasm_split" "memory" (memory $m 20))"#,
            r#" (import "__wasm_split" "stack" (global $s (mut i32)))"#,
            r#" (import "other" "x" (global $x i32))"#,
        ];
        assert_eq!(
            passing_on(&lines.iter().copied().filter_map(import).collect()),
            "(module\n(import \"main\" \"memory\" (memory $m 20))\n(import \"main\" \"stack\" (global $s (mut i32)))\n\
             (export \"memory\" (memory $m))\n(export \"stack\" (global $s))\n)"
        );
    }

    #[test]
    fn a_merged_file_is_loaded_as_the_one_that_it_is_in() {
        let loader = "const __c_1 = makeLoad(() => {\n x\n}\n, []);\nconst __c_2 = makeLoad(() => {\n y\n}\n, []);\nz";
        assert_eq!(
            with_alias(loader, "c_2", "c_1").unwrap(),
            "const __c_1 = makeLoad(() => {\n x\n}\n, []);\nconst __c_2 = __c_1;\nz"
        );
        assert!(with_alias(loader, "c_3", "c_1").is_err());
        assert!(with_host(loader).is_err());
    }
}
