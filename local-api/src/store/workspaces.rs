//! Workspaces in the database.

use contract::{AccountResourceMetadata, Labels, Workspace, WorkspaceInfo, WorkspaceSpec, WorkspaceStatus};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::clock::Micros;
use crate::cursor::Position;
use crate::failure::Refusal;
use crate::store::rows;
use crate::store::selection::{OrderColumns, PageRequest, Rows, Selection};

const COLUMNS: &str = "id, (SELECT id FROM account), name, created_by, external_id, labels, created_at, description, \
                       status, total_agents, total_agent_variations, total_available_tools, total_memory_entries";

/// Which workspaces.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkspaceFilter {
    /// Only those that this profile is a member of.
    pub(crate) member: Option<String>,
    pub(crate) labels: Labels,
    pub(crate) include_archived: bool,
}

/// A workspace to be written.
pub(crate) struct NewWorkspace<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) status: WorkspaceStatus,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) labels: &'a Labels,
    /// Agents, their variations, tools, memory entries.
    pub(crate) totals: [u32; 4],
    pub(crate) created_by: &'a str,
    pub(crate) created_at: Micros,
}

/// What an update writes; an outer `None` leaves the field as it is.
#[derive(Debug, Default)]
pub(crate) struct WorkspaceChanges {
    pub(crate) name: Option<String>,
    pub(crate) external_id: Option<Option<String>>,
    pub(crate) labels: Option<Labels>,
    pub(crate) description: Option<Option<String>>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Workspace> {
    let status: String = row.get(8)?;
    let count = |column: usize| row.get::<_, u32>(column).map(|count| Some(u64::from(count)));
    Ok(Workspace {
        metadata: AccountResourceMetadata {
            id: rows::id(row, 0)?,
            account_id: row.get(1)?,
            name: row.get(2)?,
            profile_id: Some(rows::id(row, 3)?),
            external_id: row.get(4)?,
            labels: rows::labels(row, 5)?,
            created_at: rows::instant(row, 6)?,
        },
        spec: WorkspaceSpec {
            description: row.get(7)?,
        },
        status: WorkspaceStatus::from(status.as_str()),
        info: Some(WorkspaceInfo {
            total_agents: count(9)?,
            total_agent_variations: count(10)?,
            total_available_tools: count(11)?,
            total_memory_entries: count(12)?,
        }),
    })
}

/// One page of workspaces, with their totals.
pub(crate) fn page(
    transaction: &Transaction<'_>,
    filter: &WorkspaceFilter,
    request: &PageRequest,
) -> Result<Rows<Workspace>, Refusal> {
    let mut selection = Selection::new(&format!("SELECT {COLUMNS} FROM workspaces WHERE TRUE"), Vec::new());
    if let Some(member) = &filter.member {
        let condition = "id IN (SELECT workspace_id FROM members WHERE profile_id = ?)";
        selection.and(condition, [member.clone().into()]);
    }
    if !filter.include_archived {
        selection.and("status <> 'STATUS_ARCHIVED'", []);
    }
    selection.and_labels("labels", &filter.labels);
    let columns = OrderColumns {
        instant: "created_at",
        id: "id",
    };
    selection.page(transaction, &columns, request, |row| {
        let position = Position {
            created_at: row.get(6)?,
            id: row.get(0)?,
        };
        Ok((read(row)?, position))
    })
}

/// One workspace, archived or not.
pub(crate) fn find(transaction: &Transaction<'_>, id: &str) -> Result<Workspace, Refusal> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM workspaces WHERE id = ?"))?;
    statement
        .query_row([id], read)
        .optional()?
        .ok_or_else(|| Refusal::not_found("workspace"))
}

/// The workspace with this name, if the profile is a member of it and it is not archived.
pub(crate) fn find_mine(
    transaction: &Transaction<'_>,
    profile: &str,
    name: &str,
) -> Result<Option<Workspace>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM workspaces WHERE name = ? AND status <> 'STATUS_ARCHIVED' \
         AND id IN (SELECT workspace_id FROM members WHERE profile_id = ?)"
    );
    let mut statement = transaction.prepare_cached(&sql)?;
    Ok(statement.query_row([name, profile], read).optional()?)
}

/// A workspace that can be read in: an archived one rejects every request (api.md, Endpoints).
pub(crate) fn readable(transaction: &Transaction<'_>, id: &str) -> Result<Workspace, Refusal> {
    let workspace = find(transaction, id)?;
    if workspace.status == WorkspaceStatus::Archived {
        return Err(Refusal::forbidden("the workspace is archived"));
    }
    Ok(workspace)
}

/// A workspace that can be written in: neither archived nor disabled.
pub(crate) fn writable(transaction: &Transaction<'_>, id: &str) -> Result<Workspace, Refusal> {
    let workspace = readable(transaction, id)?;
    if workspace.status == WorkspaceStatus::Disabled {
        return Err(Refusal::precondition("the workspace is disabled"));
    }
    Ok(workspace)
}

/// Whether another workspace that is not archived has this name.
pub(crate) fn name_is_taken(transaction: &Transaction<'_>, name: &str, except: &str) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM workspaces WHERE name = ? AND status <> 'STATUS_ARCHIVED' AND id <> ?)";
    Ok(transaction
        .prepare_cached(sql)?
        .query_row(params![name, except], |row| row.get(0))?)
}

/// Whether another workspace is active.
pub(crate) fn is_other_active(transaction: &Transaction<'_>, id: &str) -> Result<bool, Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM workspaces WHERE status = 'STATUS_ENABLED' AND id <> ?)";
    Ok(transaction.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// Writes a new workspace.
pub(crate) fn insert(transaction: &Transaction<'_>, workspace: &NewWorkspace<'_>) -> Result<(), Refusal> {
    let [agents, variations, tools, memories] = workspace.totals;
    let mut statement = transaction.prepare_cached(
        "INSERT INTO workspaces (id, name, description, status, external_id, labels, total_agents, \
         total_agent_variations, total_available_tools, total_memory_entries, created_by, created_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    statement.execute(params![
        workspace.id,
        workspace.name,
        workspace.description,
        workspace.status.as_str(),
        workspace.external_id,
        rows::labels_text(workspace.labels)?,
        agents,
        variations,
        tools,
        memories,
        workspace.created_by,
        workspace.created_at,
    ])?;
    Ok(())
}

/// Writes what changed.
pub(crate) fn update(transaction: &Transaction<'_>, id: &str, changes: &WorkspaceChanges) -> Result<(), Refusal> {
    if let Some(name) = &changes.name {
        transaction.execute("UPDATE workspaces SET name = ? WHERE id = ?", params![name, id])?;
    }
    if let Some(external_id) = &changes.external_id {
        transaction.execute(
            "UPDATE workspaces SET external_id = ? WHERE id = ?",
            params![external_id, id],
        )?;
    }
    if let Some(labels) = &changes.labels {
        let labels = rows::labels_text(labels)?;
        transaction.execute("UPDATE workspaces SET labels = ? WHERE id = ?", params![labels, id])?;
    }
    if let Some(description) = &changes.description {
        transaction.execute(
            "UPDATE workspaces SET description = ? WHERE id = ?",
            params![description, id],
        )?;
    }
    Ok(())
}

/// Opens, closes or archives a workspace.
pub(crate) fn set_status(transaction: &Transaction<'_>, id: &str, status: &WorkspaceStatus) -> Result<(), Refusal> {
    let sql = "UPDATE workspaces SET status = ? WHERE id = ?";
    transaction.execute(sql, params![status.as_str(), id])?;
    Ok(())
}
