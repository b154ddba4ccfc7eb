//! Identity: who am I, and the people of the account.

use axum::Json;
use axum::extract::State;
use contract::{Operation, Page, Profile, label};
use serde::Serialize;

use super::{NATURAL, page};
use crate::failure::Refusal;
use crate::request::{Caller, Parameters};
use crate::service::Service;
use crate::store::profiles;

/// Who the key belongs to, in the one form that the official SDK reads: a profile under `profile`.
#[derive(Serialize)]
pub(crate) struct Identity {
    profile: Profile,
}

/// Who the key belongs to. Needs no scope.
pub(crate) async fn whoami(State(service): State<Service>, caller: Caller) -> Result<Json<Identity>, Refusal> {
    let profile = service
        .store()
        .read(move |transaction| profiles::find(transaction, &caller.profile))
        .await?;
    profile
        .map(|profile| Json(Identity { profile }))
        .ok_or_else(|| Refusal::internal("a key without a profile"))
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
