//! What the server has, after a create of which nobody knows what became.

use leptos::prelude::*;
use strongroom_core::i18n::moment::distance;
use strongroom_core::i18n::{fill, secret_words as words};
use strongroom_core::model::create_flow::{Intent, Looked, Step};
use strongroom_core::model::secret_facts::SecretFacts;
use strongroom_core::route::Route;

use crate::browser::clock::use_clock;
use crate::browser::intl;
use crate::components::error_note::FailureNote;
use crate::components::messages::{explained, profile};
use crate::pages::secrets::create::controller::Creator;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;

/// Says what was tried and what the server has now, and offers what is safe.
#[component]
pub fn LookedUp(creator: Creator) -> impl IntoView {
    let step = Memo::new(move |_| creator.state.with(|state| state.step.clone()));
    dynamic(move || match step.get() {
        Step::Typing | Step::Creating(_) => ().into_any(),
        Step::Looking { failure, .. } => view! {
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
        Ok(Some(secret)) => found(creator, secret, looked),
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

/// What is known to be what was to be created is called so; anything else is a secret like others, and nothing of what was
/// typed is given up for it.
fn found(creator: Creator, secret: &SecretFacts, looked: &Looked) -> AnyView {
    let words = words();
    let metadata = &secret.metadata;
    let sentence = if looked.is_ours() {
        words.create_found_ours
    } else if looked.sent.fields.name == metadata.name {
        words.create_found
    } else {
        words.create_found_external
    };
    let when = metadata.created_at.map_or_else(
        || words.unknown.to_owned(),
        |at| intl::relative(distance(at, use_clock().now())),
    );
    let creator_of = secret.info.as_ref().and_then(|info| info.created_by.as_ref());
    let whom = creator_of
        .map(profile)
        .or_else(|| metadata.profile_id.as_ref().map(ToString::to_string))
        .unwrap_or_else(|| words.someone.to_owned());
    let text = fill(sentence, &[("name", &metadata.name), ("when", &when), ("whom", &whom)]);
    let opened = secret.clone();
    let open = if looked.is_ours() {
        view! { <Button rank=Rank::Secondary on_click=move |_| creator.open(&opened)>{words.open_secret}</Button> }
            .into_any()
    } else {
        let address = Route::Secret(creator.workspace(), secret.id().clone()).to_path();
        view! { <a href=address class="button">{words.open_secret}</a> }.into_any()
    };
    view! {
        <p role="status">{text}</p>
        <div class="actions">{open}</div>
    }
    .into_any()
}
