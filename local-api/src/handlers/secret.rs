//! One secret: how it is answered and created.

use contract::{Profile, ResourceMetadata, WorkspaceSecretInfo};
use rusqlite::Transaction;
use serde::Serialize;

use super::present;
use crate::clock;
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::request::{Caller, NewSecretBody, Violations};
use crate::service::Settings;
use crate::store::secrets::{NewSecret, StoredSecret};
use crate::store::{profiles, rows, secrets};

/// What is answered for a secret that is not in the workspace.
pub(crate) fn missing() -> Refusal {
    Refusal::not_found("secret")
}

/// A secret as the API answers it. The contract's own type cannot be serialised, because it may hold a real value.
#[derive(Serialize)]
pub(crate) struct SecretAnswer {
    metadata: ResourceMetadata,
    spec: SecretAnswerSpec,
    #[serde(skip_serializing_if = "Option::is_none")]
    info: Option<WorkspaceSecretInfo>,
}

/// The configuration of a secret, as the API answers it.
#[derive(Serialize)]
struct SecretAnswerSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// The answer for a stored secret. `info` is there when it was asked for, even when its creator is not known.
pub(crate) fn answer(stored: StoredSecret, info: Option<Option<Profile>>, value: Option<String>) -> SecretAnswer {
    let last_used_at = stored.last_used_at;
    SecretAnswer {
        metadata: stored.metadata,
        spec: SecretAnswerSpec { value },
        info: info.map(|created_by| WorkspaceSecretInfo {
            created_by,
            last_used_at,
        }),
    }
}

/// One secret with its info.
pub(crate) fn whole(
    transaction: &Transaction<'_>,
    workspace: &str,
    id: &str,
    with_value: bool,
) -> Result<SecretAnswer, Refusal> {
    let stored = secrets::find(transaction, workspace, id)?.ok_or_else(missing)?;
    let creator = match &stored.metadata.profile_id {
        Some(profile) => profiles::find(transaction, profile.as_str())?,
        None => None,
    };
    let value = if with_value {
        secrets::value(transaction, id)?
    } else {
        None
    };
    Ok(answer(stored, Some(creator), value))
}

/// The name under which a secret is saved. As the guide of the real API says, names are upper-cased.
pub(crate) fn saved_name(name: String, settings: &Settings) -> String {
    if settings.keep_names {
        name
    } else {
        contract::name::upper_cased(&name)
    }
}

/// What is answered for a name that another secret has.
pub(crate) fn taken() -> Refusal {
    Refusal::taken("metadata.name", "another secret of this workspace has this name")
}

/// Creates a secret, once its fields keep the rules.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    caller: &Caller,
    workspace: &str,
    body: NewSecretBody,
    settings: &Settings,
) -> Result<SecretAnswer, Refusal> {
    let mut violations = Violations::default();
    violations.metadata(body.metadata.as_ref());
    violations.value(body.spec.as_ref());
    violations.finish()?;
    let metadata = body.metadata.unwrap_or_default();
    let name = saved_name(metadata.name.unwrap_or_default(), settings);
    if secrets::name_is_taken(transaction, workspace, &name, "")? {
        return Err(taken());
    }
    let id = Kind::Secret.fresh().map_err(Refusal::internal)?;
    let value = present(body.spec.and_then(|spec| spec.value));
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
        value: value.as_deref(),
    };
    secrets::insert(transaction, &secret)?;
    whole(transaction, workspace, &id, settings.return_values)
}
