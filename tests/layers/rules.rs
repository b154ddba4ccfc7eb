//! The rules themselves: each takes a file and says where it breaks one.

use crate::scanner::{Finding, Source, words};

/// What a layer may name of the other layers and of the workspace's crates.
const MAY_NAME: [(&str, &[&str]); 9] = [
    ("main", &["app", "web"]),
    (
        "app",
        &[
            "pages", "ui", "web", "state", "text", "domain", "route", "contract", "site",
        ],
    ),
    (
        "pages",
        &["ui", "web", "state", "text", "domain", "route", "contract", "site"],
    ),
    ("ui", &["web", "state", "text"]),
    ("web", &["state", "contract", "site"]),
    ("text", &["domain", "route", "contract"]),
    ("state", &[]),
    ("domain", &["contract"]),
    ("route", &["contract"]),
];

/// Layers that a browser is not needed for.
const PURE: [&str; 4] = ["domain", "state", "route", "text"];

/// What belongs to a browser or to the framework of the views.
const IMPURE: [&str; 9] = [
    "leptos",
    "leptos_router",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_net",
    "gloo_timers",
    "wasm_bindgen_test",
];

/// What speaks to the network.
const NETWORK: [&str; 9] = [
    "gloo_net",
    "fetch",
    "fetch_with_str",
    "fetch_with_request",
    "XmlHttpRequest",
    "WebSocket",
    "EventSource",
    "send_beacon_with_opt_str",
    "new_with_str_and_init",
];

/// The only files that may look at a value or a key, and why.
const MAY_EXPOSE: [(&str, &str); 9] = [
    (
        "src/pages/secrets/draft.rs",
        "where it becomes part of a draft, to be encrypted",
    ),
    ("contract/src/secret_text.rs", "where it is written into a body"),
    ("src/web/reveal.rs", "where a person asked to see or copy it"),
    (
        "src/web/session.rs",
        "where the key becomes a header, or is kept for the tab on request",
    ),
    ("src/web/value_text.rs", "where it is typed, pasted or read from a file"),
    ("local-api/src/seal.rs", "where it is sealed before it is stored"),
    (
        "local-api/src/service.rs",
        "where the key that the tests chose is hashed",
    ),
    (
        "local-api/src/handlers/secrets.rs",
        "where an update finds out whether it changes anything",
    ),
    (
        "local-api/src/faults/admin.rs",
        "where tests read what is stored, only with --faults",
    ),
];

/// The layer of a file of the console; none for `lib.rs`, which only names the layers.
pub(crate) fn layer(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    MAY_NAME.iter().map(|(layer, _)| *layer).find(|layer| *layer == name)
}

/// The modules from the crate's root down to the file's own.
fn module(path: &str) -> Vec<&str> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<_> = inside.split('/').collect();
    if parts
        .last()
        .is_some_and(|last| *last == "mod" || *last == "lib" || *last == "main")
    {
        parts.pop();
    }
    parts
}

/// Every path in the code that begins with `crate`, `super` or this crate's name, from the root down.
pub(crate) fn paths(source: &Source) -> Vec<(usize, Vec<String>)> {
    let own = module(&source.path);
    let mut found = Vec::new();
    for (keyword, is_relative) in [("crate", false), ("strongroom", false), ("super", true)] {
        for at in words(&source.shipped, keyword) {
            let before = source.shipped[..at].trim_end();
            let mut rest = &source.shipped[at + keyword.len()..];
            if before.ends_with("::") || !rest.starts_with("::") {
                continue;
            }
            let mut base: Vec<String> = Vec::new();
            if is_relative {
                let mut climbs = 1;
                while let Some(further) = rest.strip_prefix("::super") {
                    climbs += 1;
                    rest = further;
                }
                base = own[..own.len().saturating_sub(climbs)]
                    .iter()
                    .map(|it| (*it).to_owned())
                    .collect();
            }
            for tail in tails(rest) {
                found.push((at, [base.clone(), tail].concat()));
            }
        }
    }
    found
}

/// What follows `crate` or `super`: one path, or one for each branch of `{…}`.
fn tails(rest: &str) -> Vec<Vec<String>> {
    let Some(rest) = rest.strip_prefix("::").map(str::trim_start) else {
        return vec![Vec::new()];
    };
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0_i32;
        let mut branches = vec![String::new()];
        for character in group.chars() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    branches.push(String::new());
                    continue;
                }
                _ => {}
            }
            if let Some(branch) = branches.last_mut() {
                branch.push(character);
            }
        }
        let branches = branches
            .iter()
            .map(|branch| branch.trim())
            .filter(|branch| !branch.is_empty());
        return branches.flat_map(|branch| tails(&format!("::{branch}"))).collect();
    }
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if word.is_empty() || word == "self" {
        return vec![Vec::new()];
    }
    let after = &rest[word.len()..];
    if !after.starts_with("::") {
        return vec![vec![word]];
    }
    tails(after)
        .into_iter()
        .map(|tail| [vec![word.clone()], tail].concat())
        .collect()
}

/// Imports go one way.
pub(crate) fn direction(source: &Source) -> Vec<Finding> {
    let Some(layer) = layer(&source.path) else {
        return Vec::new();
    };
    let allowed = MAY_NAME
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or(&[][..], |(_, allowed)| *allowed);
    let is_layer = |name: &str| MAY_NAME.iter().any(|(layer, _)| *layer == name);
    let mut found: Vec<_> = paths(source)
        .into_iter()
        .filter_map(|(at, path)| {
            let named = path.into_iter().next()?;
            (is_layer(&named) && named != layer && !allowed.contains(&named.as_str()))
                .then(|| source.finding(at, format!("{layer} must not name {named}")))
        })
        .collect();
    for name in ["contract", "site"].into_iter().filter(|name| !allowed.contains(name)) {
        let uses = words(&source.shipped, name)
            .into_iter()
            .filter(|at| source.shipped[at + name.len()..].starts_with("::"));
        found.extend(uses.map(|at| source.finding(at, format!("{layer} must not name the crate {name}"))));
    }
    found
}

/// A section of the pages never names another.
pub(crate) fn sections(source: &Source) -> Vec<Finding> {
    let Some(section) = source
        .path
        .strip_prefix("src/pages/")
        .and_then(|it| it.split_once('/'))
        .map(|it| it.0)
    else {
        return Vec::new();
    };
    paths(source)
        .into_iter()
        .filter(|(_, path)| path.first().is_some_and(|it| it == "pages") && path.get(1).is_some_and(|it| it != section))
        .map(|(at, path)| source.finding(at, format!("pages/{section} must not name pages/{}", path[1])))
        .collect()
}

/// Pure layers name neither the browser nor the framework.
pub(crate) fn purity(source: &Source) -> Vec<Finding> {
    let Some(layer) = layer(&source.path).filter(|layer| PURE.contains(layer)) else {
        return Vec::new();
    };
    IMPURE
        .iter()
        .flat_map(|name| words(&source.code, name).into_iter().map(move |at| (at, name)))
        .map(|(at, name)| source.finding(at, format!("{layer} is pure and must not name {name}")))
        .collect()
}

/// One place speaks to the network.
pub(crate) fn network(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/") || source.path.starts_with("src/web/") {
        return Vec::new();
    }
    NETWORK
        .iter()
        .flat_map(|name| words(&source.shipped, name).into_iter().map(move |at| (at, name)))
        .map(|(at, name)| source.finding(at, format!("only src/web speaks to the network: {name}")))
        .collect()
}

/// No markup and no styles as text.
pub(crate) fn markup(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let forbidden = [
        "inner_html",
        "set_inner_html",
        "insert_adjacent_html",
        "outer_html",
        "set_outer_html",
    ];
    let html = forbidden.iter().flat_map(|name| words(&source.shipped, name));
    let mut found: Vec<_> = html.map(|at| source.finding(at, "markup as text")).collect();
    // In a view an attribute has no space before its equals sign; rustfmt gives an assignment one.
    let styles = words(&source.shipped, "style=")
        .into_iter()
        .filter(|at| !source.shipped[at + 6..].starts_with('='));
    found.extend(styles.map(|at| source.finding(at, "an inline style, which the policy forbids")));
    let calls = ["set_css_text", "insert_rule"]
        .into_iter()
        .flat_map(|name| words(&source.shipped, name));
    found.extend(calls.map(|at| source.finding(at, "a style as text")));
    found
}

/// What ships never gives up by itself.
pub(crate) fn giving_up(source: &Source) -> Vec<Finding> {
    [
        ".unwrap()",
        ".expect(",
        ".unwrap_err()",
        ".expect_err(",
        "panic!",
        "todo!",
        "unimplemented!",
        "dbg!",
    ]
    .into_iter()
    .flat_map(|call| words(&source.shipped, call).into_iter().map(move |at| (at, call)))
    .map(|(at, call)| source.finding(at, format!("{call} outside of tests")))
    .collect()
}

/// Files stay small enough to be read.
pub(crate) fn length(source: &Source) -> Vec<Finding> {
    const LONGEST: usize = 350;
    let lines = source.text.lines().count();
    let at = source.text.len();
    (lines > LONGEST)
        .then(|| source.finding(at, format!("{lines} lines, {LONGEST} at most")))
        .into_iter()
        .collect()
}

/// What is allowed or expected says why.
pub(crate) fn reasons(source: &Source) -> Vec<Finding> {
    ["#[allow(", "#![allow(", "#[expect(", "#![expect("]
        .into_iter()
        .flat_map(|mark| source.code.match_indices(mark))
        .filter(|(at, mark)| {
            let inside = &source.code[at + mark.len()..];
            let end = inside.find(")]").unwrap_or(inside.len());
            words(&inside[..end], "reason").is_empty()
        })
        .map(|(at, mark)| source.finding(at, format!("{mark}…)] without a reason")))
        .collect()
}

/// A value is looked at in few places, and each is listed with its reason.
pub(crate) fn exposure(source: &Source) -> Vec<Finding> {
    if MAY_EXPOSE.iter().any(|(path, _)| *path == source.path) {
        return Vec::new();
    }
    let calls = words(&source.shipped, ".expose()")
        .into_iter()
        .chain(words(&source.shipped, "SecretText::expose"));
    calls
        .map(|at| source.finding(at, "a value is exposed in a file that is not on the list"))
        .collect()
}

/// Files on the list that expose nothing any more, or are gone.
pub(crate) fn stale_exposures(sources: &[Source]) -> Vec<&'static str> {
    let exposes = |path: &str| sources.iter().any(|it| it.path == path && it.code.contains("expose"));
    MAY_EXPOSE
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| !exposes(path))
        .collect()
}
