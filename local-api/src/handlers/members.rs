//! The members of a workspace.

use axum::Json;
use axum::extract::State;
use contract::{Labels, Operation, Page, Profile, ProfileType, WorkspaceMember};
use rusqlite::Transaction;

use super::{Empty, NATURAL, page, present};
use crate::clock;
use crate::failure::Refusal;
use crate::identifiers::Kind;
use crate::request::{Caller, NewMemberBody, Parameters, PathIds, UnreadBody};
use crate::service::Service;
use crate::store::profiles::NewProfile;
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

/// Adds a member. One that is there already is answered as it is, and an unknown email address is invited: it becomes a
/// profile of the account.
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
            let profile = wanted(transaction, body, &caller)?;
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
fn wanted(transaction: &Transaction<'_>, body: NewMemberBody, caller: &Caller) -> Result<Profile, Refusal> {
    match (present(body.profile_id), present(body.email)) {
        (Some(id), None) => {
            profiles::find(transaction, &id)?.ok_or_else(|| Refusal::field("profileId", "no profile has this id"))
        }
        (None, Some(email)) => match profiles::find_by_email(transaction, &email)? {
            Some(profile) => Ok(profile),
            None => invite(transaction, &email, caller),
        },
        (None, None) => Err(Refusal::field("profileId", "either profileId or email is required")),
        (Some(_), Some(_)) => Err(Refusal::field("email", "profileId and email exclude each other")),
    }
}

/// Makes a profile for a person who is invited. What is no email address is refused.
fn invite(transaction: &Transaction<'_>, email: &str, caller: &Caller) -> Result<Profile, Refusal> {
    let is_email = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !is_email || email.contains(char::is_whitespace) {
        return Err(Refusal::field("email", "must be an email address"));
    }
    let id = Kind::Profile.fresh().map_err(Refusal::internal)?;
    let profile = NewProfile {
        id: &id,
        kind: ProfileType::User,
        // The person chooses a name later.
        name: email,
        email: Some(email),
        external_id: None,
        labels: &Labels::new(),
        created_by: &caller.profile,
        created_at: clock::now(),
    };
    profiles::insert(transaction, &profile)?;
    profiles::find(transaction, &id)?.ok_or_else(missing)
}
