//! Asking before a secret is deleted, and the time in which that can be undone.

mod controller;

use contract::{Kind, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::delete_warnings::{Caution, asks_for_name, cautions};
use strongroom_core::model::secret_facts::SecretFacts;

use crate::api::session::{State, use_session};
use crate::browser::{intl, page};
use crate::components::delete_dialog::controller::{Deletion, Seen, Stage};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;
use crate::ui::field::TextField;

/// What happens when it is deleted.
#[derive(Clone, Copy)]
pub enum AfterDelete {
    /// The list is shown in place of the secret.
    Leave,
    /// The view stays.
    Stay(Hooks),
}

/// What a view that stays does with a secret that is being deleted.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Takes it away, before the server has said that it is gone.
    pub hide: Callback<()>,
    /// Puts it back: the server did not agree.
    pub show: Callback<()>,
    /// It is gone.
    pub done: Callback<()>,
}

/// Tells what deleting means, asks for the name where the facts speak against it, waits for whoever thinks better of it,
/// and deletes. Nothing is sent before the wait is over; whoever leaves before that leaves the secret where it is.
#[component]
pub fn DeleteSecret(
    /// Where.
    workspace: WorkspaceId,
    /// What.
    secret: SecretFacts,
    /// What happens then.
    after: AfterDelete,
    /// The person does not want it any more.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let deletion = Deletion::new(workspace, &secret, after, on_cancel);
    let is_asking = Memo::new(move |_| deletion.stage.get() == Stage::Asking);
    let session = use_session();
    let has_key = Memo::new(move |_| session.state().with(|state| matches!(state, State::Connected(_))));
    dynamic(move || {
        match (is_asking.get(), has_key.get()) {
            (false, _) => pending(deletion),
            (true, true) => ask(deletion, &secret),
            // One dialog at a time: where the key is no longer accepted, another one is asked for first.
            (true, false) => {
                let failure = deletion.failure.get();
                failure
                    .map(|(failure, _)| view! { <FailureNote explanation=explained(&failure) /> })
                    .into_any()
            }
        }
    })
}

/// What it means, and whether to do it.
fn ask(deletion: Deletion, secret: &SecretFacts) -> AnyView {
    let words = words();
    let now = deletion.clock.now();
    let facts = cautions(secret, now);
    // Whoever has typed it once does not have to again because the server failed.
    let asks = asks_for_name(&facts) && !deletion.is_confirmed();
    let typed = RwSignal::new(String::new());
    let name = secret.metadata.name.clone();
    let question = fill(words.delete_question, &[("name", &name)]);
    let refusal = Signal::derive(move || {
        let is_confirmed = !asks || typed.with(|typed| *typed == name);
        (!is_confirmed).then(|| words.delete_name_differs.to_owned())
    });
    let reasons = facts.into_iter().map(|caution| {
        let text = match caution {
            Caution::UsedRecently(instant) => {
                fill(words.delete_used, &[("when", &intl::relative(distance(instant, now)))])
            }
            Caution::Managed(bundle) => fill(words.delete_managed, &[("bundle", &bundle)]),
            Caution::UseUnknown => words.delete_unknown_use.to_owned(),
        };
        view! { <li>{text}</li> }
    });
    let reasons = reasons.collect_view();
    let confirm = asks.then(|| {
        view! {
            <TextField
                id="confirm-name"
                label=words.delete_type_name
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
            />
        }
    });
    let failure = dynamic(move || {
        // With a new key, that the old one was not accepted is no news.
        let (failure, seen) = deletion
            .failure
            .get()
            .filter(|(failure, _)| failure.kind() != Kind::Unauthenticated)?;
        let told = match seen {
            Seen::NotLooked => None,
            Seen::There => Some(words.delete_still_there),
            Seen::Unreadable => Some(words.delete_unseen),
        };
        let told = told.map(|told| view! { <p>{told}</p> });
        Some(view! {
            <FailureNote explanation=explained(&failure) />
            {told}
        })
    });
    view! {
        <Dialog label=words.delete_secret id="delete-secret" is_alert=true on_cancel=move |()| deletion.cancel()>
            <p>{question}</p>
            <ul class="reasons">{reasons}</ul>
            {confirm}
            {failure}
            <div class="actions">
                <Button rank=Rank::Danger refusal=refusal on_click=move |_| deletion.confirm()>{words.delete}</Button>
                <Button on_click=move |_| deletion.cancel()>{words.cancel}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// How long it can be undone yet, and then that it is being done.
fn pending(deletion: Deletion) -> AnyView {
    let words = words();
    // Where the hand of whoever thinks better of it is looked for.
    request_animation_frame(|| page::focus_first(".undo button"));
    let name = deletion.name();
    let said = fill(
        words.delete_in,
        &[("name", &name), ("seconds", &controller::SECONDS.to_string())],
    );
    let told = dynamic(move || match deletion.stage.get() {
        Stage::Waiting(seconds) => fill(words.delete_in, &[("name", &name), ("seconds", &seconds.to_string())]),
        Stage::Asking | Stage::Sending => words.deleting.to_owned(),
    });
    let is_sending = Signal::derive(move || deletion.stage.get() == Stage::Sending);
    view! {
        <section class="undo" aria-label=words.delete_pending>
            // Said once, and not with each second.
            <p class="visually-hidden" role="alert">{said}</p>
            <p aria-hidden="true">{told}</p>
            <Button is_busy=is_sending on_click=move |_| deletion.undo()>{words.undo}</Button>
        </section>
    }
    .into_any()
}
