//! Demo data, and any number of secrets. Everything in it is made up; every value says that it is fake.

mod bulk;
mod demo;
mod generator;
mod people;
mod production;
mod secrets;
mod smaller;
mod tools;

use std::sync::atomic::AtomicBool;

use rusqlite::{Transaction, params};

use crate::clock::{self, Micros};
use crate::failure::Refusal;
use crate::options::Seed;

/// Inserts the seed, except what exists already. Stops once `stopping` is set.
pub(crate) fn plant(transaction: &Transaction<'_>, seed: Seed, stopping: &AtomicBool) -> Result<(), Refusal> {
    let now = clock::now();
    once(transaction, "demo", now, || demo::plant(transaction, now))?;
    match seed {
        Seed::Demo => Ok(()),
        Seed::Bulk(count) => once(transaction, "bulk", now, || {
            bulk::plant(transaction, now, count, stopping)
        }),
        Seed::Across { workspaces, secrets } => once(transaction, "across", now, || {
            bulk::plant_across(transaction, now, workspaces, secrets, stopping)
        }),
    }
}

fn once(
    transaction: &Transaction<'_>,
    name: &str,
    now: Micros,
    plant: impl FnOnce() -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let sql = "INSERT OR IGNORE INTO seeds (name, planted_at) VALUES (?, ?)";
    if transaction.execute(sql, params![name, now])? == 1 {
        plant()?;
    }
    Ok(())
}
