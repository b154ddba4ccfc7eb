//! Workspace secrets: list, create, get, update, delete.

use axum::Json;
use axum::extract::State;
use contract::{FieldMask, FieldPath, Operation, Page, ProfileId, WorkspaceSecret, label};
use rusqlite::Transaction;

use super::secret::{answer, insert, missing, open, taken, whole};
use super::{flag, page, present};
use crate::clock;
use crate::failure::Refusal;
use crate::openapi::{Empty, SecretPage};
use crate::request::{
    Caller, MetadataFields, NewSecretBody, Parameters, PathIds, SecretUpdateBody, UnreadBody, Violations, mask_for,
};
use crate::seal::Sealer;
use crate::service::Service;
use crate::store::secrets::{SecretChanges, SecretFilter, StoredSecret};
use crate::store::{profiles, secrets, workspaces};

type Answer<T> = Result<Json<T>, Refusal>;

/// One page of the secrets of a workspace.
#[utoipa::path(
    get,
    path = "/v1/workspaces/{workspaceId}/workspace_secrets",
    tag = "Secrets",
    operation_id = "listWorkspaceSecrets",
    params(crate::openapi::SecretListQuery, crate::openapi::WorkspaceInPath),
    responses((status = 200, description = "A page of secrets, without their values", body = SecretPage))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    mut query: Parameters,
) -> Answer<Page<WorkspaceSecret>> {
    caller.may(Operation::ListSecrets)?;
    let filter = SecretFilter {
        prefix: query.text("prefix"),
        text: query.text("query"),
        labels: query.labels(),
        bundle_key: query.text("bundleKey"),
    };
    let include_info = query.boolean("includeInfo");
    let order = query.order();
    let identity = [
        filter.prefix.as_deref().unwrap_or_default(),
        filter.text.as_deref().unwrap_or_default(),
        &label::to_filter(&filter.labels),
        filter.bundle_key.as_deref().unwrap_or_default(),
        flag(include_info),
    ];
    let list = query.page(&service, &caller, order, &identity)?;
    let request = list.page;
    let (rows, mut creators) = service
        .store()
        .read(move |transaction| {
            workspaces::readable(transaction, &workspace)?;
            let rows = secrets::page(transaction, &workspace, &filter, &request)?;
            let creators = if include_info {
                let ids = rows
                    .items
                    .iter()
                    .filter_map(|it| it.metadata.profile_id.clone())
                    .collect();
                Some(profiles::find_all(transaction, &ids)?)
            } else {
                None
            };
            Ok((rows, creators))
        })
        .await?;
    let item = |stored: StoredSecret| {
        let creator = |id: &ProfileId| creators.as_mut().and_then(|known| known.get(id).cloned());
        let created_by = stored.metadata.profile_id.as_ref().and_then(creator);
        answer(stored, include_info.then_some(created_by), None)
    };
    Ok(Json(page(&service, &list.identity, rows, item)?))
}

/// Creates a secret.
#[utoipa::path(
    post,
    path = "/v1/workspaces/{workspaceId}/workspace_secrets",
    tag = "Secrets",
    operation_id = "createWorkspaceSecret",
    params(crate::openapi::WorkspaceInPath),
    request_body = NewSecretBody,
    responses((status = 200, description = "The new secret", body = WorkspaceSecret))
)]
pub(crate) async fn create(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    body: UnreadBody,
) -> Answer<WorkspaceSecret> {
    caller.may(Operation::CreateSecret)?;
    let body = body.json::<NewSecretBody>().await?;
    let sealer = service.sealer().clone();
    let returns_values = service.settings().return_values;
    let secret = service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            insert(transaction, &sealer, &caller, &workspace, body, returns_values)
        })
        .await?;
    Ok(Json(secret))
}

/// Reads one secret.
#[utoipa::path(
    get,
    path = "/v1/workspaces/{workspaceId}/workspace_secrets/{id}",
    tag = "Secrets",
    operation_id = "getWorkspaceSecret",
    params(crate::openapi::SecretInPath),
    responses((status = 200, description = "The secret", body = WorkspaceSecret))
)]
pub(crate) async fn read(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, id)): PathIds<(String, String)>,
) -> Answer<WorkspaceSecret> {
    caller.may(Operation::ReadSecret)?;
    let sealer = service.sealer().clone();
    let returns_values = service.settings().return_values;
    let secret = service
        .store()
        .read(move |transaction| {
            workspaces::readable(transaction, &workspace)?;
            whole(transaction, &sealer, &workspace, &id, returns_values)
        })
        .await?;
    Ok(Json(secret))
}

/// Changes a secret: exactly what the mask says.
#[utoipa::path(
    patch,
    path = "/v1/workspaces/{workspaceId}/workspace_secrets/{id}",
    tag = "Secrets",
    operation_id = "updateWorkspaceSecret",
    params(crate::openapi::SecretInPath),
    request_body = SecretUpdateBody,
    responses((status = 200, description = "The secret as it is now", body = WorkspaceSecret))
)]
pub(crate) async fn update(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, id)): PathIds<(String, String)>,
    body: UnreadBody,
) -> Answer<WorkspaceSecret> {
    caller.may(Operation::UpdateSecret)?;
    let body = body.json::<SecretUpdateBody>().await?;
    let sealer = service.sealer().clone();
    let returns_values = service.settings().return_values;
    let secret = service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            change(transaction, &sealer, &workspace, &id, body)?;
            whole(transaction, &sealer, &workspace, &id, returns_values)
        })
        .await?;
    Ok(Json(secret))
}

/// Deletes a secret.
#[utoipa::path(
    delete,
    path = "/v1/workspaces/{workspaceId}/workspace_secrets/{id}",
    tag = "Secrets",
    operation_id = "deleteWorkspaceSecret",
    params(crate::openapi::SecretInPath),
    responses((status = 200, description = "It is gone", body = Empty))
)]
pub(crate) async fn delete(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, id)): PathIds<(String, String)>,
) -> Answer<Empty> {
    caller.may(Operation::DeleteSecret)?;
    service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            if secrets::delete(transaction, &workspace, &id)? {
                Ok(())
            } else {
                Err(missing())
            }
        })
        .await?;
    Ok(Json(Empty {}))
}

/// Carries an update out, and says nothing of one that changes nothing.
fn change(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    workspace: &str,
    id: &str,
    body: SecretUpdateBody,
) -> Result<(), Refusal> {
    let stored = secrets::find(transaction, workspace, id)?.ok_or_else(missing)?;
    let mut violations = Violations::default();
    let mask = mask_for(body.update_mask.as_deref(), FieldPath::Description, &mut violations);
    if body.metadata.is_some() || mask.as_ref().is_some_and(|mask| mask.contains(FieldPath::Name)) {
        violations.metadata(body.metadata.as_ref());
    }
    violations.value(body.spec.as_ref());
    violations.finish()?;

    let metadata = body.metadata.unwrap_or_default();
    let value = body.spec.and_then(|spec| spec.value).filter(|value| !value.is_empty());
    let now = stored.metadata;
    let writes = |path, is_there| mask.as_ref().map_or(is_there, |mask: &FieldMask| mask.contains(path));
    let MetadataFields {
        name,
        external_id,
        labels,
    } = metadata;
    let external_id = present(external_id);
    let mut changes = SecretChanges::default();
    if writes(FieldPath::Name, name.is_some()) {
        changes.name = name.filter(|name| *name != now.name);
    }
    if writes(FieldPath::ExternalId, external_id.is_some()) {
        changes.external_id = Some(external_id).filter(|new| *new != now.external_id);
    }
    if writes(FieldPath::Labels, labels.is_some()) {
        changes.labels = Some(labels.unwrap_or_default()).filter(|new| *new != now.labels);
    }
    if writes(FieldPath::Value, value.is_some()) {
        let before = open(transaction, sealer, workspace, id)?;
        changes.sealed_value = match (before, value) {
            (None, None) => None,
            (Some(before), Some(value)) if before.expose() == value.expose() => None,
            (_, Some(value)) => Some(Some(sealer.seal(workspace, id, &value)?)),
            (Some(_), None) => Some(None),
        };
    }
    if changes.is_empty() {
        return Ok(());
    }
    if let Some(name) = &changes.name
        && secrets::name_is_taken(transaction, workspace, name, id)?
    {
        return Err(taken());
    }
    secrets::update(transaction, id, &changes, clock::now())
}
