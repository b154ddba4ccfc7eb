//! The state of a write whose response was lost, during and after the look-up.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::failure::{Explanation, explain_decided};
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::write_words::WriteWords;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::write_outcome::{Failed, LookedUp, Seen, Similar, WriteState};

use crate::browser::tasks::memo;
use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::components::error_note::FailureNote;
use crate::components::messages::{explained, profile};
use crate::components::people::{Person, person};
use crate::ui::button::Button;
use crate::ui::erased::dynamic;
use crate::ui::skeleton::Skeleton;

/// The actions that are safe after a look-up.
pub type Actions<Fields> = Arc<dyn Fn(Option<&Seen<Fields>>) -> AnyView + Send + Sync>;

/// Shows a write while its outcome is unknown and once it was looked up; nothing otherwise.
#[component]
pub fn UnknownOutcome<Fields: Clone + PartialEq + Send + Sync + 'static>(
    #[prop(into)]
    write: Signal<Option<WriteState<Fields>>>,
    /// What is said of it.
    words: WriteWords,
    /// Looks up again, if the server could not be reached or the write is not visible yet.
    #[prop(into)]
    on_look_again: Callback<()>,
    /// Further actions; called with `None` if the server could not be reached.
    actions: Actions<Fields>,
) -> impl IntoView {
    let write = memo(move |_| write.get());
    dynamic(move || match write.get() {
        Some(WriteState::Unknown {
            failure,
            is_not_yet_visible,
        }) => {
            let sentence = if is_not_yet_visible { words.not_visible } else { words.looking };
            view! {
                <FailureNote explanation=explained(&failure) />
                <p role="status">{sentence}</p>
                // The form of a create stays on screen.
                {words.found.is_empty().then(|| view! { <Skeleton lines=2 /> })}
            }
            .into_any()
        }
        Some(WriteState::Failed(Failed::LookedUp(looked_up))) => after(&looked_up, words, on_look_again, &actions),
        _ => ().into_any(),
    })
}

fn after<Fields>(
    looked_up: &LookedUp<Fields>,
    words: WriteWords,
    on_look_again: Callback<()>,
    actions: &Actions<Fields>,
) -> AnyView {
    let seen = looked_up.seen.as_ref();
    if looked_up.is_earlier_attempt() {
        // Not that the name is taken: it is taken by what was to be created.
        return view! {
            <p class="note" role="status">{sentence(looked_up, words)}</p>
            <div class="actions">{actions(seen.ok())}</div>
        }
        .into_any();
    }
    let unread = seen.err().map(|failure| {
        view! { <FailureNote explanation=explained(failure) /> }
    });
    let again = (seen.is_err() || looked_up.may_still_arrive()).then(|| {
        view! { <Button on_click=move |_| on_look_again.run(())>{words::common().look_again}</Button> }
    });
    view! {
        <FailureNote explanation=explained_looked_up(looked_up) />
        {unread}
        <p role="status">{sentence(looked_up, words)}</p>
        <div class="actions">{again}{actions(seen.ok())}</div>
    }
    .into_any()
}

/// The message for the failure of a write that was looked up. That its outcome is unknown is said only while it is.
#[must_use]
pub fn explained_looked_up<Fields>(looked_up: &LookedUp<Fields>) -> Explanation {
    if looked_up.is_not_done() {
        explain_decided(&looked_up.failure)
    } else {
        explained(&looked_up.failure)
    }
}

/// The message for the result of a look-up.
#[must_use]
pub fn sentence<Fields>(looked_up: &LookedUp<Fields>, words: WriteWords) -> String {
    let sentence = match &looked_up.seen {
        Ok(Seen::Similar { found, is_earlier_attempt: true, .. }) => {
            return fill(words.found_earlier, &[("name", &found.name)]);
        }
        Ok(Seen::Similar { found, has_name, .. }) => {
            return similar(found, if *has_name { words.found } else { words.found_external });
        }
        Ok(Seen::ValueUnknown(_)) => words::edit().lost_value_unknown,
        Ok(Seen::Nothing | Seen::Unchanged(_)) if looked_up.may_still_arrive() => words.still_nothing,
        Ok(Seen::Nothing | Seen::Unchanged(_) | Seen::Changed(_)) => words.nothing,
        Err(_) => words.unreadable,
    };
    sentence.to_owned()
}

fn similar(found: &Similar, sentence: &str) -> String {
    let when = found.created_at.map_or_else(
        || words::common().unknown.to_owned(),
        |at| intl::relative(distance(at, use_clock().now())),
    );
    fill(sentence, &[("name", &found.name), ("when", &when), ("whom", &creator(found))])
}

/// Who created it: oneself, or a person by name, as far as it is known.
fn creator(found: &Similar) -> String {
    let Some(id) = &found.creator else {
        return words::common().someone.to_owned();
    };
    match (person(id), &found.profile) {
        (Person::You, _) => words::common().by_you.to_owned(),
        (Person::Named(_) | Person::Unnamed(_), Some(known)) => profile(known),
        (Person::Named(name), None) => name,
        (Person::Unnamed(id), None) => id.to_string(),
    }
}
