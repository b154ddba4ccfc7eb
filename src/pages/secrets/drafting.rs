//! Keeps what is typed as a draft of this tab, takes it up again, and asks before it is left.

mod note;
mod state;

use std::rc::Rc;
use std::time::Duration;

use contract::{SecretText, Timestamp};
use futures::future::AbortHandle;
use leptos::prelude::*;

pub(super) use self::note::DraftNote;
use self::state::{Keeping, Told, rest};
use super::draft::Draft;
use super::value_input::ValueHandle;
use crate::text::secret_words as words;
use crate::web::drafts::Drafts;
use crate::web::navigation::use_navigation;
use crate::web::session::{Session, State, use_session};
use crate::web::{clock, page, parting, tasks};

/// How often, and how long apart, a restored value is put into its field, which may not be in the page yet.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// Who is connected is asked again at most once in so many seconds.
const PATIENCE: i64 = 10;

/// What is typed now.
pub(super) enum Typed {
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
pub(super) struct Drafting {
    session: Session,
    name: StoredValue<String>,
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

/// Where the draft of a form is kept. It outlives the form.
#[derive(Debug, Clone)]
pub(super) struct DraftPlace(Option<(Drafts, String)>);

impl DraftPlace {
    /// What the draft was of is saved.
    pub(super) fn forget(&self) {
        if let Some((drafts, name)) = &self.0 {
            drafts.forget(name);
        }
    }
}

impl Drafting {
    /// Looks for a draft of this name as soon as it is known who is connected, hands it to `take_up` and its value to the
    /// value's text field, and keeps what `present` says from then on.
    pub(super) fn new(
        name: String,
        value: ValueHandle,
        present: impl Fn() -> Typed + 'static,
        take_up: impl Fn(Draft) + 'static,
    ) -> Self {
        let drafting = Self {
            session: use_session(),
            name: StoredValue::new(name),
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
        let has_looked = StoredValue::new(false);
        tasks::follow(move || {
            let drafts = drafting
                .session
                .state()
                .with(|state| state.connection().and_then(Drafts::of));
            if let Some(drafts) = drafts.filter(|_| !has_looked.get_value()) {
                has_looked.set_value(true);
                tasks::spawn(async move { drafting.look(drafts).await });
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
        // The session is still there then, and the value still in its field.
        parting::before_lock(move || drafting.keep_pending());
        on_cleanup(move || drafting.keep_pending());
        drafting
    }

    async fn look(self, drafts: Drafts) {
        let Some(name) = self.name.try_get_value() else { return };
        if let Some(bytes) = drafts.read(&name).await
            && let Some((draft, value)) = Draft::from_bytes(&bytes)
        {
            if matches!(self.present(), Typed::Something(..)) {
                // Whoever has begun to type meanwhile does not get it taken out of the hand, and chooses.
                let _ = self.told.try_set(Told::Offered(draft.kept_at));
                return;
            }
            self.restore(draft, value).await;
            return;
        }
        self.begin();
    }

    /// From now on what is typed is kept.
    fn begin(self) {
        let _ = self.is_ready.try_set_value(true);
        self.changed();
    }

    /// Puts a draft into the form, and only once all of it is there, keeps what is typed: a draft with a value is not
    /// overwritten with one that has lost it.
    async fn restore(self, draft: Draft, value: Option<SecretText>) {
        let kept_at = draft.kept_at;
        let Some(take_up) = self.take_up.try_get_value() else {
            return;
        };
        take_up(draft);
        let _ = self.told.try_set(Told::Restored(kept_at));
        if let Some(value) = value {
            let mut tries = 0;
            // Frames are not drawn in a tab that is hidden; time passes there, too.
            while !self.value.place(&value) {
                tries += 1;
                if tries > TRIES || self.is_over.try_get_value() != Some(false) {
                    return;
                }
                gloo_timers::future::sleep(PAUSE).await;
            }
        }
        let _ = self.keeping.try_set_value(Keeping::Kept);
        self.begin();
    }

    /// The person wants the draft that was offered in place of what is typed.
    fn take_offered(self) {
        let Some(place) = self.drafts().zip(self.name.try_get_value()) else {
            return;
        };
        tasks::spawn(async move {
            let (drafts, name) = place;
            let read = drafts.read(&name).await;
            let Some((draft, value)) = read.and_then(|bytes| Draft::from_bytes(&bytes)) else {
                let _ = self.told.try_set(Told::Nothing);
                self.begin();
                return;
            };
            // What is typed gives way, with its value.
            let _ = self.value.place(&SecretText::new(""));
            self.restore(draft, value).await;
        });
    }

    /// The person does not want the draft that was offered.
    fn refuse_offered(self) {
        self.place().forget();
        self.told.set(Told::Nothing);
        self.begin();
    }

    /// What is typed and worth keeping.
    fn present(self) -> Typed {
        if self.is_over.try_get_value() != Some(false) {
            return Typed::Nothing;
        }
        self.present.try_get_value().map_or(Typed::Nothing, |present| present())
    }

    /// Something was typed: it is kept once the typing rests, and in steady typing after a while.
    pub(super) fn changed(self) {
        let now = clock::now();
        let since = self.since.try_update_value(|since| *since.get_or_insert(now));
        let waited = since.and_then(|since| (now - since).to_std().ok());
        let rest = rest(waited.unwrap_or_default());
        let handle = tasks::spawn(async move {
            gloo_timers::future::sleep(rest).await;
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
            .try_with_untracked(|state| state.connection().and_then(Drafts::of))
            .flatten()
    }

    /// Where the draft is kept, for whoever outlives the form.
    pub(super) fn place(self) -> DraftPlace {
        DraftPlace(self.drafts().zip(self.name.try_get_value()))
    }

    fn keep_now(self) {
        let Some(drafts) = self.drafts() else {
            self.ask_who();
            return;
        };
        let is_wanted = self.is_ready.try_get_value() == Some(true) && self.is_over.try_get_value() == Some(false);
        let (true, Some(name)) = (is_wanted, self.name.try_get_value()) else {
            return;
        };
        let (draft, value) = match self.present() {
            Typed::Something(draft, value) => (draft, value),
            Typed::Unreadable => return,
            Typed::Nothing => {
                let _ = self.since.try_set_value(None);
                drafts.forget(&name);
                return;
            }
        };
        let _ = self.since.try_set_value(None);
        let bytes = draft.to_bytes(value.as_ref());
        drop(value);
        tasks::spawn_for_page(async move {
            let is_kept = drafts.keep(&name, &bytes).await.is_ok();
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
        let now = clock::now();
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
    pub(super) fn finish(self) {
        let _ = self.is_over.try_set_value(true);
        self.replace_pending(None);
        self.place().forget();
    }
}

/// A draft with this time, as it is now.
pub(super) fn now() -> Timestamp {
    clock::now()
}
