//! Who is in which workspace.

use contract::WorkspaceMember;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::clock::Micros;
use crate::cursor::Position;
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::store::rows;
use crate::store::selection::{OrderColumns, PageRequest, Rows, Selection};

const SELECT: &str = "SELECT profile_id, actor_id, name, coalesce(email, ''), added_at \
                      FROM members JOIN profiles ON profiles.id = profile_id WHERE workspace_id = ?";

fn read(row: &Row<'_>) -> rusqlite::Result<WorkspaceMember> {
    Ok(WorkspaceMember {
        profile_id: rows::id(row, 0)?,
        actor_id: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        added_at: rows::instant(row, 4)?,
    })
}

/// One page of members, in the order in which they were added.
pub(crate) fn page(
    transaction: &Transaction<'_>,
    workspace: &str,
    request: &PageRequest,
) -> Result<Rows<WorkspaceMember>, Refusal> {
    let selection = Selection::new(SELECT, vec![Value::from(workspace.to_owned())]);
    let columns = OrderColumns {
        instant: "added_at",
        id: "profile_id",
    };
    selection.page(transaction, &columns, request, |row| {
        let position = Position {
            created_at: row.get(4)?,
            id: row.get(0)?,
        };
        Ok((read(row)?, position))
    })
}

/// One member.
pub(crate) fn find(
    transaction: &Transaction<'_>,
    workspace: &str,
    profile: &str,
) -> Result<Option<WorkspaceMember>, Refusal> {
    let mut statement = transaction.prepare_cached(&format!("{SELECT} AND profile_id = ?"))?;
    Ok(statement.query_row(params![workspace, profile], read).optional()?)
}

/// Adds a member; one that is there already stays as it is.
pub(crate) fn add(transaction: &Transaction<'_>, workspace: &str, profile: &str, at: Micros) -> Result<(), Refusal> {
    let actor = Kind::Actor.fresh().map_err(Refusal::internal)?;
    add_as(transaction, workspace, profile, &actor, at)
}

/// The same, with an actor id of the caller's.
pub(crate) fn add_as(
    transaction: &Transaction<'_>,
    workspace: &str,
    profile: &str,
    actor: &str,
    at: Micros,
) -> Result<(), Refusal> {
    let sql = "INSERT OR IGNORE INTO members (workspace_id, profile_id, actor_id, added_at) VALUES (?, ?, ?, ?)";
    transaction
        .prepare_cached(sql)?
        .execute(params![workspace, profile, actor, at])?;
    Ok(())
}

/// Makes a profile a member of every workspace that is not archived.
pub(crate) fn add_everywhere(transaction: &Transaction<'_>, profile: &str, at: Micros) -> Result<(), Refusal> {
    let sql = "SELECT id FROM workspaces WHERE status <> 'STATUS_ARCHIVED'";
    let mut statement = transaction.prepare_cached(sql)?;
    let workspaces: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for workspace in workspaces {
        add(transaction, &workspace, profile, at)?;
    }
    Ok(())
}

/// Removes a member; says whether it was one.
pub(crate) fn remove(transaction: &Transaction<'_>, workspace: &str, profile: &str) -> Result<bool, Refusal> {
    let sql = "DELETE FROM members WHERE workspace_id = ? AND profile_id = ?";
    Ok(transaction.prepare_cached(sql)?.execute(params![workspace, profile])? > 0)
}
