//! The notifications of the app. What is shown is drawn by [`crate::components::notices`].

use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::model::notices::{Notices as Shown, Tone};

use crate::api::lifecycle::LifecycleHooks;
use crate::browser::clock::Clock;
use crate::browser::tasks;

/// How long a notice stays that goes by itself.
const STAY: Duration = Duration::from_secs(6);

/// The notifications of the app. A handle belongs to one session: what it tells after that has ended is dropped, because
/// notices name secrets and the next user must not see them.
#[derive(Clone, Copy)]
pub struct Notices {
    shown: RwSignal<Shown<Callback<()>>>,
    hooks: LifecycleHooks,
    clock: Clock,
    /// None: of any session.
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

    /// For notices that name nothing and may be shown after the session has ended.
    #[must_use]
    pub fn of_any_session(self) -> Self {
        Self {
            generation: None,
            ..self
        }
    }

    /// For notices of the present session.
    #[must_use]
    pub fn of_this_session(self) -> Self {
        Self {
            generation: Some(self.hooks.generation()),
            ..self
        }
    }

    /// The texts that are shown.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub fn texts(&self) -> Vec<String> {
        self.shown
            .with_untracked(|shown| shown.shown().iter().map(|notice| notice.text.clone()).collect())
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> ReadSignal<Shown<Callback<()>>> {
        self.shown.read_only()
    }

    /// Takes one away.
    pub fn dismiss(&self, number: u64) {
        self.shown.update(|shown| shown.dismiss(number));
    }

    /// Takes all away: they may name what is not to be seen any more.
    pub fn clear(&self) {
        self.shown.update(Shown::clear);
    }

    /// Tells that something was done.
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
        let mut number = None;
        self.shown
            .update(|shown| number = Some(shown.push(tone, text, details, retry)));
        number
    }
}

/// The notifications of the app, for what is told of the present session.
///
/// # Panics
///
/// Where no app provides them: a fault of the program, found by its first test.
#[must_use]
pub fn use_notices() -> Notices {
    expect_context::<Notices>().of_this_session()
}
