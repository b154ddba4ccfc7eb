//! Secrets in the database.

use contract::{Labels, ResourceMetadata};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, Transaction, named_params, params};

use crate::clock::Micros;
use crate::cursor::Position;
use crate::failure::Refusal;
use crate::fold::fold;
use crate::store::rows;
use crate::store::selection::{OrderColumns, PageRequest, Rows, Selection};

const COLUMNS: &str = "id, (SELECT id FROM account), workspace_id, name, created_by, external_id, labels, bundle_key, \
                       created_at, updated_at, last_used_at";

/// A secret without its value.
pub(crate) struct StoredSecret {
    pub(crate) metadata: ResourceMetadata,
    pub(crate) last_used_at: Option<contract::Timestamp>,
}

/// Which secrets of a workspace. Absent conditions let everything through.
#[derive(Debug, Clone, Default)]
pub(crate) struct SecretFilter {
    pub(crate) prefix: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) labels: Labels,
    pub(crate) bundle_key: Option<String>,
}

/// A secret to be written.
pub(crate) struct NewSecret<'a> {
    pub(crate) id: &'a str,
    pub(crate) workspace: &'a str,
    pub(crate) name: &'a str,
    pub(crate) external_id: Option<&'a str>,
    /// As [`rows::labels_text`] writes them.
    pub(crate) labels: &'a str,
    pub(crate) bundle_key: Option<&'a str>,
    pub(crate) created_by: &'a str,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Option<Micros>,
    pub(crate) last_used_at: Option<Micros>,
    pub(crate) value: Option<&'a str>,
}

/// What an update writes; an outer `None` leaves the field as it is.
#[derive(Default)]
pub(crate) struct SecretChanges {
    pub(crate) name: Option<String>,
    pub(crate) external_id: Option<Option<String>>,
    pub(crate) labels: Option<Labels>,
    pub(crate) value: Option<Option<String>>,
}

impl SecretChanges {
    /// Whether nothing is written.
    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_none() && self.external_id.is_none() && self.labels.is_none() && self.value.is_none()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredSecret> {
    Ok(StoredSecret {
        metadata: ResourceMetadata {
            id: rows::id(row, 0)?,
            account_id: row.get(1)?,
            workspace_id: Some(rows::id(row, 2)?),
            name: row.get(3)?,
            profile_id: Some(rows::id(row, 4)?),
            external_id: row.get(5)?,
            labels: rows::labels(row, 6)?,
            bundle_key: row.get(7)?,
            created_at: rows::instant(row, 8)?,
            updated_at: rows::instant(row, 9)?,
        },
        last_used_at: rows::instant(row, 10)?,
    })
}

/// One page of secrets.
pub(crate) fn page(
    transaction: &Transaction<'_>,
    workspace: &str,
    filter: &SecretFilter,
    request: &PageRequest,
) -> Result<Rows<StoredSecret>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM secrets WHERE workspace_id = ?");
    let mut selection = Selection::new(&sql, vec![Value::from(workspace.to_owned())]);
    if let Some(prefix) = &filter.prefix {
        // Not LIKE: its wildcards would have to be escaped, and it does not tell cases apart.
        let length = i64::try_from(prefix.chars().count()).unwrap_or(i64::MAX);
        selection.and(
            "substr(name, 1, ?) = ?",
            [Value::from(length), Value::from(prefix.clone())],
        );
    }
    if let Some(text) = &filter.text {
        let folded = Value::from(fold(text));
        selection.and(
            "(instr(name_folded, ?) > 0 OR instr(external_id_folded, ?) > 0)",
            [folded.clone(), folded],
        );
    }
    selection.and_labels("labels", &filter.labels);
    if let Some(bundle_key) = &filter.bundle_key {
        selection.and("bundle_key = ?", [Value::from(bundle_key.clone())]);
    }
    let columns = OrderColumns {
        instant: "created_at",
        id: "id",
    };
    selection.page(transaction, &columns, request, |row| {
        let secret = read(row)?;
        let position = Position {
            created_at: row.get(8)?,
            id: row.get(0)?,
        };
        Ok((secret, position))
    })
}

/// One secret, if it is in this workspace.
pub(crate) fn find(transaction: &Transaction<'_>, workspace: &str, id: &str) -> Result<Option<StoredSecret>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM secrets WHERE id = ? AND workspace_id = ?");
    let mut statement = transaction.prepare_cached(&sql)?;
    Ok(statement.query_row(params![id, workspace], read).optional()?)
}

/// The value of a secret; none where nothing is set.
pub(crate) fn value(transaction: &Transaction<'_>, id: &str) -> Result<Option<String>, Refusal> {
    let mut statement = transaction.prepare_cached("SELECT value FROM secrets WHERE id = ?")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?.flatten())
}

/// Whether another secret of the workspace has this name.
pub(crate) fn name_is_taken(
    transaction: &Transaction<'_>,
    workspace: &str,
    name: &str,
    except: &str,
) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM secrets WHERE workspace_id = ? AND name = ? AND id <> ?)";
    let mut statement = transaction.prepare_cached(sql)?;
    Ok(statement.query_row(params![workspace, name, except], |row| row.get(0))?)
}

/// Writes a new secret.
pub(crate) fn insert(transaction: &Transaction<'_>, secret: &NewSecret<'_>) -> Result<(), Refusal> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO secrets (id, workspace_id, name, name_folded, external_id, external_id_folded, labels, \
         bundle_key, created_by, created_at, updated_at, last_used_at, value) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    statement.execute(params![
        secret.id,
        secret.workspace,
        secret.name,
        fold(secret.name),
        secret.external_id,
        secret.external_id.map(fold),
        secret.labels,
        secret.bundle_key,
        secret.created_by,
        secret.created_at,
        secret.updated_at,
        secret.last_used_at,
        secret.value,
    ])?;
    Ok(())
}

/// Writes what changed.
pub(crate) fn update(
    transaction: &Transaction<'_>,
    id: &str,
    changes: &SecretChanges,
    at: Micros,
) -> Result<(), Refusal> {
    if let Some(name) = &changes.name {
        let sql = "UPDATE secrets SET name = :name, name_folded = :folded WHERE id = :id";
        let values = named_params! { ":name": name, ":folded": fold(name), ":id": id };
        transaction.prepare_cached(sql)?.execute(values)?;
    }
    if let Some(external_id) = &changes.external_id {
        let sql = "UPDATE secrets SET external_id = :text, external_id_folded = :folded WHERE id = :id";
        let folded = external_id.as_deref().map(fold);
        let values = named_params! { ":text": external_id, ":folded": folded, ":id": id };
        transaction.prepare_cached(sql)?.execute(values)?;
    }
    if let Some(labels) = &changes.labels {
        let mut statement = transaction.prepare_cached("UPDATE secrets SET labels = ? WHERE id = ?")?;
        statement.execute(params![rows::labels_text(labels)?, id])?;
    }
    if let Some(value) = &changes.value {
        let mut statement = transaction.prepare_cached("UPDATE secrets SET value = ? WHERE id = ?")?;
        statement.execute(params![value, id])?;
    }
    let mut statement = transaction.prepare_cached("UPDATE secrets SET updated_at = ? WHERE id = ?")?;
    statement.execute(params![at, id])?;
    Ok(())
}

/// Deletes a secret; says whether it was there.
pub(crate) fn delete(transaction: &Transaction<'_>, workspace: &str, id: &str) -> Result<bool, Refusal> {
    let mut statement = transaction.prepare_cached("DELETE FROM secrets WHERE id = ? AND workspace_id = ?")?;
    Ok(statement.execute(params![id, workspace])? > 0)
}
