//! Creates and updates of a workspace, and its archive.

use contract::calls::AccountWorkspaceQuery;
use contract::{Failure, Kind, Nothing, Operation, Workspace, WorkspaceFields, WorkspaceId, WorkspaceStatus, calls};
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::reading::LIMIT;
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::resource::WorkspaceResource;
use strongroom_core::model::server_names::ServerNames;
use strongroom_core::model::write_outcome::{
    DeletedBy, Done, Failed, Seen, Sent, ValueSeen, Version, is_create_looked_up, of_update,
};

use crate::api::session::Session;
use crate::store::drafts::SentDraft;
use crate::store::pages::{hidden, read_all};
use crate::store::writes::look_up::Looked;
use crate::store::writes::{Carried, Watch};

impl Watch<WorkspaceFields> {
    /// Creates a workspace. `draft` is deleted once that is done.
    pub fn create(self, fields: WorkspaceFields, draft: SentDraft) {
        let writes = self.writes;
        let call = calls::create_workspace(&fields);
        let sent = writes.as_sent(fields, ServerNames::Kept, self.first_sent());
        self.start(true, WriteWords::create_workspace, draft, async move |writing| {
            let look = async |failure: &Failure| created(writes.session, &sent, failure).await;
            let (workspace, is_looked_up) = writing.send(call, |made| made, is_create_looked_up, look).await?;
            let words = (words::create().created, words::create().created_after_all);
            Ok(saved(workspace, is_looked_up, words))
        });
    }

    /// Saves a workspace if it is still the version that was edited. `draft` is deleted once that is done.
    pub fn update(self, id: WorkspaceId, save: Save<WorkspaceResource>, draft: SentDraft) {
        let Save { before, after, update } = save;
        let writes = self.writes;
        self.start(false, WriteWords::edit_workspace, draft, async move |writing| {
            let version = |read: &Workspace| Version::from(read);
            writing.read_unchanged(calls::read_workspace(&id), version, &before).await?;
            let call = calls::update_workspace(&id, &update);
            let look = async |_: &Failure| {
                let workspace = writes.session.send(calls::read_workspace(&id)).await?;
                let now = Version::from(&workspace);
                let outcome = of_update(&before, &after, ValueSeen::Kept, &now);
                Ok(Looked::of_update(outcome, now, workspace))
            };
            let made = |workspace| workspace;
            let (workspace, is_looked_up) = writing.send(call, made, Failure::is_outcome_unknown, look).await?;
            Ok(saved(workspace, is_looked_up, (words::edit().saved, words::edit().saved_after_all)))
        });
    }

    /// Archives a workspace. `name` is for the notice.
    pub fn archive(self, id: WorkspaceId, name: String) {
        let writes = self.writes;
        let draft = SentDraft::default();
        self.start(true, WriteWords::archive, draft, async move |writing| {
            let session = writes.session;
            let look = async |_: &Failure| {
                let is_archived = is_archived(session, &id).await?;
                Ok(if is_archived { Looked::Done(()) } else { Looked::Seen(Seen::Nothing) })
            };
            let call = calls::archive_workspace(&id);
            let by = match writing.send(call, |Nothing| (), Failure::is_outcome_unknown, look).await {
                Ok(((), false)) => DeletedBy::Answer,
                Ok(((), true)) => DeletedBy::LookUp,
                Err(Failed::Refused(failure)) if is_refused_as_archived(session, &id, &failure).await => {
                    DeletedBy::SomeoneElse
                }
                Err(failed) => return Err(failed),
            };
            let sentence = match by {
                DeletedBy::LookUp => words::archive().archived_after_all,
                DeletedBy::Answer | DeletedBy::SomeoneElse => words::archive().archived,
            };
            Ok(Carried {
                done: Done::Deleted(by),
                notice: fill(sentence, &[("name", &name)]),
                update: Box::new(move |writes| {
                    writes.workspaces.archived(&id);
                    writes.lists.drop_list(&id);
                }),
            })
        });
    }
}

/// `words`: what the notice says, without a look-up and after one.
fn saved(workspace: Workspace, is_looked_up: bool, words: (&str, &str)) -> Carried {
    let name = workspace.metadata.name.clone();
    Carried {
        notice: fill(if is_looked_up { words.1 } else { words.0 }, &[("name", &name)]),
        done: Done::Saved {
            id: workspace.metadata.id.to_string(),
            name,
            is_looked_up,
        },
        update: Box::new(move |writes| writes.workspaces.put(workspace)),
    }
}

/// Looks for a workspace that was created. After the answer that the name is taken, what is found is never taken for the
/// one that was sent.
async fn created(
    session: Session,
    sent: &Sent<WorkspaceFields>,
    failure: &Failure,
) -> Result<Looked<Workspace, WorkspaceFields>, Failure> {
    let query = AccountWorkspaceQuery::default();
    let all = read_all(session, |cursor| calls::list_account_workspaces(&query, LIMIT, cursor)).await?;
    Ok(match sent.pick(all.items.iter()) {
        Some(found) if failure.kind() != Kind::Taken && sent.is_seen_in(found) => Looked::Done(found.clone()),
        Some(found) => Looked::Seen(sent.seen(found)),
        None if !all.unreadable.is_empty() => return Err(hidden(Operation::ListAccountWorkspaces)),
        None => Looked::Seen(Seen::Nothing),
    })
}

async fn is_archived(session: Session, id: &WorkspaceId) -> Result<bool, Failure> {
    let workspace = session.send(calls::read_workspace(id)).await?;
    Ok(workspace.status == WorkspaceStatus::Archived)
}

/// Whether an archive was refused because the workspace is archived already, or gone. An archive whose answer is lost is
/// sent again by the client, and the second one is refused.
async fn is_refused_as_archived(session: Session, id: &WorkspaceId, failure: &Failure) -> bool {
    match failure.kind() {
        Kind::NotFound => true,
        Kind::Denied if failure.missing_scope().is_none() => is_archived(session, id).await == Ok(true),
        _ => false,
    }
}
