//! Notifications.

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;
use strongroom_core::model::notices::{Notice, Notices as Shown, Tone};

use crate::api::lifecycle::LifecycleHooks;
use crate::browser::clock::Clock;
use crate::browser::tasks;
use crate::components::error_note::{CopyDetails, facts};
use crate::ui::button::{Button, IconButton};
use crate::ui::erased::numbered;
use crate::ui::icon::{Glyph, icon};

/// How long a notice stays that goes by itself.
const STAY: Duration = Duration::from_secs(6);

/// The notifications of the app, for whoever has something to tell of one session: once that has ended, what they tell is
/// dropped. It may name what is not to be seen any more, least of all by whoever connects next.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Shown<Callback<()>>>,
    hooks: LifecycleHooks,
    clock: Clock,
    /// None: it may be told in any.
    generation: Option<u32>,
}

impl Notices {
    /// With nothing to tell yet.
    #[must_use]
    pub fn new(hooks: LifecycleHooks, clock: Clock) -> Self {
        Self {
            shown: RwSignal::new(Shown::default()),
            hooks,
            clock,
            generation: Some(hooks.generation()),
        }
    }

    /// For what names nothing and is news after the session, too.
    #[must_use]
    pub fn of_any_session(self) -> Self {
        Self {
            generation: None,
            ..self
        }
    }

    /// Takes all away: they may name what is not to be seen any more.
    pub fn clear(&self) {
        let _ = self.shown.try_update(Shown::clear);
    }

    /// Tells that something was done.
    pub fn done(&self, text: impl Into<String>) {
        let (shown, clock) = (self.shown, self.clock);
        let Some(number) = self.push(Tone::Done, text.into(), Vec::new(), None) else {
            return;
        };
        tasks::spawn(async move {
            clock.sleep(STAY).await;
            let _ = shown.try_update(|shown| shown.dismiss(number));
        });
    }

    /// Tells that something failed; stays until dismissed.
    pub fn failed(&self, text: impl Into<String>) {
        let _ = self.push(Tone::Failed, text.into(), Vec::new(), None);
    }

    /// Tells that something failed and why; stays until dismissed. Offers the facts, to read and to copy, and to try again
    /// where that can help.
    pub fn failed_because(&self, explanation: Explanation, retry: impl Fn() + Send + Sync + 'static) {
        let text = format!("{}: {}", explanation.title, explanation.reason);
        let retry = explanation.can_retry.then(|| Callback::new(move |()| retry()));
        let _ = self.push(Tone::Failed, text, explanation.details, retry);
    }

    /// Returns its number, where it is shown.
    fn push(
        self,
        tone: Tone,
        text: String,
        details: Vec<(&'static str, String)>,
        retry: Option<Callback<()>>,
    ) -> Option<u64> {
        if self
            .generation
            .is_some_and(|generation| generation != self.hooks.generation())
        {
            return None;
        }
        self.shown.try_update(|shown| shown.push(tone, text, details, retry))
    }

    /// Tells that something failed and why, after the view that wanted it has gone: there is nothing to try again.
    pub fn failed_late(&self, explanation: Explanation) {
        let explanation = Explanation {
            can_retry: false,
            ..explanation
        };
        self.failed_because(explanation, || {});
    }
}

/// The notifications of the app, for what is told of the present session.
///
/// # Panics
///
/// Where no app provides them: a fault of the program, found by its first test.
#[must_use]
pub fn use_notices() -> Notices {
    let notices = expect_context::<Notices>();
    Notices {
        generation: Some(notices.hooks.generation()),
        ..notices
    }
}

/// Where notifications are shown and announced.
#[component]
pub fn NoticeRegion(
    /// What is told.
    notices: Notices,
    /// Nothing is shown now; what is told in the meantime of no session is shown after.
    #[prop(optional, into)]
    is_silent: Signal<bool>,
) -> impl IntoView {
    let dismiss = move |number| notices.shown.update(|shown| shown.dismiss(number));
    let notice = move |notice: Notice<Callback<()>>| {
        let words = words();
        let number = notice.number;
        let (class, glyph) = match notice.tone {
            Tone::Done => ("notice", Glyph::CHECK),
            Tone::Failed => ("notice notice-failed", Glyph::ERROR),
        };
        let retry = notice.retry.map(|retry| {
            let again = move |_| {
                dismiss(number);
                retry.run(());
            };
            view! { <div class="actions"><Button on_click=again>{words.retry}</Button></div> }
        });
        let details = (!notice.details.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{words.details}</summary>
                    {facts(&notice.details)}
                    <div class="actions"><CopyDetails details=notice.details /></div>
                </details>
            }
        });
        view! {
            <div class=class>
                {icon(glyph)}
                <p>{notice.text}</p>
                <IconButton glyph=Glyph::CLOSE label=words.dismiss.to_owned() on_click=move |()| dismiss(number) />
                {details}
                {retry}
            </div>
        }
    };
    let numbers = move || {
        if is_silent.get() {
            return Vec::new();
        }
        notices
            .shown
            .with(|shown| shown.shown().iter().map(|notice| notice.number).collect())
    };
    let notice_of = move |number| {
        notices
            .shown
            .with_untracked(|shown| shown.shown().iter().find(|notice| notice.number == number).cloned())
    };
    view! {
        <div class="notices" role="status" aria-label=words().notifications aria-live="polite">
            {numbered(numbers, move |number| notice_of(number).map(notice).into_any())}
        </div>
    }
}
