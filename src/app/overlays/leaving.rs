//! Asks before unsaved work is left.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::api::session::Session;
use crate::browser::history::{Aim, Navigation, Question, use_navigation};
use crate::store::drafts::DraftStore;
use crate::store::idle_lock::Idle;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::dynamic;

/// The dialog, until it is answered.
#[component]
pub fn Leaving() -> impl IntoView {
    let navigation = use_navigation();
    dynamic(move || {
        let question = navigation.question().get()?;
        let words = words::account();
        let Question { unsaved, aim } = question;
        // Red where something is lost. Where a draft is kept nothing is, and leaving is what the user asked for.
        let rank = if unsaved.is_kept && aim != Aim::Disconnect { Rank::Primary } else { Rank::Danger };
        let (title, reason, go) = match aim {
            Aim::Leave => (words.leave_title, unsaved.text, words.leave_go),
            Aim::Lock => (words.lock_title, unsaved.text, words.lock_now),
            Aim::Disconnect => (words.leave_title, words.leave_disconnect.to_owned(), words::common().disconnect),
        };
        let view = view! {
            <Dialog label=title id="leaving" is_alert=true on_cancel=move |()| navigation.answer(false)>
                <p>{reason}</p>
                <div class="actions">
                    <Button on_click=move |_| navigation.answer(false)>{words::account().leave_stay}</Button>
                    <Button rank on_click=move |_| navigation.answer(true)>{go}</Button>
                </div>
            </Dialog>
        };
        Some(view.into_any())
    })
}

/// Locks now. If drafts are not kept, a lock would lose unsaved work, and it loses the values in drafts: it asks first.
pub fn lock_now(idle: Idle, navigation: Navigation, session: Session, drafts: DraftStore) {
    let has_drafts = session.state().with_untracked(|state| {
        state
            .connection()
            .is_some_and(|connection| drafts.of(connection).is_some())
    });
    let are_kept = has_drafts && drafts.are_kept();
    if are_kept && !drafts.have_values() {
        return idle.lock_now();
    }
    // The question proves that the user is there; the lock warning would cover it.
    idle.stay();
    if are_kept {
        navigation.ask_to_lock(words::account().lock_loses_values, move || idle.lock_now());
    } else {
        navigation.ask(move || idle.lock_now());
    }
}
