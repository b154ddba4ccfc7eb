//! Reads the draft of a form before the form is mounted, keeps what is typed as a draft, and asks before it is left.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use contract::{SecretText, Timestamp};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::draft::Draft;
use strongroom_core::model::resource::Resource;
use zeroize::Zeroizing;

use crate::browser::tasks::memo;
use crate::api::session::{Session, State, use_session};
use crate::browser::clock::{Clock, use_clock};
use crate::browser::history::{Unsaved, use_navigation};
use crate::browser::{intl, page, tasks};
use crate::components::value_input::ValueHandle;
use crate::store::drafts::{DraftSlot, DraftStore, Drafts, SentDraft, use_drafts};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::skeleton::Skeleton;

/// A draft is saved when typing has paused for this long.
const REST: Duration = Duration::from_millis(300);

/// While typing goes on, a draft is saved at least this often.
const MOST: Duration = Duration::from_secs(2);

/// The minimum seconds between two requests for the profile of the key.
const PATIENCE: i64 = 10;

/// The first button of the draft's banner.
const BUTTON: &str = ".note-draft button";

/// A draft that was read.
pub struct RestoredDraft<R: Resource> {
    pub draft: Draft<R>,
    value: Option<SecretText>,
}

impl<R: Resource> RestoredDraft<R> {
    /// Its value.
    #[must_use]
    pub fn value(&self) -> Option<&SecretText> {
        self.value.as_ref()
    }
}

/// The value of a form: that of its draft, hidden if it was hidden.
pub fn value_of<R: Resource>(restored: Option<&RestoredDraft<R>>) -> ValueHandle {
    let is_shown = restored.is_none_or(|restored| !restored.draft.is_value_hidden);
    let is_lost = restored.is_some_and(|restored| restored.draft.is_value_lost);
    ValueHandle::with(restored.and_then(|restored| restored.value.as_ref()), is_shown).lost(is_lost)
}

/// Renders a form once its draft has been read, and a skeleton until then. If this tab has a draft of the form, it
/// waits until the connected account is known.
#[component]
pub fn WithDraft<R: Resource>(
    /// The name of the form in the draft store.
    form: String,
    /// Renders the form, with its draft if there is one.
    children: Arc<dyn Fn(Option<RestoredDraft<R>>) -> AnyView + Send + Sync>,
) -> impl IntoView {
    let (session, store) = (use_session(), use_drafts());
    let name = form.clone();
    let owner = memo(move |_| {
        let is_identifying = session.is_identifying().get();
        session.state().with(|state| match state.connection() {
            Some(connection) => match store.of(connection) {
                Some(drafts) => Owner::Account(drafts),
                None if !store.has_any(&connection.base, &name) => Owner::Nobody,
                None if matches!(state, State::Connected(_)) && !is_identifying => Owner::Nobody,
                None => Owner::NotYetKnown,
            },
            None => Owner::NotYetKnown,
        })
    });
    // A value must not be in a signal. It is taken from here when the form is mounted.
    let read = StoredValue::new_local(None::<RestoredDraft<R>>);
    let is_read = RwSignal::new(false);
    tasks::follow(move || {
        let drafts = match owner.get() {
            Owner::NotYetKnown => return,
            Owner::Nobody => None,
            Owner::Account(drafts) => Some(drafts),
        };
        if is_read.get_untracked() {
            return;
        }
        let Some(slot) = drafts.map(|drafts| drafts.slot(&form)).filter(DraftSlot::has_draft) else {
            is_read.set(true);
            return;
        };
        tasks::spawn(async move {
            let draft = slot.read().await.and_then(|bytes| Draft::from_bytes(&bytes));
            let restored = draft.map(|(draft, value)| RestoredDraft { draft, value });
            // Another account may be connected by now; then its own draft is being read.
            let is_still = |owner: &Owner| matches!(owner, Owner::Account(drafts) if drafts == slot.drafts());
            if owner.try_with_untracked(is_still) == Some(true) {
                let _ = read.try_set_value(restored);
                let _ = is_read.try_set(true);
            }
        });
    });
    dynamic(move || {
        if is_read.get() {
            children(read.try_update_value(Option::take).flatten())
        } else {
            view! { <Skeleton lines=6 /> }.into_any()
        }
    })
}

/// The account whose draft a form is mounted with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    NotYetKnown,
    /// No account: the form is mounted without a draft.
    Nobody,
    Account(Drafts),
}

/// The current input.
pub enum Typed {
    /// Nothing worth saving.
    Nothing,
    /// The draft and its value, as bytes.
    Something(Zeroizing<Vec<u8>>),
    /// The field of the value is not in the page, so the stored draft is more complete than a new one.
    Unreadable,
}

/// What the banner shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DraftStatus {
    /// Nothing.
    None,
    /// The form was mounted with a draft saved at this time.
    Restored(Timestamp),
    /// The user wants to discard the draft and is asked to confirm.
    Discarding(Timestamp),
    /// The browser cannot store drafts.
    Unkept,
}

/// Whether drafts can be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// Nothing was stored yet.
    Unknown,
    Kept,
    Unkept,
}

/// The draft of a mounted form. A handle.
#[derive(Clone, Copy)]
pub struct Drafting {
    session: Session,
    store: DraftStore,
    clock: Clock,
    /// The slot of the account that was connected last.
    slot: StoredValue<Option<DraftSlot>>,
    typed: StoredValue<Rc<dyn Fn() -> Typed>, LocalStorage>,
    status: RwSignal<DraftStatus>,
    keeping: StoredValue<Keeping>,
    /// The work is saved: no more drafts, and no question on leaving.
    is_over: StoredValue<bool>,
    pending: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// The time of the first change that is not stored yet.
    since: StoredValue<Option<Timestamp>>,
    /// When the profile of the key was last requested.
    asked_at: StoredValue<Option<Timestamp>>,
}

impl Drafting {
    /// Stores what `typed` returns under the name `form`, for the connected account. `restored`: when the draft was
    /// stored that the form was mounted with. `value`: that of a secret.
    pub fn new(
        form: String,
        restored: Option<Timestamp>,
        value: Option<ValueHandle>,
        typed: impl Fn() -> Typed + 'static,
    ) -> Self {
        let drafting = Self {
            session: use_session(),
            store: use_drafts(),
            clock: use_clock(),
            slot: StoredValue::new(None),
            typed: StoredValue::new_local(Rc::new(typed)),
            status: RwSignal::new(restored.map_or(DraftStatus::None, DraftStatus::Restored)),
            keeping: StoredValue::new(restored.map_or(Keeping::Unknown, |_| Keeping::Kept)),
            is_over: StoredValue::new(false),
            pending: StoredValue::new_local(None),
            since: StoredValue::new(None),
            asked_at: StoredValue::new(None),
        };
        if let Some(drafts) = drafting.drafts() {
            drafting.slot.set_value(Some(drafts.slot(&form)));
        }
        tasks::follow(move || {
            let state = drafting.session.state();
            let Some(drafts) = state.with(|state| drafting.store.of(state.connection()?)) else {
                return;
            };
            if drafting.slot.with_value(|slot| slot.as_ref().is_some_and(|slot| *slot.drafts() == drafts)) {
                return;
            }
            // Another account connected after an expired key, or the account became known only now. From now on the
            // input is stored for that account.
            drafting.slot.set_value(Some(drafts.slot(&form)));
            drafting.keeping.set_value(Keeping::Unknown);
            if drafting.is_dirty() {
                drafting.changed();
            }
        });
        if let Some(value) = value {
            let mut was_shown = None;
            tasks::follow(move || {
                // Whether the value is hidden is part of the draft.
                let is_shown = value.is_shown();
                if was_shown.replace(is_shown).is_some_and(|before| before != is_shown) {
                    drafting.changed();
                }
            });
        }
        use_navigation().guard(move || {
            let (text, is_kept) = match drafting.keeping.try_get_value() {
                Some(Keeping::Kept) => (words::drafts().unsaved_leave, true),
                Some(Keeping::Unkept) => (words::drafts().unsaved_lost, false),
                Some(Keeping::Unknown) | None => (words::drafts().unsaved_unknown, false),
            };
            let is_dirty = drafting.is_dirty();
            if is_dirty {
                drafting.keep_now();
            }
            is_dirty.then(|| Unsaved {
                text: text.to_owned(),
                is_kept,
            })
        });
        page::ask_before_leaving(move || drafting.is_dirty() && !(page::is_reloading() && drafting.is_kept()));
        page::on_leaving(move || drafting.keep_pending());
        // Session and value still exist at this point. A stored draft is stored again: if another tab has disconnected,
        // its key is gone.
        drafting.session.hooks().before_lock(move || {
            if drafting.is_dirty() {
                drafting.keep_now();
            }
        });
        on_cleanup(move || drafting.keep_pending());
        drafting
    }

    fn typed(self) -> Typed {
        if self.is_over.try_get_value() != Some(false) {
            return Typed::Nothing;
        }
        self.typed.try_get_value().map_or(Typed::Nothing, |typed| typed())
    }

    fn is_dirty(self) -> bool {
        matches!(self.typed(), Typed::Something(..))
    }

    /// Whether the current input is stored.
    fn is_kept(self) -> bool {
        self.keeping.try_get_value() == Some(Keeping::Kept) && self.since.try_get_value() == Some(None)
    }

    /// The input changed: a draft is stored once typing pauses, and at intervals while it does not.
    pub fn changed(self) {
        let now = self.clock.now();
        let since = self.since.try_update_value(|since| *since.get_or_insert(now));
        let waited = since.and_then(|since| (now - since).to_std().ok());
        let rest = rest(waited.unwrap_or_default());
        let handle = tasks::spawn(async move {
            self.clock.sleep(rest).await;
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

    /// Stores a pending draft now, because page or view may be about to go away.
    fn keep_pending(self) {
        if self.since.try_get_value().flatten().is_some() {
            self.keep_now();
        }
    }

    fn drafts(self) -> Option<Drafts> {
        let state = self.session.state();
        state
            .try_with_untracked(|state| self.store.of(state.connection()?))
            .flatten()
    }

    /// The slot of the connected account.
    fn own_slot(self) -> Option<DraftSlot> {
        self.slot.try_get_value().flatten()
    }

    /// The draft of the current input, for the write that sends it.
    pub fn sent(self) -> SentDraft {
        SentDraft(self.own_slot())
    }

    fn keep_now(self) {
        let Some(drafts) = self.drafts() else {
            self.ask_who();
            return;
        };
        let is_over = self.is_over.try_get_value() != Some(false);
        let Some(slot) = self.own_slot().filter(|slot| !is_over && *slot.drafts() == drafts) else {
            return;
        };
        let bytes = match self.typed() {
            Typed::Something(bytes) => bytes,
            Typed::Unreadable => return,
            Typed::Nothing => {
                let _ = self.since.try_set_value(None);
                slot.delete();
                return;
            }
        };
        let _ = self.since.try_set_value(None);
        tasks::spawn_for_page(async move {
            let is_kept = slot.keep_or_warn(&bytes, || self.set_kept(false)).await.is_ok();
            self.set_kept(is_kept);
        });
    }

    fn set_kept(self, is_kept: bool) {
        let keeping = if is_kept { Keeping::Kept } else { Keeping::Unkept };
        let _ = self.keeping.try_set_value(keeping);
        let status = match (is_kept, self.status.try_get_untracked()) {
            (true, Some(DraftStatus::Unkept)) => DraftStatus::None,
            (false, Some(_)) => DraftStatus::Unkept,
            _ => return,
        };
        let _ = self.status.try_set(status);
    }

    /// No draft is stored while the account is unknown: shows that, and requests the profile again.
    fn ask_who(self) {
        let state = self.session.state();
        let is_connected = state.try_with_untracked(|state| matches!(state, State::Connected(_))) == Some(true);
        let now = self.clock.now();
        let is_due = self
            .asked_at
            .try_get_value()
            .is_some_and(|asked_at| asked_at.is_none_or(|asked_at| (now - asked_at).num_seconds() >= PATIENCE));
        if !(is_connected && is_due && self.is_dirty()) {
            return;
        }
        let _ = self.asked_at.try_set_value(Some(now));
        tasks::spawn_for_page(async move {
            self.session.identify().await;
            if self.drafts().is_some() {
                self.set_kept(true);
                let _ = self.keeping.try_set_value(Keeping::Unknown);
            } else {
                self.set_kept(false);
            }
        });
    }

    /// The work is saved: no more drafts, and no question on leaving.
    pub fn finish(self) {
        let _ = self.is_over.try_set_value(true);
        self.replace_pending(None);
        self.delete();
    }

    /// The work is saved, and the form is used again: for new work.
    pub fn start_over(self) {
        self.replace_pending(None);
        let _ = self.since.try_set_value(None);
        let _ = self.status.try_set(DraftStatus::None);
        self.delete();
    }

    fn delete(self) {
        if let Some(slot) = self.own_slot() {
            slot.delete();
        }
    }
}

/// How long typing has to pause, for a change that has waited this long.
fn rest(waited: Duration) -> Duration {
    REST.min(MOST.saturating_sub(waited))
}

/// The banner about the draft, with a button to discard it.
#[component]
pub fn DraftNote(
    drafting: Drafting,
    /// Whether the input can be discarded now: the form is on screen and nothing is being sent.
    #[prop(into)]
    can_discard: Signal<bool>,
    /// Called when the draft was discarded: resets the form.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let status = drafting.status;
    // The button that had the focus is gone.
    let focus = |selector: &'static str| request_animation_frame(move || page::focus_first(selector));
    let discard = move |_| {
        if can_discard.get_untracked() {
            drafting.delete();
            status.set(DraftStatus::None);
            on_discard.run(());
            focus("main h1");
        }
    };
    let show = move |next: DraftStatus| {
        status.set(next);
        focus(BUTTON);
    };
    dynamic(move || {
        let (sentence, at, is_discarding) = match status.get() {
            DraftStatus::None => return ().into_any(),
            DraftStatus::Unkept => {
                return view! { <p class="note note-warning" role="status">{words::drafts().unkept}</p> }.into_any();
            }
            DraftStatus::Restored(at) => (words::drafts().restored, at, false),
            DraftStatus::Discarding(at) => (words::drafts().discard_question, at, true),
        };
        let actions = move || {
            if is_discarding {
                view! {
                    <Button rank=Rank::Danger on_click=discard>{words::drafts().discard_now}</Button>
                    <Button on_click=move |_| show(DraftStatus::Restored(at))>{words::drafts().stays}</Button>
                }
                .into_any()
            } else {
                let ask = move |_| show(DraftStatus::Discarding(at));
                view! { <Button rank=Rank::Quiet on_click=ask>{words::drafts().discard}</Button> }.into_any()
            }
        };
        view! {
            <div class="note note-draft" role="status">
                <p>{fill(sentence, &[("when", &intl::date_and_time(at))])}</p>
                {dynamic(move || can_discard.get().then(actions))}
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_typing_is_kept_all_the_same() {
        assert_eq!(rest(Duration::ZERO), REST);
        assert_eq!(rest(Duration::from_millis(1_650)), REST);
        assert_eq!(rest(Duration::from_millis(1_900)), Duration::from_millis(100));
        assert_eq!(rest(Duration::from_secs(9)), Duration::ZERO);
    }
}
