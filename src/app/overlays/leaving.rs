//! Asks before unsaved work is left.

use leptos::prelude::*;
use strongroom_core::i18n::words;

use crate::api::session::Session;
use crate::browser::history::{Navigation, use_navigation};
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
        let reason = if question.is_disconnecting {
            words::account().leave_disconnect.to_owned()
        } else {
            question.reason
        };
        let go = if question.is_disconnecting {
            words::common().disconnect
        } else {
            words::account().leave_go
        };
        let rank = if question.is_disconnecting { Rank::Danger } else { Rank::Primary };
        let view = view! {
            <Dialog label=words::account().leave_title id="leaving" is_alert=true on_cancel=move |()| navigation.answer(false)>
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

/// Locks now. If drafts are not kept, a lock would lose unsaved work, so it asks first.
pub fn lock_now(idle: Idle, navigation: Navigation, session: Session, drafts: DraftStore) {
    let has_drafts = session.state().with_untracked(|state| {
        state
            .connection()
            .is_some_and(|connection| drafts.of(connection).is_some())
    });
    if has_drafts && drafts.are_kept() {
        return idle.lock_now();
    }
    // The question proves that the user is there; the lock warning would cover it.
    idle.stay();
    navigation.ask(move || idle.lock_now());
}
