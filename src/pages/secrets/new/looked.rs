//! What the server has, after a create of which nobody knows what became.

use leptos::prelude::*;

use super::creator::Creator;
use crate::domain::secret::SecretFacts;
use crate::pages::secrets::new_state::{Intent, Looked, Step};
use crate::pages::secrets::words::{explained, profile};
use crate::route::Route;
use crate::text::moment::distance;
use crate::text::{fill, secret_words as words};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::failure_note::FailureNote;
use crate::web::{clock, intl};

/// Says what was tried and what the server has now, and offers what is safe.
#[component]
pub(super) fn LookedUp(creator: Creator) -> impl IntoView {
    let step = Memo::new(move |_| creator.state.with(|state| state.step.clone()));
    dynamic(move || match step.get() {
        Step::Typing | Step::Creating => ().into_any(),
        Step::Looking(failure) => view! {
            <FailureNote explanation=explained(&failure) />
            <p role="status">{words().create_looking}</p>
        }
        .into_any(),
        Step::Looked(looked) => told(creator, &looked),
    })
}

fn told(creator: Creator, looked: &Looked) -> AnyView {
    let words = words();
    let failure = view! { <FailureNote explanation=explained(&looked.failure) /> };
    let rest = match &looked.found {
        Ok(None) => view! { <p role="status">{words.create_not_found}</p> }.into_any(),
        Ok(Some(secret)) => found(creator, secret, looked.failure.is_outcome_unknown()),
        Err(failure) => view! {
            <FailureNote explanation=explained(failure) />
            <p role="status">{words.create_unreadable}</p>
            <div class="actions">
                <Button on_click=move |_| creator.act(Intent::AskedToLook)>{words.look_again}</Button>
            </div>
        }
        .into_any(),
    };
    view! {
        {failure}
        {rest}
    }
    .into_any()
}

/// `is_lost`: the answer was lost, so that this is most likely what was to be created.
fn found(creator: Creator, secret: &SecretFacts, is_lost: bool) -> AnyView {
    let words = words();
    let metadata = &secret.metadata;
    let is_by_name = creator.state.with_untracked(|state| state.form.name == metadata.name);
    let sentence = if is_by_name {
        words.create_found
    } else {
        words.create_found_external
    };
    let when = metadata.created_at.map_or_else(
        || words.unknown.to_owned(),
        |at| intl::relative(distance(at, clock::now())),
    );
    let creator_of = secret.info.as_ref().and_then(|info| info.created_by.as_ref());
    let whom = creator_of
        .map(profile)
        .or_else(|| metadata.profile_id.as_ref().map(ToString::to_string))
        .unwrap_or_else(|| words.someone.to_owned());
    let text = fill(sentence, &[("name", &metadata.name), ("when", &when), ("whom", &whom)]);
    let opened = secret.clone();
    let open = if is_lost {
        view! { <Button rank=Rank::Secondary on_click=move |_| creator.open(&opened)>{words.open_secret}</Button> }
            .into_any()
    } else {
        // Somebody else's, perhaps: what is typed is not given up for it.
        let address = Route::Secret(creator.workspace(), secret.id().clone()).to_path();
        view! { <a href=address class="button">{words.open_secret}</a> }.into_any()
    };
    view! {
        <p role="status">{text}</p>
        <div class="actions">{open}</div>
    }
    .into_any()
}
