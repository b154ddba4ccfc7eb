//! The notifications of the app. [`crate::components::notices`] renders them.

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::words;
use strongroom_core::model::notices::{Notices as Shown, Tone};

use crate::browser::published::Published;
use crate::api::lifecycle::LifecycleHooks;
use crate::browser::clock::Clock;
use crate::browser::tasks;

/// How long a notice stays that is not an error.
const STAY: Duration = Duration::from_secs(6);

/// What a notice offers to do about it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The label of its button.
    pub label: &'static str,
    /// Does it.
    pub act: Callback<()>,
}

impl Offer {
    fn new(label: &'static str, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label,
            act: Callback::new(move |()| act()),
        }
    }
}

/// The notifications of the app. A handle belongs to one session: notices posted after its end are dropped, because
/// they name secrets and the next user must not see them.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: Published<Shown<Offer>>,
    hooks: LifecycleHooks,
    clock: Clock,
    /// `None`: any session.
    generation: Option<u32>,
}

impl Notices {
    #[must_use]
    pub fn new(hooks: LifecycleHooks, clock: Clock) -> Self {
        Self {
            shown: Published::new(Shown::default()),
            hooks,
            clock,
            generation: Some(hooks.generation()),
        }
    }

    /// For notices that name nothing and may be shown after the session has ended.
    #[must_use]
    pub fn of_any_session(self) -> Self {
        Self {
            generation: None,
            ..self
        }
    }

    /// For notices of the current session.
    #[must_use]
    pub fn of_this_session(self) -> Self {
        Self {
            generation: Some(self.hooks.generation()),
            ..self
        }
    }

    /// The texts on screen.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub fn texts(&self) -> Vec<String> {
        self.shown
            .with_untracked(|shown| shown.shown().iter().map(|notice| notice.text.clone()).collect())
    }

    #[must_use]
    pub fn shown(&self) -> ReadSignal<Shown<Offer>> {
        self.shown.read_only()
    }

    /// Removes a notice.
    pub fn dismiss(&self, number: u64) {
        self.shown.update(|shown| shown.dismiss(number));
    }

    /// Removes all notices, because they may name secrets.
    pub fn clear(&self) {
        self.shown.update(Shown::clear);
    }

    /// Posts a success; it disappears by itself.
    pub fn done(&self, text: impl Into<String>) {
        let notices = *self;
        let Some(number) = self.push(Tone::Done, text.into(), Vec::new(), None) else {
            return;
        };
        tasks::spawn(async move {
            notices.clock.sleep(STAY).await;
            notices.dismiss(number);
        });
    }

    /// Posts an error; stays until dismissed.
    pub fn failed(&self, text: impl Into<String>) {
        let _ = self.push(Tone::Failed, text.into(), Vec::new(), None);
    }

    /// Posts an error with its reason; stays until dismissed. Offers the details, and a retry if that can help.
    pub fn failed_because(&self, explanation: Explanation, retry: impl Fn() + Send + Sync + 'static) {
        let text = format!("{}: {}", explanation.title, explanation.reason);
        let retry = explanation.can_retry.then(|| Offer::new(words::common().retry, retry));
        let _ = self.push(Tone::Failed, text, explanation.details, retry);
    }

    /// Posts what the user should decide; stays until done or dismissed.
    pub fn offered(&self, text: impl Into<String>, label: &'static str, act: impl Fn() + Send + Sync + 'static) {
        let _ = self.push(Tone::Failed, text.into(), Vec::new(), Some(Offer::new(label, act)));
    }

    /// Returns its number, if it is shown.
    fn push(
        self,
        tone: Tone,
        text: String,
        details: Vec<(&'static str, String)>,
        offer: Option<Offer>,
    ) -> Option<u64> {
        if self
            .generation
            .is_some_and(|generation| generation != self.hooks.generation())
        {
            return None;
        }
        let mut number = None;
        self.shown
            .update(|shown| number = Some(shown.push(tone, text, details, offer)));
        number
    }
}

/// The notifications of the app, for the current session.
///
/// # Panics
///
/// If no app provides them. A programming error, caught by the first test.
#[must_use]
pub fn use_notices() -> Notices {
    expect_context::<Notices>().of_this_session()
}
