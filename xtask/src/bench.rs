//! `cargo xtask bench`: the measurements of docs/performance.md.

use crate::arguments::Arguments;
use crate::dist;
use crate::failure::Outcome;
use crate::repository::Repository;
use crate::setup::Setup;

/// Builds what is measured and prints the tables.
pub(crate) fn bench(repository: &Repository, arguments: Arguments) -> Outcome<()> {
    arguments.finish()?;
    dist::build(&Setup::new(repository), None)?;
    println!("## Bytes\n\n{}", dist::measure(repository)?);
    Ok(())
}
