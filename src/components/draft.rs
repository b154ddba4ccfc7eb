//! Keeps what is typed as a draft of this tab, takes it up again, and asks before it is left.

mod banner;
mod restore;
mod slot;
mod status;

pub use crate::components::draft::banner::DraftNote;
pub use crate::components::draft::slot::DraftPlace;

use std::rc::Rc;

use contract::{SecretText, Timestamp};
use futures::future::AbortHandle;
use leptos::prelude::*;
use strongroom_core::i18n::secret_words as words;
use strongroom_core::model::draft::Draft;

use crate::api::session::{Session, State, use_session};
use crate::browser::history::use_navigation;
use crate::browser::clock::{Clock, use_clock};
use crate::browser::{page, tasks};
use crate::components::draft::slot::{Place, next_number};
use crate::components::draft::status::{Keeping, Told, rest};
use crate::components::value_input::ValueHandle;
use crate::store::drafts::{DraftStore, Drafts, use_drafts};

/// Who is connected is asked again at most once in so many seconds.
const PATIENCE: i64 = 10;

/// What is typed now.
pub enum Typed {
    /// Nothing that is worth keeping.
    Nothing,
    /// This, and the value.
    Something(Box<Draft>, Option<SecretText>),
    /// The value is wanted and its field is not in the page: what is kept is more than what could be kept now.
    Unreadable,
}

type Present = Rc<dyn Fn() -> Typed>;
type TakeUp = Rc<dyn Fn(Draft)>;

/// The draft of one form. A handle.
#[derive(Clone, Copy)]
pub struct Drafting {
    session: Session,
    store: DraftStore,
    clock: Clock,
    /// Which form of this page it is of.
    number: u64,
    name: StoredValue<String>,
    /// Where it is kept, for each account that it was typed in under; the present one comes last.
    places: StoredValue<Vec<Place>>,
    value: ValueHandle,
    present: StoredValue<Present, LocalStorage>,
    take_up: StoredValue<TakeUp, LocalStorage>,
    told: RwSignal<Told>,
    keeping: StoredValue<Keeping>,
    /// A draft was looked for. Before that nothing is kept: it would be in the place of what is looked for.
    is_ready: StoredValue<bool>,
    /// The work is saved or given up: nothing is kept, and nobody is asked.
    is_over: StoredValue<bool>,
    pending: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// Since when something is typed that is not kept yet.
    since: StoredValue<Option<Timestamp>>,
    /// When it was last asked who is connected.
    asked_at: StoredValue<Option<Timestamp>>,
}

impl Drafting {
    /// Looks for a draft of this name as soon as it is known who is connected, hands it to `take_up` and its value to the
    /// value's text field, and keeps what `present` says from then on.
    pub fn new(
        name: String,
        value: ValueHandle,
        present: impl Fn() -> Typed + 'static,
        take_up: impl Fn(Draft) + 'static,
    ) -> Self {
        let drafting = Self {
            session: use_session(),
            store: use_drafts(),
            clock: use_clock(),
            number: next_number(),
            name: StoredValue::new(name),
            places: StoredValue::new(Vec::new()),
            value,
            present: StoredValue::new_local(Rc::new(present)),
            take_up: StoredValue::new_local(Rc::new(take_up)),
            told: RwSignal::new(Told::Nothing),
            keeping: StoredValue::new(Keeping::Unknown),
            is_ready: StoredValue::new(false),
            is_over: StoredValue::new(false),
            pending: StoredValue::new_local(None),
            since: StoredValue::new(None),
            asked_at: StoredValue::new(None),
        };
        tasks::follow(move || {
            let state = drafting.session.state();
            let drafts = state.with(|state| drafting.store.of(state.connection()?));
            let known = drafting.own_place().map(|place| place.drafts);
            if let Some(drafts) = drafts.filter(|drafts| known.as_ref() != Some(drafts)) {
                drafting.belong_to(drafts);
            }
        });
        let was_shown = StoredValue::new(None);
        tasks::follow(move || {
            // Whether the value is hidden is part of the draft.
            let is_shown = Some(value.is_shown());
            let before = was_shown.try_update_value(|before| std::mem::replace(before, is_shown));
            if before.flatten().is_some_and(|before| Some(before) != is_shown) {
                drafting.changed();
            }
        });
        let is_dirty = move || matches!(drafting.present(), Typed::Something(..));
        use_navigation().guard(move || {
            let words = words();
            let question = match drafting.keeping.try_get_value() {
                Some(Keeping::Kept) => words.unsaved_leave,
                Some(Keeping::Unkept) => words.unsaved_lost,
                Some(Keeping::Unknown) | None => words.unsaved_unknown,
            };
            let is_dirty = is_dirty();
            if is_dirty {
                // Whoever leaves does so in the middle of typing, perhaps.
                drafting.keep_now();
            }
            is_dirty.then(|| question.to_owned())
        });
        page::ask_before_leaving(is_dirty);
        page::on_leaving(move || drafting.keep_pending());
        // The session is still there then, and the value still in its field. What has rested is kept once more: where
        // another tab has disconnected, the key of what was kept before is gone.
        drafting.session.hooks().before_lock(move || {
            if is_dirty() {
                drafting.keep_now();
            }
        });
        on_cleanup(move || drafting.keep_pending());
        drafting
    }

    /// What is typed and worth keeping.
    fn present(self) -> Typed {
        if self.is_over.try_get_value() != Some(false) {
            return Typed::Nothing;
        }
        self.present.try_get_value().map_or(Typed::Nothing, |present| present())
    }

    /// Something was typed: it is kept once the typing rests, and in steady typing after a while.
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

    /// The page or the view may be gone soon: what waits for a rest is kept now.
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

    /// Where the draft is kept, for whoever outlives the form.
    pub fn place(self) -> DraftPlace {
        DraftPlace {
            number: self.number,
            places: self.places.try_get_value().unwrap_or_default(),
        }
    }

    /// Where it is kept for the account that was connected last.
    fn own_place(self) -> Option<Place> {
        self.places.try_with_value(|places| places.last().cloned()).flatten()
    }

    fn keep_now(self) {
        let Some(drafts) = self.drafts() else {
            self.ask_who();
            return;
        };
        let is_wanted = self.is_ready.try_get_value() == Some(true) && self.is_over.try_get_value() == Some(false);
        // Whoever has just connected may have a draft of their own there, which is looked for first.
        let place = self.own_place().filter(|place| is_wanted && place.drafts == drafts);
        let Some(place) = place else { return };
        let (draft, value) = match self.present() {
            Typed::Something(draft, value) => (draft, value),
            Typed::Unreadable => return,
            Typed::Nothing => {
                let _ = self.since.try_set_value(None);
                place.forget();
                return;
            }
        };
        let _ = self.since.try_set_value(None);
        let bytes = draft.to_bytes(value.as_ref());
        drop(value);
        place.kept_by(self.number);
        tasks::spawn_for_page(async move {
            let is_kept = drafts.keep(&place.name(), &bytes).await.is_ok();
            self.learn(is_kept);
        });
    }

    fn learn(self, is_kept: bool) {
        let keeping = if is_kept { Keeping::Kept } else { Keeping::Unkept };
        let _ = self.keeping.try_set_value(keeping);
        let told = self.told.try_get_untracked();
        match (is_kept, told) {
            (true, Some(Told::Unkept)) => {
                let _ = self.told.try_set(Told::Nothing);
            }
            (false, Some(_)) => {
                let _ = self.told.try_set(Told::Unkept);
            }
            _ => {}
        }
    }

    /// There are no drafts while nobody knows who is connected: that is told, and asked again.
    fn ask_who(self) {
        let state = self.session.state();
        let is_connected = state.try_with_untracked(|state| matches!(state, State::Connected(_))) == Some(true);
        let is_typed = matches!(self.present(), Typed::Something(..));
        let now = self.clock.now();
        let is_due = self
            .asked_at
            .try_get_value()
            .is_some_and(|asked_at| asked_at.is_none_or(|asked_at| (now - asked_at).num_seconds() >= PATIENCE));
        if !(is_connected && is_typed && is_due) {
            return;
        }
        let _ = self.asked_at.try_set_value(Some(now));
        tasks::spawn_for_page(async move {
            self.session.identify().await;
            if self.drafts().is_some() {
                // A draft is looked for now, and what is typed kept after that.
                self.learn(true);
                let _ = self.keeping.try_set_value(Keeping::Unknown);
            } else {
                self.learn(false);
            }
        });
    }

    /// The work is saved: nothing is kept any more, and nobody is asked.
    pub fn finish(self) {
        let _ = self.is_over.try_set_value(true);
        self.replace_pending(None);
        self.place().forget();
    }
}
