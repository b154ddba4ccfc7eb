//! Asks the server for the outcome of a write to a secret whose response was lost.

use contract::calls::{self, SecretQuery};
use contract::{
    Cursor, Failure, Kind, MetadataFields, Operation, ResourceMetadata, SecretId, SecretText, SecretUpdate, ValueChange,
    WorkspaceId, WorkspaceSecret,
};
use strongroom_core::list::reading::Cursors;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{Seen, Sent, UpdateOutcome, ValueSeen, Version, of_update};

use crate::api::session::Session;
use crate::store::pages::hidden;

/// The page size when searching for a secret.
const LIMIT: u32 = 100;

/// The result of a look-up.
pub enum Looked<Made, Fields = MetadataFields> {
    /// The write was carried out, and this is its result.
    Done(Made),
    /// Something else.
    Seen(Seen<Fields>),
}

impl<Made, Fields> Looked<Made, Fields> {
    /// What an update came to: `made` is its result if it was carried out.
    pub fn of_update(outcome: UpdateOutcome, now: Version<Fields>, made: Made) -> Self {
        Self::Seen(match outcome {
            UpdateOutcome::Done => return Self::Done(made),
            UpdateOutcome::NotDone => Seen::Unchanged(now),
            UpdateOutcome::ValueUnknown => Seen::ValueUnknown(now),
            UpdateOutcome::Changed => Seen::Changed(now),
        })
    }
}

/// Looks for a secret that was created. `failure` is that of the create: after the answer that the name is taken, what the
/// server has may be an older secret with another value, however alike it looks, so it is never taken for the one that
/// was sent.
///
/// # Errors
///
/// If the server could not be asked.
pub async fn created(
    session: Session,
    workspace: &WorkspaceId,
    sent: &Sent,
    failure: &Failure,
) -> Result<Looked<Box<ResourceMetadata>>, Failure> {
    let is_refused = failure.kind() == Kind::Taken;
    Ok(match find(session, workspace, sent).await? {
        Some(secret) if !is_refused && sent.is_seen_in(&secret) => Looked::Done(Box::new(secret.metadata)),
        Some(secret) => Looked::Seen(sent.seen(&secret)),
        None => Looked::Seen(Seen::Nothing),
    })
}

/// Looks whether a secret is gone.
///
/// # Errors
///
/// If the server could not be asked.
pub async fn deleted(session: Session, workspace: &WorkspaceId, secret: &SecretId) -> Result<Looked<()>, Failure> {
    match session.send(calls::read_secret(workspace, secret)).await {
        Ok(_) => Ok(Looked::Seen(Seen::Nothing)),
        Err(failure) if failure.kind() == Kind::NotFound => Ok(Looked::Done(())),
        Err(failure) => Err(failure),
    }
}

/// An update that was sent, to look for.
pub struct SentUpdate {
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

impl SentUpdate {
    /// `is_readable`: whether the server returned a value before the update.
    pub fn new(
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
        Self {
            workspace,
            secret,
            before,
            after,
            value,
        }
    }

    /// Asks the server.
    ///
    /// # Errors
    ///
    /// If the server could not be asked.
    pub async fn look(&self, session: Session) -> Result<Looked<Box<ResourceMetadata>>, Failure> {
        let call = calls::read_secret(&self.workspace, &self.secret);
        session.send(call).await.map(|secret| self.look_at(secret))
    }

    fn look_at(&self, secret: WorkspaceSecret) -> Looked<Box<ResourceMetadata>> {
        let now = Version::from(&secret.metadata);
        let value = self.value.seen(secret.spec.value.as_ref());
        let outcome = of_update(&self.before, &self.after, value, &now);
        Looked::of_update(outcome, now, Box::new(secret.metadata))
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
    let mut is_all_read = true;
    loop {
        let call = calls::list_secrets(workspace, &query, LIMIT, cursor.as_ref());
        let page = session.send(call).await?;
        found.extend(page.items.into_iter().map(SecretFacts::from));
        is_all_read &= page.unreadable.is_empty();
        if let Some(secret) = sent.pick(found.iter()) {
            return Ok(Some(secret.clone()));
        }
        match page.next_cursor {
            // A repeated cursor would loop forever.
            Some(next) if cursors.is_new(next.as_str()) => cursor = Some(next),
            _ if is_all_read => return Ok(None),
            _ => return Err(hidden(Operation::ListSecrets)),
        }
    }
}
