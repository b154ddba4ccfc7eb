//! Confirms the delete of a secret, with a delay in which it can be undone.

mod controller;

use contract::{Failure, Kind, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::delete_warnings::{DeleteWarning, is_typed, warnings};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{Failed, LookedUp};

use crate::api::session::{State, use_session};
use crate::browser::{intl, page};
use crate::components::delete_dialog::controller::{Deletion, Stage};
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::components::unknown_outcome::sentence;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;
use crate::ui::field::TextField;

/// Shows the warnings, asks for the name if there are any, waits so that the user can undo, and deletes. Leaving the
/// page during the wait cancels the delete.
#[component]
pub fn DeleteSecret(
    workspace: WorkspaceId,
    secret: SecretFacts,
    /// Called once it is deleted.
    #[prop(into)]
    on_done: Callback<()>,
    /// Called when the user cancels.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let deletion = Deletion::new(workspace, &secret, on_done, on_cancel);
    let is_asking = Memo::new(move |_| deletion.stage() == Stage::Asking);
    let session = use_session();
    let has_key = Memo::new(move |_| session.state().with(|state| matches!(state, State::Connected(_))));
    dynamic(move || {
        match (is_asking.get(), has_key.get()) {
            (false, _) => pending(deletion),
            (true, true) => ask(deletion, &secret),
            // One dialog at a time: if the key has expired, connecting again comes first.
            (true, false) => {
                let failure = deletion.failed().as_ref().and_then(failure_of);
                failure
                    .map(|failure| view! { <FailureNote explanation=explained(&failure) /> })
                    .into_any()
            }
        }
    })
}

fn failure_of(failed: &Failed) -> Option<Failure> {
    match failed {
        Failed::NotSent(failure) | Failed::Refused(failure) | Failed::LookedUp(LookedUp { failure, .. }) => {
            Some(failure.clone())
        }
        Failed::Conflict(_) => None,
    }
}

/// The warnings and the confirmation.
fn ask(deletion: Deletion, secret: &SecretFacts) -> AnyView {
    let now = deletion.clock.now();
    let warnings = warnings(secret, now);
    // Not asked again after a failure.
    let asks = is_typed(1, !warnings.is_empty()) && !deletion.is_confirmed();
    let typed = RwSignal::new(String::new());
    let name = secret.metadata.name.clone();
    let question = fill(words::delete().question, &[("name", &name)]);
    let refusal = Signal::derive(move || {
        let is_confirmed = !asks || typed.with(|typed| *typed == name);
        (!is_confirmed).then(|| words::delete().name_differs.to_owned())
    });
    let reasons = warnings.into_iter().map(|warning| {
        let text = match warning {
            DeleteWarning::UsedRecently(instant) => {
                fill(words::delete().used, &[("when", &intl::relative(distance(instant, now)))])
            }
            DeleteWarning::Managed(bundle) => fill(words::delete().managed, &[("bundle", &bundle)]),
            DeleteWarning::UsageUnknown => words::delete().unknown_use.to_owned(),
        };
        view! { <li>{text}</li> }
    });
    let reasons = reasons.collect_view();
    let confirm = asks.then(|| {
        view! {
            <TextField
                id="confirm-name"
                label=words::delete().type_name
                value=typed
                on_input=move |text| typed.set(text)
                is_code=true
            />
        }
    });
    let failure = dynamic(move || {
        let failed = deletion.failed()?;
        // With a new key, the rejection of the old one is outdated.
        let failure = failure_of(&failed).filter(|failure| failure.kind() != Kind::Unauthenticated)?;
        let seen = match &failed {
            Failed::LookedUp(looked_up) => Some(view! { <p>{sentence(looked_up)}</p> }),
            _ => None,
        };
        Some(view! {
            <FailureNote explanation=explained(&failure) />
            {seen}
        })
    });
    view! {
        <Dialog label=words::delete().title id="delete-secret" is_alert=true on_cancel=move |()| deletion.cancel()>
            <p>{question}</p>
            <ul class="reasons">{reasons}</ul>
            {confirm}
            {failure}
            <div class="actions">
                <Button rank=Rank::Danger refusal=refusal on_click=move |_| deletion.confirm()>{words::common().delete}</Button>
                <Button on_click=move |_| deletion.cancel()>{words::common().cancel}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The seconds left to undo, then the progress.
fn pending(deletion: Deletion) -> AnyView {
    request_animation_frame(|| page::focus_first(".undo button"));
    let name = deletion.name();
    let said = fill(
        words::delete().countdown,
        &[("name", &name), ("seconds", &controller::SECONDS.to_string())],
    );
    let told = dynamic(move || match deletion.stage() {
        Stage::Waiting(seconds) => fill(words::delete().countdown, &[("name", &name), ("seconds", &seconds.to_string())]),
        Stage::NotYetVisible => fill(words::delete().not_visible, &[("name", &name)]),
        Stage::Asking | Stage::Sending => words::delete().deleting.to_owned(),
    });
    let is_sending = Signal::derive(move || !matches!(deletion.stage(), Stage::Waiting(_)));
    view! {
        <section class="undo" aria-label=words::delete().pending>
            // Announced once, not every second.
            <p class="visually-hidden" role="alert">{said}</p>
            <p aria-hidden="true">{told}</p>
            <Button is_busy=is_sending on_click=move |_| deletion.undo()>{words::common().undo}</Button>
        </section>
    }
    .into_any()
}
