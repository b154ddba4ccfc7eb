//! Workspace secrets: list, create, get, update, delete.

use axum::Json;
use axum::extract::State;
use contract::{FieldMask, FieldPath, Operation, Page, ProfileId, label};
use rusqlite::Transaction;

use super::secret::{SecretAnswer, answer, insert, missing, saved_name, taken, whole};
use super::{Empty, flag, page, present};
use crate::clock;
use crate::failure::Refusal;
use crate::request::{
    Caller, MetadataFields, NewSecretBody, Parameters, PathIds, SecretUpdateBody, UnreadBody, Violations, mask_for,
};
use crate::service::{Service, Settings};
use crate::store::secrets::{SecretChanges, SecretFilter, StoredSecret};
use crate::store::{profiles, secrets, workspaces};

type Answer<T> = Result<Json<T>, Refusal>;

/// One page of the secrets of a workspace.
pub(crate) async fn list(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    mut query: Parameters,
) -> Answer<Page<SecretAnswer>> {
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
    let list = query.page(&caller, order, &identity)?;
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
    Ok(Json(page(&list.identity, rows, item)))
}

/// Creates a secret.
pub(crate) async fn create(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    body: UnreadBody,
) -> Answer<SecretAnswer> {
    caller.may(Operation::CreateSecret)?;
    let body = body.json::<NewSecretBody>().await?;
    let settings = service.clone();
    let secret = service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            insert(transaction, &caller, &workspace, body, settings.settings())
        })
        .await?;
    Ok(Json(secret))
}

/// Reads one secret.
pub(crate) async fn read(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, id)): PathIds<(String, String)>,
) -> Answer<SecretAnswer> {
    caller.may(Operation::ReadSecret)?;
    let returns_values = service.settings().return_values;
    let secret = service
        .store()
        .read(move |transaction| {
            workspaces::readable(transaction, &workspace)?;
            whole(transaction, &workspace, &id, returns_values)
        })
        .await?;
    Ok(Json(secret))
}

/// Changes a secret: exactly what the mask says.
pub(crate) async fn update(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, id)): PathIds<(String, String)>,
    body: UnreadBody,
) -> Answer<SecretAnswer> {
    caller.may(Operation::UpdateSecret)?;
    let body = body.json::<SecretUpdateBody>().await?;
    let settings = service.clone();
    let secret = service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            change(transaction, &workspace, &id, body, settings.settings())?;
            whole(transaction, &workspace, &id, settings.settings().return_values)
        })
        .await?;
    Ok(Json(secret))
}

/// Deletes a secret.
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
    workspace: &str,
    id: &str,
    body: SecretUpdateBody,
    settings: &Settings,
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
    let value = present(body.spec.and_then(|spec| spec.value));
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
        let name = name.map(|name| saved_name(name, settings));
        changes.name = name.filter(|name| *name != now.name);
    }
    if writes(FieldPath::ExternalId, external_id.is_some()) {
        changes.external_id = Some(external_id).filter(|new| *new != now.external_id);
    }
    if writes(FieldPath::Labels, labels.is_some()) {
        changes.labels = Some(labels.unwrap_or_default()).filter(|new| *new != now.labels);
    }
    if writes(FieldPath::Value, value.is_some()) {
        let before = secrets::value(transaction, id)?;
        changes.value = Some(value).filter(|new| *new != before);
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
