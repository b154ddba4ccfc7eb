//! Asks before unsaved work is left.

use leptos::prelude::*;

use crate::text::words;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;
use crate::web::navigation::use_navigation;

/// The question, for as long as it is not answered.
#[component]
pub(super) fn Leaving() -> impl IntoView {
    let navigation = use_navigation();
    let words = words();
    dynamic(move || {
        let reason = navigation.question().get()?;
        let view = view! {
            <Dialog label=words.leave_title id="leaving" is_alert=true on_cancel=move |()| navigation.answer(false)>
                <p>{reason}</p>
                <div class="actions">
                    <Button rank=Rank::Primary on_click=move |_| navigation.answer(false)>{words.leave_stay}</Button>
                    <Button rank=Rank::Danger on_click=move |_| navigation.answer(true)>{words.leave_go}</Button>
                </div>
            </Dialog>
        };
        Some(view.into_any())
    })
}
