//! Whether the profile of the key is an account admin.

use contract::calls::{self, AccountWorkspaceQuery};
use leptos::prelude::*;
use strongroom_core::model::permissions::AdminAccess;

use crate::browser::tasks::memo;
use crate::api::session::{Session, State};
use crate::browser::tasks;

/// Whether the profile of the key is an account admin. Asks the server with the smallest admin-only read, once for each key,
/// unless a call has been sent that tells. The session learns from the answer.
pub fn admin_access(session: Session) -> ReadSignal<AdminAccess> {
    let has_key = memo(move |_| {
        session.state().with(|state| matches!(state, State::Connected(_))).then(|| session.key_number())
    });
    tasks::follow(move || {
        if has_key.get().is_some() && session.begin_asking_for_admin() {
            let call = calls::list_account_workspaces(&AccountWorkspaceQuery::default(), 1, None);
            tasks::spawn_for_page(async move {
                let _ = session.send(call).await;
            });
        }
    });
    session.admin_access()
}
