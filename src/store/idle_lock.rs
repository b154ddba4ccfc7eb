//! Locks the console when nobody is there: hears what is done in this tab and in others, and looks at the clock.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use strongroom_core::model::idle::{self, Reading, Step};

use crate::api::config;
use crate::api::session::{Session, State};
use crate::browser::storage::{self, Name};
use crate::browser::tab_channel::{self, Word};
use crate::browser::{clock, tasks};

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
}

thread_local! {
    static STATE: RefCell<idle::Idle> = RefCell::new(begun());
}

fn begun() -> idle::Idle {
    let limit = u64::from(config::limits().idle_lock_minutes) * 60_000;
    idle::Idle::new(limit, reading(), is_seen())
}

impl Idle {
    /// Watches from now on. The configuration is here by now.
    #[must_use]
    pub fn watch(session: Session) -> Self {
        let idle = Self {
            session,
            left: RwSignal::new(0),
            known_lock: StoredValue::new(None),
        };
        STATE.set(begun());
        idle.recall();
        let is_open = Memo::new(move |_| session.state().with(State::is_open));
        tasks::follow(move || {
            // A session begins with someone who is there; and where there is none, nothing can lock.
            if is_open.get() {
                STATE.set(begun());
                idle.learn_lock();
                idle.note_act(now());
            }
            idle.left.set(0);
        });
        for act in ACTS {
            std::mem::forget(window_event_listener_untyped(act, move |_| idle.act()));
        }
        for event in ["visibilitychange", "focus", "pageshow"] {
            std::mem::forget(window_event_listener_untyped(event, move |_| idle.tick()));
        }
        tab_channel::listen(move |word| idle.hear(word));
        set_interval(move || idle.tick(), BEAT);
        idle
    }

    /// How many seconds are left, from when it is told until it locks or someone is there again; 0 where nothing is told.
    #[must_use]
    pub fn left(self) -> ReadSignal<usize> {
        self.left.read_only()
    }

    /// Someone says that they are still there.
    pub fn stay(self) {
        let now = now();
        STATE.with_borrow_mut(|state| state.stay(now));
        self.note_act(now);
        self.left.set(0);
    }

    /// Locks this tab and all others: those that hear of it, and those that the browser has put aside.
    pub fn lock_now(self) {
        storage::note_lock(now());
        tab_channel::tell(Word::Lock);
        self.session.lock();
    }

    /// A tab that was put aside, or closed with its browser, and comes back with a session that it kept: nobody was
    /// there in the meantime, or another tab has locked.
    fn recall(self) {
        let kept = |name| storage::read(name).and_then(|moment| moment.parse().ok());
        self.known_lock.set_value(kept(Name::Lock));
        let is_over =
            kept(Name::Active).is_some_and(|last| STATE.with_borrow(|state| state.would_be_over(last, now())));
        if is_over || self.has_missed_a_lock() {
            self.session.lock();
        }
    }

    fn has_missed_a_lock(self) -> bool {
        idle::has_missed_a_lock(self.known_lock.get_value(), storage::last_lock())
    }

    /// What is locked from now on counts for this session. There is something to compare with even if no tab has locked
    /// yet: that it is gone tells that one has disconnected.
    fn learn_lock(self) {
        if storage::last_lock().is_none() {
            storage::note_lock(now());
        }
        self.known_lock.set_value(storage::last_lock());
    }

    fn is_open(self) -> bool {
        self.session.state().with_untracked(State::is_open)
    }

    fn act(self) {
        let now = now();
        if STATE.with_borrow_mut(|state| state.act(now)) && self.is_open() {
            self.note_act(now);
        }
    }

    fn note_act(self, now: u64) {
        tab_channel::tell(Word::Active(now));
        if self.session.state().with_untracked(State::is_kept) {
            storage::write(Name::Active, &now.to_string());
            if let Some(lock) = self.known_lock.get_value() {
                storage::write(Name::Lock, &lock.to_string());
            }
        }
    }

    fn hear(self, word: Word) {
        let now = now();
        match word {
            Word::Active(at) => {
                STATE.with_borrow_mut(|state| state.hear(at.min(now)));
                self.left.set(0);
            }
            Word::Lock => self.session.lock(),
            Word::Idle if STATE.with_borrow(|state| state.agrees(now)) => self.session.lock(),
            Word::Idle => {}
        }
    }

    fn tick(self) {
        let step = STATE.with_borrow_mut(|state| state.tick(reading(), is_seen()));
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
                tab_channel::tell(Word::Idle);
                return self.session.lock();
            }
            Step::LockAfterSleep => return self.lock_now(),
        };
        if self.left.with_untracked(|known| *known != left) {
            self.left.set(left);
        }
    }
}

fn now() -> u64 {
    u64::try_from(clock::now().timestamp_millis()).unwrap_or_default()
}

fn reading() -> Reading {
    let running = window().performance().map_or(0.0, |performance| performance.now());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since the page was opened"
    )]
    let running = running as u64;
    Reading { wall: now(), running }
}

fn is_seen() -> bool {
    !document().hidden()
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
