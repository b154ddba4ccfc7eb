//! Workspace secrets: list, create, get, update, delete.

use axum::Json;
use axum::extract::State;
use contract::{Operation, Page, ProfileId, WorkspaceSecret, label};

use super::secret::{answer, change, insert, missing, whole};
use super::{flag, page};
use crate::failure::Refusal;
use crate::openapi::{Empty, SecretPage};
use crate::request::{Caller, NewSecretBody, Parameters, PathIds, SecretUpdateBody, UnreadBody};
use crate::service::Service;
use crate::store::secrets::{SecretFilter, StoredSecret};
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
