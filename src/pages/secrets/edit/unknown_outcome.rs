//! What could be seen after the answer to a save was lost.

use leptos::prelude::*;
use strongroom_core::i18n::secret_words as words;
use strongroom_core::model::edit_flow::{Intent, Lost, Step};
use strongroom_core::model::write_outcome::Outcome;

use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::pages::secrets::edit::controller::Editor;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::erased::dynamic;
use crate::ui::skeleton::Skeleton;

/// Says what was tried and what the server has now, and offers what is safe.
#[component]
pub fn LostAnswer(editor: Editor) -> impl IntoView {
    let step = Memo::new(move |_| editor.state.with(|state| state.step.clone()));
    let told = dynamic(move || match step.get() {
        Step::Looking(failure) => view! {
            <FailureNote explanation=explained(&failure) />
            <p role="status">{words().lost_looking}</p>
            <Skeleton lines=2 />
        }
        .into_any(),
        Step::Lost(lost) => told(editor, &lost),
        _ => ().into_any(),
    });
    view! {
        <h2 id="step-title" tabindex="-1">{words().lost_title}</h2>
        {told}
    }
    .into_any()
}

fn told(editor: Editor, lost: &Lost) -> AnyView {
    let words = words();
    let failure = view! { <FailureNote explanation=explained(&lost.failure) /> };
    let (sentence, can_save) = match &lost.found {
        Ok(Outcome::ValueUnknown) => (words.lost_value_unknown, true),
        Ok(_) => (words.lost_not_done, true),
        Err(_) => (words.lost_unreadable, false),
    };
    let why = lost
        .found
        .as_ref()
        .err()
        .map(|failure| view! { <FailureNote explanation=explained(failure) /> });
    let next = if can_save {
        view! { <SubmitButton>{words.review_changes}</SubmitButton> }.into_any()
    } else {
        view! { <Button on_click=move |_| editor.act(Intent::AskedToLook)>{words.look_again}</Button> }.into_any()
    };
    view! {
        {failure}
        {why}
        <p role="status">{sentence}</p>
        <div class="actions">
            {next}
            <Button on_click=move |_| editor.act(Intent::WentBack)>{words.back_to_editing}</Button>
            <a href=editor.address() class="button">{words.open_secret}</a>
        </div>
    }
    .into_any()
}
