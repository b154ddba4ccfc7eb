//! Every fault of the local API, what is seen of each in the console, and the page of the documentation that tells it.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use serde_json::{Value, json};

use crate::process::repository;

mod bench;
mod operations;

pub use bench::Bench;
pub use operations::{OPERATIONS, Operation};

/// What goes wrong, and what that means for a call.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What it is called.
    pub name: &'static str,
    /// What the local API is told.
    pub wanted: Value,
    /// Whether the server carries the call out all the same.
    pub is_applied: bool,
    /// Whether the console tries a read and a delete again by itself.
    pub is_repeated: bool,
    /// Whether it befalls every call from then on, those too that look what became of the first.
    pub is_everywhere: bool,
}

/// All of them: each kind of the local API, and each status of the contract.
#[must_use]
pub fn faults() -> Vec<Fault> {
    let fault = |name, wanted| Fault {
        name,
        wanted,
        is_applied: false,
        is_repeated: false,
        is_everywhere: false,
    };
    let repeated = |name, wanted| Fault {
        is_repeated: true,
        ..fault(name, wanted)
    };
    let applied = |name, wanted| Fault {
        is_applied: true,
        ..fault(name, wanted)
    };
    let violation = json!({"code": 3, "message": "a field is bad", "details": [{
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": "metadata.name", "description": "No name like this, please."}],
    }]});
    let no_scope = json!({"code": 7, "message": "no", "details": [{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "SCOPE_MISSING",
        "metadata": {"required_scope": "secrets:manage", "granted_scopes": "workspaces:read"},
    }]});
    let status = |status: u16, code: u8| json!({"status": status, "body": {"code": code, "message": "no"}});
    vec![
        fault("400, a field is bad", json!({"status": 400, "body": violation})),
        fault("400, the workspace is disabled", status(400, 9)),
        fault("401", status(401, 16)),
        fault("403", json!({"status": 403, "body": no_scope})),
        fault("404", status(404, 5)),
        fault("409, the name is taken", status(409, 6)),
        fault("409, someone else changed it", status(409, 10)),
        repeated("429, `Retry-After: 2`", json!({"status": 429, "retryAfter": "2"})),
        fault("429, `Retry-After: 120`", json!({"status": 429, "retryAfter": "120"})),
        repeated("500", status(500, 13)),
        repeated("503", status(503, 14)),
        Fault {
            is_everywhere: true,
            ..repeated("503 to each call, reads as well", status(503, 14))
        },
        repeated("`html`, 502", json!({"kind": "html"})),
        fault("`html`, 200", json!({"kind": "html", "status": 200})),
        Fault {
            is_repeated: true,
            ..applied("`cutBody`", json!({"kind": "cutBody"}))
        },
        repeated("`noAnswer`", json!({"kind": "noAnswer"})),
        repeated("`closeBeforeApply`", json!({"kind": "closeBeforeApply"})),
        Fault {
            is_repeated: true,
            ..applied("`closeAfterApply`", json!({"kind": "closeAfterApply"}))
        },
        applied("`sameCursor`", json!({"kind": "sameCursor"})),
        applied("`delayMs`", json!({"delayMs": 1500})),
    ]
}

/// The faults that are tried now: all where `STRONGROOM_LONG` or `STRONGROOM_WRITE` is set, else those that show what only a
/// browser has: a field that is marked, a dialog over the page, a connection that breaks. What is said and how often it is
/// sent is compared for all of them on the host (`tests/flows/matrix/documented.rs`).
#[must_use]
pub fn tried() -> Vec<Fault> {
    const SHORT: [&str; 3] = ["400, a field is bad", "401", "`closeAfterApply`"];
    let mut tried = faults();
    if !is_long() {
        tried.retain(|fault| SHORT.contains(&fault.name));
        assert_eq!(tried.len(), SHORT.len(), "a fault has another name now");
    }
    tried
}

fn is_long() -> bool {
    ["STRONGROOM_LONG", "STRONGROOM_WRITE"]
        .iter()
        .any(|name| env::var_os(name).is_some())
}

/// One line of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The message to the user.
    pub told: Vec<String>,
    /// How often the console sent it before the user did anything.
    pub sent: String,
    /// What the server has then.
    pub server: &'static str,
    /// What is left of the user's work.
    pub kept: &'static str,
    /// The user's next step, and its result.
    pub then: String,
}

/// A table as text. What differs from run to run, names and times, is made alike.
///
/// # Panics
///
/// Where there are not as many rows as faults that are tried.
#[must_use]
pub fn table(title: &str, rows: &[Row]) -> String {
    let faults = tried();
    assert_eq!(faults.len(), rows.len());
    let mut text = format!("## {title}\n\n| fault | the console says | sent | the server then | kept | what next |\n");
    text.push_str("| --- | --- | ---: | --- | --- | --- |\n");
    for (fault, row) in faults.iter().zip(rows) {
        let told: Vec<_> = row.told.iter().map(|text| alike(text)).collect();
        let told = if told.is_empty() {
            "nothing".to_owned()
        } else {
            told.join("<br>")
        };
        let Row {
            sent,
            server,
            kept,
            then,
            ..
        } = row;
        let line = writeln!(
            text,
            "| {} | {told} | {sent} | {server} | {kept} | {then} |",
            fault.name
        );
        line.expect("a String takes what is written");
    }
    text
}

/// “SECRET_007”, created 3 seconds ago by …: the number and the time are chance.
fn alike(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(at) = text.find("SECRET_") {
        text.replace_range(at..at + "SECRET_000".len(), "NAME");
    }
    if let Some((before, rest)) = text.split_once(", created ")
        && let Some((_, after)) = rest.split_once(" by ")
    {
        text = format!("{before}, created just now by {after}");
    }
    text.replace('|', "\\|")
}

/// Proves that `docs/reliability.md` has all rows of this table, and a row for each fault that was not tried; or writes it there where `STRONGROOM_WRITE` is set.
///
/// # Panics
///
/// Where it has not.
pub fn assert_documented(table: &str) {
    let _alone = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = repository().join("docs/reliability.md");
    let documented = fs::read_to_string(&path).expect("the documentation");
    let title = table.lines().next().unwrap_or_default();
    let mut sections: Vec<_> = sections(&documented).into_iter().map(str::to_owned).collect();
    let found = sections
        .iter_mut()
        .find(|section| section.lines().next() == Some(title));
    if env::var_os("STRONGROOM_WRITE").is_some() {
        match found {
            Some(section) => table.clone_into(section),
            None => sections.push(table.to_owned()),
        }
        fs::write(&path, sections.join("\n")).expect("writing the documentation");
        return;
    }
    let found = found.unwrap_or_else(|| panic!("{REMEDY}: there is no {title:?}"));
    let fault_of = |line: &str| line.split(" | ").next().unwrap_or_default().to_owned();
    let tried: Vec<_> = table.lines().map(fault_of).collect();
    let documented: Vec<_> = found.lines().filter(|line| tried.contains(&fault_of(line))).collect();
    for (line, is) in documented.iter().zip(table.lines()) {
        assert_eq!(*line, is, "{REMEDY}");
    }
    assert_eq!(documented.len(), table.lines().count(), "{REMEDY}");
    // A row of each fault, tried now or not.
    assert_eq!(
        found.lines().filter(|line| line.starts_with("| ")).count(),
        faults().len() + 2,
        "{REMEDY}"
    );
}

/// Proves that `docs/reliability.md` begins with its introduction and has a table for each operation, before those that
/// stories on the host write (`tests/flows/matrix`); writes the introduction where `STRONGROOM_WRITE` is set.
///
/// # Panics
///
/// Where it does not.
pub fn assert_introduced() {
    const INTRODUCTION: &str = include_str!("reliability/introduction.md");
    let _alone = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = repository().join("docs/reliability.md");
    let documented = fs::read_to_string(&path).expect("the documentation");
    let mut sections = sections(&documented);
    if env::var_os("STRONGROOM_WRITE").is_some() {
        sections[0] = INTRODUCTION;
        fs::write(&path, sections.join("\n")).expect("writing the documentation");
    }
    assert_eq!(sections[0], INTRODUCTION, "{REMEDY}");
    let titles: Vec<_> = sections[1..]
        .iter()
        .filter_map(|section| section.lines().next())
        .collect();
    let operations = OPERATIONS.map(|(title, ..)| format!("## {title}"));
    assert!(titles.len() > operations.len(), "{REMEDY}");
    assert_eq!(titles[..operations.len()], operations, "{REMEDY}");
}

/// Held while the page is read and written, which several tests do at the same time.
static PAGE: Mutex<()> = Mutex::new(());

const REMEDY: &str = "docs/reliability.md is not true any more: write it anew with STRONGROOM_WRITE=1";

/// What is before the first heading of the second level, and each section with such a heading.
fn sections(text: &str) -> Vec<&str> {
    let starts = text.match_indices("\n## ").map(|(at, _)| at);
    let mut sections = Vec::new();
    let mut rest = text;
    let mut passed = 0;
    for start in starts {
        let (section, after) = rest.split_at(start - passed);
        sections.push(section);
        // The empty line between two sections belongs to neither.
        rest = &after[1..];
        passed = start + 1;
    }
    sections.push(rest);
    sections
}
