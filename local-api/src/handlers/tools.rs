//! Tool sets, their tools and the agents that use them. Read only: the console only looks for references in them.

use axum::Json;
use axum::extract::State;
use contract::{Operation, Page, label};
use rusqlite::Transaction;
use serde_json::Value;

use super::{flag, page};
use crate::failure::Refusal;
use crate::request::{Caller, ListParameters, Parameters, PathIds};
use crate::service::Service;
use crate::store::selection::{PageRequest, Rows};
use crate::store::tools::{self, ToolFilter};
use crate::store::workspaces;

type Answer = Result<Json<Page<Value>>, Refusal>;

/// The states of a tool set; a list has the first one unless another is asked for.
const STATES: [&str; 2] = ["STATE_ACTIVE", "STATE_ARCHIVED"];

/// One page of the tool sets of a workspace.
pub(crate) async fn list_sets(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    mut query: Parameters,
) -> Answer {
    caller.may(Operation::ListToolSets)?;
    let filter = filter(&mut query);
    let state = query.one_of("state", &STATES);
    let include_info = query.boolean("includeInfo");
    let order = query.order();
    let [prefix, text, labels] = identity(&filter);
    let list = query.page(&caller, order, &[&prefix, &text, &labels, state, flag(include_info)])?;
    answer(&service, list, workspace, move |transaction, workspace, request| {
        tools::page_of_sets(transaction, workspace, state, &filter, include_info, request)
    })
    .await
}

/// One page of the tools of a tool set.
pub(crate) async fn list_tools(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, set)): PathIds<(String, String)>,
    mut query: Parameters,
) -> Answer {
    caller.may(Operation::ListTools)?;
    let filter = filter(&mut query);
    // Accepted for the SDK's sake; no tool has info here.
    query.boolean("includeInfo");
    let order = query.order();
    let [prefix, text, labels] = identity(&filter);
    let list = query.page(&caller, order, &[&prefix, &text, &labels])?;
    answer(&service, list, workspace, move |transaction, workspace, request| {
        tools::check_set(transaction, workspace, &set)?;
        tools::page_of_tools(transaction, (workspace, &set), &filter, request)
    })
    .await
}

/// One page of the variations of agents that use a tool set.
pub(crate) async fn list_usage(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, set)): PathIds<(String, String)>,
    mut query: Parameters,
) -> Answer {
    caller.may(Operation::ListToolSetUsage)?;
    let tool = query.text("toolId");
    let order = query.order();
    let list = query.page(&caller, order, &[tool.as_deref().unwrap_or_default()])?;
    answer(&service, list, workspace, move |transaction, workspace, request| {
        tools::check_set(transaction, workspace, &set)?;
        tools::page_of_usage(transaction, (workspace, &set), tool.as_deref(), request)
    })
    .await
}

/// Reads a page of a workspace that may be read.
async fn answer(
    service: &Service,
    list: ListParameters,
    workspace: String,
    read: impl FnOnce(&Transaction<'_>, &str, &PageRequest) -> Result<Rows<Value>, Refusal> + Send + 'static,
) -> Answer {
    let ListParameters {
        page: request,
        identity,
    } = list;
    let rows = service
        .store()
        .read(move |transaction| {
            workspaces::readable(transaction, &workspace)?;
            read(transaction, &workspace, &request)
        })
        .await?;
    Ok(Json(page(&identity, rows, |item| item)))
}

fn filter(query: &mut Parameters) -> ToolFilter {
    ToolFilter {
        prefix: query.text("prefix"),
        text: query.text("query"),
        labels: query.labels(),
    }
}

/// What distinguishes one filter from another in a cursor.
fn identity(filter: &ToolFilter) -> [String; 3] {
    [
        filter.prefix.clone().unwrap_or_default(),
        filter.text.clone().unwrap_or_default(),
        label::to_filter(&filter.labels),
    ]
}
