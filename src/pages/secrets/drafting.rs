//! Keeps what is typed as a draft of this tab, takes it up again, and asks before it is left.

use std::rc::Rc;
use std::time::Duration;

use contract::{SecretText, Timestamp};
use futures::future::AbortHandle;
use leptos::prelude::*;

use super::draft::Draft;
use crate::text::{fill, secret_words as words};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::web::drafts::Drafts;
use crate::web::navigation::use_navigation;
use crate::web::session::{Session, use_session};
use crate::web::{clock, intl, page, tasks};

/// How long typing has to rest before it is kept.
const REST: Duration = Duration::from_millis(300);

/// What is typed now, and the value; none where nothing is.
type Present = Rc<dyn Fn() -> Option<(Draft, Option<SecretText>)>>;

/// What a person is told of drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    /// A draft of this time is in the form.
    Restored(Timestamp),
    /// The browser keeps none.
    Unkept,
}

/// The draft of one form. A handle.
#[derive(Clone, Copy)]
pub(super) struct Drafting {
    session: Session,
    name: StoredValue<String>,
    present: StoredValue<Present, LocalStorage>,
    told: RwSignal<Told>,
    /// A draft was looked for. Before that nothing is kept: it would be in the place of what is looked for.
    is_ready: StoredValue<bool>,
    /// The work is saved or given up: nothing is kept, and nobody is asked.
    is_over: StoredValue<bool>,
    pending: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl Drafting {
    /// Looks for a draft of this name as soon as it is known who is connected, hands it to `take_up`, and keeps what
    /// `present` says from then on.
    pub(super) fn new(
        name: String,
        present: impl Fn() -> Option<(Draft, Option<SecretText>)> + 'static,
        take_up: impl Fn(Draft, Option<SecretText>) + 'static,
    ) -> Self {
        let drafting = Self {
            session: use_session(),
            name: StoredValue::new(name),
            present: StoredValue::new_local(Rc::new(present)),
            told: RwSignal::new(Told::Nothing),
            is_ready: StoredValue::new(false),
            is_over: StoredValue::new(false),
            pending: StoredValue::new_local(None),
        };
        let take_up: Rc<dyn Fn(Draft, Option<SecretText>)> = Rc::new(take_up);
        let has_looked = StoredValue::new(false);
        tasks::follow(move || {
            let drafts = drafting
                .session
                .state()
                .with(|state| state.connection().and_then(Drafts::of));
            if let Some(drafts) = drafts.filter(|_| !has_looked.get_value()) {
                has_looked.set_value(true);
                let take_up = Rc::clone(&take_up);
                tasks::spawn(async move { drafting.look(drafts, &*take_up).await });
            }
        });
        let is_dirty = move || drafting.present().is_some();
        use_navigation().guard(move || {
            let words = words();
            let is_kept = drafting.told.try_get_untracked() != Some(Told::Unkept);
            let question = if is_kept {
                words.unsaved_leave
            } else {
                words.unsaved_lost
            };
            let is_dirty = is_dirty();
            if is_dirty {
                // Whoever leaves does so in the middle of typing, perhaps.
                drafting.keep_now();
            }
            is_dirty.then(|| question.to_owned())
        });
        page::ask_before_leaving(is_dirty);
        drafting
    }

    async fn look(self, drafts: Drafts, take_up: &dyn Fn(Draft, Option<SecretText>)) {
        let Some(name) = self.name.try_get_value() else { return };
        if let Some(bytes) = drafts.read(&name).await
            && let Some((draft, value)) = Draft::from_bytes(&bytes)
            // Whoever has begun to type meanwhile does not get it taken out of the hand.
            && self.present().is_none()
        {
            let kept_at = draft.kept_at;
            take_up(draft, value);
            let _ = self.told.try_set(Told::Restored(kept_at));
        }
        let _ = self.is_ready.try_set_value(true);
        self.changed();
    }

    /// What is typed and worth keeping.
    fn present(self) -> Option<(Draft, Option<SecretText>)> {
        if self.is_over.try_get_value() != Some(false) {
            return None;
        }
        let present = self.present.try_get_value()?;
        present()
    }

    /// Something was typed: it is kept once the typing rests.
    pub(super) fn changed(self) {
        let handle = tasks::spawn(async move {
            gloo_timers::future::sleep(REST).await;
            self.keep_now();
        });
        self.replace_pending(Some(handle));
    }

    fn replace_pending(self, handle: Option<AbortHandle>) {
        let before = self
            .pending
            .try_update_value(|pending| std::mem::replace(pending, handle));
        if let Some(Some(before)) = before {
            before.abort();
        }
    }

    fn keep_now(self) {
        let is_wanted = self.is_ready.try_get_value() == Some(true) && self.is_over.try_get_value() == Some(false);
        let drafts = self
            .session
            .state()
            .try_with_untracked(|state| state.connection().and_then(Drafts::of))
            .flatten();
        let (true, Some(drafts), Some(name)) = (is_wanted, drafts, self.name.try_get_value()) else {
            return;
        };
        let Some((draft, value)) = self.present() else {
            drafts.forget(&name);
            return;
        };
        let bytes = draft.to_bytes(value.as_ref());
        drop(value);
        tasks::spawn_for_page(async move {
            if drafts.keep(&name, &bytes).await.is_err() {
                let _ = self.told.try_set(Told::Unkept);
            }
        });
    }

    /// The work is saved: there is no draft any more, and nobody is asked.
    pub(super) fn finish(self) {
        let _ = self.is_over.try_set_value(true);
        self.replace_pending(None);
        self.forget();
    }

    fn forget(self) {
        let drafts = self
            .session
            .state()
            .try_with_untracked(|state| state.connection().and_then(Drafts::of))
            .flatten();
        if let (Some(drafts), Some(name)) = (drafts, self.name.try_get_value()) {
            drafts.forget(&name);
        }
    }
}

/// A draft with this time, as it is now.
pub(super) fn now() -> Timestamp {
    clock::now()
}

/// Says what is to be known of the draft, and lets it be given up.
#[component]
pub(super) fn DraftNote(
    drafting: Drafting,
    /// The person wants the form as it would be without the draft.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let words = words();
    let discard = move |_| {
        drafting.forget();
        drafting.told.set(Told::Nothing);
        on_discard.run(());
    };
    dynamic(move || match drafting.told.get() {
        Told::Nothing => ().into_any(),
        Told::Unkept => view! { <p class="note note-warning" role="status">{words.draft_unkept}</p> }.into_any(),
        Told::Restored(at) => {
            let text = fill(words.draft_restored, &[("when", &intl::date_and_time(at))]);
            view! {
                <div class="note note-draft" role="status">
                    <p>{text}</p>
                    <Button rank=Rank::Quiet on_click=discard>{words.draft_discard}</Button>
                </div>
            }
            .into_any()
        }
    })
}
