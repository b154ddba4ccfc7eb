//! The actions on a secret that the palette found, in whatever workspace it is.

use contract::calls;
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

/// What runs an action, and the dialog that it may open.
pub fn acts(route: Memo<Route>) -> (Callback<(SecretAct, Subject)>, AnyView) {
    let (navigation, session) = (use_navigation(), use_session());
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let (replacing, access) = (use_replace_request(), use_value_access());
    let seconds = use_limits().clipboard_seconds;
    let asking = ViewTasks::until_unmount();
    let present = StoredValue::new(None::<Subject>);
    let deleting = RwSignal::new(None::<(Subject, SecretFacts)>);
    let reveal = Reveal::new(session.hooks(), move || {
        let call = present.get_value().map(|subject| calls::read_secret(&subject.workspace, &subject.id));
        Box::pin(async move {
            match call {
                Some(call) => session.send(call).await.map(|secret| access.learn(secret.spec.value)),
                None => Ok(None),
            }
        })
    });
    // Made here: the palette, which runs the action, is gone when the answer comes.
    let read = Callback::new(move |secret| deleting.set(present.get_value().map(|subject| (subject, secret))));
    let act = Callback::new(move |(act, subject): (SecretAct, Subject)| {
        present.set_value(Some(subject.clone()));
        let Subject { workspace, id, name } = subject;
        match act {
            SecretAct::Open => navigation.go(&Route::Secret(workspace, id).to_path()),
            SecretAct::Edit => navigation.go(&Route::EditSecret(workspace, id).to_path()),
            SecretAct::ReplaceValue => replacing.open(workspace, id, name),
            SecretAct::CopyName => copy(clipboard, notices, words::fields().name, name),
            SecretAct::CopyId => copy(clipboard, notices, words::fields().id, id.to_string()),
            SecretAct::CopyReference(spelling) => copy_reference(clipboard, notices, spelling, &name),
            SecretAct::CopyValue => copy_value(reveal, seconds, notices),
            SecretAct::Delete => {
                read_to_delete(asking, session, notices, (workspace, id), read);
            }
        }
    });
    let dialog = dynamic(move || {
        let (Subject { workspace, id, .. }, secret) = deleting.get()?;
        let list = Route::secrets(&workspace).to_path();
        let page = Route::Secret(workspace.clone(), id);
        let done = move |()| {
            deleting.set(None);
            // Its own page has nothing left to show.
            if route.with_untracked(|route| *route == page) {
                navigation.redirect(&list);
            }
        };
        Some(view! { <DeleteSecret workspace secret on_done=done on_cancel=move |()| deleting.set(None) /> })
    });
    (act, dialog)
}
