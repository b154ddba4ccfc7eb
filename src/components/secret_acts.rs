//! What can be done with a secret from outside its page: from the menu of its row and from the palette.

use contract::{SecretId, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::palette::SecretAct;
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::api::config::use_limits;
use crate::api::session::use_session;
use crate::browser::clipboard::use_clipboard;
use crate::browser::history::use_navigation;
use crate::browser::tasks::ViewTasks;
use crate::components::copyable::{copy, copy_reference};
use crate::components::delete_dialog::{DeleteSecret, read_to_delete};
use crate::components::replace_request::{Subject, use_replace_request};
use crate::components::secret_value::copy_value;
use crate::store::notices::use_notices;
use crate::store::reveal::Reveal;
use crate::store::value_access::use_value_access;
use crate::ui::erased::dynamic;

/// What runs an action, and the dialog that it may open. `on_deleted` is called when a delete is confirmed.
pub fn acts(on_deleted: Callback<(WorkspaceId, SecretId)>) -> (Callback<(SecretAct, Subject)>, AnyView) {
    let (navigation, session) = (use_navigation(), use_session());
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let (replacing, access) = (use_replace_request(), use_value_access());
    let seconds = use_limits().clipboard_seconds;
    let asking = ViewTasks::until_unmount();
    let copied = StoredValue::new(None::<Subject>);
    let deleting = RwSignal::new(None::<(WorkspaceId, SecretFacts)>);
    let reveal = Reveal::new(session.hooks(), move || {
        let call = copied.get_value().map(|subject| calls::read_secret(&subject.workspace, &subject.id));
        Box::pin(async move {
            match call {
                Some(call) => session.send(call).await.map(|secret| access.learn(secret.spec.value)),
                None => Ok(None),
            }
        })
    });
    let on_read = Callback::new(move |read: (WorkspaceId, SecretFacts)| {
        // Ignored if another dialog opened meanwhile.
        deleting.update(|deleting| {
            deleting.get_or_insert(read);
        });
    });
    let act = Callback::new(move |(act, subject): (SecretAct, Subject)| {
        let Subject { workspace, id, name } = subject.clone();
        match act {
            SecretAct::Open => navigation.go(&Route::Secret(workspace, id).to_path()),
            SecretAct::Edit => navigation.go(&Route::EditSecret(workspace, id).to_path()),
            SecretAct::ReplaceValue => replacing.open(workspace, id, name),
            SecretAct::CopyName => copy(clipboard, notices, words::fields().name, name),
            SecretAct::CopyId => copy(clipboard, notices, words::fields().id, id.to_string()),
            SecretAct::CopyReference(spelling) => copy_reference(clipboard, notices, spelling, &name),
            SecretAct::CopyValue => {
                copied.set_value(Some(subject));
                copy_value(reveal, seconds, notices);
            }
            SecretAct::Delete => read_to_delete(asking, session, notices, (workspace, id), on_read),
        }
    });
    let dialog = dynamic(move || {
        let (workspace, secret) = deleting.get()?;
        let deleted = (workspace.clone(), secret.id().clone());
        let done = move |()| {
            deleting.set(None);
            on_deleted.run(deleted.clone());
        };
        Some(view! { <DeleteSecret workspace secret on_done=done on_cancel=move |()| deleting.set(None) /> })
    });
    (act, dialog)
}
