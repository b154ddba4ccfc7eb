//! Shared code in a few files.
//!
//! The split makes one file for each set of parts that share code, which is over a hundred small ones: each costs a request, a
//! name and an integrity in the glue, and a rule of the headers, of which some hosts read a hundred.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{FEATURES, Parts, run_quietly, stem};
use crate::failure::{Context, Failure, Outcome};
use crate::process::output;
use crate::setup::Setup;

/// The parts that a visit starts with, those that most visits load next, and small ones, by what they are called in [`Parts`].
/// What exactly the same ones of a row share is one file, so that none of them loads what it does not need.
const FREQUENT: [&[&str]; 3] = [
    &["connect", "workspaces", "secrets"],
    &["secret", "list", "forms"],
    &["tools", "replace", "runs"],
];

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
    let mut groups: BTreeMap<Vec<String>, Vec<PathBuf>> = BTreeMap::new();
    let mut left = Vec::new();
    for path in files {
        match group(&stem(&path), parts) {
            Some(group) => groups.entry(group).or_default().push(path),
            None => left.push(path),
        }
    }
    *loader = with_host(loader)?;
    let between = between(setup, groups.values().flatten())?;
    for mut group in groups.into_values() {
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

/// Which shared code goes together: what the same parts of a row of [`FREQUENT`] share, and the rest by the first part that has
/// it. `None` for what only one part has.
fn group(stem: &str, parts: &Parts) -> Option<Vec<String>> {
    let of: Vec<&String> = parts
        .iter()
        .filter(|(_, files)| files.iter().any(|file| file == stem))
        .map(|(part, _)| part)
        .collect();
    if of.len() < 2 {
        return None;
    }
    let frequent = FREQUENT.iter().map(|row| {
        let of = of.iter().filter(|part| row.contains(&part.as_str()));
        of.map(|part| (*part).clone()).collect::<Vec<_>>()
    });
    let first = || of.iter().take(1).map(|part| (*part).clone()).collect();
    Some(
        frequent
            .into_iter()
            .find(|group| !group.is_empty())
            .unwrap_or_else(first),
    )
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

    fn parts() -> Parts {
        let of = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        [
            ("across".to_owned(), of(&["a", "c", "split_across"])),
            ("compare".to_owned(), of(&["a", "b", "c"])),
            ("list".to_owned(), of(&["c", "d", "e"])),
            ("secrets".to_owned(), of(&["b", "c", "d"])),
            ("tools".to_owned(), of(&["e"])),
        ]
        .into()
    }

    #[test]
    fn code_goes_together_by_the_frequent_parts_that_share_it() {
        let group = |stem| group(stem, &parts()).map(|group| group.join(" "));
        assert_eq!(group("a").as_deref(), Some("across"));
        assert_eq!(group("b").as_deref(), Some("secrets"));
        assert_eq!(group("c").as_deref(), Some("secrets"));
        assert_eq!(group("d"), group("c"));
        assert_eq!(group("e").as_deref(), Some("list"));
        assert_eq!(group("split_across"), None, "it is of one part");
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
