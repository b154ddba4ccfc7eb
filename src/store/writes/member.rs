//! Adding and removing the members of a workspace.

use contract::calls::NewMember;
use contract::{Failure, Kind, Nothing, Operation, ProfileId, WorkspaceId, WorkspaceMember, calls};
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::reading::LIMIT;
use strongroom_core::model::write_outcome::{DeletedBy, Done, Failed, Seen};

use crate::api::session::Session;
use crate::store::drafts::SentDraft;
use crate::store::pages::{hidden, read_all};
use crate::store::writes::look_up::Looked;
use crate::store::writes::{Carried, Watch};

impl Watch<()> {
    /// Adds a member, or invites a person by email. `name` is for the notice.
    pub fn add_member(self, workspace: WorkspaceId, member: NewMember, name: String) {
        let writes = self.writes;
        self.start(true, WriteWords::member, SentDraft::default(), async move |writing| {
            let is_it = |one: &WorkspaceMember| match &member {
                NewMember::ProfileId(id) => one.profile_id == *id,
                NewMember::Email(email) => one.email.eq_ignore_ascii_case(email),
            };
            let look = async |_: &Failure| {
                Ok(match find(writes.session, &workspace, is_it).await? {
                    Some(found) => Looked::Done(found),
                    None => Looked::Seen(Seen::Nothing),
                })
            };
            let call = calls::add_member(&workspace, &member);
            let (added, is_looked_up) = writing.send(call, |added| added, Failure::is_outcome_unknown, look).await?;
            let sentence = match &member {
                _ if is_looked_up => words::members().added_after_all,
                NewMember::ProfileId(_) => words::members().added_name,
                NewMember::Email(_) => words::members().invited,
            };
            Ok(Carried {
                notice: fill(sentence, &[("name", &name), ("email", &name)]),
                done: Done::Saved {
                    id: added.profile_id.to_string(),
                    name,
                    is_looked_up,
                },
                update: Box::new(|writes| writes.workspaces.refresh_if_old()),
            })
        });
    }

    /// Removes a member. `name` is for the notice.
    pub fn remove_member(self, workspace: WorkspaceId, profile: ProfileId, name: String) {
        let writes = self.writes;
        self.start(true, WriteWords::member, SentDraft::default(), async move |writing| {
            let look = async |_: &Failure| {
                let found = find(writes.session, &workspace, |one| one.profile_id == profile).await?;
                Ok(if found.is_none() { Looked::Done(()) } else { Looked::Seen(Seen::Nothing) })
            };
            let call = calls::remove_member(&workspace, &profile);
            let by = match writing.send(call, |Nothing| (), Failure::is_outcome_unknown, look).await {
                Ok(((), false)) => DeletedBy::Answer,
                Ok(((), true)) => DeletedBy::LookUp,
                // Nobody is removed twice: it is as requested.
                Err(Failed::Refused(failure)) if failure.kind() == Kind::NotFound => DeletedBy::SomeoneElse,
                Err(failed) => return Err(failed),
            };
            let sentence = match by {
                DeletedBy::Answer => words::members().removed,
                DeletedBy::LookUp => words::members().removed_after_all,
                DeletedBy::SomeoneElse => words::members().removed_already,
            };
            Ok(Carried {
                done: Done::Deleted(by),
                notice: fill(sentence, &[("name", &name)]),
                // The key's own profile may have been removed.
                update: Box::new(|writes| writes.workspaces.refresh_if_old()),
            })
        });
    }
}

async fn find(
    session: Session,
    workspace: &WorkspaceId,
    is_it: impl Fn(&WorkspaceMember) -> bool,
) -> Result<Option<WorkspaceMember>, Failure> {
    let all = read_all(session, |cursor| calls::list_members(workspace, LIMIT, cursor)).await?;
    match all.items.into_iter().find(is_it) {
        None if !all.unreadable.is_empty() => Err(hidden(Operation::ListMembers)),
        found => Ok(found),
    }
}
