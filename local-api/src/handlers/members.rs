//! The members of a workspace.

use axum::Json;
use axum::extract::State;
use contract::{Operation, Page, Profile, WorkspaceMember};
use rusqlite::Transaction;

use super::{Empty, NATURAL, page, present};
use crate::clock;
use crate::failure::Refusal;
use crate::request::{Caller, NewMemberBody, Parameters, PathIds, UnreadBody};
use crate::service::Service;
use crate::store::{members, profiles, workspaces};

/// One page of the members of a workspace.
pub(crate) async fn list(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    query: Parameters,
) -> Result<Json<Page<WorkspaceMember>>, Refusal> {
    caller.may(Operation::ListMembers)?;
    let list = query.page(&caller, NATURAL, &[])?;
    let request = list.page;
    let rows = service
        .store()
        .read(move |transaction| {
            workspaces::readable(transaction, &workspace)?;
            members::page(transaction, &workspace, &request)
        })
        .await?;
    Ok(Json(page(&list.identity, rows, |member| member)))
}

/// Adds a member. One that is there already is answered as it is.
pub(crate) async fn add(
    State(service): State<Service>,
    caller: Caller,
    PathIds(workspace): PathIds<String>,
    body: UnreadBody,
) -> Result<Json<WorkspaceMember>, Refusal> {
    caller.may(Operation::AddMember)?;
    let body = body.json::<NewMemberBody>().await?;
    let member = service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            let profile = wanted(transaction, body)?;
            let id = profile.metadata.id.as_str();
            members::add(transaction, &workspace, id, clock::now())?;
            members::find(transaction, &workspace, id)?.ok_or_else(missing)
        })
        .await?;
    Ok(Json(member))
}

/// Removes a member.
pub(crate) async fn remove(
    State(service): State<Service>,
    caller: Caller,
    PathIds((workspace, profile)): PathIds<(String, String)>,
) -> Result<Json<Empty>, Refusal> {
    caller.may(Operation::RemoveMember)?;
    service
        .store()
        .write(move |transaction| {
            workspaces::writable(transaction, &workspace)?;
            if members::remove(transaction, &workspace, &profile)? {
                Ok(())
            } else {
                Err(missing())
            }
        })
        .await?;
    Ok(Json(Empty {}))
}

fn missing() -> Refusal {
    Refusal::not_found("member")
}

/// The profile that the body names, by its id or its email address.
fn wanted(transaction: &Transaction<'_>, body: NewMemberBody) -> Result<Profile, Refusal> {
    match (present(body.profile_id), present(body.email)) {
        (Some(id), None) => {
            profiles::find(transaction, &id)?.ok_or_else(|| Refusal::field("profileId", "no profile has this id"))
        }
        (None, Some(email)) => profiles::find_by_email(transaction, &email)?
            .ok_or_else(|| Refusal::field("email", "no profile has this email address")),
        (None, None) => Err(Refusal::field("profileId", "either profileId or email is required")),
        (Some(_), Some(_)) => Err(Refusal::field("email", "profileId and email exclude each other")),
    }
}
