//! The routes under `/_test/`: tests prepare the server with them and look inside it. They need no key.

use axum::extract::State;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use contract::{Labels, ProfileType, WorkspaceStatus};
use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::{ArmBody, Armed};
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::key::{self, Grants};
use crate::request::{PathIds, UnreadBody};
use crate::service::Service;
use crate::store::{keys, members, profiles, secrets, workspaces};
use crate::{clock, faults::Faults};

type Answer = Result<Json<Value>, Refusal>;

/// The routes.
pub(crate) fn routes() -> Router<Service> {
    Router::new()
        .route("/_test/faults", get(list_faults).post(arm).delete(disarm))
        .route("/_test/requests", get(list_requests).merge(delete(forget_requests)))
        .route("/_test/keys", post(make_key))
        .route("/_test/keys/{profileId}/disable", post(disable_key))
        .route("/_test/keys/{profileId}/enable", post(enable_key))
        .route("/_test/workspaces/{workspaceId}/status", post(set_status))
        .route("/_test/secrets/{workspaceId}/{id}/value", get(value))
}

fn faults(service: &Service) -> Result<&Faults, Refusal> {
    service.faults().ok_or_else(|| Refusal::not_found("this path was"))
}

async fn list_faults(State(service): State<Service>) -> Answer {
    let armed = faults(&service)?.with_armed(|armed| armed.clone());
    Ok(Json(json!({ "faults": armed })))
}

async fn arm(State(service): State<Service>, body: UnreadBody) -> Answer {
    let fault = Armed::from(body.json::<ArmBody>().await?);
    if fault.fault.status.is_some_and(|status| !(200..=599).contains(&status)) {
        return Err(Refusal::field("status", "must be from 200 to 599"));
    }
    let armed = faults(&service)?.with_armed(|armed| {
        armed.push(fault);
        armed.clone()
    });
    Ok(Json(json!({ "faults": armed })))
}

async fn disarm(State(service): State<Service>) -> Answer {
    faults(&service)?.with_armed(Vec::clear);
    Ok(Json(json!({})))
}

async fn list_requests(State(service): State<Service>) -> Answer {
    let requests = faults(&service)?.with_requests(|log| log.all());
    Ok(Json(json!({ "requests": requests })))
}

async fn forget_requests(State(service): State<Service>) -> Answer {
    faults(&service)?.with_requests(|log| log.clear());
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct KeyBody {
    name: String,
    scopes: Vec<String>,
    /// Whether it is an admin's, as the start-up key is; a test of scopes alone needs that.
    #[serde(default = "yes")]
    admin: bool,
}

const fn yes() -> bool {
    true
}

async fn make_key(State(service): State<Service>, body: UnreadBody) -> Answer {
    let body = body.json::<KeyBody>().await?;
    let grants = Grants::parse(body.scopes.iter().map(String::as_str))
        .map_err(|scope| Refusal::field("scopes", format!("`{scope}` is not a scope")))?;
    let key = key::fresh().map_err(Refusal::internal)?;
    let id = Kind::Profile.fresh().map_err(Refusal::internal)?;
    let answer = json!({ "key": key, "profileId": id });
    service
        .store()
        .write(move |transaction| {
            let now = clock::now();
            let profile = profiles::NewProfile {
                id: &id,
                kind: ProfileType::ApiKey,
                name: &body.name,
                email: None,
                external_id: None,
                labels: &Labels::new(),
                created_by: &id,
                created_at: now,
            };
            profiles::insert(transaction, &profile)?;
            keys::replace(transaction, &id, &key, &grants, body.admin)?;
            members::add_everywhere(transaction, &id, now)
        })
        .await?;
    Ok(Json(answer))
}

async fn disable_key(State(service): State<Service>, PathIds(profile): PathIds<String>) -> Answer {
    set_disabled(&service, profile, true).await
}

async fn enable_key(State(service): State<Service>, PathIds(profile): PathIds<String>) -> Answer {
    set_disabled(&service, profile, false).await
}

async fn set_disabled(service: &Service, profile: String, disabled: bool) -> Answer {
    let found = service
        .store()
        .write(move |transaction| keys::set_disabled(transaction, &profile, disabled))
        .await?;
    if found {
        Ok(Json(json!({})))
    } else {
        Err(Refusal::not_found("key"))
    }
}

#[derive(Deserialize)]
struct StatusBody {
    status: String,
}

/// No endpoint of the contract disables a workspace or opens it again.
async fn set_status(State(service): State<Service>, PathIds(workspace): PathIds<String>, body: UnreadBody) -> Answer {
    let status = WorkspaceStatus::from(body.json::<StatusBody>().await?.status.as_str());
    if matches!(status, WorkspaceStatus::Unknown(_)) {
        return Err(Refusal::field("status", "is not a status"));
    }
    service
        .store()
        .write(move |transaction| {
            workspaces::find(transaction, &workspace)?;
            workspaces::set_status(transaction, &workspace, &status)
        })
        .await?;
    Ok(Json(json!({})))
}

/// The stored value, even where the API treats values as write-only: only so can a test prove that one survived.
async fn value(State(service): State<Service>, PathIds((workspace, id)): PathIds<(String, String)>) -> Answer {
    let value = service
        .store()
        .read(move |transaction| {
            secrets::find(transaction, &workspace, &id)?.ok_or_else(|| Refusal::not_found("secret"))?;
            secrets::value(transaction, &id)
        })
        .await?;
    Ok(Json(json!({ "value": value })))
}
