//! The tables in `docs/reliability.md`.

use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::{env, fs, path::Path};

use super::{Fault, Row, faults};

/// Held while the page is read and written, which several tests do at the same time.
static PAGE: Mutex<()> = Mutex::new(());

const REMEDY: &str = "docs/reliability.md is not true any more: write it anew with STRONGROOM_WRITE=1 cargo test -p strongroom --lib matrix";

/// Runs every fault through an operation, and proves that the page has exactly these rows; writes them there where
/// `STRONGROOM_WRITE` is set. `kept` is the heading of the column.
pub(super) fn assert_table(title: &str, kept: &str, operation: impl Fn(&Fault) -> Row) {
    let mut table = format!("## {title}\n\n| fault | the console says | sent | {kept} | what next |\n");
    table.push_str("| --- | --- | ---: | --- | --- |\n");
    for fault in faults() {
        let row = operation(&fault);
        let told = if row.told.is_empty() {
            "nothing".to_owned()
        } else {
            row.told.join("<br>")
        };
        writeln!(
            table,
            "| {} | {told} | {} | {} | {} |",
            fault.name, row.sent, row.kept, row.then
        )
        .unwrap();
    }
    let _alone = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reliability.md");
    let documented = fs::read_to_string(&path).unwrap();
    let heading = format!("## {title}\n");
    let start = documented.find(&heading);
    let end = start.map_or(documented.len(), |start| {
        documented[start + 1..]
            .find("\n## ")
            .map_or(documented.len(), |end| start + 1 + end + 1)
    });
    let present = start.map(|start| documented[start..end].trim_end().to_owned() + "\n");
    if env::var_os("STRONGROOM_WRITE").is_some() {
        let start = start.unwrap_or(documented.len());
        let before = documented[..start].trim_end();
        let after = documented[end..].trim_start();
        let gap = if after.is_empty() { "" } else { "\n" };
        fs::write(&path, format!("{before}\n\n{table}{gap}{after}")).unwrap();
        return;
    }
    assert_eq!(present.as_deref(), Some(table.as_str()), "{REMEDY}");
}
