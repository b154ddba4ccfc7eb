//! Identity: who am I, and the people of the account.

use axum::Json;
use axum::extract::State;
use contract::{AccountResourceMetadata, Operation, Page, Profile, WorkspaceId, label};
use serde::Serialize;

use super::{NATURAL, page};
use crate::failure::Refusal;
use crate::request::{Caller, Parameters};
use crate::service::Service;
use crate::store::{profiles, workspaces};

/// Who the key belongs to, in the one form that the official SDK reads: a profile under `profile`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Identity {
    profile: Profile,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_workspace: Option<AccountResourceMetadata<WorkspaceId>>,
}

/// Who the key belongs to. Needs no scope. The default workspace is the one that `--default-workspace` names, where the
/// profile is a member of it.
pub(crate) async fn whoami(State(service): State<Service>, caller: Caller) -> Result<Json<Identity>, Refusal> {
    let wanted = service.settings().default_workspace.clone();
    let (profile, default_workspace) = service
        .store()
        .read(move |transaction| {
            let default_workspace = match wanted {
                Some(name) => workspaces::find_mine(transaction, &caller.profile, &name)?,
                None => None,
            };
            Ok((profiles::find(transaction, &caller.profile)?, default_workspace))
        })
        .await?;
    let profile = profile.ok_or_else(|| Refusal::internal("a key without a profile"))?;
    Ok(Json(Identity {
        profile,
        default_workspace: default_workspace.map(|workspace| workspace.metadata),
    }))
}

/// One page of the people and keys of the account.
pub(crate) async fn profiles_list(
    State(service): State<Service>,
    caller: Caller,
    mut query: Parameters,
) -> Result<Json<Page<Profile>>, Refusal> {
    caller.may(Operation::SearchProfiles)?;
    let text = query.text("query");
    let labels = query.labels();
    let identity = [text.as_deref().unwrap_or_default(), &label::to_filter(&labels)];
    let list = query.page(&caller, NATURAL, &identity)?;
    let request = list.page;
    let rows = service
        .store()
        .read(move |transaction| profiles::page(transaction, text.as_deref(), &labels, &request))
        .await?;
    Ok(Json(page(&list.identity, rows, |profile| profile)))
}
