//! Notifications.

use std::time::Duration;

use leptos::prelude::*;

use crate::state::notices::{Notice, Notices as Shown, Tone};
use crate::text::words;
use crate::ui::erased::{handle_click, numbered};
use crate::web::tasks;

/// How long a notice stays that goes by itself.
const STAY: Duration = Duration::from_secs(6);

/// The notifications of the app.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Shown>);

impl Notices {
    /// With nothing to tell yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(Shown::default()))
    }

    /// Tells that something was done.
    pub fn done(&self, text: impl Into<String>) {
        let shown = self.0;
        let Some(number) = shown.try_update(|shown| shown.push(Tone::Done, text, None)) else {
            return;
        };
        tasks::spawn(async move {
            gloo_timers::future::sleep(STAY).await;
            let _ = shown.try_update(|shown| shown.dismiss(number));
        });
    }

    /// Tells that something failed; stays until dismissed.
    pub fn failed(&self, text: impl Into<String>, details: Option<String>) {
        let _ = self.0.try_update(|shown| shown.push(Tone::Failed, text, details));
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}

/// The notifications of the app.
///
/// # Panics
///
/// Where no app provides them: a fault of the program, found by its first test.
#[must_use]
pub fn use_notices() -> Notices {
    expect_context::<Notices>()
}

/// Where notifications are shown and announced.
#[component]
pub fn NoticeRegion(
    /// What is told.
    notices: Notices,
) -> impl IntoView {
    let dismiss = move |number| notices.0.update(|shown| shown.dismiss(number));
    let notice = move |notice: Notice| {
        let class = match notice.tone {
            Tone::Done => "notice",
            Tone::Failed => "notice notice-failed",
        };
        view! {
            <div class=class>
                <p>{notice.text}</p>
                {notice.details.map(|details| view! { <p class="muted"><code>{details}</code></p> })}
                <button type="button" class="button button-quiet" on:click=handle_click(move |_| dismiss(notice.number))>
                    {words().dismiss}
                </button>
            </div>
        }
    };
    let numbers = move || {
        notices
            .0
            .with(|shown| shown.shown().iter().map(|notice| notice.number).collect())
    };
    let notice_of = move |number| {
        notices
            .0
            .with_untracked(|shown| shown.shown().iter().find(|notice| notice.number == number).cloned())
    };
    view! {
        <div class="notices" role="status" aria-label=words().notifications aria-live="polite">
            {numbered(numbers, move |number| notice_of(number).map(notice).into_any())}
        </div>
    }
}
