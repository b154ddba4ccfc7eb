//! What cargo cannot check of the layers: which module may import which, that files import each other in no circle, and
//! where a value, the network or markup may be named. `src/lib.rs` has the map.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// From the top down: each may import those after it.
const LAYERS: [&str; 7] = ["app", "pages", "components", "ui", "store", "api", "browser"];

/// The only files of the console that may read a value or a key.
const MAY_EXPOSE: [&str; 7] = [
    "core/src/model/draft.rs",
    "src/api/client/mod.rs",
    "src/api/session.rs",
    "src/browser/clipboard.rs",
    "src/browser/secret_textarea.rs",
    "src/pages/connect/state.rs",
    "src/store/reveal.rs",
];

/// The path of each file below `folder`, and its code: without comments, and without tests at its end.
fn sources(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
                let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
                found.insert(
                    path.to_string_lossy().into_owned(),
                    lines.collect::<Vec<_>>().join("\n"),
                );
            }
        }
    }
    assert!(found.len() > 20, "{folder}: {} files", found.len());
    found
}

/// Every path in the code that begins with `crate::`, one for each branch of `{…}`.
fn imports(code: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if !code[..at].ends_with(|before: char| before == '_' || before.is_alphanumeric()) {
            branches(&code[at + 7..], &[], &mut found);
        }
    }
    found
}

/// Returns what follows the path.
fn branches<'a>(text: &'a str, before: &[String], found: &mut BTreeSet<Vec<String>>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start_matches([',', ' ', '\n']);
            if rest.is_empty() || rest.starts_with('}') {
                return rest.strip_prefix('}').unwrap_or(rest);
            }
            rest = branches(rest, before, found);
        }
    }
    let end = text
        .find(|c: char| c != '_' && !c.is_alphanumeric())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let path = [before, &[word.to_owned()]].concat();
    match rest.strip_prefix("::") {
        Some(rest) => branches(rest, &path, found),
        None => {
            found.insert(path);
            // `*` and `as name` end a branch, too.
            rest.trim_start_matches(|c: char| c == '*' || c == ' ' || c.is_alphanumeric() || c == '_')
        }
    }
}

/// The modules from the root of the crate down to this file.
fn module(path: &str) -> Vec<String> {
    let inside = path.split_once("src/").unwrap().1.trim_end_matches(".rs");
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    inside.split('/').map(str::to_owned).collect()
}

fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken:\n  {}", broken.len(), broken.join("\n  "));
}

#[test]
fn imports_run_down() {
    let mut broken = Vec::new();
    for (path, code) in sources("src") {
        let from = module(&path);
        let Some(layer) = LAYERS.iter().position(|layer| *layer == from[0]) else {
            continue;
        };
        for import in imports(&code) {
            let Some(target) = LAYERS.iter().position(|layer| *layer == import[0]) else {
                continue;
            };
            let is_above = target < layer;
            let is_past_ui = from[0] == "ui" && ["store", "api"].contains(&LAYERS[target]);
            let is_neighbour =
                from[0] == "pages" && import[0] == "pages" && from.get(1).is_some() && import.get(1) != from.get(1);
            if is_above || is_past_ui || is_neighbour {
                broken.push(format!("{path} imports {}", import.join("::")));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn no_two_files_import_each_other_in_a_circle() {
    let mut broken = Vec::new();
    for folder in ["src", "core/src", "contract/src"] {
        let sources = sources(folder);
        let files: BTreeMap<Vec<String>, &String> = sources.keys().map(|path| (module(path), path)).collect();
        let edges: BTreeMap<&String, BTreeSet<&String>> = sources
            .iter()
            .map(|(path, code)| {
                let file = |import: &Vec<String>| {
                    (1..=import.len())
                        .rev()
                        .find_map(|end| files.get(&import[..end]).copied())
                };
                let mut targets: BTreeSet<&String> = imports(code).iter().filter_map(file).collect();
                targets.remove(path);
                (path, targets)
            })
            .collect();
        for (path, targets) in &edges {
            let mut seen: BTreeSet<&String> = BTreeSet::new();
            let mut next: Vec<&String> = targets.iter().copied().collect();
            while let Some(target) = next.pop() {
                if seen.insert(target) {
                    next.extend(&edges[target]);
                }
            }
            if seen.contains(path) {
                broken.push(format!("{path} is in a circle"));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn values_the_network_and_markup_are_named_only_where_they_may_be() {
    const NETWORK: [&str; 6] = [
        "gloo_net",
        "fetch_with",
        "XmlHttpRequest",
        "WebSocket",
        "EventSource",
        "send_beacon",
    ];
    const MARKUP: [&str; 8] = [
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        "set_css_text",
        "insert_rule",
        " style=\"",
        " style={",
        " style=move",
    ];
    let mut broken = Vec::new();
    let mut exposing = BTreeSet::new();
    for (path, code) in [sources("src"), sources("core/src")].into_iter().flatten() {
        let mut refuse = |words: &[&str]| {
            let named = words.iter().filter(|word| code.contains(**word));
            broken.extend(named.map(|word| format!("{path} names {word}")));
        };
        refuse(&MARKUP);
        if !path.starts_with("src/api/") {
            refuse(&NETWORK);
        }
        // Reading the key of an event without one ends the program.
        if path != "src/browser/keyboard.rs" {
            refuse(&["event.key()"]);
        }
        // A memo that keeps its subscriptions keeps memory for each view that was ever open.
        if path.starts_with("src/") && !path.starts_with("src/browser/") && !path.starts_with("src/app/gallery/") {
            refuse(&["Memo::new("]);
        }
        if code.contains(".expose()") || code.contains("SecretText::expose") {
            exposing.insert(path);
        }
    }
    assert_none(&broken);
    assert_eq!(exposing.into_iter().collect::<Vec<_>>(), MAY_EXPOSE);
}

#[test]
fn every_form_of_an_import_is_found() {
    let found: Vec<_> = imports("use crate::a::{self, b::{C, d::*}, E as F};\nfn f() { crate::g::h(); not_crate::x }")
        .into_iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(found, ["a::E", "a::b::C", "a::b::d::", "a::self", "g::h"]);
}
