//! Tool sets, tools and usage in the database.

use contract::{Labels, Timestamp};
use rusqlite::types::{Type, Value as Bound};
use rusqlite::{Row, Transaction, params};
use serde_json::{Value, json};

use crate::clock::Micros;
use crate::cursor::Position;
use crate::failure::Refusal;
use crate::fold::fold;
use crate::store::rows;
use crate::store::selection::{OrderColumns, PageRequest, Rows, Selection};

/// Which tool sets, or tools of one. Absent conditions let everything through.
#[derive(Debug, Clone, Default)]
pub(crate) struct ToolFilter {
    pub(crate) prefix: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) labels: Labels,
}

/// A tool set or a tool to be written.
pub(crate) struct NewTool<'a> {
    pub(crate) id: &'a str,
    /// The workspace of a tool set, the tool set of a tool.
    pub(crate) parent: &'a str,
    pub(crate) name: &'a str,
    pub(crate) created_by: &'a str,
    pub(crate) created_at: Micros,
    pub(crate) state: &'a str,
    pub(crate) spec: &'a Value,
}

/// A variation of an agent that uses a tool set, to be written. Names and ids: variation, agent, model.
pub(crate) struct NewUsage<'a> {
    pub(crate) tool_set: &'a str,
    pub(crate) ids: [&'a str; 3],
    pub(crate) names: [&'a str; 3],
    pub(crate) created_by: &'a str,
    pub(crate) assigned_at: Micros,
}

/// One page of the tool sets of a workspace in one state.
pub(crate) fn page_of_sets(
    transaction: &Transaction<'_>,
    workspace: &str,
    state: &str,
    filter: &ToolFilter,
    include_info: bool,
    request: &PageRequest,
) -> Result<Rows<Value>, Refusal> {
    let sql = "SELECT id, (SELECT id FROM account), workspace_id, name, created_by, external_id, labels, created_at, \
               state, spec, (SELECT count(*) FROM tools WHERE tool_set_id = tool_sets.id), \
               (SELECT count(DISTINCT agent_id) FROM tool_set_usage WHERE tool_set_id = tool_sets.id) \
               FROM tool_sets WHERE workspace_id = ? AND state = ?";
    let values = vec![Bound::from(workspace.to_owned()), Bound::from(state.to_owned())];
    let mut selection = Selection::new(sql, values);
    narrow(&mut selection, filter);
    selection.page(transaction, &CREATED, request, |row| {
        let mut set = resource(row)?;
        if include_info {
            let (tools, agents): (u32, u32) = (row.get(10)?, row.get(11)?);
            set["info"] = json!({"toolCount": tools, "agentCount": agents, "availableTools": tools, "omittedTools": 0});
        }
        Ok((set, position(row)?))
    })
}

/// One page of the tools of a tool set.
pub(crate) fn page_of_tools(
    transaction: &Transaction<'_>,
    (workspace, set): (&str, &str),
    filter: &ToolFilter,
    request: &PageRequest,
) -> Result<Rows<Value>, Refusal> {
    let sql = "SELECT id, (SELECT id FROM account), ?, name, created_by, external_id, labels, created_at, state, spec \
               FROM tools WHERE tool_set_id = ?";
    let values = vec![Bound::from(workspace.to_owned()), Bound::from(set.to_owned())];
    let mut selection = Selection::new(sql, values);
    narrow(&mut selection, filter);
    selection.page(transaction, &CREATED, request, |row| {
        Ok((resource(row)?, position(row)?))
    })
}

/// One page of the variations of agents that use a tool set. Here, each of them can use every tool of it.
pub(crate) fn page_of_usage(
    transaction: &Transaction<'_>,
    (workspace, set): (&str, &str),
    tool: Option<&str>,
    request: &PageRequest,
) -> Result<Rows<Value>, Refusal> {
    let sql = "SELECT variation_id, (SELECT id FROM account), ?, variation, agent_id, agent, model_id, model, \
               created_by, assigned_at FROM tool_set_usage WHERE tool_set_id = ?";
    let values = vec![Bound::from(workspace.to_owned()), Bound::from(set.to_owned())];
    let mut selection = Selection::new(sql, values);
    if let Some(tool) = tool {
        let tool = Bound::from(tool.to_owned());
        selection.and("tool_set_id = (SELECT tool_set_id FROM tools WHERE id = ?)", [tool]);
    }
    let columns = OrderColumns {
        instant: "assigned_at",
        id: "variation_id",
    };
    selection.page(transaction, &columns, request, |row| {
        let assigned_at = rows::instant(row, 9)?;
        let metadata = |id: usize, name: usize| -> rusqlite::Result<Value> {
            let text = |column: usize| row.get::<_, String>(column);
            Ok(metadata(
                [&text(id)?, &text(1)?, &text(2)?, &text(name)?, &text(8)?],
                None,
                &Labels::new(),
                assigned_at,
            ))
        };
        let usage = json!({
            "agentVariation": metadata(0, 3)?, "agent": metadata(4, 5)?, "model": metadata(6, 7)?,
            "assignedAt": assigned_at,
        });
        let position = Position {
            created_at: row.get(9)?,
            id: row.get(0)?,
        };
        Ok((usage, position))
    })
}

/// Refuses a tool set that is not in the workspace.
pub(crate) fn check_set(transaction: &Transaction<'_>, workspace: &str, set: &str) -> Result<(), Refusal> {
    let sql = "SELECT EXISTS (SELECT 1 FROM tool_sets WHERE id = ? AND workspace_id = ?)";
    let mut statement = transaction.prepare_cached(sql)?;
    if statement.query_row(params![set, workspace], |row| row.get(0))? {
        Ok(())
    } else {
        Err(Refusal::not_found("tool set"))
    }
}

/// Writes a tool set.
pub(crate) fn insert_set(transaction: &Transaction<'_>, set: &NewTool<'_>) -> Result<(), Refusal> {
    insert(
        transaction,
        "INSERT INTO tool_sets (id, workspace_id, name, name_folded, labels, created_by, created_at, state, spec) \
         VALUES (?, ?, ?, ?, '{}', ?, ?, ?, ?)",
        set,
    )
}

/// Writes a tool.
pub(crate) fn insert_tool(transaction: &Transaction<'_>, tool: &NewTool<'_>) -> Result<(), Refusal> {
    insert(
        transaction,
        "INSERT INTO tools (id, tool_set_id, name, name_folded, labels, created_by, created_at, state, spec) \
         VALUES (?, ?, ?, ?, '{}', ?, ?, ?, ?)",
        tool,
    )
}

fn insert(transaction: &Transaction<'_>, sql: &str, new: &NewTool<'_>) -> Result<(), Refusal> {
    transaction.prepare_cached(sql)?.execute(params![
        new.id,
        new.parent,
        new.name,
        fold(new.name),
        new.created_by,
        new.created_at,
        new.state,
        new.spec.to_string(),
    ])?;
    Ok(())
}

/// Writes that an agent uses a tool set.
pub(crate) fn insert_usage(transaction: &Transaction<'_>, usage: &NewUsage<'_>) -> Result<(), Refusal> {
    let [variation_id, agent_id, model_id] = usage.ids;
    let [variation, agent, model] = usage.names;
    transaction
        .prepare_cached(
            "INSERT INTO tool_set_usage (tool_set_id, variation_id, variation, agent_id, agent, model_id, model, \
             created_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            usage.tool_set,
            variation_id,
            variation,
            agent_id,
            agent,
            model_id,
            model,
            usage.created_by,
            usage.assigned_at,
        ])?;
    Ok(())
}

const CREATED: OrderColumns = OrderColumns {
    instant: "created_at",
    id: "id",
};

fn narrow(selection: &mut Selection, filter: &ToolFilter) {
    if let Some(prefix) = &filter.prefix {
        let length = i64::try_from(prefix.chars().count()).unwrap_or(i64::MAX);
        let values = [Bound::from(length), Bound::from(prefix.clone())];
        selection.and("substr(name, 1, ?) = ?", values);
    }
    if let Some(text) = &filter.text {
        selection.and("instr(name_folded, ?) > 0", [Bound::from(fold(text))]);
    }
    selection.and_labels("labels", &filter.labels);
}

fn position(row: &Row<'_>) -> rusqlite::Result<Position> {
    Ok(Position {
        created_at: row.get(7)?,
        id: row.get(0)?,
    })
}

/// A tool set or a tool, as the API answers it.
fn resource(row: &Row<'_>) -> rusqlite::Result<Value> {
    let text = |column: usize| row.get::<_, String>(column);
    let external_id: Option<String> = row.get(5)?;
    let spec: Value = serde_json::from_str(&text(9)?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(9, Type::Text, Box::new(error)))?;
    let metadata = metadata(
        [&text(0)?, &text(1)?, &text(2)?, &text(3)?, &text(4)?],
        external_id.as_deref(),
        &rows::labels(row, 6)?,
        rows::instant(row, 7)?,
    );
    Ok(json!({"metadata": metadata, "spec": spec, "state": text(8)?}))
}

/// Metadata of a resource, with what the official SDK requires.
fn metadata(
    [id, account, workspace, name, creator]: [&str; 5],
    external_id: Option<&str>,
    labels: &Labels,
    created_at: Option<Timestamp>,
) -> Value {
    json!({
        "id": id, "accountId": account, "workspaceId": workspace, "name": name, "profileId": creator,
        "externalId": external_id.unwrap_or_default(), "labels": labels, "createdAt": created_at,
    })
}
