//! Warns before the console locks.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::api::session::use_session;
use crate::app::overlays::leaving::lock_now;
use crate::browser::history::use_navigation;
use crate::store::drafts::use_drafts;
use crate::store::idle_lock::use_idle;
use crate::ui::button::{Button, Rank};
use crate::ui::dialog::Dialog;
use crate::ui::erased::{When, dynamic};

/// The warning, until it is answered or the console locks.
#[component]
pub fn LockWarning() -> impl IntoView {
    let (idle, drafts) = (use_idle(), use_drafts());
    let (navigation, session) = (use_navigation(), use_session());
    let left = idle.left();
    view! {
        <When condition=Signal::derive(move || left.get() > 0)>
            <Dialog label=words::account().lock_warning id="lock-warning" is_alert=true on_cancel=move |()| idle.stay()>
                <p>{words::account().lock_warning_intro}</p>
                // Announced once, when the dialog opens, not every second.
                <p>
                    {dynamic(move || match left.get() {
                        1 => words::account().lock_warning_in_one.to_owned(),
                        seconds => fill(words::account().lock_warning_in, &[("seconds", &seconds.to_string())]),
                    })}
                </p>
                <div class="actions">
                    <Button on_click=move |_| lock_now(idle, navigation, session, drafts)>{words::account().lock_now}</Button>
                    <Button rank=Rank::Primary has_focus=true on_click=move |_| idle.stay()>{words::account().stay_connected}</Button>
                </div>
            </Dialog>
        </When>
    }
    .into_any()
}
