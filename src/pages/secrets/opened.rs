//! The secret that a page is about.

use contract::{SecretId, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::secret_facts::SecretFacts;

use crate::browser::tasks::memo;
use crate::api::session::use_session;
use crate::store::query::{Query, query};
use crate::store::value_access::use_value_access;

/// A secret as it is read for a page, and its name.
#[derive(Clone, Copy)]
pub struct OpenedSecret {
    pub query: Query<SecretFacts>,
    /// Its name; `None` until it is read.
    pub known: Memo<Option<String>>,
    /// Its name; the word for a secret until it is read.
    pub name: Signal<String>,
}

/// Reads a secret, and again after connecting again.
pub fn open_secret(workspace: &WorkspaceId, id: &SecretId) -> OpenedSecret {
    let (session, access) = (use_session(), use_value_access());
    let key = (workspace.clone(), id.clone());
    let query = query(
        move || key.clone(),
        move |(workspace, id)| async move {
            let call = calls::read_secret(&workspace, &id);
            let facts = session.send(call).await.map(SecretFacts::from)?;
            access.note(facts.is_readable);
            Ok(facts)
        },
    )
    .again_with_key(session);
    let state = query.state();
    let known = memo(move |_| {
        let name = state.with(|state| state.data.as_ref().map(|secret| secret.metadata.name.clone()));
        name.filter(|name| !name.is_empty())
    });
    let name = Signal::derive(move || known.get().unwrap_or_else(|| words::common().secret.to_owned()));
    OpenedSecret { query, known, name }
}
