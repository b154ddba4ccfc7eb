//! Identity: who am I, and the people of the account.

use axum::Json;
use axum::extract::State;
use contract::{Operation, Page, Profile, label};

use super::{NATURAL, page};
use crate::failure::Refusal;
use crate::openapi::{Identity, ProfilePage};
use crate::request::{Caller, Parameters};
use crate::service::Service;
use crate::store::profiles;

/// Who the key belongs to. Needs no scope.
#[utoipa::path(
    get,
    path = "/v1/whoami",
    tag = "Identity",
    operation_id = "whoami",
    responses((status = 200, description = "The profile of the key", body = Identity))
)]
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
#[utoipa::path(
    get,
    path = "/v1/account/profiles",
    tag = "Identity",
    operation_id = "listProfiles",
    params(crate::openapi::ProfileListQuery),
    responses((status = 200, description = "A page of profiles", body = ProfilePage))
)]
pub(crate) async fn profiles_list(
    State(service): State<Service>,
    caller: Caller,
    mut query: Parameters,
) -> Result<Json<Page<Profile>>, Refusal> {
    caller.may(Operation::SearchProfiles)?;
    let text = query.text("query");
    let labels = query.labels();
    let identity = [text.as_deref().unwrap_or_default(), &label::to_filter(&labels)];
    let list = query.page(&service, &caller, NATURAL, &identity)?;
    let request = list.page;
    let rows = service
        .store()
        .read(move |transaction| profiles::page(transaction, text.as_deref(), &labels, &request))
        .await?;
    Ok(Json(page(&service, &list.identity, rows, |profile| profile)?))
}
