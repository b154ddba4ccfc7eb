//! One secret: how it is answered and created.

use contract::{Profile, SecretText, WorkspaceSecret, WorkspaceSecretInfo, WorkspaceSecretSpec};
use rusqlite::Transaction;

use super::present;
use crate::clock;
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::request::{Caller, NewSecretBody, Violations};
use crate::seal::Sealer;
use crate::store::secrets::{NewSecret, StoredSecret};
use crate::store::{profiles, rows, secrets};

/// What is answered for a secret that is not in the workspace.
pub(crate) fn missing() -> Refusal {
    Refusal::not_found("secret")
}

/// A secret as the API answers it. `info` is there when it was asked for, even when its creator is not known.
pub(crate) fn answer(
    stored: StoredSecret,
    info: Option<Option<Profile>>,
    value: Option<SecretText>,
) -> WorkspaceSecret {
    let last_used_at = stored.last_used_at;
    WorkspaceSecret {
        metadata: stored.metadata,
        spec: WorkspaceSecretSpec { value },
        info: info.map(|created_by| WorkspaceSecretInfo {
            created_by,
            last_used_at,
        }),
    }
}

/// One secret with all that the API tells of one.
pub(crate) fn whole(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    workspace: &str,
    id: &str,
    with_value: bool,
) -> Result<WorkspaceSecret, Refusal> {
    let stored = secrets::find(transaction, workspace, id)?.ok_or_else(missing)?;
    let creator = match &stored.metadata.profile_id {
        Some(profile) => profiles::find(transaction, profile.as_str())?,
        None => None,
    };
    let value = if with_value {
        open(transaction, sealer, workspace, id)?
    } else {
        None
    };
    Ok(answer(stored, Some(creator), value))
}

/// The value of a secret; none where nothing is set.
pub(crate) fn open(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    workspace: &str,
    id: &str,
) -> Result<Option<SecretText>, Refusal> {
    secrets::sealed_value(transaction, id)?
        .map(|sealed| sealer.open(workspace, id, &sealed))
        .transpose()
}

/// What is answered for a name that another secret has.
pub(crate) fn taken() -> Refusal {
    Refusal::taken("metadata.name", "another secret of this workspace has this name")
}

/// Creates a secret, once its fields keep the rules.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    sealer: &Sealer,
    caller: &Caller,
    workspace: &str,
    body: NewSecretBody,
    with_value: bool,
) -> Result<WorkspaceSecret, Refusal> {
    let mut violations = Violations::default();
    violations.metadata(body.metadata.as_ref());
    violations.value(body.spec.as_ref());
    violations.finish()?;
    let metadata = body.metadata.unwrap_or_default();
    let name = metadata.name.unwrap_or_default();
    if secrets::name_is_taken(transaction, workspace, &name, "")? {
        return Err(taken());
    }
    let id = Kind::Secret.fresh().map_err(Refusal::internal)?;
    let value = body.spec.and_then(|spec| spec.value).filter(|value| !value.is_empty());
    let sealed = value.map(|value| sealer.seal(workspace, &id, &value)).transpose()?;
    let external_id = present(metadata.external_id);
    let secret = NewSecret {
        id: &id,
        workspace,
        name: &name,
        external_id: external_id.as_deref(),
        labels: &rows::labels_text(&metadata.labels.unwrap_or_default())?,
        bundle_key: None,
        created_by: &caller.profile,
        created_at: clock::now(),
        updated_at: None,
        last_used_at: None,
        sealed_value: sealed.as_deref(),
    };
    secrets::insert(transaction, &secret)?;
    whole(transaction, sealer, workspace, &id, with_value)
}
