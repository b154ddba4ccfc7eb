//! `docs/security.md` claims nothing without a test: each row of its tables names at least one, and each that is named exists.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The sources that tests are in, by path.
fn sources() -> BTreeMap<String, String> {
    const FOLDERS: [&str; 8] = [
        "contract",
        "core",
        "local-api",
        "site",
        "src",
        "tests",
        "xtask/src",
        "xtask/tests",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    let mut folders: Vec<_> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let is_ours = !["node_modules", "target", ".venv"].contains(&name.as_str());
                folders.extend(is_ours.then_some(path));
            } else if name.ends_with(".rs") || name.ends_with(".test.mjs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text);
            }
        }
    }
    found
}

/// The rows of the tables: the first cell, and the last one.
fn claims(document: &str) -> Vec<(&str, &str)> {
    let rows = document
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("| ---"));
    let cells = rows.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    let cells = cells.filter(|cells| cells.last() != Some(&"test"));
    cells
        .map(|cells| (*cells.first().unwrap(), *cells.last().unwrap()))
        .collect()
}

/// The tests that a cell names.
fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn exists(sources: &BTreeMap<String, String>, named: &str) -> bool {
    if let Some(check) = named.strip_prefix("cargo xtask test ") {
        let checks = sources.get("xtask/src/test/checks.rs");
        return checks.is_some_and(|text| text.contains(&format!("name: \"{check}\"")));
    }
    let Some((module, test)) = named.split_once("::") else {
        return sources.contains_key(named);
    };
    sources.iter().any(|(path, text)| {
        let is_it = path.ends_with(&format!("/{module}.rs"))
            || path.contains(&format!("/{module}/"))
            || path.ends_with(&format!("/{module}"));
        let declared = [format!("fn {test}("), format!("fn {test}<"), format!("test(\"{test}\"")];
        is_it && declared.iter().any(|declared| text.contains(declared))
    })
}

#[test]
fn each_claim_names_a_test_that_exists() {
    let sources = sources();
    let document = include_str!("../docs/security.md");
    let claims = claims(document);
    assert!(claims.len() > 40, "{} claims", claims.len());
    let mut wrong = Vec::new();
    for (claim, cell) in claims {
        let named = named(cell);
        if named.is_empty() {
            wrong.push(format!("{claim}: no test"));
        }
        wrong.extend(
            named
                .iter()
                .filter(|it| !exists(&sources, it))
                .map(|it| format!("{claim}: there is no {it}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_claim_without_a_test_is_found() {
    let sources = BTreeMap::from([("tests/e2e/tests/attacks.rs".to_owned(), "fn it_holds() {}".to_owned())]);
    assert!(exists(&sources, "attacks::it_holds") && exists(&sources, "tests/e2e/tests/attacks.rs"));
    assert!(
        !exists(&sources, "attacks::it_does_not")
            && !exists(&sources, "other::it_holds")
            && !exists(&sources, "other.rs")
    );
    assert_eq!(
        claims("| claim | test |\n| --- | --- |\n| a | b | `c::d`, `e` |"),
        [("a", "`c::d`, `e`")]
    );
    assert_eq!(
        (named("`c::d`, `e`"), named("code review")),
        (vec!["c::d", "e"], vec![])
    );
}
