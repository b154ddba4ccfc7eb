//! The size of each view as the first view of a visit.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use super::program::Parts;
use super::release;
use crate::failure::{Context, Failure, Outcome};

/// All that a view may load with nothing in the browser's cache, compressed: 244 KB for where a visit begins, 300 KB for where
/// that leads, and more for the list, which nobody meets first (docs/decisions/0401, 0404).
const FIRST_VIEWS: &[(&str, u64)] = &[("connect", 249_856), ("workspaces", 307_200), ("secrets", 366_592)];

/// All that the style sheets may cost, compressed: 14 KB. No first view loads all of them.
const STYLES: u64 = 14_336;

/// Whether a browser loads this file; in which form is another question.
fn is_for_browsers(name: &str) -> bool {
    let address = format!("/{name}");
    let is_named = [site::INDEX, site::CONFIG].contains(&address.as_str()) || site::is_hashed(&address);
    is_named && site::unpacked(&address) == address
}

/// The sizes of one file of the site.
struct Size {
    name: String,
    raw: u64,
    brotli: u64,
}

/// The sizes of all files that a browser loads, and which of them each view needs.
pub(crate) struct Sizes {
    files: Vec<Size>,
    parts: Parts,
}

/// Measures a built site.
pub(super) fn measure(dist: &Path, parts: Parts) -> Outcome<Sizes> {
    let names = release::names(dist)?;
    let mut sizes = Vec::new();
    for name in names.into_iter().filter(|name| is_for_browsers(name)) {
        let size = |name: &str| {
            let metadata = fs::metadata(dist.join(name)).context(format!("reading {name}"))?;
            Ok(metadata.len())
        };
        let raw = size(&name)?;
        let brotli = if site::is_packed(&name) {
            size(&format!("{name}.br"))?
        } else {
            raw
        };
        sizes.push(Size { name, raw, brotli });
    }
    Ok(Sizes { files: sizes, parts })
}

/// Whether a file of the site was, before it was named by its hash, the part with this name.
fn is_part(name: &str, part: &str) -> bool {
    is_named(name, part, ".wasm")
}

/// The style sheets beside the first one, and the parts that do without each (`boot.js`).
const SHEETS: &[(&str, &[&str])] = &[
    ("list", &["connect", "german"]),
    ("later", &["connect", "german", "workspaces", "secrets"]),
];

/// The parts that do without this file, if it is a style sheet that not all need.
fn without_sheet(name: &str) -> Option<&'static [&'static str]> {
    let sheet = SHEETS.iter().find(|(sheet, _)| is_named(name, sheet, ".css"));
    sheet.map(|(_, without)| *without)
}

fn is_named(name: &str, stem: &str, extension: &str) -> bool {
    name.strip_prefix("assets/")
        .and_then(|name| name.strip_prefix(stem))
        .and_then(|name| name.strip_prefix('-'))
        .is_some_and(|hash| hash.ends_with(extension) && !hash.contains('-'))
}

impl Sizes {
    /// What a view loads when it is the first: bytes, raw and compressed.
    fn view(&self, view: &str) -> (u64, u64) {
        let all: BTreeSet<&String> = self.parts.values().flatten().collect();
        let own = self.parts.get(view);
        let is_loaded = |size: &&Size| {
            if let Some(without) = without_sheet(&size.name) {
                return !without.contains(&view);
            }
            let part = all.iter().find(|part| is_part(&size.name, part));
            part.is_none_or(|part| own.is_some_and(|own| own.contains(part)))
        };
        self.files
            .iter()
            .filter(is_loaded)
            .fold((0, 0), |(raw, brotli), size| (raw + size.raw, brotli + size.brotli))
    }

    /// Fails where a first view, or the style sheet, costs more than its budget.
    pub(crate) fn check(&self) -> Outcome<()> {
        let sheets = self.files.iter().filter(|size| size.name.ends_with(".css"));
        let styles: u64 = sheets.map(|size| size.brotli).sum();
        if styles > STYLES {
            return Err(Failure::new(format!(
                "the style sheets have {styles} bytes (brotli), {} more than their budget",
                styles - STYLES
            )));
        }
        for (view, budget) in FIRST_VIEWS {
            if !self.parts.contains_key(*view) {
                return Err(Failure::new(format!("the program has no part `{view}`")));
            }
            let (_, brotli) = self.view(view);
            if brotli > *budget {
                return Err(Failure::new(format!(
                    "the view `{view}` loads {brotli} bytes (brotli) when it is the first, {} more than the budget",
                    brotli - budget
                )));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "| file | bytes | brotli 11 | needed by |")?;
        writeln!(formatter, "| --- | ---: | ---: | --- |")?;
        for size in &self.files {
            let mut needed_by: Vec<&str> = Vec::new();
            for (view, parts) in &self.parts {
                if parts.iter().any(|part| is_part(&size.name, part)) {
                    needed_by.push(view);
                }
            }
            let needed_by = if let Some(without) = without_sheet(&size.name) {
                format!("all but {}", without.join(", "))
            } else if needed_by.is_empty() {
                "all".to_owned()
            } else {
                needed_by.join(", ")
            };
            let (raw, brotli) = (grouped(size.raw), grouped(size.brotli));
            writeln!(formatter, "| {} | {raw} | {brotli} | {needed_by} |", size.name)?;
        }
        writeln!(formatter, "\n| first view | bytes | brotli 11 | of its budget |")?;
        write!(formatter, "| --- | ---: | ---: | ---: |")?;
        for view in self.parts.keys() {
            let (raw, brotli) = self.view(view);
            let budget = FIRST_VIEWS.iter().find(|(known, _)| known == view);
            let share = match budget {
                Some((_, budget)) => format!("{} % of {}", (brotli * 100).div_ceil(*budget), grouped(*budget)),
                None => "never the first".to_owned(),
            };
            write!(
                formatter,
                "\n| {view} | {} | {} | {share} |",
                grouped(raw),
                grouped(brotli)
            )?;
        }
        Ok(())
    }
}

/// A number with commas between groups of three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(brotli: u64) -> Sizes {
        let size = |name: &str, raw, brotli| Size {
            name: name.to_owned(),
            raw,
            brotli,
        };
        let part = |view: &str, files: &[&str]| {
            let files = files.iter().map(|file| (*file).to_owned()).collect();
            (view.to_owned(), files)
        };
        Sizes {
            files: vec![
                size("assets/program-0011.wasm", 1_234_567, 100_000),
                size("assets/chunk_1-0011.wasm", 10, 400),
                size("assets/chunk_10-0011.wasm", 10, 4_000),
                size("assets/split_connect-0011.wasm", 20, brotli),
                size("assets/split_secret-0011.wasm", 20, 300_000),
                size("assets/split_secrets-0011.wasm", 20, 10),
                size("assets/later-0011.css", 20, 5_000),
            ],
            parts: [
                part("connect", &["chunk_1", "split_connect"]),
                part("secret", &["chunk_1", "chunk_10", "split_secret"]),
                part("secrets", &["chunk_10", "split_secrets"]),
                part("workspaces", &[]),
            ]
            .into(),
        }
    }

    #[test]
    fn the_budget_is_kept_to_the_byte_by_each_first_view() {
        assert!(sizes(149_456).check().is_ok());
        let refused = sizes(149_457).check().unwrap_err().to_string();
        assert!(
            refused.contains("`connect` loads 249857 bytes (brotli) when it is the first, 1 more"),
            "{refused}"
        );
        let mut without = sizes(1);
        without.parts.remove("secrets");
        assert!(without.check().is_err());
    }

    #[test]
    fn a_view_loads_its_own_parts_alone() {
        assert_eq!(sizes(7).view("connect").1, 100_407);
        assert_eq!(sizes(7).view("secrets").1, 104_010);
        assert_eq!(sizes(7).view("workspaces").1, 100_000);
        // With the styles that the first views do without.
        assert_eq!(sizes(7).view("secret").1, 409_400);
    }

    #[test]
    fn the_table_can_be_read() {
        let table = sizes(2_000).to_string();
        assert!(
            table.contains("| assets/program-0011.wasm | 1,234,567 | 100,000 | all |"),
            "{table}"
        );
        assert!(
            table.contains("| assets/chunk_1-0011.wasm | 10 | 400 | connect, secret |"),
            "{table}"
        );
        assert!(
            table.contains("| connect | 1,234,597 | 102,400 | 41 % of 249,856 |"),
            "{table}"
        );
        assert!(
            table.contains("| secret | 1,234,627 | 409,400 | never the first |"),
            "{table}"
        );
    }
}
