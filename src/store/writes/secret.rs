//! Creates and updates of a secret.

use contract::{Failure, MetadataFields, ResourceMetadata, SecretId, SecretText, WorkspaceId, calls};
use leptos::prelude::GetUntracked as _;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::LocalChange;
use strongroom_core::model::edit_flow::Save;
use strongroom_core::model::resource::SecretResource;
use strongroom_core::model::write_outcome::{Done, Version, is_create_looked_up};

use crate::store::drafts::SentDraft;
use crate::store::writes::look_up::{self, SentUpdate};
use crate::store::writes::{Carried, Watch};

impl Watch {
    /// Creates a secret. `draft` is deleted once that is done.
    pub fn create(self, workspace: WorkspaceId, fields: MetadataFields, value: Option<SecretText>, draft: SentDraft) {
        let writes = self.writes;
        let call = calls::create_secret(&workspace, &fields, value.as_ref());
        drop(value);
        let sent = writes.as_sent(fields, writes.names.get_untracked(), self.first_sent());
        self.start(true, WriteWords::create_secret, draft, async move |writing| {
            let session = writes.session;
            let look = async |failure: &Failure| look_up::created(session, &workspace, &sent, failure).await;
            let made = |secret: contract::WorkspaceSecret| Box::new(secret.metadata);
            let (metadata, is_looked_up) = writing.send(call, made, is_create_looked_up, look).await?;
            if !is_looked_up {
                writes.learn_name(&sent.fields.name, &metadata.name);
            }
            let words = (words::create().created, words::create().created_after_all);
            Ok(saved(workspace, metadata, is_looked_up, words))
        });
    }

    /// Saves a secret if it is still the version that was edited. `draft` is deleted once that is done.
    pub fn update(self, workspace: WorkspaceId, secret: SecretId, save: Save<SecretResource>, draft: SentDraft) {
        let Save { before, after, update } = save;
        let writes = self.writes;
        self.start(false, WriteWords::edit_secret, draft, async move |writing| {
            let version = |read: &contract::WorkspaceSecret| Version::from(&read.metadata);
            let read = calls::read_secret(&workspace, &secret);
            let read = writing.read_unchanged(read, version, &before).await?;
            let call = calls::update_secret(&workspace, &secret, &update);
            let new_name = (after.name != before.fields.name).then(|| after.name.clone());
            let is_readable = read.spec.value.is_some();
            drop(read);
            let update = SentUpdate::new(workspace.clone(), secret, (before, after), update, is_readable);
            let look = async |_: &Failure| update.look(writes.session).await;
            let made = |secret: contract::WorkspaceSecret| Box::new(secret.metadata);
            let (metadata, is_looked_up) = writing.send(call, made, Failure::is_outcome_unknown, look).await?;
            if let Some(name) = new_name.filter(|_| !is_looked_up) {
                writes.learn_name(&name, &metadata.name);
            }
            let words = (words::edit().saved, words::edit().saved_after_all);
            Ok(saved(workspace, metadata, is_looked_up, words))
        });
    }
}

/// `words`: what the notice says, without a look-up and after one.
fn saved(
    workspace: WorkspaceId,
    metadata: Box<ResourceMetadata>,
    is_looked_up: bool,
    words: (&str, &str),
) -> Carried {
    let name = metadata.name.clone();
    Carried {
        notice: fill(if is_looked_up { words.1 } else { words.0 }, &[("name", &name)]),
        done: Done::Saved {
            id: metadata.id.to_string(),
            name,
            is_looked_up,
        },
        update: Box::new(move |writes| writes.lists.apply(&workspace, &LocalChange::Put(metadata))),
    }
}
