//! Locks the console when nobody is there: hears what is done in this tab and in others, and looks at the clock.

use std::time::Duration;

use leptos::prelude::*;
use site::Limits;
use strongroom_core::model::idle::{self, Reading, Step};

use crate::api::session::{Session, State};
use crate::browser::clock::Clock;
use crate::browser::storage::{Name, Storage};
use crate::browser::tab_channel::{TabChannel, Word};
use crate::browser::tasks;

/// How often it looks at the clock.
const BEAT: Duration = Duration::from_secs(1);

/// What a person does who is there.
const ACTS: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/// Whether anybody is there. A handle.
#[derive(Clone, Copy)]
pub struct Idle {
    session: Session,
    left: RwSignal<usize>,
    /// When a tab had locked last as this one was unlocked.
    known_lock: StoredValue<Option<u64>>,
    state: StoredValue<idle::Idle>,
    seams: &'static Seams,
}

/// What it takes from outside. Made once for a page, so that the handle stays small.
struct Seams {
    clock: Clock,
    storage: Storage,
    channel: &'static dyn TabChannel,
    /// How long nobody has to be there, in milliseconds.
    limit: u64,
    /// Whether the page can be seen.
    is_seen: fn() -> bool,
}

impl Seams {
    fn now(&self) -> u64 {
        u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default()
    }

    fn reading(&self) -> Reading {
        Reading {
            wall: self.now(),
            running: self.clock.running(),
        }
    }

    fn begun(&self) -> idle::Idle {
        idle::Idle::new(self.limit, self.reading(), (self.is_seen)())
    }
}

impl Idle {
    /// Watches from now on: the clock and other tabs. What is done in this one, [`Idle::act`] has to be told:
    /// [`Idle::listen`].
    #[must_use]
    pub fn new(
        session: Session,
        clock: Clock,
        storage: Storage,
        channel: &'static dyn TabChannel,
        limits: Limits,
        is_seen: fn() -> bool,
    ) -> Self {
        let seams = Seams {
            clock,
            storage,
            channel,
            limit: u64::from(limits.idle_lock_minutes) * 60_000,
            is_seen,
        };
        let idle = Self {
            session,
            left: RwSignal::new(0),
            known_lock: StoredValue::new(None),
            state: StoredValue::new(seams.begun()),
            seams: Box::leak(Box::new(seams)),
        };
        idle.recall();
        let is_open = Memo::new(move |_| session.state().with(State::is_open));
        tasks::follow(move || {
            // A session begins with someone who is there; and where there is none, nothing can lock.
            if is_open.get() {
                idle.state.set_value(idle.seams.begun());
                idle.learn_lock();
                idle.note_act(idle.seams.now());
            }
            idle.left.set(0);
        });
        channel.listen(Box::new(move |word| idle.hear(word)));
        let beat = tasks::spawn(async move {
            loop {
                clock.sleep(BEAT).await;
                idle.tick();
            }
        });
        on_cleanup(move || beat.abort());
        idle
    }

    /// Hears what is done in this tab, for as long as the page is open.
    pub fn listen(self) {
        for act in ACTS {
            std::mem::forget(window_event_listener_untyped(act, move |_| self.act()));
        }
        for event in ["visibilitychange", "focus", "pageshow"] {
            std::mem::forget(window_event_listener_untyped(event, move |_| self.tick()));
        }
    }

    /// How many seconds are left, from when it is told until it locks or someone is there again; 0 where nothing is told.
    #[must_use]
    pub fn left(self) -> ReadSignal<usize> {
        self.left.read_only()
    }

    /// Someone says that they are still there.
    pub fn stay(self) {
        let now = self.seams.now();
        self.state.update_value(|state| state.stay(now));
        self.note_act(now);
        self.left.set(0);
    }

    /// Locks this tab and all others: those that hear of it, and those that the browser has put aside.
    pub fn lock_now(self) {
        self.seams.storage.note_lock(self.seams.now());
        self.seams.channel.tell(Word::Lock);
        self.session.lock();
    }

    /// A tab that was put aside, or closed with its browser, and comes back with a session that it kept: nobody was
    /// there in the meantime, or another tab has locked.
    fn recall(self) {
        let kept = |name| self.seams.storage.read(name).and_then(|moment| moment.parse().ok());
        self.known_lock.set_value(kept(Name::Lock));
        let now = self.seams.now();
        let is_over =
            kept(Name::Active).is_some_and(|last| self.state.with_value(|state| state.would_be_over(last, now)));
        if is_over || self.has_missed_a_lock() {
            self.session.lock();
        }
    }

    fn has_missed_a_lock(self) -> bool {
        idle::has_missed_a_lock(self.known_lock.get_value(), self.seams.storage.last_lock())
    }

    /// What is locked from now on counts for this session. There is something to compare with even if no tab has locked
    /// yet: that it is gone tells that one has disconnected.
    fn learn_lock(self) {
        let storage = self.seams.storage;
        if storage.last_lock().is_none() {
            storage.note_lock(self.seams.now());
        }
        self.known_lock.set_value(storage.last_lock());
    }

    fn is_open(self) -> bool {
        self.session.state().with_untracked(State::is_open)
    }

    /// Somebody did something.
    pub fn act(self) {
        let now = self.seams.now();
        if self.state.try_update_value(|state| state.act(now)) == Some(true) && self.is_open() {
            self.note_act(now);
        }
    }

    fn note_act(self, now: u64) {
        self.seams.channel.tell(Word::Active(now));
        if self.session.state().with_untracked(State::is_kept) {
            self.seams.storage.write(Name::Active, &now.to_string());
            if let Some(lock) = self.known_lock.get_value() {
                self.seams.storage.write(Name::Lock, &lock.to_string());
            }
        }
    }

    fn hear(self, word: Word) {
        let now = self.seams.now();
        match word {
            Word::Active(at) => {
                self.state.update_value(|state| state.hear(at.min(now)));
                self.left.set(0);
            }
            Word::Lock => self.session.lock(),
            Word::Idle if self.state.with_value(|state| state.agrees(now)) => self.session.lock(),
            Word::Idle => {}
        }
    }

    /// Looks at the clock.
    pub fn tick(self) {
        let seams = self.seams;
        let step = self
            .state
            .try_update_value(|state| state.tick(seams.reading(), (seams.is_seen)()));
        let Some(step) = step else { return };
        if !self.is_open() {
            if step == Step::LockAfterSleep {
                // Whoever has asked for a session before the machine slept may not be who wakes it.
                self.session.lock();
            }
            return;
        }
        // A page that was frozen, or left in the history, did not hear of it.
        if self.has_missed_a_lock() {
            return self.session.lock();
        }
        let left = match step {
            Step::Stay => 0,
            Step::Warn(seconds) => seconds,
            Step::Lock => {
                seams.channel.tell(Word::Idle);
                return self.session.lock();
            }
            Step::LockAfterSleep => return self.lock_now(),
        };
        if self.left.with_untracked(|known| *known != left) {
            self.left.set(left);
        }
    }
}

/// Whether anybody is there.
///
/// # Panics
///
/// Never in the console: its frame provides it before any view is made.
#[must_use]
pub fn use_idle() -> Idle {
    expect_context()
}
