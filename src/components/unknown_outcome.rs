//! The state of a write whose response was lost, during and after the look-up.

use std::sync::Arc;

use contract::Operation;
use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::model::write_outcome::{Failed, LookedUp, Seen, WriteState};

use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::components::error_note::FailureNote;
use crate::components::messages::{explained, profile};
use crate::ui::button::Button;
use crate::ui::erased::dynamic;
use crate::ui::skeleton::Skeleton;

/// The actions that are safe after a look-up.
pub type Actions = Arc<dyn Fn(Option<&Seen>) -> AnyView + Send + Sync>;

/// Shows a write while its outcome is unknown and once it was looked up; nothing otherwise.
#[component]
pub fn UnknownOutcome(
    #[prop(into)]
    write: Signal<Option<WriteState>>,
    /// Looks up again, if the server could not be reached or the write is not visible yet.
    #[prop(into)]
    on_look_again: Callback<()>,
    /// Further actions; called with `None` if the server could not be reached.
    actions: Actions,
) -> impl IntoView {
    let write = Memo::new(move |_| write.get());
    dynamic(move || match write.get() {
        Some(WriteState::Unknown {
            failure,
            is_not_yet_visible,
        }) => {
            let is_create = failure.operation == Operation::CreateSecret;
            let sentence = match (is_create, is_not_yet_visible) {
                (true, false) => words::create().looking,
                (true, true) => words::create().not_visible,
                (false, false) => words::edit().lost_looking,
                (false, true) => words::edit().lost_not_visible,
            };
            view! {
                <FailureNote explanation=explained(&failure) />
                <p role="status">{sentence}</p>
                {(!is_create).then(|| view! { <Skeleton lines=2 /> })}
            }
            .into_any()
        }
        Some(WriteState::Failed(Failed::LookedUp(looked_up))) => after(&looked_up, on_look_again, &actions),
        _ => ().into_any(),
    })
}

fn after(looked_up: &LookedUp, on_look_again: Callback<()>, actions: &Actions) -> AnyView {
    let seen = looked_up.seen.as_ref();
    let unread = seen.err().map(|failure| {
        view! { <FailureNote explanation=explained(failure) /> }
    });
    let again = (seen.is_err() || looked_up.may_still_arrive()).then(|| {
        view! { <Button on_click=move |_| on_look_again.run(())>{words::common().look_again}</Button> }
    });
    view! {
        <FailureNote explanation=explained(&looked_up.failure) />
        {unread}
        <p role="status">{sentence(looked_up)}</p>
        <div class="actions">{again}{actions(seen.ok())}</div>
    }
    .into_any()
}

/// The message for the result of a look-up.
#[must_use]
pub fn sentence(looked_up: &LookedUp) -> String {
    let operation = looked_up.failure.operation;
    let sentence = match &looked_up.seen {
        Ok(Seen::Similar { secret, has_name }) => return similar(secret, *has_name),
        Ok(Seen::ValueUnknown(_)) => words::edit().lost_value_unknown,
        Ok(Seen::Nothing) if looked_up.may_still_arrive() => words::create().still_not_visible,
        Ok(Seen::Unchanged(_)) if looked_up.may_still_arrive() => words::edit().lost_still_not_visible,
        Ok(Seen::Nothing) => words::create().not_found,
        Ok(Seen::Unchanged(_) | Seen::Changed(_)) => words::edit().lost_not_done,
        Err(_) => match operation {
            Operation::CreateSecret => words::create().unreadable,
            _ => words::edit().lost_unreadable,
        },
    };
    sentence.to_owned()
}

fn similar(secret: &SecretFacts, has_name: bool) -> String {
    let metadata = &secret.metadata;
    let when = metadata.created_at.map_or_else(
        || words::common().unknown.to_owned(),
        |at| intl::relative(distance(at, use_clock().now())),
    );
    let creator = secret.info.as_ref().and_then(|info| info.created_by.as_ref());
    let whom = creator
        .map(profile)
        .or_else(|| metadata.profile_id.as_ref().map(ToString::to_string))
        .unwrap_or_else(|| words::common().someone.to_owned());
    let sentence = if has_name { words::create().found } else { words::create().found_external };
    fill(sentence, &[("name", &metadata.name), ("when", &when), ("whom", &whom)])
}
