//! What could be seen after the answer to a save was lost.

use leptos::prelude::*;

use super::editor::Editor;
use crate::domain::aftermath::Outcome;
use crate::pages::secrets::edit_state::{Intent, Lost, Step};
use crate::pages::secrets::words::explained;
use crate::text::secret_words as words;
use crate::ui::button::{Button, SubmitButton};
use crate::ui::erased::dynamic;
use crate::ui::failure_note::FailureNote;
use crate::ui::skeleton::Skeleton;

/// Says what was tried and what the server has now, and offers what is safe.
#[component]
pub(super) fn LostAnswer(editor: Editor) -> impl IntoView {
    let step = Memo::new(move |_| editor.state.with(|state| state.step.clone()));
    dynamic(move || match step.get() {
        Step::Looking(failure) => view! {
            <FailureNote explanation=explained(&failure) />
            <p role="status">{words().lost_looking}</p>
            <Skeleton lines=2 />
        }
        .into_any(),
        Step::Lost(lost) => told(editor, &lost),
        _ => ().into_any(),
    })
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
