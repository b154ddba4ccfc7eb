//! Locks an idle console: listens to activity in this tab and in others, and checks the clock.

use std::time::Duration;

use leptos::prelude::*;
use site::Limits;
use strongroom_core::model::idle::{self, Reading, Step};

use crate::browser::published::Published;
use crate::browser::tasks::memo;
use crate::api::session::{Session, State};
use crate::browser::clock::Clock;
use crate::browser::storage::{Name, Storage};
use crate::browser::tab_channel::{TabChannel, Word};
use crate::browser::tasks;

/// How often it checks the clock.
const BEAT: Duration = Duration::from_secs(1);

/// The events that count as user activity.
const ACTS: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/// The idle state and its timer. A handle.
#[derive(Clone, Copy)]
pub struct Idle {
    session: Session,
    left: Published<usize>,
    /// The last lock of any tab when this one was unlocked.
    known_lock: StoredValue<Option<u64>>,
    state: StoredValue<idle::Idle>,
    seams: &'static Seams,
}

/// External dependencies. Stored once per page, to keep the handle small.
struct Seams {
    clock: Clock,
    storage: Storage,
    channel: &'static dyn TabChannel,
    /// The idle time before a lock, in milliseconds.
    limit: u64,
    is_seen: fn() -> bool,
    /// Whether work that the user has started is under way.
    is_busy: Box<dyn Fn() -> bool + Send + Sync>,
}

/// What a tab stores about the last activity of a session that it keeps.
#[derive(Clone, Copy)]
struct LastActivity {
    at: u64,
    /// The idle time before a lock: when the tab is restored, its configuration is not loaded yet.
    limit: u64,
}

impl LastActivity {
    fn read(storage: Storage) -> Option<Self> {
        let text = storage.read(Name::Active)?;
        let (at, limit) = text.split_once(' ').unwrap_or((&text, ""));
        Some(Self {
            at: at.parse().ok()?,
            limit: limit.parse().unwrap_or_else(|_| milliseconds(Limits::default())),
        })
    }

    fn write(self, storage: Storage) {
        storage.write(Name::Active, &format!("{} {}", self.at, self.limit));
    }
}

fn milliseconds(limits: Limits) -> u64 {
    u64::from(limits.idle_lock_minutes) * 60_000
}

fn now_of(clock: Clock) -> u64 {
    u64::try_from(clock.now().timestamp_millis()).unwrap_or_default()
}

/// Locks a session that the tab has restored if it was idle for too long while the tab was closed, or if another tab has
/// locked meanwhile. To be called before anything is sent.
pub fn lock_if_outdated(session: Session, clock: Clock, storage: Storage) {
    let now = now_of(clock);
    let is_over = LastActivity::read(storage).is_some_and(|last| {
        let reading = Reading { wall: now, running: clock.running() };
        idle::Idle::new(last.limit, reading, true).would_be_over(last.at, now)
    });
    let known = storage.read(Name::Lock).and_then(|moment| moment.parse().ok());
    if is_over || idle::has_missed_a_lock(known, storage.last_lock()) {
        session.lock();
    }
}

impl Seams {
    fn now(&self) -> u64 {
        now_of(self.clock)
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
    /// Starts watching the clock and other tabs. Activity in this tab has to be reported with [`Idle::act`]: see
    /// [`Idle::listen`].
    #[must_use]
    pub fn new(
        session: Session,
        clock: Clock,
        storage: Storage,
        channel: &'static dyn TabChannel,
        limits: Limits,
        is_seen: fn() -> bool,
        is_busy: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        let seams = Seams {
            clock,
            storage,
            channel,
            limit: milliseconds(limits),
            is_seen,
            is_busy: Box::new(is_busy),
        };
        let idle = Self {
            session,
            left: Published::new(0),
            known_lock: StoredValue::new(None),
            state: StoredValue::new(seams.begun()),
            seams: Box::leak(Box::new(seams)),
        };
        idle.recall();
        let is_open = memo(move |_| session.state().with(State::is_open));
        tasks::follow(move || {
            // A session begins with activity; without a session there is nothing to lock.
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

    /// Listens to activity in this tab, as long as the page is open.
    pub fn listen(self) {
        for act in ACTS {
            std::mem::forget(window_event_listener_untyped(act, move |_| self.act()));
        }
        for event in ["visibilitychange", "focus", "pageshow"] {
            std::mem::forget(window_event_listener_untyped(event, move |_| self.tick()));
        }
    }

    /// The seconds left, from the warning until the lock or new activity; 0 while there is no warning.
    #[must_use]
    pub fn left(self) -> ReadSignal<usize> {
        self.left.read_only()
    }

    /// The user confirms being there.
    pub fn stay(self) {
        let now = self.seams.now();
        self.state.update_value(|state| state.stay(now));
        self.note_act(now);
        self.left.set(0);
    }

    /// Locks this tab and all others: those that receive the message, and those that are frozen.
    pub fn lock_now(self) {
        self.seams.storage.note_lock(self.seams.now());
        self.seams.channel.tell(Word::Lock);
        self.session.lock();
    }

    /// For a tab that was frozen, or closed and restored with a stored session: locks it if it was idle for too long
    /// meanwhile, or if another tab has locked.
    fn recall(self) {
        let storage = self.seams.storage;
        let known = storage.read(Name::Lock).and_then(|moment| moment.parse().ok());
        self.known_lock.set_value(known);
        let now = self.seams.now();
        let is_over = LastActivity::read(storage)
            .is_some_and(|last| self.state.with_value(|state| state.would_be_over(last.at, now)));
        if is_over || self.has_missed_a_lock() {
            self.session.lock();
        }
    }

    fn has_missed_a_lock(self) -> bool {
        idle::has_missed_a_lock(self.known_lock.get_value(), self.seams.storage.last_lock())
    }

    /// Later locks count for this session. Stores a time even if no tab has locked yet, so that its absence shows that
    /// another tab has disconnected.
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

    /// Reports user activity.
    pub fn act(self) {
        let now = self.seams.now();
        if self.state.try_update_value(|state| state.act(now)) == Some(true) && self.is_open() {
            self.note_act(now);
        }
    }

    fn note_act(self, now: u64) {
        self.seams.channel.tell(Word::Active(now));
        if self.session.state().with_untracked(State::is_kept) {
            let limit = self.seams.limit;
            LastActivity { at: now, limit }.write(self.seams.storage);
            if let Some(lock) = self.known_lock.get_value() {
                self.seams.storage.write(Name::Lock, &lock.to_string());
            }
        }
    }

    fn hear(self, word: Word) {
        let now = self.seams.now();
        match word {
            Word::Active(at) => {
                self.state.try_update_value(|state| state.hear(at.min(now)));
                let _ = self.left.try_set(0);
            }
            Word::Lock => self.session.lock(),
            Word::Idle if self.state.try_with_value(|state| state.agrees(now)) == Some(true) => self.session.lock(),
            Word::Idle => {}
        }
    }

    /// Checks the clock.
    pub fn tick(self) {
        let seams = self.seams;
        if self.is_open() && (seams.is_busy)() {
            let now = seams.now();
            if self.state.try_update_value(|state| state.work(now)) == Some(true) {
                self.note_act(now);
            }
        }
        let step = self
            .state
            .try_update_value(|state| state.tick(seams.reading(), (seams.is_seen)()));
        let Some(step) = step else { return };
        if !self.is_open() {
            if step == Step::LockAfterSleep {
                // The user who wakes the machine may not be the one who connected.
                self.session.lock();
            }
            return;
        }
        // A frozen page, or one in the back/forward cache, missed the message.
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
/// If no app provides one. The frame provides it before any view is rendered.
#[must_use]
pub fn use_idle() -> Idle {
    expect_context()
}
