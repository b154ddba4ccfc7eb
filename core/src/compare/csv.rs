//! The export: names and facts of what is shown, as CSV (RFC 4180). Never a value.

use std::fmt::Write as _;

use crate::compare::grid::{Cell, Grid, Known, labels};
use crate::compare::told;
use crate::i18n::{fill, words};
use crate::list::instant::{Instant, NEVER};
use crate::list::{Row, Rows};
use crate::route::CompareBy;

/// A workspace of the export.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// Its name.
    pub name: &'a str,
    /// How far its secrets are known.
    pub known: Known,
    /// Its secrets; `None` if there is no list.
    pub rows: Option<&'a Rows>,
}

/// The lines of a grid as CSV, with a line of headers. For each workspace the state of the secret and its facts.
#[must_use]
pub fn export(grid: &Grid, lines: &[u32], workspaces: &[Exported<'_>]) -> String {
    let (words, fields) = (words::compare(), words::fields());
    let mut csv = String::new();
    let title = match grid.by() {
        CompareBy::Name => vec![fields.name],
        CompareBy::ExternalId => vec![fields.external_id],
        CompareBy::Bundle => vec![fields.bundle, fields.name],
    };
    let mut head: Vec<String> = title.into_iter().map(str::to_owned).collect();
    let facts = [fields.external_id, fields.labels, fields.bundle, fields.last_used];
    for workspace in workspaces {
        head.push(workspace.name.to_owned());
        let fact = |fact: &str| fill(words.csv_fact, &[("workspace", workspace.name), ("what", fact)]);
        head.extend(facts.iter().map(|name| fact(name)));
    }
    write_record(&mut csv, &head);
    for line in lines {
        let line = *line as usize;
        let Some(title) = grid.title(line) else { continue };
        let mut record = Vec::with_capacity(head.len());
        if grid.by() == CompareBy::Bundle {
            record.push(title.bundle.to_string());
        }
        record.push(title.text.to_string());
        for (column, workspace) in workspaces.iter().enumerate() {
            let cell = grid.cell(line, column);
            record.push(told::short(cell, workspace.known).join(", "));
            record.extend(facts_of(cell, workspace.rows));
        }
        write_record(&mut csv, &record);
    }
    csv
}

fn facts_of(cell: Cell, rows: Option<&Rows>) -> [String; 4] {
    let Some((row, rows)) = cell.row().zip(rows) else {
        return Default::default();
    };
    let labels: Vec<String> = labels(rows, row).map(|(key, value)| format!("{key}={value}")).collect();
    [
        rows.external_id(row).to_owned(),
        labels.join(" "),
        rows.bundle(row).to_owned(),
        last_use(rows, row),
    ]
}

/// RFC 3339; "never" where that is known.
fn last_use(rows: &Rows, row: Row) -> String {
    let at: Instant = rows.used(row);
    match chrono::DateTime::from_timestamp_millis(at).filter(|_| at != NEVER) {
        Some(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        None if rows.has_info(row) => words::compare().never.to_owned(),
        None => String::new(),
    }
}

fn write_record<Text: AsRef<str>>(csv: &mut String, record: &[Text]) {
    for (number, field) in record.iter().enumerate() {
        if number > 0 {
            csv.push(',');
        }
        write_field(csv, field.as_ref());
    }
    csv.push_str("\r\n");
}

/// Spreadsheets run what begins like a formula, so an apostrophe goes before it (OWASP, CSV Injection).
fn write_field(csv: &mut String, field: &str) {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if field.contains([',', '"', '\r', '\n']) {
        // Writing to a string cannot fail.
        let _ = write!(csv, "\"{guard}{}\"", field.replace('"', "\"\""));
    } else {
        csv.push_str(guard);
        csv.push_str(field);
    }
}
