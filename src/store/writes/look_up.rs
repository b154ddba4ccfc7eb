//! Asks the server for the outcome of a write whose response was lost.

use contract::calls::{self, SecretQuery};
use contract::{
    Cursor, Failure, Kind, MetadataFields, SecretId, SecretText, SecretUpdate, ValueChange, WorkspaceId, WorkspaceSecret,
};
use strongroom_core::list::reading::Cursors;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{DeletedBy, Done, Seen, Sent, UpdateOutcome, ValueSeen, Version, of_update};

use crate::api::session::Session;

/// The page size when searching for a secret.
const LIMIT: u32 = 100;

/// What to look for. Held by the future of the write.
pub enum LookUp {
    /// The secret that was created.
    Create {
        workspace: WorkspaceId,
        sent: Sent,
        /// The server answered that the name is taken. What it has may be an older secret with another value, however alike
        /// it looks, so it is never taken for the one that was sent.
        is_refused: bool,
    },
    /// The changes to a secret.
    Update(Box<Update>),
    /// A secret that is gone.
    Delete { workspace: WorkspaceId, secret: SecretId },
}

pub struct Update {
    workspace: WorkspaceId,
    secret: SecretId,
    before: Version,
    after: MetadataFields,
    /// The intended value. Not held if the server returns no value to compare it with.
    value: Wanted,
}

enum Wanted {
    Kept,
    Hidden,
    Cleared,
    Replaced(SecretText),
}

/// The result of a look-up.
pub enum Looked {
    /// The write was carried out.
    Done(Done),
    /// Something else.
    Seen(Seen),
}

impl LookUp {
    /// `is_readable`: whether the server returned a value before the update.
    pub fn of_update(
        workspace: WorkspaceId,
        secret: SecretId,
        (before, after): (Version, MetadataFields),
        update: SecretUpdate,
        is_readable: bool,
    ) -> Self {
        let value = match update.into_value() {
            ValueChange::Keep => Wanted::Kept,
            ValueChange::Clear if is_readable => Wanted::Cleared,
            ValueChange::Replace(value) if is_readable => Wanted::Replaced(value),
            ValueChange::Clear | ValueChange::Replace(_) => Wanted::Hidden,
        };
        Self::Update(Box::new(Update {
            workspace,
            secret,
            before,
            after,
            value,
        }))
    }

    /// Asks the server.
    ///
    /// # Errors
    ///
    /// If the server could not be asked.
    pub async fn look(&self, session: Session) -> Result<Looked, Failure> {
        match self {
            Self::Create {
                workspace,
                sent,
                is_refused,
            } => {
                let found = find(session, workspace, sent).await?;
                Ok(match found {
                    Some(secret) if !is_refused && sent.is_seen_in(&secret) => Looked::Done(Done::Saved {
                        metadata: Box::new(secret.metadata),
                        is_looked_up: true,
                    }),
                    Some(secret) => Looked::Seen(Seen::Similar {
                        has_name: sent.has_name_of(&secret),
                        secret: Box::new(secret),
                    }),
                    None => Looked::Seen(Seen::Nothing),
                })
            }
            Self::Update(update) => {
                let call = calls::read_secret(&update.workspace, &update.secret);
                session.send(call).await.map(|secret| update.look_at(secret))
            }
            Self::Delete { workspace, secret } => match session.send(calls::read_secret(workspace, secret)).await {
                Ok(_) => Ok(Looked::Seen(Seen::Nothing)),
                Err(failure) if failure.kind() == Kind::NotFound => {
                    Ok(Looked::Done(Done::Deleted(DeletedBy::LookUp)))
                }
                Err(failure) => Err(failure),
            },
        }
    }
}

impl Update {
    fn look_at(&self, secret: WorkspaceSecret) -> Looked {
        let now = Version::from(&secret.metadata);
        let value = self.value.seen(secret.spec.value.as_ref());
        Looked::Seen(match of_update(&self.before, &self.after, value, &now) {
            UpdateOutcome::Done => {
                return Looked::Done(Done::Saved {
                    metadata: Box::new(secret.metadata),
                    is_looked_up: true,
                });
            }
            UpdateOutcome::NotDone => Seen::Unchanged(now),
            UpdateOutcome::ValueUnknown => Seen::ValueUnknown(now),
            UpdateOutcome::Changed => Seen::Changed(now),
        })
    }
}

impl Wanted {
    fn seen(&self, held: Option<&SecretText>) -> ValueSeen {
        match (self, held) {
            (Self::Kept, _) => ValueSeen::Kept,
            (Self::Replaced(sent), Some(held)) if sent.is_same(held) => ValueSeen::AsWanted,
            (Self::Cleared, None) => ValueSeen::AsWanted,
            (Self::Replaced(_), _) | (Self::Cleared, Some(_)) => ValueSeen::Other,
            (Self::Hidden, _) => ValueSeen::Hidden,
        }
    }
}

/// The secret with the name that was sent or what the server may have made of it, or else with the external ID.
async fn find(session: Session, workspace: &WorkspaceId, sent: &Sent) -> Result<Option<SecretFacts>, Failure> {
    let mut similar = None;
    // A server may filter by the exact start of its own name.
    for name in sent.candidates() {
        let by_name = SecretQuery {
            prefix: Some(name),
            include_info: true,
            ..SecretQuery::default()
        };
        match search(session, workspace, by_name, sent).await? {
            Some(found) if sent.is_seen_in(&found) => return Ok(Some(found)),
            Some(found) if sent.has_name_of(&found) => similar = similar.or(Some(found)),
            Some(_) | None => {}
        }
    }
    if similar.is_some() {
        return Ok(similar);
    }
    let Some(external_id) = sent.fields.external_id.clone().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let by_external_id = SecretQuery {
        text: Some(external_id),
        include_info: true,
        ..SecretQuery::default()
    };
    search(session, workspace, by_external_id, sent).await
}

async fn search(
    session: Session,
    workspace: &WorkspaceId,
    query: SecretQuery,
    sent: &Sent,
) -> Result<Option<SecretFacts>, Failure> {
    let mut cursor: Option<Cursor> = None;
    let mut cursors = Cursors::default();
    let mut found = Vec::new();
    loop {
        let call = calls::list_secrets(workspace, &query, LIMIT, cursor.as_ref());
        let page = session.send(call).await?;
        found.extend(page.items.into_iter().map(SecretFacts::from));
        if let Some(secret) = sent.pick(found.iter()) {
            return Ok(Some(secret.clone()));
        }
        match page.next_cursor {
            // A repeated cursor would loop forever.
            Some(next) if cursors.is_new(next.as_str()) => cursor = Some(next),
            _ => return Ok(None),
        }
    }
}
