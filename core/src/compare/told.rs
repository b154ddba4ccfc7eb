//! The cells of a comparison in words.

use crate::compare::grid::{Cell, Grid, Known, labels};
use crate::i18n::{fill, plural, words};
use crate::list::{Row, Rows};

/// The state of a cell in a few words, the most important first.
#[must_use]
pub fn short(cell: Cell, known: Known) -> Vec<String> {
    let words = words::compare();
    let mut told = Vec::new();
    let mut tell = |is_so: bool, text: &str| {
        if is_so {
            told.push(text.to_owned());
        }
    };
    match cell.times() {
        0 => {
            tell(true, absent(known));
            tell(cell.is_referred_to(), words.referred_to);
        }
        times => {
            let count = fill(words.times, &[("count", &times.to_string())]);
            tell(times == 1 && !cell.differs(), words.present);
            tell(times > 1, &count);
            tell(cell.has_other_name(), words.name_differs);
            tell(cell.has_other_labels(), words.labels_differ);
            tell(cell.has_other_external_id(), words.external_id_differs);
            tell(cell.has_other_bundle(), words.bundle_differs);
            tell(cell.is_managed(), words.managed);
        }
    }
    told
}

/// What the absence of a secret means.
#[must_use]
pub fn absent(known: Known) -> &'static str {
    let words = words::compare();
    match known {
        Known::Complete => words.missing,
        Known::Loading => words.not_loaded_yet,
        Known::Stopped => words.not_loaded,
        Known::NoAccess => words.no_access,
        Known::NotFound => words.not_found,
        Known::Archived => words.archived,
        Known::Failed => words.failed,
    }
}

/// A workspace, for the details of a cell.
#[derive(Debug, Clone, Copy)]
pub struct Workspace<'a> {
    /// Its name.
    pub name: &'a str,
    /// How far its secrets are known.
    pub known: Known,
    /// Its secrets.
    pub rows: Option<&'a Rows>,
}

/// Everything about a cell: "present, labels differ from Production: env". `used` is the last use in words.
#[must_use]
pub fn details(grid: &Grid, line: usize, column: usize, workspaces: &[Workspace<'_>], used: Option<&str>) -> String {
    let words = words::compare();
    let cell = grid.cell(line, column);
    let of = |column: usize| workspaces.get(column).copied();
    let known = of(column).map(|workspace| workspace.known).unwrap_or_default();
    let mut told = match cell.times() {
        0 => return short(cell, known).join(", "),
        1 => vec![words.present.to_owned()],
        times => vec![fill(words.times, &[("count", &times.to_string())])],
    };
    let base = grid.base(line).and_then(of);
    let base_name = base.map(|base| base.name).unwrap_or_default();
    let mut tell = |is_so: bool, sentence: &str, what: &str| {
        if is_so {
            told.push(fill(sentence, &[("workspace", base_name), ("labels", what)]));
        }
    };
    tell(cell.has_other_name(), words.name_differs_from, "");
    if cell.has_other_labels() {
        let keys = labels_that_differ(grid, line, column, workspaces);
        tell(true, words.labels_differ_from, &keys.join(", "));
    }
    tell(cell.has_other_external_id(), words.external_id_differs_from, "");
    tell(cell.has_other_bundle(), words.bundle_differs_from, "");
    if cell.is_managed() {
        let bundle = of(column).and_then(|workspace| Some(workspace.rows?.bundle(cell.row()?)));
        told.push(fill(words.managed_by, &[("bundle", bundle.unwrap_or_default())]));
    }
    told.extend(used.map(str::to_owned));
    told.join(", ")
}

/// The keys of the labels that differ from those of the first workspace.
fn labels_that_differ(grid: &Grid, line: usize, column: usize, workspaces: &[Workspace<'_>]) -> Vec<String> {
    let pairs = |column: usize| -> Vec<(&str, &str)> {
        let found = workspaces.get(column).and_then(|workspace| workspace.rows);
        let row: Option<Row> = grid.cell(line, column).row();
        found
            .zip(row)
            .map(|(rows, row)| labels(rows, row).collect())
            .unwrap_or_default()
    };
    let (own, base) = (pairs(column), grid.base(line).map(pairs).unwrap_or_default());
    let mut keys: Vec<&str> = own
        .iter()
        .filter(|pair| !base.contains(pair))
        .map(|(key, _)| *key)
        .collect();
    keys.extend(base.iter().filter(|pair| !own.contains(pair)).map(|(key, _)| *key));
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(str::to_owned).collect()
}

/// The accessible name of a cell: "STRIPE_API_KEY in Staging: missing".
#[must_use]
pub fn name(title: &str, workspace: &str, state: &str) -> String {
    fill(
        words::compare().cell,
        &[("name", title), ("workspace", workspace), ("status", state)],
    )
}

/// How many lines are shown: "12 of 300 secrets".
#[must_use]
pub fn lines(shown: usize, all: usize, count: fn(usize) -> String) -> String {
    let words = words::compare();
    let sentence = if shown == all {
        plural(all, words.lines_one, words.lines)
    } else {
        words.lines_of
    };
    fill(sentence, &[("shown", &count(shown)), ("all", &count(all))])
}
