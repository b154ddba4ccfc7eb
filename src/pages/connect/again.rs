//! Asks for a new key: in a dialog over the page after it expired, or instead of the page after a lock.

use contract::Failure;
use leptos::html::Input;
use leptos::prelude::*;
use site::Auth;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::words;

use crate::api::session::{Connection, use_session};
use crate::browser::history::use_navigation;
use crate::browser::page;
use crate::browser::tasks::ViewTasks;
use crate::components::error_note::FailureNote;
use crate::pages::connect::page::{KEY, KeyField, key_problem, typed_key};
use crate::ui::button::{Button, SubmitButton};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{dynamic, handle_submit};

/// Asks for another key for the same server, in a dialog. Input behind it is kept.
#[component]
pub fn ConnectAgain(
    /// The connection whose key the server no longer accepts.
    connection: Connection,
) -> impl IntoView {
    view! {
        <Dialog label=words::connect().again id="connect-again">
            <KeyForm connection intro=words::connect().again_intro submit=words::common().connect />
        </Dialog>
    }
    .into_any()
}

/// Asks for a key for the server that was connected before the lock. Rendered below the heading.
#[component]
pub fn Unlock(
    /// The connection that was locked.
    connection: Connection,
) -> impl IntoView {
    let (intro, submit) = match connection.auth {
        Auth::Bearer => (words::connect().locked_intro, words::common().connect),
        Auth::Proxy => (words::connect().locked_proxy, words::connect().unlock),
    };
    let view = view! { <KeyForm connection intro submit label=words::common().locked /> };
    request_animation_frame(|| page::start_at_in_sight(KEY));
    view
}

/// A form for a key to a known server.
#[component]
fn KeyForm(
    connection: Connection,
    /// Why a key is asked for.
    intro: &'static str,
    /// The accessible name, where no dialog around it has it.
    #[prop(optional)]
    label: &'static str,
    /// The label of the button.
    submit: &'static str,
) -> impl IntoView {
    let session = use_session();
    let navigation = use_navigation();
    let key_input = NodeRef::<Input>::new();
    let key_error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let connecting = ViewTasks::until_unmount();
    let is_bearer = connection.auth == Auth::Bearer;
    let base = connection.base.to_string();
    let on_submit = handle_submit(move || {
        if is_busy.get_untracked() {
            return;
        }
        failure.set(None);
        let key = if is_bearer {
            typed_key(key_input).map(Some)
        } else {
            Ok(None)
        };
        key_error.set(key.as_ref().err().map(|problem| key_problem(*problem).to_owned()));
        let Ok(key) = key else {
            request_animation_frame(page::focus_first_invalid);
            return;
        };
        let connection = Connection {
            profile: None,
            refused: Vec::new(),
            ..connection.clone()
        };
        is_busy.set(true);
        connecting.spawn(async move {
            if let Err(error) = session.connect(connection, key).await {
                failure.set(Some(error));
            }
            is_busy.set(false);
        });
    });
    view! {
        <form class="form" aria-label=(!label.is_empty()).then_some(label) on:submit=on_submit novalidate>
            <p>{intro}</p>
            <p class="muted"><code>{base}</code></p>
            {is_bearer.then(|| view! { <KeyField input=key_input error=key_error /> })}
            {dynamic(move || failure.get().map(|failure| view! { <FailureNote explanation=explain(&failure) /> }))}
            <div class="actions">
                <Button on_click=move |_| navigation.ask_to_disconnect(move || session.disconnect())>{words::common().disconnect}</Button>
                <SubmitButton is_busy=is_busy>
                    {dynamic(move || if is_busy.get() { words::connect().connecting } else { submit })}
                </SubmitButton>
            </div>
        </form>
    }
    .into_any()
}
