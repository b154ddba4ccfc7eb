//! Workspaces: mine, all of the account, create, get, update, archive.

use axum::Json;
use axum::extract::State;
use contract::{FieldMask, FieldPath, Labels, Operation, Page, Workspace, WorkspaceStatus, label};
use rusqlite::Transaction;

use super::{Empty, NATURAL, flag, page, present};
use crate::clock;
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::request::{
    Caller, ListParameters, NewWorkspaceBody, Parameters, PathIds, UnreadBody, Violations, WorkspaceUpdateBody,
    mask_for,
};
use crate::service::Service;
use crate::store::workspaces::{NewWorkspace, WorkspaceChanges, WorkspaceFilter};
use crate::store::{members, workspaces};

type Answer<T> = Result<Json<T>, Refusal>;

/// One page of the workspaces that the key's profile is a member of, without the archived ones.
pub(crate) async fn list_mine(
    State(service): State<Service>,
    caller: Caller,
    mut query: Parameters,
) -> Answer<Page<Workspace>> {
    caller.may(Operation::ListWorkspaces)?;
    let labels = query.labels();
    let include_info = query.boolean("includeInfo");
    let order = query.order();
    let identity = [label::to_filter(&labels), flag(include_info).to_owned()];
    let list = query.page(&caller, order, &identity.each_ref().map(String::as_str))?;
    let filter = WorkspaceFilter {
        member: Some(caller.profile),
        labels,
        include_archived: false,
    };
    list_page(&service, filter, list, include_info).await
}

/// One page of all workspaces of the account.
pub(crate) async fn list_all(
    State(service): State<Service>,
    caller: Caller,
    mut query: Parameters,
) -> Answer<Page<Workspace>> {
    caller.may(Operation::ListAccountWorkspaces)?;
    let labels = query.labels();
    let include_archived = query.boolean("includeArchived");
    let identity = [label::to_filter(&labels), flag(include_archived).to_owned()];
    let list = query.page(&caller, NATURAL, &identity.each_ref().map(String::as_str))?;
    let filter = WorkspaceFilter {
        member: None,
        labels,
        include_archived,
    };
    list_page(&service, filter, list, false).await
}

async fn list_page(
    service: &Service,
    filter: WorkspaceFilter,
    list: ListParameters,
    include_info: bool,
) -> Answer<Page<Workspace>> {
    let request = list.page;
    let rows = service
        .store()
        .read(move |transaction| workspaces::page(transaction, &filter, &request))
        .await?;
    let item = |mut workspace: Workspace| {
        workspace.info = workspace.info.filter(|_| include_info);
        workspace
    };
    Ok(Json(page(&list.identity, rows, item)))
}

/// Creates a workspace. The profile of the key becomes its first member.
pub(crate) async fn create(State(service): State<Service>, caller: Caller, body: UnreadBody) -> Answer<Workspace> {
    caller.may(Operation::CreateWorkspace)?;
    let body = body.json::<NewWorkspaceBody>().await?;
    let workspace = service
        .store()
        .write(move |transaction| insert(transaction, &caller, body))
        .await?;
    Ok(Json(workspace))
}

/// Reads one workspace, archived or not.
pub(crate) async fn read(
    State(service): State<Service>,
    caller: Caller,
    PathIds(id): PathIds<String>,
) -> Answer<Workspace> {
    caller.may(Operation::ReadWorkspace)?;
    let workspace = service
        .store()
        .read(move |transaction| workspaces::find(transaction, &id))
        .await?;
    Ok(Json(workspace))
}

/// Changes a workspace: exactly what the mask says.
pub(crate) async fn update(
    State(service): State<Service>,
    caller: Caller,
    PathIds(id): PathIds<String>,
    body: UnreadBody,
) -> Answer<Workspace> {
    caller.may(Operation::UpdateWorkspace)?;
    let body = body.json::<WorkspaceUpdateBody>().await?;
    let workspace = service
        .store()
        .write(move |transaction| {
            let now = workspaces::writable(transaction, &id)?;
            change(transaction, &now, body)?;
            workspaces::find(transaction, &id)
        })
        .await?;
    Ok(Json(workspace))
}

/// Archives a workspace. A disabled one can be archived too; the last active one can't.
pub(crate) async fn archive(
    State(service): State<Service>,
    caller: Caller,
    PathIds(id): PathIds<String>,
) -> Answer<Empty> {
    caller.may(Operation::ArchiveWorkspace)?;
    service
        .store()
        .write(move |transaction| {
            let workspace = workspaces::readable(transaction, &id)?;
            if workspace.status == WorkspaceStatus::Enabled && !workspaces::is_other_active(transaction, &id)? {
                return Err(Refusal::precondition(
                    "the last active workspace of an account can't be archived",
                ));
            }
            workspaces::set_status(transaction, &id, &WorkspaceStatus::Archived)
        })
        .await?;
    Ok(Json(Empty {}))
}

fn taken() -> Refusal {
    Refusal::taken("metadata.name", "another workspace of the account has this name")
}

fn insert(transaction: &Transaction<'_>, caller: &Caller, body: NewWorkspaceBody) -> Result<Workspace, Refusal> {
    let mut violations = Violations::default();
    violations.metadata(body.metadata.as_ref());
    violations.description(body.spec.as_ref());
    violations.finish()?;
    let metadata = body.metadata.unwrap_or_default();
    let name = metadata.name.unwrap_or_default();
    if workspaces::name_is_taken(transaction, &name, "")? {
        return Err(taken());
    }
    let id = Kind::Workspace.fresh().map_err(Refusal::internal)?;
    let now = clock::now();
    let labels: Labels = metadata.labels.unwrap_or_default();
    let external_id = present(metadata.external_id);
    let description = present(body.spec.and_then(|spec| spec.description));
    let workspace = NewWorkspace {
        id: &id,
        name: &name,
        description: description.as_deref(),
        status: WorkspaceStatus::Enabled,
        external_id: external_id.as_deref(),
        labels: &labels,
        totals: [0; 4],
        created_by: &caller.profile,
        created_at: now,
    };
    workspaces::insert(transaction, &workspace)?;
    members::add(transaction, &id, &caller.profile, now)?;
    workspaces::find(transaction, &id)
}

fn change(transaction: &Transaction<'_>, now: &Workspace, body: WorkspaceUpdateBody) -> Result<(), Refusal> {
    let mut violations = Violations::default();
    let mask = mask_for(body.update_mask.as_deref(), FieldPath::Value, &mut violations);
    if body.metadata.is_some() || mask.as_ref().is_some_and(|mask| mask.contains(FieldPath::Name)) {
        violations.metadata(body.metadata.as_ref());
    }
    violations.description(body.spec.as_ref());
    violations.finish()?;

    let metadata = body.metadata.unwrap_or_default();
    let external_id = present(metadata.external_id);
    let description = present(body.spec.and_then(|spec| spec.description));
    let writes = |path, is_there| mask.as_ref().map_or(is_there, |mask: &FieldMask| mask.contains(path));
    let mut changes = WorkspaceChanges::default();
    if writes(FieldPath::Name, metadata.name.is_some()) {
        changes.name = metadata.name;
    }
    if writes(FieldPath::ExternalId, external_id.is_some()) {
        changes.external_id = Some(external_id);
    }
    if writes(FieldPath::Labels, metadata.labels.is_some()) {
        changes.labels = Some(metadata.labels.unwrap_or_default());
    }
    if writes(FieldPath::Description, description.is_some()) {
        changes.description = Some(description);
    }
    let id = now.metadata.id.as_str();
    if let Some(name) = &changes.name
        && workspaces::name_is_taken(transaction, name, id)?
    {
        return Err(taken());
    }
    workspaces::update(transaction, id, &changes)
}
