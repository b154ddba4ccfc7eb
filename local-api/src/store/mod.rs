//! The database: one SQLite file, one writer, many readers.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::Semaphore;

use crate::StartError;
use crate::failure::Refusal;

pub(crate) mod keys;
pub(crate) mod members;
pub(crate) mod profiles;
pub(crate) mod rows;
pub(crate) mod secrets;
pub(crate) mod selection;
pub(crate) mod tools;
pub(crate) mod workspaces;

/// Reads that run at the same time; more only make each other slower.
const READERS: usize = 8;

/// The page cache of the writer; negative numbers are KiB. Room for the indexes of 100,000 secrets: with the 2 MiB that
/// SQLite takes by itself, seeding writes the same pages again and again.
const WRITER_CACHE: i64 = -64 * 1024;

/// How much of the file readers map into memory, in bytes. A search reads every row; copying 100,000 rows through a
/// small cache takes longer than searching them.
const READER_MAP: i64 = 1024 * 1024 * 1024;

/// The version of the schema, in the file's `user_version`. A change of `schema.sql` is a new version: the data is
/// invented, so an older file is not migrated but refused.
const SCHEMA_VERSION: u32 = 5;

/// Statements that a connection keeps prepared.
const PREPARED: usize = 64;

/// The database of one server. A clone is another handle on the same one.
#[derive(Clone)]
pub(crate) struct Store(Arc<Inner>);

struct Inner {
    path: PathBuf,
    writer: Mutex<Connection>,
    /// Connections at rest.
    readers: Mutex<Vec<Connection>>,
    reading: Semaphore,
}

impl Store {
    /// Opens the file, and creates it with its schema where there is none.
    pub(crate) fn open(path: &Path) -> Result<Self, StartError> {
        // SQLite gives its -wal and -shm files the mode of the database.
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(|error| StartError::file(path, error))?;
        let mut writer = connect(path)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        writer.pragma_update(None, "cache_size", WRITER_CACHE)?;
        create_schema(&mut writer)?;
        Ok(Self(Arc::new(Inner {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            reading: Semaphore::new(READERS),
        })))
    }

    /// Runs a read, on one state of the database from its start to its end.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let _permit = self.0.reading.acquire().await.map_err(Refusal::internal)?;
        let store = self.clone();
        blocking(move || store.read_now(work)).await
    }

    /// Runs a write: all of it or, on an error, nothing.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let store = self.clone();
        blocking(move || store.write_now(work)).await
    }

    fn read_now<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let idle = lock(&self.0.readers).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => {
                let connection = connect(&self.0.path)?;
                connection.pragma_update(None, "query_only", true)?;
                connection.pragma_update(None, "mmap_size", READER_MAP)?;
                connection
            }
        };
        let outcome = connection.transaction().map_err(Refusal::from).and_then(|it| work(&it));
        lock(&self.0.readers).push(connection);
        outcome
    }

    /// The same as [`Self::write`], for a thread that may block.
    pub(crate) fn write_now<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut writer = lock(&self.0.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outcome = work(&transaction)?;
        transaction.commit()?;
        Ok(outcome)
    }
}

/// A panic while a lock was held leaves no half of anything: its transaction was rolled back when it was dropped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(Refusal::internal(error)),
    }
}

/// Creates the schema in an empty file.
///
/// # Errors
///
/// When the file has the schema of another version.
fn create_schema(connection: &mut Connection) -> Result<(), StartError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match found {
        0 => {
            transaction.execute_batch(include_str!("schema.sql"))?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            transaction.commit()?;
            Ok(())
        }
        SCHEMA_VERSION => Ok(()),
        found => Err(StartError::OtherSchema {
            found,
            known: SCHEMA_VERSION,
        }),
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_schema_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        create_schema(&mut connection).unwrap();
        create_schema(&mut connection).unwrap();
        for version in [3, 99] {
            connection.pragma_update(None, "user_version", version).unwrap();
            let refused = create_schema(&mut connection);
            assert!(matches!(refused, Err(StartError::OtherSchema { found, .. }) if found == version));
        }
    }
}
